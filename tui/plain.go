package tui

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"goodenough/content"
	"goodenough/journal"
)

// Plain mode: one question at a time on the ordinary screen, with the
// terminal's own line editing. No redraw, no colour, no pictures, nothing that
// a screen reader has to work round. It walks the same walk as the full
// screen.

// errStopped ends a walk that was stopped: the draft is kept.
var errStopped = errors.New("stopped")

// errBack asks for the step before.
var errBack = errors.New("back")

// A plainWalk asks the steps of one guide.
type plainWalk struct {
	*session
	in   *bufio.Scanner
	out  io.Writer
	walk *walk
}

// maxTypedLine bounds one typed line, in bytes.
const maxTypedLine = 1 << 20

// RunPlain walks a guide one line at a time, in the journal that is open. It
// keeps a draft after every answer, and the entry at the end.
func RunPlain(o Options, j *journal.Journal, in io.Reader, out io.Writer) error {
	s := newSession(o)
	s.opened(j)
	g, ok := s.library.Guide(string(o.Start))
	if !ok {
		return fmt.Errorf("there is no guide with the name %q", o.Start)
	}
	p := &plainWalk{session: s, in: bufio.NewScanner(in), out: out}
	p.in.Buffer(nil, maxTypedLine)
	for _, problem := range s.problems {
		p.say("A mistake in your own content, so that file was left out: " + problem.Error())
	}
	screen := beginGuide(s, g, s.settings.Brief)
	p.walk = screen.walk
	p.say(g.Title + ".")
	if screen.stored {
		p.say("You began this " + dayWords(p.walk.draft.Created, s.now()) + ". It goes on where you were.")
	}
	p.say("Enter alone skips. The word back goes back. The word stop stops, and keeps what there is.")
	return p.run()
}

func (p *plainWalk) run() error {
	for {
		err := p.ask()
		switch {
		case errors.Is(err, errStopped):
			return p.stop()
		case errors.Is(err, errBack):
			if !p.walk.back() {
				p.say("This is the first step.")
			}
			continue
		case err != nil:
			return err
		}
		if !p.walk.next() {
			break
		}
		if err := p.keep(); err != nil {
			return err
		}
	}
	e, err := p.journal.Keep(p.walk.toDraft())
	if err != nil {
		return err
	}
	p.say("")
	p.say(p.walk.guide.Closing)
	p.say("Its id is " + e.ID + ".")
	return nil
}

// keep puts the draft on the disk.
func (p *plainWalk) keep() error {
	if p.walk.blank() {
		return nil
	}
	_, err := p.journal.SetDraft(p.walk.toDraft())
	return err
}

func (p *plainWalk) stop() error {
	if p.walk.blank() {
		p.say("Stopped. There was nothing to keep.")
		return p.journal.DropDraft(p.walk.draft.ID)
	}
	if err := p.keep(); err != nil {
		return err
	}
	p.say("Stopped. What there is is kept, and goes on from here next time.")
	return nil
}

func (p *plainWalk) say(s string) { fmt.Fprintln(p.out, s) }

// read takes one typed line. The end of the input is the same as stop.
func (p *plainWalk) read(prompt string) (string, error) {
	fmt.Fprint(p.out, prompt)
	if !p.in.Scan() {
		p.say("")
		return "", errStopped
	}
	line := strings.TrimSpace(p.in.Text())
	switch strings.ToLower(line) {
	case "stop":
		return "", errStopped
	case "back":
		return "", errBack
	}
	return line, nil
}

// ask puts one step and takes its answer into the walk.
func (p *plainWalk) ask() error {
	step := p.walk.step()
	p.say("")
	p.say(fmt.Sprintf("%d of %d. %s", p.walk.at+1, len(p.walk.steps), step.Prompt))
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
	case content.Park:
		return p.park(step)
	}
	return p.text(step)
}

