package journal

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const testPassphrase = "five plain words in Gdańsk"

// cheapCost keeps the tests fast; it protects nothing.
var cheapCost = Cost{MemoryKiB: 64, Passes: 1, Lanes: 1}

// testOptions has a clock that goes on by one second each time it is asked.
func testOptions() *Options {
	var mu sync.Mutex
	now := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)
	return &Options{Cost: cheapCost, Now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Second)
		return now
	}}
}

// newTestJournal makes an empty journal in a folder of its own.
func newTestJournal(t testing.TB, opts *Options) *Journal {
	t.Helper()
	j, err := Create(filepath.Join(t.TempDir(), "journal.db"), []byte(testPassphrase), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

func openTestJournal(t testing.TB, path string, opts *Options) *Journal {
	t.Helper()
	j, err := Open(path, []byte(testPassphrase), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

func reopen(t testing.TB, j *Journal) *Journal {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return openTestJournal(t, j.Path(), &j.opts)
}

func put(t testing.TB, j *Journal, e Entry) Entry {
	t.Helper()
	e.Kind = cmp.Or(e.Kind, Note)
	e, err := j.Put(e)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// written is an entry with one answer.
func written(text string) Entry {
	return Entry{Header: Header{Kind: Note}, Answers: []Answer{{Step: "text", Text: text}}}
}

// shown is all that a person would find in a journal.
func shown(t testing.TB, j *Journal) string {
	t.Helper()
	var b strings.Builder
	if _, err := j.Export(&b, Query{}); err != nil {
		t.Fatal(err)
	}
	for _, d := range j.Drafts() {
		line, err := encodeJSON(d)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "draft %s\n", line)
	}
	var settings any
	if err := j.Settings(&settings); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "settings %v\n", settings)
	return b.String()
}

// differ returns two things as JSON where that is not the same, as they would
// be stored and exported, and otherwise nothing.
func differ(want, got any) string {
	w, err1 := encodeJSON(want)
	g, err2 := encodeJSON(got)
	if err1 != nil || err2 != nil || !bytes.Equal(w, g) {
		return fmt.Sprintf("got  %s %v\nwant %s %v", g, err2, w, err1)
	}
	return ""
}

func fileSum(t testing.TB, path string) [sha256.Size]byte {
	t.Helper()
	return sha256.Sum256(readFile(t, path))
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeFile(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func seven() *int { n := 7; return &n }

// fullEntry uses every field that an entry has.
func fullEntry() Entry {
	zero := 0
	return Entry{
		Header: Header{
			Kind: CheckIn, Guide: "end-of-day", Title: "Dydd Gwener: heulog & <tawel>", Tags: []string{"visit", "ward 3", "żółty"},
			Bring: &Bring{Side: "supportive", Share: true},
		},
		Answers: []Answer{
			{Step: "feelings", Prompt: "What was there?", Choices: []string{"anxious", "caring", "焦虑"}},
			{Step: "threat", Prompt: "How threatened?", Value: seven()},
			{Step: "calm", Value: &zero},
			{Step: "day", Shares: map[string]int{"direct": 3, "recording": 5, "travel": 0}},
			{Step: "set-down", Text: "first line\nsecond line\r\n\ttab \"quoted\" back\\slash \u2028 end"},
			{Step: "tomorrow", Items: []Item{{Text: "ring the school", When: "Monday 10:00"}, {Text: "breathe"}}},
			{Step: "nothing"},
		},
	}
}

func TestRoundTrip(t *testing.T) {
	long := strings.Repeat("Heddiw roedd y teulu yn dawel. ", 5000)
	texts := map[string]Entry{
		"every field":  fullEntry(),
		"no answers":   {Header: Header{Kind: Note}},
		"Welsh":        written("Ŵyr yr hen ŵr, tŷ â tho gwellt"),
		"Polish":       written("Zażółć gęślą jaźń"),
		"Arabic":       written("السَّلامُ عَلَيْكُم \u200fنص"),
		"Chinese":      written("今天很累，但是还好。𠮷"),
		"emoji":        written("👩🏽‍⚕️ 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
		"NUL and 0x80": written("\x00\u0080\x00 \u0000"),
		"ends in zero": written("end\x00\x00\x00"),
		"long":         written(long),
		"html":         written("<b>&amp;</b>"),
		"looks sealed": written("\"}\n{\"v\":1,\"type\":\"ledger head\"}"),
		"other kind":   {Header: Header{Kind: "letter", Created: time.Date(1999, 1, 2, 3, 4, 5, 67, time.FixedZone("", 19800))}},
	}
	j := newTestJournal(t, testOptions())
	want := make(map[string]Entry)
	for name, e := range texts {
		e = put(t, j, e)
		if e.ID == "" || e.Created.IsZero() || e.Updated.IsZero() {
			t.Errorf("%s: stored without identifier or dates: %+v", name, e.Header)
		}
		want[name] = e
	}
	for pass := range 3 {
		for name, e := range want {
			got, err := j.Get(e.ID)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if diff := differ(e, got); diff != "" {
				t.Errorf("%s, pass %d:\n%s", name, pass, diff)
			}
		}
		if j.Len() != len(want) || !j.Damage().Whole() {
			t.Errorf("%d entries, damage %v", j.Len(), j.Damage())
		}
		j = reopen(t, j)
	}
}

func TestReadingChangesNothing(t *testing.T) {
	opts := testOptions()
	opts.StateDir = t.TempDir()
	j := newTestJournal(t, opts)
	id := put(t, j, fullEntry()).ID
	if _, err := j.SetDraft(Draft{Entry: written("half a")}); err != nil {
		t.Fatal(err)
	}
	before := shown(t, j)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	sum := fileSum(t, j.Path())
	for range 3 {
		j = openTestJournal(t, j.Path(), opts)
		if _, err := j.Get(id); err != nil {
			t.Error(err)
		}
		if _, err := j.Find(id[:4]); err != nil {
			t.Error(err)
		}
		for range j.Entries(Query{Search: "line"}) {
			break
		}
		if n, err := j.MergeAside(); n != 0 || err != nil {
			t.Error(n, err)
		}
		if err := j.DropDraft("none of these"); err != nil {
			t.Error(err)
		}
		if got := shown(t, j); got != before {
			t.Errorf("shown\n%s\nwant\n%s", got, before)
		}
		if err := j.Close(); err != nil {
			t.Error(err)
		}
		if fileSum(t, j.Path()) != sum {
			t.Fatal("opening and reading changed the file")
		}
	}
	want := []string{"journal.db", "journal.db.lock"}
	if got := folder(t, filepath.Dir(j.Path())); !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}

func folder(t testing.TB, dir string) (names []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		names = append(names, f.Name())
	}
	return names
}

func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // files there have lists of who may do what, not modes
	}
	dir := filepath.Join(t.TempDir(), "new", "folder")
	opts := testOptions()
	opts.StateDir = filepath.Join(t.TempDir(), "state")
	j, err := Create(filepath.Join(dir, "journal.db"), []byte(testPassphrase), opts)
	if err != nil {
		t.Fatal(err)
	}
	put(t, j, written("a"))
	if err := os.Remove(j.Path()); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Put(written("b")); !errors.Is(err, ErrReplaced) {
		t.Fatal(err)
	}
	j.Close()
	for _, root := range []string{filepath.Dir(dir), opts.StateDir} {
		err = filepath.Walk(root, func(path string, fi os.FileInfo, err error) error {
			want := os.FileMode(0o600)
			if fi.IsDir() {
				want = 0o700
			}
			if fi.Mode().Perm() != want {
				t.Errorf("%s has mode %v, want %v", path, fi.Mode().Perm(), want)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestPutAgain(t *testing.T) {
	j := newTestJournal(t, testOptions())
	first := put(t, j, written("first"))
	other := put(t, j, written("other"))
	e := first
	e.Answers = []Answer{{Step: "text", Text: "second"}}
	e.Tags = []string{"changed"}
	second := put(t, j, e)
	if second.ID != first.ID || !second.Created.Equal(first.Created) || !second.Updated.After(first.Updated) {
		t.Errorf("changed %+v into %+v", first.Header, second.Header)
	}
	j = reopen(t, j)
	got, err := j.Get(first.ID)
	if diff := differ(second, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if got, err := j.Get(other.ID); err != nil || got.Answers[0].Text != "other" {
		t.Errorf("the other entry: %+v, %v", got, err)
	}
	if j.Len() != 2 {
		t.Errorf("%d entries, want 2", j.Len())
	}
}

// What a caller does with its own entry afterwards is not a change of the
// journal, and what it does with one that it was given is not either.
func TestNothingIsShared(t *testing.T) {
	j := newTestJournal(t, testOptions())
	mine := fullEntry()
	steps := []string{"one", "two"}
	id := put(t, j, mine).ID
	if _, err := j.SetDraft(Draft{Entry: mine, Place: Place{At: "one", Steps: steps}}); err != nil {
		t.Fatal(err)
	}
	want := shown(t, j)
	spoil := func(h Header) {
		h.Tags[0] = "spoiled"
		h.Bring.Share = false
	}
	spoil(mine.Header)
	steps[0] = "spoiled"
	*mine.Answers[1].Value = 1
	mine.Answers[3].Shares["direct"] = 100
	got, err := j.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	spoil(got.Header)
	for h := range j.Entries(Query{}) {
		spoil(h)
	}
	for _, d := range j.Drafts() {
		spoil(d.Header)
		d.Steps[0] = "spoiled"
	}
	if got := shown(t, j); got != want {
		t.Errorf("now\n%s\nwas\n%s", got, want)
	}
	if got := shown(t, reopen(t, j)); got != want {
		t.Errorf("after opening again\n%s\nwas\n%s", got, want)
	}
}

func TestTooLarge(t *testing.T) {
	j := newTestJournal(t, testOptions())
	kept := put(t, j, written("kept"))
	draft, err := j.SetDraft(Draft{Entry: written("draft")})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.SetSettings("small"); err != nil {
		t.Fatal(err)
	}
	e, err := j.Put(written(strings.Repeat("x", MaxEntrySize-400)))
	if err != nil {
		t.Fatalf("just under the limit: %v", err)
	}
	want := shown(t, j)
	for _, size := range []int{MaxEntrySize, MaxEntrySize + 1, 20 << 20} {
		huge := strings.Repeat("x", size)
		title, tags := kept, kept
		title.Title = huge
		tags.Tags = []string{huge}
		draft.At = huge
		_, err1 := j.Put(written(huge))
		_, err2 := j.Put(title)
		_, err3 := j.Put(tags)
		_, err4 := j.SetDraft(draft)
		_, err5 := j.Keep(Draft{Entry: title})
		for i, err := range []error{err1, err2, err3, err4, err5, j.SetSettings(huge)} {
			if !errors.Is(err, ErrTooLarge) || strings.Contains(err.Error(), "xxx") {
				t.Errorf("size %d, way %d: %v", size, i, err)
			}
		}
	}
	if got := shown(t, j); got != want {
		t.Error("what is too large changed what there was")
	}
	j = reopen(t, j)
	if got := shown(t, j); got != want || !j.Damage().Whole() {
		t.Errorf("after opening again something is missing: %v", j.Damage())
	}
	if got, err := j.Get(e.ID); err != nil || len(got.Answers[0].Text) != MaxEntrySize-400 {
		t.Errorf("the largest entry: %v", err)
	}
}

func TestPutRefuses(t *testing.T) {
	const marker = "xyzzy"
	j := newTestJournal(t, testOptions())
	bad := map[string]Entry{
		"no kind":         {},
		"long kind":       {Header: Header{Kind: Kind(strings.Repeat(marker, 20))}},
		"kind of 2 lines": {Header: Header{Kind: marker + "\n"}},
		"id of 2 lines":   {Header: Header{ID: marker + "\n", Kind: Note}},
		"long id":         {Header: Header{ID: strings.Repeat(marker, 30), Kind: Note}},
		"id not UTF-8":    {Header: Header{ID: marker + "\xff", Kind: Note}},
		"year 10000":      {Header: Header{Kind: Note, Created: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}},
		"year -1":         {Header: Header{Kind: Note, Created: time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC)}},
	}
	for name, e := range bad {
		_, err1 := j.Put(e)
		_, err2 := j.SetDraft(Draft{Entry: e})
		for _, err := range []error{err1, err2} {
			if err == nil || strings.Contains(err.Error(), marker) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if j.Len() != 0 || len(j.Drafts()) != 0 {
		t.Error("something of it was stored")
	}
}

func TestDrafts(t *testing.T) {
	j := newTestJournal(t, testOptions())
	a, err := j.SetDraft(Draft{Entry: fullEntry(), Place: Place{At: "threat", Steps: []string{"feelings", "threat"}}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := j.SetDraft(Draft{Entry: written("b")})
	if err != nil {
		t.Fatal(err)
	}
	if j.Len() != 0 {
		t.Errorf("%d entries, want none: a draft is not an entry", j.Len())
	}
	a.Answers[4].Text = "further"
	if a, err = j.SetDraft(a); err != nil {
		t.Fatal(err)
	}
	j = reopen(t, j)
	if diff := differ([]Draft{a, b}, j.Drafts()); diff != "" {
		t.Errorf("drafts, the last touched first\n%s", diff)
	}

	e, err := j.Keep(a)
	if err != nil {
		t.Fatal(err)
	}
	want := a.Entry
	want.ID, want.Updated = e.ID, e.Updated
	for range 2 {
		got, err := j.Get(e.ID)
		if diff := differ(want, got); diff != "" || err != nil {
			t.Errorf("kept: %v\n%s", err, diff)
		}
		if diff := differ([]Draft{b}, j.Drafts()); diff != "" || j.Len() != 1 {
			t.Errorf("%d entries; drafts after one was kept\n%s", j.Len(), diff)
		}
		j = reopen(t, j)
	}
	if err := j.DropDraft(b.ID); err != nil {
		t.Fatal(err)
	}
	if err := j.DropDraft(b.ID); err != nil {
		t.Errorf("drop what is gone: %v", err)
	}
	if b, err = j.SetDraft(b); err != nil { // a change of mind
		t.Fatal(err)
	}
	j = reopen(t, j)
	if diff := differ([]Draft{b}, j.Drafts()); diff != "" || !j.Damage().Whole() {
		t.Errorf("%v\n%s", j.Damage(), diff)
	}
	if _, err := j.Keep(Draft{Entry: written("never a draft")}); err != nil || j.Len() != 2 {
		t.Errorf("%d entries, %v", j.Len(), err)
	}
}

func TestSettings(t *testing.T) {
	type settings struct {
		Name  string
		Sizes map[string]int
	}
	j := newTestJournal(t, testOptions())
	got := settings{Name: "default"}
	if err := j.Settings(&got); err != nil || got.Name != "default" {
		t.Errorf("no settings yet: %+v, %v", got, err)
	}
	for i := range 3 {
		want := settings{Name: "<Łucja & co>", Sizes: map[string]int{"wide": i}}
		if err := j.SetSettings(want); err != nil {
			t.Fatal(err)
		}
		j = reopen(t, j)
		got = settings{}
		if err := j.Settings(&got); err != nil {
			t.Fatal(err)
		}
		if diff := differ(want, got); diff != "" {
			t.Error(diff)
		}
	}
	if err := j.SetSettings(func() {}); err == nil {
		t.Error("a function was stored")
	}
}

func TestFind(t *testing.T) {
	j := newTestJournal(t, testOptions())
	for _, id := range []string{"abcd", "abce", "abc", "xyz*?[", "żó"} {
		e := written(id)
		e.ID = id
		put(t, j, e)
	}
	tests := []struct {
		prefix, want string
		err          error
	}{
		{"abcd", "abcd", nil},
		{"abc", "abc", nil}, // whole, though others start with it
		{"ab", "", ErrAmbiguous},
		{"x", "xyz*?[", nil},
		{"ż", "żó", nil},
		{"", "", ErrNotFound},
		{"q", "", ErrNotFound},
		{"abcdx", "", ErrNotFound},
	}
	for _, test := range tests {
		e, err := j.Find(test.prefix)
		if e.ID != test.want || !errors.Is(err, test.err) {
			t.Errorf("Find(%q) = %q, %v; want %q, %v", test.prefix, e.ID, err, test.want, test.err)
		}
	}
}

func TestEntries(t *testing.T) {
	j := newTestJournal(t, testOptions())
	day := func(d int) time.Time { return time.Date(2026, 3, d, 12, 0, 0, 0, time.UTC) }
	add := func(id string, created time.Time, edit func(*Entry)) {
		e := written("")
		e.ID, e.Created = id, created
		edit(&e)
		put(t, j, e)
	}
	add("b", day(2), func(e *Entry) { e.Kind, e.Guide, e.Tags = CheckIn, "end-of-day", []string{"visit", "late"} })
	add("e", day(5), func(e *Entry) { e.Title = "Crème BRÛLÉE" })
	add("a", day(1).In(time.FixedZone("", -11*3600)), func(e *Entry) { e.Tags = []string{"Visit"} })
	add("d", day(4), func(e *Entry) {
		e.Answers = []Answer{{Step: "s", Prompt: "prompted", Text: "Żółta herbata\nz cytryną"}}
	})
	add("c", day(4), func(e *Entry) { e.Kind = CheckIn; e.Answers = []Answer{{Step: "s", Choices: []string{"anxious"}}} })
	add("f", day(6).In(time.FixedZone("", 14*3600)), func(e *Entry) {
		e.Answers = []Answer{{Step: "s", Items: []Item{{Text: "ring the school", When: "Tuesday"}}}}
	})
	tests := []struct {
		name string
		q    Query
		want string
	}{
		{"all, newest first", Query{}, "f e d c b a"},
		{"kind", Query{Kind: CheckIn}, "c b"},
		{"guide", Query{Guide: "end-of-day"}, "b"},
		{"tag", Query{Tag: "visit"}, "b"},
		{"since is included", Query{Since: day(4)}, "f e d c"},
		{"until is not", Query{Until: day(4)}, "b a"},
		{"a span", Query{Since: day(2), Until: day(5)}, "d c b"},
		{"an empty span", Query{Since: day(5), Until: day(2)}, ""},
		{"since in another zone", Query{Since: day(6).In(time.FixedZone("", -3600))}, "f"},
		{"accents", Query{Search: "creme brulee"}, "e"},
		{"accents asked for", Query{Search: "CRÈME"}, "e"},
		{"accents decomposed", Query{Search: "cre\u0300me"}, "e"},
		{"words in any order, over lines", Query{Search: "cytryna HERBAT"}, "d"},
		{"one word that is not there", Query{Search: "herbata kawa"}, ""},
		{"a choice", Query{Search: "anxious"}, "c"},
		{"an item and its time", Query{Search: "school tuesday"}, "f"},
		{"a tag", Query{Search: "late"}, "b"},
		{"not the prompt", Query{Search: "prompted"}, ""},
		{"blanks", Query{Search: " \t "}, "f e d c b a"},
		{"all at once", Query{Kind: CheckIn, Guide: "end-of-day", Tag: "late", Since: day(1), Until: day(3), Search: "VISIT"}, "b"},
		{"all at once but one", Query{Kind: Note, Guide: "end-of-day", Tag: "late", Since: day(1), Until: day(3), Search: "visit"}, ""},
	}
	for range 2 {
		for _, test := range tests {
			var ids []string
			for h := range j.Entries(test.q) {
				ids = append(ids, h.ID)
			}
			if got := strings.Join(ids, " "); got != test.want {
				t.Errorf("%s: %q, want %q", test.name, got, test.want)
			}
		}
		j = reopen(t, j)
	}
	// The list is of the moment when it was asked for.
	all := j.Entries(Query{})
	put(t, j, written("new"))
	n := 0
	for range all {
		n++
		put(t, j, written("newer"))
	}
	if n != 6 {
		t.Errorf("%d entries, want the 6 that there were", n)
	}
}

func TestPassphrase(t *testing.T) {
	const nfc, nfd = "pl\u00e9tit caf\u00e9", "ple\u0301tit cafe\u0301"
	long := strings.Repeat("long ", 1<<20/5)
	right := map[string][]string{
		nfc:  {nfc, nfd},
		nfd:  {nfc, nfd},
		long: {long},
		"":   {""},
	}
	wrong := []string{"x", "Pl\u00e9tit caf\u00e9", nfc + " ", " " + nfc, nfc + "\x00", "pletit cafe", long + "x", strings.ToUpper(long), nfc[:len(nfc)-1]}
	for made, opens := range right {
		path := filepath.Join(t.TempDir(), "journal.db")
		given := []byte(made)
		j, err := Create(path, given, testOptions())
		if err != nil {
			t.Fatal(err)
		}
		put(t, j, written("a"))
		j.Close()
		if string(given) != made {
			t.Error("Create changed the caller's passphrase")
		}
		sum := fileSum(t, path)
		for _, p := range wrong {
			if j, err := Open(path, []byte(p), nil); !errors.Is(err, ErrPassphrase) || errors.Is(err, ErrDamaged) || j != nil {
				t.Errorf("wrong passphrase: %v", err)
			}
		}
		if made != "" {
			if _, err := Open(path, nil, nil); !errors.Is(err, ErrPassphrase) {
				t.Errorf("no passphrase: %v", err)
			}
		}
		for _, p := range opens {
			given := []byte(p)
			j, err := Open(path, given, nil)
			if err != nil {
				t.Errorf("right passphrase: %v", err)
				continue
			}
			if string(given) != p {
				t.Error("Open changed the caller's passphrase")
			}
			if j.Len() != 1 {
				t.Errorf("%d entries", j.Len())
			}
			j.Close()
		}
		if fileSum(t, path) != sum {
			t.Error("a passphrase changed the file")
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	j := newTestJournal(t, testOptions())
	put(t, j, written("a"))
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	whole := readFile(t, j.Path())
	writeFile(t, at("empty"), nil)
	writeFile(t, at("one byte"), []byte{0})
	writeFile(t, at("text"), bytes.Repeat([]byte("Dear diary, "), 9000))
	writeFile(t, at("zeros"), make([]byte, len(whole)))
	writeFile(t, at("half"), whole[:len(whole)/2])
	writeFile(t, at("whole"), whole)
	if err := os.Mkdir(at("folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		path string
		want error
	}{
		{"missing", at("missing"), ErrNotExist},
		{"missing folder", at("missing/journal.db"), ErrNotExist},
		{"folder", at("folder"), ErrDamaged},
		{"empty", at("empty"), ErrDamaged},
		{"one byte", at("one byte"), ErrDamaged},
		{"text", at("text"), ErrDamaged},
		{"zeros", at("zeros"), ErrDamaged},
		{"half", at("half"), ErrDamaged},
	}
	if os.Symlink(at("whole"), at("link")) == nil {
		tests = append(tests, struct {
			name string
			path string
			want error
		}{"link", at("link"), ErrLink})
	}
	named := []error{ErrNotExist, ErrDamaged, ErrLink, ErrPassphrase, ErrNewer, ErrInUse}
	for _, test := range tests {
		before, _ := os.ReadFile(test.path)
		j, err := Open(test.path, []byte(testPassphrase), nil)
		if j != nil {
			t.Fatalf("%s: opened", test.name)
		}
		for _, e := range named {
			if errors.Is(err, e) != (e == test.want) {
				t.Errorf("%s: %v, want %v", test.name, err, test.want)
			}
		}
		if after, _ := os.ReadFile(test.path); !bytes.Equal(before, after) {
			t.Errorf("%s: the file changed", test.name)
		}
		// Whatever stands there is not written over.
		if test.want != ErrNotExist {
			if _, err := Create(test.path, []byte(testPassphrase), testOptions()); !errors.Is(err, ErrExist) {
				t.Errorf("Create over %s: %v, want %v", test.name, err, ErrExist)
			}
		}
	}
	if err := Exists(at("whole")); err != nil {
		t.Error(err)
	}
}

func TestInUse(t *testing.T) {
	j := newTestJournal(t, testOptions())
	put(t, j, written("a"))
	if _, err := Open(j.Path(), []byte(testPassphrase), nil); !errors.Is(err, ErrInUse) {
		t.Errorf("second Open: %v", err)
	}
	if _, err := Open(j.Path(), []byte("wrong"), nil); !errors.Is(err, ErrInUse) {
		t.Errorf("second Open, wrong passphrase: %v", err)
	}
	if _, err := Create(j.Path(), []byte(testPassphrase), testOptions()); !errors.Is(err, ErrInUse) {
		t.Errorf("Create over an open journal: %v", err)
	}
	waiting := make(chan error)
	go func() {
		second, err := Open(j.Path(), []byte(testPassphrase), &Options{Wait: time.Minute})
		if err == nil {
			err = second.Close()
		}
		waiting <- err
	}()
	j.Close()
	if err := <-waiting; err != nil {
		t.Errorf("Open that waits: %v", err)
	}
	j = openTestJournal(t, j.Path(), testOptions())
	start := time.Now()
	if _, err := Open(j.Path(), []byte(testPassphrase), &Options{Wait: 50 * time.Millisecond}); !errors.Is(err, ErrInUse) {
		t.Errorf("Open that waits in vain: %v", err)
	}
	if d := time.Since(start); d < 50*time.Millisecond {
		t.Errorf("gave up after %v", d)
	}
	put(t, j, written("b"))
	if j = reopen(t, j); j.Len() != 2 {
		t.Errorf("%d entries, want 2", j.Len())
	}
}

// Two programs that make the same journal at once: one does, one is told.
func TestCreateTwice(t *testing.T) {
	for range 10 {
		path := filepath.Join(t.TempDir(), "journal.db")
		var journals [4]*Journal
		var failed [4]error
		var wg sync.WaitGroup
		for i := range journals {
			wg.Go(func() { journals[i], failed[i] = Create(path, fmt.Append(nil, i), testOptions()) })
		}
		wg.Wait()
		made := -1
		for i, j := range journals {
			switch {
			case j != nil && made >= 0:
				t.Fatal("made twice")
			case j != nil:
				made = i
			case !errors.Is(failed[i], ErrInUse) && !errors.Is(failed[i], ErrExist):
				t.Error(failed[i])
			}
		}
		if made < 0 {
			t.Fatal("not made")
		}
		journals[made].Close()
		j, err := Open(path, fmt.Append(nil, made), nil)
		if err != nil {
			t.Fatal(err)
		}
		j.Close()
	}
}

func TestCreateClearsUp(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "jour[n]al*.db")
	writeFile(t, path+".new-0badf00d", []byte("left by a crash"))
	writeFile(t, filepath.Join(dir, "journal.db.new-0badf00d"), []byte("another's"))
	j, err := Create(path, []byte(testPassphrase), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	j.Close()
	want := []string{"jour[n]al*.db", "jour[n]al*.db.lock", "journal.db.new-0badf00d"}
	if got := folder(t, dir); !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
	_, err = Create(filepath.Join(dir, "other.db"), []byte(testPassphrase), &Options{Cost: Cost{MemoryKiB: 1 << 31, Passes: 1, Lanes: 1}})
	if err == nil {
		t.Error("made at a cost that Open refuses")
	}
	if _, err := os.Stat(filepath.Join(dir, "other.db")); err == nil {
		t.Error("and left a file")
	}
}

func TestClosed(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := put(t, j, written("a"))
	for range 2 {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	}
	_, err1 := j.Put(e)
	_, err2 := j.Get(e.ID)
	_, err3 := j.Find(e.ID)
	_, err4 := j.SetDraft(Draft{Entry: e})
	_, err5 := j.Keep(Draft{Entry: e})
	_, err6 := j.Import(strings.NewReader(""))
	_, err7 := j.MergeAside()
	for i, err := range []error{err1, err2, err3, err4, err5, err6, err7, j.DropDraft(e.ID), j.SetSettings(1), j.Settings(new(int))} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%d: %v, want %v", i, err, ErrClosed)
		}
	}
	if n, err := j.Export(io.Discard, Query{}); n != 0 || err != nil || j.Len() != 0 || j.Drafts() != nil {
		t.Error("a closed journal still shows something")
	}
}

func TestManyAtOnce(t *testing.T) {
	opts := testOptions()
	opts.StateDir = t.TempDir()
	j := newTestJournal(t, opts)
	const writers, each = 6, 15
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			d := Draft{Entry: written("draft")}
			for i := range each {
				e, err := j.Put(written(fmt.Sprintf("writer %d entry %d", w, i)))
				if err != nil {
					t.Error(err)
				}
				if got, err := j.Find(e.ID); err != nil || got.Answers[0].Text != e.Answers[0].Text {
					t.Error(got, err)
				}
				if d, err = j.SetDraft(d); err != nil {
					t.Error(err)
				}
				_ = j.Damage()
				_ = j.Drafts()
				_ = j.Len()
			}
			if err := j.DropDraft(d.ID); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			for range each {
				for range j.Entries(Query{Search: "entry"}) {
				}
				if _, err := j.MergeAside(); err != nil {
					t.Error(err)
				}
				if err := j.SetSettings(w); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	want := shown(t, j)
	if j = reopen(t, j); shown(t, j) != want || j.Len() != writers*each || !j.Damage().Whole() {
		t.Errorf("%d entries, want %d; %v", j.Len(), writers*each, j.Damage())
	}
	wg.Go(func() {
		for {
			if _, err := j.Put(written("until it closes")); err != nil {
				if !errors.Is(err, ErrClosed) {
					t.Error(err)
				}
				return
			}
		}
	})
	wg.Go(func() { j.Close() })
	wg.Wait()
}

// A file where a folder should be is an error, not a panic or a wrong answer.
func TestBelowAFile(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "file"), nil)
	if _, err := Create(filepath.Join(dir, "file", "journal.db"), nil, testOptions()); err == nil {
		t.Error("made below a file")
	}
	if _, err := Open(filepath.Join(dir, "file", "journal.db"), nil, nil); err == nil {
		t.Error("opened below a file")
	}
}
