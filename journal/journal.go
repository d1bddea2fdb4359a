package journal

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	bolt "go.etcd.io/bbolt"
)

// Errors that callers tell apart with [errors.Is].
var (
	// ErrExist is returned by [Create] when there is a file already.
	ErrExist = errors.New("there is a file already")
	// ErrNotExist is returned by [Open] when there is no journal.
	ErrNotExist = errors.New("there is no journal here")
	// ErrPassphrase is returned by [Open] when the file is a journal that is
	// whole as far as it was read, and the passphrase does not open it.
	ErrPassphrase = errors.New("wrong passphrase")
	// ErrInUse is returned by [Open] and [Create] when another program has the
	// journal open.
	ErrInUse = errors.New("the journal is in use")
	// ErrLock is returned when the lock beside a journal that can be written may
	// not be opened: then nobody can know whether it is in use.
	ErrLock = errors.New("the journal's lock may not be opened")
	// ErrDamaged is returned when the file is not what was written.
	ErrDamaged = errors.New("the journal is damaged")
	// ErrNewer is returned when the journal was written by a later version in
	// a format that this one does not know.
	ErrNewer = errors.New("the journal was made by a newer version")
	// ErrNotFound is returned when no entry has the identifier.
	ErrNotFound = errors.New("no such entry")
	// ErrAmbiguous is returned by [Journal.Find] when several entries match.
	ErrAmbiguous = errors.New("several entries match")
	// ErrFull is returned when the disk has no room for a save.
	ErrFull = errors.New("the disk is full")
	// ErrReadOnly is returned when the journal's file may not be written.
	ErrReadOnly = errors.New("the journal may not be written")
	// ErrReplaced is returned when the file was replaced, shortened or removed
	// by something else while it was open.
	ErrReplaced = errors.New("the journal's file was changed from outside")
	// ErrLeft is returned, together with [ErrReplaced] or [ErrDamaged], when an
	// open journal or its backups were to be written anew and were left as they
	// are instead.
	ErrLeft = errors.New("it was left as it is")
	// ErrTooLarge is returned for an entry over [MaxEntrySize].
	ErrTooLarge = errors.New("the entry is too large")
	// ErrLink is returned when the journal's path is a symbolic link: a save
	// that replaces the file would replace the link.
	ErrLink = errors.New("the journal's path is a link")
	// ErrUnfinished is returned when a new passphrase is the journal's, and not
	// yet that of all its backups. [Journal.Maintain] goes on with it.
	ErrUnfinished = errors.New("the passphrase is changed, but not in every backup yet")
	// ErrClosed is returned by every method after [Journal.Close].
	ErrClosed = errors.New("the journal is closed")
)

// Options tune [Create] and [Open]. The zero value, and a nil pointer, work.
type Options struct {
	// Cost of the passphrase, for Create. Zero: 256 MiB and 3 passes, or
	// 64 MiB on a computer with less than 1 GiB to spare.
	Cost Cost
	// Now is the clock; nil: time.Now.
	Now func() time.Time
	// StateDir is where the last state seen on this computer is remembered,
	// so that an older copy of the file is recognised; empty: it is not.
	StateDir string
	// Wait is how long to wait for another program that has the journal open.
	Wait time.Duration
	// Waiting is called, once and beside, when that has taken a second; nil:
	// nothing is.
	Waiting func()
}

func (o *Options) withDefaults() Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.Now == nil {
		out.Now = time.Now
	}
	if out.Cost == (Cost{}) {
		out.Cost = fullCost
		if n, ok := memoryAvailable(); ok && n < 1<<30 {
			out.Cost = smallCost
		}
	}
	return out
}

