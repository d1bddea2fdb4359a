package tui

import (
	"strconv"
	"strings"
	"unicode"

	"goodenough/content"
)

// mostSaid is how many things to pick are read out at once.
const mostSaid = 20

// pickEntries offers what there is to pick, and searches the journal.
func (p *plainWalk) pickEntries(step content.Step) error {
	pick := newPicking(p.session, p.walk, step)
	suggested := p.suggested(pick)
	offers, how := suggested, pickHow
	for {
		offers = offers[:min(len(offers), mostSaid)]
		if len(offers) == 0 {
			p.say("There is nothing here to pick, and that is fine.")
		}
		for i, o := range offers {
			p.say(strconv.Itoa(i+1) + ". " + pick.said(o))
		}
		line, err := p.read(how)
		if err != nil || line == "" {
			return p.donePicking(pick, err)
		}
		switch at, ok := numbers(line, len(offers)); {
		case ok:
			for _, i := range at {
				if err := p.pickOne(pick, offers[i]); err != nil {
					return err
				}
			}
		case line == "-":
			offers, how = suggested, pickHow
		case !strings.ContainsFunc(line, unicode.IsLetter):
			p.say("Numbers from 1 to " + strconv.Itoa(len(offers)) + ", please, or words.")
		default:
			if offers, how = entriesWith(p.journal, line), pickBack; len(offers) == 0 {
				p.say(noneFound)
				offers, how = suggested, pickHow
			}
		}
	}
}

// What is asked for where there is something to pick: of what is suggested, and
// of what was found.
const (
	pickHow  = "Numbers to pick or let go, words to search for, or Enter to go on: "
	pickBack = "Numbers to pick or let go, words to search for, a hyphen for what was there before, or Enter to go on: "
)

// suggested are the offers before anything is searched for.
func (p *plainWalk) suggested(pick picking) []offer {
	if !pick.lines() {
		return entriesWith(p.journal, "")
	}
	back := p.lookBack()
	p.say(back.sinceWords(p.now()) + ".")
	return back.offers
}

// donePicking goes on from picking; what is to be written anew is said first.
func (p *plainWalk) donePicking(pick picking, err error) error {
	if err == nil && len(pick.items()) > 0 && !pick.lines() {
		p.sayPicked()
		p.say("It stays here: nothing of it is in the answers but what you type. The word picked says it again.")
	}
	return err
}

// sayPicked says what was picked to be written anew.
func (p *plainWalk) sayPicked() {
	texts := p.pickedTexts(p.walk)
	if len(texts) == 0 {
		p.say("Nothing is picked.")
	}
	for _, t := range texts {
		p.say(t.head)
		for _, line := range t.lines {
			p.say(line)
		}
	}
}

// said is something to pick, with its reason, and whether it is picked.
func (p picking) said(o offer) string {
	words := []string{printable(o.title)}
	if o.reason != "" {
		words = append(words, o.reason)
	}
	if p.picked(o.from) {
		words = append(words, "picked")
	}
	if len(words) > 1 {
		words[0] = strings.TrimSuffix(words[0], ".")
	}
	return strings.Join(words, ", ")
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
