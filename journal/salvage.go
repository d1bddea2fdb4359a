package journal

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// A SalvageReport says what [Salvage] could bring out.
type SalvageReport struct {
	Entries    int
	Drafts     int
	FromBackup int      // records that only a backup had, or had a later version of
	FromAside  int      // records that side files had
	LeftOut    int      // found, but the journal's list or a side file says that they were deleted
	Lost       int      // on the journal's list, and nowhere to be found
	Older      int      // found only in an earlier version than the last one saved
	Replaced   []string // files that hold what was there before a backup was restored: nothing is taken from them
	Foreign    []string // side files that the journal's keys do not open
	Unread     []string // side files of which a part does not open
	ListWhole  bool     // the list itself could be read whole; where not, deleted entries may be back
}

// Salvage reads whatever is left of the journal at path, byte by byte and
// without bbolt, and writes every record that still opens to a new journal at
// dest. What only a backup has is taken from there, and what side files have as
// [Journal.MergeAside] takes it. The keys are looked for in the file, beside it,
// in the backups and in the side files. None of these is changed.
//
// It returns [ErrExist], [ErrPassphrase], [ErrNewer], or [ErrDamaged] when no
// key block is left anywhere.
func Salvage(path, dest string, passphrase []byte, opts *Options) (SalvageReport, error) {
	var report SalvageReport
	o := opts.withDefaults()
	if err := vacant(dest); err != nil {
		return report, pathError(err)
	}
	lock, err := takeLock(path, o)
	if err != nil {
		return report, err
	}
	defer lock.Close()
	raw, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return report, pathError(err)
	}
	s, err := examine(path, raw, passphrase, o)
	if err != nil {
		return report, err
	}
	defer s.wipe()
	if err := s.addCopies(path, o); err != nil {
		return report, err
	}
	report.ListWhole, report.LeftOut, report.Replaced = s.whole, s.leftOut, replaced(path)
	report.FromBackup, report.FromAside = len(s.from), len(s.aside)
	report.Foreign, report.Unread = s.foreign, s.unread
	damage := s.damage()
	report.Lost, report.Older = damage.Missing, damage.RolledBack
	for _, r := range s.records {
		switch r.head.Type {
		case typeEntry:
			report.Entries++
		case typeDraft:
			report.Drafts++
		}
	}
	temp := dest + ".new-" + randomHex()
	line := s.keys.newest(s.ledger.lineage, o)
	if _, err := writeJournal(temp, s.keys, line, slices.Collect(maps.Values(s.records)), nil); err != nil {
		return report, err
	}
	return report, pathError(installNew(temp, dest))
}

// An examination is what can be read of a journal's file, and of its copies,
// with one passphrase.
type examination struct {
	remains
	keys    *keyring
	readers []*keyring          // keys, and others that open copies
	from    map[recordID]string // of records that a backup gave, which
	aside   map[recordID]bool   // records that a side file gave

	foreign, unread []string // side files that do not open, and those of which a part does not
}

// examine reads raw with the keys that bring out most of it: where a change of
// keys was interrupted the passphrase may open more than one key block.
func examine(path string, raw, passphrase []byte, o Options) (*examination, error) {
	opened, err := unwrapEach(keyBlocks(path, raw, FilesOf(path, o.StateDir).Aside...), passphrase)
	if err != nil {
		return nil, err
	}
	s := &examination{keys: opened[0], remains: opened[0].remains(raw)}
	for _, k := range opened[1:] {
		if m := k.remains(raw); len(m.records) > len(s.records) {
			s.keys, s.remains = k, m
		}
	}
	s.readers = append(s.readers, s.keys)
	for _, k := range opened {
		if k != s.keys {
			s.readers = append(s.readers, k)
		}
	}
	if retired, err := s.keys.retired(s.records); err == nil {
		s.readers = append(s.readers, retired...)
	}
	return s, nil
}

func (s *examination) wipe() { wipeAll(s.readers) }

// addCopies takes what stands beside the file: backups first, since what went
// aside was written after them.
func (s *examination) addCopies(path string, o Options) error {
	if err := s.addBackups(path); err != nil {
		return err
	}
	s.addAside(path, o)
	return nil
}

// addBackups takes what the backups have and the file has not, or has only in
// an earlier version. What the list is known not to have was deleted, unless the
// backup is the newer of the two.
func (s *examination) addBackups(path string) error {
	s.from = make(map[recordID]string)
	for _, b := range backups(path) {
		found, by, err := readWithAny(b, s.readers)
		if err != nil || by == nil {
			continue // a backup that cannot be read costs only itself
		}
		for _, r := range found.records {
			if r.head.Type == typeRetired {
				continue
			}
			if r, err = s.keys.renamed(r); err != nil {
				return err
			}
			deleted := s.whole && s.ledger.rev(r.id) == 0 && found.ledger.Epoch <= s.ledger.Epoch
			mine := s.records[r.id]
			if deleted || mine != nil && mine.head.Rev >= r.head.Rev {
				continue
			}
			s.records[r.id], s.from[r.id] = r, filepath.Base(b)
		}
	}
	return nil
}

// addAside takes what the side files have, as [Journal.MergeAside] does. One that
// cannot be read costs only itself.
func (s *examination) addAside(path string, o Options) {
	s.aside = make(map[recordID]bool)
	j := newJournal(path, o, nil, 0, &contents{keys: s.keys, records: s.records, ledger: s.ledger})
	for _, name := range FilesOf(path, o.StateDir).Aside {
		f, err := j.readAside(name)
		switch {
		case err != nil || f.ours && !f.whole:
			s.unread = append(s.unread, name)
		case !f.ours:
			s.foreign = append(s.foreign, name)
		}
		if err != nil {
			continue
		}
		s.leftOut += len(f.remove)
		for _, id := range f.remove {
			delete(s.from, id)
			delete(s.aside, id)
		}
		for _, r := range f.put {
			delete(s.from, r.id)
			s.aside[r.id] = true
		}
		j.ledger.apply(f.change)
		j.apply(f.change)
	}
}
