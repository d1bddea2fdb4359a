//go:build unix

package journal

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	bolt "go.etcd.io/bbolt"
)

// writerPath names the journal to which this test binary, started again by
// TestKill, saves until it is killed.
const writerPath = "GOODENOUGH_TEST_WRITER"

func TestMain(m *testing.M) {
	if path := os.Getenv(writerPath); path != "" {
		if err := keepWriting(path); err != nil {
			fmt.Println(err)
		}
		os.Exit(1) // it only ends by a kill
	}
	os.Exit(m.Run())
}

// keepWriting saves drafts and entries for ever, and says so after each.
func keepWriting(path string) error {
	j, err := Open(path, []byte(testPassphrase), nil)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		d := Draft{Entry: written("")}
		for i := range 3 {
			d.Answers[0].Text = fmt.Sprintf("%d-%d %s", n, i, strings.Repeat("x", n*97%3000))
			if d, err = j.SetDraft(d); err != nil {
				return err
			}
			fmt.Println("draft", d.ID, d.Answers[0].Text)
		}
		e, err := j.Keep(d)
		if err != nil {
			return err
		}
		fmt.Println("entry", e.ID, e.Answers[0].Text)
	}
}

// A kill at any instant loses nothing that was reported as saved.
func TestKill(t *testing.T) {
	t.Parallel()
	j := newTestJournal(t, testOptions())
	path := j.Path()
	j.Close()
	r := rand.New(rand.NewPCG(5, 6))
	kept := make(map[string]string)
	acknowledged, stale := 0, ""
	for round := range 15 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), writerPath+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		draft, draftText := "", ""
		lines := bufio.NewReader(out)
		for n, stop := 0, 1+r.IntN(120); ; n++ {
			if n == stop {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
			// What it had said when it died counts too.
			line, err := lines.ReadString('\n')
			if err != nil {
				break
			}
			word := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 3)
			switch word[0] {
			case "draft":
				draft, draftText = word[1], word[2]
			case "entry":
				kept[word[1]] = word[2]
				draft = ""
			default:
				t.Fatalf("round %d: the writer: %s", round, line)
			}
			acknowledged++
		}
		if cmd.Wait() == nil {
			t.Fatal("the writer ended by itself")
		}
		j := openTestJournal(t, path, testOptions())
		if !j.Damage().Whole() {
			t.Errorf("round %d: %v", round, j.Damage())
		}
		for id, text := range kept {
			if e, err := j.Get(id); err != nil || e.Answers[0].Text != text {
				t.Errorf("round %d: an entry that was reported as saved: %v", round, err)
			}
		}
		// Unreported, one more save may have been made: of a draft, or of the
		// entry that the last draft became.
		drafts := j.Drafts()
		switch {
		case len(drafts) > 1:
			t.Errorf("round %d: %d drafts", round, len(drafts))
		case draft == "":
		case len(drafts) == 1 && drafts[0].ID == draft:
			if got := drafts[0].Answers[0].Text; got != draftText && got <= draftText {
				t.Errorf("round %d: the draft says %.9q, last reported was %.9q", round, got, draftText)
			}
		default:
			found := false
			for h := range j.Entries(Query{}) {
				e, err := j.Get(h.ID)
				found = found || err == nil && e.Answers[0].Text == draftText
			}
			if !found {
				t.Errorf("round %d: the draft is gone", round)
			}
		}
		if extra := j.Len() - len(kept); extra < 0 || extra > round+1 {
			t.Errorf("round %d: %d entries, %d reported", round, j.Len(), len(kept))
		}
		for _, d := range drafts {
			stale = d.ID
			if err := j.DropDraft(d.ID); err != nil {
				t.Error(err)
			}
		}
		j.Close()
	}
	t.Logf("15 kills, %d acknowledged saves, %d entries, last draft %s", acknowledged, len(kept), stale)
}

// hookWrites puts f between bbolt and the file, in a field that bbolt keeps
// for tests of its own.
func hookWrites(db *bolt.DB, f func(next writeAt) writeAt) {
	v := reflect.ValueOf(db).Elem().FieldByName("ops").FieldByName("writeAt")
	p := (*writeAt)(unsafe.Pointer(v.UnsafeAddr()))
	*p = f(*p)
}

type writeAt = func(b []byte, off int64) (int, error)

type diskWrite struct {
	off  int64
	data []byte
}

