//go:build unix

package journal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// asideFiles are the side files in some folders.
func asideFiles(t testing.TB, dirs ...string) (paths []string) {
	t.Helper()
	for _, dir := range dirs {
		for _, name := range folder(t, dir) {
			if strings.Contains(name, ".aside-") {
				paths = append(paths, filepath.Join(dir, name))
			}
		}
	}
	return paths
}

func mustAside(t testing.TB, err error) string {
	t.Helper()
	var aside *AsideError
	if !errors.As(err, &aside) || !errors.Is(err, ErrReplaced) {
		t.Fatalf("%v, want an AsideError for %v", err, ErrReplaced)
	}
	return aside.Path
}

func TestChangedFromOutside(t *testing.T) {
	const secret = "nobody else's business"
	ways := []struct {
		name   string
		change func(t *testing.T, path string, earlier []byte)
	}{
		{"replaced", func(t *testing.T, path string, earlier []byte) {
			writeFile(t, path+".sync", earlier)
			if err := os.Rename(path+".sync", path); err != nil {
				t.Fatal(err)
			}
		}},
		{"replaced by a copy of itself", func(t *testing.T, path string, _ []byte) {
			writeFile(t, path+".sync", readFile(t, path))
			if err := os.Rename(path+".sync", path); err != nil {
				t.Fatal(err)
			}
		}},
		{"written over in place", func(t *testing.T, path string, earlier []byte) {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			_, err = f.Write(earlier)
			if err := errors.Join(err, f.Close()); err != nil {
				t.Fatal(err)
			}
		}},
		{"shortened", func(t *testing.T, path string, _ []byte) {
			fi, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(path, fi.Size()/2); err != nil {
				t.Fatal(err)
			}
		}},
		{"emptied", func(t *testing.T, path string, _ []byte) {
			if err := os.Truncate(path, 0); err != nil {
				t.Fatal(err)
			}
		}},
		{"deleted", func(t *testing.T, path string, _ []byte) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}},
		{"folder gone", func(t *testing.T, path string, _ []byte) {
			if err := os.RemoveAll(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		}},
		{"another journal there", func(t *testing.T, path string, _ []byte) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			other := newTestJournal(t, testOptions())
			put(t, other, written("other"))
			other.Close()
			writeFile(t, path, readFile(t, other.Path()))
		}},
	}
	for _, way := range ways {
		for _, saved := range []bool{false, true} { // whether bbolt has the file open
			t.Run(fmt.Sprintf("%s, saved before %v", way.name, saved), func(t *testing.T) {
				opts := testOptions()
				opts.StateDir = filepath.Join(t.TempDir(), "state")
				dir := filepath.Join(t.TempDir(), "folder")
				path := filepath.Join(dir, "journal.db")
				j, err := Create(path, []byte(testPassphrase), opts)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { j.Close() }()
				first := put(t, j, written("first"))
				draft, err := j.SetDraft(Draft{Entry: written("to be dropped")})
				if err != nil {
					t.Fatal(err)
				}
				earlier := readFile(t, path)
				put(t, j, written("second"))
				image := readFile(t, path)
				j = reopen(t, j)
				if saved {
					put(t, j, written("third"))
					image = readFile(t, path)
				}

				way.change(t, path, earlier)
				left, _ := os.ReadFile(path)
				_, err = j.Put(written(secret))
				side := mustAside(t, err)
				if strings.Contains(err.Error(), secret) {
					t.Error("the error says what was written")
				}
				first.Title = "changed " + secret
				_, err = j.Put(first)
				if got := mustAside(t, err); got != side {
					t.Errorf("kept in %s and in %s", side, got)
				}
				d, err := j.SetDraft(Draft{Entry: written("draft " + secret)})
				mustAside(t, err)
				mustAside(t, j.DropDraft(draft.ID))
				mustAside(t, j.DropDraft(d.ID))
				_, err = j.SetDraft(d) // taken back
				mustAside(t, err)
				if bytes.Contains(readFile(t, side), []byte("nobody")) {
					t.Error("the side file is in clear")
				}
				if now, _ := os.ReadFile(path); !bytes.Equal(now, left) {
					t.Error("what was put there was written to")
				}
				// All of it is to be seen in this session.
				want := shown(t, j)
				if !strings.Contains(want, "changed "+secret) || strings.Contains(want, "to be dropped") {
					t.Errorf("shown\n%s", want)
				}
				j.Close()

				// The journal comes back; so does the text.
				if err := os.MkdirAll(dir, 0o700); err != nil {
					t.Fatal(err)
				}
				writeFile(t, path, image)
				spare := readFile(t, side)
				for range 2 { // the second time as after a crash before the side file was removed
					j = openTestJournal(t, path, opts)
					if _, err := j.MergeAside(); err != nil {
						t.Fatal(err)
					}
					if got := shown(t, j); got != want || !j.Damage().Whole() {
						t.Errorf("%v, merged\n%s\nwant\n%s", j.Damage(), got, want)
					}
					if left := asideFiles(t, dir, opts.StateDir); left != nil {
						t.Errorf("side files left: %q", left)
					}
					if n, err := j.MergeAside(); n != 0 || err != nil {
						t.Errorf("merged again: %d, %v", n, err)
					}
					j.Close()
					writeFile(t, side, spare)
				}
			})
		}
	}
}

