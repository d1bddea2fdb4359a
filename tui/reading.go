package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"goodenough/journal"
)

// A readingScreen shows one entry as it was written, and goes on to the ones
// beside it.
type readingScreen struct {
	*session
	list   *listScreen
	head   journal.Header // as the list had it, where it cannot be read
	entry  journal.Entry
	status string
	begun  string // what was begun and waits to be gone on with; may be empty
	busy   bool   // it is on its way to the bin
	asking bool   // whether to move it to the bin
	rows   []string
	scroll int
	width  int
	height int
}

// newReading reads the entry that a list is at.
func newReading(l *listScreen) *readingScreen {
	return &readingScreen{session: l.session, list: l, head: l.at(l.focus)}
}

// init reads the entry anew. A search may have moved the list away from it.
func (r *readingScreen) init() tea.Cmd {
	r.list.stayAt(r.head.ID)
	e, err := r.journal.Get(r.head.ID)
	if r.entry.ID != e.ID {
		r.scroll = 0
	}
	if err == nil {
		r.head = e.Header
	}
	r.entry, r.status, r.begun = e, Sentence(err), r.begunWords()
	r.set()
	return nil
}

func (r *readingScreen) setSize(width, height int) {
	r.width, r.height = width, height
	r.set()
}

func (r *readingScreen) set() {
	st := r.styles
	if r.status != "" {
		r.rows = wrapped(st.attention, r.status, r.width)
		return
	}
	r.rows = nil
	if r.asking {
		r.rows = append(wrapped(st.attention, deleteWarning+"  y yes   n no", r.width), "")
	}
	if r.begun != "" {
		r.rows = append(r.rows, wrapped(st.muted, r.begun, r.width)...)
		r.rows = append(r.rows, "")
	}
	r.rows = append(r.rows, entryRows(r.session, r.entry, r.width)...)
	r.scroll = min(r.scroll, r.last())
}

// last is how far the text can be moved up.
func (r *readingScreen) last() int { return max(len(r.rows)-r.height, 0) }

func (r *readingScreen) update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case foundMsg:
		r.list.stayAt(r.head.ID)
		return nil
	case binnedMsg:
		if m.err == nil {
			delete(r.list.marked, r.entry.ID) // what is in the bin is not saved
			return r.pop()
		}
		r.busy, r.status = false, Sentence(m.err)
		r.set()
		return nil
	}
	k := pressed(msg)
	switch {
	case r.busy:
		return nil
	case r.asking:
		return r.answer(k)
	}
	switch k {
	case "left":
		return r.turn(-1)
	case "right":
		return r.turn(1)
	case "esc", "shift+tab":
		return r.pop()
	case "q":
		return quit
	}
	if r.status == "" {
		if cmd := r.act(k); cmd != nil {
			return cmd
		}
	}
	r.scroll = scrolled(k, r.scroll, r.last(), r.height)
	return nil
}

// answer takes whether the entry is to be moved to the bin.
func (r *readingScreen) answer(k string) tea.Cmd {
	if k == "" {
		return nil
	}
	r.asking = false
	r.set()
	if k != "y" {
		return nil
	}
	r.busy = true
	j, id := r.journal, r.entry.ID
	return func() tea.Msg { return binnedMsg{j.Delete(id)} }
}

// act does something with the entry.
func (r *readingScreen) act(k string) tea.Cmd {
	switch k {
	case "x":
		r.asking, r.scroll = true, 0
		r.set()
	case "t":
		return r.push(newTags(r.session, r.entry, "Journal"))
	case "b":
		if bringable(r.head) {
			return r.push(newBring(r.session, r.entry, "Journal"))
		}
	case "e":
		if changeable(r.session, r.entry) {
			return r.push(beginChange(r.session, r.entry, false))
		}
	case "a":
		return r.push(beginChange(r.session, r.entry, true))
	case "h":
		if len(r.entry.Earlier) > 0 {
			return r.push(newVersions(r.session, r.entry))
		}
	}
	return nil
}

// turn goes to an entry beside this one, where there is one.
func (r *readingScreen) turn(by int) tea.Cmd {
	if !r.list.isAt(r.head.ID) {
		return nil
	}
	if r.list.move(by); r.list.isAt(r.head.ID) {
		return nil
	}
	r.head = r.list.at(r.list.focus)
	return r.init()
}

func (r *readingScreen) view() string {
	return pageOf(r.rows, r.scroll, r.height, r.styles)
}

func (r *readingScreen) cursor() (x, y int, ok bool) { return 0, 0, true }

func (r *readingScreen) title() (place, aside string) {
	if r.list.isAt(r.head.ID) {
		aside = fmt.Sprintf("%d of %d", r.list.focus+1, r.list.len())
	}
	return "Journal" + placeMark + r.head.Created.Local().Format("Monday 2 January 2006"), aside
}

func (r *readingScreen) typing() bool { return false }

