package tui

import (
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
)

// groundPractice is the practice that ctrl+g shows, one part at a time.
const groundPractice = "senses"

// A grounding lies over whatever is on the screen: a way back to solid ground,
// and where to turn. The screen below is not told of it and stays as it is.
type grounding struct {
	*session
	part    int
	turning bool   // where to turn is shown
	nation  string // for which nation; "": for all
	scroll  int
	width   int
	height  int
}

// An occupied screen is one that nobody presses keys in, until some time: it
// does not lock before.
type occupied interface{ until() time.Time }

// A holder stops its clock while something lies over it.
type holder interface{ hold() tea.Cmd }

func (g *grounding) parts() []content.Phase {
	p, _ := g.library.Practice(groundPractice)
	return p.Phases
}

// update takes a key and reports whether the grounding is over.
func (g *grounding) update(k tea.KeyPressMsg) (over bool) {
	switch {
	case key.Matches(k, keys.ground), k.String() == "esc" && !g.turning:
		return true
	case k.String() == "esc", key.Matches(k, keys.turn) && g.turning:
		g.turning, g.scroll = false, 0
	case key.Matches(k, keys.turn):
		g.turning, g.scroll = true, 0
	case g.turning && (k.String() == "left" || k.String() == "right"):
		by := 1
		if k.String() == "left" {
			by = -1
		}
		g.nation, g.scroll = cycle(g.nations(), g.nation, by), 0
	case g.turning:
		g.scroll = scrolled(k.String(), g.scroll, max(len(g.turnRows())-g.height, 0), g.height)
	default:
		return g.step(k.String())
	}
	return false
}

// step goes from part to part; after the last it is over.
func (g *grounding) step(k string) (over bool) {
	switch k {
	case "enter", "right", "down", "space", "tab":
		if g.part+1 >= len(g.parts()) {
			return true
		}
		g.part++
	case "left", "up", "shift+tab", "backspace":
		g.part = max(g.part-1, 0)
	}
	return false
}

func (g *grounding) view() string {
	if g.turning {
		return pageOf(g.turnRows(), g.scroll, g.height, g.styles)
	}
	var rows []string
	if parts := g.parts(); len(parts) > 0 {
		for i, line := range parts[min(g.part, len(parts)-1)].Lines {
			style := g.styles.ink
			if i == 0 {
				style = g.styles.strong
			}
			rows = append(rows, wrapped(style, line, g.width)...)
			rows = append(rows, "")
		}
	}
	rows = append(rows, g.styles.muted.Render(ansi.Truncate("w where to turn · esc back", g.width, "…")))
	return pageOf(rows, 0, g.height, g.styles)
}

func (g *grounding) turnRows() []string {
	nation := "everywhere"
	if g.nation != "" {
		nation = g.library.Nation(g.nation).Label
	}
	st := g.styles
	choice := st.muted.Render("For ") + st.accent.Render("◂ ") + st.strong.Render(nation) + st.accent.Render(" ▸")
	return append([]string{choice, ""}, cardRows(st, turnCard(g.session, g.nation), g.width)...)
}

// nations are the nations to choose from: all of them first.
func (s *session) nations() []string {
	ids := []string{""}
	for _, n := range s.library.Nations() {
		ids = append(ids, n.ID)
	}
	return ids
}

func (g *grounding) title() (place, aside string) {
	if g.turning {
		return whereToTurn, ""
	}
	return "Solid ground", fmt.Sprintf("%d of %d", g.part+1, len(g.parts()))
}

func (g *grounding) help() []key.Binding {
	if g.turning {
		return []key.Binding{bind("esc", "back"), bind("← →", "nation"), bind("↓ ↑", "move"), bind("ctrl+g", "back to where you were")}
	}
	return []key.Binding{bind("enter", "next"), bind("esc", "back"), keys.turn, bind("←", "the one before")}
}
