package journal

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// conflicting makes a journal and the copy that went its own way on another
// computer, under another passphrase. It returns the first, open, and the path
// of the other.
func conflicting(t testing.TB, mine, theirs func(j *Journal, shared []Entry)) (j *Journal, other string) {
	t.Helper()
	j = newTestJournal(t, testOptions())
	var shared []Entry
	for i := range 6 {
		shared = append(shared, put(t, j, written(fmt.Sprint("shared ", i))))
	}
	j.closeDB()
	other = filepath.Join(filepath.Dir(j.Path()), "journal (LAPTOP's conflicted copy 2026-11-22).db")
	writeFile(t, other, readFile(t, j.Path()))
	o := openTestJournal(t, other, testOptions())
	theirs(o, shared)
	if err := o.ChangePassphrase([]byte(newPassphrase)); err != nil {
		t.Fatal(err)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	mine(j, shared)
	return j, other
}

func retitled(t testing.TB, j *Journal, e Entry, titles ...string) {
	t.Helper()
	for _, title := range titles {
		e.Title = title
		put(t, j, e)
	}
}

// sameOnBoth changes an entry as it is changed on the other computer too.
func sameOnBoth(t testing.TB, j *Journal, e Entry) {
	t.Helper()
	e.Title, e.Updated = "the same", e.Updated.AddDate(1, 0, 0)
	line, err := encodeJSON(e)
	if err != nil {
		t.Fatal(err)
	}
	mustImport(t, j, string(line))
}

func TestMerge(t *testing.T) {
	j, other := conflicting(t, func(j *Journal, shared []Entry) {
		retitled(t, j, shared[1], "mine")
		retitled(t, j, shared[2], "mine", "mine again")
		sameOnBoth(t, j, shared[3])
		put(t, j, written("only mine"))
		if err := j.Delete(shared[5].ID); err != nil {
			t.Fatal(err)
		}
	}, func(j *Journal, shared []Entry) {
		retitled(t, j, shared[0], "theirs")
		retitled(t, j, shared[1], "theirs")
		retitled(t, j, shared[2], "theirs")
		sameOnBoth(t, j, shared[3])
		put(t, j, written("only theirs"))
		if _, err := j.SetDraft(Draft{Entry: written("their draft")}); err != nil {
			t.Fatal(err)
		}
		if err := j.Delete(shared[4].ID); err != nil {
			t.Fatal(err)
		}
	})
	image := readFile(t, other)
	before := shown(t, j)
	if _, err := j.Merge(other, []byte(testPassphrase)); !errors.Is(err, ErrPassphrase) || shown(t, j) != before {
		t.Errorf("with the wrong passphrase: %v", err)
	}
	if _, err := j.Merge(other+"x", []byte(newPassphrase)); !errors.Is(err, ErrNotExist) {
		t.Errorf("of no file: %v", err)
	}
	// Taken: 0, "only theirs", 4 which is in their bin, and 1 and 2 as second versions.
	report, err := j.Merge(other, []byte(newPassphrase))
	if err != nil || report != (MergeReport{Taken: 5, Kept: 2, Same: 2, Drafts: 1}) {
		t.Errorf("%+v, %v", report, err)
	}
	t.Logf("%+v", report)
	for range 2 {
		titles := make(map[string]int)
		for h := range j.Entries(Query{}) {
			titles[h.Title]++
		}
		got := shown(t, j)
		for title, n := range map[string]int{"mine": 1, "theirs": 3, "mine again": 1, "the same": 1} {
			if titles[title] != n {
				t.Errorf("%d entries are called %q, want %d", titles[title], title, n)
			}
		}
		for _, text := range []string{"only mine", "only theirs", "their draft"} {
			if strings.Count(got, text) != 1 {
				t.Errorf("%q is there %d times", text, strings.Count(got, text))
			}
		}
		if len(j.Bin()) != 2 || j.Len() != 8 || !j.Damage().Whole() {
			t.Errorf("%d in the bin, %d entries, %v", len(j.Bin()), j.Len(), j.Damage())
		}
		// A second time there is nothing more to take.
		if report, err := j.Merge(other, []byte(newPassphrase)); err != nil || report.Taken+report.Kept+report.Drafts != 0 || shown(t, j) != got {
			t.Errorf("again: %+v, %v", report, err)
		}
		j = reopen(t, j)
	}
	if !bytes.Equal(readFile(t, other), image) {
		t.Error("the other file was changed")
	}
	if report, err := j.Merge(j.Path(), []byte(testPassphrase)); err != nil || report.Taken != 0 {
		t.Errorf("with itself: %+v, %v", report, err)
	}
	j.Close()
	if _, err := j.Merge(other, []byte(newPassphrase)); !errors.Is(err, ErrClosed) {
		t.Errorf("into a closed journal: %v", err)
	}
}

// edited changes entries up to three times each, in one session or in several,
// and returns the last text of those that it changed, by their ids.
func edited(t testing.TB, j *Journal, r *rand.Rand, who string, shared []Entry) (*Journal, map[string]string) {
	t.Helper()
	last := make(map[string]string)
	for i, e := range shared {
		for k := range r.IntN(4) {
			e.Answers = []Answer{{Step: "text", Text: fmt.Sprintf("%s, entry %d, change %d", who, i, k)}}
			put(t, j, e)
			last[e.ID] = e.Answers[0].Text
			if r.IntN(3) == 0 {
				j = reopen(t, j)
			}
		}
	}
	return j, last
}

// Of entries that were changed on two computers, however often on each, every
// last text is there after a merge, and nothing else: an older version of the
// same line is not kept beside the later one.
func TestMergeLosesNoWords(t *testing.T) {
	both := 0
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(5, seed))
		j := newTestJournal(t, testOptions())
		var shared []Entry
		for i := range 8 {
			shared = append(shared, put(t, j, written(fmt.Sprint("shared ", i))))
		}
		if seed%2 == 0 {
			j = reopen(t, j)
		}
		j.closeDB()
		other := filepath.Join(t.TempDir(), "journal.db")
		writeFile(t, other, readFile(t, j.Path()))
		theirs, theirLast := edited(t, openTestJournal(t, other, testOptions()), r, "theirs", shared)
		theirs.Close()
		j, myLast := edited(t, j, r, "mine", shared)

		report, err := j.Merge(other, []byte(testPassphrase))
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		kept := 0
		for i, e := range shared {
			mine, theirs := myLast[e.ID], theirLast[e.ID]
			if mine != "" {
				want = append(want, mine)
			}
			if theirs != "" {
				want = append(want, theirs)
			}
			if mine == "" && theirs == "" {
				want = append(want, fmt.Sprint("shared ", i))
			}
			if mine != "" && theirs != "" {
				kept++
			}
		}
		var got []string
		for h := range j.Entries(Query{}) {
			e, err := j.Get(h.ID)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, e.Answers[0].Text)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) || report.Kept != kept {
			t.Errorf("seed %d: of %d both were kept, want %d\n%q\n%q", seed, report.Kept, kept, got, want)
		}
		both += kept
		j.Close()
	}
	if both == 0 {
		t.Error("nothing was changed on both")
	}
}

