package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkAnimation lets the breathing shape move for ten seconds on a
// terminal of 80x24, and reports the share of a core and the kilobytes written
// that it takes, beside its still version and a program of Bubble Tea that does
// nothing.
func BenchmarkAnimation(b *testing.B) {
	const long = 10 * time.Second
	d := newDesk(b)
	passphrase := d.create(cheap)
	breathing := func(still bool) func(testing.TB) *terminal {
		return func(t testing.TB) *terminal {
			w := open(t, d.command("--passphrase-file", passphrase)).sees("Check in")
			if still {
				w.press(",").sees("Lock after").press("down", "down", "enter").sees("pictures yes").press("esc").sees("Check in")
			}
			return w.press("p").sees("Soothing rhythm").press("enter").sees("Any key stops").press("enter").sees("Arriving").press("right").sees("in 1")
		}
	}
	for _, bm := range []struct {
		name string
		open func(testing.TB) *terminal
	}{
		{"moving", breathing(false)},
		{"still", breathing(true)},
		{"bare", func(t testing.TB) *terminal { return open(t, exec.Command("bare")).sees("Press any key") }},
	} {
		b.Run(bm.name, func(b *testing.B) {
			for b.Loop() {
				w := bm.open(b)
				ran, wrote := onCPU(b, w.cmd.Process.Pid), w.output.Load()
				time.Sleep(long)
				b.ReportMetric(100*float64(onCPU(b, w.cmd.Process.Pid)-ran)/float64(long), "%core")
				b.ReportMetric(float64(w.output.Load()-wrote)/1000, "kB")
				w.press("ctrl+c").exits(0)
			}
		})
	}
}

// onCPU is how long the threads of a process have run.
func onCPU(t testing.TB, pid int) (sum time.Duration) {
	t.Helper()
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	for _, task := range tasks {
		var ns int64
		stat, err := os.ReadFile(task)
		if err == nil {
			_, err = fmt.Sscan(string(stat), &ns)
		}
		if err != nil {
			t.Fatal(err)
		}
		sum += time.Duration(ns)
	}
	return sum
}
