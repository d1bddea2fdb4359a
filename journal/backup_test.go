package journal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	bolt "go.etcd.io/bbolt"
)

func maintain(t testing.TB, j *Journal) []string {
	t.Helper()
	if err := j.Maintain(); err != nil {
		t.Fatal(err)
	}
	return backups(j.Path())
}

func TestDailyBackup(t *testing.T) {
	j := newTestJournal(t, testOptions())
	j.opts.Now = atDay(1)
	if have := maintain(t, j); len(have) != 0 {
		t.Errorf("of an empty journal: %q", have)
	}
	put(t, j, written("first"))
	for range 2 {
		if have := maintain(t, j); len(have) != 1 || filepath.Base(have[0]) != "journal-2026-11-01.db" {
			t.Errorf("the first day: %q", have)
		}
		put(t, j, written("more")) // one a day
	}
	j.opts.Now = atDay(2)
	if have := maintain(t, j); len(have) != 2 {
		t.Errorf("the second day: %q", have)
	}
	j.opts.Now = atDay(3)
	if have := maintain(t, j); len(have) != 2 {
		t.Errorf("a day on which nothing was new: %q", have)
	}
	for day := 4; day <= 12; day++ {
		j.opts.Now = atDay(day)
		put(t, j, written(fmt.Sprint("day ", day)))
		have := maintain(t, j)
		if len(have) > keepBackups {
			t.Errorf("day %d: %d backups", day, len(have))
		}
		c, err := readBack(have[0], j.keys)
		if err != nil || !c.damage.Whole() || len(c.records) != j.Len() || c.ledger.Epoch != j.ledger.Epoch {
			t.Errorf("day %d: %v", day, err)
		}
	}
	have := backups(j.Path())
	if len(have) != keepBackups || filepath.Base(have[0]) != "journal-2026-11-12.db" || filepath.Base(have[6]) != "journal-2026-11-06.db" {
		t.Errorf("after twelve days: %q", have)
	}
	// A clock that stands in 1970 costs no backup its place for the next one.
	put(t, j, written("with a wrong clock"))
	j.opts.Now = atDay(-20000)
	if have := maintain(t, j); len(have) != keepBackups || filepath.Base(have[6]) != "journal-1972-01-28.db" {
		t.Errorf("with a wrong clock: %q", have)
	}
	// What another journal of this name left is not ours to remove.
	foreign := newTestJournal(t, testOptions())
	put(t, foreign, written("of a journal that was here before"))
	foreign.closeDB()
	strange := readFile(t, foreign.Path())
	kept := filepath.Join(backupDir(j.Path()), "journal-2019-01-01.db")
	writeFile(t, kept, strange)
	for day := 13; day <= 22; day++ {
		j.opts.Now = atDay(day)
		put(t, j, written(fmt.Sprint("day ", day)))
		maintain(t, j)
	}
	if !bytes.Equal(readFile(t, kept), strange) {
		t.Error("changed")
	}
	if have := backups(j.Path()); len(have) != keepBackups+1 {
		t.Errorf("%q", have)
	}
	if err := j.ChangePassphrase([]byte(newPassphrase)); err != nil || !j.Damage().Whole() || !slices.Equal(j.Foreign(), []string{kept}) || !bytes.Equal(readFile(t, kept), strange) {
		t.Errorf("a backup of another journal: %v, %v, %q", err, j.Damage(), j.Foreign())
	}
	// That one does not open stops neither saves nor backups.
	j.opts.Now = atDay(23)
	put(t, j, written("and on"))
	if have := maintain(t, j); filepath.Base(have[0]) != "journal-2026-11-23.db" {
		t.Errorf("%q", have)
	}
}

