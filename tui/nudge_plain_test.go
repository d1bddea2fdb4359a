package tui

import (
	"reflect"
	"slices"
	"testing"

	"goodenough/journal"
)

// plainNote is plain mode at the blank page.
func plainNote(t *testing.T) *plainRun {
	t.Helper()
	p := plain(t)
	p.opts.Start = StartNote
	return p
}

func (p *plainRun) keptText(want string) {
	p.t.Helper()
	if a, _ := p.says("That is kept").entry().Answer("note"); a.Text != want {
		p.t.Errorf("kept is %q, not %q", a.Text, want)
	}
}

// draftText asserts that the draft says this.
func (p *plainRun) draftText(want string) {
	p.t.Helper()
	if got := p.draft().Answers[0].Text; got != want {
		p.t.Errorf("the draft is %q, not %q", got, want)
	}
}

func TestPlainNudge(t *testing.T) {
	plainNote(t).types("a wet day", "").keptText("a wet day")
	p := plainNote(t).types(withNames, "", "", "").says("Before it is kept", "Kayleigh Marsh rang.", "This may be a name: Kayleigh Marsh", "1 the child, 2 their mum", "back goes back one", "This may be a postcode: LS6 2AB", "ICO")
	p.draft() // the input ended at the third place
	p.types("", "", "", "", "").keptText(withNames)
	plainNote(t).types(withNames, "", "2", "", "1", "").keptText("Their mum rang. Then the postcode, LS6 2AB, was wrong. Their mum laughed.")
	plainNote(t).types(withNames, "", "somebody", "rest").keptText("Somebody rang. Then the postcode, LS6 2AB, was wrong. Kayleigh Marsh laughed.")
	plainNote(t).types(withName, "", "back", "-", "a wet day", "").keptText("a wet day")
	plainNote(t).types(withNames, "", "2", "back", "", "1", "").keptText("Kayleigh Marsh rang. Then the postcode, across town, was wrong. Kayleigh Marsh laughed.")
	plainNote(t).types(withNames, "", "2", "back", "back", "").draftText(withNames)
	p = plainNote(t)
	if err := p.journal.SetSettings(settings{SkipNames: true}); err != nil {
		t.Fatal(err)
	}
	p.types(withName, "").keptText(withName)
}

// A number that is not offered is a slip, and does not stand in the entry. What
// was chosen is read back, and can still be undone at the last place.
func TestPlainNudgeReadsBack(t *testing.T) {
	p := plainNote(t)
	for _, slip := range []string{"8", "0", "-1", "1, 2", "99"} {
		p = plainNote(t).types(withName, "", slip).says("A number from 1 to 7, please, words of your own, or Enter.")
		p.draftText(withName)
	}
	p.types("", "1", "").says("Now: I keep thinking of the child on the step.").keptText("I keep thinking of the child on the step.")
	plainNote(t).types(withName, "", "room 8", "").says("Now: I keep thinking of room 8 on the step.").keptText("I keep thinking of room 8 on the step.")
	plainNote(t).types(withName, "", "1", "what", "back", "2", "").keptText("I keep thinking of their mum on the step.")
	plainNote(t).types(withName, "", "1", "back").draftText(withName)
	plainNote(t).types(withNames, "", "1", "rest").says("Now: The child rang.").keptText("The child rang. Then the postcode, LS6 2AB, was wrong. Kayleigh Marsh laughed.")
}

// What is to stand there is on the disk before the next place is asked about.
func TestPlainNudgeKeepsEachChoiceAtOnce(t *testing.T) {
	for _, end := range [][]string{nil, {"stop"}} {
		p := plainNote(t).types(append([]string{withNames, "", "somebody"}, end...)...)
		if a := p.draft().Answers[0]; a.Text != "Somebody rang. Then the postcode, LS6 2AB, was wrong. Kayleigh Marsh laughed." {
			t.Errorf("%q", a.Text)
		}
	}
}

func TestPlainTagsAndBring(t *testing.T) {
	for _, tt := range []struct {
		lines []string
		tags  []string
		bring *journal.Bring
	}{
		{[]string{"LOSS, a visit,,", "3"}, []string{"loss", "a visit"}, &journal.Bring{Side: "supportive"}},
		{[]string{"", "1"}, nil, &journal.Bring{Side: "administrative"}},
		{[]string{"", "4"}, nil, &journal.Bring{}},
		{[]string{"loss"}, []string{"loss"}, nil},
		{[]string{"", ""}, nil, nil},
		{[]string{"stop"}, nil, nil},
		{nil, nil, nil},
	} {
		p := plain(t)
		g, ok := newSession(p.opts).library.Guide("three-questions")
		if !ok {
			t.Fatal("there is no guide of three questions")
		}
		w := newWalk(g, g.Steps)
		w.set(text(g.Steps[0].ID, "something"))
		for w.next() {
		}
		if _, err := p.journal.SetDraft(w.toDraft()); err != nil {
			t.Fatal(err)
		}
		p.opts.Start = "three-questions"
		p.types(append([]string{""}, tt.lines...)...).says("Tags to find it by, such as need, injustice, loss")
		if e := p.entry(); !slices.Equal(e.Tags, tt.tags) || !reflect.DeepEqual(e.Bring, tt.bring) {
			t.Errorf("after %q: %+v", tt.lines, e.Header)
		}
	}
}

// A check-in can be wanted in supervision as a reflection can.
func TestPlainCheckInForSupervision(t *testing.T) {
	for _, tt := range []struct {
		answer string
		bring  *journal.Bring
	}{{"3", &journal.Bring{Side: "supportive"}}, {"", nil}} {
		p := plain(t).types("", "calm", "stop")
		d := p.draft()
		d.At = "close"
		if _, err := p.journal.SetDraft(d); err != nil {
			t.Fatal(err)
		}
		p.types("", tt.answer).says("Would you like to bring it to supervision?")
		if e := p.entry(); !reflect.DeepEqual(e.Bring, tt.bring) {
			t.Errorf("after %q: %+v", tt.answer, e.Bring)
		}
	}
}
