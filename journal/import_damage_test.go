package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// An exportSample is an export, and where in it each entry is.
type exportSample struct {
	name    string
	format  Format
	data    []byte
	entries []sampleEntry
}

type sampleEntry struct {
	from, to int // in data
	text     string
}

// exportSamples are four entries of each program, as it writes them and on one line.
func exportSamples(t testing.TB) []exportSample {
	t.Helper()
	texts := []string{"first \"quoted\" {[", "second\nof, two: lines", "third ]} \\ 山", "fourth"}
	forms := map[Format]func(i int, text string) string{
		Jrnl: func(i int, text string) string {
			return fmt.Sprintf(`{"title":%s,"body":"","date":"2026-11-2%d","time":"17:42","tags":["@a","@b"],"starred":false}`, quoted(text), i)
		},
		DayOne: func(i int, text string) string {
			return fmt.Sprintf(`{"location":{"region":{"center":{"latitude":1.5}}},"text":%s,"tags":["a"],"photos":[{"identifier":"P","md5":"m"}],"creationDate":"2026-11-2%dT17:42:00Z","uuid":"U%d"}`, quoted(text), i, i)
		},
	}
	opening := map[Format]string{Jrnl: `{"tags":{"@a":4},"entries":[`, DayOne: `{"metadata":{"version":"1.0"},"entries":[`}
	var out []exportSample
	for _, format := range []Format{Jrnl, DayOne} {
		for _, pretty := range []bool{false, true} {
			s := exportSample{name: fmt.Sprintf("%s pretty=%v", format, pretty), format: format, data: []byte(opening[format])}
			for i, text := range texts {
				if i > 0 {
					s.data = append(s.data, ',')
				}
				entry := []byte(forms[format](i, text))
				if pretty {
					var b bytes.Buffer
					if err := json.Indent(&b, entry, "  ", "  "); err != nil {
						t.Fatal(err)
					}
					s.data = append(s.data, "\n  "...)
					entry = b.Bytes()
				}
				s.entries = append(s.entries, sampleEntry{len(s.data), len(s.data) + len(entry), text})
				s.data = append(s.data, entry...)
			}
			s.data = append(s.data, "]}\n"...)
			out = append(out, s)
		}
	}
	return out
}

func quoted(text string) string {
	b, err := encodeJSON(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// textsOf are the texts that an import took, in their order.
func textsOf(t testing.TB, b *sourceImporter) (texts []string) {
	t.Helper()
	for _, r := range b.pending {
		e, err := r.entry()
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, e.Answers[0].Text)
	}
	return texts
}

// named reports whether a report names some of these lines.
func named(r ImportReport, first, last int) bool {
	return slices.ContainsFunc(slices.Concat(r.Problems, r.Empty), func(p LineError) bool {
		return p.Line <= last && first <= max(p.Line, p.Last)
	})
}

func lineOf(data []byte, at int) int {
	return 1 + bytes.Count(data[:max(0, min(at, len(data)))], []byte("\n"))
}

func TestImportWholeSamples(t *testing.T) {
	j := newTestJournal(t, testOptions())
	for _, s := range exportSamples(t) {
		b := imported(j, s.format, s.data)
		var want []string
		for _, e := range s.entries {
			want = append(want, e.text)
		}
		if got := textsOf(t, b); !slices.Equal(got, want) || len(b.report.Problems)+len(b.report.Empty) > 0 {
			t.Errorf("%s: %q, %v", s.name, got, b.report)
		}
	}
}

// Wherever an export is cut off, what was whole before is taken, and it is said
// that something is missing.
func TestImportCutAnywhere(t *testing.T) {
	j := newTestJournal(t, testOptions())
	for _, s := range exportSamples(t) {
		for size := range len(s.data) - 1 {
			data := s.data[:size]
			b := imported(j, s.format, data)
			var want []string
			for _, e := range s.entries {
				if e.to <= size {
					want = append(want, e.text)
				}
			}
			if got := textsOf(t, b); !slices.Equal(got, want) {
				t.Fatalf("%s, the first %d bytes: %q, want %q", s.name, size, got, want)
			}
			if len(b.report.Problems) == 0 {
				t.Fatalf("%s, the first %d bytes: nothing is said", s.name, size)
			}
			if end := lineOf(data, size); !named(b.report, lineOf(data, len(bytes.TrimSpace(data))), end) {
				t.Fatalf("%s, the first %d bytes: %v do not name line %d", s.name, size, b.report.Problems, end)
			}
		}
	}
}

// Of an export in which one byte is lost or is another, at most the entries
// beside it are lost. Every entry is taken or named, and no other comes of it.
func TestImportByteDamage(t *testing.T) {
	for _, s := range exportSamples(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			j := newTestJournal(t, testOptions())
			for at := range len(s.data) {
				checkDamage(t, j, s, slices.Concat(s.data[:at], s.data[at+1:]), at, at+1, -1)
				for _, c := range []byte("{}[]\",:\\\xff\n") {
					data := slices.Clone(s.data)
					data[at] = c
					checkDamage(t, j, s, data, at, at+1, 0)
				}
			}
		})
	}
}

