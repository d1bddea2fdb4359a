package journal

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// keepChange keeps a draft of a change of an entry.
func keepChange(t testing.TB, j *Journal, of string, adds bool, title, text string) Entry {
	t.Helper()
	d := Draft{Entry: written(text), Place: Place{Of: of, Adds: adds}}
	d.Title = title
	if text == "" {
		d.Answers = nil
	}
	d, err := j.SetDraft(d)
	if err != nil {
		t.Fatal(err)
	}
	e, err := j.Keep(d)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(j.Drafts()); n > 0 {
		t.Errorf("%d drafts are left", n)
	}
	return e
}

func TestChangeKeepsWhatWasSaid(t *testing.T) {
	now := time.Date(2026, 11, 20, 17, 0, 0, 0, time.UTC)
	o := testOptions()
	o.Now = func() time.Time { return now }
	j := newTestJournal(t, o)
	e := fullEntry()
	e.Later, e.Earlier = nil, nil
	first := put(t, j, e)
	now = now.Add(time.Hour)
	keepChange(t, j, first.ID, false, "after", "after")
	keepChange(t, j, first.ID, false, "after", "after") // nothing is new
	keepChange(t, j, first.ID, true, "", "a thought")
	keepChange(t, j, first.ID, true, "", "") // no thought
	now = now.Add(time.Hour)
	keepChange(t, j, first.ID, false, "", "")
	j = reopen(t, j)
	got, err := j.Get(first.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := first
	want.Title, want.Answers, want.Updated = "", nil, now
	want.Later = []Thought{{Added: now.Add(-time.Hour), Text: "a thought"}}
	want.Earlier = []Version{
		{Until: now.Add(-time.Hour), Title: first.Title, Answers: first.Answers},
		{Until: now, Title: "after", Answers: written("after").Answers},
	}
	if x, y := asLine(t, got), asLine(t, want); x != y {
		t.Errorf("it is\n%s\nand not\n%s", x, y)
	}
	if j.Len() != 1 {
		t.Errorf("%d entries", j.Len())
	}
	for search, n := range map[string]int{"thought": 1, "after": 0} {
		if got := j.List(Query{Search: search}).Len(); got != n {
			t.Errorf("%s: found %d, want %d", search, got, n)
		}
	}
}

func asLine(t testing.TB, e Entry) string {
	t.Helper()
	b, err := encodeJSON(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What was written about an entry that is not there any more is an entry of its
// own, and one in the bin comes back with it.
func TestChangeOfWhatIsGone(t *testing.T) {
	j := newTestJournal(t, testOptions())
	binned, gone := put(t, j, written("in the bin")), put(t, j, written("gone"))
	if err := errors.Join(j.Delete(binned.ID), j.Purge(gone.ID)); err != nil {
		t.Fatal(err)
	}
	keepChange(t, j, binned.ID, false, "", "changed in the bin")
	if e := keepChange(t, j, gone.ID, true, "", "about what is gone"); e.ID == gone.ID || e.ID == "" {
		t.Errorf("its id is %q", e.ID)
	}
	if got := exported(t, j, Query{}); j.Len() != 2 || len(j.Bin()) != 0 || !strings.Contains(got, "about what is gone") || !strings.Contains(got, "changed in the bin") || !strings.Contains(got, "earlier") {
		t.Errorf("%d in the bin, and\n%s", len(j.Bin()), got)
	}
}

func TestPurgeTakesVersionsAndChanges(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := put(t, j, written("what nobody should read"))
	keepChange(t, j, e.ID, false, "", "better")
	if err := j.BackupNow(); err != nil {
		t.Fatal(err)
	}
	change := Draft{Entry: written("what nobody should read, changed"), Place: Place{Of: e.ID}}
	other := Draft{Entry: written("another draft")}
	for _, d := range []Draft{change, other} {
		if _, err := j.SetDraft(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Purge(e.ID); err != nil {
		t.Fatal(err)
	}
	if got := j.Drafts(); len(got) != 1 || got[0].Answers[0].Text != "another draft" {
		t.Errorf("the drafts are %+v", got)
	}
}

func TestChangeTooLarge(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := put(t, j, written(strings.Repeat("x", MaxEntrySize/2)))
	d, err := j.SetDraft(Draft{Entry: written(strings.Repeat("y", MaxEntrySize/2)), Place: Place{Of: e.ID}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Keep(d); !errors.Is(err, ErrTooLarge) {
		t.Errorf("kept: %v", err)
	}
	if got, err := j.Get(e.ID); err != nil || asLine(t, got) != asLine(t, e) || len(j.Drafts()) != 1 {
		t.Errorf("%d drafts, %v", len(j.Drafts()), err)
	}
}

// Another copy of the journal has changes of its own: of an entry that was
// changed on both sides both stay, each with what it said before.
func TestMergeKeepsVersions(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := put(t, j, written("first"))
	j.Close()
	there := t.TempDir() + "/there.db"
	writeFile(t, there, readFile(t, j.Path()))
	other := openTestJournal(t, there, testOptions())
	keepChange(t, other, e.ID, false, "", "changed there")
	keepChange(t, other, e.ID, true, "", "thought there")
	other.Close()
	j = openTestJournal(t, j.Path(), testOptions())
	keepChange(t, j, e.ID, false, "", "changed here")
	if _, err := j.Merge(there, []byte(testPassphrase)); err != nil {
		t.Fatal(err)
	}
	got := exported(t, j, Query{})
	if j.Len() != 2 || strings.Count(got, "first") != 2 {
		t.Errorf("%d entries:\n%s", j.Len(), got)
	}
	for _, said := range []string{"changed here", "changed there", "thought there"} {
		if !strings.Contains(got, said) {
			t.Errorf("%q is lost:\n%s", said, got)
		}
	}
}

// A modelled journal is what a person would expect to be there.
type modelled struct {
	entries, bin map[string]Entry
}

// Whatever is done to entries in whatever order, and however often the journal
// is opened again: nothing is lost that was not deleted for good.
func TestHistoryAgainstModel(t *testing.T) {
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(7, seed))
		now := time.Date(2026, 11, 20, 17, 0, 0, 0, time.UTC)
		o := testOptions()
		o.Now = func() time.Time { return now }
		j := newTestJournal(t, o)
		m := modelled{make(map[string]Entry), make(map[string]Entry)}
		one := func(of map[string]Entry) (string, bool) {
			ids := make([]string, 0, len(of))
			for id := range of {
				ids = append(ids, id)
			}
			slices.Sort(ids)
			if len(ids) == 0 {
				return "", false
			}
			return ids[r.IntN(len(ids))], true
		}
		var done []string
		for step := range 120 {
			now = now.Add(time.Minute)
			text := fmt.Sprintf("text %d", r.IntN(6))
			var err error
			switch op := r.IntN(10); {
			case op < 2:
				e := written(text)
				e.ID, e.Created = fmt.Sprintf("e%d", step), now
				e = put(t, j, e)
				m.entries[e.ID] = e
				done = append(done, "put "+e.ID)
			case op < 7: // a change or a later thought, also of what is in the bin
				of := m.entries
				if r.IntN(8) == 0 {
					of = m.bin
				}
				id, ok := one(of)
				if !ok {
					continue
				}
				e, adds := of[id], r.IntN(3) == 0
				keepChange(t, j, id, adds, "", text)
				done = append(done, fmt.Sprintf("change %s, adds %v: %s", id, adds, text))
				switch {
				case adds:
					e.Later = append(slices.Clone(e.Later), Thought{now, text})
				case e.Answers[0].Text == text:
					continue
				default:
					e.Earlier = append(slices.Clone(e.Earlier), Version{Until: now, Answers: e.Answers})
					e.Answers = written(text).Answers
				}
				e.Updated = now
				delete(m.bin, id)
				m.entries[id] = e
			case op == 7:
				if id, ok := one(m.entries); ok {
					err = j.Delete(id)
					m.bin[id] = m.entries[id]
					delete(m.entries, id)
					done = append(done, "delete "+id)
				}
			case op == 8:
				if id, ok := one(m.bin); ok {
					err = j.Undelete(id)
					m.entries[id] = m.bin[id]
					delete(m.bin, id)
					done = append(done, "undelete "+id)
				}
			case r.IntN(3) == 0:
				if id, ok := one(m.bin); ok {
					err = j.Purge(id)
					delete(m.bin, id)
					done = append(done, "purge "+id)
				}
			default:
				j = reopen(t, j)
				done = append(done, "reopen")
			}
			if err != nil {
				t.Fatal(err)
			}
			if why := m.differs(t, j); why != "" {
				t.Fatalf("seed %d: %s\nafter %s", seed, why, strings.Join(done, "; "))
			}
		}
		// The same entries, taken in elsewhere from an export, are the same.
		text := exported(t, j, Query{})
		fresh := newTestJournal(t, testOptions())
		mustImport(t, fresh, text)
		if got := exported(t, fresh, Query{}); got != text {
			t.Fatalf("seed %d: exported, taken in and exported it differs", seed)
		}
	}
}

// differs says in what a journal is not as the model.
func (m modelled) differs(t testing.TB, j *Journal) string {
	t.Helper()
	if j.Len() != len(m.entries) || len(j.Bin()) != len(m.bin) {
		return fmt.Sprintf("%d entries and %d in the bin, want %d and %d", j.Len(), len(j.Bin()), len(m.entries), len(m.bin))
	}
	for _, all := range []map[string]Entry{m.entries, m.bin} {
		for id, want := range all {
			got, err := j.Get(id)
			if err != nil {
				return err.Error()
			}
			if x, y := asLine(t, got), asLine(t, want); !bytes.Equal([]byte(x), []byte(y)) {
				return fmt.Sprintf("%s is\n%s\nand not\n%s", id, x, y)
			}
		}
	}
	return ""
}

// What an entry said before goes for good, when that is asked for: no sealed
// record of it is left in the journal's file or in a backup.
func TestForgetEarlier(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e, other := put(t, j, written("what nobody should read")), put(t, j, written("another"))
	keepChange(t, j, e.ID, false, "", "better")
	keepChange(t, j, e.ID, true, "", "a thought")
	if err := j.BackupNow(); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to forget
		if err := j.ForgetEarlier(e.ID); err != nil {
			t.Fatal(err)
		}
		got, err := j.Get(e.ID)
		if err != nil || got.Earlier != nil || got.Answers[0].Text != "better" || len(got.Later) != 1 || j.Len() != 2 {
			t.Errorf("%+v, %v", got, err)
		}
		files := append(backups(j.Path()), j.Path())
		if len(files) < 2 {
			t.Errorf("there is no backup: %v", files)
		}
		for _, path := range files {
			found := 0
			for c := range j.keys.carve(readFile(t, path)) {
				if found++; bytes.Contains(c.record.body, []byte("nobody should read")) {
					t.Errorf("%s still has it", path)
				}
			}
			if found == 0 {
				t.Errorf("nothing was found in %s", path)
			}
		}
		j = reopen(t, j)
	}
	if err := j.Delete(other.ID); err != nil {
		t.Fatal(err)
	}
	keepChange(t, j, other.ID, false, "", "changed")
	if err := errors.Join(j.Delete(other.ID), j.ForgetEarlier(other.ID)); err != nil || len(j.Bin()) != 1 {
		t.Errorf("%d in the bin, %v", len(j.Bin()), err)
	}
	if err := j.ForgetEarlier("none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("no such entry: %v", err)
	}
}
