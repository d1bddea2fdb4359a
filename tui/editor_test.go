package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// editorKeyNames are the keys that the tests press by name.
var editorKeyNames = map[string]rune{
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape,
	"left": tea.KeyLeft, "right": tea.KeyRight, "up": tea.KeyUp, "down": tea.KeyDown,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
}

// editorKey is the message for a key such as "ctrl+left" or "alt+b".
func editorKey(name string) tea.KeyPressMsg {
	var k tea.Key
	for {
		if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
			k.Mod, name = k.Mod|tea.ModCtrl, rest
		} else if rest, ok := strings.CutPrefix(name, "alt+"); ok {
			k.Mod, name = k.Mod|tea.ModAlt, rest
		} else if rest, ok := strings.CutPrefix(name, "shift+"); ok {
			k.Mod, name = k.Mod|tea.ModShift, rest
		} else {
			break
		}
	}
	if code, ok := editorKeyNames[name]; ok {
		k.Code = code
	} else {
		k.Code = []rune(name)[0]
	}
	return tea.KeyPressMsg(k)
}

// editorText is the message for text that arrives from the keyboard.
func editorText(s string) tea.KeyPressMsg {
	return tea.KeyPressMsg{Code: []rune(s)[0], Text: s}
}

// playScript does what a script says: words in angle brackets are keys, perhaps
// several times ("<left 3>"), "<paste …>" pastes, the rest is typed.
func playScript(e *editor, script string) {
	for script != "" {
		before, rest, found := strings.Cut(script, "<")
		for g := uniseg.NewGraphemes(before); g.Next(); {
			e.update(editorText(g.Str()))
		}
		if !found {
			return
		}
		key, after, _ := strings.Cut(rest, ">")
		script = after
		if text, ok := strings.CutPrefix(key, "paste "); ok {
			e.update(tea.PasteMsg{Content: text})
			continue
		}
		times := 1
		if name, n, ok := strings.Cut(key, " "); ok {
			fmt.Sscan(n, &times)
			key = name
		}
		for range times {
			e.update(editorKey(key))
		}
	}
}

// editorWithCaret is the text with a bar where the caret is.
func editorWithCaret(e *editor) string {
	before := string(e.between(textPlace{}, e.caret))
	return before + "|" + e.value()[len(before):]
}

