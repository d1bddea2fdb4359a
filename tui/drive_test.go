package tui

import (
	"io/fs"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// cheap makes key derivation cost nothing: these tests are about the screens.
var cheap = journal.Cost{MemoryKiB: 64, Passes: 1, Lanes: 1}

// A driver presses keys and reads the screen, as a person would. Commands run
// at once and one after another; ticks are only counted.
type driver struct {
	t     *testing.T
	app   *app
	clock time.Time
	ticks int // commands that wait, which were asked for and not run
	quit  bool
}

const testPassphrase = "a cat on a warm wall"

// drive starts the program on a journal of its own, at the first run.
func drive(t *testing.T, width, height int) *driver {
	t.Helper()
	return driveWith(t, Options{Path: filepath.Join(t.TempDir(), "journal.db")}, width, height)
}

func driveWith(t *testing.T, o Options, width, height int) *driver {
	t.Helper()
	d := &driver{t: t, clock: time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)}
	d.start(o, width, height)
	return d
}

func (d *driver) start(o Options, width, height int) {
	d.t.Helper()
	o.Journal = journal.Options{Cost: cheap, Now: func() time.Time { return d.clock }}
	d.app = newApp(newSession(o))
	d.t.Cleanup(func() { d.app.close() })
	d.resize(width, height)
	d.run(d.app.top().init())
	d.screen()
}

// home starts the program on an empty journal of its own, unlocked.
func home(t *testing.T, width, height int) *driver {
	t.Helper()
	return homeWith(t, nil, width, height)
}

// homeWith is home with content of the person's own: files by their names.
func homeWith(t *testing.T, own map[string]string, width, height int) *driver {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal.db")
	return driveWith(t, Options{Path: path, Passphrase: []byte(testPassphrase), Content: ownFiles(own)}, width, height).sees("Check in")
}

func ownFiles(own map[string]string) fs.FS {
	files := make(fstest.MapFS)
	for name, text := range own {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// reopen closes the program and starts it again on the same journal.
func (d *driver) reopen() *driver {
	d.t.Helper()
	if err := d.app.close(); err != nil {
		d.t.Fatal(err)
	}
	o := d.app.opts
	o.Passphrase = []byte(testPassphrase)
	n := &driver{t: d.t, clock: d.clock}
	n.start(o, d.app.width, d.app.height)
	return n
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
		d.ticks++
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

// keyPress is a key by its name.
func keyPress(name string) tea.KeyPressMsg {
	if rest, ctrl := strings.CutPrefix(name, "ctrl+"); ctrl {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	if msg, ok := named[name]; ok {
		return msg
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// press presses keys, by their names.
func (d *driver) press(names ...string) *driver {
	d.t.Helper()
	for _, name := range names {
		d.send(keyPress(name))
		if !d.quit {
			d.screen()
		}
	}
	return d
}

// paste pastes text.
func (d *driver) paste(text string) *driver {
	d.t.Helper()
	d.send(tea.PasteMsg{Content: text})
	d.screen()
	return d
}

// save lets the time pass after which a guide saves its draft.
func (d *driver) save() *driver {
	d.t.Helper()
	d.send(saveDueMsg{d.guide()})
	d.screen()
	return d
}

// guide is the guide on the screen.
func (d *driver) guide() *guideScreen {
	d.t.Helper()
	g, ok := d.app.top().(*guideScreen)
	if !ok {
		d.t.Fatalf("there is no guide on the screen:\n%s", d.screen())
	}
	return g
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
	if r := steering(v.Content + v.WindowTitle); r != 0 {
		d.t.Fatalf("%U reaches the terminal: %q", r, v.Content)
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
	// The cursor is in the page: not on the title, nor on the keys.
	if c := v.Cursor; c != nil && (c.X < 0 || c.Y < 2 || c.X >= d.app.width || c.Y >= d.app.height-2) {
		d.t.Fatalf("the cursor is at %d, %d in a window of %dx%d:\n%s", c.X, c.Y, d.app.width, d.app.height, text)
	}
	return text
}

// beforeCaret is the row of the cursor, as far as the cursor.
func (d *driver) beforeCaret() string {
	d.t.Helper()
	rows := strings.Split(d.screen(), "\n")
	c := d.app.View().Cursor
	if c == nil {
		d.t.Fatalf("there is no cursor:\n%s", d.screen())
	}
	return ansi.Truncate(rows[c.Y], c.X, "")
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