// over returns the image with the first n bytes of the write on it.
func (w diskWrite) over(image []byte, n int) []byte {
	if end := int(w.off) + len(w.data); end > len(image) {
		image = append(image, make([]byte, end-len(image))...)
	}
	copy(image[w.off:], w.data[:n])
	return image
}

// After a power cut at any moment of a save the journal is as it was before
// or as it is afterwards.
func TestPowerCut(t *testing.T) {
	t.Parallel()
	j := newTestJournal(t, testOptions())
	put(t, j, written("first"))
	s := &specimen{keys: j.keys}
	var writes []diskWrite
	hookWrites(j.db, func(next writeAt) writeAt {
		return func(b []byte, off int64) (int, error) {
			writes = append(writes, diskWrite{off, bytes.Clone(b)})
			return next(b, off)
		}
	})
	state := func(image []byte) (map[recordID]string, Damage, error) {
		c, err := loadImage(image, s.unlock)
		if err != nil {
			return nil, Damage{}, err
		}
		return c.texts(t), c.damage, nil
	}
	r := rand.New(rand.NewPCG(7, 8))
	counts := make(map[string]int)
	var draft Draft
	var err error
	var ids []Entry
	for n := range 40 {
		base := readFile(t, j.Path())
		before, _, err1 := state(base)
		writes = nil
		switch n % 5 {
		case 0:
			draft, err = j.SetDraft(Draft{Entry: written("a draft")})
		case 1:
			draft.Answers[0].Text += strings.Repeat(" and more", r.IntN(600))
			draft, err = j.SetDraft(draft)
		case 2:
			var e Entry
			e, err = j.Keep(draft)
			ids = append(ids, e)
		case 3:
			e := ids[r.IntN(len(ids))]
			e.Title = strings.Repeat("t", r.IntN(9000))
			_, err = j.Put(e)
		case 4:
			var lines strings.Builder
			for i := range 20 {
				fmt.Fprintf(&lines, "{\"id\":\"i%d-%d\",\"kind\":\"note\",\"created\":\"2026-01-02T03:04:05Z\"}\n", n, i)
			}
			_, err = j.Import(strings.NewReader(lines.String()))
		}
		if err != nil {
			t.Fatal(err)
		}
		full := readFile(t, j.Path())
		after, _, err2 := state(full)
		if err1 != nil || err2 != nil || maps.Equal(before, after) || len(writes) < 2 {
			t.Fatalf("save %d: %v, %v, %d writes", n, err1, err2, len(writes))
		}
		try := func(kind string, image []byte) {
			got, damage, err := state(image)
			switch {
			case err != nil:
				t.Errorf("save %d, %s: %v", n, kind, err)
			case maps.Equal(got, before):
				counts[kind+": before"]++
			case maps.Equal(got, after):
				counts[kind+": after"]++
			default:
				t.Errorf("save %d, %s: neither before nor after", n, kind)
			}
			if damage.LastSave = false; !damage.Whole() { // one torn head is what this is about
				t.Errorf("save %d, %s: %v", n, kind, damage)
			}
		}
		base = append(base, make([]byte, max(0, len(full)-len(base)))...)
		meta := writes[len(writes)-1]
		data := writes[:len(writes)-1]
		if meta.off >= 2*4096 {
			t.Fatal("the meta page is not the last write")
		}
		image := bytes.Clone(base)
		for _, w := range data {
			try("data in order", image)
			image = w.over(image, len(w.data))
		}
		try("all data", image)
		for range 10 {
			some := bytes.Clone(base)
			for _, i := range r.Perm(len(data)) {
				if r.IntN(2) == 0 {
					some = data[i].over(some, min(len(data[i].data), r.IntN(len(data[i].data)/512+2)*512))
				}
			}
			try("some data, torn", some)
		}
		for cut := 0; cut <= 128; cut += 8 {
			try("torn meta", meta.over(bytes.Clone(image), cut))
		}
	}
	t.Logf("40 saves: %v", counts)
}

