package tui

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
)

// The triangle of a brief: its left side is support, its right side learning,
// its base the organisation. A side with nothing on it is short, and so the
// whole of it has fallen over.

// shortSide is the length of a side with nothing on it; the others are 1.
const shortSide = 0.2

// triangleColumns is the width of the picture, and triangleGap what is between
// it and its words.
const (
	triangleColumns = 18
	triangleGap     = 3
)

// trianglePicture draws the triangle in at most so many rows, with the words of
// its sides beside it, or says it in words alone.
func trianglePicture(s *session, n map[string]int, width, rows int) []string {
	const least, most = 5, 7
	if s.settings.Still || width < 60 || rows < least {
		return triangleText(s, n, width, rows)
	}
	st := s.styles
	picture := drawTriangle(n, triangleColumns, min(rows, most))
	legend := make([]string, len(picture))
	for i, side := range content.Sides {
		place := []string{"left", "right", "base"}[i]
		legend[1+i] = st.muted.Render(pad(place, 7)) + st.ink.Render(sideLine(n, side))
	}
	if missing := len(content.Sides) - len(n); missing > 0 && missing < len(content.Sides) {
		legend[len(legend)-1] = st.muted.Render("A short side may be what to ask for.")
	}
	for i, row := range picture {
		row = st.accent.Render(row) + strings.Repeat(" ", triangleColumns+triangleGap-ansi.StringWidth(row)) + legend[i]
		picture[i] = strings.TrimRight(ansi.Truncate(row, width, "…"), " ")
	}
	return picture
}

// sideLine says one side and how much is on it.
func sideLine(n map[string]int, side string) string {
	if n[side] == 0 {
		return side + ": nothing yet, a short side"
	}
	return fmt.Sprintf("%s: %d", side, n[side])
}

// triangleText says the triangle in words: a line for each side, or all of it
// on one where there is no more room.
func triangleText(s *session, n map[string]int, width, rows int) []string {
	var lines []string
	for _, side := range content.Sides {
		lines = append(lines, sideLine(n, side))
	}
	if slices.ContainsFunc(lines, func(l string) bool { return ansi.StringWidth(l) > width }) {
		for i, l := range lines {
			lines[i] = strings.Replace(l, "nothing yet, ", "", 1)
		}
	}
	if rows < len(lines) {
		lines = []string{strings.Join(lines, " · ")}
	}
	for i, l := range lines {
		lines[i] = s.styles.ink.Render(ansi.Truncate(l, width, "…"))
	}
	return lines[:min(len(lines), max(rows, 0))]
}

// A spot is a place on the drawing, in sides of the triangle.
type spot struct{ x, y float64 }

// corners are the triangle's: left, right, top. Where two sides are short they
// cannot meet; the top then lies where the long one ends.
func corners(n map[string]int) (left, right, top spot) {
	length := func(side int) float64 {
		if n[content.Sides[side]] > 0 {
			return 1
		}
		return shortSide
	}
	l, r, base := length(0), length(1), length(2)
	x := (l*l - r*r + base*base) / (2 * base)
	x = min(max(x, -l), l)
	return spot{0, 0}, spot{base, 0}, spot{x, math.Sqrt(max(l*l-x*x, 0))}
}

// drawTriangle draws it with half blocks: a cell is two pixels, one above the
// other, which makes a pixel about square.
func drawTriangle(n map[string]int, columns, rows int) []string {
	left, right, top := corners(n)
	minX, maxX := min(left.x, top.x), max(right.x, top.x)
	w, h := float64(columns-1), float64(2*rows-1)
	scale := min(w/max(maxX-minX, 1), h/max(top.y, math.Sqrt(3)/2))
	pixels := make([][]bool, 2*rows)
	for y := range pixels {
		pixels[y] = make([]bool, columns)
	}
	stroke := func(a, b spot) {
		steps := int(2 * scale)
		for i := range steps + 1 {
			t := float64(i) / float64(max(steps, 1))
			x, y := a.x+t*(b.x-a.x), a.y+t*(b.y-a.y)
			px := (x-minX)*scale + (w-(maxX-minX)*scale)/2
			pixels[int(math.Round(h-y*scale))][int(math.Round(px))] = true
		}
	}
	stroke(left, top)
	stroke(top, right)
	stroke(left, right)
	out := make([]string, rows)
	for y := range out {
		var row strings.Builder
		for x := range columns {
			switch up, down := pixels[2*y][x], pixels[2*y+1][x]; {
			case up && down:
				row.WriteString("█")
			case up:
				row.WriteString("▀")
			case down:
				row.WriteString("▄")
			default:
				row.WriteString(" ")
			}
		}
		out[y] = strings.TrimRight(row.String(), " ")
	}
	return out
}
