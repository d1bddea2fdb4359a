//go:build !windows

package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// A terminal is a window with a program in it. Keys go in, and the screen is
// what somebody would see. It answers no query, as the plainest terminals do.
type terminal struct {
	t      testing.TB
	cmd    *exec.Cmd
	window *os.File

	mu      sync.Mutex // guards screen
	screen  *vt.Emulator
	changed chan struct{} // there was output since it was last looked at
	ended   chan struct{} // the program is gone, and all that it wrote is on the screen
	exit    error
	output  atomic.Int64 // bytes that it wrote
}

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

// open starts a command in a window of its own.
func open(t testing.TB, cmd *exec.Cmd) *terminal {
	t.Helper()
	const rows, cols = 24, 80
	w := &terminal{
		t: t, cmd: cmd,
		screen:  vt.NewEmulator(cols, rows),
		changed: make(chan struct{}, 1),
		ended:   make(chan struct{}),
	}
	window, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: rows, Cols: cols})
	if err == nil {
		w.window, err = closable(window)
	}
	if err != nil {
		t.Fatal(err)
	}
	answers := w.screen.InputPipe().(io.Closer)
	go io.Copy(io.Discard, w.screen)
	go w.show()
	t.Cleanup(func() {
		cmd.Process.Kill()
		w.window.Close()
		<-w.ended
		answers.Close()
	})
	return w
}

// closable returns a window whose Close takes effect at once: the one that pty
// makes stays open for as long as something reads from it.
func closable(f *os.File) (*os.File, error) {
	defer f.Close()
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err == nil {
		err = unix.SetNonblock(fd, true)
	}
	return os.NewFile(uintptr(fd), f.Name()), err
}

// show puts on the screen what the program writes, until it is gone.
func (w *terminal) show() {
	b := make([]byte, 1<<16)
	for {
		n, err := w.window.Read(b)
		w.output.Add(int64(n))
		w.mu.Lock()
		w.screen.Write(b[:n])
		w.mu.Unlock()
		select {
		case w.changed <- struct{}{}:
		default:
		}
		if err != nil {
			break
		}
	}
	w.exit = w.cmd.Wait()
	close(w.ended)
}

// text is the screen, with one space where there are several.
func (w *terminal) text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(strings.Fields(w.screen.String()), " ")
}

// waits until the screen has a text in the place where it should be, and
// reports whether it came before the program ended.
func (w *terminal) waits(want string, in func(screen, want string) bool) bool {
	w.t.Helper()
	late := time.After(patience)
	for {
		if in(w.text(), want) {
			return true
		}
		select {
		case <-w.changed:
		case <-w.ended:
			return in(w.text(), want)
		case <-late:
			w.t.Fatalf("%q did not come:\n%s", want, w.screen)
		}
	}
}

// shows waits for a text anywhere on the screen.
func (w *terminal) shows(want string) bool {
	w.t.Helper()
	return w.waits(want, strings.Contains)
}

// sees waits for each of these, which must come.
func (w *terminal) sees(want ...string) *terminal {
	w.t.Helper()
	for _, s := range want {
		if !w.shows(s) {
			w.t.Fatalf("%q did not come, and the program ended: %v\n%s", s, w.exit, w.screen)
		}
	}
	return w
}

// asks waits for a question of plain mode, with nothing after it yet.
func (w *terminal) asks(want string) *terminal {
	w.t.Helper()
	if !w.waits(want, strings.HasSuffix) {
		w.t.Fatalf("%q was not asked, and the program ended: %v\n%s", want, w.exit, w.screen)
	}
	return w
}

// pressed are the bytes that keys send.
var pressed = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "down": "\x1b[B", "right": "\x1b[C",
	"ctrl+c": "\x03", "ctrl+l": "\x0c",
}

// press presses keys, by their names.
func (w *terminal) press(names ...string) *terminal {
	for _, name := range names {
		key, ok := pressed[name]
		if !ok {
			key = name
		}
		w.write(key)
	}
	return w
}

// write types a text. That the program has gone shows in what does not come.
func (w *terminal) write(text string) *terminal {
	io.WriteString(w.window, text)
	return w
}

// enter types a line, as plain mode asks for them.
func (w *terminal) enter(line string) *terminal { return w.write(line + "\r") }

// exits waits until the program has ended, and asserts its exit code.
func (w *terminal) exits(code int) {
	w.t.Helper()
	select {
	case <-w.ended:
	case <-time.After(patience):
		w.t.Fatalf("the program does not end:\n%s", w.screen)
	}
	if got := w.cmd.ProcessState.ExitCode(); got != code {
		w.t.Fatalf("exit code %d (%v), want %d:\n%s", got, w.exit, code, w.screen)
	}
}

// hangUp closes the window, and waits until the program has ended too.
func (w *terminal) hangUp() {
	w.t.Helper()
	if err := w.window.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		w.t.Fatal(err)
	}
	select {
	case <-w.ended:
	case <-time.After(patience):
		w.t.Fatal("the window is closed, and the program goes on")
	}
}