// A backup that went bad costs neither the journal's keys nor the next backup.
func TestBackupGoneBad(t *testing.T) {
	for name, spoil := range map[string]func(b []byte) []byte{
		"empty":       func([]byte) []byte { return nil },
		"half":        func(b []byte) []byte { return b[:len(b)/4] },
		"a bad page":  func(b []byte) []byte { clear(b[12*4096 : 13*4096]); return b },
		"two bad":     func(b []byte) []byte { clear(b[8*4096 : 9*4096]); clear(b[11*4096 : 12*4096]); return b },
		"not one":     func([]byte) []byte { return bytes.Repeat([]byte("Dear diary, "), 5000) },
		"a bad entry": func(b []byte) []byte { b[bytes.LastIndex(b, recordMagic[:])+80] ^= 1; return b },
	} {
		j := livedIn(t, testOptions())
		newest := backups(j.Path())[0]
		writeFile(t, newest, spoil(readFile(t, newest)))
		want := shown(t, j)
		j.opts.Now = atDay(4)
		have := maintain(t, j)
		if len(have) != 4 || filepath.Base(have[0]) != "journal-2026-11-04.db" {
			t.Errorf("%s: %q", name, have)
		}
		e := put(t, j, written("saved afterwards"))
		if err := j.Delete(e.ID); err != nil {
			t.Fatal(err)
		}
		j.Close()
		check, err := Check(j.Path(), []byte(testPassphrase), testOptions())
		if err != nil || !check.Damage.Whole() || check.Whole() {
			t.Errorf("%s: %+v, %v", name, check, err)
		}
		for _, b := range check.Backups {
			if (b.Err == nil) != (b.Path != newest) {
				t.Errorf("%s: %s: %v", name, filepath.Base(b.Path), b.Err)
			}
		}
		j = openTestJournal(t, j.Path(), testOptions())
		if got := shown(t, j); got != want || !j.Damage().Whole() {
			t.Errorf("%s: %v", name, j.Damage())
		}
		j.Close()
	}
}

func TestBackupFile(t *testing.T) {
	j := livedIn(t, testOptions())
	want := shown(t, j)
	dest := filepath.Join(t.TempDir(), "copy.db")
	if err := j.Backup(dest); err != nil {
		t.Fatal(err)
	}
	sum := fileSum(t, dest)
	put(t, j, written("later"))
	if err := j.Backup(dest); !errors.Is(err, ErrExist) || fileSum(t, dest) != sum {
		t.Errorf("over a file: %v", err)
	}
	if err := j.Backup(filepath.Dir(dest)); !errors.Is(err, ErrExist) {
		t.Errorf("over a folder: %v", err)
	}
	if err := j.Backup(filepath.Join(dest, "below")); err == nil {
		t.Error("below a file")
	}
	if err := j.Backup(filepath.Join(filepath.Dir(dest), "none", "copy.db")); err == nil {
		t.Error("in a folder that is not there")
	}
	if got := folder(t, filepath.Dir(dest)); !slices.Equal(got, []string{"copy.db"}) {
		t.Errorf("the folder holds %q", got)
	}
	other := openTestJournal(t, dest, testOptions())
	if got := shown(t, other); got != want || !other.Damage().Whole() {
		t.Errorf("%v\n%s\nwant\n%s", other.Damage(), got, want)
	}
	if j.Close(); !errors.Is(j.Backup(dest+"2"), ErrClosed) || !errors.Is(j.Maintain(), ErrClosed) {
		t.Error("of a closed journal")
	}
}

