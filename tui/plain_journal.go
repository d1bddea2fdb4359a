package tui

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"goodenough/journal"
)

// A plainList is the journal one line at a time: some entries by number, and
// the words that find others.
type plainList struct {
	*plainMode
	query journal.Query
	found journal.List
	from  int // the first that was said
	said  int // how many were
}

// plainPage is how many entries are said at once.
const plainPage = 20

// past goes through the journal until there is enough of it.
func (p *plainMode) past() error {
	l := &plainList{plainMode: p}
	l.found = l.journal.List(l.query)
	if l.found.Len() == 0 && len(l.journal.Bin()) == 0 {
		p.say("Nothing here yet.")
		return nil
	}
	p.say("A number reads an entry. The word find and words look for them, as in find school. The word on and a date go there, as in on last March. The word more goes on, the word all shows all again, the word bin has what was deleted, and Enter goes back.")
	l.list()
	for {
		line, err := p.read("A number, find, on, more, all, bin, or Enter to go back: ")
		if err != nil || line == "" {
			return stopped(err)
		}
		if err := l.take(line); err != nil && !errors.Is(err, errBack) {
			return stopped(err)
		}
	}
}

// take does what was typed.
func (l *plainList) take(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch n, err := strconv.Atoi(line); {
	case err == nil && n >= 1 && n <= l.found.Len():
		return l.readEntry(l.found.At(n - 1).ID)
	case strings.EqualFold(word, "find") && rest != "":
		l.look(journal.Query{Search: rest})
	case strings.EqualFold(word, "on") && rest != "":
		when, ok := parsePeriod(rest, l.now())
		if !ok {
			l.say("That date is not one I know. " + periodHelp)
			return nil
		}
		if l.from = min(l.found.Before(when.until), max(l.found.Len()-1, 0)); l.found.Before(when.until) == l.found.Before(when.since) {
			l.say("Nothing is here from then. This is the nearest.")
		}
		l.list()
	case strings.EqualFold(line, "more"):
		l.from += l.said
		l.list()
	case strings.EqualFold(line, "all"):
		l.look(journal.Query{})
	case strings.EqualFold(line, "bin"):
		return l.bin()
	default:
		l.say("Please type a number, or one of the words find, on, more, all and bin.")
	}
	return nil
}

// look lists what a query finds.
func (l *plainList) look(q journal.Query) {
	l.query, l.found, l.from = q, l.journal.List(q), 0
	switch n := l.found.Len(); {
	case q.Search == "":
	case n == 0:
		l.say("That is in no entry. Here are all of them again.")
		l.query = journal.Query{}
		l.found = l.journal.List(l.query)
	default:
		l.say(fmt.Sprintf("Found in %d %s.", n, plural(n, "entry", "entries")))
	}
	l.list()
}

// list says some entries, the newest first, each with the sentence in which
// something was found.
func (l *plainList) list() {
	l.said = max(min(plainPage, l.found.Len()-l.from), 0)
	if l.said == 0 && l.found.Len() > 0 {
		l.say("That was the last.")
	}
	for i := l.from; i < l.from+l.said; i++ {
		h := l.found.At(i)
		l.say(fmt.Sprintf("%d %s, %s", i+1, h.Created.Local().Format("Monday 2 January 2006"), entryTitle(h)))
		if !l.found.Search().Shows() {
			continue
		}
		if e, err := l.journal.Get(h.ID); err == nil {
			if sentence := bestSentence(l.found.Search(), entryTexts(e)); sentence != "" {
				l.say(printable(sentence))
			}
		}
	}
}

// readEntry says an entry, and what can be done with it.
func (l *plainList) readEntry(id string) error {
	for {
		e, err := l.journal.Get(id)
		if err != nil {
			return err
		}
		l.sayEntry(e)
		how := "Enter goes back to the list. The word later adds a thought of today"
		if changeable(l.session, e) {
			how += ", the word change changes it"
		}
		if len(e.Earlier) > 0 {
			how += ", the word earlier says what it said before"
		}
		how += ", the word delete moves it to the bin"
		line, err := l.read(how + ": ")
		switch {
		case err != nil || line == "":
			return err
		case strings.EqualFold(line, "later"):
			err = l.change(e, true)
		case strings.EqualFold(line, "change") && changeable(l.session, e):
			err = l.change(e, false)
		case strings.EqualFold(line, "delete"):
			if gone, err := l.delete(id); gone || err != nil {
				return err
			}
		case strings.EqualFold(line, "earlier"):
			for i := range e.Earlier {
				v := e.Earlier[len(e.Earlier)-1-i]
				l.say(untilWords(v) + ":")
				l.sayEntry(versionOf(e, v))
			}
		}
		if err != nil {
			return err
		}
	}
}

// delete moves an entry to the bin, where somebody is sure.
func (l *plainList) delete(id string) (gone bool, err error) {
	if sure, err := l.sure(deleteWarning); !sure {
		return false, err
	}
	if err := l.journal.Delete(id); err != nil {
		l.say(Sentence(err))
		return false, nil
	}
	l.say("It is in the bin.")
	l.again()
	return true, nil
}

// again lists what there is now, after some of it has gone or come back.
func (l *plainList) again() {
	l.found = l.journal.List(l.query)
	if l.from = max(min(l.from, l.found.Len()-1), 0); l.found.Len() == 0 {
		l.say("There is nothing in the list now.")
	}
	l.list()
}

// bin offers what was deleted, until it is enough.
func (l *plainList) bin() error {
	defer l.again()
	for {
		binned := l.journal.Bin()
		if len(binned) == 0 {
			l.say("The bin is empty.")
			return nil
		}
		var names []string
		for _, e := range binned {
			names = append(names, fmt.Sprintf("%s, %s, in the bin until %s", e.Created.Local().Format("Monday 2 January 2006"), entryTitle(e.Header), e.Until.Local().Format("2 January")))
		}
		n, err := l.pick("The bin.", names, "A number, or Enter to go back: ")
		if err != nil || n < 0 {
			return err
		}
		if err := l.binned(binned[n].ID); err != nil {
			return err
		}
	}
}

// binned takes what is to become of an entry in the bin.
func (l *plainList) binned(id string) error {
	bin := newBin(l.session)
	bin.taken = l.pickedFor(id)
	n, err := l.pickOf([]string{"bring it back", "delete it for good"}, "A number, or Enter to leave it there: ")
	if err != nil || n < 0 {
		return err
	}
	change, done := l.journal.Undelete, "It is back."
	if n == 1 {
		if sure, err := l.sure(bin.warning()); !sure {
			return err
		}
		change, done = func(id string) error { return purge(l.journal, id) }, "It is deleted."
	}
	if err := change(id); err != nil {
		done = Sentence(err)
	}
	l.say(done)
	return nil
}

func (l *plainList) sayEntry(e journal.Entry) {
	var text strings.Builder
	WriteText(&text, l.library, Named(l.journal, e)) // into memory, which does not fail
	l.say(text.String())
}

// change walks a change of an entry, or a later thought.
func (l *plainList) change(e journal.Entry, adds bool) error {
	screen := beginChange(l.session, e, adds)
	l.say(screen.walk.name() + ". Enter alone leaves what is there. The word stop stops, and keeps what there is.")
	return newPlainWalk(l.plainMode, screen.walk).run()
}
