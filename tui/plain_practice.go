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
	for _, phase := range practice.Phases {
		for _, l := range phase.Lines {
			p.say(l)
		}
		switch line, err := p.read("Enter for the next, w for where to turn, or back: "); {
		case err != nil:
			return
		case line == "w":
			p.card(turnCard(p.session, p.settings.Nation))
			return
		}
	}
	if line, err := p.read("w for where to turn, or Enter to go back: "); err == nil && line == "w" {
		p.card(turnCard(p.session, p.settings.Nation))
	}
}

func (p *plainMode) card(c content.Card) {
	p.say("")
	p.say(c.Title + ".")
	for _, b := range c.Blocks {
		p.say(wrap(b.Text, spokenWidth))
	}
	p.say("")
}

// spokenWidth bounds a line of a card in plain mode: much longer ones are hard
// to go back into by ear.
const spokenWidth = 78

// learn offers what there is to read.
func (p *plainMode) learn() error {
	cards := newLearn(p.session).cards
	names := make([]string, len(cards))
	for i, c := range cards {
		names[i] = c.Title
	}
	n, err := p.pick("What would you like to read?", names, "A number, or Enter for none: ")
	if err != nil || n < 0 {
		return stopped(err)
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
	for _, m := range practice.Minutes {
		lengths = append(lengths, minutes(m))
	}
	for _, pace := range practice.Paces {
		paces = append(paces, pace.Label)
	}
	if practice.Rests() {
		choose("What would you like to rest on?", &b.anchor, anchors)
	}
	choose("How long?", &b.length, lengths)
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
	line, err := p.read("Type keep to keep a line of it in the journal, or Enter to leave it there: ")
	if err != nil || !slices.Contains([]string{"k", "keep"}, line) {
		return err
	}
	w := &plainWalk{plainMode: p, walk: a.keeping().walk}
	return w.run()
}
