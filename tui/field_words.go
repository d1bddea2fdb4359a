package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// A wordsField takes words for each of a few things that belong together: two
// of them side by side, where there is room, and more of them one under the
// other, the one being written on open.
type wordsField struct {
	*session
	rows    []content.Row
	editors []editor
	focus   int
	width   int
	height  int
}

func newWordsField(s *session, rows []content.Row, w *walk) *wordsField {
	f := &wordsField{session: s, rows: rows}
	for i, r := range rows {
		e := s.newEditor(false)
		e.setValue(w.answer(r.ID).Text)
		f.editors = append(f.editors, e)
		if !e.empty() {
			f.focus = i // who comes back goes on where they were
		}
	}
	return f
}

// besideWidth is the least width for two texts side by side.
const (
	besideWidth = 60
	besideGap   = 4
)

func (f *wordsField) beside() bool {
	return len(f.rows) == 2 && f.width >= besideWidth && !f.settings.Still
}

func (f *wordsField) setSize(width, height int) {
	f.width, f.height = width, height
	for i := range f.editors {
		if f.beside() {
			f.editors[i].setSize((width-besideGap)/2, max(height-2, 1))
		} else {
			f.editors[i].setSize(width, max(height-f.around(i), 1))
		}
	}
}

func (f *wordsField) update(msg tea.Msg) (bool, tea.Cmd) {
	switch pressed(msg) {
	case "enter", "tab":
		if f.focus == len(f.rows)-1 {
			return false, nil
		}
		f.focus++
		return true, nil
	case "esc", "shift+tab":
		if f.focus == 0 {
			return false, nil
		}
		f.focus--
		return true, nil
	}
	return f.editors[f.focus].update(msg), nil
}

// close reports whether the rows that are not written on stand in a row each: in
// a small window they give way to the one that is.
func (f *wordsField) close() bool {
	return 2*len(f.rows)+len(f.asked(f.focus))+leastField > f.height
}

// alone reports whether there is room for no more than the one written on.
func (f *wordsField) alone() bool { return len(f.rows)+leastField > f.height }

// around is how many rows stand above and below what is written on.
func (f *wordsField) around(i int) int {
	switch {
	case f.alone():
		return 1
	case f.close():
		return len(f.rows) + len(f.asked(i))
	}
	return 2*len(f.rows) - 1 + len(f.asked(i))
}

func (f *wordsField) label(i int) string {
	if i == f.focus {
		return f.styles.selected.Render("› " + f.rows[i].Label)
	}
	return f.styles.muted.Render("  " + f.rows[i].Label)
}

// asked is the question of a row, where there is room for it.
func (f *wordsField) asked(i int) []string {
	rows := wrapped(f.styles.muted, f.rows[i].Prompt, f.width)
	if f.beside() || len(rows)+len(f.rows)+leastField > f.height {
		return nil
	}
	return rows
}

func (f *wordsField) view() string {
	if f.beside() {
		return f.viewBeside()
	}
	var out []string
	for i := range f.rows {
		switch {
		case i == f.focus:
			out = append(out, ansi.Truncate(f.label(i), f.width, "…"))
			out = append(out, f.asked(i)...)
			out = append(out, strings.Split(f.editors[i].view(), "\n")...)
		case f.alone():
		case f.close():
			out = append(out, ansi.Truncate(f.label(i)+"  "+f.start(i), f.width, "…"))
		default:
			out = append(out, ansi.Truncate(f.label(i), f.width, "…"), ansi.Truncate(f.start(i), f.width, "…"))
		}
	}
	return strings.Join(out, "\n")
}

// start is how the words of a row start.
func (f *wordsField) start(i int) string {
	first, rest, _ := strings.Cut(f.editors[i].value(), "\n")
	if rest != "" {
		first += " …"
	}
	return f.styles.muted.Render(printable(first))
}

func (f *wordsField) viewBeside() string {
	column := (f.width - besideGap) / 2
	left := append([]string{f.label(0), ""}, strings.Split(f.editors[0].view(), "\n")...)
	right := append([]string{f.label(1), ""}, strings.Split(f.editors[1].view(), "\n")...)
	var out []string
	for i := range max(len(left), len(right)) {
		row := ""
		if i < len(left) {
			row = left[i]
		}
		row = pad(row, column+besideGap)
		if i < len(right) {
			row += right[i]
		}
		out = append(out, strings.TrimRight(row, " "))
	}
	return strings.Join(out, "\n")
}

func (f *wordsField) cursor() (x, y int, ok bool) {
	x, y = f.editors[f.focus].cursor()
	if f.beside() {
		if f.focus == 1 {
			x += (f.width-besideGap)/2 + besideGap
		}
		return x, y + 2, true
	}
	above := 2 * f.focus
	switch {
	case f.alone():
		above = 0
	case f.close():
		above = f.focus
	}
	return x, y + above + 1 + len(f.asked(f.focus)), true
}

func (f *wordsField) typing() bool { return true }

func (f *wordsField) help() []key.Binding {
	return []key.Binding{keys.next, keys.back, keys.newLine}
}

func (f *wordsField) answers() []journal.Answer {
	var out []journal.Answer
	for i, r := range f.rows {
		out = append(out, journal.Answer{Step: r.ID, Prompt: r.Prompt, Text: strings.TrimSpace(f.editors[i].value())})
	}
	return out
}
