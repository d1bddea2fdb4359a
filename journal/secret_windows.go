package journal

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// Harden does nothing on Windows: crash dumps are the system's to switch off.
func Harden() {}

// newSecret returns n bytes in pages of their own, which are not swapped where
// the system allows it, and what gives them back. Where there are no such pages
// they are ordinary memory.
func newSecret(n int) (b []byte, free func()) {
	at, err := windows.VirtualAlloc(0, uintptr(n), windows.MEM_COMMIT|windows.MEM_RESERVE, windows.PAGE_READWRITE)
	if err != nil {
		return make([]byte, n), func() {}
	}
	_ = windows.VirtualLock(at, uintptr(n))
	// The address is not of Go's heap, so that nothing moves or frees it.
	b = unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), n)
	return b, func() { _ = windows.VirtualFree(at, 0, windows.MEM_RELEASE) }
}
