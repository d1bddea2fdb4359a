package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// A homeScreen is where everything starts: a greeting, what is still being
// written, and the ways in.
type homeScreen struct {
	*session
	notices []string
	ways    []way
	focus   int
	asking  bool // whether a draft may be let go
	status  string
	width   int
	height  int
}

// A way is one line of home: a key, a place, and a word about it.
type way struct {
	binding key.Binding
	name    string
	about   string
	open    func() tea.Cmd
	draft   string // the id of the draft that this goes on with
}

// longAway is how long somebody may be away before they are welcomed back.
const longAway = 14 * 24 * time.Hour

// droppedMsg says that a draft was let go, or why not.
type droppedMsg struct{ err error }

func newHome(s *session, notices []string) *homeScreen {
	h := &homeScreen{session: s, notices: notices}
	for _, p := range s.problems {
		h.notices = append(h.notices, "A mistake in your own content, so that file was left out: "+p.Error())
	}
	h.refresh()
	return h
}

// init looks again whenever home comes back into view, and goes to what was
// written last.
func (h *homeScreen) init() tea.Cmd {
	h.refresh()
	if len(h.ways) > 0 && h.ways[0].draft != "" {
		h.focus = 0
	}
	return nil
}

func (h *homeScreen) refresh() {
	if h.journal == nil {
		return
	}
	h.ways = nil
	for _, d := range h.journal.Drafts() {
		w := h.resume(d)
		if w == nil {
			continue
		}
		h.ways = append(h.ways, way{
			binding: keys.resume,
			name:    "Carry on",
			about:   fmt.Sprintf("%s, begun %s", w.name(), dayWords(d.Created, h.now())),
			draft:   d.ID,
			open:    func() tea.Cmd { return h.push(newGuideScreen(h.session, h.resume(d), true)) },
		})
	}
	if g, ok := h.guide(string(StartCheckIn)); ok {
		usual, other := minutes(g.Minutes), minutes(g.Brief.Minutes)
		binding, name := keys.brief, "A shorter check-in"
		if h.settings.Brief {
			usual, other = other, usual
			binding, name = keys.whole, "A longer check-in"
		}
		h.add(keys.checkIn, "Check in", usual, func() tea.Cmd { return h.begin(g, h.settings.Brief) })
		if len(g.Brief.Steps) > 0 {
			h.add(binding, name, other, func() tea.Cmd { return h.begin(g, !h.settings.Brief) })
		}
	}
	h.add(keys.practise, "Practise", "a minute, three, five, or more", func() tea.Cmd { return h.push(newPractise(h.session)) })
	h.add(keys.reflect, "Reflect", "what lies beneath, what it cost", func() tea.Cmd { return h.push(newReflect(h.session)) })
	h.add(keys.supervision, "Supervision", h.supervisionWords(), func() tea.Cmd { return h.push(newSupervision(h.session)) })
	if g, ok := h.guide(string(StartNote)); ok {
		h.add(keys.note, g.Title, "", func() tea.Cmd { return h.begin(g, false) })
	}
	n := h.journal.Len()
	h.add(keys.journal, "Journal", fmt.Sprintf("%d %s", n, plural(n, "entry", "entries")), func() tea.Cmd { return h.push(newList(h.session)) })
	h.looksBack()
	h.add(keys.patterns, "Patterns", "if you want to look back", func() tea.Cmd { return h.push(newPatterns(h.session)) })
	h.add(keys.learn, "Learn", "", func() tea.Cmd { return h.push(newLearn(h.session)) })
	h.add(keys.settings, "Settings", "", func() tea.Cmd { return h.push(newSettings(h.session)) })
	h.add(keys.solid, "Solid ground", "and where to turn", func() tea.Cmd { return h.goTo(groundMsg{}) })
	h.focus = min(h.focus, len(h.ways)-1)
}

func (h *homeScreen) add(b key.Binding, name, about string, open func() tea.Cmd) {
	h.ways = append(h.ways, way{binding: b, name: name, about: about, open: open})
}

func (h *homeScreen) begin(g content.Guide, brief bool) tea.Cmd {
	return h.push(beginGuide(h.session, g, brief))
}

func (h *homeScreen) setSize(width, height int) { h.width, h.height = width, height }

func (h *homeScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case droppedMsg:
		h.status = Sentence(msg.err)
		h.refresh()
		return nil
	case maintainedMsg:
		if msg.err != nil && !errors.Is(msg.err, journal.ErrClosed) {
			h.notices = append(h.notices, "The day's backup was not made. "+Sentence(msg.err))
		}
		return nil
	case keptMsg:
		// The guide that saved this may be left before anybody reads there
		// that it is not in the journal.
		var aside *journal.AsideError
		if errors.As(msg.err, &aside) {
			h.status = Sentence(msg.err)
		}
		return nil
	case tea.KeyPressMsg:
		return h.key(msg)
	}
	return nil
}

