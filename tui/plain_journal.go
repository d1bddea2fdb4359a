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
	found journal.List
	from  int // the first that was said
	said  int // how many were
}

// plainPage is how many entries are said at once.
const plainPage = 20

// past goes through the journal until there is enough of it.
func (p *plainMode) past() error {
	l := &plainList{plainMode: p}
	l.found = l.journal.List(journal.Query{})
	if l.found.Len() == 0 {
		p.say("Nothing here yet.")
		return nil
	}
	p.say("A number reads an entry. The word find and words look for them, as in find school. The word on and a date go there, as in on last March. The word more goes on, the word all shows all again, and Enter goes back.")
	l.list()
	for {
		line, err := p.read("A number, find, on, more, all, or Enter to go back: ")
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
	default:
		l.say("Please type a number, or one of the words find, on, more and all.")
	}
	return nil
}

// look lists what a query finds.
func (l *plainList) look(q journal.Query) {
	l.found, l.from = l.journal.List(q), 0
	switch n := l.found.Len(); {
	case q.Search == "":
	case n == 0:
		l.say("That is in no entry. Here are all of them again.")
		l.found = l.journal.List(journal.Query{})
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
		line, err := l.read(how + ": ")
		switch {
		case err != nil || line == "":
			return err
		case strings.EqualFold(line, "later"):
			err = l.change(e, true)
		case strings.EqualFold(line, "change") && changeable(l.session, e):
			err = l.change(e, false)
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
