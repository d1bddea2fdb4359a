package journal

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// every returns n, or with -exhaustive 1, so that all is tried.
func every(n int) int {
	if *exhaustive {
		return 1
	}
	return n
}

// A specimen is a journal to be damaged, and all that was ever in it.
type specimen struct {
	image   []byte
	keys    *keyring
	now     map[recordID]string // what its records say
	history map[string]bool     // what they ever said

	mu    sync.Mutex
	tried int // images
}

// texts is what the entries, drafts and settings of an image say.
func (c *contents) texts(t testing.TB) map[recordID]string {
	t.Helper()
	out := make(map[recordID]string, len(c.records))
	for id, r := range c.records {
		text, err := r.plaintext()
		if err != nil {
			t.Fatal(err)
		}
		out[id] = string(text)
	}
	return out
}

// loadImage reads an image as Open does, without a file.
func loadImage(image []byte, unlock func(blocks [][]byte) (*keyring, error)) (c *contents, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return load(bytes.NewReader(image), int64(len(image)), unlock)
}

// unlock gives the specimen's keys, without asking the key blocks.
func (s *specimen) unlock([][]byte) (*keyring, error) { return s.keys, nil }

func newSpecimen(t testing.TB) (*specimen, *Journal) {
	t.Helper()
	j := newTestJournal(t, testOptions())
	s := &specimen{keys: j.keys, history: make(map[string]bool)}
	remember := func() {
		for _, r := range j.records {
			text, err := r.plaintext()
			if err != nil {
				t.Fatal(err)
			}
			s.history[string(text)] = true
		}
	}
	for i := range 25 {
		e := put(t, j, written(strings.Repeat(fmt.Sprintf("entry %d ", i), 1+i*i)))
		remember()
		if i%3 == 0 {
			e.Title = "changed"
			put(t, j, e)
		}
		d, err := j.SetDraft(Draft{Entry: written(fmt.Sprint("draft ", i))})
		if err != nil {
			t.Fatal(err)
		}
		remember()
		if i%5 != 0 {
			if _, err := j.Keep(d); err != nil {
				t.Fatal(err)
			}
			remember()
		}
	}
	if err := j.SetSettings("settings"); err != nil {
		t.Fatal(err)
	}
	remember()
	s.image = readFile(t, j.Path())
	c, err := loadImage(s.image, s.unlock)
	if err != nil || !c.damage.Whole() {
		t.Fatal(err)
	}
	s.now = c.texts(t)
	return s, j
}

// judge holds what became of a damaged image against what was in it. It
// returns in a word how it ended.
func (s *specimen) judge(t *testing.T, what string, c *contents, err error) string {
	t.Helper()
	if err != nil {
		switch {
		case errors.Is(err, ErrDamaged):
			return "refused"
		case errors.Is(err, ErrNewer), errors.Is(err, ErrPassphrase):
			t.Errorf("%s: %v, which it is not", what, err)
		default:
			t.Errorf("%s: no name for %v", what, err)
		}
		return "wrong"
	}
	now := c.texts(t)
	for id, text := range now {
		if text != s.now[id] && !s.history[text] {
			t.Errorf("%s: says what was never written", what)
		}
	}
	switch same := maps.Equal(now, s.now); {
	case same && c.damage.Whole():
		return "unharmed"
	case same:
		return "complete, with a warning"
	case c.damage.Whole():
		t.Errorf("%s: %d of %d records, and nothing is said", what, len(now), len(s.now))
		return "wrong"
	}
	return "partly lost, and says so"
}

func (s *specimen) try(t *testing.T, counts map[string]int, what string, image []byte) {
	t.Helper()
	c, err := loadImage(image, s.unlock)
	word := s.judge(t, what, c, err)
	s.mu.Lock()
	counts[word]++
	s.tried++
	carve := s.tried%4 == 0
	s.mu.Unlock()
	if carve {
		s.judgeRemains(t, what, s.keys.remains(image))
	}
}

// judgeRemains holds what is carved out of a damaged image against what was in
// it: nothing that was never written, and as long as the list is whole nothing
// that was deleted or overwritten, and nothing missing without being named.
func (s *specimen) judgeRemains(t *testing.T, what string, m remains) {
	t.Helper()
	texts := (&contents{records: m.records}).texts(t)
	lost := m.lost()
	for id, text := range texts {
		switch {
		case !s.history[text]:
			t.Errorf("%s: carved what was never written", what)
		case !m.whole:
		case s.now[id] == "":
			t.Errorf("%s: carved what was deleted", what)
		case text != s.now[id] && lost[id] == 0:
			t.Errorf("%s: carved an old version, and nothing is said", what)
		}
	}
	if !m.whole {
		return
	}
	for id := range s.now {
		if texts[id] == "" && lost[id] == 0 {
			t.Errorf("%s: carved without a record, and nothing is said", what)
		}
	}
}

