package journal

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
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

// unlock gives keys like the specimen's, without asking the key blocks.
func (s *specimen) unlock([][]byte) (*keyring, error) {
	return newKeyring(s.keys.journal[:], s.keys.root)
}

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
	counts[s.judge(t, what, c, err)]++
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
			image := bytes.Clone(s.image)
			for bit := 0; bit < len(image)*8; bit += every(1 + r.IntN(1500)) {
				image[bit/8] ^= 1 << (bit % 8)
				try(fmt.Sprintf("bit %d", bit), image)
				image[bit/8] ^= 1 << (bit % 8)
			}
		}},
		{"every bit of the metas and page headers", func(try func(string, []byte)) {
			image := bytes.Clone(s.image)
			for p := range pages {
				for bit := p * page * 8; bit < (p*page+80)*8; bit += every(17) {
					image[bit/8] ^= 1 << (bit % 8)
					try(fmt.Sprintf("bit %d", bit), image)
					image[bit/8] ^= 1 << (bit % 8)
				}
			}
		}},
		{"truncations", func(try func(string, []byte)) {
			for n := 0; n < len(s.image); n += every(1 + r.IntN(1999)) {
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
				for q := 0; q < pages; q += every(1 + r.IntN(30)) {
					image := bytes.Clone(s.image)
					copy(image[q*page:(q+1)*page], s.image[p*page:])
					try(fmt.Sprintf("page %d over page %d", p, q), image)
				}
			}
		}},
		{"sectors zeroed", func(try func(string, []byte)) {
			for at := 0; at < len(s.image); at += 512 {
				image := bytes.Clone(s.image)
				clear(image[at : at+512])
				try(fmt.Sprintf("sector at %d", at), image)
			}
		}},
		{"tails zeroed", func(try func(string, []byte)) {
			for at := 0; at < len(s.image); at += 512 * every(3) {
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

// editRecords changes a journal's file as somebody would who has bbolt but not
// the passphrase.
func editRecords(t testing.TB, path string, edit func(b *bolt.Bucket) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: boltTimeout})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bolt.Tx) error { return edit(tx.Bucket([]byte(bucketRecords))) }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestLedger(t *testing.T) {
	base := newTestJournal(t, testOptions())
	var ids []recordID
	var entries []Entry
	for i := range 12 {
		e := put(t, base, written(fmt.Sprint("entry ", i)))
		entries = append(entries, e)
		ids = append(ids, base.keys.recordID(entryName(e.ID)))
	}
	draft, err := base.SetDraft(Draft{Entry: written("draft")})
	if err != nil {
		t.Fatal(err)
	}
	draftID := base.keys.recordID(draftName(draft.ID))
	head, shard := base.keys.recordID(headName), base.keys.recordID(shardName(shardOf(ids[2])))
	otherShard := base.keys.recordID(shardName(shardOf(ids[1])))
	inShard := 0
	for _, id := range append(slices.Clone(ids), draftID) {
		if shardOf(id) == shardOf(ids[2]) {
			inShard++
		}
	}
	old := make(map[recordID][]byte)
	editRecordsOf := func(edit func(b *bolt.Bucket) error) {
		if err := base.closeDB(); err != nil {
			t.Fatal(err)
		}
		editRecords(t, base.Path(), edit)
	}
	editRecordsOf(func(b *bolt.Bucket) error {
		return b.ForEach(func(k, v []byte) error { old[recordID(k)] = bytes.Clone(v); return nil })
	})
	for i := range 3 {
		entries[i].Title = "changed"
		put(t, base, entries[i])
	}
	if _, err := base.Keep(draft); err != nil {
		t.Fatal(err)
	}
	if err := base.Close(); err != nil {
		t.Fatal(err)
	}
	image := readFile(t, base.Path())

	foreign := newTestJournal(t, testOptions())
	put(t, foreign, written("foreign"))
	foreign.Close()
	var strange []sealedPair
	editRecords(t, foreign.Path(), func(b *bolt.Bucket) error {
		return b.ForEach(func(k, v []byte) error {
			strange = append(strange, sealedPair{recordID(k), bytes.Clone(v)})
			return nil
		})
	})
	move := func(b *bolt.Bucket, from, to recordID) error {
		return b.Put(to[:], bytes.Clone(b.Get(from[:])))
	}
	tests := []struct {
		name string
		edit func(b *bolt.Bucket) error
		want Damage
		len  int
	}{
		{"nothing", func(*bolt.Bucket) error { return nil }, Damage{}, 13},
		{"remove one", func(b *bolt.Bucket) error { return b.Delete(ids[5][:]) }, Damage{Missing: 1}, 12},
		{"remove three", func(b *bolt.Bucket) error {
			return errors.Join(b.Delete(ids[5][:]), b.Delete(ids[6][:]), b.Delete(ids[0][:]))
		}, Damage{Missing: 3}, 10},
		{"put back an older version", func(b *bolt.Bucket) error { return b.Put(ids[1][:], old[ids[1]]) }, Damage{RolledBack: 1}, 13},
		{"put back a draft that was kept", func(b *bolt.Bucket) error { return b.Put(draftID[:], old[draftID]) }, Damage{Unlisted: 1}, 13},
		{"a second one under a new key", func(b *bolt.Bucket) error { return move(b, ids[1], recordID{1}) }, Damage{Unreadable: 1}, 13},
		{"one over another", func(b *bolt.Bucket) error { return move(b, ids[1], ids[2]) }, Damage{Unreadable: 1, Missing: 1}, 12},
		{"swap two", func(b *bolt.Bucket) error {
			one := bytes.Clone(b.Get(ids[1][:]))
			return errors.Join(move(b, ids[2], ids[1]), b.Put(ids[2][:], one))
		}, Damage{Unreadable: 2, Missing: 2}, 11},
		{"a record of another journal", func(b *bolt.Bucket) error { return b.Put(strange[0].id[:], strange[0].value) }, Damage{Unreadable: 1}, 13},
		{"not a record", func(b *bolt.Bucket) error { return b.Put([]byte("note"), []byte("hello")) }, Damage{Unreadable: 1}, 13},
		{"an empty record", func(b *bolt.Bucket) error { return b.Put(ids[3][:], nil) }, Damage{Unreadable: 1, Missing: 1}, 12},
		{"the head removed", func(b *bolt.Bucket) error { return b.Delete(head[:]) }, Damage{Ledger: true}, 13},
		{"an older head", func(b *bolt.Bucket) error { return b.Put(head[:], old[head]) }, Damage{Ledger: true}, 13},
		{"a shard removed", func(b *bolt.Bucket) error { return b.Delete(shard[:]) }, Damage{Ledger: true, Unlisted: inShard}, 13},
	}
	path := filepath.Join(t.TempDir(), "journal.db")
	for _, test := range tests {
		writeFile(t, path, image)
		editRecords(t, path, test.edit)
		j := openTestJournal(t, path, testOptions())
		got := j.Damage()
		if test.name == "a shard removed" {
			got.Unlisted = test.want.Unlisted // the kept draft's entry may be in that shard too
		}
		if got != test.want || j.Len() != test.len {
			t.Errorf("%s: %+v and %d entries, want %+v and %d", test.name, got, j.Len(), test.want, test.len)
		}
		if got.Whole() != (got.Lines() == nil) || got.Whole() != (got.String() == "") {
			t.Errorf("%s: says %q", test.name, got.String())
		}
		// It goes on being said, and nothing else is lost by saving. A head
		// that is gone is made anew from its shards, which are all there.
		put(t, j, written("later"))
		j = reopen(t, j)
		whole := test.want.Whole() || test.want == Damage{Ledger: true}
		if j.Damage().Whole() != whole || j.Len() != test.len+1 {
			t.Errorf("%s, after a save: %+v and %d entries, want %d", test.name, j.Damage(), j.Len(), test.len+1)
		}
		j.Close()
	}

	// The ledger put back together with a record that it lists.
	writeFile(t, path, image)
	editRecords(t, path, func(b *bolt.Bucket) error {
		for _, id := range []recordID{ids[1], head, otherShard} {
			if err := b.Put(id[:], old[id]); err != nil {
				return err
			}
		}
		return nil
	})
	j := openTestJournal(t, path, testOptions())
	if j.Damage().Whole() {
		t.Error("an older ledger with an older record is taken for whole")
	}
}

func TestOlderCopy(t *testing.T) {
	for _, saves := range []int{1, 2, 100} {
		opts := testOptions()
		opts.StateDir = filepath.Join(t.TempDir(), "state")
		j := newTestJournal(t, opts)
		put(t, j, written("first"))
		image := readFile(t, j.Path())
		for i := range saves {
			put(t, j, written(fmt.Sprint("later ", i)))
		}
		j = reopen(t, j)
		if !j.Damage().Whole() || j.Len() != 1+saves {
			t.Errorf("%d saves: %d entries, %v", saves, j.Len(), j.Damage())
		}
		j.Close()
		newer := readFile(t, j.Path())
		writeFile(t, j.Path(), image)
		for range 2 {
			j = openTestJournal(t, j.Path(), opts)
			if want := (Damage{Older: uint64(saves)}); j.Damage() != want || j.Len() != 1 {
				t.Errorf("older by %d saves: %+v and %d entries", saves, j.Damage(), j.Len())
			}
			j.Close()
		}
		writeFile(t, j.Path(), newer)
		j = openTestJournal(t, j.Path(), opts)
		if !j.Damage().Whole() {
			t.Errorf("the newer one back: %v", j.Damage())
		}
		j.Close()
		// On another computer nothing is known of it.
		writeFile(t, j.Path(), image)
		for _, dir := range []string{"", t.TempDir()} {
			j = openTestJournal(t, j.Path(), &Options{StateDir: dir})
			if !j.Damage().Whole() {
				t.Errorf("state folder %q: %v", dir, j.Damage())
			}
			j.Close()
		}
		// What is remembered is a convenience: spoilt, it is as if it were not.
		for _, name := range folder(t, opts.StateDir) {
			spoilt := readFile(t, filepath.Join(opts.StateDir, name))
			spoilt[3] ^= 1
			writeFile(t, filepath.Join(opts.StateDir, name), spoilt)
		}
		j = openTestJournal(t, j.Path(), opts)
		if !j.Damage().Whole() {
			t.Errorf("forged memory: %v", j.Damage())
		}
		j.Close()
	}
}

func TestNewer(t *testing.T) {
	j := newTestJournal(t, testOptions())
	e := put(t, j, written("a"))
	keys := j.keys
	id := keys.recordID(entryName(e.ID))
	k2, err := newKeyring(keys.journal[:], keys.root)
	if err != nil {
		t.Fatal(err)
	}
	block := bytes.Clone(keys.block)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	path := j.Path()
	image := readFile(t, path)
	setBlocks := func(blocks ...[]byte) func(tx *bolt.Tx) error {
		return func(tx *bolt.Tx) error {
			for i, name := range []string{bucketKeys, bucketKeysCopy} {
				if err := tx.Bucket([]byte(name)).Put([]byte(keyBlockName), blocks[i]); err != nil {
					return err
				}
			}
			return nil
		}
	}
	version2 := bytes.Clone(block)
	version2[8] = 2
	payload2 := sealedPayload(t, append([]byte("goodenough-key/v2\n"), make([]byte, 48)...))
	setRecord := func(value []byte) func(tx *bolt.Tx) error {
		return func(tx *bolt.Tx) error { return tx.Bucket([]byte(bucketRecords)).Put(id[:], value) }
	}
	// A record as a version 2 would write it: sealed under its own magic.
	recordMagic2 := k2.seal(id, []byte("{}\n{}"))
	recordMagic2[3] = 2
	nonce, text := recordMagic2[24:48], make([]byte, padFloor)
	copy(text, "{}\n{}\x80")
	copy(recordMagic2[48:], k2.records.Seal(nil, nonce, text, k2.associatedData(recordMagic2)))
	tests := []struct {
		name string
		edit func(tx *bolt.Tx) error
		want error
	}{
		{"key block", setBlocks(version2, version2), ErrNewer},
		{"one copy of the key block only", setBlocks(version2, block), nil},
		{"the other copy only", setBlocks(block, version2), nil},
		{"key payload", setBlocks(payload2, payload2), ErrNewer},
		{"record's magic", setRecord(recordMagic2), ErrNewer},
		{"sealed header", setRecord(k2.seal(id, []byte(`{"v":2,"type":"entry","rev":1}`+"\n{}"))), ErrNewer},
		{"sealed header of an unknown type", setRecord(k2.seal(id, []byte(`{"v":3,"type":"poem","rev":1}`+"\n{}"))), ErrNewer},
	}
	for _, test := range tests {
		writeFile(t, path, image)
		db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: boltTimeout})
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(db.Update(test.edit), db.Close()); err != nil {
			t.Fatal(err)
		}
		sum := fileSum(t, path)
		j, err := Open(path, []byte(testPassphrase), testOptions())
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		if err == nil {
			j.Close()
		}
		if errors.Is(err, ErrDamaged) || errors.Is(err, ErrPassphrase) {
			t.Errorf("%s: %v as well", test.name, err)
		}
		if fileSum(t, path) != sum {
			t.Errorf("%s: the file was changed", test.name)
		}
	}
}
