package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// crafted is a file whose structure a test changes by hand, its meta pages
// sealed again, so that each check is met and not only the checksum.
type crafted struct {
	image    []byte
	pageSize int
}

func craft(image []byte) crafted {
	c := crafted{image: bytes.Clone(image)}
	c.pageSize = int(binary.LittleEndian.Uint32(image[pageHeaderSize+8:]))
	return c
}

func (c crafted) page(id uint64) diskPage { return c.image[int(id)*c.pageSize:] }

// newest is the meta page in use, without its header.
func (c crafted) newest() []byte {
	zero, one := c.page(0)[pageHeaderSize:], c.page(1)[pageHeaderSize:]
	if binary.LittleEndian.Uint64(one[48:]) > binary.LittleEndian.Uint64(zero[48:]) {
		return one
	}
	return zero
}

func (c crafted) meta(field int) uint64 { return binary.LittleEndian.Uint64(c.newest()[field:]) }

func (c crafted) setMeta(field int, v uint64) {
	binary.LittleEndian.PutUint64(c.newest()[field:], v)
	c.seal()
}

func (c crafted) seal() {
	for slot := range uint64(2) {
		m := c.page(slot)[pageHeaderSize:][:metaSize]
		sum := fnv.New64a()
		sum.Write(m[:56])
		binary.LittleEndian.PutUint64(m[56:], sum.Sum64())
	}
}

func (c crafted) root() diskPage     { return c.page(c.meta(16)) }
func (c crafted) freelist() diskPage { return c.page(c.meta(32)) }

// tree is the root page of bucket i, which is not inline.
func (c crafted) tree(i int) diskPage {
	return c.page(binary.LittleEndian.Uint64(c.root().value(i)))
}

func setUint16(b []byte, v uint16) { binary.LittleEndian.PutUint16(b, v) }
func setUint32(b []byte, v uint32) { binary.LittleEndian.PutUint32(b, v) }
func setUint64(b []byte, v uint64) { binary.LittleEndian.PutUint64(b, v) }

