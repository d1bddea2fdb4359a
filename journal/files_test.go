//go:build unix

package journal

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// swapAway puts a copy of a journal's file in its place, as a synchronising
// service does: from then on saves go aside.
func swapAway(t testing.TB, j *Journal) {
	t.Helper()
	copied := j.Path() + ".sync"
	writeFile(t, copied, readFile(t, j.Path()))
	if err := os.Rename(copied, j.Path()); err != nil {
		t.Fatal(err)
	}
}

// Where a system keeps what is remembered in the folder of the journals, a side
// file there is one file, and is taken in once.
func TestStateBesideTheJournal(t *testing.T) {
	dir := t.TempDir()
	opts := testOptions()
	opts.StateDir = filepath.Join(dir, "..", filepath.Base(dir)) + string(filepath.Separator)
	j, err := Create(filepath.Join(dir, "journal.db"), []byte(testPassphrase), opts)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { j.Close() }()
	swapAway(t, j)
	_, err = j.Put(written("kept aside"))
	side := mustAside(t, err)
	if got := FilesOf(j.Path(), j.opts.StateDir).Aside; !slices.Equal(got, []string{side}) {
		t.Errorf("listed as %q", got)
	}
	j = reopen(t, j)
	if n, err := j.MergeAside(); n != 1 || err != nil || j.Len() != 1 {
		t.Errorf("%d taken, %v, %d entries", n, err, j.Len())
	}
	// So is what is left over of one, when the folder is cleared for new keys.
	swapAway(t, j)
	_, err = j.Put(written("kept aside too"))
	side = mustAside(t, err)
	writeFile(t, side, append(readFile(t, side), 1, 2, 3))
	j = reopen(t, j)
	if err := j.ChangePassphrase([]byte(newPassphrase)); err != nil || j.Len() != 2 {
		t.Errorf("%v, %d entries", err, j.Len())
	}
}

// No character in the name of a folder keeps a file in it from being found.
func TestFoldersOfAnyName(t *testing.T) {
	for _, name := range []string{"laptop.new-2026", "[work]", "a*b?"} {
		path := filepath.Join(t.TempDir(), name, "journal.db")
		opts := testOptions()
		j, err := Create(path, []byte(testPassphrase), opts)
		if err != nil {
			t.Fatal(err)
		}
		put(t, j, written("first"))
		maintain(t, j)
		j.Close()
		kept, err := Restore(path, backups(path)[0], []byte(testPassphrase), opts)
		if err != nil {
			t.Fatal(err)
		}
		if got := FilesOf(path, "").Replaced; !slices.Equal(got, []string{kept}) {
			t.Errorf("%s: listed as %q", name, got)
		}
		older := readFile(t, path)
		for _, of := range []string{path, kept, keyCopyPath(path), backups(path)[0]} {
			writeFile(t, of+".new-0badf00d", older) // left by a crash
		}
		theirs := filepath.Join(backupDir(path), "journal-mine.db.new-one")
		writeFile(t, theirs, []byte("not ours"))
		j = openTestJournal(t, path, opts)
		maintain(t, j)
		if err := j.ChangePassphrase([]byte(newPassphrase)); err != nil {
			t.Fatal(err)
		}
		j.Close()
		if n := openedBy(t, filepath.Dir(path), testPassphrase); n != 0 {
			t.Errorf("%s: the old passphrase opens %d key blocks: %q", name, n, folder(t, filepath.Dir(path)))
		}
		if string(readFile(t, theirs)) != "not ours" {
			t.Errorf("%s: a file that is not ours was changed", name)
		}
	}
}
