package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Restore puts a backup in the place of the journal at path, and returns where
// it kept what was there, if anything. The backup is read whole first, with
// its passphrase; on error nothing is changed. The journal must not be open.
func Restore(path, backup string, passphrase []byte, opts *Options) (kept string, err error) {
	o := opts.withDefaults()
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return "", pathError(err)
	}
	lock, err := takeLock(path, o)
	if err != nil {
		return "", err
	}
	defer lock.Close()
	c, err := loadPath(backup, passphrase)
	if err != nil {
		return "", err
	}
	defer c.keys.wipe()
	if !c.damage.Whole() {
		return "", fmt.Errorf("%w: the backup is not whole", ErrDamaged)
	}
	temp := path + ".new-" + randomHex()
	if _, err := writeJournal(temp, c.keys, c.keys.newest(c.ledger.lineage, o), slices.Collect(maps.Values(c.records)), nil); err != nil {
		return "", err
	}
	if kept, err = putAside(path, path+".replaced-"+o.Now().Format("2006-01-02-150405")); err != nil {
		return "", pathError(errors.Join(err, os.Remove(temp)))
	}
	if err := install(temp, path); err != nil {
		if kept != "" && os.Rename(kept, path) == nil {
			_ = os.Remove(kept) // renamed to another name of its own, a file keeps both
		}
		return "", pathError(err)
	}
	// The copy of the keys is made by Maintain where it cannot be made now.
	_ = saveKeyCopy(path, c.keys.block)
	return kept, nil
}

// putAside gives the file at path another name as well, so that there is a
// journal by its own at every moment; where a file can have only one name, it
// gets the other. It returns that name, or nothing when there is no file.
func putAside(path, as string) (string, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if _, err := os.Lstat(as); err == nil {
		as += "-" + randomHex()
	}
	if os.Link(path, as) == nil {
		_ = syncDir(filepath.Dir(path)) // before path leads elsewhere
		return as, nil
	}
	return as, os.Rename(path, as)
}
