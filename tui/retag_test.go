package tui

import (
	"strings"
	"testing"
)

func TestRenameMergeAndRemoveTags(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "f", "end", "enter").sees("Journal ▸ Tags", "2 visit", "1 late")
	tags := func(id, want string) {
		t.Helper()
		if got := strings.Join(d.entry(id).Tags, " "); got != want {
			t.Errorf("%s has %q, want %q", id, got, want)
		}
	}
	d.press("r").sees("Another name for “visit”").write("s").press("enter").sees("Call “visit” “visits” in 2 entries?").press("n").sees("2 visit")
	tags("march", "visit")
	d.press("r").write("s").press("enter", "y").sees("2 entries were changed.", "2 visits")
	tags("oct", "visits late")
	d.press("down", "r")
	for range "late" {
		d.press("backspace")
	}
	d.write("visits").press("enter").sees("There is “visits” already. Make one tag of both, in 1 entry?").press("y").sees("1 entry was changed.").misses("late")
	tags("oct", "visits")
	d.press("x").sees("Take “visits” away from 2 entries?").press("esc").sees("2 visits").press("x", "y").sees("2 entries were changed.").misses("visits").press("r", "x", "esc", "esc").sees("1 of 5")
	tags("march", "")
}

// Who looks at the entries with a tag looks at them still when it is renamed.
func TestRenameTheTagThatIsChosen(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "f", "down", "down", "down", "right").sees("◂ visit ▸", "2 entries").press("enter", "f", "end", "enter")
	d.press("down", "up").sees("2 visit").press("r").write("s").press("enter", "y").sees("2 visits").press("esc").sees("◂ visits ▸", "2 entries")
	d.press("esc").sees("Only tag visits", "of 2")
	d.press("f", "end", "enter", "x", "y", "esc").sees("Tag ◂ any ▸", "5 entries").press("esc").sees("of 5").misses("Only")
}
