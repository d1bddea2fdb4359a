package pattern

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A Section is one pattern in words.
type Section struct {
	ID    string // "systems"
	Title string // "Three systems"
	N     int    // how many it rests on
	Of    string // what they are: "entries"
	About string // what it is, and what it is not
	Lines []string
	// After is said below the figures; may be empty.
	After []string
}

// TooFew says that there is nothing to say; empty when there is.
func (s Section) TooFew() string {
	if s.N >= Few {
		return ""
	}
	return fmt.Sprintf("Too few %s to say: %d, and it takes %d.", s.Of, s.N, Few)
}

// entries is what most sections rest on.
const entries = "entries"

// Count says how many the section rests on; n stands for entries alone.
func (s Section) Count() string {
	if s.Of == entries {
		return fmt.Sprintf("n %d", s.N)
	}
	return fmt.Sprintf("%d %s", s.N, s.Of)
}

// Text is everything of the section but its title, one thought a line.
func (s Section) Text() []string {
	if few := s.TooFew(); few != "" {
		return []string{s.About, few}
	}
	lines := append([]string{s.About}, s.Lines...)
	return append(lines, s.After...)
}

// Legend says what n is.
const Legend = "n is how many entries a figure rests on. Weeks run from Monday to Sunday. A week without entries is empty."

// Campaign is the context of contact with people: the 80-20 campaign's headline
// and the figures of its survey (BASW 2018), which are no target.
var Campaign = []string{
	"For context, and no target: 80-20 is the campaign's headline.",
	"In its survey of 2018, 350 members put down, of a 45-hour week, 29 hours on the computer and paperwork, 11 face to face and 7 on the phone with people (BASW 2018).",
	"Those are estimates and add up to more than 45. It is employers whom the campaign asks for more time with people.",
}

// Sections are the patterns, each in words.
func (r Report) Sections() []Section {
	all := []Section{r.systems(), r.feelings(), r.squares(), r.times(), r.triangle(), r.calendar()}
	return slices.DeleteFunc(all, func(s Section) bool { return r.Only != nil && !slices.Contains(r.Only, s.ID) })
}

// Summary says what a report is of.
func (r Report) Summary() string {
	s := fmt.Sprintf("%s to %s, n %d", r.From.Format("2 January 2006"), r.To.Format("2 January 2006"), r.Entries)
	if r.Unread > 0 {
		s += fmt.Sprintf(". Entries that could not be read, and are in no figure: %d", r.Unread)
	}
	return s
}

// heading says what the lines that follow are by.
func (r Report) heading() string {
	if r.Weeks == 1 {
		return "By week, each named by its Monday:"
	}
	return fmt.Sprintf("By %d weeks, each named by the first Monday:", r.Weeks)
}

// Label names a span.
func (s Span) Label() string { return s.From.Format("2 January 2006") }

