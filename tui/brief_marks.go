package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

// A marksScreen is a brief that is kept, on one page: what of it may be shown,
// and on which side it is. Its words are changed as those of any entry.
type marksScreen struct {
	*amendment
	field  *triangleField
	width  int
	height int
}

func newMarks(s *session, e journal.Entry) *marksScreen {
	m := &marksScreen{field: &triangleField{session: s, lines: briefLines(Named(s.journal, e)), marksOnly: true}}
	m.amendment = &amendment{session: s, id: e.ID, change: m.marked}
	return m
}

// marked marks the lines of a brief as the page has them now.
func (m *marksScreen) marked() func(*journal.Entry) {
	lines := slices.Clone(m.field.lines)
	return func(e *journal.Entry) {
		for _, l := range lines {
			if i := slices.IndexFunc(e.Answers, func(a journal.Answer) bool { return a.Step == l.step && isLine(a) }); i >= 0 {
				e.Answers[i].Bring = l.marks()
			}
		}
	}
}

func (m *marksScreen) init() tea.Cmd { return nil }

func (m *marksScreen) setSize(width, height int) {
	m.width, m.height = width, height
	m.resize()
}

// resize gives the field what the head leaves.
func (m *marksScreen) resize() { m.field.setSize(m.width, max(m.height-len(m.head()), leastField)) }

func (m *marksScreen) update(msg tea.Msg) tea.Cmd {
	defer m.resize()
	switch msg.(type) {
	case amendedMsg, keptMsg:
		return m.told(msg)
	}
	if m.saving {
		return nil
	}
	before := slices.Clone(m.field.lines)
	if taken, _ := m.field.update(msg); taken {
		if !slices.Equal(before, m.field.lines) {
			m.changed()
		}
		return nil
	}
	switch pressed(msg) {
	case "enter", "esc", "shift+tab":
		return m.leave()
	}
	return nil
}

// marksIntro is said where it is chosen what of a brief is shared.
const marksIntro = "What of it would you share? The rest is kept, for you alone."

func (m *marksScreen) head() []string {
	words, style := marksIntro, m.styles.muted
	switch {
	case m.status != "":
		words, style = m.status, m.styles.attention
	case m.height < 3*leastField:
		return nil
	}
	return append(wrapped(style, words, m.width), "")
}

func (m *marksScreen) view() string {
	return clip(strings.Join(append(m.head(), strings.Split(m.field.view(), "\n")...), "\n"), m.height)
}

func (m *marksScreen) cursor() (x, y int, ok bool) {
	x, y, ok = m.field.cursor()
	y += len(m.head())
	return x, y, ok && y < m.height
}

func (m *marksScreen) title() (place, aside string) {
	return "Supervision" + placeMark + "Share or keep", ""
}
func (m *marksScreen) typing() bool { return false }

func (m *marksScreen) help() []key.Binding {
	out := []key.Binding{bind("enter", "done")}
	for _, b := range m.field.help() {
		if k := b.Help().Key; k != keys.next.Help().Key && k != keys.back.Help().Key {
			out = append(out, b)
		}
	}
	return out
}
