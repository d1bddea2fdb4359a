package content

import (
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
// in the order of the file, a person's own lines first.
func (l *Library) Support(nation string) []Support {
	var own, others []Support
	for _, s := range l.support {
		switch {
		case nation != "" && len(s.Nations) > 0 && !slices.Contains(s.Nations, nation):
		case s.Own:
			own = append(own, s)
		default:
			others = append(others, s)
		}
	}
	return append(own, others...)
}
