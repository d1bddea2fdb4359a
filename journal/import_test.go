package journal

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// asNote makes a note the way the screen would, as far as an import goes.
func asNote(text string) Entry {
	title, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return Entry{Header: Header{Kind: Note, Guide: "note", Title: strings.TrimSpace(title)}, Answers: []Answer{{Step: "note", Prompt: "?", Text: text}}}
}

var london = mustZone("Europe/London")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func importPath(t testing.TB, j *Journal, path string, format Format) ImportReport {
	t.Helper()
	s, err := OpenSource(path, format)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.Zone = london
	r, err := j.ImportSource(s, asNote)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// a kept is what a person would look for of an imported entry.
type kept struct {
	created, updated string
	title            string
	tags             string
	text             string
}

// keptEntries are the entries of a journal, the oldest first.
func keptEntries(t testing.TB, j *Journal) []kept {
	t.Helper()
	var out []kept
	for h := range j.Entries(Query{}) {
		e, err := j.Get(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		if e.Kind != Note || e.Guide != "note" || len(e.Answers) != 1 || e.Answers[0].Step != "note" {
			t.Errorf("not a note: %+v", e)
		}
		updated := ""
		if !e.Updated.Equal(e.Created) {
			updated = e.Updated.Format(time.RFC3339)
		}
		out = append(out, kept{e.Created.Format(time.RFC3339), updated, e.Title, strings.Join(e.Tags, ","), e.Answers[0].Text})
	}
	slices.Reverse(out)
	return out
}

func sameKept(t *testing.T, got, want []kept) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(want):
			t.Errorf("too many: %+v", got[i])
		case i >= len(got):
			t.Errorf("missing: %+v", want[i])
		case got[i] != want[i]:
			t.Errorf("got\n%+v\nwant\n%+v", got[i], want[i])
		}
	}
}

func sameProblems(t *testing.T, what string, got []LineError, want ...string) {
	t.Helper()
	var lines []string
	for _, p := range got {
		lines = append(lines, p.Error())
	}
	if !slices.Equal(lines, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

var jrnlKept = []kept{
	{"2026-11-18T17:42:00Z", "", "Two visits in the rain.", "visit,court", "Two visits in the rain.\nThe second one went better than I had feared. @visit @court"},
	{"2026-11-19T09:05:00Z", "", "A quiet day @visit", "visit,starred", "A quiet day @visit"},
	{"2026-11-20T23:59:00Z", "", "Zürich 山 👩\u200d👧", "", "Zürich 山 👩\u200d👧\nOne line.\n\n    and an indented one   \nwith \"quotes\" and a \\ stroke"},
}

var dayOneKept = []kept{
	{"2026-07-01T17:30:12+01:00", "2026-07-02T07:00:00Z", "A long day", "court,long days,starred", "# A long day\n\nThe court was adjourned\\. I said \"not yet\"\\.\n\n![](dayone-moment://6C886CB69DC14EB9A8B568678C0FDD32)\n"},
	{"2026-07-04T19:30:00-04:00", "2026-07-04T23:31:00Z", "Only in the rich form, and whole", "", "Only in the rich form, and whole"},
}

func TestImportJrnl(t *testing.T) {
	j := newTestJournal(t, testOptions())
	r := importPath(t, j, "testdata/import/jrnl.json", "")
	if r.counts() != [3]int{3, 0, 0} || r.Problems != nil || r.Empty != nil || r.Noon != 0 {
		t.Errorf("%+v", r)
	}
	if want := map[string]int{"other details": 1}; !maps.Equal(r.Left, want) {
		t.Errorf("left %v, want %v", r.Left, want)
	}
	sameKept(t, keptEntries(t, j), jrnlKept)
	if r := importPath(t, reopen(t, j), "testdata/import/jrnl.json", Jrnl); r.counts() != [3]int{0, 0, 3} {
		t.Errorf("again: %+v", r)
	}
}

// jrnl makes a file for each entry of a folder that it exports to.
func TestImportJrnlOneEntry(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "2026-11-20_one.json"), []byte(`{"title": "one", "body": "", "date": "2026-11-20", "time": "08:00", "tags": [], "starred": false}`+"\n"))
	writeFile(t, filepath.Join(dir, "2026-11-21_two.json"), []byte(`{"title": "two", "body": "", "date": "2026-11-21", "time": "08:00", "tags": [], "starred": false}`+"\n"))
	j := newTestJournal(t, testOptions())
	r := importPath(t, j, dir, "")
	if r.counts() != [3]int{2, 0, 0} || r.Problems != nil {
		t.Errorf("%+v", r)
	}
}

