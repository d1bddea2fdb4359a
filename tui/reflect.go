package tui

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// A reflectScreen offers the guides of reflection, by the time there is, by
// what somebody comes with and by the lens; and, before any of them, not today.
type reflectScreen struct {
	*session
	filters [filterCount]string
	items   []reflectItem
	none    bool   // nothing fits the filters
	focus   int    // the filters, and then the items
	wrote   string // the own guide that was gone to from here
	width   int
	height  int
}

// The filters, in the order of their lines. The value "" is any.
const (
	byTime = iota
	byWith
	byLens
	filterCount
)

// A reflectItem is one line to choose: a guide, or what its way says.
type reflectItem struct {
	way   reflectWay
	title string
	shelf string
	guide content.Guide // when it is one
}

// A reflectWay is where an item leads.
type reflectWay int

const (
	toGuide reflectWay = iota
	toPage             // the blank page, which is a guide of its own
	toNotToday
	toWrite // a guide of one's own
)

// ownShelf is where a person's own guides stand, and the lens that is theirs.
const ownShelf = "your own"

// reflectMinutes are the times to choose by.
var reflectMinutes = []int{5, 10, 20}

// withWords say what somebody may come with.
var withWords = map[string]string{
	"person": "a person", "feeling": "a feeling", "decision": "a decision", "team": "a team", "incident": "an incident",
}

func newReflect(s *session) *reflectScreen {
	r := &reflectScreen{session: s}
	r.gather()
	return r
}

// FindReflection returns nil when there is a reflection of that name, or when
// the name is empty: then there is a choice. The error names those that there
// are.
func FindReflection(own fs.FS, name string) error {
	library, _ := content.Load(own)
	var names []string
	for _, g := range reflections(library) {
		names = append(names, g.ID)
	}
	return known("reflection", name, names)
}

// known returns nil for the empty name and for one of names. The error tells
// them.
func known(what, name string, names []string) error {
	if name == "" || slices.Contains(names, name) {
		return nil
	}
	return Said("There is no " + what + " with that name. There are: " + strings.Join(names, ", ") + ".")
}

// reflections are the guides of reflection in a library.
func reflections(l *content.Library) []content.Guide {
	return slices.DeleteFunc(l.Guides(), func(g content.Guide) bool { return g.Kind != string(journal.Reflection) })
}

// reflections are those that a person can choose from: the library's, and what
// they wrote here.
func (s *session) reflections() []content.Guide {
	guides := reflections(s.library)
	for _, o := range s.settings.Guides {
		guides = append(guides, o.guide())
	}
	return guides
}

// values are what a filter can be turned to.
func (r *reflectScreen) values(filter int) []string {
	out := []string{""}
	switch filter {
	case byTime:
		for _, m := range reflectMinutes {
			out = append(out, fmt.Sprint(m))
		}
	case byWith:
		out = append(out, content.Withs...)
	case byLens:
		own := false
		for _, g := range r.reflections() {
			if g.Lens != "" && !slices.Contains(out, g.Lens) {
				out = append(out, g.Lens)
			}
			own = own || g.Own
		}
		if own {
			out = append(out, ownShelf)
		}
	}
	return out
}

// filterNames stand before the filters.
var filterNames = [filterCount]string{"I have", "With me", "Through"}

// filterWords say what a filter is turned to.
func filterWords(filter int, value string) string {
	switch {
	case value == "":
		return [filterCount]string{"any time", "anything", "any lens"}[filter]
	case filter == byTime:
		return value + " minutes"
	case filter == byWith && withWords[value] != "":
		return withWords[value]
	}
	return value
}

// time is how many minutes there are; 0: any.
func (r *reflectScreen) time() int {
	n, _ := strconv.Atoi(r.filters[byTime])
	return n
}

