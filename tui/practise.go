package tui

import (
	"io/fs"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
)

// A practiseScreen offers the practices, by the time there is.
type practiseScreen struct {
	*session
	inside bool // of a guide: a guide that is a practice is not offered there
	time   int  // minutes there are; 0: any
	focus  int
	items  []practiseItem
	width  int
	height int
}

// A practiseItem is a practice, or a guide that is one.
type practiseItem struct {
	shelf    string
	title    string
	minutes  []int
	practice content.Practice
	guide    content.Guide // when it is one
}

// times are the minutes to choose by; 0 is any.
var times = []int{0, 1, 3, 5, 10, 15}

func newPractise(s *session) *practiseScreen {
	p := &practiseScreen{session: s}
	p.gather()
	return p
}

// FindPractice returns nil when there is a practice of that name, or when the
// name is empty: then there is a choice. The error names those that there are.
func FindPractice(own fs.FS, name string) error {
	library, _ := content.Load(own)
	var names []string
	for _, shelf := range library.Shelves() {
		names = append(names, shelf.Items...)
	}
	return known("practice", name, names)
}

// newPractiseInside offers the practices in the middle of a guide, which one
// does not walk inside another.
func newPractiseInside(s *session) *practiseScreen {
	p := &practiseScreen{session: s, inside: true}
	p.gather()
	return p
}

// gather lists what fits into the time there is.
func (p *practiseScreen) gather() {
	p.items = nil
	for _, shelf := range p.library.Shelves() {
		for _, id := range shelf.Items {
			item := practiseItem{shelf: shelf.Label}
			if pr, ok := p.library.Practice(id); ok {
				item.practice, item.title, item.minutes = pr, pr.Title, slices.Sorted(slices.Values(pr.Minutes))
			} else if g, ok := p.session.guide(id); ok && !p.inside {
				item.guide, item.title, item.minutes = g, g.Title, []int{g.Minutes}
			} else {
				continue
			}
			if p.time == 0 || slices.Contains(item.minutes, p.time) {
				p.items = append(p.items, item)
			}
		}
	}
	p.focus = max(min(p.focus, len(p.items)-1), 0)
}

func (p *practiseScreen) init() tea.Cmd             { return nil }
func (p *practiseScreen) setSize(width, height int) { p.width, p.height = width, height }

func (p *practiseScreen) update(msg tea.Msg) tea.Cmd {
	switch pressed(msg) {
	case "up":
		p.focus = max(p.focus-1, 0)
	case "down":
		p.focus = min(p.focus+1, max(len(p.items)-1, 0))
	case "home":
		p.focus = 0
	case "end":
		p.focus = max(len(p.items)-1, 0)
	case "right":
		p.time = cycle(times, p.time, 1)
		p.gather()
	case "left":
		p.time = cycle(times, p.time, -1)
		p.gather()
	case "enter":
		return p.open()
	case "esc", "shift+tab":
		return p.pop()
	case "q":
		return quit
	}
	return nil
}

// open goes to what is chosen. It takes this screen's place, so that its end
// is back where somebody came from.
func (p *practiseScreen) open() tea.Cmd {
	if p.focus >= len(p.items) {
		return nil
	}
	item := p.items[p.focus]
	if item.practice.ID == "" {
		return p.replace(newBegin(p.session, item.guide, false))
	}
	before := newBefore(p.session, item.practice)
	before.inside = p.inside
	before.setMinutes(p.time)
	return p.replace(before)
}

// rows are the practices under the names of their shelves; at says where the
// focused one is.
func (p *practiseScreen) rows() (rows []string, at int) {
	st := p.styles
	wide := 0
	for _, item := range p.items {
		wide = max(wide, ansi.StringWidth(item.title))
	}
	for i, item := range p.items {
		if i == 0 || item.shelf != p.items[i-1].shelf {
			if i > 0 {
				rows = append(rows, "")
			}
			rows = append(rows, st.muted.Render(item.shelf))
		}
		mark, style := st.pointed(i == p.focus)
		if i == p.focus {
			at = len(rows)
		}
		about := minutesWords(item.minutes)
		name := ansi.Truncate(item.title, max(p.width-4-ansi.StringWidth(about), 8), "…")
		line := mark + style.Render(pad(name, min(wide, p.width-4-ansi.StringWidth(about)))) + "  " + st.muted.Render(about)
		rows = append(rows, ansi.Truncate(line, p.width, "…"))
	}
	return rows, at
}

// page is what is shown: how much time there is, and what fits into it.
func (p *practiseScreen) page() (page []string, at int) {
	have := "any time"
	if p.time > 0 {
		have = minutesWords([]int{p.time})
	}
	page = []string{p.styles.muted.Render("I have ") + p.styles.accent.Render("◂ ") + p.styles.strong.Render(have) + p.styles.accent.Render(" ▸"), ""}
	rows, at := p.rows()
	rows, above := scrollTo(rows, at, p.height-len(page), p.styles.muted)
	return append(page, rows...), len(page) + at - above
}

func (p *practiseScreen) view() string {
	page, _ := p.page()
	return strings.Join(page, "\n")
}

func (p *practiseScreen) cursor() (x, y int, ok bool) {
	_, y = p.page()
	return 0, min(y, max(p.height-1, 0)), true
}

func (p *practiseScreen) title() (place, aside string) { return "Practise", "" }
func (p *practiseScreen) typing() bool                 { return false }

func (p *practiseScreen) help() []key.Binding {
	return []key.Binding{bind("enter", "choose"), bind("← →", "how long"), bind("↑ ↓", "move"), bind("esc", "back"), keys.quit}
}