func TestRestore(t *testing.T) {
	opts := testOptions()
	opts.StateDir = filepath.Join(t.TempDir(), "state")
	j := livedIn(t, opts)
	path := j.Path()
	backup := backups(path)[1]
	for i := range 5 {
		put(t, j, written(fmt.Sprint("to be given up ", i)))
	}
	want := shown(t, j)
	if _, err := Restore(path, backup, []byte(testPassphrase), opts); !errors.Is(err, ErrInUse) {
		t.Errorf("of an open journal: %v", err)
	}
	j.Close()
	image := readFile(t, path)
	spoilt := filepath.Join(t.TempDir(), "spoilt.db")
	b := readFile(t, backup)
	b[bytes.LastIndex(b, recordMagic[:])+80] ^= 1
	writeFile(t, spoilt, b)
	writeFile(t, spoilt+".short", b[:len(b)/4])
	for name, err := range map[string]error{
		"a bad entry":          second(Restore(path, spoilt, []byte(testPassphrase), opts)),
		"short":                second(Restore(path, spoilt+".short", []byte(testPassphrase), opts)),
		"the wrong passphrase": second(Restore(path, backup, []byte("wrong"), opts)),
		"no file":              second(Restore(path, backup+"x", []byte(testPassphrase), opts)),
		"a folder":             second(Restore(path, filepath.Dir(backup), []byte(testPassphrase), opts)),
	} {
		if err == nil || errors.Is(err, ErrPassphrase) != (name == "the wrong passphrase") {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.Equal(readFile(t, path), image) {
			t.Fatalf("%s: the journal was changed", name)
		}
	}
	// Twice in one second: each time what was there is kept.
	opts.Now = atDay(20)
	first, err1 := Restore(path, backup, []byte(testPassphrase), opts)
	restored := readFile(t, path)
	again, err2 := Restore(path, backup, []byte(testPassphrase), opts)
	if err1 != nil || err2 != nil || first == again {
		t.Fatal(first, err1, again, err2)
	}
	if !bytes.Equal(readFile(t, first), image) || !bytes.Equal(readFile(t, again), restored) {
		t.Error("what was replaced was changed")
	}
	for _, name := range folder(t, filepath.Dir(path)) {
		if strings.Contains(name, ".new-") {
			t.Errorf("%s is left", name)
		}
	}
	j = openTestJournal(t, path, opts)
	if j.Len() != 16 || !j.Damage().Whole() {
		t.Errorf("%d entries, %v: restored, it is the newest state", j.Len(), j.Damage())
	}
	put(t, j, written("and on"))
	if j = reopen(t, j); j.Len() != 17 || !j.Damage().Whole() {
		t.Errorf("%d entries, %v", j.Len(), j.Damage())
	}
	j.Close()
	// And back again.
	if _, err := Restore(path, first, []byte(testPassphrase), opts); err != nil {
		t.Fatal(err)
	}
	j = openTestJournal(t, path, opts)
	if got := shown(t, j); got != want || !j.Damage().Whole() {
		t.Errorf("%v\n%s\nwant\n%s", j.Damage(), got, want)
	}
	j.Close()
	// Where there was no journal there is nothing to keep.
	fresh := filepath.Join(t.TempDir(), "new", "journal.db")
	if kept, err := Restore(fresh, backup, []byte(testPassphrase), opts); kept != "" || err != nil {
		t.Error(kept, err)
	}
	j = openTestJournal(t, fresh, testOptions())
	if j.Len() != 16 {
		t.Errorf("%d entries", j.Len())
	}
}

func second[T any](_ T, err error) error { return err }

// Maintain goes on beside everything that a person does, and Close waits for it.
func TestMaintainBeside(t *testing.T) {
	t.Parallel()
	j := livedIn(t, testOptions())
	old := put(t, j, written("deleted long ago"))
	j.opts.Now = atDay(-60)
	if err := j.Delete(old.ID); err != nil {
		t.Fatal(err)
	}
	j.opts.Now = atDay(4)
	path, before := j.Path(), j.Len()
	var work sync.WaitGroup
	for w := range 3 {
		work.Go(func() {
			d := Draft{Entry: written("draft")}
			for i := range 20 {
				e, err := j.Put(written(fmt.Sprint(w, " ", i)))
				if err != nil {
					t.Error(err)
				}
				if d, err = j.SetDraft(d); err != nil {
					t.Error(err)
				}
				if err := errors.Join(j.Delete(e.ID), j.Undelete(e.ID)); err != nil {
					t.Error(err)
				}
				_ = j.Bin()
			}
		})
	}
	for range 3 {
		work.Go(func() {
			if err := j.Maintain(); err != nil {
				t.Error(err)
			}
		})
	}
	work.Go(func() {
		if err := j.ChangePassphrase([]byte(newPassphrase)); err != nil {
			t.Error(err)
		}
	})
	work.Wait()
	if j.Len() != before+60 || len(j.Bin()) != 1 || len(backups(path)) != 4 {
		t.Errorf("%d entries, want %d; %d in the bin; %d backups", j.Len(), before+60, len(j.Bin()), len(backups(path)))
	}
	want := shown(t, j)
	j.opts.Now = atDay(5)
	maintained := make(chan error)
	go func() { maintained <- j.Maintain() }()
	j.Close()
	if err := <-maintained; err != nil && !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
	for name := range files(t, filepath.Dir(path)) {
		if strings.Contains(name, ".new-") {
			t.Errorf("%s was left by a backup that Close did not wait for", filepath.Base(name))
		}
	}
	j, err := Open(path, []byte(newPassphrase), testOptions())
	if err != nil || shown(t, j) != want || !j.Damage().Whole() {
		t.Fatal(err)
	}
	for _, b := range backups(path) {
		if c, err := readBack(b, j.keys); err != nil || !c.damage.Whole() {
			t.Errorf("%s: %v", filepath.Base(b), err)
		}
	}
	j.Close()
}

// A backup that is asked for has what is there now, on a day that has one too.
func TestBackupNow(t *testing.T) {
	j := newTestJournal(t, testOptions())
	put(t, j, written("in the morning"))
	if err := j.Maintain(); err != nil {
		t.Fatal(err)
	}
	put(t, j, written("in the evening"))
	if err := j.BackupNow(); err != nil {
		t.Fatal(err)
	}
	have := backups(j.Path())
	if len(have) != 1 {
		t.Fatalf("%d backups of one day", len(have))
	}
	c, err := readBack(have[0], j.keys)
	if err != nil || c.ledger.count() != 2 {
		t.Errorf("the backup has %d records, %v", c.ledger.count(), err)
	}
}

// Today's good backup does not give way to what has an older text, or a record
// that nothing lists.
func TestBackupNowOfADamagedJournal(t *testing.T) {
	for name, spoil := range map[string]func(b *bolt.Bucket, id recordID, old []byte) error{
		"an older version":     func(b *bolt.Bucket, id recordID, old []byte) error { return b.Put(id[:], old) },
		"one that was removed": func(b *bolt.Bucket, id recordID, _ []byte) error { return b.Delete(id[:]) },
	} {
		j := newTestJournal(t, testOptions())
		e := put(t, j, written("first"))
		put(t, j, written("other"))
		id := j.keys.recordID(entryName(e.ID))
		j.Close()
		var old []byte
		editRecords(t, j.Path(), func(b *bolt.Bucket) error { old = bytes.Clone(b.Get(id[:])); return nil })
		j = openTestJournal(t, j.Path(), testOptions())
		e.Answers[0].Text = "second, the good words"
		put(t, j, e)
		if err := j.BackupNow(); err != nil {
			t.Fatal(err)
		}
		good := readFile(t, backups(j.Path())[0])
		j.Close()
		editRecords(t, j.Path(), func(b *bolt.Bucket) error { return spoil(b, id, old) })
		j = openTestJournal(t, j.Path(), testOptions())
		if err := j.BackupNow(); !errors.Is(err, ErrLeft) || !bytes.Equal(readFile(t, backups(j.Path())[0]), good) {
			t.Errorf("%s: %v", name, err)
		}
		// A copy that is asked for says what it lacks, and does not pass for whole.
		dest := filepath.Join(t.TempDir(), "copy.db")
		if err := j.Backup(dest); err != nil {
			t.Fatal(err)
		}
		want := j.Damage()
		j.Close()
		other := openTestJournal(t, dest, testOptions())
		if other.Damage() != want || want.Whole() {
			t.Errorf("%s: the copy says %+v, the journal %+v", name, other.Damage(), want)
		}
		other.Close()
		if _, err := Restore(j.Path(), dest, []byte(testPassphrase), testOptions()); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: restored: %v", name, err)
		}
	}
}

