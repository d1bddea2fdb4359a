package journal

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Format is a form in which entries come.
type Format string

// The formats that an import reads.
const (
	JSONLines Format = "jsonl"    // what [Journal.Export] writes
	Jrnl      Format = "jrnl"     // what jrnl writes with --format json
	DayOne    Format = "dayone"   // Day One's JSON export
	Markdown  Format = "markdown" // one file for an entry, with its date in it or in its name
)

// ErrFormat is returned by [OpenSource] when there is nothing that an import
// could read.
var ErrFormat = errors.New("nothing there is in a form that can be imported")

// A Source is a file or a folder with entries, which was found and is not yet
// read: what [Journal.ImportSource] takes in, once.
type Source struct {
	// Zone is the time zone of dates that do not say theirs; nil: time.Local.
	Zone *time.Location

	open   func(name string) (io.ReadCloser, error)
	close  func() error
	base   string // the folder that names are in
	names  []string
	single bool         // a file, and not a folder with one file
	format Format       // of every file; empty: of each its own
	found  ImportReport // what was left when it was looked through: Problems and Left
}

// OpenSource finds what there is to import at a path: a file, a folder, or a
// zip archive, which is looked through as a folder is. What is hidden is passed
// over. The format is seen from each file's name and beginning unless it is
// given. It returns [ErrFormat] or the system's error.
func OpenSource(name string, format Format) (*Source, error) {
	s := &Source{format: format, close: func() error { return nil }}
	s.found.Left = make(map[string]int)
	fi, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	whole, err := filepath.Abs(name) // a date may be in the names of folders
	if err != nil {
		return nil, err
	}
	if fi.IsDir() {
		s.base = filepath.ToSlash(whole)
		err = s.find(os.DirFS(name))
	} else {
		s.base, s.names = filepath.ToSlash(filepath.Dir(whole)), []string{filepath.Base(whole)}
		err = s.look(name)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// look sees what a file is. It is opened once: it may be a pipe.
func (s *Source) look(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s.close = f.Close
	head, err := io.ReadAll(io.LimitReader(f, headSize))
	if err != nil {
		return err
	}
	if strings.HasPrefix(string(head), "PK\x03\x04") {
		fi, err := f.Stat()
		if err != nil {
			return err
		}
		archive, err := zip.NewReader(f, fi.Size())
		if err != nil {
			return ErrFormat
		}
		s.base, s.names = "", nil
		return s.find(archive)
	}
	s.single = true
	s.open = func(string) (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(head), f)), nil
	}
	if s.format == "" {
		s.format = formatOf(name, head)
	}
	if s.format == "" {
		return ErrFormat
	}
	return nil
}

// Close lets go of the file.
func (s *Source) Close() error { return s.close() }

func (s *Source) zone() *time.Location { return cmp.Or(s.Zone, time.Local) }

// find lists what to read in a folder.
func (s *Source) find(files fs.FS) error {
	s.open = func(name string) (io.ReadCloser, error) { return files.Open(name) }
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(path.Base(name), ".")
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			s.found.Problems = append(s.found.Problems, LineError{File: name, Reason: "could not be read"})
		case hidden && d.IsDir():
			return fs.SkipDir
		case hidden || d.IsDir():
		case !s.reads(name):
			s.found.Left["other files"]++
		case !d.Type().IsRegular():
			s.found.Problems = append(s.found.Problems, LineError{File: name, Reason: "it is a link, which was not followed"})
		default:
			s.names = append(s.names, name)
		}
		return nil
	})
	if err == nil && len(s.names)+len(s.found.Problems) == 0 {
		err = ErrFormat
	}
	return err
}

// reads reports whether a file of a folder could hold entries, by its name.
func (s *Source) reads(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return s.format == "" || s.format == Markdown
	case ".json":
		return s.format == "" || s.format == Jrnl || s.format == DayOne
	case ".jsonl":
		return s.format == "" || s.format == JSONLines
	}
	return false
}

// headSize is how much of a file is looked at to see what it is, in bytes.
const headSize = 1 << 16

// formatMarks are what files in JSON are known by. A name in quotes with a
// colon is a key: inside a string its quotes would be escaped.
var formatMarks = []struct {
	format Format
	mark   *regexp.Regexp
}{
	{DayOne, regexp.MustCompile(`"creationDate"\s*:|"metadata"\s*:\s*\{[^{}]*\}\s*,\s*"entries"\s*:`)},
	{Jrnl, regexp.MustCompile(`"body"\s*:\s*"|"tags"\s*:\s*\{[^{}]*\}\s*,\s*"entries"\s*:`)},
	{JSONLines, regexp.MustCompile(`"kind"\s*:\s*"`)},
}

// formatOf says what a file is, from its name and its beginning; empty: none
// that an import reads.
func formatOf(name string, head []byte) Format {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return Markdown
	case ".jsonl":
		return JSONLines
	}
	for _, m := range formatMarks {
		if m.mark.Match(head) {
			return m.format
		}
	}
	return ""
}