// What was written by a program that kept no history is kept twice rather than
// lost, and once where it is the same.
func TestMergeWithoutHistory(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := put(t, j, written("mine"))
	put(t, j, written("the same"))
	other := filepath.Join(t.TempDir(), "journal.db")
	var records []*record
	for _, r := range j.keptWithout("") {
		old := &record{id: r.id, head: r.head, body: r.body}
		old.head.History = nil
		if old.head.Rev = 9; old.head.ID == e.ID {
			old.body = bytes.Replace(r.body, []byte("mine"), []byte("theirs"), 1)
		}
		records = append(records, old)
	}
	if _, err := writeJournal(other, j.keys, lineage{Epoch: 99}, records, nil); err != nil {
		t.Fatal(err)
	}
	report, err := j.Merge(other, []byte(testPassphrase))
	if got := shown(t, j); err != nil || report != (MergeReport{Taken: 1, Kept: 1, Same: 1}) || !strings.Contains(got, "mine") || !strings.Contains(got, "theirs") {
		t.Errorf("%+v, %v\n%s", report, err, got)
	}
}

// An entry that was deleted there and changed here stays changed; the version
// that was deleted is in the bin, and not back among the entries.
func TestMergeDeletedThereChangedHere(t *testing.T) {
	j, other := conflicting(t, func(j *Journal, shared []Entry) {
		retitled(t, j, shared[0], "changed here")
	}, func(j *Journal, shared []Entry) {
		retitled(t, j, shared[0], "changed there")
		if err := j.Delete(shared[0].ID); err != nil {
			t.Fatal(err)
		}
	})
	if _, err := j.Merge(other, []byte(newPassphrase)); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, j); j.Len() != 6 || !strings.Contains(got, "changed here") || strings.Contains(got, "changed there") {
		t.Errorf("%d entries\n%s", j.Len(), got)
	}
	if bin := j.Bin(); len(bin) != 1 || bin[0].Title != "changed there" {
		t.Errorf("%+v", bin)
	}
}

func TestConflicts(t *testing.T) {
	j := newTestJournal(t, testOptions())
	dir := filepath.Dir(j.Path())
	put(t, j, written("a"))
	j.closeDB()
	image := readFile(t, j.Path())
	want := []string{
		"journal (LAPTOP's conflicted copy 2026-11-22).db",
		"journal (conflicted copy).db",
		"journal 2.db",
		"journal-LAPTOP7.db",
		"journal.sync-conflict-20261122-101500-ABC.db",
		"journal_conf(1).db",
	}
	others := []string{
		"journal.db.new-0badf00d", "journal.db.replaced-2026-11-22-101500", "journal.db.aside-0badf00d", "journal.db.unread-0badf00d",
		"journal2.db", "journals.db", "other.db", "my journal.db", "journal.txt", "journal-LAPTOP7.txt", ".journal-a.db",
	}
	for _, name := range append(slices.Clone(want), others...) {
		writeFile(t, filepath.Join(dir, name), image)
	}
	writeFile(t, filepath.Join(dir, "journal-notes.db"), []byte("not a journal"))
	if err := os.Mkdir(filepath.Join(dir, "journal-folder.db"), 0o700); err != nil {
		t.Fatal(err)
	}
	j.opts.Now = atDay(1)
	put(t, j, written("b"))
	maintain(t, j)
	var got []string
	for _, path := range Conflicts(j.Path()) {
		got = append(got, filepath.Base(path))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Conflicts(filepath.Join(dir, "none", "journal.db")); got != nil {
		t.Errorf("in a folder that is not there: %q", got)
	}
}
