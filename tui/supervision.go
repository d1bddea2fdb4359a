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

// A supervisionScreen is the way in to supervision: what to do before it and
// after it, what was agreed and is open, and when the next one is.
type supervisionScreen struct {
	*session
	ways    []way
	actions []action // what was open when the page was opened
	focus   int      // of the ways, then of the actions
	changes int      // of the actions, so far
	saved   int      // changes when they were saved
	order   saveOrder
	saving  bool
	leaving bool // once they are saved
	status  string
	width   int
	height  int
}

func newSupervision(s *session) *supervisionScreen {
	p := &supervisionScreen{session: s}
	p.refresh()
	return p
}

// init looks again whenever the page comes back into view.
func (p *supervisionScreen) init() tea.Cmd {
	p.refresh()
	return nil
}

func (p *supervisionScreen) refresh() {
	if p.journal == nil {
		return
	}
	p.ways = nil
	add := func(b key.Binding, name, about string, open func() tea.Cmd) {
		p.ways = append(p.ways, way{binding: b, name: name, about: about, open: open})
	}
	guide := func(b key.Binding, id, name, about string) {
		if w := p.begun(id); w != nil {
			add(b, name, "begun "+dayWords(w.draft.Created, p.now()), func() tea.Cmd { return p.push(newGuideScreen(p.session, p.begun(id), true)) })
		} else if g, ok := p.library.Guide(id); ok {
			add(b, name, about, func() tea.Cmd { return p.push(beginGuide(p.session, g, false)) })
		}
	}
	minutes := ""
	if g, ok := p.library.Guide(briefGuide); ok {
		minutes = minutesWords([]int{g.Minutes})
	}
	guide(keys.briefing, briefGuide, "Prepare a brief", minutes)
	if h, ok := p.newest(briefGuide); ok {
		add(keys.preview, "What would be shared", "the brief of "+h.Created.Local().Format("Monday 2 January"), func() tea.Cmd { return p.preview(h.ID) })
	}
	guide(keys.afterwards, afterwards, "Afterwards", "what was agreed, or that it did not happen")
	add(keys.when, "When", p.whenWords(), func() tea.Cmd { return p.push(newDates(p.session)) })
	if g, ok := p.cpdGuide(); ok {
		guide(keys.cpd, g.ID, g.Title, p.cpdAbout())
	}
	if h, ok := p.newest(cpdEngland, cpdPlain); ok {
		add(keys.writeOut, "Write a draft out", "of "+h.Created.Local().Format("Monday 2 January"), func() tea.Cmd { return p.preview(h.ID) })
	}
	if !p.unsaved() {
		p.actions = p.openActions()
	}
	p.focus = min(p.focus, len(p.ways)+len(p.actions)-1)
}

// begun is what was begun of a guide and is not kept yet, nil when nothing was. A
// brief may take days: unlike a check-in, it is not of the day it was begun on.
func (s *session) begun(guide string) *walk {
	for _, d := range s.journal.Drafts() {
		if d.Guide == guide && d.Of == "" {
			return s.resume(d)
		}
	}
	return nil
}

// newest is the newest entry of some guides.
func (s *session) newest(guides ...string) (h journal.Header, ok bool) {
	for h := range s.journal.Entries(journal.Query{}) {
		if slices.Contains(guides, h.Guide) {
			return h, true
		}
	}
	return h, false
}

// preview goes to what would leave of an entry.
func (p *supervisionScreen) preview(id string) tea.Cmd {
	e, err := p.journal.Get(id)
	if err != nil {
		p.status = Sentence(err)
		return nil
	}
	return p.push(newShare(p.session, e))
}

func (p *supervisionScreen) setSize(width, height int) { p.width, p.height = width, height }

func (p *supervisionScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case actionsSavedMsg:
		return p.savedActions(msg)
	case tea.KeyPressMsg:
		if p.leaving {
			return nil
		}
		p.status = ""
		return p.key(msg)
	}
	return nil
}

func (p *supervisionScreen) key(msg tea.KeyPressMsg) tea.Cmd {
	switch k := msg.String(); k {
	case "esc", "shift+tab":
		return p.leave()
	case "q":
		return quit
	case "enter", "space":
		if at := p.focus - len(p.ways); at >= 0 {
			return p.toggle(at)
		}
		if k == "enter" {
			return p.ways[p.focus].open()
		}
		return nil
	case "up", "down", "home", "end", "pgup", "pgdown":
		p.focus = scrolled(k, p.focus, len(p.ways)+len(p.actions)-1, p.height)
		return nil
	}
	for _, w := range p.ways {
		if key.Matches(msg, w.binding) {
			return w.open()
		}
	}
	return nil
}

// toggle marks an action as done, or as open again. It stays on the page until
// that is left, so that a slip can be put right.
func (p *supervisionScreen) toggle(at int) tea.Cmd {
	a := &p.actions[at]
	a.item.Done, a.changed = !a.item.Done, true
	p.changes++
	return p.saveActions()
}

// rows are the whole page; at says where the focus is.
func (p *supervisionScreen) rows() (rows []string, at int) {
	st := p.styles
	if p.status != "" {
		rows = append(wrapped(st.attention, p.status, p.width), "")
	}
	nameCells := nameCells(p.ways)
	for i, w := range p.ways {
		if i == p.focus {
			at = len(rows)
		}
		rows = append(rows, w.row(st, i == p.focus, 3, nameCells, p.width))
	}
	if len(p.actions) == 0 {
		return rows, at
	}
	rows = append(rows, "", st.muted.Render(groupOpen))
	for i, a := range p.actions {
		mark, style := st.pointed(i == p.focus-len(p.ways))
		if i == p.focus-len(p.ways) {
			at = len(rows)
		}
		box := "☐ "
		item := a.item
		if item.Done {
			box = "☑ "
		}
		line := mark + style.Render(box+printable(itemText(item))) + st.muted.Render("  "+a.entry.Created.Local().Format("2 January"))
		rows = append(rows, ansi.Truncate(line, p.width, "…"))
	}
	return rows, at
}

func (p *supervisionScreen) page() (page []string, at int) {
	rows, at := p.rows()
	rows, above := scrollTo(rows, at, p.height, p.styles.muted)
	return rows, at - above
}

func (p *supervisionScreen) view() string {
	page, _ := p.page()
	return strings.Join(page, "\n")
}

func (p *supervisionScreen) cursor() (x, y int, ok bool) {
	_, y = p.page()
	return 0, y, true
}

func (p *supervisionScreen) title() (place, aside string) {
	n := 0
	for _, a := range p.actions {
		if !a.item.Done {
			n++
		}
	}
	if aside = p.soonWords(); aside == "" && n > 0 {
		aside = fmt.Sprintf("%d open", n)
	}
	return "Supervision", aside
}

func (p *supervisionScreen) typing() bool { return false }

func (p *supervisionScreen) help() []key.Binding {
	out := []key.Binding{bind("enter", "choose"), bind("esc", "home")}
	if p.focus >= len(p.ways) {
		out[0] = bind("space", "done, or not")
	}
	for _, w := range p.ways {
		out = append(out, w.binding)
	}
	return append(out, bind("↑ ↓", "move"), keys.quit)
}
