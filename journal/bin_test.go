package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestBin(t *testing.T) {
	opts := testOptions()
	now := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)
	opts.Now = func() time.Time { return now }
	j := newTestJournal(t, opts)
	kept := put(t, j, written("kept"))
	e := fullEntry()
	e.Title = "findable"
	e = put(t, j, e)
	before := exported(t, j, Query{})
	if err := j.Delete(e.ID); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Hour)
	if err := j.Delete(e.ID); err != nil { // its time goes on from the first
		t.Fatal(err)
	}
	for range 2 {
		if j.Len() != 1 || strings.Contains(exported(t, j, Query{}), e.ID) {
			t.Error("a deleted entry is listed")
		}
		for range j.Entries(Query{Search: "findable"}) {
			t.Error("a deleted entry is found by what it says")
		}
		if _, err := j.Find(e.ID[:8]); !errors.Is(err, ErrNotFound) {
			t.Errorf("a deleted entry is found by its id: %v", err)
		}
		bin := j.Bin()
		if len(bin) != 1 || differ(e.Header, bin[0].Header) != "" || !bin[0].Until.Equal(now.Add(BinFor-time.Hour)) {
			t.Errorf("the bin: %+v", bin)
		}
		bin[0].Tags[0], bin[0].Bring.Share = "spoiled", false
		if e, err := j.Get(e.ID); err != nil || e.Tags[0] == "spoiled" || !e.Bring.Share {
			t.Errorf("changed by what was shown of the bin: %v", err)
		}
		if err := j.Maintain(); err != nil {
			t.Fatal(err)
		}
		j = reopen(t, j)
	}
	for range 2 { // the second time there is nothing to do
		if err := j.Undelete(e.ID); err != nil {
			t.Fatal(err)
		}
		if got := exported(t, j, Query{}); got != before || len(j.Bin()) != 0 {
			t.Errorf("brought back\n%s\nwas\n%s", got, before)
		}
		j = reopen(t, j)
	}
	for _, id := range []string{"", "none", e.ID[:4]} {
		for what, err := range map[string]error{"delete": j.Delete(id), "undelete": j.Undelete(id), "purge": j.Purge(kept.ID, id)} {
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("%s %q: %v", what, id, err)
			}
		}
	}
	// After its time it goes for good, not a moment before.
	if err := j.Delete(e.ID); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		wait time.Duration
		left int
	}{{BinFor, 1}, {time.Second, 0}} {
		now = now.Add(step.wait)
		if err := j.Maintain(); err != nil {
			t.Fatal(err)
		}
		if j = reopen(t, j); len(j.Bin()) != step.left || j.Len() != 1 || !j.Damage().Whole() {
			t.Errorf("after %v: %d in the bin, %d entries, %v", step.wait, len(j.Bin()), j.Len(), j.Damage())
		}
	}
	if _, err := j.Get(e.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("after its time: %v", err)
	}
}

