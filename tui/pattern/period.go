package pattern

import (
	"fmt"
	"time"
)

// A Period is how far back to look, in weeks that run from Monday to Sunday.
// The week that now is in counts as one.
type Period int

// All looks back to the first entry, and ahead to one with a later date.
const All Period = 0

// Periods are those that are offered, the shortest first.
var Periods = []Period{4, 12, 52, All}

func (p Period) String() string {
	if p == All {
		return "everything"
	}
	return fmt.Sprintf("%d weeks", int(p))
}

// A Day is a day of the calendar, counted from 1 January 1970. Days have no
// hours: a week stays a week when the clocks change.
type Day int

const secondsADay = 24 * 60 * 60

// DayOf is the day of a moment, in the moment's own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsADay)
}

func (d Day) time() time.Time { return time.Unix(int64(d)*secondsADay, 0).UTC() }

// Format is [time.Time.Format] for a day.
func (d Day) Format(layout string) string { return d.time().Format(layout) }

// ISO is the day as in 2026-11-20.
func (d Day) ISO() string { return d.Format(time.DateOnly) }

// Weekday counts from Monday, which is 0.
func (d Day) Weekday() int { return (int(d.time().Weekday()) + 6) % 7 }

// Monday is the first day of the week that the day is in.
func (d Day) Monday() Day { return d - Day(d.Weekday()) }

// A Span is a week, or several together where there are many: from a Monday to
// a Sunday.
type Span struct{ From, To Day }

// String is the span as dates, the first year only where it is another.
func (s Span) String() string {
	layout := "2 Jan"
	if s.From.Format("2006") != s.To.Format("2006") {
		layout = "2 Jan 2006"
	}
	return s.From.Format(layout) + " to " + s.To.Format("2 Jan 2006")
}

// days is the first Monday and the last Sunday of the period at a moment.
func (p Period) days(now time.Time) Span {
	monday := DayOf(now).Monday()
	return Span{monday - Day(7*max(int(p)-1, 0)), monday + 6}
}

// mostSpans is how many spans a picture can hold.
const mostSpans = 60

// spanWeeks are the lengths that a span may have, in weeks; after the last it
// doubles.
var spanWeeks = []int{1, 4, 13, 26, 52}

// spans divides whole weeks into no more than mostSpans of one length. The last
// may be shorter.
func (s Span) spans() (spans []Span, weeks int) {
	total := int(s.To-s.From+1) / 7
	for _, weeks = range spanWeeks {
		if total <= weeks*mostSpans {
			break
		}
	}
	for total > weeks*mostSpans {
		weeks *= 2
	}
	for from := s.From; from <= s.To; from += Day(7 * weeks) {
		spans = append(spans, Span{from, min(from+Day(7*weeks-1), s.To)})
	}
	return spans, weeks
}