func (h *homeScreen) key(msg tea.KeyPressMsg) tea.Cmd {
	if h.asking {
		h.asking = false
		if key.Matches(msg, keys.yes) {
			return h.dropDraft()
		}
		return nil
	}
	h.status = ""
	switch msg.String() {
	case "up":
		h.focus = max(h.focus-1, 0)
		return nil
	case "down":
		h.focus = min(h.focus+1, len(h.ways)-1)
		return nil
	case "enter":
		h.notices = nil
		return h.ways[h.focus].open()
	}
	switch {
	case key.Matches(msg, keys.letGo) && h.ways[h.focus].draft != "":
		h.asking = true
	case key.Matches(msg, keys.quit):
		return quit
	default:
		for _, w := range h.ways {
			if w.draft == "" && key.Matches(msg, w.binding) {
				h.notices = nil
				return w.open()
			}
		}
	}
	return nil
}

func (h *homeScreen) dropDraft() tea.Cmd {
	j, id := h.journal, h.ways[h.focus].draft
	return func() tea.Msg { return droppedMsg{j.DropDraft(id)} }
}

func (h *homeScreen) view() string {
	rows, _ := h.rows()
	return strings.Join(rows, "\n")
}

// rows are the lines of home; at says which of them is the focused way.
func (h *homeScreen) rows() (rows []string, at int) {
	st := h.styles
	say := func(s string, style lipgloss.Style) {
		rows = append(rows, wrapped(style, s, h.width)...)
		rows = append(rows, "")
	}
	switch {
	case h.asking:
		say(h.ways[h.focus].about+". Let it go? What was written there will be gone.  y yes   n no", st.attention)
	case h.status != "":
		say(h.status, st.attention)
	}
	for _, n := range h.notices {
		say(n, st.attention)
	}
	if h.away() {
		say("Good to see you.", st.ink)
	}
	keyCells := 0 // of the longest key, and space beside it
	for _, w := range h.ways {
		keyCells = max(keyCells, ansi.StringWidth(w.binding.Help().Key)+2)
	}
	nameCells := nameCells(h.ways)
	for i, w := range h.ways {
		if i == h.focus {
			at = len(rows)
		}
		rows = append(rows, w.row(st, i == h.focus, keyCells, nameCells, h.width))
		if w.draft != "" && (i+1 == len(h.ways) || h.ways[i+1].draft == "") {
			rows = append(rows, "")
		}
	}
	if over := len(rows) - h.height; over > 0 {
		// Whatever does not fit, the ways in do, unless there is something to
		// answer or to know first.
		cut := min(over, max(at-1, 0))
		if h.asking || h.status != "" {
			cut = 0
		}
		rows = rows[cut:][:h.height]
		at = min(at-cut, h.height-1)
	}
	return rows, at
}

// nameCells is the room of the longest name, and space beside it.
func nameCells(ways []way) int {
	cells := 0
	for _, w := range ways {
		cells = max(cells, ansi.StringWidth(w.name)+2)
	}
	return cells
}

// row is the way's line. What is said about it is there whole or, where there is
// no room, not at all; but of a draft it says which one that is.
func (w way) row(st styles, focused bool, keyCells, nameCells, width int) string {
	mark, style := st.pointed(focused)
	line := mark + st.accent.Render(pad(w.binding.Help().Key, keyCells)) + style.Render(pad(w.name, nameCells))
	if w.draft != "" || ansi.StringWidth(line+w.about) <= width {
		line += st.muted.Render(w.about)
	}
	return ansi.Truncate(line, width, "…")
}

// away reports whether the last entry is long ago.
func (h *homeScreen) away() bool {
	if h.journal == nil {
		return false
	}
	for e := range h.journal.Entries(journal.Query{}) {
		return h.now().Sub(e.Created) > longAway
	}
	return false
}

func (h *homeScreen) cursor() (x, y int, ok bool) {
	_, y = h.rows()
	return 0, y, true
}

func greeting(t time.Time) string {
	switch hour := t.Local().Hour(); {
	case hour >= 5 && hour < 12:
		return "Good morning"
	case hour >= 12 && hour < 17:
		return "Good afternoon"
	}
	return "Good evening"
}

func (h *homeScreen) title() (place, aside string) {
	now := h.now().Local()
	return greeting(now), now.Format("Monday 2 January")
}

func (h *homeScreen) typing() bool { return false }

func (h *homeScreen) help() []key.Binding {
	if h.asking {
		return []key.Binding{keys.yes, keys.no}
	}
	var out []key.Binding
	if h.focus < len(h.ways) && h.ways[h.focus].draft != "" {
		out = append(out, keys.resume, keys.letGo)
	}
	for _, w := range h.ways {
		if w.draft == "" && !slices.ContainsFunc(out, func(b key.Binding) bool { return b.Help().Key == w.binding.Help().Key }) {
			out = append(out, w.binding)
		}
	}
	return append(out, keys.quit)
}
