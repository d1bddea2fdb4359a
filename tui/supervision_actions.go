package tui

import (
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
	done  bool // what the journal says; item says what the page does
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

// actionSavedMsg reports that an action was marked as done, or as open again.
type actionSavedMsg struct {
	at   int // which of the page's actions
	done bool
	err  error
}

// saveAction stores one action that the page has otherwise than the journal. One
// save runs at a time, so that the last change is the one that stays.
func (p *supervisionScreen) saveAction() tea.Cmd {
	at := slices.IndexFunc(p.actions, func(a action) bool { return a.item.Done != a.done })
	if p.saving || at < 0 {
		return nil
	}
	p.saving = true
	j, a := p.journal, p.actions[at]
	return func() tea.Msg { return actionSavedMsg{at, a.item.Done, a.store(j)} }
}

// savedAction notes how a save ended, and goes on with the next.
func (p *supervisionScreen) savedAction(msg actionSavedMsg) tea.Cmd {
	p.saving = false
	a := &p.actions[msg.at]
	if p.status = Sentence(msg.err); msg.err != nil {
		a.item.Done = a.done
		return nil
	}
	a.done = msg.done
	return p.saveAction()
}

// store marks the action in the entry that it was agreed in.
func (a action) store(j *journal.Journal) error {
	e, err := j.Get(a.entry.ID)
	if err != nil {
		return err
	}
	for i := range e.Answers {
		if items := e.Answers[i].Items; e.Answers[i].Step == a.step && a.at < len(items) && items[a.at].Text == a.item.Text {
			items[a.at].Done = a.item.Done
			_, err := j.Put(e)
			return err
		}
	}
	return journal.ErrNotFound
}
