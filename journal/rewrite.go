package journal

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// A journal is rewritten, into a new file that then takes its place, when it is
// made, compacted or given new keys: bbolt leaves old pages, and what was in
// them, in a file for months.

// name is what a record's id is made from.
func (r *record) name() string {
	switch r.head.Type {
	case typeEntry:
		return entryName(r.head.ID)
	case typeDraft:
		return draftName(r.head.ID)
	}
	return r.head.Type
}

// renamed is r under k's keys, where its id is another. What a later version
// named by a rule of its own cannot be: [ErrNewer].
func (k *keyring) renamed(r *record) (*record, error) {
	switch r.head.Type {
	case typeEntry, typeDraft, typeSettings, typeRetired:
		return &record{id: k.recordID(r.name()), head: r.head, body: r.body}, nil
	}
	return nil, ErrNewer
}

// rewriteBatch is how many records go into one commit of a new file.
const rewriteBatch = 4000

// writeJournal makes a whole journal file of these records at path, where there
// must be none, reads it back, and returns what was read. The records have the
// ids that they have under k. lost are lines of the ledger for records that
// are gone, or older than they should be: what was known to be missing in the
// file that these come from is known to be in the new one.
func writeJournal(path string, k *keyring, line lineage, records []*record, lost map[recordID]uint64) (*contents, error) {
	c, err := writeUnverified(path, k, line, records, lost)
	if err == nil {
		err = c.verify(records, lost)
	}
	if err != nil {
		_ = os.Remove(path)
		return nil, pathError(err)
	}
	return c, nil
}

// verify holds what was read back against what was to be written.
func (c *contents) verify(records []*record, lost map[recordID]uint64) error {
	var want Damage
	want.Missing = len(lost)
	for id, rev := range lost {
		if r := c.records[id]; r != nil && r.head.Rev != rev {
			want.RolledBack++
			want.Missing--
		}
	}
	if c.damage != want || len(c.records) != len(records) {
		return fmt.Errorf("%w: what was written is not what was read back", ErrDamaged)
	}
	return nil
}

func writeUnverified(path string, k *keyring, line lineage, records []*record, lost map[recordID]uint64) (*contents, error) {
	all, err := withLedger(k, line, records, lost)
	if err != nil {
		return nil, err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout:  boltTimeout,
		PageSize: 4096,
		NoSync:   true, // once, at the end: until it is renamed the file does not count
		OpenFile: func(name string, flag int, mode fs.FileMode) (*os.File, error) {
			return os.OpenFile(name, flag|os.O_EXCL, mode)
		},
	})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(fill(db, k, all), db.Close()); err != nil {
		return nil, err
	}
	if err := syncFile(path); err != nil {
		return nil, err
	}
	return readBack(path, k)
}

// withLedger adds to records the ledger that lists them, and what is lost, and
// puts all in the order of their ids.
func withLedger(k *keyring, line lineage, records []*record, lost map[recordID]uint64) ([]*record, error) {
	l := newLedger()
	l.lineage = line
	for _, r := range records {
		l.set(r.id, r.head.Rev)
	}
	for id, rev := range lost {
		l.set(id, rev)
	}
	shards := make(map[int]bool)
	for i := range shardCount {
		shards[i] = true
	}
	own, err := l.records(k, shards)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(records, own)
	slices.SortFunc(all, func(a, b *record) int { return bytes.Compare(a.id[:], b.id[:]) })
	return all, nil
}

// fill writes the key blocks and then the records, in the order of their ids.
func fill(db *bolt.DB, k *keyring, records []*record) error {
	err := db.Update(func(tx *bolt.Tx) error {
		for _, name := range []string{bucketKeys, bucketKeysCopy} {
			b, err := tx.CreateBucket([]byte(name))
			if err != nil {
				return err
			}
			if err := b.Put([]byte(keyBlockName), k.block); err != nil {
				return err
			}
		}
		_, err := tx.CreateBucket([]byte(bucketRecords))
		return err
	})
	for batch := range slices.Chunk(records, rewriteBatch) {
		if err != nil {
			return err
		}
		err = db.Update(func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte(bucketRecords))
			b.FillPercent = 0.9 // they come in order
			for _, r := range batch {
				text, err := r.plaintext()
				if err != nil {
					return err
				}
				if err := b.Put(r.id[:], k.seal(r.id, text)); err != nil {
					return err
				}
				clear(text)
			}
			return nil
		})
	}
	return err
}

// create writes a new, empty journal beside path and moves it there when it is
// whole: bbolt's first pages are not safe against a crash, and a full disk
// leaves an empty file.
func create(path string, passphrase []byte, o Options) (*Journal, error) {
	if err := vacant(path); err != nil {
		return nil, pathError(err)
	}
	// What a crash left of an earlier attempt; nobody else is at it, since we
	// hold the lock.
	removeStale(path)
	keys, err := createKeyring(passphrase, o.Cost)
	if err != nil {
		return nil, err
	}
	j, err := createWith(path, keys, o)
	if err != nil {
		keys.wipe()
		return nil, pathError(err)
	}
	return j, nil
}

