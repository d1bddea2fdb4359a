package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"goodenough/content"
	"goodenough/journal"
)

// ownReflection is a guide of the person's own, in a file.
var ownReflection = map[string]string{"guides/after-court.toml": `
id = "after-court"
title = "After court"
kind = "reflection"
minutes = 7
helps = "On the way out of the building."
closing = "Enough of it."
sources = ["Our team's away day, 2026"]
[[steps]]
id = "unsaid"
kind = "prompt"
short = "Left unsaid"
prompt = "What was there no room to say?"
[[steps]]
id = "said"
kind = "prompt"
short = "Said well"
prompt = "What did you say well?"
`}

// wrote is a guide of two questions, written from home, and its list of lines.
const wrote = "r end enter =Court enter =Who_spoke? enter =Who_did_not? enter enter"

func reflectPlaces() []place {
	return []place{
		{"reflect", nil, homeWith, "r", ""},
		{"reflect, filtered", nil, homeWith, "r right right down right right", ""},
		{"reflect, nothing fits", nil, homeWith, "r down right right right down right", ""},
		{"reflect, a guide", nil, homeWith, "r enter down down", ""},
		{"reflect, the last", nil, homeWith, "r end", ""},
		{"reflect, own file", ownReflection, homeWith, "r end up up", ""},
		{"reflect, own guide", nil, homeWith, wrote + " esc", ""},
		{"not today", nil, homeWith, "r enter up enter", ""},
		{"before a guide", nil, homeWith, "r enter enter", ""},
		{"before a guide, about", nil, homeWith, "r enter enter ctrl+o", ""},
		{"before a guide, shorter", nil, homeWith, "r enter down enter down right", ""},
		{"before a guide, left out", nil, homeWith, "r enter down enter down down down space", ""},
		{"before an own guide", nil, homeWith, wrote + " esc enter down space", ""},
		{"own guide, name", nil, homeWith, "r end enter " + typed(long), "rain"},
		{"own guide, question", nil, homeWith, "r end enter =Court enter " + typed(long), "rain"},
		{"own guide, third question", nil, homeWith, "r end enter =Court enter =a enter =b enter " + typed(long), "rain"},
		{"own guide, its lines", nil, homeWith, wrote + " up", ""},
		{"own guide, changed", nil, homeWith, wrote + " up up enter =_And_when?", "And when?"},
		{"own guide, removing", nil, homeWith, wrote + " home x", ""},
	}
}

// titles are what the reflections offer.
func (d *driver) titles() []string {
	d.t.Helper()
	r, ok := d.app.top().(*reflectScreen)
	if !ok {
		d.t.Fatalf("the reflections are not on the screen:\n%s", d.screen())
	}
	var out []string
	for _, it := range r.items {
		out = append(out, it.title)
	}
	return out
}

func TestReflectOffersEveryGuide(t *testing.T) {
	d := homeWith(t, ownReflection, 80, 60).press("r")
	for _, g := range d.app.library.Guides() {
		offered := slices.Contains(d.titles(), g.Title)
		if want := g.Kind == "reflection" || g.ID == "note"; offered != want {
			t.Errorf("%s is offered: %v", g.ID, offered)
		}
		if offered {
			d.sees(g.Title, g.Lens)
		}
	}
	d.sees("your own After court 7 minutes", "or A blank page Write a guide of your own")
}

func TestReflectFiltersCombine(t *testing.T) {
	turn := func(d *driver, until string) {
		for range 30 {
			if strings.Contains(d.rowOfCursor(), "◂ "+until+" ▸") {
				return
			}
			d.press("right")
		}
		t.Fatalf("%q is not among the choices:\n%s", until, d.screen())
	}
	tests := []struct {
		time, with, lens string
		has, lacks       []string
	}{
		{"any time", "anything", "any lens", []string{"Process reflection", "After court", "After abuse or threat"}, nil},
		{"5 minutes", "anything", "any lens", []string{"Surface and depth", "Three questions"}, []string{"Process reflection", "After court"}},
		{"10 minutes", "anything", "any lens", []string{"Process reflection", "After court"}, nil},
		{"any time", "a team", "any lens", []string{"IDEAS", "After court"}, []string{"Sitting with uncertainty", "After abuse or threat"}},
		{"any time", "anything", "process", []string{"Process reflection"}, []string{"IDEAS", "After court"}},
		{"any time", "anything", "your own", []string{"After court"}, []string{"IDEAS", "Process reflection"}},
		{"10 minutes", "a decision", "IDEAS", []string{"IDEAS"}, []string{"Process reflection", "After court"}},
		{"5 minutes", "anything", "process", nil, []string{"Process reflection", "IDEAS", "After court"}},
	}
	for _, tt := range tests {
		t.Run(tt.time+", "+tt.with+", "+tt.lens, func(t *testing.T) {
			d := homeWith(t, ownReflection, 80, 60).press("r")
			turn(d, tt.time)
			turn(d.press("down"), tt.with)
			turn(d.press("down"), tt.lens)
			for _, title := range append(tt.has, "Not today", "A blank page", "Write a guide of your own") {
				if d.sees(title); !slices.Contains(d.titles(), title) {
					t.Errorf("%q is not offered", title)
				}
			}
			for _, title := range tt.lacks {
				if slices.Contains(d.titles(), title) {
					t.Errorf("%q is offered", title)
				}
			}
			if d.hasRows("Nothing fits all three at once.") != (tt.has == nil) {
				t.Errorf("it does not say whether something fits:\n%s", d.screen())
			}
		})
	}
}

