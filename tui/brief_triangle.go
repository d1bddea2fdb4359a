package tui

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// A triangleField is the whole brief on one page: the triangle, and its lines,
// each of which can be shared or kept, moved to another side, and written on.
type triangleField struct {
	*session
	lines     []briefLine
	focus     int
	open      *bringField // a line that is written on; nil: none
	marksOnly bool        // the words stay as they are
	stray     stray
	width     int
	height    int
}

func newTriangleField(s *session, w *walk) *triangleField {
	return &triangleField{session: s, lines: s.namedLines(w)}
}

func (f *triangleField) setSize(width, height int) {
	f.width, f.height = width, height
	if f.open != nil {
		f.open.setSize(width, max(height-len(f.openHead()), leastField))
	}
}

func (f *triangleField) update(msg tea.Msg) (bool, tea.Cmd) {
	if f.open != nil {
		taken, cmd := f.open.update(msg)
		f.lines[f.focus] = f.open.written()
		if k := pressed(msg); !taken && (k == "enter" || k == "esc" || k == "tab" || k == "shift+tab") {
			f.open = nil
			return true, nil
		}
		return taken, cmd
	}
	if len(f.lines) == 0 {
		return false, nil
	}
	if f.stray.follows(msg) {
		return true, nil
	}
	line := &f.lines[f.focus]
	switch k := pressed(msg); k {
	case "space":
		line.turnShare() // without words it stays, and its row says why
	case "right":
		line.turnSide(1)
	case "left":
		line.turnSide(-1)
	case "e":
		if f.marksOnly {
			return false, nil
		}
		f.open = newBringField(f.session, *line, "")
		f.setSize(f.width, f.height)
	case "up", "down", "home", "end", "pgup", "pgdown":
		f.focus = scrolled(k, f.focus, len(f.lines)-1, f.height)
	default:
		return f.stray.takes(msg), nil
	}
	return true, nil
}

// nothingYet is said where a brief has no lines: that is fine too.
const nothingYet = "Nothing is in it yet, and that is fine. You can go with nothing prepared."

// openHead names the line that is written on.
func (f *triangleField) openHead() []string {
	title := ansi.Truncate(printable(f.lines[f.focus].title), f.width, "…")
	return []string{f.styles.muted.Render(title)}
}

// page is what is shown; at says where the focused line is.
func (f *triangleField) page() (page []string, at int) {
	if f.open != nil {
		return append(f.openHead(), strings.Split(f.open.view(), "\n")...), 0
	}
	list, focus := f.list()
	if len(list) == 0 {
		list = wrapped(f.styles.muted, nothingYet, f.width)
	}
	room := max(f.height-min(len(list), max(f.height/2, leastField))-1, 0)
	if page = trianglePicture(f.session, onSide(f.lines), f.width, room); len(page) > 0 {
		page = append(page, "")
	}
	said := f.stray.rows(f.styles, triangleInstead, f.width)
	rows, above := scrollTo(list, focus, max(f.height-len(page)-len(said), 1), f.styles.muted)
	return slices.Concat(page, rows, said), len(page) + focus - above
}

// triangleInstead says what the keys do, to somebody who types words.
const triangleInstead = "Here space shares or keeps, and ← → change the side."

// noWords is said of a line without words.
const noWords = "no words yet, so nothing to share"

// list is the lines one after another; at says where the focused one starts.
func (f *triangleField) list() (rows []string, at int) {
	for i := range f.lines {
		if i == f.focus {
			at = len(rows)
		}
		rows = append(rows, f.lineRows(i)...)
	}
	return rows, at
}

// underIndent stands before what belongs to the row above it.
const underIndent = "    "

// lineRows are a line: whether it may be shown, its side, and its words, in a
// small window below; what has none says so.
func (f *triangleField) lineRows(i int) []string {
	st, l := f.styles, f.lines[i]
	mark, style := st.pointed(i == f.focus)
	words := st.ink.Render(printable(oneRow(cmp.Or(l.text, l.want, l.title))))
	row := mark + style.Render(pad(l.shareWord(), 7)) + st.muted.Render(pad(sideOf(l.side).name, 16))
	rows := []string{row + words}
	if f.width < besideWidth {
		rows = []string{row, underIndent + words}
	}
	if !l.words() {
		for part := range strings.SplitSeq(wrap(noWords, f.width-len(underIndent)), "\n") {
			rows = append(rows, underIndent+st.muted.Render(part))
		}
	}
	for i, row := range rows {
		rows[i] = ansi.Truncate(row, f.width, "…")
	}
	return rows
}

func (f *triangleField) view() string {
	page, _ := f.page()
	return strings.Join(page, "\n")
}

func (f *triangleField) cursor() (x, y int, ok bool) {
	if f.open != nil {
		x, y, ok = f.open.cursor()
		return x, y + len(f.openHead()), ok
	}
	_, at := f.page()
	return 0, at, true
}

func (f *triangleField) typing() bool { return f.open != nil && f.open.typing() }

func (f *triangleField) help() []key.Binding {
	if f.open != nil {
		return f.open.help()
	}
	if len(f.lines) == 0 {
		return []key.Binding{keys.next, keys.back}
	}
	out := []key.Binding{keys.next}
	if f.lines[f.focus].words() {
		out = append(out, bind("space", "share or keep"))
	}
	if !f.marksOnly {
		out = append(out, keys.change)
	}
	out = append(out, bind("← →", "side"))
	if len(f.lines) > 1 {
		out = append(out, bind("↑ ↓", "move"))
	}
	return append(out, keys.back)
}

func (f *triangleField) answers() []journal.Answer {
	var out []journal.Answer
	for _, l := range f.lines {
		out = append(out, l.answers()...)
	}
	return out
}
