package tui

import (
	"slices"
	"strings"

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
		kinds := s.kinds(scanner, e)
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

// kinds are the kinds of what could identify somebody in an entry, in words.
func (s *session) kinds(scanner *identifier.Scanner, e journal.Entry) []string {
	guide, _ := s.guide(e.Guide)
	texts := []*string{&e.Title}
	for i := range e.Answers {
		texts = append(texts, writtenTexts(guide, &e.Answers[i])...)
	}
	found := make(map[identifier.Kind]bool)
	for _, text := range texts {
		for _, f := range scanner.Scan(*text) {
			found[f.Kind] = true
		}
	}
	var words []string
	for _, k := range identifier.Kinds() {
		if found[k] {
			words = append(words, k.Label())
		}
	}
	return words
}
