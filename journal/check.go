package journal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// A CheckReport says what is whole in a journal and what is not.
type CheckReport struct {
	Entries, Drafts, Bin int           // that can be read
	Structure            error         // what is wrong with the file itself, nil when it is sound
	Damage               Damage        // what is wrong with records
	Lost                 []Lost        // what is known of records that cannot be read
	Backups              []BackupState // the newest first
}

// Whole reports whether the journal and all its backups are as they should be.
func (r CheckReport) Whole() bool {
	for _, b := range r.Backups {
		if b.Err != nil {
			return false
		}
	}
	return r.Structure == nil && r.Damage.Whole()
}

// Lost is a record that cannot be read, as far as a backup knows it.
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
	if err := Exists(path); errors.Is(err, ErrNotExist) || errors.Is(err, ErrLink) {
		return report, err
	}
	lock, err := takeLock(path, o.Wait)
	if err != nil {
		return report, err
	}
	defer lock.Close()
	raw, err := os.ReadFile(path)
	if err != nil {
		return report, pathError(err)
	}
	s, err := examine(path, raw, passphrase)
	if err != nil {
		return report, err
	}
	defer s.wipe()
	records, l := s.records, s.ledger
	c, err := load(bytes.NewReader(raw), int64(len(raw)), func([][]byte) (*keyring, error) { return s.keys, nil })
	if err == nil {
		records, l, report.Damage = c.records, c.ledger, c.damage
	} else {
		// The structure is not sound: what can be carved is what there is.
		report.Structure, report.Damage = err, s.damage()
	}
	if seen := s.keys.lastSeen(o.StateDir); seen > l.epoch {
		report.Damage.Older = seen - l.epoch
	}
	for _, r := range records {
		switch {
		case r.head.Type == typeEntry && !r.head.Binned.IsZero():
			report.Bin++
		case r.head.Type == typeEntry:
			report.Entries++
		case r.head.Type == typeDraft:
			report.Drafts++
		}
	}
	report.checkBackups(path, s, func(id recordID) bool { return l.rev(id) > 0 && records[id] == nil })
	return report, nil
}

// checkBackups reads every backup, and looks in them for what the journal's
// list has and its file has not.
func (r *CheckReport) checkBackups(path string, s *examination, lost func(recordID) bool) {
	known := make(map[recordID]bool)
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
				if rec.head.Type != typeEntry {
					continue
				}
				state.Entries++
				if id := s.keys.recordID(rec.name()); lost(id) && !known[id] {
					known[id] = true
					r.Lost = append(r.Lost, Lost{Header: rec.head.Header.clone(), Backup: filepath.Base(b)})
				}
			}
		}
		r.Backups = append(r.Backups, state)
	}
}
