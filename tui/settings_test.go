package tui

import (
	"strings"
	"testing"
)

// set goes to a setting by its name and changes it.
func (d *driver) set(name string, times int) *driver {
	d.t.Helper()
	for range len(d.app.top().(*settingsScreen).choices) {
		if row := strings.Split(d.screen(), "\n")[d.app.View().Cursor.Y]; strings.Contains(row, name) {
			for range times {
				d.press("space")
			}
			return d
		}
		d.press("down")
	}
	d.t.Fatalf("there is no setting %q:\n%s", name, d.screen())
	return d
}

func TestSettingsSurvive(t *testing.T) {
	d := home(t, 80, 24).press(",").set("Lock after", 1).set("Cover", 1).set("No motion", 1).set("Colours", 3).set("The check-in is", 1)
	want := []string{"20 quiet minutes", "Cover when you switch away yes", "No motion, words for pictures yes", "Colours none", "the short one"}
	for range 2 {
		d.press("home").sees(want[:4]...).press("end").sees(want[4])
		d = d.reopen().press(",")
	}
	d.press("esc", "c")
	if n := len(d.guide().walk.steps); n != len(d.guide().walk.guide.Brief.Steps) {
		t.Errorf("the check-in has %d steps", n)
	}
	if strings.Contains(d.app.View().Content, "\x1b[38") {
		t.Error("there are colours")
	}
	if !d.app.View().ReportFocus {
		t.Error("the window's focus is not asked for")
	}
}

// Of two changes that are saved at once the last one stays, whichever comes to
// the journal first, and whether or not the screen was left in between.
func TestLastChangeOfASettingStays(t *testing.T) {
	for _, left := range []bool{false, true} {
		d := home(t, 80, 24).press(",")
		first := d.hold(named["right"])
		if left {
			d.press("esc", ",")
		}
		second := d.hold(named["right"])
		d.run(second)
		d.run(first)
		d.sees("30 quiet minutes").reopen().press(",").sees("30 quiet minutes")
	}
}

func TestSettingsGoRoundBothWays(t *testing.T) {
	d := home(t, 80, 24).press(",")
	for range minutesToLock {
		d.press("right")
	}
	d.sees("10 quiet minutes").press("left").sees("5 quiet minutes").press("left", "left").sees("never by itself").press("left").sees("60 quiet minutes")
}

func TestStepsSwitchedOffAreNotAsked(t *testing.T) {
	d := home(t, 80, 24).press(",").set("A quiet start", 1).set("The day in squares", 1).set("A closing breath", 1)
	d = d.reopen().press("c").sees("What is with you", "1 of 6")
	d.press("tab", "tab").sees("What one thing could you set down", "3 of 6")
	d.press("ctrl+x", "1")
	if n := len(d.guide().walk.steps); n != len(d.guide().walk.guide.Brief.Steps) {
		t.Errorf("the short one has %d steps", n)
	}
	d.press("ctrl+x", ",").set("The day in squares", 1).press("esc", "c").sees("1 of 7")
}

// With every step switched off there is still a check-in.
func TestAllStepsSwitchedOff(t *testing.T) {
	d := home(t, 80, 24).press(",")
	g, _ := d.app.library.Guide("end-of-day")
	for _, step := range g.Steps {
		d.set("  "+step.Short, 1)
	}
	d.press("esc", "c").sees("1 of 9")
}

func TestShortFirstSwapsTheKeys(t *testing.T) {
	d := home(t, 80, 24).sees("c Check in four minutes", "1 A shorter check-in one minute")
	d.press("f1").sees("1 a shorter one").press("z")
	d.press(",").set("The check-in is", 1).press("esc").sees("c Check in one minute", "1 A longer check-in four minutes")
	d.press("f1").sees("1 a longer one").misses("a shorter one").press("z")
	d.press("c").misses("of 9").press("esc", "1").sees("1 of 9")
}

// Where to turn is what is for danger, the person's own numbers, and then
// those of their nation; while it is locked, of all nations.
func TestWhereToTurn(t *testing.T) {
	d := home(t, 80, 60).press(",").set("Where to turn, in", 3).sees("Scotland").press("esc")
	d.press("ctrl+g", "w").sees("For ◂ Scotland ▸", "NHS 24: 111. For mental health distress that cannot wait. Checked in").misses("2026", "Lifeline", "Your own numbers").press("end").sees("How these were checked", "On 22 November 2026, in copies of web pages").press("ctrl+g")
	d.press(",").set("Your own numbers", 1).write("Duty desk").press("enter").write("extension 12").press("enter").write("Sam").press("enter", "enter", "esc").sees("Your own numbers 2")
	d = d.reopen()
	d.press("ctrl+g", "w").sees("999", "Duty desk: extension 12", "Sam").press("right").sees("For ◂ Northern Ireland ▸", "Lifeline").press("ctrl+g")
	d.press("ctrl+l").press("ctrl+g", "w").misses("Duty desk").sees("For ◂ everywhere ▸", "999", "inside the journal", "NHS 24", "Lifeline", "NHS 111 Wales")
}

// A line of one's own file stands with the others of its need, below danger, and
// nothing is there twice.
func TestOwnFileOfWhereToTurn(t *testing.T) {
	own := map[string]string{"support.toml": `
[[lines]]
id = "eap"
need = "Someone to listen"
name = "Our assistance line"
how = "extension 4"
checked = "2026-11-01"
`}
	d := homeWith(t, own, 80, 100).press(",").set("Your own numbers", 1).write("Duty desk").press("enter").write("12").press("enter", "enter", "esc", "ctrl+g", "w")
	got := d.screen()
	for _, once := range []string{"In danger now", "Your own numbers", "Someone to listen"} {
		if n := strings.Count(got, once); n != 1 {
			t.Errorf("%q is there %d times:\n%s", once, n, got)
		}
	}
	last := 0
	for _, next := range []string{"In danger now", "Your own numbers", "Someone to listen", "Our assistance line", "Samaritans"} {
		at := strings.Index(got, next)
		if at < last {
			t.Errorf("%q is too early:\n%s", next, got)
		}
		last = at
	}
}
