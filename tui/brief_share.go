package tui

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"goodenough/journal"
	"goodenough/tui/identifier"
)

// A shareScreen shows exactly what would leave the journal, and writes it out
// or copies it when it is asked to.
type shareScreen struct {
	*session
	entry   journal.Entry
	paper   paper
	kinds   []string // of what on it could identify somebody
	begun   string   // what was begun of a change, and is not on it; may be empty
	naming  string   // the form that a file is to have; "": no file is asked for
	name    lineInput
	asking  bool // whether to copy
	writing bool
	status  string
	scroll  int
	width   int
	height  int
}

// sharedMsg reports that a paper was written to a file.
type sharedMsg struct {
	screen *shareScreen
	path   string
	err    error
}

func newShare(s *session, e journal.Entry) *shareScreen {
	p := &shareScreen{session: s, entry: e, name: newLineInput(s, whereToWriteIt, "")}
	p.set(e)
	return p
}

func (p *shareScreen) set(e journal.Entry) {
	p.entry, p.paper = e, newPaper(p.library, e)
	p.kinds = p.paper.findings(p.scanner())
	p.begun = p.unkeptChange(e.ID)
}

// unkeptChange says that a change was begun of what is to leave: it leaves without
// that.
func (s *session) unkeptChange(id string) string {
	if d, ok := begunChange(s, id, false); ok {
		return "A change of this was begun " + dayWords(d.Created, s.now()) + ", and is not in it yet."
	}
	return ""
}

// init takes the entry as it is now: what may be shown may have been changed.
func (p *shareScreen) init() tea.Cmd {
	if e, err := p.journal.Get(p.entry.ID); err == nil {
		p.set(e)
	}
	return nil
}

func (p *shareScreen) setSize(width, height int) {
	p.width, p.height = width, height
	p.name.setWidth(width)
	p.scroll = min(p.scroll, p.last())
}

// What is said before anything leaves.
const (
	allThatLeaves  = "This is all that would be shared. What is written out or copied is not encrypted any more: anyone who has it can read it."
	mayIdentify    = "Somebody could be known by this: "
	copyWarning    = "A clipboard is open to every program here. Some keep what was on it, and some pass it on to other devices. Copy it all the same?"
	copied         = "Your terminal was asked to copy it. Not every one does: paste it to see."
	whereToWriteIt = "A new file, readable by you alone:"
)

func (p *shareScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case sharedMsg:
		if msg.screen == p {
			p.wrote(msg)
		}
	case tea.PasteMsg:
		if p.naming != "" {
			p.name.editor.update(msg)
		}
	case tea.KeyPressMsg:
		if p.writing {
			return nil // the reply says what became of it
		}
		p.status = ""
		switch {
		case p.naming != "":
			return p.keyNaming(msg)
		case p.asking:
			p.asking = false
			if key.Matches(msg, keys.yes) {
				p.status = copied
				return tea.SetClipboard(p.paper.text())
			}
			return nil
		}
		return p.key(msg)
	}
	return nil
}

func (p *shareScreen) key(msg tea.KeyPressMsg) tea.Cmd {
	switch k := msg.String(); k {
	case "esc", "shift+tab":
		return p.pop()
	case "q":
		return quit
	case "b":
		if p.isBrief() {
			return p.push(newMarks(p.session, p.entry))
		}
	case "e":
		if changeable(p.session, p.entry) {
			return p.push(beginChange(p.session, p.entry, false))
		}
	case "h", "m", "t":
		if !p.paper.empty() {
			p.ask(map[string]string{"h": formHTML, "m": formMarkdown, "t": formText}[k])
		}
	case "c":
		p.asking = !p.paper.empty()
		p.scroll = 0
	default:
		p.scroll = scrolled(k, p.scroll, p.last(), p.height)
	}
	return nil
}

func (p *shareScreen) isBrief() bool { return !isCPD(p.entry.Header) }

// extensions are how a file of each form ends.
var extensions = map[string]string{formHTML: ".html", formMarkdown: ".md", formText: ".txt"}

// ask asks where a file is to be. Its name says no more than what it is.
func (p *shareScreen) ask(form string) {
	name := "supervision-"
	if !p.isBrief() {
		name = "cpd-draft-"
	}
	name += p.now().Local().Format("2006-01-02") + extensions[form]
	if dir, err := os.UserHomeDir(); err == nil {
		name = filepath.Join(dir, name)
	}
	p.naming = form
	p.name = newLineInput(p.session, whereToWriteIt, name)
	p.name.setWidth(p.width)
	p.scroll = 0
}

