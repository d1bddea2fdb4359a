package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// deleteWarning is said before an entry goes to the bin.
const deleteWarning = "Move this entry to the bin? It can be brought back for 30 days. If anyone has asked for your records, in proceedings or otherwise, please keep it, and ask your employer, your union or BASW first."

// purgeWarning is said before an entry is deleted for good: what that does, and
// what it cannot reach.
const purgeWarning = "Delete it for good? It goes from the journal and from the backups that goodenough made. It may survive where no program reaches: in the disk's own spare cells, in a synchronised folder's older versions, in copies made elsewhere; all of them encrypted. If anyone has asked for your records, please keep it, and ask your employer, your union or BASW first."

// takenWarning is said with it of an entry that was picked for another one.
const takenWarning = " It was picked for a brief or a draft: words that were taken from it stay there."

// A binScreen lists deleted entries, the last deleted first.
type binScreen struct {
	*session
	entries []journal.Binned
	focus   int
	asking  bool // whether to delete for good
	taken   bool // what is to be deleted was picked for another entry
	busy    bool
	status  string
	width   int
	height  int
}

// wideRow is the width from which a row has room for everything.
const wideRow = 50

// binnedMsg reports that the bin has changed, or why it has not.
type binnedMsg struct{ err error }

func newBin(s *session) *binScreen { return &binScreen{session: s} }

func (b *binScreen) init() tea.Cmd {
	b.entries = b.journal.Bin()
	b.focus = max(min(b.focus, len(b.entries)-1), 0)
	return nil
}

func (b *binScreen) setSize(width, height int) { b.width, b.height = width, height }

func (b *binScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(binnedMsg); ok {
		b.busy, b.status = false, Sentence(m.err)
		return b.init()
	}
	if b.busy {
		return nil
	}
	switch k := pressed(msg); {
	case k == "":
		return nil // the day's backup may be told of while it is asked
	case b.asking:
		if b.asking = false; k == "y" {
			return b.do(purge)
		}
		return nil
	default:
		return b.key(k)
	}
}

// key takes a key while nothing is asked.
func (b *binScreen) key(k string) tea.Cmd {
	switch k {
	case "up":
		b.focus = max(b.focus-1, 0)
	case "down":
		b.focus = max(min(b.focus+1, len(b.entries)-1), 0)
	case "r":
		return b.do((*journal.Journal).Undelete)
	case "x":
		if b.asking = len(b.entries) > 0; b.asking {
			b.taken = b.pickedFor(b.entries[b.focus].ID)
		}
	case "esc", "shift+tab":
		return b.pop()
	case "q":
		return quit
	}
	return nil
}

// do changes the focused entry, off the screen's own time: to delete for good
// writes the whole journal and its backups anew.
func (b *binScreen) do(change func(j *journal.Journal, id string) error) tea.Cmd {
	if len(b.entries) == 0 {
		return nil
	}
	b.busy, b.status = true, ""
	j, id := b.journal, b.entries[b.focus].ID
	return func() tea.Msg { return binnedMsg{change(j, id)} }
}

// purge deletes an entry for good, and says which copies may still have it.
func purge(j *journal.Journal, id string) error {
	if err := j.Purge(id); err != nil {
		return err
	}
	if left := ForeignLines(j); left != nil {
		return Said("It is deleted. " + strings.Join(left, " "))
	}
	return nil
}

func (b *binScreen) warning() string {
	if b.taken {
		return purgeWarning + takenWarning
	}
	return purgeWarning
}

func (b *binScreen) rows() (rows []string, at int) {
	st := b.styles
	say := func(s string, style lipgloss.Style) {
		rows = append(rows, wrapped(style, s, b.width)...)
		rows = append(rows, "")
	}
	switch {
	case b.asking:
		say(b.warning()+"  y yes   n no", st.attention)
	case b.busy:
		say("A moment …", st.muted)
	case b.status != "":
		say(b.status, st.attention)
	}
	if len(b.entries) == 0 {
		say("The bin is empty.", st.muted)
		return rows, 0
	}
	var list []string
	for i, e := range b.entries {
		mark, style := st.pointed(i == b.focus)
		date := pad(e.Created.Local().Format("2 Jan 06"), 11)
		left := ""
		if b.width >= wideRow {
			left = fmt.Sprintf("until %s  ", e.Until.Local().Format("2 Jan"))
		}
		list = append(list, ansi.Truncate(mark+st.muted.Render(date+left)+style.Render(entryTitle(e.Header)), b.width, "…"))
	}
	list, above := scrollTo(list, b.focus, max(b.height-len(rows), 1), st.muted)
	at = len(rows) + b.focus - above
	return append(rows, list...), at
}

func (b *binScreen) view() string {
	rows, _ := b.rows()
	return strings.Join(rows[:min(len(rows), b.height)], "\n")
}

func (b *binScreen) cursor() (x, y int, ok bool) {
	_, at := b.rows()
	return 0, min(at, max(b.height-1, 0)), true
}

func (b *binScreen) title() (place, aside string) {
	return "Journal" + placeMark + "Bin", fmt.Sprintf("%d", len(b.entries))
}

func (b *binScreen) typing() bool { return false }

func (b *binScreen) help() []key.Binding {
	switch {
	case b.asking:
		return []key.Binding{keys.yes, keys.no}
	case len(b.entries) == 0:
		return []key.Binding{bind("esc", "back"), keys.quit}
	}
	return []key.Binding{bind("r", "bring back"), bind("esc", "back"), bind("x", "delete for good"), bind("↑ ↓", "move"), keys.quit}
}
