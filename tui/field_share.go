package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
)

// A shareField shares the squares of a day between its parts. A rough guess
// takes a few keys; what is left over stays left over.
type shareField struct {
	*session
	step   content.Step
	counts []int
	focus  int
	stray  stray
	width  int
	height int
}

func newShareField(s *session, step content.Step, a journal.Answer) *shareField {
	f := &shareField{session: s, step: step}
	for _, p := range step.Parts {
		f.counts = append(f.counts, a.Shares[p.ID])
	}
	return f
}

func (f *shareField) setSize(width, height int) { f.width, f.height = width, height }

// left is how many squares are not given yet.
func (f *shareField) left() int {
	n := f.step.Squares
	for _, c := range f.counts {
		n -= c
	}
	return n
}

func (f *shareField) update(msg tea.Msg) (bool, tea.Cmd) {
	set := func(n int) {
		f.counts[f.focus] = min(max(n, 0), f.counts[f.focus]+f.left())
	}
	if f.stray.follows(msg) {
		return true, nil
	}
	switch pressed(msg) {
	case "up":
		f.focus = max(f.focus-1, 0)
	case "down":
		f.focus = min(f.focus+1, len(f.counts)-1)
	case "right", "space":
		set(f.counts[f.focus] + 1)
	case "left":
		set(f.counts[f.focus] - 1)
	case "backspace", "delete":
		set(0)
	default:
		d := digit(msg)
		if d < 0 {
			return f.stray.takes(msg), nil
		}
		set(d)
	}
	return true, nil
}

func (f *shareField) parts() []sharePart {
	parts := make([]sharePart, len(f.counts))
	for i, p := range f.step.Parts {
		parts[i] = sharePart{label: p.Label, count: f.counts[i]}
	}
	return parts
}

// shareInstead says how squares are shared, to somebody who types words.
const shareInstead = "Here ← → give squares, and ↑ ↓ move."

// said is what is said under the parts, if anything.
func (f *shareField) said() []string { return f.stray.rows(f.styles, shareInstead, f.width) }

// room is how many rows the parts have.
func (f *shareField) room() int { return max(f.height-len(f.said()), 1) }

func (f *shareField) view() string {
	var rows []string
	if f.settings.Still {
		rows, _ = f.inWords()
	} else {
		rows = squares(f.parts(), f.step.Squares, f.focus, f.width, f.room(), f.styles)
	}
	return strings.Join(append(rows, f.said()...), "\n")
}

// inWords are the parts for a screen reader; at says where the focused one is.
func (f *shareField) inWords() (rows []string, at int) {
	var items [][]string
	for _, line := range squaresText(f.parts(), f.step.Squares, f.focus) {
		items = append(items, strings.Split(wrap(line, f.width), "\n"))
	}
	return scrollWhole(items, f.focus, f.room(), f.styles.muted)
}

func (f *shareField) cursor() (x, y int, ok bool) {
	if f.settings.Still {
		_, y = f.inWords()
		return 0, y, true
	}
	// The focused part is the row with its mark.
	for i, row := range strings.Split(f.view(), "\n") {
		if strings.Contains(row, "›") {
			return 0, i, true
		}
	}
	return 0, 0, true
}

func (f *shareField) typing() bool { return false }

func (f *shareField) help() []key.Binding {
	out := []key.Binding{keys.next, bind("← →", "share"), bind("↑ ↓", "move"), keys.back, keys.digit}
	if f.counts[f.focus] > 0 {
		out = append(out, keys.clear)
	}
	return out
}

func (f *shareField) answers() []journal.Answer {
	a := journal.Answer{Step: f.step.ID, Prompt: f.step.Prompt}
	for i, p := range f.step.Parts {
		if f.counts[i] > 0 {
			if a.Shares == nil {
				a.Shares = make(map[string]int)
			}
			a.Shares[p.ID] = f.counts[i]
		}
	}
	return []journal.Answer{a}
}