func createWith(path string, keys *keyring, o Options) (*Journal, error) {
	temp := path + ".new-" + randomHex()
	c, err := writeJournal(temp, keys, lineage{Epoch: 1, Session: newSession()}, nil, nil)
	if err != nil {
		return nil, err
	}
	if err := installNew(temp, path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	fi, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	j := newJournal(path, o, f, fi.Size(), c)
	j.noteSeen()
	// The journal is there. A copy that could not be made now is made by Maintain.
	_ = saveKeyCopy(path, keys.block)
	return j, nil
}

// removeStale removes what a crash left unfinished of the journal, the copy of
// its keys and its backups. All of it could be read with some passphrase.
func removeStale(path string) {
	removeUnfinished(filepath.Dir(path), filepath.Base(path), func(rest string) bool {
		return rest == "" || path+rest == keyCopyPath(path) || strings.HasPrefix(rest, ".replaced-")
	})
	removeUnfinished(backupDir(path), backupPrefix(path), func(rest string) bool {
		dated, _ := filepath.Match("????-??-??*.db", rest)
		return dated
	})
}

// removeUnfinished removes the files that were being written in a folder. ours
// chooses among those whose names begin with prefix by what follows it.
func removeUnfinished(dir, prefix string, ours func(rest string) bool) {
	for _, name := range filesNamed(dir, prefix) {
		rest := filepath.Base(name)[len(prefix):]
		if cut := strings.LastIndex(rest, ".new-"); cut >= 0 && ours(rest[:cut]) {
			_ = os.Remove(name)
		}
	}
}

// install moves a finished file to its place, over whatever is there. On error
// that is as it was.
func install(temp, path string) error {
	if err := os.Rename(temp, path); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	// The file is in its place, whatever this says: some systems cannot flush a
	// folder, and were the rename not to outlast a power cut, what was there
	// would be.
	_ = syncDir(filepath.Dir(path))
	return nil
}

// installNew moves a finished file to its place, where nothing may have come in
// the meantime, or [ErrExist]: a synchronising service knows no lock, and to
// make a journal takes the time of a passphrase.
func installNew(temp, path string) error {
	err := os.Link(temp, path)
	switch {
	case err == nil:
		_ = syncDir(filepath.Dir(path)) // as in install
		_ = os.Remove(temp)             // its other name; what a crash leaves is removed later
		return nil
	case errors.Is(err, fs.ErrExist):
		err = ErrExist
	default: // some systems have no second names: there the last look is the best there is
		if err = vacant(path); err == nil {
			return install(temp, path)
		}
	}
	return errors.Join(err, os.Remove(temp))
}

// vacant returns [ErrExist] when there is something at path.
func vacant(path string) error {
	_, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil:
		return ErrExist
	}
	return err
}

// makeFolder makes a folder for the owner alone, and those above it that are
// missing, so that a power cut takes none of them with what is then in them.
func makeFolder(dir string) error {
	if fi, err := os.Stat(dir); err == nil && fi.IsDir() {
		return nil
	}
	above := filepath.Dir(dir)
	if above != dir {
		if err := makeFolder(above); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	_ = syncDir(above) // as in install
	return nil
}

// rewritable says why the journal cannot be rewritten now. A damaged one is
// not: what could be salvaged from its free pages would go with them.
func (j *Journal) rewritable() error {
	switch {
	case j.aside != nil:
		return fmt.Errorf("%w: %w", ErrReplaced, ErrLeft)
	case j.lossy:
		return fmt.Errorf("%w: %w: it is to be salvaged first", ErrDamaged, ErrLeft)
	}
	return nil
}

// rewrite puts a new file with these keys and records in the journal's place.
// On error the journal is as it was.
func (j *Journal) rewrite(k *keyring, records []*record) error {
	if err := j.rewritable(); err != nil {
		return err
	}
	temp := j.path + ".new-" + randomHex()
	c, err := writeJournal(temp, k, j.ledger.next(j.session), records, nil)
	if err != nil {
		return err
	}
	if err := errors.Join(j.current(), j.closeDB()); err != nil {
		return errors.Join(fmt.Errorf("%w: %w", err, ErrLeft), os.Remove(temp))
	}
	// An open file cannot be renamed over on Windows.
	_ = j.file.Close()
	installed := install(temp, j.path)
	size := j.openFile()
	if installed != nil {
		return pathError(installed)
	}
	j.adopt(size, c)
	j.noteSeen()
	return nil
}

// openFile opens what is at the journal's path and returns its size. Where that
// cannot be done saves go aside from now on.
func (j *Journal) openFile() (size int64) {
	f, err := os.Open(j.path)
	if err == nil {
		var fi fs.FileInfo
		if fi, err = f.Stat(); err == nil {
			j.file = f
			return fi.Size()
		}
		f.Close()
	}
	j.broken = true
	return 0
}

// adopt takes the contents of a file as the journal's.
func (j *Journal) adopt(size int64, c *contents) {
	for id, r := range j.records { // what was read for searches stays read
		if same := c.records[id]; same != nil && same.head.Rev == r.head.Rev {
			same.read.Store(r.read.Load())
		}
	}
	j.size, j.head, j.keys, j.ledger, j.records = size, c.head, c.keys, c.ledger, c.records
	j.ledger.writer = j.session
	j.entries, j.drafts, j.bin = nil, nil, nil
	for _, r := range c.records {
		if list := j.listOf(r); list != nil {
			*list = append(*list, r)
		}
	}
	j.sort()
}

// listOf is the list that a record stands in, nil for none.
func (j *Journal) listOf(r *record) *[]*record {
	switch {
	case r.head.Type == typeEntry && !r.head.Binned.IsZero():
		return &j.bin
	case r.head.Type == typeEntry:
		return &j.entries
	case r.head.Type == typeDraft:
		return &j.drafts
	}
	return nil
}

func (j *Journal) sort() {
	slices.SortFunc(j.entries, newestFirst)
	slices.SortFunc(j.drafts, lastTouchedFirst)
	slices.SortFunc(j.bin, func(a, b *record) int {
		return cmp.Or(b.head.Binned.Compare(a.head.Binned), newestFirst(a, b))
	})
}

// keptWithout are the records that a rewritten journal has, without one type.
func (j *Journal) keptWithout(kind string) []*record {
	out := make([]*record, 0, len(j.records))
	for _, r := range j.records {
		if r.head.Type != kind {
			out = append(out, r)
		}
	}
	return out
}
