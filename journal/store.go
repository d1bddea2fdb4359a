package journal

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// bbolt only ever writes here. Reading is done by readPages, which trusts no
// byte of the file; bbolt makes slices of an mmap from unchecked offsets.

// A change is what one commit does: all of it or nothing.
type change struct {
	put    []*record
	remove []recordID
}

// A sealedPair is a record as the file holds it.
type sealedPair struct {
	id    recordID
	value []byte
}

// commit writes a change with the ledger that goes with it, and then does the
// same in memory. On error memory is as before, unless the change went aside.
func (j *Journal) commit(c change) error {
	if j.aside != nil {
		return j.commitAside(c, ErrReplaced)
	}
	undo := j.ledger.apply(c)
	sealed, err := j.seal(c)
	if err == nil {
		err = j.write(sealed, c.remove)
	}
	if err != nil {
		undo()
		if errors.Is(err, ErrReplaced) || j.broken {
			return j.commitAside(c, err)
		}
		return err
	}
	j.apply(c)
	j.keys.setLastSeen(j.opts.StateDir, j.ledger.epoch)
	return nil
}

// apply lists a change in the ledger and returns what takes it back.
func (l *ledger) apply(c change) (undo func()) {
	epoch, digest := l.epoch, l.digest
	before := make(map[recordID]uint64, len(c.put)+len(c.remove))
	for _, r := range c.put {
		before[r.id] = l.rev(r.id)
		l.set(r.id, r.head.Rev)
	}
	for _, id := range c.remove {
		before[id] = l.rev(id)
		l.remove(id)
	}
	l.epoch++
	return func() {
		l.epoch, l.digest = epoch, digest
		for id, rev := range before {
			if l.set(id, rev); rev == 0 {
				l.remove(id)
			}
		}
	}
}

// seal encrypts a change and the parts of the ledger that it touches, the
// ledger's head last.
func (j *Journal) seal(c change) ([]sealedPair, error) {
	changed := make(map[int]bool)
	for _, r := range c.put {
		changed[shardOf(r.id)] = true
	}
	for _, id := range c.remove {
		changed[shardOf(id)] = true
	}
	own, err := j.ledger.records(j.keys, changed)
	if err != nil {
		return nil, err
	}
	out := make([]sealedPair, 0, len(c.put)+len(own))
	for _, r := range slices.Concat(c.put, own) {
		text, err := r.plaintext()
		if err != nil {
			return nil, err
		}
		out = append(out, sealedPair{r.id, j.keys.seal(r.id, text)})
	}
	return out, nil
}

// apply does in memory what a commit did to the file.
func (j *Journal) apply(c change) {
	j.drop(c.remove)
	if len(c.put) == 0 {
		return
	}
	ids := make([]recordID, len(c.put))
	for i, r := range c.put {
		ids[i] = r.id
	}
	j.drop(ids)
	for _, r := range c.put {
		j.records[r.id] = r
		switch r.head.Type {
		case typeEntry:
			j.entries = append(j.entries, r)
		case typeDraft:
			j.drafts = append(j.drafts, r)
		}
	}
	if n := len(j.entries) - 1; len(c.put) == 1 && c.put[0].head.Type == typeEntry {
		// One save among many entries: move it to its place instead of sorting.
		r := j.entries[n]
		i, _ := slices.BinarySearchFunc(j.entries[:n], r, newestFirst)
		j.entries = slices.Insert(j.entries[:n], i, r)
	} else {
		slices.SortFunc(j.entries, newestFirst)
	}
	slices.SortFunc(j.drafts, lastTouchedFirst)
}

// drop forgets records.
func (j *Journal) drop(ids []recordID) {
	gone := make(map[recordID]bool)
	for _, id := range ids {
		if j.records[id] != nil {
			gone[id] = true
			delete(j.records, id)
		}
	}
	if len(gone) > 0 {
		lost := func(r *record) bool { return gone[r.id] }
		j.entries = slices.DeleteFunc(j.entries, lost)
		j.drafts = slices.DeleteFunc(j.drafts, lost)
	}
}

