package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
)

// A learnScreen lists what there is to read.
type learnScreen struct {
	*session
	cards  []content.Card
	focus  int
	width  int
	height int
}

// passphraseCard is about the first run and nothing to learn.
const passphraseCard = "passphrase"

func newLearn(s *session) *learnScreen {
	l := &learnScreen{session: s}
	for _, c := range s.library.Cards() {
		if c.ID != passphraseCard {
			l.cards = append(l.cards, c)
		}
	}
	l.cards = append(l.cards, glossaryCard(s.library), turnCard(s, s.settings.Nation), sourcesCard(s.library))
	return l
}

func (l *learnScreen) init() tea.Cmd             { return nil }
func (l *learnScreen) setSize(width, height int) { l.width, l.height = width, height }

func (l *learnScreen) update(msg tea.Msg) tea.Cmd {
	switch k := pressed(msg); k {
	case "enter":
		return l.push(newCard(l.session, l.cards[l.focus]))
	case "esc", "shift+tab":
		return l.pop()
	case "q":
		return quit
	default:
		l.focus = scrolled(k, l.focus, len(l.cards)-1, l.height)
	}
	return nil
}

// page is the part of the list that is shown; at says where the focus is.
func (l *learnScreen) page() (rows []string, at int) {
	for i, c := range l.cards {
		mark, style := l.styles.pointed(i == l.focus)
		rows = append(rows, ansi.Truncate(mark+style.Render(c.Title), l.width, "…"))
	}
	rows, above := scrollTo(rows, l.focus, l.height, l.styles.muted)
	return rows, l.focus - above
}

func (l *learnScreen) view() string {
	rows, _ := l.page()
	return strings.Join(rows, "\n")
}

func (l *learnScreen) cursor() (x, y int, ok bool) {
	_, y = l.page()
	return 0, y, true
}

func (l *learnScreen) title() (place, aside string) { return "Learn", "" }
func (l *learnScreen) typing() bool                 { return false }

func (l *learnScreen) help() []key.Binding {
	return []key.Binding{bind("enter", "read"), bind("esc", "home"), bind("↑ ↓", "move"), keys.quit}
}
