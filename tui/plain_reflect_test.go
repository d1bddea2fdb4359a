package tui

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"goodenough/journal"
)

// reflects is plain mode at a reflection.
func reflects(t *testing.T, name string) *plainRun {
	t.Helper()
	p := plain(t)
	p.opts.Start, p.opts.Guide = StartReflect, name
	return p
}

// number is what to type for an item of the reflections.
func (p *plainRun) number(title string) string {
	p.t.Helper()
	s := newSession(p.opts)
	s.opened(p.journal)
	i := slices.IndexFunc(newReflect(s).items, func(it reflectItem) bool { return it.title == title })
	if i < 0 {
		p.t.Fatalf("%q is not offered", title)
	}
	return fmt.Sprint(i + 1)
}

func TestPlainReflectFilters(t *testing.T) {
	reflects(t, "").types("1", "", "", "").says("How much time do you have?", "1. 5 minutes", "What is with you?", "1. a person", "Through which lens?", "Surface and depth, 5 minutes", "Not today", "A blank page").lacks("Process reflection, ", "Nothing here")
	reflects(t, "").types("1", "3", "1", "").says("Nothing fits all three at once.", "Not today", "Write a guide of your own")
	reflects(t, "").types("", "", "", "1").says("Not today is an answer", "a practice").types("", "", "", "1", "1").says("Practise.")
	home := plain(t)
	home.opts.Start = StartHome
	home.types("4", "", "", "", "").says("reflect", "Through which lens?")
}

func TestPlainBeginSaysWhatThereIsToKnow(t *testing.T) {
	p := reflects(t, "uncertainty").types("3", "2", "1", "1", "", "", "").says("Sitting with uncertainty.", "Better left for now: ", "This is all of it, 10 minutes.", "From an analysis of 45 inquiry reports", "This is the shorter, four minutes.", "left out", "1 of 4.")
	if p.err != nil {
		t.Error(p.err)
	}
	d := p.types("", "x", "stop").draft()
	if d.Guide != "uncertainty" || len(d.Steps) == 0 {
		t.Errorf("%+v", d)
	}
}

// rowsGuide has each kind of rows.
var rowsGuide = map[string]string{"guides/rows.toml": `
id = "rows"
title = "Rows"
kind = "reflection"
minutes = 2
helps = "sometimes"
closing = "Kept."
[[steps]]
id = "five"
kind = "rows"
take = "number"
short = "Numbers"
prompt = "How much?"
low = "none"
high = "all"
rows = [{ id = "time", label = "time", meaning = "The hours there were.", prompt = "How much time?", line = "Whose?" }, { id = "help", label = "help", prompt = "How much help?" }]
[[steps]]
id = "rings"
kind = "rows"
take = "held"
short = "Held"
prompt = "Who is held?"
rows = [{ id = "you", label = "you", prompt = "Are you held?", line = "By whom?" }, { id = "them", label = "them", prompt = "Are they held?" }]
[[steps]]
id = "both"
kind = "rows"
take = "words"
short = "Both"
prompt = "Shown, and felt?"
rows = [{ id = "shown", label = "shown", prompt = "What was shown?" }, { id = "felt", label = "felt", prompt = "What was felt?" }]
`}

// What is asked beside one another on the full screen is asked one after
// another here, and makes the same entry.
func TestPlainRowsMakeTheSameEntry(t *testing.T) {
	p := reflects(t, "rows")
	p.opts.Content = ownFiles(rowsGuide)
	p.types("", "7", "mine", "", "2", "my team", "9", "4", "calm", "afraid").says("0 is none, 10 is all.", "time: The hours there were.", "Whose?", "Are you held?", "2 a little", "By whom?", "A number", "What was felt?", "Kept.")
	got := p.entry()

	d := before(homeWith(t, rowsGuide, 80, 24), "rows").press("enter", "7", "down").write("mine").press("tab")
	d.press("right", "right", "down").write("my team").press("down", "right", "right", "right", "right", "tab")
	d.write("calm").press("tab").write("afraid").press("tab").sees("Kept.")
	if want := onlyEntry(t, d.app.journal); !reflect.DeepEqual(got.Answers, want.Answers) || len(got.Answers) != 5 {
		t.Errorf("plain mode keeps\n%+v\nand the full screen\n%+v", got.Answers, want.Answers)
	}
}

