package tui

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
)

// drafts are the texts of the drafts on the disk, as the next start finds them.
func (d *driver) drafts() []string {
	d.t.Helper()
	var texts []string
	for _, draft := range d.app.journal.Drafts() {
		var text []string
		for _, a := range draft.Answers {
			text = append(text, a.Step+": "+a.Text+strings.Join(a.Choices, ", "))
		}
		texts = append(texts, strings.Join(text, "; "))
	}
	return texts
}

func (d *driver) hasDrafts(want ...string) *driver {
	d.t.Helper()
	if got := d.drafts(); !slices.Equal(got, want) {
		d.t.Fatalf("the drafts are %q, not %q", got, want)
	}
	return d
}

func TestTypedTextIsInTheDraft(t *testing.T) {
	d := home(t, 80, 24).press("n").write("a long day")
	if d.ticks == 0 {
		t.Fatal("no save was asked for")
	}
	d.sees("keeping …").hasDrafts()
	d.save().sees("kept").hasDrafts("note: a long day")
	d.write(" and wet").save().hasDrafts("note: a long day and wet")
}

// One save is asked for at a time, however fast somebody types.
func TestTypingAsksForOneSave(t *testing.T) {
	d := home(t, 80, 24).press("n")
	d.ticks = 0
	d.write("a long day, and a wet one")
	if d.ticks != 1 {
		t.Errorf("%d saves were asked for", d.ticks)
	}
	d.save().write(".")
	if d.ticks != 2 {
		t.Errorf("%d saves were asked for after the next letter", d.ticks-1)
	}
}

func TestEveryWayOutKeepsTheDraft(t *testing.T) {
	ways := []struct {
		name  string
		leave func(d *driver) *driver
	}{
		{"back from the first step", func(d *driver) *driver { return d.press("esc").sees("Carry on") }},
		{"stop for now", func(d *driver) *driver { return d.press("ctrl+x").sees("Carry on") }},
		{"lock", func(d *driver) *driver { return d.press("ctrl+l").sees("Your passphrase") }},
		{"a quiet time", func(d *driver) *driver {
			d.clock = d.clock.Add(10 * time.Minute)
			d.send(idleMsg{d.app.idleSeq})
			return d.sees("Your passphrase")
		}},
		{"a laptop that slept", func(d *driver) *driver {
			d.clock = d.clock.Add(9 * time.Hour)
			return d.press("z").sees("Your passphrase")
		}},
		{"a laptop that slept, and a paste", func(d *driver) *driver {
			d.clock = d.clock.Add(9 * time.Hour)
			return d.paste("zzz").sees("Your passphrase")
		}},
		{"close", func(d *driver) *driver {
			d.press("ctrl+c")
			if !d.quit {
				d.t.Error("it did not close")
			}
			return d
		}},
		{"the window is closed", func(d *driver) *driver { return d }},
		{"half a pair of keys while covered", func(d *driver) *driver {
			d.app.settings.Cover = true
			d.send(tea.BlurMsg{})
			return d.sees("Covered.").misses("a long day")
		}},
	}
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			d := home(t, 80, 24).press("n").write("a long day")
			d = w.leave(d).reopen()
			d.hasDrafts("note: a long day").sees("Carry on", "A blank page, begun ")
			d.press("enter").sees("a long day").write(", at last")
			if got := d.beforeCaret(); !strings.HasSuffix(got, "a long day, at last") {
				t.Errorf("%q is before the caret", got)
			}
		})
	}
}

func TestCarryingOnIsOnTheSameStepWithEveryWord(t *testing.T) {
	d := home(t, 80, 24).press("c", "enter", "space", "+").write("wrung out").press("enter", "enter")
	d.press("7", "down").write("the call").press("tab", "right", "right", "enter").write("the report").press("enter", "enter").write("the school")
	want := d.guide().walk.toDraft().Answers
	d = d.press("ctrl+x").reopen().press("enter")
	d.sees("What is unfinished", "7 of 9", "the school")
	if got := d.guide().walk.toDraft().Answers; !reflect.DeepEqual(got, want) {
		t.Errorf("the answers are %+v, not %+v", got, want)
	}
	d.press("shift+tab", "shift+tab").sees("the report")
	d.press("shift+tab").sees("2 ■ ■")
	d.press("shift+tab").sees("threat 7", "the call")
	d.press("shift+tab").sees("✓ not sure, wrung out")
}

// A word that is still being typed is a word.
func TestOwnWordBeingTypedIsKept(t *testing.T) {
	d := home(t, 80, 24).press("c", "enter", "+").write("wrung out").press("tab").sees("How much of each")
	d.press("esc").sees("✓ wrung out")
	d.press("+").write("WRUNG OUT").press("tab", "esc").sees("✓ wrung out").misses("WRUNG")
	d.press("+").write("torn up").press("esc").sees("✓ wrung out").misses("torn up")
	d.press("ctrl+x").hasDrafts("feelings: wrung out")
}