// The clock alone does not empty the bin: it may be wrong for a while. Nor does a
// long absence, which looks the same.
func TestBinOutlastsAWrongClock(t *testing.T) {
	daily := func(from, to int) (days []int) {
		for day := from; day <= to; day++ {
			days = append(days, day)
		}
		return days
	}
	tests := []struct {
		name string
		days []int // on which the journal is looked after; it goes to the bin on day 1
		gone int   // the first of them on which it is gone; 0: on none
	}{
		{"every day", daily(1, 40), 32},
		{"once a week", []int{7, 14, 21, 28, 35, 42}, 35},
		{"a year ahead and back", append([]int{2, 3, 368, 4, 5}, daily(6, 40)...), 32},
		{"a year ahead for three days", append([]int{2, 3, 368, 369, 370, 4, 5}, daily(6, 40)...), 32},
		{"a year ahead again and again", []int{2, 368, 3, 369, 4, 370, 5, 371, 6, 372, 7, 373, 8}, 0},
		{"a year away", []int{2, 367, 368, 369}, 0},
		{"a year away, and back for a month", append([]int{2}, daily(367, 400)...), 389},
		{"a clock that stood in 1970", append([]int{-20000, 2, 9}, daily(10, 40)...), 32},
	}
	for _, test := range tests {
		opts := testOptions()
		opts.StateDir = t.TempDir()
		j := newTestJournal(t, opts)
		e := put(t, j, written("in the bin"))
		j.opts.Now = atDay(1)
		if err := j.Delete(e.ID); err != nil {
			t.Fatal(err)
		}
		gone := 0
		for i, day := range test.days {
			j.opts.Now = atDay(day)
			if err := j.Maintain(); err != nil {
				t.Fatal(err)
			}
			if len(j.Bin()) == 0 && gone == 0 {
				gone = day
			}
			if i == 3 { // what was seen outlives a change of keys
				if err := j.ChangePassphrase([]byte(testPassphrase)); err != nil {
					t.Fatal(err)
				}
			}
			j = reopen(t, j)
		}
		if gone != test.gone {
			t.Errorf("%s: gone on day %d, want %d", test.name, gone, test.gone)
		}
		j.Close()
	}
}

// An import does not bring back what was deleted, unless the line is newer.
func TestImportBinned(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := put(t, j, written("mine"))
	line := exported(t, j, Query{})
	if err := j.Delete(e.ID); err != nil {
		t.Fatal(err)
	}
	older := strings.Replace(line, "2026-11-20", "2025-11-20", 2)
	older = strings.Replace(older, "mine", "older", 1)
	for _, text := range []string{line, older} {
		if r := mustImport(t, j, text); r.Taken != 0 || j.Len() != 0 || len(j.Bin()) != 1 {
			t.Errorf("%+v: %d entries, %d in the bin", r, j.Len(), len(j.Bin()))
		}
	}
	newer := strings.Replace(line, `"updated":"2026`, `"updated":"2027`, 1)
	if r := mustImport(t, j, newer); r.Taken != 1 || j.Len() != 1 || len(j.Bin()) != 0 {
		t.Errorf("newer: %+v: %d entries, %d in the bin", r, j.Len(), len(j.Bin()))
	}
	if j = reopen(t, j); j.Len() != 1 || len(j.Bin()) != 0 {
		t.Errorf("opened again: %d entries, %d in the bin", j.Len(), len(j.Bin()))
	}
}

// sealedRuns are the runs of 16 bytes of every version of a record that some
// files hold.
func sealedRuns(t testing.TB, k *keyring, dir string, ids ...recordID) map[string]bool {
	t.Helper()
	out := make(map[string]bool)
	for _, b := range files(t, dir) {
		for c := range everyRecord(k, b) {
			if !slices.Contains(ids, c.id) {
				continue
			}
			for at := c.at + recordHeader; at+16 <= c.at+c.size; at++ {
				out[string(b[at:at+16])] = true
			}
		}
	}
	return out
}

