package tui

import (
	"slices"
	"testing"
)

// parking is at the step of a check-in that takes unfinished things, with some.
func parking(t *testing.T, things ...string) *driver {
	t.Helper()
	d := home(t, 80, 24).press("1", "ctrl+x", "c")
	for range 6 {
		d.press("tab")
	}
	for _, thing := range things {
		d.sees("unfinished").write(thing).press("enter", "enter")
	}
	return d
}

// parks asserts that these are the unfinished things, on the screen and as they
// would be kept.
func (d *driver) parks(want ...string) {
	d.t.Helper()
	var got []string
	for _, it := range d.guide().field.answers()[0].Items {
		got = append(got, it.Text)
	}
	if !slices.Equal(got, want) {
		d.t.Fatalf("%q are parked, not %q:\n%s", got, want, d.screen())
	}
}

// Whichever thing is removed or brought back, the one that is open to be changed
// stays the one that is open, and no other is written over.
func TestRemovingBesideAnOpenThing(t *testing.T) {
	tests := []struct {
		name string
		keys []string
		want []string
	}{
		{"one before it is brought back", []string{"up", "up", "up", "delete", "down", "enter", "up", "ctrl+z"}, []string{"aa", "bb", "cc"}},
		{"one before it is removed", []string{"up", "enter", "up", "up", "up", "delete"}, []string{"bb", "cc"}},
		{"one before it is removed, and it is changed", []string{"up", "enter", "up", "up", "up", "delete", "down", "down", "s"}, []string{"bb", "ccs"}},
		{"one after it is removed", []string{"up", "up", "up", "enter", "up", "delete", "down", "s"}, []string{"aas", "bb"}},
		{"it is removed itself", []string{"up", "up", "enter", "up", "up", "delete"}, []string{"aa", "cc"}},
		{"it is removed and brought back as it was being written", []string{"up", "up", "enter", "s", "up", "up", "delete", "ctrl+z"}, []string{"aa", "bbs", "cc"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := parking(t, "aa", "bb", "cc").press(tt.keys...)
			d.parks(tt.want...)
			d.press("tab", "shift+tab").parks(tt.want...)
		})
	}
}
