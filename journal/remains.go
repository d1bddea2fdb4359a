package journal

import (
	"cmp"
	"errors"
	"maps"
	"os"
	"slices"
)

// ErrRemains is returned by everything that writes when the journal is what
// [OpenRemains] could read of a damaged file.
var ErrRemains = errors.New("the journal is damaged and was opened to be read only")

// OpenRemains opens what is left of a journal that [Open] refuses with
// [ErrDamaged]: all that [Salvage] would write to a new one, to be read. It is
// held in memory, and no file is changed. [Journal.Damage] says what the file
// has lost, and [Journal.Lost] what of it came from a backup.
//
// It returns [ErrNotExist], [ErrInUse], [ErrPassphrase], [ErrNewer], [ErrLink],
// or [ErrDamaged] when no key block is left anywhere.
func OpenRemains(path string, passphrase []byte, opts *Options) (*Journal, error) {
	o := opts.withDefaults()
	if _, err := regular(path); err != nil {
		return nil, err
	}
	lock, err := takeLock(path, o)
	if err != nil {
		return nil, err
	}
	j, err := openRemains(path, passphrase, o)
	if err != nil {
		lock.Close()
		return nil, err
	}
	j.lock = lock
	return j, nil
}

func openRemains(path string, passphrase []byte, o Options) (*Journal, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, pathError(err)
	}
	s, err := examine(path, raw, passphrase, o)
	if err != nil {
		return nil, err
	}
	damage := s.damage()
	damage.Structure = true
	damage.compare(s.ledger.lineage, s.keys.seen(o))
	if err := s.addCopies(path, o); err != nil {
		s.wipe()
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		s.wipe()
		return nil, pathError(err)
	}
	for _, k := range s.readers {
		if k != s.keys {
			k.wipe()
		}
	}
	j := newJournal(path, o, f, int64(len(raw)), &contents{keys: s.keys, records: s.records, ledger: s.ledger, damage: damage})
	j.readOnly, j.lost = true, s.lostHere()
	return j, nil
}

// writable says why nothing can be saved, nil where it can.
func (j *Journal) writable() error {
	switch {
	case j.keys == nil:
		return ErrClosed
	case j.readOnly:
		return ErrRemains
	}
	return nil
}

// Lost returns the entries that the journal's file has lost, or has only in an
// earlier version, and a backup still has, the newest first. It reads the
// backups; of a whole journal it returns nil without doing so.
func (j *Journal) Lost() []Lost {
	j.files.Lock()
	defer j.files.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.keys == nil || j.readOnly || !j.lossy {
		return j.lost
	}
	readers, err := j.readers()
	if err != nil {
		return nil
	}
	defer wipeAll(readers[1:])
	s := &examination{
		remains: remains{records: maps.Clone(j.records), ledger: j.ledger, whole: !j.damage.Ledger},
		keys:    j.keys,
		readers: readers,
	}
	if s.addBackups(j.path) != nil {
		return nil
	}
	return s.lostHere()
}

// lostHere are the entries that were taken from a backup, the newest first.
func (s *examination) lostHere() (out []Lost) {
	for id, backup := range s.from {
		if r := s.records[id]; r.head.Type == typeEntry {
			out = append(out, Lost{Header: r.head.Header.clone(), Backup: backup})
		}
	}
	slices.SortFunc(out, func(a, b Lost) int {
		return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(b.ID, a.ID))
	})
	return out
}

func wipeAll(keys []*keyring) {
	for _, k := range keys {
		k.wipe()
	}
}
