//go:build !windows

package main

import (
	"io/fs"
	"os"
	"syscall"
)

// ours reports whether a file is this person's: the temporary folder is
// everybody's.
func ours(fi fs.FileInfo) bool {
	st, ok := fi.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Getuid()
}
