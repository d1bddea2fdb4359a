// Package pattern counts what a journal shows over weeks: the three systems,
// feelings, the squares of the days, when entries were written, what was marked
// for supervision, and a calendar.
//
// [Read] makes a [Report] of a journal. A report is only numbers and words: it
// says itself in sentences ([Report.Sections]), as a table ([Report.WriteCSV])
// and as a picture ([Report.WriteSVG]); what is drawn on the screen is in
// package tui.
//
// It judges nothing. There is no score, and no count of days in a row. Each
// figure has beside it how many entries it rests on, and under [Few] there is
// none. A week without entries is empty, which is not nought.
package pattern

import (
	"iter"
	"slices"
	"time"

	"goodenough/content"
	"goodenough/journal"
)

// Few is the number of entries that a pattern needs.
const Few = 5

// A Report is what was counted over a period.
type Report struct {
	Period  Period
	Span           // the period: from a Monday to a Sunday
	Spans   []Span // the weeks, or spans of them, that the series below are of
	Weeks   int    // how many weeks a span has
	Entries int
	Unread  int      // entries that could not be read, and are in no figure
	Only    []string // the ids of the sections that are wanted; nil: all

	Systems  Systems
	Feelings Feelings
	Squares  Squares
	Times    Times
	Triangle Triangle
	Calendar map[Day]int // entries by day; a day without is not in it
}

// Systems is how much there was of each of the three systems.
type Systems struct {
	N     int // entries with a value for at least one
	Three [3]System
}

// A System is one of them.
type System struct {
	Name string
	All  Values
	By   []Values // as Report.Spans
}

// Values sums up some values from 0 to 10. The rest says nothing when N is 0.
type Values struct {
	N         int
	Median    float64
	Low, High int
}

// Feelings is in how many entries each word was chosen.
type Feelings struct {
	N      int // entries with a word
	Groups []Group
}

// A Group of feelings. Energy and Tone are its place between stirred and quiet,
// pleasant and unpleasant; a group that has no such place has neither.
type Group struct {
	ID, Label    string
	Energy, Tone string
	N            int     // entries with a word of it
	Words        []Count // those that were chosen, the most frequent first
}

// OwnGroup is the id of the group of words that are not in the list.
const OwnGroup = "own"

// A Count is a word, and in how many entries it is.
type Count struct {
	Word string
	N    int
}

// Squares is how the squares of the days were shared out.
type Squares struct {
	All   Given
	By    []Given // as Report.Spans
	Parts []Part
}

// Given is how many squares were given, in how many entries.
type Given struct{ N, Squares int }

// A Part is one of the things that a day has squares for. Its percents are as
// [apportioned].
type Part struct {
	ID, Label string
	Own       bool // not one of the program's
	All       Share
	By        []Share // as Report.Spans
}

// A Share is some of the squares that were given.
type Share struct{ Squares, Percent int }

func (s Share) plus(other Share) Share {
	return Share{s.Squares + other.Squares, s.Percent + other.Percent}
}

// add counts another part as one with this one.
func (p *Part) add(other Part) {
	p.All = p.All.plus(other.All)
	for i, s := range other.By {
		p.By[i] = p.By[i].plus(s)
	}
}

// Times is how many entries were written on which day of the week (from
// Monday), in which of the [DayParts].
type Times [7][len(DayParts)]int

// A DayPart is a part of the day, from an hour and up to another.
type DayPart struct {
	Name        string
	From, Until int
}

// DayParts are the parts of a day, as the greeting on home has them.
var DayParts = [4]DayPart{{"night", 0, 5}, {"morning", 5, 12}, {"afternoon", 12, 17}, {"evening", 17, 24}}

// Triangle is how often something was marked for each side of supervision. The
// lines of a brief are not counted: most are answers to its own questions, and
// the others were marked before.
type Triangle struct {
	N     int // marks
	Sides [3]int
	None  int // marks without a side
}

// Sides are the sides of Kadushin's triangle, in the order of Triangle.Sides.
var Sides = [3]string{"administrative", "educative", "supportive"}

// systemNames are the steps that hold the three systems.
var systemNames = [3]string{"threat", "drive", "soothing"}

// The steps of a guide that are counted, whichever guide they are in.
const (
	feelingsStep = "feelings"
	squaresStep  = "day"
)