// The same where a whole line is lost.
func TestImportLineDamage(t *testing.T) {
	j := newTestJournal(t, testOptions())
	for _, s := range exportSamples(t) {
		at := 0
		for line := range bytes.Lines(s.data) {
			checkDamage(t, j, s, slices.Concat(s.data[:at], s.data[at+len(line):]), at, at+len(line), -len(line))
			at += len(line)
		}
	}
}

// checkDamage checks an import of a sample in which something between two places
// is not as it was; behind them everything has moved by some bytes.
func checkDamage(t *testing.T, j *Journal, s exportSample, data []byte, from, to, moved int) {
	t.Helper()
	b := imported(j, s.format, data)
	got := textsOf(t, b)
	touched := 0
	for _, e := range s.entries {
		hit := from < e.to+1 && to > e.from-1 // with the bytes that part it from its neighbours
		at := slices.Index(got, e.text)
		switch {
		case at >= 0:
			got = slices.Delete(got, at, at+1)
		case !hit:
			t.Fatalf("%s, bytes %d to %d: %q is lost, %v\n%s", s.name, from, to, e.text, b.report.Problems, data)
		case named(b.report, lineOf(data, e.from), lineOf(data, e.to+moved)):
		default:
			touched++ // what it says may be what was damaged
		}
	}
	if len(got) > touched {
		t.Fatalf("%s, bytes %d to %d: %q came of nothing\n%s", s.name, from, to, got, data)
	}
	if len(got) < touched {
		t.Fatalf("%s, bytes %d to %d: something is lost in silence, %v\n%s", s.name, from, to, b.report, data)
	}
}

// Brackets that are never closed end in a problem, and soon.
func TestImportDepth(t *testing.T) {
	for _, open := range []string{`[{"a":`, `{"a":`, `{`, `{"`, `{"creationDate":1,"b":[`} {
		b := imported(newTestJournal(t, testOptions()), DayOne, bytes.Repeat([]byte(open), 100_000))
		if len(b.pending) != 0 || len(b.report.Problems) != 1 {
			t.Errorf("%s: %v", open, b.report)
		}
	}
}

// Brackets that are missing between entries can make whole JSON of several.
func TestImportSwallowed(t *testing.T) {
	entry := func(text, end string) string {
		return fmt.Sprintf(`{"creationDate":"2026-11-20T17:42:00Z","text":%q,"photos":[{"identifier":"P"%s`, text, end)
	}
	data := `{"metadata":{},"entries":[` + "\n" + strings.Join([]string{entry("1", "}]}"), entry("2", "}"), entry("3", "}]}"), entry("4", "}]}")}, ",\n") + "]}]}\n"
	b := imported(newTestJournal(t, testOptions()), DayOne, []byte(data))
	if got := textsOf(t, b); !slices.Equal(got, []string{"1", "3", "4"}) {
		t.Errorf("took %q", got)
	}
	sameProblems(t, "problems", b.report.Problems,
		"line 3, entry 2: the JSON is broken, so nothing here could be read",
		"line 5, entry 5: the JSON is broken, so nothing here could be read")
}

