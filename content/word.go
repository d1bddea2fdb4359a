package content

import (
	"fmt"
	"slices"
)

// Group is a part of a word list. The built-in feelings are grouped by energy
// and pleasantness, the two axes of the mood meter (Yale's RULER); the words
// are our own, and unpleasant is not the same as bad.
type Group struct {
	ID    string // "stirred-unpleasant"
	Label string // "stirred, unpleasant"
	Words []Word
}

// Word is something to choose. Its id is what the journal keeps: for words
// from a list the word itself, so that an entry reads the same in ten years.
type Word struct {
	ID    string `toml:"id"`
	Label string `toml:"label"`
	Say   string `toml:"say"`   // shown when it is chosen; may be empty
	Alone bool   `toml:"alone"` // nothing more is asked when it is chosen
	Seed  bool   `toml:"-"`     // named in the 80-20 campaign's slides
}

// notSure is the group that every word list keeps: a person who is asked for
// a feeling may not have one to give.
const notSure = "not-sure"

// wordFile is a word list as it stands in its file.
type wordFile struct {
	Groups []struct {
		ID    string   `toml:"id"`
		Label string   `toml:"label"`
		Words []string `toml:"words"`
		Seeds []string `toml:"seeds"`
	} `toml:"groups"`
}

func parseWords(data []byte) ([]Group, error) {
	var f wordFile
	ix, err := decode(data, &f)
	if err != nil {
		return nil, err
	}
	c := check{index: ix}
	c.words(&f)
	if err := c.first(); err != nil {
		return nil, err
	}
	var groups []Group
	for _, g := range f.Groups {
		group := Group{ID: g.ID, Label: g.Label}
		for _, w := range g.Words {
			seed := slices.Contains(g.Seeds, w)
			group.Words = append(group.Words, Word{ID: w, Label: w, Seed: seed})
		}
		groups = append(groups, group)
	}
	return groups, nil
}

func (c *check) words(f *wordFile) {
	groups, words := make(map[string]bool), make(map[string]bool)
	for i, g := range f.Groups {
		at := c.item("groups", i, "id", "label", "words")
		c.id(at, g.ID, groups)
		for j, w := range g.Words {
			if words[w] {
				c.fail(fmt.Sprintf("%s.words.%d", at, j), "the word %q is listed twice", w)
			}
			words[w] = true
		}
		for j, w := range g.Seeds {
			if !slices.Contains(g.Words, w) {
				c.fail(fmt.Sprintf("%s.seeds.%d", at, j), "the seed %q is not among the words", w)
			}
		}
	}
	if !groups[notSure] {
		c.fail("", "there is no group %q; nobody has to know what they feel", notSure)
	}
}
