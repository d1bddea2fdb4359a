package pattern

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"goodenough/content"
	"goodenough/journal"
)

// A tally is what was counted so far. Which spans there will be is known only
// at the end, so it counts by weeks.
type tally struct {
	vocabulary Vocabulary
	groupOf    map[string]int // a word's group in the vocabulary
	entries    int
	unread     int
	weeks      map[Day]*week // by their Mondays
	systems    int
	feelings   int
	groups     map[int]int            // entries with a word of the group; -1 is the own words
	words      map[int]map[string]int // entries with the word
	times      Times
	triangle   Triangle
	calendar   map[Day]int
}

// A week is what was counted in one, of what is shown over time.
type week struct {
	systems [3]histogram
	given   Given
	parts   map[string]int
}

// own stands for the group of words that no group has.
const own = -1

func newTally(v Vocabulary) *tally {
	t := &tally{
		vocabulary: v,
		groupOf:    make(map[string]int),
		weeks:      make(map[Day]*week),
		groups:     make(map[int]int),
		words:      make(map[int]map[string]int),
		calendar:   make(map[Day]int),
	}
	for i, g := range v.groups {
		for _, w := range g.Words {
			t.groupOf[fold(w.Label)] = i
		}
	}
	return t
}

// fold makes one of a word that was typed with and without a capital.
func fold(word string) string { return strings.ToLower(strings.TrimSpace(printable(word))) }

// printable leaves out what would steer a terminal: an import may hold anything.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if Steers(r) {
			return -1
		}
		return r
	}, s)
}

