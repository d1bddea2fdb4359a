package tui

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

// An unlockScreen asks for the passphrase. Nothing private is in memory while
// it shows.
type unlockScreen struct {
	*session
	editor editor
	busy   bool
	fatal  bool // no passphrase would help
	status string
	width  int
	height int
}

// unlockFailedMsg says why the journal did not open.
type unlockFailedMsg struct{ err error }

// newUnlock makes the screen. err is what is already known to be wrong with
// the file, or nil.
func newUnlock(s *session, err error) *unlockScreen {
	u := &unlockScreen{session: s, editor: s.newEditor(true)}
	u.editor.masked = true
	if err != nil && !errors.Is(err, journal.ErrNotExist) {
		u.fatal, u.status = true, Sentence(err)
	}
	return u
}

func (u *unlockScreen) init() tea.Cmd {
	if u.opts.Passphrase == nil || u.fatal {
		return nil
	}
	passphrase := u.opts.Passphrase
	u.opts.Passphrase = nil // once: after a lock it is asked for
	u.busy = true
	return unlock(u.opts, passphrase, true)
}

// unlock opens the journal and takes in what earlier sessions kept aside. Where
// there is none it is made only when the passphrase came with the command: a
// journal that has vanished must not come back as an empty one.
func unlock(o Options, passphrase []byte, create bool) tea.Cmd {
	return func() tea.Msg {
		defer clear(passphrase)
		j, err := journal.Open(o.Path, passphrase, &o.Journal)
		if create && errors.Is(err, journal.ErrNotExist) {
			j, err = journal.Create(o.Path, passphrase, &o.Journal)
		}
		if err != nil {
			return unlockFailedMsg{err}
		}
		return unlockedMsg{journal: j, notices: Notices(j)}
	}
}

// Notices takes in what earlier sessions had to keep aside, and says what a
// person should know about a journal that has just been opened.
func Notices(j *journal.Journal) []string {
	taken, err := j.MergeAside()
	lines := append(j.Damage().Lines(), ForeignLines(j)...)
	if taken > 0 {
		lines = append(lines, fmt.Sprintf("%d kept aside earlier %s back in the journal.", taken, plural(taken, "is", "are")))
	}
	if err != nil && !errors.Is(err, journal.ErrRemains) {
		lines = append(lines, Sentence(err))
	}
	for _, c := range journal.Conflicts(j.Path()) {
		lines = append(lines, fmt.Sprintf("A synchronising service left another copy beside the journal: %s. To take in what it has: goodenough merge FILE", filepath.Base(c)))
	}
	return lines
}

func (u *unlockScreen) setSize(width, height int) {
	u.width, u.height = width, height
	u.editor.setSize(max(width-len(linePrefix), 1), 1)
}

func (u *unlockScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(unlockFailedMsg); ok {
		u.busy, u.status = false, Sentence(m.err)
		return nil
	}
	if u.busy {
		return nil
	}
	switch pressed(msg) {
	case "enter":
		if u.fatal || u.editor.empty() {
			return nil
		}
		passphrase := []byte(u.editor.value())
		u.editor.wipe()
		u.busy, u.status = true, ""
		return unlock(u.opts, passphrase, false)
	case "ctrl+r":
		u.editor.masked = !u.editor.masked
	case "esc":
		return quit
	case "q":
		if u.fatal {
			return quit
		}
		u.editor.update(msg)
	default:
		u.editor.update(msg)
	}
	return nil
}

func (u *unlockScreen) view() string {
	st := u.styles
	var b strings.Builder
	if !u.fatal {
		b.WriteString(st.strong.Render("Your passphrase") + "\n")
		b.WriteString(st.accent.Render(linePrefix) + u.editor.view() + "\n\n")
	}
	switch {
	case u.busy:
		b.WriteString(st.muted.Render("unlocking …"))
	case u.status != "":
		b.WriteString(st.attention.Render(wrap(u.status, u.width)))
	case u.opts.Demo != "":
		b.WriteString(st.muted.Render(wrap("This is the demo: its passphrase is "+u.opts.Demo, u.width)))
	}
	return clip(b.String(), u.height)
}

func (u *unlockScreen) cursor() (x, y int, ok bool) {
	x, _ = u.editor.cursor()
	return x + len(linePrefix), 1, !u.fatal && !u.busy
}

func (u *unlockScreen) title() (place, aside string) { return "goodenough", "locked" }
func (u *unlockScreen) typing() bool                 { return !u.fatal }

func (u *unlockScreen) help() []key.Binding {
	if u.fatal {
		return []key.Binding{keys.quit}
	}
	return []key.Binding{bind("enter", "unlock"), bind("esc", "close"), keys.reveal}
}
