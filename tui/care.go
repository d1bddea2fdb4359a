package tui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"goodenough/journal"
)

// CheckLines says in plain words what a check found, and what to do. The
// titles of lost entries are for the person who asked, on their own screen.
func CheckLines(r journal.CheckReport, path string) []string {
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	say("%d %s, %d in the bin, %d %s can be read.", r.Entries, plural(r.Entries, "entry", "entries"), r.Bin, r.Drafts, plural(r.Drafts, "draft", "drafts"))
	lines = append(lines, r.Damage.Lines()...)
	lines = append(lines, lostLines(r.Lost)...)
	for _, b := range r.Backups {
		if b.Err != nil {
			say("The backup %s cannot be relied on.", filepath.Base(b.Path))
			continue
		}
		say("The backup %s is whole: %d %s.", filepath.Base(b.Path), b.Entries, plural(b.Entries, "entry", "entries"))
	}
	switch {
	case r.NoBackup > 0:
		say("%d %s in no backup yet. To make one now: goodenough backup", r.NoBackup, plural(r.NoBackup, "entry is", "entries are"))
	case r.Entries > 0:
		say("Every entry is in a backup.")
	}
	lines = append(lines, replacedLines(r.Replaced)...)
	switch d := r.Damage; {
	case d.Whole():
		return append(lines, "Everything is whole.")
	case d.Lossy() || d.LastSave:
		return append(lines, salvageLines(path)...)
	}
	return lines // another copy has what is missing: there is nothing to salvage here
}

// replacedLines says what the files are that a restore left.
func replacedLines(files []string) []string {
	var lines []string
	for _, f := range files {
		lines = append(lines, fmt.Sprintf("%s holds what was there before a backup was restored. It opens with the passphrase of then, or with a newer one if you have changed it here since. When you no longer need it, you may delete it.", filepath.Base(f)))
	}
	return lines
}

// ForeignLines names the files that the journal's keys were found not to open.
func ForeignLines(j *journal.Journal) []string {
	var lines []string
	for _, f := range j.Foreign() {
		lines = append(lines, foreignLine(f))
	}
	return lines
}

func foreignLine(file string) string {
	return fmt.Sprintf("%s does not open with this journal's keys, so it was left as it is. An earlier passphrase may still open it.", filepath.Base(file))
}

// LossLines says which entries of an opened journal its file has lost, as far
// as that is known, and what to do; nil when it has lost none.
func LossLines(j *journal.Journal) []string {
	if !j.Damage().Lossy() {
		return nil
	}
	return append(lostLines(j.Lost()), salvageLines(j.Path())...)
}

func lostLines(lost []journal.Lost) []string {
	var lines []string
	for _, l := range lost {
		lines = append(lines, fmt.Sprintf("Lost here, and still in the backup %s: %s, %s.", l.Backup, l.Created.Local().Format("2 January 2006"), entryTitle(l.Header)))
	}
	return lines
}

// salvageLines says what to do about a journal that has lost something.
func salvageLines(path string) []string {
	return []string{
		"To bring out everything that can be read, from the file, its backups and what was kept aside, into a new journal: goodenough salvage NEW.db",
		fmt.Sprintf("Please keep %s as it is until you have looked.", filepath.Base(path)),
	}
}

// SalvageLines says what a salvage brought out.
func SalvageLines(r journal.SalvageReport, dest string) []string {
	lines := []string{fmt.Sprintf("%d %s and %d %s are in %s, which opens with the same passphrase.",
		r.Entries, plural(r.Entries, "entry", "entries"), r.Drafts, plural(r.Drafts, "draft", "drafts"), dest)}
	say := func(n int, one, many string) {
		if n > 0 {
			lines = append(lines, fmt.Sprintf("%d %s", n, plural(n, one, many)))
		}
	}
	say(r.FromBackup, "record came from a backup.", "records came from a backup.")
	say(r.FromAside, "record came from what had been kept aside.", "records came from what had been kept aside.")
	say(r.LeftOut, "record that had been deleted was left out.", "records that had been deleted were left out.")
	say(r.Older, "record is there only in an earlier version than the last one saved.", "records are there only in an earlier version than the last one saved.")
	say(r.Lost, "record could not be found anywhere.", "records could not be found anywhere.")
	if !r.ListWhole {
		lines = append(lines, "The journal's list of its records was damaged: something that was deleted may be back, and a loss may not be known.")
	}
	for _, f := range r.Unread {
		lines = append(lines, fmt.Sprintf("A part of %s, where something was kept aside, could not be read. Please keep it: it was left as it is.", filepath.Base(f)))
	}
	for _, f := range r.Foreign {
		lines = append(lines, foreignLine(f))
	}
	return append(lines, replacedLines(r.Replaced)...)
}

// WhereLines names the files and folders that goodenough uses, and says which
// are there.
func WhereLines(path, stateDir, contentDir string) []string {
	var lines []string
	show := func(name string, paths ...string) {
		for _, p := range paths {
			there := ""
			if _, err := os.Stat(p); errors.Is(err, fs.ErrNotExist) {
				there = " (not there yet)"
			}
			lines = append(lines, fmt.Sprintf("%-27s%s%s", name+":", p, there))
		}
	}
	f := journal.FilesOf(path, stateDir)
	show("journal", path)
	show("its lock", f.Lock)
	show("a copy of its keys", f.Keys)
	show("room for a full disk", f.Ballast)
	show("backups", f.BackupDir)
	show("a backup", f.Backups...)
	show("from before a restore", f.Replaced...)
	show("saves kept aside", f.Aside...)
	show("what is left of such", f.Unread...)
	show("state", stateDir)
	show("your own guides and cards", contentDir)
	return lines
}
