package tui

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"goodenough/journal"
)

// ownScreen is where a guide is written.
func (d *driver) ownScreen() *ownGuideScreen {
	d.t.Helper()
	o, ok := d.app.top().(*ownGuideScreen)
	if !ok {
		d.t.Fatalf("no guide is being written:\n%s", d.screen())
	}
	return o
}

// saved are the own guides as the disk has them: name, questions.
func (d *driver) saved() []string {
	d.t.Helper()
	var s settings
	if err := d.app.journal.Settings(&s); err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for _, g := range s.Guides {
		words := g.Name
		for _, q := range g.Questions {
			words += " | " + q.Text
		}
		out = append(out, words)
	}
	return out
}

func (d *driver) hasSaved(want ...string) *driver {
	d.t.Helper()
	if got := d.saved(); !slices.Equal(got, want) {
		d.t.Fatalf("on the disk is %q, not %q", got, want)
	}
	return d
}

// court writes a guide, and is at the list of its lines.
func court(t *testing.T, width, height int) *driver {
	t.Helper()
	d := home(t, width, height)
	d.follow(wrote)
	d.screen()
	return d
}

func TestOwnGuideIsWrittenAndWalked(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 20}} {
		d := court(t, size[0], size[1]).sees("Court", "1 Who spoke?", "2 Who did not?").hasSaved("Court | Who spoke? | Who did not?")
		d = d.press("esc").sees("your own › Court").reopen().press("r", "end", "up", "up", "enter")
		d.sees("Court", "Who spoke? asked").press("enter").sees("Who spoke?", "1 of 2").write("the").press("enter").write("barrister").press("tab").sees("Who did not?").press("tab")
		d.sees(ownClosing, "Who spoke?", "barrister").press("enter", "j").sees("Court").press("enter").sees("Who spoke?")
		e := onlyEntry(t, d.app.journal)
		if e.Kind != journal.Reflection || e.Title != "Court" || len(e.Answers) != 1 || e.Answers[0].Text != "the\nbarrister" {
			t.Errorf("%+v", e)
		}
	}
}

// What is typed is saved once a second, whatever else happens, also a question
// that is not finished.
func TestOwnGuideBeingWrittenIsOnTheDisk(t *testing.T) {
	d := home(t, 80, 24).press("r", "end", "enter")
	d.ticks = 0
	d.write("Court")
	if d.hasSaved().sees("keeping …"); d.ticks != 1 {
		t.Errorf("%d saves were asked for", d.ticks)
	}
	d.send(ownDueMsg{d.ownScreen()})
	d.sees("kept 17:42").hasSaved("Court")
	d.press("enter").write("Who was not th")
	d.send(ownDueMsg{d.ownScreen()})
	d.hasSaved("Court | Who was not th").write("ere").press("enter").hasSaved("Court | Who was not there")
	if n := d.ticks; n > 3 {
		t.Errorf("%d saves were asked for", n)
	}
}

func TestOwnGuideOutlivesALockAndAnEnd(t *testing.T) {
	open := func() *driver {
		return home(t, 80, 24).press("r", "end", "enter").write("Court").press("enter").write("Who was not th")
	}
	d := open().press("ctrl+l").sees("Your passphrase").misses("Court", "Who")
	d.write(testPassphrase).press("enter").hasSaved("Court | Who was not th")
	d.press("r", "end", "up", "up", "e").sees("1 Who was not th").press("down", "enter").write("ere?").press("enter").hasSaved("Court | Who was not there?")
	open().reopen().hasSaved("Court | Who was not th")
	open().paste(" or\nhere").reopen().hasSaved("Court | Who was not th or here")
}

// A lock while a save is under way waits for its own.
func TestLockDuringASaveOfAnOwnGuide(t *testing.T) {
	d := home(t, 80, 24).press("r", "end", "enter").write("Co")
	save := d.hold(ownDueMsg{d.ownScreen()})
	lock := d.hold(lockKey)
	if d.app.journal == nil || lock == nil {
		t.Fatal("it is locked, with the name nowhere")
	}
	d.press("z").write("urt") // the first key lifts the cover
	d.run(lock)
	d.run(save)
	d.sees("Your passphrase").write(testPassphrase).press("enter").hasSaved("Court")
}

// An older save that comes last takes nothing back.
func TestOlderSaveOfAnOwnGuideDoesNotOvertake(t *testing.T) {
	d := home(t, 80, 24).press("r", "end", "enter").write("Co")
	save := d.hold(ownDueMsg{d.ownScreen()})
	d.write("urt").press("enter")
	d.run(save)
	d.hasSaved("Court").press("esc").sees("Its name").press("esc").sees("Court").reopen().hasSaved("Court")
}

