package journal

import (
	"maps"
	"path/filepath"
	"slices"
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
// a suffix that begins so.
func sideFiles(dirs []string, path, suffix string) (out []string) {
	for _, dir := range dirs {
		names, _ := filepath.Glob(filepath.Join(globEscape(dir), globEscape(filepath.Base(path))+suffix+"*"))
		out = append(out, names...)
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
