package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// A settingsScreen lets the person choose. Every change is saved when it is
// made, in the journal.
type settingsScreen struct {
	*session
	choices []setting
	focus   int
	status  string
	width   int
	height  int
}

// A setting is one line: a name, what it is now, and how to go to its next or
// last value.
type setting struct {
	name  string
	value func() string
	turn  func(by int)
	space bool          // an empty line follows
	open  func() screen // goes elsewhere instead of turning; may be nil
}

// settingsSaves count the changes of the settings.
type settingsSaves struct {
	changes int // so far
	stored  int // the one that is known to be on the disk
	told    int // the one of which it was said how its save ended
	order   saveOrder
}

// settingsSavedMsg reports a save of the settings.
type settingsSavedMsg struct {
	changes int // the last change that it has
	at      time.Time
	err     error
}

func (m settingsSavedMsg) failure() error { return m.err }

func newSettings(s *session) *settingsScreen {
	t := &settingsScreen{session: s}
	t.choices = t.build()
	return t
}

// minutesToLock are the choices for the quiet time; -1 is never.
var minutesToLock = []int{2, 5, 10, 20, 30, 60, -1}

// colours are the choices for colour, and their names.
var colours = []struct{ id, name string }{
	{"", "as the window is"}, {"dark", "for a dark window"}, {"light", "for a light window"}, {"none", "none"},
}

func (t *settingsScreen) build() []setting {
	s := &t.settings
	list := []setting{
		{name: "Lock after", value: func() string {
			if s.lockAfter() == 0 {
				return "never by itself"
			}
			return fmt.Sprintf("%.0f quiet minutes", s.lockAfter().Minutes())
		}, turn: func(by int) {
			now := int(s.lockAfter().Minutes())
			if now == 0 {
				now = -1
			}
			s.LockAfter = cycle(minutesToLock, now, by)
		}},
		{name: "Cover when you switch away", value: func() string { return onOff(s.Cover) }, turn: func(int) { s.Cover = !s.Cover }},
		{name: "No motion, words for pictures", value: func() string { return onOff(s.Still) }, turn: func(int) { s.Still = !s.Still }},
		{name: "Colours", value: func() string {
			i := slices.IndexFunc(colours, func(c struct{ id, name string }) bool { return c.id == s.Colour })
			return colours[max(i, 0)].name
		}, turn: func(by int) {
			ids := make([]string, len(colours))
			for i, c := range colours {
				ids[i] = c.id
			}
			s.Colour = cycle(ids, s.Colour, by)
			t.restyle()
		}, space: true},
	}
	list = append(list, t.practising()...)
	g, ok := t.guide(string(StartCheckIn))
	if !ok {
		return list
	}
	list = append(list, setting{name: "The check-in is", value: func() string {
		if s.Brief {
			return "the short one"
		}
		return "the whole one"
	}, turn: func(int) { s.Brief = !s.Brief }})
	for _, step := range g.Steps {
		list = append(list, setting{
			name:  "  " + step.Short,
			value: func() string { return onOff(!slices.Contains(s.Off[g.ID], step.ID)) },
			turn:  func(int) { t.toggleStep(g, step) },
		})
	}
	return list
}

// practising are the settings for the practices, for where to turn, and for
// names.
func (t *settingsScreen) practising() []setting {
	s := &t.settings
	var anchors, nations []string
	label := make(map[string]string)
	for _, a := range t.library.Anchors() {
		anchors = append(anchors, a.ID)
		label[a.ID] = a.Label
	}
	nations = t.nations()
	anchor := func() string {
		if label[s.Anchor] == "" && len(anchors) > 0 {
			return anchors[0]
		}
		return s.Anchor
	}
	return []setting{
		{name: "In a practice, rest on", value: func() string { return label[anchor()] }, turn: func(by int) { s.Anchor = cycle(anchors, anchor(), by) }},
		{name: "Show the time left", value: func() string { return onOff(!s.HideTime) }, turn: func(int) { s.HideTime = !s.HideTime }},
		{name: "A bell at the end", value: func() string { return onOff(s.Bell) }, turn: func(int) { s.Bell = !s.Bell }, space: true},
		{name: "Where to turn, in", value: func() string { return t.nationName(s.Nation) }, turn: func(by int) { s.Nation = cycle(nations, s.Nation, by) }},
		{name: ownNumbers, value: func() string { return fmt.Sprintf("%d", len(s.Lines)) }, open: func() screen { return newLines(t.session) }, space: true},
		{name: "Look for names before keeping", value: func() string { return onOff(!s.SkipNames) }, turn: func(int) { s.SkipNames = !s.SkipNames }},
		{name: "Names to look out for", value: func() string { return fmt.Sprintf("%d", len(s.Names)) }, open: func() screen { return newNames(t.session) }, space: true},
	}
}

