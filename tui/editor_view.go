package tui

import "strings"

// limit is how many cells of a row are for text. The last cell is kept free:
// at the end of a full row the caret has a cell of its own, and a space typed
// there hangs in it. A single line does not wrap, nor does an editor without
// a size; there the rows only serve as places to count characters from.
func (e *editor) limit() int {
	if e.oneLine || e.width < 1 {
		return 80
	}
	return e.width - 1
}

// rows is how many rows the whole text takes at this width.
func (e *editor) rows() int {
	if e.oneLine {
		return 1
	}
	n := 0
	for _, p := range e.pars {
		n += len(p.starts)
	}
	return n
}

// view draws the visible rows, height of them, each at most width cells.
func (e *editor) view() string {
	if e.width < 1 {
		return ""
	}
	if e.oneLine {
		p := e.pars[0]
		return e.draw(p, e.window(), len(p.text))
	}
	var b strings.Builder
	r, last := e.top, e.lastRow()
	for y := range e.height {
		if y > 0 {
			b.WriteByte('\n')
			if r == last {
				continue
			}
			r = e.rowFrom(r, 1)
		}
		p := e.pars[r.par]
		start, end := p.row(r.n)
		b.WriteString(e.draw(p, start, end))
	}
	return b.String()
}

// cursor is the cell of the caret in the view.
func (e *editor) cursor() (x, y int) {
	if e.width < 1 {
		return 0, 0
	}
	if e.oneLine {
		x = e.method.StringWidth(e.draw(e.pars[0], e.window(), e.caret.off))
	} else {
		at := e.caretRow()
		x = e.column(at)
		for r := e.top; r != at; r = e.rowFrom(r, 1) {
			y++
		}
	}
	return min(x, e.width-1), y
}

// draw is a stretch of a row as it is seen, cut where the window ends.
func (e *editor) draw(p *paragraph, from, to int) string {
	var b strings.Builder
	cells := 0
	for off := from; off < to; {
		g := glyphAt(p.text, off)
		if cells += e.cells(g); cells > e.width {
			break
		}
		switch cluster := p.text[off:g.end]; {
		case e.masked:
			b.WriteString(maskDot)
		case plainCells(g.first) > 0: // nearly everything, and it needs no copy
			b.Write(cluster)
		case g.cells > 0:
			b.WriteString(glyphText(cluster))
		}
		off = g.end
	}
	return b.String()
}

// maskDot stands for a character of a passphrase.
const maskDot = "•"

// shown is how one character is drawn.
func (e *editor) shown(cluster []byte) string {
	if e.masked {
		return maskDot
	}
	return glyphText(cluster)
}

// cells is the width of one character as it is drawn.
func (e *editor) cells(g glyph) int {
	if e.masked {
		return cellsOf(maskDot)
	}
	return g.cells
}

// settle scrolls as little as it takes for the caret to be in view, and no
// further than the text reaches.
func (e *editor) settle() {
	if e.oneLine {
		e.left = e.window()
		return
	}
	e.top = e.rowFrom(e.top, 0)
	caret, page := e.caretRow(), 1-e.height
	if caret.above(e.top) {
		e.top = caret
	}
	if lowest := e.rowFrom(caret, page); e.top.above(lowest) {
		e.top = lowest
	}
	if bottom := e.rowFrom(e.lastRow(), page); bottom.above(e.top) {
		e.top = bottom
	}
}

// window is the first byte that a single line shows: where it was, unless the
// caret would be outside or there would be room left over at the end.
func (e *editor) window() int {
	p := e.pars[0]
	left := min(p.snap(e.left), e.leftmost(len(p.text)))
	return min(max(left, e.leftmost(e.caret.off)), e.caret.off)
}

// leftmost is where a single line would have to begin for off to be in its
// last cell.
func (e *editor) leftmost(off int) int {
	p := e.pars[0]
	room := max(e.width-1, 0)
	n := p.rowAt(off)
	cells := e.span(p.starts[n], off)
	for n > 0 && cells < room {
		n--
		cells += e.span(p.starts[n], p.starts[n+1])
	}
	left := p.starts[n]
	for cells > room {
		g := glyphAt(p.text, left)
		cells -= e.cells(g)
		left = g.end
	}
	return left
}

// span is the width of a stretch of a single line.
func (e *editor) span(from, to int) int {
	cells := 0
	for from < to {
		g := glyphAt(e.pars[0].text, from)
		cells += e.cells(g)
		from = g.end
	}
	return cells
}
