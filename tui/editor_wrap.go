package tui

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// paragraph is the text between two newlines and the table of its rows.
//
// A row's end follows from the text behind its start alone. So two tables
// that agree on one start agree on every row after it, and after a change it
// is enough to wrap until a new start meets an old one. The starts serve a
// second purpose: each is known to be between two characters, and so is a
// textPlace to begin when looking for the character before the caret.
type paragraph struct {
	text   []byte
	starts []int // where each row begins; never empty
}

// newParagraph takes the text and wraps it.
func newParagraph(text []byte, limit int) *paragraph {
	p := &paragraph{text: text}
	p.wrap(limit)
	return p
}

// wrap lays out the whole paragraph in rows of at most limit cells.
func (p *paragraph) wrap(limit int) {
	p.starts = append(p.starts[:0], 0)
	for more := true; more; {
		var end int
		if end, more = p.breakRow(p.starts[len(p.starts)-1], limit); more {
			p.starts = append(p.starts, end)
		}
	}
}

// breakRow finds where the row that starts at start ends, and whether another
// follows. A row ends at the last break that fits. A space that no longer
// fits hangs in the cell behind the limit and ends its row, and so does a
// character too wide for any row; then a row follows even when the text is
// at its end, so that the caret has a cell to be in.
func (p *paragraph) breakRow(start, limit int) (end int, more bool) {
	cells, stop := 0, start
	var last, prev glyph
	for off := start; off < len(p.text); {
		g := glyphAt(p.text, off)
		if off > start && breaksBetween(last, prev, g) {
			stop = off
		}
		if cells+g.cells > limit {
			switch {
			case isGap(g.first), off == start:
				return g.end, true
			case stop > start:
				return stop, true
			default:
				return off, true
			}
		}
		cells += g.cells
		last, prev, off = prev, g, g.end
	}
	return len(p.text), false
}

// splice replaces n bytes at a place and wraps again what that moved.
func (p *paragraph) splice(at, n int, ins []byte, limit int) {
	if n == 0 && len(ins) == 0 {
		return
	}
	first := p.affected(at)
	p.text = spliceBytes(p.text, at, n, ins)
	p.rewrap(first, at+n, len(ins)-n, limit)
}

// split cuts the paragraph in two and returns the second.
func (p *paragraph) split(at, limit int) *paragraph {
	tail := &paragraph{text: slices.Clone(p.text), starts: slices.Clone(p.starts)}
	tail.splice(0, at, nil, limit)
	p.splice(at, len(p.text)-at, nil, limit)
	return tail
}

// join appends another paragraph, with its rows.
func (p *paragraph) join(q *paragraph, limit int) {
	seam := len(p.text)
	first := p.affected(seam)
	p.text = spliceBytes(p.text, seam, 0, q.text)
	if last := len(p.starts) - 1; last > 0 && p.starts[last] == seam {
		p.starts = p.starts[:last]
	}
	for _, s := range q.starts {
		if seam+s > 0 {
			p.starts = append(p.starts, seam+s)
		}
	}
	p.rewrap(min(first, len(p.starts)-1), seam, 0, limit)
}

// affected is the first row that a change at a place can alter. A shorter
// word may go up a row, and a row's end was decided by looking at the first
// character that did not fit, which may stand at the start of the row after
// the next.
func (p *paragraph) affected(at int) int {
	return max(p.rowAt(max(at-1, 0))-2, 0)
}

// rewrap lays out the rows from first on, until one starts where one did
// before: the starts from end on are those of before the change and have
// moved by shift.
func (p *paragraph) rewrap(first, end, shift, limit int) {
	old := p.starts[first+1:]
	start := p.starts[first]
	var fresh []int
	for {
		next, more := p.breakRow(start, limit)
		if !more {
			p.starts = append(p.starts[:first+1], fresh...)
			return
		}
		for len(old) > 0 && (old[0] < end || old[0]+shift < next) {
			old = old[1:]
		}
		if len(old) > 0 && old[0]+shift == next {
			for i := range old {
				old[i] += shift
			}
			p.starts = slices.Replace(p.starts, first+1, len(p.starts)-len(old), fresh...)
			return
		}
		fresh = append(fresh, next)
		start = next
	}
}

// rowAt is the row that holds the byte at off.
func (p *paragraph) rowAt(off int) int {
	return sort.SearchInts(p.starts, off+1) - 1
}

// row is where a row begins and ends.
func (p *paragraph) row(n int) (start, end int) {
	if n+1 < len(p.starts) {
		return p.starts[n], p.starts[n+1]
	}
	return p.starts[n], len(p.text)
}

// previous is the start of the character before off, which must not be 0.
func (p *paragraph) previous(off int) int {
	start := p.starts[p.rowAt(off-1)]
	for {
		end := glyphAt(p.text, start).end
		if end >= off {
			return start
		}
		start = end
	}
}