// Two computers went on from the same copy: nothing that either wrote is lost.
func TestMergeBoth(t *testing.T) {
	j := newTestJournal(t, testOptions())
	path := j.Path()
	text := put(t, j, written("shared text"))
	title := put(t, j, written("shared title"))
	draft, err := j.SetDraft(Draft{Entry: written("shared draft")})
	if err != nil {
		t.Fatal(err)
	}
	j.Close()
	image := readFile(t, path)

	edit := func(j *Journal, who string, check func(error)) {
		text.Answers = []Answer{{Step: "text", Text: who + " text"}}
		_, err := j.Put(text)
		check(err)
		title.Title = who + " title"
		_, err = j.Put(title)
		check(err)
		draft.Answers = []Answer{{Step: "text", Text: who + " draft"}}
		_, err = j.SetDraft(draft)
		check(err)
	}
	// The other computer's copy arrives while this one's is open.
	j = openTestJournal(t, path, testOptions())
	otherPath := filepath.Join(t.TempDir(), "journal.db")
	writeFile(t, otherPath, image)
	other := openTestJournal(t, otherPath, testOptions())
	edit(other, "their", func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	})
	other.Close()
	if err := os.Rename(otherPath, path); err != nil {
		t.Fatal(err)
	}
	edit(j, "my", func(err error) { mustAside(t, err) })
	j.Close()
	side := asideFiles(t, filepath.Dir(path))[0]
	spare := readFile(t, side)

	for range 3 {
		j = openTestJournal(t, path, testOptions())
		if _, err := j.MergeAside(); err != nil {
			t.Fatal(err)
		}
		got := shown(t, j)
		for _, want := range []string{"their text", "my text", "their title", "my title", "their draft", "my draft"} {
			if strings.Count(got, want) != 1 {
				t.Errorf("%q is there %d times", want, strings.Count(got, want))
			}
		}
		if j.Len() != 4 || len(j.Drafts()) != 2 || !j.Damage().Whole() {
			t.Errorf("%d entries, %d drafts, %v", j.Len(), len(j.Drafts()), j.Damage())
		}
		j.Close()
		writeFile(t, side, spare)
	}
}

// Both computers went on with one draft. Here it became an entry, or was let go,
// while the file was not the journal's: what the other one wrote stays.
func TestMergeRemovalKeepsWhatWasWrittenElsewhere(t *testing.T) {
	j := newTestJournal(t, testOptions())
	path := j.Path()
	draft, err := j.SetDraft(Draft{Entry: written("shared draft")})
	if err != nil {
		t.Fatal(err)
	}
	j.Close()
	otherPath := filepath.Join(t.TempDir(), "journal.db")
	writeFile(t, otherPath, readFile(t, path))
	other := openTestJournal(t, otherPath, testOptions())
	draft.Answers = []Answer{{Step: "text", Text: "their draft"}}
	if _, err := other.SetDraft(draft); err != nil {
		t.Fatal(err)
	}
	other.Close()
	j = openTestJournal(t, path, testOptions())
	if err := os.Rename(otherPath, path); err != nil {
		t.Fatal(err)
	}
	draft.Answers = []Answer{{Step: "text", Text: "my draft"}}
	for range 3 { // more often than there
		_, err := j.SetDraft(draft)
		mustAside(t, err)
	}
	_, err = j.Keep(draft)
	mustAside(t, err)
	j.Close()
	j = openTestJournal(t, path, testOptions())
	if _, err := j.MergeAside(); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, j); j.Len() != 1 || len(j.Drafts()) != 1 || !strings.Contains(got, "my draft") || !strings.Contains(got, "their draft") {
		t.Errorf("%d entries, %d drafts\n%s", j.Len(), len(j.Drafts()), got)
	}
}