// gather lists what fits. Not today comes first: it is an answer like the
// others.
func (r *reflectScreen) gather() {
	r.items = []reflectItem{{way: toNotToday, title: "Not today"}}
	var own []reflectItem
	for _, g := range r.reflections() {
		switch {
		case !r.fits(g):
		case g.Own:
			own = append(own, reflectItem{title: g.Title, shelf: ownShelf, guide: g})
		default:
			r.items = append(r.items, reflectItem{title: g.Title, shelf: "guides", guide: g})
		}
	}
	r.items = append(r.items, own...)
	r.none = len(r.items) == 1
	if g, ok := r.session.guide(string(StartNote)); ok {
		r.items = append(r.items, reflectItem{way: toPage, title: g.Title, shelf: "or", guide: g})
	}
	r.items = append(r.items, reflectItem{way: toWrite, title: "Write a guide of your own", shelf: "or"})
	r.focus = min(r.focus, filterCount+len(r.items)-1)
}

// fits reports whether a guide is for what the filters say. What a person's own
// guide does not say of itself does not keep it out.
func (r *reflectScreen) fits(g content.Guide) bool {
	with, lens := r.filters[byWith], r.filters[byLens]
	switch {
	case r.time() > 0 && len(r.lengths(g)) == 0 && g.Minutes > 0:
		return false
	case with != "" && !slices.Contains(g.With, with) && !(g.Own && len(g.With) == 0):
		return false
	}
	return lens == "" || lens == g.Lens || lens == ownShelf && g.Own
}

// lengths are the minutes in which a guide comes, the fewest first, as far as
// there is time for them.
func (r *reflectScreen) lengths(g content.Guide) []int {
	var out []int
	for _, m := range []int{g.Brief.Minutes, g.Minutes} {
		if have := r.time(); m > 0 && (have == 0 || m <= have) {
			out = append(out, m)
		}
	}
	return out
}

// init looks again: a guide of one's own may have been written, or removed.
func (r *reflectScreen) init() tea.Cmd {
	if r.journal == nil {
		return nil
	}
	r.gather()
	if i := slices.IndexFunc(r.items, func(it reflectItem) bool { return it.guide.ID == r.wrote }); r.wrote != "" && i >= 0 {
		r.focus = filterCount + i
	}
	r.wrote = ""
	return nil
}

func (r *reflectScreen) setSize(width, height int) { r.width, r.height = width, height }

func (r *reflectScreen) update(msg tea.Msg) tea.Cmd {
	switch k := pressed(msg); k {
	case "":
	case "right":
		r.turn(1)
	case "left":
		r.turn(-1)
	case "enter":
		if r.focus < filterCount {
			r.focus = filterCount + 1 // the first guide, with not today above it
			return nil
		}
		return r.open(r.items[r.focus-filterCount])
	case "e":
		if item, ok := r.item(); ok && written(item.guide) {
			return r.write(r.ownGuide(item.guide.ID))
		}
	case "esc", "shift+tab":
		return r.pop()
	case "q":
		return quit
	default:
		r.focus = scrolled(k, r.focus, filterCount+len(r.items)-1, max(r.height-filterCount, 2))
	}
	return nil
}

// item is the one in focus; false while that is a filter.
func (r *reflectScreen) item() (reflectItem, bool) {
	if r.focus < filterCount {
		return reflectItem{}, false
	}
	return r.items[r.focus-filterCount], true
}

// turn changes the filter in focus.
func (r *reflectScreen) turn(by int) {
	if r.focus < filterCount {
		r.filters[r.focus] = cycle(r.values(r.focus), r.filters[r.focus], by)
		r.gather()
	}
}

// open goes on to an item, and this stays behind it, to come back to.
func (r *reflectScreen) open(item reflectItem) tea.Cmd {
	switch item.way {
	case toNotToday:
		return r.push(newNotToday(r.session))
	case toPage:
		return r.push(beginGuide(r.session, item.guide, false))
	case toWrite:
		return r.write(newOwnGuide())
	}
	if written(item.guide) && len(item.guide.Steps) == 0 {
		return r.write(r.ownGuide(item.guide.ID))
	}
	return r.push(newBegin(r.session, item.guide, r.shorter(item.guide)))
}

// shorter reports whether there is time for the shorter version only.
func (r *reflectScreen) shorter(g content.Guide) bool {
	return r.time() > 0 && g.Minutes > r.time()
}

