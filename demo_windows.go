package main

import "io/fs"

// ours is true: on Windows everybody has a temporary folder of their own.
func ours(fs.FileInfo) bool { return true }