// ImportSource takes in what another program wrote. note makes the entry that
// holds a text, as a note that is written here would; its identifier, dates and
// tags come from the other program:
//
//   - The text is kept byte for byte. Of jrnl it is the title and, on the next
//     line, the body. Front matter of a Markdown file is left out where there is
//     no more in it than date, title and tags.
//   - The identifier comes from the other program's own, or else from the date
//     and the text, so that importing twice takes nothing twice. Of an entry that
//     is here already the one changed last stays, as with [Journal.Import].
//   - Without a title of its own it is called by the first words of its text;
//     the marks of a Markdown heading are not among them.
//   - A date without a zone is in the source's; a date without a time stands at
//     noon, which is that day in most zones.
//   - A starred entry has the tag "starred".
//
// Everything else is counted in the report's Left. What cannot be taken is
// reported and stops nothing else; the error is about reading or saving, and
// what was reported as taken before it is kept.
func (j *Journal) ImportSource(s *Source, note func(text string) Entry) (ImportReport, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return ImportReport{}, err
	}
	b := newSourceImporter(j, s, note)
	for _, name := range s.names {
		if b.at = (LineError{}); !s.single {
			b.at.File = name
		}
		if err := b.file(name); err != nil {
			return b.report, errors.Join(err, b.save())
		}
	}
	return b.report, b.save()
}

// A sourceImporter takes in the files of a source.
type sourceImporter struct {
	*importer
	source   *Source
	note     func(text string) Entry
	versions map[string]version // of what was taken, by identifier
}

// A version tells one state of an entry from another.
type version struct {
	updated time.Time
	words   [sha256.Size]byte
}

func newSourceImporter(j *Journal, s *Source, note func(text string) Entry) *sourceImporter {
	b := &sourceImporter{importer: newImporter(j), source: s, note: note, versions: make(map[string]version)}
	b.report.Problems, b.report.Left = slices.Clone(s.found.Problems), maps.Clone(s.found.Left)
	return b
}

// maxSource bounds a file that is read as a whole, in bytes.
const maxSource = 1 << 30

// file takes in one file. Its error is that of a save: a file that cannot be
// read is a problem like others, of which the rest is taken.
func (b *sourceImporter) file(name string) error {
	f, err := b.source.open(name)
	if err != nil {
		b.problem("could not be read")
		return nil
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, headSize)
	format := b.source.format
	if format == "" {
		head, _ := in.Peek(headSize)
		format = formatOf(name, head)
	}
	limit := maxSource
	switch format {
	case "":
		b.report.Left["other files"]++
		return nil
	case JSONLines:
		if err := b.lines(in); err != nil && b.failed == nil {
			b.problem("could not be read from here on")
		}
		return b.failed
	case Markdown:
		limit = MaxEntrySize
	}
	data, err := io.ReadAll(io.LimitReader(in, int64(limit)+1))
	switch {
	case err != nil:
		b.problem("could not be read to its end, so nothing of it was taken")
	case len(data) > limit:
		b.problem("longer than any entry may be")
	case format == Markdown:
		b.markdown(path.Join(b.source.base, name), data)
	default:
		b.export(format, data)
	}
	return b.failed
}

// A writing is an entry of another program.
type writing struct {
	key              string // its name among all that the program wrote
	created, updated time.Time
	noon             bool // there was a day and no time
	title            string
	lead             string // where there is no title: what makes one; empty: the text
	text             string
	tags             []string
	doubts           []LineError // what was read otherwise than it stands, without the place that the importer knows
}

// doubt says what was read otherwise than it stands, and in which line if that
// is known better than of the whole entry.
func (w *writing) doubt(line int, reason string) {
	w.doubts = append(w.doubts, LineError{Line: line, Reason: reason})
}

// write takes an entry in.
func (b *sourceImporter) write(format Format, w writing) {
	switch {
	case strings.TrimSpace(w.text) == "":
		at := b.at
		at.Reason = "there are no words in it"
		b.report.Empty = append(b.report.Empty, at)
		return
	case strings.ContainsRune(w.text, 0):
		b.problem("it has a character in it that is no text (NUL)")
		return
	}
	e := b.note(w.text)
	e.ID = b.name(format, w)
	e.Created, e.Updated = w.created, w.updated
	e.Tags = w.tags
	switch {
	case w.title != "":
		e.Title = w.title
	case strings.TrimSpace(w.lead) != "":
		e.Title = b.note(w.lead).Title
	}
	err := e.check()
	if err == nil {
		err = b.take(e, len(w.text))
	}
	if err != nil {
		b.problem(err.Error())
		return
	}
	if w.noon {
		b.report.Noon++
	}
	for _, d := range w.doubts {
		at := b.at
		if at.Reason = d.Reason; d.Line > 0 {
			at.Line = d.Line
		}
		b.report.Doubts = append(b.report.Doubts, at)
	}
}

// headingMark is what makes a line of Markdown a heading.
var headingMark = regexp.MustCompile(`^\s*#{1,6}[ \t]+`)

// unmarked is a Markdown text without the mark of a heading that it starts with.
func unmarked(text string) string { return headingMark.ReplaceAllString(text, "") }

// name derives an entry's identifier. Of two versions of an entry that were
// changed at one moment neither is the later one: they are two entries.
func (b *sourceImporter) name(format Format, w writing) string {
	id := func(key string) string {
		sum := sha256.Sum256([]byte(string(format) + "\x00" + key))
		return hex.EncodeToString(sum[:8])
	}
	name := id(w.key)
	this := version{w.updated.UTC(), sha256.Sum256([]byte(w.text))}
	if other, ok := b.versions[name]; ok && other.updated.Equal(this.updated) && other.words != this.words {
		return id(w.key + "\x00" + string(this.words[:]))
	}
	b.versions[name] = this
	return name
}
