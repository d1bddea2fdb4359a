package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	newPassphrase  = "quite other words in Łódź"
	recoveryPhrase = "ten words on paper in the drawer below the stairs"
)

// atDay is a clock that stands at noon of a day in November 2026.
func atDay(day int) func() time.Time {
	return func() time.Time { return time.Date(2026, 11, day, 12, 0, 0, 0, time.UTC) }
}

// livedIn is a journal as it is after some days: with backups, a bin, a draft
// and settings. It returns it open.
func livedIn(t testing.TB, opts *Options) *Journal {
	t.Helper()
	j := newTestJournal(t, opts)
	for day := 1; day <= 3; day++ {
		j.opts.Now = atDay(day)
		for i := range 8 {
			put(t, j, written(strings.Repeat(fmt.Sprintf("day %d entry %d ", day, i), 1+20*i)))
		}
		if err := j.Maintain(); err != nil {
			t.Fatal(err)
		}
	}
	e := put(t, j, written("in the bin"))
	if err := j.Delete(e.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := j.SetDraft(Draft{Entry: written("a draft")}); err != nil {
		t.Fatal(err)
	}
	if err := j.SetSettings("settings"); err != nil {
		t.Fatal(err)
	}
	return j
}

// files are all files below a folder, by path.
func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	out := make(map[string][]byte)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out[path] = readFile(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// openedBy counts the key blocks anywhere in a folder that a passphrase opens.
func openedBy(t testing.TB, dir, passphrase string) (n int) {
	t.Helper()
	tried := make(map[string]bool) // most are copies of one another
	for _, b := range files(t, dir) {
		for at := 0; ; at++ {
			i := bytes.Index(b[at:], []byte(keyMagic))
			if i < 0 {
				break
			}
			at += i
			block := b[at:min(at+keyBlockSize, len(b))]
			opens, known := tried[string(block)]
			if !known {
				k, err := openKeyring(block, []byte(passphrase))
				if opens = err == nil; opens {
					k.wipe()
				}
				tried[string(block)] = opens
			}
			if opens {
				n++
			}
		}
	}
	return n
}

// recordsOf counts the records of some keys anywhere in a folder.
func recordsOf(t testing.TB, dir string, k *keyring) (n int) {
	t.Helper()
	for _, b := range files(t, dir) {
		for range everyRecord(k, b) {
			n++
		}
	}
	return n
}

// everyRecord finds the records of some keys in raw bytes, of a journal and of
// its side files.
func everyRecord(k *keyring, b []byte) iter.Seq[carving] {
	return func(yield func(carving) bool) {
		for _, k := range []*keyring{k, k.forAside()} {
			for c := range k.carve(b) {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// sameKeys are keys that outlive those of a journal.
func sameKeys(t testing.TB, k *keyring) *keyring {
	t.Helper()
	same, err := newKeyring(k.journal[:], k.root)
	if err != nil {
		t.Fatal(err)
	}
	return same
}

func TestChangePassphrase(t *testing.T) {
	opts := testOptions()
	opts.StateDir = filepath.Join(t.TempDir(), "state")
	j := livedIn(t, opts)
	dir := filepath.Dir(j.Path())
	// What a restore left there, and a crash.
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	older := readFile(t, j.Path())
	opts.Now = atDay(3)
	kept, err := Restore(j.Path(), backups(j.Path())[0], []byte(testPassphrase), opts)
	if err != nil || kept == "" {
		t.Fatal(kept, err)
	}
	j = openTestJournal(t, j.Path(), opts)
	writeFile(t, j.Path()+".new-0badf00d", older)
	writeFile(t, backups(j.Path())[0]+".new-0badf00d", older)
	if err := os.Remove(keyCopyPath(j.Path())); err != nil {
		t.Fatal(err)
	}
	put(t, j, written("last"))
	j.closeDB()
	want, old := shown(t, j), sameKeys(t, j.keys)
	have := backups(j.Path())
	entries := make(map[string]int)
	for _, b := range append(have, kept) {
		c, err := readBack(b, old)
		if err != nil {
			t.Fatal(err)
		}
		entries[b] = len(c.records)
	}
	if err := j.ChangePassphrase([]byte(newPassphrase)); err != nil {
		t.Fatal(err)
	}
	if err := j.Maintain(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got := shown(t, j); got != want || !j.Damage().Whole() {
			t.Errorf("%v, shown\n%s\nwant\n%s", j.Damage(), got, want)
		}
		for _, r := range j.records {
			if r.head.Type == typeRetired {
				t.Error("the retired keys are still there")
			}
		}
		if n := openedBy(t, dir, testPassphrase); n != 0 {
			t.Errorf("the old passphrase opens %d key blocks in the folder", n)
		}
		if n := recordsOf(t, dir, old); n != 0 {
			t.Errorf("the old keys open %d records in the folder", n)
		}
		for b, n := range entries {
			c, err := readBack(b, j.keys)
			if err != nil || !c.damage.Whole() || len(c.records) != n {
				t.Errorf("%s: %v, %d records, want %d", filepath.Base(b), err, len(c.records), n)
			}
		}
		if n := openedBy(t, dir, newPassphrase); n < 2*(len(entries)+1)+1 {
			t.Errorf("the new passphrase opens %d key blocks", n)
		}
		j.Close()
		if _, err := Open(j.Path(), []byte(testPassphrase), opts); !errors.Is(err, ErrPassphrase) {
			t.Errorf("the old passphrase: %v", err)
		}
		if j, err = Open(j.Path(), []byte(newPassphrase), opts); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d files hold nothing that the old passphrase or the old keys open", len(files(t, dir)))
	// It goes on as a journal does.
	put(t, j, written("after"))
	j.Close()
	// A copy from before the change is known for what it is on this computer.
	writeFile(t, j.Path(), older)
	j = openTestJournal(t, j.Path(), opts)
	defer j.Close()
	if d := j.Damage(); d.Older == 0 {
		t.Error("a copy from before the change is taken for the newest")
	}
}

// What went aside under the old keys is not lost with them.
func TestChangePassphraseTakesAside(t *testing.T) {
	j := newTestJournal(t, testOptions())
	put(t, j, written("first"))
	image := readFile(t, j.Path())
	if err := os.Remove(j.Path()); err != nil {
		t.Fatal(err)
	}
	_, err := j.Put(written("kept aside"))
	var aside *AsideError
	if !errors.As(err, &aside) {
		t.Fatal(err)
	}
	if err := j.ChangePassphrase([]byte(newPassphrase)); !errors.Is(err, ErrReplaced) {
		t.Errorf("while saves go aside: %v", err)
	}
	j.Close()
	writeFile(t, j.Path(), image)
	// The end of the side file is damaged: what does not open is left over.
	b := readFile(t, aside.Path)
	writeFile(t, aside.Path, append(b, b[len(b)-100:]...))
	j = openTestJournal(t, j.Path(), testOptions())
	if err := j.ChangePassphrase([]byte(newPassphrase)); err != nil {
		t.Fatal(err)
	}
	if j.Len() != 2 || !strings.Contains(shown(t, j), "kept aside") {
		t.Errorf("%d entries", j.Len())
	}
	if n := openedBy(t, filepath.Dir(j.Path()), testPassphrase); n != 0 {
		t.Errorf("the old passphrase opens %d key blocks: %q", n, folder(t, filepath.Dir(j.Path())))
	}
}

// The recovery phrase opens the journal, also after a change of passphrase, and
// nothing when it was taken away.
func TestRecovery(t *testing.T) {
	j := livedIn(t, testOptions())
	dir, path := filepath.Dir(j.Path()), j.Path()
	want := shown(t, j)
	if j.HasRecovery() || j.Recovered() {
		t.Error("a recovery phrase from the start")
	}
	if err := j.SetRecovery([]byte("wrong"), []byte(recoveryPhrase)); !errors.Is(err, ErrPassphrase) || j.HasRecovery() {
		t.Errorf("with the wrong passphrase: %v", err)
	}
	given, phrase := []byte(testPassphrase), []byte(recoveryPhrase)
	if err := j.SetRecovery(given, phrase); err != nil || !j.HasRecovery() {
		t.Fatal(err)
	}
	if string(given) != testPassphrase || string(phrase) != recoveryPhrase {
		t.Error("SetRecovery changed the caller's own")
	}
	must := func(passphrase string, recovered bool) {
		t.Helper()
		j.Close()
		var err error
		if j, err = Open(path, []byte(passphrase), testOptions()); err != nil {
			t.Fatal(err)
		}
		if j.Recovered() != recovered || shown(t, j) != want || !j.Damage().Whole() {
			t.Errorf("recovered %v, %v", j.Recovered(), j.Damage())
		}
	}
	must(testPassphrase, false)
	must(recoveryPhrase, true)
	must("  "+strings.ToUpper(strings.ReplaceAll(recoveryPhrase, " ", "  "))+"\n", true) // as it is typed from paper
	stanzas := map[string]bool{}
	block := func() string {
		line, _, _ := strings.Cut(string(j.keys.block[bytes.Index(j.keys.block, []byte(" "+roleRecovery+" ")):]), "\n")
		fresh := line[strings.LastIndex(line, " "):]
		if stanzas[fresh] {
			t.Error("two recovery stanzas share the value that makes their key")
		}
		stanzas[fresh] = true
		return line[:strings.LastIndex(line, " ")]
	}
	salt := block()
	for i := range 3 { // with the phrase unlocked, then with the passphrase
		next := fmt.Sprint(newPassphrase, i)
		if err := j.ChangePassphrase([]byte(next)); err != nil {
			t.Fatal(err)
		}
		if !j.HasRecovery() || j.Recovered() {
			t.Error("the recovery phrase went with the passphrase")
		}
		if block() != salt {
			t.Error("another salt or cost: the phrase on paper gives another key")
		}
		must(recoveryPhrase, true)
		must(next, false)
	}
	if n := openedBy(t, dir, testPassphrase); n != 0 {
		t.Errorf("the old passphrase opens %d key blocks", n)
	}
	last := newPassphrase + "2"
	if err := j.SetRecovery([]byte(last), []byte("another "+recoveryPhrase)); err != nil {
		t.Fatal(err)
	}
	if n, m := openedBy(t, dir, recoveryPhrase), openedBy(t, dir, "another "+recoveryPhrase); n != 0 || m == 0 {
		t.Errorf("the phrase before opens %d, the one after %d key blocks", n, m)
	}
	if err := j.SetRecovery([]byte(last), nil); err != nil || j.HasRecovery() {
		t.Fatal(err)
	}
	if n := openedBy(t, dir, "another "+recoveryPhrase); n != 0 {
		t.Errorf("a phrase that was taken away opens %d key blocks", n)
	}
	must(last, false)
	j.Close()
	t.Logf("%d recovery stanzas, no two alike", len(stanzas))
}

// A backup that cannot be read keeps neither the others from the new keys, nor
// the change of passphrase from being one; a folder is no backup.
func TestChangePassphraseUnfinished(t *testing.T) {
	j := livedIn(t, testOptions())
	have := backups(j.Path())
	unreadable := filepath.Join(backupDir(j.Path()), "journal-2026-12-31.db")
	if err := errors.Join(os.Symlink("nowhere", unreadable), os.Mkdir(filepath.Join(backupDir(j.Path()), "journal-2026-12-30.db"), 0o700)); err != nil {
		t.Skip(err)
	}
	if err := j.ChangePassphrase([]byte(newPassphrase)); !errors.Is(err, ErrUnfinished) {
		t.Fatal(err)
	}
	for _, b := range have {
		if c, err := loadPath(b, []byte(newPassphrase)); err != nil || !c.damage.Whole() {
			t.Errorf("%s: %v", filepath.Base(b), err)
		}
	}
	if err := errors.Join(os.Remove(unreadable), j.Maintain()); err != nil {
		t.Fatal(err)
	}
	if j.records[j.keys.recordID(typeRetired)] != nil {
		t.Error("the retired keys are still there")
	}
}

// A phrase that Open would not try is not taken for one.
func TestShortRecoveryPhrase(t *testing.T) {
	j := newTestJournal(t, testOptions())
	if err := j.SetRecovery([]byte(testPassphrase), []byte("alpha beta gamma delta epsilon zeta eta")); err == nil || j.HasRecovery() {
		t.Errorf("seven words: %v", err)
	}
	if err := j.SetRecovery([]byte(testPassphrase), []byte("alpha beta gamma delta epsilon zeta eta theta")); err != nil || !j.HasRecovery() {
		t.Errorf("eight words: %v", err)
	}
	if err := j.SetRecovery([]byte(testPassphrase), []byte("  ")); err == nil || !j.HasRecovery() {
		t.Errorf("no words: %v", err)
	}
}

// A copy from the moment before a change of passphrase, put back, is known to be
// older: only the old keys can tell.
func TestCopyFromBeforeTheChange(t *testing.T) {
	opts := testOptions()
	opts.StateDir = filepath.Join(t.TempDir(), "state")
	j := newTestJournal(t, opts)
	put(t, j, written("first"))
	before := readFile(t, j.Path())
	if err := j.ChangePassphrase([]byte(newPassphrase)); err != nil {
		t.Fatal(err)
	}
	j.Close()
	writeFile(t, j.Path(), before)
	if j = openTestJournal(t, j.Path(), opts); j.Damage().Older == 0 {
		t.Error("it is taken for the newest")
	}
}

// A change of passphrase that fails changes nothing, and not the next one either.
func TestChangePassphraseFails(t *testing.T) {
	j := livedIn(t, testOptions())
	if err := j.SetRecovery([]byte(testPassphrase), []byte(recoveryPhrase)); err != nil {
		t.Fatal(err)
	}
	want, before := shown(t, j), files(t, filepath.Dir(j.Path()))
	delete(before, j.Path()+".lock")
	// Nothing can be renamed over a folder, whoever asks.
	moved := j.Path() + ".moved"
	if err := os.Rename(j.Path(), moved); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(j.Path(), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := j.ChangePassphrase([]byte(newPassphrase)); err == nil || errors.Is(err, ErrUnfinished) {
		t.Errorf("over a folder: %v", err)
	}
	if err := errors.Join(os.Remove(j.Path()), os.Rename(moved, j.Path())); err != nil {
		t.Fatal(err)
	}
	j.opts.Cost = Cost{MemoryKiB: 1}
	if err := j.ChangePassphrase([]byte(newPassphrase)); err == nil {
		t.Error("at a cost that is refused")
	}
	j.opts.Cost = cheapCost
	after := files(t, filepath.Dir(j.Path()))
	delete(after, j.Path()+".lock")
	if !maps.EqualFunc(before, after, bytes.Equal) {
		t.Errorf("something is left: %q", slices.Sorted(maps.Keys(after)))
	}
	if j = reopen(t, j); shown(t, j) != want {
		t.Error("the journal was changed")
	}
	// The key of the recovery phrase must not have gone with the keys that
	// were thrown away: one of zeros would let anybody in.
	if err := j.ChangePassphrase([]byte(newPassphrase)); err != nil {
		t.Fatal(err)
	}
	j.Close()
	j, err := Open(j.Path(), []byte(recoveryPhrase), testOptions())
	if err != nil || shown(t, j) != want {
		t.Fatal(err)
	}
	j.Close()
}

// A rewrite that fails at any point leaves the journal, its keys in memory and
// the folder as they were.
func TestRewriteFails(t *testing.T) {
	j := livedIn(t, testOptions())
	id := ""
	for h := range j.Entries(Query{}) {
		id = h.ID
	}
	want := shown(t, j)
	image := readFile(t, j.Path())
	ways := map[string]func(){
		"replaced": func() {
			if err := os.Rename(j.Path(), j.Path()+".moved"); err != nil {
				t.Fatal(err)
			}
			writeFile(t, j.Path(), image)
		},
		"gone": func() {
			if err := os.Rename(j.Path(), j.Path()+".moved"); err != nil {
				t.Fatal(err)
			}
		},
		"another commit in place": func() {
			writeFile(t, j.Path()+".moved", image)
			copyOver(t, j.Path(), earlierImage(t))
		},
	}
	for name, change := range ways {
		change()
		if err := j.rewrite(j.keys, j.keptWithout("")); !errors.Is(err, ErrReplaced) {
			t.Errorf("%s: %v", name, err)
		}
		if err := j.Purge(id); !errors.Is(err, ErrReplaced) || !errors.Is(err, ErrLeft) {
			t.Errorf("%s, purge: %v", name, err)
		}
		for _, file := range folder(t, filepath.Dir(j.Path())) {
			if strings.Contains(file, ".new-") {
				t.Errorf("%s: %s is left", name, file)
			}
		}
		if name == "another commit in place" {
			copyOver(t, j.Path(), image)
			_ = os.Remove(j.Path() + ".moved")
		} else if err := os.Rename(j.Path()+".moved", j.Path()); err != nil {
			t.Fatal(err)
		}
	}
	put(t, j, written("more"))
	if j = reopen(t, j); !strings.Contains(shown(t, j), "more") || len(shown(t, j)) < len(want) || !j.Damage().Whole() {
		t.Errorf("afterwards: %v", j.Damage())
	}
}

// earlierImage is a file of the same size in which another journal stands.
func earlierImage(t testing.TB) []byte {
	t.Helper()
	j := newTestJournal(t, testOptions())
	put(t, j, written("of somebody else"))
	defer j.Close()
	return readFile(t, j.Path())
}

func copyOver(t testing.TB, path string, b []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Write(b)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}