// Enter leaves what was said, and a hyphen takes it back.
func TestPlainRowsAreTakenBack(t *testing.T) {
	p := reflects(t, "rows")
	p.opts.Content = ownFiles(rowsGuide)
	p.types("", "7", "mine", "3", "2", "Jo", "4", "calm", "stop")
	was := p.draft().Answers
	p.types("", "back", "back", "", "", "", "", "", "stop").says("So far: 7 of 10; mine", "So far: a little; Jo", "So far: calm")
	if now := p.draft().Answers; !reflect.DeepEqual(was, now) || len(was) != 5 {
		t.Errorf("after Enter everywhere\n%+v\nis\n%+v", was, now)
	}
	p.types("", "back", "back", "-", "-", "-", "-", "-", "stop").says("There was nothing to keep.")
}

func TestPlainOwnGuide(t *testing.T) {
	p := reflects(t, "")
	write := p.number("Write a guide of your own")
	p.types("", "", "", write, "Court", "Who spoke?", "Who did not?", "", "", "the", "barrister", "", "the boy", "").says(askName, "Question 2, or Enter", "This is all of it.", "1 of 2. Who spoke?", "That is kept.")
	if e := p.entry(); e.Title != "Court" || len(e.Answers) != 2 || e.Answers[0].Text != "the\nbarrister" {
		t.Errorf("%+v", e)
	}
	court := p.number("Court")
	p.types("", "", "", court, "2", "1", "Court today", "2", "Who was heard?", "2", "2", "-", "3", "And then?", "", "", "stop")
	p.says("1. its name: Court", "2. question 1: Who spoke?", "1. its name: Court today", "2. question 1: Who did not?", "3. question 2: Who was heard?", "3. question 2: And then?")
	p.types("", "", "", court, "2", "5", "n", "5", "y").says("What was written with it stays").types("", "", "", "").lacks("Court")
	if e := p.entry(); e.Title != "Court" {
		t.Errorf("%+v", e)
	}
}

// A guide that is being written is on the disk before the next line is asked for.
func TestPlainOwnGuideIsKeptLineByLine(t *testing.T) {
	lines := []string{"", "", "", "", "Court", "Who spoke?", "Who did not?"}
	for n := 4; n <= len(lines); n++ {
		p := reflects(t, "")
		lines[3] = p.number("Write a guide of your own")
		p.types(lines[:n]...)
		var s settings
		if err := p.journal.Settings(&s); err != nil || p.err != nil {
			t.Fatal(err, p.err)
		}
		var got []string
		for _, g := range s.Guides {
			got = append(got, g.Name)
			for _, q := range g.Questions {
				got = append(got, q.Text)
			}
		}
		if !slices.Equal(got, lines[4:n]) {
			t.Errorf("after %d lines %q is kept", n, got)
		}
	}
}

// A draft is gone on with from home, also one of a guide that was removed.
func TestPlainCarriesOn(t *testing.T) {
	p := reflects(t, "")
	if _, err := p.journal.SetDraft(journal.Draft{Entry: journal.Entry{Header: journal.Header{ID: "x", Kind: journal.Reflection, Guide: "own-x", Title: "Court"}, Answers: []journal.Answer{{Step: "a", Prompt: "Who?", Text: "the boy"}}}}); err != nil {
		t.Fatal(err)
	}
	p.opts.Start = StartHome
	p.types("12", "and his sister", "", "").says("12. carry on with Court, begun today", "So far: the boy", "That is kept.")
	if e := p.entry(); e.Answers[0].Text != "the boy\nand his sister" {
		t.Errorf("%+v", e)
	}
}

func (p *plainRun) lacks(unwanted ...string) *plainRun {
	p.t.Helper()
	for _, w := range unwanted {
		if strings.Contains(p.out, w) {
			p.t.Fatalf("%q is said:\n%s", w, p.out)
		}
	}
	return p
}
