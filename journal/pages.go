package journal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

// What bbolt v1.5.0 writes at the head of its pages. Files are in the byte
// order of the machine that made them: only little-endian ones are read, the
// magic number refuses the rest.
const (
	pageHeaderSize  = 16 // id uint64, kind uint16, count uint16, overflow uint32
	pageElementSize = 16
	metaSize        = 64

	branchPage   uint16 = 0x01
	leafPage     uint16 = 0x02
	metaPage     uint16 = 0x04
	freelistPage uint16 = 0x10

	longFreelist = 0xFFFF // as a count: the first entry holds the real one

	metaMagic   = 0xED0CDAED
	metaVersion = 2

	minPageSize = 1 << 10
	maxPageSize = 1 << 16
)

// Bounds that bbolt does not set itself. They keep a crafted file from costing
// more memory than any journal could, and bbolt from reaching a number it
// cannot count beyond.
const (
	maxPages     = 1 << 24    // 64 GiB in pages of 4 KiB
	maxPageBytes = 0xFFFFFFF  // bbolt's longest slice on a 32-bit machine
	maxTxid      = 1 << 62    // bbolt counts on from here without a check
	readAhead    = 256 * 1024 // bytes, once reads follow each other
)

// errPages is wrapped by every error that means the file is damaged.
var errPages = errors.New("damaged file")

// pageError says where a file is damaged and how, never what is written there.
type pageError struct {
	page  uint64 // 0 where the whole file is meant
	what  string
	cause error // of a failed read, otherwise nil
}

func damaged(page uint64, format string, args ...any) error {
	return &pageError{page: page, what: fmt.Sprintf(format, args...)}
}

func (e *pageError) Error() string {
	s := e.what
	if e.page != 0 {
		s = fmt.Sprintf("page %d: %s", e.page, e.what)
	}
	if e.cause != nil {
		s += ": " + e.cause.Error()
	}
	return s
}

func (e *pageError) Unwrap() []error {
	if e.cause == nil {
		return []error{errPages}
	}
	return []error{errPages, e.cause}
}

// pageReport says what readPages found on its way.
type pageReport struct {
	txid     uint64 // of the last commit
	pageSize int
	pages    int // in use or free, the two meta pages among them
	pairs    int
	badMetas int // 1: one of the two meta pages is damaged, the last commit may be lost
	buckets  []string
}

// pageReader walks a bbolt file once. bbolt maps a file into memory and follows
// the offsets in it unchecked, so a flipped bit can end the process or destroy
// other entries at the next save. A file is read here first, with no trust in
// any byte, and only what bbolt itself could have written is let through.
type pageReader struct {
	pageWindow
	visit  func(bucket, key, value []byte) error
	meta   pageMeta
	used   []bool // by page number: a page belongs to one place only
	report pageReport
}

// readPages checks the whole file and calls visit for every pair, in bucket and
// key order. The slices are only valid during the call. A pair may be visited
// before damage is found on a later page, so pairs are not to be trusted until
// readPages returns nil. The error wraps errPages or is visit's own.
func readPages(r io.ReaderAt, size int64, visit func(bucket, key, value []byte) error) (pageReport, error) {
	p := &pageReader{pageWindow: pageWindow{r: r, size: size}, visit: visit}
	if err := p.readMetas(); err != nil {
		return p.report, err
	}
	p.used = make([]bool, p.meta.pages)
	p.used[0], p.used[1] = true, true
	if err := p.readFreelist(); err != nil {
		return p.report, err
	}
	if err := p.readTree(&pageTree{}, p.meta.root, 0, 1, nil, nil); err != nil {
		return p.report, err
	}
	for id, used := range p.used {
		if !used {
			return p.report, damaged(uint64(id), "neither used nor free")
		}
	}
	return p.report, nil
}

// pageMeta is one of the two meta pages. Each commit writes the older one anew.
type pageMeta struct {
	pageSize uint32
	flags    uint32
	root     uint64 // page of the root bucket
	freelist uint64 // page of the freelist
	pages    uint64 // high-water mark: pages in use or free
	txid     uint64
	valid    bool // bbolt would take it: magic, version and checksum hold
	sound    bool // valid, and its page header is as bbolt writes it
}

// readMetas finds the meta page that bbolt would go by, and refuses a file in
// which bbolt could go by another.
func (p *pageReader) readMetas() error {
	if p.size < 4*minPageSize {
		return damaged(0, "too short: %d bytes", p.size)
	}
	zero, err := p.readMeta(0)
	if err != nil {
		return err
	}
	var one pageMeta
	if zero.valid {
		one, err = p.readMeta(int64(zero.pageSize))
	} else {
		one, err = p.searchMeta()
	}
	if err != nil {
		return err
	}
	m := zero
	if !zero.valid || one.valid && one.txid > zero.txid {
		m = one
	}
	if !zero.sound && !one.sound {
		return damaged(0, "neither meta page is valid")
	}
	if !zero.sound || !one.sound || zero.txid == one.txid {
		p.report.badMetas = 1
	}
	switch inFile := uint64(p.size / int64(m.pageSize)); {
	case m.flags != 0:
		return damaged(0, "unknown meta flags %#x", m.flags)
	case m.txid >= maxTxid:
		return damaged(0, "commit number %d out of range", m.txid)
	case m.pages < 4 || m.pages > inFile || m.pages > maxPages:
		return damaged(0, "%d pages expected, %d in the file", m.pages, inFile)
	}
	p.meta = m
	p.report.txid = m.txid
	p.report.pageSize = int(m.pageSize)
	p.report.pages = int(m.pages)
	return nil
}

