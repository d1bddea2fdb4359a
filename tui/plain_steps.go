package tui

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"goodenough/content"
	"goodenough/journal"
)

// The steps of a guide in plain mode, each kind as a question or a few.

// ask puts one step and takes its answer into the walk.
func (p *plainWalk) ask() error {
	step := p.walk.step()
	p.say("")
	n, of := p.walk.place()
	p.say(fmt.Sprintf("%d of %d. %s", n, of, step.Prompt))
	if step.Note != "" {
		p.say(step.Note)
	}
	switch step.Kind {
	case content.Pause:
		return p.pause(step)
	case content.Choice:
		return p.choice(step)
	case content.Scale:
		return p.scale(step)
	case content.Share:
		return p.share(step)
	case content.Systems:
		return p.systems(step)
	case content.Rows:
		return p.rows(step)
	case content.Park:
		return p.park(step)
	case content.Pick:
		return p.pickEntries(step)
	case content.Bring:
		return p.bring(step)
	case content.Triangle:
		return p.triangle()
	}
	return p.text(step)
}

func (p *plainWalk) pause(step content.Step) error {
	lines := step.Lines
	if len(step.Anchors) > 0 {
		names := make([]string, len(step.Anchors))
		for i, a := range step.Anchors {
			names[i] = a.Label
		}
		n, err := p.pickOf(names, "A number, or Enter to skip: ")
		if err != nil || n < 0 {
			return err
		}
		lines = step.Anchors[n].Lines
	}
	for _, l := range lines {
		p.say(l)
	}
	_, err := p.read("Enter when you are ready. ")
	return err
}

// before says what was answered here the last time, if anything.
func (p *plainWalk) before(a journal.Answer) {
	if !a.Empty() {
		p.say("So far: " + strings.Join(answerLines(p.session, p.walk.guide.ID, a), "; "))
		p.say("Enter leaves it as it is. A hyphen takes it back.")
	}
}

func (p *plainWalk) text(step content.Step) error {
	a := p.walk.answer(step.ID)
	p.before(a)
	a.Step, a.Prompt = step.ID, step.Prompt
	if step.Long {
		if a.Text != "" {
			p.say("What you write now comes after it.")
		}
		p.say("Write as many lines as you like. An empty line ends it.")
	}
	for {
		line, err := p.read("> ")
		switch {
		case err != nil || line == "":
			return err
		case line == "-":
			a.Text = ""
		case step.Long && a.Text != "":
			a.Text += "\n" + line
		default:
			a.Text = line
		}
		p.set(a)
		if !step.Long {
			return nil
		}
	}
}

func (p *plainWalk) choice(step content.Step) error {
	a := p.walk.answer(step.ID)
	p.before(a)
	words := step.Options()
	if p.listed[step.ID] && len(words) > fewWords {
		p.say("The words are those of before. The word list says them again.")
	} else {
		p.list(step)
	}
	p.listed[step.ID] = true
	how := "A number, or Enter to skip: "
	switch {
	case step.Many && step.Own:
		how = "Numbers or words, with commas between them, your own too; or Enter to skip: "
	case step.Many:
		how = "Numbers or words, with commas between them; or Enter to skip: "
	}
	a = journal.Answer{Step: step.ID, Prompt: step.Prompt, Text: a.Text}
	p.asides["list"] = func() { p.list(step) }
	defer delete(p.asides, "list")
	for len(a.Choices) == 0 {
		line, err := p.read(how)
		if err != nil || line == "" {
			return err
		}
		if line == "-" {
			p.set(journal.Answer{Step: step.ID})
			return nil
		}
		a.Choices = p.chosen(step, words, line)
	}
	p.set(a)
	delete(p.asides, "list")
	alone := func(w content.Word) bool { return w.Alone && slices.Contains(a.Choices, w.Label) }
	if step.Line == "" || slices.ContainsFunc(words, alone) {
		return nil
	}
	return p.line(step.Line, a)
}

// fewWords is how many words are said again each time a step is come back to.
const fewWords = 12

// list says the words of a step, each with its number.
func (p *plainWalk) list(step content.Step) {
	n := 0
	for _, g := range step.Groups {
		if g.Label != "" {
			p.say(g.Label + ":")
		}
		var row []string
		for _, w := range g.Words {
			n++
			row = append(row, numbered(n, w.Label))
		}
		if g.Label == "" {
			for _, r := range row {
				p.say(r)
			}
		} else {
			p.say(strings.Join(row, ", "))
		}
	}
}

// chosen reads the words of a typed line, and says what belongs to them.
func (p *plainWalk) chosen(step content.Step, words []content.Word, line string) (labels []string) {
	for part := range strings.SplitSeq(line, ",") {
		word, ok := chosenWord(words, strings.TrimSpace(part), step.Own)
		if !ok {
			if part = printable(strings.TrimSpace(part)); part != "" {
				p.say("Not in the list, so left out: " + part)
			}
			continue
		}
		if !slices.Contains(labels, word.Label) {
			labels = append(labels, word.Label)
		}
		if word.Say != "" {
			p.say(word.Say)
		}
		if !step.Many {
			break
		}
	}
	return labels
}

