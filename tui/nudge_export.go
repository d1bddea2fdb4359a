package tui

import (
	"slices"
	"strings"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui/identifier"
)

// mostIdentifiable bounds the lines of [Identifiable]: more would not be read.
const mostIdentifiable = 20

// Identifiable says which of the entries that match hold what could identify
// somebody, the oldest first, each with the kinds of what it holds: nothing of
// what is written there. earlier: what they said before they were changed is
// looked at as well.
func Identifiable(o Options, j *journal.Journal, q journal.Query, earlier bool) []string {
	s := newSession(o)
	s.opened(j)
	scanner := s.scanner()
	var lines []string
	for _, h := range slices.Backward(slices.Collect(j.Entries(q))) {
		e, err := j.Get(h.ID)
		if err != nil {
			continue // the export says so
		}
		e = Named(j, e)
		guide, _ := s.guide(e.Guide)
		found := identifying(scanner, guide, e)
		for _, v := range e.Earlier {
			if earlier {
				found = append(found, identifying(scanner, guide, versionOf(e, v))...)
			}
		}
		kinds := kindLabels(found)
		switch {
		case len(kinds) == 0:
		case len(lines) == mostIdentifiable:
			return append(lines, "and others")
		default:
			lines = append(lines, ShortID(e.ID)+": "+strings.Join(kinds, ", "))
		}
	}
	return lines
}

// IdentifiersIn counts what could identify somebody in an entry, but for its title.
// It is 0 where the person has switched the looking off.
func IdentifiersIn(o Options, j *journal.Journal, e journal.Entry) int {
	s := newSession(o)
	s.opened(j)
	if s.settings.SkipNames {
		return 0
	}
	e.Title = "" // it is made of the answers
	guide, _ := s.guide(e.Guide)
	return len(identifying(s.scanner(), guide, e))
}

// identifying are the kinds of all that could identify somebody in an entry as it
// is now. What was picked for it has to be [Named] before.
func identifying(scanner *identifier.Scanner, guide content.Guide, e journal.Entry) []identifier.Kind {
	var kinds []identifier.Kind
	for _, text := range ownTexts(guide, e.Texts()) {
		for _, f := range scanner.Scan(*text) {
			kinds = append(kinds, f.Kind)
		}
	}
	return kinds
}

// kindLabels are kinds in words, each once.
func kindLabels(found []identifier.Kind) []string {
	var words []string
	for _, k := range identifier.Kinds() {
		if slices.Contains(found, k) {
			words = append(words, k.Label())
		}
	}
	return words
}
