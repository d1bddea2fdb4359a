package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// A pickField picks entries of the journal, or single answers of them: from
// what is suggested, or from what a search finds. Space picks; letters search.
type pickField struct {
	picking
	back     lookBack // where the picks are for a brief
	query    lineInput
	onQuery  bool
	seq      int     // of the search that counts
	found    []offer // what the last search found
	searched string  // the words that it was for
	opened   map[string]bool
	rows     []pickRow
	focus    int // of the rows, one with an offer
	width    int
	height   int
}

// A pickRow is one row of the list: something to pick, or words between.
type pickRow struct {
	offer *offer
	inset bool // it is an answer of the entry above it
	words string
}

// pickFoundMsg brings what a search found.
type pickFoundMsg struct {
	field *pickField
	seq   int
	words string
	found []offer
}

func newPickField(s *session, step content.Step, w *walk) *pickField {
	f := &pickField{picking: newPicking(s, w, step), opened: make(map[string]bool)}
	f.query = newLineInput(s, "", "")
	if f.lines() {
		f.back = s.lookBack()
	} else {
		f.back.offers = entriesWith(s.journal, "")
	}
	f.build()
	f.move(0)
	return f
}

func (f *pickField) setSize(width, height int) {
	f.width, f.height = width, height
	f.query.setWidth(width - len(searchLabel))
}

// build makes the list anew: what was picked and is not suggested, then what is
// offered, under the names of its groups.
func (f *pickField) build() {
	f.rows = nil
	offers := f.found
	if f.searched == "" {
		offers = append(f.strays(), f.back.offers...)
	}
	group := ""
	for _, o := range offers {
		if o.group != group {
			group = o.group
			if len(f.rows) > 0 {
				f.rows = append(f.rows, pickRow{})
			}
			f.rows = append(f.rows, pickRow{words: group})
		}
		f.rows = append(f.rows, pickRow{offer: &o})
		if o.from == fromDays {
			f.rows = append(f.rows, f.weekRows()...)
		}
		if f.opened[o.from] {
			for _, a := range f.answersOf(o.from) {
				f.rows = append(f.rows, pickRow{offer: &a, inset: true})
			}
		}
	}
}

// groupPicked names what was picked and is offered nowhere else in the list.
const groupPicked = "Picked"

// strays are what was picked by a search.
func (f *pickField) strays() []offer {
	var out []offer
	for _, it := range f.items() {
		listed := func(o offer) bool {
			return o.from == it.From || f.opened[o.from] && strings.HasPrefix(it.From, o.from+keySlash)
		}
		if !slices.ContainsFunc(f.back.offers, listed) {
			o, ok := f.offerFor(it.From)
			if !ok {
				o = offer{from: it.From, title: cmp.Or(it.Text, goneName)}
			}
			o.group = groupPicked
			out = append(out, o)
		}
	}
	return out
}

// weekRows draw the weeks as ten squares each, with how many days they rest on.
func (f *pickField) weekRows() []pickRow {
	var rows []pickRow
	for _, w := range f.back.weeks {
		if w.shared == 0 {
			continue
		}
		words := fmt.Sprintf("%d of %d with people, %d %s", w.people, w.shared, w.days, plural(w.days, "day", "days"))
		if !f.settings.Still {
			n := (10*w.people + w.shared/2) / w.shared
			words = strings.Repeat("■", n) + strings.Repeat("□", 10-n) + "  " + words
		}
		rows = append(rows, pickRow{words: "      " + pad("week of "+w.monday.Format("2 Jan"), 16) + words})
	}
	return rows
}

func (f *pickField) update(msg tea.Msg) (bool, tea.Cmd) {
	if m, ok := msg.(pickFoundMsg); ok {
		if m.field == f && m.seq == f.seq {
			f.found, f.searched, f.focus = m.found, m.words, 0
			f.build()
			f.move(0)
		}
		return true, nil
	}
	if f.onQuery {
		return f.updateQuery(msg)
	}
	switch k := pressed(msg); k {
	case "up":
		if !f.move(-1) {
			f.onQuery = true
		}
	case "down":
		f.move(1)
	case "pgup", "pgdown", "home", "end":
		f.focus = scrolled(k, f.focus, len(f.rows)-1, f.height)
		f.move(0)
	case "space":
		if o := f.at(); o != nil {
			f.toggle(*o)
			f.rebuild()
		}
	case "right", "left":
		if o := f.at(); o != nil {
			f.open(o.from, k == "right")
		}
	default:
		if !startsText(msg) {
			return false, nil
		}
		f.onQuery = true
		return f.updateQuery(msg)
	}
	return true, nil
}

// updateQuery takes a key on the line of the search.
func (f *pickField) updateQuery(msg tea.Msg) (bool, tea.Cmd) {
	switch k := pressed(msg); {
	case k == "down", k == "enter" && !f.query.editor.empty():
		f.onQuery = f.at() == nil
		return true, nil
	case k == "esc" && !f.query.editor.empty():
		f.query.editor.setValue("")
		f.onQuery = false
		return true, f.search()
	case k == "enter", k == "esc":
		return false, nil
	}
	before := f.query.text()
	if !f.query.editor.update(msg) {
		return false, nil
	}
	if f.query.text() == before {
		return true, nil
	}
	return true, f.search()
}

// search looks through the journal beside what the person does: the first time
// it reads all of it.
func (f *pickField) search() tea.Cmd {
	f.seq++
	j, seq, words := f.journal, f.seq, f.query.text()
	return func() tea.Msg {
		m := pickFoundMsg{field: f, seq: seq, words: words}
		if words != "" {
			m.found = entriesWith(j, words)
		}
		return m
	}
}

