package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
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

// What follows from the last key and from a lock may be done in any order, and
// the window may be closed before the screen hears of either. It is one entry.
func TestLockOrEndWhileAnEntryIsKept(t *testing.T) {
	ways := map[string]func(d *driver){
		"the lock is first": func(d *driver) {
			finish, lock := d.hold(tabKey), d.hold(lockKey)
			d.run(lock)
			d.run(finish)
		},
		"the lock is last": func(d *driver) {
			finish, lock := d.hold(tabKey), d.hold(lockKey)
			d.run(finish)
			d.run(lock)
		},
		"closed before":      func(d *driver) { d.hold(tabKey) },
		"closed in between":  func(d *driver) { d.hold(tabKey)() },
		"closed by a signal": func(d *driver) { finish := d.hold(tabKey); _ = d.app.close(); finish() },
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			d := home(t, 80, 24).press("n").write("one").save().write(" two")
			way(d)
			j := d.reopen().app.journal
			if n, drafts := j.Len(), len(j.Drafts()); n != 1 || drafts != 0 {
				t.Fatalf("%d entries and %d drafts of one note", n, drafts)
			}
			if e, _ := j.Get(j.List(journal.Query{}).At(0).ID); len(e.Answers) != 1 || e.Answers[0].Text != "one two" {
				t.Errorf("what is kept is %+v", e.Answers)
			}
		})
	}
}

// What was let go is gone, also where a lock or the end comes at once.
func TestLockOrEndWhileSomethingIsLetGo(t *testing.T) {
	for name, way := range map[string]func(d *driver){
		"lock":   func(d *driver) { d.run(d.hold(lockKey)) },
		"closed": func(*driver) {},
	} {
		t.Run(name, func(t *testing.T) {
			d := guided(t, "kind-letter", 80, 24)
			for !d.guide().asking {
				if d.guide().typing() {
					d.write("words")
				}
				d.save().press("tab")
			}
			if len(d.drafts()) != 1 {
				t.Fatal("there is nothing to let go")
			}
			d.hold(keyPress("x"))
			way(d)
			d.reopen().hasDrafts()
		})
	}
}

