package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// A rowsField takes a mark for each of a few things, with a line for what is
// behind it, and draws them as one picture: the three circles, bars, or the
// container with its gap. Up and down move between the marks and their lines;
// nothing is added up.
type rowsField struct {
	*session
	marks  marks
	rows   []content.Row
	values []int // as the marks count, -1: not given
	lines  []lineInput
	focus  int
	onLine bool
	stray  stray
	width  int
	height int
}

// marks is what a row is marked with.
type marks int

// The marks, and the picture each makes.
const (
	circleMarks marks = iota // 0 to 10: the three circles
	barMarks                 // 0 to 10: bars
	heldMarks                // held or not: the container
)

// heldWords are the marks of the container, as an entry keeps them.
var heldWords = []string{"held", "a little", "not held", "not sure"}

// newSystemsField makes the field of the three systems.
func newSystemsField(s *session, step content.Step, w *walk) *rowsField {
	var rows []content.Row
	for _, sys := range step.Systems {
		rows = append(rows, content.Row(sys))
	}
	return newRowsField(s, circleMarks, rows, w)
}

func newRowsField(s *session, m marks, rows []content.Row, w *walk) *rowsField {
	f := &rowsField{session: s, marks: m, rows: rows}
	for _, r := range rows {
		a, value := w.answer(r.ID), -1
		switch {
		case a.Value != nil:
			value = *a.Value
		case len(a.Choices) > 0:
			value = slices.Index(heldWords, a.Choices[0])
		}
		f.values = append(f.values, value)
		f.lines = append(f.lines, newLineInput(s, r.Line, a.Text))
	}
	return f
}

func (f *rowsField) setSize(width, height int) {
	f.width, f.height = width, height
	for i := range f.lines {
		f.lines[i].setWidth(width)
	}
}

func (f *rowsField) update(msg tea.Msg) (bool, tea.Cmd) {
	n := len(f.values)
	if f.stray.follows(msg) {
		return true, nil
	}
	switch pressed(msg) {
	case "enter":
		// Somebody who answered for this one is on the way to the next.
		answered := f.values[f.focus] >= 0 || f.lines[f.focus].text() != ""
		if answered && f.focus < n-1 {
			f.focus++
			f.onLine = false
			return true, nil
		}
		return false, nil
	case "up":
		switch {
		case f.onLine:
			f.onLine = false
		case f.focus > 0:
			f.focus--
			f.onLine = f.hasLine()
		}
		return true, nil
	case "down":
		switch {
		case !f.onLine && f.hasLine():
			f.onLine = true
		case f.focus < n-1:
			f.focus++
			f.onLine = false
		}
		return true, nil
	}
	if f.onLine {
		return f.lines[f.focus].editor.update(msg), nil
	}
	value, taken := f.turn(msg)
	f.values[f.focus] = value
	switch {
	case taken:
		return true, nil
	case startsText(msg) && f.hasLine():
		f.onLine = true
		return f.lines[f.focus].editor.update(msg), nil
	}
	return f.stray.takes(msg), nil
}

// instead says how a row is marked, to somebody who types words.
func (f *rowsField) instead() string {
	if f.marks == heldMarks {
		return "Here you choose with ← →."
	}
	return setInstead
}

func (f *rowsField) hasLine() bool { return f.rows[f.focus].Line != "" }

// turn changes the mark by what a key says.
func (f *rowsField) turn(msg tea.Msg) (value int, taken bool) {
	now := f.values[f.focus]
	if f.marks != heldMarks {
		return turn(now, msg)
	}
	switch pressed(msg) {
	case "right", "space":
		return min(now+1, len(heldWords)-1), true
	case "left":
		return max(now-1, -1), true
	case "backspace", "delete":
		return -1, true
	}
	return now, false
}

// line is what is written beside the mark of the row in focus, under its
// question, which says of what it asks where there is room.
func (f *rowsField) line() lineInput {
	line := f.lines[f.focus]
	if of := fmt.Sprintf("%s (%s)", line.label, f.rows[f.focus].Label); ansi.StringWidth(of) <= f.width {
		line.label = of
	}
	return line
}

func (f *rowsField) view() string { return strings.Join(f.page(), "\n") }

func (f *rowsField) page() []string {
	st := f.styles
	row := f.rows[f.focus]
	var meaning []string
	if about := f.about(row); about != "" {
		meaning = wrapped(st.muted, about, f.width)
	}
	meaning = append(meaning, f.stray.rows(st, f.instead(), f.width)...)
	if !f.hasLine() {
		return append(f.picture(f.height-len(meaning)), meaning...)
	}
	line := f.line()
	page := append(f.picture(f.height-len(meaning)-1-line.rows()), meaning...)
	if f.height > len(page)+line.rows() {
		page = append(page, "")
	}
	return append(page, strings.Split(line.view(st, f.onLine), "\n")...)
}

// about is what is asked of a row, as the entry will have it, and what it means.
// The three systems are asked about all at once.
func (f *rowsField) about(row content.Row) string {
	if f.marks == circleMarks {
		return row.Meaning
	}
	return strings.TrimSpace(row.Prompt + " " + row.Meaning)
}