// write commits sealed records to the file. nil means that they are there.
func (j *Journal) write(puts []sealedPair, removes []recordID) error {
	if j.broken {
		return fmt.Errorf("%w: it cannot be written any more", ErrDamaged)
	}
	if err := j.unchanged(); err != nil {
		return err
	}
	if err := j.openDB(); err != nil {
		return err
	}
	last := puts[len(puts)-1] // the ledger's head
	err := j.guard(func() error {
		return j.db.Update(func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte(bucketRecords))
			if b == nil {
				return ErrDamaged
			}
			if !bytes.Equal(b.Get(last.id[:]), j.head) {
				return ErrReplaced // written over in place: the same file, another commit
			}
			for _, id := range removes {
				if err := b.Delete(id[:]); err != nil {
					return err
				}
			}
			for _, p := range puts {
				if err := b.Put(p.id[:], p.value); err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err != nil && !errors.Is(err, ErrReplaced) {
		err = j.settle(err, last)
	}
	if err != nil {
		return err
	}
	j.head = last.value
	if fi, err := j.file.Stat(); err == nil {
		j.size = fi.Size()
	}
	return nil
}

// settle finds out, after an error from bbolt, whether the commit happened all
// the same: a short write of the meta page returns an error although the
// transaction stands. last is the ledger's new head, sealed: it is in the file
// exactly when the commit is.
func (j *Journal) settle(cause error, last sealedPair) error {
	_ = j.closeDB()
	committed := false
	fi, err := j.file.Stat()
	if err != nil {
		return pathError(cause)
	}
	_, err = readPages(j.file, fi.Size(), func(bucket, key, value []byte) error {
		if string(bucket) == bucketRecords && string(key) == string(last.id[:]) {
			committed = string(value) == string(last.value)
		}
		return nil
	})
	if err != nil {
		j.broken = true
		return fmt.Errorf("%w: %w", ErrDamaged, cause)
	}
	j.size = fi.Size()
	if committed {
		return nil
	}
	return pathError(cause)
}

// unchanged returns [ErrReplaced] when the path no longer leads to the file
// that was read, or the file is shorter than it was: a synchronising program
// put another in its place, and bbolt would write into one that is gone.
func (j *Journal) unchanged() error {
	now, err := os.Stat(j.path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: it is gone", ErrReplaced)
	}
	if err != nil {
		return pathError(err)
	}
	then, err := j.file.Stat()
	if err != nil {
		return pathError(err)
	}
	if !os.SameFile(now, then) || now.Size() < j.size {
		return ErrReplaced
	}
	return nil
}

// boltTimeout is how long bbolt waits for its own lock; zero would be for ever.
const boltTimeout = time.Second

// openDB hands the file to bbolt, at the first save. The file was checked when
// it was read; that it is still that file is checked here, and that it is in
// that state by every save.
func (j *Journal) openDB() error {
	if j.db != nil {
		return nil
	}
	var opened *os.File
	err := j.guard(func() (err error) {
		j.db, err = bolt.Open(j.path, 0o600, &bolt.Options{
			Timeout:  boltTimeout,
			PageSize: 4096, // the same everywhere: the system's own is 16 KiB on some
			OpenFile: func(name string, flag int, mode fs.FileMode) (*os.File, error) {
				var err error
				opened, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
				return opened, err
			},
		})
		return err
	})
	if err != nil {
		j.db = nil
		if errors.Is(err, berrors.ErrTimeout) {
			return ErrInUse
		}
		return pathError(err)
	}
	then, err1 := j.file.Stat()
	now, err2 := opened.Stat()
	if err = errors.Join(err1, err2); err == nil && !os.SameFile(then, now) {
		err = ErrReplaced
	}
	if err != nil {
		_ = j.closeDB()
	}
	return pathError(err)
}

func (j *Journal) closeDB() error {
	if j.db == nil {
		return nil
	}
	db := j.db
	j.db = nil
	if j.broken {
		// A panic inside bbolt may have left its locks taken: closing it
		// could wait for ever. The system frees it all when the program ends.
		return nil
	}
	return j.guard(db.Close)
}

// guard runs a call into bbolt so that damage under it ends in an error. Where
// the file shrinks under its mmap, or a page is not what bbolt trusts it to
// be, bbolt faults or panics; a fault that is not asked for as a panic ends
// the process at once.
func (j *Journal) guard(call func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil {
			j.broken = true
			err = fmt.Errorf("%w: it gave way while it was being written", ErrDamaged)
		}
	}()
	return call()
}

// pathError turns a system error into one of ours where there is one, and
// keeps it otherwise.
func pathError(err error) error {
	switch {
	case err == nil:
		return nil
	case isFull(err):
		return fmt.Errorf("%w: %w", ErrFull, err)
	case errors.Is(err, fs.ErrPermission), isReadOnlyFS(err):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	}
	return err
}

// create writes a new journal beside path and moves it there when it is whole:
// bbolt's first pages are not safe against a crash, and a full disk leaves an
// empty file.
func create(path string, passphrase []byte, o Options) (*Journal, error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = ErrExist
		}
		return nil, pathError(err)
	}
	// What a crash left of an earlier attempt; nobody else is at it, since we
	// hold the lock.
	stale, _ := filepath.Glob(globEscape(path) + ".new-*")
	for _, name := range stale {
		_ = os.Remove(name)
	}
	keys, err := createKeyring(passphrase, o.Cost)
	if err != nil {
		return nil, err
	}
	temp := path + ".new-" + randomHex()
	j, err := fill(path, temp, keys, o)
	if err != nil {
		_ = os.Remove(temp)
		keys.wipe()
		return nil, pathError(err)
	}
	return j, nil
}

