package tui

import (
	"errors"
	"io"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// A plainRun is plain mode with somebody who types lines.
type plainRun struct {
	t       *testing.T
	opts    Options
	journal *journal.Journal
	out     string // of the last run
	err     error
}

// A readerFunc is an [io.Reader].
type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

func plain(t *testing.T) *plainRun {
	t.Helper()
	now := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)
	p := &plainRun{t: t, opts: Options{
		Path:    filepath.Join(t.TempDir(), "journal.db"),
		Start:   StartCheckIn,
		Journal: journal.Options{Cost: cheap, Now: func() time.Time { return now }},
	}}
	j, err := journal.Create(p.opts.Path, []byte(testPassphrase), &p.opts.Journal)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	p.journal = j
	return p
}

// types runs plain mode with these lines and then the end of the input.
func (p *plainRun) types(lines ...string) *plainRun {
	p.t.Helper()
	var out strings.Builder
	in := readerFunc(func(b []byte) (int, error) {
		if len(lines) == 0 {
			return 0, io.EOF
		}
		n := copy(b, lines[0]+"\n")
		lines = lines[1:]
		out.WriteString("\n") // the terminal shows that Enter was pressed
		return n, nil
	})
	p.err = RunPlain(p.opts, p.journal, in, &out)
	p.out = out.String()
	for line := range strings.Lines(p.out) {
		if strings.ContainsAny(line, "\x1b\r\a\b") || strings.ContainsFunc(line, func(r rune) bool { return r >= 0x2500 && r < 0x25a0 }) {
			p.t.Errorf("not for a screen reader: %q", line)
		}
		if n := ansi.StringWidth(strings.TrimRight(line, "\n")); n > 78 {
			p.t.Errorf("a line of %d cells: %q", n, line)
		}
	}
	return p
}

func (p *plainRun) says(want ...string) *plainRun {
	p.t.Helper()
	for _, w := range want {
		if !strings.Contains(p.out, w) && !strings.Contains(oneRow(p.out), w) {
			p.t.Fatalf("%q is not said:\n%s", w, p.out)
		}
	}
	return p
}

// entry is the one entry there is.
func (p *plainRun) entry() journal.Entry {
	p.t.Helper()
	if n := p.journal.Len(); n != 1 || len(p.journal.Drafts()) != 0 {
		p.t.Fatalf("%d entries and %d drafts after %v:\n%s", n, len(p.journal.Drafts()), p.err, p.out)
	}
	return onlyEntry(p.t, p.journal)
}

