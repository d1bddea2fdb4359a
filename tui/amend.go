package tui

import (
	"errors"
	"reflect"
	"slices"

	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

// An amendment is a change to an entry that is kept already: its tags, or what
// of it is wanted in supervision. It is saved when its page is left, by a lock,
// and at the end.
type amendment struct {
	*session
	id      string
	change  func() func(*journal.Entry) // what the page has now, apart from the page, to make of an entry
	changes int                         // grows with every change on the page
	saved   int                         // changes when it was saved
	order   saveOrder
	saving  bool
	status  string // why it was not saved
}

// amendedMsg reports an amendment that was saved, or not.
type amendedMsg struct {
	by      *amendment
	changes int
	err     error
}

// changed notes that the page has something new.
func (a *amendment) changed() {
	a.changes++
	a.status = ""
}

func (a *amendment) unsaved() bool { return a.changes != a.saved }

// leave saves what is new and goes back. When that did not work and nothing
// was changed since, it goes back without.
func (a *amendment) leave() tea.Cmd {
	switch {
	case a.saving:
		return nil
	case !a.unsaved() || a.status != "":
		return a.pop()
	}
	a.saving = true
	store, changes := a.store(), a.changes
	return func() tea.Msg { return amendedMsg{a, changes, store()} }
}

// store returns what saves the change as it is now: to the entry as it is in
// the journal by then.
func (a *amendment) store() func() error {
	j, id, change, n := a.journal, a.id, a.change(), a.changes
	return func() error {
		return a.order.do(n, func() error { return amend(j, id, change) })
	}
}

// amend changes an entry as it is in the journal now.
func amend(j *journal.Journal, id string, change func(*journal.Entry)) error {
	e, err := j.Get(id)
	if err != nil {
		return err
	}
	amended := e
	amended.Answers = slices.Clone(e.Answers)
	if change(&amended); reflect.DeepEqual(e, amended) {
		return nil // what was typed was taken back
	}
	_, err = j.Put(amended)
	return err
}

// told takes a message that may be about this amendment.
func (a *amendment) told(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case amendedMsg:
		if msg.by != a {
			return nil
		}
		a.saving = false
		if a.took(msg.changes, msg.err); msg.err == nil && !a.unsaved() {
			return a.pop()
		}
	case keptMsg:
		if msg.amendment == a {
			a.took(msg.changes, msg.err)
		}
	}
	return nil
}

// took notes how a save ended.
func (a *amendment) took(changes int, err error) {
	var aside *journal.AsideError
	a.status = Sentence(err)
	if err == nil || errors.As(err, &aside) {
		a.saved = changes
	}
}

// keep implements [keeper].
func (a *amendment) keep() tea.Cmd {
	if !a.unsaved() {
		return nil
	}
	store, changes := a.store(), a.changes
	return func() tea.Msg { return keptMsg{amendment: a, changes: changes, err: store()} }
}

// keepNow implements [keeper].
func (a *amendment) keepNow() error {
	if !a.unsaved() {
		return nil
	}
	return a.store()()
}
