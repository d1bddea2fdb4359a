package tui

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
)

// A pickedText is something that was picked to be written anew.
type pickedText struct {
	head  string   // what it is, and of when
	lines []string // as it is read beside a question
	words string   // what somebody wrote there
	day   string
}

// rewritten reports whether what is picked at a step is written anew at others.
func (w *walk) rewritten(step content.Step) bool {
	return step.Kind == content.Pick && !w.picksLines(step)
}

// rewrites reports whether the guide has such a step.
func (w *walk) rewrites() bool { return slices.ContainsFunc(w.guide.Steps, w.rewritten) }

// pickedTexts are what was picked at the steps of a walk whose picks are not
// lines of a brief.
func (s *session) pickedTexts(w *walk) []pickedText {
	var out []pickedText
	for _, step := range w.guide.Steps {
		if !w.rewritten(step) {
			continue
		}
		for _, it := range w.answer(step.ID).Items {
			out = append(out, s.pickedText(it.From))
		}
	}
	return out
}

func (s *session) pickedText(from string) pickedText {
	src, ok := sourceOf(s.journal, from)
	if !ok {
		return pickedText{head: "You picked " + goneName + "."}
	}
	day := src.entry.Created.Local().Format("2 January 2006")
	p := pickedText{head: "You picked " + src.name() + ", " + day, day: day}
	switch {
	case src.item != nil:
		p.lines = []string{printable(itemText(*src.item))}
		p.words = src.item.Text
	case src.answer != nil:
		p.lines = answerLines(s, src.entry.Guide, *src.answer)
		p.words = cmp.Or(src.answer.Text, strings.Join(p.lines, ", "))
	default:
		p.lines = answerText(s, Named(s.journal, src.entry))
		p.words = writing(src.entry)
	}
	return p
}

// writing is what somebody wrote in an entry, without the questions.
func writing(e journal.Entry) string {
	var texts []string
	for _, a := range e.Answers {
		if a.Text != "" {
			texts = append(texts, a.Text)
		}
	}
	return strings.Join(texts, "\n\n")
}

// isDay reports whether a step asks for the day of what is picked.
func (w *walk) isDay(step content.Step) bool {
	return slices.ContainsFunc(w.guide.Steps, func(s content.Step) bool { return w.rewritten(s) && s.Day == step.ID })
}

// A rewriteField is a question with what was picked from the journal above it,
// to be written anew. Nothing of that is in the answer unless a key brings it
// in.
type rewriteField struct {
	*textField
	picked []pickedText
	bring  string // what the key brings in; "": nothing
	scroll int    // of what was picked
	width  int
	height int
}

// newRewriteField makes the field of a question where something was picked, and
// an ordinary one where nothing was.
func newRewriteField(s *session, w *walk) field {
	step := w.step()
	text := newTextField(s, step, w.answer(step.ID))
	day := w.isDay(step)
	if !day && !step.Long {
		return text
	}
	f := &rewriteField{textField: text, picked: s.pickedTexts(w)}
	if len(f.picked) == 0 {
		return text
	}
	var parts []string
	for i, p := range f.picked {
		part := p.words
		if day {
			part, f.picked[i].lines = p.day, nil
		}
		if part != "" && !(day && len(parts) > 0) {
			parts = append(parts, part)
		}
	}
	f.bring = strings.Join(parts, "\n\n")
	return f
}

// pickedIndent stands before the words of what was picked, under its name.
const pickedIndent = "  "

// rows are all of what was picked, as it is read.
func (f *rewriteField) rows() []string {
	var rows []string
	for i, p := range f.picked {
		if i > 0 && len(p.lines) > 0 {
			rows = append(rows, "")
		}
		rows = append(rows, wrapped(f.styles.muted, p.head, f.width)...)
		for _, line := range p.lines {
			for part := range strings.SplitSeq(wrap(line, f.width-len(pickedIndent)), "\n") {
				rows = append(rows, pickedIndent+f.styles.ink.Render(part))
			}
		}
	}
	return rows
}

// above is how many rows are shown of what was picked, and gap how many are
// between it and the words.
func (f *rewriteField) above() (above, gap int) {
	if f.height > 2*leastField {
		gap = 1
	}
	return min(len(f.rows()), max((f.height-gap)/2, 1)), gap
}

// last is how far what was picked can be moved up.
func (f *rewriteField) last() int {
	above, _ := f.above()
	return max(len(f.rows())-above, 0)
}

func (f *rewriteField) setSize(width, height int) {
	f.width, f.height = width, height
	above, gap := f.above()
	f.scroll = min(f.scroll, f.last())
	f.textField.setSize(width, max(height-above-gap, 1))
}

// canBring reports whether there is something to bring in that is not there.
func (f *rewriteField) canBring() bool {
	return f.bring != "" && !strings.Contains(f.editor.value(), f.bring)
}

func (f *rewriteField) update(msg tea.Msg) (bool, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	switch {
	case ok && key.Matches(k, keys.bringIn):
		if f.canBring() {
			f.take()
		}
		return true, nil
	case ok && f.last() > 0 && (k.String() == "pgup" || k.String() == "pgdown"):
		above, _ := f.above()
		f.scroll = scrolled(k.String(), f.scroll, f.last(), max(above, 2))
		return true, nil
	}
	return f.textField.update(msg)
}

// take writes what was picked at the end, as one step that can be taken back.
func (f *rewriteField) take() {
	words := f.bring
	if !f.editor.empty() {
		words = "\n" + words
	}
	f.editor.move(f.editor.end())
	f.editor.update(tea.PasteMsg{Content: words})
}

func (f *rewriteField) view() string {
	above, gap := f.above()
	return pageOf(f.rows(), f.scroll, above, f.styles) + strings.Repeat("\n", gap+1) + f.textField.view()
}

func (f *rewriteField) cursor() (x, y int, ok bool) {
	above, gap := f.above()
	x, y, ok = f.textField.cursor()
	return x, y + above + gap, ok
}

func (f *rewriteField) help() []key.Binding {
	out := f.textField.help()
	own := []key.Binding{out[0]}
	if f.canBring() {
		own = append(own, keys.bringIn)
	}
	if f.last() > 0 {
		own = append(own, bind("pgdn", "more of it"))
	}
	return append(own, out[1:]...)
}
