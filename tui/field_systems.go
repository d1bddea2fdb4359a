package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"goodenough/content"
	"goodenough/journal"
)

// A systemsField draws the three circles to size, with a line under them for
// what switched the chosen one on. Up and down move between the numbers and
// their lines; nothing is added up.
type systemsField struct {
	*session
	step   content.Step
	values []int // 0 to 10, -1: not given
	lines  []lineInput
	focus  int
	onLine bool
	width  int
	height int
}

func newSystemsField(s *session, step content.Step, w *walk) *systemsField {
	f := &systemsField{session: s, step: step}
	for _, sys := range step.Systems {
		a, value := w.answer(sys.ID), -1
		if a.Value != nil {
			value = *a.Value
		}
		f.values = append(f.values, value)
		f.lines = append(f.lines, newLineInput(s, sys.Line, a.Text))
	}
	return f
}

func (f *systemsField) setSize(width, height int) {
	f.width, f.height = width, height
	for i := range f.lines {
		f.lines[i].setWidth(width)
	}
}

func (f *systemsField) update(msg tea.Msg) (bool, tea.Cmd) {
	n := len(f.values)
	switch pressed(msg) {
	case "enter":
		// Somebody who answered for this circle is on the way to the next one.
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
			f.onLine = true
		}
		return true, nil
	case "down":
		switch {
		case !f.onLine:
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
	value, taken := turn(f.values[f.focus], msg)
	f.values[f.focus] = value
	if !taken && startsText(msg) {
		f.onLine = true
		return f.lines[f.focus].editor.update(msg), nil
	}
	return taken, nil
}

func (f *systemsField) style(id string) lipgloss.Style {
	switch id {
	case "threat":
		return f.styles.threat
	case "drive":
		return f.styles.drive
	}
	return f.styles.soothing
}

// lineRows are the rows under the picture and the meaning of a system: a
// space, its question and its line.
const lineRows = 3

func (f *systemsField) view() string {
	rows := f.rows()
	return strings.Join(rows, "\n")
}

func (f *systemsField) rows() []string {
	st := f.styles
	discs := make([]disc, len(f.values))
	need := 0
	for i, sys := range f.step.Systems {
		discs[i] = disc{label: sys.Label, value: f.values[i], style: f.style(sys.ID), focused: i == f.focus}
		need += discs[i].need()
	}
	sys := f.step.Systems[f.focus]
	meaning := wrap(sys.Meaning, f.width)
	under := lineRows + strings.Count(meaning, "\n") + 1
	var rows []string
	if room := f.height - under; f.settings.Still || room < 3 || need > f.width {
		rows = circlesText(discs)
	} else {
		rows = circles(discs, f.width, min(room, 9))
	}
	rows = append(rows, strings.Split(st.muted.Render(meaning), "\n")...)
	if f.height > len(rows)+2 {
		rows = append(rows, "")
	}
	line := f.lines[f.focus]
	line.label = fmt.Sprintf("%s (%s)", line.label, sys.Label)
	return append(rows, strings.Split(line.view(st, f.onLine), "\n")...)
}

func (f *systemsField) cursor() (x, y int, ok bool) {
	rows := f.rows()
	if f.onLine {
		x, _ = f.lines[f.focus].cursor()
		return x, len(rows) - 1, true
	}
	for i, row := range rows {
		row = ansi.Strip(row)
		if before, _, ok := strings.Cut(row, "◂"); ok {
			return ansi.StringWidth(before), i, true
		}
		if strings.HasSuffix(row, selectedMark) {
			return 0, i, true
		}
	}
	return 0, 0, true
}

func (f *systemsField) typing() bool { return f.onLine }

func (f *systemsField) help() []key.Binding {
	if f.onLine {
		if f.focus == len(f.values)-1 {
			return []key.Binding{keys.next, bind("↑", "to its size"), keys.back}
		}
		return []key.Binding{keys.next, bind("↓", "the next circle"), keys.back}
	}
	out := []key.Binding{keys.next, bind("← → 0–9", "size"), bind("↓", "a few words"), keys.back}
	if f.values[f.focus] >= 0 {
		out = append(out, keys.clear)
	}
	return out
}

func (f *systemsField) answers() []journal.Answer {
	var out []journal.Answer
	for i, sys := range f.step.Systems {
		a := journal.Answer{Step: sys.ID, Prompt: sys.Prompt, Text: f.lines[i].text()}
		if v := f.values[i]; v >= 0 {
			a.Value = &v
		}
		out = append(out, a)
	}
	return out
}