// fill writes an empty journal to temp, reads it back, and moves it to path.
func fill(path, temp string, keys *keyring, o Options) (*Journal, error) {
	l := newLedger()
	l.epoch = 1
	all := make(map[int]bool)
	for i := range shardCount {
		all[i] = true
	}
	own, err := l.records(keys, all)
	if err != nil {
		return nil, err
	}
	db, err := bolt.Open(temp, 0o600, &bolt.Options{
		Timeout:  boltTimeout,
		PageSize: 4096,
		OpenFile: func(name string, flag int, mode fs.FileMode) (*os.File, error) {
			return os.OpenFile(name, flag|os.O_EXCL, mode)
		},
	})
	if err != nil {
		return nil, err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range []string{bucketKeys, bucketKeysCopy} {
			b, err := tx.CreateBucket([]byte(name))
			if err != nil {
				return err
			}
			if err := b.Put([]byte(keyBlockName), keys.block); err != nil {
				return err
			}
		}
		b, err := tx.CreateBucket([]byte(bucketRecords))
		if err != nil {
			return err
		}
		for _, r := range own {
			text, err := r.plaintext()
			if err != nil {
				return err
			}
			if err := b.Put(r.id[:], keys.seal(r.id, text)); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	if err := syncFile(temp); err != nil {
		return nil, err
	}
	f, err := os.Open(temp)
	if err != nil {
		return nil, err
	}
	fi, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	c, err := load(f, fi.Size(), func([][]byte) (*keyring, error) { return keys, nil })
	if err == nil && !c.damage.Whole() {
		err = ErrDamaged
	}
	// An open file cannot be renamed on Windows.
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	if err := os.Rename(temp, path); err != nil {
		return nil, err
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return nil, err
	}
	if f, err = os.Open(path); err != nil {
		return nil, err
	}
	j := newJournal(path, o, f, fi.Size(), c)
	j.keys.setLastSeen(o.StateDir, j.ledger.epoch)
	return j, nil
}

// syncFile flushes a file, or on systems that allow it a folder, to the disk.
func syncFile(name string) error {
	flag := os.O_RDWR
	if fi, err := os.Stat(name); err == nil && fi.IsDir() {
		flag = os.O_RDONLY
	}
	f, err := os.OpenFile(name, flag, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func randomHex() string {
	b := make([]byte, 4)
	rand.Read(b)
	return hex.EncodeToString(b)
}
