package content

import (
	"fmt"
	"slices"
)

// Term is a word of the field and what it means in plain words.
type Term struct {
	ID      string   `toml:"id"`
	Term    string   `toml:"term"`
	Forms   []string `toml:"forms"` // other forms it is met in: "projecting"
	Gloss   string   `toml:"gloss"`
	Sources []string `toml:"sources"`
}

type termFile struct {
	Terms []Term `toml:"terms"`
}

func parseTerms(data []byte, l *Library) ([]Term, error) {
	var f termFile
	ix, err := decode(data, &f)
	if err != nil {
		return nil, err
	}
	c := check{index: ix}
	named(&c, "terms", f.Terms, func(t Term) string { return t.ID }, "id", "term", "gloss", "sources")
	for i, t := range f.Terms {
		c.sources(fmt.Sprintf("terms.%d.sources", i), t.Sources, l)
	}
	return f.Terms, c.first()
}

// Terms returns the glossary, in the order of its file.
func (l *Library) Terms() []Term { return slices.Clone(l.terms) }
