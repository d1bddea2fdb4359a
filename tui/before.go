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

// A beforeScreen is the one page before a practice: that it can be stopped,
// what to rest on, how long, at which pace.
type beforeScreen struct {
	*session
	practice content.Practice
	anchor   int
	length   int
	pace     int
	hideTime bool
	bell     bool
	inside   bool // of a guide, as where it was chosen
	focus    int
	moved    bool // the focus was; until then the page is read from its top
	about    bool // the evidence and the sources are shown
	scroll   int
	width    int
	height   int
}

// anyKeyStops is said before every practice (Treleaven 2018: a choice, and a
// way out).
const anyKeyStops = "Eyes open is fine. Any key stops it; space pauses."

func newBefore(s *session, p content.Practice) *beforeScreen {
	b := &beforeScreen{session: s, practice: p, hideTime: s.settings.HideTime, bell: s.settings.Bell}
	b.anchor = max(slices.IndexFunc(s.library.Anchors(), func(a content.Anchor) bool { return a.ID == s.settings.Anchor }), 0)
	return b
}

// setMinutes chooses a length, where the practice comes in it.
func (b *beforeScreen) setMinutes(minutes int) {
	b.length = max(slices.Index(b.practice.Minutes, minutes), 0)
}

// course is the practice as it is chosen.
func (b *beforeScreen) course() content.Course {
	c := content.Course{Practice: b.practice, Length: b.length}
	if anchors := b.library.Anchors(); len(anchors) > 0 {
		c.Anchor = anchors[b.anchor]
	}
	if len(b.practice.Paces) > 0 {
		c.Pace = b.practice.Paces[b.pace]
	}
	return c
}

// An option is a line of the page: a name, what it is now, and how to change it.
type option struct {
	name  string
	value string
	turn  func(by int)
}

func (b *beforeScreen) options() []option {
	step := func(at *int, n int) func(int) {
		return func(by int) { *at = ((*at+by)%n + n) % n }
	}
	flip := func(on *bool) func(int) { return func(int) { *on = !*on } }
	c := b.course()
	var out []option
	if c.Rests() {
		out = append(out, option{"Rest on", c.Anchor.Label, step(&b.anchor, max(len(b.library.Anchors()), 1))})
	}
	if n := len(b.practice.Minutes); n > 1 {
		out = append(out, option{"How long", minutesWords(b.practice.Minutes[b.length : b.length+1]), func(by int) {
			shortest := slices.Sorted(slices.Values(b.practice.Minutes))
			b.setMinutes(cycle(shortest, b.practice.Minutes[b.length], by))
		}})
	}
	if n := len(b.practice.Paces); n > 1 && c.AtBreath() {
		out = append(out, option{"Pace", c.Pace.Label, step(&b.pace, n)})
	}
	shown := "shown"
	if b.hideTime {
		shown = "hidden"
	}
	return append(out,
		option{"Time left", shown, flip(&b.hideTime)},
		option{"A bell at the end", onOff(b.bell), flip(&b.bell)},
	)
}

func (b *beforeScreen) init() tea.Cmd             { return nil }
func (b *beforeScreen) setSize(width, height int) { b.width, b.height = width, height }

func (b *beforeScreen) update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if b.about {
		return b.aboutKey(k)
	}
	options := b.options()
	switch k.String() {
	case "up":
		b.focus, b.scroll, b.moved = max(b.focus-1, 0), 0, true
	case "down":
		b.focus, b.scroll, b.moved = min(b.focus+1, len(options)-1), 0, true
	case "right":
		options[b.focus].turn(1)
	case "left":
		options[b.focus].turn(-1)
	case "pgdown", "space", "pgup":
		b.scroll = scrolled(k.String(), b.scroll, b.last(), b.height)
	case "enter":
		p := newPractice(b.session, b.course())
		p.hideTime, p.bell = b.hideTime, b.bell
		return b.replace(p)
	case "esc", "shift+tab":
		if b.inside {
			return b.replace(newPractiseInside(b.session))
		}
		return b.replace(newPractise(b.session))
	case "q":
		return quit
	}
	if key.Matches(k, keys.about) {
		b.about, b.scroll = true, 0
	}
	b.focus = min(b.focus, len(b.options())-1)
	return nil
}

// aboutKey takes a key on the page about the practice.
func (b *beforeScreen) aboutKey(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(k, keys.about), key.Matches(k, keys.back), k.String() == "enter":
		b.about, b.scroll = false, 0
	case key.Matches(k, keys.quit):
		return quit
	default:
		b.scroll = scrolled(k.String(), b.scroll, b.last(), b.height)
	}
	return nil
}

// rows are the whole page; at says where the focused option is.
func (b *beforeScreen) rows() (rows []string, at int) {
	st := b.styles
	say := func(s string, style lipgloss.Style) {
		rows = append(rows, wrapped(style, s, b.width)...)
	}
	if b.about {
		return cardRows(st, b.aboutCard(), b.width), 0
	}
	if b.practice.Before != "" {
		say(b.practice.Before, st.ink)
		rows = append(rows, "")
	}
	say(anyKeyStops, st.strong)
	say(b.practice.Leave, st.muted)
	rows = append(rows, "")
	for i, o := range b.options() {
		mark, style := st.pointed(i == b.focus)
		if i == b.focus {
			at = len(rows)
		}
		rows = append(rows, ansi.Truncate(mark+style.Render(pad(o.name, 19))+st.muted.Render(o.value), b.width, "…"))
	}
	return rows, at
}

// aboutCard says when it helps, what is known of it, and from where.
func (b *beforeScreen) aboutCard() content.Card {
	return aboutCard(b.library, b.practice.Sources, b.practice.Helps, b.practice.Evidence)
}

// last is how far the page can be moved up.
func (b *beforeScreen) last() int {
	rows, _ := b.rows()
	return max(len(rows)-b.height, 0)
}

// page is what is shown: the focused option, or from where it was scrolled to.
func (b *beforeScreen) page() (page []string, at int) {
	rows, at := b.rows()
	from := b.scroll
	if from == 0 && b.moved && !b.about && at >= b.height {
		from = min(at-b.height/2, len(rows)-b.height)
	}
	return strings.Split(pageOf(rows, from, b.height, b.styles), "\n"), at - from
}

func (b *beforeScreen) view() string {
	page, _ := b.page()
	return strings.Join(page, "\n")
}

func (b *beforeScreen) cursor() (x, y int, ok bool) {
	_, y = b.page()
	return 0, y, !b.about && y >= 0 && y < b.height
}

func (b *beforeScreen) title() (place, aside string) {
	return "Practise" + placeMark + b.practice.Title, ""
}
func (b *beforeScreen) typing() bool { return false }

func (b *beforeScreen) help() []key.Binding {
	out := []key.Binding{bind("enter", "begin"), bind("← →", "change"), keys.about, bind("↑ ↓", "move"), bind("esc", "back")}
	if b.about {
		out = []key.Binding{bind("esc", "back")}
	}
	return append(append(out, scrollKeys(b.scroll, b.last())...), keys.quit)
}
