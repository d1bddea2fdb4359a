package journal

import (
	"bytes"
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
	"testing/synctest"
	"time"
)

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
	want := []string{"journal.db", "journal.db.keys", "journal.db.lock"}
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
	writeFile(t, at("quarter"), whole[:len(whole)/4])
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
		{"quarter", at("quarter"), ErrDamaged},
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

// A long wait is said, once; one that soon ends is not.
func TestWaitingIsSaid(t *testing.T) {
	for _, test := range []struct{ until, said time.Duration }{{500 * time.Millisecond, 0}, {3 * time.Second, time.Second}, {time.Hour, time.Second}} {
		j := newTestJournal(t, testOptions())
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			var said []time.Duration
			defer time.AfterFunc(test.until, func() { j.Close() }).Stop()
			second, err := Open(j.Path(), []byte(testPassphrase), &Options{
				Wait:    10 * time.Second,
				Waiting: func() { said = append(said, time.Since(start)) },
			})
			if err == nil {
				second.Close()
			}
			synctest.Wait()
			if errors.Is(err, ErrInUse) != (test.until > 10*time.Second) || test.said > 0 != slices.Equal(said, []time.Duration{test.said}) {
				t.Errorf("in use until %v: %v, said %v", test.until, err, said)
			}
		})
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
	want := []string{"jour[n]al*.db", "jour[n]al*.db.keys", "jour[n]al*.db.lock", "journal.db.new-0badf00d"}
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

// What a synchronising service brings while a passphrase is worked on stays.
func TestNothingThatArrivesIsReplaced(t *testing.T) {
	dir := t.TempDir()
	arrived := []byte("the real journal, as another computer has it")
	path := filepath.Join(dir, "journal.db")
	keys, err := createKeyring([]byte(testPassphrase), cheapCost)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, path, arrived)
	if _, err := createWith(path, keys, testOptions().withDefaults()); !errors.Is(err, ErrExist) {
		t.Errorf("made: %v", err)
	}
	j := newTestJournal(t, testOptions())
	if err := j.copyTo(path, installNew); !errors.Is(err, ErrExist) {
		t.Errorf("copied: %v", err)
	}
	if !bytes.Equal(readFile(t, path), arrived) {
		t.Error("what had arrived is gone")
	}
	if got := folder(t, dir); !slices.Equal(got, []string{"journal.db"}) {
		t.Errorf("the folder holds %q", got)
	}
}
