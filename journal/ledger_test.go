package journal

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"
)

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
