package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"
)

// The journal's buckets. Their names are visible in the file.
const (
	bucketKeys     = "k"
	bucketKeysCopy = "k2"
	bucketRecords  = "r"
	keyBlockName   = "key"
)

// contents is a journal as read: every record decrypted, and what is wrong.
type contents struct {
	keys    *keyring
	records map[recordID]*record
	ledger  *ledger
	head    []byte // the ledger's head, sealed
	pages   pageReport
	damage  Damage
}

// load reads, checks and decrypts a whole journal through r, without bbolt.
// The order of the buckets puts the key blocks first, so that unlock is asked
// for the keys before anything else is read. To wipe them is its caller's.
func load(r io.ReaderAt, size int64, unlock func(blocks [][]byte) (*keyring, error)) (*contents, error) {
	c := new(contents)
	var blocks [][]byte
	var open *opener
	var headID recordID
	pages, err := readPages(r, size, func(bucket, key, value []byte) error {
		switch string(bucket) {
		case bucketKeys, bucketKeysCopy:
			if string(key) == keyBlockName {
				blocks = append(blocks, slices.Clone(value))
			}
			return nil
		case bucketRecords:
			if c.keys == nil {
				var err error
				if c.keys, err = unlock(blocks); err != nil {
					return err
				}
				open = newOpener(c.keys)
				headID = c.keys.recordID(headName)
			}
			if bytes.Equal(key, headID[:]) {
				c.head = slices.Clone(value)
			}
			open.add(key, value)
			return nil
		}
		return fmt.Errorf("%w: a part that does not belong to a journal", ErrDamaged)
	})
	var opened []openedRecord
	if open != nil {
		opened = open.finish()
	}
	if err != nil {
		var pe *pageError
		if errors.As(err, &pe) {
			err = fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return nil, err
	}
	if c.keys == nil {
		// No record at all: a journal has its ledger from the first moment.
		if _, err := unlock(blocks); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%w: it holds no records", ErrDamaged)
	}
	c.pages = pages
	if err := c.collect(opened); err != nil {
		return nil, err
	}
	return c, nil
}

// loadFile loads a file that the passphrase opens, and returns its size too.
func loadFile(f *os.File, passphrase []byte) (*contents, int64, error) {
	fi, err := f.Stat()
	if err != nil {
		return nil, 0, pathError(err)
	}
	var keys *keyring
	c, err := load(f, fi.Size(), func(blocks [][]byte) (_ *keyring, err error) {
		keys, err = unwrapAny(blocks, passphrase)
		return keys, err
	})
	if err != nil {
		if keys != nil {
			keys.wipe()
		}
		return nil, 0, pathError(err)
	}
	return c, fi.Size(), nil
}

// loadPath is loadFile for a file by its name.
func loadPath(path string, passphrase []byte) (*contents, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, pathError(err)
	}
	defer f.Close()
	c, _, err := loadFile(f, passphrase)
	return c, err
}

// readBack loads a file whose keys are known. They stay whole whatever it holds.
func readBack(path string, k *keyring) (*contents, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	fi, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return load(f, fi.Size(), func([][]byte) (*keyring, error) { return k, nil })
}

// unwrapAny opens the first key block that the passphrase opens. A flipped bit
// in a block's salt or version looks like a wrong passphrase or a newer
// format, so each copy that differs is tried before either is the answer.
func unwrapAny(blocks [][]byte, passphrase []byte) (*keyring, error) {
	failed := fmt.Errorf("%w: both copies of its keys are missing", ErrDamaged)
	for i, b := range blocks {
		if i > 0 && bytes.Equal(b, blocks[0]) {
			continue // Argon2id would only say the same again
		}
		k, err := openKeyring(b, passphrase)
		if err == nil {
			return k, nil
		}
		if i == 0 || errors.Is(err, ErrPassphrase) || errors.Is(failed, ErrDamaged) {
			failed = err
		}
	}
	return nil, failed
}

