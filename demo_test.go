//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// TestDemo looks round in the demo, and leaves it in every way. Its throwaway
// journal goes with it, and nothing else is made.
func TestDemo(t *testing.T) {
	tests := []struct {
		name string
		end  func(*terminal)
	}{
		{"q", func(w *terminal) { w.press("q").exits(0) }},
		{"a lock", func(w *terminal) { w.press("ctrl+l").sees("its passphrase is good enough").press("esc").exits(0) }},
		{"SIGTERM", func(w *terminal) { w.cmd.Process.Signal(syscall.SIGTERM); w.exits(0) }},
		{"SIGHUP", func(w *terminal) { w.cmd.Process.Signal(syscall.SIGHUP); w.exits(0) }},
		{"the window is closed", (*terminal).hangUp},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			w := open(t, d.command("demo"))
			w.sees("Check in", "Journal")
			if left := names(t, d.path("tmp")); len(left) != 1 {
				t.Fatalf("the temporary folder has %q, want one folder", left)
			}
			w.press("j").sees("End of the day").press("esc").sees("Settings")
			tt.end(w)
			if left := names(t, d.path("tmp")); len(left) != 0 {
				t.Errorf("the demo left %q", left)
			}
			if made := names(t, d.dir); len(made) != 2 { // home and tmp were there before
				t.Errorf("the demo made folders: %q", made)
			}
		})
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// A demo that was killed leaves its folder. The next one takes it away, and
// leaves alone what runs, what has just begun and what is somebody else's.
func TestDemoRemovesWhatAKilledOneLeft(t *testing.T) {
	d := newDesk(t)
	tmp := func(name string) string { return filepath.Join(d.path("tmp"), name) }
	killed := open(t, d.command("demo"))
	killed.sees("Check in")
	left := names(t, d.path("tmp"))[0]
	killed.cmd.Process.Kill()
	<-killed.ended
	running := open(t, d.command("demo")) // the killed one's folder is too new to go
	running.sees("Check in").press("ctrl+l").sees("its passphrase is good enough")
	if err := os.Mkdir(tmp("goodenough-demo-new"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(tmp("goodenough-other"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(d.dir, tmp("goodenough-demo-link")); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	before := names(t, d.path("tmp"))
	for _, name := range before {
		if name != "goodenough-demo-new" {
			if err := os.Chtimes(tmp(name), old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	third := open(t, d.command("demo"))
	third.sees("Check in").press("q").exits(0)
	want := slices.DeleteFunc(before, func(name string) bool { return name == left })
	if got := names(t, d.path("tmp")); !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q", got, want)
	}
	running.write("good enough").press("enter").sees("Check in").press("q").exits(0)
}