func TestDamage(t *testing.T) {
	t.Parallel()
	const page = 4096
	s, _ := newSpecimen(t)
	pages := len(s.image) / page
	r := rand.New(rand.NewPCG(1, 2))
	junk := make([]byte, page)
	for i := range junk {
		junk[i] = byte(r.Uint32())
	}
	kinds := []struct {
		name string
		run  func(try func(what string, image []byte))
	}{
		{"bit flips", func(try func(string, []byte)) {
			// All cores: with -exhaustive there are two million of them.
			var done sync.WaitGroup
			workers := runtime.GOMAXPROCS(0)
			for w := range workers {
				done.Go(func() {
					image := bytes.Clone(s.image)
					r := rand.New(rand.NewPCG(1, uint64(w)))
					for bit := w; bit < len(image)*8; bit += workers * every(1+r.IntN(4000/workers)) {
						image[bit/8] ^= 1 << (bit % 8)
						try(fmt.Sprintf("bit %d", bit), image)
						image[bit/8] ^= 1 << (bit % 8)
					}
				})
			}
			done.Wait()
		}},
		{"bits of the metas and page headers", func(try func(string, []byte)) {
			image := bytes.Clone(s.image)
			for p := range pages {
				for bit := p * page * 8; bit < (p*page+80)*8; bit += every(41) {
					image[bit/8] ^= 1 << (bit % 8)
					try(fmt.Sprintf("bit %d", bit), image)
					image[bit/8] ^= 1 << (bit % 8)
				}
			}
		}},
		{"truncations", func(try func(string, []byte)) {
			for n := 0; n < len(s.image); n += every(1 + r.IntN(4999)) {
				try(fmt.Sprintf("cut to %d", n), s.image[:n])
			}
		}},
		{"pages zeroed, random, copied", func(try func(string, []byte)) {
			for p := range pages {
				for i, content := range [][]byte{make([]byte, page), junk, bytes.Repeat([]byte{0xFF}, page)} {
					image := bytes.Clone(s.image)
					copy(image[p*page:], content)
					try(fmt.Sprintf("page %d, content %d", p, i), image)
				}
				for q := 0; q < pages; q += every(1 + r.IntN(60)) {
					image := bytes.Clone(s.image)
					copy(image[q*page:(q+1)*page], s.image[p*page:])
					try(fmt.Sprintf("page %d over page %d", p, q), image)
				}
			}
		}},
		{"sectors zeroed", func(try func(string, []byte)) {
			for at := 0; at < len(s.image); at += 512 * every(3) {
				image := bytes.Clone(s.image)
				clear(image[at : at+512])
				try(fmt.Sprintf("sector at %d", at), image)
			}
		}},
		{"tails zeroed", func(try func(string, []byte)) {
			for at := 0; at < len(s.image); at += 512 * every(7) {
				image := bytes.Clone(s.image)
				clear(image[at:])
				try(fmt.Sprintf("zero from %d", at), image)
			}
		}},
	}
	t.Logf("%d bytes, %d records", len(s.image), len(s.now))
	for _, kind := range kinds {
		counts := make(map[string]int)
		kind.run(func(what string, image []byte) { s.try(t, counts, what, image) })
		t.Logf("%s: %v", kind.name, counts)
		if len(counts) < 2 {
			t.Errorf("%s: all ended alike: %v", kind.name, counts)
		}
	}
}

// Where bits of a real file flip, key blocks among them, what opens can be
// saved to, three times, and still has every entry that it showed.
func TestSaveAfterDamage(t *testing.T) {
	t.Parallel()
	s, j := newSpecimen(t)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	path := j.Path()
	r := rand.New(rand.NewPCG(3, 4))
	counts := make(map[string]int)
	for bit := r.IntN(1000); bit < len(s.image)*8; bit += every(1 + r.IntN(30000)) {
		image := bytes.Clone(s.image)
		image[bit/8] ^= 1 << (bit % 8)
		writeFile(t, path, image)
		j, err := Open(path, []byte(testPassphrase), testOptions())
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("bit %d: %v", bit, err)
			}
			if !bytes.Equal(readFile(t, path), image) {
				t.Errorf("bit %d: a file that was refused was changed", bit)
			}
			counts["refused"]++
			continue
		}
		counts[map[bool]string{true: "whole", false: "partly lost"}[j.Damage().Whole()]]++
		want := make(map[string]string)
		for h := range j.Entries(Query{}) {
			e, err := j.Get(h.ID)
			if err != nil {
				t.Fatal(err)
			}
			want[e.ID] = fmt.Sprint(e.Answers)
		}
		for i := range 3 {
			e := put(t, j, written(fmt.Sprint("after ", i)))
			want[e.ID] = fmt.Sprint(e.Answers)
		}
		j.Close()
		j, err = Open(path, []byte(testPassphrase), nil)
		if err != nil {
			t.Errorf("bit %d: after three saves: %v", bit, err)
			continue
		}
		for id, text := range want {
			if e, err := j.Get(id); err != nil || fmt.Sprint(e.Answers) != text {
				t.Errorf("bit %d: an entry is gone after three saves: %v", bit, err)
			}
		}
		if j.Len() != len(want) {
			t.Errorf("bit %d: %d entries after three saves, want %d", bit, j.Len(), len(want))
		}
		j.Close()
	}
	t.Logf("one bit each: %v", counts)
}

// One flipped bit in a record's version does not shut the journal as one of a
// newer version would be, and costs nothing.
func TestFlippedVersion(t *testing.T) {
	t.Parallel()
	s, _ := newSpecimen(t)
	flips := 0
	for at := 0; ; {
		i := bytes.Index(s.image[at:], recordMagic[:])
		if i < 0 {
			break
		}
		at += i + len(recordMagic)
		for bit := range 8 {
			image := bytes.Clone(s.image)
			image[at-1] ^= 1 << bit
			c, err := loadImage(image, s.unlock)
			if err != nil {
				t.Fatalf("byte %d, bit %d: %v", at-1, bit, err)
			}
			if same := maps.Equal(c.texts(t), s.now); !same && (bit > 0 || c.damage.Whole()) {
				t.Errorf("byte %d, bit %d: %v", at-1, bit, c.damage)
			}
			flips++
		}
	}
	t.Logf("%d flips", flips)
	if flips < 8*len(s.now) {
		t.Error("not every record was met")
	}
}
