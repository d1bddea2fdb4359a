package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

func TestFirstRunMakesAJournal(t *testing.T) {
	d := drive(t, 80, 24).sees("Welcome to goodenough", "1 of 3").press("enter").sees("A passphrase for you:")
	w := d.app.top().(*welcomeScreen)
	first := w.words
	if d.press("n"); w.words == first {
		t.Error("the words are the same")
	}
	words := w.words
	d.press("enter").sees("type the five words", words).write("nearly").press("enter").sees("not quite the five words above")
	d.press("ctrl+u").write(words).press("enter").sees("And once more").misses(words).write(words + "x").press("enter").sees("not the same")
	d.write(words).press("enter").write(words).press("enter").sees("Your journal is made", "Check in")
	d.press("ctrl+l").write(words).press("enter").sees("Check in").misses("Your journal is made")
}

func TestOwnPassphraseMakesAJournal(t *testing.T) {
	d := drive(t, 80, 24).press("enter", "o").sees("Your own passphrase").write("abc").sees("moments")
	d.press("esc").sees("A passphrase for you:").press("o").write(testPassphrase).press("enter")
	d.write(testPassphrase).press("enter").sees("Your journal is made")
}

func TestWrongPassphraseIsSaid(t *testing.T) {
	d := home(t, 80, 24).press("ctrl+l").write("another cat").press("enter")
	d.sees("That passphrase does not open this journal.").misses("another cat")
	d.write(testPassphrase).misses("cat").press("ctrl+r").sees("> " + testPassphrase).press("ctrl+r").misses("cat")
	d.press("enter").sees("Check in")
}

func TestNothingPrivateIsSeenAfterALock(t *testing.T) {
	for _, relaunch := range []bool{false, true} {
		d := home(t, 80, 24).press("n").write("a long day").press("tab", "enter", "n").write("another one")
		d.app.opts.Relaunch = relaunch
		d.press("ctrl+l")
		if d.quit != relaunch || !d.app.locked {
			t.Errorf("relaunch %v: quit %v, locked %v", relaunch, d.quit, d.app.locked)
		}
		d.sees("goodenough locked").press("?", "f1").misses("long", "another")
		d.resize(40, 20).misses("long", "another").press("z").sees("Your passphrase")
		if len(d.app.stack) != 1 || d.app.journal != nil {
			t.Errorf("%d screens are left, and the journal is %v", len(d.app.stack), d.app.journal)
		}
		if v := d.app.View(); v.WindowTitle != "goodenough" {
			t.Errorf("the window's title is %q", v.WindowTitle)
		}
	}
}

func TestLockWorksFromEverywhere(t *testing.T) {
	for _, p := range places() {
		if p.text == "" && !strings.HasSuffix(p.name, "keys") || strings.HasPrefix(p.name, "welcome") || strings.HasPrefix(p.name, "unlock") {
			continue // typing and the keys are where a key may go elsewhere
		}
		t.Run(p.name, func(t *testing.T) {
			d := p.in(t, 80, 24).press("ctrl+l").sees("goodenough locked", "Your passphrase")
			if d.write(testPassphrase).press("enter"); len(d.app.stack) > 1 {
				d.press("esc")
			}
			d.sees("Check in")
		})
	}
}

// After a lock somebody is where they were, as far as the name of a place says
// it: what they looked for and read there is forgotten, and what they were
// writing is offered at home.
func TestLockComesBack(t *testing.T) {
	tests := []struct {
		keys string
		sees []string
	}{
		{"j", []string{"Journal", "1 of 5", "Nothing much"}},
		{"j end enter", []string{"1 of 5", "Nothing much"}},
		{"j f right enter down", []string{"1 of 5", "Nothing much"}},
		{"j / s c h o o l", []string{"1 of 5", "Nothing much"}},
		{"w right enter", []string{"Patterns", "12 weeks"}},
		{"p", []string{"Practise", "esc"}},
		{"r", []string{"Reflect"}},
		{"s", []string{"Supervision"}},
		{"j end enter t x", []string{"1 of 5", "Nothing much"}},
		{"j end enter e !", []string{"Check in", "Carry on"}},
		{"n x", []string{"Check in", "Carry on"}},
		{"?", []string{"Check in"}},
	}
	for _, tt := range tests {
		d := someDays(t, nil, 80, 24).press(strings.Fields(tt.keys)...).press("ctrl+l").sees("goodenough locked")
		d.write(testPassphrase).press("enter").sees(tt.sees...).misses("rang", "/ school", "Only")
		d.press("ctrl+l").write(testPassphrase).press("enter").sees(tt.sees...) // from there as well
	}
}