// A Journal is an open, unlocked journal. Its methods may be called from
// several goroutines.
type Journal struct {
	path string
	opts Options

	// files is held while files other than the journal's own are written from
	// what it holds, such as backups: Close and a change of keys wait for it.
	// It is taken before mu.
	files sync.Mutex

	mu       sync.Mutex
	lock     *flock.Flock
	file     *os.File // the inode that was read: what a save must still find
	size     int64    // the file's size after the last read or save
	head     []byte   // the ledger's head as the file has it: it tells one commit from all others
	db       *bolt.DB // opened at the first save
	broken   bool     // bbolt gave way once: it is not used again
	keys     *keyring
	ledger   *ledger
	records  map[recordID]*record
	entries  []*record // the entries, newest first
	drafts   []*record
	bin      []*record // deleted entries, the last deleted first
	damage   Damage
	foreign  map[string]bool // files that the keys do not open
	lacks    []seenState     // states that were seen on this computer, and that the file does not come after
	lossy    bool            // the file as it was read has not all that it should
	readOnly bool            // nothing is written: this is what [OpenRemains] found
	session  string          // names this session in a [history]
	saves    uint64          // of records with one, in this session
	lost     []Lost          // of remains: what came from a backup
	aside    *os.File        // where saves go once the file was changed from outside

	asideNumber uint32 // names that file: the next of a session has the next one
}

// Create makes a new, empty journal that the passphrase opens, and opens it.
// Folders that are missing are made, for the owner alone. It returns
// [ErrExist] when there is a file at path already, and [ErrInUse] when another
// program is making one at this moment.
func Create(path string, passphrase []byte, opts *Options) (*Journal, error) {
	o := opts.withDefaults()
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return nil, pathError(err)
	}
	lock, err := takeLock(path, o)
	if err != nil {
		return nil, err
	}
	j, err := create(path, passphrase, o)
	if err != nil {
		lock.Close()
		return nil, err
	}
	j.lock = lock
	return j, nil
}

// Open unlocks the journal at path. Opening changes no byte of the file.
//
// It returns [ErrNotExist], [ErrInUse], [ErrLock], [ErrPassphrase], [ErrNewer],
// [ErrLink] or [ErrDamaged]. A journal of which only some records are lost
// opens: [Journal.Damage] says what is missing.
func Open(path string, passphrase []byte, opts *Options) (*Journal, error) {
	o := opts.withDefaults()
	if err := Exists(path); err != nil {
		return nil, err
	}
	lock, err := takeLock(path, o)
	if err != nil {
		return nil, err
	}
	j, err := open(path, passphrase, o)
	if err != nil {
		lock.Close()
		return nil, err
	}
	j.lock = lock
	return j, nil
}

func open(path string, passphrase []byte, o Options) (*Journal, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, pathError(err)
	}
	c, size, err := loadFile(f, passphrase)
	if err != nil {
		f.Close()
		return nil, err
	}
	j := newJournal(path, o, f, size, c)
	j.compareSeen()
	return j, nil
}

func newJournal(path string, o Options, f *os.File, size int64, c *contents) *Journal {
	j := &Journal{path: path, opts: o, file: f, damage: c.damage, lossy: c.damage.Lossy(), foreign: make(map[string]bool), session: newSession()}
	j.adopt(size, c)
	return j
}

// newestFirst orders by creation, and by id where two are of one moment.
func newestFirst(a, b *record) int {
	if c := b.head.Created.Compare(a.head.Created); c != 0 {
		return c
	}
	return cmp.Compare(b.head.ID, a.head.ID)
}

func lastTouchedFirst(a, b *record) int {
	if c := b.head.Updated.Compare(a.head.Updated); c != 0 {
		return c
	}
	return cmp.Compare(b.head.ID, a.head.ID)
}

// Close forgets the keys and lets other programs open the journal. What an
// entry said may stay in memory until the system takes the memory back.
func (j *Journal) Close() error {
	j.files.Lock()
	defer j.files.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.keys == nil {
		return nil
	}
	err := j.closeDB()
	j.keys.wipe()
	j.keys, j.ledger, j.records, j.entries, j.drafts, j.bin = nil, nil, nil, nil, nil, nil
	if j.aside != nil {
		err = errors.Join(err, j.aside.Close())
	}
	return errors.Join(err, j.file.Close(), j.lock.Close())
}

// Path returns the journal's file.
func (j *Journal) Path() string { return j.path }

// Damage says what could not be read at [Open].
func (j *Journal) Damage() Damage {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.damage
}

// Len returns the number of entries.
func (j *Journal) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.entries)
}

// Put stores an entry and returns it as stored: a new one gets its identifier
// and its date here, and every one the date of this change.
//
// On [ErrReplaced] the entry is not in the journal; an [*AsideError] names the
// encrypted file that holds it. After any other error it is not stored.
func (j *Journal) Put(e Entry) (Entry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.put(e, nil)
}

