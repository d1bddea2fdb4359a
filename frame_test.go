//go:build !windows

package main

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkFirstFrame measures the time from the start of the program to its
// unlock screen, beside that of the barest program that Bubble Tea can make.
// The terminal answers no query: waiting for answers would show here.
func BenchmarkFirstFrame(b *testing.B) {
	d := newDesk(b)
	d.create(cheap)
	for _, bm := range []struct {
		name, frame string
		command     func() *exec.Cmd
	}{
		{"goodenough", "Your passphrase", func() *exec.Cmd { return d.command() }},
		{"bare", "Press any key", func() *exec.Cmd { return exec.Command("bare") }},
	} {
		b.Run(bm.name, func(b *testing.B) {
			var times []time.Duration
			for b.Loop() {
				start := time.Now()
				w := open(b, bm.command())
				w.sees(bm.frame)
				times = append(times, time.Since(start))
				w.press("esc").exits(0)
			}
			report(b, times, 50)
		})
	}
}

// BenchmarkKeyToFrame measures the time from a key to its letter on the
// screen, on an empty page and on long ones.
func BenchmarkKeyToFrame(b *testing.B) {
	for _, words := range []int{0, 5000, 10000} {
		b.Run(fmt.Sprintf("words=%d", words), func(b *testing.B) {
			d := newDesk(b)
			w := open(b, d.command("--passphrase-file", d.create(cheap)))
			w.sees("Settings").press("n").sees("Your page")
			if words > 0 {
				w.write("\x1b[200~" + strings.Repeat("harbour ", words-1) + "heron \x1b[201~").sees("heron")
			}
			var times []time.Duration
			word := ""
			for n := 0; b.Loop(); n++ {
				if n%20 == 0 { // a word that is nowhere else yet
					word = fmt.Sprintf("<%d>", n)
					w.write(" " + word).sees(word)
				}
				word += "z"
				start := time.Now()
				w.write("z").sees(word)
				times = append(times, time.Since(start))
			}
			report(b, times, 50, 95)
			w.press("ctrl+c").exits(0)
		})
	}
}

// report says percentiles of times, in milliseconds.
func report(b *testing.B, times []time.Duration, percentiles ...int) {
	slices.Sort(times)
	for _, p := range percentiles {
		at := times[(len(times)-1)*p/100]
		b.ReportMetric(float64(at.Microseconds())/1000, fmt.Sprintf("p%d-ms", p))
	}
}