func TestReadPagesRefuses(t *testing.T) {
	// Three levels in "r", an inline bucket "a" before it, some free pages.
	image := boltImage(t, 1024, fillBucket("a", 2, 20), fillBucket("r", 400, 60), thinBucket("r", 400, 2))
	if _, _, err := pagePairs(image); err != nil {
		t.Fatal(err)
	}
	const inline, bucket = 0, 1 // the elements of the root bucket
	leaf := func(c crafted) diskPage { return c.page(c.page(c.tree(bucket).child(0)).child(0)) }
	tests := []struct {
		name string
		edit func(c crafted)
		want string
	}{
		{"tree root below", func(c crafted) { c.setMeta(16, 1) }, "points to page 1 of"},
		{"tree root above", func(c crafted) { c.setMeta(16, c.meta(40)) }, "points to page"},
		{"root sequence", func(c crafted) { c.setMeta(24, 9) }, ""},
		{"no freelist", func(c crafted) { c.setMeta(32, 1<<64-1) }, "points to page"},
		{"freelist is the root", func(c crafted) { c.setMeta(32, c.meta(16)) }, "where the freelist should be"},
		{"root is the freelist", func(c crafted) { c.setMeta(16, c.meta(32)) }, "used twice"},
		{"more pages than bytes", func(c crafted) { c.setMeta(40, uint64(len(c.image)/1024)+1) }, "pages expected"},
		{"2^63 pages", func(c crafted) { c.setMeta(40, 1<<63) }, "pages expected"},
		{"last commit", func(c crafted) { c.setMeta(48, 1<<64-2) }, "commit number"},
		{"page size 12", func(c crafted) { setUint32(c.newest()[8:], 12); c.seal() }, "page size 12"},
		{"meta flags", func(c crafted) { setUint32(c.newest()[12:], 1); c.seal() }, "unknown meta flags"},
		{"other page size", func(c crafted) { setUint32(c.page(1)[pageHeaderSize+8:], 2048); c.seal() }, "disagree"},
		{"both meta headers", func(c crafted) { setUint64(c.page(0), 7); setUint64(c.page(1), 7) }, "neither meta page"},

		{"long freelist", func(c crafted) { setUint16(c.freelist()[10:], 500) }, "free pages do not fit"},
		{"endless freelist", func(c crafted) {
			setUint16(c.freelist()[10:], 0xFFFF)
			setUint64(c.freelist()[16:], 1<<63)
		}, "free pages do not fit"},
		{"free page in use", func(c crafted) { setUint64(c.freelist()[16:], 2); setUint64(c.freelist()[24:], leaf(c).id()) }, "used twice"},
		{"meta page free", func(c crafted) { setUint64(c.freelist()[16:], 1) }, "out of order or range"},
		{"free page twice", func(c crafted) { copy(c.freelist()[24:], c.freelist()[16:24]) }, "out of order or range"},
		{"free page lost", func(c crafted) { setUint16(c.freelist()[10:], uint16(c.freelist().count()-1)) }, "neither used nor free"},
		{"freelist number", func(c crafted) { setUint64(c.freelist(), 3) }, "says it is page 3"},
		{"freelist kind", func(c crafted) { setUint16(c.freelist()[8:], leafPage) }, "where the freelist should be"},

		{"page number", func(c crafted) { setUint64(leaf(c), 3) }, "says it is page 3"},
		{"two kinds", func(c crafted) { setUint16(leaf(c)[8:], branchPage|leafPage) }, "where a tree goes on"},
		{"overflow", func(c crafted) { setUint32(leaf(c)[12:], 1<<32-1) }, "overflow pages do not fit"},
		{"overflow into a neighbour", func(c crafted) { setUint32(c.root()[12:], 1) }, "page "},
		{"count", func(c crafted) { setUint16(leaf(c)[10:], 0xFFFF) }, "more elements than fit"},
		{"position", func(c crafted) { setUint32(leaf(c).element(1)[4:], 1<<32-16) }, "elements out of place"},
		{"no key", func(c crafted) { setUint32(leaf(c).element(0)[8:], 0) }, "key length"},
		{"endless key", func(c crafted) { setUint32(leaf(c).element(0)[8:], 1<<32-1) }, "key length"},
		{"endless value", func(c crafted) { setUint32(leaf(c).element(0)[12:], 1<<32-1) }, "past the end"},
		{"longer value", func(c crafted) { leaf(c).element(0)[12]++ }, "elements out of place"},
		{"key moved", func(c crafted) { leaf(c).element(0)[8]++; leaf(c).element(0)[12]-- }, "first key differs"},
		{"order", func(c crafted) { clear(leaf(c).key(1)) }, "keys out of order"},
		{"above the next leaf", func(c crafted) { d := leaf(c); fillKey(d.key(d.count() - 1)) }, "keys out of order"},
		{"branch key below its page", func(c crafted) { d := c.tree(bucket); d.key(1)[15]-- }, "first key differs"},
		{"empty leaf", func(c crafted) { setUint16(leaf(c)[10:], 0) }, "too few elements"},
		{"branch of one", func(c crafted) { setUint16(c.tree(bucket)[10:], 1) }, "too few elements"},
		{"cycle", func(c crafted) { setUint64(c.tree(bucket).element(0)[8:], c.tree(bucket).id()) }, "used twice"},
		{"two parents", func(c crafted) { d := c.tree(bucket); setUint64(d.element(1)[8:], d.child(0)) }, "used twice"},
		{"child is a meta page", func(c crafted) { setUint64(c.tree(bucket).element(0)[8:], 1) }, "points to page 1"},
		{"short branch", func(c crafted) { setUint64(c.tree(bucket).element(0)[8:], leaf(c).id()) }, "another depth"},
		{"value made a bucket", func(c crafted) { setUint32(leaf(c).element(0), 1) }, "not a plain value"},
		{"unknown flag", func(c crafted) { setUint32(leaf(c).element(0), 2) }, "not a plain value"},

		{"bucket made a value", func(c crafted) { setUint32(c.root().element(inline), 0) }, "not a bucket"},
		{"bucket root", func(c crafted) { setUint64(c.root().value(bucket), 1) }, "points to page 1"},
		{"bucket root gone", func(c crafted) { setUint64(c.root().value(bucket), 0) }, "without a page header"},
		{"bucket sequence", func(c crafted) { setUint64(c.root().value(bucket)[8:], 1<<63) }, ""},
		{"long header", func(c crafted) { c.root().element(bucket)[12]++ }, "bucket header too long"},
		{"short header", func(c crafted) { c.root().element(bucket)[12]-- }, "not a bucket"},
		{"inline number", func(c crafted) { c.root().value(inline)[16] = 5 }, "without a page header"},
		{"inline kind", func(c crafted) { c.root().value(inline)[24] = 1 }, "without a page header"},
		{"inline overflow", func(c crafted) { c.root().value(inline)[28] = 1 }, "without a page header"},
		{"inline count", func(c crafted) { c.root().value(inline)[26] = 0 }, "longer than its elements"},
		{"inline elements", func(c crafted) { c.root().value(inline)[26] = 9 }, "more elements than fit"},
		{"inline flag", func(c crafted) { setUint32(c.root().value(inline)[32:], 1) }, "not a plain value"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := craft(image)
			test.edit(c)
			_, _, err := pagePairs(c.image)
			switch {
			case test.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case test.want != "" && (!errors.Is(err, errPages) || !strings.Contains(err.Error(), test.want)):
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

func fillKey(key []byte) {
	for i := range key {
		key[i] = 0xFF
	}
}

// A bucket in a bucket is what this journal never writes.
func TestReadPagesNestedBucket(t *testing.T) {
	image := boltImage(t, 4096, fillBucket("r", 1, 1), func(tx *bolt.Tx) error {
		_, err := tx.Bucket([]byte("r")).CreateBucket([]byte("deeper"))
		return err
	})
	if _, _, err := pagePairs(image); !errors.Is(err, errPages) {
		t.Errorf("accepted: %v", err)
	}
}
