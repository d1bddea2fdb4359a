//go:build !linux && !windows

package journal

// memoryAvailable is not known here; the full cost is used.
func memoryAvailable() (n uint64, ok bool) { return 0, false }

// warmMemory does nothing: only Linux leaves huge pages to the program.
func warmMemory(int) {}