func TestEditorKeys(t *testing.T) {
	const family = "👨‍👩‍👧"
	tests := []struct {
		name, text, script, want string
	}{
		{"typing", "", "a visit", "a visit|"},
		{"typing in the middle", "a b", "<left>long ", "a long |b"},
		{"accents and other scripts", "", "tŷ żółć مرحبا 你好", "tŷ żółć مرحبا 你好|"},
		{"a new line", "ab", "<left><enter>", "a\n|b"},
		{"a new line where Enter goes on", "ab", "<left><ctrl+j>c<alt+enter>d<shift+enter>", "a\nc\nd\n|b"},
		{"a shifted key is the same key", "ab", "<shift+left><shift+backspace>", "|b"},

		{"backspace takes a family whole", "hi " + family, "<backspace>", "hi |"},
		{"backspace takes an accent with its letter", "cafe\u0301", "<backspace>", "caf|"},
		{"backspace takes a flag whole", "🇬🇧🇵🇱", "<backspace>", "🇬🇧|"},
		{"backspace joins lines", "a\nb", "<home><backspace>", "a|b"},
		{"backspace at the start does nothing", "ab", "<ctrl+home><backspace>", "|ab"},
		{"delete takes a family whole", family + "!", "<home><delete>", "|!"},
		{"delete joins lines", "a\nb", "<ctrl+home><end><delete>", "a|b"},
		{"delete at the end does nothing", "ab", "<delete>", "ab|"},
		{"an accent typed later joins its letter", "e", "\u0301<left>", "|e\u0301"},
		{"left and right go by character", family + "né", "<left 3><right>", family + "|né"},
		{"left goes to the line above", "ab\nc", "<home><left>", "ab|\nc"},
		{"right goes to the line below", "ab\nc", "<up><end><right>", "ab\n|c"},

		{"ctrl+left goes by word", "the long visit", "<ctrl+left 2>", "the |long visit"},
		{"alt+b goes by word", "the long visit", "<alt+b>", "the long |visit"},
		{"ctrl+right goes by word", "the long visit", "<home><ctrl+right 2>", "the long| visit"},
		{"alt+f goes past punctuation", "well, don't", "<home><alt+f 2>", "well, don't|"},
		{"words stop at the line's start", "one\ntwo", "<ctrl+left 2>", "one|\ntwo"},
		{"words stop at the line's end", "one\ntwo", "<ctrl+home><ctrl+right 2>", "one\n|two"},
		{"Chinese goes by character", "我很累", "<ctrl+left>", "我很|累"},
		{"ctrl+w takes a word", "the long visit", "<ctrl+w>", "the long |"},
		{"ctrl+w takes only an emoji", "tired 👋", "<ctrl+w>", "tired |"},
		{"alt+backspace takes a word", "a żółw", "<alt+backspace>", "a |"},
		{"alt+d takes the next word", "the long visit", "<home><alt+d>", "| long visit"},
		{"ctrl+u takes the start of the line", "one\ntwo three", "<ctrl+left><ctrl+u>", "one\n|three"},
		{"ctrl+k takes the end of the line", "one two\nthree", "<ctrl+home><alt+f><ctrl+k>", "one|\nthree"},
		{"ctrl+a and ctrl+e", "one\ntwo", "<ctrl+a>x<ctrl+e>y", "one\nxtwoy|"},
		{"ctrl+home", "one\ntwo", "<ctrl+home>x", "x|one\ntwo"},
		{"ctrl+end", "one\ntwo", "<ctrl+home><ctrl+end>x", "one\ntwox|"},

		{"a paste of several lines", "ad", "<left><paste b\nx\nc>", "ab\nx\nc|d"},
		{"a paste from Windows", "", "<paste a\r\nb\rc>", "a\nb\nc|"},
		{"a tab becomes spaces", "", "<paste a\tb>", "a    b|"},
		{"a paste cannot drive the terminal", "", "<paste \x1b[2Ja\x07\u009bb\x9b\x00>", "[2Jab\uFFFD|"},

		{"undo takes back a word", "", "one two three<ctrl+z>", "one two |"},
		{"undo takes back word after word", "", "one two three<ctrl+z 2>", "one |"},
		{"undo goes no further than the beginning", "old", " new<ctrl+z 9>", "old|"},
		{"redo", "", "one two three<ctrl+z 2><ctrl+y>", "one two |"},
		{"typing after undo ends redo", "", "one two<ctrl+z>x<ctrl+y>", "one x|"},
		{"undo brings back a word taken by backspace", "one two", "<backspace 5><ctrl+z>", "one |"},
		{"undo of delete leaves the caret before", "ab cd", "<home><delete 2><ctrl+z>", "|ab cd"},
		{"undo of a paste takes it whole", "a", "<paste b c\nd e><ctrl+z>", "a|"},
		{"undo of ctrl+k", "one two\nx", "<ctrl+home><ctrl+k><ctrl+z>", "|one two\nx"},
		{"undo puts the caret back", "one two", "<ctrl+w><ctrl+home><ctrl+z>", "one two|"},
		{"moving away begins a new step", "", "ab<left><right>c<ctrl+z>", "ab|"},
		{"Chinese is undone by character", "", "我很累<ctrl+z>", "我很|"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEditor(false)
			e.setSize(40, 5)
			e.setValue(tt.text)
			playScript(&e, tt.script)
			if got := editorWithCaret(&e); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestEditorRows(t *testing.T) {
	tests := []struct {
		name   string
		width  int
		text   string
		script string
		view   string
		x, y   int
	}{
		{"wraps at words", 9, "how was the day", "", "how was \nthe day", 7, 1},
		{"breaks a long word at the width", 6, "abcdefgh", "", "abcde\nfgh", 3, 1},
		{"a full row keeps a cell for the caret", 6, "abcde", "", "abcde", 5, 0},
		{"a space at the end of a full row hangs", 6, "abcde", " ", "abcde \n", 0, 1},
		{"the next word follows on the next row", 6, "abcde", " f", "abcde \nf", 1, 1},
		{"a second space is on the next row", 6, "abcde", "  ", "abcde \n ", 1, 1},
		{"backspace comes back over the space", 6, "abcde", " <backspace>", "abcde", 5, 0},
		{"a word goes back up when it fits", 8, "ab cde fghi", "<ctrl+home><delete 3>", "cde \nfghi", 0, 0},
		{"a hyphen may end a row", 8, "well-being", "", "well-\nbeing", 5, 1},
		{"a minus stays with its number", 5, "at -40", "", "at \n-40", 3, 1},
		{"wide characters are not split", 6, "你好吗", "", "你好\n吗", 2, 1},
		{"a Chinese full stop does not begin a row", 6, "我很好。", "", "我很\n好。", 4, 1},
		{"emoji are two cells", 6, "👋👋👋", "", "👋👋\n👋", 2, 1},
		{"a space that holds words together", 8, "a 10\u00A0km", "", "a 10\u00A0km", 7, 0},
		{"end stops before the space", 9, "how was the day", "<ctrl+home><end>", "how was \nthe day", 7, 0},
		{"end of a broken word is behind its last letter", 6, "abcdefgh", "<ctrl+home><end>", "abcde\nfgh", 5, 0},
		{"right from there goes on", 6, "abcdefgh", "<ctrl+home><end><right>", "abcde\nfgh", 1, 1},
		{"left from there goes back", 6, "abcdefgh", "<ctrl+home><end><left>", "abcde\nfgh", 4, 0},
		{"home from there is the same row's start", 6, "abcdefgh", "<ctrl+home><end><home>", "abcde\nfgh", 0, 0},
		{"home is the row's, not the line's", 9, "how was the day", "<home>", "how was \nthe day", 0, 1},
		{"down keeps its column over a short row", 9, "abcdef\na\nabcdef", "<ctrl+home><right 4><down 2>", "abcdef\na\nabcdef", 4, 2},
		{"down keeps its column over an emoji", 9, "abcd\n👋👋\nabcd", "<ctrl+home><right 3><down 2>", "abcd\n👋👋\nabcd", 3, 2},
		{"up from a row's end", 6, "abcdefgh", "<up>", "abcde\nfgh", 3, 0},
		{"control characters draw nothing", 9, "a\x1b[1mb\u0085\r", "", "a[1mb", 5, 0},
		{"a tab draws a space", 9, "a\tb", "", "a b", 3, 0},
		{"bytes that are no text", 9, "a\xffb", "", "a\uFFFDb", 3, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEditor(false)
			e.setSize(tt.width, 1)
			e.setValue(tt.text)
			playScript(&e, tt.script)
			e.setSize(tt.width, e.rows())
			view := e.view()
			x, y := e.cursor()
			if view != tt.view || x != tt.x || y != tt.y {
				t.Errorf("got %q, caret %d,%d; want %q, caret %d,%d", view, x, y, tt.view, tt.x, tt.y)
			}
		})
	}
}

func TestEditorOneLine(t *testing.T) {
	tests := []struct {
		name, text, script string
		masked             bool
		value, view        string
		x                  int
	}{
		{"short text", "abc", "", false, "abc", "abc", 3},
		{"scrolls to the caret", "abcdefghij", "", false, "abcdefghij", "efghij", 6},
		{"scrolls back", "abcdefghij", "<left 8>", false, "abcdefghij", "cdefghi", 0},
		{"home shows the start", "abcdefghij", "<home>", false, "abcdefghij", "abcdefg", 0},
		{"end shows the end", "abcdefghij", "<home><end>", false, "abcdefghij", "efghij", 6},
		{"fills the room after a deletion", "abcdefghij", "<backspace 2>", false, "abcdefgh", "cdefgh", 6},
		{"wide characters", "你好吗我很累", "", false, "你好吗我很累", "我很累", 6},
		{"a wide character is not cut", "你好吗我", "<home>", false, "你好吗我", "你好吗", 0},
		{"words do not wrap", "one two", "<home>", false, "one two", "one two", 0},
		{"a pasted newline is a space", "", "<paste a\r\nb\nc>", false, "a b c", "a b c", 5},
		{"a pasted line's end is dropped", "", "<paste abc\n>", false, "abc", "abc", 3},
		{"a set newline is a space", "a\nb", "", false, "a b", "a b", 3},
		{"a passphrase shows dots", "née 👋", "", true, "née 👋", "•••••", 5},
		{"a long passphrase scrolls", "five words on paper", "", true, "five words on paper", "••••••", 6},
		{"dots show no words", "five words", "<ctrl+w>", true, "", "", 0},
		{"dots show no words to the left", "five words", "<ctrl+left>", true, "five words", "•••••••", 0},
		{"dots show no words to the right", "five words", "<home><ctrl+right>", true, "five words", "••••••", 6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEditor(true)
			e.masked = tt.masked
			e.setSize(7, 0)
			e.setValue(tt.text)
			playScript(&e, tt.script)
			x, y := e.cursor()
			if e.value() != tt.value || e.view() != tt.view || x != tt.x || y != 0 {
				t.Errorf("got value %q, view %q, caret %d,%d; want %q, %q, %d,0",
					e.value(), e.view(), x, y, tt.value, tt.view, tt.x)
			}
			if e.rows() != 1 {
				t.Errorf("a single line has %d rows", e.rows())
			}
		})
	}
}

func TestEditorShowingThePassphrase(t *testing.T) {
	e := newEditor(true)
	e.setSize(7, 1)
	e.masked = true
	e.setValue("你好吗我很累")
	e.masked = false
	if x, _ := e.cursor(); e.view() != "我很累" || x != 6 {
		t.Errorf("shown: got %q, caret %d", e.view(), x)
	}
}

func TestEditorKeysLeftToTheScreen(t *testing.T) {
	tests := []struct {
		name    string
		oneLine bool
		setup   string
		keys    []string
		taken   bool
	}{
		{"the screen's keys", false, "", []string{"tab", "shift+tab", "esc", "ctrl+x",
			"ctrl+s", "ctrl+l", "ctrl+g", "ctrl+c", "ctrl+o"}, false},
		{"enter in a single line", true, "", []string{"enter"}, false},
		{"enter", false, "", []string{"enter"}, true},
		{"up and down in a single line", true, "", []string{"up", "down", "pgup", "pgdown"}, false},
		{"up on the first row", false, "<ctrl+home>", []string{"up", "pgup"}, false},
		{"down on the last row", false, "", []string{"down", "pgdown"}, false},
		{"up below the first row", false, "", []string{"up"}, true},
		{"keys that find nothing to do", false, "<ctrl+home>", []string{"left", "backspace",
			"ctrl+w", "ctrl+u", "home"}, true},
	}
	for _, tt := range tests {
		for _, key := range tt.keys {
			t.Run(tt.name+" "+key, func(t *testing.T) {
				e := newEditor(tt.oneLine)
				e.setSize(20, 4)
				e.setValue("one\ntwo")
				playScript(&e, tt.setup)
				text, revision := e.value(), e.revision()
				if got := e.update(editorKey(key)); got != tt.taken {
					t.Errorf("taken: got %v, want %v", got, tt.taken)
				}
				if !tt.taken && (e.value() != text || e.revision() != revision) {
					t.Errorf("a key left to the screen changed the text")
				}
			})
		}
	}
}

func TestEditorScrolling(t *testing.T) {
	lines := make([]string, 20)
	for i := range lines {
		lines[i] = fmt.Sprint(i)
	}
	tests := []struct {
		name, script, view string
		y                  int
	}{
		{"the end at first", "", "17\n18\n19", 2},
		{"up inside the window stays", "<up 2>", "17\n18\n19", 0},
		{"up past the window scrolls", "<up 3>", "16\n17\n18", 0},
		{"the start", "<ctrl+home>", "0\n1\n2", 0},
		{"page down keeps a row to read on from", "<ctrl+home><pgdown>", "2\n3\n4", 0},
		{"page up", "<pgup>", "15\n16\n17", 2},
		{"page up at the top", "<pgup 50>", "0\n1\n2", 0},
		{"no rows are left empty after a deletion", "<backspace 3>", "16\n17\n18", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEditor(false)
			e.setSize(10, 3)
			e.setValue(strings.Join(lines, "\n"))
			playScript(&e, tt.script)
			if _, y := e.cursor(); e.view() != tt.view || y != tt.y {
				t.Errorf("got %q, caret on row %d; want %q, row %d", e.view(), y, tt.view, tt.y)
			}
		})
	}
}

