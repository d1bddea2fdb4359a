package tui

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"goodenough/content"
)

// stopped makes of stop and back, where there is nothing to go back to, a
// quiet end.
func stopped(err error) error {
	if errors.Is(err, errStopped) || errors.Is(err, errBack) {
		return nil
	}
	return err
}

// ground says the way back to solid ground, one part at a time, and where to
// turn for those who want to know.
func (p *plainMode) ground() {
	defer func(words map[string]func()) { p.asides = words }(p.asides)
	p.asides = nil
	practice, _ := p.library.Practice(groundPractice)
	for i, phase := range practice.Phases {
		for _, l := range phase.Lines {
			p.say(l)
		}
		how := "Enter for the next, w for where to turn, or back: "
		if i == len(practice.Phases)-1 {
			how = "w for where to turn, or Enter to go back: "
		}
		switch line, err := p.readWord(how, "w"); {
		case err != nil:
			return
		case line == "w":
			p.turn()
			return
		}
	}
}

// turn says where to turn: what is for danger at once, and the rest a part at a
// time, as somebody asks for it.
func (p *plainMode) turn() {
	parts := cardParts(turnCard(p.session, p.settings.Nation))
	p.say("")
	for _, part := range parts[:2] { // what this is, and what is for danger
		p.part(part)
	}
	parts = parts[1:]
	var names []string
	for _, part := range parts {
		names = append(names, part[0].Text)
	}
	p.say("")
	if p.settings.Nation == "" {
		p.say("The rest is for all nations. One of them can be chosen under settings.")
	}
	p.say("The parts of this:")
	for i, name := range names {
		p.say(fmt.Sprintf("%d. %s", i+1, name))
	}
	for at := 0; ; p.part(parts[at]) {
		enter := "Enter to go back"
		if at+1 < len(parts) {
			enter = "Enter for " + names[at+1]
		}
		n, err := p.oneOf(names, enter+", a number or a name for another, or back: ")
		switch {
		case err != nil:
			return
		case n >= 0:
			at = n
		default:
			at++
		}
		if at == len(parts) {
			return
		}
		p.say("")
	}
}

// cardParts are the parts of a card: what is before its first heading, and what
// is under each.
func cardParts(c content.Card) [][]content.Block {
	parts := [][]content.Block{nil}
	for _, b := range c.Blocks {
		if b.Kind == content.Heading {
			parts = append(parts, nil)
		}
		last := len(parts) - 1
		parts[last] = append(parts[last], b)
	}
	return parts
}

func (p *plainMode) part(blocks []content.Block) {
	for _, b := range blocks {
		p.say(b.Text)
	}
}

func (p *plainMode) card(c content.Card) {
	p.say("")
	p.say(c.Title + ".")
	p.part(c.Blocks)
	p.say("")
}

// learn offers what there is to read.
func (p *plainMode) learn() error {
	cards := newLearn(p.session).cards
	names := make([]string, len(cards))
	for i, c := range cards {
		names[i] = c.Title
	}
	n, err := p.pick("What would you like to read?", names, "A number, or Enter for none: ")
	switch {
	case err != nil || n < 0:
		return stopped(err)
	case cards[n].Title == whereToTurn:
		p.turn()
		return nil
	}
	p.card(cards[n])
	_, id := p.named(cards[n])
	if id == "" {
		return nil
	}
	if line, err := p.read("The word begin opens what it names, or Enter to leave it there: "); err != nil || line != "begin" {
		return stopped(err)
	}
	return p.practise(id)
}

// practise does a practice, or asks which one.
func (p *plainMode) practise(id string) error {
	if id == "" {
		items := newPractise(p.session).items
		names := make([]string, len(items))
		for i, item := range items {
			names[i] = item.title + ". " + minutesWords(item.minutes)
		}
		p.say("At any question, the word ground is a way back to solid ground, and to where to turn.")
		n, err := p.pick("Practise.", names, "A number, or Enter for none: ")
		if err != nil || n < 0 {
			return stopped(err)
		}
		if items[n].practice.ID == "" {
			return p.guide(items[n].guide.ID, false)
		}
		id = items[n].practice.ID
	}
	practice, ok := p.library.Practice(id)
	if !ok {
		return p.guide(id, false)
	}
	silent, course, err := p.before(practice)
	if err == nil {
		err = p.after(practice, p.do(course, silent))
	}
	return stopped(err)
}

