package journal

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A side file takes what can no longer go into the journal because the journal
// was changed from outside. It holds a copy of the key block, so that the
// passphrase opens it by itself, and then records one after another.

// typeRemoved is a record that says another is gone. It stands only in side
// files; in the journal the ledger says so.
const typeRemoved = "removed"

// A side file is read back whole. One that has asideFull bytes is followed by a
// new one, so that a long draft may be saved any number of times; more than
// maxAside are neither written nor read.
const (
	asideFull = 32 << 20
	maxAside  = 256 << 20
)

// An AsideError says that a save did not go into the journal, and where it is
// kept instead.
type AsideError struct {
	Path string // the encrypted side file
	Err  error  // why
}

func (e *AsideError) Error() string { return e.Err.Error() + ": kept aside" }

// Unwrap returns the reason, [ErrReplaced] or [ErrDamaged].
func (e *AsideError) Unwrap() error { return e.Err }

// commitAside appends a change to the side file. From the first time on, every
// save of this session goes there.
func (j *Journal) commitAside(c change, cause error) error {
	b, err := j.sealAside(c)
	if err == nil {
		err = j.roomAside(len(b))
	}
	if err == nil {
		err = appendSynced(j.aside, b)
	}
	if err != nil {
		return errors.Join(cause, pathError(err))
	}
	j.ledger.apply(c)
	j.apply(c)
	return &AsideError{Path: j.aside.Name(), Err: cause}
}

// sealAside is a change as a side file has it.
func (j *Journal) sealAside(c change) ([]byte, error) {
	records := c.put
	for _, id := range c.remove {
		gone := sealedHeader{Version: formatVersion, Type: typeRemoved, Rev: j.ledger.rev(id) + 1}
		if r := j.records[id]; r != nil {
			gone.History = r.head.History
		}
		records = append(records, &record{id: id, head: gone})
	}
	keys := j.keys.forAside()
	var b bytes.Buffer
	for _, r := range records {
		text, err := r.plaintext()
		if err != nil {
			return nil, err
		}
		b.Write(keys.seal(r.id, text))
	}
	return b.Bytes(), nil
}

// roomAside sees to it that there is a side file with room for n more bytes.
func (j *Journal) roomAside(n int) error {
	if n > maxAside-keyBlockSize {
		return ErrTooLarge
	}
	if j.aside == nil {
		var b [4]byte
		rand.Read(b[:])
		j.asideNumber = binary.BigEndian.Uint32(b[:]) >> 1 // there are larger ones after it
	} else {
		fi, err := j.aside.Stat()
		if err != nil || fi.Size() == keyBlockSize || fi.Size()+int64(n) <= asideFull {
			return err
		}
		j.asideNumber++
	}
	f, err := j.createAside(fmt.Sprintf("%s.aside-%08x", filepath.Base(j.path), j.asideNumber))
	if err != nil {
		return err
	}
	if j.aside != nil {
		_ = j.aside.Close() // what is in it was flushed
	}
	j.aside = f
	return nil
}

// appendSynced adds b to a file, all of it or nothing: what was said not to be
// saved must not turn up later.
func appendSynced(f *os.File, b []byte) error {
	fi, err := f.Stat()
	if err != nil {
		return err
	}
	if _, err = f.Write(b); err == nil {
		err = f.Sync()
	}
	if err != nil {
		_ = f.Truncate(fi.Size())
	}
	return err
}

// createAside makes a side file beside the journal, or in the state folder when
// the journal's own has vanished.
func (j *Journal) createAside(name string) (*os.File, error) {
	var failed error
	for _, dir := range j.asideDirs() {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			if _, err = f.Write(j.keys.block); err == nil {
				err = syncDir(dir) // or the file is whole, and its name is not there
			}
			if err == nil {
				return f, nil
			}
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
		failed = errors.Join(failed, err)
	}
	return nil, failed
}

func (j *Journal) asideDirs() []string {
	dirs := []string{filepath.Dir(j.path)}
	if j.opts.StateDir != "" && os.MkdirAll(j.opts.StateDir, 0o700) == nil {
		dirs = append(dirs, j.opts.StateDir)
	}
	return dirs
}

// MergeAside takes what earlier sessions had to keep aside into the journal
// and removes the side files once it is there. It returns how many entries
// and drafts it took. A side file that does not belong to this journal is left
// alone and named by [Journal.Foreign].
func (j *Journal) MergeAside() (taken int, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return 0, err
	}
	return j.mergeAside()
}

