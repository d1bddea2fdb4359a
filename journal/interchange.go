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
	"strconv"
	"strings"
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

// An ImportReport says what became of each line of an import, or of each entry
// of another program.
type ImportReport struct {
	Taken    int            // new here, or newer than what was here
	Kept     int            // ours was newer, and stays
	Same     int            // the same as here
	Problems []LineError    // what could not be taken
	Empty    []LineError    // entries without a word: there was nothing to take
	Doubts   []LineError    // what was taken otherwise than it stands there, and how
	Noon     int            // entries that have a day and no time, and stand at noon
	Left     map[string]int // what has no place in a journal, and how many: "photos", "places"
}

// A LineError is what could not be taken, and where it is. It does not quote
// it. The name of a file is not more than the person sees in the folder that
// they named; without it nobody could find the file among hundreds.
type LineError struct {
	File   string // in the folder that is imported; empty: there is but one
	Line   int    // from 1; 0: all of the file
	Last   int    // the last line, where there are several
	Entry  int    // which of the file's entries it is, from 1; 0: they are not counted
	Reason string
}

func (e LineError) Error() string {
	var at []string
	if e.File != "" {
		name := strconv.Quote(e.File) // what a terminal would obey is shown as what it is
		if name == `"`+e.File+`"` {
			name = e.File
		}
		at = append(at, name)
	}
	if e.Last > e.Line {
		at = append(at, fmt.Sprintf("lines %d to %d", e.Line, e.Last))
	} else if e.Line > 0 {
		at = append(at, fmt.Sprintf("line %d", e.Line))
	}
	if e.Entry > 0 {
		at = append(at, fmt.Sprintf("entry %d", e.Entry))
	}
	if len(at) == 0 {
		return e.Reason // there is one file, and it is known which
	}
	return strings.Join(at, ", ") + ": " + e.Reason
}

// importBatch is how many entries are saved in one commit.
const importBatch = 4000

// importBytes bounds what is held for one commit, in bytes.
const importBytes = 64 << 20

// maxLine bounds one line of an import, in bytes.
const maxLine = 2 * MaxEntrySize

// Import takes entries as [Journal.Export] writes them. Of an entry that is
// here already the one changed last stays. Where that is the one that comes, all
// that was here and is not in it is kept with it: as an earlier version, among
// its earlier versions, or its later thoughts. A line that cannot be taken is
// reported and stops nothing else; the error is about reading or saving, and what
// was reported as taken before it is kept.
func (j *Journal) Import(r io.Reader) (ImportReport, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return ImportReport{}, err
	}
	b := newImporter(j)
	err := b.lines(bufio.NewReaderSize(r, 1<<16))
	return b.report, errors.Join(err, b.save())
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
	report  ImportReport
	at      LineError // where it is
	pending []*record
	size    int              // of pending, in bytes
	index   map[recordID]int // where in pending a record is
	failed  error            // a save that did not work: nothing comes after it
}

func newImporter(j *Journal) *importer {
	return &importer{j: j, index: make(map[recordID]int)}
}

// problem says of the place where the importer is that it was left.
func (b *importer) problem(reason string) {
	p := b.at
	p.Reason = reason
	b.report.Problems = append(b.report.Problems, p)
}

// lines takes entries as [Journal.Export] writes them. The error is about
// reading or saving.
func (b *importer) lines(in *bufio.Reader) error {
	for line := 1; ; line++ {
		text, long, err := readLine(in)
		b.at.Line = line
		switch {
		case long:
			b.problem("longer than any entry may be")
		case len(bytes.TrimSpace(text)) > 0:
			b.line(text)
		}
		if b.failed != nil || err == io.EOF {
			return b.failed
		}
		if err != nil {
			return err
		}
	}
}

func (b *importer) line(text []byte) {
	e, err := parseLine(text)
	if err == nil {
		err = b.take(e, len(text))
	}
	if err != nil {
		b.problem(err.Error())
	}
}

// take stores an entry unless the same or a newer one is here. The error says
// why it cannot be stored.
func (b *importer) take(e Entry, size int) error {
	id := b.j.keys.recordID(entryName(e.ID))
	mine := b.j.records[id]
	at, again := b.index[id]
	if again {
		mine = b.pending[at]
	}
	if mine != nil {
		old, err := mine.entry()
		if err != nil {
			return err
		}
		e = e.withAll(old)
	}
	rec, err := b.j.next(id, typeEntry, e, Place{})
	if err != nil {
		return err
	}
	b.size += size
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
		b.report.Kept++ // of two lines for one entry, one is kept as its earlier version
	default:
		b.index[id] = len(b.pending)
		b.pending = append(b.pending, rec)
	}
	if len(b.pending) >= importBatch || b.size >= importBytes {
		b.failed = b.save()
	}
	return nil
}

// withAll is the entry with all that another state of it has and it has not:
// what that says, as an earlier version, its own earlier versions, and its later
// thoughts.
func (e Entry) withAll(old Entry) Entry {
	says := func(v Version) bool { return e.Title == v.Title && sameAnswers(e.Answers, v.Answers) }
	earlier := slices.Clone(e.Earlier)
	for _, v := range append(slices.Clone(old.Earlier), Version{Until: e.Updated, Title: old.Title, Answers: old.Answers}) {
		same := func(w Version) bool { return w.Title == v.Title && sameAnswers(w.Answers, v.Answers) }
		if !says(v) && !slices.ContainsFunc(earlier, same) {
			earlier = append(earlier, v)
		}
	}
	later := slices.Clone(e.Later)
	for _, t := range old.Later {
		if !slices.ContainsFunc(later, func(u Thought) bool { return u.Text == t.Text && u.Added.Equal(t.Added) }) {
			later = append(later, t)
		}
	}
	if len(earlier) > len(e.Earlier) {
		slices.SortStableFunc(earlier, func(a, b Version) int { return a.Until.Compare(b.Until) })
	}
	if len(later) > len(e.Later) {
		slices.SortStableFunc(later, func(a, b Thought) int { return a.Added.Compare(b.Added) })
	}
	e.Earlier, e.Later = earlier, later
	return e
}

func sameEntry(a, b *record) bool {
	x, err1 := encodeJSON(a.head.Header)
	y, err2 := encodeJSON(b.head.Header)
	return err1 == nil && err2 == nil && bytes.Equal(x, y) && bytes.Equal(a.body, b.body)
}

func (b *importer) save() error {
	b.size = 0
	if len(b.pending) == 0 || b.failed != nil {
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
	if err := lossless(text); err != nil {
		return e, err
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
		return errUnknownField
	}
	return errors.New("a value in it is not of the right form")
}
