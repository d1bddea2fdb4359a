package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"goodenough/content"
	"goodenough/journal"
)

// TestMain lets the tests run goodenough itself, as a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"goodenough": main,
		"bare":       bare,
	})
}

const testPassphrase = "a lamp on the landing"

// cheap makes key derivation cost nothing, where a test is not about it: the
// cost is in the file, so goodenough pays what the journal was made with.
var cheap = journal.Options{Cost: journal.Cost{MemoryKiB: 64, Passes: 1, Lanes: 1}}

// A desk is one person's computer: folders of their own, which are empty.
type desk struct {
	t   testing.TB
	dir string
}

func newDesk(t testing.TB) *desk {
	d := &desk{t: t, dir: t.TempDir()}
	for _, name := range []string{"home", "tmp"} {
		if err := os.Mkdir(d.path(name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, name) }

// journal is where goodenough keeps it when it is not told otherwise.
func (d *desk) journal() string { return filepath.Join(d.path("data"), "goodenough", "journal.db") }

// folders are the variables that keep a process to a folder, and its days the
// same everywhere.
func folders(dir string) []string {
	at := func(name string) string { return filepath.Join(dir, name) }
	return []string{
		"HOME=" + at("home"), "XDG_DATA_HOME=" + at("data"), "XDG_CONFIG_HOME=" + at("config"),
		"XDG_STATE_HOME=" + at("state"), "XDG_CACHE_HOME=" + at("cache"), "XDG_RUNTIME_DIR=" + at("run"),
		"TMPDIR=" + at("tmp"), "TMP=" + at("tmp"), "TEMP=" + at("tmp"),
		"TZ=UTC", "TERM=xterm-256color", "ACCESSIBLE=",
		"GORACE=atexit_sleep_ms=0", // under the race detector every process would end with a second's sleep
	}
}

// command is goodenough at this desk.
func (d *desk) command(args ...string) *exec.Cmd {
	cmd := exec.Command("goodenough", args...)
	cmd.Dir = d.path("home")
	cmd.Env = append(os.Environ(), folders(d.dir)...)
	return cmd
}

// create makes the journal, and a file with its passphrase for --passphrase-file.
func (d *desk) create(o journal.Options) (passphraseFile string) {
	d.t.Helper()
	j, err := journal.Create(d.journal(), []byte(testPassphrase), &o)
	if err == nil {
		err = j.Close()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	file := d.path("passphrase")
	if err := os.WriteFile(file, []byte(testPassphrase+"\n"), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return file
}

// contents opens the journal and returns what is in it, which must be whole.
func (d *desk) contents() (entries []journal.Entry, drafts []journal.Draft) {
	d.t.Helper()
	j, err := journal.Open(d.journal(), []byte(testPassphrase), nil)
	if err != nil {
		d.t.Fatalf("the journal does not open: %v", err)
	}
	defer j.Close()
	if !j.Damage().Whole() {
		d.t.Fatalf("the journal is damaged: %v", j.Damage())
	}
	for h := range j.Entries(journal.Query{}) {
		e, err := j.Get(h.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		entries = append(entries, e)
	}
	return entries, j.Drafts()
}

// TestScripts runs testdata/*.txtar: the command line as somebody types it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			for _, v := range folders(e.WorkDir) {
				name, value, _ := strings.Cut(v, "=")
				e.Setenv(name, value)
			}
			e.Setenv("JOURNAL", filepath.Join(e.WorkDir, "data", "goodenough", "journal.db"))
			return errors.Join(
				os.Mkdir(filepath.Join(e.WorkDir, "tmp"), 0o700),
				os.WriteFile(filepath.Join(e.WorkDir, "passphrase"), []byte(testPassphrase+"\n"), 0o600),
				os.WriteFile(filepath.Join(e.WorkDir, "demo.jsonl"), content.Demo(time.Now()), 0o600),
			)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"make":  makeJournal,
			"hold":  holdJournal,
			"newer": newerJournal,
			"zero":  zeroHead,
		},
	})
}

// zeroHead is the script command "zero FILE N": the first N bytes of a file are
// lost.
func zeroHead(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_WRONLY, 0)
	ts.Check(err)
	_, err = f.WriteAt(make([]byte, n), 0)
	ts.Check(errors.Join(err, f.Close()))
}

// exits runs a command and asserts its exit code: exits CODE goodenough …
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND …")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// makeJournal makes an empty journal that costs nothing to open, where
// goodenough looks for it: make
func makeJournal(ts *testscript.TestScript, _ bool, _ []string) {
	j, err := journal.Create(ts.Getenv("JOURNAL"), []byte(testPassphrase), &cheap)
	ts.Check(err)
	ts.Check(j.Close())
}

// holdJournal has the journal open until the script ends: hold
func holdJournal(ts *testscript.TestScript, _ bool, _ []string) {
	j, err := journal.Open(ts.Getenv("JOURNAL"), []byte(testPassphrase), nil)
	ts.Check(err)
	ts.Defer(func() { j.Close() })
}

// newerJournal makes the journal one of a later format: newer
func newerJournal(ts *testscript.TestScript, _ bool, _ []string) {
	file := ts.Getenv("JOURNAL")
	b, err := os.ReadFile(file)
	ts.Check(err)
	now, later := []byte("GENOUGHK\x01"), []byte("GENOUGHK\x02")
	if n := bytes.Count(b, now); n != 2 {
		ts.Fatalf("%d key blocks, want 2", n)
	}
	ts.Check(os.WriteFile(file, bytes.ReplaceAll(b, now, later), 0o600))
}

// TestEightNotes keeps eight notes at once in one journal. Each is kept, or
// says that it was not.
func TestEightNotes(t *testing.T) {
	d := newDesk(t)
	passphrase := d.create(journal.Options{}) // at full cost: the longer each takes, the longer the last one waits
	type outcome struct {
		text, said string
		err        error
	}
	outcomes := make([]outcome, 8)
	var all sync.WaitGroup
	for i := range outcomes {
		all.Go(func() {
			o := &outcomes[i]
			o.text = fmt.Sprintf("note number %d of eight", i+1)
			cmd := d.command("note", "--passphrase-file", passphrase)
			cmd.Stdin = strings.NewReader(o.text)
			var said []byte
			said, o.err = cmd.CombinedOutput()
			o.said = string(said)
		})
	}
	all.Wait()

	entries, _ := d.contents()
	kept := 0
	for _, o := range outcomes {
		there := slices.ContainsFunc(entries, func(e journal.Entry) bool { return e.Answers[0].Text == o.text })
		var exit *exec.ExitError
		switch {
		case o.err == nil && strings.Contains(o.said, "Kept."):
			kept++
			if !there {
				t.Errorf("%q was said to be kept and is not there", o.text)
			}
		case errors.As(o.err, &exit) && exit.ExitCode() == 1:
			if there || !strings.Contains(o.said, "goodenough: error: ") {
				t.Errorf("%q: it is in the journal: %v; exit code 1, and it said %q", o.text, there, o.said)
			}
		default:
			t.Errorf("%q: %v, and it said %q", o.text, o.err, o.said)
		}
	}
	if len(entries) != kept {
		t.Errorf("%d entries, and %d were said to be kept", len(entries), kept)
	}
	t.Logf("%d of eight were kept", kept)
}
