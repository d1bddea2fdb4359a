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

// A listScreen is the journal by date, and the ways to find something in it.
// Only the rows on the screen are drawn, so that a career moves like a week.
type listScreen struct {
	*session
	part part
	shown
	oldest bool // the oldest is shown first
	status string

	looking bool // a search is under way
	anew    bool // and another is wanted, of the whole journal

	searching bool // words are being typed
	words     editor
	snippets  map[string]string // what was found in the entries on the screen, by id
	going     bool              // a date is being typed
	when      editor
	calendar  calendar
	inMonth   bool            // the keys are the calendar's
	marked    map[string]bool // ids of what is to be saved to a file

	width  int
	height int
}

// shown is what a list shows, and where somebody is in it.
type shown struct {
	query journal.Query // what is asked for
	span  string        // what its time is called
	found journal.List  // what was found, newest first
	asked journal.Query // what it was found for
	focus int
	top   int // the first entry in view
}

// A part is a list of some of the journal, under a name of its own; the zero
// value is the whole.
type part struct {
	name string
	list func(*journal.Journal, journal.Query) journal.List
}

func newList(s *session) *listScreen { return newListOf(s, part{}) }

func newListOf(s *session, p part) *listScreen {
	l := &listScreen{session: s, part: p, words: s.newEditor(true), when: s.newEditor(true), marked: make(map[string]bool)}
	if l.part.list == nil {
		l.part.list = (*journal.Journal).List
	}
	l.calendar = newCalendar(s)
	return l
}

// init looks again whenever the list comes back into view.
func (l *listScreen) init() tea.Cmd {
	if l.query.Deep() {
		l.anew = true
		return l.look()
	}
	l.show(l.part.list(l.journal, l.query), l.query)
	return nil
}

// len is how many entries the list has.
func (l *listScreen) len() int { return l.found.Len() }

// at is the entry in a row, from 0.
func (l *listScreen) at(i int) journal.Header { return l.found.At(l.turned(i)) }

// turned is where a row's entry is among what was found, and the other way
// round.
func (l *listScreen) turned(i int) int {
	if l.oldest {
		return l.len() - 1 - i
	}
	return i
}

// show takes what was found, and stays at the entry where it was. Where that is
// gone, the one after it has its place; what was found for something else starts
// at the top.
func (l *listScreen) show(found journal.List, asked journal.Query) {
	id := ""
	if l.focus < l.len() {
		id = l.at(l.focus).ID
	}
	if asked != l.asked && found.Index(id) < 0 {
		l.focus = 0
	}
	l.found, l.asked, l.snippets = found, asked, nil
	l.stayAt(id)
}

// stayAt moves to an entry, where it is in the list.
func (l *listScreen) stayAt(id string) {
	if i := l.found.Index(id); i >= 0 {
		l.focus = l.turned(i)
	}
	l.move(0)
}

// isAt reports whether the list is at an entry.
func (l *listScreen) isAt(id string) bool { return l.focus < l.len() && l.at(l.focus).ID == id }

// breadth implements [broad]: in a wide window the calendar is beside the list.
func (l *listScreen) breadth(room int) int {
	if room >= besideList {
		return min(room, columnWidth+calendarGap+calendarWidth)
	}
	return min(room, columnWidth)
}

// besideList is the room from which the calendar is beside the list: a window
// of 100 cells.
const besideList = 96

// beside reports whether the calendar is beside the list.
func (l *listScreen) beside() bool { return l.width >= besideList && l.len() > 0 }

// listWidth is what the calendar leaves to the list.
func (l *listScreen) listWidth() int {
	if l.beside() {
		return l.width - calendarGap - calendarWidth
	}
	return l.width
}

func (l *listScreen) setSize(width, height int) {
	l.width, l.height = width, height
	room := min(width, besideList-calendarGap-calendarWidth) // whether the calendar is there or not
	l.words.setSize(max(room-len(searchPrefix), 1), 1)
	l.when.setSize(max(room-len(goPrefix), 1), 1)
	l.snippets = nil
	l.move(0)
}

// room is how many entries there is room for: what was found in one is a row of
// its own.
func (l *listScreen) room() int {
	rows := l.height - len(l.head())
	if l.quotes() {
		rows /= 2
	}
	return max(rows, 1)
}

