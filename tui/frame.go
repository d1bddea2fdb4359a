package tui

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
)

// The page is one column, in the middle of a wide window.
const (
	columnWidth = 72
	leastMargin = 2
	leastWidth  = 30
	leastHeight = 10
	frameRows   = 4 // title, space, rule, keys
)

// A broad screen has something to put beside its column.
type broad interface {
	// breadth is how much of the room it takes.
	breadth(room int) int
}

// column returns the width of the page that is shown and what is left of it.
func (a *app) column() (width, margin int) {
	width = columnWidth
	if a.ground == nil {
		width = a.columnOf(a.top())
	}
	width = min(width, a.width-2*leastMargin)
	return width, max((a.width-width)/2, leastMargin)
}

// columnOf is the width of a screen's page in this window.
func (a *app) columnOf(s screen) int {
	room := a.width - 2*leastMargin
	if b, ok := s.(broad); ok {
		return b.breadth(room)
	}
	return min(room, columnWidth)
}

func (a *app) layout() {
	for _, s := range a.stack {
		s.setSize(max(a.columnOf(s), 1), max(a.bodyHeight(), leastField))
	}
	if a.ground != nil {
		width, _ := a.column()
		a.ground.width, a.ground.height = max(width, 1), max(a.bodyHeight(), leastField)
	}
}

// tooSmall reports whether the window has no room for a page, nor for what would
// be typed on it.
func (a *app) tooSmall() bool {
	return a.width > 0 && (a.width < leastWidth || a.height < leastHeight)
}

// bodyHeight is what the frame leaves to a screen.
func (a *app) bodyHeight() int { return a.height - frameRows }

// View implements [tea.Model].
func (a *app) View() (v tea.View) {
	defer func() {
		if p := recover(); p != nil {
			a.failed = p
			v = tea.NewView("")
		}
	}()
	v.AltScreen = true
	v.ReportFocus = a.settings.Cover
	v.WindowTitle = "goodenough" // never more: titles are seen, and kept, by others
	switch {
	case a.width == 0:
		return v
	case a.tooSmall():
		v.Content = clip(wrap("Please make the window a little larger.", a.width), a.height)
		return v
	case a.ground != nil:
		place, aside := a.ground.title()
		v.Content = a.frame(place, aside, a.ground.view(), a.ground.help(), nil)
		return v
	case a.covered:
		v.Content = a.frame("goodenough", "", a.coverText(), nil, nil)
		return v
	case a.helping > 0:
		v.Content = a.helpPage()
		return v
	}
	s := a.top()
	place, aside := s.title()
	v.Content = a.frame(place, aside, s.view(), s.help(), helpKey(s))
	if x, y, ok := s.cursor(); ok {
		_, margin := a.column()
		v.Cursor = tea.NewCursor(x+margin, y+2)
		v.Cursor.Blink = false
		v.Cursor.Shape = tea.CursorBar
	}
	return v
}

// frame sets a body between the title line and the keys.
func (a *app) frame(place, aside, body string, bindings []key.Binding, help *key.Binding) string {
	width, margin := a.column()
	lines := make([]string, 0, a.height)
	lines = append(lines, titleLine(a.styles, place, aside, width), "")
	rows := strings.Split(body, "\n")
	for i := range a.bodyHeight() {
		row := ""
		if i < len(rows) {
			row = ansi.Truncate(rows[i], width, "")
		}
		lines = append(lines, row)
	}
	lines = append(lines, a.styles.rule.Render(strings.Repeat("─", width)), keyLine(a.styles, bindings, help, width))
	indent := strings.Repeat(" ", margin)
	for i, l := range lines {
		if l != "" {
			lines[i] = indent + l
		}
	}
	return strings.Join(lines, "\n")
}

// placeMark stands between a place and the one inside it.
const placeMark = " ▸ "

