package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"
)

var exhaustive = flag.Bool("exhaustive", false, "damage every bit, cut at every byte, copy every page: about an hour")

// damageImage is a file of 64 pages like a journal: two long values on pages of
// their own, records, a small inline bucket, free pages.
func damageImage(t testing.TB) []byte {
	image := boltImage(t, 4096,
		fillBucket("k", 1, 5000), fillBucket("k2", 1, 5000), fillBucket("s", 3, 40),
		fillBucket("r", 42, 1200), fillBucket("r", 62, 1200), fillBucket("s", 2, 50),
	)
	if len(image) != 64*4096 {
		t.Fatalf("%d pages, want 64", len(image)/4096)
	}
	return image
}

// damageTally counts what became of damaged files.
type damageTally struct {
	refused    int // by readPages
	intact     int // accepted, every pair as it was put
	olderMeta  int // accepted with a warning: one meta page is damaged
	otherValue int // accepted, a value or a bucket's name is another: for the seal to see
	otherKeys  int // accepted, a key is another: for the seal and the ledger to see
}

func (n damageTally) String() string {
	return fmt.Sprintf("%d damaged files: %d refused, %d intact, %d with a warning, %d with another value, %d with other keys",
		n.refused+n.intact+n.olderMeta+n.otherValue+n.otherKeys, n.refused, n.intact, n.olderMeta, n.otherValue, n.otherKeys)
}

// damageTrial reads damaged files and hands every one that is accepted to bbolt.
type damageTrial struct {
	t     *testing.T
	dir   string
	want  []pagePair
	tally damageTally
	fresh int // a new name for each file: bbolt keeps a lock on one that it fell over
}

func newDamageTrial(t *testing.T, image []byte) *damageTrial {
	want, report, err := pagePairs(image)
	if err != nil || report.badMetas != 0 {
		t.Fatalf("undamaged: %v, %+v", err, report)
	}
	return &damageTrial{t: t, dir: t.TempDir(), want: want}
}

func (tr *damageTrial) run(image []byte, damage string, args ...any) {
	tr.t.Helper()
	got, report, err := pagePairs(image)
	if err != nil {
		if !errors.Is(err, errPages) {
			tr.t.Errorf(damage+": an unnamed error: %v", append(args, err)...)
		}
		tr.tally.refused++
		return
	}
	switch {
	case report.badMetas != 0:
		tr.tally.olderMeta++
	case slices.Equal(got, tr.want):
		tr.tally.intact++
	case slices.EqualFunc(got, tr.want, func(a, b pagePair) bool { return a.key == b.key }):
		tr.tally.otherValue++
	default:
		tr.tally.otherKeys++
	}
	if report.badMetas == 0 && len(got) < len(tr.want) {
		tr.t.Errorf(damage+": %d of %d pairs vanished without a word", append(args, len(tr.want)-len(got), len(tr.want))...)
	}
	tr.fresh++
	path := filepath.Join(tr.dir, fmt.Sprint(tr.fresh))
	if err := workOn(path, image, got, report.buckets); err != nil {
		tr.t.Errorf(damage+": %v", append(args, err)...)
	}
	os.Remove(path)
}

// workOn has bbolt open an accepted file, read it, save three times and read it
// again. Whatever it does that readPages did not announce is an error.
func workOn(path string, image []byte, want []pagePair, buckets []string) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("bbolt gave way: %v", r)
		}
	}()
	if err := os.WriteFile(path, image, 0o600); err != nil {
		return err
	}
	db, err := openBolt(path, 4096)
	if err != nil {
		return fmt.Errorf("bbolt refuses it: %w", err)
	}
	got, err := boltPairs(db)
	if err != nil {
		return err
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("bbolt finds %d pairs, not the %d handed out", len(got), len(want))
	}
	model := map[string]map[string]string{}
	for _, bucket := range append(buckets, "new") {
		model[bucket] = map[string]string{}
	}
	for _, p := range want {
		model[p.bucket][p.key] = p.value
	}
	for save := range 3 {
		if err := db.Update(func(tx *bolt.Tx) error { return touchAll(tx, model, save) }); err != nil {
			return err
		}
	}
	if err := db.Close(); err != nil {
		return err
	}
	want = sortedPairs(model)
	if db, err = openBolt(path, 4096); err != nil {
		return fmt.Errorf("reopen: %w", err)
	}
	got, err = boltPairs(db)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("after three saves bbolt finds %d pairs, not the %d saved", len(got), len(want))
	}
	if image, err = os.ReadFile(path); err != nil {
		return err
	}
	if got, _, err = pagePairs(image); err != nil || !slices.Equal(got, want) {
		return fmt.Errorf("after three saves %d pairs are read, not the %d saved: %w", len(got), len(want), err)
	}
	return nil
}

// touchAll is one save that meets every leaf: it adds to each bucket, writes
// some values anew and deletes others, so that pages split, merge and move.
func touchAll(tx *bolt.Tx, model map[string]map[string]string, save int) error {
	for bucket, pairs := range model {
		b, err := tx.CreateBucketIfNotExists([]byte(bucket))
		if err != nil {
			return err
		}
		i := 0
		for _, p := range sortedPairs(map[string]map[string]string{bucket: pairs}) {
			i++
			switch (i + save) % 4 {
			case 0:
				delete(pairs, p.key)
				err = b.Delete([]byte(p.key))
			case 1:
				pairs[p.key] = "anew"
				err = b.Put([]byte(p.key), []byte("anew"))
			}
			if err != nil {
				return err
			}
		}
		added := fmt.Sprint("save ", save)
		pairs[added] = string(make([]byte, 300))
		if err := b.Put([]byte(added), make([]byte, 300)); err != nil {
			return err
		}
	}
	return nil
}

