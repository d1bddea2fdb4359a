package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"
)

type pagePair struct{ bucket, key, value string }

// pagePairs reads an image of a file and keeps what is handed out.
func pagePairs(image []byte) ([]pagePair, pageReport, error) {
	var pairs []pagePair
	report, err := readPages(bytes.NewReader(image), int64(len(image)), func(bucket, key, value []byte) error {
		pairs = append(pairs, pagePair{string(bucket), string(key), string(value)})
		return nil
	})
	return pairs, report, err
}

func openBolt(path string, pageSize int) (*bolt.DB, error) {
	return bolt.Open(path, 0o600, &bolt.Options{PageSize: pageSize, NoSync: true, NoGrowSync: true})
}

// boltPairs is what bbolt itself finds.
func boltPairs(db *bolt.DB) ([]pagePair, error) {
	var pairs []pagePair
	err := db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				pairs = append(pairs, pagePair{string(name), string(k), string(v)})
				return nil
			})
		})
	})
	return pairs, err
}

// boltImage has bbolt make a file, one commit for each step.
func boltImage(t testing.TB, pageSize int, steps ...func(tx *bolt.Tx) error) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	db, err := openBolt(path, pageSize)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		if err := db.Update(step); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	image, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return image
}

func bucketKey(i int) []byte {
	h := fnv.New128a()
	fmt.Fprint(h, i)
	return h.Sum(nil)
}

// fillBucket puts n values of the given size into a bucket.
func fillBucket(bucket string, n, size int) func(tx *bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte(bucket))
		for i := range n {
			if err == nil {
				err = b.Put(bucketKey(i), bytes.Repeat([]byte{byte(i)}, size))
			}
		}
		return err
	}
}