// Of what was deleted for good no 16 bytes are left in the journal's folder:
// not of its earlier versions, nor of the drafts that it was.
func TestPurge(t *testing.T) {
	for _, binned := range []bool{true, false} {
		t.Run(fmt.Sprintf("in the bin %v", binned), func(t *testing.T) {
			j := newTestJournal(t, testOptions())
			dir := filepath.Dir(j.Path())
			other := put(t, j, written("stays"))
			var runs = make(map[string]bool)
			var ids []recordID
			gather := func() {
				t.Helper()
				for run := range sealedRuns(t, j.keys, dir, ids...) {
					runs[run] = true
				}
			}
			// A draft for two days, then an entry, changed twice, in five backups.
			j.opts.Now = atDay(1)
			d, err := j.SetDraft(Draft{Entry: written("to be deleted")})
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, j.keys.recordID(draftName(d.ID)))
			maintain := func(day int) {
				t.Helper()
				j.opts.Now = atDay(day)
				if err := j.Maintain(); err != nil {
					t.Fatal(err)
				}
				gather()
			}
			maintain(1)
			d.Answers[0].Text = strings.Repeat("to be deleted, further on ", 100)
			if d, err = j.SetDraft(d); err != nil {
				t.Fatal(err)
			}
			maintain(2)
			e, err := j.Keep(d)
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, j.keys.recordID(entryName(e.ID)))
			maintain(3)
			for day := 4; day <= 5; day++ {
				e.Title = fmt.Sprint("version ", day)
				put(t, j, e)
				maintain(day)
			}
			open, err := j.SetDraft(Draft{Entry: written("still a draft")})
			if err != nil {
				t.Fatal(err)
			}
			maintain(6)
			if binned {
				if err := j.Delete(e.ID); err != nil {
					t.Fatal(err)
				}
			}
			gather()
			if len(backups(j.Path())) != 6 || len(runs) < 5000 {
				t.Fatalf("%d backups, %d runs", len(backups(j.Path())), len(runs))
			}
			// What a restore put aside has it too.
			writeFile(t, j.Path()+".replaced-2026-11-06-120000", readFile(t, j.Path()))
			if err := j.Purge(e.ID); err != nil {
				t.Fatal(err)
			}
			checked := 0
			for path, b := range files(t, dir) {
				for at := 0; at+16 <= len(b); at++ {
					if runs[string(b[at:at+16])] {
						t.Fatalf("%s still has it, at %d", filepath.Base(path), at)
					}
					checked++
				}
			}
			t.Logf("%d runs of the deleted entry, none among %d places in %d files", len(runs), checked, len(files(t, dir)))
			if j = reopen(t, j); j.Len() != 1 || len(j.Bin()) != 0 || len(j.Drafts()) != 1 || !j.Damage().Whole() {
				t.Errorf("%d entries, %d in the bin, %d drafts, %v", j.Len(), len(j.Bin()), len(j.Drafts()), j.Damage())
			}
			for i, b := range backups(j.Path()) {
				c, err := readBack(b, j.keys)
				if err != nil || !c.damage.Whole() || c.records[j.keys.recordID(entryName(other.ID))] == nil {
					t.Errorf("%s: %v", filepath.Base(b), err)
				}
				if i == 0 && c.records[j.keys.recordID(draftName(open.ID))] == nil {
					t.Error("a draft that is still one is gone from the backup")
				}
			}
			if err := j.Purge(e.ID); !errors.Is(err, ErrNotFound) {
				t.Errorf("a second time: %v", err)
			}
		})
	}
}

// A backup that cannot be rid of what was deleted for good is named.
func TestPurgeNamesWhatItCouldNotReach(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := put(t, j, written("to be deleted"))
	strange := filepath.Join(backupDir(j.Path()), "journal-2019-01-01.db")
	maintain(t, j)
	writeFile(t, strange, earlierImage(t))
	if got := j.Foreign(); len(got) != 0 {
		t.Errorf("before: %q", got)
	}
	if err := j.Purge(e.ID); err != nil || !slices.Equal(j.Foreign(), []string{strange}) {
		t.Errorf("%q, %v", j.Foreign(), err)
	}
}