func (r *readingScreen) help() []key.Binding {
	if r.asking {
		return []key.Binding{keys.yes, keys.no}
	}
	out := []key.Binding{bind("esc", "back")}
	if r.last() > 0 {
		out = append(out, bind("↓ ↑", "scroll"))
	}
	before, after := keys.prev, keys.follow
	if r.list.oldest {
		before, after = bind("←", after.Help().Desc), bind("→", before.Help().Desc)
	}
	listed := r.list.isAt(r.head.ID)
	if listed && r.list.focus > 0 {
		out = append(out, before)
	}
	if listed && r.list.focus < r.list.len()-1 {
		out = append(out, after)
	}
	if r.last() > 0 {
		out = append(out, keys.pageDown, keys.pageUp)
	}
	if r.status == "" {
		out = append(out, keys.tags)
		if bringable(r.head) {
			out = append(out, keys.bring)
		}
		if changeable(r.session, r.entry) {
			out = append(out, bind("e", "change it"))
		}
		out = append(out, bind("a", "a later thought"))
	}
	if len(r.entry.Earlier) > 0 {
		out = append(out, bind("h", "earlier versions"))
	}
	return append(out, bind("x", "delete"), keys.quit)
}

// begunWords say what of this entry was begun and not finished.
func (r *readingScreen) begunWords() string {
	if d, ok := begunChange(r.session, r.head.ID, false); ok {
		return "A change of this was begun " + dayWords(d.Created, r.now()) + ". e goes on with it."
	}
	if d, ok := begunChange(r.session, r.head.ID, true); ok {
		return "A later thought was begun " + dayWords(d.Created, r.now()) + ". a goes on with it."
	}
	return ""
}

// entryRows sets a whole entry as lines of at most width cells.
func entryRows(s *session, e journal.Entry, width int) []string {
	st := s.styles
	var rows []string
	say := func(style lipgloss.Style, s string) { rows = append(rows, wrapped(style, s, width)...) }
	say(st.strong, entryTitle(e.Header))
	about := append([]string{e.Created.Local().Format("15:04")}, entryAbout(e)...)
	if n := len(e.Earlier); n > 0 {
		about = append(about, "changed on "+e.Earlier[n-1].Until.Local().Format("2 January 2006"))
	}
	say(st.muted, strings.Join(about, " · "))
	rows = append(rows, "")
	rows = append(rows, answerRows(s, e, width)...)
	for _, t := range e.Later {
		rows = append(rows, "")
		say(st.muted, laterWords(t))
		say(st.ink, printableLines(t.Text))
	}
	return rows
}

// laterWords say when a thought was added.
func laterWords(t journal.Thought) string {
	return "Added on " + t.Added.Local().Format("Monday 2 January 2006")
}

// entryAbout says what an entry is marked with: its tags, and that it is wanted
// in supervision.
func entryAbout(e journal.Entry) []string {
	var about []string
	if len(e.Tags) > 0 {
		about = append(about, printable(strings.Join(e.Tags, ", ")))
	}
	if words := bringWords(e.Bring); words != "" {
		about = append(about, words)
	}
	return about
}

// nothingWritten is an entry without answers.
const nothingWritten = "Nothing was written, and that is fine."

// answerRows sets what was answered, each under its question as it was asked.
func answerRows(s *session, e journal.Entry, width int) []string {
	st := s.styles
	var rows []string
	if len(e.Answers) == 0 {
		return wrapped(st.muted, nothingWritten, width)
	}
	for i, a := range Named(s.journal, e).Answers {
		if i > 0 {
			rows = append(rows, "")
		}
		rows = append(rows, answerRow(s, a, e.Guide, width)...)
	}
	return rows
}

// answerRow sets one answer under its question.
func answerRow(s *session, a journal.Answer, guide string, width int) []string {
	st := s.styles
	rows := wrapped(st.muted, printable(a.Prompt), width)
	for _, text := range answerLines(s, guide, a) {
		rows = append(rows, wrapped(st.ink, text, width)...)
	}
	if words := bringWords(a.Bring); words != "" {
		rows = append(rows, wrapped(st.muted, words, width)...)
	}
	return rows
}

// answerLines says an answer in words, one thought a line.
func answerLines(s *session, guide string, a journal.Answer) []string {
	var lines []string
	if a.Value != nil {
		lines = append(lines, strconv.Itoa(*a.Value)+" of "+strconv.Itoa(scaleMax))
	}
	switch {
	case guide == briefGuide && isLine(a):
		lines = append(lines, forVerb(a.Choices[0]))
	case len(a.Choices) > 0:
		lines = append(lines, joined(a.Choices))
	}
	lines = append(lines, shareLines(s, guide, a)...)
	for _, it := range a.Items {
		lines = append(lines, "· "+itemText(it))
	}
	if a.Text != "" {
		lines = append(lines, strings.Split(a.Text, "\n")...)
	}
	for i, l := range lines {
		lines[i] = printable(l)
	}
	return lines
}

// joined sets words beside one another: with semicolons where one of them has a
// comma of its own.
func joined(words []string) string {
	between := ", "
	if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, ",") }) {
		between = "; "
	}
	return strings.Join(words, between)
}

// shareLines names the parts of a day in the guide's words, or by their ids
// when the guide no longer has them, largest first.
func shareLines(s *session, guide string, a journal.Answer) []string {
	names := make(map[string]string)
	if g, ok := s.library.Guide(guide); ok {
		for _, step := range g.Steps {
			for _, p := range step.Parts {
				names[p.ID] = p.Label
			}
		}
	}
	ids := make([]string, 0, len(a.Shares))
	for id := range a.Shares {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(x, y string) int {
		if d := a.Shares[y] - a.Shares[x]; d != 0 {
			return d
		}
		return strings.Compare(x, y)
	})
	var lines []string
	for _, id := range ids {
		name := names[id]
		if name == "" {
			name = id
		}
		lines = append(lines, fmt.Sprintf("%s: %d", name, a.Shares[id]))
	}
	return lines
}