// before says what there is to know and asks what there is to choose.
func (p *plainMode) before(practice content.Practice) (silent bool, c content.Course, err error) {
	b := newBefore(p.session, practice)
	p.say(practice.Title + ".")
	if practice.Before != "" {
		p.say(practice.Before)
	}
	p.say("Eyes open is fine. Enter stops it.")
	p.say(practice.Leave)
	choose := func(question string, at *int, labels []string) {
		if err != nil || len(labels) < 2 {
			return
		}
		var n int
		if n, err = p.pick(question, labels, "A number, or Enter for "+labels[*at]+": "); n >= 0 {
			*at = n
		}
	}
	var anchors, lengths, paces []string
	for _, a := range p.library.Anchors() {
		anchors = append(anchors, a.Label)
	}
	shortest := slices.Sorted(slices.Values(practice.Minutes))
	length := slices.Index(shortest, practice.Minutes[b.length])
	for _, m := range shortest {
		lengths = append(lengths, minutes(m))
	}
	for _, pace := range practice.Paces {
		paces = append(paces, pace.Label)
	}
	if practice.Rests() {
		choose("What would you like to rest on?", &b.anchor, anchors)
	}
	choose("How long?", &length, lengths)
	b.setMinutes(shortest[length])
	if b.course().AtBreath() {
		choose("At which pace?", &b.pace, paces)
	}
	quiet := 0
	choose("With words as it goes, or silence and a bell at the end?", &quiet, []string{"words", "silence and a bell"})
	if err == nil {
		_, err = p.read("Enter begins. ")
	}
	return quiet == 1, b.course(), err
}

// A spoken line of a course, and when it is said.
type spoken struct {
	at   time.Duration
	text string
}

// script is a course as lines: its words, and one for each breath.
func script(c content.Course) []spoken {
	const grain = 250 * time.Millisecond
	var out []spoken
	var last content.Position
	for at := time.Duration(0); at < c.Duration(); at += grain {
		now := c.At(at)
		if at == 0 || now.Phase != last.Phase || now.Said != last.Said {
			if now.Said > 0 {
				out = append(out, spoken{at, now.Lines[now.Said-1]})
			}
		}
		b := now.Breath
		if b.Inhale > 0 && !b.Out && (at == 0 || last.Breath.Out || last.Breath.Inhale == 0) {
			out = append(out, spoken{at, fmt.Sprintf("in %d, out %d", b.Inhale, b.Exhale)})
		}
		last = now
	}
	return out
}

// doublePress is how soon after the start an Enter is one pressed twice, and
// does not stop what it began.
const doublePress = time.Second

// do says a course, line by line, until its end or until something is typed, and
// reports whether it came to its end.
func (p *plainMode) do(c content.Course, silent bool) (whole bool) {
	began := p.now()
	wait := func(until time.Duration) bool {
		t := time.NewTimer(until - p.now().Sub(began))
		defer t.Stop()
		for {
			select {
			case <-t.C:
				return true
			case _, ok := <-p.in.next():
				p.in.took(ok)
				if !ok || p.now().Sub(began) >= doublePress {
					return false
				}
			}
		}
	}
	if silent {
		if whole = wait(c.Duration()); whole {
			fmt.Fprint(p.out, "\a")
		}
		return whole
	}
	for _, s := range script(c) {
		if !wait(s.at) {
			return false
		}
		p.say(s.text)
	}
	return wait(c.Duration())
}

// after asks how it was, and keeps nothing unless it is asked to.
func (p *plainMode) after(practice content.Practice, whole bool) error {
	a := newAfter(p.session, practice, whole, p.now())
	p.say(a.closing())
	if a.field == nil {
		return nil
	}
	var labels []string
	for _, w := range a.field.words {
		labels = append(labels, w.Label)
	}
	n, err := p.pick(a.field.step.Prompt, labels, "A number, or Enter to leave it there: ")
	if err != nil || n < 0 {
		return err
	}
	a.field.focusOn(n)
	if say := a.field.words[n].Say; say != "" {
		p.say(say)
	}
	p.say("The word ground says where to turn.")
	line, err := p.readWord("Type keep to keep a line of it in the journal, or Enter to leave it there: ", "keep", "k")
	if err != nil || line == "" {
		return err
	}
	return newPlainWalk(p, a.keeping().walk).run()
}