func TestTypedTimeComesBackAfterThePicks(t *testing.T) {
	d := home(t, 80, 24).press("c", "enter", "enter", "enter", "enter", "enter", "enter").sees("unfinished")
	d.write("the report").press("enter").write("when Jo is back").press("down").sees("> tomorrow").press("up").sees("> when Jo is back")
	d.press("up").sees("> not sure yet").write(", or never").press("down").sees("> tomorrow").press("up", "enter").sees("the report – not sure yet, or never")
}

func TestHomeAsksBeforeADraftIsLetGo(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 20}, {30, 10}} {
		d := home(t, size[0], size[1]).press("n").write("a long day").press("ctrl+x")
		d.press("x").sees("Let it go? What was written there will be gone.")
		d.press("n").sees("Carry on").hasDrafts("note: a long day")
		d.press("x", "enter").hasDrafts("note: a long day")
		d.press("x", "y").misses("Carry on").hasDrafts()
		d.reopen().misses("Carry on").hasDrafts()
	}
}

func TestSeveralDraftsAreOffered(t *testing.T) {
	d := home(t, 80, 24).press("n").write("a long day").press("ctrl+x")
	d.clock = d.clock.Add(30 * time.Hour)
	d = d.reopen().press("down", "c", "enter", "space", "ctrl+x")
	d.sees("End of the day, begun today", "A blank page, begun yesterday")
	d.press("x").sees("End of the day, begun today. Let it go?").press("y").misses("End of the day, begun").sees("A blank page, begun")
	d.press("enter").sees("a long day")
}

func TestAFinishedWalkLeavesNoDraft(t *testing.T) {
	d := home(t, 80, 24).press("n").write("a long day").save().press("tab").sees("That is kept.")
	d.hasDrafts().press("enter").sees("1 entry").misses("Carry on")
	d.reopen().hasDrafts()
}

func TestBlankEnds(t *testing.T) {
	tests := []struct {
		name    string
		keys    string
		entries int
	}{
		{"a check-in walked through is something", "c" + strings.Repeat(" enter", 9), 1},
		{"a check-in that was left is nothing", "c enter enter ctrl+x", 0},
		{"a page that stayed empty", "n enter", 0},
		{"a page that stayed empty, left", "n esc", 0},
		{"a page of spaces", "n space space tab", 0},
		{"a page that was written and wiped", "n a backspace tab", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := home(t, 80, 24).press(strings.Fields(tt.keys)...).hasDrafts()
			if n := d.app.journal.Len(); n != tt.entries {
				t.Errorf("%d entries", n)
			}
			if tt.entries == 1 {
				d.sees("That is kept", "Nothing was written, and that is fine.")
			} else {
				d.sees("Check in").misses("Carry on")
			}
		})
	}
}

// What was saved as a draft and then taken back leaves nothing behind.
func TestTextTakenBackLeavesNoDraft(t *testing.T) {
	d := home(t, 80, 24).press("n", "a").save().hasDrafts("note: a")
	d.press("backspace", "esc").hasDrafts().sees("Check in").misses("Carry on")
}

// As above, while the save is still on its way.
func TestTextTakenBackDuringASaveLeavesNoDraft(t *testing.T) {
	d := home(t, 80, 24).press("n", "a")
	g := d.guide()
	save := d.app.update(saveDueMsg{g})
	d.press("backspace", "esc")
	d.run(save)
	d.hasDrafts().sees("Check in").misses("Carry on")
}

// A key pressed while the last save is under way is in the draft all the same.
func TestLeavingDuringASaveKeepsTheLastWord(t *testing.T) {
	d := home(t, 80, 24).press("n", "a")
	save := d.app.update(saveDueMsg{d.guide()})
	d.press("b", "esc")
	d.run(save)
	d.sees("Carry on").hasDrafts("note: ab")
}

func TestDraftOfTheShortOneGoesOnAsTheShortOne(t *testing.T) {
	for _, key := range []string{"enter", "1"} {
		d := home(t, 80, 24).press("1")
		n := len(d.guide().walk.guide.Brief.Steps)
		d.sees(fmt.Sprintf("1 of %d", n)).press("space", "enter", "ctrl+x")
		d = d.reopen().press(key).sees(fmt.Sprintf("2 of %d", n), "How much of each")
		for range n - 1 {
			d.press("enter")
		}
		d.sees("That is kept", "not sure")
	}
}

