package content

import "slices"

// offers are what is offered where an entry is kept.
type offers struct {
	Tags    []string `toml:"tags"`
	Aliases []string `toml:"aliases"`
	Stands  []stand  `toml:"stands"`
}

// A stand is what may stand in the place of one kind of finding.
type stand struct {
	Kind  string   `toml:"kind"`
	Words []string `toml:"words"`
}

func parseOffers(data []byte) (offers, error) {
	var o offers
	ix, err := decode(data, &o)
	if err != nil {
		return o, err
	}
	c := check{index: ix}
	c.need("", "tags", "aliases", "stands")
	seen := make(map[string]bool)
	for i, s := range o.Stands {
		at := c.item("stands", i, "kind", "words")
		if seen[s.Kind] {
			c.fail(join(at, "kind"), "the kind %q is listed twice", s.Kind)
		}
		seen[s.Kind] = true
	}
	return o, c.first()
}

// Tags returns words for what the work met, to find an entry by.
func (l *Library) Tags() []string { return slices.Clone(l.offers.Tags) }

// Aliases returns what a family may go by in a journal.
func (l *Library) Aliases() []string { return slices.Clone(l.offers.Aliases) }

// InPlaceOf returns what may stand in the place of something that could
// identify a person: a role, or less of the detail. Kind is one of package
// identifier's.
func (l *Library) InPlaceOf(kind string) []string {
	s, _ := find(l.offers.Stands, func(s stand) bool { return s.Kind == kind })
	return slices.Clone(s.Words)
}
