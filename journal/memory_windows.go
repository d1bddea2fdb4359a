package journal

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var globalMemoryStatusEx = windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")

// memoryAvailable returns the bytes of physical memory that are free; ok is
// false when the system does not say.
func memoryAvailable() (n uint64, ok bool) {
	// MEMORYSTATUSEX, as documented for sysinfoapi.h.
	var status struct {
		length, load                      uint32
		totalPhys, availPhys              uint64
		totalPageFile, availPageFile      uint64
		totalVirtual, availVirtual, extra uint64
	}
	status.length = uint32(unsafe.Sizeof(status))
	r, _, _ := globalMemoryStatusEx.Call(uintptr(unsafe.Pointer(&status)))
	return status.availPhys, r != 0
}

// warmMemory does nothing: only Linux leaves huge pages to the program.
func warmMemory(int) {}
