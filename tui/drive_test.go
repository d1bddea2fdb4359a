package tui

import (
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"goodenough/journal"
)

// cheap makes key derivation cost nothing: these tests are about the screens.
var cheap = journal.Cost{MemoryKiB: 64, Passes: 1, Lanes: 1}

// A driver presses keys and reads the screen, as a person would. Commands run
// at once and one after another; ticks are kept until they are asked for.
type driver struct {
	t     *testing.T
	app   *app
	clock time.Time
	ticks []tea.Msg
	quit  bool
}

const testPassphrase = "a cat on a warm wall"

// drive starts the program on a journal of its own, at the first run.
func drive(t *testing.T, width, height int) *driver {
	t.Helper()
	return driveAt(t, filepath.Join(t.TempDir(), "journal.db"), width, height)
}

func driveAt(t *testing.T, path string, width, height int) *driver {
	t.Helper()
	d := &driver{t: t, clock: time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)}
	d.app = newApp(newSession(Options{
		Path:    path,
		Journal: journal.Options{Cost: cheap, Now: func() time.Time { return d.clock }},
	}))
	t.Cleanup(func() { d.app.close() })
	d.send(tea.WindowSizeMsg{Width: width, Height: height})
	d.run(d.app.top().init())
	return d
}

// home makes a journal, or unlocks the one that is there, and goes to home.
func home(t *testing.T, width, height int) *driver {
	t.Helper()
	d := drive(t, width, height)
	d.press("enter").press("o").write(testPassphrase).press("enter").write(testPassphrase).press("enter")
	d.sees("Check in")
	return d
}

// send gives the program a message and runs what follows from it.
func (d *driver) send(msg tea.Msg) {
	d.t.Helper()
	if _, ok := msg.(tea.QuitMsg); ok {
		d.quit = true
		return
	}
	d.run(d.app.update(msg))
}

func (d *driver) run(cmd tea.Cmd) {
	d.t.Helper()
	if cmd == nil {
		return
	}
	if isTick(cmd) {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	default:
		d.send(msg)
	}
}

// isTick tells a command that waits, which a test must not do, by the function
// it was made in.
func isTick(cmd tea.Cmd) bool {
	return strings.Contains(funcName(reflect.ValueOf(cmd).Pointer()), "bubbletea/v2.Tick")
}

// named keys, as tests write them.
var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab},
	"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift},
	"up":        {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
	"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"space": {Code: tea.KeySpace, Text: " "}, "backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete}, "f1": {Code: tea.KeyF1},
}

// press presses keys, by their names.
func (d *driver) press(names ...string) *driver {
	d.t.Helper()
	for _, name := range names {
		msg, ok := named[name]
		if rest, ctrl := strings.CutPrefix(name, "ctrl+"); ctrl {
			msg, ok = tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}, true
		}
		if !ok {
			msg = tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
		}
		d.send(msg)
		d.screen()
	}
	return d
}

// write types text.
func (d *driver) write(text string) *driver {
	d.t.Helper()
	for _, r := range text {
		d.press(string(r))
	}
	return d
}

// screen returns what is to be seen, and holds it to the window's size.
func (d *driver) screen() string {
	d.t.Helper()
	v := d.app.View()
	if d.app.failed != nil {
		d.t.Fatalf("the screen could not be drawn: %v", d.app.failed)
	}
	text := ansi.Strip(v.Content)
	lines := strings.Split(text, "\n")
	if len(lines) > d.app.height {
		d.t.Fatalf("%d rows in a window of %d:\n%s", len(lines), d.app.height, text)
	}
	for _, l := range lines {
		if w := ansi.StringWidth(l); w > d.app.width {
			d.t.Fatalf("%d cells in a window of %d: %q", w, d.app.width, l)
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= d.app.width || c.Y >= d.app.height) {
		d.t.Fatalf("the cursor is at %d, %d in a window of %dx%d:\n%s", c.X, c.Y, d.app.width, d.app.height, text)
	}
	return text
}

// sees asserts that the screen has each of these, words unwrapped.
func (d *driver) sees(want ...string) *driver {
	d.t.Helper()
	got := strings.Join(strings.Fields(d.screen()), " ")
	for _, w := range want {
		if !strings.Contains(got, w) {
			d.t.Fatalf("%q is not to be seen:\n%s", w, d.screen())
		}
	}
	return d
}

// misses asserts that the screen has none of these.
func (d *driver) misses(unwanted ...string) *driver {
	d.t.Helper()
	got := strings.Join(strings.Fields(d.screen()), " ")
	for _, w := range unwanted {
		if strings.Contains(got, w) {
			d.t.Fatalf("%q is to be seen:\n%s", w, d.screen())
		}
	}
	return d
}

// resize changes the window.
func (d *driver) resize(width, height int) *driver {
	d.t.Helper()
	d.send(tea.WindowSizeMsg{Width: width, Height: height})
	d.screen()
	return d
}

func funcName(pc uintptr) string { return runtime.FuncForPC(pc).Name() }
