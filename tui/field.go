package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
)

// A field is how one step is answered on the full screen. The guide screen
// around it shows the question and moves between the steps.
type field interface {
	setSize(width, height int)
	update(tea.Msg) (taken bool, cmd tea.Cmd) // taken: the screen must not use the key
	view() string
	cursor() (x, y int, ok bool)
	typing() bool
	help() []key.Binding
	answers() []journal.Answer // what to keep; empty answers take back
}

// newField makes the field of a step, with what was answered there before.
func newField(s *session, w *walk) field {
	step := w.step()
	switch step.Kind {
	case content.Pause:
		return newPauseField(s, step)
	case content.Choice:
		return newChoiceField(s, step, w.answer(step.ID))
	case content.Scale:
		return newScaleField(s, step, w.answer(step.ID))
	case content.Share:
		return newShareField(s, step, w.answer(step.ID))
	case content.Systems:
		return newSystemsField(s, step, w)
	case content.Rows:
		switch step.Take {
		case content.TakeNumber:
			return newRowsField(s, barMarks, step.Rows, w)
		case content.TakeHeld:
			return newRowsField(s, heldMarks, step.Rows, w)
		}
		return newWordsField(s, step.Rows, w)
	case content.Park:
		park := newParkField(s, step, w.answer(step.ID))
		if last := s.leftLast(w, step); len(last) > 0 {
			return &leftField{parkField: park, last: last}
		}
		return park
	case content.Pick:
		return newPickField(s, step, w)
	case content.Bring:
		return newBringField(s, w.line(step), s.saidFor(w, step))
	case content.Triangle:
		return newTriangleField(s, w)
	}
	return newRewriteField(s, w)
}

// A textField is free writing: a line that wraps, or a page.
type textField struct {
	*session
	step   content.Step
	editor editor
	height int
}

func newTextField(s *session, step content.Step, a journal.Answer) *textField {
	f := &textField{session: s, step: step, editor: s.newEditor(false)}
	f.editor.setValue(a.Text)
	return f
}

func (f *textField) setSize(width, height int) {
	f.height = height
	f.editor.setSize(width, height)
}

func (f *textField) update(msg tea.Msg) (bool, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "enter" && (!f.step.Long || f.editor.empty()) {
		return false, nil // Enter goes on, except in the middle of a page
	}
	return f.editor.update(msg), nil
}

func (f *textField) view() string                { return f.editor.view() }
func (f *textField) cursor() (x, y int, ok bool) { x, y = f.editor.cursor(); return x, y, true }
func (f *textField) typing() bool                { return true }

func (f *textField) help() []key.Binding {
	if f.step.Long {
		return []key.Binding{bind("tab", "next"), keys.back, keys.newLine}
	}
	return []key.Binding{keys.next, keys.back, keys.newLine}
}

func (f *textField) answers() []journal.Answer {
	return []journal.Answer{{Step: f.step.ID, Prompt: f.step.Prompt, Text: strings.TrimSpace(f.editor.value())}}
}

// A lineInput is one line to write on under another field: a label that asks,
// and a single row.
type lineInput struct {
	label  string
	editor editor
	width  int
}

func newLineInput(s *session, label, text string) lineInput {
	l := lineInput{label: label, editor: s.newEditor(true)}
	l.editor.setValue(text)
	return l
}

const linePrefix = "> "

func (l *lineInput) setWidth(width int) {
	l.width = width
	l.editor.setSize(max(width-len(linePrefix), 1), 1)
}

// asked are the rows of the label: all of its words are to be read.
func (l *lineInput) asked() []string { return strings.Split(wrap(l.label, l.width), "\n") }

// rows is how many rows it takes.
func (l *lineInput) rows() int { return len(l.asked()) + 1 }

func (l *lineInput) text() string { return strings.TrimSpace(l.editor.value()) }

// view is the label, and below it the line, in one row.
func (l *lineInput) view(st styles, focused bool) string {
	mark := st.muted.Render(linePrefix)
	if focused {
		mark = st.accent.Render(linePrefix)
	}
	return st.muted.Render(wrap(l.label, l.width)) + "\n" + mark + l.editor.view()
}

// cursor is relative to the first of its rows.
func (l *lineInput) cursor() (x, y int) {
	x, _ = l.editor.cursor()
	return x + len(linePrefix), len(l.asked())
}

// startsText reports whether somebody starts to write, with a key or a paste
// that is more than a space.
func startsText(msg tea.Msg) bool {
	var text string
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		text = msg.Text
	case tea.PasteMsg:
		text = msg.Content
	}
	return strings.TrimSpace(text) != ""
}

// A stray is text typed where there is no line for it. What follows it as part
// of the same words, a space or a correction, must not mark or clear anything.
type stray struct{ typed bool }

// follows reports whether a key belongs to words that had no line. Any other key
// ends them.
func (s *stray) follows(msg tea.Msg) bool {
	switch k := pressed(msg); k {
	case "space", "backspace":
		return s.typed
	case "":
	default:
		s.typed = false
	}
	return false
}

// takes takes the text that no line was there for.
func (s *stray) takes(msg tea.Msg) bool {
	if !startsText(msg) {
		return false
	}
	s.typed = true
	return true
}

// rows say quietly how it is done here instead, while such words are typed.
func (s *stray) rows(st styles, instead string, width int) []string {
	if !s.typed {
		return nil
	}
	return wrapped(st.muted, instead, width)
}

// digit returns the value of a digit key, -1 for any other.
func digit(msg tea.Msg) int {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if s := k.String(); len(s) == 1 && s[0] >= '0' && s[0] <= '9' {
			return int(s[0] - '0')
		}
	}
	return -1
}

// pressed returns the name of a key that was pressed, "" for other messages.
func pressed(msg tea.Msg) string {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		return k.String()
	}
	return ""
}
