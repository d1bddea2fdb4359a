package tui

import (
	"strings"

	"goodenough/tui/pattern"
)

// printable leaves out what would steer a terminal rather than be read on it:
// an imported entry may hold anything.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if pattern.Steers(r) {
			return -1
		}
		return r
	}, s)
}

// printableLines is printable for a text of several lines.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = printable(l)
	}
	return strings.Join(lines, "\n")
}
