package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

// A versionsScreen is what an entry said before it was changed, the last
// version first.
type versionsScreen struct {
	*session
	entry  journal.Entry
	asking bool // whether to delete them for good
	busy   bool
	status string
	rows   []string
	scroll int
	width  int
	height int
}

// forgetWarning is said before earlier versions are deleted for good.
const forgetWarning = "Delete all earlier versions of this entry for good? What it says now stays. It may survive where no program reaches, as with an entry that is deleted. If anyone has asked for your records, please keep it, and ask your employer, your union or BASW first."

// forgottenMsg says that earlier versions are gone, or why not.
type forgottenMsg struct {
	versions *versionsScreen
	err      error
}

func newVersions(s *session, e journal.Entry) *versionsScreen {
	return &versionsScreen{session: s, entry: e}
}

func (v *versionsScreen) init() tea.Cmd { return nil }

func (v *versionsScreen) setSize(width, height int) {
	v.width, v.height = width, height
	v.set()
}

// set makes the rows: what is asked or said, and the versions below it.
func (v *versionsScreen) set() {
	width, said := v.width, v.status
	switch {
	case v.asking:
		said = forgetWarning + "  y yes   n no"
	case v.busy:
		said = "A moment …"
	}
	v.rows = nil
	if said != "" {
		v.rows = wrapped(v.styles.attention, said, width)
	}
	for _, old := range slices.Backward(v.entry.Earlier) {
		if v.rows != nil {
			v.rows = append(v.rows, "", "")
		}
		e := versionOf(v.entry, old)
		v.rows = append(v.rows, wrapped(v.styles.strong, untilWords(old), width)...)
		v.rows = append(v.rows, "")
		v.rows = append(v.rows, answerRows(v.session, e, width)...)
	}
	v.scroll = min(v.scroll, v.last())
}

// untilWords say until when a version stood.
func untilWords(v journal.Version) string {
	return "Until " + v.Until.Local().Format("Monday 2 January 2006, 15:04")
}

// versionOf is an entry as it was.
func versionOf(e journal.Entry, v journal.Version) journal.Entry {
	e.Title, e.Answers, e.Later, e.Earlier = v.Title, v.Answers, nil, nil
	return e
}

// last is how far the page can be moved up.
func (v *versionsScreen) last() int { return max(len(v.rows)-v.height, 0) }

func (v *versionsScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(forgottenMsg); ok && m.versions == v {
		if m.err == nil {
			return v.pop()
		}
		v.busy, v.status = false, Sentence(m.err)
		v.set()
		return nil
	}
	k := pressed(msg)
	if k == "" || v.busy {
		return nil
	}
	if v.asking {
		v.asking, v.busy = false, k == "y"
		v.set()
		if !v.busy {
			return nil
		}
		j, id := v.journal, v.entry.ID
		return func() tea.Msg { return forgottenMsg{v, j.ForgetEarlier(id)} }
	}
	switch k {
	case "x":
		v.asking, v.scroll = true, 0
		v.set()
	case "esc", "shift+tab", "enter":
		return v.pop()
	case "q":
		return quit
	default:
		v.scroll = scrolled(k, v.scroll, v.last(), v.height)
	}
	return nil
}

func (v *versionsScreen) view() string                { return pageOf(v.rows, v.scroll, v.height, v.styles) }
func (v *versionsScreen) cursor() (x, y int, ok bool) { return 0, 0, true }
func (v *versionsScreen) typing() bool                { return false }

func (v *versionsScreen) title() (place, aside string) {
	return "Journal" + placeMark + "What it said before", ""
}

func (v *versionsScreen) help() []key.Binding {
	if v.asking {
		return []key.Binding{keys.yes, keys.no}
	}
	out := []key.Binding{bind("esc", "back")}
	if v.last() > 0 {
		out = append(out, bind("↓ ↑", "scroll"), keys.pageDown, keys.pageUp)
	}
	return append(out, bind("x", "delete them"), keys.quit)
}
