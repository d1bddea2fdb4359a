package tui

import (
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
)

// A guideScreen walks any guide: one step at a time, with the draft on the
// disk within two seconds of what was typed.
type guideScreen struct {
	*session
	walk   *walk
	field  field
	width  int
	height int
	over   overPage // what is shown in place of the question
	scroll int      // of that page

	saved  int       // walk.changes when the draft on the disk was made
	stored bool      // there is a draft on the disk
	at     time.Time // when it was made
	order  saveOrder
	ending func() error // keeps the entry or drops the draft, once; nil until then
	saving bool         // a save is under way
	timer  bool         // a save is due
	asking bool         // at the end: whether to keep it
	timed  bool         // somebody says when the time is over
	boxed  bool         // the time that the guide is meant to take is over
	round  bool         // what is written at this step goes round and round
	then   after        // what follows when all is kept
	status string       // what went wrong with a save
}

// after is what a guide does once everything is on the disk.
type after int

const (
	stay after = iota
	leave
	finish
)

// An overPage is a page to read that a guide shows in place of its question.
type overPage int

const (
	noPage    overPage = iota
	trailPage          // what was written so far
	whyPage            // the reason for the question
)

// Messages of a guide about its draft.
type (
	saveDueMsg struct{ guide *guideScreen }
	boxMsg     struct{ guide *guideScreen }
	// keptMsg reports a save, of a guide or of an amendment.
	keptMsg struct {
		guide     *guideScreen
		ends      bool // there is no draft any more: it is an entry, or dropped
		amendment *amendment
		changes   int
		at        time.Time
		err       error
	}
	finishedMsg struct {
		guide *guideScreen
		entry journal.Entry
		err   error
	}
)

func (m keptMsg) failure() error { return m.err }

// beginGuide starts a guide afresh, or goes on with what was begun of it, in
// the same version, on the same day. An older draft waits on home: what is
// written today is not of last Thursday.
func beginGuide(s *session, g content.Guide, brief bool) *guideScreen {
	fresh := s.walk(g, brief)
	steps := fresh.toDraft().Steps
	for _, d := range s.journal.Drafts() {
		if d.Of == "" && d.Guide == g.ID && slices.Equal(d.Steps, steps) && dayWords(d.Created, s.now()) == "today" {
			return newGuideScreen(s, resumeWalk(g, d), true)
		}
	}
	return newGuideScreen(s, fresh, false)
}

func newGuideScreen(s *session, w *walk, stored bool) *guideScreen {
	g := &guideScreen{session: s, walk: w, stored: stored, saved: w.changes}
	if w.draft.ID == "" {
		w.draft.ID = journal.NewID()
		w.draft.Created = s.now().UTC().Truncate(time.Second)
	}
	g.field = newField(s, w)
	return g
}

// box asks to be told when the time is over that the guide is meant to take: a
// reflection has an end, and nobody has to watch the clock for it.
func (g *guideScreen) box() tea.Cmd {
	if g.walk.guide.Kind != string(journal.Reflection) || g.walk.guide.Minutes == 0 {
		return nil
	}
	return tea.Tick(time.Duration(g.walk.guide.Minutes)*time.Minute, func(time.Time) tea.Msg { return boxMsg{g} })
}

// init sets a pause going, and sees to it that what is new will be saved.
func (g *guideScreen) init() tea.Cmd {
	var box tea.Cmd
	if !g.timed {
		g.timed = true
		box = g.box()
	}
	if p, ok := g.field.(*pauseField); ok {
		return tea.Batch(p.tick(), box, g.changed())
	}
	return tea.Batch(box, g.changed())
}

func (g *guideScreen) setSize(width, height int) {
	g.width, g.height = width, height
	g.resize()
}

// resize gives the field what the question leaves.
func (g *guideScreen) resize() {
	g.field.setSize(g.width, max(g.height-len(g.statusRows())-len(g.head()), leastField))
}

// leastField is how many rows a field has at the least: in a small window what
// is asked gives way to the answer.
const leastField = 3

func (g *guideScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case saveDueMsg:
		if msg.guide != g {
			return nil
		}
		g.timer = false
		if g.then != stay {
			return nil // it is being kept: a draft now would come back after it
		}
		return g.save()
	case boxMsg:
		g.boxed = g.boxed || msg.guide == g
		g.resize()
		return nil
	case keptMsg:
		if msg.guide != g {
			return nil
		}
		return g.kept(msg)
	case finishedMsg:
		if msg.guide != g {
			return nil
		}
		return g.finished(msg)
	case tea.KeyPressMsg:
		if g.then != stay {
			return nil // it is being kept; a key now would be lost
		}
		return g.key(msg)
	case tea.PasteMsg:
		if g.then != stay || g.asking {
			return nil // as above; and the answer is not to be seen
		}
		g.over = noPage
	}
	_, cmd := g.field.update(msg)
	return tea.Batch(cmd, g.changed())
}

func (g *guideScreen) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case g.asking:
		return g.answer(msg)
	case g.over != noPage && g.turnPage(msg.String()):
		return nil
	}
	switch {
	case key.Matches(msg, keys.trail):
		if g.collect(); !g.walk.blank() {
			g.over, g.scroll = trailPage, 0
		}
		return nil
	case key.Matches(msg, keys.leave):
		return g.stop()
	case key.Matches(msg, keys.pauseFor):
		g.collect()
		return tea.Batch(g.save(), g.push(newPractiseInside(g.session)))
	case key.Matches(msg, keys.why):
		if len(g.reasons(g.walk)) > 0 {
			g.over, g.scroll = whyPage, 0
		}
		return nil
	case key.Matches(msg, keys.bringStep) && g.brings():
		g.walk.toggleBring()
		return g.changed()
	}
	if taken, cmd := g.field.update(msg); taken {
		return tea.Batch(cmd, g.changed())
	}
	switch {
	case key.Matches(msg, keys.next), msg.String() == "tab":
		g.collect()
		if !g.walk.next() {
			return g.end()
		}
		return g.show()
	case key.Matches(msg, keys.back):
		g.collect()
		if !g.walk.back() {
			return g.stop()
		}
		return g.show()
	}
	return nil
}

// brings reports whether there is an answer here that could be wanted in
// supervision: a pause has none, and in a brief that is what is asked.
func (g *guideScreen) brings() bool {
	switch g.walk.step().Kind {
	case content.Pause, content.Pick, content.Bring, content.Triangle:
		return false
	}
	return true
}

// offers reports whether a practice is offered here: in a pause, and where a
// lot is with somebody.
func (g *guideScreen) offers() bool {
	return g.walk.step().Kind == content.Pause || g.walk.heavy(g.walk.step())
}

// show draws the step that the walk is at.
func (g *guideScreen) show() tea.Cmd {
	g.round = false
	g.field = newField(g.session, g.walk)
	g.resize()
	save := g.save()
	return tea.Batch(g.init(), save)
}

// forSupervision is said of an answer that is marked.
const forSupervision = "for supervision"