// Steers reports whether a terminal follows a character rather than show it: a
// control character, or one that embeds, overrides or isolates the reading order,
// and turns the rest of the row round where it is left open.
func Steers(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

func (t *tally) add(e journal.Entry, at time.Time, day Day) {
	w := t.weeks[day.Monday()]
	if w == nil {
		w = &week{parts: make(map[string]int)}
		t.weeks[day.Monday()] = w
	}
	t.entries++
	t.calendar[day]++
	for i, p := range DayParts {
		if at.Hour() >= p.From && at.Hour() < p.Until {
			t.times[day.Weekday()][i]++
		}
	}
	if e.Guide != briefGuide {
		t.addMark(e.Bring)
		for _, a := range e.Answers {
			t.addMark(a.Bring)
		}
	}
	t.addSystems(e, w)
	if a, ok := e.Answer(feelingsStep); ok {
		t.addFeelings(a.Choices)
	}
	if a, ok := e.Answer(squaresStep); ok {
		w.addSquares(a.Shares)
	}
}

func (t *tally) addMark(b *journal.Bring) {
	if b == nil {
		return
	}
	t.triangle.N++
	if i := slices.Index(Sides[:], b.Side); i >= 0 {
		t.triangle.Sides[i]++
	} else {
		t.triangle.None++
	}
}

func (t *tally) addSystems(e journal.Entry, w *week) {
	any := false
	for i, name := range systemNames {
		a, _ := e.Answer(name)
		if a.Value != nil && *a.Value >= 0 && *a.Value < len(histogram{}) {
			w.systems[i][*a.Value]++
			any = true
		}
	}
	if any {
		t.systems++
	}
}

func (t *tally) addFeelings(choices []string) {
	var words []string
	for _, c := range choices {
		if c = fold(c); c != "" && !slices.Contains(words, c) {
			words = append(words, c)
		}
	}
	var groups []int
	for _, w := range words {
		group, ok := t.groupOf[w]
		if !ok {
			group = own
		}
		if t.words[group] == nil {
			t.words[group] = make(map[string]int)
		}
		t.words[group][w]++
		if !slices.Contains(groups, group) {
			groups = append(groups, group)
			t.groups[group]++
		}
	}
	if len(words) > 0 {
		t.feelings++
	}
}

// mostSquares is more than a day can have: an import may hold any number.
const mostSquares = 1000

func (w *week) addSquares(shares map[string]int) {
	given := 0
	for part, n := range shares {
		if n > 0 && n <= mostSquares {
			w.parts[part] += n
			given += n
		}
	}
	if given > 0 {
		w.given.N++
		w.given.Squares += given
	}
}

// A histogram is how often each value from 0 to 10 was given.
type histogram [11]int

func (h *histogram) merge(other histogram) {
	for v, n := range other {
		h[v] += n
	}
}

func (h histogram) values() Values {
	n := 0
	for _, times := range h {
		n += times
	}
	if n == 0 {
		return Values{}
	}
	return Values{N: n, Median: float64(h.at((n-1)/2)+h.at(n/2)) / 2, Low: h.at(0), High: h.at(n - 1)}
}

// at is the value at a place among all, the lowest first.
func (h histogram) at(place int) int {
	for v, times := range h {
		if place -= times; place < 0 {
			return v
		}
	}
	return len(h) - 1
}

// report sums up over a span of whole weeks.
func (t *tally) report(span Span) Report {
	r := Report{
		Span: span, Entries: t.entries, Unread: t.unread,
		Times: t.times, Triangle: t.triangle, Calendar: t.calendar,
	}
	r.Spans, r.Weeks = span.spans()
	merged := make([]week, len(r.Spans))
	for monday, w := range t.weeks {
		merged[int(monday-span.From)/(7*r.Weeks)].merge(w)
	}
	r.Systems = systemsOf(merged)
	r.Systems.N = t.systems
	r.Feelings = t.feelingsOf()
	r.Squares = squaresOf(merged, t.vocabulary.parts)
	return r
}

func (w *week) merge(other *week) {
	for i := range w.systems {
		w.systems[i].merge(other.systems[i])
	}
	w.given.N += other.given.N
	w.given.Squares += other.given.Squares
	if w.parts == nil {
		w.parts = make(map[string]int)
	}
	for part, n := range other.parts {
		w.parts[part] += n
	}
}

func systemsOf(spans []week) (s Systems) {
	for i, name := range systemNames {
		var all histogram
		s.Three[i].Name = name
		for _, w := range spans {
			all.merge(w.systems[i])
			s.Three[i].By = append(s.Three[i].By, w.systems[i].values())
		}
		s.Three[i].All = all.values()
	}
	return s
}

func (t *tally) feelingsOf() Feelings {
	f := Feelings{N: t.feelings}
	for i, g := range t.vocabulary.groups {
		group := Group{ID: g.ID, Label: g.Label, N: t.groups[i], Words: counts(t.words[i])}
		group.Energy, group.Tone = corner(g)
		f.Groups = append(f.Groups, group)
	}
	if t.groups[own] > 0 {
		f.Groups = append(f.Groups, Group{ID: OwnGroup, Label: "your own words", N: t.groups[own], Words: counts(t.words[own])})
	}
	return f
}

// corner reads from a group's id where it is between stirred and quiet,
// pleasant and unpleasant.
func corner(g content.Group) (energy, tone string) {
	energy, tone, _ = strings.Cut(g.ID, "-")
	if slices.Contains([]string{"stirred", "quiet", "low"}, energy) && slices.Contains([]string{"pleasant", "unpleasant"}, tone) {
		return energy, tone
	}
	return "", ""
}

// counts are words by how often, and then by the alphabet.
func counts(words map[string]int) []Count {
	var out []Count
	for w, n := range words {
		out = append(out, Count{w, n})
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Word, b.Word)) })
	return out
}

// squaresOf lists the vocabulary's parts in its order, and then others, by
// their ids, as they are.
func squaresOf(spans []week, known []content.Part) Squares {
	var s Squares
	var ids []string
	parts := make(map[string]*Part)
	for _, p := range known {
		ids = append(ids, p.ID)
		parts[p.ID] = &Part{ID: p.ID, Label: p.Label}
	}
	var others []string
	for _, w := range spans {
		for id := range w.parts {
			if parts[id] == nil {
				others = append(others, id)
				parts[id] = &Part{ID: id, Label: printable(id), Own: true}
			}
		}
	}
	slices.Sort(others)
	ids = append(ids, others...)
	all := make([]int, len(ids))
	for _, w := range spans {
		s.By = append(s.By, w.given)
		s.All.N += w.given.N
		s.All.Squares += w.given.Squares
		squares := make([]int, len(ids))
		for i, id := range ids {
			squares[i] = w.parts[id]
			all[i] += w.parts[id]
		}
		for i, percent := range apportioned(squares) {
			parts[ids[i]].By = append(parts[ids[i]].By, Share{squares[i], percent})
		}
	}
	for i, percent := range apportioned(all) {
		parts[ids[i]].All = Share{all[i], percent}
		s.Parts = append(s.Parts, *parts[ids[i]])
	}
	return s
}