// An unlisted record is listed in a copy, and the copy still not whole.
func TestBackupOfAnUnlistedRecord(t *testing.T) {
	j := newTestJournal(t, testOptions())
	d, err := j.SetDraft(Draft{Entry: written("draft")})
	if err != nil {
		t.Fatal(err)
	}
	id := j.keys.recordID(draftName(d.ID))
	j.Close()
	var old []byte
	editRecords(t, j.Path(), func(b *bolt.Bucket) error { old = bytes.Clone(b.Get(id[:])); return nil })
	j = openTestJournal(t, j.Path(), testOptions())
	if _, err := j.Keep(d); err != nil {
		t.Fatal(err)
	}
	j.Close()
	editRecords(t, j.Path(), func(b *bolt.Bucket) error { return b.Put(id[:], old) })
	j = openTestJournal(t, j.Path(), testOptions())
	if d := j.Damage(); d != (Damage{Unlisted: 1}) {
		t.Fatal(d)
	}
	if err := j.BackupNow(); !errors.Is(err, ErrLeft) {
		t.Errorf("today's: %v", err)
	}
	dest := filepath.Join(t.TempDir(), "copy.db")
	if err := j.Backup(dest); err != nil {
		t.Fatal(err)
	}
	if c, err := readBack(dest, j.keys); err != nil || c.damage.Whole() {
		t.Errorf("%v", err)
	}
}

