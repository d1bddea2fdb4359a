package tui

import (
	"errors"
	"os"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/windows"
)

// hangupSignals is empty: closing the console arrives as SIGTERM, which Bubble
// Tea takes as a request to end.
var hangupSignals []os.Signal

// CanRelaunch reports whether [Relaunch] works here.
const CanRelaunch = false

// Relaunch cannot replace a process on Windows; a lock drops what it can.
func Relaunch([]string) error { return errors.ErrUnsupported }

// hideTyping is a console's state, with what is typed not shown.
func hideTyping(s term.State) term.State {
	s.Mode &^= windows.ENABLE_ECHO_INPUT
	return s
}

// openTerminal opens the console for asking.
func openTerminal() (in, out *os.File, err error) {
	if in, err = os.OpenFile("CONIN$", os.O_RDWR, 0); err != nil {
		return nil, nil, err
	}
	if out, err = os.OpenFile("CONOUT$", os.O_RDWR, 0); err != nil {
		in.Close()
		return nil, nil, err
	}
	return in, out, nil
}