// snap moves a place inside a character behind it.
func (p *paragraph) snap(off int) int {
	if off == 0 || off >= len(p.text) {
		return min(off, len(p.text))
	}
	return glyphAt(p.text, p.previous(off)).end
}

// clear overwrites the text.
func (p *paragraph) clear() {
	wipeBytes(p.text)
	p.text, p.starts = nil, []int{0}
}

// glyph is what a person would call a character: its first rune, its width,
// and where it ends.
type glyph struct {
	first      rune
	cells, end int
}

// glyphAt reads the character that begins at off.
//
// Its width is the larger of the two ways in which terminals count: a row
// must fit whichever the terminal turns out to use.
func glyphAt(text []byte, off int) glyph {
	r, size := utf8.DecodeRune(text[off:])
	if cells := plainCells(r); cells > 0 {
		next, _ := utf8.DecodeRune(text[off+size:])
		if off+size == len(text) || plainCells(next) > 0 {
			return glyph{r, cells, off + size}
		}
	}
	cluster, _, _, _ := uniseg.FirstGraphemeCluster(text[off:], -1)
	return glyph{r, cellsOf(glyphText(cluster)), off + len(cluster)}
}

// plainCells is the width of a letter that never joins with another such
// letter, 0 for all other runes. Most text in most languages is made of
// these, and for them the full rules would cost twenty times as much.
func plainCells(r rune) int {
	switch {
	case r >= ' ' && r <= '~', // ASCII
		r >= '\u00C0' && r <= '\u024F', // Latin with its accents
		r >= '\u0400' && r <= '\u0481', // Cyrillic
		r >= '\u0620' && r <= '\u064A', // Arabic
		r >= '\u2010' && r <= '\u2027': // dashes and quotation marks
		return 1
	case r >= '\u3001' && r <= '\u3011', // Chinese and Japanese marks
		r >= '\u3041' && r <= '\u3096', // Hiragana
		r >= '\u30A1' && r <= '\u30FA', // Katakana
		r >= '\u4E00' && r <= '\u9FFF', // Han
		r >= '\uAC00' && r <= '\uD7A3', // Korean
		r >= '\uFF01' && r <= '\uFF5E': // full-width forms
		return 2
	}
	return 0
}

// glyphText is how a character is drawn. Control characters draw nothing, since
// a text may come from elsewhere and must not drive the terminal; nor do
// accents without a letter, which the terminal would put on the character
// before. Bytes that are no text show as the replacement character.
func glyphText(cluster []byte) string {
	r, _ := utf8.DecodeRune(cluster)
	switch {
	case r == '\t':
		return " "
	case unicode.IsControl(r), unicode.In(r, unicode.Mn, unicode.Me), r == '\u200D':
		return ""
	}
	return strings.ToValidUTF8(string(cluster), "\uFFFD")
}

// cellsOf is the width of a drawn character on the less thrifty terminal.
func cellsOf(s string) int {
	return max(ansi.WcWidth.StringWidth(s), ansi.GraphemeWidth.StringWidth(s))
}

// breaksBetween reports whether a row may end between prev and next; last is
// the character before prev. Rows end behind spaces, behind a hyphen inside a
// word, and beside a wide character, where Chinese and Japanese may break
// everywhere except before a closing and behind an opening mark.
func breaksBetween(last, prev, next glyph) bool {
	switch {
	case isGap(next.first):
		return false
	case isGap(prev.first):
		return true
	case prev.first == '-' || prev.first == '–' || prev.first == '—':
		return unicode.IsLetter(last.first) && unicode.IsLetter(next.first)
	case prev.cells == 2 || next.cells == 2:
		return !opensBracket(prev.first) && (opensBracket(next.first) || !unicode.IsPunct(next.first))
	}
	return false
}

// opensBracket reports whether r is an opening bracket or quotation mark.
func opensBracket(r rune) bool { return unicode.In(r, unicode.Ps, unicode.Pi) }

// isGap reports whether r is a space that a row may end behind.
func isGap(r rune) bool {
	switch r {
	case ' ', '\t', '\u200B':
		return true
	case '\u00A0', '\u2007', '\u202F': // the spaces that hold words together
		return false
	}
	return r > '~' && unicode.IsSpace(r)
}

// spliceBytes replaces n bytes at a place. Where that needs a larger array it
// clears the old one, so that no copy of a private text is left behind.
func spliceBytes(text []byte, at, n int, ins []byte) []byte {
	size := len(text) - n + len(ins)
	if size <= cap(text) {
		return slices.Replace(text, at, at+n, ins...)
	}
	larger := make([]byte, 0, size+size/4+16)
	larger = append(larger, text[:at]...)
	larger = append(larger, ins...)
	larger = append(larger, text[at+n:]...)
	wipeBytes(text)
	return larger
}

// wipeBytes overwrites a text, and the room behind it.
func wipeBytes(text []byte) { clear(text[:cap(text)]) }
