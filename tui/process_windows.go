package tui

import (
	"errors"
	"os"
)

// hangupSignals is empty: closing the console arrives as SIGTERM, which Bubble
// Tea takes as a request to end.
var hangupSignals []os.Signal

// CanRelaunch reports whether [Relaunch] works here.
const CanRelaunch = false

// Relaunch cannot replace a process on Windows; a lock drops what it can.
func Relaunch([]string) error { return errors.ErrUnsupported }

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
