package journal

import (
	"bytes"
	"encoding/binary"
)

const (
	bucketHeaderSize = 16    // root page uint64, sequence uint64
	bucketFlag       = 0x01  // of a leaf element: the value is a bucket
	maxKeySize       = 32768 // bbolt's own
	maxTreeDepth     = 64    // a branch has two children at least, so never reached
)

// diskPage is a page with its overflow pages, or the page that an inline bucket
// has for a value. key, value, child and flags are safe after check.
type diskPage []byte

func (d diskPage) id() uint64       { return binary.LittleEndian.Uint64(d) }
func (d diskPage) kind() uint16     { return binary.LittleEndian.Uint16(d[8:]) }
func (d diskPage) count() int       { return int(binary.LittleEndian.Uint16(d[10:])) }
func (d diskPage) overflow() uint32 { return binary.LittleEndian.Uint32(d[12:]) }

// element returns the entry i of the element array. In a branch it is position,
// key length and child page, in a leaf flags, position, key and value length.
func (d diskPage) element(i int) []byte {
	return d[pageHeaderSize+i*pageElementSize:][:pageElementSize]
}

func (d diskPage) child(i int) uint64 { return binary.LittleEndian.Uint64(d.element(i)[8:]) }
func (d diskPage) flags(i int) uint32 { return binary.LittleEndian.Uint32(d.element(i)) }

// span returns where the key of element i begins, counted from the element, and
// how long key and value are.
func (d diskPage) span(i int) (pos, key, value uint32) {
	e, le := d.element(i), binary.LittleEndian
	if d.kind() == branchPage {
		return le.Uint32(e), le.Uint32(e[4:]), 0
	}
	return le.Uint32(e[4:]), le.Uint32(e[8:]), le.Uint32(e[12:])
}

func (d diskPage) key(i int) []byte {
	pos, n, _ := d.span(i)
	return d[pageHeaderSize+i*pageElementSize+int(pos):][:n:n]
}

func (d diskPage) value(i int) []byte {
	pos, k, n := d.span(i)
	return d[pageHeaderSize+i*pageElementSize+int(pos)+int(k):][:n:n]
}

// check returns the number of bytes in use, or what is wrong with the elements.
// bbolt writes keys and values one after another behind the element array, with
// no gap: any other layout is damage, and would let one value pass for another
// or a small page unfold into more memory than there is.
func (d diskPage) check(low, high []byte) (end int, fault string) {
	n := d.count()
	end = pageHeaderSize + n*pageElementSize
	if end > len(d) {
		return end, "more elements than fit"
	}
	var last []byte
	for i := range n {
		pos, k, v := d.span(i)
		switch at := pageHeaderSize + i*pageElementSize; {
		case uint64(pos) != uint64(end-at):
			return end, "elements out of place"
		case k == 0 || k > maxKeySize:
			return end, "key length out of range"
		case uint64(k)+uint64(v) > uint64(len(d)-end):
			return end, "element runs past the end"
		}
		key := d[end:][:k]
		if i == 0 && low != nil && !bytes.Equal(key, low) {
			return end, "first key differs from the key above"
		}
		if i > 0 && bytes.Compare(last, key) >= 0 {
			return end, "keys out of order"
		}
		last = key
		end += int(k) + int(v)
	}
	if high != nil && bytes.Compare(last, high) >= 0 {
		return end, "keys out of order"
	}
	return end, ""
}

// pageTree is one bucket: the root bucket, which holds only buckets and has no
// name, or one of those, which hold only pairs.
type pageTree struct {
	bucket    []byte
	leafDepth int // of every leaf, 0 until the first is met
}

// readTree reads the page id, to which page from points, and all below it. Its
// first key must be low and every key less than high. low is exact because
// bbolt finds a page's place in its parent by that key when it writes it anew:
// where the two differ, it leaves the old page in the tree and in the freelist.
func (p *pageReader) readTree(t *pageTree, id, from uint64, depth int, low, high []byte) error {
	if depth > maxTreeDepth {
		return damaged(id, "tree too deep")
	}
	d, err := p.take(id, from)
	if err != nil {
		return err
	}
	kind, n := d.kind(), d.count()
	if kind != branchPage && kind != leafPage {
		return damaged(id, "kind %#x where a tree goes on", kind)
	}
	// Fewer leave bbolt with nothing to merge or to find a page by: it panics.
	if kind == branchPage && n < 2 || kind == leafPage && n < 1 && depth > 1 {
		return damaged(id, "too few elements")
	}
	end, fault := d.check(low, high)
	if fault != "" {
		return damaged(id, "%s", fault)
	}
	if pageSize := int(p.meta.pageSize); (end+pageSize-1)/pageSize != len(d)/pageSize {
		return damaged(id, "more overflow pages than are needed")
	}
	if kind == branchPage {
		return p.readBranch(t, bytes.Clone(d), depth, high)
	}
	if t.leafDepth == 0 {
		t.leafDepth = depth
	}
	if depth != t.leafDepth {
		return damaged(id, "leaf at another depth than the rest")
	}
	if t.bucket == nil {
		return p.readBuckets(bytes.Clone(d))
	}
	return p.readPairs(t.bucket, d, id)
}

func (p *pageReader) readBranch(t *pageTree, d diskPage, depth int, high []byte) error {
	n := d.count()
	for i := range n {
		next := high
		if i+1 < n {
			next = d.key(i + 1)
		}
		if err := p.readTree(t, d.child(i), d.id(), depth+1, d.key(i), next); err != nil {
			return err
		}
	}
	return nil
}

// readBuckets reads the buckets that a leaf of the root bucket lists.
func (p *pageReader) readBuckets(d diskPage) error {
	for i := range d.count() {
		name, value := d.key(i), d.value(i)
		if d.flags(i) != bucketFlag || len(value) < bucketHeaderSize {
			return damaged(d.id(), "not a bucket")
		}
		p.report.buckets = append(p.report.buckets, string(name))
		root := binary.LittleEndian.Uint64(value)
		if root == 0 {
			if err := p.readInline(name, value[bucketHeaderSize:], d.id()); err != nil {
				return err
			}
			continue
		}
		if len(value) != bucketHeaderSize {
			return damaged(d.id(), "bucket header too long")
		}
		if err := p.readTree(&pageTree{bucket: name}, root, d.id(), 1, nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// readInline reads a bucket that is small enough to lie in its header's value
// on page id. It has a page header too, which bbolt uses: a number in it would
// free the page of that number.
func (p *pageReader) readInline(bucket []byte, d diskPage, id uint64) error {
	if len(d) < pageHeaderSize || d.id() != 0 || d.kind() != leafPage || d.overflow() != 0 {
		return damaged(id, "inline bucket without a page header")
	}
	end, fault := d.check(nil, nil)
	if fault != "" {
		return damaged(id, "inline bucket: %s", fault)
	}
	if end != len(d) {
		return damaged(id, "inline bucket longer than its elements")
	}
	return p.readPairs(bucket, d, id)
}

// readPairs hands out the pairs of a checked leaf, which lies on page id.
func (p *pageReader) readPairs(bucket []byte, d diskPage, id uint64) error {
	for i := range d.count() {
		if d.flags(i) != 0 {
			return damaged(id, "not a plain value")
		}
		if err := p.visit(bucket, d.key(i), d.value(i)); err != nil {
			return err
		}
		p.report.pairs++
	}
	return nil
}
