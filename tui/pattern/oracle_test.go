package pattern_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"goodenough/content"
)

// The oracle computes every figure a second time, from an export's lines as
// any JSON reader has them, with the calendar of package time and by going
// through the entries once for each figure.

type oracle struct {
	t       *testing.T
	entries []map[string]any // those of the period
	days    []string         // on which they were written
	zone    *time.Location
	from    time.Time   // midnight of the first Monday
	weeks   int         // how many there are
	starts  []time.Time // of the spans
	ends    []time.Time // the last days of the spans
	library *content.Library

	// What people read of the squares' percents, by the dates and the name. They
	// are not in the table: together they make 100.
	percents map[string]int
}

// mondayOf steps back to the Monday of a moment.
func mondayOf(at time.Time) time.Time {
	day := time.Date(at.Year(), at.Month(), at.Day(), 12, 0, 0, 0, time.UTC) // noon: no clock changes then
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

// newOracle reads an export. weeks is 0 for everything, and spanWeeks how many
// weeks a span should have.
func newOracle(t *testing.T, export string, weeks, spanWeeks int, now time.Time) *oracle {
	t.Helper()
	o := &oracle{t: t, zone: now.Location(), weeks: weeks, percents: make(map[string]int)}
	o.library, _ = content.Load(nil)
	var all []map[string]any
	for line := range strings.Lines(export) {
		var e map[string]any
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	last := mondayOf(now)
	o.from = last.AddDate(0, 0, -7*(weeks-1))
	if weeks == 0 {
		o.from = last
		for _, e := range all {
			if m := mondayOf(o.when(e)); m.Before(o.from) {
				o.from = m
			} else if m.After(last) {
				last = m
			}
		}
	}
	for m := o.from; !m.After(last); m = m.AddDate(0, 0, 7*spanWeeks) {
		o.starts = append(o.starts, m)
		end := m.AddDate(0, 0, 7*spanWeeks-1)
		if sunday := last.AddDate(0, 0, 6); end.After(sunday) {
			end = sunday
		}
		o.ends = append(o.ends, end)
	}
	for _, e := range all {
		if m := mondayOf(o.when(e)); !m.Before(o.from) && !m.After(last) {
			o.entries = append(o.entries, e)
			o.days = append(o.days, o.when(e).Format(time.DateOnly))
		}
	}
	return o
}

// when an entry was written, in the zone.
func (o *oracle) when(e map[string]any) time.Time {
	at, err := time.Parse(time.RFC3339Nano, e["created"].(string))
	if err != nil {
		o.t.Fatal(err)
	}
	return at.In(o.zone)
}

// within are the entries of a span; -1 is the whole period.
func (o *oracle) within(span int) []map[string]any {
	if span < 0 {
		return o.entries
	}
	var out []map[string]any
	from, to := o.starts[span].Format(time.DateOnly), o.ends[span].Format(time.DateOnly)
	for i, e := range o.entries {
		if o.days[i] >= from && o.days[i] <= to {
			out = append(out, e)
		}
	}
	return out
}

func (o *oracle) dates(span int) string {
	from, to := o.starts[0], o.ends[len(o.ends)-1]
	if span >= 0 {
		from, to = o.starts[span], o.ends[span]
	}
	return from.Format(time.DateOnly) + "," + to.Format(time.DateOnly)
}

// field is what an entry's first answer to a step has.
func field(e map[string]any, step, name string) any {
	answers, _ := e["answers"].([]any)
	for _, a := range answers {
		if a := a.(map[string]any); a["step"] == step {
			return a[name]
		}
	}
	return nil
}

// rows are the lines of the table as they should be, quotes aside.
func (o *oracle) rows() []string {
	return slices.Concat(o.systems(), o.feelings(), o.squares(), o.times(), o.triangle(), o.calendar())
}

func (o *oracle) few(pattern string, n int) []string {
	return []string{fmt.Sprintf("%s,%s,,,,too few to say,%d", pattern, o.dates(-1), n)}
}

func (o *oracle) systems() (rows []string) {
	values := func(span int, name string) (out []float64) {
		for _, e := range o.within(span) {
			if v, ok := field(e, name, "value").(float64); ok && v >= 0 && v <= 10 {
				out = append(out, v)
			}
		}
		sort.Float64s(out)
		return out
	}
	n := 0
	for _, e := range o.entries {
		for _, name := range []string{"threat", "drive", "soothing"} {
			if v, ok := field(e, name, "value").(float64); ok && v >= 0 && v <= 10 {
				n++
				break
			}
		}
	}
	if n < 5 {
		return o.few("systems", n)
	}
	for span := -1; span < len(o.starts); span++ {
		for _, name := range []string{"threat", "drive", "soothing"} {
			v := values(span, name)
			row := func(value, unit string) {
				rows = append(rows, fmt.Sprintf("systems,%s,,%s,%s,%s,%d", o.dates(span), name, value, unit, len(v)))
			}
			if len(v) == 0 {
				row("", "median")
				continue
			}
			median := v[len(v)/2]
			if len(v)%2 == 0 {
				median = (v[len(v)/2-1] + v[len(v)/2]) / 2
			}
			row(fmt.Sprint(median), "median")
			row(fmt.Sprint(v[0]), "lowest")
			row(fmt.Sprint(v[len(v)-1]), "highest")
		}
	}
	return rows
}

func (o *oracle) feelings() (rows []string) {
	// The words of an entry, each once, in small letters.
	var entries []map[string]bool
	for _, e := range o.entries {
		words := make(map[string]bool)
		choices, _ := field(e, "feelings", "choices").([]any)
		for _, c := range choices {
			if w := strings.ToLower(strings.TrimSpace(c.(string))); w != "" {
				words[w] = true
			}
		}
		if len(words) > 0 {
			entries = append(entries, words)
		}
	}
	if len(entries) < 5 {
		return o.few("feelings", len(entries))
	}
	listed := make(map[string]bool)
	group := func(label string, words []string, always bool) {
		n := 0
		for _, e := range entries {
			if slices.ContainsFunc(words, func(w string) bool { return e[w] }) {
				n++
			}
		}
		if n > 0 || always {
			rows = append(rows, fmt.Sprintf("feelings,%s,%s,,%d,entries,%d", o.dates(-1), label, n, len(entries)))
		}
		for _, w := range words {
			n := 0
			for _, e := range entries {
				if e[w] {
					n++
				}
			}
			if n > 0 {
				rows = append(rows, fmt.Sprintf("feelings,%s,%s,%s,%d,entries,%d", o.dates(-1), label, w, n, len(entries)))
			}
		}
	}
	for _, g := range o.library.Words("feelings") {
		var words []string
		for _, w := range g.Words {
			words = append(words, w.Label)
			listed[w.Label] = true
		}
		group(g.Label, words, true)
	}
	var own []string
	for _, e := range entries {
		for w := range e {
			if !listed[w] && !slices.Contains(own, w) {
				own = append(own, w)
			}
		}
	}
	group("your own words", own, false)
	return rows
}

func (o *oracle) squares() (rows []string) {
	guide, _ := o.library.Guide("end-of-day")
	step, _ := guide.Step("day")
	labels := make(map[string]string)
	for _, p := range step.Parts {
		labels[p.ID] = p.Label
	}
	shares := func(e map[string]any) (map[string]float64, float64) {
		out, sum := make(map[string]float64), 0.0
		parts, _ := field(e, "day", "shares").(map[string]any)
		for id, n := range parts {
			if n := n.(float64); n > 0 && n <= 1000 {
				out[id] += n
				sum += n
			}
		}
		return out, sum
	}
	n := 0
	for _, e := range o.entries {
		parts, sum := shares(e)
		if sum > 0 {
			n++
		}
		for id := range parts {
			if labels[id] == "" {
				labels[id] = id
			}
		}
	}
	if n < 5 {
		return o.few("squares", n)
	}
	for span := -1; span < len(o.starts); span++ {
		squares, given, n := make(map[string]float64), 0.0, 0
		for _, e := range o.within(span) {
			parts, sum := shares(e)
			for id, m := range parts {
				squares[id] += m
			}
			if given += sum; sum > 0 {
				n++
			}
		}
		row := func(group, name, value, unit string) {
			rows = append(rows, fmt.Sprintf("squares,%s,%s,%s,%s,%s,%d", o.dates(span), group, name, value, unit, n))
		}
		if n == 0 {
			row("", "contact with people", "", "percent")
			continue
		}
		both := func(group, name string, m float64) {
			row(group, name, fmt.Sprintf("%.2f", 100*m/given), "percent")
			row(group, name, fmt.Sprint(m), "squares")
		}
		var ids []string
		for _, p := range step.Parts {
			ids = append(ids, p.ID)
		}
		for _, id := range slices.Sorted(maps.Keys(labels)) {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		o.share(o.dates(span), ids, labels, squares, given)
		both("", "contact with people", squares["direct"]+squares["contact"])
		for id, label := range labels {
			both("part", label, squares[id])
		}
	}
	return rows
}

// share gives out a hundred points: to each part its whole percents, and then one
// after another to the part that is furthest below its due.
func (o *oracle) share(dates string, ids []string, labels map[string]string, squares map[string]float64, given float64) {
	points, left := make(map[string]int), 100
	for _, id := range ids {
		points[id] = int(100*squares[id]/given + 1e-9)
		left -= points[id]
	}
	for ; left > 0; left-- {
		next := ids[0]
		for _, id := range ids {
			if due := func(id string) float64 { return 100*squares[id]/given - float64(points[id]) }; due(id) > due(next)+1e-9 {
				next = id
			}
		}
		points[next]++
	}
	for _, id := range ids {
		o.percents[dates+","+labels[id]] = points[id]
	}
	o.percents[dates+",contact with people"] = points["direct"] + points["contact"]
}

func (o *oracle) times() (rows []string) {
	if len(o.entries) < 5 {
		return o.few("times", len(o.entries))
	}
	part := func(hour int) string {
		switch {
		case hour < 5:
			return "night"
		case hour < 12:
			return "morning"
		case hour < 17:
			return "afternoon"
		}
		return "evening"
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		for _, name := range []string{"night", "morning", "afternoon", "evening"} {
			n := 0
			for _, e := range o.entries {
				if at := o.when(e); at.Weekday() == d && part(at.Hour()) == name {
					n++
				}
			}
			rows = append(rows, fmt.Sprintf("times,%s,%s,%s,%d,entries,%d", o.dates(-1), d, name, n, len(o.entries)))
		}
	}
	return rows
}

func (o *oracle) triangle() (rows []string) {
	sides := make(map[string]int)
	n := 0
	count := func(marked map[string]any) {
		if b, ok := marked["bring"].(map[string]any); ok {
			n++
			side, _ := b["side"].(string)
			if !slices.Contains([]string{"administrative", "educative", "supportive"}, side) {
				side = "no side chosen"
			}
			sides[side]++
		}
	}
	for _, e := range o.entries {
		if e["guide"] == "supervision" {
			continue // a brief
		}
		count(e)
		answers, _ := e["answers"].([]any)
		for _, a := range answers {
			count(a.(map[string]any))
		}
	}
	if n < 5 {
		return o.few("triangle", n)
	}
	for _, side := range []string{"administrative", "educative", "supportive", "no side chosen"} {
		rows = append(rows, fmt.Sprintf("triangle,%s,,%s,%d,marks,%d", o.dates(-1), side, sides[side], n))
	}
	return rows
}

func (o *oracle) calendar() (rows []string) {
	if len(o.entries) < 5 {
		return o.few("calendar", len(o.entries))
	}
	days := make(map[string]int)
	for _, e := range o.entries {
		days[o.when(e).Format(time.DateOnly)]++
	}
	for day, n := range days {
		rows = append(rows, fmt.Sprintf("calendar,%s,%s,,,%d,entries,%d", day, day, n, n))
	}
	return rows
}
