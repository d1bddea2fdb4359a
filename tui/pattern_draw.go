package tui

import (
	"fmt"
	"math"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/tui/pattern"
)

// A drawing makes pictures of a report, as rows of at most width cells. What
// they show is all in the report's words too.
type drawing struct {
	report pattern.Report
	styles styles
	width  int
}

// heights are those of a mark, from a thin line for nought.
var heights = []rune("▁▂▃▄▅▆▇█")

// A series is a line of marks over the spans of a report.
type series struct {
	values []float64 // 0 to 1; NaN where there is nothing
	style  lipgloss.Style
	under  [][]string // rows of words below the marks, where there is room
}

// widestMark is how many cells a span may have, with the space beside its mark.
const widestMark = 6

// fewestCells is the least that a mark needs for a number below it.
const fewestCells = 5

// columns says how a picture of so many spans is broken to a width: how many
// rows of marks, how many spans in each, and how many cells to each span.
func columns(spans, width int) (each, cells int) {
	rows := (spans + width - 1) / width
	each = (spans + rows - 1) / rows
	return each, min(max(width/each, 1), widestMark)
}

// plotted draws the spans from and up to of a series: the marks and, where each
// has room, what stands below.
func (d drawing) plotted(s series, from, to, cells int) []string {
	var line strings.Builder
	for _, v := range s.values[from:to] {
		mark := " "
		if !math.IsNaN(v) {
			mark = string(heights[int(math.Round(v*float64(len(heights)-1)))])
		}
		line.WriteString(pad(strings.Repeat(mark, min(max(cells-1, 1), 3)), cells))
	}
	rows := []string{s.style.Render(strings.TrimRight(line.String(), " "))}
	for _, words := range s.under {
		line.Reset()
		for _, w := range words[from:to] {
			if cells < fewestCells {
				w = oneCell(w)
			}
			line.WriteString(pad(w, cells))
		}
		rows = append(rows, d.styles.muted.Render(strings.TrimRight(line.String(), " ")))
	}
	return rows
}

// oneCell is a number in one cell: a + where it has more digits than that.
func oneCell(s string) string {
	if len(s) > 1 {
		return "+"
	}
	return s
}

// axis names the spans from and up to by their dates, as many as there is room
// for.
func (d drawing) axis(from, to, cells int) string {
	layout := "2 Jan"
	if d.report.Weeks > 1 {
		layout = "Jan 2006"
	}
	line := ""
	for i, span := range d.report.Spans[from:to] {
		if at := i * cells; i == 0 || at >= ansi.StringWidth(line)+2 {
			if date := span.From.Format(layout); at+len(date) <= max(d.width, len(date)) {
				line = pad(line, at) + date
			}
		}
	}
	return d.styles.muted.Render(ansi.Truncate(line, d.width, ""))
}

// headed wraps a line in the style of what is below it.
func (d drawing) headed(style lipgloss.Style, s string) []string {
	return wrapped(style, s, d.width)
}

func (d drawing) systems() []string {
	r := d.report
	each, cells := columns(len(r.Spans), d.width)
	var rows []string
	for from := 0; from < len(r.Spans); from += each {
		to := min(from+each, len(r.Spans))
		for i, s := range r.Systems.Three {
			style := []lipgloss.Style{d.styles.threat, d.styles.drive, d.styles.soothing}[i]
			head := s.Name
			if from == 0 {
				head += ": " + s.All.String()
			}
			rows = append(rows, d.headed(style, head)...)
			rows = append(rows, d.plotted(valuesSeries(s.By, style, cells), from, to, cells)...)
		}
		rows = append(rows, d.axis(from, to, cells))
		if to < len(r.Spans) {
			rows = append(rows, "")
		}
	}
	of := "a week's"
	if r.Weeks > 1 {
		of = fmt.Sprintf("%d weeks'", r.Weeks)
	}
	return append(rows, d.headed(d.styles.muted, "Marks: the median of "+of+" entries. "+below(cells, "the median"))...)
}

// below says what stands below the marks.
func below(cells int, figure string) string {
	if cells < fewestCells {
		return "Below: n, + for ten or more."
	}
	return "Below: " + figure + ", and n."
}

