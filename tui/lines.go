package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"goodenough/content"
	"goodenough/journal"
)

// A linesScreen takes the places to turn to that a person writes down for
// themselves: their manager, the duty desk, the union. They are kept with the
// settings, in the journal.
type linesScreen struct {
	*session
	field  *parkField // each line is a name and a way
	status string
	width  int
	height int
}

const linesIntro = "Your manager, the duty desk, out-of-hours, occupational health, an employee assistance line, your union. They come first when you ask where to turn."

func newLines(s *session) *linesScreen {
	var items []journal.Item
	for _, l := range s.settings.Lines {
		items = append(items, journal.Item{Text: l.Name, When: l.How})
	}
	f := newParkField(s, content.Step{}, journal.Answer{Items: items})
	f.thing.label, f.when.label = "Who:", "How to reach them:"
	return &linesScreen{session: s, field: f}
}

func (l *linesScreen) init() tea.Cmd { return nil }

func (l *linesScreen) setSize(width, height int) {
	l.width, l.height = width, height
	l.field.setSize(width, max(height-len(l.head()), leastField))
}

func (l *linesScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(settingsSavedMsg); ok {
		l.status = Sentence(m.err)
		return nil
	}
	before := len(l.field.items)
	taken, cmd := l.field.update(msg)
	if len(l.field.items) != before {
		cmd = tea.Batch(cmd, l.save())
	}
	if !taken && (pressed(msg) == "esc" || pressed(msg) == "enter") {
		return tea.Batch(l.save(), pop)
	}
	return cmd
}

// save keeps the lines as they are, with what is half written.
func (l *linesScreen) save() tea.Cmd {
	l.settings.Lines = nil
	for _, it := range l.field.answers()[0].Items {
		l.settings.Lines = append(l.settings.Lines, supportLine{Name: it.Text, How: it.When})
	}
	return l.saveSettings()
}

func (l *linesScreen) head() []string {
	rows := strings.Split(l.styles.muted.Render(wrap(linesIntro, l.width)), "\n")
	if l.status != "" {
		rows = strings.Split(l.styles.attention.Render(wrap(l.status, l.width)), "\n")
	}
	if len(rows)+1+leastField > l.height {
		return nil
	}
	return append(rows, "")
}

func (l *linesScreen) view() string {
	rows := append(l.head(), l.field.rows()...)
	return strings.Join(rows[l.above(len(rows)):], "\n")
}

// above is how many rows are hidden: what is being written on is below.
func (l *linesScreen) above(rows int) int { return max(rows-l.height, 0) }

func (l *linesScreen) cursor() (x, y int, ok bool) {
	x, y, ok = l.field.cursor()
	head := len(l.head())
	return x, y + head - l.above(head+len(l.field.rows())), ok
}

func (l *linesScreen) title() (place, aside string) {
	return "Settings" + placeMark + "Your own lines", ""
}
func (l *linesScreen) typing() bool { return true }

func (l *linesScreen) help() []key.Binding {
	switch {
	case l.field.onWhen:
		return []key.Binding{bind("enter", "keep it"), bind("esc", "back")}
	case l.field.thing.text() != "":
		return []key.Binding{bind("enter", "and how?"), bind("esc", "settings")}
	case len(l.field.items) > 0:
		return []key.Binding{bind("enter", "settings"), bind("backspace", "change the last one")}
	}
	return []key.Binding{bind("enter", "settings")}
}
