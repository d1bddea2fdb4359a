package journal

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
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
	switch {
	case j.aside != nil && j.broken:
		return j.commitAside(c, ErrDamaged)
	case j.aside != nil:
		return j.commitAside(c, ErrReplaced)
	}
	undo := j.ledger.apply(c)
	sealed, err := j.seal(c)
	if err == nil {
		err = j.writeWithBallast(sealed, c.remove)
	}
	if err != nil {
		undo()
		if errors.Is(err, ErrReplaced) || j.broken {
			return j.commitAside(c, err)
		}
		return err
	}
	j.apply(c)
	j.noteSeen()
	return nil
}

// apply lists a change in the ledger and returns what takes it back.
func (l *ledger) apply(c change) (undo func()) {
	line, digest := l.lineage, l.digest
	before := make(map[recordID]uint64, len(c.put)+len(c.remove))
	for _, r := range c.put {
		before[r.id] = l.rev(r.id)
		l.set(r.id, r.head.Rev)
	}
	for _, id := range c.remove {
		before[id] = l.rev(id)
		l.remove(id)
	}
	l.lineage = l.next(l.writer)
	return func() {
		l.lineage, l.digest = line, digest
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
	ids := slices.Clone(c.remove)
	for _, r := range c.put {
		ids = append(ids, r.id)
	}
	j.drop(ids)
	for _, r := range c.put {
		j.records[r.id] = r
	}
	if len(c.put) == 1 && j.listOf(c.put[0]) == &j.entries {
		// One save among many entries: it goes to its place without sorting.
		r := c.put[0]
		i, _ := slices.BinarySearchFunc(j.entries, r, newestFirst)
		j.entries = slices.Insert(j.entries, i, r)
		return
	}
	for _, r := range c.put {
		if list := j.listOf(r); list != nil {
			*list = append(*list, r)
		}
	}
	j.sort()
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
		for _, list := range []*[]*record{&j.entries, &j.drafts, &j.bin} {
			*list = slices.DeleteFunc(*list, lost)
		}
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
// the same: a short write of the meta page, or one that could not be flushed,
// returns an error although the transaction stands. last is the ledger's new
// head, sealed: it is in the file exactly when the commit is. What is in the file
// is not on the disk for that, and only then is it saved.
func (j *Journal) settle(cause error, last sealedPair) error {
	_ = j.closeDB()
	fi, err := j.file.Stat()
	if err != nil {
		return pathError(cause)
	}
	head, pages, err := j.headInFile(fi.Size())
	if err == nil && !bytes.Equal(head, last.value) {
		j.size = fi.Size()
		return pathError(cause)
	}
	if err == nil {
		err = j.rewriteMeta(pages)
	}
	if err != nil {
		j.broken = true
		return fmt.Errorf("%w: %w", ErrDamaged, cause)
	}
	j.size = fi.Size()
	return nil
}

// rewriteMeta writes the meta page of the last commit as it is once more, and
// flushes it; all else was on the disk before bbolt wrote that page. To flush
// alone is not enough: after it failed once, a system may take for written what
// it has dropped.
func (j *Journal) rewriteMeta(pages pageReport) error {
	f, err := os.OpenFile(j.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := sameFile(f, j.file); err != nil {
		return err
	}
	page, at := make([]byte, pages.pageSize), int64(pages.txid%2)*int64(pages.pageSize)
	if _, err := f.ReadAt(page, at); err != nil {
		return err
	}
	if _, err := f.WriteAt(page, at); err != nil {
		return err
	}
	return f.Sync()
}

// sameFile returns [ErrReplaced] when two open files are not one.
func sameFile(a, b *os.File) error {
	x, err1 := a.Stat()
	y, err2 := b.Stat()
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if !os.SameFile(x, y) {
		return ErrReplaced
	}
	return nil
}

// headInFile reads the ledger's head, sealed, as the file has it now.
func (j *Journal) headInFile(size int64) (head []byte, pages pageReport, err error) {
	id := j.keys.recordID(headName)
	pages, err = readPages(j.file, size, func(bucket, key, value []byte) error {
		if string(bucket) == bucketRecords && bytes.Equal(key, id[:]) {
			head = bytes.Clone(value)
		}
		return nil
	})
	return head, pages, err
}

// current returns [ErrReplaced] unless the file is the one that was read, and
// in the state in which it was read or last saved, and [ErrDamaged] where its
// structure is not sound any more.
func (j *Journal) current() error {
	if err := j.unchanged(); err != nil {
		return err
	}
	fi, err := j.file.Stat()
	if err != nil {
		return pathError(err)
	}
	head, _, err := j.headInFile(fi.Size())
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if !bytes.Equal(head, j.head) {
		return ErrReplaced
	}
	return nil
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

// openDB hands the file to bbolt, at the first save. It was checked when it was
// read, which may be hours ago, so it is read and checked once more: a page that
// bbolt wrongly takes for free is lost to the next saves. From then on bbolt has
// its own list of free pages in memory.
func (j *Journal) openDB() error {
	if j.db != nil {
		return nil
	}
	if err := j.current(); err != nil {
		j.broken = errors.Is(err, ErrDamaged)
		return err
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
	if err := sameFile(opened, j.file); err != nil {
		_ = j.closeDB()
		return pathError(err)
	}
	return nil
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
