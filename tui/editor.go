package tui

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// editor is the field people write in.
//
// It is our own because the place where people write is what this program
// exists for: a key costs the same in a long text as in an empty one, every
// change can be undone, and what looks like one character is one character.
//
// The text is held by paragraph, as bytes: bytes can be cleared once a passphrase
// was typed, strings cannot. What is written for the journal is in the answers as
// strings too, and only a new process is rid of those: see [Options.Relaunch]. Each paragraph keeps a table of its rows,
// and only the rows round a change are wrapped again.
type editor struct {
	// masked draws a dot for each character. It is meant for one line: a
	// passphrase.
	masked bool
	// method is how the terminal counts cells. The zero value is what the
	// renderer itself assumes until the terminal says that it knows graphemes.
	method ansi.Method

	oneLine       bool
	width, height int

	pars     []*paragraph
	caret    textPlace
	upstream bool    // at a soft break the caret is drawn at the upper row's end
	goal     int     // the column that up and down aim for, -1 when there is none
	top      textRow // the first visible row
	left     int     // the first visible byte of a single line

	history editHistory
	changes int
}

// textPlace is a position in the text: a paragraph and a byte in it, always
// between two characters.
type textPlace struct{ par, off int }

// before reports whether p comes before q in the text.
func (p textPlace) before(q textPlace) bool {
	return p.par < q.par || p.par == q.par && p.off < q.off
}

// past is the place behind a text that starts at p.
func (p textPlace) past(text []byte) textPlace {
	if n := bytes.Count(text, []byte{'\n'}); n > 0 {
		return textPlace{p.par + n, len(text) - bytes.LastIndexByte(text, '\n') - 1}
	}
	return textPlace{p.par, p.off + len(text)}
}

// newEditor returns an empty editor. With oneLine it is a single row that
// scrolls sideways and leaves Enter to the screen.
func newEditor(oneLine bool) editor {
	e := editor{oneLine: oneLine, height: 1, goal: -1}
	e.pars = []*paragraph{newParagraph(nil, e.limit())}
	return e
}

// setSize gives the editor its cells and rows.
func (e *editor) setSize(width, height int) {
	if e.oneLine {
		height = 1
	}
	before := e.limit()
	e.width, e.height = max(width, 0), max(height, 1)
	if e.limit() != before {
		for _, p := range e.pars {
			p.wrap(e.limit())
		}
		e.upstream, e.goal = false, -1
	}
	e.settle()
}

// setValue replaces the whole text, puts the caret at its end and forgets
// what could be undone. The text is kept byte for byte, except that a single
// line takes spaces for newlines.
func (e *editor) setValue(s string) {
	if e.oneLine {
		s = oneRow(s)
	}
	e.forget()
	e.pars = e.pars[:0]
	for line := range strings.SplitSeq(s, "\n") {
		e.pars = append(e.pars, newParagraph([]byte(line), e.limit()))
	}
	e.put(e.end())
	e.settle()
}

// wipe forgets the text and everything that could be undone, and clears the
// memory it knows of. Strings that value and view have handed out are beyond
// its reach.
func (e *editor) wipe() {
	e.forget()
	e.pars = []*paragraph{newParagraph(nil, e.limit())}
	e.put(textPlace{})
	e.settle()
}

// forget clears the bytes of the text and of the history.
func (e *editor) forget() {
	for _, p := range e.pars {
		p.clear()
	}
	clear(e.pars)
	e.history.clear()
	e.changes++
}

// value is the whole text.
func (e *editor) value() string {
	var b strings.Builder
	for i, p := range e.pars {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.Write(p.text)
	}
	return b.String()
}

// empty reports whether nothing is written.
func (e *editor) empty() bool {
	return len(e.pars) == 1 && len(e.pars[0].text) == 0
}

// revision grows with every change of the text.
func (e *editor) revision() int { return e.changes }

// update takes a key or a paste and reports whether it was the editor's.
// What it leaves is the screen's: Tab, Esc and the like, Enter and ctrl+j in a
// single line, and up or down where there is no further row.
func (e *editor) update(msg tea.Msg) bool {
	taken := false
	switch msg := msg.(type) {
	case tea.PasteMsg:
		text := msg.Content
		if e.oneLine {
			// A line copied whole brings its end along, which nobody means
			// to be part of a passphrase.
			text = strings.TrimRight(text, "\r\n")
		}
		e.change(e.caret, e.caret, e.clean(text), editWhole)
		taken = true
	case tea.KeyPressMsg:
		taken = e.press(msg.Key())
	}
	if taken {
		e.settle()
	}
	return taken
}

