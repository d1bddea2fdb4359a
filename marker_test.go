//go:build !windows

package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"goodenough/journal"
)

// marker is a word that stands nowhere unless somebody types it.
const marker = "quernstonewhinchat"

// TestMarker types a marker word wherever something can be typed, and looks
// for it in every file that there is afterwards. The debugging of the
// terminal libraries, which would write every key to a file, is asked for too.
func TestMarker(t *testing.T) {
	const passphrase = "a lamp on the " + marker
	t.Run("full screen", func(t *testing.T) {
		d := newDesk(t)
		w := open(t, debugging(d))
		w.sees("Welcome").press("enter").sees("A passphrase for you").press("o").sees("Your own passphrase")
		w.write(passphrase).press("enter").sees("And once more").write(passphrase).press("enter").sees("Your journal is made")

		w.press("c").sees("1 of 9").press("enter").sees("2 of 9")
		w.press("+").sees("A word of your own").write(marker).press("enter").sees("✓ " + marker).press("enter").sees("3 of 9")
		for _, system := range []string{"threat", "drive", "soothing"} {
			w.press("down").write(marker).sees("(" + system + ") > " + marker).press("down")
		}
		w.press("enter").sees("4 of 9").press("enter").sees("5 of 9")
		w.write(marker).press("enter").sees("6 of 9").write(marker).press("enter").sees("7 of 9")
		w.write(marker).press("enter").sees("When you will").write("on " + marker).press("enter").sees(marker + " – on " + marker)
		w.press("enter").sees("8 of 9").press("down", "right").write(marker).sees("> " + marker).press("enter")
		w.sees("9 of 9").press("enter").sees("That is kept")

		w.press("enter").sees("Settings").press("n").sees("Your page").write("a note of the " + marker)
		w.press("tab").sees("That is kept")
		w.press("t").sees("A tag:").write(marker).press("enter").sees("backspace").press("enter").sees("That is kept", marker)

		// A draft that is left open, and a lock.
		w.press("enter").sees("Settings").press("n").sees("Your page").write("a draft of the " + marker)
		w.sees("draft of the " + marker).press("ctrl+l").sees("Your passphrase")
		if strings.Contains(w.text(), marker) {
			t.Errorf("the screen is locked and shows it:\n%s", w.screen)
		}
		w.write(passphrase).press("enter").sees("Carry on").press("j").sees("2 entries", marker).press("q").exits(0)
		hidden(t, d, passphrase, 15)
	})
	t.Run("plain", func(t *testing.T) {
		d := newDesk(t)
		w := open(t, debugging(d, "--plain", "checkin"))
		w.asks("for one of your own:").enter("o").asks("type your passphrase:").enter(passphrase)
		w.asks("once more:").enter(passphrase).sees("1 of 9").asks("to skip:").enter("")
		w.asks("your own too; or Enter to skip:").enter(marker)
		for _, system := range []string{"threat:", "drive:", "soothing:"} {
			w.sees(system).asks("to skip:").enter("7").asks("? >").enter(marker)
		}
		w.asks("(10 left):").enter("10").sees("5 of 9").asks(">").enter(marker).sees("6 of 9").asks(">").enter(marker)
		w.asks("to go on:").enter(marker).asks("not sure yet):").enter("on " + marker).asks("to go on:").enter("")
		w.sees("8 of 9").asks("to skip:").enter("4").asks(">").enter(marker)
		w.asks("ready.").enter("").asks("for no:").enter("").sees("That is kept").exits(0)

		w = open(t, debugging(d, "note"))
		w.asks("Your passphrase:").enter(passphrase).asks(">").enter("a note of the " + marker).asks(">").enter("")
		w.sees("That is kept").exits(0)
		w = open(t, debugging(d, "note"))
		w.asks("Your passphrase:").enter(passphrase).asks(">").enter("a draft of the " + marker).asks(">").enter("stop")
		w.sees("Stopped.").exits(0)
		hidden(t, d, passphrase, 14)
	})
	t.Run("standard input", func(t *testing.T) {
		d := newDesk(t)
		j, err := journal.Create(d.journal(), []byte(passphrase), &cheap)
		if err == nil {
			err = j.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		cmd := debugging(d, "note", "--passphrase-file", "-")
		cmd.Stdin = strings.NewReader(passphrase + "\na note of the " + marker)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		hidden(t, d, passphrase, 2)
	})
}

// debugging is goodenough at a desk where the terminal libraries are asked to
// write down what they do.
func debugging(d *desk, args ...string) *exec.Cmd {
	cmd := d.command(args...)
	for _, name := range []string{"TEA_TRACE", "TEA_DEBUG", "UV_DEBUG"} {
		cmd.Env = append(cmd.Env, name+"="+d.path(strings.ToLower(name)))
	}
	return cmd
}

// hidden asserts that the marker is in the journal as often as it was typed,
// and can be read in no file of the desk.
func hidden(t *testing.T, d *desk, passphrase string, typed int) {
	t.Helper()
	j, err := journal.Open(d.journal(), []byte(passphrase), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	var all bytes.Buffer
	if _, err := j.Export(&all, journal.Query{}); err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(&all).Encode(j.Drafts()); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(all.String(), marker); n != typed {
		t.Fatalf("the marker is in the journal %d times, want %d: something that was typed is not there\n%s", n, typed, all.String())
	}

	forms := [][]byte{[]byte(marker), inUTF16(binary.LittleEndian), inUTF16(binary.BigEndian)}
	files := 0
	err = filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch name := filepath.Base(path); {
		case strings.Contains(name, marker):
			t.Errorf("the marker is the name of a file: %s", path)
		case name == "tea_trace", name == "tea_debug", name == "uv_debug":
			t.Errorf("what was done was written down: %s", path)
		case !e.Type().IsRegular():
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		for _, form := range forms {
			if bytes.Contains(bytes.ToLower(b), form) {
				t.Errorf("the marker can be read in %s", path)
			}
		}
		return nil
	})
	if err != nil || files < 2 {
		t.Fatalf("%d files, and there are at least the journal and its lock: %v", files, err)
	}
}

func inUTF16(order binary.AppendByteOrder) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(marker)) {
		b = order.AppendUint16(b, u)
	}
	return b
}