// Today's backup of a journal that was here before is not written over.
func TestBackupBesideAnother(t *testing.T) {
	opts := testOptions()
	opts.Now = atDay(20)
	j := newTestJournal(t, opts)
	put(t, j, written("years of words"))
	if err := j.BackupNow(); err != nil {
		t.Fatal(err)
	}
	path, first := j.Path(), backups(j.Path())[0]
	want := readFile(t, first)
	j.Close()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	j, err := Create(path, []byte(newPassphrase), opts)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	put(t, j, written("new"))
	for _, make := range []func() error{j.Maintain, j.BackupNow, func() error { put(t, j, written("more")); return j.BackupNow() }} {
		if err := make(); err != nil {
			t.Fatal(err)
		}
		have := backups(path)
		if len(have) != 2 || filepath.Base(have[0]) != "journal-2026-11-20-2.db" || have[1] != first {
			t.Fatalf("%q", have)
		}
		if c, err := readBack(have[0], j.keys); err != nil || !c.damage.Whole() {
			t.Errorf("%v", err)
		}
	}
	if c, err := readBack(backups(path)[0], j.keys); err != nil || len(c.records) != 2 {
		t.Errorf("the last has %d records, %v", len(c.records), err)
	}
	if !bytes.Equal(readFile(t, first), want) {
		t.Error("the first journal's backup is gone")
	}
}

// A check counts what no backup has as it is now.
func TestCheckCountsWhatNoBackupHas(t *testing.T) {
	j := newTestJournal(t, testOptions())
	check := func() int {
		t.Helper()
		j.Close()
		report, err := Check(j.Path(), []byte(testPassphrase), testOptions())
		if err != nil || !report.Whole() {
			t.Fatalf("%+v, %v", report, err)
		}
		j = openTestJournal(t, j.Path(), testOptions())
		return report.NoBackup
	}
	e := put(t, j, written("one"))
	put(t, j, written("two"))
	if n := check(); n != 2 {
		t.Errorf("before the first backup: %d", n)
	}
	maintain(t, j)
	if n := check(); n != 0 {
		t.Errorf("after it: %d", n)
	}
	retitled(t, j, e, "changed")
	put(t, j, written("three"))
	binned := put(t, j, written("four"))
	if err := j.Delete(binned.ID); err != nil {
		t.Fatal(err)
	}
	if n := check(); n != 2 {
		t.Errorf("one changed and one new: %d", n)
	}
}
