package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// sharePart is one of the things that the squares are shared between.
type sharePart struct {
	label string
	count int
}

// squares draws a line for each part, with its word, its count and its
// squares, and a last line for what is left. The focused line has a mark as
// well as a colour. There are at most rows lines: with more parts than that,
// the ones round the focused part are drawn.
func squares(parts []sharePart, total, focused int, width, rows int, st styles) []string {
	if rows < 1 || width < 1 {
		return nil
	}
	grid := newShareGrid(parts, total, width)
	items := make([][]string, len(parts))
	for i, p := range parts {
		mark, word, square := "  ", st.ink, st.ink
		if i == focused {
			mark, word, square = st.accent.Render("›")+" ", st.selected, st.accent
		}
		room := grid.label
		if p.count == 0 {
			room = width - len("> ") // nothing stands beside the words
		}
		for n, label := range strings.Split(wrap(p.label, room), "\n") {
			line := mark + inColumn(label, word, 0, grid.label)
			if n == 0 && p.count > 0 { // a page of noughts would read as what was not done
				line += st.muted.Render(fmt.Sprintf("%*d  ", countWidth-2, p.count)) +
					square.Render(grid.row("■", p.count))
			}
			items[i] = append(items[i], line)
			mark = "  "
		}
	}
	lines, _ := scrollWhole(items, focused, max(1, rows-1), st.muted)
	lines = lines[:min(len(lines), rows)]
	if len(lines) < rows-1 && len(lines) > 0 {
		lines = append(lines, "")
	}
	if len(lines) < rows {
		left := squaresLeft(parts, total)
		line := "  " + inColumn(leftWords(left, total), st.muted, 0, grid.label+countWidth)
		if left > 0 {
			line += st.muted.Render(grid.row("□", left))
		}
		lines = append(lines, line)
	}
	for i, line := range lines {
		lines[i] = strings.TrimRight(ansi.Truncate(line, width, ""), " ")
	}
	return lines
}

// selectedMark says in words which line the keys act on.
const selectedMark = ", selected"

// squaresText says the same in words, one line for each part and one for what
// is left.
func squaresText(parts []sharePart, total, focused int) []string {
	var lines []string
	for i, p := range parts {
		line := p.label + ": none"
		if p.count > 0 {
			line = fmt.Sprintf("%s: %d of %d", p.label, p.count, total)
		}
		if i == focused {
			line += selectedMark
		}
		lines = append(lines, line)
	}
	return append(lines, leftWords(squaresLeft(parts, total), total))
}

// squaresLeft counts the squares that no part has.
func squaresLeft(parts []sharePart, total int) int {
	for _, p := range parts {
		total -= p.count
	}
	return max(0, total)
}

// leftWords says how many squares are left.
func leftWords(left, total int) string {
	return fmt.Sprintf("%d of %d left", left, total)
}

// countWidth is the width of the counts, with the space on either side.
const countWidth = 6

// shareGrid is where the columns stand: the same for every line, however many
// squares are in it.
type shareGrid struct {
	label int    // width of the words
	gap   string // between two squares; nothing where the words need the room
}

// newShareGrid gives the squares air if the words can still be read in full.
func newShareGrid(parts []sharePart, total, width int) shareGrid {
	longest := ansi.StringWidth(leftWords(total, total)) - countWidth + 1
	for _, p := range parts {
		longest = max(longest, ansi.StringWidth(p.label))
	}
	room := width - len("> ") - countWidth
	if airy := room - (2*total - 1); airy >= longest {
		return shareGrid{label: longest, gap: " "}
	}
	return shareGrid{label: max(0, min(longest, room-total))}
}

// row is n squares, one or more.
func (g shareGrid) row(square string, n int) string {
	return strings.TrimSuffix(strings.Repeat(square+g.gap, n), g.gap)
}