// Keep stores a draft as an entry and removes the draft, both or neither. A
// draft of a change makes the next version of its entry, and what that said
// before is kept; a later thought is added to it, with its date. An entry in the
// bin comes back from there, and where it is gone the draft makes one of its own:
// no words are lost.
func (j *Journal) Keep(d Draft) (Entry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	e := d.Entry
	e.ID = ""
	if d.Of != "" {
		changed, same, err := j.changed(d)
		if err != nil {
			return e, err
		}
		if same {
			return changed, j.dropDraft(d.ID)
		}
		e = changed
	}
	if d.ID == "" {
		return j.put(e, nil)
	}
	return j.put(e, []string{draftName(d.ID)})
}

func entryName(id string) string { return "entry " + id }
func draftName(id string) string { return "draft " + id }

const settingsName = "settings"

func (j *Journal) put(e Entry, remove []string) (Entry, error) {
	if err := j.writable(); err != nil {
		return e, err
	}
	j.stamp(&e.Header)
	if err := e.check(); err != nil {
		return e, err
	}
	id := j.keys.recordID(entryName(e.ID))
	r, err := j.next(id, typeEntry, e, Place{})
	if err != nil {
		return e, err
	}
	c := change{put: []*record{r}}
	for _, name := range remove {
		c.remove = append(c.remove, j.keys.recordID(name))
	}
	return e, j.commit(c)
}

// nextRev is the revision of a record's next version. Where a damaged ledger
// has lost its line, the record itself still knows.
func (j *Journal) nextRev(id recordID) uint64 {
	rev := j.ledger.rev(id)
	if r := j.records[id]; r != nil {
		rev = max(rev, r.head.Rev)
	}
	return rev + 1
}

// stamp gives a new entry its identifier and date, and any its last change.
func (j *Journal) stamp(h *Header) {
	now := j.opts.Now().UTC().Truncate(time.Second)
	if h.ID == "" {
		h.ID = NewID()
	}
	if h.Created.IsZero() {
		h.Created = now
	}
	h.Updated = now
}

// SetDraft stores a draft, so that a crash costs nothing, and returns it with
// its identifier. Errors are as for [Journal.Put].
func (j *Journal) SetDraft(d Draft) (Draft, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return d, err
	}
	j.stamp(&d.Header)
	if err := d.check(); err != nil {
		return d, err
	}
	id := j.keys.recordID(draftName(d.ID))
	r, err := j.next(id, typeDraft, d.Entry, d.Place)
	if err != nil {
		return d, err
	}
	return d, j.commit(change{put: []*record{r}})
}

// DropDraft removes a draft. That there is none with this id is no error.
func (j *Journal) DropDraft(id string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.dropDraft(id)
}

func (j *Journal) dropDraft(id string) error {
	if err := j.writable(); err != nil {
		return err
	}
	rid := j.keys.recordID(draftName(id))
	if j.records[rid] == nil {
		return nil
	}
	return j.commit(change{remove: []recordID{rid}})
}

// Drafts returns what is still being written, the last touched first.
func (j *Journal) Drafts() []Draft {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []Draft
	for _, r := range j.drafts {
		if e, err := r.entry(); err == nil {
			at := r.head.Place
			at.Steps = slices.Clone(at.Steps)
			out = append(out, Draft{Entry: e, Place: at})
		}
	}
	return out
}

// Get returns a whole entry, [ErrNotFound], or [ErrDamaged].
func (j *Journal) Get(id string) (Entry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.keys == nil {
		return Entry{}, ErrClosed
	}
	r := j.records[j.keys.recordID(entryName(id))]
	if r == nil {
		return Entry{}, ErrNotFound
	}
	return r.entry()
}

// Find returns the one entry whose identifier starts with prefix,
// [ErrNotFound] or [ErrAmbiguous].
func (j *Journal) Find(prefix string) (Entry, error) {
	if e, err := j.Get(prefix); !errors.Is(err, ErrNotFound) {
		return e, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	var found *record
	for _, r := range j.entries {
		if prefix != "" && strings.HasPrefix(r.head.ID, prefix) {
			if found != nil {
				return Entry{}, ErrAmbiguous
			}
			found = r
		}
	}
	if found == nil {
		return Entry{}, ErrNotFound
	}
	return found.entry()
}
