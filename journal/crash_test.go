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
	"reflect"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	bolt "go.etcd.io/bbolt"
)

// childTask names what this test binary, started again by a test, is to do, and
// taskPath with which journal.
const (
	childTask = "GOODENOUGH_TEST_TASK"
	taskPath  = "GOODENOUGH_TEST_PATH"
)

// children are the tasks. What one says in its error goes to standard output.
var children = map[string]func(path string) error{"write": keepWriting}

func TestMain(m *testing.M) {
	if task := os.Getenv(childTask); task != "" {
		if err := children[task](os.Getenv(taskPath)); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
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
	rounds := 15
	if *exhaustive {
		rounds = 300
	}
	for round := range rounds {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childTask+"=write", taskPath+"="+path)
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
	t.Logf("%d kills, %d acknowledged saves, %d entries, last draft %s", rounds, acknowledged, len(kept), stale)
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
	saves, torn := 40, 6
	if *exhaustive {
		saves, torn = 300, 16
	}
	for n := range saves {
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
			for i := range 8 {
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
		for range torn {
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
	images := 0
	for _, n := range counts {
		images += n
	}
	t.Logf("%d images of %d saves: %v", images, saves, counts)
	if *exhaustive && images < 10_000 {
		t.Errorf("%d images, want 10,000", images)
	}
}

// A save whose power was cut has left new records on free pages: salvage brings
// out what was committed, not a part of what was not.
func TestSalvageUncommitted(t *testing.T) {
	s, j := newSpecimen(t)
	var writes []diskWrite
	hookWrites(j.db, func(next writeAt) writeAt {
		return func(b []byte, off int64) (int, error) {
			writes = append(writes, diskWrite{off, bytes.Clone(b)})
			return next(b, off)
		}
	})
	put(t, j, written("never committed"))
	image := bytes.Clone(s.image)
	for _, w := range writes[:len(writes)-1] {
		image = w.over(image, len(w.data))
		m := s.keys.remains(image)
		if texts := (&contents{records: m.records}).texts(t); !m.whole || !maps.Equal(texts, s.now) {
			t.Errorf("after a write at %d: %d records, the list whole: %v", w.off, len(m.records), m.whole)
		}
	}
}

// Nor is such a part taken for an entry whose own version is damaged: it was not
// saved, and that the saved one is lost is said.
func TestSalvageUncommittedIsNotTheEntry(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := put(t, j, written("committed"))
	put(t, j, written("another"))
	k, image := j.keys, readFile(t, j.Path())
	var writes []diskWrite
	hookWrites(j.db, func(next writeAt) writeAt {
		return func(b []byte, off int64) (int, error) {
			writes = append(writes, diskWrite{off, bytes.Clone(b)})
			return next(b, off)
		}
	})
	e.Answers[0].Text = "never committed"
	put(t, j, e)
	id := k.recordID(entryName(e.ID))
	for c := range k.carve(image) {
		if c.id == id {
			image[c.at+recordHeader] ^= 1
		}
	}
	for _, w := range writes[:len(writes)-1] {
		image = w.over(image, len(w.data))
	}
	versions := 0
	for c := range k.carve(image) {
		if c.id == id {
			versions++
		}
	}
	m := k.remains(image)
	if d := m.damage(); versions != 1 || m.records[id] != nil || len(m.records) != 1 || d != (Damage{Missing: 1}) {
		t.Errorf("%d versions in the file, %d records, %+v", versions, len(m.records), d)
	}
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

// fillUp makes the disk full for as long as something is so.
func fillUp(t testing.TB, j *Journal, full func() bool) {
	t.Helper()
	hookWrites(j.db, func(next writeAt) writeAt {
		return func(b []byte, off int64) (int, error) {
			if full() {
				return 0, syscall.ENOSPC
			}
			return next(b, off)
		}
	})
}

// A disk that is full only for a moment costs nothing: the next try saves.
func TestTryAgain(t *testing.T) {
	j := newTestJournal(t, testOptions())
	d, err := j.SetDraft(Draft{Entry: written("draft")})
	if err != nil {
		t.Fatal(err)
	}
	full := true
	fillUp(t, j, func() bool { return full })
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
