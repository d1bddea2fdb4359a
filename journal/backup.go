package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// keepBackups is how many of the daily backups stay.
const keepBackups = 7

// backupDir holds a journal's backups: whole journals, compacted.
func backupDir(path string) string { return filepath.Join(filepath.Dir(path), "backups") }

// backupPrefix starts the names of a journal's backups; the date follows.
func backupPrefix(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base)) + "-"
}

// backups returns the paths of a journal's backups, the newest first. Their
// names have the date, so that their order is that of their names.
func backups(path string) []string {
	entries, err := os.ReadDir(backupDir(path))
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		if date, ok := strings.CutPrefix(strings.TrimSuffix(e.Name(), ".db"), backupPrefix(path)); ok && filepath.Ext(e.Name()) == ".db" {
			if _, err := time.Parse(time.DateOnly, date); err == nil {
				out = append(out, filepath.Join(backupDir(path), e.Name()))
			}
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

// replaced are the paths of what [Restore] put aside.
func replaced(path string) []string {
	names, _ := filepath.Glob(globEscape(path) + ".replaced-*")
	return slices.DeleteFunc(names, func(name string) bool { return strings.Contains(name, ".new-") })
}

// Backup writes a verified, compacted copy of the journal to dest, where there
// must be no file. It opens with the same passphrase.
func (j *Journal) Backup(dest string) error {
	if err := vacant(dest); err != nil {
		return pathError(err)
	}
	j.files.Lock()
	defer j.files.Unlock()
	return j.copyTo(dest, installNew)
}

// copyTo writes the journal as it is now beside dest and has it moved there. The
// keys of others that it may hold for a while are not for a copy.
func (j *Journal) copyTo(dest string, place func(temp, dest string) error) error {
	j.mu.Lock()
	if err := j.writable(); err != nil {
		j.mu.Unlock()
		return err
	}
	k, epoch, records := j.keys, j.ledger.epoch, j.keptWithout(typeRetired)
	j.mu.Unlock()
	// A record in memory is never changed, only replaced: no lock is needed.
	temp := dest + ".new-" + randomHex()
	if _, err := writeJournal(temp, k, epoch, records, nil); err != nil {
		return err
	}
	return pathError(place(temp, dest))
}

// Maintain does what a journal needs now and then: it deletes for good what has
// been in the bin for its time, finishes a change of passphrase that was
// interrupted, and makes the day's backup when there is something new. It is
// meant to run after an unlock, beside what the person does. With a damaged
// journal it does nothing of this: its good backups stay, and so do its remains.
func (j *Journal) Maintain() error {
	j.files.Lock()
	defer j.files.Unlock()
	whole, err := j.tidy()
	if err != nil || !whole {
		return err
	}
	return errors.Join(j.purgeOld(), j.dailyBackup())
}

// tidy is the part of Maintain for which the journal waits. It reports whether
// the journal is in a state to be copied and rewritten.
func (j *Journal) tidy() (whole bool, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return false, err
	}
	if j.lossy || j.aside != nil {
		return false, nil
	}
	removeStale(j.path)
	j.layBallast()
	return true, errors.Join(saveKeyCopy(j.path, j.keys.block), j.finishRotation())
}

// dailyBackup makes today's backup unless there is one, or the newest has all
// that the journal has. A copy that is itself out of date makes none.
func (j *Journal) dailyBackup() error {
	if d := j.Damage(); d.Older > 0 || d.LastSave {
		return nil
	}
	today := filepath.Join(backupDir(j.path), backupPrefix(j.path)+j.opts.Now().Format(time.DateOnly)+".db")
	have := backups(j.path)
	if slices.Contains(have, today) || j.empty() || len(have) > 0 && !j.newerThan(have[0]) {
		return nil
	}
	return j.backupAs(today)
}

// backupAs writes the journal as it is now as one of its own backups, over the
// one of that day where there is one.
func (j *Journal) backupAs(path string) error {
	if err := makeFolder(backupDir(j.path)); err != nil {
		return pathError(err)
	}
	if err := j.copyTo(path, install); err != nil {
		return err
	}
	return j.dropOld(path)
}

// BackupNow makes today's backup of the journal as it is now, whether or not
// there is one of today. On a journal that is not whole it returns
// [ErrDamaged]: the good backups stay.
func (j *Journal) BackupNow() error {
	j.files.Lock()
	defer j.files.Unlock()
	if d := j.Damage(); d.Missing > 0 || d.Unreadable > 0 || d.Ledger || d.Older > 0 || d.LastSave || d.Structure {
		return fmt.Errorf("%w: %w", ErrDamaged, ErrLeft)
	}
	return j.backupAs(filepath.Join(backupDir(j.path), backupPrefix(j.path)+j.opts.Now().Format(time.DateOnly)+".db"))
}

// dropOld removes all but the newest backups. The one just made stays even
// where a wrong clock calls it the oldest, and so do those of other keys: they
// may be all that is left of a journal that was here before.
func (j *Journal) dropOld(made string) error {
	own := slices.DeleteFunc(backups(j.path), func(path string) bool {
		return path == made || !startsWith(path, j.keys.block)
	})
	for _, old := range own[min(keepBackups-1, len(own)):] {
		if err := os.Remove(old); err != nil {
			return pathError(err)
		}
	}
	return nil
}

// startsWith reports whether something stands on a file's first pages.
func startsWith(path string, what []byte) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 64<<10))
	return err == nil && bytes.Contains(b, what)
}

