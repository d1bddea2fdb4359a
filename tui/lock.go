package tui

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

// The lock: when it comes, what is kept before it, and where somebody comes back
// to after it.

// overdue reports whether the screen lay quiet for longer than it may.
func (a *app) overdue() bool {
	after := a.settings.lockAfter()
	return a.journal != nil && after > 0 && a.now().Sub(a.lastSeen()) >= after
}

// lastSeen is when somebody was last here: at a key, or in a practice.
func (a *app) lastSeen() time.Time {
	if o, ok := a.top().(occupied); ok && o.until().After(a.touched) {
		return o.until()
	}
	return a.touched
}

// watchEvery is the longest between two looks at the clock: a tick does not
// count the time that a laptop sleeps.
const watchEvery = time.Minute

// watch asks for a look at the clock when the quiet time would be over. What
// was asked before counts no more.
func (a *app) watch() tea.Cmd {
	left := watchEvery
	a.quiet = a.settings.lockAfter()
	if a.quiet > 0 {
		left = min(max(a.quiet-a.now().Sub(a.lastSeen()), time.Second), watchEvery)
	}
	a.idleSeq++
	seq := a.idleSeq
	return tea.Tick(left, func(time.Time) tea.Msg { return idleMsg{seq} })
}

func (a *app) idle(msg idleMsg) tea.Cmd {
	switch {
	case msg.seq != a.idleSeq || a.journal == nil:
		return nil
	case a.overdue():
		return a.lock()
	}
	return a.watch()
}

// lock keeps the draft first. Only when it is on the disk is everything
// dropped.
func (a *app) lock() tea.Cmd {
	if a.journal == nil {
		return nil
	}
	a.covered, a.helping, a.ground = true, 0, nil
	for _, k := range a.keepers() {
		if cmd := k.keep(); cmd != nil {
			return func() tea.Msg { return keptForLockMsg{cmd().(report)} }
		}
	}
	return a.drop()
}

// keepers are all there are. The settings come last: some screens keep in them
// what is written there.
func (a *app) keepers() []keeper {
	var all []keeper
	for _, s := range a.stack {
		if k, ok := s.(keeper); ok {
			all = append(all, k)
		}
	}
	return append(all, settingsKeeper{a.session})
}

func (a *app) keptForLock(msg report) tea.Cmd {
	if a.journal == nil {
		return nil // it has locked: the key was pressed twice
	}
	cmd := a.update(msg)
	var aside *journal.AsideError
	if err := msg.failure(); err != nil && !errors.As(err, &aside) {
		a.notice = Sentence(err) + " What you wrote is still here, so goodenough has not locked."
		a.touched = a.now()
		return tea.Batch(a.watch(), cmd)
	}
	return a.lock() // with what was written since
}

// drop forgets all that is private and goes to the unlock screen.
func (a *app) drop() tea.Cmd {
	a.opts.Start, a.opts.Practice, a.opts.Guide = a.place(), "", ""
	_ = a.journal.Close()
	a.journal = nil
	a.settings = settings{}
	a.covered, a.notice = false, ""
	a.locked = true
	a.stack = []screen{newUnlock(a.session, nil)}
	if a.opts.Relaunch {
		return tea.Quit
	}
	a.layout()
	return tea.Batch(a.top().init(), tea.ClearScreen) // nothing of what was there stays
}

// place is where to come back to after a lock: the name of a place, and nothing
// of what was looked for or read there. Where something was being written it is
// home, which offers to go on with it.
func (a *app) place() Start {
	for _, s := range a.stack {
		switch s.(type) {
		case *guideScreen, *nudgeScreen:
			return StartHome
		}
	}
	if len(a.stack) < 2 {
		return StartHome
	}
	switch s := a.stack[1].(type) {
	case *listScreen:
		if s.part.name == "" {
			return StartJournal
		}
	case *patternsScreen:
		return StartPatterns
	case *practiseScreen:
		return StartPractise
	case *reflectScreen:
		return StartReflect
	case *supervisionScreen:
		return StartSupervision
	}
	return StartHome
}

// keepNow stores what is not on the disk yet.
func (a *app) keepNow() error {
	var err error
	for _, k := range a.keepers() {
		err = errors.Join(err, guarded(k.keepNow))
	}
	return err
}