// searchMeta looks for the second meta page in a file whose first is damaged,
// at the places where bbolt looks: the page size is not known yet.
func (p *pageReader) searchMeta() (pageMeta, error) {
	for off := int64(minPageSize); off <= maxPageSize && off < p.size-minPageSize; off *= 2 {
		if m, err := p.readMeta(off); m.valid || err != nil {
			return m, err
		}
	}
	return pageMeta{}, nil
}

// readMeta reads the meta page at off. One that is not valid is no error, one
// that bbolt would take and be misled by is.
func (p *pageReader) readMeta(off int64) (pageMeta, error) {
	b, err := p.read(off, pageHeaderSize+metaSize)
	if err != nil {
		return pageMeta{}, &pageError{what: "unreadable meta page", cause: err}
	}
	head, b := diskPage(b[:pageHeaderSize]), b[pageHeaderSize:]
	le := binary.LittleEndian
	sum := fnv.New64a()
	sum.Write(b[:56])
	if le.Uint32(b) != metaMagic || le.Uint32(b[4:]) != metaVersion || le.Uint64(b[56:]) != sum.Sum64() {
		return pageMeta{}, nil
	}
	m := pageMeta{
		pageSize: le.Uint32(b[8:]),
		flags:    le.Uint32(b[12:]),
		root:     le.Uint64(b[16:]), // the root bucket's sequence, at 24, is never used
		freelist: le.Uint64(b[32:]),
		pages:    le.Uint64(b[40:]),
		txid:     le.Uint64(b[48:]),
		valid:    true,
	}
	if m.pageSize < minPageSize || m.pageSize > maxPageSize || m.pageSize&(m.pageSize-1) != 0 {
		return pageMeta{}, damaged(0, "page size %d", m.pageSize)
	}
	if off != 0 && off != int64(m.pageSize) {
		return pageMeta{}, damaged(0, "the meta pages disagree on the page size")
	}
	slot := min(uint64(off), 1) // page 0 or page 1
	m.sound = head.id() == slot && head.kind() == metaPage && head.count() == 0 && head.overflow() == 0
	return m, nil
}

// take reads page id, to which page from points, with its overflow pages, and
// marks them as used. The bytes are only valid until the next read.
func (p *pageReader) take(id, from uint64) (diskPage, error) {
	if id < 2 || id >= p.meta.pages {
		return nil, damaged(from, "points to page %d of %d", id, p.meta.pages)
	}
	pageSize := int64(p.meta.pageSize)
	off := int64(id) * pageSize
	b, err := p.read(off, pageSize)
	if err != nil {
		return nil, &pageError{page: id, what: "unreadable", cause: err}
	}
	d := diskPage(b)
	if d.id() != id {
		return nil, damaged(id, "says it is page %d", d.id())
	}
	more := uint64(d.overflow())
	if more >= p.meta.pages-id || more >= maxPageBytes/uint64(pageSize) {
		return nil, damaged(id, "%d overflow pages do not fit the file", more)
	}
	for i := id; i <= id+more; i++ {
		if p.used[i] {
			return nil, damaged(i, "used twice")
		}
		p.used[i] = true
	}
	if more == 0 {
		return d, nil
	}
	if b, err = p.read(off, int64(more+1)*pageSize); err != nil {
		return nil, &pageError{page: id, what: "unreadable", cause: err}
	}
	return diskPage(b), nil
}

// readFreelist marks the free pages as used. bbolt believes the list: a page on
// it that holds an entry is written over at the next save.
func (p *pageReader) readFreelist() error {
	list := p.meta.freelist
	d, err := p.take(list, 0)
	if err != nil {
		return err
	}
	if d.kind() != freelistPage {
		return damaged(list, "kind %#x where the freelist should be", d.kind())
	}
	n, ids := uint64(d.count()), d[pageHeaderSize:]
	if n == longFreelist {
		n, ids = binary.LittleEndian.Uint64(ids), ids[8:]
	}
	if n > uint64(len(ids)/8) {
		return damaged(list, "%d free pages do not fit", n)
	}
	last := uint64(1)
	for i := range int(n) {
		id := binary.LittleEndian.Uint64(ids[8*i:])
		if id <= last || id >= p.meta.pages {
			return damaged(list, "free pages out of order or range")
		}
		if p.used[id] {
			return damaged(id, "used twice")
		}
		p.used[id] = true
		last = id
	}
	return nil
}

// pageWindow reads a file through one buffer. Pages that bbolt wrote together
// lie together: where one read follows on another it reads ahead.
type pageWindow struct {
	r    io.ReaderAt
	size int64
	buf  []byte // the bytes at off
	off  int64
	next int64 // where the last read ended
}

// read returns n bytes at off. They are only valid until the next read.
func (w *pageWindow) read(off, n int64) ([]byte, error) {
	if off > w.size || n > w.size-off {
		return nil, io.ErrUnexpectedEOF
	}
	if off < w.off || off+n > w.off+int64(len(w.buf)) {
		fill := n
		if off == w.next {
			fill = max(n, min(readAhead, w.size-off))
		}
		if int64(cap(w.buf)) < fill {
			w.buf = make([]byte, fill)
		}
		w.buf = w.buf[:fill]
		got, err := w.r.ReadAt(w.buf, off)
		w.buf, w.off = w.buf[:got], off
		if int64(got) < n {
			return nil, err
		}
	}
	w.next = off + n
	return w.buf[off-w.off:][:n], nil
}