// A save has the guide as it was when it was asked for, whatever is typed while
// it is under way.
func TestSaveOfAnOwnGuideIsOfItsMoment(t *testing.T) {
	d := home(t, 80, 24).press("r", "end", "enter").write("Co")
	save := d.hold(ownDueMsg{d.ownScreen()})
	d.write("urt")
	d.run(save)
	d.hasSaved("Co").sees("keeping …")
}

// What a guide of one's own does not say of itself keeps it out of nothing.
func TestOwnGuideFitsAnyTimeAndAnything(t *testing.T) {
	d := court(t, 80, 24).press("esc", "home", "right").sees("◂ 5 minutes ▸").press("down", "right", "end").sees("◂ a person ▸", "Court")
	d.press("home", "down", "down", "right", "end").sees("◂ being with ▸").misses("Court")
}

func TestOwnGuideLeavesOnlyOnceItIsSaved(t *testing.T) {
	d := home(t, 80, 24).press("r", "end", "enter").write("Court")
	stop := d.hold(named["esc"])
	leave := d.hold(named["esc"])
	d.sees("Its name").press("x", "down")
	d.run(stop)
	d.run(leave)
	d.sees("Through", "› Court").hasSaved("Court")
}

func TestOwnGuideIsChanged(t *testing.T) {
	d := court(t, 80, 24)
	ids := d.app.settings.Guides[0].Questions
	d.press("home", "enter").write(" today").press("enter").hasSaved("Court today | Who spoke? | Who did not?")
	d.press("down", "enter", "ctrl+u").write("Who was heard?").press("esc").hasSaved("Court today | Who was heard? | Who did not?")
	d.press("right").hasSaved("Court today | Who did not? | Who was heard?").press("right").press("left").hasSaved("Court today | Who was heard? | Who did not?").press("left")
	d.press("end", "enter").write("And then?").press("enter", "enter").hasSaved("Court today | Who was heard? | Who did not? | And then?")
	d.press("up", "up", "x").sees("Take this question out?").press("n").sees("Who did not?").press("x", "y").hasSaved("Court today | Who was heard? | And then?")
	d.press("enter", "ctrl+u", "enter").hasSaved("Court today | Who was heard?")
	if got := d.app.settings.Guides[0].Questions; len(got) != 1 || got[0].ID != ids[0].ID {
		t.Errorf("the question is another now: %v, of %v", got, ids)
	}
	d.press("esc", "enter").sees("Court today", "Who was heard? asked").press("e").sees("Its name").press("esc").sees("asked")
}

// An answer stays with its question when that is worded anew, and is not lost
// when it is taken out.
func TestDraftOfAnOwnGuideThatWasChanged(t *testing.T) {
	d := court(t, 80, 24).press("esc", "enter", "enter").write("the barrister").press("tab").write("the boy").press("ctrl+x").sees("Carry on Court")
	d.press("r", "end", "up", "up", "e", "down", "enter").write(" Really?").press("enter", "down", "x", "y", "esc", "esc")
	d.reopen().press("enter").sees("Who spoke? Really?", "the barrister", "1 of 1").press("tab").sees("the barrister", "the boy")
}

func TestOwnGuideRemoved(t *testing.T) {
	d := court(t, 80, 24).press("esc", "enter", "enter").write("the barrister").press("tab", "tab", "enter")
	d.press("r", "end", "up", "up", "enter", "enter").write("the boy").press("ctrl+x").sees("Carry on Court")
	d.press("r", "end", "up", "up", "enter", "down", "space", "e", "x").sees("What was written with it stays").press("n").hasSaved("Court | Who spoke? | Who did not?")
	d.press("x", "y").hasSaved().sees("Through").misses("Court")
	if off := d.app.settings.Off; len(off) != 0 {
		t.Errorf("what was left out of it is still there: %v", off)
	}
	d = d.press("esc").reopen().sees("Carry on Court", "1 entry").press("j", "enter").sees("Court", "Who spoke?", "the barrister").press("esc", "esc")
	d.press("home", "up", "up", "enter").sees("Who spoke?", "the boy", "1 of 1").write("s").press("tab").sees(ownClosing, "the boys").press("enter").sees("2 entries").misses("Carry on")
}