// chosenWord finds a word by its number or its name, or takes it as the
// person's own.
func chosenWord(words []content.Word, s string, own bool) (content.Word, bool) {
	if s == "" {
		return content.Word{}, false
	}
	if n, err := strconv.Atoi(s); err == nil {
		if n < 1 || n > len(words) {
			return content.Word{}, false
		}
		return words[n-1], true
	}
	for _, w := range words {
		if strings.EqualFold(w.Label, s) {
			return w, true
		}
	}
	return content.Word{ID: s, Label: s}, own
}

// line asks for the one line more beside an answer.
func (p *plainWalk) line(question string, a journal.Answer) error {
	p.say(question)
	text, err := p.read("> ")
	if err != nil {
		return err
	}
	switch text {
	case "":
	case "-":
		a.Text = ""
	default:
		a.Text = text
	}
	p.set(a)
	return nil
}

// number asks for a value from 0 to most. ok is false when it was skipped.
func (p *plainWalk) number(prompt string, most int) (n int, ok bool, err error) {
	for {
		line, err := p.read(prompt)
		if err != nil || line == "" {
			return 0, false, err
		}
		if line == "-" {
			return -1, true, nil
		}
		if n, err := strconv.Atoi(line); err == nil && n >= 0 && n <= most {
			return n, true, nil
		}
		p.say(fmt.Sprintf("A number from 0 to %d, please, or Enter to skip.", most))
	}
}

func (p *plainWalk) scale(step content.Step) error {
	a := p.walk.answer(step.ID)
	p.before(a)
	p.say("0 is " + step.Low + ", 10 is " + step.High + ".")
	return p.value(journal.Answer{Step: step.ID, Prompt: step.Prompt, Value: a.Value, Text: a.Text}, step.Line)
}

// value asks for a number from 0 to 10 and the line beside it.
func (p *plainWalk) value(a journal.Answer, question string) error {
	n, ok, err := p.number("0 to 10, or Enter to skip: ", scaleMax)
	if err != nil {
		return err
	}
	switch {
	case ok && n < 0:
		p.set(journal.Answer{Step: a.Step})
		return nil
	case ok:
		a.Value = &n
		p.set(a)
	}
	if question == "" || a.Value == nil {
		return nil
	}
	return p.line(question, a)
}

func (p *plainWalk) systems(step content.Step) error {
	for _, sys := range step.Systems {
		p.say(sys.Label + ": " + sys.Meaning)
		was := p.walk.answer(sys.ID)
		p.before(was)
		a := journal.Answer{Step: sys.ID, Prompt: sys.Prompt, Value: was.Value, Text: was.Text}
		if err := p.value(a, sys.Line); err != nil {
			return err
		}
	}
	return nil
}

func (p *plainWalk) share(step content.Step) error {
	was := p.walk.answer(step.ID)
	p.before(was)
	left := step.Squares
	shares := make(map[string]int)
	for id, n := range was.Shares {
		shares[id] = n
		left -= n
	}
	for _, part := range step.Parts {
		most := left + shares[part.ID]
		if most <= 0 {
			continue
		}
		question := fmt.Sprintf("%s (%d left): ", part.Label, left)
		if now := shares[part.ID]; now > 0 {
			question = fmt.Sprintf("%s (%d so far, %d left): ", part.Label, now, left)
		}
		n, ok, err := p.number(question, most)
		switch {
		case err != nil:
			return err
		case !ok:
			continue
		case n < 0:
			p.set(journal.Answer{Step: step.ID})
			return nil
		}
		left = most - n
		shares = maps.Clone(shares) // the walk keeps the one it was given
		if shares[part.ID] = n; n == 0 {
			delete(shares, part.ID)
		}
		p.set(journal.Answer{Step: step.ID, Prompt: step.Prompt, Shares: shares})
	}
	return nil
}

func (p *plainWalk) park(step content.Step) error {
	for _, line := range p.leftLast(p.walk, step) {
		p.say(line)
	}
	a := p.walk.answer(step.ID)
	p.before(a)
	a.Step, a.Prompt = step.ID, step.Prompt
	what, when := "Something unfinished, or Enter to go on: ", "When you will next touch it"
	if len(step.Whos) > 0 {
		what, when = "Something that was agreed, or Enter to go on: ", "By when"
	}
	for {
		text, err := p.read(what)
		if err != nil || text == "" {
			return err
		}
		if text == "-" {
			p.set(journal.Answer{Step: step.ID})
			return nil
		}
		a.Items = append(slices.Clone(a.Items), journal.Item{Text: text})
		p.set(a)
		about := func(question string, such []string, at func(*journal.Item) *string) error {
			if len(such) == 0 {
				return nil
			}
			words, err := p.read(question + " (such as " + strings.Join(such, ", ") + "): ")
			if err != nil {
				return err
			}
			a.Items = slices.Clone(a.Items) // the walk keeps the one it was given
			*at(&a.Items[len(a.Items)-1]) = words
			p.set(a)
			return nil
		}
		if err := about("Who will do it", step.Whos, func(it *journal.Item) *string { return &it.Who }); err != nil {
			return err
		}
		if err := about(when, step.Whens, func(it *journal.Item) *string { return &it.When }); err != nil {
			return err
		}
	}
}
