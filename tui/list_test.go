package tui

import (
	"fmt"
	"testing"
	"time"

	"goodenough/journal"
)

// BenchmarkListMove is one key in the list and the screen that follows from it:
// a career has to move like a week.
func BenchmarkListMove(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		b.Run(fmt.Sprintf("%d entries", n), func(b *testing.B) {
			l := newList(newSession(Options{}))
			start := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)
			for i := range n {
				l.entries = append(l.entries, journal.Header{ID: fmt.Sprint(i), Title: "End of the day: drained, moved", Created: start.Add(-time.Duration(i) * time.Hour)})
			}
			l.setSize(72, 20)
			down := named["down"]
			for b.Loop() {
				if l.update(down); l.focus == n-1 {
					l.update(named["home"])
				}
				l.view()
			}
		})
	}
}