// thinBucket deletes from a bucket of n values all but every keep-th.
func thinBucket(bucket string, n, keep int) func(tx *bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		for i := range n {
			if i%keep != 0 {
				if err := tx.Bucket([]byte(bucket)).Delete(bucketKey(i)); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

func TestReadPagesAsBolt(t *testing.T) {
	files := []struct {
		name    string
		steps   []func(tx *bolt.Tx) error
		pairs   int
		buckets []string
	}{
		{"empty", nil, 0, nil},
		{"empty buckets", []func(tx *bolt.Tx) error{fillBucket("a", 0, 0), fillBucket("b", 0, 0)}, 0, []string{"a", "b"}},
		{"inline", []func(tx *bolt.Tx) error{fillBucket("a", 3, 20), fillBucket("b", 1, 0)}, 4, []string{"a", "b"}},
		{"one page", []func(tx *bolt.Tx) error{fillBucket("r", 20, 100)}, 20, []string{"r"}},
		{"several levels", []func(tx *bolt.Tx) error{fillBucket("r", 5000, 200)}, 5000, []string{"r"}},
		{"empty values", []func(tx *bolt.Tx) error{fillBucket("r", 2000, 0)}, 2000, []string{"r"}},
		{"overflow", []func(tx *bolt.Tx) error{fillBucket("k", 1, 5000), fillBucket("r", 9, 100_000)}, 10, []string{"k", "r"}},
		{"after deletes", []func(tx *bolt.Tx) error{fillBucket("r", 500, 900), thinBucket("r", 500, 3), fillBucket("k", 2, 10)}, 169, []string{"k", "r"}},
		{"emptied", []func(tx *bolt.Tx) error{fillBucket("r", 500, 900), thinBucket("r", 500, 501)}, 1, []string{"r"}},
		{"bucket deleted", []func(tx *bolt.Tx) error{fillBucket("k", 9, 9), fillBucket("r", 500, 900), func(tx *bolt.Tx) error {
			return tx.DeleteBucket([]byte("r"))
		}}, 9, []string{"k"}},
		{"300 buckets", []func(tx *bolt.Tx) error{func(tx *bolt.Tx) error {
			for i := range 300 {
				if err := fillBucket(fmt.Sprintf("%03d", i), 2+i%40, 50)(tx); err != nil {
					return err
				}
			}
			return nil
		}}, 6250, nil},
	}
	for _, f := range files {
		for _, pageSize := range []int{1024, 4096, 65536} {
			t.Run(fmt.Sprintf("%s/%d", f.name, pageSize), func(t *testing.T) {
				image := boltImage(t, pageSize, f.steps...)
				got, report, err := pagePairs(image)
				if err != nil {
					t.Fatal(err)
				}
				path := filepath.Join(t.TempDir(), "file")
				want := boltSees(t, path, image)
				if !slices.Equal(got, want) || len(got) != f.pairs {
					t.Errorf("%d pairs, bbolt finds %d, %d put", len(got), len(want), f.pairs)
				}
				if f.buckets != nil && !slices.Equal(report.buckets, f.buckets) {
					t.Errorf("buckets %q, want %q", report.buckets, f.buckets)
				}
				if report.pairs != f.pairs || report.pageSize != pageSize || report.badMetas != 0 || report.txid != uint64(1+len(f.steps)) {
					t.Errorf("report %+v", report)
				}
			})
		}
	}
}

func boltSees(t *testing.T, path string, image []byte) []pagePair {
	t.Helper()
	if err := os.WriteFile(path, image, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := openBolt(path, 4096)
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := boltPairs(db)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return pairs
}

// A freelist of 65,535 pages and more counts them in its first entry.
func TestReadPagesLongFreelist(t *testing.T) {
	value := make([]byte, 70_000*1024)
	image := boltImage(t, 1024,
		func(tx *bolt.Tx) error {
			b, err := tx.CreateBucket([]byte("r"))
			return errors.Join(err, b.Put([]byte("long"), value))
		},
		func(tx *bolt.Tx) error { return tx.Bucket([]byte("r")).Put([]byte("long"), []byte("short")) },
		fillBucket("k", 3, 10),
	)
	pairs, _, err := pagePairs(image)
	if err != nil || len(pairs) != 4 {
		t.Fatalf("%d pairs, %v", len(pairs), err)
	}
	c := craft(image)
	list := c.page(c.meta(48) % 2)[pageHeaderSize:]
	if n := c.page(binary.LittleEndian.Uint64(list[32:])).count(); n != longFreelist {
		t.Errorf("the freelist counts %d: not the long form", n)
	}
}

// What bbolt writes must never be refused, whatever was saved and deleted.
func TestReadPagesRandomWork(t *testing.T) {
	for seed := range uint64(4) {
		if err := randomWork(t.TempDir(), seed, 120); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
}

func randomWork(dir string, seed uint64, commits int) error {
	rnd := rand.New(rand.NewPCG(seed, 1))
	path := filepath.Join(dir, fmt.Sprint("file", seed))
	db, err := openBolt(path, []int{1024, 4096}[seed%2])
	if err != nil {
		return err
	}
	defer db.Close()
	model := map[string]map[string]string{}
	for commit := range commits {
		err := db.Update(func(tx *bolt.Tx) error {
			name := string(rune('a' + rnd.IntN(3)))
			b, err := tx.CreateBucketIfNotExists([]byte(name))
			if err != nil {
				return err
			}
			if model[name] == nil {
				model[name] = map[string]string{}
			}
			drop := rnd.Float64() * 1.2 // so that trees grow, shrink and empty
			for range 1 + rnd.IntN(200) {
				k := bucketKey(rnd.IntN(3000))[:1+rnd.IntN(16)]
				if rnd.Float64() > drop {
					v := make([]byte, int(rnd.ExpFloat64()*150))
					model[name][string(k)] = string(v)
					err = b.Put(k, v)
				} else {
					c := b.Cursor()
					if k, _ = c.Seek(k); k == nil {
						continue
					}
					delete(model[name], string(k))
					err = c.Delete()
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		image, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		pairs, _, err := pagePairs(image)
		if err != nil {
			return fmt.Errorf("commit %d: %w", commit, err)
		}
		if !slices.Equal(pairs, sortedPairs(model)) {
			return fmt.Errorf("commit %d: other pairs than were saved", commit)
		}
	}
	return nil
}

func sortedPairs(model map[string]map[string]string) []pagePair {
	var pairs []pagePair
	for _, bucket := range slices.Sorted(maps.Keys(model)) {
		for _, key := range slices.Sorted(maps.Keys(model[bucket])) {
			pairs = append(pairs, pagePair{bucket, key, model[bucket][key]})
		}
	}
	return pairs
}

func TestReadPagesOlderMeta(t *testing.T) {
	for _, pageSize := range []int{1024, 4096, 16384, 65536} {
		before := boltImage(t, pageSize, fillBucket("r", 50, 300), fillBucket("s", 1, 1))
		after := boltImage(t, pageSize, fillBucket("r", 50, 300), fillBucket("s", 1, 1), fillBucket("last", 1, 1))
		want, _, _ := pagePairs(before)
		all, _, _ := pagePairs(after)
		newer := int(craft(after).meta(48) % 2)
		for slot := range 2 {
			image := bytes.Clone(after)
			image[slot*pageSize+pageHeaderSize+20] ^= 1
			pairs, report, err := pagePairs(image)
			if err != nil || report.badMetas != 1 {
				t.Errorf("page size %d, meta %d: %v, report %+v", pageSize, slot, err, report)
			}
			if expected := map[bool][]pagePair{true: want, false: all}[slot == newer]; !slices.Equal(pairs, expected) {
				t.Errorf("page size %d, meta %d: %d pairs, want %d", pageSize, slot, len(pairs), len(expected))
			}
			image[(1-slot)*pageSize+pageHeaderSize+20] ^= 1
			if _, _, err := pagePairs(image); !errors.Is(err, errPages) {
				t.Errorf("page size %d, both metas damaged: %v", pageSize, err)
			}
		}
	}
}

func TestReadPagesVisitError(t *testing.T) {
	image := boltImage(t, 4096, fillBucket("k", 1, 1), fillBucket("r", 50, 300))
	enough := errors.New("enough")
	for _, bucket := range []string{"k", "r"} { // one inline, one not
		_, err := readPages(bytes.NewReader(image), int64(len(image)), func(b, _, _ []byte) error {
			if string(b) == bucket {
				return enough
			}
			return nil
		})
		if err != enough {
			t.Errorf("%s: %v", bucket, err)
		}
	}
}

// badSector is a file of which one page cannot be read.
type badSector struct {
	*bytes.Reader
	from, to int64
}

var errSector = errors.New("bad sector")

func (b badSector) ReadAt(p []byte, off int64) (int, error) {
	if off < b.to && off+int64(len(p)) > b.from {
		n, err := b.Reader.ReadAt(p[:max(0, b.from-off)], off)
		return n, errors.Join(errSector, err)
	}
	return b.Reader.ReadAt(p, off)
}

func TestReadPagesUnreadable(t *testing.T) {
	image := boltImage(t, 4096, fillBucket("r", 50, 900), fillBucket("k", 1, 9000))
	inUse, refused := len(image)/4096, 0
	for i := range inUse {
		r := badSector{bytes.NewReader(image), int64(i) * 4096, int64(i+1) * 4096}
		_, err := readPages(r, int64(len(image)), func(_, _, _ []byte) error { return nil })
		if err == nil {
			continue // a free page
		}
		refused++
		if !errors.Is(err, errPages) || !errors.Is(err, errSector) {
			t.Errorf("page %d: %v", i, err)
		}
	}
	if refused < 20 {
		t.Errorf("only %d of %d pages were ever read", refused, inUse)
	}
}

func TestReadPagesAllocations(t *testing.T) {
	image := boltImage(t, 4096, fillBucket("r", 5000, 200))
	pages := 0
	n := testing.AllocsPerRun(5, func() {
		report, err := readPages(bytes.NewReader(image), int64(len(image)), func(_, _, _ []byte) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		pages = report.pages
	})
	if n > 60 {
		t.Errorf("%.0f allocations for 5,000 pairs on %d pages", n, pages)
	}
}

func TestPageError(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{damaged(17, "keys out of order"), "page 17: keys out of order"},
		{damaged(0, "neither meta page is valid"), "neither meta page is valid"},
		{&pageError{page: 3, what: "unreadable", cause: errSector}, "page 3: unreadable: bad sector"},
	} {
		var pe *pageError
		if test.err.Error() != test.want || !errors.Is(test.err, errPages) || !errors.As(test.err, &pe) {
			t.Errorf("%q, want %q", test.err, test.want)
		}
	}
}

func BenchmarkReadPages(b *testing.B) {
	const n, batch = 100_000, 1000
	value := make([]byte, 1200)
	orders := []struct {
		name string
		key  func(i int) []byte
	}{
		{"in order", func(i int) []byte { return binary.BigEndian.AppendUint64(make([]byte, 8), uint64(i)) }},
		{"scattered", bucketKey}, // as a journal grows, a save at a time
	}
	for _, order := range orders {
		b.Run(order.name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "file")
			db, err := openBolt(path, 4096)
			if err != nil {
				b.Fatal(err)
			}
			for start := 0; start < n; start += batch {
				err := db.Update(func(tx *bolt.Tx) error {
					bucket, err := tx.CreateBucketIfNotExists([]byte("r"))
					for i := start; i < start+batch && err == nil; i++ {
						err = bucket.Put(order.key(i), value)
					}
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			if err := db.Close(); err != nil {
				b.Fatal(err)
			}
			f, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			defer f.Close()
			info, err := f.Stat()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				report, err := readPages(f, info.Size(), func(_, _, _ []byte) error { return nil })
				if err != nil || report.pairs != n {
					b.Fatal(report.pairs, err)
				}
				b.SetBytes(int64(report.pages) * int64(report.pageSize))
			}
		})
	}
}