// briefGuide is the guide of what is brought to supervision.
const briefGuide = "supervision"

// IsContact reports whether a part of the day, by its id, is contact with
// people: in person, or by phone, video or message.
func IsContact(part string) bool { return part == "direct" || part == "contact" }

// A Vocabulary is the words that things are called by.
type Vocabulary struct {
	groups []content.Group
	parts  []content.Part
}

// Words takes the vocabulary from a library.
func Words(l *content.Library) Vocabulary {
	v := Vocabulary{groups: l.Words("feelings")}
	for _, g := range l.Guides() {
		for _, s := range g.Steps {
			if s.ID != squaresStep {
				continue
			}
			for _, p := range s.Parts {
				if !slices.ContainsFunc(v.parts, func(q content.Part) bool { return q.ID == p.ID }) {
					v.parts = append(v.parts, p)
				}
			}
		}
	}
	return v
}

// Read counts what there is in a journal for a period, with the days and hours
// of now's zone.
func Read(j *journal.Journal, v Vocabulary, p Period, now time.Time) Report {
	var q journal.Query
	if p != All {
		// A day early: what is before the period is sorted out by its day, and
		// there are places where a day has no midnight.
		q.Since = now.AddDate(0, 0, -7*int(p)-1)
	}
	return Of(j.Figures(q), v, p, now)
}

// Of counts entries. Those outside the period are passed over.
func Of(entries iter.Seq2[journal.Entry, error], v Vocabulary, p Period, now time.Time) Report {
	t := newTally(v)
	span := p.days(now)
	for e, err := range entries {
		at := e.Created.In(now.Location())
		switch day := DayOf(at); {
		case p != All && (day < span.From || day > span.To):
		case err != nil:
			t.unread++
		default:
			t.add(e, at, day)
		}
	}
	if p == All {
		for monday := range t.weeks {
			span.From, span.To = min(span.From, monday), max(span.To, monday+6)
		}
	}
	r := t.report(span)
	r.Period = p
	return r
}

// Contact is the squares that were contact with people, over all and by span.
func (s Squares) Contact() Part {
	c := Part{Label: "contact with people", By: make([]Share, len(s.By))}
	for _, p := range s.Parts {
		if IsContact(p.ID) {
			c.add(p)
		}
	}
	return c
}

// apportioned are parts of a whole in percent, by largest remainder: each is
// rounded down or up, and together they are 100. Of equal remainders the first
// are rounded up.
func apportioned(squares []int) []int {
	total := 0
	for _, n := range squares {
		total += n
	}
	percents := make([]int, len(squares))
	if total == 0 {
		return percents
	}
	left := 100
	order := make([]int, len(squares))
	for i, n := range squares {
		percents[i] = 100 * n / total
		left -= percents[i]
		order[i] = i
	}
	remainder := func(i int) int { return 100 * squares[i] % total }
	slices.SortStableFunc(order, func(i, j int) int { return remainder(j) - remainder(i) })
	for _, i := range order[:left] {
		percents[i]++
	}
	return percents
}

// Total is how many entries were written on a day of the week.
func (t Times) Total(weekday int) int {
	n := 0
	for _, m := range t[weekday] {
		n += m
	}
	return n
}

// Fewest are the sides with the fewest marks, none when all have the same.
func (t Triangle) Fewest() []string {
	least := slices.Min(t.Sides[:])
	if least == slices.Max(t.Sides[:]) {
		return nil
	}
	var out []string
	for i, n := range t.Sides {
		if n == least {
			out = append(out, Sides[i])
		}
	}
	return out
}

// WithoutOwn leaves out the words that are not the program's own: what somebody
// typed, and what they called the parts of their day. They are counted still.
func (r Report) WithoutOwn() Report {
	r.Feelings.Groups = slices.Clone(r.Feelings.Groups)
	for i, g := range r.Feelings.Groups {
		if g.ID == OwnGroup {
			r.Feelings.Groups[i].Words = nil
		}
	}
	pooled := Part{Label: "parts of your own", By: make([]Share, len(r.Spans))}
	var parts []Part
	for _, p := range r.Squares.Parts {
		if !p.Own {
			parts = append(parts, p)
			continue
		}
		pooled.add(p)
	}
	if pooled.All.Squares > 0 {
		parts = append(parts, pooled)
	}
	r.Squares.Parts = parts
	return r
}