func onlyEntry(t *testing.T, j *journal.Journal) journal.Entry {
	t.Helper()
	for h := range j.Entries(journal.Query{}) {
		e, err := j.Get(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	t.Fatal("there is no entry")
	return journal.Entry{}
}

// draft is the one draft there is.
func (p *plainRun) draft() journal.Draft {
	p.t.Helper()
	drafts := p.journal.Drafts()
	if len(drafts) != 1 || p.journal.Len() != 0 {
		p.t.Fatalf("%d drafts and %d entries after %v:\n%s", len(drafts), p.journal.Len(), p.err, p.out)
	}
	return drafts[0]
}

// wholeCheckIn are the lines of a check-in in which everything is answered.
var wholeCheckIn = []string{
	"2", "", // a pause
	"1, anxious, wrung out, 1",
	"7", "the phone call", "4", "", "10", "tea",
	"2", "", "5", "", "", "", "", "", "", "",
	"the court report",
	"a snail",
	"call the school", "tomorrow", "the form", "", "",
	"3", "the duty worker, by six",
	"", // a pause
}

// The same answers make the same entry on the full screen.
func TestPlainModeMakesTheSameEntry(t *testing.T) {
	p := plain(t).types(wholeCheckIn...).says("That is kept", "Its id is ")
	got := p.entry()

	d := home(t, 80, 24).press("c", "down", "enter")
	d.press("space", "+").write("Anxious").press("enter", "+").write("wrung out").press("enter", "enter")
	d.press("7", "down").write("the phone call").press("down", "4", "down", "down", "1", "0", "down").write("tea").press("tab")
	d.press("2", "down", "down", "5", "enter")
	d.write("the court report").press("enter").write("a snail").press("enter")
	d.write("call the school").press("enter", "down", "enter").write("the form").press("enter", "enter", "enter")
	d.press("down", "down", "down", "right").write("the duty worker, by six").press("enter", "enter").sees("That is kept")
	want := onlyEntry(t, d.app.journal)
	if !reflect.DeepEqual(got.Answers, want.Answers) {
		t.Errorf("plain mode keeps\n%+v\nand the full screen\n%+v", got.Answers, want.Answers)
	}
	if got.Title != want.Title || got.Kind != want.Kind || got.Guide != want.Guide {
		t.Errorf("%+v and %+v", got.Header, want.Header)
	}
}

func TestPlainAllSkipped(t *testing.T) {
	p := plain(t)
	lines := make([]string, 100)
	e := p.types(lines...).says("That is kept").entry()
	if len(e.Answers) != 0 {
		t.Errorf("%+v", e.Answers)
	}
	p = plain(t)
	p.opts.Start = StartNote
	p.types("").says("There was nothing to keep.")
	if p.journal.Len() != 0 || len(p.journal.Drafts()) != 0 || p.err != nil {
		t.Errorf("an empty page was kept: %v", p.err)
	}
}

func TestPlainStopsAndGoesOn(t *testing.T) {
	p := plain(t).types("", "1", "7", "the call", "stop").says("Stopped. What you wrote is kept")
	if d := p.draft(); d.At != "systems" || len(d.Answers) != 2 {
		t.Errorf("the draft is %+v", d)
	}
	p.types("", "", "", "", "", "").says("You began this today.", "3 of 9", "7 of 10; the call").draft()
	p.types(make([]string, 60)...).says("That is kept")
	if e := p.entry(); len(e.Answers) != 2 {
		t.Errorf("%+v", e.Answers)
	}
}

// The input may end anywhere: everything before it is in the draft.
func TestPlainEndOfInputKeepsTheDraft(t *testing.T) {
	for n := range wholeCheckIn {
		p := plain(t).types(wholeCheckIn[:n]...)
		if p.err != nil {
			t.Fatalf("after %d lines: %v", n, p.err)
		}
		var all []string
		for _, d := range p.journal.Drafts() {
			for _, a := range d.Answers {
				all = append(all, answerLines(&session{library: newSession(p.opts).library}, d.Guide, a)...)
			}
		}
		for i, line := range wholeCheckIn[:n] {
			for word := range strings.SplitSeq(line, ", ") {
				if len(word) > 2 && !strings.Contains(strings.Join(all, "\n"), word) {
					t.Errorf("%q, line %d of %d, is not in the draft: %q", word, i+1, n, all)
				}
			}
		}
	}
}

// An answer is on the disk before the next question: what a kill would leave
// is looked at through the input, at every line.
func TestPlainKeepsEveryAnswerAtOnce(t *testing.T) {
	p := plain(t)
	lines := slices.Clone(wholeCheckIn)
	at := 0
	var out strings.Builder
	in := readerFunc(func(b []byte) (int, error) {
		if at == len(lines) {
			return 0, errors.New("the terminal is gone")
		}
		if at >= 4 && p.journal.Len() == 0 {
			var answers []journal.Answer
			for _, d := range p.journal.Drafts() {
				answers = d.Answers
			}
			typed := ""
			for _, l := range lines[:at] {
				if len(l) > 2 && !strings.Contains(l, ",") {
					typed = l
				}
			}
			found := typed == "" || slices.ContainsFunc(answers, func(a journal.Answer) bool {
				return a.Text == typed || slices.ContainsFunc(a.Items, func(it journal.Item) bool { return it.Text == typed || it.When == typed })
			})
			if !found && typed != "call the school" && typed != "the form" { // a thing is whole with its time
				t.Errorf("%q is not on the disk when the next question is asked", typed)
			}
		}
		n := copy(b, lines[at]+"\n")
		at++
		return n, nil
	})
	if err := RunPlain(p.opts, p.journal, in, &out); err != nil {
		t.Fatal(err)
	}
	p.entry()
}

func TestPlainBack(t *testing.T) {
	p := plain(t).types("back", "", "1", "back", "back", "", "", "stop").says("This is the first question.", "So far: not sure")
	d := p.draft()
	if d.At != "systems" || len(d.Answers) != 1 {
		t.Errorf("%+v", d)
	}
}

// What is said about Enter and the hyphen holds for every kind of step.
func TestPlainEnterLeavesAndHyphenTakesBack(t *testing.T) {
	back := make([]string, 0, 20)
	for range 20 {
		back = append(back, "back")
	}
	first := plain(t).types(append(slices.Clone(wholeCheckIn[:len(wholeCheckIn)-1]), back...)...)
	before := first.draft()
	first.types(append(make([]string, 22), "stop")...)
	if after := first.draft(); !reflect.DeepEqual(before.Answers, after.Answers) {
		t.Errorf("after Enter everywhere\n%+v\nis\n%+v", before.Answers, after.Answers)
	}
	first.types(back...)
	first.types("", "-", "-", "-", "-", "-", "-", "-", "-", "-", "stop").says("There was nothing to keep.")
	if len(first.journal.Drafts()) != 0 {
		t.Errorf("left: %+v", first.draft().Answers)
	}
}

func TestPlainSharesCanBeChanged(t *testing.T) {
	p := plain(t).types("", "", "", "", "", "2", "", "8", "back").types("", "", "back").says("with people, in person (2 so far, 0 left)")
	p.types("1", "12", "", "0", "", "3", "", "", "", "", "", "stop").says("A number from 0 to 1, please")
	if got := p.draft().Answers[0].Shares; !maps.Equal(got, map[string]int{"direct": 1, "meetings": 3}) {
		t.Errorf("%v", got)
	}
}

// A slip of the finger at a choice takes nothing away and is asked again.
func TestPlainChoiceIsAskedAgain(t *testing.T) {
	p := plain(t).types(append(make([]string, 18), "2", "", "back")...)
	if a, ok := p.draft().Answer("told"); !ok || a.Choices[0] != "yes, and they have been" {
		t.Fatalf("%+v", p.draft())
	}
	p.types("9", "maybe\x1b[2J", "", "stop").says("Not in the list, so left out: 9", "left out: maybe[2J")
	if a, _ := p.draft().Answer("told"); len(a.Choices) != 1 {
		t.Errorf("%+v", a)
	}
	p.types("back", "9", "4", "", "stop").says("If someone is in danger now, 999.")
	if a, _ := p.draft().Answer("told"); a.Choices[0] != "not sure" {
		t.Errorf("%+v", a)
	}
}

func TestPlainPageGoesOnWhereItWas(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartNote
	p.types("one", "two", "stop")
	p.types("three", "").says("So far: one; two", "What you write now comes after it.", "That is kept.")
	if a, _ := p.entry().Answer("note"); a.Text != "one\ntwo\nthree" {
		t.Errorf("%q", a.Text)
	}
	p = plain(t)
	p.opts.Start = StartNote
	p.types("one", "-", "two", "")
	if a, _ := p.entry().Answer("note"); a.Text != "two" {
		t.Errorf("%q", a.Text)
	}
}

// An input that breaks is not an end: what came before it is kept, and that there
// was more is said.
func TestPlainSaysThatTheInputBroke(t *testing.T) {
	for name, in := range map[string]io.Reader{
		"an error":   io.MultiReader(strings.NewReader("one\ntwo\n"), iotest.ErrReader(errors.New("input/output error"))),
		"a long one": strings.NewReader("one\ntwo\n" + strings.Repeat("three ", maxTypedLine) + "\n"),
	} {
		p := plain(t)
		p.opts.Start = StartNote
		var out strings.Builder
		err := RunPlain(p.opts, p.journal, in, &out)
		if s := Sentence(err); !strings.Contains(s, "could not be read") || strings.Contains(s, "three") {
			t.Errorf("%s: %q", name, s)
		}
		if a, _ := p.draft().Answer("note"); a.Text != "one\ntwo" {
			t.Errorf("%s: the draft says %.40q", name, a.Text)
		}
	}
}

func TestPlainBrokenInputKeepsTheDraft(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartNote
	var out strings.Builder
	in := iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("")))
	if err := RunPlain(p.opts, p.journal, in, &out); err != nil {
		t.Errorf("%v", err)
	}
	if p.journal.Len() != 0 {
		t.Error("something was kept")
	}
	p.opts.Start = "nonsense"
	if err := RunPlain(p.opts, p.journal, in, &out); err == nil {
		t.Error("a guide that is not there was walked")
	}
}

