//go:build !windows

package main

import (
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestEndedWhileTyping ends the program in every other way in which it can be
// ended. Nothing that was on the screen is lost.
func TestEndedWhileTyping(t *testing.T) {
	const text = "What was on the page when it ended"
	tests := []struct {
		name  string
		shell string // starts the program in this way
		end   func(*terminal)
	}{
		{"the window is closed", "", (*terminal).hangUp},
		{"the window is closed, and that is not to be told", `trap "" HUP; exec "$@"`, (*terminal).hangUp},
		{"the system shuts down", "", func(w *terminal) { w.cmd.Process.Signal(syscall.SIGTERM) }},
		{"ctrl+c", "", func(w *terminal) { w.press("ctrl+c") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			cmd := d.command("--passphrase-file", d.create(cheap))
			if tt.shell != "" {
				sh := exec.Command("sh", append([]string{"-c", tt.shell, "sh"}, cmd.Args...)...)
				sh.Dir, sh.Env, cmd = cmd.Dir, cmd.Env, sh
			}
			w := open(t, cmd)
			w.sees("Settings").press("n").sees("Your page").write(text).sees(text)
			tt.end(w)
			select {
			case <-w.ended:
			case <-time.After(patience):
				t.Fatal("the program goes on")
			}
			if entries, drafts := d.contents(); len(entries) != 0 || len(drafts) != 1 || page(drafts[0].Entry) != text {
				t.Errorf("%d entries and the drafts %v", len(entries), drafts)
			}
		})
	}
}

// TestEndedInPlainMode closes the window on plain mode in the middle of a
// step with many questions. Every answer that was given is kept.
func TestEndedInPlainMode(t *testing.T) {
	tests := []struct {
		name  string
		write func(*terminal)
		want  string // the answers of the draft
	}{
		{"three systems", func(w *terminal) {
			w.enter("7").asks("? >").enter("the phone call")
			w.asks("to skip:").enter("4").asks("? >")
		}, "threat 7 the phone call, drive 4"},
		{"what is unfinished", func(w *terminal) {
			w.enter("").asks("to skip:").enter("").asks("to skip:").enter("").asks("(10 left):").enter("10")
			w.asks(">").enter("").asks(">").enter("").asks("to go on:").enter("ring the school").asks("not sure yet):")
		}, "day 10, unfinished ring the school"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			w := open(t, d.command("--plain", "checkin", "--passphrase-file", d.create(cheap)))
			w.asks("to skip:").enter("").asks("your own too; or Enter to skip:").enter("").sees("3 of 9").asks("to skip:")
			tt.write(w)
			w.hangUp()
			_, drafts := d.contents()
			if len(drafts) != 1 {
				t.Fatalf("%d drafts, want the one", len(drafts))
			}
			var got []string
			for _, a := range drafts[0].Answers {
				words := []string{a.Step}
				if a.Value != nil {
					words = append(words, fmt.Sprint(*a.Value))
				}
				for _, n := range a.Shares {
					words = append(words, fmt.Sprint(n))
				}
				for _, it := range a.Items {
					words = append(words, it.Text)
				}
				got = append(got, strings.Join(append(words, strings.Fields(a.Text)...), " "))
			}
			if got := strings.Join(got, ", "); got != tt.want {
				t.Errorf("the draft has %q, want %q", got, tt.want)
			}
		})
	}
}

// TestInterruptedPassphrase presses ctrl+c where a passphrase is asked for.
// The terminal shows again what is typed.
func TestInterruptedPassphrase(t *testing.T) {
	d := newDesk(t)
	d.create(cheap)
	sh := exec.Command("sh", "-c", `trap : INT; goodenough list; echo "and then $?"; exec cat`)
	list := d.command()
	sh.Dir, sh.Env = list.Dir, list.Env
	w := open(t, sh)
	w.sees("Your passphrase:").press("ctrl+c").sees("Stopped. Nothing was changed.", "and then 1")
	w.write("to be seen").sees("to be seen")
}
