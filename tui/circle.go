package tui

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// fullDisc is the value whose disc fills the space there is.
const fullDisc = 10

// disc is one circle of a picture and the word below it.
type disc struct {
	label   string
	value   int // 0 to 10, or -1 while nothing is set
	style   lipgloss.Style
	focused bool
}

// number is the value as it is written under the disc.
func (d disc) number() string {
	if d.value < 0 {
		return "–"
	}
	return strconv.Itoa(d.value)
}

// caption is the word and the number, cut to width cells. The word gives way:
// a number cut short would be another number.
func (d disc) caption(width int) string {
	n := d.number()
	word := ansi.Truncate(d.label, max(0, width-ansi.StringWidth(n)-1), "…")
	return ansi.Truncate(strings.TrimLeft(word+" "+n, " "), width, "")
}

// circles draws filled discs side by side, each with its word and number
// below. It is the area that is proportional to the value, because the area
// is what an eye compares. How many rows come back depends on the space and
// never on the values, so that nothing below the picture jumps while someone
// changes one; there are at most rows of them, each at most width cells.
func circles(discs []disc, width, rows int) []string {
	if len(discs) == 0 || width < 4*len(discs) || rows < 1 {
		return nil
	}
	columns, gap := discColumns(discs, width)
	below := 1 // the captions, and a blank row over them where there is room
	if rows > 5 {
		below = 2
	}
	diameter := min(2*(rows-below), slices.Min(columns)-2)
	height := (diameter + 1) / 2
	shapes := discShapes(diameter)

	picture := make([]string, height+below)
	for i, d := range discs {
		for y, line := range d.cells(shapes, columns[i], height) {
			picture[y] += line
		}
		picture[len(picture)-1] += d.foot(columns[i], gap)
	}
	for y := range picture {
		picture[y] = strings.TrimRight(picture[y], " ")
	}
	return picture
}

// circlesText says the same in words, one line for each disc, for a screen
// reader or a terminal without block characters.
func circlesText(discs []disc) []string {
	lines := make([]string, len(discs))
	for i, d := range discs {
		lines[i] = d.label + " not set"
		if d.value >= 0 {
			lines[i] = d.label + " " + d.number() + " of " + strconv.Itoa(fullDisc)
		}
		if d.focused {
			lines[i] += selectedMark
		}
	}
	return lines
}

// need is the room for the longest caption and the arrows beside it.
func (d disc) need() int { return ansi.StringWidth(d.label) + len(" 10") + len("<>") }

// discColumns shares width between the discs: to each what its longest caption
// and the arrows beside it need, and the rest to the narrowest, until all are
// equal. The gap is what stands between arrow and caption: a space, or nothing
// where there is no room for it under every disc.
func discColumns(discs []disc, width int) (columns []int, gap string) {
	left := width
	for _, d := range discs {
		columns = append(columns, d.need())
		left -= d.need()
	}
	if left >= 2*len(discs) {
		gap = " "
		left -= 2 * len(discs)
		for i := range columns {
			columns[i] += 2
		}
	}
	for ; left > 0; left-- {
		columns[slices.Index(columns, slices.Min(columns))]++
	}
	for ; left < 0; left++ {
		columns[slices.Index(columns, slices.Max(columns))]--
	}
	return columns, gap
}

// foot is the caption in the middle of its column. Room for the arrows is kept
// in every column, so that captions never touch and none of them moves when
// the focus does.
func (d disc) foot(width int, gap string) string {
	caption, style := d.caption(width-2), d.style
	before := (width - ansi.StringWidth(caption)) / 2
	if d.focused {
		caption, style = "◂"+gap+caption+gap+"▸", style.Bold(true)
		before -= ansi.StringWidth("◂" + gap)
	}
	return inColumn(caption, style, before, width)
}

