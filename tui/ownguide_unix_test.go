//go:build !windows

package tui

import "testing"

// What cannot be saved stays on the screen, keeps a lock away, and is saved as
// soon as that works again.
func TestFailedSaveOfAnOwnGuide(t *testing.T) {
	d := home(t, 80, 24).press("r", "end", "enter").write("Court")
	mend := d.cutOff()
	d.ticks = 0
	d.send(ownDueMsg{d.ownScreen()})
	d.sees(lostSentence, "Court").misses("kept 1")
	if d.ticks != 1 {
		t.Errorf("%d more tries were asked for", d.ticks)
	}
	d.press("esc", "esc").sees(lostSentence, "Its name Court")
	d.press("ctrl+l").sees("goodenough has not locked").press("z").sees("Its name Court")
	mend()
	d.press("esc").sees("Through", "› Court").hasSaved("Court").reopen().hasSaved("Court")
}

func TestOwnGuideInAReplacedFile(t *testing.T) {
	d := home(t, 80, 24).press("r", "end", "enter").write("Court")
	d.replaceFile()
	d.send(ownDueMsg{d.ownScreen()})
	d.sees(replacedSentence, "Court").press("esc", "esc").sees("› Court")
	d.reopen().sees("kept aside earlier").hasSaved("Court")
}
