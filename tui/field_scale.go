package tui

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
)

const scaleMax = 10

// A scaleField asks for a number from 0 to 10. What a number means is said in
// the guide's words; it is never judged.
type scaleField struct {
	*session
	step   content.Step
	value  int // -1: not given
	line   lineInput
	onLine bool
	stray  stray
	width  int
	height int
}

func newScaleField(s *session, step content.Step, a journal.Answer) *scaleField {
	f := &scaleField{session: s, step: step, value: -1}
	if a.Value != nil {
		f.value = *a.Value
	}
	f.line = newLineInput(s, step.Line, a.Text) // shown only where the step asks for one
	return f
}

func (f *scaleField) setSize(width, height int) {
	f.width, f.height = width, height
	f.line.setWidth(width)
}

// turn changes a value from 0 to 10, or -1 for none, by what a key says.
// handled is false for other keys.
func turn(value int, msg tea.Msg) (int, bool) {
	switch pressed(msg) {
	case "right":
		return min(value+1, scaleMax), true
	case "left":
		return max(value-1, -1), true
	case "backspace", "delete":
		return -1, true
	}
	if d := digit(msg); d >= 0 {
		if value == 1 && d == 0 {
			return scaleMax, true // 1 and then 0
		}
		return d, true
	}
	return value, false
}

func (f *scaleField) update(msg tea.Msg) (bool, tea.Cmd) {
	if f.onLine {
		if f.line.editor.update(msg) {
			return true, nil
		}
		if pressed(msg) == "up" {
			f.onLine = false
			return true, nil
		}
		return false, nil
	}
	if f.stray.follows(msg) {
		return true, nil
	}
	if pressed(msg) == "down" && f.step.Line != "" {
		f.onLine = true
		return true, nil
	}
	value, taken := turn(f.value, msg)
	f.value = value
	switch {
	case taken:
		return true, nil
	case startsText(msg) && f.step.Line != "":
		f.onLine = true
		return f.line.editor.update(msg), nil
	}
	return f.stray.takes(msg), nil
}

// setInstead says how a number is set, to somebody who types words.
const setInstead = "Here you choose with ← →, or type a number."

func (f *scaleField) view() string {
	st := f.styles
	var row strings.Builder
	for i := range scaleMax + 1 {
		text, style := " "+strconv.Itoa(i)+" ", st.muted
		if i == f.value {
			text, style = "["+strconv.Itoa(i)+"]", st.selected
		}
		if f.cell() == narrowCell {
			text = strings.TrimSpace(text) + " "
		}
		row.WriteString(style.Render(text))
	}
	out := []string{row.String(), "", st.muted.Render(wrap("0 "+f.step.Low+" · 10 "+f.step.High, f.width))}
	for _, m := range f.step.Marks {
		if m.Value == f.value {
			out = append(out, "", st.ink.Render(wrap(m.Label, f.width)))
		}
	}
	if f.step.Line != "" {
		out = append(out, "", f.line.view(st, f.onLine))
	}
	if rows := f.stray.rows(st, setInstead, f.width); len(rows) > 0 {
		out = append(append(out, ""), rows...)
	}
	return strings.Join(out, "\n")
}

// The cells of a number and the space beside it: less where a row of all of
// them would not fit.
const airyCell, narrowCell = 3, 2

func (f *scaleField) cell() int {
	if f.width <= airyCell*(scaleMax+1) {
		return narrowCell
	}
	return airyCell
}

func (f *scaleField) cursor() (x, y int, ok bool) {
	if f.onLine {
		x, _ = f.line.cursor()
		return x, strings.Count(f.view(), "\n"), true
	}
	return max(f.value, 0)*f.cell() + 1, 0, true
}

func (f *scaleField) typing() bool { return f.onLine }

func (f *scaleField) help() []key.Binding {
	if f.onLine {
		return []key.Binding{keys.next, bind("↑", "the numbers"), keys.back}
	}
	out := []key.Binding{keys.next, bind("← →", "change"), keys.back, keys.digit}
	if f.value >= 0 {
		out = append(out, keys.clear)
	}
	if f.step.Line != "" {
		out = append(out, bind("↓", "a few words"))
	}
	return out
}

func (f *scaleField) answers() []journal.Answer {
	a := journal.Answer{Step: f.step.ID, Prompt: f.step.Prompt}
	if f.value >= 0 {
		v := f.value
		a.Value = &v
	}
	if f.step.Line != "" {
		a.Text = f.line.text()
	}
	return []journal.Answer{a}
}
