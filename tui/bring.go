package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// A bringScreen marks what is wanted in supervision: the whole entry, or some
// of its answers, each with a side of Kadushin's triangle and whether it may be
// shared. It is kept unless that is chosen.
type bringScreen struct {
	*amendment
	place  string // where it was opened
	items  []bringItem
	focus  int
	width  int
	height int
}

// A bringItem is the whole entry, or one of its answers.
type bringItem struct {
	title string
	bring *journal.Bring
}

// A side is one of the three of the triangle, in plain words. The first is that
// it is not sure yet.
type side struct{ id, name, words string }

var sides = []side{
	{"", "side not sure", "Which side it belongs to may be found there."},
	{"administrative", "administrative", "The work itself: decisions, workload, procedures, who answers for what."},
	{"educative", "educative", "Learning: something to know, to try or to practise."},
	{"supportive", "supportive", "How it is with you, and what the work does to you."},
}

// sideOf returns a side by its id. One that is not of the triangle, from an
// import, has only its name.
func sideOf(id string) side {
	if i := slices.IndexFunc(sides, func(s side) bool { return s.id == id }); i >= 0 {
		return sides[i]
	}
	return side{id: id, name: printable(id)}
}

// bringWords says what is wanted in supervision; "" when nothing is.
func bringWords(b *journal.Bring) string {
	if b == nil {
		return ""
	}
	return "For supervision: " + markWords(b)
}

// The two that there are: what leaves, and what does not.
const (
	shareWords = "share"
	keptWords  = "keep, for you alone"
)

// markWords says how something is marked.
func markWords(b *journal.Bring) string {
	shown := keptWords
	if b.Share {
		shown = shareWords
	}
	return sideOf(b.Side).name + " · " + shown
}

func newBring(s *session, e journal.Entry, place string) *bringScreen {
	b := &bringScreen{place: place}
	b.items = append(b.items, bringItem{"The whole entry", cloneBring(e.Bring)})
	for _, a := range Named(s.journal, e).Answers {
		b.items = append(b.items, bringItem{printable(a.Prompt), cloneBring(a.Bring)})
	}
	b.amendment = &amendment{session: s, id: e.ID, change: b.marked}
	return b
}

// bringable reports whether an entry can be marked for supervision: a brief is
// for it already, and has marks of its own.
func bringable(h journal.Header) bool { return h.Guide != briefGuide }

func cloneBring(b *journal.Bring) *journal.Bring {
	if b == nil {
		return nil
	}
	c := *b
	return &c
}

// marked marks an entry as the page has it now.
func (b *bringScreen) marked() func(*journal.Entry) {
	var marks []*journal.Bring
	for _, item := range b.items {
		marks = append(marks, cloneBring(item.bring))
	}
	return func(e *journal.Entry) {
		e.Bring = marks[0]
		for i := range min(len(e.Answers), len(marks)-1) {
			e.Answers[i].Bring = marks[i+1]
		}
	}
}

func (b *bringScreen) init() tea.Cmd             { return nil }
func (b *bringScreen) setSize(width, height int) { b.width, b.height = width, height }

func (b *bringScreen) update(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case amendedMsg, keptMsg:
		return b.told(msg)
	}
	item := &b.items[b.focus]
	switch k := pressed(msg); {
	case b.saving:
	case k == "enter", k == "esc", k == "shift+tab":
		return b.leave()
	case k == "space" && item.bring != nil:
		item.bring = nil
		b.changed()
	case k == "space":
		item.bring = &journal.Bring{}
		b.changed()
	case k == "right":
		item.turn(1)
		b.changed()
	case k == "left":
		item.turn(-1)
		b.changed()
	case k == "s" && item.bring != nil:
		item.bring.Share = !item.bring.Share
		b.changed()
	default:
		b.focus = scrolled(k, b.focus, len(b.items)-1, b.height/2)
	}
	return nil
}

// turn goes to the next side, and marks what was not marked.
func (i *bringItem) turn(by int) {
	if i.bring == nil {
		i.bring = &journal.Bring{}
	}
	i.bring.Side = cycle(sides, sideOf(i.bring.Side), by).id
}

// rows are the parts of the entry; at says where the focused one is.
func (b *bringScreen) rows() (rows []string, at int) {
	st := b.styles
	for i, item := range b.items {
		mark, style := st.pointed(i == b.focus)
		if i == b.focus {
			at = len(rows)
		}
		rows = append(rows, mark+style.Render(ansi.Truncate(item.title, b.width-2, "…")))
		if item.bring != nil {
			rows = append(rows, "    "+st.muted.Render(ansi.Truncate("✓ "+markWords(item.bring), b.width-4, "…")))
		}
	}
	return rows, at
}

const bringIntro = "What would you like to bring to supervision? All of it is kept, for you alone, until you share it."

// foot says what the side of the focused part means.
func (b *bringScreen) foot() string {
	if bring := b.items[b.focus].bring; bring != nil {
		return sideOf(bring.Side).words
	}
	return ""
}

// page is what is shown; at says where the focused part is.
func (b *bringScreen) page() (page []string, at int) {
	st := b.styles
	head := wrapped(st.muted, bringIntro, b.width)
	if b.status != "" {
		head = wrapped(st.attention, b.status, b.width)
	}
	foot := append([]string{""}, wrapped(st.muted, b.foot(), b.width)...)
	rows, at := b.rows()
	room := b.height - len(foot)
	if len(head)+1+min(len(rows), 2*leastField) <= room {
		page = append(head, "")
	}
	rows, above := scrollTo(rows, at, max(room-len(page), 2), st.muted)
	at += len(page) - above
	page = append(page, rows...)
	return append(page, foot[:max(min(len(foot), b.height-len(page)), 0)]...), at
}

func (b *bringScreen) view() string {
	page, _ := b.page()
	return strings.Join(page, "\n")
}

func (b *bringScreen) cursor() (x, y int, ok bool) {
	_, y = b.page()
	return 0, y, y < b.height
}

func (b *bringScreen) title() (place, aside string) {
	return b.place + placeMark + "For supervision", ""
}
func (b *bringScreen) typing() bool { return false }

func (b *bringScreen) help() []key.Binding {
	out := []key.Binding{bind("enter", "done"), bind("space", "bring it")}
	if bring := b.items[b.focus].bring; bring != nil {
		share := bind("s", "share it")
		if bring.Share {
			share = bind("s", "keep it")
		}
		out = []key.Binding{bind("enter", "done"), bind("← →", "side"), share, bind("space", "leave it here")}
	} else {
		out = append(out, bind("← →", "side"))
	}
	if len(b.items) > 1 {
		out = append(out, bind("↑ ↓", "move"))
	}
	return out
}