// empty reports whether there is nothing that a backup would keep.
func (j *Journal) empty() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.records) == 0
}

// newerThan reports whether the journal was saved since a backup was made. One
// that cannot be read counts as older.
func (j *Journal) newerThan(backup string) bool {
	j.mu.Lock()
	k, epoch := j.keys, j.ledger.epoch
	j.mu.Unlock()
	c, err := readBack(backup, k)
	return err != nil || c.ledger.epoch != epoch
}

// renewCopies writes the backups, and what a Restore put aside, anew under the
// journal's keys, without the records that are chosen. A file that no key opens
// which the journal has or had is foreign, and left alone. One that cannot be
// read or written keeps none of the others from it.
func (j *Journal) renewCopies(without func(r *record) bool) error {
	readers, err := j.readers()
	if err != nil {
		return err
	}
	defer wipeAll(readers[1:])
	var failed error
	for _, path := range append(backups(j.path), replaced(j.path)...) {
		found, by, err := readWithAny(path, readers)
		switch {
		case err != nil:
			failed = errors.Join(failed, pathError(err))
		case by == nil:
			j.foreign[path] = true
		default:
			failed = errors.Join(failed, pathError(j.renewCopy(path, found, by, without)))
		}
	}
	return failed
}

func (j *Journal) renewCopy(path string, found remains, by *keyring, without func(r *record) bool) error {
	lost := found.lost()
	var left []*record
	for id, r := range found.records {
		r, err := j.keys.renamed(r)
		if err != nil {
			return err
		}
		rev, older := lost[id]
		delete(lost, id)
		if without(r) || r.head.Type == typeRetired {
			continue
		}
		if older {
			lost[r.id] = rev
		}
		left = append(left, r)
	}
	if by == j.keys && len(left) == len(found.records) && found.whole && filepath.Dir(path) == backupDir(j.path) {
		return nil // it has these keys already, and no free pages
	}
	if !found.whole && len(lost) == 0 {
		// What is missing cannot be named. That something may be is not to be
		// forgotten: one line stands for it.
		lost[recordID([]byte(randomHex()+randomHex()))] = 1
	}
	temp := path + ".new-" + randomHex()
	if _, err := writeJournal(temp, j.keys, found.ledger.epoch, left, lost); err != nil {
		return err
	}
	return install(temp, path)
}

// readWithAny reads what remains of a journal with the first keys that open any
// of it, whatever state it is in; by is nil when none do. The error is about
// reading.
func readWithAny(path string, readers []*keyring) (found remains, by *keyring, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return found, nil, err
	}
	for _, k := range readers {
		if found := k.remains(b); len(found.records) > 0 || found.whole {
			return found, k, nil
		}
	}
	return found, nil, nil
}

// keyCopyPath is a copy of the key block beside the journal: bbolt keeps both
// of its own on the first pages, which are lost together.
func keyCopyPath(path string) string { return path + ".keys" }

// saveKeyCopy sees to it that the copy beside the journal is this block.
func saveKeyCopy(path string, block []byte) error {
	path = keyCopyPath(path)
	if b, err := os.ReadFile(path); err == nil && bytes.Equal(b, block) {
		return nil
	}
	temp := path + ".new-" + randomHex()
	err := os.WriteFile(temp, block, 0o600)
	if err == nil {
		err = syncFile(temp)
	}
	if err != nil {
		_ = os.Remove(temp)
		return pathError(err)
	}
	return pathError(install(temp, path))
}