// toggleStep leaves a step out of a guide, or takes it in again.
func (s *session) toggleStep(g content.Guide, step content.Step) {
	off := slices.Clone(s.settings.Off[g.ID])
	if i := slices.Index(off, step.ID); i >= 0 {
		off = slices.Delete(off, i, i+1)
	} else {
		off = append(off, step.ID)
	}
	if s.settings.Off == nil {
		s.settings.Off = make(map[string][]string)
	}
	s.settings.Off[g.ID] = off
}

// cycle returns the value by places after the present one.
func cycle[T comparable](values []T, now T, by int) T {
	i := max(slices.Index(values, now), 0)
	return values[((i+by)%len(values)+len(values))%len(values)]
}

func (t *settingsScreen) init() tea.Cmd             { return nil }
func (t *settingsScreen) setSize(width, height int) { t.width, t.height = width, height }

func (t *settingsScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(settingsSavedMsg); ok {
		t.status = Sentence(m.err)
		return nil
	}
	switch k := pressed(msg); k {
	case "enter", "space", "right":
		return t.turn(1)
	case "left":
		return t.turn(-1)
	case "esc", "shift+tab":
		return t.pop()
	case "q":
		return quit
	default:
		t.focus = scrolled(k, t.focus, len(t.choices)-1, t.height)
	}
	return nil
}

func (t *settingsScreen) turn(by int) tea.Cmd {
	if c := t.choices[t.focus]; c.open != nil {
		return t.push(c.open())
	}
	t.choices[t.focus].turn(by)
	return t.saveSettings()
}

// saveSettings keeps the settings, which have changed.
func (s *session) saveSettings() tea.Cmd {
	s.saves.changes++
	return s.storeSettings()
}

// storeSettings keeps the settings as they are now.
func (s *session) storeSettings() tea.Cmd {
	j, now := s.journal, s.settings
	now.Lines = slices.Clone(now.Lines)
	now.Names = slices.Clone(now.Names)
	now.Off = make(map[string][]string) // the command must not share the map
	for guide, steps := range s.settings.Off {
		now.Off[guide] = slices.Clone(steps)
	}
	n, at := s.saves.changes, s.now()
	return func() tea.Msg {
		return settingsSavedMsg{n, at, s.saves.order.do(n, func() error { return j.SetSettings(now) })}
	}
}

// settingsSaved notes how a save ended.
func (s *session) settingsSaved(msg settingsSavedMsg) {
	s.saves.told = max(s.saves.told, msg.changes)
	var aside *journal.AsideError
	if msg.err == nil || errors.As(msg.err, &aside) {
		s.saves.stored = max(s.saves.stored, msg.changes)
	}
}

// A settingsKeeper keeps a setting that was changed just before a lock or the
// end, on whichever screen.
type settingsKeeper struct{ *session }

// keep implements [keeper]. A change that could not be saved is no reason not to
// lock once that was said; the screens where something is written see to it
// themselves.
func (k settingsKeeper) keep() tea.Cmd {
	if k.saves.told == k.saves.changes {
		return nil
	}
	return k.storeSettings()
}

// keepNow implements [keeper].
func (k settingsKeeper) keepNow() error {
	if k.saves.stored == k.saves.changes {
		return nil
	}
	return k.storeSettings()().(settingsSavedMsg).err
}

func (t *settingsScreen) rows() (rows []string, at int) {
	st := t.styles
	wide := 0
	for _, c := range t.choices {
		wide = max(wide, ansi.StringWidth(c.name)+2)
	}
	for i, c := range t.choices {
		// What it is now is always to be seen; a long name gives way to it.
		value := c.value()
		room := t.width - 2 - ansi.StringWidth(value)
		name := pad(ansi.Truncate(c.name, max(room-2, 0), "…"), min(wide, room))
		mark, style := st.pointed(i == t.focus)
		if i == t.focus {
			at = len(rows)
		}
		rows = append(rows, ansi.Truncate(mark+style.Render(name)+st.muted.Render(value), t.width, "…"))
		if c.space {
			rows = append(rows, "")
		}
	}
	return rows, at
}

func (t *settingsScreen) view() string {
	rows, _ := t.page()
	return strings.Join(rows, "\n")
}

// page is what is shown, with what went wrong first; at says where the focused
// setting is.
func (t *settingsScreen) page() (page []string, at int) {
	if t.status != "" {
		page = append(wrapped(t.styles.attention, t.status, t.width), "")
	}
	page = page[:min(len(page), t.height-1)]
	rows, at := t.rows()
	rows, above := scrollTo(rows, at, t.height-len(page), t.styles.muted)
	return append(page, rows...), len(page) + at - above
}

func (t *settingsScreen) cursor() (x, y int, ok bool) {
	_, y = t.page()
	return 0, y, true
}

func (t *settingsScreen) title() (place, aside string) { return "Settings", "" }
func (t *settingsScreen) typing() bool                 { return false }

func (t *settingsScreen) help() []key.Binding {
	return []key.Binding{bind("enter", "change"), bind("esc", "home"), bind("↑ ↓", "move"), keys.quit}
}