func TestQuietTimeLocks(t *testing.T) {
	tests := []struct {
		minutes int // the setting
		quiet   time.Duration
		locks   bool
	}{
		{0, 10*time.Minute - time.Second, false},
		{0, 10 * time.Minute, true},
		{2, 2 * time.Minute, true},
		{60, 59 * time.Minute, false},
		{-1, 300 * time.Hour, false},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.minutes, tt.quiet), func(t *testing.T) {
			d := home(t, 80, 24)
			d.app.settings.LockAfter = tt.minutes
			d.clock = d.clock.Add(tt.quiet)
			d.ticks = 0
			d.send(idleMsg{d.app.idleSeq})
			if locked := d.app.journal == nil; locked != tt.locks {
				t.Errorf("locked: %v", locked)
			}
			if again := d.ticks == 1; again == tt.locks {
				t.Errorf("%d more looks at the clock were asked for", d.ticks)
			}
		})
	}
}

func TestKeysPutTheLockOff(t *testing.T) {
	d := home(t, 80, 24)
	for range 30 {
		d.clock = d.clock.Add(9 * time.Minute)
		d.press("down")
		d.send(idleMsg{d.app.idleSeq})
	}
	d.sees("Check in")
}

// However often something asks for a look at the clock, one chain of looks is
// alive: the others find their number gone.
func TestOneChainOfLooksAtTheClock(t *testing.T) {
	d := home(t, 80, 24).press(",", "right", "left", "right")
	seq := d.app.idleSeq
	d.ticks = 0
	for n := range seq {
		d.send(idleMsg{n})
	}
	if d.ticks != 0 {
		t.Errorf("%d old chains are alive", d.ticks)
	}
	if d.send(idleMsg{seq}); d.ticks != 1 {
		t.Errorf("%d looks were asked for", d.ticks)
	}
}

func TestCoverOnlyWithTheSetting(t *testing.T) {
	d := home(t, 80, 24).press("n").write("a long day")
	if d.app.View().ReportFocus {
		t.Error("the terminal is asked to tell of its focus")
	}
	d.send(tea.BlurMsg{})
	d.sees("a long day")
	d.app.settings.Cover = true
	if !d.app.View().ReportFocus {
		t.Error("the terminal is not asked to tell of its focus")
	}
	d.send(tea.BlurMsg{})
	d.sees("Covered. Press any key to go on.").misses("a long day", "A blank page")
	d.resize(30, 10).misses("long day")
	d.resize(80, 24).press("z").sees("a long day").misses("dayz")
	d.send(tea.BlurMsg{})
	d.send(tea.FocusMsg{})
	d.sees("a long day")
	d.send(tea.BlurMsg{})
	d.paste("secret").sees("a long day").misses("secret")
}

func TestHelpHasEveryKeyInEveryWindow(t *testing.T) {
	everyPlace(t)
	for _, p := range places() {
		if strings.HasSuffix(p.name, ", keys") {
			continue
		}
		d := p.in(t, 80, 24)
		for _, size := range [][2]int{{80, 24}, {40, 20}, {30, 10}} {
			d.resize(size[0], size[1])
			rows := strings.Split(d.screen(), "\n")
			if last := rows[len(rows)-1]; !strings.Contains(last, "keys") && !strings.Contains(last, "   F1   ") {
				t.Errorf("%s at %v: the key for help is not in %q", p.name, size, last)
			}
			d.press("f1")
			seen := ""
			for pages := 0; d.app.helping > 0 && pages < 20; pages++ {
				seen += d.screen()
				d.press("space")
			}
			seen = strings.Join(strings.Fields(seen), " ")
			for _, b := range append(d.app.top().help(), keys.lock) {
				want := b.Help().Key + " " + b.Help().Desc
				if n := strings.Count(seen, want+" "); n != 1 && (n != 0 || d.app.journal != nil) {
					t.Errorf("%s at %v: %q is there %d times: %s", p.name, size, want, n, seen)
				}
			}
		}
	}
}

func TestStartGoesStraightThere(t *testing.T) {
	for start, want := range map[Start]string{StartHome: "Check in", StartCheckIn: "A moment to arrive", StartNote: "What would you like to put down?", StartJournal: "Nothing here yet."} {
		d := home(t, 80, 24)
		d.app.opts.Start = start
		d = d.reopen().sees(want)
		if start == StartJournal {
			d.press("esc") // a lock in the journal comes back to it
		}
		d.press("ctrl+l").write(testPassphrase).press("enter").sees("Check in") // once
	}
}

