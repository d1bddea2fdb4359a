package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
)

// A learnScreen lists what there is to read.
type learnScreen struct {
	*session
	cards  []content.Card // by their titles, and then what the program puts together
	titled int            // how many have their place by their title
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
	slices.SortStableFunc(l.cards, func(a, b content.Card) int {
		return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
	})
	l.titled = len(l.cards)
	l.cards = append(l.cards, glossaryCard(s.library), turnCard(s, s.settings.Nation), sourcesCard(s.library))
	return l
}

// named finds what a card names at its end, by its title: the beginning of a
// guide or of a practice, and its id; nil when it names none.
func (s *session) named(c content.Card) (beginning screen, id string) {
	if len(c.Blocks) == 0 {
		return nil, ""
	}
	kind, title, _ := strings.Cut(c.Blocks[len(c.Blocks)-1].Text, ": ")
	switch kind {
	case "Guide":
		for _, g := range s.library.Guides() {
			if g.Title == title {
				return newBegin(s, g, false), g.ID
			}
		}
	case "Practice":
		for _, p := range s.library.Practices() {
			if p.Title == title {
				return newBefore(s, p), p.ID
			}
		}
	}
	return nil, ""
}

func (l *learnScreen) init() tea.Cmd             { return nil }
func (l *learnScreen) setSize(width, height int) { l.width, l.height = width, height }

func (l *learnScreen) update(msg tea.Msg) tea.Cmd {
	switch k := pressed(msg); k {
	case "enter":
		card := newCard(l.session, l.cards[l.focus])
		card.opens, _ = l.named(card.card)
		return l.push(card)
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
		if i == l.titled && i > 0 {
			rows = append(rows, "")
		}
		if i == l.focus {
			at = len(rows)
		}
		mark, style := l.styles.pointed(i == l.focus)
		rows = append(rows, ansi.Truncate(mark+style.Render(c.Title), l.width, "…"))
	}
	rows, above := scrollTo(rows, at, l.height, l.styles.muted)
	return rows, at - above
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
