package tui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"goodenough/content"
	"goodenough/journal"
)

// supervise is plain mode at supervision, with an entry in the journal.
func supervise(t *testing.T) *plainRun {
	t.Helper()
	p := plain(t)
	p.opts.Start = StartSupervision
	_, err := p.journal.Put(journal.Entry{Header: journal.Header{Kind: journal.Note, Guide: "note", Created: p.opts.Journal.Now().AddDate(0, 0, -2), Title: "The doorstep"},
		Answers: []journal.Answer{{Step: "note", Prompt: "What would you like to put down?", Text: "He shouted."}, {Step: "more", Prompt: "More?", Text: "It rained."}}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// newest is the newest entry of a guide.
func (p *plainRun) newest(guide string) journal.Entry {
	p.t.Helper()
	for h := range p.journal.Entries(journal.Query{Guide: guide}) {
		e, err := p.journal.Get(h.ID)
		if err != nil {
			p.t.Fatal(err)
		}
		return e
	}
	p.t.Fatalf("there is no entry of %q:\n%s", guide, p.out)
	return journal.Entry{}
}

func TestPlainBrief(t *testing.T) {
	p := supervise(t)
	p.types("1", // prepare
		"1", "1", "", // the doorstep, its first answer alone, and on
		"Tired.", "to be heard", "share", // how I am
		"", "I avoid him.", "-", "decide, administrative, shared", "share, keep", // one relationship passed over, stuck
		"", "", "", "", // the rest
		"1", "3 change", "I avoid the stepfather.", "", "", "", // share the first; write on the third
		"", // told
	)
	for _, want := range []string{"The last four weeks · 1 page.", "1. The doorstep", "Not one of them: shared", "supportive: 1.", "educative: nothing yet, a short side.", "administrative: 1.", "1. keep, to think about, side not sure: He shouted."} {
		if !strings.Contains(p.out, want) {
			t.Errorf("it does not say %q:\n%s", want, p.out)
		}
	}
	lines := briefLines(p.newest(briefGuide))
	if len(lines) != 3 {
		t.Fatalf("kept are %+v", lines)
	}
	if l := lines[0]; l.text != "He shouted." || !l.share || !l.ofPick() {
		t.Errorf("what was picked is %+v", l)
	}
	if l := lines[1]; l.text != "Tired." || l.want != "to be heard" || !l.share || l.side != "supportive" {
		t.Errorf("how I am is %+v", l)
	}
	if l := lines[2]; l.text != "I avoid the stepfather." || l.want != "" || l.share || l.verb != "decide" || l.side != "administrative" {
		t.Errorf("where I am stuck is %+v", l)
	}
	name := filepath.Join(t.TempDir(), "brief.html")
	p.types("4", "1", name, "")
	if !strings.Contains(p.out, "This is all that would be shared") || !strings.Contains(p.out, "- Tired.\n  (for support)\n  What I want from you is: to be heard\n") || strings.Contains(p.out, "stepfather") || strings.Contains(p.out, "It rained") {
		t.Errorf("the preview is\n%s", p.out)
	}
	page, err := os.ReadFile(name)
	if err != nil || strings.Contains(string(page), "stepfather") || !strings.Contains(string(page), "He shouted.") {
		t.Errorf("%v:\n%s", err, page)
	}
	p.types("4", "1", name, "", "")
	if !strings.Contains(p.out, "There is a file with that name already") {
		t.Errorf("the file was written over:\n%s", p.out)
	}
	own := t.TempDir()
	t.Setenv("HOME", own)
	t.Setenv("USERPROFILE", own)
	p.types("4", "1", "~/brief.html", "")
	if again, err := os.ReadFile(filepath.Join(own, "brief.html")); err != nil || string(again) != string(page) || !strings.Contains(p.out, "Written to "+own) {
		t.Errorf("%v, and it says\n%s", err, p.out)
	}
}

func TestPlainAfterwardsAndDates(t *testing.T) {
	p := supervise(t)
	p.types("2", "1", "ring the GP", "me", "Friday", "", "its warmth", "1", "", "3", "alone with it", "", "", "", "", "")
	if items := agreed(p.newest(afterwards)); len(items) != 1 || items[0] != (journal.Item{Text: "ring the GP", Who: "me", When: "Friday"}) {
		t.Errorf("agreed is %+v\n%s", items, p.out)
	}
	if a, _ := p.newest(afterwards).Answer("held-me"); a.Text != "alone with it" || a.Choices[0] != "not held" {
		t.Errorf("held is %+v", a)
	}
	p.types("4", "nine", "1", "")
	if !strings.Contains(p.out, "1. ring the GP – me, Friday") || !strings.Contains(p.out, "Numbers from 1 to 1") || !agreed(p.newest(afterwards))[0].Done {
		t.Errorf("it is still open:\n%s", p.out)
	}
	p.types("3", "tomorrow", "2026-11-26", "5", "2", "")
	if !strings.Contains(p.out, "A day is written like 2026-12-03.") || !strings.Contains(p.out, "Kept: Thu 26 November, in 6 days · every 4 weeks.") {
		t.Errorf("the dates:\n%s", p.out)
	}
	var s settings
	if err := p.journal.Settings(&s); err != nil || s.Supervision != (supervisionDates{"2026-11-26", 4}) || !s.CPD.Remind {
		t.Errorf("kept is %+v, %v", s, err)
	}
}

func TestPlainCPD(t *testing.T) {
	p := supervise(t)
	p.types("4", "shouted", "1", "1", "", "reading", "About doorsteps.", "", "", "picked", "", "More calm.", "", "", "", "")
	if n := strings.Count(p.out, "You picked What would you like to put down?, 18 November 2026\nHe shouted."); n != 2 {
		t.Errorf("what was picked is said %d times:\n%s", n, p.out)
	}
	var out strings.Builder
	library, _ := content.Load(nil)
	for _, form := range []string{formText, formMarkdown, formHTML} {
		if err := newPaper(library, p.newest(cpdEngland)).write(&out, form); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(out.String(), "shouted") || strings.Count(out.String(), "More calm.") != 3 {
		t.Errorf("the draft is\n%s", out.String())
	}
}

// Nothing is there on the first day, and it says so.
func TestPlainSupervisionOnTheFirstDay(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartSupervision
	p.types(append([]string{"1"}, make([]string, 10)...)...)
	for _, want := range []string{"There is nothing here to pick", nothingYet} {
		if !strings.Contains(p.out, want) {
			t.Errorf("it does not say %q:\n%s", want, p.out)
		}
	}
	p.types("4", "")
	if !strings.Contains(oneRow(p.out), nothingLeaves) {
		t.Errorf("it does not say that nothing leaves:\n%s", p.out)
	}
}

// A number that is not there is no search, and what was suggested is not lost to
// one.
func TestPlainPickingGoesBack(t *testing.T) {
	p := supervise(t)
	p.types("1", "9", "zebra", "", "stop")
	for _, want := range []string{"Numbers from 1 to 1, please, or words.\n1. The doorstep", noneFound + "\n1. The doorstep"} {
		if !strings.Contains(p.out, want) {
			t.Errorf("it does not say %q:\n%s", want, p.out)
		}
	}
	p = supervise(t)
	p.types("1", "rained", "-", "", "stop")
	if n := strings.Count(p.out, "1. The doorstep"); n != 3 || strings.Count(oneRow(p.out), "a hyphen for what was there before") != 1 {
		t.Errorf("it is offered %d times:\n%s", n, p.out)
	}
}

// A title that is a sentence loses its full stop before what is said of it.
func TestPlainPickingReadsAsOneSentence(t *testing.T) {
	p := supervise(t)
	if _, err := p.journal.Put(journal.Entry{Header: journal.Header{Kind: journal.Note, Guide: "note", Created: p.opts.Journal.Now(), Title: "Chips."}}); err != nil {
		t.Fatal(err)
	}
	p.types("1", "stop").says(". Chips, Friday 20 November").lacks("Chips.,")
}
