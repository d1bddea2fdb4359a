package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
)

// A notTodayScreen is for somebody who would rather not. It asks nothing.
type notTodayScreen struct {
	*session
	focus  int
	width  int
	height int
}

// notToday is what it says. Reflection needs readiness and safety, and without
// them people protect themselves (Hewson & Carroll 2016).
var notToday = content.Card{Title: "Not today", Blocks: []content.Block{
	{Text: "Not today is an answer, and it can be the wise one."},
	{Text: "Looking back asks for some readiness and some safety (Hewson & Carroll 2016). Not every evening has them. Nothing here runs out, and nobody keeps count."},
}}

// notTodayWays are where it leads.
var notTodayWays = []string{"Home", "A practice"}

func newNotToday(s *session) *notTodayScreen { return &notTodayScreen{session: s} }

func (n *notTodayScreen) init() tea.Cmd             { return nil }
func (n *notTodayScreen) setSize(width, height int) { n.width, n.height = width, height }

func (n *notTodayScreen) update(msg tea.Msg) tea.Cmd {
	switch pressed(msg) {
	case "up":
		n.focus = 0
	case "down":
		n.focus = len(notTodayWays) - 1
	case "enter":
		if n.focus == 0 {
			return n.goHome()
		}
		return n.replace(newPractise(n.session))
	case "p":
		return n.replace(newPractise(n.session))
	case "esc", "shift+tab":
		return n.pop()
	case "q":
		return quit
	}
	return nil
}

// rows are the page; at says where the way in focus is.
func (n *notTodayScreen) rows() (rows []string, at int) {
	st := n.styles
	rows = append(cardRows(st, notToday, n.width), "")
	for i, name := range notTodayWays {
		mark, style := st.pointed(i == n.focus)
		if i == n.focus {
			at = len(rows)
		}
		rows = append(rows, mark+style.Render(name))
	}
	return rows, at
}

func (n *notTodayScreen) view() string {
	rows, at := n.rows()
	rows, _ = scrollTo(rows, at, n.height, n.styles.muted)
	return strings.Join(rows, "\n")
}

func (n *notTodayScreen) cursor() (x, y int, ok bool) {
	rows, at := n.rows()
	_, above := scrollTo(rows, at, n.height, n.styles.muted)
	return 0, at - above, true
}

func (n *notTodayScreen) title() (place, aside string) {
	return "Reflect" + placeMark + notToday.Title, ""
}
func (n *notTodayScreen) typing() bool { return false }

func (n *notTodayScreen) help() []key.Binding {
	return []key.Binding{bind("enter", "choose"), keys.practise, bind("↑ ↓", "move"), bind("esc", "back"), keys.quit}
}