func valuesSeries(by []pattern.Values, style lipgloss.Style, cells int) series {
	s := series{style: style}
	var medians, ns []string
	for _, v := range by {
		value, median, n := math.NaN(), "", ""
		if v.N > 0 {
			value, median, n = v.Median/scaleMax, pattern.Number(v.Median), fmt.Sprint(v.N)
		}
		s.values = append(s.values, value)
		medians, ns = append(medians, median), append(ns, n)
	}
	s.under = [][]string{ns}
	if cells >= fewestCells {
		s.under = [][]string{medians, prefixed("n", ns)}
	}
	return s
}

// prefixed puts a letter before each word that is not empty.
func prefixed(letter string, words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		if w != "" {
			out[i] = letter + w
		}
	}
	return out
}

func (d drawing) squares() []string {
	q := d.report.Squares
	contact := q.Contact()
	tallest, tallestPercent := 0.0, 0
	shares := func(p pattern.Part, style lipgloss.Style) series {
		s := series{style: style}
		for i, given := range q.By {
			share := math.NaN()
			if given.N > 0 {
				share = float64(p.By[i].Squares) / float64(given.Squares)
				tallest, tallestPercent = max(tallest, share), max(tallestPercent, p.By[i].Percent)
			}
			s.values = append(s.values, share)
		}
		return s
	}
	all := []series{shares(contact, d.styles.accent)}
	for _, p := range q.Parts {
		all = append(all, shares(p, d.styles.ink))
	}
	for _, s := range all {
		for i := range s.values {
			s.values[i] /= tallest
		}
	}
	rows := d.headed(d.styles.strong, fmt.Sprintf("%s: %s of %d squares, n %d", contact.Label, percent(contact.All), q.All.Squares, q.All.N))
	rows = append(rows, d.contact(all[0], contact)...)
	_, cells := columns(len(q.By), d.width)
	rows = append(rows, d.headed(d.styles.muted, fmt.Sprintf("The tallest mark is %d%%. ", tallestPercent)+below(cells, "the share"))...)
	rows = append(rows, "")
	rows = append(rows, d.headed(d.styles.muted, strings.Join(pattern.Campaign, " "))...)
	rows = append(rows, "")
	return append(rows, d.parts(all[1:])...)
}

// contact draws contact with people, with its share and its n below.
func (d drawing) contact(s series, contact pattern.Part) []string {
	r := d.report
	each, cells := columns(len(r.Spans), d.width)
	var percents, ns []string
	for i, given := range r.Squares.By {
		share, n := "", ""
		if given.N > 0 {
			share, n = percent(contact.By[i]), fmt.Sprint(given.N)
		}
		percents, ns = append(percents, share), append(ns, n)
	}
	s.under = [][]string{ns}
	if cells >= fewestCells {
		s.under = [][]string{percents, prefixed("n", ns)}
	}
	var rows []string
	for from := 0; from < len(r.Spans); from += each {
		to := min(from+each, len(r.Spans))
		rows = append(rows, d.plotted(s, from, to, cells)...)
		rows = append(rows, d.axis(from, to, cells))
	}
	return rows
}

// parts draws for each part of the day its word, its share of all, and its
// marks: on one line, or below the word where there is no room beside it.
func (d drawing) parts(all []series) []string {
	q := d.report.Squares
	label := 0
	for _, p := range q.Parts {
		label = max(label, ansi.StringWidth(p.Label))
	}
	const share = 6
	beside := label+share+len(d.report.Spans) <= d.width
	var rows []string
	for i, p := range q.Parts {
		if p.All.Squares == 0 {
			continue
		}
		head := pad(p.Label, label) + fmt.Sprintf(" %4s ", percent(p.All))
		if beside {
			cells := min((d.width-label-share)/len(d.report.Spans), 4)
			rows = append(rows, d.styles.ink.Render(head)+d.plotted(all[i], 0, len(d.report.Spans), cells)[0])
			continue
		}
		rows = append(rows, d.headed(d.styles.ink, p.Label+": "+percent(p.All))...)
		each, cells := columns(len(d.report.Spans), d.width)
		for from := 0; from < len(d.report.Spans); from += each {
			rows = append(rows, d.plotted(all[i], from, min(from+each, len(d.report.Spans)), cells)[0])
		}
	}
	return rows
}

// percent is a share in few cells: what rounds to nought is not nothing.
func percent(s pattern.Share) string {
	if s.Percent > 0 || s.Squares == 0 {
		return fmt.Sprintf("%d%%", s.Percent)
	}
	return "<1%"
}
