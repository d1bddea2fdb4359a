package journal

import (
	"bytes"
	"fmt"
	"os"
)

// A CheckReport says what is whole in a journal and what is not.
type CheckReport struct {
	Entries, Drafts, Bin int // that can be read
	Damage               Damage
	Lost                 []Lost        // what is known of records that cannot be read
	Backups              []BackupState // the newest first
	NoBackup             int           // entries, as they are now, that none of these has
	Replaced             []string      // files that hold what was there before a backup was restored
}

// Whole reports whether the journal and all its backups are as they should be.
func (r CheckReport) Whole() bool {
	for _, b := range r.Backups {
		if b.Err != nil {
			return false
		}
	}
	return r.Damage.Whole()
}

// Lost is an entry that the journal's file has lost, or has only in an earlier
// version, as a backup has it.
type Lost struct {
	Header
	Backup string // the file that has it
}

// A BackupState is one backup, and whether it can be relied on.
type BackupState struct {
	Path    string
	Entries int
	Err     error // nil: whole, and opened by the journal's keys
}

// Check reads a whole journal and its backups and says what is whole, what is
// lost, and where it may still be. It changes nothing. It returns an error only
// where nothing can be said: [ErrNotExist], [ErrPassphrase], [ErrInUse],
// [ErrNewer], or [ErrDamaged] when no key is left.
func Check(path string, passphrase []byte, opts *Options) (CheckReport, error) {
	var report CheckReport
	o := opts.withDefaults()
	if _, err := regular(path); err != nil {
		return report, err
	}
	lock, err := takeLock(path, o)
	if err != nil {
		return report, err
	}
	defer lock.Close()
	raw, err := os.ReadFile(path)
	if err != nil {
		return report, pathError(err)
	}
	s, err := examine(path, raw, passphrase, o)
	if err != nil {
		return report, err
	}
	defer s.wipe()
	c, err := load(bytes.NewReader(raw), int64(len(raw)), func([][]byte) (*keyring, error) { return s.keys, nil })
	if err == nil {
		s.remains = remains{records: c.records, ledger: c.ledger, whole: !c.damage.Ledger}
		report.Damage = c.damage
	} else {
		// The structure is not sound: what can be carved is what there is.
		report.Damage = s.damage()
		report.Damage.Structure = true
	}
	report.Damage.compare(s.ledger.lineage, s.keys.seen(o))
	for _, r := range s.records {
		switch {
		case r.head.Type == typeEntry && !r.head.Binned.IsZero():
			report.Bin++
		case r.head.Type == typeEntry:
			report.Entries++
		case r.head.Type == typeDraft:
			report.Drafts++
		}
	}
	report.checkBackups(path, s)
	if err := s.addBackups(path); err != nil {
		return report, err
	}
	report.Lost = s.lostHere()
	report.Replaced = replaced(path)
	return report, nil
}

// checkBackups reads every backup, and counts the entries that none has.
func (r *CheckReport) checkBackups(path string, s *examination) {
	have := make(map[recordID]uint64)
	for _, b := range backups(path) {
		state := BackupState{Path: b}
		// One that a change of keys has not come to yet has those from before.
		var older *contents
		for _, k := range s.readers {
			if older, state.Err = readBack(b, k); state.Err == nil && len(older.records) > 0 {
				break
			}
		}
		if state.Err == nil && !older.damage.Whole() {
			state.Err = fmt.Errorf("%w: %s", ErrDamaged, older.damage)
		}
		if older != nil {
			for _, rec := range older.records {
				if rec.head.Type == typeEntry {
					state.Entries++
					id := s.keys.recordID(rec.name())
					have[id] = max(have[id], rec.head.Rev)
				}
			}
		}
		r.Backups = append(r.Backups, state)
	}
	for id, rec := range s.records {
		if rec.head.Type == typeEntry && rec.head.Binned.IsZero() && have[id] < rec.head.Rev {
			r.NoBackup++
		}
	}
}
