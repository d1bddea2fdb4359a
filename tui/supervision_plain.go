package tui

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodenough/content"
	"goodenough/journal"
)

// supervision offers what there is to do before it and after it, one line at a
// time, until somebody goes on.
func (p *plainMode) supervision() error {
	for {
		ways := []plainWay{
			{"prepare a brief", func() error { return p.walkOn(briefGuide) }},
			{"afterwards: what was agreed, what you took, or that it did not happen", func() error { return p.walkOn(afterwards) }},
			{"when it is: " + p.whenWords(), p.askDates},
		}
		if h, ok := p.newest(briefGuide); ok {
			ways = append(ways, plainWay{"what would be shared of the brief of " + h.Created.Local().Format("Monday 2 January"), func() error { return p.share(h.ID) }})
		}
		if n := len(p.openActions()); n > 0 {
			ways = append(ways, plainWay{strconv.Itoa(n) + " agreed and open", p.askDone})
		}
		if g, ok := p.cpdGuide(); ok {
			ways = append(ways, plainWay{g.Title + ", " + p.cpdAbout(), func() error { return p.walkOn(g.ID) }})
		}
		if h, ok := p.newest(cpdEngland, cpdPlain); ok {
			ways = append(ways, plainWay{"write out the draft of " + h.Created.Local().Format("Monday 2 January"), func() error { return p.share(h.ID) }})
		}
		p.say("")
		n, err := p.pickWay("Supervision.", ways, "A number, or Enter to leave: ")
		if err != nil || n < 0 {
			return stopped(err)
		}
		if err := stopped(ways[n].open()); err != nil {
			return err
		}
	}
}

// walkOn goes on with what was begun of a guide, or begins it.
func (p *plainMode) walkOn(guide string) error {
	if w := p.begun(guide); w != nil {
		return p.goOn(w, true)
	}
	return p.guide(guide, false)
}

// numbers reads several numbers from 1 to most with commas or spaces between
// them; ok is false when the line is something else.
func numbers(line string, most int) (at []int, ok bool) {
	for part := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || r == ' ' }) {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || n > most {
			return nil, false
		}
		at = append(at, n-1)
	}
	return at, len(at) > 0
}

// askDone lists what was agreed and takes what is done.
func (p *plainMode) askDone() error {
	open := p.openActions()
	p.say("Agreed, and still open.")
	for i, a := range open {
		p.say(strconv.Itoa(i+1) + ". " + printable(itemText(a.item)))
	}
	for {
		line, err := p.read("Numbers of what is done, with commas between them, or Enter for none: ")
		if err != nil || line == "" {
			return err
		}
		at, ok := numbers(line, len(open))
		if !ok {
			p.say("Numbers from 1 to " + strconv.Itoa(len(open)) + ", please, or Enter.")
			continue
		}
		for _, i := range at {
			open[i].item.Done = true
			if err := open[i].store(p.journal); err != nil {
				return err
			}
		}
		p.say("Noted.")
		return nil
	}
}

// askDates takes when supervision is, and whether home speaks of CPD.
func (p *plainMode) askDates() error {
	set := p.settings
	if err := p.askNext(&set.Supervision); err != nil {
		return err
	}
	var rhythmNames []string
	for _, weeks := range rhythms {
		rhythmNames = append(rhythmNames, rhythmWords(weeks))
	}
	n, err := p.pick("How often is it?", rhythmNames, "A number, or Enter for "+rhythmWords(set.Supervision.Weeks)+": ")
	if err != nil {
		return err
	}
	if n >= 0 {
		set.Supervision.Weeks = rhythms[n]
	}
	if p.library.Nation(set.Nation).ID == england {
		if err := p.askReminder(&set.CPD); err != nil {
			return err
		}
	}
	if err := p.journal.SetSettings(set); err != nil {
		return err
	}
	p.settings = set
	p.say("Kept: " + p.whenWords() + ".")
	return nil
}

// askNext takes the day of the next supervision.
func (p *plainMode) askNext(set *supervisionDates) error {
	for {
		line, err := p.read("The next one, as 2026-12-03, or - for no date, or Enter to leave it: ")
		if err != nil || line == "" {
			return err
		}
		if line == "-" {
			set.Next = ""
			return nil
		}
		if _, err := time.Parse(time.DateOnly, line); err == nil {
			set.Next = line
			return nil
		}
		p.say("A day is written like 2026-12-03.")
	}
}

// askReminder takes whether home speaks of CPD.
func (p *plainMode) askReminder(c *cpdReminder) error {
	var names []string
	for _, to := range reminds {
		names = append(names, remindWords(to, p.now()))
	}
	n, err := p.pick("Say on home when the CPD window is open?", names, "A number, or Enter for "+names[c.asks(p.now())]+": ")
	if err == nil && n >= 0 {
		c.set(reminds[n], p.now())
	}
	return err
}

// share shows what would leave, and writes it to a file when it is asked to.
func (p *plainMode) share(id string) error {
	e, err := p.journal.Get(id)
	if err != nil {
		return err
	}
	paper := newPaper(p.library, e)
	for _, words := range []string{p.unkeptChange(id), paper.nothing()} {
		if words != "" {
			p.say(words)
		}
	}
	if paper.empty() {
		return nil
	}
	p.say(allThatLeaves)
	if kinds := paper.findings(p.scanner()); len(kinds) > 0 {
		p.say(mayIdentify + strings.Join(kinds, ", ") + ".")
	}
	p.say("")
	var text strings.Builder
	if err := paper.write(&text, formText); err != nil {
		return err
	}
	p.say(text.String())
	return p.writeOut(paper)
}

