package tui

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
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

// errUnread ends a walk whose input cannot be read on.
const errUnread = Said("What was typed last could not be read, so goodenough stopped. Everything before it is kept.")

// errBack asks for the step before.
var errBack = errors.New("back")

// A plainMode talks with a person one line at a time.
type plainMode struct {
	*session
	in  *typedLines
	out io.Writer

	asides map[string]func() // words that are answered at any question, which is then put again
}

// A plainWalk asks the steps of one guide.
type plainWalk struct {
	*plainMode
	walk   *walk
	failed string // why the draft could not be kept, as it was said last
}

// maxTypedLine bounds one typed line, in bytes.
const maxTypedLine = 1 << 20

// RunPlain goes to where the options say, one line at a time, in the journal
// that is open. A guide keeps a draft after every answer, and the entry at the
// end.
func RunPlain(o Options, j *journal.Journal, in io.Reader, out io.Writer) error {
	s := newSession(o)
	s.opened(j)
	p := &plainMode{session: s, in: newTypedLines(in), out: out}
	p.asides = map[string]func(){"ground": p.ground}
	defer p.in.close()
	for _, problem := range s.problems {
		p.say("A mistake in your own content, so that file was left out: " + problem.Error())
	}
	switch o.Start {
	case StartHome:
		return p.home()
	case StartPractise:
		return p.practise(o.Practice)
	case StartReflect:
		return p.reflect(o.Guide)
	case StartJournal:
		return p.past()
	case StartSupervision:
		return p.supervision()
	}
	return p.guide(string(o.Start), s.settings.Brief)
}

// typedLines reads lines in the background, so that a practice can go on while
// nobody types and stop when somebody does. It reads only when asked: what was
// answered is on the disk before the next line is taken.
type typedLines struct {
	wanted  chan struct{}
	lines   chan string // closed at the end of the input
	err     error       // why the lines ended early; set before lines is closed
	waiting bool        // a line was asked for and did not come yet
}

func newTypedLines(in io.Reader) *typedLines {
	t := &typedLines{wanted: make(chan struct{}, 1), lines: make(chan string, 1)}
	go func() {
		defer close(t.lines)
		s := bufio.NewScanner(in)
		s.Buffer(nil, maxTypedLine)
		for range t.wanted {
			if !s.Scan() {
				t.err = s.Err()
				return
			}
			t.lines <- strings.ToValidUTF8(s.Text(), "\uFFFD") // as the full screen takes it
		}
	}()
	return t
}

// next returns where the next line will come from. Whoever receives from there
// calls took.
func (t *typedLines) next() <-chan string {
	if !t.waiting {
		t.waiting = true
		t.wanted <- struct{}{}
	}
	return t.lines
}

// took says that a line was taken; after the end there is nothing to ask for.
func (t *typedLines) took(line bool) { t.waiting = !line }

func (t *typedLines) close() { close(t.wanted) }

// A plainWay is somewhere to go, by its number.
type plainWay struct {
	name string
	open func() error
}

// home offers the ways in, and what is still being written, until it is closed.
func (p *plainMode) home() error {
	checkIn := func(brief bool) func() error {
		return func() error { return p.guide(string(StartCheckIn), brief) }
	}
	ways := []plainWay{
		{"check in", checkIn(p.settings.Brief)},
		{"a shorter or longer check-in", checkIn(!p.settings.Brief)},
		{"practise", func() error { return p.practise("") }},
		{"reflect", func() error { return p.reflect("") }},
		{"a blank page", func() error { return p.guide(string(StartNote), false) }},
		{"past entries", p.past},
		{"solid ground, and where to turn", func() error { p.ground(); return nil }},
		{"learn", p.learn},
		{"patterns", p.patterns},
		{"supervision", p.supervision},
	}
	for {
		p.say("")
		ways := append(slices.Clone(ways), p.drafts()...)
		n, err := p.pickWay(greeting(p.now())+". Where to?", ways, "A number, or Enter to close: ")
		if err != nil || n < 0 {
			return stopped(err)
		}
		if err := ways[n].open(); err != nil {
			return err
		}
	}
}

// drafts are what is still being written.
func (p *plainMode) drafts() []plainWay {
	var ways []plainWay
	for _, d := range p.journal.Drafts() {
		if w := p.resume(d); w != nil {
			name := fmt.Sprintf("carry on with %s, begun %s", w.guide.Title, dayWords(d.Created, p.now()))
			ways = append(ways, plainWay{name, func() error { return p.goOn(w, true) }})
		}
	}
	return ways
}

// pickWay asks for one of several ways, as pick does.
func (p *plainMode) pickWay(question string, ways []plainWay, how string) (int, error) {
	names := make([]string, len(ways))
	for i, w := range ways {
		names[i] = w.name
	}
	return p.pick(question, names, how)
}

// guide walks a guide.
func (p *plainMode) guide(id string, brief bool) error {
	g, ok := p.session.guide(id)
	if !ok {
		return fmt.Errorf("there is no guide with the name %q", id)
	}
	screen := beginGuide(p.session, g, brief)
	return p.goOn(screen.walk, screen.stored)
}

