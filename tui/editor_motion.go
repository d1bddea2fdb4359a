package tui

import "unicode"

// move puts the caret somewhere at a person's wish, which ends a step of undo.
func (e *editor) move(to textPlace) {
	e.history.rest()
	e.put(to)
}

// put sets the caret somewhere and forgets the column it was aiming for.
func (e *editor) put(to textPlace) {
	e.caret, e.upstream, e.goal = to, false, -1
}

// lineStart is the start of the line between two newlines, however many rows
// it takes.
func (e *editor) lineStart() textPlace { return textPlace{e.caret.par, 0} }

// lineEnd is the end of that line.
func (e *editor) lineEnd() textPlace {
	return textPlace{e.caret.par, len(e.pars[e.caret.par].text)}
}

// end is the end of the text.
func (e *editor) end() textPlace {
	last := len(e.pars) - 1
	return textPlace{last, len(e.pars[last].text)}
}

// charLeft is the place one character before the caret.
func (e *editor) charLeft() textPlace {
	c := e.caret
	switch {
	case c.off > 0:
		c.off = e.pars[c.par].previous(c.off)
	case c.par > 0:
		c = textPlace{c.par - 1, len(e.pars[c.par-1].text)}
	}
	return c
}

// charRight is the place one character behind the caret.
func (e *editor) charRight() textPlace {
	c := e.caret
	switch p := e.pars[c.par]; {
	case c.off < len(p.text):
		c.off = glyphAt(p.text, c.off).end
	case c.par+1 < len(e.pars):
		c = textPlace{c.par + 1, 0}
	}
	return c
}

// wordLeft is the start of the word before the caret; at the start of a line
// it is the end of the line above.
func (e *editor) wordLeft() textPlace {
	c := e.caret
	if c.off == 0 {
		return e.charLeft()
	}
	if e.masked {
		return e.lineStart() // a row of dots shows no words
	}
	p := e.pars[c.par]
	in := wordGap
	for c.off > 0 {
		before := p.previous(c.off)
		part := wordPartOf(glyphAt(p.text, before))
		if in != wordGap && (part != in || in == wordAlone) {
			break
		}
		in, c.off = part, before
	}
	return c
}

// wordRight is the end of the word behind the caret; at the end of a line it
// is the start of the line below.
func (e *editor) wordRight() textPlace {
	c := e.caret
	p := e.pars[c.par]
	if c.off == len(p.text) {
		return e.charRight()
	}
	if e.masked {
		return e.lineEnd()
	}
	in := wordGap
	for c.off < len(p.text) {
		g := glyphAt(p.text, c.off)
		part := wordPartOf(g)
		if in != wordGap && (part != in || in == wordAlone) {
			break
		}
		in, c.off = part, g.end
	}
	return c
}

// wordPart is what a character is to a word.
type wordPart int

const (
	wordGap   wordPart = iota // spaces and punctuation between words
	wordInner                 // letters, digits, the apostrophe in don't
	wordAlone                 // a word by itself: 家, 👋
)

// wordPartOf is what g is to a word.
func wordPartOf(g glyph) wordPart {
	switch {
	case standsAlone(g.first), unicode.Is(unicode.So, g.first):
		return wordAlone
	case unicode.In(g.first, unicode.L, unicode.M, unicode.N),
		g.first == '\'', g.first == '’', g.first == '_':
		return wordInner
	}
	return wordGap
}

// standsAlone reports whether r belongs to a script that is written without
// spaces, one sign after the other.
func standsAlone(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// textRow is a row as it is seen: a paragraph and a row of it.
type textRow struct{ par, n int }

// above reports whether r is above s.
func (r textRow) above(s textRow) bool {
	return r.par < s.par || r.par == s.par && r.n < s.n
}

// caretRow is the row that the caret is drawn on.
func (e *editor) caretRow() textRow {
	p := e.pars[e.caret.par]
	n := p.rowAt(e.caret.off)
	if e.upstream {
		n--
	}
	return textRow{e.caret.par, n}
}

// lastRow is the last row of the text.
func (e *editor) lastRow() textRow {
	last := len(e.pars) - 1
	return textRow{last, len(e.pars[last].starts) - 1}
}

// rowFrom is the row so many rows below r, above it when by is negative, or
// the nearest one that there is.
func (e *editor) rowFrom(r textRow, by int) textRow {
	if r.par >= len(e.pars) {
		r = e.lastRow()
	}
	r.n += by
	for r.n < 0 && r.par > 0 {
		r.par--
		r.n += len(e.pars[r.par].starts)
	}
	for r.par+1 < len(e.pars) && r.n >= len(e.pars[r.par].starts) {
		r.n -= len(e.pars[r.par].starts)
		r.par++
	}
	r.n = max(0, min(r.n, len(e.pars[r.par].starts)-1))
	return r
}

// vertical moves the caret by rows and reports whether there were any.
func (e *editor) vertical(by int) bool {
	from := e.caretRow()
	to := e.rowFrom(from, by)
	if e.oneLine || to == from {
		return false
	}
	goal := e.goal
	if goal < 0 {
		goal = e.column(from)
	}
	e.seek(to, goal)
	e.goal = goal
	return true
}

// page moves by a window's height less one row, so that a line is left to
// read on from.
func (e *editor) page(direction int) bool {
	by := direction * max(e.height-1, 1)
	if !e.vertical(by) {
		return false
	}
	e.top = e.rowFrom(e.top, by)
	return true
}

// rowStart puts the caret at the start of its row.
func (e *editor) rowStart() {
	if e.oneLine {
		e.move(e.lineStart())
		return
	}
	r := e.caretRow()
	e.move(textPlace{r.par, e.pars[r.par].starts[r.n]})
}

// rowEnd puts the caret at the end of its row.
func (e *editor) rowEnd() {
	if e.oneLine {
		e.move(e.lineEnd())
		return
	}
	r := e.caretRow()
	e.move(textPlace{r.par, e.rowStop(r)})
	e.upstream = e.pars[r.par].rowAt(e.caret.off) > r.n
}

// rowStop is the last place for the caret on a row. On a row that wraps it is
// before the space that ends it: behind that space the next row begins. Where
// the row ends inside a word or between two Chinese characters, the same
// place is the end of one row and the start of the next, and upstream tells
// which is meant.
func (e *editor) rowStop(r textRow) int {
	p := e.pars[r.par]
	start, end := p.row(r.n)
	if r.n == len(p.starts)-1 {
		return end
	}
	cells, stop := 0, start
	var g glyph
	for off := start; off < end; off = g.end {
		g = glyphAt(p.text, off)
		cells, stop = cells+g.cells, off
	}
	if isGap(g.first) || cells > e.limit() {
		return stop
	}
	return end
}

// column is the cell of the caret on its row.
func (e *editor) column(r textRow) int {
	p := e.pars[r.par]
	return e.method.StringWidth(e.draw(p, p.starts[r.n], e.caret.off))
}

// seek puts the caret on a row, at a column or as near as the row has one.
func (e *editor) seek(r textRow, column int) {
	p := e.pars[r.par]
	off, stop := p.starts[r.n], e.rowStop(r)
	for cells := 0; off < stop; {
		g := glyphAt(p.text, off)
		cells += e.method.StringWidth(e.shown(p.text[off:g.end]))
		if cells > column {
			break
		}
		off = g.end
	}
	e.move(textPlace{r.par, off})
	e.upstream = p.rowAt(off) > r.n
}
