package tui

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

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
	failed string          // why the draft could not be kept, as it was said last
	listed map[string]bool // the steps whose words were said
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
	checkIn := func(other bool) func() error {
		return func() error { return p.guide(string(StartCheckIn), p.settings.Brief != other) }
	}
	ways := []plainWay{
		{"check in", checkIn(false)},
		{"a shorter or longer check-in", checkIn(true)},
		{"practise", func() error { return p.practise("") }},
		{"reflect", func() error { return p.reflect("") }},
		{"a blank page", func() error { return p.guide(string(StartNote), false) }},
		{"past entries", p.past},
		{"solid ground, and where to turn", func() error { p.ground(); return nil }},
		{"learn", p.learn},
		{"patterns", p.patterns},
		{"supervision", p.supervision},
		{"settings", p.choose},
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
	w := newPlainWalk(p, walk)
	p.say(walk.guide.Title + ".")
	if begun {
		p.say("You began this " + dayWords(walk.draft.Created, p.now()) + ". It goes on where you were.")
	}
	p.say("Enter alone skips. The word back goes back. The word stop stops, and keeps what there is.")
	p.say("At any question: why says why it is asked, so far says what is there, and ground is a way back to solid ground, and to where to turn.")
	return w.run()
}

func newPlainWalk(p *plainMode, w *walk) *plainWalk {
	return &plainWalk{plainMode: p, walk: w, listed: make(map[string]bool)}
}

func (p *plainWalk) run() error {
	p.asides["why"] = func() {
		p.say(cmp.Or(strings.Join(p.reasons(p.walk), "\n"), "There is no more to say about this one."))
	}
	p.asides["so far"] = func() {
		p.say(strings.Join(answerText(p.session, Named(p.journal, p.walk.toDraft().Entry)), "\n"))
	}
	if p.walk.rewrites() {
		p.asides["picked"] = p.sayPicked
		defer delete(p.asides, "picked")
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
				p.say("This is the first question.")
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
	p.say("Stopped. What you wrote is kept, and goes on from here next time.")
	return nil
}

// spokenWidth bounds a line of plain mode, in cells: a terminal breaks a longer
// one within a word, and it is hard to go back into by ear.
const spokenWidth = 78

func (p *plainMode) say(s string) { fmt.Fprintln(p.out, spokenRows(s, spokenWidth)) }

// noBreak is a space at which no line ends. It is said as any other.
const noBreak = "\u00a0"

func spokenRows(s string, width int) string {
	return strings.ReplaceAll(wrap(s, width), noBreak, " ")
}

// numbered is one of several things on a line, with its number.
func numbered(n int, words string) string {
	return strings.ReplaceAll(fmt.Sprintf("%d %s", n, words), " ", noBreak)
}

// read takes one typed line. The end of the input is the same as stop.
func (p *plainMode) read(prompt string) (string, error) {
	for {
		fmt.Fprint(p.out, spokenRows(strings.TrimRight(prompt, " "), spokenWidth-1)+" ")
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

// readWord takes one of some words, or an empty line.
func (p *plainMode) readWord(prompt string, words ...string) (string, error) {
	for {
		line, err := p.read(prompt)
		line = strings.ToLower(line)
		if err != nil || line == "" || slices.Contains(words, line) {
			return line, err
		}
		p.say("Please type " + strings.Join(words, " or ") + ", or press Enter.")
	}
}

// sure asks whether something is to be done, after what there is to know of it.
func (p *plainMode) sure(warning string) (bool, error) {
	p.say(warning)
	line, err := p.readWord("Type yes, or Enter for no: ", "yes", "y", "no", "n")
	return err == nil && strings.HasPrefix(line, "y"), err
}

// pick asks for one of several, by number. It is -1 when it was skipped.
func (p *plainMode) pick(question string, names []string, how string) (int, error) {
	p.say(question)
	return p.pickOf(names, how)
}

// pickOf is pick where the question was said already. A name that is typed is as
// good as its number.
func (p *plainMode) pickOf(names []string, how string) (int, error) {
	for i, name := range names {
		p.say(fmt.Sprintf("%d. %s", i+1, name))
	}
	return p.oneOf(names, how)
}

// oneOf is pick where what there is was said already.
func (p *plainMode) oneOf(names []string, how string) (int, error) {
	for {
		line, err := p.read(how)
		if err != nil || line == "" {
			return -1, err
		}
		if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(names) {
			return n - 1, nil
		}
		if n := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, line) }); n >= 0 {
			return n, nil
		}
		p.say("Not in the list: " + printable(line) + ".")
		p.say(fmt.Sprintf("A number from 1 to %d, please, or Enter.", len(names)))
	}
}