// However much of a guide is gone, its draft can be read, or waits.
func TestDraftsOfRemovedGuides(t *testing.T) {
	s := home(t, 80, 24).app.session
	tests := []struct {
		draft journal.Draft
		steps int // 0: it waits
	}{
		{journal.Draft{Entry: journal.Entry{Header: journal.Header{Guide: "own-x"}}}, 0},
		{journal.Draft{Entry: journal.Entry{Header: journal.Header{Guide: "mine"}, Answers: []journal.Answer{{Step: "a", Text: "b"}}}}, 0},
		{journal.Draft{Entry: journal.Entry{Header: journal.Header{Guide: "own-x"}, Answers: []journal.Answer{{Step: "a", Text: "b"}}}}, 1},
		{journal.Draft{Entry: journal.Entry{Header: journal.Header{Guide: "own-x"}, Answers: []journal.Answer{{Step: "a", Text: "b"}, {Step: "c", Text: "d"}}}, Place: journal.Place{At: "z", Steps: []string{"y", "z"}}}, 2},
	}
	for i, tt := range tests {
		w := s.resume(tt.draft)
		if (w != nil) != (tt.steps > 0) || w != nil && len(w.steps) != tt.steps {
			t.Errorf("draft %d goes on as %+v", i, w)
		}
		if w != nil && len(w.toDraft().Answers) != len(tt.draft.Answers) {
			t.Errorf("draft %d has lost an answer", i)
		}
	}
	s.settings.Guides = []ownGuide{{ID: "own-x", Name: "only a name"}}
	if w := s.resume(tests[2].draft); w == nil || w.step().ID != "a" {
		t.Error("a guide without questions keeps its draft from going on")
	}
}

// A guide with a name and no question yet is there to be gone on with.
func TestOwnGuideWithoutQuestions(t *testing.T) {
	d := home(t, 80, 24).press("r", "end", "enter").write("Court").press("esc").sees("Its name").press("esc").sees("› Court")
	d.press("enter").sees("Its name Court", "Add a question").press("end", "enter").write("Who?").press("enter", "enter", "esc", "enter").sees("Who? asked")
	for _, keys := range []string{"esc", "enter enter", "x backspace esc", "=_ tab tab"} {
		d := home(t, 80, 24).press("r", "end", "enter")
		d.follow(keys)
		d.sees("Through").hasSaved()
	}
}

func TestOwnGuidesAreSealed(t *testing.T) {
	d := court(t, 80, 24)
	d.press("esc", "enter", "enter").write("the barrister").press("ctrl+x")
	if err := d.app.close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(d.app.opts.Path)
	if err != nil {
		t.Fatal(err)
	}
	for _, private := range []string{"Court", "Who spoke", "barrister"} {
		if bytes.Contains(file, []byte(private)) {
			t.Errorf("%q is in clear in the journal's file", private)
		}
	}
	if v := d.app.View(); v.WindowTitle != "goodenough" {
		t.Errorf("the window's title is %q", v.WindowTitle)
	}
}

// A long question is whole where it is asked, and cut where it is a name.
func TestLongOwnQuestion(t *testing.T) {
	question := strings.TrimSpace(strings.Repeat(long+" ", 6))
	d := home(t, 40, 20).press("r", "end", "enter").write("Court").press("enter").paste(question+"\n").press("enter", "enter", "esc", "enter").sees("…").press("enter").sees("1 of 1").write("yes")
	if !strings.HasSuffix(d.beforeCaret(), "yes") || d.guide().walk.step().Prompt != question {
		t.Errorf("it asks %q, and before the caret is %q", d.guide().walk.step().Prompt, d.beforeCaret())
	}
	g := ownGuide{ID: "own-x", Questions: []ownQuestion{{"a", question}, {"b", "Short?"}}}.guide()
	if want := []string{"what was said on the st…", "Short?"}; g.Title != ownTitle || g.Steps[0].Short != want[0] || g.Steps[1].Short != want[1] {
		t.Errorf("%q: %q, %q", g.Title, g.Steps[0].Short, g.Steps[1].Short)
	}
}

// Many guides of many questions move like one.
func TestManyOwnGuides(t *testing.T) {
	d := home(t, 40, 20)
	for i := range 200 {
		g := ownGuide{ID: fmt.Sprint(ownPrefix, i), Name: fmt.Sprint("Guide ", i)}
		for n := range 100 {
			g.Questions = append(g.Questions, ownQuestion{ID: fmt.Sprint(n), Text: fmt.Sprint("Question number ", n)})
		}
		d.app.session.setOwnGuide(g)
	}
	d.press("r", "end", "up", "up").sees("› Guide 199").press("e", "end").sees("› Add a question", "100 Question number 99")
	d.press("up", "up", "enter").sees("Question 99", "Question number 98").press("esc", "esc", "enter", "enter").sees("1 of 100")
	if _, ok := d.app.session.guide("own-7"); !ok {
		t.Error("a guide is gone")
	}
	if n := len(reflections(d.app.library)); n+200 != len(d.app.reflections()) {
		t.Errorf("%d are offered", len(d.app.reflections()))
	}
}

// A list that shows only one's own guide calls it by its name.
func TestOwnGuideIsChosenByItsName(t *testing.T) {
	d := court(t, 80, 24).press("esc", "enter", "enter").write("the barrister").press("tab", "tab").sees("kept").press("enter")
	d.press("j", "f", "down", "right").sees("Guide ◂ Court ▸", "1 entry").press("enter").sees("Only Court").misses("own-")
}
