package journal

import (
	"crypto/rand"
	"errors"
	"os"
)

// The ballast is a file beside the journal that holds a little room on the
// disk. When the disk is full it is given up, so that one more save fits: a
// save in bbolt needs new pages, even to delete.

// ballastSize is enough for many entries and the ledger of a career.
const ballastSize = 1 << 20

func ballastPath(path string) string { return path + ".ballast" }

// layBallast makes the ballast where there is none. A disk without room for it
// goes without.
func (j *Journal) layBallast() {
	path := ballastPath(j.path)
	if fi, err := os.Lstat(path); err == nil && fi.Size() == ballastSize {
		return
	}
	b := make([]byte, ballastSize)
	rand.Read(b) // zeros might take no room
	if err := os.WriteFile(path, b, 0o600); err != nil {
		_ = os.Remove(path)
	}
}

// dropBallast gives the room up and reports whether there was any.
func (j *Journal) dropBallast() bool { return os.Remove(ballastPath(j.path)) == nil }

// writeWithBallast writes, and on a full disk once more with the ballast gone.
func (j *Journal) writeWithBallast(puts []sealedPair, removes []recordID) error {
	err := j.write(puts, removes)
	if errors.Is(err, ErrFull) && j.dropBallast() {
		return j.write(puts, removes)
	}
	return err
}
