package tui

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"goodenough/journal"
)

// WriteNew writes a new file that its owner alone can read, and never over
// another; "~/" is the person's own folder. What is not written to its end, as on
// a full disk, is not left behind: it is not encrypted. It returns where the file
// is.
func WriteNew(name string, write func(io.Writer) error) (path string, err error) {
	if path, err = fullPath(name); err != nil {
		return "", err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", NewFileError(err)
	}
	w := bufio.NewWriter(f)
	if err = errors.Join(write(w), w.Flush(), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(path))
	}
	return path, nil
}

// fullPath is where a name that was typed leads.
func fullPath(name string) (string, error) {
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		name = filepath.Join(home, rest)
	}
	return filepath.Abs(name)
}

// NewFileError says of a file that was to be made that its name is taken. Other
// errors are as they were.
func NewFileError(err error) error {
	if errors.Is(err, fs.ErrExist) || errors.Is(err, journal.ErrExist) {
		return Said("There is a file with that name already. It was left as it is; please choose another name.")
	}
	return err
}