// picture draws the marks in at most so many rows, or says them in words.
func (f *rowsField) picture(room int) []string {
	switch f.marks {
	case barMarks:
		return f.bars(room)
	case heldMarks:
		return f.container(room)
	}
	discs := make([]disc, len(f.values))
	need := 0
	for i, r := range f.rows {
		discs[i] = disc{label: r.Label, value: f.values[i], style: f.style(r.ID), focused: i == f.focus}
		need += discs[i].need()
	}
	if f.settings.Still || room < 3 || need > f.width {
		return circlesText(discs)
	}
	return circles(discs, f.width, min(room, 9))
}

func (f *rowsField) style(id string) lipgloss.Style {
	switch id {
	case "threat":
		return f.styles.threat
	case "drive":
		return f.styles.drive
	}
	return f.styles.soothing
}

// listed sets the rows as a list: a name, and what follows it.
func (f *rowsField) listed(room int, follow func(i int) string) []string {
	wide := 0
	for _, r := range f.rows {
		wide = max(wide, ansi.StringWidth(r.Label))
	}
	var list []string
	for i, r := range f.rows {
		mark, style := f.styles.pointed(i == f.focus)
		list = append(list, ansi.Truncate(mark+style.Render(pad(r.Label, wide))+"  "+follow(i), f.width, "…"))
	}
	if len(list) < room {
		return append(list, "")
	}
	list, _ = scrollTo(list, f.focus, max(room, 1), f.styles.muted)
	return list
}

// bars draws each number as a bar of ten cells.
func (f *rowsField) bars(room int) []string {
	return f.listed(room, func(i int) string {
		v := f.values[i]
		switch {
		case v < 0:
			return f.styles.muted.Render("not set")
		case f.settings.Still:
			return f.styles.ink.Render(fmt.Sprintf("%d of %d", v, scaleMax))
		}
		bar := f.styles.drive.Render(strings.Repeat("█", v)) + f.styles.rule.Render(strings.Repeat("·", scaleMax-v))
		return bar + f.styles.ink.Render(" "+strconv.Itoa(v))
	})
}

// container draws who holds whom, each inside the one before. Where somebody is
// not held the line has a gap, and a word says so too.
func (f *rowsField) container(room int) []string {
	const widest = 30
	return f.listed(room, func(i int) string {
		word := "not set"
		if v := f.values[i]; v >= 0 {
			word = heldWords[v]
		}
		if f.settings.Still || f.width < 60 {
			return f.styles.ink.Render(word)
		}
		inset := 2 * i
		wall := []rune(strings.Repeat("─", max(widest-2*inset, 4)))
		style := f.styles.soothing
		switch word {
		case "held":
		case "a little":
			wall = []rune(strings.Repeat("─ ", len(wall)/2))
		case "not held":
			style = f.styles.threat
			third := len(wall) / 3
			copy(wall[third:], []rune(strings.Repeat(" ", len(wall)-2*third)))
		default:
			style = f.styles.rule
			wall = []rune(strings.Repeat("· ", len(wall)/2))
		}
		picture := strings.Repeat(" ", inset) + string(wall) + strings.Repeat(" ", inset)
		return style.Render(picture) + f.styles.ink.Render("  "+word)
	})
}

func (f *rowsField) cursor() (x, y int, ok bool) {
	page := f.page()
	if f.onLine {
		x, _ = f.lines[f.focus].cursor()
		return x, len(page) - 1, true
	}
	for i, row := range page {
		row = ansi.Strip(row)
		if before, _, ok := strings.Cut(row, "◂"); ok {
			return ansi.StringWidth(before), i, true
		}
		if strings.HasSuffix(row, selectedMark) || strings.HasPrefix(row, "› ") {
			return 0, i, true
		}
	}
	return 0, 0, true
}

func (f *rowsField) typing() bool { return f.onLine }

func (f *rowsField) help() []key.Binding {
	if f.onLine {
		out := []key.Binding{keys.next}
		if f.focus < len(f.values)-1 {
			return append(out, bind("↓", "the next one"), keys.back)
		}
		return append(out, bind("↑", "above"), keys.back)
	}
	change := bind("← →", "size")
	if f.marks == heldMarks {
		change = bind("← →", "change")
	}
	out := []key.Binding{keys.next, change}
	if f.hasLine() {
		out = append(out, bind("↓", "a few words"))
	}
	out = append(out, keys.back)
	if f.marks != heldMarks {
		out = append(out, keys.digit)
	}
	if f.values[f.focus] >= 0 {
		out = append(out, keys.clear)
	}
	return out
}

func (f *rowsField) answers() []journal.Answer {
	var out []journal.Answer
	for i, r := range f.rows {
		a := journal.Answer{Step: r.ID, Prompt: r.Prompt, Text: f.lines[i].text()}
		if v := f.values[i]; v >= 0 {
			if f.marks == heldMarks {
				a.Choices = []string{heldWords[v]}
			} else {
				a.Value = &v
			}
		}
		out = append(out, a)
	}
	return out
}