// press takes one key.
func (e *editor) press(k tea.Key) bool {
	if text := e.clean(k.Text); text != "" {
		e.change(e.caret, e.caret, text, editTyping)
		return true
	}
	if !k.Mod.Contains(tea.ModCtrl) && !k.Mod.Contains(tea.ModAlt) {
		k.Mod &^= tea.ModShift // a finger still on Shift changes nothing here
	}
	switch k.Keystroke() {
	case "enter", "ctrl+j", "alt+enter": // the screen may have Enter for itself
		if e.oneLine {
			return false
		}
		e.change(e.caret, e.caret, "\n", editTyping)
	case "left":
		e.move(e.charLeft())
	case "right":
		e.move(e.charRight())
	case "ctrl+left", "alt+left", "alt+b":
		e.move(e.wordLeft())
	case "ctrl+right", "alt+right", "alt+f":
		e.move(e.wordRight())
	case "ctrl+a":
		e.move(e.lineStart())
	case "ctrl+e":
		e.move(e.lineEnd())
	case "ctrl+home":
		e.move(textPlace{})
	case "ctrl+end":
		e.move(e.end())
	case "home":
		e.rowStart()
	case "end":
		e.rowEnd()
	case "up":
		return e.vertical(-1)
	case "down":
		return e.vertical(1)
	case "pgup":
		return e.page(-1)
	case "pgdown":
		return e.page(1)
	case "backspace", "ctrl+h":
		e.erase(e.charLeft(), editBackspace)
	case "delete":
		e.erase(e.charRight(), editDelete)
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		e.erase(e.wordLeft(), editWhole)
	case "alt+d", "ctrl+delete":
		e.erase(e.wordRight(), editWhole)
	case "ctrl+u":
		e.erase(e.lineStart(), editWhole)
	case "ctrl+k":
		e.erase(e.lineEnd(), editWhole)
	case "ctrl+z":
		e.undo()
	case "ctrl+y", "ctrl+shift+z":
		e.redo()
	default:
		return false
	}
	return true
}

// erase removes what is between the caret and to.
func (e *editor) erase(to textPlace, kind editKind) {
	if to.before(e.caret) {
		e.change(to, e.caret, "", kind)
	} else {
		e.change(e.caret, to, "", kind)
	}
}

// change replaces a stretch of text and remembers how to take it back.
func (e *editor) change(from, to textPlace, ins string, kind editKind) {
	if from == to && ins == "" {
		return
	}
	step := textEdit{
		kind: kind, at: from, before: e.caret,
		removed: e.between(from, to), inserted: []byte(ins),
	}
	e.history.add(step)
	e.replace(from, to, step.inserted)
}

// undo takes back the last step and puts the caret where it was.
func (e *editor) undo() {
	if s := e.history.back(); s != nil {
		e.replace(s.at, s.at.past(s.inserted), s.removed)
		e.put(s.before)
	}
}

// redo does again what was taken back last.
func (e *editor) redo() {
	if s := e.history.forward(); s != nil {
		e.replace(s.at, s.at.past(s.removed), s.inserted)
	}
}

// between is a copy of a stretch of the text.
func (e *editor) between(from, to textPlace) []byte {
	if from.par == to.par {
		return bytes.Clone(e.pars[from.par].text[from.off:to.off])
	}
	size := to.off - from.off
	for _, p := range e.pars[from.par:to.par] {
		size += len(p.text) + 1
	}
	text := append(make([]byte, 0, size), e.pars[from.par].text[from.off:]...)
	for _, p := range e.pars[from.par+1 : to.par] {
		text = append(append(text, '\n'), p.text...)
	}
	return append(append(text, '\n'), e.pars[to.par].text[:to.off]...)
}

// replace is the one way in which the text changes. It leaves the caret
// behind what was inserted, or behind the whole character when that has
// become part of one: an accent, the second half of a flag.
func (e *editor) replace(from, to textPlace, ins []byte) {
	limit := e.limit()
	p := e.pars[from.par]
	if from.par == to.par {
		p.splice(from.off, to.off-from.off, nil, limit)
	} else {
		last := e.pars[to.par]
		p.splice(from.off, len(p.text)-from.off, nil, limit)
		last.splice(0, to.off, nil, limit)
		p.join(last, limit)
		for _, gone := range e.pars[from.par+1 : to.par+1] {
			gone.clear()
		}
		e.pars = slices.Delete(e.pars, from.par+1, to.par+1)
	}

	lines := bytes.Split(ins, []byte{'\n'})
	if len(lines) > 1 {
		tail := p.split(from.off, limit)
		tail.splice(0, 0, lines[len(lines)-1], limit)
		added := make([]*paragraph, 0, len(lines)-1)
		for _, line := range lines[1 : len(lines)-1] {
			added = append(added, newParagraph(bytes.Clone(line), limit))
		}
		e.pars = slices.Insert(e.pars, from.par+1, append(added, tail)...)
	}
	p.splice(from.off, 0, lines[0], limit)

	end := from.past(ins)
	end.off = e.pars[end.par].snap(end.off)
	e.put(end)
	e.changes++
}

// clean makes text from outside fit to keep: one kind of newline, spaces for
// tabs, and nothing that could drive the terminal.
func (e *editor) clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = newlineReplacer.Replace(s)
	if e.oneLine {
		s = oneRow(s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, s)
}

// newlineReplacer turns every way to end a line into ours, and a tab into the
// spaces it looks like.
var newlineReplacer = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\t", "    ")

// oneRow puts a space where a line would end.
func oneRow(s string) string {
	return strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ").Replace(s)
}
