package tui

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
)

// A pauseField is a quiet moment. Its lines come one after another over its
// time; what is shown follows from the clock alone, so that a laptop that
// slept, or a key pressed early, changes nothing. Nothing of it is kept.
type pauseField struct {
	*session
	step   content.Step
	anchor int
	began  time.Time
	seq    int
	width  int
	height int
}

// pauseTickMsg redraws a pause. seq tells the ticks of one pause from another.
type pauseTickMsg struct {
	field *pauseField
	seq   int
}

func newPauseField(s *session, step content.Step) *pauseField {
	return &pauseField{session: s, step: step, began: s.now()}
}

func (f *pauseField) setSize(width, height int) { f.width, f.height = width, height }

func (f *pauseField) tick() tea.Cmd {
	if f.settings.Still {
		return nil // all of it is there from the start
	}
	f.seq++
	seq := f.seq
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return pauseTickMsg{f, seq} })
}

func (f *pauseField) update(msg tea.Msg) (bool, tea.Cmd) {
	if t, ok := msg.(pauseTickMsg); ok {
		if t.field != f || t.seq != f.seq || f.over() {
			return true, nil
		}
		return true, f.tick()
	}
	n := len(f.step.Anchors)
	if n == 0 {
		return false, nil
	}
	switch pressed(msg) {
	case "down", "right":
		f.anchor = (f.anchor + 1) % n
	case "up", "left":
		f.anchor = (f.anchor + n - 1) % n
	default:
		return false, nil
	}
	f.began = f.now() // another thing to attend to has its own time
	return true, f.tick()
}

func (f *pauseField) lines() []string {
	if len(f.step.Anchors) > 0 {
		return f.step.Anchors[f.anchor].Lines
	}
	return f.step.Lines
}

func (f *pauseField) over() bool { return f.now().Sub(f.began) >= f.step.Pause }

func (f *pauseField) view() string {
	st := f.styles
	var b strings.Builder
	for i, a := range f.step.Anchors {
		if i == f.anchor {
			b.WriteString(st.selected.Render("› "+a.Label) + "\n")
		} else {
			b.WriteString("  " + st.muted.Render(a.Label) + "\n")
		}
	}
	if len(f.step.Anchors) > 0 {
		b.WriteString("\n")
	}
	lines := f.lines()
	said := len(lines)
	if !f.settings.Still {
		said = content.Said(f.now().Sub(f.began), f.step.Pause, len(lines))
	}
	for _, l := range lines[:said] {
		b.WriteString(st.ink.Render(wrap(l, f.width)) + "\n")
	}
	if f.over() || f.settings.Still {
		b.WriteString("\n" + st.muted.Render("When you are ready."))
	}
	return strings.TrimRight(b.String(), "\n")
}

func (f *pauseField) cursor() (x, y int, ok bool) { return 0, f.anchor, len(f.step.Anchors) > 0 }
func (f *pauseField) typing() bool                { return false }

func (f *pauseField) help() []key.Binding {
	if len(f.step.Anchors) > 0 {
		return []key.Binding{keys.next, bind("↑ ↓", "something else"), keys.back}
	}
	return []key.Binding{keys.next, keys.back}
}

func (f *pauseField) answers() []journal.Answer { return nil }

// clip keeps the first rows of a text.
func clip(s string, rows int) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	return strings.Join(lines[:min(len(lines), max(rows, 0))], "\n")
}
