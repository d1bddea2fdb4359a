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

// pageRows are the page that is shown in place of the question: what was written
// so far, as the journal will show it, or the reason, under its question and note
// where there is room for all.
func (g *guideScreen) pageRows() []string {
	if g.over == trailPage {
		return answerRows(g.session, g.walk.toDraft().Entry, g.width)
	}
	why := wrapped(g.styles.ink, strings.Join(g.reasons(g.walk), "\n\n"), g.width)
	asked, note := g.asked()
	switch {
	case len(asked)+len(note)+1+len(why) <= g.height:
		return slices.Concat(asked, note, []string{""}, why)
	case len(note) > 0 && !g.noted(len(asked)+len(note)):
		return slices.Concat(why, []string{""}, note)
	}
	return why
}

// askedRoom is what a question may take at the most.
func (g *guideScreen) askedRoom() int { return g.height - len(g.statusRows()) - leastField }

// noted reports whether there is room for a question with its note, in so many
// rows.
func (g *guideScreen) noted(rows int) bool { return rows < g.askedRoom() }

// asked are the question and its note.
func (g *guideScreen) asked() (prompt, note []string) {
	set := func(s string, style lipgloss.Style) []string {
		if s == "" {
			return nil
		}
		return wrapped(style, s, g.width)
	}
	step := g.walk.step()
	return set(step.Prompt, g.styles.strong), set(step.Note, g.styles.muted)
}

func (g *guideScreen) lastOfPage() int { return max(len(g.pageRows())-g.height, 0) }

// turnPage moves the page, or leaves it for the question, and reports whether
// the key has done what it is for. One that says something goes to the question.
func (g *guideScreen) turnPage(k string) bool {
	switch k {
	case "up", "down", "pgup", "pgdown", "home", "end", "space":
		g.scroll = scrolled(k, g.scroll, g.lastOfPage(), g.height)
		return true
	}
	g.over = noPage
	return slices.Contains([]string{"esc", "enter", "ctrl+o", "ctrl+t"}, k)
}

// head is the question and what belongs to it, and a space. The note and the
// space are left out where the field needs their rows.
func (g *guideScreen) head() []string {
	rows, note := g.asked()
	if g.noted(len(rows) + len(note)) {
		rows = append(rows, note...)
	}
	if len(rows) < g.askedRoom() {
		rows = append(rows, "")
	}
	return rows
}

func (g *guideScreen) view() string {
	status := g.statusRows()
	room := g.height - len(status)
	if g.over != noPage {
		return pageOf(g.pageRows(), g.scroll, g.height, g.styles)
	}
	if g.asking {
		rows := wrapped(g.styles.strong, askToKeep, g.width)
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
// than there is room for: it shows as much below the cursor as it can.
func (g *guideScreen) above(rows, room int) int {
	if rows <= room {
		return 0
	}
	_, y, _ := g.field.cursor()
	return min(rows-room, len(g.head())+y)
}

// statusRows make the promise visible: what was written is on the disk.
func (g *guideScreen) statusRows() []string {
	switch {
	case g.status != "":
		rows := wrapped(g.styles.attention, g.status, g.width)
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
	if g.asking || g.over != noPage {
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

func (g *guideScreen) typing() bool { return !g.asking && g.over == noPage && g.field.typing() }

func (g *guideScreen) help() []key.Binding {
	if g.asking {
		return []key.Binding{keys.keepAll, keys.letGo, keys.back}
	}
	if g.over != noPage {
		return append([]key.Binding{bind("esc", "back to it")}, scrollKeys(g.scroll, g.lastOfPage())...)
	}
	out := g.field.help()
	if next := out[0].Help(); g.walk.last() && !g.walk.guide.Ask && next.Desc == keys.next.Help().Desc {
		out[0].SetHelp(next.Key, "keep it")
	}
	// What there is at every question comes after the two keys that matter most
	// for this one, and the way back: at 80 cells all of it is named.
	at := min(2, len(out))
	if i := slices.IndexFunc(out, func(k key.Binding) bool { return k.Help().Key == keys.back.Help().Key }); i >= 0 {
		back := out[i]
		at = min(at, i)
		out = slices.Insert(slices.Delete(out, i, i+1), at, back)
		at++
	}
	var here []key.Binding
	if len(g.reasons(g.walk)) > 0 {
		here = append(here, keys.why)
	}
	if g.brings() {
		here = append(here, keys.bringStep)
	}
	out = slices.Insert(out, at, append(here, keys.leave)...)
	if !g.walk.blank() {
		out = append(out, keys.trail)
	}
	if g.offers() {
		out = append(out, keys.pauseFor)
	}
	return out
}