func TestMergeForeign(t *testing.T) {
	other := newTestJournal(t, testOptions())
	if err := os.Remove(other.Path()); err != nil {
		t.Fatal(err)
	}
	_, err := other.Put(written("other"))
	foreign := readFile(t, mustAside(t, err))
	j := newTestJournal(t, testOptions())
	put(t, j, written("mine"))
	if err := os.Rename(j.Path(), j.Path()+".moved"); err != nil {
		t.Fatal(err)
	}
	_, err = j.Put(written("aside"))
	side := mustAside(t, err)
	_, err = j.Put(written("aside too"))
	mustAside(t, err)
	own := readFile(t, side)
	j.Close()
	if err := os.Rename(j.Path()+".moved", j.Path()); err != nil {
		t.Fatal(err)
	}
	broken := bytes.Clone(own)
	broken[len(broken)-100] ^= 1
	stolen := append(bytes.Clone(own[:keyBlockSize]), readFile(t, j.Path())...)
	tests := []struct {
		name    string
		content []byte
		entries int
		want    Damage
		left    string // what the folder then holds beside the journal
	}{
		{"its own", own, 3, Damage{}, ""},
		{"another journal's", foreign, 1, Damage{}, ".aside-0badf00d"},
		{"not ours at all", []byte("hello"), 1, Damage{}, ".aside-0badf00d"},
		{"nothing in it yet", own[:keyBlockSize], 1, Damage{}, ""},
		{"half a key block", own[:100], 1, Damage{}, ""},
		{"empty", nil, 1, Damage{}, ""},
		{"one record broken", broken, 2, Damage{Unreadable: 1}, ".unread-0badf00d"},
		{"cut short", own[:len(own)-1], 2, Damage{Unreadable: 1}, ".unread-0badf00d"},
		{"only its beginning", own[:keyBlockSize+200], 1, Damage{Unreadable: 1}, ".unread-0badf00d"},
		{"key block lost", slices.Concat(make([]byte, keyBlockSize), own[keyBlockSize:]), 3, Damage{}, ""},
		{"the journal's own records", stolen, 1, Damage{Unreadable: 1}, ".unread-0badf00d"},
	}
	image := readFile(t, j.Path())
	for _, test := range tests {
		dir := t.TempDir()
		path := filepath.Join(dir, "journal.db")
		writeFile(t, path, image)
		writeFile(t, path+".aside-0badf00d", test.content)
		j := openTestJournal(t, path, testOptions())
		var foreign []string
		if test.left == ".aside-0badf00d" {
			foreign = []string{path + test.left}
		}
		for range 2 { // what is no use is named once
			if _, err := j.MergeAside(); err != nil || !slices.Equal(j.Foreign(), foreign) {
				t.Errorf("%s: %q, %v", test.name, j.Foreign(), err)
			}
		}
		if j.Damage() != test.want || j.Len() != test.entries {
			t.Errorf("%s: %+v and %d entries, want %+v and %d", test.name, j.Damage(), j.Len(), test.want, test.entries)
		}
		want := []string{"journal.db"}
		if test.left != "" {
			want = append(want, "journal.db"+test.left)
			if !bytes.Equal(readFile(t, path+test.left), test.content) {
				t.Errorf("%s: the file that was left was changed", test.name)
			}
		}
		want = append(want, "journal.db.lock")
		slices.Sort(want)
		if got := folder(t, dir); !slices.Equal(got, want) {
			t.Errorf("%s: the folder holds %q, want %q", test.name, got, want)
		}
		// A second look does not count a thing twice as lost text.
		if j = reopen(t, j); j.Damage() != (Damage{}) || j.Len() != test.entries {
			t.Errorf("%s, opened again: %+v and %d entries", test.name, j.Damage(), j.Len())
		}
		j.Close()
	}
}