// move goes by n entries and keeps the focused one in view.
func (l *listScreen) move(n int) {
	l.focus = max(min(l.focus+n, l.len()-1), 0)
	room := l.room()
	switch {
	case l.focus < l.top:
		l.top = l.focus
	case l.focus >= l.top+room:
		l.top = l.focus - room + 1
	}
	l.top = max(min(l.top, l.len()-room), 0)
	l.quote(l.top, min(l.top+room, l.len()))
	if l.len() > 0 && !l.inMonth {
		l.calendar.day = dayOf(l.found.Created(l.turned(l.focus)))
	}
}

// moved moves by a key, and reports whether it was one that moves.
func (l *listScreen) moved(k string) bool {
	switch k {
	case "up":
		l.move(-1)
	case "down":
		l.move(1)
	case "pgup":
		l.move(-l.room())
	case "pgdown":
		l.move(l.room())
	case "home":
		l.move(-l.len())
	case "end":
		l.move(l.len())
	default:
		return false
	}
	return true
}

func (l *listScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(foundMsg); ok {
		return l.arrived(m)
	}
	k := pressed(msg)
	if k != "" {
		l.status = ""
	}
	switch {
	case l.searching:
		return l.typeWords(msg)
	case l.going:
		return l.typeDate(msg)
	case l.inMonth:
		return l.monthKey(k)
	case l.moved(k):
		return nil
	}
	return l.key(k)
}

// key takes a key that does not move.
func (l *listScreen) key(k string) tea.Cmd {
	switch k {
	case "enter":
		return l.read()
	case "/":
		l.searching = true
		l.move(0)
	case "f":
		return l.push(newFilter(l))
	case "g":
		l.going = l.len() > 0
		l.when.setValue("")
		l.move(0)
	case "c":
		l.inMonth = l.len() > 0
	case "o":
		l.focus = max(l.len()-1-l.focus, 0)
		l.oldest = !l.oldest
		l.move(0)
	case "space":
		l.mark()
	case "s":
		if len(l.marked) > 0 {
			return l.push(newSaving(l))
		}
	case "h":
		return l.push(newHelped(l.session))
	case "delete", "backspace":
		return l.clear()
	case "b":
		if len(l.journal.Bin()) > 0 {
			return l.push(newBin(l.session))
		}
	case "esc", "shift+tab":
		return l.pop()
	case "q":
		return quit
	}
	return nil
}

func (l *listScreen) read() tea.Cmd {
	if l.len() == 0 {
		return nil
	}
	return l.push(newReading(l))
}

// mark marks the focused entry or takes its mark away, and goes on.
func (l *listScreen) mark() {
	if l.len() == 0 {
		return
	}
	if id := l.at(l.focus).ID; l.marked[id] {
		delete(l.marked, id)
	} else {
		l.marked[id] = true
	}
	l.move(1)
}

// clear takes back all that narrows the list.
func (l *listScreen) clear() tea.Cmd {
	l.query, l.span = journal.Query{}, ""
	l.words.setValue("")
	return l.init()
}

// head is what is said above the list: what is typed, what is asked for, what
// is marked, and what came of it.
func (l *listScreen) head() []string {
	st := l.styles
	var rows []string
	add := func(style func(...string) string, s string) {
		rows = append(rows, style(ansi.Truncate(s, l.listWidth(), "…")))
	}
	switch {
	case l.going:
		rows = append(rows, st.accent.Render(goPrefix)+l.when.view())
	case l.searching:
		rows = append(rows, st.accent.Render(searchPrefix)+l.words.view())
	case l.query.Search != "":
		add(st.ink.Render, searchPrefix+printable(l.query.Search))
	}
	if on := l.filterWords(); on != "" {
		add(st.ink.Render, "Only "+on)
	}
	switch {
	case l.status != "":
		rows = append(rows, wrapped(st.attention, l.status, l.listWidth())...)
	case l.looking && !l.prepared:
		add(st.muted.Render, "The newest first. The older ones are being read …")
	case len(l.marked) > 0:
		add(st.muted.Render, fmt.Sprintf("%d marked · s saves %s to a file", len(l.marked), plural(len(l.marked), "it", "them")))
	}
	return rows[:min(len(rows), max(l.height-leastList, 1))]
}

// leastList is how many rows of the list are left in a small window: an entry
// and what was found in it.
const leastList = 2

// dateWidth is the width of "Fri 20 Nov 2026  ".
const dateWidth = 17

