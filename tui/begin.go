package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
)

// A beginScreen is the one page before a guide: when it helps, whose thinking it
// follows, when to leave it; whether whole or shorter; and its questions, of
// which each can be left out.
type beginScreen struct {
	*session
	guide  content.Guide
	short  bool
	focus  int  // -1: the page is being read; otherwise a row of choices
	about  bool // the evidence and the sources are shown
	scroll int
	status string
	width  int
	height int
}

func newBegin(s *session, g content.Guide, short bool) *beginScreen {
	return &beginScreen{session: s, guide: g, short: short && len(g.Brief.Steps) > 0, focus: -1}
}

// init looks again at a guide of the person's own, which may have been changed.
func (b *beginScreen) init() tea.Cmd {
	if b.journal == nil || !written(b.guide) {
		return nil
	}
	g := b.ownGuide(b.guide.ID)
	if len(g.Questions) == 0 {
		return b.pop()
	}
	b.guide = g.guide()
	b.focus = min(b.focus, b.choices()-1)
	return nil
}

func (b *beginScreen) setSize(width, height int) { b.width, b.height = width, height }

// versions reports whether there is a whole and a shorter one; that is the
// first choice then.
func (b *beginScreen) versions() bool { return len(b.guide.Brief.Steps) > 0 }

// asks are the steps of the version that is chosen.
func (b *beginScreen) asks() []content.Step { return version(b.guide, b.short).Steps }

func (b *beginScreen) left(step content.Step) bool {
	return slices.Contains(b.settings.Off[b.guide.ID], step.ID)
}

// first is the row of choices at which the questions start.
func (b *beginScreen) first() int {
	if b.versions() {
		return 1
	}
	return 0
}

func (b *beginScreen) choices() int { return b.first() + len(b.asks()) }

func (b *beginScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case settingsSavedMsg:
		b.status = Sentence(msg.err)
	case tea.KeyPressMsg:
		return b.key(msg)
	}
	return nil
}

func (b *beginScreen) key(msg tea.KeyPressMsg) tea.Cmd {
	switch k := msg.String(); {
	case k == "enter":
		return b.replace(beginGuide(b.session, b.guide, b.short))
	case k == "esc" && b.about, k == "shift+tab" && b.about, key.Matches(msg, keys.about):
		b.about, b.scroll = !b.about && b.known(), 0
	case k == "esc", k == "shift+tab":
		return b.pop()
	case k == "q":
		return quit
	case key.Matches(msg, keys.change) && written(b.guide):
		return b.push(newOwnGuideScreen(b.session, b.ownGuide(b.guide.ID)))
	case b.about, b.focus < 0 && k != "down", k == "pgdown", k == "pgup":
		b.focus = -1
		b.scroll = scrolled(k, b.scroll, b.last(), b.height)
	case k == "down":
		b.focus, b.scroll = min(b.focus+1, b.choices()-1), 0
	case k == "up":
		b.focus--
	case k == "space", k == "left", k == "right":
		return b.turn()
	}
	return nil
}

// turn changes the choice in focus.
func (b *beginScreen) turn() tea.Cmd {
	if b.focus < b.first() {
		b.short = !b.short
		return nil
	}
	b.toggleStep(b.guide, b.asks()[b.focus-b.first()])
	return b.saveSettings()
}

// known reports whether there is something to say about it.
func (b *beginScreen) known() bool { return b.guide.Evidence != "" || len(b.guide.Sources) > 0 }

// aboutCard says what there is to say of something, and from where.
func aboutCard(l *content.Library, sources []string, said ...string) content.Card {
	var c content.Card
	for _, text := range said {
		if text != "" {
			c.Blocks = append(c.Blocks, content.Block{Text: text})
		}
	}
	for _, s := range l.Cited(sources) {
		c.Blocks = append(c.Blocks, content.Block{Kind: content.Item, Text: sourceWords(s)})
	}
	return c
}

// beforeGuide is what there is to know before a guide, one thing a line.
func beforeGuide(g content.Guide) []string {
	var out []string
	say := func(before, text string) {
		if text != "" {
			out = append(out, before+text)
		}
	}
	say("", g.Helps)
	if g.By != "" {
		say("It follows ", strings.TrimSuffix(g.By, ".")+".")
	}
	say(betterLeft, g.Leave)
	if written(g) {
		say("", "Your own questions. They are sealed like what you answer.")
	}
	return out
}

// versionWords name a version and how long it takes.
func versionWords(g content.Guide, short bool) string {
	switch {
	case short:
		return "the shorter, " + minutes(g.Brief.Minutes)
	case g.Minutes == 0:
		return "all of it"
	}
	return "all of it, " + minutes(g.Minutes)
}