func TestFaultEndsTheProgramInOrder(t *testing.T) {
	d := home(t, 80, 24)
	_, cmd := d.app.Update(replaceMsg{nil})
	if cmd == nil || d.app.failed == nil {
		t.Fatal("a screen that is not there did no harm")
	}
	if _, ok := cmd().(tea.QuitMsg); !ok {
		t.Error("the program goes on")
	}
	if v := d.app.View(); v.Content != "" {
		t.Errorf("it still draws %q", v.Content)
	}
	_, err := d.app.end(nil)
	if s := Sentence(err); !strings.Contains(s, "kept as a draft") || strings.Contains(s, "Nothing was saved") || strings.Contains(s, "pointer") {
		t.Errorf("%q", s)
	}
}

// A brokenField fails when it is asked what was answered.
type brokenField struct{ field }

func (brokenField) answers() []journal.Answer { panic("a long day") }

// A field that fails takes with it no more than its last key, and it is said
// that this may be missing.
func TestFaultInAFieldKeepsWhatWasWrittenBefore(t *testing.T) {
	d := home(t, 80, 24).press("n").write("a long day")
	g := d.guide()
	g.field = brokenField{g.field}
	if _, cmd := d.app.Update(keyPress("s")); cmd == nil || d.app.failed == nil {
		t.Fatal("there was no fault")
	}
	_, err := d.app.end(nil)
	if s := Sentence(err); !strings.Contains(s, "may not be kept") || strings.Contains(s, "kept as a draft") || strings.Contains(s, "a long day") {
		t.Errorf("%q", s)
	}
	d.app.stack, d.app.failed = nil, nil
	d.reopen().hasDrafts("note: a long day")
}

// A fault of which the disk allows no draft does not say that there is one.
func TestFaultSaysWhatBecameOfTheText(t *testing.T) {
	if s := Sentence(fault(journal.ErrFull)); !strings.Contains(s, "The disk is full") || strings.Contains(s, "kept as a draft") {
		t.Errorf("%q", s)
	}
}

// What was on its way to the screen when it locked does not come any more.
func TestNothingComesAfterALock(t *testing.T) {
	d := home(t, 80, 24).press("n").write("the long corridor")
	late := newGuideScreen(d.app.session, d.guide().walk, true)
	d.press("ctrl+l")
	for _, msg := range []tea.Msg{pushMsg{late}, replaceMsg{late}} {
		d.send(msg)
		d.sees("Your passphrase").misses("the long corridor")
	}
}

// A window that became wider is drawn anew, and so is the screen of a lock: what
// stood there before is not left beside it.
func TestScreenIsClearedAfterAResizeAndALock(t *testing.T) {
	d := home(t, 80, 24)
	before := d.ticks
	d.resize(120, 40)
	if d.ticks == before {
		t.Error("nothing is to be drawn anew after a resize")
	}
	if cmd := d.app.update(redrawMsg{}); cmd == nil || fmt.Sprintf("%T", cmd()) != fmt.Sprintf("%T", tea.ClearScreen()) {
		t.Error("the screen is not cleared")
	}
}

// Where the window has no room for a page, nothing is typed on one that nobody
// sees, and nothing closes it. To lock, the ground and ctrl+c work everywhere.
func TestTinyWindowTakesNoTextAndNoLetterAsAKey(t *testing.T) {
	for _, size := range [][2]int{{29, 24}, {80, 9}} {
		d := home(t, 80, 24).resize(size[0], size[1]).sees("larger")
		if d.press("q"); d.quit {
			t.Errorf("a letter closed it at %v", size)
		}
		d.press("n", "x", "enter").paste("blind").resize(80, 24).sees("Check in").press("n").write("a long day")
		d.resize(size[0], size[1]).press("x", "tab").paste("blind").resize(80, 24).sees("a long day").misses("dayx", "blind")
		d.resize(size[0], size[1]).press("ctrl+g").resize(80, 24).sees("Solid ground").press("esc").sees("a long day")
		d.resize(size[0], size[1]).press("ctrl+l").resize(80, 24).sees("Your passphrase")
		if d.resize(size[0], size[1]).press("ctrl+c"); !d.quit {
			t.Errorf("ctrl+c did not close it at %v", size)
		}
	}
}