func (l *listScreen) view() string {
	if l.inMonth && !l.beside() {
		return strings.Join(l.calendar.rows(l, l.height), "\n")
	}
	rows := append(l.head(), l.rows()...)
	if !l.beside() {
		return strings.Join(rows, "\n")
	}
	month := l.calendar.rows(l, l.height)
	for i := range max(len(rows), len(month)) {
		if i >= len(rows) {
			rows = append(rows, "")
		}
		if i < len(month) {
			rows[i] = pad(ansi.Truncate(rows[i], l.listWidth(), "…"), l.listWidth()+calendarGap) + month[i]
		}
	}
	return strings.Join(rows, "\n")
}

// rows are the entries there is room for.
func (l *listScreen) rows() []string {
	if l.len() == 0 {
		return wrapped(l.styles.muted, l.nothing(), l.width)
	}
	var rows []string
	for i := l.top; i < min(l.top+l.room(), l.len()); i++ {
		rows = append(rows, l.row(i))
		if l.quotes() {
			rows = append(rows, l.snippets[l.at(i).ID])
		}
	}
	return rows
}

// nothing says why the list is empty.
func (l *listScreen) nothing() string {
	switch {
	case l.looking:
		return "Looking …"
	case l.query != journal.Query{}:
		return "Nothing matches that. Fewer words may, or part of one."
	}
	return "Nothing here yet. What you keep will be listed here, the newest first."
}

func (l *listScreen) row(i int) string {
	st, e := l.styles, l.at(i)
	date := pad(e.Created.Local().Format("Mon 2 Jan 2006"), dateWidth)
	if l.listWidth() < wideRow {
		date = pad(e.Created.Local().Format("2 Jan 06"), 11)
	}
	mark, style := "  ", st.ink
	if i == l.focus {
		mark, style = "› ", st.selected
	}
	if l.marked[e.ID] {
		mark = mark[:len(mark)-1] + "*"
	}
	return ansi.Truncate(st.accent.Render(mark)+st.muted.Render(date)+l.setOff(entryTitle(e), style), l.listWidth(), "…")
}

// entryTitle is what a list calls an entry.
func entryTitle(h journal.Header) string {
	if h.Title != "" {
		return printable(h.Title)
	}
	return printable(string(h.Kind))
}

func (l *listScreen) cursor() (x, y int, ok bool) {
	switch {
	case l.inMonth && !l.beside():
		return l.calendar.cursor(l)
	case l.inMonth:
		x, y, ok = l.calendar.cursor(l)
		return x + l.listWidth() + calendarGap, y, ok
	case l.searching:
		x, _ = l.words.cursor()
		return x + len(searchPrefix), 0, true
	case l.going:
		x, _ = l.when.cursor()
		return x + len(goPrefix), 0, true
	}
	y = l.focus - l.top
	if l.quotes() {
		y *= 2
	}
	y += len(l.head())
	return 0, y, y < l.height
}

func (l *listScreen) title() (place, aside string) {
	place = "Journal"
	if l.part.name != "" {
		place += placeMark + l.part.name
	}
	switch {
	case l.looking:
		return place, "looking …"
	case l.len() == 0:
		return place, ""
	}
	return place, fmt.Sprintf("%d of %d", l.focus+1, l.len())
}

func (l *listScreen) typing() bool { return l.searching || l.going }

func (l *listScreen) help() []key.Binding {
	move := []key.Binding{bind("↑ ↓", "move"), bind("pgdn", "a page down"), keys.pageUp, keys.top, keys.bottom}
	some := l.len() > 0
	switch {
	case l.searching && some:
		return append([]key.Binding{bind("enter", "read"), bind("esc", "to the list")}, move[:3]...)
	case l.searching:
		return []key.Binding{bind("esc", "to the list")}
	case l.going:
		return []key.Binding{bind("enter", "go there"), bind("esc", "back")}
	case l.inMonth:
		return l.calendar.help()
	}
	var out []key.Binding
	if some {
		out = append(out, bind("enter", "read"))
	}
	out = append(out, bind("esc", "back"), bind("/", "search"))
	if some || l.query != (journal.Query{}) {
		out = append(out, bind("f", "choose"))
	}
	if l.query != (journal.Query{}) {
		out = append(out, bind("del", "show all"))
	}
	if some {
		other := "oldest first"
		if l.oldest {
			other = "newest first"
		}
		out = append(out, bind("g", "go to a date"), bind("c", "calendar"), bind("o", other))
		out = append(out, bind("space", "mark"))
		if len(l.marked) > 0 {
			out = append(out, bind("s", "save to a file"))
		}
		out = slices.Concat(out, move)
	}
	out = append(out, bind("h", "what helped"))
	if len(l.journal.Bin()) > 0 {
		out = append(out, bind("b", "bin"))
	}
	return append(out, keys.quit)
}