// open shows the answers of an entry below it, or hides them.
func (f *pickField) open(from string, open bool) {
	entry, _, _ := strings.Cut(from, keySlash)
	if open && len(f.answersOf(from)) == 0 {
		return
	}
	f.opened[entry] = open
	f.rebuild()
}

// rebuild makes the list anew and stays with what is focused, or with its
// entry.
func (f *pickField) rebuild() {
	var from string
	if o := f.at(); o != nil {
		from = o.from
	}
	f.build()
	entry, _, _ := strings.Cut(from, keySlash)
	for _, want := range []string{from, entry} {
		if i := slices.IndexFunc(f.rows, func(r pickRow) bool { return r.offer != nil && r.offer.from == want }); i >= 0 {
			f.focus = i
			return
		}
	}
	f.move(0)
}

// at is what is focused, nil where there is nothing.
func (f *pickField) at() *offer {
	if f.focus < 0 || f.focus >= len(f.rows) {
		return nil
	}
	return f.rows[f.focus].offer
}

// move goes by n to the next row with something to pick; by 0 it goes to the
// nearest. It returns false when there is none.
func (f *pickField) move(n int) bool {
	for i := f.focus + n; i >= 0 && i < len(f.rows); i += max(min(n, 1), -1) {
		if f.rows[i].offer != nil {
			f.focus = i
			return true
		}
		if n == 0 {
			f.focus = max(f.focus, 0)
			return f.move(1) || f.move(-1)
		}
	}
	return false
}

// searchLabel stands before the line of the search.
const searchLabel = "Search "

// page is what is shown; at says where the focused row is.
func (f *pickField) page() (page []string, at int) {
	st := f.styles
	mark := st.muted.Render(linePrefix)
	if f.onQuery {
		mark = st.accent.Render(linePrefix)
	}
	if f.lines() && f.height > leastField {
		page = append(page, st.muted.Render(ansi.Truncate(f.back.sinceWords(f.now()), f.width, "…")))
	}
	page = append(page, st.muted.Render(searchLabel)+mark+f.query.editor.view())
	if f.height > 2*leastField {
		page = append(page, "")
	}
	list := f.list()
	if len(list) == 0 {
		list = [][]string{wrapped(st.muted, f.none(), f.width)}
	}
	rows, at := scrollWhole(list, f.focus, max(f.height-len(page), 1), st.muted)
	return append(page, rows...), len(page) + at
}

// noneFound is said where a search found nothing.
const noneFound = "Nothing with these words. Fewer of them may find more."

// none is said where there is nothing to pick.
func (f *pickField) none() string {
	switch {
	case f.searched != "":
		return noneFound
	case f.journal.Len() == 0:
		return "There is nothing in the journal yet, and that is fine. Enter goes on."
	}
	return "Nothing since then. Letters search the whole journal; Enter goes on."
}

// list is what there is to pick, each with its reason: beside it, or below it
// where both do not fit on a row.
func (f *pickField) list() [][]string {
	st := f.styles
	var list [][]string
	for i, r := range f.rows {
		if r.offer == nil {
			list = append(list, []string{st.muted.Render(ansi.Truncate(r.words, f.width, "…"))})
			continue
		}
		mark, style := st.pointed(i == f.focus && !f.onQuery)
		box := "☐ "
		if f.picked(r.offer.from) {
			box = "☑ "
		}
		if r.inset {
			box = "   " + box
		}
		title, reason := r.offer.title, r.offer.reason
		if r.inset {
			title, reason = strings.Join(strings.Fields(printable(r.offer.line.text)), " "), ""
		}
		row := mark + style.Render(box+title)
		if reason == "" || ansi.StringWidth(row)+len("  ")+ansi.StringWidth(reason) <= f.width {
			list = append(list, []string{ansi.Truncate(row+"  "+st.muted.Render(reason), f.width, "…")})
			continue
		}
		below := strings.Repeat(" ", len("  ")+ansi.StringWidth(box)) + st.muted.Render(reason)
		list = append(list, []string{ansi.Truncate(row, f.width, "…"), ansi.Truncate(below, f.width, "…")})
	}
	return list
}

func (f *pickField) view() string {
	page, _ := f.page()
	return strings.Join(page, "\n")
}

func (f *pickField) cursor() (x, y int, ok bool) {
	page, at := f.page()
	if !f.onQuery {
		return 0, min(at, len(page)-1), true
	}
	x, _ = f.query.cursor()
	y = 0
	if f.lines() && f.height > leastField {
		y = 1
	}
	return x + len(searchLabel), y, true
}

func (f *pickField) typing() bool { return f.onQuery }

func (f *pickField) help() []key.Binding {
	if f.onQuery {
		switch {
		case f.query.editor.empty():
			return []key.Binding{keys.next, keys.back}
		case f.at() == nil:
			return []key.Binding{bind("esc", "no search")}
		}
		return []key.Binding{bind("enter ↓", "to what was found"), bind("esc", "no search")}
	}
	out := []key.Binding{keys.next}
	if o := f.at(); o != nil {
		out = append(out, keys.toggle)
		if len(f.answersOf(o.from)) > 0 && !f.opened[o.from] {
			out = append(out, bind("→", "its answers"))
		}
		out = append(out, bind("↑ ↓", "move"))
	}
	return append(out, bind("a–z", "search"), keys.back)
}

// answers is what was picked. It is in the walk already: picking something may
// change more than one answer.
func (f *pickField) answers() []journal.Answer { return []journal.Answer{f.walk.answer(f.step.ID)} }
