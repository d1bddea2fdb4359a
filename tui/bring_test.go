package tui

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"goodenough/journal"
)

// Private is what a mark is until somebody says otherwise.
func TestBringIsPrivateUnlessChosen(t *testing.T) {
	d := home(t, 80, 24).note("a wet day").press("b").sees("For supervision", "› The whole entry", "What would you like to put down?")
	d.press("space").sees("✓ side not sure · keep, for you alone").press("enter").sees("For supervision: side not sure · keep, for you alone")
	if got := d.newest().Bring; !reflect.DeepEqual(got, &journal.Bring{}) {
		t.Fatalf("%+v", got)
	}
	d.press("b", "s").sees("side not sure · share").press("s", "esc").sees("keep, for you alone")
	d.press("b", "space").misses("✓").press("enter").misses("supervision:")
	if got := d.newest().Bring; got != nil {
		t.Fatalf("%+v", got)
	}
}

func TestBringOneAnswer(t *testing.T) {
	d := home(t, 80, 24).press("c", "enter", "space", "tab", "7", "tab", "tab").write("the report").press("tab", "tab", "tab", "tab", "enter").sees("That is kept")
	d.press("b", "down", "down", "down").sees("› What one thing could you set down")
	for _, words := range []string{"The work itself", "Learning", "How it is with you", "may be found there"} {
		d.press("right").sees(words)
	}
	d.press("left").sees("✓ supportive · keep, for you alone").press("s", "enter").sees("the report For supervision: supportive · share")
	e := d.newest()
	for _, a := range e.Answers {
		if want := (*journal.Bring)(nil); a.Step != "set-down" && a.Bring != want {
			t.Errorf("%s: %+v", a.Step, a.Bring)
		}
	}
	if a, _ := e.Answer("set-down"); !reflect.DeepEqual(a.Bring, &journal.Bring{Side: "supportive", Share: true}) || e.Bring != nil {
		t.Errorf("%+v, %+v", a.Bring, e.Bring)
	}
	d.press("enter", "j", "enter").sees("the report For supervision: supportive · share")

	var md, plain bytes.Buffer
	if err := WriteMarkdown(&md, d.app.library, e); err != nil {
		t.Fatal(err)
	}
	if err := WriteText(&plain, d.app.library, e); err != nil {
		t.Fatal(err)
	}
	for _, got := range []string{md.String(), plain.String()} {
		if strings.Count(got, "For supervision: supportive · share") != 1 {
			t.Errorf("written as\n%s", got)
		}
	}
}

// What is marked in the journal goes out and comes in as it is.
func TestBringSurvivesAnExport(t *testing.T) {
	d := home(t, 80, 24).note("a wet day").press("b", "space", "s", "down", "right", "enter")
	var out bytes.Buffer
	if _, err := d.app.journal.Export(&out, journal.Query{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"bring":{"share":true}`, `"text":"a wet day","bring":{"side":"administrative","share":false}}`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not in\n%s", want, out.String())
		}
	}
	other := home(t, 80, 24)
	if r, err := other.app.journal.Import(&out); err != nil || r.Taken != 1 {
		t.Fatal(r, err)
	}
	if !reflect.DeepEqual(other.newest(), d.newest()) {
		t.Errorf("%+v and %+v", other.newest(), d.newest())
	}
}

// A side that the program does not know is shown and kept. The driver holds each
// screen to it that nothing of such an entry steers the terminal.
func TestBringOfAnImport(t *testing.T) {
	d := home(t, 80, 24)
	line := `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","title":"t\u001b[2J","tags":["g\u0007"],"answers":[{"step":"s\u202e","prompt":"p\u009b2J","text":"t\u001b]0;x\u0007","bring":{"side":"beyond\u001b[2J","share":true}}]}`
	if r, err := d.app.journal.Import(strings.NewReader(line)); err != nil || r.Taken != 1 {
		t.Fatal(r, err)
	}
	d.press("j", "enter").sees("For supervision: beyond[2J · share").press("b", "space", "enter", "b", "enter")
	if got := d.newest().Answers[0].Bring.Side; got != "beyond\x1b[2J" {
		t.Errorf("%q", got)
	}
}

func TestMarkedWhileWalking(t *testing.T) {
	d := home(t, 80, 24).press("1", "space").misses("supervision").press("ctrl+s").sees("for supervision").save().sees("kept", "for supervision")
	d.press("tab").misses("· for supervision").press("esc").sees("· for supervision")
	d.press("ctrl+x")
	if b := d.app.journal.Drafts()[0].Answers[0].Bring; !reflect.DeepEqual(b, &journal.Bring{}) {
		t.Errorf("in the draft: %+v", b)
	}
	d = d.reopen().press("enter").sees("for supervision")
	d.press("space", "right", "space", "tab") // other words are the same step's
	for d.app.journal.Len() == 0 {
		d.press("tab")
	}
	d.sees("For supervision: side not sure · keep, for you alone")
	if a := d.newest().Answers[0]; a.Bring == nil || a.Choices == nil {
		t.Errorf("%+v", a)
	}
}

func TestAMarkIsTakenBack(t *testing.T) {
	d := home(t, 80, 24).press("n", "a", "ctrl+s").sees("for supervision").press("ctrl+s").misses("for supervision").press("tab")
	if b := d.newest().Answers[0].Bring; b != nil {
		t.Errorf("%+v", b)
	}
	// Where nothing is written there is nothing to bring.
	d.press("enter", "n", "ctrl+s", "esc").hasDrafts()
	// A mark for three circles is for those that were answered.
	d.press("c", "enter", "enter", "7", "down", "x", "down", "down", "3", "ctrl+s", "tab", "ctrl+x")
	for _, a := range d.app.journal.Drafts()[0].Answers {
		if a.Bring == nil {
			t.Errorf("%s is not marked", a.Step)
		}
	}
	// A pause has no answer.
	d.press("enter", "esc", "esc", "esc").sees("A moment to arrive").press("ctrl+s").misses("for supervision")
}

func TestBringIsKeptByALock(t *testing.T) {
	d := home(t, 80, 24).note("a wet day")
	before := d.newest().Updated
	d.clock = d.clock.Add(time.Minute)
	d.press("b", "space", "ctrl+l").sees("Your passphrase")
	if e := d.reopen().newest(); e.Bring == nil || e.Updated.Equal(before) {
		t.Errorf("%+v", e.Header)
	}
}

// A change of an entry leaves what is marked in it marked, and a mark alone is a
// change.
func TestAMarkOutlivesAChange(t *testing.T) {
	d := home(t, 80, 24).note("a wet day").press("b", "down", "right", "s", "enter").press("enter", "j", "enter")
	d.press("e").write(" out").press("tab").sees("a wet day out", "For supervision: administrative · share")
	d.press("e", "ctrl+s", "tab").misses("For supervision")
	if a := d.newest().Answers[0]; a.Bring != nil || a.Text != "a wet day out" {
		t.Errorf("%+v", a)
	}
}
