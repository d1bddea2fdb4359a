package pattern

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// csvHeader names the columns. Every row is one figure: what it is of, from and
// to which day, the value and its unit, and how many entries it rests on.
var csvHeader = []string{"pattern", "from", "to", "group", "name", "value", "unit", "n"}

// WriteCSV writes the patterns as one table, in the order of the sections. A
// week without entries has a row without a value, and so has a pattern of which
// there are too few entries.
func (r Report) WriteCSV(w io.Writer) error {
	t := table{out: csv.NewWriter(w)}
	t.write(csvHeader...)
	for _, s := range r.Sections() {
		t.pattern = s.ID
		if s.TooFew() != "" {
			t.row(r.Span, "", "", "", "too few to say", s.N)
			continue
		}
		switch s.ID {
		case "systems":
			r.systemsRows(&t)
		case "feelings":
			r.feelingsRows(&t)
		case "squares":
			r.squaresRows(&t)
		case "times":
			r.timesRows(&t)
		case "triangle":
			r.triangleRows(&t)
		case "calendar":
			r.calendarRows(&t)
		}
	}
	t.out.Flush()
	return t.out.Error()
}

// A table is the rows of one pattern after another. The writer remembers its
// first error.
type table struct {
	out     *csv.Writer
	pattern string
}

func (t *table) write(fields ...string) { _ = t.out.Write(fields) }

func (t *table) row(span Span, group, name, value, unit string, n int) {
	t.write(t.pattern, span.From.ISO(), span.To.ISO(), cell(group), cell(name), value, unit, fmt.Sprint(n))
}

// cell keeps a word from being taken for a formula by a spreadsheet.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

func (r Report) systemsRows(t *table) {
	rows := func(span Span, name string, v Values) {
		if v.N == 0 {
			t.row(span, "", name, "", "median", 0)
			return
		}
		t.row(span, "", name, Number(v.Median), "median", v.N)
		t.row(span, "", name, fmt.Sprint(v.Low), "lowest", v.N)
		t.row(span, "", name, fmt.Sprint(v.High), "highest", v.N)
	}
	for _, s := range r.Systems.Three {
		rows(r.Span, s.Name, s.All)
	}
	for i, span := range r.Spans {
		for _, s := range r.Systems.Three {
			rows(span, s.Name, s.By[i])
		}
	}
}

func (r Report) feelingsRows(t *table) {
	for _, g := range r.Feelings.Groups {
		t.row(r.Span, g.Label, "", fmt.Sprint(g.N), "entries", r.Feelings.N)
		for _, w := range g.Words {
			t.row(r.Span, g.Label, w.Word, fmt.Sprint(w.N), "entries", r.Feelings.N)
		}
	}
}

// squaresRows have percents with two decimals, which are not made to sum to 100
// as those that people read: a spreadsheet rounds for itself.
func (r Report) squaresRows(t *table) {
	q := r.Squares
	contact := q.Contact()
	rows := func(span Span, given Given, share func(Part) Share) {
		if given.N == 0 {
			t.row(span, "", contact.Label, "", "percent", 0)
			return
		}
		both := func(group string, p Part) {
			squares := share(p).Squares
			t.row(span, group, p.Label, fmt.Sprintf("%.2f", 100*float64(squares)/float64(given.Squares)), "percent", given.N)
			t.row(span, group, p.Label, fmt.Sprint(squares), "squares", given.N)
		}
		both("", contact)
		for _, p := range q.Parts {
			both("part", p)
		}
	}
	rows(r.Span, q.All, func(p Part) Share { return p.All })
	for i, span := range r.Spans {
		rows(span, q.By[i], func(p Part) Share { return p.By[i] })
	}
}

func (r Report) timesRows(t *table) {
	for d, day := range Weekdays {
		for i, p := range DayParts {
			t.row(r.Span, day, p.Name, fmt.Sprint(r.Times[d][i]), "entries", r.Entries)
		}
	}
}

func (r Report) triangleRows(t *table) {
	for i, side := range Sides {
		t.row(r.Span, "", side, fmt.Sprint(r.Triangle.Sides[i]), "marks", r.Triangle.N)
	}
	t.row(r.Span, "", "no side chosen", fmt.Sprint(r.Triangle.None), "marks", r.Triangle.N)
}

// calendarRows has the days that have an entry.
func (r Report) calendarRows(t *table) {
	for day := r.From; day <= r.To; day++ {
		if n := r.Calendar[day]; n > 0 {
			t.row(Span{day, day}, "", "", fmt.Sprint(n), "entries", n)
		}
	}
}