func TestEditorGrowingWindowShowsMoreText(t *testing.T) {
	e := newEditor(false)
	e.setSize(10, 1)
	e.setValue("a\nb\nc")
	e.setSize(10, 5)
	if got, want := e.view(), "a\nb\nc\n\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEditorCaretFollowsTheTerminal(t *testing.T) {
	e := newEditor(false)
	e.setSize(10, 1)
	e.setValue("❤️")
	if x, _ := e.cursor(); x != 1 {
		t.Errorf("on a terminal that counts runes: caret at %d, want 1", x)
	}
	e.method = ansi.GraphemeWidth
	if x, _ := e.cursor(); x != 2 {
		t.Errorf("on a terminal that counts graphemes: caret at %d, want 2", x)
	}
}

func TestEditorTextIsKeptByteForByte(t *testing.T) {
	for _, text := range []string{
		"", "\n", "a\r\nb\tc", "\xff\x9b", "مرحبا بالعالم\u200f!", "Mae'n dŷ hyfryd",
		"zażółć gęślą jaźń", "你好，世界", "e\u0301\u0301", "\u202eabc\u2069", "\ufeff\u200d",
	} {
		e := newEditor(false)
		e.setSize(5, 3)
		e.setValue(text)
		if got := e.value(); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
		if e.empty() != (text == "") {
			t.Errorf("%q: empty is %v", text, e.empty())
		}
	}
}

