package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"goodenough/journal"
)

// A doneScreen is the end of a guide: that it is kept, and enough.
type doneScreen struct {
	*session
	rows   []string
	scroll int
	walk   *walk
	entry  journal.Entry
	notice string
	to     string // where it leads
	width  int
	height int
}

func newDone(s *session, w *walk, e journal.Entry, notice string) *doneScreen {
	return &doneScreen{session: s, walk: w, entry: e, notice: notice}
}

// init takes the entry as it is now: its tags may have been changed.
func (d *doneScreen) init() tea.Cmd {
	if e, err := d.journal.Get(d.entry.ID); err == nil {
		d.entry = e
		d.set()
	}
	return nil
}

func (d *doneScreen) setSize(width, height int) {
	d.width, d.height = width, height
	d.set()
}

func (d *doneScreen) set() {
	st, width := d.styles, d.width
	d.rows = nil
	say := func(s string, style lipgloss.Style) {
		d.rows = append(d.rows, wrapped(style, s, width)...)
		d.rows = append(d.rows, "")
	}
	if d.notice != "" {
		say(d.notice, st.attention)
	}
	say(d.walk.guide.Closing, st.strong)
	// What was answered with a reply comes first, the reply below it: it may ask
	// for something today.
	rest := d.entry
	rest.Answers = nil
	for _, a := range d.entry.Answers {
		replies := d.walk.replies(a.Step)
		if len(replies) == 0 {
			rest.Answers = append(rest.Answers, a)
			continue
		}
		d.rows = append(d.rows, answerRow(d.session, a, d.entry.Guide, width)...)
		for _, reply := range replies {
			say(reply, st.strong)
		}
	}
	if d.offers() {
		say(heavyOffer, st.muted)
	}
	for _, about := range entryAbout(d.entry) {
		say(about, st.muted)
	}
	if len(rest.Answers) > 0 || len(d.entry.Answers) == 0 {
		d.rows = append(d.rows, answerRows(d.session, rest, width)...)
	}
	d.scroll = min(d.scroll, d.last())
}

// offers reports whether a practice is offered at the end: after a reflection,
// and where a lot was with somebody.
func (d *doneScreen) offers() bool {
	return d.entry.Kind == journal.Reflection || slices.ContainsFunc(d.walk.steps, d.walk.heavy)
}

// leaves reports whether this is made to be taken to somebody.
func (d *doneScreen) leaves() bool { return d.entry.Guide == briefGuide || isCPD(d.entry.Header) }

// last is how far the text can be moved up.
func (d *doneScreen) last() int { return max(len(d.rows)-d.height, 0) }

func (d *doneScreen) update(msg tea.Msg) tea.Cmd {
	switch k := pressed(msg); k {
	case "enter", "esc":
		return d.goHome()
	case "ctrl+p":
		return d.push(newPractiseInside(d.session))
	case "t":
		return d.push(newTags(d.session, d.entry, d.walk.guide.Title))
	case "v":
		if d.leaves() {
			return d.push(newShare(d.session, d.entry))
		}
	case "b":
		if !bringable(d.entry.Header) {
			return nil
		}
		return d.push(newBring(d.session, d.entry, d.walk.guide.Title))
	case "q":
		return quit
	default:
		d.scroll = scrolled(k, d.scroll, d.last(), d.height)
	}
	return nil
}

func (d *doneScreen) view() string {
	return pageOf(d.rows, d.scroll, d.height, d.styles)
}

func (d *doneScreen) cursor() (x, y int, ok bool)  { return 0, 0, true }
func (d *doneScreen) title() (place, aside string) { return d.walk.guide.Title, "kept" }
func (d *doneScreen) typing() bool                 { return false }

func (d *doneScreen) help() []key.Binding {
	out := []key.Binding{bind("enter", d.to), keys.tags, keys.quit}
	if bringable(d.entry.Header) {
		out = slices.Insert(out, 2, keys.bring)
	}
	if d.leaves() {
		out = slices.Insert(out, 1, keys.preview)
	}
	if d.offers() {
		out = append(out, keys.pauseFor)
	}
	return slices.Insert(out, 1, scrollKeys(d.scroll, d.last())...)
}
