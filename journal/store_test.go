//go:build unix

package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// flipFreelist flips a bit in the list of a journal's free pages so that it has
// a page in which entries stand, and returns how the file is now.
func flipFreelist(t testing.TB, path string) []byte {
	t.Helper()
	raw := readFile(t, path)
	p := &pageReader{pageWindow: pageWindow{r: bytes.NewReader(raw), size: int64(len(raw))}}
	if err := p.readMetas(); err != nil {
		t.Fatal(err)
	}
	p.used = make([]bool, p.meta.pages)
	if err := p.readFreelist(); err != nil {
		t.Fatal(err)
	}
	list := int(p.meta.freelist) * int(p.meta.pageSize)
	for i := range diskPage(raw[list:]).count() {
		at := list + pageHeaderSize + 8*i
		free := binary.LittleEndian.Uint64(raw[at:])
		for bit := range 8 {
			other := free ^ 1<<bit
			if other < 2 || other >= p.meta.pages || p.used[other] {
				continue
			}
			if d := diskPage(raw[int(other)*int(p.meta.pageSize):]); d.id() == other && d.kind() == leafPage && d.count() > 0 && len(d.key(0)) == len(recordID{}) {
				raw[at] ^= 1 << bit
				copyOver(t, path, raw)
				return raw
			}
		}
	}
	t.Fatal("no bit does it")
	return nil
}

// The file may be hours old in the program's eyes when the first save comes.
// What was damaged since then is not handed to bbolt, which would write over
// other entries: the save goes aside, and the file stays as it is.
func TestDamagedBeforeTheFirstSave(t *testing.T) {
	j := newTestJournal(t, testOptions())
	for i := range 60 {
		put(t, j, written(fmt.Sprint(i, strings.Repeat(" word", 300))))
	}
	j = reopen(t, j)
	image := readFile(t, j.Path())
	flipped := flipFreelist(t, j.Path())
	for i := range 12 {
		_, err := j.Put(written(fmt.Sprint("later ", i)))
		var aside *AsideError
		if !errors.As(err, &aside) || !errors.Is(err, ErrDamaged) {
			t.Errorf("%v, want an AsideError for %v", err, ErrDamaged)
		}
	}
	if !bytes.Equal(readFile(t, j.Path()), flipped) {
		t.Error("a damaged file was written to")
	}
	// With the bit as it was everything is there.
	j.Close()
	if err := os.WriteFile(j.Path(), image, 0o600); err != nil {
		t.Fatal(err)
	}
	j = openTestJournal(t, j.Path(), testOptions())
	if n, err := j.MergeAside(); n != 12 || err != nil || j.Len() != 72 || !j.Damage().Whole() {
		t.Errorf("%d taken, %v, %d entries, %v", n, err, j.Len(), j.Damage())
	}
}