func TestEditorRevisionGrowsWithTheText(t *testing.T) {
	e := newEditor(false)
	e.setSize(20, 3)
	for _, step := range []struct {
		script string
		grows  bool
	}{
		{"a", true}, {"<left>", false}, {"<backspace>", false}, {"<delete>", true},
		{"<ctrl+z>", true}, {"<ctrl+z>", true}, {"<ctrl+z>", false}, {"<ctrl+y>", true}, {"<paste >", false},
	} {
		before := e.revision()
		playScript(&e, step.script)
		if grew := e.revision() > before; grew != step.grows {
			t.Errorf("%s: grew is %v", step.script, grew)
		}
	}
}

func TestEditorWipeForgets(t *testing.T) {
	e := newEditor(false)
	e.setSize(20, 3)
	playScript(&e, "a secret<enter>two<ctrl+w>")
	text, step := e.pars[0].text, e.history.steps[0].inserted
	e.wipe()
	if !e.empty() || strings.TrimSpace(e.view()) != "" {
		t.Errorf("still there: %q, %q", e.value(), e.view())
	}
	if string(text) != strings.Repeat("\x00", len(text)) || string(step) != strings.Repeat("\x00", len(step)) {
		t.Errorf("memory not cleared: %q, %q", text, step)
	}
	playScript(&e, "<ctrl+z><ctrl+y>")
	if !e.empty() {
		t.Errorf("undo brought back %q", e.value())
	}
	playScript(&e, "new")
	if e.value() != "new" {
		t.Errorf("after a wipe: got %q", e.value())
	}
}

func TestEditorUndoIsBounded(t *testing.T) {
	e := newEditor(false)
	e.setSize(20, 3)
	playScript(&e, strings.Repeat("ab ", historyLimit+50))
	playScript(&e, fmt.Sprintf("<ctrl+z %d>", historyLimit+100))
	if got, want := e.value(), strings.Repeat("ab ", 50); got != want {
		t.Errorf("got %d bytes left, want %d", len(got), len(want))
	}
}

func TestEditorNothingIsDrawnBeforeASize(t *testing.T) {
	e := newEditor(false)
	e.setValue("one two")
	playScript(&e, " three<up><end><ctrl+w>")
	if x, y := e.cursor(); e.view() != "" || x != 0 || y != 0 {
		t.Errorf("got %q, caret %d,%d", e.view(), x, y)
	}
	e.setSize(20, 1)
	if got := e.view(); got != "one two " {
		t.Errorf("got %q", got)
	}
}
