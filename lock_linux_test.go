package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestLockForgets looks into the memory of the program while a page is
// written, where the words are, and after a lock, where they are not.
func TestLockForgets(t *testing.T) {
	d := newDesk(t)
	w := open(t, d.command("--passphrase-file", d.create(cheap)))
	w.sees("Settings").press("n").sees("Your page").write(marker).sees(marker)
	if remembered(t, w.cmd.Process.Pid, marker) == 0 {
		t.Fatal("the words are on the screen and not in memory: the test looks in the wrong place")
	}
	w.press("ctrl+l").sees("Your passphrase")
	if n := remembered(t, w.cmd.Process.Pid, marker); n > 0 {
		t.Errorf("after the lock the words are in memory %d times", n)
	}
	w.write(testPassphrase).press("enter").sees("Carry on").press("q").exits(0)
	if _, drafts := d.contents(); len(drafts) != 1 || page(drafts[0].Entry) != marker {
		t.Errorf("the drafts after the lock are %v", drafts)
	}
}

// remembered counts a word in the memory that a process can write to.
func remembered(t *testing.T, pid int, word string) (n int) {
	t.Helper()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		t.Fatal(err)
	}
	defer memory.Close()
	for line := range strings.Lines(string(maps)) {
		var from, to uint64
		var access string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &access); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(access, "rw") || to-from > 1<<30 {
			continue // so large is only what the race detector sets aside
		}
		b := make([]byte, to-from)
		read, _ := memory.ReadAt(b, int64(from)) // what cannot be read, the kernel keeps for itself
		n += bytes.Count(b[:read], []byte(word))
	}
	return n
}

// TestLockComesBack locks, twice, in the list that is looked through, and is
// there again in a new process, which is not told what was looked for.
func TestLockComesBack(t *testing.T) {
	d := newDesk(t)
	w := open(t, d.command("--passphrase-file", d.create(cheap), "reflect", "three-questions"))
	w.sees("asked").press("esc").sees("Settings").press("j").sees("Nothing here yet")
	for range 2 {
		w.press("/").write(marker).sees("Nothing matches that").press("ctrl+l").sees("Your passphrase")
		args, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", w.cmd.Process.Pid))
		if err != nil || !bytes.Contains(args, []byte("\x00--locked=journal\x00")) || bytes.Count(args, []byte("--locked")) != 1 || bytes.Contains(args, []byte(marker)) {
			t.Errorf("it was started again as %q, %v", args, err)
		}
		w.write(testPassphrase).press("enter").sees("Nothing here yet")
	}
	w.press("esc").sees("Settings").press("ctrl+l").sees("Your passphrase").write(testPassphrase).press("enter").sees("Settings").press("q").exits(0)
}