func (r *reflectScreen) write(g ownGuide) tea.Cmd {
	r.wrote = g.ID
	return r.push(newOwnGuideScreen(r.session, g))
}

// nothingFits is said where the filters leave no guide.
const nothingFits = "Nothing fits all three at once. Setting one of them to any may help; the blank page takes anything."

// top are the filters, and in a small window the one in focus, or a word on
// each.
func (r *reflectScreen) top() (rows []string, at int) {
	const roomy = 10
	st := r.styles
	for i, name := range filterNames {
		mark, style := "  ", st.strong
		if i == r.focus {
			mark, style = st.accent.Render("› "), st.selected
		}
		value := st.accent.Render("◂ ") + style.Render(filterWords(i, r.filters[i])) + st.accent.Render(" ▸")
		rows = append(rows, ansi.Truncate(mark+st.muted.Render(pad(name, 9))+value, r.width, "…"))
	}
	switch {
	case r.height >= roomy:
		return append(rows, ""), r.focus
	case r.focus < filterCount:
		return rows[r.focus : r.focus+1], 0
	}
	var words []string
	for i, v := range r.filters {
		words = append(words, filterWords(i, v))
	}
	return []string{st.muted.Render(ansi.Truncate("  "+strings.Join(words, " · "), r.width, "…"))}, 0
}

// list are the items under the names of their shelves; at says where the one in
// focus is.
func (r *reflectScreen) list() (rows []string, at int) {
	st, shelf, wide := r.styles, "", 0
	for _, it := range r.items {
		wide = max(wide, ansi.StringWidth(it.title))
	}
	for i, it := range r.items {
		if it.shelf != shelf {
			if r.none {
				rows = append(append(rows, ""), wrapped(st.muted, nothingFits, r.width)...)
			}
			rows = append(rows, "", st.muted.Render(it.shelf))
			shelf = it.shelf
		}
		mark, style := st.pointed(i == r.focus-filterCount)
		if i == r.focus-filterCount {
			at = len(rows)
		}
		about := r.about(it)
		room := r.width - 4 - ansi.StringWidth(about)
		name := ansi.Truncate(it.title, max(room, 8), "…")
		rows = append(rows, ansi.Truncate(mark+style.Render(pad(name, min(wide, room)))+"  "+st.muted.Render(about), r.width, "…"))
	}
	return rows, at
}

// about is what is said beside an item: how long it takes, and its lens where
// there is room.
func (r *reflectScreen) about(it reflectItem) string {
	lengths := r.lengths(it.guide)
	if it.way == toPage || len(lengths) == 0 {
		return ""
	}
	if r.width < wideRow {
		return fmt.Sprintf("%d min", lengths[len(lengths)-1])
	}
	return strings.TrimRight(pad(minutesWords(lengths), len("4 or 10 minutes"))+"  "+it.guide.Lens, " ")
}

// page is what is shown; at says where the focus is.
func (r *reflectScreen) page() (page []string, at int) {
	page, at = r.top()
	rows, item := r.list()
	rows, above := scrollTo(rows, item, max(r.height-len(page), 0), r.styles.muted)
	if r.focus >= filterCount {
		at = len(page) + item - above
	}
	return append(page, rows...), at
}

func (r *reflectScreen) view() string {
	page, _ := r.page()
	return strings.Join(page, "\n")
}

func (r *reflectScreen) cursor() (x, y int, ok bool) {
	_, y = r.page()
	return 0, min(y, max(r.height-1, 0)), true
}

func (r *reflectScreen) title() (place, aside string) { return "Reflect", "" }
func (r *reflectScreen) typing() bool                 { return false }

func (r *reflectScreen) help() []key.Binding {
	if r.focus < filterCount {
		return []key.Binding{bind("← →", "change"), bind("enter", "to the list"), bind("↑ ↓", "move"), bind("esc", "back"), keys.quit}
	}
	out := []key.Binding{bind("enter", "choose"), bind("↑ ↓", "move")}
	if item, _ := r.item(); written(item.guide) {
		out = append(out, keys.change)
	}
	return append(out, bind("esc", "back"), keys.quit)
}
