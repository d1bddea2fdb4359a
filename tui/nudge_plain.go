package tui

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"goodenough/journal"
)

// look says what could identify somebody, one place after another, before the
// entry is kept. Back goes to the place before, and undoes what was chosen
// there.
func (p *plainWalk) look() error {
	if p.settings.SkipNames {
		return nil
	}
	n := newNudge(p.session, p.walk.guide, p.walk.toDraft().Answers)
	if len(n.finds) > 0 {
		p.say("")
		p.say("Before it is kept, a look at what could identify somebody.")
		p.say("With the names out, people may still be able to tell who it is, say the ICO and the GMC. A page under learn says more.")
		p.say("The word rest leaves all the rest as it is, and back goes back one.")
	}
	for at := 0; at < len(n.finds); {
		line, err := p.found(n, at)
		switch {
		case errors.Is(err, errBack) && at > 0:
			at--
			n.leave(at)
			p.hand(n)
			continue
		case err != nil:
			return err
		case line == "rest":
			return nil
		case line != "":
			p.hand(n)
			err = p.readBack(n, at)
		}
		switch {
		case errors.Is(err, errBack):
			n.leave(at)
			p.hand(n)
		case err != nil:
			return err
		default:
			at++
		}
	}
	return nil
}

// readBack says a sentence as it is now. After the last place nothing else is
// asked before the entry is kept, so it waits there.
func (p *plainWalk) readBack(n *nudge, at int) error {
	f := &n.finds[at]
	before, _, after := n.sentence(at)
	p.say("Now: " + before + printable(n.kept(f.text, f.Start, f.End)) + after)
	for at == len(n.finds)-1 {
		if line, err := p.read("Enter keeps it, back asks again: "); err != nil || line == "" {
			return err
		}
	}
	return nil
}

// hand puts what was chosen into the walk, and on the disk.
func (p *plainWalk) hand(n *nudge) {
	for _, a := range n.keptAnswers() {
		p.walk.set(a)
	}
	p.keep()
}

// found says one place and takes what is to stand there.
func (p *plainWalk) found(n *nudge, at int) (line string, err error) {
	f := &n.finds[at]
	before, found, after := n.sentence(at)
	p.say("")
	p.say(printable(f.prompt))
	p.say(before + found + after)
	p.say("This may be " + f.Kind.Label() + ": " + found)
	offers := n.offers(at)
	var row []string
	for i, words := range offers {
		row = append(row, numbered(i+1, printable(words)))
	}
	p.say(strings.Join(row, ", "))
	for {
		line, err = p.read("A number, your own words, or Enter to leave it: ")
		switch i, wrong := strconv.Atoi(line); {
		case err != nil || line == "" || line == "rest":
			return line, err
		case wrong == nil && i >= 1 && i <= len(offers):
			n.put(at, offers[i-1], false)
			return line, nil
		case strings.ContainsFunc(line, unicode.IsDigit) && !strings.ContainsFunc(line, unicode.IsLetter): // a slip of the hand, not what somebody is called
			p.say(fmt.Sprintf("A number from 1 to %d, please, words of your own, or Enter.", len(offers)))
		default:
			n.put(at, line, true)
			return line, nil
		}
	}
}

// mark asks at the end of a reflection for tags, and of that and a check-in
// whether it is for supervision. It is all written: stop, and the end of the
// input, only end the asking.
func (p *plainWalk) mark() {
	if p.walk.blank() {
		return
	}
	switch journal.Kind(p.walk.guide.Kind) {
	case journal.Reflection:
		if p.askTags() == nil {
			p.askBring()
		}
	case journal.CheckIn:
		p.askBring()
	}
}

func (p *plainWalk) askTags() error {
	known := knownTags(p.session)
	p.say("")
	p.say("Tags to find it by, such as " + printable(strings.Join(known[:min(len(known), 6)], ", ")) + ".")
	line, err := p.read("With commas between them, or Enter for none: ")
	if err != nil {
		return err
	}
	p.walk.draft.Tags = addTags(p.walk.draft.Tags, known, line)
	return nil
}

func (p *plainWalk) askBring() {
	p.say("")
	var names []string
	for _, s := range sides[1:] {
		names = append(names, s.name+": "+s.words)
	}
	i, err := p.pick("Would you like to bring it to supervision? It is kept, for you alone.", append(names, "yes, side not sure"), "A number, or Enter for no: ")
	if err != nil || i < 0 {
		return
	}
	p.walk.draft.Bring = &journal.Bring{Side: sides[(i+1)%len(sides)].id}
}
