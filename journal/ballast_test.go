//go:build unix

package journal

import (
	"errors"
	"os"
	"testing"
)

// The ballast makes room for the save that would not have fitted.
func TestBallast(t *testing.T) {
	j := newTestJournal(t, testOptions())
	if err := j.Maintain(); err != nil {
		t.Fatal(err)
	}
	ballast := func() int64 {
		fi, err := os.Stat(ballastPath(j.Path()))
		if err != nil {
			return 0
		}
		return fi.Size()
	}
	if ballast() != ballastSize {
		t.Fatalf("%d bytes of ballast", ballast())
	}
	put(t, j, written("opens the file"))
	fillUp(t, j, func() bool { return ballast() > 0 })
	e, err := j.Put(written("on a full disk"))
	if err != nil || ballast() != 0 {
		t.Fatalf("%v, %d bytes of ballast left", err, ballast())
	}
	if err := j.Maintain(); err != nil || ballast() != ballastSize {
		t.Errorf("%v, %d bytes of ballast laid again", err, ballast())
	}
	if j = reopen(t, j); !j.Damage().Whole() {
		t.Error(j.Damage())
	}
	if _, err := j.Get(e.ID); err != nil {
		t.Error(err)
	}
	// Without any the disk is full, and nothing else is wrong.
	if err := os.Remove(ballastPath(j.Path())); err != nil {
		t.Fatal(err)
	}
	put(t, j, written("opens the file"))
	fillUp(t, j, func() bool { return true })
	before := shown(t, j)
	if _, err := j.Put(written("one too many")); !errors.Is(err, ErrFull) || shown(t, j) != before {
		t.Errorf("without ballast: %v", err)
	}
}
