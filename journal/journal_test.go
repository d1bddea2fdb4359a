package journal

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
			{Step: "agreed", Items: []Item{{Text: "ask the GP", Who: "me", When: "Friday", Done: true}, {Text: "The step", From: "abc/set-down/0"}}},
			{Step: "nothing"},
			{Step: "stuck", Text: "who decides", Bring: &Bring{Side: "administrative", Share: true}},
			{Step: "moved", Text: "her laugh", Bring: &Bring{}},
		},
		Later: []Thought{{Added: time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC), Text: "żal"}, {Added: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC), Text: "and then"}},
		Earlier: []Version{
			{Until: time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC), Title: "before", Answers: []Answer{{Step: "calm", Value: &zero}}},
			{Until: time.Date(2026, 11, 20, 19, 0, 0, 0, time.UTC)},
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
	mine.Answers[8].Bring.Share = false
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
		"title not UTF-8": {Header: Header{Kind: Note, Title: marker + "\xff"}},
		"text not UTF-8":  {Header: Header{Kind: Note}, Answers: []Answer{{Step: "s", Text: marker + "\xff"}}},
		"item not UTF-8":  {Header: Header{Kind: Note}, Answers: []Answer{{Step: "s", Items: []Item{{Who: marker + "\xff"}}}}},
		"part not UTF-8":  {Header: Header{Kind: Note}, Answers: []Answer{{Step: "s", Shares: map[string]int{marker + "\xff": 1}}}},
		"later not UTF-8": {Header: Header{Kind: Note}, Later: []Thought{{Added: atDay(1)(), Text: marker + "\xff"}}},
		"was not UTF-8":   {Header: Header{Kind: Note}, Earlier: []Version{{Until: atDay(1)(), Answers: []Answer{{Text: marker + "\xff"}}}}},
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
