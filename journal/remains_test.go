package journal

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// unreadable is a journal of which the first pages are gone, with a backup of
// the day before its last entry, a side file, and the path of the backup.
func unreadable(t testing.TB) (path, backup string) {
	t.Helper()
	j := newTestJournal(t, testOptions())
	for _, text := range []string{"a heron", "a gull"} {
		e := written(text)
		e.Title = text
		put(t, j, e)
	}
	binned := put(t, j, written("in the bin"))
	if err := j.Delete(binned.ID); err != nil {
		t.Fatal(err)
	}
	backup = maintain(t, j)[0]
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	b := readFile(t, j.Path())
	clear(b[:64<<10])
	writeFile(t, j.Path(), b)
	writeFile(t, j.Path()+".aside-0badf00d", []byte("something kept aside"))
	return j.Path(), backup
}

// What is left is read, and every way to write says that it does not.
func TestRemainsAreReadOnly(t *testing.T) {
	path, backup := unreadable(t)
	dir := filepath.Dir(path)
	before := files(t, dir)
	j, err := OpenRemains(path, []byte(testPassphrase), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(t, j); !strings.Contains(got, "a heron") || !strings.Contains(got, "a gull") || strings.Contains(got, "in the bin") || len(j.Bin()) != 1 {
		t.Errorf("%s", got)
	}
	if d := j.Damage(); d.Whole() || !d.Structure {
		t.Errorf("%+v", d)
	}
	var lost []string
	for _, l := range j.Lost() {
		if l.Backup != filepath.Base(backup) {
			t.Errorf("%+v", l)
		}
		lost = append(lost, l.Title)
	}
	if !slices.Equal(lost, []string{"", "a gull", "a heron"}) {
		t.Errorf("lost here: %q", lost)
	}
	var e Entry
	for h := range j.Entries(Query{}) {
		if e, err = j.Get(h.ID); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := OpenRemains(path, []byte(testPassphrase), testOptions()); !errors.Is(err, ErrInUse) {
		t.Errorf("a second time: %v", err)
	}
	for what, err := range map[string]error{
		"Put":              second(j.Put(e)),
		"Keep":             second(j.Keep(Draft{Entry: e})),
		"SetDraft":         second(j.SetDraft(Draft{Entry: e})),
		"DropDraft":        j.DropDraft("none"),
		"Delete":           j.Delete(e.ID),
		"Undelete":         j.Undelete(e.ID),
		"Purge":            j.Purge(e.ID),
		"SetSettings":      j.SetSettings(1),
		"Import":           second(j.Import(strings.NewReader(manyLines(1)))),
		"Import, nothing":  second(j.Import(strings.NewReader(""))),
		"Merge":            second(j.Merge(backup, []byte(testPassphrase))),
		"MergeAside":       second(j.MergeAside()),
		"Maintain":         j.Maintain(),
		"Backup":           j.Backup(filepath.Join(dir, "copy.db")),
		"ChangePassphrase": j.ChangePassphrase([]byte(newPassphrase)),
		"SetRecovery":      j.SetRecovery([]byte(testPassphrase), []byte(recoveryPhrase)),
	} {
		if !errors.Is(err, ErrRemains) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := j.BackupNow(); !errors.Is(err, ErrDamaged) {
		t.Errorf("BackupNow: %v", err)
	}
	if n, err := j.Export(io.Discard, Query{}); n != 2 || err != nil {
		t.Errorf("exported %d, %v", n, err)
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if after := files(t, dir); !maps.EqualFunc(before, after, bytes.Equal) {
		t.Errorf("the folder has changed: %q", slices.Sorted(maps.Keys(after)))
	}
}

func TestRemainsRefuse(t *testing.T) {
	path, _ := unreadable(t)
	if _, err := OpenRemains(path, []byte("wrong"), testOptions()); !errors.Is(err, ErrPassphrase) {
		t.Errorf("the wrong passphrase: %v", err)
	}
	if _, err := OpenRemains(path+"x", []byte(testPassphrase), testOptions()); !errors.Is(err, ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := OpenRemains(filepath.Dir(path), []byte(testPassphrase), testOptions()); !errors.Is(err, ErrDamaged) {
		t.Errorf("a folder: %v", err)
	}
	if os.Symlink(path, path+"link") == nil {
		if _, err := OpenRemains(path+"link", []byte(testPassphrase), testOptions()); !errors.Is(err, ErrLink) {
			t.Errorf("a link: %v", err)
		}
	}
}

// Of a journal that opens, an entry that does not is named where a backup knows it.
func TestLostIsNamed(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := written(strings.Repeat("a heron ", 100))
	e.Title = "a heron"
	e = put(t, j, e)
	put(t, j, written("a gull"))
	if j.Lost() != nil {
		t.Error("something is lost from a whole journal")
	}
	backup := maintain(t, j)[0]
	id := j.keys.recordID(entryName(e.ID))
	j.closeDB()
	b := readFile(t, j.Path())
	for c := range j.keys.carve(readFile(t, j.Path())) {
		if c.id == id {
			b[c.at+100] ^= 1
		}
	}
	writeFile(t, j.Path(), b)
	j = reopen(t, j)
	lost := j.Lost()
	if len(lost) != 1 || lost[0].Title != "a heron" || lost[0].Backup != filepath.Base(backup) || !lost[0].Created.Equal(e.Created.Truncate(time.Second)) {
		t.Errorf("%+v", lost)
	}
	if _, err := j.Get(e.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("what is named as lost is shown as there: %v", err)
	}
}
