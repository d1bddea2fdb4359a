package journal

import (
	"bytes"
	"cmp"
	"iter"
	"os"
	"slices"
)

// A record names itself by its magic and proves itself by its seal, so that it
// is found wherever it stands and whatever became of the structure around it.

// A carving is a record that was found in raw bytes.
type carving struct {
	*record
	at, size int
}

// A carver finds every record of a journal in raw bytes.
type carver struct {
	keys  *keyring
	vain  int // bytes given to the cipher that were no record
	limit int // how many they may be
}

// carve finds the records of a journal in b.
func (k *keyring) carve(b []byte) iter.Seq[carving] {
	// What looks like a record may claim 16 MiB, and so may what begins five
	// bytes further on: a file made of that would take hours. Damage, which
	// makes no magic, comes nowhere near this.
	return (&carver{keys: k, limit: 64<<20 + 64*len(b)}).carve(b)
}

func (c *carver) carve(b []byte) iter.Seq[carving] {
	return func(yield func(carving) bool) {
		var scratch []byte
		for at := 0; ; {
			i := bytes.Index(b[at:], recordMagic[:])
			if i < 0 {
				return
			}
			at += i
			n, ok := recordLength(b[at:])
			if !ok || n > len(b)-at || n > c.limit-c.vain {
				at++
				continue
			}
			// Opening is in place, and what is not a record must stay as it is.
			scratch = append(scratch[:0], b[at:at+n]...)
			o := c.keys.openRecord(b[at+8:at+recordHeader], scratch)
			if o.err != nil {
				c.vain += n
				at++
				continue
			}
			scratch = nil // it is the record's
			if !yield(carving{o.record, at, n}) {
				return
			}
			at += n
		}
	}
}

// remains is what can be read of a journal in any state.
type remains struct {
	records map[recordID]*record // the ledger's own aside
	ledger  *ledger
	whole   bool // the ledger is whole and the latest: what it lists is what there should be
	leftOut int  // records that it does not list, of entries that were deleted
}

// remains carves a journal out of raw bytes. A file's free pages have old
// versions and deleted records, and what a save wrote that never came to its
// end. The pages that are in use tell which of them count, and with them the
// newest ledger. Where that cannot be read for certain nothing is left out.
func (k *keyring) remains(raw []byte) remains {
	inUse := pagesInUse(raw)
	all := make(map[recordID][]carving)
	for c := range k.carve(raw) {
		all[c.id] = append(all[c.id], c)
	}
	// Of some versions the best is one in use, and then the last written.
	better := func(a, b carving) int {
		switch x, y := inUse(a.at), inUse(b.at); {
		case x && !y:
			return 1
		case y && !x:
			return -1
		}
		return a.compare(b.record)
	}
	parts := make(map[recordID]*record)
	headID := k.recordID(headName)
	known := false // the head is the latest one
	if heads := all[headID]; heads != nil {
		head := slices.MaxFunc(heads, better)
		parts[headID], known = head.record, inUse(head.at)
	}
	delete(all, headID)
	for i := range shardCount {
		id := k.recordID(shardName(i))
		if shards := all[id]; shards != nil {
			parts[id] = slices.MaxFunc(shards, better).record
		}
		delete(all, id)
	}
	out := remains{records: make(map[recordID]*record)}
	out.ledger, out.whole = readLedger(k, parts)
	out.whole = out.whole && known
	for id, versions := range all {
		if known && out.ledger.sureOf(id) {
			listed := out.ledger.rev(id)
			if listed == 0 {
				out.leftOut++
				continue
			}
			// One above what is listed was never committed.
			versions = slices.DeleteFunc(versions, func(c carving) bool { return c.head.Rev > listed })
		}
		if len(versions) > 0 {
			out.records[id] = slices.MaxFunc(versions, better).record
		}
	}
	return out
}

// compare orders two versions of a record by which was written later.
func (r *record) compare(other *record) int {
	if c := cmp.Compare(r.head.Rev, other.head.Rev); c != 0 || r.head.Header == nil || other.head.Header == nil {
		return c
	}
	return r.head.Updated.Compare(other.head.Updated)
}

// lost are the lines of the ledger for which there is no record, or only an
// older one.
func (m remains) lost() map[recordID]uint64 {
	out := make(map[recordID]uint64)
	for _, lines := range m.ledger.revs {
		for id, rev := range lines {
			if r := m.records[id]; r == nil || r.head.Rev < rev {
				out[id] = rev
			}
		}
	}
	return out
}

// damage says of what remains what [Journal.Damage] says of a journal.
func (m remains) damage() Damage {
	d := Damage{Ledger: !m.whole}
	for id := range m.lost() {
		if m.records[id] == nil {
			d.Missing++
		} else {
			d.RolledBack++
		}
	}
	return d
}

// pagesInUse says which places of a file hold what the last commit left there,
// by its freelist. Where it cannot be told, none does for certain.
func pagesInUse(raw []byte) func(at int) bool {
	p := &pageReader{pageWindow: pageWindow{r: bytes.NewReader(raw), size: int64(len(raw))}}
	if p.readMetas() != nil || p.report.badMetas > 0 {
		return func(int) bool { return false }
	}
	p.used = make([]bool, p.meta.pages)
	if p.readFreelist() != nil {
		return func(int) bool { return false }
	}
	size := int(p.meta.pageSize)
	return func(at int) bool { return at/size < len(p.used) && !p.used[at/size] }
}

// maxKeyBlocks bounds how many key blocks are tried: each that was crafted may
// cost a gigabyte and seconds.
const maxKeyBlocks = 24

// keyBlocks finds the key blocks of a journal: in its bytes, in the copy beside
// it, in its backups, in its side files. Each is there once, however often it was
// found.
func keyBlocks(path string, raw []byte, aside ...string) [][]byte {
	var blocks [][]byte
	add := func(b []byte) {
		for len(blocks) < maxKeyBlocks {
			i := bytes.Index(b, []byte(keyMagic))
			if i < 0 {
				return
			}
			b = b[i:]
			n, ok := keyBlockLength(b)
			if ok && !slices.ContainsFunc(blocks, func(have []byte) bool { return bytes.Equal(have, b[:n]) }) {
				blocks = append(blocks, b[:n:n])
			}
			b = b[len(keyMagic):]
		}
	}
	add(raw)
	for _, name := range slices.Concat([]string{keyCopyPath(path)}, backups(path), aside) {
		if b, err := os.ReadFile(name); err == nil {
			add(b)
		}
	}
	return blocks
}

// unwrapEach opens every key block that the passphrase opens: after a change of
// keys that was interrupted those of a backup may not be the journal's.
func unwrapEach(blocks [][]byte, passphrase []byte) ([]*keyring, error) {
	first, err := unwrapAny(blocks, passphrase)
	if err != nil {
		return nil, err
	}
	out := []*keyring{first}
	for _, b := range blocks {
		if bytes.HasPrefix(first.block, b) {
			continue
		}
		if k, err := openKeyring(b, passphrase); err == nil {
			out = append(out, k)
		}
	}
	return out, nil
}