// A long draft is saved again and again while its journal is away, far beyond
// what one side file holds: all that was said to be kept comes back.
func TestAsideOutgrowsItsFile(t *testing.T) {
	j := newTestJournal(t, testOptions())
	gone, err := j.SetDraft(Draft{Entry: written("let go while the journal was away")})
	if err != nil {
		t.Fatal(err)
	}
	swapAway(t, j)
	d, err := j.SetDraft(Draft{Entry: written(strings.Repeat("word ", MaxEntrySize/6))})
	mustAside(t, err)
	_, err = j.SetDraft(gone)
	mustAside(t, err)
	for range 11 {
		d, err = j.SetDraft(d)
		mustAside(t, err)
	}
	mustAside(t, j.DropDraft(gone.ID))
	_, err = j.Put(written("the last words"))
	mustAside(t, err)
	side := asideFiles(t, filepath.Dir(j.Path()))
	if len(side) != 2 {
		t.Errorf("%d side files", len(side))
	}
	for _, name := range side {
		if fi, err := os.Stat(name); err != nil || fi.Size() > asideFull {
			t.Errorf("%s: %d bytes, %v", name, fi.Size(), err)
		}
	}
	// In this session they are where they have to be.
	if n, err := j.MergeAside(); n != 0 || err != nil || len(asideFiles(t, filepath.Dir(j.Path()))) != len(side) {
		t.Errorf("while saves go aside: %d taken, %v", n, err)
	}
	want := shown(t, j)
	j = reopen(t, j)
	if _, err := j.MergeAside(); err != nil {
		t.Fatal(err)
	}
	if shown(t, j) != want || len(j.Drafts()) != 1 || j.Len() != 1 || !j.Damage().Whole() || j.Foreign() != nil {
		t.Errorf("%d drafts, %d entries, %v, %q", len(j.Drafts()), j.Len(), j.Damage(), j.Foreign())
	}
	if err := j.ChangePassphrase([]byte(newPassphrase)); err != nil {
		t.Fatal(err)
	}
	if n := openedBy(t, filepath.Dir(j.Path()), testPassphrase); n != 0 {
		t.Errorf("the old passphrase opens %d key blocks", n)
	}
}

// What is more than is read back is refused, not said to be kept.
func TestAsideRefusesWhatItCouldNotReadBack(t *testing.T) {
	j := newTestJournal(t, testOptions())
	if err := j.roomAside(maxAside); !errors.Is(err, ErrTooLarge) || asideFiles(t, filepath.Dir(j.Path())) != nil {
		t.Errorf("%v, want %v", err, ErrTooLarge)
	}
}

// An older copy of the journal, made into a side file by somebody who has no
// key, brings nothing back that was deleted for good.
func TestSideFileOfOldRecords(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := put(t, j, written("deleted for good"))
	put(t, j, written("stays"))
	older := readFile(t, j.Path())
	forged := bytes.Clone(j.keys.block)
	for c := range j.keys.carve(older) {
		forged = append(forged, older[c.at:c.at+c.size]...)
	}
	if err := j.Purge(e.ID); err != nil {
		t.Fatal(err)
	}
	writeFile(t, j.Path()+".aside-00000000", forged)
	j = reopen(t, j)
	if n, err := j.MergeAside(); n != 0 || err != nil || j.Len() != 1 || j.Damage() != (Damage{Unreadable: 1}) {
		t.Errorf("%d taken, %v, %d entries, %+v", n, err, j.Len(), j.Damage())
	}
}