// What is not in the list is said, and asked for again.
func TestPlainAsksAgainForAnAnchor(t *testing.T) {
	for _, wrong := range []string{"5", "99", "0", "the window"} {
		p := plain(t).types(wrong).says("Not in the list: "+wrong+".", "A number from 1 to 4, please, or Enter.")
		if strings.Contains(p.out, "2 of 9") {
			t.Errorf("%q goes on:\n%s", wrong, p.out)
		}
	}
	plain(t).types("9", "sounds").says("Enter when you are ready.")
	plain(t).types("9", "").says("2 of 9")
}

// The feelings are said once, and then when they are asked for.
func TestPlainSaysTheFeelingsOnce(t *testing.T) {
	p := plain(t).types("", "calm", "back")
	if n := strings.Count(p.out, "despairing"); n != 1 {
		t.Errorf("said %d times:\n%s", n, p.out)
	}
	p.says("The words are those of before. The word list says them again.")
	p = plain(t).types("", "calm", "back", "list", "22")
	if n := strings.Count(p.out, "despairing"); n != 2 {
		t.Errorf("said %d times with list:\n%s", n, p.out)
	}
	if a, _ := p.draft().Answer("feelings"); !slices.Equal(a.Choices, []string{"sad"}) {
		t.Errorf("chosen are %q", a.Choices)
	}
}