// Whatever one filter is turned to, it leaves something.
func TestNoFilterAloneLeavesNothing(t *testing.T) {
	r := newReflect(home(t, 80, 24).app.session)
	for filter := range r.filters {
		for _, v := range r.values(filter) {
			r.filters[filter] = v
			if r.gather(); r.none {
				t.Errorf("nothing is for %q", v)
			}
		}
		r.filters[filter] = ""
	}
}

// With time for the shorter version only, that is the one that is begun.
func TestTheTimeChoosesTheVersion(t *testing.T) {
	for keys, want := range map[string]bool{"r": false, "r right": true, "r right right right": false} {
		d := home(t, 80, 24).press(strings.Fields(keys)...).press("down", "down", "down")
		for !strings.Contains(d.rowOfCursor(), "Surface and depth") {
			d.press("down")
		}
		d.press("enter", "enter")
		g := d.guide().walk.guide
		n := len(g.Steps)
		if want {
			n = len(g.Brief.Steps)
		}
		if got := len(d.guide().walk.steps); g.ID != "surface-and-depth" || got != n {
			t.Errorf("after %s it has %d steps, not %d", keys, got, n)
		}
	}
}

func TestNotToday(t *testing.T) {
	open := func() *driver {
		return home(t, 80, 24).press("r", "enter", "up", "enter").sees("Not today is an answer")
	}
	open().press("enter").sees("Check in")
	open().press("down", "enter").sees("Practise", "any time").press("esc").sees("Through")
	d := open().press("p").sees("any time").press("esc", "esc")
	if d.sees("Check in"); d.app.journal.Len()+len(d.app.journal.Drafts()) != 0 {
		t.Error("something was kept")
	}
}

func TestBeforeAGuideSaysWhatThereIsToKnow(t *testing.T) {
	library, _ := content.Load(nil)
	for _, g := range reflections(library) {
		d := home(t, 80, 60)
		d.send(pushMsg{newBegin(d.app.session, g, false)})
		for _, text := range []string{g.Title, g.Helps, g.By, g.Leave} {
			if !d.hasRows(text) {
				t.Errorf("%s: %q is not to be seen", g.ID, text)
			}
		}
		for _, s := range g.Steps {
			d.sees(s.Short)
		}
		d.misses("left out").press("ctrl+o")
		for _, s := range library.Cited(g.Sources) {
			if !d.hasRows(s.Text) {
				t.Errorf("%s: %q is not to be seen", g.ID, s.Text)
			}
		}
		if !d.hasRows(g.Evidence) {
			t.Errorf("%s: its evidence is not to be seen", g.ID)
		}
		d.press("esc").sees(g.Steps[0].Short).press("enter")
		if d.guide().walk.guide.ID != g.ID {
			t.Errorf("%s was begun, not %s", d.guide().walk.guide.ID, g.ID)
		}
	}
}

// before goes to the page before a guide.
func before(d *driver, id string) *driver {
	d.t.Helper()
	g, ok := d.app.session.guide(id)
	if !ok {
		d.t.Fatalf("there is no guide %q", id)
	}
	d.send(pushMsg{newBegin(d.app.session, g, false)})
	return d
}

func TestQuestionsLeftOutAreNotAsked(t *testing.T) {
	d := before(home(t, 80, 40), "three-questions")
	g := d.guideBefore()
	d.press("down", "down", "space").sees(g.Steps[1].Short + " left out")
	d = before(d.reopen(), "three-questions").sees(g.Steps[1].Short + " left out").press("enter")
	for i, want := range []string{g.Steps[0].Prompt, g.Steps[2].Prompt} {
		if !d.hasRows(want) {
			t.Errorf("step %d does not ask %q:\n%s", i, want, d.screen())
		}
		d.press("tab")
	}
	d = before(d.press("ctrl+x"), "three-questions").press("down", "down", "space").misses("left out").press("enter")
	if n := len(d.guide().walk.steps); n != len(g.Steps) {
		t.Errorf("%d steps are asked", n)
	}
}

