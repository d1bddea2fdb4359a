package tui

import (
	"slices"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui/identifier"
)

// A nameAlias is a name to look out for, and what the person writes instead of
// it. The alias may be empty.
type nameAlias struct {
	Name  string `json:"name"`
	Alias string `json:"alias,omitempty"`
}

// newNames takes the names that the person wants to be told of, each with what
// they write instead.
func newNames(s *session) *pairsScreen {
	var items []journal.Item
	for _, n := range s.settings.Names {
		items = append(items, journal.Item{Text: n.Name, When: n.Alias})
	}
	p := newPairs(s, content.Step{Whens: freeAliases(s)}, items)
	p.place, p.second = "Names to look out for", "and instead?"
	p.intro = "Names and words that you would want to be told of before an entry is kept, and what you write instead. They are kept sealed, like everything else here."
	p.field.thing.label, p.field.when.label = "A name:", "What you write instead (it may stay empty):"
	p.store = func(items []journal.Item) {
		s.settings.Names = nil
		for _, it := range items {
			s.settings.Names = append(s.settings.Names, nameAlias{Name: it.Text, Alias: it.When})
		}
	}
	return p
}

// freeAliases are those that the program offers and nobody has yet: one alias
// is one family.
func freeAliases(s *session) []string {
	return slices.DeleteFunc(s.library.Aliases(), func(alias string) bool {
		return slices.ContainsFunc(s.settings.Names, func(n nameAlias) bool { return n.Alias == alias })
	})
}

// scanner finds what could identify somebody, with the names that the person
// looks out for. What stands for somebody already is no finding.
func (s *session) scanner() *identifier.Scanner {
	var names []string
	aliases := s.library.Aliases()
	for _, n := range s.settings.Names {
		names = append(names, n.Name)
		if n.Alias != "" {
			aliases = append(aliases, n.Alias)
		}
	}
	return identifier.New(names, aliases)
}

// alias is what the person writes instead of a name that occurs in a text, or
// else of one that the text is a part of; "" when they keep none.
func (s *session) alias(text string) string {
	part := ""
	for _, n := range s.settings.Names {
		switch {
		case n.Alias == "":
		case occurs(n.Name, text):
			return n.Alias
		case part == "" && occurs(text, n.Name):
			part = n.Alias
		}
	}
	return part
}

// occurs reports whether words stand in a text, as the scanner compares them.
func occurs(words, text string) bool {
	found := identifier.New([]string{words}, nil).Scan(text)
	return slices.ContainsFunc(found, func(f identifier.Finding) bool { return f.Kind == identifier.Own })
}