// Number writes a median, which may lie between two values.
func Number(v float64) string {
	if v == math.Trunc(v) {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.1f", v)
}

func (v Values) String() string {
	if v.N == 0 {
		return "nothing set"
	}
	return fmt.Sprintf("median %s (%d to %d), n %d", Number(v.Median), v.Low, v.High, v.N)
}

func (r Report) systems() Section {
	s := Section{
		ID: "systems", Title: "Three systems", N: r.Systems.N, Of: entries,
		About: "How much there was of each, from 0 to 10; in brackets the lowest and the highest. All three are useful. It is a picture, not a test.",
	}
	for _, sys := range r.Systems.Three {
		s.Lines = append(s.Lines, sys.Name+": "+sys.All.String())
	}
	s.Lines = append(s.Lines, r.heading())
	for i, span := range r.Spans {
		var said []string
		for _, sys := range r.Systems.Three {
			if v := sys.By[i]; v.N > 0 {
				said = append(said, fmt.Sprintf("%s %s (n %d)", sys.Name, Number(v.Median), v.N))
			}
		}
		s.Lines = append(s.Lines, span.Label()+": "+orEmpty(said))
	}
	return s
}

func orEmpty(said []string) string {
	if said == nil {
		return "empty"
	}
	return strings.Join(said, ", ")
}

func (r Report) feelings() Section {
	s := Section{
		ID: "feelings", Title: "Feelings", N: r.Feelings.N, Of: entries,
		About: "In how many entries each word was chosen. An entry may have several. Unpleasant is not the same as bad.",
	}
	for _, g := range r.Feelings.Groups {
		line := g.Label + ": none"
		if g.N > 0 {
			line = fmt.Sprintf("%s: in %d of %d", g.Label, g.N, r.Feelings.N)
		}
		var words []string
		for _, w := range g.Words {
			words = append(words, fmt.Sprintf("%s %d", w.Word, w.N))
		}
		if words != nil {
			line += ". " + strings.Join(words, ", ")
		}
		s.Lines = append(s.Lines, line)
	}
	return s
}

func (r Report) squares() Section {
	q := r.Squares
	s := Section{
		ID: "squares", Title: "Where the days went", N: q.All.N, Of: entries,
		About: "Shares of the squares that were given, breaks and all. Your own estimates.",
	}
	if q.All.N == 0 {
		return s
	}
	contact := q.Contact()
	s.Lines = append(s.Lines, fmt.Sprintf("%s, in person or by phone, video or message: %s of %d squares, n %d",
		contact.Label, contact.All, q.All.Squares, q.All.N))
	s.Lines = append(s.Lines, Campaign...)
	for _, p := range q.Parts {
		s.Lines = append(s.Lines, p.Label+": "+p.All.String())
	}
	s.Lines = append(s.Lines, r.heading())
	for i, span := range r.Spans {
		given := q.By[i]
		if given.N == 0 {
			s.Lines = append(s.Lines, span.Label()+": empty")
			continue
		}
		said := []string{contact.Label + " " + contact.By[i].String()}
		for _, p := range q.Parts {
			if p.By[i].Squares > 0 {
				said = append(said, p.Label+" "+p.By[i].String())
			}
		}
		s.Lines = append(s.Lines, fmt.Sprintf("%s: %s (%d squares, n %d)", span.Label(), strings.Join(said, "; "), given.Squares, given.N))
	}
	return s
}

func (s Share) String() string {
	switch {
	case s.Squares == 0:
		return "none"
	case s.Percent == 0:
		return "under 1%"
	}
	return fmt.Sprintf("%d%%", s.Percent)
}

// Weekdays are the days of the week from Monday.
var Weekdays = [7]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

func (r Report) times() Section {
	s := Section{
		ID: "times", Title: "When you write", N: r.Entries, Of: entries,
		About: "Entries by day of the week and part of the day, by this computer's clock: night to 5, morning to 12, afternoon to 17, then evening.",
	}
	for d, name := range Weekdays {
		var said []string
		for i, p := range DayParts {
			if n := r.Times[d][i]; n > 0 {
				said = append(said, fmt.Sprintf("%s %d", p.Name, n))
			}
		}
		line := name + ": none"
		if said != nil {
			line = fmt.Sprintf("%s: %d. %s", name, r.Times.Total(d), strings.Join(said, ", "))
		}
		s.Lines = append(s.Lines, line)
	}
	return s
}

func (r Report) triangle() Section {
	t := r.Triangle
	s := Section{
		ID: "triangle", Title: "For supervision", N: t.N, Of: "marked",
		About: "How many things you marked to bring, by the side of supervision they are for (Kadushin's triangle). What you wrote in a brief is not among them.",
	}
	for i, name := range Sides {
		s.Lines = append(s.Lines, name+": "+ofMarks(t.Sides[i], t.N))
	}
	if t.None > 0 {
		s.Lines = append(s.Lines, "no side chosen: "+ofMarks(t.None, t.N))
	}
	if fewest := t.Fewest(); fewest != nil {
		s.After = []string{"Least marked: " + strings.Join(fewest, " and ") + ". It may be one to ask for, or one that was not needed."}
	}
	return s
}

func ofMarks(n, of int) string {
	if n == 0 {
		return fmt.Sprintf("none of %d", of)
	}
	return fmt.Sprintf("%d of %d", n, of)
}

func (r Report) calendar() Section {
	s := Section{
		ID: "calendar", Title: "Calendar", N: r.Entries, Of: entries,
		About: "How many entries each day has.",
	}
	for monday := r.From; monday <= r.To; monday += 7 {
		var said []string
		n := 0
		for d, name := range Weekdays {
			if m := r.Calendar[monday+Day(d)]; m > 0 {
				said = append(said, fmt.Sprintf("%s %d", name, m))
				n += m
			}
		}
		line := Span{From: monday}.Label() + ": " + orEmpty(said)
		if n > 0 {
			line += fmt.Sprintf(" (n %d)", n)
		}
		s.Lines = append(s.Lines, line)
	}
	return s
}