// What still reads the journal when it locks finds it closed, and that is all.
func TestLockWhileTheJournalIsRead(t *testing.T) {
	for name, begin := range map[string]func(d *driver) tea.Cmd{
		"what helped": func(d *driver) tea.Cmd { return d.hold(pushMsg{newHelped(d.app.session)}) },
		"marked": func(d *driver) tea.Cmd {
			d.press("j", "space")
			return d.hold(pushMsg{newSaving(d.app.top().(*listScreen))})
		},
		"brought back":     func(d *driver) tea.Cmd { return d.press("j", "enter", "x", "y", "b").hold(keyPress("r")) },
		"deleted for good": func(d *driver) tea.Cmd { return d.press("j", "enter", "x", "y", "b", "x").hold(keyPress("y")) },
		"a search to pick": func(d *driver) tea.Cmd {
			d.press("s", "b")
			for _, ok := d.guide().field.(*pickField); !ok; _, ok = d.guide().field.(*pickField) {
				d.press("tab")
			}
			return d.hold(keyPress("m"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := someDays(t, nil, 80, 24)
			late := begin(d)
			d.press("ctrl+l").sees("Your passphrase")
			d.run(late)
			d.sees("Your passphrase").write(testPassphrase).press("enter").misses("fault")
		})
	}
}

// A setting that was changed in the moment before a lock or the end is kept, on
// whichever screen that was.
func TestLockOrEndWhileASettingIsSaved(t *testing.T) {
	for name, way := range map[string]func(d *driver){
		"lock":   func(d *driver) { d.run(d.hold(lockKey)) },
		"closed": func(*driver) {},
	} {
		t.Run(name, func(t *testing.T) {
			d := home(t, 80, 24).press(",")
			d.hold(keyPress("space")) // lock after another time
			way(d)
			d.reopen().press(",").sees("Lock after 20 quiet minutes")

			d = home(t, 80, 24).press("s", "w")
			d.hold(named["pgdown"]) // the next supervision is in a week
			way(d)
			d.reopen().press("s").sees("Fri 27 November")
		})
	}
}

// A disk that takes no setting is said once, and is no reason to stay unlocked.
func TestSettingThatCannotBeSavedIsSaidOnceBeforeALock(t *testing.T) {
	d := home(t, 80, 24).press(",")
	d.hold(keyPress("space"))
	d.hold(lockKey)
	d.send(keptForLockMsg{settingsSavedMsg{changes: d.app.saves.changes, err: journal.ErrFull}})
	d.sees("The disk is full", "has not locked").press("ctrl+l").sees("Your passphrase")
}

// twoAgreed is supervision with two things agreed and open; the focus is on the
// first.
func twoAgreed(t *testing.T) *driver {
	t.Helper()
	d := home(t, 80, 24)
	d.put(afterEntry(d.clock.AddDate(0, 0, -2), "yes", journal.Item{Text: "ring the GP"}, journal.Item{Text: "ask about leave"}))
	d.press("s").sees("☐ ring the GP", "☐ ask about leave", "2 open")
	return d.press("end", "up")
}

// Two ticks in the moment before somebody leaves, locks or closes are both kept.
func TestLeavingWhileTicksAreSavedKeepsThem(t *testing.T) {
	for name, way := range map[string]func(d *driver, save tea.Cmd){
		"back and in again": func(d *driver, save tea.Cmd) {
			back := d.hold(named["esc"])
			d.run(back)
			again := d.hold(keyPress("s"))
			d.run(save)
			d.run(again)
		},
		"lock":                   func(d *driver, save tea.Cmd) { d.run(d.hold(lockKey)) },
		"lock, the save is late": func(d *driver, save tea.Cmd) { d.run(d.hold(lockKey)); save() },
		"closed":                 func(d *driver, save tea.Cmd) {},
	} {
		t.Run(name, func(t *testing.T) {
			d := twoAgreed(t)
			save := d.hold(named["space"])
			d.press("down")
			d.run(d.hold(named["space"]))
			way(d, save)
			d.reopen().misses("agreed and open").press("s").misses("ring the GP", "ask about leave")
		})
	}
}

// A save of a page has what the page had when it was asked for: what is changed
// while it is under way follows, and is in the next one.
func TestAmendmentIsSavedAsItWas(t *testing.T) {
	tests := []struct {
		name, open, change, more string
		want                     func(e journal.Entry) bool
	}{
		{"tags", "j enter t", "c o u r t", "x", func(e journal.Entry) bool { return slices.Equal(e.Tags, []string{"court"}) }},
		{"for supervision", "j enter b", "space", "space", func(e journal.Entry) bool { return e.Bring != nil }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := withNote(t, "a long day").press(strings.Fields(tt.open)...).press(strings.Fields(tt.change)...)
			save := d.hold(lockKey)
			d.press("down", tt.more) // the first key lifts the cover
			saved := save()
			if e := d.newestOf("note"); !tt.want(e) {
				t.Errorf("it is saved as %q, %v", e.Tags, e.Bring)
			}
			d.send(saved)
			if e := d.reopen().newestOf("note"); tt.want(e) {
				t.Errorf("it is left as %q, %v", e.Tags, e.Bring)
			}
		})
	}
}

// What is pasted while an entry is being kept would be lost, and what is pasted
// while it is asked whether to keep it would go where nobody sees it: it stays on
// the clipboard, as a key is passed over.
func TestPasteWhereNoKeyIsTaken(t *testing.T) {
	d := home(t, 80, 24).press("n").write("one")
	finish := d.hold(tabKey)
	d.paste("two").misses("two")
	d.run(finish)
	d.sees("That is kept.", "one").misses("two")

	d = homeWith(t, map[string]string{"guides/end-of-day.toml": bedtime + "ask = true\n" + teeth}, 80, 24)
	d.press("c").write("the owl").press("tab").sees("keep it")
	if e := d.paste("two").press("k").newestOf("end-of-day"); strings.Contains(fmt.Sprint(e.Answers), "two") {
		t.Errorf("kept is %+v", e.Answers)
	}
}

// Keys that come in one read are there before any command has run: what is typed
// on at once is for where the first key leads.
func TestKeysInOneReadGoWhereTheFirstOneLeads(t *testing.T) {
	d := home(t, 80, 24)
	for _, k := range "nquiet day" {
		d.hold(keyPress(string(k)))
	}
	d.sees("A blank page", "quiet day")
	if d.guide().walk.answer("note").Text != "quiet day" {
		t.Errorf("the page has %q", d.guide().walk.answer("note").Text)
	}

	d = home(t, 80, 24)
	for _, k := range []string{"j", "esc", ",", "esc", "r", "esc", "s", "esc", "j"} {
		d.hold(keyPress(k))
	}
	d.sees("Nothing here yet")

	d = withNote(t, "a long day")
	for _, k := range []string{"j", "enter", "t", "c", "o", "u", "r", "t"} {
		d.hold(keyPress(k))
	}
	d.sees("Tags", "> court")

	d = home(t, 80, 24)
	d.hold(keyPress("g"))
	d.hold(keyPress("n"))
	d.sees("Solid ground").misses("A blank page")
}