// titleLine puts the place on the left and what belongs beside it on the right.
func titleLine(st styles, place, aside string, width int) string {
	room := width - ansi.StringWidth(aside)
	if aside != "" {
		room -= 2
	}
	if i := strings.LastIndex(place, placeMark); i >= 0 && ansi.StringWidth(place) > room {
		place = place[i+len(placeMark):] // where there is little room, the nearer place
	}
	if ansi.StringWidth(place) > room {
		place = ansi.Truncate(place, max(room-len(" …")+1, 0), "")
		if i := strings.LastIndex(place, " "); i > 0 {
			place = place[:i] // between two words
		}
		place = ansi.Truncate(strings.TrimRight(place, ",;:–▸ ")+" …", max(room, 0), "…")
	}
	gap := max(width-ansi.StringWidth(place)-ansi.StringWidth(aside), 0)
	return st.accent.Render(place) + strings.Repeat(" ", gap) + st.muted.Render(aside)
}

// keyLine lists bindings until the line is full; the rest is under must, the
// key for help, which always has its room.
func keyLine(st styles, bindings []key.Binding, must *key.Binding, width int) string {
	const gap = 3
	show := func(k key.Binding) string {
		name, words := st.ink.Render(k.Help().Key), cmp.Or(inLine[k.Help().Desc], k.Help().Desc)
		if words == "" {
			return name
		}
		return name + " " + st.muted.Render(words)
	}
	cells := func(k key.Binding) int { return ansi.StringWidth(show(k)) }
	var shown []string
	room := width
	if must != nil {
		room -= cells(*must) + gap
	}
	for i, k := range bindings {
		// Help comes after the two keys that matter most.
		if must != nil && i == 2 {
			shown = append(shown, show(*must))
			must = nil
		}
		if w := cells(k); w <= room {
			shown = append(shown, show(k))
			room -= w + gap
		}
	}
	if must != nil {
		shown = append(shown, show(*must))
	}
	return strings.Join(shown, strings.Repeat(" ", gap))
}

// helpKey is the key for help: a printable one is text while somebody types.
// Where a guide has room to name the keys that all questions have, they take
// that of its word.
func helpKey(s screen) *key.Binding {
	if g, ok := s.(*guideScreen); ok && s.typing() && g.width >= columnWidth {
		return &keys.helpAlone
	}
	if s.typing() {
		return &keys.helpTyping
	}
	return &keys.help
}

// helpKeyWidth is the width of the keys' names in help.
const helpKeyWidth = 8

// helpRows are all keys of the screen, one a line.
func (a *app) helpRows() []string {
	bindings := append(a.top().help(), bind("ctrl+g", "solid ground, and where to turn"))
	if a.journal != nil {
		bindings = append(bindings, keys.lock)
	}
	bindings = append(bindings, bind("ctrl+c", "close goodenough"))
	rows := make([]string, len(bindings))
	for i, k := range bindings {
		rows[i] = a.styles.ink.Render(pad(k.Help().Key, helpKeyWidth)) + " " + a.styles.muted.Render(k.Help().Desc)
	}
	if g, ok := a.top().(glosser); ok {
		width, _ := a.column()
		for _, t := range g.terms() {
			rows = append(append(rows, ""), wrapped(a.styles.ink, termWords(t), width)...)
		}
	}
	return rows
}

// A glosser has words of the field on its screen, which help explains.
type glosser interface{ terms() []content.Term }

// helpPage is the page of keys that is shown. In a small window there are
// several.
func (a *app) helpPage() string {
	rows, does := a.helpRows(), "back"
	from := min((a.helping-1)*a.bodyHeight(), len(rows)-1)
	if from+a.bodyHeight() < len(rows) {
		does = "more"
	}
	place, _ := a.top().title()
	return a.frame(place, "keys", strings.Join(rows[from:], "\n"), []key.Binding{bind("any key", does)}, nil)
}

func (a *app) coverText() string {
	width, _ := a.column()
	text := "Covered. Press any key to go on."
	if a.notice != "" {
		text = a.notice + " Press any key to go on."
	}
	return wrap(text, width)
}

// pad fills s with spaces up to width cells.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-ansi.StringWidth(s), 0))
}

// wrap breaks plain text at words into lines of at most width cells.
func wrap(s string, width int) string { return ansi.Wrap(s, max(width, 1), "") }

// wrapped is a text as rows of at most width cells, in one style.
func wrapped(style lipgloss.Style, s string, width int) []string {
	rows := strings.Split(wrap(s, width), "\n")
	for i, row := range rows {
		rows[i] = style.Render(row)
	}
	return rows
}
