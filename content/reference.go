package content

import (
	"fmt"
	"slices"
)

// Source is something that the program rests on: a paper, a page, the slides.
// Guides, practices and cards name one by its id; in a person's own files a
// source may also be plain text.
type Source struct {
	ID    string `toml:"id"`
	Cite  string `toml:"cite"`  // as it is named in a sentence: "Gilbert (2009)"
	Text  string `toml:"text"`  // the whole reference
	Where string `toml:"where"` // an address or identifier; may be empty
	Read  string `toml:"read"`  // how much of it was read for this program
}

type sourceFile struct {
	Sources []Source `toml:"sources"`
}

func parseSources(data []byte) ([]Source, error) {
	var f sourceFile
	ix, err := decode(data, &f)
	if err != nil {
		return nil, err
	}
	c := check{index: ix}
	named(&c, "sources", f.Sources, func(s Source) string { return s.ID }, "id", "cite", "text", "read")
	return f.Sources, c.first()
}

// Sources returns every source there is, in the order of their file.
func (l *Library) Sources() []Source { return slices.Clone(l.sources) }

// Cited returns the sources that a guide, a practice or a card names. One that
// is plain text is its own whole reference.
func (l *Library) Cited(names []string) []Source {
	var out []Source
	for _, name := range names {
		s, ok := find(l.sources, func(s Source) bool { return s.ID == name })
		if !ok {
			s = Source{Cite: name, Text: name}
		}
		out = append(out, s)
	}
	return out
}

// sources checks what a file names as its sources. What looks like an id has
// to be one: a slip there would lose the reference.
func (c *check) sources(at string, names []string, l *Library) {
	for i, name := range names {
		known := slices.ContainsFunc(l.sources, func(s Source) bool { return s.ID == name })
		if !known && kebab.MatchString(name) {
			c.fail(fmt.Sprintf("%s.%d", at, i), "there is no source %q in sources.toml", name)
		}
	}
}

// untaken checks that no other file has the same id.
func (c *check) untaken(id string, taken map[string]string) {
	if file, ok := taken[id]; ok {
		c.fail("id", "the id %q is already used in %s", id, file)
	}
}