// writeOut writes a paper to a new file, in a form, where somebody wants one.
func (p *plainMode) writeOut(paper paper) error {
	n, err := p.pick("Write it to a file?", []string{"a page to print", "Markdown", "plain text"}, "A number, or Enter for no file: ")
	if err != nil || n < 0 {
		return err
	}
	form := []string{formHTML, formMarkdown, formText}[n]
	for {
		name, err := p.read("The name of a new file, such as brief" + extensions[form] + ", or Enter for none: ")
		if err != nil || name == "" {
			return err
		}
		path, err := WriteNew(name, func(w io.Writer) error { return paper.write(w, form) })
		if err != nil {
			p.say(Sentence(err))
			continue
		}
		p.say("Written to " + printable(path))
		return nil
	}
}

// bring asks for one thing to bring.
func (p *plainWalk) bring(step content.Step) error {
	l := p.walk.line(step)
	if known := p.saidFor(p.walk, step); known != "" {
		p.say(known)
	}
	return p.askLine(l)
}

// askLine asks for the words of a line, what is wanted of it, and the rest.
func (p *plainWalk) askLine(l briefLine) error {
	if l.words() {
		p.say("So far: " + l.inARow())
	}
	ask := func(question string, at *string) error {
		p.say(question)
		text, err := p.read("> ")
		if err != nil || text == "" {
			return err
		}
		if *at = text; text == "-" {
			*at = ""
		}
		p.setLine(l)
		return nil
	}
	if err := ask("A few words:", &l.text); err != nil || l.text == "" {
		return err
	}
	if err := ask(wantPrompt, &l.want); err != nil {
		return err
	}
	return p.askMarks(l)
}

// askMarks takes whether a line may be shown, its verb and its side.
func (p *plainWalk) askMarks(l briefLine) error {
	p.say("It is: " + l.marked() + ".")
	for again := true; again; {
		line, err := p.read("Type share or keep, another verb (" + strings.Join(content.Verbs, ", ") + "), another side (" + strings.Join(content.Sides, ", ") + "), with commas between them, or Enter: ")
		if err != nil || line == "" {
			return err
		}
		again = !p.takeMarks(&l, line)
		p.setLine(l)
	}
	return nil
}

// takeMarks takes what was typed of a line's marks, and reports whether all of
// it was one of them.
func (p *plainWalk) takeMarks(l *briefLine, line string) (all bool) {
	all = true
	for word := range strings.SplitSeq(strings.ToLower(line), ",") {
		switch word = strings.TrimSpace(word); {
		case word == "share" || word == "keep":
			l.share = word == "share"
		case slices.Contains(content.Verbs, word):
			l.verb = word
		case slices.Contains(content.Sides, word):
			l.side = word
		default:
			p.say("Not one of them: " + printable(word))
			all = false
		}
	}
	return all
}

// triangle says the whole brief, and takes what may be shown.
func (p *plainWalk) triangle() error {
	for {
		lines := p.namedLines(p.walk)
		if len(lines) == 0 {
			p.say(nothingYet)
			return nil
		}
		p.sayLines(lines)
		line, err := p.read("Numbers to share or to keep again, a number and the word change to write on it, or Enter to go on: ")
		if err != nil || line == "" {
			return err
		}
		first, change := strings.CutSuffix(line, "change")
		switch at, ok := numbers(first, len(lines)); {
		case !ok:
			p.say("Numbers from 1 to " + strconv.Itoa(len(lines)) + ", please, or Enter.")
		case change:
			if err := p.askLine(lines[at[0]]); err != nil {
				return err
			}
		default:
			for _, i := range at {
				lines[i].turnShare()
				p.setLine(lines[i])
			}
		}
	}
}

// sayLines says the sides of the triangle, and each line of the brief.
func (p *plainWalk) sayLines(lines []briefLine) {
	n := onSide(lines)
	for _, side := range content.Sides {
		p.say(sideLine(n, side) + ".")
	}
	for i, l := range lines {
		words := l.inARow()
		if !l.words() {
			words = printable(l.title) + ", " + noWords
		}
		p.say(strconv.Itoa(i+1) + ". " + l.marked() + ": " + words)
	}
}

// inARow are the words of a line, and what is wanted of it, one after another.
func (l briefLine) inARow() string {
	return printable(strings.TrimSpace(oneRow(l.text) + " " + l.wantWords()))
}

// marked says how a line is marked.
func (l briefLine) marked() string {
	return strings.Join([]string{l.shareWord(), forVerb(l.verb), sideOf(l.side).name}, ", ")
}

// setLine takes a line into the walk.
func (p *plainWalk) setLine(l briefLine) {
	for _, a := range l.answers() {
		p.walk.set(a)
	}
	p.keep()
}

// SupervisionForms are the forms in which [WriteSupervision] writes.
const SupervisionForms = formText + "," + formMarkdown + "," + formHTML

// WriteSupervision writes what is shared of the newest brief in a form.
func WriteSupervision(o Options, j *journal.Journal, form string, w io.Writer) error {
	s := newSession(o)
	s.opened(j)
	h, ok := s.newest(briefGuide)
	if !ok {
		return Said("There is no brief yet. goodenough supervision is where one is made.")
	}
	e, err := j.Get(h.ID)
	if err != nil {
		return err
	}
	paper := newPaper(s.library, e)
	if paper.empty() {
		return Said(paper.nothing())
	}
	return paper.write(w, form)
}
