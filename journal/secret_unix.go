//go:build !windows

package journal

import "golang.org/x/sys/unix"

// Harden makes the process's memory harder to come by from outside: no core
// dumps, and on Linux no reading by other programs of the same user.
func Harden() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	undumpable()
}

// newSecret returns n bytes in pages of their own, which are not swapped where
// the system allows it, and what gives them back. Where there are no such pages
// they are ordinary memory.
func newSecret(n int) (b []byte, free func()) {
	b, err := unix.Mmap(-1, 0, n, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return make([]byte, n), func() {}
	}
	_ = unix.Mlock(b)
	undumped(b)
	return b, func() { _ = unix.Munmap(b) }
}
