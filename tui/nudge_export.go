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
// what is written there.
func Identifiable(o Options, j *journal.Journal, q journal.Query) []string {
	s := newSession(o)
	s.opened(j)
	scanner := s.scanner()
	var lines []string
	for _, h := range slices.Backward(slices.Collect(j.Entries(q))) {
		e, err := j.Get(h.ID)
		if err != nil {
			continue // the export says so
		}
		guide, _ := s.guide(e.Guide)
		kinds := kindLabels(identifying(scanner, guide, e))
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

// IdentifiersIn counts what could identify somebody in the answers of an entry.
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

// identifying are the kinds of all that could identify somebody in an entry.
func identifying(scanner *identifier.Scanner, guide content.Guide, e journal.Entry) []identifier.Kind {
	texts := []*string{&e.Title}
	for i := range e.Answers {
		texts = append(texts, writtenTexts(guide, &e.Answers[i])...)
	}
	var kinds []identifier.Kind
	for _, text := range texts {
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