// What comes behind the end, and two exports in one file.
func TestImportBehindTheEnd(t *testing.T) {
	j := newTestJournal(t, testOptions())
	for _, s := range exportSamples(t) {
		for _, tail := range []string{"x", "\x00\x00", "]", "{", `{"a":1}`} {
			b := imported(j, s.format, slices.Concat(s.data, []byte(tail)))
			if len(b.pending) != 4 || len(b.report.Problems) != 1 {
				t.Errorf("%s and %q: %d taken, %v", s.name, tail, len(b.pending), b.report.Problems)
			}
		}
		again := bytes.ReplaceAll(s.data, []byte("2026"), []byte("2025"))
		again = bytes.ReplaceAll(again, []byte(`"U`), []byte(`"V`))
		b := imported(j, s.format, slices.Concat(s.data, again))
		if len(textsOf(t, b)) != 8 {
			t.Errorf("%s twice: %q, %v", s.name, textsOf(t, b), b.report.Problems)
		}
	}
}

func FuzzImportJSON(f *testing.F) {
	for _, s := range exportSamples(f) {
		f.Add(s.data, s.format == DayOne)
	}
	f.Add([]byte(`[{"date":"2026-11-20","title":"\ud83d\udc69","body":"","time":""}]`), false)
	f.Add([]byte(`{"creationDate":"2026-11-20T17:42:00Z","richText":"{\"contents\":[{\"text\":\"a\"}]}","timeZone":"Europe/London"}`), true)
	f.Fuzz(func(t *testing.T, data []byte, dayOne bool) {
		format := Jrnl
		if dayOne {
			format = DayOne
		}
		d := dialects[format]
		for p := range d.pieces(data) {
			if p.line < 1 || p.last < p.line || p.last > lineOf(data, len(data)) {
				t.Fatalf("lines %d to %d", p.line, p.last)
			}
			if (p.fault == "") != json.Valid(p.json) && p.fault == "" {
				t.Fatalf("no fault is seen in %q", p.json)
			}
		}
		b := imported(fuzzJournal(t), format, data)
		entries := len(b.pending) + b.report.Kept + b.report.Same + len(b.report.Problems) + len(b.report.Empty)
		if pieces := countPieces(d, bytes.TrimPrefix(data, []byte("\ufeff"))); entries != pieces {
			t.Fatalf("%d pieces, and the report has %d", pieces, entries)
		}
		var whole struct{ Entries []json.RawMessage }
		if json.Unmarshal(data, &whole) == nil && entries < len(whole.Entries) {
			t.Fatalf("%d entries, and the report has %d", len(whole.Entries), entries)
		}
		for _, r := range b.pending {
			plain, err := r.plaintext()
			if err == nil {
				_, err = parseRecord(r.id, plain)
			}
			if err != nil {
				t.Fatalf("taken, and cannot be stored: %v", err)
			}
		}
	})
}

func countPieces(d *dialect, data []byte) (n int) {
	for range d.pieces(data) {
		n++
	}
	return n
}

// fuzzJournal is a journal that nothing is saved to.
func fuzzJournal(t *testing.T) *Journal {
	return &Journal{keys: &keyring{}, ledger: &ledger{}, records: map[recordID]*record{}}
}

func FuzzImportMarkdown(f *testing.F) {
	f.Add("2026-11-20.md", []byte("---\ndate: 2026-11-20\ntags: [a, b]\n---\n\ntext"))
	f.Add("a.md", []byte("# Friday 20 November 2026\r\ntext"))
	f.Add("2026/11/20 a.md", []byte("---\ntags:\n- a\ntitle: 'b'\nmood: low\n---\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		b := newSourceImporter(fuzzJournal(t), &Source{}, asNote)
		b.markdown(name, data)
		if n := len(b.pending) + len(b.report.Problems) + len(b.report.Empty); n != 1 {
			t.Fatalf("one file, and the report has %d", n)
		}
		for _, text := range textsOf(t, b) {
			switch rest, cut := strings.CutSuffix(strings.TrimPrefix(string(data), "\ufeff"), text); {
			case !cut:
				t.Fatalf("the text is not that of the file: %q", text)
			case rest != "" && !strings.HasPrefix(rest, "---"):
				t.Fatalf("lost from before the text: %q", rest)
			}
		}
	})
}