func TestImportDayOne(t *testing.T) {
	archive := filepath.Join(t.TempDir(), "export.zip")
	makeZip(t, archive, map[string]string{
		"Journal.json":             string(readFile(t, "testdata/import/dayone/Journal.json")),
		"photos/31c871f1.jpeg":     "\xff\xd8",
		"__MACOSX/._Journal.json":  "\x00\x05",
		"photos/6b73e9bd.jpeg":     "\xff\xd8",
		"videos/842e6f3bf38e.mp4":  "\x00",
		"Another Journal.json":     `{"metadata":{"version":"1.0"},"entries":[]}`,
		"something else/data.json": `{"data":[]}`,
	})
	const file = "testdata/import/dayone/Journal.json"
	left := map[string]int{"photos": 2, "videos": 1, "places": 1, "weather": 1, "other details": 1}
	for path, want := range map[string]struct {
		prefix string
		others int
	}{
		file:                        {"", 0},
		"testdata/import/dayone":    {"Journal.json, ", 0},
		archive:                     {"Journal.json, ", 4},
		"testdata/import/dayone/./": {"Journal.json, ", 0},
	} {
		j := newTestJournal(t, testOptions())
		r := importPath(t, j, path, "")
		if r.counts() != [3]int{2, 0, 0} {
			t.Errorf("%s: %+v", path, r)
		}
		all := maps.Clone(left)
		if want.others > 0 {
			all["other files"] = want.others
		}
		if !maps.Equal(r.Left, all) {
			t.Errorf("%s: left %v, want %v", path, r.Left, all)
		}
		sameProblems(t, path, r.Problems)
		sameProblems(t, path, r.Empty, want.prefix+"line 58, entry 2: there are no words in it")
		sameKept(t, keptEntries(t, j), dayOneKept)
		if r := importPath(t, reopen(t, j), file, DayOne); r.counts() != [3]int{0, 0, 2} {
			t.Errorf("again: %+v", r)
		}
	}
}

func makeZip(t testing.TB, path string, files map[string]string) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(files[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, path, b.Bytes())
}

