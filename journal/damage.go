package journal

import (
	"fmt"
	"strings"
)

// Damage says what an opened journal could not give. The zero value is a
// whole journal.
type Damage struct {
	Structure  bool   // the file is no journal any more: what there is was found by looking for it
	Unreadable int    // records that do not open
	Missing    int    // records that the ledger lists and the file does not have, or that do not open
	RolledBack int    // records of another revision than the ledger lists
	Unlisted   int    // records that the ledger does not list
	Ledger     bool   // the ledger itself is not whole, so that missing entries may not be noticed
	LastSave   bool   // one of the file's two heads is damaged: the last save may be lost
	Older      uint64 // saves by which the file is older than the one last used on this computer
	Parted     bool   // something that was saved or read on this computer is not in it: it was saved elsewhere without that
}

// Whole reports whether nothing is known to be lost.
func (d Damage) Whole() bool { return d == Damage{} }

// Lossy reports whether records are lost, older than they should be, or not to
// be accounted for.
func (d Damage) Lossy() bool {
	return d.Structure || d.Unreadable+d.Missing+d.RolledBack+d.Unlisted > 0 || d.Ledger
}

// Lines says in plain words what is wrong, a sentence for each thing; nil when
// the journal is whole. They tell nothing of what any entry says.
func (d Damage) Lines() []string {
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if d.Structure {
		say("The file itself is damaged. goodenough reads what it can find in it, and saves nothing to it.")
	}
	if d.Older > 0 {
		say("This file is older than the one last used here, by %s. goodenough merge FILE takes in another copy or a backup.", count(int(min(d.Older, 1<<31)), "save", "saves"))
	}
	if d.Parted {
		say("Some of what was here before is not in this file; another copy took its place. goodenough merge FILE takes in another copy or a backup.")
	}
	if n := max(d.Missing, d.Unreadable); n > 0 {
		say("%s cannot be read.", count(n, "record", "records"))
	}
	if d.RolledBack > 0 {
		say("%s an older version than the last one saved.", count(d.RolledBack, "record is", "records are"))
	}
	if d.Unlisted > 0 {
		say("%s in the file that the journal's own list does not have.", count(d.Unlisted, "record is", "records are"))
	}
	if d.Ledger {
		say("The journal's list of its own records is damaged, so that a missing entry might not be noticed.")
	}
	if d.LastSave {
		say("One of the file's two heads is damaged: the last save may be missing.")
	}
	return lines
}

// String joins the lines, for a log or a test.
func (d Damage) String() string { return strings.Join(d.Lines(), " ") }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
