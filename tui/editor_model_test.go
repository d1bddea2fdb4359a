package tui

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// naiveEditor is an editor without any cleverness: a string, a caret, and every
// text that there ever was. All it knows is found again from the beginning.
type naiveEditor struct {
	text  string
	caret int
	past  map[string]bool
}

// stops are all the places where a caret can be.
func (m *naiveEditor) stops() []int {
	stops := []int{0}
	for g := uniseg.NewGraphemes(m.text); g.Next(); {
		_, to := g.Positions()
		stops = append(stops, to)
	}
	return stops
}

// beside are the stops next to the caret.
func (m *naiveEditor) beside() (before, after int) {
	stops := m.stops()
	i := slices.Index(stops, m.caret)
	return stops[max(i-1, 0)], stops[min(i+1, len(stops)-1)]
}

// replace changes the text and moves the caret behind the change.
func (m *naiveEditor) replace(from, to int, ins string) {
	m.text = m.text[:from] + ins + m.text[to:]
	m.caret = from + len(ins)
	m.caret = m.stops()[slices.IndexFunc(m.stops(), func(s int) bool { return s >= m.caret })]
	m.past[m.text] = true
}

// editorPieces are what the tests write: scripts, widths and joins of every kind.
var editorPieces = []string{
	"a", "word ", " ", "  ", "well-being, ", "supercalifragilistic", "\n", "\n\n",
	"é", "e\u0301", "\u0301", "żółć ", "tŷ ", "привет ", "مرحبا ", "\u0651", "नमस्ते ", "สวัสดี",
	"你好", "，", "「吗」", "。", "ｶﾞ", "한국어", "\u1112\u1161\u11ab",
	"👋", "👨‍👩‍👧", "\u200d", "👩", "❤️", "\ufe0f", "🇬", "🇬🇧", "👍🏽", "\u200b", "\u00a0", "1️⃣",
}

// caretOffset is the caret as a byte of the whole text.
func caretOffset(e *editor) int { return len(e.between(textPlace{}, e.caret)) }

// checkEditor holds what must be true of every editor at any time.
func checkEditor(t *testing.T, e *editor) {
	t.Helper()
	if e.width > 0 {
		checkEditorView(t, e)
	}
	total := 0
	for i, p := range e.pars {
		fresh := newParagraph(bytes.Clone(p.text), e.limit())
		if !slices.Equal(p.starts, fresh.starts) {
			t.Fatalf("paragraph %d %q: rows start at %v, wrapped afresh at %v", i, p.text, p.starts, fresh.starts)
		}
		total += len(fresh.starts)
	}
	if !e.oneLine && e.rows() != total {
		t.Fatalf("rows: got %d, want %d", e.rows(), total)
	}
}

func checkEditorView(t *testing.T, e *editor) {
	t.Helper()
	lines := strings.Split(e.view(), "\n")
	if len(lines) != e.height {
		t.Fatalf("got %d rows, want %d", len(lines), e.height)
	}
	for _, line := range lines {
		if wc, gr := ansi.StringWidthWc(line), ansi.StringWidth(line); wc > e.width || gr > e.width {
			t.Fatalf("row %q is %d or %d cells wide, want at most %d", line, wc, gr, e.width)
		}
	}
	if x, y := e.cursor(); x < 0 || x >= e.width || y < 0 || y >= e.height {
		t.Fatalf("caret at %d,%d in %dx%d", x, y, e.width, e.height)
	}
}

// checkEditorRows compares the rows of a window as tall as the text with
// the text. In three cells and more, nothing of it is ever cut but a wide
// space that hangs at a row's end.
func checkEditorRows(t *testing.T, e *editor) {
	t.Helper()
	if e.width < 3 {
		return
	}
	height := e.height
	e.setSize(e.width, e.rows())
	got, want := drawnText(strings.Split(e.view(), "\n")), drawnText(strings.Split(e.value(), "\n"))
	if got != want {
		t.Fatalf("at width %d the rows show %q, the text is %q", e.width, got, want)
	}
	e.setSize(e.width, height)
}

// drawnText is all of the text that takes up cells, without wide spaces.
func drawnText(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		for g := uniseg.NewGraphemes(line); g.Next(); {
			s := glyphText(g.Bytes())
			if cells := cellsOf(s); cells == 1 || cells > 1 && !isGap(g.Runes()[0]) {
				b.WriteString(s)
			}
		}
	}
	return b.String()
}