// collect indexes the opened records and holds them against the ledger.
func (c *contents) collect(opened []openedRecord) error {
	c.records = make(map[recordID]*record, len(opened))
	for _, o := range opened {
		switch {
		case errors.Is(o.err, ErrNewer):
			return ErrNewer
		case o.err != nil:
			c.damage.Unreadable++
		default:
			c.records[o.record.id] = o.record
		}
	}
	var whole bool
	c.ledger, whole = readLedger(c.keys, c.records)
	c.damage.Ledger = !whole
	c.damage.LastSave = c.pages.badMetas > 0
	for i := range shardCount {
		delete(c.records, c.keys.recordID(shardName(i)))
	}
	delete(c.records, c.keys.recordID(headName))

	listed := 0
	for id, r := range c.records {
		switch rev := c.ledger.rev(id); {
		case rev == 0:
			c.damage.Unlisted++
		case rev != r.head.Rev:
			c.damage.RolledBack++
			listed++
		default:
			listed++
		}
	}
	c.damage.Missing = c.ledger.count() - listed
	return nil
}

// openedRecord is what became of one sealed record.
type openedRecord struct {
	record *record
	err    error
}

// An opener decrypts records on all cores while the file is being read.
type opener struct {
	keys    *keyring
	batch   []sealedRecord
	memory  []byte // what the batch's pairs stand in, one after another
	work    chan []sealedRecord
	done    sync.WaitGroup
	mu      sync.Mutex
	results []openedRecord
}

type sealedRecord struct {
	key   []byte
	value []byte
}

// openBatch is how many bytes of records go to a worker at once: enough that
// handing them over costs nothing beside opening them.
const openBatch = 256 << 10

func newOpener(k *keyring) *opener {
	o := &opener{keys: k, work: make(chan []sealedRecord, 4)}
	for range runtime.GOMAXPROCS(0) {
		o.done.Add(1)
		go o.run()
	}
	return o
}

// add takes a copy of one pair.
func (o *opener) add(key, value []byte) {
	if n := len(key) + len(value); len(o.memory)+n > cap(o.memory) {
		o.flush()
		o.memory = make([]byte, 0, max(openBatch, n))
	}
	at := len(o.memory)
	o.memory = append(append(o.memory, key...), value...)
	pair, n := o.memory[at:len(o.memory):len(o.memory)], len(key)
	o.batch = append(o.batch, sealedRecord{pair[:n:n], pair[n:]})
}

func (o *opener) flush() {
	if len(o.batch) > 0 {
		o.work <- o.batch
	}
	o.batch, o.memory = nil, nil
}

func (o *opener) run() {
	defer o.done.Done()
	for batch := range o.work {
		out := make([]openedRecord, len(batch))
		for i, s := range batch {
			out[i] = o.keys.openRecord(s.key, s.value)
		}
		o.mu.Lock()
		o.results = append(o.results, out...)
		o.mu.Unlock()
	}
}

// finish waits for the workers and returns what they opened, in no order.
func (o *opener) finish() []openedRecord {
	o.flush()
	close(o.work)
	o.done.Wait()
	return o.results
}

// openRecord opens and parses one pair of the records bucket, in place.
func (k *keyring) openRecord(key, value []byte) openedRecord {
	if len(key) != len(recordID{}) {
		return openedRecord{err: errRecord}
	}
	newer := len(value) >= 4 && string(value[:3]) == string(recordMagic[:3]) && value[3] > formatVersion
	if newer {
		// One flipped bit there must not keep the whole journal shut: what
		// opens as this version is of this version.
		value[3] = formatVersion
	}
	id := recordID(key)
	plaintext, err := k.open(id, value)
	if err != nil && newer {
		err = ErrNewer
	}
	if err != nil {
		return openedRecord{err: err}
	}
	r, err := parseRecord(id, plaintext)
	return openedRecord{record: r, err: err}
}
