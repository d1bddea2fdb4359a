package tui

import (
	"strings"
	"testing"
	"time"

	"goodenough/content"
	"goodenough/journal"
)

// entry is an entry as it is on the disk.
func (d *driver) entry(id string) journal.Entry {
	d.t.Helper()
	e, err := d.app.journal.Get(id)
	if err != nil {
		d.t.Fatal(err)
	}
	return e
}

func TestChangeAnEntry(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "end", "enter").sees("I rang the school.", "change it")
	d.press("e").sees("A change", "nobody said why.").write(" Not even I.").save()
	if drafts := d.app.journal.Drafts(); len(drafts) != 1 || drafts[0].Of != "march" || !strings.Contains(drafts[0].Answers[0].Text, "Not even I.") {
		t.Fatalf("the drafts are %+v", drafts)
	}
	d.press("tab").sees("Not even I.", "changed on 20 November 2026", "The school").press("h").sees("Until Friday 20 November 2026", "nobody said why.").misses("Not even I.")
	d.press("x").sees("earlier versions of this entry for good?").press("n").sees("Until Friday")
	d.press("esc").sees("Not even I.").press("esc").sees("5 of 5")
	e := d.entry("march")
	if len(e.Earlier) != 1 || e.Title != "The school" || e.Tags == nil || len(d.app.journal.Drafts()) != 0 || d.app.journal.Len() != 5 {
		t.Errorf("%d entries, %d drafts, and %+v", d.app.journal.Len(), len(d.app.journal.Drafts()), e)
	}
}

func TestForgetEarlierVersions(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "end", "enter", "e").write(" Not even I.").press("tab", "h", "x", "y").sees("Not even I.").misses("changed on", "Until")
	if e := d.entry("march"); e.Earlier != nil || !strings.Contains(e.Answers[0].Text, "Not even I.") {
		t.Errorf("%+v", e)
	}
}

// An answer is changed in the field that it was given in. A title that was made
// from the answers is made anew.
func TestChangeACheckIn(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "down", "down", "down", "enter", "e").sees("What is here", "1 of 3")
	d.press("end", "space", "tab").sees("She wrote it herself.").press("tab", "tab").sees("moved", "changed on").misses("wrung out")
	e := d.entry("june")
	if before := e.Earlier[0].Answers[0].Choices; len(e.Answers) != 3 || len(e.Answers[0].Choices) != 1 || len(before) != 2 {
		t.Errorf("%+v", e)
	}
	d.press("e", "end", "space", "up", "space", "tab", "tab", "tab")
	if now := d.entry("june"); now.Title == e.Title || !strings.HasPrefix(now.Title, "End of the day: ") || now.Earlier[1].Title != e.Title {
		t.Errorf("its title is %q, and was %q", now.Title, e.Title)
	}
}

func TestChangeGoesOnAfterALock(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "end", "enter", "e").write(" Not even I.")
	d.press("ctrl+l").write(testPassphrase).press("enter").sees("Carry on", "A change, begun today").press("enter").sees("Not even I.")
	d.press("ctrl+x").sees("Carry on")
	d.press("j", "end", "enter").sees("A change of this was begun today", "nobody said why.").misses("Not even I.")
	d.press("e").sees("Not even I.").press("tab").sees("Not even I.", "changed on").misses("was begun")
	if len(d.app.journal.Drafts()) != 0 || len(d.entry("march").Earlier) != 1 {
		t.Errorf("%d drafts are left", len(d.app.journal.Drafts()))
	}
}

func TestChangeOfNothingKeepsNothing(t *testing.T) {
	for _, keys := range []string{"esc", "tab", "ctrl+x", "! backspace tab"} {
		d := someDays(t, nil, 80, 24).press("j", "end", "enter", "e").press(strings.Fields(keys)...).sees("I rang the school.").misses("was begun", "changed on")
		if len(d.app.journal.Drafts()) != 0 || d.entry("march").Earlier != nil {
			t.Errorf("after %s there is something of a change", keys)
		}
	}
}

func TestLaterThought(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "end", "enter", "a").sees("A later thought", "looking back").write("It got better.")
	d.press("ctrl+x").sees("A later thought was begun today").press("a").sees("It got better.").press("tab").sees("Added on Friday 20 November 2026", "It got better.", "I rang the school.")
	d.press("a", "tab").sees("Added on").press("esc", "/").write("got better").sees("1 of 1", "It got better.")
	if e := d.entry("march"); len(e.Later) != 1 || e.Earlier != nil || d.app.journal.Len() != 5 {
		t.Errorf("%+v", e)
	}
}

