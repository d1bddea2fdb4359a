package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// These tests hold what happens when two things are under way at once, as on a
// slow disk: hold presses a key and leaves what follows from it for later.
func (d *driver) hold(msg tea.Msg) tea.Cmd { return d.app.update(msg) }

var (
	tabKey   = named["tab"]
	enterKey = named["enter"]
	lockKey  = tea.KeyPressMsg{Code: 'l', Mod: tea.ModCtrl}
)

// draftSays asserts that the one draft ends with a text.
func (d *driver) draftSays(want string) {
	d.t.Helper()
	drafts := d.reopen().app.journal.Drafts()
	if len(drafts) != 1 || !strings.HasSuffix(drafts[0].Answers[0].Text, want) {
		d.t.Errorf("%d drafts, and none says %q", len(drafts), want)
	}
}

func TestSaveThatIsDueWhileAnEntryIsKeptBringsNoDraftBack(t *testing.T) {
	d := home(t, 80, 24).press("n").write("hello")
	g := d.guide()
	finish := d.hold(tabKey)
	if save := d.hold(saveDueMsg{g}); save != nil {
		d.send(finish())
		d.run(save)
	} else {
		d.send(finish())
	}
	if n, drafts := d.app.journal.Len(), len(d.app.journal.Drafts()); n != 1 || drafts != 0 {
		t.Errorf("%d entries and %d drafts of one note", n, drafts)
	}
}

func TestCarryingOnTwiceAtOnceLosesNothing(t *testing.T) {
	d := home(t, 80, 24).press("n").write("old text").press("ctrl+x").sees("Carry on")
	first, second := d.hold(enterKey), d.hold(enterKey)
	d.run(first)
	d.run(second)
	d.write(" and new text").save().press("ctrl+l")
	d.draftSays("and new text")
}

func TestStepOpenedInATinyWindowTakesKeys(t *testing.T) {
	d := home(t, 80, 24).press("c", "enter").sees("What is with you").press("space").save().press("ctrl+x")
	d.resize(25, 24).press("enter", "down", "down").resize(80, 24).sees("What is with you")
}

func TestTypingWhileALockSavesIsKept(t *testing.T) {
	d := home(t, 80, 24).press("n").write("one")
	saved := d.hold(lockKey)()
	d.press("a").write(" two") // the first key lifts the cover
	d.send(saved)
	d.draftSays("two")
}

func TestLockAfterTheLastStepWaitsForTheSave(t *testing.T) {
	d := home(t, 80, 24).press("n").write("one")
	save := d.hold(saveDueMsg{d.guide()})
	d.write(" two")
	d.hold(tabKey) // the end waits for the save that is under way
	lock := d.hold(lockKey)
	if d.app.journal == nil {
		t.Fatal("it is locked, with the end of the text nowhere")
	}
	d.run(save)
	d.run(lock)
	d.draftSays("two")
}

func TestOlderSaveDoesNotOvertakeANewerOne(t *testing.T) {
	d := home(t, 80, 24).press("n").write("one")
	save := d.hold(saveDueMsg{d.guide()})
	d.write(" two")
	saved := d.hold(lockKey)()
	save() // it comes to the journal last
	d.send(saved)
	d.draftSays("two")
}

func TestEscWhileAnEntryGoesToTheBinIsPassedOver(t *testing.T) {
	d := home(t, 80, 24).press("n").write("hello").press("tab", "enter", "j", "enter", "x")
	del := d.hold(tea.KeyPressMsg{Code: 'y', Text: "y"})
	d.press("esc")
	d.run(del)
	d.sees("Nothing here yet")
}
