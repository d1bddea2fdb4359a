package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui"
)

type demoCmd struct{}

// demoPassphrase opens the demo, as its unlock screen says.
const demoPassphrase = "good enough"

func (demoCmd) Run(e *env) (err error) {
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
	o := tui.Options{
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
	if _, err := j.Import(strings.NewReader(string(content.Demo(time.Now())))); err != nil {
		return errors.Join(err, j.Close())
	}
	if err := j.Close(); err != nil {
		return err
	}
	if !tui.IsTerminal(os.Stdout) {
		return tui.Said("The demo needs a terminal, and standard output is not one.")
	}
	_, err = tui.Run(o)
	return err
}

const (
	demoPrefix = "goodenough-demo-" // of the folders' names
	demoLock   = "demo.lock"        // held for as long as its demo runs, locked or not
)

// demoStarts is how long a folder may be there before its demo holds the lock.
const demoStarts = time.Minute

// removeStaleDemos removes the folders of this person's demos that were killed
// and could not remove them. What cannot be removed is left: it holds nothing of
// anybody's.
func removeStaleDemos() {
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		return
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), demoPrefix) || !e.IsDir() {
			continue
		}
		if fi, err := e.Info(); err == nil && ours(fi) && time.Since(fi.ModTime()) > demoStarts {
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