// To go through an entry with nothing to change changes nothing in it, whatever
// was answered.
func TestWalkThroughChangesNothing(t *testing.T) {
	d := home(t, 80, 24)
	if _, err := d.app.journal.Import(strings.NewReader(string(content.Demo(d.clock)))); err != nil {
		t.Fatal(err)
	}
	n := 0
	for h := range d.app.journal.Entries(journal.Query{}) {
		e := d.entry(h.ID)
		if !changeable(d.app.session, e) {
			continue
		}
		n++
		d.send(pushMsg{beginChange(d.app.session, e, false)})
		for range 40 {
			g, ok := d.app.top().(*guideScreen)
			if !ok {
				break
			}
			if !g.walk.blank() {
				t.Fatalf("%s is another at %q:\n%s", h.ID, g.walk.step().Short, d.screen())
			}
			d.press("tab")
		}
		if len(d.app.journal.Drafts()) != 0 || d.entry(h.ID).Earlier != nil || len(d.app.stack) != 1 {
			t.Fatalf("%s was changed, or is not left:\n%s", h.ID, d.screen())
		}
	}
	if n < 30 {
		t.Errorf("only %d entries can be changed", n)
	}
}

// An entry whose guide is gone is changed page by page; what cannot be typed
// stays as it is, where it was.
func TestChangeWithoutItsGuide(t *testing.T) {
	open := kept(`{"id":"old","kind":"letter","guide":"gone","created":"2026-10-20T17:00:00Z","title":"Its own title","answers":[{"step":"a","prompt":"First?","text":"one"},{"step":"n","prompt":"How much?","value":3},{"step":"b","prompt":"Then?","text":"two"}]}`,
		`{"id":"same","kind":"note","created":"2026-10-19T17:00:00Z","answers":[{"step":"","text":"one"},{"step":"","text":"two"}]}`)
	d := open(t, nil, 80, 24).press("j", "enter", "e").sees("First?", "1 of 2").write("!").press("tab").sees("Then?").write("!").press("tab").sees("one!", "two!", "3 of 10", "Its own title")
	e := d.entry("old")
	if len(e.Answers) != 3 || e.Answers[0].Text != "one!" || *e.Answers[1].Value != 3 || e.Answers[2].Text != "two!" || e.Kind != "letter" || e.Guide != "gone" {
		t.Errorf("%+v", e)
	}
	d.press("right").misses("change it").press("e").sees("one").press("a").sees("looking back")
}

// A change of an entry that was deleted for good meanwhile is kept as an entry.
func TestChangeOfWhatIsGone(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "end", "enter", "e").write(" And more.")
	g := d.guide()
	d.save()
	if err := d.app.journal.Delete("march"); err != nil {
		t.Fatal(err)
	}
	d.press("ctrl+x")
	draft := g.walk.toDraft()
	if err := d.app.journal.Purge("march"); err != nil {
		t.Fatal(err)
	}
	if len(d.app.journal.Drafts()) != 0 {
		t.Error("what was deleted for good is still in a draft")
	}
	// The draft came back, as it would from another computer.
	if _, err := d.app.journal.SetDraft(draft); err != nil {
		t.Fatal(err)
	}
	d = d.reopen().sees("A change").press("enter").sees("And more.").press("tab")
	if d.app.journal.Len() != 5 {
		t.Errorf("%d entries", d.app.journal.Len())
	}
	d.press("j", "/").write("and more").sees("1 of 1")
}

func TestMarkdownOfALaterThought(t *testing.T) {
	when := time.Date(2026, 11, 21, 12, 0, 0, 0, time.Local)
	e := journal.Entry{Header: journal.Header{Kind: journal.Note, Title: "t", Created: when}, Later: []journal.Thought{{Added: when, Text: "one\ntwo\x1b[31m"}}, Earlier: []journal.Version{{Until: when, Title: "before", Answers: []journal.Answer{{Prompt: "What?", Text: "old words"}}}}}
	library, _ := content.Load(nil)
	var now, plain, before strings.Builder
	for _, err := range []error{WriteMarkdown(&now, library, e), WriteText(&plain, library, e), WriteEarlier(&before, library, e)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := now.String(); !strings.Contains(got, "### Added on Saturday 21 November 2026\n\none  \ntwo[31m\n") || strings.Contains(got, "old words") {
		t.Errorf("%s", got)
	}
	if got := plain.String(); !strings.Contains(got, "\nAdded on Saturday 21 November 2026\none\ntwo[31m\n") || strings.Contains(got, "old words") {
		t.Errorf("%s", got)
	}
	if got := before.String(); !strings.Contains(got, "Until Saturday 21 November 2026, 12:00:\n\n## before\n") || !strings.Contains(got, "old words") || strings.Contains(got, "two") {
		t.Errorf("%s", got)
	}
}
