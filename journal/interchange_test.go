package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func exported(t testing.TB, j *Journal, q Query) string {
	t.Helper()
	var b strings.Builder
	if _, err := j.Export(&b, q); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func mustImport(t testing.TB, j *Journal, text string) ImportReport {
	t.Helper()
	r, err := j.Import(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// counts is a report without its problems.
func (r ImportReport) counts() [3]int { return [3]int{r.Taken, r.Kept, r.Same} }

func TestExportImport(t *testing.T) {
	j := newTestJournal(t, testOptions())
	put(t, j, fullEntry())
	put(t, j, written("żółw \u2028 \x01 👩🏽‍⚕️ <b>"))
	put(t, j, Entry{})
	if _, err := j.SetDraft(Draft{Entry: written("a draft is not exported")}); err != nil {
		t.Fatal(err)
	}
	text := exported(t, j, Query{})
	if strings.Count(text, "\n") != 3 || strings.Contains(text, "draft") {
		t.Errorf("exported\n%s", text)
	}
	fresh := newTestJournal(t, testOptions())
	if r := mustImport(t, fresh, text); r.counts() != [3]int{3, 0, 0} || r.Problems != nil {
		t.Errorf("%+v", r)
	}
	for range 2 {
		if got := exported(t, fresh, Query{}); got != text {
			t.Errorf("exported again\n%s\nwant\n%s", got, text)
		}
		if r := mustImport(t, fresh, text); r.counts() != [3]int{0, 0, 3} {
			t.Errorf("imported again: %+v", r)
		}
		fresh = reopen(t, fresh)
	}
	if got := exported(t, fresh, Query{Kind: CheckIn}); strings.Count(got, "\n") != 1 || !strings.HasPrefix(text, got) {
		t.Errorf("the check-ins only:\n%s", got)
	}
	if _, err := fresh.Export(failingWriter{}, Query{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a writer that gives way: %v", err)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// What other programs wrote is kept as they wrote it.
func TestImportKeepsWhatItIsGiven(t *testing.T) {
	lines := []string{
		`{"id":"5b3a6e3e-0a52-4d3c-9c0e-3c1f6c2f7a10","kind":"letter","created":"1999-12-31T23:59:59.123456789-05:30","updated":"2001-01-01T00:00:00+14:00"}`,
		`{"id":"e1","kind":"note","created":"2026-01-01T00:00:00Z","updated":"2026-01-01T00:00:00.5Z","answers":[{"step":"","text":"x"}]}`,
		`{"id":"with blanks / and \"quotes\" żó","kind":"note","created":"2026-01-01T00:00:01Z","updated":"2026-01-01T00:00:01Z","bring":{"share":false}}`,
		`{"id":"e2","kind":"note","created":"2026-01-01T00:00:02Z","updated":"2026-01-01T00:00:02Z","answers":[{"step":"s","text":"x","bring":{"side":"beyond","share":true}},{"step":"t","value":0,"bring":{"share":false}}]}`,
		`{"id":"e3","kind":"note","created":"2026-01-01T00:00:03Z","updated":"2026-01-01T00:00:03Z","answers":[{"step":"s","text":"\\ud83d 😀","shares":{"A word":1,"a word":2}}]}`,
		`{"id":"` + strings.Repeat("i", 128) + `","kind":"note","created":"9999-12-31T23:59:59Z","updated":"9999-12-31T23:59:59Z"}`,
	}
	j := newTestJournal(t, testOptions())
	text := strings.Join(lines, "\n") + "\n"
	if r := mustImport(t, j, text); r.counts() != [3]int{6, 0, 0} || r.Problems != nil {
		t.Errorf("%+v", r)
	}
	for range 2 {
		if got := exported(t, j, Query{}); got != text {
			t.Errorf("exported\n%s\nwant\n%s", got, text)
		}
		if e, err := j.Find("5b3a"); err != nil || e.Created.Nanosecond() != 123456789 {
			t.Errorf("%+v, %v", e.Header, err)
		}
		j = reopen(t, j)
	}
}

func TestImportLines(t *testing.T) {
	const marker = "xyzzy"
	good := func(id string) string {
		return fmt.Sprintf(`{"id":%q,"kind":"note","created":"2026-01-02T03:04:05Z"}`, id)
	}
	bad := []struct{ name, line string }{
		{"not JSON", "Dear diary, " + marker},
		{"cut short", `{"id":"` + marker + `","kind":"note","created":"2026-01-02T03:0`},
		{"a list", `["` + marker + `"]`},
		{"a string", `"` + marker + `"`},
		{"a number", `7`},
		{"null", `null`},
		{"an empty object", `{}`},
		{"unknown field", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","` + marker + `":1}`},
		{"unknown field within", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","answers":[{"step":"s","` + marker + `":1}]}`},
		{"created missing", `{"id":"` + marker + `","kind":"note"}`},
		{"kind missing", `{"id":"` + marker + `","created":"2026-01-02T03:04:05Z"}`},
		{"created is not a date", `{"id":"a","kind":"note","created":"` + marker + `"}`},
		{"created is a number", `{"id":"a","kind":"note","created":1767323045}`},
		{"year 0 later", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","later":[{"added":"0000-01-02T03:04:05Z","text":"` + marker + `"}]}`},
		{"year 0 earlier", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","earlier":[{"until":"0000-01-02T03:04:05Z","title":"` + marker + `"}]}`},
		{"unknown field in an earlier version", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","earlier":[{"until":"2026-01-02T03:04:05Z","` + marker + `":1}]}`},
		{"year 0", `{"id":"a","kind":"note","created":"0000-01-02T03:04:05Z"}`},
		{"wrong type within", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","answers":[{"step":"s","shares":{"` + marker + `":"` + marker + `"}}]}`},
		{"half a square", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","answers":[{"step":"s","shares":{"` + marker + `":0.5}}]}`},
		{"number too large", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","answers":[{"step":"s","value":` + strings.Repeat("9", 40) + `}]}`},
		{"two on a line", good(marker) + good(marker)},
		{"something behind", good(marker) + " " + marker},
		{"not UTF-8", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","title":"` + marker + "\xff\"}"},
		{"a field twice", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","title":"a","title":"` + marker + `"}`},
		{"a field twice within", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","answers":[{"step":"s","text":"a","text":"` + marker + `"}]}`},
		{"a part of the day twice", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","answers":[{"step":"s","shares":{"` + marker + `":1,"` + marker + `":2}}]}`},
		{"a field twice but for its case", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","answers":[{"step":"s","text":"a","Text":"` + marker + `"}]}`},
		{"half a character", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","answers":[{"step":"s","text":"` + marker + ` \ud83d"}]}`},
		{"id of two lines", good(marker + "\n")},
		{"long id", good(strings.Repeat(marker, 30))},
		{"too deep", strings.Repeat("[", 20_000)},
		{"too large an entry", `{"id":"a","kind":"note","created":"2026-01-02T03:04:05Z","title":"` + strings.Repeat(marker, MaxEntrySize/len(marker)+1) + `"}`},
		{"too long a line", `{"id":"` + marker + `"` + strings.Repeat(" ", maxLine) + `}`},
	}
	j := newTestJournal(t, testOptions())
	var text strings.Builder
	want := make(map[int]string)
	line := 0
	add := func(s string) { line++; text.WriteString(s + "\n") }
	for i, b := range bad {
		add(good(fmt.Sprint("good", i)))
		add(b.line)
		want[line] = b.name
		add("")
		add(" \t\r")
	}
	text.WriteString(good("last, without an end of line"))
	r := mustImport(t, j, text.String())
	if r.counts() != [3]int{len(bad) + 1, 0, 0} || j.Len() != len(bad)+1 {
		t.Errorf("%v and %d entries, want the %d good ones", r.counts(), j.Len(), len(bad)+1)
	}
	for _, p := range r.Problems {
		if want[p.Line] == "" {
			t.Errorf("line %d is good, but: %s", p.Line, p.Reason)
		}
		if strings.Contains(p.Error(), marker) || len(p.Reason) > 80 || strings.Contains(p.Reason, `""`) {
			t.Errorf("%s: %.200s", want[p.Line], p.Error())
		}
		delete(want, p.Line)
	}
	if len(want) > 0 {
		t.Errorf("taken without a word: %v", want)
	}
	if j = reopen(t, j); j.Len() != len(bad)+1 || !j.Damage().Whole() {
		t.Errorf("%d entries, %v", j.Len(), j.Damage())
	}
}

func TestImportAgain(t *testing.T) {
	line := func(id, updated, title string) string {
		return fmt.Sprintf(`{"id":%q,"kind":"note","created":"2026-01-02T03:04:05Z","updated":%q,"title":%q}`+"\n", id, updated, title)
	}
	const early, late = "2026-02-01T00:00:00Z", "2026-02-01T00:00:01Z"
	tests := []struct {
		name  string
		have  string
		given string
		want  [3]int // taken, kept, same
		title string
	}{
		{"new", "", line("a", early, "1"), [3]int{1, 0, 0}, "1"},
		{"newer", line("a", early, "1"), line("a", late, "2"), [3]int{1, 0, 0}, "2"},
		{"older", line("a", late, "2"), line("a", early, "1"), [3]int{0, 1, 0}, "2"},
		{"same", line("a", late, "2"), line("a", late, "2"), [3]int{0, 0, 1}, "2"},
		{"of the same moment", line("a", late, "2"), line("a", late, "3"), [3]int{0, 1, 0}, "2"},
		{"newer in another zone", line("a", early, "1"), line("a", "2026-02-01T01:00:01+01:00", "2"), [3]int{1, 0, 0}, "2"},
		{"twice, the newer last", "", line("a", early, "1") + line("a", late, "2"), [3]int{1, 1, 0}, "2"},
		{"twice, the newer first", "", line("a", late, "2") + line("a", early, "1"), [3]int{1, 1, 0}, "2"},
		{"twice the same", "", line("a", late, "2") + line("a", late, "2"), [3]int{1, 0, 1}, "2"},
		{"three times over an old one", line("a", "2026-01-31T00:00:00Z", "0"), line("a", early, "1") + line("a", late, "2") + line("a", early, "1"), [3]int{1, 2, 0}, "2"},
	}
	for _, test := range tests {
		j := newTestJournal(t, testOptions())
		mustImport(t, j, test.have)
		if r := mustImport(t, j, test.given); r.counts() != test.want {
			t.Errorf("%s: %v, want %v", test.name, r.counts(), test.want)
		}
		for range 2 {
			if e, err := j.Get("a"); err != nil || e.Title != test.title || j.Len() != 1 || !j.Damage().Whole() {
				t.Errorf("%s: %q, %v, %d entries, %v; want %q", test.name, e.Title, err, j.Len(), j.Damage(), test.title)
			}
			j = reopen(t, j)
		}
		j.Close()
	}
}

// A line without an identifier is named by its own bytes, wherever it stands.
func TestImportWithoutID(t *testing.T) {
	const one, two = `{"kind":"note","created":"2026-01-02T03:04:05Z","title":"1"}`, `{"kind":"note","created":"2026-01-02T03:04:05Z","title":"2"}`
	j := newTestJournal(t, testOptions())
	if r := mustImport(t, j, one+"\n"+two+"\n"+one+"\n"); r.counts() != [3]int{2, 0, 1} {
		t.Errorf("%+v", r)
	}
	if r := mustImport(t, j, two+"\r\n\r\n  "+one); r.counts() != [3]int{0, 0, 2} {
		t.Errorf("again, with other line ends: %+v", r)
	}
	text := exported(t, j, Query{})
	if r := mustImport(t, j, text); r.counts() != [3]int{0, 0, 2} || j.Len() != 2 {
		t.Errorf("its own export: %+v", r)
	}
}

func TestImportStops(t *testing.T) {
	j := newTestJournal(t, testOptions())
	broken := io.MultiReader(strings.NewReader(goldenLines()), iotest.ErrReader(io.ErrClosedPipe))
	r, err := j.Import(broken)
	if !errors.Is(err, io.ErrClosedPipe) || r.Taken != 24 || j.Len() != 24 {
		t.Errorf("a reader that gives way: %v; %d taken, %d entries", err, r.Taken, j.Len())
	}
	one := newTestJournal(t, testOptions())
	r, err = one.Import(iotest.OneByteReader(strings.NewReader(goldenLines())))
	if err != nil || r.Taken != 24 || exported(t, one, Query{}) != exported(t, j, Query{}) {
		t.Errorf("a byte at a time: %+v, %v", r, err)
	}
}

// More than one commit's worth, with an entry that comes again in the next.
func TestImportMany(t *testing.T) {
	var b strings.Builder
	const n = 2*importBatch + 1
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		fmt.Fprintf(&b, `{"id":"id%d","kind":"note","created":%q}`+"\n", i, start.Add(time.Duration(i)*time.Minute).Format(time.RFC3339))
	}
	b.WriteString(`{"id":"id0","kind":"note","created":"2026-01-01T00:00:00Z","updated":"2027-01-01T00:00:00Z"}` + "\n")
	j := newTestJournal(t, testOptions())
	if r := mustImport(t, j, b.String()); r.counts() != [3]int{n + 1, 0, 0} {
		t.Errorf("%+v", r.counts())
	}
	var ids []string
	for h := range reopen(t, j).Entries(Query{}) {
		ids = append(ids, h.ID)
	}
	if len(ids) != n || ids[0] != fmt.Sprintf("id%d", n-1) || ids[n-1] != "id0" {
		t.Errorf("%d entries, from %s to %s", len(ids), ids[0], ids[len(ids)-1])
	}
}

func FuzzParseLine(f *testing.F) {
	for line := range strings.Lines(goldenLines()) {
		f.Add([]byte(line))
	}
	f.Add([]byte(`{"kind":"note","created":"2026-01-02T03:04:05Z","answers":[null,{"step":"s","value":null,"shares":{}}],"bring":null}`))
	f.Add([]byte(`{"kind":"note","created":"2026-01-02T03:04:05Z","answers":[{"step":"s","text":"t","bring":{"side":"educative","share":true}},{"step":"u","bring":{}},{"step":"v","bring":null}]}`))
	f.Add([]byte(`{"kind":"note","created":"2026-01-02T03:04:05Z","later":[{"added":"2026-01-03T03:04:05Z","text":"t"}],"earlier":[{"until":"2026-01-04T03:04:05Z","title":"t","answers":[{"step":"s"}]},{}]}`))
	f.Add([]byte(`{"KIND":"a","kind":"b","Created":"2026-01-02T03:04:05+23:59","tags":[""]}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		e, err := parseLine(line)
		if err != nil {
			if len(err.Error()) > 80 {
				t.Errorf("a long reason: %v", err)
			}
			return
		}
		text, err := encodeJSON(e)
		if err != nil {
			t.Fatalf("taken, and cannot be written: %v", err)
		}
		if bytes.ContainsRune(text, '\n') {
			t.Fatal("written on two lines")
		}
		again, err := parseLine(text)
		if err != nil {
			t.Fatalf("written, and not taken again: %v", err)
		}
		twice, err := encodeJSON(again)
		if err != nil || !bytes.Equal(text, twice) {
			t.Fatalf("written twice it differs:\n%s\n%s", text, twice)
		}
		r, err := entryRecord(recordID{}, typeEntry, 1, e, Place{})
		if err != nil {
			t.Fatal(err)
		}
		plain, err := r.plaintext()
		if err != nil {
			t.Fatal(err)
		}
		back, err := parseRecord(recordID{}, plain)
		if err != nil {
			t.Fatal(err)
		}
		got, err := back.entry()
		if err != nil {
			t.Fatal(err)
		}
		if stored, err := encodeJSON(got); err != nil || !bytes.Equal(stored, text) {
			t.Fatalf("stored it differs:\n%s\n%s", stored, text)
		}
		if !slices.Equal(got.Tags, e.Tags) {
			t.Fatal("tags differ")
		}
	})
}
