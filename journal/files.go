package journal

import (
	"cmp"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Files are the paths that goodenough uses for one journal, beside it and in
// the state folder.
type Files struct {
	// These may be there or not.
	Lock, Keys, Ballast, BackupDir string
	// These are there.
	Backups  []string // the newest first
	Replaced []string // what was there before a backup was restored
	Aside    []string // saves that could not go into the journal, and will be taken in
	Unread   []string // side files that were taken in, and of which a part does not open
}

// FilesOf returns the files of the journal at path. It opens none of them.
func FilesOf(path, stateDir string) Files {
	dirs := []string{filepath.Dir(path)}
	if stateDir != "" {
		dirs = append(dirs, stateDir)
	}
	return Files{
		Lock:      path + ".lock",
		Keys:      keyCopyPath(path),
		Ballast:   ballastPath(path),
		BackupDir: backupDir(path),
		Backups:   backups(path),
		Replaced:  replaced(path),
		Aside:     sideFiles(dirs, path, ".aside-"),
		Unread:    sideFiles(dirs, path, ".unread-"),
	}
}

// sideFiles are the files in some folders that are named like the journal with
// a suffix that begins so, in the order of their names. Two of the folders may be
// one: on some systems what is remembered stands where the journals do.
func sideFiles(dirs []string, path, suffix string) (out []string) {
	var seen []fs.FileInfo
	for _, dir := range dirs {
		fi, err := os.Stat(dir)
		if err != nil || slices.ContainsFunc(seen, func(other fs.FileInfo) bool { return os.SameFile(fi, other) }) {
			continue
		}
		seen = append(seen, fi)
		out = append(out, filesNamed(dir, filepath.Base(path)+suffix)...)
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(filepath.Base(a), filepath.Base(b)) })
	return out
}

// filesNamed are the files in a folder whose names begin so, in their order. It
// knows no patterns: any character may stand in the name of a journal or folder.
func filesNamed(dir, prefix string) (out []string) {
	entries, _ := os.ReadDir(dir) // what cannot be listed is not there to be used
	for _, e := range entries {
		if !e.IsDir() && strings.HasPrefix(e.Name(), prefix) {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out
}

// Foreign returns the files of the journal which its keys were found not to
// open, in this session: side files, and copies that could not be given its
// keys, or be rid of what was deleted for good. They were left as they are.
func (j *Journal) Foreign() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Sorted(maps.Keys(j.foreign))
}
