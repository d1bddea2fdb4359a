package tui

import (
	"fmt"
	"math"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/tui/pattern"
)

// counted is a bar for n of so many, in at most room cells, with the number
// behind it.
func (d drawing) counted(n, most, room int, said string) string {
	if n == 0 {
		return d.styles.muted.Render(said)
	}
	cells := max(int(math.Round(float64(n*room)/float64(most))), 1)
	return d.styles.accent.Render(strings.Repeat("■", cells)) + d.styles.ink.Render(strings.TrimRight(" "+said, " "))
}

// lines are bars, each with its word before it.
func (d drawing) lines(words []string, ns []int, said func(n int) string) []string {
	label, most, longest := 0, 1, 0
	for i, w := range words {
		label = max(label, ansi.StringWidth(w))
		most = max(most, ns[i])
		longest = max(longest, len(said(ns[i])))
	}
	label = min(label, d.width/2)
	room := max(min(d.width-label-longest-3, most), 1)
	var rows []string
	for i, w := range words {
		rows = append(rows, d.styles.ink.Render(pad(ansi.Truncate(w, label, "…"), label))+"  "+d.counted(ns[i], most, room, said(ns[i])))
	}
	return rows
}

// outOf says a number of so many.
func outOf(total int) func(int) string {
	return func(n int) string {
		if n == 0 {
			return "none"
		}
		return fmt.Sprintf("%d of %d", n, total)
	}
}

func (d drawing) feelings() []string {
	f := d.report.Feelings
	rows := d.corners(f)
	for _, g := range f.Groups {
		if g.N == 0 {
			continue
		}
		rows = append(rows, "")
		rows = append(rows, d.headed(d.styles.strong, g.Label+": "+outOf(f.N)(g.N))...)
		var words []string
		var ns []int
		for _, w := range g.Words {
			words, ns = append(words, "  "+w.Word), append(ns, w.N)
		}
		rows = append(rows, d.lines(words, ns, func(n int) string { return fmt.Sprint(n) })...)
	}
	return rows
}

// corners is the picture of energy by pleasantness: the stirred above, the
// others below, and the unpleasant on the left.
func (d drawing) corners(f pattern.Feelings) []string {
	side := d.width
	if d.width >= wideRow {
		side = (d.width - 2) / 2
	}
	cell := func(stirred bool, tone string) []string {
		for _, g := range f.Groups {
			if g.Tone == tone && (g.Energy == "stirred") == stirred {
				said := outOf(f.N)(g.N)
				return []string{d.styles.strong.Render(g.Label), d.counted(g.N, f.N, side-len(said)-2, said)}
			}
		}
		return []string{"", ""}
	}
	var rows []string
	for _, stirred := range []bool{true, false} {
		left, right := cell(stirred, "unpleasant"), cell(stirred, "pleasant")
		if side == d.width {
			rows = append(append(rows, left...), right...)
			continue
		}
		for i := range left {
			rows = append(rows, pad(left[i], side+2)+right[i])
		}
		if stirred {
			rows = append(rows, "")
		}
	}
	return rows
}

// A table needs so many cells for its usual columns. In fewer they are narrower,
// and their heads shorter: no number is cut off.
const (
	timesWidth  = 34
	monthsWidth = 35
)

func (d drawing) times() []string {
	t := d.report.Times
	day, column := 4, 6 // "Mon "
	hours := func(p pattern.DayPart) string { return fmt.Sprintf("%d-%d", p.From, p.Until) }
	if d.width >= wideRow {
		day = 11
	}
	if d.width < timesWidth {
		column = 4
		hours = func(p pattern.DayPart) string { return fmt.Sprintf("%d-", p.From) }
	}
	cell := func(style lipgloss.Style, s string) string { return style.Render(fmt.Sprintf("%*s", column, s)) }
	head := strings.Repeat(" ", day)
	for _, p := range pattern.DayParts {
		head += cell(d.styles.muted, hours(p))
	}
	rows := []string{head + cell(d.styles.muted, "all")}
	most := 1
	for weekday := range t {
		most = max(most, t.Total(weekday))
	}
	for weekday, name := range pattern.Weekdays {
		row := d.styles.ink.Render(pad(ansi.Truncate(name, day-1, ""), day))
		for _, n := range t[weekday] {
			row += cell(d.styles.ink, pattern.OrDot(n))
		}
		total := t.Total(weekday)
		row += cell(d.styles.strong, pattern.OrDot(total))
		if room := min(d.width-ansi.StringWidth(row)-2, 20); room > 1 && total > 0 {
			row += "  " + d.counted(total, most, room, "")
		}
		rows = append(rows, row)
	}
	return rows
}

func (d drawing) triangle() []string {
	t := d.report.Triangle
	words, ns := pattern.Sides[:], t.Sides[:]
	if t.None > 0 {
		words, ns = append(words[:len(words):len(words)], "no side chosen"), append(ns[:len(ns):len(ns)], t.None)
	}
	return d.lines(words, ns, outOf(t.N))
}

// calendar is a row for each week. A day without an entry is a dot.
func (d drawing) calendar() []string {
	r := d.report
	layout, label, column := "2 Jan 06", 10, 3
	if d.width < monthsWidth {
		layout, label, column = "2 Jan", 7, 2
	}
	cell := func(style lipgloss.Style, s string) string { return style.Render(fmt.Sprintf("%*s", column, s)) }
	head := strings.Repeat(" ", label)
	for _, name := range pattern.Weekdays {
		head += cell(d.styles.muted, name[:column-1])
	}
	rows := []string{head + d.styles.muted.Render("   n")}
	for monday := r.From; monday <= r.To; monday += 7 {
		row := d.styles.muted.Render(pad(monday.Format(layout), label))
		n := 0
		for day := monday; day < monday+7; day++ {
			style := d.styles.muted
			if r.Calendar[day] > 0 {
				style = d.styles.strong
			}
			row += cell(style, pattern.OrDot(r.Calendar[day]))
			n += r.Calendar[day]
		}
		if n > 0 {
			row += d.styles.muted.Render(fmt.Sprintf("%4d", n))
		}
		rows = append(rows, row)
	}
	return rows
}
