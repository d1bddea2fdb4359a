package journal

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// asNobody runs f as a user who is not root. The thread ends with its goroutine.
func asNobody(f func()) {
	if os.Geteuid() != 0 {
		f()
		return
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if err := syscall.Setfsuid(65534); err != nil {
			panic(err)
		}
		f()
	}()
	<-done
}

// A lock that may not be opened, such as one of another user's, is not taken
// for a folder in which nothing can be written.
func TestLockOfAnother(t *testing.T) {
	dir, err := os.MkdirTemp("", "lock") // t.TempDir's own are not for others
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "journal.db")
	j, err := Create(path, []byte(testPassphrase), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	j.Close()
	for name, want := range map[string]struct {
		folder, file os.FileMode
		err          error
	}{
		"what can be saved to":            {0o777, 0o666, ErrLock},
		"a folder that cannot be written": {0o555, 0o666, nil},
		"a file that cannot be written":   {0o777, 0o444, nil},
	} {
		if err := errors.Join(os.Chmod(path+".lock", 0), os.Chmod(path, want.file), os.Chmod(dir, want.folder)); err != nil {
			t.Fatal(err)
		}
		var opened error
		asNobody(func() {
			j, err := Open(path, []byte(testPassphrase), testOptions())
			if opened = err; err == nil {
				j.Close()
			}
		})
		if !errors.Is(opened, want.err) {
			t.Errorf("%s: %v, want %v", name, opened, want.err)
		}
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range folder(t, dir) {
		if name != "journal.db" && name != "journal.db.keys" && name != "journal.db.lock" {
			t.Errorf("%s is left", name)
		}
	}
}
