package content

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Nation is one of the nations whose services differ.
type Nation struct {
	ID    string `toml:"id"`
	Label string `toml:"label"`
	Note  string `toml:"note"` // what is not known for it; may be empty
}

// Support is a place to turn to.
type Support struct {
	ID      string   `toml:"id"`
	Need    string   `toml:"need"` // what it is for; lines of one need stand together
	Name    string   `toml:"name"`
	How     string   `toml:"how"`     // a number, an address, a way
	About   string   `toml:"about"`   // may be empty
	Nations []string `toml:"nations"` // empty: all
	Checked string   `toml:"checked"` // the day it was last checked, as 2026-11-22
	Unsure  string   `toml:"unsure"`  // what could not be checked; may be empty
	Sources []string `toml:"sources"`
	Own     bool     `toml:"-"` // from the person's own folder
}

type supportFile struct {
	Nations []Nation  `toml:"nations"`
	Lines   []Support `toml:"lines"`
}

func parseSupport(data []byte, l *Library) (supportFile, error) {
	var f supportFile
	ix, err := decode(data, &f)
	if err != nil {
		return f, err
	}
	c := check{index: ix}
	named(&c, "nations", f.Nations, func(n Nation) string { return n.ID }, "id", "label")
	nations := slices.Concat(l.nations, f.Nations)
	named(&c, "lines", f.Lines, func(s Support) string { return s.ID }, "id", "need", "name", "how", "checked")
	for i, s := range f.Lines {
		at := fmt.Sprintf("lines.%d", i)
		if _, err := time.Parse(time.DateOnly, s.Checked); err != nil && s.Checked != "" {
			c.fail(join(at, "checked"), "a day is written like 2026-11-22")
		}
		c.sources(join(at, "sources"), s.Sources, l)
		for j, id := range s.Nations {
			if !slices.ContainsFunc(nations, func(n Nation) bool { return n.ID == id }) {
				c.fail(fmt.Sprintf("%s.nations.%d", at, j), "there is no nation %q", id)
			}
		}
	}
	return f, c.first()
}

// Nations returns the nations to choose from, the usual one first.
func (l *Library) Nations() []Nation { return slices.Clone(l.nations) }

// Nation returns the nation with that id, or the usual one.
func (l *Library) Nation(id string) Nation {
	if n, ok := find(l.nations, func(n Nation) bool { return n.ID == id }); ok {
		return n
	}
	if len(l.nations) == 0 {
		return Nation{}
	}
	return l.nations[0]
}

// Support returns where to turn in a nation, or in all of them when it is "",
// need by need, and in each a person's own lines first.
func (l *Library) Support(nation string) []Support {
	lines := slices.DeleteFunc(slices.Clone(l.support), func(s Support) bool {
		return nation != "" && len(s.Nations) > 0 && !slices.Contains(s.Nations, nation)
	})
	needs := l.needs()
	slices.SortStableFunc(lines, func(a, b Support) int {
		switch order := cmp.Compare(slices.Index(needs, a.Need), slices.Index(needs, b.Need)); {
		case order != 0 || a.Own == b.Own:
			return order
		case a.Own:
			return -1
		}
		return 1
	})
	return lines
}

// needs are what there are places for: danger, with which the file begins; what
// only a person's own lines are for; and the others in the order of the file. One
// may be there twice.
func (l *Library) needs() []string {
	var first, others []string
	for i, s := range l.support {
		builtIn := slices.ContainsFunc(l.support, func(o Support) bool { return !o.Own && o.Need == s.Need })
		if i == 0 || !builtIn {
			first = append(first, s.Need)
		} else {
			others = append(others, s.Need)
		}
	}
	return append(first, others...)
}
