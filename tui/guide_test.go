package tui

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"goodenough/content"
	"goodenough/journal"
)

func TestWholeCheckInIsKept(t *testing.T) {
	d := home(t, 80, 24)
	d.press("c").sees("A moment to arrive").press("down", "enter")
	d.sees("What is with you").press("space", "down", "space", "+").write("wrung out").press("enter").sees("wrung out").press("enter")
	d.sees("How much of each").press("7", "down").write("the phone call").press("down", "4", "down", "down", "1", "enter")
	d.sees("Where did the day go").press("right", "right", "down", "5", "enter")
	d.sees("set down").write("the court report").press("enter")
	d.sees("mattered").press("enter")
	d.sees("unfinished").write("call the school").press("enter", "down", "enter").sees("call the school – tomorrow").press("enter")
	d.sees("need to be told").press("down", "down").sees("Good that they know").press("enter")
	d.sees("A breath").press("enter")
	d.sees("That is kept", "wrung out").press("enter")
	d.sees("1 entry").press("j", "enter").sees("the phone call")
}

// mostKeys is how many keys a check-in with nothing typed may take.
const mostKeys = 25

func TestCheckInTakesFewKeys(t *testing.T) {
	runs := []struct{ name, keys string }{
		{"all skipped", "c" + strings.Repeat(" enter", 9)},
		{"every question answered", "c enter right space enter 7 enter 4 enter 1 enter right right enter enter enter enter down down enter enter"},
		{"the short one", "1" + strings.Repeat(" enter", 4)},
	}
	for _, size := range [][2]int{{80, 24}, {40, 20}} {
		for _, r := range runs {
			t.Run(fmt.Sprintf("%s, %dx%d", r.name, size[0], size[1]), func(t *testing.T) {
				d := home(t, size[0], size[1]).press("ctrl+l").write(testPassphrase)
				n := 0
				for _, k := range append([]string{"enter"}, strings.Fields(r.keys)...) {
					if d.app.journal != nil && d.app.journal.Len() == 1 {
						break
					}
					d.press(k)
					n++
				}
				t.Logf("%d keys", n)
				if d.sees("kept"); d.app.journal.Len() != 1 || n > mostKeys {
					t.Errorf("%d entries after %d keys", d.app.journal.Len(), n)
				}
			})
		}
	}
}

// However small the window, there is something of the question and a place for
// the answer.
func TestQuestionAndAnswerShareASmallWindow(t *testing.T) {
	for _, size := range [][2]int{{40, 20}, {30, 10}} {
		d := home(t, size[0], size[1]).press("c", "enter", "enter", "enter", "enter")
		d.sees("What one thing could you set down").write(long).sees("the rain", "set down for tonight?")
		home(t, size[0], size[1]).press("c", "enter", "enter", "7").sees("threat 7")
	}
}

func TestTheReasonIsShownWhenAsked(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 20}, {30, 16}} {
		d := home(t, size[0], size[1]).press("c")
		for range d.guide().walk.steps {
			why := d.guide().walk.step().Why
			for _, shown := range []bool{false, why != "", false} {
				if d.hasRows(why) != shown && why != "" {
					t.Errorf("shown %v:\n%s", !shown, d.screen())
				}
				d.press("ctrl+o")
			}
			d.press("tab") // with the reason shown
			if why != "" && d.hasRows(why) {
				t.Error("the reason stays for the next question")
			}
		}
	}
}

// hasRows reports whether a text is to be seen, wherever its rows end.
func (d *driver) hasRows(text string) bool {
	d.t.Helper()
	run := func(s string) string { return strings.Join(strings.Fields(s), "") }
	return strings.Contains(run(d.screen()), run(text))
}

func TestLinesOfAPause(t *testing.T) {
	tests := []struct {
		elapsed, pause time.Duration
		n, want        int
	}{
		{0, 20 * time.Second, 3, 1},
		{6666 * time.Millisecond, 20 * time.Second, 3, 1},
		{6667 * time.Millisecond, 20 * time.Second, 3, 2},
		{13334 * time.Millisecond, 20 * time.Second, 3, 3},
		{20 * time.Second, 20 * time.Second, 3, 3},
		{300 * time.Hour, 20 * time.Second, 3, 3},
		{-time.Second, 20 * time.Second, 3, 1},
		{time.Second, 0, 3, 1},
		{time.Second, 20 * time.Second, 0, 0},
		{0, time.Hour, 1, 1},
	}
	for _, tt := range tests {
		if got := content.Said(tt.elapsed, tt.pause, tt.n); got != tt.want {
			t.Errorf("after %v of %v %d of %d lines, not %d", tt.elapsed, tt.pause, got, tt.n, tt.want)
		}
	}
}

func TestPauseGoesByTheClock(t *testing.T) {
	d := home(t, 80, 24).press("c").sees("The breath, just as it is.").misses("In and out")
	d.clock = d.clock.Add(7 * time.Second)
	d.sees("In and out at its own pace.").misses("If the mind goes back")
	d.clock = d.clock.Add(time.Minute)
	d.sees("If the mind goes back to work", "When you are ready.")
	d.press("down").sees("Where your feet meet the floor").misses("Warm or cool", "When you are ready.")
	d.clock = d.clock.Add(-24 * time.Hour)
	d.sees("Where your feet meet the floor").misses("Warm or cool")
}

