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

// isBackup reports whether what follows the prefix in a name is that of a backup:
// a date, and for a further one of that day a dash and a number.
func isBackup(rest string) bool {
	rest, ok := strings.CutSuffix(rest, ".db")
	if !ok || len(rest) < len(time.DateOnly) {
		return false
	}
	_, err := time.Parse(time.DateOnly, rest[:len(time.DateOnly)])
	number := rest[len(time.DateOnly):]
	return err == nil && (number == "" || number[0] == '-' && len(number) > 1 && strings.Trim(number[1:], "0123456789") == "")
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
		if rest, ok := strings.CutPrefix(e.Name(), backupPrefix(path)); ok && isBackup(rest) {
			out = append(out, filepath.Join(backupDir(path), e.Name()))
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		return strings.Compare(strings.TrimSuffix(b, ".db"), strings.TrimSuffix(a, ".db"))
	})
	return out
}

// replaced are the paths of what [Restore] put aside.
func replaced(path string) []string {
	prefix := filepath.Base(path) + ".replaced-"
	return slices.DeleteFunc(filesNamed(filepath.Dir(path), prefix), func(name string) bool {
		return strings.Contains(filepath.Base(name)[len(prefix):], ".new-")
	})
}

// Backup writes a verified, compacted copy of the journal to dest, where there
// must be no file. It opens with the same passphrase. What the journal has lost,
// the copy says it has lost too.
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
	k, line, records := j.keys, j.ledger.lineage, j.keptWithout(typeRetired)
	lost := remains{records: j.records, ledger: j.ledger}.lost()
	if j.lossy {
		lost = withUnknown(lost)
	}
	j.mu.Unlock()
	// A record in memory is never changed, only replaced: no lock is needed.
	temp := dest + ".new-" + randomHex()
	if _, err := writeJournal(temp, k, line, records, lost); err != nil {
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
	if j.lacking() {
		return j.dailyBackup() // what is not here any more may be in the bin of another copy
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
	have := backups(j.path)
	if slices.ContainsFunc(have, j.ownOfToday) || j.empty() || len(have) > 0 && !j.newerThan(have[0]) {
		return nil
	}
	return j.backupToday()
}

func (j *Journal) today() string {
	return filepath.Join(backupDir(j.path), backupPrefix(j.path)+j.opts.Now().Format(time.DateOnly))
}

// ownOfToday reports whether a backup is one of today with the journal's keys.
func (j *Journal) ownOfToday(path string) bool {
	return strings.HasPrefix(path, j.today()) && startsWith(path, j.keys.block)
}

// backupToday writes the journal as it is now as today's backup. One of today
// that is there already gives way only when the journal has all that it has: it
// may be of a journal that was here before, or of a copy that went another way.
func (j *Journal) backupToday() error {
	if err := makeFolder(backupDir(j.path)); err != nil {
		return pathError(err)
	}
	path, place := j.today()+".db", installNew
	for n := 2; ; n++ {
		if vacant(path) == nil {
			break
		}
		if j.supersedes(path) {
			place = install
			break
		}
		path = fmt.Sprintf("%s-%d.db", j.today(), n)
	}
	if err := j.copyTo(path, place); err != nil {
		return err
	}
	return j.dropOld(path)
}

// supersedes reports whether a backup is whole and the journal has all of it.
func (j *Journal) supersedes(backup string) bool {
	j.mu.Lock()
	k, line := j.keys, j.ledger.lineage
	j.mu.Unlock()
	c, err := readBack(backup, k)
	return err == nil && c.damage.Whole() && line.has(c.ledger.lineage)
}

// BackupNow makes today's backup of the journal as it is now, whether or not
// there is one of today. On a journal that is not whole it returns
// [ErrDamaged]: the good backups stay.
func (j *Journal) BackupNow() error {
	j.files.Lock()
	defer j.files.Unlock()
	if d := j.Damage(); d.Lossy() || d.Older > 0 || d.LastSave {
		return fmt.Errorf("%w: %w", ErrDamaged, ErrLeft)
	}
	return j.backupToday()
}

// dropOld removes all but the newest backups. The one just made stays even
// where a wrong clock calls it the oldest, and so do those of other keys: they
// may be all that is left of a journal that was here before. All stay while the
// journal lacks something that was seen here: they may have it.
func (j *Journal) dropOld(made string) error {
	if j.lacking() {
		return nil
	}
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

func (j *Journal) lacking() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.lacks) > 0
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
	k, line := j.keys, j.ledger.lineage
	j.mu.Unlock()
	c, err := readBack(backup, k)
	return err != nil || !c.ledger.has(line)
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
	if !found.whole {
		lost = withUnknown(lost)
	}
	temp := path + ".new-" + randomHex()
	if _, err := writeJournal(temp, j.keys, found.ledger.lineage, left, lost); err != nil {
		return err
	}
	return install(temp, path)
}

// withUnknown sees to it that a copy says it is not whole. What is missing may
// have no name; one line of the ledger stands for it, so that it is not forgotten.
func withUnknown(lost map[recordID]uint64) map[recordID]uint64 {
	if len(lost) == 0 {
		lost[recordID([]byte(randomHex()+randomHex()))] = 1
	}
	return lost
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
