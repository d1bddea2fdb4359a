package tui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"goodenough/journal"
)

// withNote is home with one note in the journal.
func withNote(t *testing.T, text string) *driver {
	t.Helper()
	return home(t, 80, 24).press("n").write(text).press("tab").sees("That is kept.").press("enter")
}

func TestDeletedEntryComesBackFromTheBin(t *testing.T) {
	d := withNote(t, "a long day")
	d.press("j", "enter", "x").sees("Move this entry to the bin?", "please keep it, and ask your employer").press("n").sees("a long day").misses("Move this entry")
	d.press("x", "y").sees("Nothing here yet", "b bin").press("b").sees("a long day", "until 20 Dec")
	d.press("r").sees("The bin is empty.").press("esc").sees("1 of 1", "a long day")
	d.press("enter").sees("What would you like to put down?", "a long day")
}

func TestDeletedForGoodIsAskedAboutAndGone(t *testing.T) {
	d := withNote(t, "a long day").press("j", "enter", "x", "y", "b")
	d.press("enter").sees("a long day") // which reads in the list, and does nothing here
	d.press("x").sees("Delete it for good?", "backups", "spare cells", "ask your employer").press("n").sees("a long day").misses("for good?")
	d.press("x", "y").sees("The bin is empty.").press("esc").sees("Nothing here yet").misses("b bin")
	d = d.reopen().sees("0 entries")
	if n := len(d.app.journal.Bin()); n != 0 {
		t.Errorf("%d are in the bin", n)
	}
}

func TestBinFitsEveryWindow(t *testing.T) {
	d := withNote(t, strings.Repeat("a long day and ", 20)).press("j", "enter", "x")
	for _, size := range [][2]int{{30, 10}, {40, 20}, {120, 40}, {80, 24}} {
		d.resize(size[0], size[1])
	}
	d.press("y", "b", "x")
	for _, size := range [][2]int{{30, 10}, {40, 20}, {120, 40}} {
		d.resize(size[0], size[1])
	}
}

// Somebody who lost the passphrase comes in with the phrase on paper, and is
// asked for another passphrase.
func TestRecoveryPhraseLeadsToANewPassphrase(t *testing.T) {
	d := withNote(t, "a long day")
	phrase := "one two three four five six seven eight nine ten"
	if err := d.app.journal.SetRecovery([]byte(testPassphrase), []byte(phrase)); err != nil {
		t.Fatal(err)
	}
	d.press("ctrl+l").write(phrase).press("enter").sees("A new passphrase", "A passphrase for you:")
	d.press("o").write("a dog in a wet field").press("enter").sees("And once more").write("a dog in a wet field").press("enter")
	d.sees("Your passphrase is changed. The old one opens nothing here any more.").press("enter").sees("Check in", "1 entry")
	d.press("ctrl+l").write(testPassphrase).press("enter").sees("does not open this journal")
	d.write("a dog in a wet field").press("enter").sees("1 entry")
}

func TestNewPassphraseCanWait(t *testing.T) {
	d := home(t, 80, 24)
	phrase := "one two three four five six seven eight nine ten"
	if err := d.app.journal.SetRecovery([]byte(testPassphrase), []byte(phrase)); err != nil {
		t.Fatal(err)
	}
	d.press("ctrl+l").write(phrase).press("enter").sees("A new passphrase").press("esc").sees("Check in")
	d.press("ctrl+l").write(testPassphrase).press("enter").sees("Check in")
}

func TestPurgeNamesACopyThatItCouldNotReach(t *testing.T) {
	d := withNote(t, "a long day")
	dir := filepath.Join(filepath.Dir(d.app.opts.Path), "backups")
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "journal-2019-01-01.db"), []byte("of another journal"), 0o600)); err != nil {
		t.Fatal(err)
	}
	d.press("j", "enter", "x", "y", "b", "x", "y").sees("It is deleted. journal-2019-01-01.db does not open", "The bin is empty.")
}

// A change that is made, and not finished, is not answered with the question.
func TestUnfinishedChangeOfPassphraseIsAChange(t *testing.T) {
	d := withNote(t, "a long day")
	for _, size := range [][2]int{{80, 24}, {40, 20}, {30, 10}} {
		d.send(pushMsg{newRenewal(d.app.session)})
		d.resize(size[0], size[1]).press("o").write("x").press("enter").write("x")
		change := d.hold(enterKey)
		change() // and with what then goes wrong:
		d.send(renewedMsg{fmt.Errorf("%w: %w", journal.ErrUnfinished, journal.ErrFull)})
		d.sees("The passphrase is changed, but not every backup").misses("Your own passphrase", "The disk is full")
		d.press("enter").sees("Check in")
	}
	d.resize(80, 24).send(pushMsg{newRenewal(d.app.session)})
	d.send(renewedMsg{journal.ErrFull})
	d.sees("The disk is full", "once now and once from paper")
}

func TestConflictCopyIsSaid(t *testing.T) {
	d := withNote(t, "a long day")
	copyPath := strings.TrimSuffix(d.app.opts.Path, ".db") + " (conflicted copy).db"
	if err := d.app.journal.Backup(copyPath); err != nil {
		t.Fatal(err)
	}
	d.reopen().sees("A synchronising service left another copy", "(conflicted copy).db", "goodenough merge FILE")
}

func TestCheckLinesSayWhatToDo(t *testing.T) {
	whole := strings.Join(CheckLines(journal.CheckReport{Entries: 1}, "journal.db"), "\n")
	if !strings.Contains(whole, "Everything is whole.") || !strings.Contains(whole, "1 entry, 0 in the bin, 0 drafts can be read.") {
		t.Error(whole)
	}
	lost := strings.Join(CheckLines(journal.CheckReport{
		Damage: journal.Damage{Structure: true},
		Lost:   []journal.Lost{{Header: journal.Header{Title: "a long day"}, Backup: "journal-2026-11-20.db"}},
	}, "journal.db"), "\n")
	for _, want := range []string{"The file itself is damaged", "journal-2026-11-20.db", "a long day", "goodenough salvage NEW.db"} {
		if !strings.Contains(lost, want) {
			t.Errorf("%q is missing:\n%s", want, lost)
		}
	}
	parted := strings.Join(CheckLines(journal.CheckReport{Entries: 2, Damage: journal.Damage{Parted: true}}, "journal.db"), "\n")
	if !strings.Contains(parted, "goodenough merge FILE") || strings.Contains(parted, "salvage") || strings.Contains(parted, "Everything is whole") {
		t.Errorf("another copy took its place:\n%s", parted)
	}
}

// The day's backup ends when it ends, and takes no answer from anybody.
func TestPurgeIsAskedUntilItIsAnswered(t *testing.T) {
	d := withNote(t, "a long day").press("j", "enter", "x", "y", "b", "x").sees("Delete it for good?")
	d.send(maintainedMsg{})
	d.sees("Delete it for good?", "a long day").press("y").sees("The bin is empty.")
}
