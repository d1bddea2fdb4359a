package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/lipgloss/v2"
)

// How a guide is drawn.

// heavyOffer is said where a scale reads high, and after a reflection.
const heavyOffer = "ctrl+p a practice · ctrl+g solid ground, and where to turn"

// trailRows are what was written so far, as the journal will show it.
func (g *guideScreen) trailRows() []string {
	return answerRows(g.session, g.walk.toDraft().Entry, g.width)
}

func (g *guideScreen) lastOfTrail() int { return max(len(g.trailRows())-g.height, 0) }

// turnTrail moves the page of what was written, or leaves it.
func (g *guideScreen) turnTrail(k string) {
	at := scrolled(k, g.scroll, g.lastOfTrail(), g.height)
	g.trail = at != g.scroll || slices.Contains([]string{"up", "down", "pgup", "pgdown", "home", "end", "space"}, k)
	g.scroll = at
}

// head is the question and what belongs to it, and a space. The note and the
// space are left out where the field needs their rows.
func (g *guideScreen) head() []string {
	st, step := g.styles, g.walk.step()
	set := func(s string, style lipgloss.Style) []string {
		if s == "" {
			return nil
		}
		return strings.Split(style.Render(wrap(s, g.width)), "\n")
	}
	rows, note, why := set(step.Prompt, st.strong), set(step.Note, st.muted), []string(nil)
	if g.why {
		why = append([]string{""}, set(g.reasonWords(g.walk), st.ink)...)
	}
	if g.why && len(rows)+len(why) > g.height-1 {
		rows, why = nil, why[1:] // it is asked for, and the question comes back
	}
	room := g.height - len(g.statusRows()) - leastField
	if len(rows)+len(note)+len(why) < room {
		rows = append(rows, note...)
	}
	rows = append(rows, why...)
	if len(rows) < room {
		rows = append(rows, "")
	}
	return rows
}

func (g *guideScreen) view() string {
	status := g.statusRows()
	room := g.height - len(status)
	if g.trail {
		return pageOf(g.trailRows(), g.scroll, g.height, g.styles)
	}
	if g.asking {
		rows := strings.Split(g.styles.strong.Render(wrap(askToKeep, g.width)), "\n")
		return clip(strings.Join(rows, "\n"), g.height)
	}
	rows := append(g.head(), strings.Split(g.field.view(), "\n")...)
	rows = rows[g.above(len(rows), room):]
	for len(rows) < room {
		rows = append(rows, "")
	}
	return strings.Join(append(rows[:room], status...), "\n")
}

// askToKeep is asked at the end of a guide that asks.
const askToKeep = "Would you like to keep this in the journal, or let it go? What is let go is gone."

// above is how many of the rows are hidden above the window when they are more
// than there is room for: it shows as much below the cursor as it can, except
// while the reason is to be read.
func (g *guideScreen) above(rows, room int) int {
	if rows <= room || g.why {
		return 0
	}
	_, y, _ := g.field.cursor()
	return min(rows-room, len(g.head())+y)
}

// statusRows make the promise visible: what was written is on the disk.
func (g *guideScreen) statusRows() []string {
	switch {
	case g.status != "":
		rows := strings.Split(g.styles.attention.Render(wrap(g.status, g.width)), "\n")
		return rows[:min(len(rows), max(g.height-leastField, 1))]
	}
	state := ""
	switch {
	case g.unsaved():
		state = "keeping …"
	case g.stored && !g.at.IsZero():
		state = "kept " + g.at.Local().Format("15:04")
	}
	if g.brings() && g.walk.brought() {
		state = strings.TrimPrefix(state+" · "+forSupervision, " · ")
	}
	hint := g.hint()
	if hint == "" || g.height < 12 {
		return []string{g.styles.muted.Render(cmp.Or(state, hint))}
	}
	return strings.Split(g.styles.muted.Render(wrap(hint, g.width)+"\n"+state), "\n")
}

// hint is a quiet offer for where somebody is.
func (g *guideScreen) hint() string {
	switch {
	case g.walk.heavy(g.walk.step()):
		return heavyOffer
	case g.round:
		return stepBack
	case g.boxed:
		return fmt.Sprintf("%d minutes now. Stopping here is fine, and so is going on.", g.walk.guide.Minutes)
	}
	return ""
}

func (g *guideScreen) cursor() (x, y int, ok bool) {
	if g.asking || g.trail {
		return 0, 0, true
	}
	x, y, ok = g.field.cursor()
	head, room := len(g.head()), g.height-len(g.statusRows())
	y += head - g.above(head+strings.Count(g.field.view(), "\n")+1, room)
	return x, y, ok && y < room
}

func (g *guideScreen) title() (place, aside string) {
	n, of := g.walk.place()
	return g.walk.name() + placeMark + g.walk.step().Short, fmt.Sprintf("%d of %d", n, of)
}

func (g *guideScreen) typing() bool { return !g.asking && !g.trail && g.field.typing() }

func (g *guideScreen) help() []key.Binding {
	if g.asking {
		return []key.Binding{keys.keepAll, keys.letGo, keys.back}
	}
	if g.trail {
		return append([]key.Binding{bind("esc", "back to it")}, scrollKeys(g.scroll, g.lastOfTrail())...)
	}
	out := append(g.field.help(), keys.leave)
	if next := out[0].Help(); g.walk.last() && !g.walk.guide.Ask && next.Desc == keys.next.Help().Desc {
		out[0].SetHelp(next.Key, "keep it")
	}
	if g.reasonWords(g.walk) != "" {
		out = append(out, keys.why)
	}
	if g.brings() {
		out = append(out, keys.bringStep)
	}
	if !g.walk.blank() {
		out = append(out, keys.trail)
	}
	if g.offers() {
		out = append(out, keys.pauseFor)
	}
	return out
}