// Of an entry that was changed there the later state comes in; one that was
// changed here stays. Two journals may have been given one name for two entries.
func TestImportLater(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Journal.json")
	entry := func(modified, text string) string {
		return fmt.Sprintf(`{"uuid":"A","creationDate":"2026-01-02T03:04:05Z","modifiedDate":%q,"text":%q}`, modified, text)
	}
	const early, late, later = "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z", "2026-12-01T00:00:00Z"
	j := newTestJournal(t, testOptions())
	steps := []struct {
		name    string
		entries []string
		want    [3]int // taken, kept, same
		texts   []string
	}{
		{"first", []string{entry(early, "1")}, [3]int{1, 0, 0}, []string{"1"}},
		{"changed there", []string{entry(late, "2")}, [3]int{1, 0, 0}, []string{"2"}},
		{"an older export", []string{entry(early, "1")}, [3]int{0, 1, 0}, []string{"2"}},
		{"both", []string{entry(early, "1"), entry(late, "2")}, [3]int{0, 1, 1}, []string{"2"}},
		{"of one moment", []string{entry(late, "2"), entry(late, "3")}, [3]int{1, 0, 1}, []string{"2", "3"}},
		{"of one moment, again", []string{entry(late, "2"), entry(late, "3")}, [3]int{0, 0, 2}, []string{"2", "3"}},
	}
	for _, s := range steps {
		writeFile(t, file, []byte(`{"metadata":{"version":"1.0"},"entries":[`+strings.Join(s.entries, ",")+`]}`))
		if r := importPath(t, j, file, ""); r.counts() != s.want || r.Problems != nil {
			t.Errorf("%s: %+v, want %v", s.name, r, s.want)
		}
		var texts []string
		for _, k := range keptEntries(t, j) {
			texts = append(texts, k.text)
		}
		if slices.Sort(texts); !slices.Equal(texts, s.texts) {
			t.Errorf("%s: %q, want %q", s.name, texts, s.texts)
		}
	}
	for h := range j.Entries(Query{}) {
		e, err := j.Get(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		e.Answers[0].Text = "changed here"
		put(t, j, e)
	}
	writeFile(t, file, []byte(`{"metadata":{},"entries":[`+entry(late, "2")+`]}`))
	if r := importPath(t, j, file, ""); r.counts() != [3]int{0, 1, 0} {
		t.Errorf("changed here: %+v", r)
	}
	writeFile(t, file, []byte(`{"metadata":{},"entries":[`+entry(later, "4")+`]}`))
	if r := importPath(t, j, file, ""); r.counts() != [3]int{1, 0, 0} {
		t.Errorf("changed there after that: %+v", r)
	}
}

func TestImportProblems(t *testing.T) {
	const marker = "xyzzy"
	jrnl := func(fields string) string { return `{"title":"` + marker + `","body":"b",` + fields + `}` }
	dayOne := func(fields string) string { return `{"uuid":"` + marker + `","text":"` + marker + `",` + fields + `}` }
	const jrnlDate, dayOneDate = `"date":"2026-11-20","time":"17:42"`, `"creationDate":"2026-11-20T17:42:00Z"`
	tests := []struct {
		name   string
		format Format
		entry  string
		want   string
	}{
		{"a number", Jrnl, `7`, "not an object"},
		{"null", Jrnl, `null`, "not an object"},
		{"a list", DayOne, `["` + marker + `"]`, "not an object"},
		{"no words", Jrnl, `{` + jrnlDate + `,"` + marker + `":1}`, "it has neither title nor body"},
		{"no date", Jrnl, jrnl(`"time":"17:42"`), "it has no date"},
		{"no date", DayOne, dayOne(`"creationDate":null`), "it has no date"},
		{"another date", Jrnl, jrnl(`"date":"20/11/2026","time":"17:42"`), "its date cannot be read"},
		{"another time", Jrnl, jrnl(`"date":"2026-11-20","time":"` + marker + `"`), "its date cannot be read"},
		{"31 February", Jrnl, jrnl(`"date":"2026-02-31","time":"17:42"`), "its date cannot be read"},
		{"a date of another form", DayOne, dayOne(`"creationDate":"2026-11-20"`), "its date cannot be read"},
		{"a number as date", DayOne, dayOne(`"creationDate":1700000000`), `the field "creationDate" does not hold what it should`},
		{"year 0", DayOne, dayOne(`"creationDate":"0000-11-20T17:42:00Z"`), "a date is outside the years 1 to 9999"},
		{"a list as text", DayOne, `{"uuid":"a","text":["` + marker + `"],` + dayOneDate + `}`, `the field "text" does not hold what it should`},
		{"numbers as tags", Jrnl, jrnl(jrnlDate + `,"tags":[1]`), `the field "tags" does not hold what it should`},
		{"a word as star", Jrnl, jrnl(jrnlDate + `,"starred":"` + marker + `"`), `the field "starred" does not hold what it should`},
		{"a field twice", DayOne, dayOne(dayOneDate + `,"text":"` + marker + ` again"`), "it has the same field twice"},
		{"not UTF-8", DayOne, dayOne(dayOneDate + `,"creationDevice":"` + "\xff" + `"`), "it is not UTF-8 text"},
		{"NUL", Jrnl, jrnl(jrnlDate + `,"uuid":"\u0000"`), ""},
		{"NUL in the text", DayOne, `{"text":"` + marker + `\u0000",` + dayOneDate + `}`, "it has a character in it that is no text (NUL)"},
		{"half a character", Jrnl, `{"title":"` + marker + `\ud83d","body":"",` + jrnlDate + `}`, `the field "title" has half a character in it`},
		{"the other half", DayOne, `{"text":"\udc69\ud83d",` + dayOneDate + `}`, `the field "text" has half a character in it`},
		{"no half, a stroke", DayOne, `{"text":"\\ud83d",` + dayOneDate + `}`, ""},
		{"whole characters", DayOne, `{"text":"\\\ud83d\udc69\u00e9\ufffd",` + dayOneDate + `}`, ""},
		{"rich text that is none", DayOne, `{"richText":"` + marker + `",` + dayOneDate + `}`, "its words are in a form that cannot be read (richText)"},
		{"an unknown zone", DayOne, dayOne(dayOneDate + `,"timeZone":"../../` + marker + `"`), ""},
		{"an unknown change", DayOne, dayOne(dayOneDate + `,"modifiedDate":"` + marker + `"`), ""},
		{"too long", DayOne, `{"text":"` + strings.Repeat(marker, MaxEntrySize/len(marker)+1) + `",` + dayOneDate + `}`, "the entry is too large"},
		{"too deep", DayOne, dayOne(dayOneDate + `,"location":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000)), "the JSON is broken, so nothing here could be read"},
	}
	j := newTestJournal(t, testOptions())
	for _, test := range tests {
		good := map[Format]string{Jrnl: `{"title":"good","date":"2026-01-01"}`, DayOne: `{"text":"good","creationDate":"2026-01-01T00:00:00Z"}`}[test.format]
		data := "\ufeff{\"entries\":[\n" + good + ",\n" + test.entry + ",\n" + strings.ReplaceAll(good, "good", "good again") + "]}"
		b := imported(j, test.format, []byte(data))
		want := 3
		if test.want != "" {
			want = 2
			sameProblems(t, test.name, b.report.Problems, "line 3, entry 2: "+test.want)
		} else {
			sameProblems(t, test.name, b.report.Problems)
		}
		if len(b.pending) != want {
			t.Errorf("%s: %d taken, want %d", test.name, len(b.pending), want)
		}
		var doubts []string
		if doubt := map[string]string{
			"an unknown zone":   "its time zone is not known here, so its time is written in this computer's",
			"an unknown change": "the date of its last change cannot be read, so the day it was written stands for that",
		}[test.name]; doubt != "" {
			doubts = []string{"line 3, entry 2: " + doubt}
		}
		sameProblems(t, test.name+", doubts", b.report.Doubts, doubts...)
		for _, p := range append(b.report.Problems, b.report.Doubts...) {
			if strings.Contains(p.Error(), marker) {
				t.Errorf("%s: %v", test.name, p)
			}
		}
	}
}

// imported reads an export without saving what it takes.
func imported(j *Journal, format Format, data []byte) *sourceImporter {
	b := newSourceImporter(j, &Source{Zone: time.UTC}, asNote)
	b.report.Left = make(map[string]int)
	b.export(format, data)
	return b
}

func TestImportSaveFails(t *testing.T) {
	j := newTestJournal(t, testOptions())
	s, err := OpenSource("testdata/import/jrnl.json", "")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := os.Remove(j.Path()); err != nil {
		t.Fatal(err)
	}
	if r, err := j.ImportSource(s, asNote); err == nil || r.Taken != 0 {
		t.Errorf("with the journal's file gone: %+v, %v", r, err)
	}
	j.Close()
	if _, err := j.ImportSource(s, asNote); !errors.Is(err, ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

func TestOpenSource(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		writeFile(t, path, []byte(content))
		return path
	}
	tests := []struct {
		name   string
		path   string
		format Format
		err    error
	}{
		{"nothing", filepath.Join(dir, "nothing"), "", fs.ErrNotExist},
		{"an empty file", file("empty", ""), "", ErrFormat},
		{"something else", file("letter.txt", "Dear diary"), "", ErrFormat},
		{"UTF-16", file("utf16.json", "\xff\xfe{\x00\"\x00"), "", ErrFormat},
		{"JSON of another kind", file("package.json", `{"metadata":{},"body":7}`), "", ErrFormat},
		{"a folder without", filepath.Dir(file("without/letter.txt", "Dear diary")), "", ErrFormat},
		{"a folder with something hidden", filepath.Dir(filepath.Dir(file("hidden/.trash/2026-11-20.md", "gone"))), "", ErrFormat},
		{"a folder with Markdown, as jrnl", filepath.Dir(file("markdown/2026-11-20.md", "text")), Jrnl, ErrFormat},
		{"a folder with Markdown", filepath.Join(dir, "markdown"), "", nil},
		{"half an archive", file("half.zip", "PK\x03\x04\x14\x00"), "", ErrFormat},
		{"as it was told", file("noending", "text"), Markdown, nil},
		{"an empty jrnl", file("jrnl", `{"tags": {}, "entries": []}`), "", nil},
		{"an empty Day One", file("dayone", `{ "metadata" : { "version" : "1.0" }, "entries" : [ ] }`), "", nil},
		{"an empty export", file("export.jsonl", ""), "", nil},
	}
	for _, test := range tests {
		s, err := OpenSource(test.path, test.format)
		if !errors.Is(err, test.err) || (err == nil) != (s != nil) {
			t.Errorf("%s: %v, want %v", test.name, err, test.err)
		}
		if s == nil {
			continue
		}
		r, err := newTestJournal(t, testOptions()).ImportSource(s, asNote)
		if err != nil || r.Taken > 1 || strings.HasPrefix(test.name, "an empty") && (r.Taken > 0 || r.Problems != nil) {
			t.Errorf("%s: %+v, %v", test.name, r, err)
		}
		s.Close()
	}
}

// A file of our own lines is taken from a folder as it is by itself.
func TestImportFolderOfAll(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "golden.jsonl"), []byte(goldenLines()+"{\n"))
	writeFile(t, filepath.Join(dir, "jrnl.json"), readFile(t, "testdata/import/jrnl.json"))
	writeFile(t, filepath.Join(dir, "2026-11-20.md"), []byte("a page"))
	j := newTestJournal(t, testOptions())
	r := importPath(t, j, dir, "")
	if r.counts() != [3]int{24 + 3 + 1, 0, 0} || r.Noon != 1 {
		t.Errorf("%+v", r)
	}
	sameProblems(t, "lines", r.Problems, "golden.jsonl, line 25: not a whole JSON object")
}

// More than one commit's worth.
func TestImportManyEntries(t *testing.T) {
	var entries []json.RawMessage
	for i := range importBatch + 1 {
		entries = append(entries, json.RawMessage(fmt.Sprintf(`{"title":"entry %d","body":"","date":"2026-11-20","time":"17:42"}`, i)))
	}
	data, err := json.MarshalIndent(map[string]any{"entries": entries, "tags": map[string]int{}}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "jrnl.json")
	writeFile(t, file, data)
	j := newTestJournal(t, testOptions())
	if r := importPath(t, j, file, ""); r.counts() != [3]int{importBatch + 1, 0, 0} || r.Problems != nil {
		t.Errorf("%v %v", r.counts(), r.Problems)
	}
}