// cells draws the disc in the middle of width by height cells. A dot keeps the
// place of one that is not set; at nought there is nothing to see.
func (d disc) cells(shapes [][]int, width, height int) []string {
	lines := make([]string, height)
	if d.value > 0 {
		copy(lines, halfBlocks(shapes[min(d.value, fullDisc)], height))
	} else if d.value < 0 && height > 0 {
		lines[height/2] = "·"
	}
	for y, line := range lines {
		lines[y] = inColumn(line, d.style, (width-ansi.StringWidth(line))/2, width)
	}
	return lines
}

// inColumn sets s after so many blank cells and fills up the column behind it.
// The blank is left unstyled, so that it can be trimmed.
func inColumn(s string, style lipgloss.Style, before, width int) string {
	after := max(0, width-before-ansi.StringWidth(s))
	if s != "" {
		s = style.Render(s)
	}
	return strings.Repeat(" ", before) + s + strings.Repeat(" ", after)
}

// halfBlocks draws a shape, given as the lengths of its rows of pixels, in the
// middle of so many rows of cells. A cell is two pixels, one above the other,
// which makes a pixel about square; a row of blocks is to be centred.
func halfBlocks(runs []int, height int) []string {
	pixels := make([]int, 2*height)
	copy(pixels[(len(pixels)-len(runs))/2:], runs)
	lines := make([]string, height)
	for y := range lines {
		upper, lower := pixels[2*y], pixels[2*y+1]
		edge := "▀"
		if lower > upper {
			edge = "▄"
		}
		body := min(upper, lower)
		rim := max(upper, lower) - body
		lines[y] = strings.Repeat(edge, rim/2) + strings.Repeat("█", body) + strings.Repeat(edge, rim-rim/2)
	}
	return lines
}

// discShapes chooses the disc for each value from 1 to 10, the last of them
// diameter pixels across, as the lengths of its rows of pixels. From the
// largest down, each is the shape whose area is nearest to its share and
// smaller than the one before: one step is always one that can be seen.
func discShapes(diameter int) [][]int {
	shapes := make([][]int, fullDisc+1)
	shapes[fullDisc] = ellipse(diameter, diameter, 1)
	full := area(shapes[fullDisc])
	round := roundish(diameter)
	for v := fullDisc - 1; v > 0; v-- {
		want := float64(full*v) / fullDisc
		nearest := math.Inf(1)
		for _, s := range round {
			if off := math.Abs(float64(area(s)) - want); off < nearest && area(s) < area(shapes[v+1]) {
				nearest, shapes[v] = off, s
			}
		}
	}
	return shapes
}

// roundish lists the shapes up to diameter that pass for a disc, the roundest
// first. True circles alone are too few: their areas are up to a third apart.
// One pixel wider than high, or a little more or less filled in, is not seen.
func roundish(diameter int) [][]int {
	fills := []float64{1, 0.95, 1.05, 0.9, 1.1}
	if diameter < 8 {
		fills = append(fills, 0.85) // would look pointed on a larger one
	}
	var shapes [][]int
	for _, fill := range fills {
		for _, longer := range []int{0, -1, 1} {
			for w := 1; w <= diameter; w++ {
				h := w + longer
				if h < 1 || h > diameter {
					continue
				}
				shape := ellipse(w, h, fill)
				if w > 4 && 10*area(shape) > 9*w*h {
					continue // a square that has lost its corners
				}
				shapes = append(shapes, shape)
			}
		}
	}
	return shapes
}

// ellipse fills a box of w by h pixels and gives the length of each row. A
// pixel belongs to it when its middle does; fill moves that line out or in.
func ellipse(w, h int, fill float64) []int {
	runs := make([]int, h)
	for y := range runs {
		for x := range w {
			dx, dy := float64(2*x+1-w)/float64(w), float64(2*y+1-h)/float64(h)
			if dx*dx+dy*dy <= fill {
				runs[y]++
			}
		}
	}
	return runs
}

// area counts the pixels of a shape.
func area(runs []int) int {
	n := 0
	for _, run := range runs {
		n += run
	}
	return n
}
