package tui

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"goodenough/content"
	"goodenough/journal"
)

// demoPassphrase opens the demo, as its unlock screen says.
const demoPassphrase = "good enough"

// RunDemo shows the program on a throwaway journal of invented entries, in a
// temporary folder that is removed at the end. In plain mode lines are read
// from in and written to out.
func RunDemo(plain bool, in io.Reader, out io.Writer) (err error) {
	if !plain && !IsTerminal(os.Stdout) {
		return Said("The demo needs a terminal, and standard output is not one. With --plain it needs none.")
	}
	removeStaleDemos()
	dir, err := os.MkdirTemp("", demoPrefix)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	lock := flock.New(filepath.Join(dir, demoLock))
	if _, err := lock.TryLock(); err != nil {
		return err
	}
	defer lock.Close() // before the folder goes: Windows removes no open file
	o := Options{
		Path: filepath.Join(dir, "journal.db"),
		// The cheapest key derivation there is: nothing here is worth guarding.
		Journal:    journal.Options{Cost: journal.Cost{MemoryKiB: 64, Passes: 1, Lanes: 1}},
		Passphrase: []byte(demoPassphrase),
		Demo:       demoPassphrase,
	}
	j, err := journal.Create(o.Path, o.Passphrase, &o.Journal)
	if err != nil {
		return err
	}
	_, err = j.Import(bytes.NewReader(content.Demo(time.Now())))
	if err == nil && plain {
		err = RunPlain(o, j, in, out)
	}
	if err = errors.Join(err, j.Close()); err != nil || plain {
		return err
	}
	_, err = Run(o)
	return err
}

const (
	demoPrefix = "goodenough-demo-" // of the folders' names
	demoLock   = "demo.lock"        // held for as long as its demo runs, locked or not
)

// demoStarts is how long a folder may be there before its demo holds the lock.
const demoStarts = time.Minute

// removeStaleDemos removes the folders of this person's demos that were killed
// and could not remove them: somebody may have tried it out with words of their
// own. What cannot be removed is left.
func removeStaleDemos() {
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), demoPrefix) || !e.IsDir() {
			continue
		}
		// A demo's folder is for its owner alone, so one that others may enter is
		// no demo's, and one of somebody else is shut. Windows has no such mode,
		// and a temporary folder for each of its users.
		fi, err := e.Info()
		if err != nil || runtime.GOOS != "windows" && fi.Mode().Perm()&0o077 != 0 {
			continue
		}
		if time.Since(fi.ModTime()) > demoStarts {
			removeIfStale(filepath.Join(os.TempDir(), e.Name()))
		}
	}
}

// removeIfStale removes a demo's folder when no process holds its lock.
func removeIfStale(dir string) {
	lock := flock.New(filepath.Join(dir, demoLock))
	free, err := lock.TryLock()
	if err := errors.Join(err, lock.Close()); err == nil && free {
		_ = os.RemoveAll(dir)
	}
}
