package tui

import (
	"errors"
	"math"
	"sync"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

// How what is written in a guide gets to the disk, and becomes an entry.

// saveEvery is the longest that something typed waits for the disk, less the
// time that a save takes: together they stay under two seconds.
const saveEvery = time.Second

// answer takes whether a guide that asks is kept.
func (g *guideScreen) answer(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keys.keepAll):
		g.asking = false
		return g.keepEntry()
	case key.Matches(msg, keys.letGo):
		g.asking = false
		g.walk.answers = make(map[string]journal.Answer)
		g.stored = true // so that what is on the disk goes too
		return g.drop("It is gone.")
	case key.Matches(msg, keys.back):
		g.asking = false
		g.resize()
	}
	return nil
}

// collect takes what the field holds into the walk.
func (g *guideScreen) collect() {
	for _, a := range g.field.answers() {
		g.walk.set(a)
	}
}

// changed looks whether there is something new, and if so sees to it that it
// will be saved.
func (g *guideScreen) changed() tea.Cmd {
	g.collect()
	if f, ok := g.field.(*textField); ok && !g.round {
		g.round = g.walk.guide.ID != afterHarm && goesRound(f.editor.value())
	}
	g.resize() // a hint takes rows, or gives them back
	if g.timer || g.saving || !g.unsaved() {
		return nil
	}
	g.timer = true
	return tea.Tick(saveEvery, func(time.Time) tea.Msg { return saveDueMsg{g} })
}

func (g *guideScreen) unsaved() bool {
	return g.walk.changes != g.saved && (g.stored || !g.walk.blank())
}

// save writes the draft as it is now. Only one save runs at a time.
func (g *guideScreen) save() tea.Cmd {
	if g.saving || !g.unsaved() {
		return nil
	}
	g.saving = true
	return g.write()
}

func (g *guideScreen) write() tea.Cmd {
	j, d, changes, now := g.journal, g.walk.toDraft(), g.walk.changes, g.now()
	return func() tea.Msg {
		return keptMsg{guide: g, changes: changes, at: now, err: g.order.do(changes, draftSave(j, d))}
	}
}

func (g *guideScreen) kept(msg keptMsg) tea.Cmd {
	g.saving = false
	if g.ending != nil && !msg.ends {
		return nil // the draft is about to go
	}
	g.ending = nil
	var aside *journal.AsideError
	if msg.err != nil && !errors.As(msg.err, &aside) {
		g.status = Sentence(msg.err)
		g.then = stay
		g.timer = true // and try again, for as long as it takes
		return tea.Tick(10*saveEvery, func(time.Time) tea.Msg { return saveDueMsg{g} })
	}
	g.status = ""
	if aside != nil {
		g.status = Sentence(msg.err)
	}
	g.saved, g.stored, g.at = msg.changes, !msg.ends, msg.at
	switch {
	case msg.ends:
		return nil // what did it says where to go
	case g.then == finish:
		return g.finish()
	case g.then == leave:
		g.then = stay
		return g.stop() // with what was changed in the meantime
	}
	return g.changed()
}

// stop leaves in the middle. What there is stays as a draft; where there is
// nothing, nothing stays.
func (g *guideScreen) stop() tea.Cmd {
	g.collect()
	switch {
	case g.walk.blank() && g.stored && !g.saving:
		return g.drop("")
	case g.saving || g.unsaved():
		g.then = leave
		return g.save()
	}
	return g.goHome()
}

// drop takes the draft off the disk and leaves.
func (g *guideScreen) drop(said string) tea.Cmd {
	g.then = leave
	j, id, changes := g.journal, g.walk.draft.ID, g.walk.changes
	drop := sync.OnceValue(func() error {
		return g.order.do(math.MaxInt, func() error { return j.DropDraft(id) })
	})
	g.ending = drop
	return func() tea.Msg {
		err := drop()
		var aside *journal.AsideError
		switch {
		case errors.As(err, &aside):
			return homeMsg{said: Sentence(err)}
		case err != nil:
			return keptMsg{guide: g, ends: true, changes: changes, err: err}
		}
		return homeMsg{said: said}
	}
}

// end keeps the entry after the last step.
func (g *guideScreen) end() tea.Cmd {
	if g.walk.forgotten() {
		return g.stop()
	}
	if g.walk.guide.Ask && !g.walk.blank() {
		g.asking = true
		g.resize()
		return nil
	}
	return g.keepEntry()
}

// keepEntry keeps the entry, after a look at what could identify somebody.
func (g *guideScreen) keepEntry() tea.Cmd {
	if look := g.look(); look != nil {
		return tea.Batch(g.save(), g.replace(look))
	}
	return g.keepSeen()
}

// keepSeen keeps the entry as it is.
func (g *guideScreen) keepSeen() tea.Cmd {
	g.then = finish
	if g.saving {
		return nil // kept goes on
	}
	return g.finish()
}

func (g *guideScreen) finish() tea.Cmd {
	j, d := g.journal, g.walk.toDraft()
	keep := sync.OnceValues(func() (e journal.Entry, err error) {
		err = g.order.do(math.MaxInt, func() error {
			e, err = j.Keep(d)
			return err
		})
		return e, err
	})
	g.ending = func() error {
		_, err := keep()
		return err
	}
	return func() tea.Msg {
		e, err := keep()
		return finishedMsg{guide: g, entry: e, err: err}
	}
}

func (g *guideScreen) finished(msg finishedMsg) tea.Cmd {
	var aside *journal.AsideError
	if msg.err != nil && !errors.As(msg.err, &aside) {
		g.then, g.ending = stay, nil
		g.status = Sentence(msg.err)
		return g.changed()
	}
	g.saved = g.walk.changes
	notice := ""
	if aside != nil {
		notice = Sentence(msg.err)
	}
	if g.walk.of() && notice == "" {
		return g.pop() // to the entry, as it is now
	}
	return g.replace(newDone(g.session, g.walk, msg.entry, notice))
}

// keep implements [keeper]. Where the guide is ending, that is what is stored: a
// lock or the end does not overtake it, and no draft comes after it.
func (g *guideScreen) keep() tea.Cmd {
	if end, n := g.ending, g.walk.changes; end != nil {
		return func() tea.Msg { return keptMsg{guide: g, ends: true, changes: n, err: end()} }
	}
	g.collect()
	if g.then = stay; !g.unsaved() {
		return nil
	}
	g.saving = true
	return g.write()
}

// keepNow implements [keeper].
func (g *guideScreen) keepNow() error {
	if g.ending != nil {
		return g.ending()
	}
	err := guarded(func() error { g.collect(); return nil }) // the walk has all but the last of it
	if !g.unsaved() {
		return err
	}
	return errors.Join(err, g.order.do(g.walk.changes, draftSave(g.journal, g.walk.toDraft())))
}

// draftSave stores a draft.
func draftSave(j *journal.Journal, d journal.Draft) func() error {
	return func() error {
		_, err := j.SetDraft(d)
		return err
	}
}
