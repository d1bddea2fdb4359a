package journal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// Exists says whether there is something at path that could be a journal,
// without opening it: nil, [ErrNotExist], [ErrLink], [ErrDamaged] for an empty
// file or a folder, or the system's error.
func Exists(path string) error {
	fi, err := regular(path)
	if err == nil && fi.Size() == 0 {
		// bbolt would take an empty file for a new journal; synchronising
		// programs and full disks leave such files behind.
		return fmt.Errorf("%w: the file is empty", ErrDamaged)
	}
	return err
}

// regular says that there is a file at path, in whatever state.
func regular(path string) (fs.FileInfo, error) {
	fi, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrNotExist
	case err != nil:
		return nil, pathError(err)
	case fi.Mode()&fs.ModeSymlink != 0:
		return nil, ErrLink
	case !fi.Mode().IsRegular():
		return nil, fmt.Errorf("%w: it is not a file", ErrDamaged)
	}
	return fi, nil
}

// takeLock takes the lock that a program holds for as long as it has the
// journal open. bbolt's own lock is on the file, and goes with the file when
// it is replaced; this one stays. Where nothing can be written there is no lock
// to take, and nothing that could write either.
func takeLock(path string, o Options) (*flock.Flock, error) {
	l := flock.New(path+".lock", flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	if !ok && err == nil && o.Wait > 0 {
		if o.Waiting != nil {
			defer time.AfterFunc(time.Second, o.Waiting).Stop()
		}
		ctx, cancel := context.WithTimeout(context.Background(), o.Wait)
		defer cancel()
		ok, err = l.TryLockContext(ctx, 20*time.Millisecond)
	}
	switch {
	case ok, isReadOnlyFS(err):
		return l, nil
	case errors.Is(err, fs.ErrPermission):
		if canBeWritten(path) {
			return nil, fmt.Errorf("%w: %w", ErrLock, err)
		}
		return l, nil
	case err == nil, errors.Is(err, context.DeadlineExceeded):
		return nil, ErrInUse
	}
	return nil, pathError(err)
}

// canBeWritten reports whether a journal at path could be saved to: its file, if
// there is one, and its folder may be written.
func canBeWritten(path string) bool {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		f.Close()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	name := path + ".new-" + randomHex() // a crash may leave it, as it may a rewrite
	if f, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return false
	}
	return errors.Join(f.Close(), os.Remove(name)) == nil
}