func TestBegunTodayGoesOnAndOlderWaits(t *testing.T) {
	d := home(t, 80, 24).press("n").write("a long day").press("ctrl+x", "n").sees("a long day").press("ctrl+x")
	d.clock = d.clock.Add(24 * time.Hour)
	d = d.reopen().press("n").misses("a long day").write("another").press("ctrl+x")
	d.hasDrafts("note: another", "note: a long day").sees("begun today", "begun yesterday")
}

const bedtime = `
id = "end-of-day"
title = "Bedtime"
kind = "check-in"
minutes = 2
helps = "sometimes"
closing = "Sleep well."
`

const teeth = `
[[steps]]
id = "teeth"
kind = "prompt"
short = "Teeth"
prompt = "Which story?"
`

// Steps that have gone from a guide take no words with them.
func TestDraftOutlivesItsSteps(t *testing.T) {
	d := home(t, 80, 24).press("c", "enter", "space", "enter", "enter", "enter").write("the report").press("ctrl+x")
	d.app.opts.Content = ownFiles(map[string]string{"guides/end-of-day.toml": bedtime + teeth})
	d.reopen().press("enter").sees("Which story?", "1 of 1").write("the owl").press("enter").sees("Sleep well.", "the report", "the owl", "not sure")
}

// A draft whose guide is gone waits until it is back.
func TestDraftOutlivesItsGuide(t *testing.T) {
	mine := map[string]string{"guides/end-of-day.toml": strings.Replace(bedtime, "end-of-day", "mine", 1) + teeth}
	d := homeWith(t, mine, 80, 24)
	own := d.app.opts.Content
	g, ok := d.app.library.Guide("mine")
	if !ok {
		t.Fatal("the guide is not there")
	}
	d.send(pushMsg{beginGuide(d.app.session, g, false)})
	d.write("the owl").press("ctrl+x").sees("Carry on")
	d.app.opts.Content = nil
	d = d.reopen().misses("Carry on").hasDrafts("teeth: the owl")
	d.app.opts.Content = own
	d.reopen().sees("Bedtime, begun").press("enter").sees("the owl")
}

// Two keys wake a laptop up: both lock, and their saves end in any order.
func TestKeysPressedTwiceLockOnce(t *testing.T) {
	for _, together := range []bool{false, true} {
		d := home(t, 80, 24).press("n").write("a long day")
		d.clock = d.clock.Add(time.Hour)
		first, second := d.app.update(keyPress("h")), d.app.update(keyPress("i"))
		if together {
			a, b := first(), second()
			d.send(a)
			d.send(b)
		} else {
			d.run(first)
			d.run(second)
		}
		d.send(tea.FocusMsg{})
		d.sees("Your passphrase").write(testPassphrase).press("enter").hasDrafts("note: a long day")
	}
}

func TestFaultInAScreenKeepsTheText(t *testing.T) {
	d := home(t, 80, 24).press("n").write("a long day")
	if _, cmd := d.app.Update(pushMsg{nil}); cmd == nil || d.app.failed == nil {
		t.Fatal("a screen that is not there did no harm")
	}
	d.app.stack = slices.DeleteFunc(d.app.stack, func(s screen) bool { return s == nil })
	d.app.failed = nil
	d.reopen().hasDrafts("note: a long day")
}

// Left in the middle and come back to after a week: the same prompt, and every
// word of it and of what came before.
func TestAWeekLater(t *testing.T) {
	library, _ := content.Load(nil)
	for _, g := range library.Guides() {
		if g.Kind != string(journal.Reflection) {
			continue
		}
		t.Run(g.ID, func(t *testing.T) {
			t.Parallel()
			d := guided(t, g.ID, 80, 24)
			n := 0
			for range len(g.Steps) / 2 {
				if d.guide().typing() {
					n++
					d.write(fmt.Sprintf("words %d of it", n))
				}
				d.press("tab")
			}
			for !d.guide().typing() {
				if d.guide().walk.last() {
					return // nothing is written further on
				}
				d.press("tab")
			}
			d.write("in the middle of a sent").save()
			at := d.guide().walk.step().ID
			want := fmt.Sprint(d.guide().walk.toDraft().Answers)
			d.press("ctrl+x")
			d.clock = d.clock.AddDate(0, 0, 7)
			d = d.reopen().sees("Carry on").press("enter")
			if got := d.guide().walk.step().ID; got != at {
				t.Errorf("it goes on at %q, not at %q", got, at)
			}
			d.sees("in the middle of a sent")
			if got := fmt.Sprint(d.guide().walk.toDraft().Answers); got != want {
				t.Errorf("there is\n%s\nand not\n%s", got, want)
			}
			if d.write("ence"); !strings.HasSuffix(d.beforeCaret(), "in the middle of a sentence") {
				t.Errorf("the caret is after %q", d.beforeCaret())
			}
		})
	}
}