func (p *shareScreen) keyNaming(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		p.naming = ""
	case "enter":
		if p.name.text() == "" {
			p.naming = ""
			return nil
		}
		p.writing = true
		paper, form, name := p.paper, p.naming, p.name.text()
		return func() tea.Msg {
			path, err := WriteNew(name, func(w io.Writer) error { return paper.write(w, form) })
			return sharedMsg{p, path, err}
		}
	default:
		p.name.editor.update(msg)
	}
	return nil
}

// wrote says what became of a file.
func (p *shareScreen) wrote(msg sharedMsg) {
	p.writing = false
	if p.status = Sentence(msg.err); msg.err == nil {
		p.naming = ""
		p.status = "Written to " + printable(msg.path)
	}
}

// findings says which kinds of thing on a paper could identify somebody, each
// once. It is a word before it leaves, and stops nothing.
func (p paper) findings(scanner *identifier.Scanner) []string {
	var kinds []string
	for _, part := range p.parts {
		for _, it := range part.items {
			for _, text := range []string{it.text, it.about} {
				for _, f := range scanner.Scan(text) {
					if kind := f.Kind.Label(); !slices.Contains(kinds, kind) {
						kinds = append(kinds, kind)
					}
				}
			}
		}
	}
	return kinds
}

// rows are the page as it is read: what is to be known first, and the paper.
func (p *shareScreen) rows() []string {
	st := p.styles
	var rows []string
	lines := func(s string, style lipgloss.Style) {
		rows = append(rows, wrapped(style, s, p.width)...)
	}
	say := func(s string, style lipgloss.Style) {
		if s != "" {
			lines(s, style)
			rows = append(rows, "")
		}
	}
	say(p.status, st.attention)
	say(p.begun, st.attention)
	switch {
	case p.asking:
		say(copyWarning+"  y yes   n no", st.attention)
	case p.naming != "":
		rows = append(rows, strings.Split(p.name.view(st, true), "\n")...)
		rows = append(rows, "")
	}
	say(p.paper.nothing(), st.ink)
	if p.paper.empty() {
		return rows
	}
	say(allThatLeaves, st.muted)
	if len(p.kinds) > 0 {
		say(mayIdentify+strings.Join(p.kinds, ", ")+".", st.attention)
	}
	lines(strings.TrimSpace(p.paper.text()), st.ink)
	return rows
}

// last is how far the page can be moved up.
func (p *shareScreen) last() int { return max(len(p.rows())-p.height, 0) }

func (p *shareScreen) view() string { return pageOf(p.rows(), p.scroll, p.height, p.styles) }

func (p *shareScreen) cursor() (x, y int, ok bool) {
	if p.naming == "" {
		return 0, 0, true
	}
	x, y = p.name.cursor()
	for _, said := range []string{p.status, p.begun} {
		if said != "" {
			y += strings.Count(wrap(said, p.width), "\n") + 2
		}
	}
	return x, y, y < p.height
}

func (p *shareScreen) title() (place, aside string) {
	place = "Supervision"
	if !p.isBrief() {
		place = p.paper.title
	}
	return place + placeMark + "What would be shared", ""
}

func (p *shareScreen) typing() bool { return p.naming != "" }

func (p *shareScreen) help() []key.Binding {
	switch {
	case p.naming != "":
		return []key.Binding{bind("enter", "write it"), bind("esc", "not now")}
	case p.asking:
		return []key.Binding{keys.yes, keys.no}
	}
	out := []key.Binding{bind("esc", "back")}
	if !p.paper.empty() {
		out = append(out, bind("h", "a page to print"))
	}
	if p.isBrief() {
		out = append(out, bind("b", "share or keep"))
	}
	if changeable(p.session, p.entry) {
		out = append(out, keys.change)
	}
	if !p.paper.empty() {
		out = append(out, bind("m", "Markdown"), bind("t", "plain text"), bind("c", "copy"))
	}
	if p.last() > 0 {
		out = append(out, bind("↓ ↑", "scroll"))
	}
	return append(out, keys.quit)
}