// randomStep does one random thing to the editor and the same to the model.
func randomStep(r *rand.Rand, e *editor, m *naiveEditor) string {
	before, after := m.beside()
	piece := editorPieces[r.IntN(len(editorPieces))]
	switch n := r.IntN(20); {
	case n < 6:
		for g := uniseg.NewGraphemes(piece); g.Next(); {
			if g.Str() == "\n" {
				e.update(editorKey("enter"))
			} else {
				e.update(editorText(g.Str()))
			}
			m.replace(m.caret, m.caret, g.Str())
		}
		return "type " + piece
	case n < 8:
		piece += editorPieces[r.IntN(len(editorPieces))]
		e.update(tea.PasteMsg{Content: piece})
		m.replace(m.caret, m.caret, piece)
		return "paste " + piece
	case n < 10:
		e.update(editorKey("backspace"))
		if before < m.caret {
			m.replace(before, m.caret, "")
		}
		return "backspace"
	case n < 11:
		e.update(editorKey("delete"))
		if after > m.caret {
			m.replace(m.caret, after, "")
		}
		return "delete"
	case n < 12:
		e.update(editorKey("left"))
		m.caret = before
		return "left"
	case n < 13:
		e.update(editorKey("right"))
		m.caret = after
		return "right"
	case n < 15:
		keys := []string{"up", "down", "home", "end", "pgup", "pgdown", "ctrl+a", "ctrl+e",
			"ctrl+left", "ctrl+right", "ctrl+home", "ctrl+end"}
		key := keys[r.IntN(len(keys))]
		e.update(editorKey(key))
		m.caret = caretOffset(e)
		return key
	case n < 16:
		keys := []string{"ctrl+w", "alt+d", "ctrl+u", "ctrl+k"}
		key := keys[r.IntN(len(keys))]
		size, from := len(m.text), caretOffset(e)
		e.update(editorKey(key))
		if gone := size - len(e.value()); gone > 0 {
			start := from
			if key == "ctrl+w" || key == "ctrl+u" {
				start -= gone
			}
			m.replace(start, start+gone, "")
		}
		return key
	case n < 18:
		key := []string{"ctrl+z", "ctrl+z", "ctrl+y"}[r.IntN(3)]
		e.update(editorKey(key))
		m.text, m.caret = e.value(), caretOffset(e)
		return key
	default:
		w, h := r.IntN(30), 1+r.IntN(6)
		e.setSize(w, h)
		return fmt.Sprintf("size %dx%d", w, h)
	}
}

// TestEditorAgainstModel writes at random, in an editor and in the model.
func TestEditorAgainstModel(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		e := newEditor(false)
		e.setSize(1+r.IntN(30), 1+r.IntN(5))
		var original string
		for range r.IntN(30) {
			original += editorPieces[r.IntN(len(editorPieces))]
		}
		e.setValue(original)
		m := &naiveEditor{text: original, caret: len(original), past: map[string]bool{original: true}}
		var done []string
		for range 60 {
			done = append(done, randomStep(r, &e, m))
			if e.value() != m.text || caretOffset(&e) != m.caret {
				t.Fatalf("seed %d, after %q:\ngot  %q, caret %d\nwant %q, caret %d",
					seed, done, e.value(), caretOffset(&e), m.text, m.caret)
			}
			if !slices.Contains(m.stops(), m.caret) {
				t.Fatalf("seed %d, after %q: the caret is inside a character", seed, done)
			}
			if !m.past[e.value()] {
				t.Fatalf("seed %d, after %q: %q was never the text", seed, done, e.value())
			}
			checkEditor(t, &e)
		}
		checkEditorRows(t, &e)
		checkEditorUndo(t, &e, original)
	}
}

// checkEditorUndo goes all the way back, and all the way forward again.
func checkEditorUndo(t *testing.T, e *editor, original string) {
	t.Helper()
	playScript(e, fmt.Sprintf("<ctrl+y %d>", historyLimit))
	final := e.value()
	playScript(e, fmt.Sprintf("<ctrl+z %d>", historyLimit))
	if e.value() != original {
		t.Fatalf("undoing all: got %q, want %q", e.value(), original)
	}
	checkEditor(t, e)
	playScript(e, fmt.Sprintf("<ctrl+y %d>", historyLimit))
	if e.value() != final {
		t.Fatalf("redoing all: got %q, want %q", e.value(), final)
	}
	checkEditor(t, e)
}

// TestEditorEveryWidth looks at one text of all scripts through every window, and
// walks down it and up again: each key must move by one row. The widths above
// 60 are samples.
func TestEditorEveryWidth(t *testing.T) {
	text := strings.Join(editorPieces, "") + strings.Join(editorPieces, "x")
	for width := 1; width <= 300; width += 1 + width/61 {
		for _, height := range []int{1, 3, 100} {
			e := newEditor(false)
			e.setSize(width, height)
			e.setValue(text)
			checkEditor(t, &e)
			checkEditorRows(t, &e)
			playScript(&e, "<ctrl+home>")
			for n := 1; n < e.rows(); n++ {
				above := e.caretRow()
				if !e.update(editorKey("down")) || e.caretRow() != e.rowFrom(above, 1) {
					t.Fatalf("width %d: down sticks on row %d", width, n)
				}
				checkEditorView(t, &e)
			}
			for n := 1; n < e.rows(); n++ {
				e.update(editorKey([]string{"end", "home"}[n%2]))
				below := e.caretRow()
				if !e.update(editorKey("up")) || e.caretRow() != e.rowFrom(below, -1) {
					t.Fatalf("width %d: up sticks, %d rows from the end", width, n)
				}
				checkEditorView(t, &e)
			}
			if e.update(editorKey("up")) || e.update(editorKey("pgup")) {
				t.Fatalf("width %d: up moves above the first row", width)
			}
		}
	}
}