func (p *plainWalk) pause(step content.Step) error {
	lines := step.Lines
	if len(step.Anchors) > 0 {
		for i, a := range step.Anchors {
			p.say(fmt.Sprintf("%d %s", i+1, a.Label))
		}
		line, err := p.read("A number, or Enter to skip: ")
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(line)
		if err != nil || n < 1 || n > len(step.Anchors) {
			return nil
		}
		lines = step.Anchors[n-1].Lines
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
	if step.Long {
		p.say("Write as many lines as you like. An empty line ends it.")
	}
	var lines []string
	for {
		line, err := p.read("> ")
		if err != nil {
			p.setText(step, a, lines)
			return err
		}
		if line != "" {
			lines = append(lines, line)
		}
		if line == "" || !step.Long {
			break
		}
		p.setText(step, a, lines) // a long text is not all lost with its last line
		if err := p.keep(); err != nil {
			return err
		}
	}
	p.setText(step, a, lines)
	return nil
}

func (p *plainWalk) setText(step content.Step, was journal.Answer, lines []string) {
	if len(lines) == 0 {
		return
	}
	was.Step, was.Prompt, was.Text = step.ID, step.Prompt, strings.Join(lines, "\n")
	if was.Text == "-" {
		was.Text = ""
	}
	p.walk.set(was)
}

func (p *plainWalk) choice(step content.Step) error {
	a := p.walk.answer(step.ID)
	p.before(a)
	var words []content.Word
	for _, g := range step.Groups {
		if g.Label != "" {
			p.say(g.Label + ":")
		}
		var row []string
		for _, w := range g.Words {
			words = append(words, w)
			row = append(row, fmt.Sprintf("%d %s", len(words), w.Label))
		}
		if g.Label == "" {
			for _, r := range row {
				p.say(r)
			}
		} else {
			p.say(strings.Join(row, ", "))
		}
	}
	how := "A number, or Enter to skip: "
	switch {
	case step.Many && step.Own:
		how = "Numbers or words, with commas between them, your own too; or Enter to skip: "
	case step.Many:
		how = "Numbers or words, with commas between them; or Enter to skip: "
	}
	line, err := p.read(how)
	if err != nil {
		return err
	}
	switch line {
	case "":
		return nil
	case "-":
		p.walk.set(journal.Answer{Step: step.ID})
		return nil
	}
	a = journal.Answer{Step: step.ID, Prompt: step.Prompt, Text: a.Text}
	for part := range strings.SplitSeq(line, ",") {
		word, ok := chosenWord(words, strings.TrimSpace(part), step.Own)
		if !ok {
			p.say("Not in the list, and passed over: " + strings.TrimSpace(part))
			continue
		}
		if !slices.Contains(a.Choices, word.Label) {
			a.Choices = append(a.Choices, word.Label)
		}
		if word.Say != "" {
			p.say(word.Say)
		}
		if !step.Many {
			break
		}
	}
	p.walk.set(a)
	if step.Line == "" || len(a.Choices) == 0 {
		return nil
	}
	return p.line(step.Line, a)
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
	p.walk.set(a)
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
	if ok {
		a.Value = nil
		if n >= 0 {
			a.Value = &n
		}
		p.walk.set(a)
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
		a := journal.Answer{Step: sys.ID, Prompt: systemPrompt(step, sys), Value: was.Value, Text: was.Text}
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
	for _, part := range step.Parts {
		if left == 0 {
			break
		}
		n, ok, err := p.number(fmt.Sprintf("%s (%d left): ", part.Label, left), left)
		if err != nil {
			return err
		}
		if ok && n < 0 {
			p.walk.set(journal.Answer{Step: step.ID})
			return nil
		}
		if ok && n > 0 {
			shares[part.ID] = n
			left -= n
		}
	}
	if len(shares) > 0 {
		p.walk.set(journal.Answer{Step: step.ID, Prompt: step.Prompt, Shares: shares})
	}
	return nil
}

func (p *plainWalk) park(step content.Step) error {
	a := p.walk.answer(step.ID)
	p.before(a)
	a.Step, a.Prompt = step.ID, step.Prompt
	for {
		text, err := p.read("Something unfinished, or Enter to go on: ")
		if err != nil || text == "" {
			return err
		}
		if text == "-" {
			p.walk.set(journal.Answer{Step: step.ID})
			return nil
		}
		when, err := p.read("When you will next touch it (such as " + strings.Join(step.Whens, ", ") + "): ")
		a.Items = append(slices.Clone(a.Items), journal.Item{Text: text, When: when})
		p.walk.set(a)
		if err != nil {
			return err
		}
		if err := p.keep(); err != nil {
			return err
		}
	}
}
