package tui

import (
	"fmt"
	"io"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui/pattern"
)

// A patternsScreen lists the patterns of a period, each with how many entries
// it rests on. They are counted when somebody asks for them, and never before.
type patternsScreen struct {
	*session
	period   pattern.Period
	report   pattern.Report
	sections []pattern.Section // nil until they are counted
	seq      int               // of the count that is waited for
	words    bool              // said in words, and not drawn
	focus    int
	width    int
	height   int
}

// A patternsMsg brings what was counted.
type patternsMsg struct {
	screen *patternsScreen
	seq    int
	report pattern.Report
}

// usualPeriod is what is shown first.
const usualPeriod = pattern.Period(12)

func newPatterns(s *session) *patternsScreen {
	return &patternsScreen{session: s, period: usualPeriod, words: s.settings.Still}
}

func (p *patternsScreen) init() tea.Cmd {
	if p.sections != nil {
		return nil
	}
	return p.count()
}

// count asks for the patterns of the period.
func (p *patternsScreen) count() tea.Cmd {
	p.seq++
	p.sections = nil
	j, seq, words, period, now := p.journal, p.seq, pattern.Words(p.library), p.period, p.now().Local()
	return func() tea.Msg { return patternsMsg{p, seq, pattern.Read(j, words, period, now)} }
}

// turn goes to another period.
func (p *patternsScreen) turn(by int) tea.Cmd {
	p.period = cycle(pattern.Periods, p.period, by)
	return p.count()
}

func (p *patternsScreen) setSize(width, height int) { p.width, p.height = width, height }

func (p *patternsScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(patternsMsg); ok {
		if m.screen == p && m.seq == p.seq {
			p.report, p.sections = m.report, m.report.Sections()
		}
		return nil
	}
	switch k := pressed(msg); k {
	case "right":
		return p.turn(1)
	case "left":
		return p.turn(-1)
	case "enter":
		if p.sections != nil {
			return p.push(newPattern(p))
		}
	case "esc", "shift+tab":
		return p.pop()
	case "q":
		return quit
	default:
		p.focus = scrolled(k, p.focus, max(len(p.sections)-1, 0), p.height)
	}
	return nil
}

// periodRow says how far back is looked, between the arrows that change it.
func (p *patternsScreen) periodRow() string {
	st := p.styles
	const before = "Looking back over "
	row := st.accent.Render("◂ ") + st.strong.Render(p.period.String()) + st.accent.Render(" ▸")
	if len(before)+ansi.StringWidth(row) > p.width {
		return row
	}
	return st.muted.Render(before) + row
}

const (
	counting   = "One moment."
	toTakeAway = "To take them with you: goodenough patterns --format csv for a spreadsheet, or svg for a team meeting, with numbers and no text of yours."
)

// page is what is shown; at says where the focus is.
func (p *patternsScreen) page() (page []string, at int) {
	st := p.styles
	said := func(s string) []string { return wrapped(st.muted, s, p.width) }
	page = []string{p.periodRow()}
	if p.sections == nil {
		return append(page, "", st.muted.Render(counting)), 0
	}
	if summary := said(p.report.Summary()); len(page)+len(summary)+1+len(p.sections) <= p.height {
		page = append(append(page, summary...), "")
	}
	rows, above := scrollTo(p.rows(), p.focus, p.height-len(page), st.muted)
	at = len(page) + p.focus - above
	page = append(page, rows...)
	for _, s := range []string{pattern.Legend, toTakeAway} {
		if below := said(s); len(page)+1+len(below) <= p.height {
			page = append(append(page, ""), below...)
		}
	}
	return page, at
}

// rows are the patterns by their names.
func (p *patternsScreen) rows() []string {
	st := p.styles
	var rows []string
	for i, s := range p.sections {
		mark, style := st.pointed(i == p.focus)
		about := s.Count()
		if s.TooFew() != "" {
			about += ", too few"
		}
		name := ansi.Truncate(s.Title, max(p.width-3-len(about), 1), "…")
		rows = append(rows, ansi.Truncate(mark+style.Render(pad(name, min(21, p.width-2-len(about))))+st.muted.Render(about), p.width, "…"))
	}
	return rows
}

func (p *patternsScreen) view() string {
	page, _ := p.page()
	return strings.Join(page, "\n")
}

func (p *patternsScreen) cursor() (x, y int, ok bool) {
	_, y = p.page()
	return 0, min(y, max(p.height-1, 0)), true
}

func (p *patternsScreen) title() (place, aside string) { return "Patterns", "" }
func (p *patternsScreen) typing() bool                 { return false }

func (p *patternsScreen) help() []key.Binding {
	out := []key.Binding{bind("← →", "period"), bind("esc", "home"), keys.quit}
	if p.sections != nil {
		out = append([]key.Binding{bind("enter", "look")}, append(out, bind("↑ ↓", "move"))...)
	}
	return out
}

// A PatternFormat is a way to write the patterns out.
type PatternFormat string

// The formats of [WritePatterns].
const (
	PatternText PatternFormat = "text"
	PatternCSV  PatternFormat = "csv"
	PatternSVG  PatternFormat = "svg"
)

// PatternsOut says what [WritePatterns] writes. The zero value is everything
// there is, in words.
type PatternsOut struct {
	Weeks    int // back from now; 0: to the first entry
	Format   PatternFormat
	OwnWords bool     // in a table: also the person's own words for feelings and parts of the day
	Only     []string // of [PatternNames]; nil: all
}

// PatternNames are the patterns, by the names that PatternsOut.Only takes.
func PatternNames() []string {
	var names []string
	for _, s := range (pattern.Report{}).Sections() {
		names = append(names, s.ID)
	}
	return names
}

// WritePatterns counts what a journal shows and writes it out. A table and a
// picture are for others to see: they have the program's own words, and the
// person's only where a table is asked to.
func WritePatterns(o Options, j *journal.Journal, w io.Writer, out PatternsOut) error {
	s := newSession(o)
	library := s.library
	if out.Format == PatternCSV || out.Format == PatternSVG {
		library, _ = content.Load(nil)
	}
	r := pattern.Read(j, pattern.Words(library), pattern.Period(out.Weeks), s.now().Local())
	r.Only = out.Only
	switch out.Format {
	case PatternCSV:
		if !out.OwnWords {
			r = r.WithoutOwn()
		}
		return r.WriteCSV(w)
	case PatternSVG:
		return r.WriteSVG(w)
	}
	return writePatternText(w, r)
}

func writePatternText(w io.Writer, r pattern.Report) error {
	lines := []string{"Patterns, " + r.Period.String() + ": " + r.Summary(), pattern.Legend}
	for _, s := range r.Sections() {
		lines = append(lines, "", s.Title+", "+s.Count())
		lines = append(lines, s.Text()...)
	}
	_, err := fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}
