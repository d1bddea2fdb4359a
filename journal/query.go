package journal

import (
	"iter"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Query chooses entries. Every field that is set must match; the zero value
// matches all.
type Query struct {
	Kind   Kind
	Guide  string
	Tag    string
	Since  time.Time // created at this moment or later
	Until  time.Time // created before this moment
	Search string    // words that all occur in the entry, in any order, case and accents aside
}

// Entries yields what matches, newest first. The journal may change meanwhile;
// what is yielded is the state at the call.
func (j *Journal) Entries(q Query) iter.Seq[Header] {
	j.mu.Lock()
	entries := slices.Clone(j.entries)
	j.mu.Unlock()
	words := strings.Fields(fold(q.Search))
	return func(yield func(Header) bool) {
		for _, r := range entries {
			if q.matches(r, words) && !yield(r.head.Header.clone()) {
				return
			}
		}
	}
}

func (q Query) matches(r *record, words []string) bool {
	h := r.head.Header
	switch {
	case q.Kind != "" && h.Kind != q.Kind,
		q.Guide != "" && h.Guide != q.Guide,
		q.Tag != "" && !slices.Contains(h.Tags, q.Tag),
		!q.Since.IsZero() && h.Created.Before(q.Since),
		!q.Until.IsZero() && !h.Created.Before(q.Until):
		return false
	}
	if len(words) == 0 {
		return true
	}
	text := r.searched()
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// searched is what a search looks in. It is made at the first search and kept:
// to read 100,000 entries takes seconds, to look through what was read does not.
func (r *record) searched() string {
	r.folding.Do(func() {
		if e, err := r.entry(); err == nil {
			r.folded = fold(e.text())
		}
	})
	return r.folded
}

// text is all that a person wrote or chose in an entry.
func (e Entry) text() string {
	parts := slices.Concat([]string{e.Title}, e.Tags)
	for _, a := range e.Answers {
		parts = append(parts, a.Text)
		parts = append(parts, a.Choices...)
		for _, it := range a.Items {
			parts = append(parts, it.Text, it.Who, it.When)
		}
	}
	return strings.Join(parts, "\n")
}

// fold makes text comparable: lower case, without accents.
func fold(s string) string {
	if s = strings.ToLower(s); isASCII(s) {
		return s
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}
