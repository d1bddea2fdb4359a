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

// A retagScreen gives tags another name in every entry, makes one of two, or
// takes them away. It asks first, and says how many entries it changed.
type retagScreen struct {
	*session
	tags   []journal.Use
	ready  bool
	focus  int
	naming bool // the new name is being typed
	name   lineInput
	asking string // what is asked before it is done; empty: nothing
	tag    journal.Use
	to     string // the name that the tag is to have; empty: none
	busy   bool
	status string
	width  int
	height int
}

// Messages of the page of tags.
type (
	tagsMsg struct {
		retag *retagScreen
		tags  []journal.Use
	}
	retaggedMsg struct {
		retag *retagScreen
		n     int
		err   error
	}
)

func newRetag(s *session) *retagScreen {
	return &retagScreen{session: s, name: newLineInput(s, "", "")}
}

// init counts the tags, beside.
func (r *retagScreen) init() tea.Cmd {
	j := r.journal
	return func() tea.Msg { return tagsMsg{r, j.Uses().Tags} }
}

func (r *retagScreen) setSize(width, height int) {
	r.width, r.height = width, height
	r.name.setWidth(width)
}

func (r *retagScreen) update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tagsMsg:
		if m.retag == r {
			r.tags, r.ready = m.tags, true
			r.focus = max(min(r.focus, len(r.tags)-1), 0)
		}
		return nil
	case retaggedMsg:
		if m.retag != r {
			return nil
		}
		r.busy, r.status = false, fmt.Sprintf("%d %s changed.", m.n, plural(m.n, "entry was", "entries were"))
		if m.err != nil {
			r.status = Sentence(m.err)
		}
		return r.init()
	}
	switch {
	case r.busy:
		return nil
	case r.asking != "":
		return r.answer(pressed(msg))
	case r.naming:
		r.typeName(msg)
		return nil
	}
	return r.key(pressed(msg))
}

func (r *retagScreen) key(k string) tea.Cmd {
	if k != "" {
		r.status = ""
	}
	switch k {
	case "r", "enter":
		if len(r.tags) > 0 {
			r.tag, r.naming = r.tags[r.focus], true
			r.name.label = "Another name for “" + printable(r.tag.Name) + "”:"
			r.name.editor.setValue(r.tag.Name)
		}
	case "x":
		if len(r.tags) > 0 {
			r.tag = r.tags[r.focus]
			r.ask("")
		}
	case "esc", "shift+tab":
		return r.pop()
	case "q":
		return quit
	default:
		r.focus = scrolled(k, r.focus, len(r.tags)-1, r.height)
	}
	return nil
}

// typeName takes a key while the new name is typed.
func (r *retagScreen) typeName(msg tea.Msg) {
	switch pressed(msg) {
	case "enter":
		if to := r.name.text(); to != "" && to != r.tag.Name {
			r.ask(to)
		}
		r.naming = false
	case "esc", "shift+tab":
		r.naming = false
	default:
		r.name.editor.update(msg)
	}
}

// ask puts what would be done.
func (r *retagScreen) ask(to string) {
	name, n := printable(r.tag.Name), fmt.Sprintf("%d %s", r.tag.Entries, plural(r.tag.Entries, "entry", "entries"))
	r.to = to
	switch {
	case to == "":
		r.asking = fmt.Sprintf("Take “%s” away from %s? What is written in them stays.", name, n)
	case r.has(to):
		r.asking = fmt.Sprintf("There is “%s” already. Make one tag of both, in %s? They cannot be told apart afterwards.", printable(to), n)
	default:
		r.asking = fmt.Sprintf("Call “%s” “%s” in %s?", name, printable(to), n)
	}
}

func (r *retagScreen) has(name string) bool { return slices.Contains(names(r.tags), name) }

// answer takes whether it is to be done.
func (r *retagScreen) answer(k string) tea.Cmd {
	if k == "" {
		return nil
	}
	if r.asking = ""; k != "y" {
		return nil
	}
	r.busy = true
	j, from, to := r.journal, r.tag.Name, r.to
	return func() tea.Msg {
		n, err := j.Retag(from, to)
		return retaggedMsg{r, n, err}
	}
}

// head is what is asked or said above the tags.
func (r *retagScreen) head() []string {
	text, style := "", r.styles.attention
	switch {
	case r.asking != "":
		text = r.asking + "  y yes   n no"
	case r.busy || !r.ready:
		text, style = "A moment …", r.styles.muted
	case r.status != "":
		text, style = r.status, r.styles.ink
	case len(r.tags) == 0:
		text, style = "No entry has a tag yet.", r.styles.muted
	}
	if text == "" {
		return nil
	}
	rows := append(wrapped(style, text, r.width), "")
	return rows[:min(len(rows), max(r.height-1, 1))]
}

// page is all that is shown; at says where the focused tag is.
func (r *retagScreen) page() (page []string, at int) {
	if r.naming {
		return strings.Split(r.name.view(r.styles, true), "\n"), 0
	}
	st := r.styles
	page = r.head()
	var rows []string
	for i, t := range r.tags {
		mark, style := st.pointed(i == r.focus)
		n := fmt.Sprintf("%5d  ", t.Entries)
		rows = append(rows, ansi.Truncate(mark+st.muted.Render(n)+style.Render(printable(t.Name)), r.width, "…"))
	}
	rows, above := scrollTo(rows, r.focus, max(r.height-len(page), 1), st.muted)
	return append(page, rows...), len(page) + r.focus - above
}

func (r *retagScreen) view() string {
	page, _ := r.page()
	return clip(strings.Join(page, "\n"), r.height)
}

func (r *retagScreen) cursor() (x, y int, ok bool) {
	if r.naming {
		x, y = r.name.cursor()
		return x, y, true
	}
	_, y = r.page()
	return 0, min(y, max(r.height-1, 0)), true
}

func (r *retagScreen) title() (place, aside string) { return "Journal" + placeMark + "Tags", "" }
func (r *retagScreen) typing() bool                 { return r.naming }

func (r *retagScreen) help() []key.Binding {
	switch {
	case r.asking != "":
		return []key.Binding{keys.yes, keys.no}
	case r.naming:
		return []key.Binding{bind("enter", "go on"), bind("esc", "back")}
	case len(r.tags) == 0:
		return []key.Binding{bind("esc", "back"), keys.quit}
	}
	return []key.Binding{bind("r", "rename"), bind("esc", "back"), bind("x", "take away"), bind("↑ ↓", "move"), keys.quit}
}