func (j *Journal) mergeAside() (taken int, err error) {
	if j.aside != nil {
		return 0, nil // it would only go aside again
	}
	// In the order of their names: a session may have left several, and what a
	// later one says is gone must not come back from an earlier one.
	for _, name := range sideFiles(j.asideDirs(), j.path, ".aside-") {
		n, err := j.mergeFile(name)
		if err != nil {
			return taken, err
		}
		taken += n
	}
	return taken, nil
}

func (j *Journal) mergeFile(name string) (int, error) {
	f, err := j.readAside(name)
	if err != nil {
		return 0, err
	}
	if !f.ours {
		j.foreign[name] = true
		return 0, nil
	}
	if len(f.put)+len(f.remove) > 0 {
		if err := j.commit(f.change); err != nil {
			return 0, err
		}
	}
	if !f.whole {
		// Part of it does not open. It is kept, under a name that is not
		// taken in again, for whoever can still read something there.
		j.damage.Unreadable++
		kept := filepath.Join(filepath.Dir(name), strings.Replace(filepath.Base(name), ".aside-", ".unread-", 1))
		return len(f.put), pathError(os.Rename(name, kept))
	}
	return len(f.put), pathError(os.Remove(name))
}

// A sideFile is what a side file brings to the journal as it is now.
type sideFile struct {
	change
	ours  bool // it is the journal's
	whole bool // all of it opens
}

// readAside reads a side file. It changes nothing.
func (j *Journal) readAside(name string) (f sideFile, err error) {
	fi, err := os.Stat(name)
	if err != nil {
		return f, pathError(err)
	}
	if fi.Size() > maxAside {
		return f, nil
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return f, pathError(err)
	}
	newest := make(map[recordID]*record)
	unread := len(b) - keyBlockSize
	for c := range j.keys.forAside().carve(b) {
		newest[c.id] = c.record // one session wrote them one after another: the last one counts
		unread -= c.size
	}
	// A crash may have left one with no record in it yet, or not all of the block.
	f.ours = len(newest) > 0 || bytes.HasPrefix(b, j.keys.block) || bytes.HasPrefix(j.keys.block, b)
	f.whole = unread <= 0
	for _, r := range newest {
		if err := j.merge(&f.change, r); err != nil {
			return f, err
		}
	}
	return f, nil
}

// merge adds to c what a record from a side file or another journal brings. A
// version that was made from the other takes its place. Where neither is known
// to have been, and they differ, both are kept: they were written side by side,
// and the number of a revision says nothing about which has all the words.
func (j *Journal) merge(c *change, r *record) error {
	mine := j.records[r.id]
	var later, earlier bool
	if mine != nil {
		later, earlier = r.head.History.after(mine.head.History), mine.head.History.after(r.head.History)
	}
	switch r.head.Type {
	case typeRemoved:
		if later {
			c.remove = append(c.remove, r.id)
		}
		return nil
	case typeSettings:
		later = mine != nil && mine.head.Rev < r.head.Rev
		earlier = !later
	case typeEntry, typeDraft:
	default:
		return nil // the ledger's own records never go aside; somebody put them there
	}
	switch {
	case mine == nil || later && !earlier:
		r.head.Rev = max(r.head.Rev, j.ledger.rev(r.id)+1)
		c.put = append(c.put, r)
	case !earlier && !sameEntry(mine, r):
		both, err := j.copyOf(r)
		if err != nil {
			return fmt.Errorf("keep both versions: %w", err)
		}
		if j.records[both.id] == nil {
			c.put = append(c.put, both)
		}
	}
	return nil
}

// copyOf makes an entry or a draft of its own from r. Its text names it, so
// that the same side file, taken in twice, brings it once.
func (j *Journal) copyOf(r *record) (*record, error) {
	e, err := r.entry()
	if err != nil {
		return nil, err
	}
	text, err := r.plaintext()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	e.ID = hex.EncodeToString(sum[:8])
	name := entryName(e.ID)
	if r.head.Type == typeDraft {
		name = draftName(e.ID)
	}
	both, err := j.next(j.keys.recordID(name), r.head.Type, e, r.head.Place)
	if err == nil {
		both.head.Binned = r.head.Binned // what was deleted there does not come back here
	}
	return both, err
}
