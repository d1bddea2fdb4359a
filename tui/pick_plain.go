package tui

import (
	"strconv"

	"goodenough/content"
)

// mostSaid is how many things to pick are read out at once.
const mostSaid = 20

// pickEntries offers what there is to pick, and searches the journal.
func (p *plainWalk) pickEntries(step content.Step) error {
	pick := newPicking(p.session, p.walk, step)
	var offers []offer
	if pick.lines() {
		back := p.lookBack()
		offers = back.offers
		p.say(back.sinceWords(p.now()) + ".")
	} else {
		offers = p.entriesWith("")
	}
	for {
		offers = offers[:min(len(offers), mostSaid)]
		if len(offers) == 0 {
			p.say("There is nothing here to pick, and nothing that has to be.")
		}
		for i, o := range offers {
			p.say(strconv.Itoa(i+1) + ". " + pick.said(o))
		}
		line, err := p.read("Numbers to pick or let go, words to search for, or Enter to go on: ")
		if err != nil || line == "" {
			return err
		}
		at, ok := numbers(line, len(offers))
		if !ok {
			offers = p.entriesWith(line)
			continue
		}
		for _, i := range at {
			if err := p.pickOne(pick, offers[i]); err != nil {
				return err
			}
		}
	}
}

// said is something to pick, with its reason, and whether it is picked.
func (p picking) said(o offer) string {
	words := printable(o.title)
	if o.reason != "" {
		words += ", " + o.reason
	}
	if p.picked(o.from) {
		words += ", picked"
	}
	return words
}

// pickOne picks an entry or lets it go, or takes some of its answers alone.
func (p *plainWalk) pickOne(pick picking, o offer) error {
	answers := p.answersOf(o.from)
	if len(answers) == 0 || pick.picked(o.from) {
		pick.toggle(o)
		p.keep()
		return nil
	}
	p.say(printable(o.title) + ". Its answers:")
	for i, a := range answers {
		p.say(strconv.Itoa(i+1) + ". " + pick.said(a) + ": " + printable(oneRow(a.line.text)))
	}
	line, err := p.read("Numbers of the answers to take alone, or Enter for the entry: ")
	if err != nil {
		return err
	}
	at, ok := numbers(line, len(answers))
	if !ok {
		pick.toggle(o)
	}
	for _, i := range at {
		pick.toggle(answers[i])
	}
	p.keep()
	return nil
}
