package journal

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"
)

// Export writes the entries that match as JSON, one on each line, oldest
// first: the same journal gives the same bytes. It is not encrypted.
func (j *Journal) Export(w io.Writer, q Query) (n int, err error) {
	out := bufio.NewWriterSize(w, 1<<16)
	for _, h := range slices.Backward(slices.Collect(j.Entries(q))) {
		e, err := j.Get(h.ID)
		if err != nil {
			return n, err
		}
		line, err := encodeJSON(e)
		if err != nil {
			return n, err
		}
		out.Write(append(line, '\n'))
		n++
	}
	return n, out.Flush()
}

// An ImportReport says what became of each line of an import.
type ImportReport struct {
	Taken    int // new here, or newer than what was here
	Kept     int // ours was newer, and stays
	Same     int // the same as here
	Problems []LineError
}

// A LineError is a line that could not be taken. It does not quote the line.
type LineError struct {
	Line   int // from 1
	Reason string
}

func (e LineError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

// importBatch is how many entries are saved in one commit.
const importBatch = 4000

// importBytes bounds what is held for one commit, in bytes.
const importBytes = 64 << 20

// maxLine bounds one line of an import, in bytes.
const maxLine = 2 * MaxEntrySize

// Import takes entries as [Journal.Export] writes them. Of an entry that is
// here already the one changed last stays. A line that cannot be taken is
// reported and stops nothing else; the error is about reading or saving, and
// what was reported as taken before it is kept.
func (j *Journal) Import(r io.Reader) (ImportReport, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var report ImportReport
	if err := j.writable(); err != nil {
		return report, err
	}
	b := importer{j: j, report: &report, index: make(map[recordID]int)}
	in := bufio.NewReaderSize(r, 1<<16)
	for line := 1; ; line++ {
		text, long, err := readLine(in)
		if len(bytes.TrimSpace(text)) > 0 || long {
			b.line(line, text, long)
		}
		if len(b.pending) >= importBatch || b.size >= importBytes {
			if err := b.save(); err != nil {
				return report, err
			}
		}
		if err == io.EOF {
			return report, b.save()
		}
		if err != nil {
			return report, errors.Join(err, b.save())
		}
	}
}

// readLine reads up to the next newline. A line longer than maxLine is read to
// its end and reported as long, without keeping it.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			line, long = nil, true
		}
		if !long {
			line = append(line, part...)
		}
		if err != bufio.ErrBufferFull {
			return line, long, err
		}
	}
}

// An importer collects the entries of one commit.
type importer struct {
	j       *Journal
	report  *ImportReport
	pending []*record
	size    int              // of pending, in bytes
	index   map[recordID]int // where in pending a record is
}

func (b *importer) line(n int, text []byte, long bool) {
	fail := func(reason string) { b.report.Problems = append(b.report.Problems, LineError{n, reason}) }
	if long {
		fail("longer than any entry may be")
		return
	}
	e, err := parseLine(text)
	if err != nil {
		fail(err.Error())
		return
	}
	id := b.j.keys.recordID(entryName(e.ID))
	mine := b.j.records[id]
	at, again := b.index[id]
	if again {
		mine = b.pending[at]
	}
	b.size += len(text)
	rec, err := b.j.next(id, typeEntry, e, Place{})
	if err != nil {
		fail(err.Error())
		return
	}
	switch {
	case mine == nil:
		b.index[id] = len(b.pending)
		b.pending = append(b.pending, rec)
	case sameEntry(mine, rec):
		b.report.Same++
	case !mine.head.Updated.Before(e.Updated):
		b.report.Kept++
	case again:
		b.pending[at] = rec
		b.report.Kept++ // of two lines for one entry, one is left out
	default:
		b.index[id] = len(b.pending)
		b.pending = append(b.pending, rec)
	}
}

func sameEntry(a, b *record) bool {
	x, err1 := encodeJSON(a.head.Header)
	y, err2 := encodeJSON(b.head.Header)
	return err1 == nil && err2 == nil && bytes.Equal(x, y) && bytes.Equal(a.body, b.body)
}

func (b *importer) save() error {
	b.size = 0
	if len(b.pending) == 0 {
		return nil
	}
	if err := b.j.commit(change{put: b.pending}); err != nil {
		return err
	}
	b.report.Taken += len(b.pending)
	b.pending = nil
	clear(b.index)
	return nil
}

// parseLine reads one entry strictly: what it does not know it does not drop
// in silence. Its errors quote nothing.
func parseLine(text []byte) (Entry, error) {
	var e Entry
	if !utf8.Valid(text) {
		return e, errors.New("not UTF-8 text")
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		return e, lineProblem(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return e, errors.New("more than one entry on the line")
	}
	if e.ID == "" {
		// Its own bytes name it, so that importing it twice keeps it once.
		sum := sha256.Sum256(bytes.TrimSpace(text))
		e.ID = hex.EncodeToString(sum[:8])
	}
	if e.Updated.IsZero() {
		e.Updated = e.Created
	}
	return e, e.check()
}

// lineProblem says what is wrong with a line without saying what is on it.
func lineProblem(err error) error {
	var wrongType *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &wrongType) && wrongType.Field == "":
		return errors.New("not an object")
	case errors.As(err, &wrongType):
		return fmt.Errorf("the field %q does not hold what it should", wrongType.Field)
	case errors.As(err, &syntax), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("not a whole JSON object")
	case bytes.Contains([]byte(err.Error()), []byte("unknown field")):
		return errors.New("it has a field that goodenough does not know")
	}
	return errors.New("a value in it is not of the right form")
}
