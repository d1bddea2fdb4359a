package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/tui/pattern"
)

// A patternScreen shows one pattern, drawn or in words, and goes on to the
// others and to other periods.
type patternScreen struct {
	*session
	list   *patternsScreen
	rows   []string
	scroll int
	width  int
	height int
}

func newPattern(l *patternsScreen) *patternScreen { return &patternScreen{session: l.session, list: l} }

func (p *patternScreen) init() tea.Cmd { return nil }

func (p *patternScreen) setSize(width, height int) {
	p.width, p.height = width, height
	p.set()
}

// set makes the rows. There may be thousands, so they are not made for every
// view.
func (p *patternScreen) set() {
	if p.list.sections == nil {
		p.rows = []string{p.list.periodRow(), "", p.styles.muted.Render(counting)}
		return
	}
	period, dates := p.list.periodRow(), p.styles.muted.Render(p.list.report.Span.String())
	p.rows = []string{period, dates, ""}
	if beside := period + "  " + dates; ansi.StringWidth(beside) <= p.width {
		p.rows = []string{beside, ""}
	}
	s := p.section()
	switch {
	case s.TooFew() != "":
		p.say(p.styles.muted, s.About)
		p.rows = append(p.rows, "")
		p.say(p.styles.ink, s.TooFew())
	case p.list.words:
		for _, line := range s.Text() {
			p.rows = append(p.rows, hanging(line, p.width)...)
		}
	default:
		p.say(p.styles.muted, s.About)
		p.rows = append(p.rows, "")
		p.rows = append(p.rows, p.drawn(s.ID)...)
		if s.After != nil {
			p.rows = append(p.rows, "")
			p.say(p.styles.muted, strings.Join(s.After, " "))
		}
	}
	p.scroll = min(p.scroll, p.last())
}

func (p *patternScreen) section() pattern.Section { return p.list.sections[p.list.focus] }

// say adds text, wrapped.
func (p *patternScreen) say(style lipgloss.Style, s string) {
	p.rows = append(p.rows, wrapped(style, s, p.width)...)
}

// hanging wraps a line so that what belongs to it stands a little to the right.
func hanging(s string, width int) []string {
	first, rest, wrapped := strings.Cut(wrap(s, width), "\n")
	if !wrapped {
		return []string{first}
	}
	rows := []string{first}
	for line := range strings.SplitSeq(wrap(strings.ReplaceAll(rest, "\n", " "), width-2), "\n") {
		rows = append(rows, "  "+line)
	}
	return rows
}

// drawn is the picture of a pattern.
func (p *patternScreen) drawn(id string) []string {
	d := drawing{report: p.list.report, styles: p.styles, width: p.width}
	switch id {
	case "systems":
		return d.systems()
	case "feelings":
		return d.feelings()
	case "squares":
		return d.squares()
	case "times":
		return d.times()
	case "triangle":
		return d.triangle()
	}
	return d.calendar()
}

// last is how far the page can be moved up.
func (p *patternScreen) last() int { return max(len(p.rows)-p.height, 0) }

func (p *patternScreen) update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(patternsMsg); ok {
		p.set() // the list is below this screen, and has taken it
		return nil
	}
	switch k := pressed(msg); k {
	case "right":
		return p.turned(p.list.turn(1))
	case "left":
		return p.turned(p.list.turn(-1))
	case "tab":
		if n := len(p.list.sections); n > 0 {
			p.list.focus = (p.list.focus + 1) % n
			p.turned(nil)
		}
	case "v":
		p.list.words = !p.list.words
		p.turned(nil)
	case "esc", "shift+tab", "enter":
		return p.pop()
	case "q":
		return quit
	default:
		p.scroll = scrolled(k, p.scroll, p.last(), p.height)
	}
	return nil
}

// turned shows from its top what is another page now.
func (p *patternScreen) turned(cmd tea.Cmd) tea.Cmd {
	p.scroll = 0
	p.set()
	return cmd
}

func (p *patternScreen) view() string { return pageOf(p.rows, p.scroll, p.height, p.styles) }

func (p *patternScreen) cursor() (x, y int, ok bool) { return 0, 0, true }

func (p *patternScreen) title() (place, aside string) {
	if p.list.sections == nil {
		return "Patterns", ""
	}
	return "Patterns" + placeMark + p.section().Title, p.section().Count()
}

func (p *patternScreen) typing() bool { return false }

func (p *patternScreen) help() []key.Binding {
	shown := keys.inWords
	if p.list.words {
		shown = keys.asPicture
	}
	out := []key.Binding{shown, bind("← →", "period"), bind("tab", "the next"), bind("esc", "back")}
	if p.last() > 0 {
		out = append(out, bind("↓ ↑", "scroll"), keys.pageDown, keys.pageUp)
	}
	return append(out, keys.quit)
}
