package tui

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui/identifier"
)

// A savingScreen writes the entries that are marked to a file that the person
// names, after it has said what that means.
type savingScreen struct {
	*session
	list   *listScreen
	name   lineInput
	busy   bool
	status string
	done   string   // where it was written
	kinds  []string // of what in them could identify somebody
	width  int
	height int
}

// kindsMsg says what kinds of thing in the marked entries could identify
// somebody.
type kindsMsg struct {
	saving *savingScreen
	kinds  []string
}

// savedMsg says where entries were written, or why not.
type savedMsg struct {
	saving *savingScreen
	path   string
	err    error
}

func newSaving(l *listScreen) *savingScreen {
	return &savingScreen{session: l.session, list: l, name: newLineInput(l.session, "A new file, such as ~/to-bring.md:", "")}
}

// init looks, beside, for what could identify somebody.
func (s *savingScreen) init() tea.Cmd {
	scanner, marked, j, own, l := s.scanner(), s.marked(), s.journal, s.settings.Guides, s.library
	return func() tea.Msg {
		var found []identifier.Kind
		for _, id := range marked {
			e, err := j.Get(id)
			if err != nil {
				continue // the saving says so
			}
			guide, _ := findGuide(own, l, e.Guide)
			found = append(found, identifying(scanner, guide, Named(j, e))...)
		}
		return kindsMsg{s, kindLabels(found)}
	}
}

// marked are the ids of what is to be saved.
func (s *savingScreen) marked() []string {
	return slices.Collect(maps.Keys(s.list.marked))
}

func (s *savingScreen) setSize(width, height int) {
	s.width, s.height = width, height
	s.name.setWidth(width)
}

func (s *savingScreen) update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case savedMsg:
		if m.saving == s {
			s.busy, s.status, s.done = false, Sentence(m.err), m.path
		}
		return nil
	case kindsMsg:
		if m.saving == s {
			s.kinds = m.kinds
		}
		return nil
	}
	switch k := pressed(msg); {
	case s.busy:
	case k == "esc", k == "shift+tab", s.done != "" && k == "enter":
		if s.done != "" {
			clear(s.list.marked)
		}
		return s.pop()
	case s.done != "" && k == "q":
		return quit
	case s.done != "":
	case k == "enter" && s.name.text() != "":
		return s.save()
	default:
		s.status = ""
		s.name.editor.update(msg)
	}
	return nil
}

// save writes the file, beside.
func (s *savingScreen) save() tea.Cmd {
	s.busy, s.status = true, ""
	j, l, name, marked := s.journal, s.library, s.name.text(), s.marked()
	return func() tea.Msg {
		path, err := WriteNew(name, func(w io.Writer) error { return writeEntries(w, j, l, marked) })
		return savedMsg{s, path, err}
	}
}

// writeEntries writes entries as Markdown, oldest first.
func writeEntries(w io.Writer, j *journal.Journal, l *content.Library, ids []string) error {
	all := j.List(journal.Query{})
	wanted := make(map[string]bool)
	for _, id := range ids {
		wanted[id] = true
	}
	for i := all.Len() - 1; i >= 0; i-- {
		if !wanted[all.At(i).ID] {
			continue
		}
		e, err := j.Get(all.At(i).ID)
		if err == nil {
			err = WriteMarkdown(w, l, Named(j, e))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// head is what is said above the name.
func (s *savingScreen) head() []string {
	n := len(s.list.marked)
	text, style := fmt.Sprintf("%d %s, as Markdown. What is written there is not encrypted: anyone who has the file can read it, and so can whatever copies or synchronises that folder.", n, plural(n, "entry", "entries")), s.styles.ink
	switch {
	case s.status != "":
		text, style = s.status, s.styles.attention
	case s.done != "":
		text = "Written, to " + printable(s.done)
	case s.busy:
		text = "A moment …"
	}
	rows := append(wrapped(style, text, s.width), "")
	if len(s.kinds) > 0 && s.status == "" && s.done == "" && !s.busy {
		known := wrapped(s.styles.attention, mayIdentify+strings.Join(s.kinds, ", ")+".", s.width)
		rows = append(append(rows, known...), "")
	}
	return rows[:min(len(rows), max(s.height-s.name.rows(), 0))]
}

func (s *savingScreen) view() string {
	rows := s.head()
	if s.done == "" {
		rows = append(rows, strings.Split(s.name.view(s.styles, true), "\n")...)
	}
	return strings.Join(rows, "\n")
}

func (s *savingScreen) cursor() (x, y int, ok bool) {
	if s.done != "" {
		return 0, 0, true
	}
	x, y = s.name.cursor()
	y += len(s.head())
	return x, y, y < s.height
}

func (s *savingScreen) title() (place, aside string) {
	return "Journal" + placeMark + "Save to a file", ""
}
func (s *savingScreen) typing() bool { return s.done == "" }

func (s *savingScreen) help() []key.Binding {
	if s.done != "" {
		return []key.Binding{bind("enter", "back"), keys.quit}
	}
	out := []key.Binding{bind("esc", "back")}
	if s.name.text() != "" {
		out = append([]key.Binding{bind("enter", "write it")}, out...)
	}
	return out
}