// Whatever is pressed, one chain of ticks is alive, and it ends with the pause.
func TestPauseHasOneChainOfTicks(t *testing.T) {
	d := home(t, 80, 24).press("c", "down", "down", "up", "down")
	f := d.guide().field.(*pauseField)
	d.ticks = 0
	for seq := range f.seq {
		d.send(pauseTickMsg{f, seq})
	}
	if d.ticks != 0 {
		t.Errorf("%d old chains are alive", d.ticks)
	}
	if d.send(pauseTickMsg{f, f.seq}); d.ticks != 1 {
		t.Errorf("%d ticks were asked for", d.ticks)
	}
	d.press("enter", "esc")
	d.ticks = 0
	if d.send(pauseTickMsg{f, f.seq}); d.ticks != 0 {
		t.Error("a pause that was left still ticks")
	}
	again := d.guide().field.(*pauseField)
	d.clock = d.clock.Add(time.Minute)
	if d.send(pauseTickMsg{again, again.seq}); d.ticks != 0 {
		t.Error("a pause that is over still ticks")
	}
}

func TestStillMovesNothing(t *testing.T) {
	d := home(t, 80, 24)
	d.app.settings.Still = true
	d.ticks = 0
	d.press("c").sees("The breath, just as it is.", "If the mind goes back to work", "When you are ready.")
	before := d.screen()
	if d.clock = d.clock.Add(10 * time.Second); d.screen() != before || d.ticks != 0 {
		t.Errorf("something moves: %d ticks", d.ticks)
	}
	d.press("enter", "enter", "7").sees("threat 7 of 10, selected", "drive not set").misses("█", "◂")
	d.press("tab", "3").sees("with people, in person: 3 of 10, selected", "travel: none", "7 of 10 left").misses("■")
}

// What somebody types over and takes back is as if it had not been.
func TestAnswersTakenBack(t *testing.T) {
	d := home(t, 80, 24).press("c", "enter")
	d.press("space", "right", "space", "backspace", "left", "space", "tab")
	d.press("7", "down", "x", "backspace", "up", "backspace", "tab")
	d.press("3", "backspace", "right", "left", "tab")
	d.press("x", "backspace", "tab", "tab")
	d.write("a").press("enter", "enter", "backspace", "backspace", "tab")
	d.press("down", "backspace", "tab", "tab").sees("Nothing was written, and that is fine.")
}

func TestKeyedInAnswers(t *testing.T) {
	value := func(n int) *int { return &n }
	d := homeWith(t, ownNote, 80, 24).press("n")
	d.press("1", "0").sees("[10]", "A lot for one person").press("right").sees("[10]").press("left").sees("[9]")
	d.press("down").write("bricks").press("up", "4", "tab")
	d.press("down", "down").sees("It passes").press("up", "right").write("noon").press("up", "+").write("hail").press("enter").sees("hail", "noon").press("tab")
	d.sees("Kept.")
	for h := range d.app.journal.Entries(journal.Query{}) {
		e, err := d.app.journal.Get(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		for i := range e.Answers {
			e.Answers[i].Prompt = ""
		}
		want := []journal.Answer{
			{Step: "heavy", Text: "bricks", Value: value(4)},
			{Step: "weather", Text: "noon", Choices: []string{"hail"}},
		}
		if !reflect.DeepEqual(e.Answers, want) {
			t.Errorf("kept %+v", e.Answers)
		}
	}
}

// BenchmarkEditorFrame is a key in the guide's page until it is drawn.
func BenchmarkEditorFrame(b *testing.B) {
	for _, words := range []int{0, 5000} {
		b.Run(fmt.Sprintf("%d words", words), func(b *testing.B) {
			o := Options{Path: b.TempDir() + "/journal.db", Journal: journal.Options{Cost: cheap}}
			j, err := journal.Create(o.Path, []byte(testPassphrase), &o.Journal)
			if err != nil {
				b.Fatal(err)
			}
			a := newApp(newSession(o))
			defer a.close()
			a.opened(j)
			a.width, a.height = 80, 24
			g, _ := a.library.Guide(string(StartNote))
			page := beginGuide(a.session, g, false)
			page.field.(*textField).editor.setValue(strings.Repeat("quiet ", words))
			a.stack = append(a.stack[:0], page)
			a.layout()
			b.ResetTimer()
			for i := range b.N {
				key := "a"
				if i%2 == 1 {
					key = "backspace"
				}
				a.update(keyPress(key))
				if a.View().Content == "" {
					b.Fatal("nothing was drawn")
				}
			}
		})
	}
}

// A long paste comes whole, goes whole with one undo, and is on the disk.
func TestPasteOfThirtyKilobytes(t *testing.T) {
	text := strings.TrimSpace(strings.Repeat("Mae'n dŷ hyfryd. Żółw śpi. مرحبا بالعالم. 我今天很累。 👨‍👩‍👧 and on it went\n\n", 300))
	if len(text) < 30_000 {
		t.Fatalf("%d bytes", len(text))
	}
	d := home(t, 80, 24).press("n").write("before ").paste(text).save()
	kept := func() string {
		drafts := d.app.journal.Drafts()
		if len(drafts) == 0 || len(drafts[0].Answers) == 0 {
			return ""
		}
		return drafts[0].Answers[0].Text
	}
	if kept() != "before "+text {
		t.Errorf("%d bytes are kept of %d", len(kept()), len(text))
	}
	if d.press("ctrl+z").save(); kept() != "before" {
		t.Errorf("after an undo %d bytes are kept", len(kept()))
	}
	if d.press("ctrl+y").save(); kept() != "before "+text {
		t.Errorf("after a redo %d bytes are kept of %d", len(kept()), len(text))
	}
}