// Whatever goes wrong with whichever write of a save, what Put says is true.
func TestWriteErrors(t *testing.T) {
	t.Parallel()
	type fault struct {
		name    string
		err     error
		written func(n int) int
	}
	none := func(int) int { return 0 }
	half := func(n int) int { return n / 2 }
	all := func(n int) int { return n }
	faults := []fault{
		{"full, nothing written", syscall.ENOSPC, none},
		{"full, half written", syscall.ENOSPC, half},
		{"full, all written", syscall.ENOSPC, all},
		{"broken, nothing written", syscall.EIO, none},
		{"broken, half written", syscall.EIO, half},
		{"broken, all written", syscall.EIO, all},
		{"short", io.ErrShortWrite, func(n int) int { return n - 1 }},
		{"64 bytes", io.ErrShortWrite, func(n int) int { return min(n, 64) }},
	}
	j := newTestJournal(t, testOptions())
	put(t, j, written("first"))
	said := make(map[string]int)
	for _, f := range faults {
		for at := 1; ; at++ {
			put(t, j, written("between")) // opens the file again after the last fault
			before := shown(t, j)
			n, met := 0, false
			hookWrites(j.db, func(next writeAt) writeAt {
				return func(b []byte, off int64) (int, error) {
					if n++; n != at {
						return next(b, off)
					}
					met = true
					if w := f.written(len(b)); w > 0 {
						if _, err := next(b[:w], off); err != nil {
							return 0, err
						}
						return w, f.err
					}
					return 0, f.err
				}
			})
			_, err := j.Put(written(strings.Repeat("what is being saved ", 300)))
			stored := shown(t, j) != before
			if stored != (err == nil) {
				t.Fatalf("%s at write %d: Put says %v, stored %v", f.name, at, err, stored)
			}
			var aside *AsideError
			if errors.As(err, &aside) || errors.Is(err, ErrDamaged) {
				t.Errorf("%s at write %d: %v", f.name, at, err)
			}
			if err != nil && errors.Is(f.err, syscall.ENOSPC) && !errors.Is(err, ErrFull) {
				t.Errorf("%s at write %d: %v, want %v", f.name, at, err, ErrFull)
			}
			if err != nil && strings.Contains(err.Error(), "what is being saved") {
				t.Error("the error says what was written")
			}
			said[fmt.Sprintf("saved %v", err == nil)]++
			now := shown(t, j)
			j = reopen(t, j)
			if got := shown(t, j); got != now {
				t.Fatalf("%s at write %d: Put said %v, and opened again it is otherwise", f.name, at, err)
			}
			if d := j.Damage(); d.LastSave && err == nil || d.Missing+d.Unreadable+d.RolledBack+d.Unlisted > 0 || d.Ledger {
				t.Errorf("%s at write %d: %v, though Put said %v", f.name, at, d, err)
			}
			if !met {
				break
			}
		}
	}
	t.Logf("%d faults: %v", said["saved true"]+said["saved false"], said)
}

// A disk that is full only for a moment costs nothing: the next try saves.
func TestTryAgain(t *testing.T) {
	j := newTestJournal(t, testOptions())
	d, err := j.SetDraft(Draft{Entry: written("draft")})
	if err != nil {
		t.Fatal(err)
	}
	full := true
	hookWrites(j.db, func(next writeAt) writeAt {
		return func(b []byte, off int64) (int, error) {
			if full {
				return 0, syscall.ENOSPC
			}
			return next(b, off)
		}
	})
	if _, err := j.Keep(d); !errors.Is(err, ErrFull) {
		t.Fatalf("%v, want %v", err, ErrFull)
	}
	if len(j.Drafts()) != 1 || j.Len() != 0 {
		t.Error("half of it happened")
	}
	full = false
	if _, err := j.Keep(d); err != nil {
		t.Fatal(err)
	}
	if j = reopen(t, j); len(j.Drafts()) != 0 || j.Len() != 1 || !j.Damage().Whole() {
		t.Errorf("%d drafts, %d entries, %v", len(j.Drafts()), j.Len(), j.Damage())
	}
}

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
		{"another journal's", foreign, 1, Damage{Foreign: 1}, ".aside-0badf00d"},
		{"not ours at all", []byte("hello"), 1, Damage{Foreign: 1}, ".aside-0badf00d"},
		{"nothing in it yet", own[:keyBlockSize], 1, Damage{}, ""},
		{"half a key block", own[:100], 1, Damage{}, ""},
		{"empty", nil, 1, Damage{}, ""},
		{"one record broken", broken, 2, Damage{Unreadable: 1}, ".unread-0badf00d"},
		{"cut short", own[:len(own)-1], 2, Damage{Unreadable: 1}, ".unread-0badf00d"},
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
		if _, err := j.MergeAside(); err != nil {
			t.Errorf("%s: %v", test.name, err)
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
