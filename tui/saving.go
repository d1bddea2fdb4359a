package tui

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
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
			found = append(found, identifying(scanner, guide, e)...)
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
		path, err := fullPath(name)
		if err == nil {
			err = saveMarkdown(path, j, l, marked)
		}
		if err != nil {
			path = ""
		}
		return savedMsg{s, path, err}
	}
}

// fullPath is where a name that was typed leads.
func fullPath(name string) (string, error) {
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		name = filepath.Join(home, rest)
	}
	return filepath.Abs(name)
}

// saveMarkdown writes entries to a new file for the owner alone, oldest first.
// Where it cannot be written to its end there is none.
func saveMarkdown(path string, j *journal.Journal, l *content.Library, ids []string) error {
	all := j.List(journal.Query{})
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return NewFileError(err)
	}
	wanted := make(map[string]bool)
	for _, id := range ids {
		wanted[id] = true
	}
	w := bufio.NewWriter(f)
	for i := all.Len() - 1; i >= 0 && err == nil; i-- {
		if !wanted[all.At(i).ID] {
			continue
		}
		var e journal.Entry
		if e, err = j.Get(all.At(i).ID); err == nil {
			err = WriteMarkdown(w, l, Named(j, e))
		}
	}
	if err = errors.Join(err, w.Flush(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// NewFileError says of a file that was to be made that its name is taken. Other
// errors are as they were.
func NewFileError(err error) error {
	if errors.Is(err, fs.ErrExist) || errors.Is(err, journal.ErrExist) {
		return Said("There is a file with that name already. It was left as it is; please choose another name.")
	}
	return err
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
