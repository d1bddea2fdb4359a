//go:build !windows

package tui

// Saves that go wrong. Windows does not let anybody move a file that is open,
// which is how these tests make them.

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

// replaceFile does to the journal's file what a synchronising folder does.
func (d *driver) replaceFile() {
	d.t.Helper()
	path := d.app.opts.Path
	b, err := os.ReadFile(path)
	if err == nil {
		err = os.Rename(path, path+".old")
	}
	if err == nil {
		err = os.WriteFile(path, b, 0o600)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

const replacedSentence = "Another program changed the journal's file while it was open."

// A journal that is salvaged to another name has what was kept aside, and the
// person reads where it came from.
func TestASalvageHasWhatWasKeptAside(t *testing.T) {
	d := home(t, 80, 24).press("n").write("a long day")
	d.replaceFile()
	d.press("tab").sees(replacedSentence)
	if err := d.app.close(); err != nil {
		t.Fatal(err)
	}
	o, dest := d.app.opts, filepath.Join(t.TempDir(), "salvaged.db")
	foreign := o.Path + ".aside-00000000"
	if err := os.WriteFile(foreign, []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := journal.Salvage(o.Path, dest, []byte(testPassphrase), &o.Journal)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Join(SalvageLines(r, dest), "\n")
	for _, want := range []string{"1 entry", "1 record came from what had been kept aside.", "journal.db.aside-00000000 does not open with this journal's keys"} {
		if !strings.Contains(lines, want) {
			t.Errorf("%q is missing:\n%s", want, lines)
		}
	}
	o.Path, o.Passphrase = dest, []byte(testPassphrase)
	driveWith(t, o, 80, 24).press("j", "enter").sees("a long day")
}

func TestReplacedFileIsSaidAndTheTextIsKeptBesideIt(t *testing.T) {
	t.Run("at a save", func(t *testing.T) {
		d := home(t, 80, 24).press("n").write("a long day")
		d.replaceFile()
		d.save().sees(replacedSentence, "open it again.", "a long day")
		d.write(" and wet").save().sees(replacedSentence, "a long day and wet")
		d.press("ctrl+x").sees(replacedSentence)
		d.reopen().sees("kept aside earlier").press("enter").sees("a long day and wet")
	})
	t.Run("on leaving", func(t *testing.T) {
		d := home(t, 80, 24).press("n").write("a long day")
		d.replaceFile()
		d.press("ctrl+x").sees(replacedSentence, "open it again.")
		d.reopen().press("enter").sees("a long day")
	})
	t.Run("at the end", func(t *testing.T) {
		d := home(t, 80, 24).press("n").write("a long day")
		d.replaceFile()
		d.press("tab").sees(replacedSentence)
		d.reopen().sees("1 entry").press("j", "enter").sees("a long day")
	})
	t.Run("at a lock", func(t *testing.T) {
		d := home(t, 80, 24).press("n").write("a long day")
		d.replaceFile()
		d.press("ctrl+l").sees("Your passphrase").write(testPassphrase).press("enter")
		d.sees("kept aside earlier", "Carry on").press("enter").sees("a long day")
	})
}

// cutOff makes every save fail: the journal's folder is not there any more.
func (d *driver) cutOff() (mend func()) {
	d.t.Helper()
	dir := filepath.Dir(d.app.opts.Path)
	if err := os.Rename(dir, dir+".gone"); err != nil {
		d.t.Fatal(err)
	}
	return func() {
		if err := os.Rename(dir+".gone", dir); err != nil {
			d.t.Fatal(err)
		}
	}
}

const lostSentence = "could not be kept beside it either. It is still on the screen."

func TestFailedSaveLeavesTheTextOnTheScreen(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 20}} {
		d := home(t, size[0], size[1]).press("n").write("a long day")
		mend := d.cutOff()
		d.ticks = 0
		d.save().sees(lostSentence, "a long day").misses("kept 1")
		if d.ticks != 1 {
			t.Errorf("%d more tries were asked for", d.ticks)
		}
		d.press("ctrl+x").sees(lostSentence, "a long day")
		d.press("tab").sees(lostSentence, "a long day").misses("That is kept")
		d.write("!").sees("a long day!")
		mend()
		d.save().misses(lostSentence).sees("a long day!", "kept 1").hasDrafts("note: a long day!")
		d.press("tab").sees("That is kept.").hasDrafts()
	}
}

func TestFailedSettingIsSaid(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 20}, {30, 10}} {
		d := home(t, size[0], size[1]).press(",")
		d.cutOff()
		d.press("down", "space").sees("Another program changed")
		d.press("down", "down", "down", "down")
	}
}

// A lock that cannot keep the text does not happen, says so, and takes nothing
// from what comes after.
func TestLockThatCannotKeepTheTextDoesNotHappen(t *testing.T) {
	d := home(t, 80, 24).press("n").write("a long day")
	mend := d.cutOff()
	d.press("ctrl+l").sees(lostSentence, "goodenough has not locked.").misses("a long day")
	d.send(tea.FocusMsg{})
	d.sees("goodenough has not locked.")
	d.press("z").sees("a long day").misses("dayz")
	mend()
	d.write("!").save().sees("kept 1").hasDrafts("note: a long day!")
	d.press("ctrl+l").sees("Your passphrase")
}

// A journal that vanished while it was locked does not come back as an empty
// one, under whatever was typed.
func TestJournalThatVanishedIsNotMadeAnew(t *testing.T) {
	d := home(t, 80, 24).press("ctrl+l")
	d.cutOff()
	d.write("anything at all").press("enter").sees("There is no journal here")
	if d.app.journal != nil {
		t.Error("there is a journal")
	}
}

func TestPlainFailedSaveIsSaidOnceAndStopsNothing(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartNote
	d := &driver{t: t, app: &app{session: &session{opts: p.opts}}}
	mend := d.cutOff()
	p.types("one", "two", "three", "")
	if n := strings.Count(p.out, "could not be kept"); n != 1 {
		t.Errorf("it is said %d times:\n%s", n, p.out)
	}
	if p.err == nil || strings.Contains(p.out, "That is kept.") {
		t.Errorf("%v:\n%s", p.err, p.out)
	}
	mend()
	d.replaceFile()
	var aside *journal.AsideError
	if p.types("one", "two", ""); !errors.As(p.err, &aside) || strings.Contains(p.out, "That is kept.") {
		t.Errorf("%v:\n%s", p.err, p.out)
	}
	p.says(replacedSentence)
}
