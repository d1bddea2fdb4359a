package tui

import (
	"errors"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

// An action is something that was agreed in a supervision.
type action struct {
	entry journal.Header
	step  string
	at    int // which of the step's items
	item  journal.Item

	changed bool // the person said that it is done, or that it is not
}

// from is where it is to be found again, as [journal.Item] has it.
func (a action) from() string { return a.entry.ID + keySlash + a.step + keySlash + strconv.Itoa(a.at) }

// openActions are what was agreed and is not done, the oldest supervision last.
func (s *session) openActions() []action {
	var out []action
	for h := range s.journal.Entries(journal.Query{Kind: journal.Supervision, Guide: afterwards}) {
		e, err := s.journal.Get(h.ID)
		if err != nil {
			continue
		}
		for i, it := range agreed(e) {
			if !it.Done {
				out = append(out, action{entry: h, step: agreedStep, at: i, item: it})
			}
		}
	}
	return out
}

// agreed are the things that an entry says were agreed.
func agreed(e journal.Entry) []journal.Item {
	a, _ := e.Answer(agreedStep)
	return a.Items
}

// openOffers offers what is still open to be brought again.
func (s *session) openOffers() []offer {
	var out []offer
	for _, a := range s.openActions() {
		out = append(out, offer{
			from: a.from(), group: groupOpen, title: printable(itemText(a.item)),
			reason: "agreed " + dayWords(a.entry.Created, s.now()),
			line:   briefLine{text: itemText(a.item), side: "administrative", verb: "decide"},
		})
	}
	return out
}

// actionsSavedMsg reports that what the page says of its actions is in the
// journal, as far as a change of it.
type actionsSavedMsg struct {
	page    *supervisionScreen
	changes int
	err     error
}

func (m actionsSavedMsg) failure() error { return m.err }

// saveActions stores what the page changed. One save runs at a time.
func (p *supervisionScreen) saveActions() tea.Cmd {
	if p.saving {
		return nil
	}
	p.saving = true
	return p.storeActions()
}

// storeActions stores what the page changed, as it is now. That a save is under
// way counts for nothing: this one has all that is in it.
func (p *supervisionScreen) storeActions() tea.Cmd {
	j, n := p.journal, p.changes
	changed := slices.DeleteFunc(slices.Clone(p.actions), func(a action) bool { return !a.changed })
	return func() tea.Msg {
		return actionsSavedMsg{p, n, p.order.do(n, func() error { return storeAll(j, changed) })}
	}
}

// savedActions notes how a save ended, and goes on with what is new since.
func (p *supervisionScreen) savedActions(msg actionsSavedMsg) tea.Cmd {
	if msg.page != p {
		return nil
	}
	p.saving = false
	p.status = Sentence(msg.err)
	var aside *journal.AsideError
	if msg.err != nil && !errors.As(msg.err, &aside) {
		p.leaving, p.saved = false, p.changes
		p.refresh() // what the journal says
		return nil
	}
	p.saved = max(p.saved, msg.changes)
	switch {
	case p.unsaved():
		return p.saveActions()
	case p.leaving:
		return p.pop()
	}
	return nil
}

func (p *supervisionScreen) unsaved() bool { return p.saved != p.changes }

// leave goes home once everything is on the disk.
func (p *supervisionScreen) leave() tea.Cmd {
	if p.leaving = p.unsaved(); p.leaving {
		return p.saveActions()
	}
	return p.pop()
}

// keep implements [keeper].
func (p *supervisionScreen) keep() tea.Cmd {
	p.leaving = false
	if !p.unsaved() {
		return nil
	}
	return p.storeActions()
}

// keepNow implements [keeper].
func (p *supervisionScreen) keepNow() error {
	if !p.unsaved() {
		return nil
	}
	return p.storeActions()().(actionsSavedMsg).err
}

// storeAll marks actions in the entries that they were agreed in.
func storeAll(j *journal.Journal, actions []action) error {
	for _, a := range actions {
		if err := a.store(j); err != nil {
			return err
		}
	}
	return nil
}

// store marks the action in the entry that it was agreed in.
func (a action) store(j *journal.Journal) error {
	e, err := j.Get(a.entry.ID)
	if err != nil {
		return err
	}
	for i := range e.Answers {
		items := e.Answers[i].Items
		if e.Answers[i].Step != a.step || a.at >= len(items) || items[a.at].Text != a.item.Text {
			continue
		}
		if items[a.at].Done == a.item.Done {
			return nil // it was changed and changed back
		}
		items[a.at].Done = a.item.Done
		_, err := j.Put(e)
		return err
	}
	return journal.ErrNotFound
}
