package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
)

// A pairsScreen takes pairs that a person writes down for themselves, a line
// each. They are kept with the settings, in the journal.
type pairsScreen struct {
	*session
	place  string
	intro  string
	second string // what Enter asks for after the first of a pair
	field  *parkField
	store  func([]journal.Item) // puts the pairs into the settings
	saved  []journal.Item       // as they were saved last
	status string
	width  int
	height int
}

// newLines takes the places to turn to of the person's own: their manager, the
// duty desk, the union.
func newLines(s *session) *pairsScreen {
	var items []journal.Item
	for _, l := range s.settings.Lines {
		items = append(items, journal.Item{Text: l.Name, When: l.How})
	}
	p := newPairs(s, content.Step{}, items)
	p.place, p.second = "Your own lines", "and how?"
	p.intro = "Your manager, the duty desk, out-of-hours, occupational health, an employee assistance line, your union. They come straight after 999 when you ask where to turn."
	p.field.thing.label, p.field.when.label = "Who:", "How to reach them:"
	p.store = func(items []journal.Item) {
		s.settings.Lines = nil
		for _, it := range items {
			s.settings.Lines = append(s.settings.Lines, supportLine{Name: it.Text, How: it.When})
		}
	}
	return p
}

func newPairs(s *session, step content.Step, items []journal.Item) *pairsScreen {
	return &pairsScreen{session: s, field: newParkField(s, step, journal.Answer{Items: items}), saved: items}
}

func (p *pairsScreen) init() tea.Cmd { return nil }

func (p *pairsScreen) setSize(width, height int) {
	p.width, p.height = width, height
	p.field.setSize(width, max(height-len(p.head()), leastField))
}

func (p *pairsScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(settingsSavedMsg); ok {
		p.told(m.err)
		return nil
	}
	before := p.field.items
	if pressed(msg) == "esc" && p.field.halfTyped() {
		p.field.clear()
		return nil
	}
	taken, cmd := p.field.update(msg)
	if !slices.Equal(p.field.items, before) {
		cmd = tea.Batch(cmd, p.save())
	}
	if !taken && (pressed(msg) == "esc" || pressed(msg) == "enter") {
		return tea.Batch(p.save(), p.pop())
	}
	return cmd
}

// told notes that the last save did not work, so that another follows.
func (p *pairsScreen) told(err error) {
	if p.status = Sentence(err); err != nil {
		p.saved = nil
	}
}

// items are the pairs as they are, with what is half written.
func (p *pairsScreen) items() []journal.Item { return p.field.answers()[0].Items }

func (p *pairsScreen) save() tea.Cmd {
	p.saved = slices.Clone(p.items())
	p.store(p.saved)
	return p.saveSettings()
}

// keep implements [keeper].
func (p *pairsScreen) keep() tea.Cmd {
	if slices.Equal(p.items(), p.saved) {
		return nil
	}
	return p.save()
}

// keepNow implements [keeper].
func (p *pairsScreen) keepNow() error {
	if slices.Equal(p.items(), p.saved) {
		return nil
	}
	return p.save()().(settingsSavedMsg).err
}

func (p *pairsScreen) head() []string {
	rows := wrapped(p.styles.muted, p.intro, p.width)
	if p.status != "" {
		rows = wrapped(p.styles.attention, p.status, p.width)
	}
	if len(rows)+1+leastField > p.height {
		return nil
	}
	return append(rows, "")
}

func (p *pairsScreen) view() string {
	field, _ := p.field.rows()
	rows := append(p.head(), field...)
	return strings.Join(rows[p.above(len(rows)):], "\n")
}

// above is how many rows are hidden: what is being written on is below.
func (p *pairsScreen) above(rows int) int {
	_, y, _ := p.field.cursor()
	return min(max(rows-p.height, 0), len(p.head())+y)
}

func (p *pairsScreen) cursor() (x, y int, ok bool) {
	x, y, ok = p.field.cursor()
	head, field := len(p.head()), strings.Count(p.field.view(), "\n")+1
	return x, y + head - p.above(head+field), ok
}

func (p *pairsScreen) title() (place, aside string) { return "Settings" + placeMark + p.place, "" }
func (p *pairsScreen) typing() bool                 { return p.field.typing() }

func (p *pairsScreen) help() []key.Binding {
	switch {
	case p.field.listed >= 0:
		return p.field.listHelp()
	case p.field.onWhen:
		out := []key.Binding{bind("enter", "keep it"), bind("esc", "back")}
		if len(p.field.step.Whens) > 0 {
			out = append(out, bind("↓", "a word"))
		}
		return out
	case p.field.changed >= 0 && p.field.thing.text() == "":
		return []key.Binding{bind("enter", "remove it"), bind("esc", "as it was")}
	case p.field.changed >= 0:
		return []key.Binding{bind("enter", p.second), bind("esc", "as it was")}
	case p.field.thing.text() != "":
		return append([]key.Binding{bind("enter", p.second), bind("esc", "drop it")}, p.field.toList()...)
	}
	return append([]key.Binding{bind("enter", "settings")}, p.field.toList()...)
}