// What was kept aside is in what is salvaged, whatever the new journal is called,
// and in what is left to be read. The side files stay, and bring nothing twice.
func TestSalvageTakesWhatWasKeptAside(t *testing.T) {
	damages := map[string]func(image []byte) []byte{
		"whole":     func(image []byte) []byte { return image },
		"no heads":  func(image []byte) []byte { clear(image[:2*4096]); return image },
		"all of it": func([]byte) []byte { return nil }, // a backup is left
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			opts := testOptions()
			opts.StateDir = filepath.Join(t.TempDir(), "state")
			j := newTestJournal(t, opts)
			path := j.Path()
			changed := put(t, j, written("to be changed"))
			put(t, j, written("not touched"))
			begun, err := j.SetDraft(Draft{Entry: written("begun")})
			if err != nil {
				t.Fatal(err)
			}
			let, err := j.SetDraft(Draft{Entry: written("let go aside")})
			if err != nil {
				t.Fatal(err)
			}
			if err := j.BackupNow(); err != nil {
				t.Fatal(err)
			}
			j = reopen(t, j)
			swapAway(t, j)
			changed.Title = "changed aside"
			_, err = j.Put(changed)
			side := mustAside(t, err)
			changed.Title = "changed again"
			_, err = j.Put(changed)
			mustAside(t, err)
			_, err = j.Put(written("written aside"))
			mustAside(t, err)
			mustAside(t, j.DropDraft(let.ID))
			begun.Title = "gone on with aside"
			begun, err = j.SetDraft(begun)
			mustAside(t, err)
			// The session went on in a second file, in the other folder.
			second := filepath.Join(opts.StateDir, filepath.Base(path)+".aside-ffffffff")
			var b bytes.Buffer
			b.Write(j.keys.block)
			last, err := j.sealAside(change{remove: []recordID{j.keys.recordID(draftName(begun.ID))}})
			if err != nil {
				t.Fatal(err)
			}
			b.Write(last)
			mustAside(t, j.DropDraft(begun.ID))
			writeFile(t, second, b.Bytes())
			want := shown(t, j)
			j.Close()
			writeFile(t, path, damage(readFile(t, path)))
			before := map[string][]byte{side: readFile(t, side), second: readFile(t, second)}

			dest := filepath.Join(t.TempDir(), "elsewhere.db")
			r, err := Salvage(path, dest, []byte(testPassphrase), opts)
			if err != nil || r.Entries != 3 || r.Drafts != 0 || r.FromAside != 2 || r.LeftOut != 2 || r.Foreign != nil || r.Unread != nil {
				t.Errorf("%+v, %v", r, err)
			}
			if r.Lost+r.Older != 0 {
				t.Errorf("said to be lost: %+v", r)
			}
			remains, err := OpenRemains(path, []byte(testPassphrase), opts)
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(t, remains); got != want {
				t.Errorf("left to be read is\n%s\nwant\n%s", got, want)
			}
			remains.Close()
			for name, b := range before {
				if !bytes.Equal(readFile(t, name), b) {
					t.Errorf("%s was changed", name)
				}
			}
			if left := asideFiles(t, filepath.Dir(path), opts.StateDir); len(left) != 2 {
				t.Errorf("the side files are %q", left)
			}
			for _, at := range []string{dest, path} { // by another name, and then in the journal's place
				writeFile(t, at, readFile(t, dest))
				j = openTestJournal(t, at, opts)
				if _, err := j.MergeAside(); err != nil {
					t.Fatal(err)
				}
				if got := shown(t, j); got != want || !j.Damage().Whole() {
					t.Errorf("%v, in %s is\n%s\nwant\n%s", j.Damage(), at, got, want)
				}
				j.Close()
			}
		})
	}
}

// Of two versions that were written side by side a salvage has both, and what a
// side file has that does not open is said.
func TestSalvageKeepsBothVersionsAndNamesWhatDoesNotOpen(t *testing.T) {
	j := newTestJournal(t, testOptions())
	path := j.Path()
	e := put(t, j, written("as it was"))
	j.Close()
	elsewhere := filepath.Join(t.TempDir(), "journal.db")
	writeFile(t, elsewhere, readFile(t, path))
	other := openTestJournal(t, elsewhere, testOptions())
	e.Title = "theirs"
	put(t, other, e)
	other.Close()
	j = openTestJournal(t, path, testOptions())
	if err := os.Rename(elsewhere, path); err != nil {
		t.Fatal(err)
	}
	e.Title = "mine"
	_, err := j.Put(e)
	side := mustAside(t, err)
	_, err = j.Put(written("cut short"))
	mustAside(t, err)
	j.Close()
	b := readFile(t, side)
	writeFile(t, side, b[:len(b)-1])
	foreign := path + ".aside-00000000"
	writeFile(t, foreign, []byte("hello"))

	dest := filepath.Join(t.TempDir(), "elsewhere.db")
	r, err := Salvage(path, dest, []byte(testPassphrase), testOptions())
	if err != nil || r.Entries != 2 || r.FromAside != 1 || !slices.Equal(r.Unread, []string{side}) || !slices.Equal(r.Foreign, []string{foreign}) {
		t.Errorf("%+v, %v", r, err)
	}
	j = openTestJournal(t, dest, testOptions())
	defer j.Close()
	if got := shown(t, j); !strings.Contains(got, "theirs") || !strings.Contains(got, "mine") || strings.Contains(got, "cut short") {
		t.Errorf("salvaged\n%s", got)
	}
}

