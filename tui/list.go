package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"goodenough/journal"
)

// A listScreen is the journal by date, newest first. Only the rows on the
// screen are drawn, so that a career moves like a week.
type listScreen struct {
	*session
	entries []journal.Header
	focus   int
	top     int // the first row shown
	width   int
	height  int
}

func newList(s *session) *listScreen { return &listScreen{session: s} }

func (l *listScreen) init() tea.Cmd {
	var at string
	if l.focus < len(l.entries) {
		at = l.entries[l.focus].ID
	}
	l.entries = slices.Collect(l.journal.Entries(journal.Query{}))
	if i := slices.IndexFunc(l.entries, func(h journal.Header) bool { return h.ID == at }); i >= 0 {
		l.focus = i
	}
	l.move(0)
	return nil
}

func (l *listScreen) setSize(width, height int) {
	l.width, l.height = width, height
	l.move(0)
}

// move goes by n rows and keeps the focused one in view.
func (l *listScreen) move(n int) {
	l.focus = max(min(l.focus+n, len(l.entries)-1), 0)
	switch {
	case l.focus < l.top:
		l.top = l.focus
	case l.focus >= l.top+l.height:
		l.top = l.focus - l.height + 1
	}
	l.top = max(min(l.top, len(l.entries)-l.height), 0)
}

func (l *listScreen) update(msg tea.Msg) tea.Cmd {
	switch pressed(msg) {
	case "up":
		l.move(-1)
	case "down":
		l.move(1)
	case "pgup":
		l.move(-l.height)
	case "pgdown", "space":
		l.move(l.height)
	case "home":
		l.move(-len(l.entries))
	case "end":
		l.move(len(l.entries))
	case "enter":
		if len(l.entries) > 0 {
			return push(newReading(l))
		}
	case "b":
		if len(l.journal.Bin()) > 0 {
			return push(newBin(l.session))
		}
	case "esc", "shift+tab":
		return pop
	case "q":
		return quit
	}
	return nil
}

// dateWidth is the width of "Fri 20 Nov 2026  ".
const dateWidth = 17

func (l *listScreen) view() string {
	st := l.styles
	if len(l.entries) == 0 {
		return st.muted.Render(wrap("Nothing here yet. What you keep will be listed here, the newest first.", l.width))
	}
	narrow := l.width < wideRow
	rows := make([]string, 0, l.height)
	for i := l.top; i < min(l.top+l.height, len(l.entries)); i++ {
		e := l.entries[i]
		date := pad(e.Created.Local().Format("Mon 2 Jan 2006"), dateWidth)
		if narrow {
			date = pad(e.Created.Local().Format("2 Jan 06"), 11)
		}
		mark, title := "  ", st.ink.Render(entryTitle(e))
		if i == l.focus {
			mark, title = st.accent.Render("› "), st.selected.Render(entryTitle(e))
		}
		rows = append(rows, ansi.Truncate(mark+st.muted.Render(date)+title, l.width, "…"))
	}
	return strings.Join(rows, "\n")
}

// entryTitle is what a list calls an entry.
func entryTitle(h journal.Header) string {
	if h.Title != "" {
		return printable(h.Title)
	}
	return printable(string(h.Kind))
}

func (l *listScreen) cursor() (x, y int, ok bool) { return 0, l.focus - l.top, true }

func (l *listScreen) title() (place, aside string) {
	if len(l.entries) == 0 {
		return "Journal", ""
	}
	return "Journal", fmt.Sprintf("%d of %d", l.focus+1, len(l.entries))
}

func (l *listScreen) typing() bool { return false }

func (l *listScreen) help() []key.Binding {
	var out []key.Binding
	if len(l.entries) > 0 {
		out = append(out, bind("enter", "read"), bind("esc", "home"), bind("↑ ↓", "move"), keys.pageDown, keys.pageUp, keys.top, keys.bottom)
	} else {
		out = append(out, bind("esc", "home"))
	}
	if len(l.journal.Bin()) > 0 {
		out = append(out, bind("b", "bin"))
	}
	return append(out, keys.quit)
}