func (d *driver) guideBefore() content.Guide {
	d.t.Helper()
	b, ok := d.app.top().(*beginScreen)
	if !ok {
		d.t.Fatalf("it is not the page before a guide:\n%s", d.screen())
	}
	return b.guide
}

// A question that is left out is left out of the shorter version too; with all
// of them left out there is still something to walk, and the page says so.
func TestLeftOutOfBothVersions(t *testing.T) {
	d := before(home(t, 80, 40), "uncertainty").press("down", "right")
	n := len(d.guideBefore().Brief.Steps)
	d.press("down", "space").sees("left out").press("enter")
	if got := len(d.guide().walk.steps); got != n-1 {
		t.Errorf("the shorter one has %d steps, not %d", got, n-1)
	}
	d = before(d.press("ctrl+x"), "uncertainty").press("down", "right", "down")
	for range n - 1 {
		d.press("down", "space")
	}
	if d.sees("all of them are asked").press("enter"); len(d.guide().walk.steps) != n {
		t.Errorf("%d steps are asked", len(d.guide().walk.steps))
	}
}

// What was begun today goes on, in the version in which it was begun.
func TestReflectionBegunTodayGoesOn(t *testing.T) {
	d := before(home(t, 80, 24), "three-questions").press("enter", "tab").write("the stairs").press("tab", "ctrl+x").sees("Carry on")
	d = before(d.reopen(), "three-questions").press("enter").press("esc").sees("the stairs")
	d.press("ctrl+x")
	d.clock = d.clock.Add(24 * time.Hour)
	before(d, "three-questions").press("enter").misses("the stairs").press("tab").misses("the stairs")
}

// One that was passed through without a word leaves nothing behind.
func TestBlankReflectionIsNotKept(t *testing.T) {
	d := before(home(t, 80, 24), "three-questions").press("enter")
	for range 20 {
		if _, ok := d.app.top().(*guideScreen); ok {
			d.press("tab")
		}
	}
	d.sees("Check in", "0 entries")
}

func TestReflectionIsKept(t *testing.T) {
	d := before(home(t, 80, 24), "three-questions").press("enter")
	for n := range 20 { // rows take several
		if _, done := d.app.top().(*doneScreen); !done {
			if n == 0 {
				d.write("the stairs")
			}
			d.press("tab")
		}
	}
	d.sees("It can stay as it is").press("enter").sees("Check in", "1 entry")
	if e := onlyEntry(t, d.app.journal); e.Kind != journal.Reflection || e.Guide != "three-questions" {
		t.Errorf("%+v", e.Header)
	}
}

func TestOwnFilesCanBeLeftOutToo(t *testing.T) {
	d := homeWith(t, ownReflection, 80, 24).press("r", "end", "up", "up", "enter").sees("After court", "Left unsaid asked").misses("change it")
	d.press("ctrl+o").sees("away day, 2026").press("ctrl+o", "down", "space", "enter").sees("What did you say well?", "1 of 1")
}

func TestReflectFromTheCommandLine(t *testing.T) {
	for name, want := range map[string]string{"": "Through", "process": "Process reflection", "after-court": "Left unsaid"} {
		d := homeWith(t, ownReflection, 80, 24)
		d.app.opts.Start, d.app.opts.Guide = StartReflect, name
		d.reopen().sees(want).press("esc").sees("Check in")
	}
	if err := FindReflection(ownFiles(ownReflection), "after-court"); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"levitation", "end-of-day", "kind-letter", "note"} {
		err := FindReflection(nil, name)
		if err == nil || !strings.Contains(err.Error(), "There is no reflection with that name. There are: after-harm, ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// One minute is one.
func TestAGuideOfAMinute(t *testing.T) {
	one := map[string]string{"guides/after-court.toml": strings.Replace(ownReflection["guides/after-court.toml"], "minutes = 7", "minutes = 1", 1)}
	d := homeWith(t, one, 80, 24).press("r")
	r := d.app.top().(*reflectScreen)
	r.focus = filterCount + slices.IndexFunc(r.items, func(it reflectItem) bool { return it.guide.ID == "after-court" })
	d.press("enter").sees("1 minute").misses("1 minutes")
}