// goOn walks on from where somebody is. begun says that it is a draft.
func (p *plainMode) goOn(walk *walk, begun bool) error {
	w := &plainWalk{plainMode: p, walk: walk}
	p.say(walk.guide.Title + ".")
	if begun {
		p.say("You began this " + dayWords(walk.draft.Created, p.now()) + ". It goes on where you were.")
	}
	p.say("Enter alone skips. The word back goes back. The word stop stops, and keeps what there is.")
	p.say("At any question: why says why it is asked, so far says what is there, and ground is a way back to solid ground.")
	return w.run()
}

func (p *plainWalk) run() error {
	p.asides["why"] = func() {
		p.say(cmp.Or(p.reasonWords(p.walk), "There is no more to say about this one."))
	}
	p.asides["so far"] = func() {
		p.say(strings.Join(answerText(p.session, p.walk.toDraft().Entry), "\n"))
	}
	defer delete(p.asides, "why")
	defer delete(p.asides, "so far")
	for {
		err := p.ask()
		if err == nil && !p.walk.next() {
			if err = p.look(); err == nil {
				return p.end()
			}
			if errors.Is(err, errBack) {
				continue // to the last step
			}
		}
		switch {
		case err == nil:
			p.keep()
		case errors.Is(err, errStopped):
			return p.stop()
		case errors.Is(err, errUnread):
			if failed := p.stop(); failed != nil {
				return failed
			}
			return err
		case errors.Is(err, errBack):
			if !p.walk.back() {
				p.say("This is the first step.")
			}
		default:
			return err
		}
	}
}

// end keeps the entry after the last step.
func (p *plainWalk) end() error {
	if p.walk.forgotten() {
		return p.stop() // an empty page is nothing
	}
	p.mark()
	e, err := p.journal.Keep(p.walk.toDraft())
	if err != nil {
		return err
	}
	p.say("")
	p.say(p.walk.guide.Closing)
	p.say("Its id is " + e.ID + ".")
	return nil
}

// set takes an answer and puts it on the disk before anything else is asked.
func (p *plainWalk) set(a journal.Answer) {
	p.walk.set(a)
	p.keep()
}

// keep puts the draft on the disk. When that does not work it says so once and
// goes on: the next answer tries again, with all that came before.
func (p *plainWalk) keep() {
	if p.walk.blank() {
		return
	}
	_, err := p.journal.SetDraft(p.walk.toDraft())
	said := Sentence(err)
	if said != "" && said != p.failed {
		p.say(said)
	}
	p.failed = said
}

func (p *plainWalk) stop() error {
	if p.walk.blank() {
		p.say("Stopped. There was nothing to keep.")
		return p.journal.DropDraft(p.walk.draft.ID)
	}
	if _, err := p.journal.SetDraft(p.walk.toDraft()); err != nil {
		return err
	}
	p.say("Stopped. What there is is kept, and goes on from here next time.")
	return nil
}

func (p *plainMode) say(s string) { fmt.Fprintln(p.out, s) }

// read takes one typed line. The end of the input is the same as stop.
func (p *plainMode) read(prompt string) (string, error) {
	for {
		fmt.Fprint(p.out, prompt)
		line, ok := <-p.in.next()
		p.in.took(ok)
		if !ok {
			p.say("")
			if p.in.err != nil {
				return "", errUnread
			}
			return "", errStopped
		}
		line = strings.TrimSpace(line)
		word := strings.ToLower(line)
		if say, ok := p.asides[word]; ok {
			say()
			continue
		}
		switch word {
		case "stop":
			return "", errStopped
		case "back":
			return "", errBack
		}
		return line, nil
	}
}

// pick asks for one of several, by number. It is -1 when it was skipped.
func (p *plainMode) pick(question string, names []string, how string) (int, error) {
	p.say(question)
	for i, name := range names {
		p.say(fmt.Sprintf("%d. %s", i+1, name))
	}
	for {
		line, err := p.read(how)
		if err != nil || line == "" {
			return -1, err
		}
		if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(names) {
			return n - 1, nil
		}
		p.say(fmt.Sprintf("A number from 1 to %d, please, or Enter.", len(names)))
	}
}

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
	a = journal.Answer{Step: step.ID, Prompt: step.Prompt, Text: a.Text}
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
	alone := func(w content.Word) bool { return w.Alone && slices.Contains(a.Choices, w.Label) }
	if step.Line == "" || slices.ContainsFunc(words, alone) {
		return nil
	}
	return p.line(step.Line, a)
}

// chosen reads the words of a typed line, and says what belongs to them.
func (p *plainWalk) chosen(step content.Step, words []content.Word, line string) (labels []string) {
	for part := range strings.SplitSeq(line, ",") {
		word, ok := chosenWord(words, strings.TrimSpace(part), step.Own)
		if !ok {
			if part = printable(strings.TrimSpace(part)); part != "" {
				p.say("Not in the list, and passed over: " + part)
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