// TestEditorPlainLetters holds the quick way to measure to the full rules.
func TestEditorPlainLetters(t *testing.T) {
	for r := range rune(utf8.MaxRune) {
		cells := plainCells(r)
		if cells == 0 {
			continue
		}
		if got := cellsOf(string(r)); got != cells {
			t.Errorf("%U is %d cells, want %d", r, got, cells)
		}
		for _, other := range []rune{r, 'a', '你', 'ب', '한'} {
			for _, pair := range []string{string(r) + string(other), string(other) + string(r)} {
				if uniseg.GraphemeClusterCount(pair) != 2 {
					t.Errorf("%+q are one character", pair)
				}
			}
		}
	}
}

// FuzzEditor sets any text at all, and plays any keys.
func FuzzEditor(f *testing.F) {
	f.Add("", []byte("abc"), uint8(10), false)
	f.Add("well-being 👨‍👩‍👧\ne\u0301 你好", []byte{0, 1, 2, 3, 40, 41, 42, 250}, uint8(3), false)
	f.Add("a\r\n\xff\x9b[2J\u202e\u3000\u3000 x", []byte{200, 201, 7, 8, 9}, uint8(1), false)
	f.Add("one two", []byte{5, 6, 7, 60, 61}, uint8(4), true)
	keys := []string{"enter", "left", "right", "up", "down", "home", "end", "pgup", "pgdown",
		"backspace", "delete", "ctrl+w", "alt+d", "ctrl+u", "ctrl+k", "ctrl+z", "ctrl+y",
		"ctrl+left", "ctrl+right", "ctrl+home", "ctrl+end"}
	f.Fuzz(func(t *testing.T, text string, script []byte, width uint8, oneLine bool) {
		if len(text) > 400 || len(script) > 100 {
			return
		}
		e := newEditor(oneLine)
		e.setSize(int(width), 3)
		e.setValue(text)
		original := e.value()
		if !oneLine && original != text {
			t.Fatalf("got %q, want %q", original, text)
		}
		for _, b := range script {
			switch n := int(b); {
			case n < len(keys):
				e.update(editorKey(keys[n]))
			case n < 128:
				e.update(editorText(editorPieces[n%len(editorPieces)]))
			case n < 192:
				e.update(tea.PasteMsg{Content: text[:n%(len(text)+1)]})
			default:
				e.setSize(n-192, 1+n%5)
			}
			checkEditor(t, &e)
			if oneLine && strings.Contains(e.value(), "\n") {
				t.Fatalf("a single line holds %q", e.value())
			}
		}
		checkEditorUndo(t, &e, original)
	})
}

// BenchmarkEditorKey types a character in the middle of a text and draws.
func BenchmarkEditorKey(b *testing.B) {
	vocabulary := strings.Fields("the visit was long and all of us children tired but they laughed when supervision")
	words := func(n int) string {
		r := rand.New(rand.NewPCG(1, 1))
		var text strings.Builder
		for range n {
			text.WriteString(vocabulary[r.IntN(len(vocabulary))] + " ")
		}
		return text.String()
	}
	for _, bm := range []struct{ name, text string }{
		{"empty", ""},
		{"5000 words in one paragraph", words(5000)},
		{"5000 words in many paragraphs", strings.ReplaceAll(words(5000), "visit ", "visit.\n\n")},
		{"10000 words in one paragraph", words(10000)},
		{"10000 paragraphs", strings.Repeat("one two three\n", 10000)},
		{"10000 Chinese characters", strings.Repeat("我今天很累但是孩子们笑了", 833)},
	} {
		b.Run(bm.name, func(b *testing.B) {
			e := newEditor(false)
			e.setSize(72, 20)
			e.setValue(bm.text)
			e.move(textPlace{len(e.pars) / 2, 0})
			e.move(textPlace{e.caret.par, len(e.pars[e.caret.par].text) / 2 / 3 * 3})
			e.settle()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%100 == 99 { // as people do, and the text keeps its size
					playScript(&e, "<ctrl+z 100>")
				}
				e.update(editorText("x"))
				_ = e.view()
			}
		})
	}
}
