//go:build !windows

package tui

import (
	"os"
	"syscall"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// hangupSignals are sent when the window is closed.
var hangupSignals = []os.Signal{syscall.SIGHUP}

// CanRelaunch reports whether [Relaunch] works here.
const CanRelaunch = true

// Relaunch puts a fresh program in the place of this one, with the arguments:
// the memory of this one is gone. It returns only if that did not work.
func Relaunch(args []string) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	return syscall.Exec(program, append([]string{program}, args...), os.Environ())
}

// hideTyping is a terminal's state, with what is typed not shown.
func hideTyping(s term.State) term.State {
	s.Lflag &^= unix.ECHO
	return s
}

// openTerminal opens the terminal for asking.
func openTerminal() (in, out *os.File, err error) {
	f, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	return f, f, err
}
