package journal

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// manyLines are n entries as an import takes them.
func manyLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"many%05d","kind":"note","created":"2026-01-02T03:04:05Z","updated":"2026-01-02T03:04:05Z","answers":[{"step":"text","text":%q}]}`+"\n",
			i, strings.Repeat(fmt.Sprintf("day %d ", i), 20+i%150))
	}
	return b.String()
}

// salvageFolder is the folder of a journal of n entries, as it is by and by: some
// were changed, some deleted for good or drafts once. It returns the path of the
// journal, which is closed, and what a person sees in it.
func salvageFolder(t testing.TB, n int, backup bool) (path string, see map[string]string) {
	t.Helper()
	j := newTestJournal(t, testOptions())
	mustImport(t, j, manyLines(n))
	for i := range 5 {
		d, err := j.SetDraft(Draft{Entry: written(fmt.Sprint("kept ", i))})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := j.Keep(d); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 9 {
		e, err := j.Get(fmt.Sprintf("many%05d", i*7))
		if err != nil {
			t.Fatal(err)
		}
		e.Title = "changed"
		put(t, j, e)
	}
	if backup {
		if err := j.Maintain(); err != nil {
			t.Fatal(err)
		}
	}
	see = entryTexts(t, j)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return j.Path(), see
}

// entryTexts is each entry of a journal by its id.
func entryTexts(t testing.TB, j *Journal) map[string]string {
	t.Helper()
	out := make(map[string]string)
	for h := range j.Entries(Query{}) {
		e, err := j.Get(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		line, err := encodeJSON(e)
		if err != nil {
			t.Fatal(err)
		}
		out[h.ID] = string(line)
	}
	return out
}

// salvaged salvages the journal at path and returns its entries.
func salvaged(t testing.TB, path string) (map[string]string, SalvageReport) {
	t.Helper()
	dest := filepath.Join(t.TempDir(), "salvaged.db")
	before, _ := os.ReadFile(path)
	report, err := Salvage(path, dest, []byte(testPassphrase), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("Salvage changed the damaged file")
	}
	j := openTestJournal(t, dest, testOptions())
	defer j.Close()
	if !j.Damage().Whole() || j.Len()+len(j.Bin()) != report.Entries {
		t.Errorf("salvaged %+v: %d entries, %v", report, j.Len(), j.Damage())
	}
	return entryTexts(t, j), report
}

// carved is what salvaged would bring out of an image, without the files.
func carved(t testing.TB, k *keyring, image []byte) (map[string]string, SalvageReport) {
	t.Helper()
	m := k.remains(image)
	got := make(map[string]string)
	for _, r := range m.records {
		if r.head.Type != typeEntry {
			continue
		}
		e, err := r.entry()
		if err != nil {
			t.Fatal(err)
		}
		line, err := encodeJSON(e)
		if err != nil {
			t.Fatal(err)
		}
		got[e.ID] = string(line)
	}
	d := m.damage()
	return got, SalvageReport{Lost: d.Missing, Older: d.RolledBack, ListWhole: m.whole}
}

// right counts the entries that are as they were, and holds that no other is
// there, but for one of which an earlier version is all that was found.
func right(t testing.TB, what string, got, want map[string]string, report SalvageReport) (n int) {
	t.Helper()
	strange := 0
	for id, text := range got {
		switch {
		case want[id] == text:
			n++
		case want[id] == "" && report.ListWhole:
			t.Errorf("%s: an entry that was deleted is back", what)
		default:
			strange++
		}
	}
	if strange > report.Older && report.ListWhole {
		t.Errorf("%s: %d entries are not as they were, reported %d", what, strange, report.Older)
	}
	return n
}

// usedPages is how many pages of a file are in use or free; what follows them
// bbolt has only asked the system for.
func usedPages(t testing.TB, image []byte) int {
	t.Helper()
	_, report, err := pagePairs(image)
	if err != nil {
		t.Fatal(err)
	}
	return report.pages
}

// One damaged page costs only what is on it.
func TestSalvageOnePage(t *testing.T) {
	t.Parallel()
	path, want := salvageFolder(t, 2000, false)
	image := readFile(t, path)
	keys, err := openKeyring(readFile(t, keyCopyPath(path)), []byte(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer keys.wipe()
	r := rand.New(rand.NewPCG(11, 12))
	trials := 40
	if *exhaustive {
		trials = 400
	}
	pages := usedPages(t, image)
	least, listed := len(want), 0
	for trial := range trials {
		damaged := bytes.Clone(image)
		page := damaged[r.IntN(pages)*4096:][:4096]
		for i := range page {
			page[i] = byte(r.Uint32())
		}
		var got map[string]string
		var report SalvageReport
		if trial%every(5) == 0 {
			writeFile(t, path, damaged)
			got, report = salvaged(t, path)
		} else {
			got, report = carved(t, keys, damaged)
		}
		n := right(t, fmt.Sprint("trial ", trial), got, want, report)
		if least = min(least, n); n < len(want)-4 {
			t.Errorf("trial %d: %d of %d, %+v", trial, n, len(want), report)
		}
		if report.ListWhole {
			listed++
			if len(want)-n != report.Lost+report.Older {
				t.Errorf("trial %d: %d of %d, reported as %+v", trial, n, len(want), report)
			}
		}
	}
	t.Logf("%d trials of one bad page in %d: at least %d of %d entries, the list whole in %d", trials, pages, least, len(want), listed)
	if least == len(want) {
		t.Error("no page had an entry")
	}
}

func TestSalvageDamage(t *testing.T) {
	t.Parallel()
	const head = 64 << 10
	zeros := func(from, to int) func([]byte) []byte {
		return func(b []byte) []byte { clear(b[from:min(to, len(b))]); return b }
	}
	cut := func(b []byte) []byte { return b[:usedPages(t, b)*4096/4*3] }
	tests := []struct {
		name   string
		damage func([]byte) []byte
		backup bool // whether there is one
		keys   bool // whether the copy of the keys is there
		least  int  // entries of 2,005; 0: no key is left
	}{
		{"nothing", zeros(0, 0), false, true, 2005},
		{"both metas", zeros(0, 2*4096), false, true, 2005},
		{"the first 64 KiB", zeros(0, head), false, true, 1960},
		{"the first 64 KiB, the keys from a backup", zeros(0, head), true, false, 2005},
		{"the first 64 KiB, no keys anywhere", zeros(0, head), false, false, 0},
		{"garbage before the data", func(b []byte) []byte { return append(bytes.Repeat([]byte("noise"), 777), b...) }, false, true, 2005},
		{"the last quarter missing", cut, false, true, 900},
		{"the last quarter missing, with a backup", cut, true, true, 2005},
		{"every tenth page, with a backup", func(b []byte) []byte {
			for p := 0; p < len(b); p += 10 * 4096 {
				clear(b[p : p+4096])
			}
			return b
		}, true, true, 2005},
		{"all of it, with a backup", func([]byte) []byte { return nil }, true, true, 2005},
	}
	paths := make(map[bool]string)
	wants := make(map[bool]map[string]string)
	for _, backup := range []bool{false, true} {
		paths[backup], wants[backup] = salvageFolder(t, 2000, backup)
	}
	for _, test := range tests {
		path, want := paths[test.backup], wants[test.backup]
		image, keys := readFile(t, path), readFile(t, keyCopyPath(path))
		if !test.keys {
			if err := os.Remove(keyCopyPath(path)); err != nil {
				t.Fatal(err)
			}
		}
		writeFile(t, path, test.damage(bytes.Clone(image)))
		if test.least == 0 {
			dest := filepath.Join(t.TempDir(), "salvaged.db")
			if _, err := Salvage(path, dest, []byte(testPassphrase), testOptions()); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: %v, want %v", test.name, err, ErrDamaged)
			}
			if _, err := Check(path, []byte(testPassphrase), testOptions()); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s, checked: %v, want %v", test.name, err, ErrDamaged)
			}
			if _, err := OpenRemains(path, []byte(testPassphrase), testOptions()); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s, opened: %v, want %v", test.name, err, ErrDamaged)
			}
			t.Logf("%s: refused", test.name)
		} else {
			got, report := salvaged(t, path)
			n := right(t, test.name, got, want, report)
			t.Logf("%s: %d of %d entries, %+v", test.name, n, len(want), report)
			if n < test.least {
				t.Errorf("%s: %d entries, want %d", test.name, n, test.least)
			}
			if test.name == "nothing" && (report.Lost+report.Older+report.FromBackup > 0 || !report.ListWhole) {
				t.Errorf("of a whole journal: %+v", report)
			}
			remains, err := OpenRemains(path, []byte(testPassphrase), testOptions())
			if err != nil {
				t.Fatalf("%s: %v", test.name, err)
			}
			if !maps.Equal(entryTexts(t, remains), got) {
				t.Errorf("%s: %d entries opened, %d salvaged", test.name, remains.Len(), len(got))
			}
			remains.Close()
			check, err := Check(path, []byte(testPassphrase), testOptions())
			if err != nil || check.Whole() != (test.name == "nothing") || test.name != "nothing" && !check.Damage.Structure {
				t.Errorf("%s, checked: %+v, %v", test.name, check, err)
			}
		}
		writeFile(t, path, image)
		writeFile(t, keyCopyPath(path), keys)
	}
}

// What only a backup has comes from there, and what was deleted does not.
func TestSalvageFromBackup(t *testing.T) {
	j := newTestJournal(t, testOptions())
	var all []Entry
	for i := range 30 {
		all = append(all, put(t, j, written(strings.Repeat(fmt.Sprint("entry ", i, " "), 100))))
	}
	if err := j.Maintain(); err != nil {
		t.Fatal(err)
	}
	all[0].Title = "changed after the backup"
	all[0] = put(t, j, all[0])
	for _, i := range []int{1, 2} {
		if err := j.Delete(all[i].ID); err != nil {
			t.Fatal(err)
		}
	}
	// As an older version of the program might have left it: gone from the
	// journal and not from the backup.
	if err := j.rewrite(j.keys, slices.DeleteFunc(j.keptWithout(""), func(r *record) bool { return r.head.ID == all[2].ID })); err != nil {
		t.Fatal(err)
	}
	lost := j.keys.recordID(entryName(all[5].ID))
	j.Close()
	image := readFile(t, j.Path())
	at := bytes.Index(image, append(slices.Clone(recordMagic[:]), 0))
	for !bytes.Equal(image[at+8:at+24], lost[:]) {
		next := bytes.Index(image[at+1:], append(slices.Clone(recordMagic[:]), 0))
		if next < 0 {
			t.Fatal("no such record")
		}
		at += 1 + next
	}
	image[at+100] ^= 1
	writeFile(t, j.Path(), image)

	check, err := Check(j.Path(), []byte(testPassphrase), testOptions())
	if err != nil || check.Damage != (Damage{Unreadable: 1, Missing: 1}) || check.Entries != 27 || check.Bin != 1 {
		t.Errorf("check: %+v, %v", check, err)
	}
	if len(check.Lost) != 1 || check.Lost[0].ID != all[5].ID || len(check.Backups) != 1 || check.Lost[0].Backup != filepath.Base(check.Backups[0].Path) {
		t.Errorf("check: lost %+v", check.Lost)
	}
	got, report := salvaged(t, j.Path())
	if report.FromBackup != 1 || report.Lost != 0 || !report.ListWhole || report.Entries != 29 {
		t.Errorf("%+v", report)
	}
	for i, e := range all {
		line, err := encodeJSON(e)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]string{true: string(line)}[i != 1 && i != 2]; got[e.ID] != want {
			t.Errorf("entry %d: %.60q, want %.60q", i, got[e.ID], want)
		}
	}
	// A damaged journal is not written over in place: what is salvaged is.
	j = openTestJournal(t, j.Path(), testOptions())
	defer j.Close()
	backups := backups(j.Path())
	for what, err := range map[string]error{"purge": j.Purge(all[7].ID), "passphrase": j.ChangePassphrase([]byte("new")), "backup": j.BackupNow()} {
		if !errors.Is(err, ErrDamaged) || !errors.Is(err, ErrLeft) {
			t.Errorf("%s of a damaged journal: %v", what, err)
		}
	}
	if err := j.Maintain(); err != nil || !slices.Equal(backupsOf(t, j), backups) || !bytes.Equal(readFile(t, j.Path()), image) {
		t.Errorf("a damaged journal was maintained: %v", err)
	}
}

func backupsOf(t testing.TB, j *Journal) []string {
	t.Helper()
	return backups(j.Path())
}

// A file may be made of nothing but beginnings of records: the work that it can
// cause grows with its size, not with its square.
func TestCarveCrafted(t *testing.T) {
	k, err := newKeyring(make([]byte, 16), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	beginning := append(slices.Clone(recordMagic[:]), 0, 0xFF, 0xFF, 0xFF)
	crafted := bytes.Repeat(beginning, 20<<20/len(beginning))
	id := k.recordID("entry a")
	genuine := k.seal(id, []byte(`{"v":1,"type":"settings","rev":1}`+"\n{}"))
	for _, limit := range []int{0, 1 << 20, 40 << 20} {
		c := &carver{keys: k, limit: limit}
		found := 0
		for r := range c.carve(append(slices.Clone(genuine), crafted...)) {
			if r.id == id {
				found++
			}
		}
		if c.vain > limit || found != cmp.Compare(limit, 0) {
			t.Errorf("limit %d: %d bytes opened in vain, %d found", limit, c.vain, found)
		}
		t.Logf("%d MiB of beginnings, limit %d MiB: %d MiB opened in vain", len(crafted)>>20, limit>>20, c.vain>>20)
	}
	blocks := bytes.Repeat([]byte(keyMagic+"\x01\x00\x10\x00 not an age file "), 10_000)
	for i := range 10_000 {
		blocks[i*len(blocks)/10_000+14] = byte(i)
	}
	if n := len(keyBlocks(filepath.Join(t.TempDir(), "journal.db"), blocks)); n > maxKeyBlocks {
		t.Errorf("%d key blocks to be tried", n)
	}
}

// fuzzEdits damages an image: five bytes say where and how.
func fuzzEdits(image, edits []byte) []byte {
	out := bytes.Clone(image)
	for ; len(edits) >= 5; edits = edits[5:] {
		at := (int(edits[0])<<16 | int(edits[1])<<8 | int(edits[2])) % len(out)
		switch n := int(edits[3]); edits[4] {
		case 0:
			clear(out[at:min(len(out), at+16*n)])
		case 1:
			copy(out[at:], bytes.Clone(out[(at+4096)%len(out):]))
		case 2:
			out = out[:max(1, at)]
		default:
			out[at] ^= edits[4]
		}
	}
	return out
}

func FuzzCarve(f *testing.F) {
	s, _ := newSpecimen(f)
	f.Add([]byte{})
	f.Add([]byte{0, 0, 0, 255, 0})
	f.Add([]byte{1, 2, 3, 9, 1, 2, 0, 0, 0, 2})
	f.Add([]byte{0, 0x30, 7, 1, 4, 2, 0x10, 0, 1, 128})
	f.Fuzz(func(t *testing.T, edits []byte) {
		m := s.keys.remains(fuzzEdits(s.image, edits))
		for _, text := range (&contents{records: m.records}).texts(t) {
			if !s.history[text] {
				t.Error("carved what was never written")
			}
		}
	})
}

func FuzzCheck(f *testing.F) {
	s, _ := newSpecimen(f)
	f.Add([]byte{})
	f.Add([]byte{0, 0, 16, 3, 1})
	f.Add([]byte{0, 0x30, 7, 40, 0, 2, 0x10, 0, 1, 128})
	f.Add([]byte{3, 0, 0, 0, 2})
	f.Fuzz(func(t *testing.T, edits []byte) {
		dir := t.TempDir()
		path := filepath.Join(dir, "journal.db")
		image := fuzzEdits(s.image, edits)
		writeFile(t, path, image)
		writeFile(t, keyCopyPath(path), s.keys.block)
		// What a flipped bit makes a key block ask for is bounded, and still too
		// much for thousands of trials.
		for _, b := range keyBlocks(path, image) {
			if unsafeCost(b) {
				return
			}
		}
		report, err := Check(path, []byte(testPassphrase), testOptions())
		dest := filepath.Join(dir, "salvaged.db")
		_, errSalvage := Salvage(path, dest, []byte(testPassphrase), testOptions())
		for _, err := range []error{err, errSalvage} {
			if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrPassphrase) && !errors.Is(err, ErrNewer) {
				t.Errorf("no name for %v", err)
			}
		}
		if err == nil && report.Whole() && !bytes.Equal(image, s.image) {
			c, err := loadImage(image, s.unlock)
			if err != nil || !maps.Equal(c.texts(t), s.now) {
				t.Error("called whole, and it is not")
			}
		}
	})
}
