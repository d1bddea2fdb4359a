package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
)

// scrolled returns where a page stands after a key: at most last, by lines or
// by pages of so many rows.
func scrolled(key string, at, last, rows int) int {
	switch key {
	case "down":
		at++
	case "up":
		at--
	case "pgdown", "space":
		at += rows - 1
	case "pgup":
		at -= rows - 1
	case "home":
		at = 0
	case "end":
		at = last
	}
	return max(min(at, last), 0)
}

// scrollTo keeps the lines round the focused one, as many as rows, and says how
// many are hidden above them. Where some are hidden the line at that edge says
// how many, which is never the focused one; under three rows there is no room
// to say so.
func scrollTo(lines []string, focused, rows int, quiet lipgloss.Style) (window []string, above int) {
	if len(lines) <= rows {
		return lines, 0
	}
	rows = max(rows, 0)
	above = min(max(0, focused-rows/2), len(lines)-rows)
	below := len(lines) - rows - above
	window = slices.Clone(lines[above : above+rows])
	if rows < 3 {
		return window, above
	}
	if above > 0 {
		window[0] = quiet.Render(fmt.Sprintf("  … %d more above", above+1))
	}
	if below > 0 {
		window[rows-1] = quiet.Render(fmt.Sprintf("  … %d more below", below+1))
	}
	return window, above
}

// scrollWhole is scrollTo for items of several rows: each is shown whole or not
// at all, and the focused one always. at is the row where that one starts.
func scrollWhole(items [][]string, focused, rows int, quiet lipgloss.Style) (window []string, at int) {
	if len(items) == 0 {
		return nil, 0
	}
	focused = min(max(focused, 0), len(items)-1)
	from, to, said := focused, focused+1, 1
	taken := func(from, to int) (n int) {
		if from > 0 {
			n += said
		}
		if to < len(items) {
			n += said
		}
		return n + len(slices.Concat(items[from:to]...))
	}
	if taken(from, to) > rows {
		said = 0 // there is no room to say how many are hidden
	}
	if len(slices.Concat(items...)) <= rows {
		from, to = 0, len(items)
	}
	for grew := true; grew; {
		grew = false
		if to < len(items) && taken(from, to+1) <= rows {
			to, grew = to+1, true
		}
		if from > 0 && taken(from-1, to) <= rows {
			from, grew = from-1, true
		}
	}
	if from > 0 && said > 0 {
		window = append(window, quiet.Render(fmt.Sprintf("  … %d more above", from)))
	}
	at = len(window) + len(slices.Concat(items[from:focused]...))
	window = append(window, slices.Concat(items[from:to]...)...)
	if below := len(items) - to; below > 0 && said > 0 {
		window = append(window, quiet.Render(fmt.Sprintf("  … %d more below", below)))
	}
	return window, at
}

// pageOf is the part of rows that a window shows, with a quiet word at its foot
// when more is below.
func pageOf(rows []string, from, height int, st styles) string {
	end := min(len(rows), from+height)
	page := slices.Clone(rows[min(from, end):end])
	if below := len(rows) - end; below > 0 && len(page) > 2 {
		page[len(page)-1] = st.muted.Render(fmt.Sprintf("… %d more below", below+1))
	}
	return strings.Join(page, "\n")
}