// allOff is said when every question was left out.
const allOff = "Leaving all of them out would leave nothing, so all of them are asked."

// rows are the whole page; at says where the choice in focus is.
func (b *beginScreen) rows() (rows []string, at int) {
	st := b.styles
	if b.about {
		return cardRows(st, aboutCard(b.library, b.guide.Sources, b.guide.Evidence), b.width), 0
	}
	say := func(s string, style lipgloss.Style) {
		rows = append(rows, wrapped(style, s, b.width)...)
	}
	if b.status != "" {
		say(b.status, st.attention)
	}
	for _, text := range beforeGuide(b.guide) {
		say(text, st.ink)
	}
	rows = append(rows, "")
	choose := func(i int, name, value string) {
		if i == b.focus {
			at = len(rows)
		}
		rows = append(rows, b.choice(i == b.focus, name, value))
	}
	if b.versions() {
		choose(0, "Which", st.accent.Render("◂ ")+st.muted.Render(versionWords(b.guide, b.short))+st.accent.Render(" ▸"))
		rows = append(rows, "")
	}
	asked := 0
	for i, step := range b.asks() {
		value := "left out"
		if !b.left(step) {
			value = "asked"
			asked++
		}
		choose(b.first()+i, stepName(b.guide, step), st.muted.Render(value))
	}
	if asked == 0 {
		say(allOff, st.muted)
	}
	return rows, at
}

// choice is a line to choose: a name, and what it is now. That is always to be
// seen; a long name gives way to it.
func (b *beginScreen) choice(focused bool, name, value string) string {
	mark, style := b.styles.pointed(focused)
	room := max(b.width-4-ansi.StringWidth(value), 0)
	name = pad(ansi.Truncate(name, room, "…"), min(b.nameWidth(), room))
	return ansi.Truncate(mark+style.Render(name)+"  "+value, b.width, "…")
}

// stepName is what a list calls a step: a question of the person's own by all
// of its words.
func stepName(g content.Guide, step content.Step) string {
	if written(g) {
		return step.Prompt
	}
	return step.Short
}

// nameWidth is the width of the longest name of a choice.
func (b *beginScreen) nameWidth() int {
	wide := 0
	for _, step := range b.asks() {
		wide = max(wide, ansi.StringWidth(stepName(b.guide, step)))
	}
	return wide
}

// last is how far the page can be moved up.
func (b *beginScreen) last() int {
	rows, _ := b.rows()
	return max(len(rows)-b.height, 0)
}

func (b *beginScreen) view() string {
	rows, at := b.rows()
	if b.focus < 0 || b.about {
		return pageOf(rows, min(b.scroll, b.last()), b.height, b.styles)
	}
	rows, _ = scrollTo(rows, at, b.height, b.styles.muted)
	return strings.Join(rows, "\n")
}

func (b *beginScreen) cursor() (x, y int, ok bool) {
	if b.focus < 0 || b.about {
		return 0, 0, true
	}
	rows, at := b.rows()
	_, above := scrollTo(rows, at, b.height, b.styles.muted)
	return 0, at - above, true
}

func (b *beginScreen) title() (place, aside string) {
	switch {
	case written(b.guide):
		aside = ownShelf
	case b.short:
		aside = minutesWords([]int{b.guide.Brief.Minutes})
	default:
		aside = minutesWords([]int{b.guide.Minutes})
	}
	return "Reflect" + placeMark + b.guide.Title, aside
}

func (b *beginScreen) typing() bool { return false }

func (b *beginScreen) help() []key.Binding {
	if b.about {
		out := []key.Binding{bind("enter", "begin"), bind("ctrl+o", "back to it")}
		if b.last() > 0 {
			out = append(out, bind("↓ ↑", "scroll"))
		}
		return append(out, keys.quit)
	}
	out := []key.Binding{bind("enter", "begin")}
	switch {
	case b.focus < 0:
		out = append(out, bind("↓", "choose"))
	case b.focus < b.first():
		out = append(out, bind("← →", "whole, shorter"), bind("↑ ↓", "move"))
	default:
		out = append(out, bind("space", "ask, or leave out"), bind("↑ ↓", "move"))
	}
	if b.known() {
		out = append(out, keys.about)
	}
	if written(b.guide) {
		out = append(out, keys.change)
	}
	if b.last() > 0 {
		out = append(out, bind("pgdn pgup", "read on"))
	}
	return append(out, bind("esc", "back"), keys.quit)
}