// damageStep is the step through n that takes about some of them, with -short
// an eighth of that, with -exhaustive all.
func damageStep(n, some int) int {
	if *exhaustive {
		return 1
	}
	if testing.Short() {
		some /= 8
	}
	return max(1, n/some) | 1
}

func TestReadPagesFlippedBits(t *testing.T) {
	t.Parallel()
	image := damageImage(t)
	tr := newDamageTrial(t, image)
	for bit := 0; bit < 8*len(image); bit += damageStep(8*len(image), 2500) {
		damaged := bytes.Clone(image)
		damaged[bit/8] ^= 1 << (bit % 8)
		tr.run(damaged, "bit %d", bit)
	}
	t.Log(tr.tally)
}

// The heads of pages are where the harm is.
func TestReadPagesFlippedHeads(t *testing.T) {
	t.Parallel()
	image := damageImage(t)
	tr := newDamageTrial(t, image)
	for page := range len(image) / 4096 {
		const bits = 8 * (pageHeaderSize + 4*pageElementSize)
		for bit := 0; bit < bits; bit += damageStep(bits, 40) {
			damaged := bytes.Clone(image)
			damaged[page*4096+bit/8] ^= 1 << (bit % 8)
			tr.run(damaged, "page %d, bit %d", page, bit)
		}
	}
	t.Log(tr.tally)
}

// A flipped bit in the freelist costs other entries, at a later save.
func TestReadPagesFlippedFreelist(t *testing.T) {
	t.Parallel()
	image := damageImage(t)
	tr := newDamageTrial(t, image)
	list := craft(image).freelist()
	start := len(image) - len(list)
	for bit := range 8 * (pageHeaderSize + 8*list.count()) {
		damaged := bytes.Clone(image)
		damaged[start+bit/8] ^= 1 << (bit % 8)
		tr.run(damaged, "bit %d of the freelist", bit)
	}
	t.Log(tr.tally)
	if all := 8 * (pageHeaderSize + 8*list.count()); tr.tally.refused != all {
		t.Errorf("%d of %d damaged freelists refused", tr.tally.refused, all)
	}
}

func TestReadPagesTruncated(t *testing.T) {
	t.Parallel()
	// bbolt grows a file ahead of its use: that tail may go.
	image := append(damageImage(t), make([]byte, 8*4096)...)
	tr := newDamageTrial(t, image)
	for n := 0; n < len(image); n += damageStep(len(image), 300) {
		tr.run(bytes.Clone(image[:n]), "cut to %d bytes", n)
	}
	t.Log(tr.tally)
}

func TestReadPagesTailZeroed(t *testing.T) {
	t.Parallel()
	image := damageImage(t)
	tr := newDamageTrial(t, image)
	for n := 0; n < len(image); n += 512 {
		damaged := bytes.Clone(image)
		clear(damaged[n:])
		tr.run(damaged, "zeros from %d", n)
	}
	t.Log(tr.tally)
}

func TestReadPagesWrongPages(t *testing.T) {
	t.Parallel()
	image := damageImage(t)
	tr := newDamageTrial(t, image)
	pages := len(image) / 4096
	noise := rand.NewChaCha8([32]byte{})
	for i := range pages {
		damaged := bytes.Clone(image)
		clear(damaged[i*4096:][:4096])
		tr.run(damaged, "page %d zeroed", i)
		for range 3 {
			noise.Read(damaged[i*4096:][:4096])
			tr.run(damaged, "page %d random", i)
		}
	}
	for pair := 0; pair < pages*pages; pair += damageStep(pages*pages, 400) {
		from, to := pair/pages, pair%pages
		damaged := bytes.Clone(image)
		copy(damaged[to*4096:][:4096], image[from*4096:])
		tr.run(damaged, "page %d over page %d", from, to)
	}
	t.Log(tr.tally)
}

// Whatever is accepted, bbolt reads as it was handed out and goes on from there.
// The input is three bytes for each byte to change in one of two files: small
// inputs, of which most still make a file. The checksums are set right after,
// without that no change to a meta page would be looked at.
func FuzzReadPages(f *testing.F) {
	files := [][]byte{
		boltImage(f, 1024, fillBucket("a", 2, 20), fillBucket("r", 90, 60), fillBucket("r", 40, 70)),
		boltImage(f, 4096, fillBucket("k", 1, 5000), fillBucket("r", 9, 1200)),
	}
	for i, image := range files {
		c := craft(image)
		for id := range uint64(len(image) / c.pageSize) {
			at := uint16(int(id) * c.pageSize)
			f.Add(i == 0, append(binary.BigEndian.AppendUint16(nil, at+10), 1))
			f.Add(i == 0, append(binary.BigEndian.AppendUint16(nil, at+pageHeaderSize), 4))
		}
	}
	f.Fuzz(func(t *testing.T, small bool, edits []byte) {
		c := craft(files[1])
		if small {
			c = craft(files[0])
		}
		for ; len(edits) >= 3; edits = edits[3:] {
			c.image[int(binary.BigEndian.Uint16(edits))%len(c.image)] ^= edits[2]
		}
		c.seal()
		pairs, report, err := pagePairs(c.image)
		if err != nil {
			if !errors.Is(err, errPages) {
				t.Errorf("an unnamed error: %v", err)
			}
			return
		}
		if err := workOn(filepath.Join(t.TempDir(), "file"), c.image, pairs, report.buckets); err != nil {
			t.Error(err)
		}
	})
}