// A side file opens by itself: where nothing else is left, it is what is
// salvaged.
func TestSalvageOfASideFileAlone(t *testing.T) {
	opts := testOptions()
	opts.StateDir = filepath.Join(t.TempDir(), "state")
	path := filepath.Join(t.TempDir(), "folder", "journal.db")
	j, err := Create(path, []byte(testPassphrase), opts)
	if err != nil {
		t.Fatal(err)
	}
	put(t, j, written("gone with the folder"))
	if err := os.RemoveAll(filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
	_, err = j.Put(written("written aside"))
	mustAside(t, err)
	j.Close()
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	dest := filepath.Join(t.TempDir(), "elsewhere.db")
	if r, err := Salvage(path, dest, []byte(testPassphrase), opts); err != nil || r.Entries != 1 || r.FromAside != 1 || r.ListWhole {
		t.Errorf("%+v, %v", r, err)
	}
	j = openTestJournal(t, dest, opts)
	defer j.Close()
	if got := shown(t, j); !strings.Contains(got, "written aside") {
		t.Errorf("salvaged\n%s", got)
	}
}

// A side file is read by a program in another language from the document alone.
func TestSideFileReadByAnother(t *testing.T) {
	run := readByAnother(t)
	if run == nil {
		return
	}
	j := newTestJournal(t, testOptions())
	swapAway(t, j)
	e, err := j.Put(fullEntry())
	side := mustAside(t, err)
	e.Title = "changed"
	_, err = j.Put(e)
	mustAside(t, err)
	d, err := j.SetDraft(Draft{Entry: written("a draft, then an entry")})
	mustAside(t, err)
	_, err = j.Keep(d)
	mustAside(t, err)
	if got, want := run("--aside", side, testPassphrase), exported(t, j, Query{}); got != want || j.Len() != 2 {
		t.Errorf("read as\n%s\nwant\n%s", got, want)
	}
}

// Where neither the journal nor a side file can be written, Put says so and
// claims nothing.
func TestNowhereToGo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "folder")
	j, err := Create(filepath.Join(dir, "journal.db"), []byte(testPassphrase), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	put(t, j, written("a"))
	before := shown(t, j)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	var aside *AsideError
	if _, err := j.Put(written("b")); !errors.Is(err, ErrReplaced) || errors.As(err, &aside) {
		t.Errorf("%v, want %v and no side file", err, ErrReplaced)
	}
	if shown(t, j) != before {
		t.Error("what was not saved is shown as saved")
	}
	// The folder is back: the next try goes aside.
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err = j.Put(written("b"))
	mustAside(t, err)
}

// A side file that runs out of room holds what was said to be in it, and no
// more.
func TestAsideFull(t *testing.T) {
	j := newTestJournal(t, testOptions())
	image := readFile(t, j.Path())
	if err := os.Remove(j.Path()); err != nil {
		t.Fatal(err)
	}
	_, err := j.Put(written("one"))
	side := mustAside(t, err)
	size := len(readFile(t, side))
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	small := limit
	small.Cur = uint64(size + 300)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
		t.Fatal(err)
	}
	_, err = j.Put(written(strings.Repeat("two ", 1000)))
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	var aside *AsideError
	if !errors.Is(err, ErrFull) || errors.As(err, &aside) {
		t.Errorf("%v, want %v", err, ErrFull)
	}
	if got := len(readFile(t, side)); got != size || j.Len() != 1 {
		t.Errorf("the side file has %d bytes, had %d; %d entries", got, size, j.Len())
	}
	_, err = j.Put(written("three"))
	mustAside(t, err)
	j.Close()
	writeFile(t, j.Path(), image)
	j = openTestJournal(t, j.Path(), testOptions())
	if n, err := j.MergeAside(); n != 2 || err != nil || !j.Damage().Whole() || strings.Contains(shown(t, j), "two") {
		t.Errorf("merged %d, %v, %v", n, err, j.Damage())
	}
}
