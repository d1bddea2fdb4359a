package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// A bringField takes one thing to bring to supervision: the words, what is
// wanted of it, its side, its verb, and whether it may be shown.
type bringField struct {
	*session
	line   briefLine
	text   editor
	want   lineInput
	quiet  string // something known that belongs to the question; may be empty
	focus  bringPart
	stray  stray
	width  int
	height int
}

// A bringPart is what the keys act on.
type bringPart int

// The parts, from above.
const (
	bringText bringPart = iota
	bringWant
	bringSide
	bringVerb
	bringShare
)

func newBringField(s *session, l briefLine, quiet string) *bringField {
	f := &bringField{session: s, line: l, quiet: quiet, text: s.newEditor(false), want: newLineInput(s, wantPrompt, l.want)}
	f.text.setValue(l.text)
	return f
}

// leastText is how many rows the words have at the least.
const leastText = 2

// underText is how many rows stand under the words: what is wanted and the three
// choices, and where there is room a space before each of the two.
func (f *bringField) underText() int {
	rows := f.want.rows() + 3
	if f.airy() {
		rows += 2
	}
	return rows
}

// airy reports whether there is room for a space between the parts.
func (f *bringField) airy() bool {
	return f.height >= len(f.quietRows())+leastText+1+f.want.rows()+3+2
}

func (f *bringField) setSize(width, height int) {
	f.width, f.height = width, height
	f.want.setWidth(width)
	f.grow()
}

// grow gives the words the rows that they take, and one to go on in.
func (f *bringField) grow() {
	room := max(f.height-f.underText()-len(f.quietRows()), leastText)
	f.text.setSize(f.width, min(max(f.text.rows()+1, leastText+1), room))
}

func (f *bringField) update(msg tea.Msg) (bool, tea.Cmd) {
	switch f.focus {
	case bringText:
		if k := pressed(msg); k == "enter" {
			if f.text.empty() {
				return false, nil // nothing to ask more about
			}
			f.focus = bringWant
			return true, nil
		}
		taken := f.text.update(msg)
		f.grow()
		return taken || f.move(msg), nil
	case bringWant:
		return f.want.editor.update(msg) || f.move(msg), nil
	}
	if f.stray.follows(msg) {
		return true, nil
	}
	by := map[string]int{"right": 1, "space": 1, "left": -1}[pressed(msg)]
	if by == 0 {
		return f.move(msg) || f.stray.takes(msg), nil
	}
	switch f.focus {
	case bringSide:
		f.line.turnSide(by)
	case bringVerb:
		f.line.turnVerb(by)
	case bringShare:
		f.line = f.written()
		f.line.turnShare()
	}
	return true, nil
}

// bringInstead says how the choices under the words are changed, to somebody
// who types there.
const bringInstead = "Here ← → change it. ↑ goes to the words."

// move goes between the parts.
func (f *bringField) move(msg tea.Msg) bool {
	switch pressed(msg) {
	case "down":
		f.focus = min(f.focus+1, bringShare)
	case "up":
		f.focus = max(f.focus-1, bringText)
	default:
		return false
	}
	return true
}

// quietRows are what stands over the words, where it leaves room for the rest.
func (f *bringField) quietRows() []string {
	if f.quiet == "" {
		return nil
	}
	rows := wrapped(f.styles.muted, f.quiet, f.width)
	switch room := f.height - len(rows) - leastText - f.want.rows() - 3; {
	case room < 0:
		return nil
	case room > 3: // the parts have their space, and this has one too
		return append(rows, "")
	}
	return rows
}

// rows are the whole field; at says where the focused part starts.
func (f *bringField) rows() (rows []string, at int) {
	part := func(p bringPart, more ...string) {
		if p == f.focus {
			at = len(rows)
		}
		rows = append(rows, more...)
	}
	rows = append(rows, f.quietRows()...)
	part(bringText, strings.Split(f.text.view(), "\n")...)
	var space []string
	if f.airy() {
		space = []string{""}
	}
	rows = append(rows, space...)
	part(bringWant, strings.Split(f.want.view(f.styles, f.focus == bringWant), "\n")...)
	rows = append(rows, space...)
	part(bringSide, f.option(bringSide, "Side", sideOf(f.line.side).name, sideOf(f.line.side).words)...)
	part(bringVerb, f.option(bringVerb, "To", f.line.verb, "what you would like done with it")...)
	part(bringShare, f.option(bringShare, "Share", f.written().shareWord(), f.sharing())...)
	return append(rows, f.stray.rows(f.styles, bringInstead, f.width)...), at
}

// sharing says what sharing the line, or keeping it, comes to.
func (f *bringField) sharing() string {
	switch l := f.written(); {
	case !l.words():
		return noWords
	case l.share:
		return "on the page you take; you see that first"
	}
	return "for you alone"
}

// option is a line with a choice, and what it means: beside it, or below it while
// the keys are for it, where there is no room beside.
func (f *bringField) option(p bringPart, name, value, about string) []string {
	st := f.styles
	row := "  " + st.ink.Render(pad(name, 7)) + st.ink.Render(value)
	if p == f.focus {
		row = st.accent.Render("› ") + st.selected.Render(pad(name, 7)) + st.accent.Render("◂ ") + st.strong.Render(value) + st.accent.Render(" ▸")
	}
	beside := row + "  " + st.muted.Render(about)
	switch {
	case ansi.StringWidth(beside) <= f.width:
		return []string{beside}
	case p != f.focus:
		return []string{row}
	}
	rows := []string{row}
	for line := range strings.SplitSeq(wrap(about, f.width-len("  ")), "\n") {
		rows = append(rows, "  "+st.muted.Render(line))
	}
	return rows
}

func (f *bringField) view() string {
	rows, _ := f.rows()
	return strings.Join(rows, "\n")
}

func (f *bringField) cursor() (x, y int, ok bool) {
	_, at := f.rows()
	switch f.focus {
	case bringText:
		x, y = f.text.cursor()
	case bringWant:
		x, y = f.want.cursor()
	}
	return x, y + at, true
}

func (f *bringField) typing() bool { return f.focus == bringText || f.focus == bringWant }

func (f *bringField) help() []key.Binding {
	switch f.focus {
	case bringText:
		next := keys.next
		if !f.text.empty() {
			next = bind("enter", "what I want")
		}
		return []key.Binding{next, bind("↓", "more about it"), keys.back, keys.newLine}
	case bringWant:
		return []key.Binding{keys.next, bind("↓", "side, verb, share"), bind("↑", "the words"), keys.back}
	}
	return []key.Binding{keys.next, bind("← →", "change"), bind("↑", "above"), keys.back}
}

// written is the line as it stands.
func (f *bringField) written() briefLine {
	l := f.line
	l.text, l.want = strings.TrimSpace(f.text.value()), f.want.text()
	return l
}

func (f *bringField) answers() []journal.Answer { return f.written().answers() }
