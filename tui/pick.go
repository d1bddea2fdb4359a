package tui

import (
	"slices"
	"strings"

	"goodenough/content"
	"goodenough/journal"
)

// Picking from the journal. What is picked is kept in the answer as items, each
// with where it is from. For a brief its words go into a line at once; for a
// draft of CPD they stand beside the questions, to be written anew.

// offerFor finds again what an item was picked from. It is not there any more
// when the entry was deleted, or changed.
func (s *session) offerFor(from string) (offer, bool) {
	switch from {
	case fromMissed:
		n := s.missed()
		return s.missedOffer(n), n > 0
	case fromDays:
		b := s.lookBack()
		return b.daysOffer(), len(b.weeks) > 0
	}
	src, ok := sourceOf(s.journal, from)
	switch {
	case !ok:
		return offer{}, false
	case src.item != nil:
		return s.itemOffer(src, from), true
	case src.answer != nil:
		return s.answerOffer(src.entry, *src.answer), true
	}
	return entryOffer(src.entry.Header, "", ""), true
}

// itemOffer offers a thing in an answer: one that is still open with its words,
// and any other by its name.
func (s *session) itemOffer(src source, from string) offer {
	for _, o := range s.openOffers() {
		if o.from == from {
			return o
		}
	}
	return offer{from: from, title: src.name(), line: briefLine{verb: "think"}}
}

// answerOffer offers an answer, whatever it was given with.
func (s *session) answerOffer(e journal.Entry, a journal.Answer) offer {
	o := offer{from: e.ID + keySlash + a.Step, title: printable(a.Prompt)}
	o.line = briefLine{text: answerWords(s, e.Guide, a), verb: "think"}
	if a.Bring != nil {
		o.line.side = a.Bring.Side
	}
	return o
}

// answerWords are the words of an answer: what was chosen, squares or a value in
// one line, the value with what was asked, which it says nothing without; and
// what was written, as it was written.
func answerWords(s *session, guide string, a journal.Answer) string {
	written := a.Text
	a.Text = ""
	given := strings.Join(answerLines(s, guide, a), ", ")
	if a.Value != nil {
		given = strings.TrimSpace(printable(a.Prompt) + " " + given)
	}
	switch {
	case given == "":
		return written
	case written == "":
		return given
	}
	return given + "\n" + written
}

// answersOf offers the answers of an entry one by one.
func (s *session) answersOf(from string) []offer {
	if strings.Contains(from, keySlash) || isCount(from) {
		return nil
	}
	e, err := s.journal.Get(from)
	if err != nil {
		return nil
	}
	var out []offer
	for _, a := range Named(s.journal, e).Answers {
		if o := s.answerOffer(e, a); o.line.text != "" {
			out = append(out, o)
		}
	}
	return out
}

// A picking is a pick step of a walk.
type picking struct {
	*session
	walk *walk
	step content.Step
	gone map[string][]journal.Answer // lines of what was let go, while the step is on the screen
}

func newPicking(s *session, w *walk, step content.Step) picking {
	return picking{session: s, walk: w, step: step, gone: make(map[string][]journal.Answer)}
}

func (p picking) items() []journal.Item { return p.walk.answer(p.step.ID).Items }

func (p picking) picked(from string) bool {
	return slices.ContainsFunc(p.items(), func(it journal.Item) bool { return it.From == from })
}

// lines reports whether what is picked becomes lines of a brief.
func (p picking) lines() bool { return p.walk.picksLines(p.step) }

// picksLines reports whether what is picked at a step becomes lines of a brief.
func (w *walk) picksLines(step content.Step) bool {
	into, _ := w.guide.Step(step.Into)
	return into.Kind == content.Triangle
}

// toggle picks something, or lets it go.
func (p picking) toggle(o offer) {
	items := slices.Clone(p.items())
	if i := slices.IndexFunc(items, func(it journal.Item) bool { return it.From == o.from }); i >= 0 {
		items = slices.Delete(items, i, i+1)
	} else {
		items = append(items, journal.Item{Text: keptName(o.from, o.title), From: o.from})
	}
	switch {
	case !p.lines(): // it is read beside the questions, and written anew
	case len(items) < len(p.items()):
		p.letGo(o)
	default:
		p.take(o)
	}
	p.walk.set(journal.Answer{Step: p.step.ID, Prompt: p.step.Prompt, Items: items})
}

// take makes a line of what was picked, or brings back the one that was let go.
func (p picking) take(o offer) {
	answers := p.gone[o.from]
	if answers == nil {
		line := o.line
		line.step, line.title = pickKey(p.step.ID, o.from), keptName(o.from, o.title)
		answers = line.answers()
	}
	for _, a := range answers {
		p.walk.set(a)
	}
}

// letGo takes the line out again.
func (p picking) letGo(o offer) {
	p.gone[o.from] = nil
	for _, key := range lineKeys(pickKey(p.step.ID, o.from)) {
		if a, ok := p.walk.marked(key); ok {
			p.gone[o.from] = append(p.gone[o.from], a)
		}
		p.walk.set(journal.Answer{Step: key})
	}
}

// mostFound bounds what is listed of the journal at once.
const mostFound = 100

// entriesWith offers the entries with all of these words, the newest first.
func entriesWith(j *journal.Journal, words string) []offer {
	var out []offer
	for h := range j.Entries(journal.Query{Search: words}) {
		if len(out) == mostFound {
			break
		}
		out = append(out, entryOffer(h, "", h.Created.Local().Format("2 January 2006")))
	}
	return out
}