// A backup that is damaged stays known as damaged, also when it is written anew.
func TestPurgeKeepsDamageKnown(t *testing.T) {
	j := livedIn(t, testOptions())
	var id string
	for h := range j.Entries(Query{}) {
		id = h.ID
	}
	hurt := backups(j.Path())[0]
	b := readFile(t, hurt)
	var last carving
	for c := range j.keys.carve(b) {
		if c.head.Type == typeEntry && c.head.ID != id {
			last = c
		}
	}
	b[last.at+99] ^= 1
	writeFile(t, hurt, b)
	if err := j.Purge(id); err != nil {
		t.Fatal(err)
	}
	if err := j.ChangePassphrase([]byte(newPassphrase)); err != nil {
		t.Fatal(err)
	}
	j.Close()
	check, err := Check(j.Path(), []byte(newPassphrase), testOptions())
	if err != nil || check.Whole() || !check.Damage.Whole() || check.Backups[0].Err == nil || check.Backups[1].Err != nil {
		t.Errorf("%+v, %v", check, err)
	}
	if _, err := Restore(j.Path(), hurt, []byte(newPassphrase), testOptions()); !errors.Is(err, ErrDamaged) {
		t.Errorf("restored from a backup with a hole: %v", err)
	}
}

// Whatever is done in whatever order, the journal is what a map would be.
func TestAsAMap(t *testing.T) {
	t.Parallel()
	rounds := 6
	if *exhaustive {
		rounds = 300
	}
	done := make(map[string]int)
	for seed := range rounds {
		r := rand.New(rand.NewPCG(21, uint64(seed)))
		j := newTestJournal(t, testOptions())
		shelf, bin := make(map[string]string), make(map[string]string)
		var ids []string
		text := func() string { return strings.Repeat(fmt.Sprintf("%d-%d ", seed, r.IntN(1e6)), 1+r.IntN(200)) }
		for step := range 60 {
			var op string
			var err error
			id := ""
			if len(ids) > 0 {
				id = ids[r.IntN(len(ids))]
			}
			_, onShelf := shelf[id]
			_, inBin := bin[id]
			known := onShelf || inBin
			switch n := r.IntN(12); {
			case n < 4 || len(ids) == 0:
				op = "put"
				e := put(t, j, written(text()))
				ids = append(ids, e.ID)
				shelf[e.ID] = e.Answers[0].Text
			case n < 6:
				op = "edit"
				e := written(text())
				e.ID = id
				put(t, j, e)
				shelf[id] = e.Answers[0].Text
				delete(bin, id)
			case n < 8:
				op, err = "delete", j.Delete(id)
				if onShelf {
					bin[id] = shelf[id]
					delete(shelf, id)
				}
			case n < 9:
				op, err = "undelete", j.Undelete(id)
				if inBin {
					shelf[id] = bin[id]
					delete(bin, id)
				}
			case n < 10:
				op, err = "purge", j.Purge(id)
				delete(shelf, id)
				delete(bin, id)
			case n < 11:
				op, j, known = "reopen", reopen(t, j), true
			default:
				op, err, known = "maintain", j.Maintain(), true
			}
			done[op]++
			if op != "put" && op != "edit" && errors.Is(err, ErrNotFound) == known || err != nil && !errors.Is(err, ErrNotFound) {
				t.Fatalf("seed %d, step %d: %s: %v", seed, step, op, err)
			}
			if j.Len() != len(shelf) || len(j.Bin()) != len(bin) || !j.Damage().Whole() {
				t.Fatalf("seed %d, step %d: after %s %d and %d in the bin, want %d and %d; %v", seed, step, op, j.Len(), len(j.Bin()), len(shelf), len(bin), j.Damage())
			}
		}
		j = reopen(t, j)
		for _, want := range []map[string]string{shelf, bin} {
			for id, text := range want {
				if e, err := j.Get(id); err != nil || e.Answers[0].Text != text {
					t.Errorf("seed %d: another text: %v", seed, err)
				}
			}
		}
		for h := range j.Entries(Query{}) {
			if _, ok := shelf[h.ID]; !ok {
				t.Errorf("seed %d: an entry that is not on the shelf", seed)
			}
		}
		var b bytes.Buffer
		if n, err := j.Export(io.Writer(&b), Query{}); n != len(shelf) || err != nil {
			t.Errorf("seed %d: %d exported, %v", seed, n, err)
		}
		j.Close()
	}
	t.Logf("%d journals: %v", rounds, done)
}
