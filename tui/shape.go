package tui

import (
	"math"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// The breathing shape is a disc that grows with the breath and settles with
// it. It never closes: an empty screen would look as if something had ended.
const leastOpen = 0.3

// shapeRows draws the shape in the middle of width by height cells. open is how
// far it is open, from 0 to 1. A disc of pixels grows by the few that lie at
// the same distance, so that each step is small and no frame is drawn for
// nothing; its shade deepens in eight steps.
func shapeRows(open float64, shades []lipgloss.Style, width, height int) []string {
	diameter := min(2*height, width-2)
	if diameter < 4 {
		return nil
	}
	open = min(max(open, 0), 1)
	radius := float64(diameter) / 2 * (leastOpen + (1-leastOpen)*open)
	style := shades[min(int(open*float64(len(shades))), len(shades)-1)]
	rows := halfBlocks(discRuns(diameter, radius), height)
	for i, row := range rows {
		row = strings.TrimRight(row, " ")
		if row == "" {
			rows[i] = ""
			continue
		}
		rows[i] = strings.Repeat(" ", (width-ansi.StringWidth(row))/2) + style.Render(row)
	}
	return rows
}

// discRuns are the lengths of the rows of pixels of a disc, in a box of
// diameter pixels: a pixel belongs to it when its middle is within the radius.
func discRuns(diameter int, radius float64) []int {
	runs := make([]int, diameter)
	for y := range runs {
		dy := math.Abs(float64(2*y+1-diameter) / 2)
		for x := range diameter {
			if math.Hypot(float64(2*x+1-diameter)/2, dy) <= radius {
				runs[y]++
			}
		}
	}
	return runs
}
