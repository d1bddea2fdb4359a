package tui

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
		return []key.Binding{bind("tab", "next"), keys.back}
	}
	return []key.Binding{keys.next, keys.back}
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

// startsText reports whether a key is a letter: somebody starts to write.
func startsText(msg tea.Msg) bool {
	k, ok := msg.(tea.KeyPressMsg)
	r, _ := utf8.DecodeRuneInString(k.Text)
	return ok && unicode.IsLetter(r)
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
