package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// A choiceField offers words: one of them, or several, set like a paragraph
// under the names of their groups. A word of the person's own is as good.
type choiceField struct {
	*session
	step   content.Step
	words  []content.Word // all groups after one another, own words last
	groups []string       // the group's label of each word
	chosen map[string]bool
	focus  int // the word under the cursor; -1: none yet
	line   lineInput
	onLine bool
	own    editor
	adding bool // a word of the person's own is being typed
	stray  stray
	width  int
	height int
	rows   []choiceRow
}

// choiceRow is one row of the page: a group's name, or words.
type choiceRow struct {
	label string
	first int // index of the first word, and how many there are
	n     int
}

const ownGroup = "your own"

func newChoiceField(s *session, step content.Step, a journal.Answer) *choiceField {
	f := &choiceField{session: s, step: step, chosen: make(map[string]bool), own: s.newEditor(true)}
	for _, g := range step.Groups {
		for _, w := range g.Words {
			f.words = append(f.words, w)
			f.groups = append(f.groups, g.Label)
		}
	}
	f.focus = -1
	if step.Many {
		f.focus = 0
	}
	for _, c := range a.Choices {
		i := slices.IndexFunc(f.words, func(w content.Word) bool { return w.Label == c })
		if i < 0 {
			f.words = append(f.words, content.Word{ID: c, Label: c})
			f.groups = append(f.groups, ownGroup)
			i = len(f.words) - 1
		}
		f.chosen[c] = true
		if !step.Many {
			f.focus = i
		}
	}
	f.line = newLineInput(s, step.Line, a.Text) // shown only where the step asks for one
	return f
}

func (f *choiceField) setSize(width, height int) {
	f.width, f.height = width, height
	f.line.setWidth(width)
	f.own.setSize(max(width-len(linePrefix), 1), 1)
	f.flow()
}

// flow sets the words in rows.
func (f *choiceField) flow() {
	f.rows = nil
	used := 0
	for i := range f.words {
		newGroup := i == 0 || f.groups[i] != f.groups[i-1]
		if newGroup && f.groups[i] != "" {
			f.rows = append(f.rows, choiceRow{label: f.groups[i]})
		}
		cell := ansi.StringWidth(f.cell(i))
		if newGroup || !f.step.Many || used+cell > f.width {
			f.rows = append(f.rows, choiceRow{first: i})
			used = 0
		}
		f.rows[len(f.rows)-1].n++
		used += cell
	}
}

// marks stand on either side of a word: that it is chosen, and where the person
// is, are told by shapes and not by colour alone.
func (f *choiceField) marks(i int) (before, after string) {
	before, after = "  ", "  "
	switch chosen := f.chosen[f.words[i].Label]; {
	case chosen && i == f.focus:
		before, after = "✓ ", " ‹"
	case chosen:
		before = "✓ "
	case i == f.focus:
		before = "› "
	}
	return before, after
}

// cell is a word with its marks.
func (f *choiceField) cell(i int) string {
	before, after := f.marks(i)
	return before + f.shown(i) + after
}

// shown is a word as it is drawn: one of an import may hold anything.
func (f *choiceField) shown(i int) string { return printable(f.words[i].Label) }

func (f *choiceField) update(msg tea.Msg) (bool, tea.Cmd) {
	if f.adding {
		return f.updateOwn(msg), nil
	}
	if f.onLine {
		if f.line.editor.update(msg) {
			return true, nil
		}
		if pressed(msg) == "up" {
			f.onLine = false
			return true, nil
		}
		return false, nil
	}
	if f.stray.follows(msg) {
		return true, nil
	}
	switch k := pressed(msg); k {
	case "down":
		if !f.move(1) && f.asksLine() {
			f.onLine = true
		}
	case "up":
		f.move(-1)
	case "right":
		if !f.step.Many && f.asksLine() {
			f.onLine = true
			break
		}
		f.focusOn(f.focus + 1)
	case "left":
		f.focusOn(f.focus - 1)
	case "home":
		f.focusOn(0)
	case "end":
		f.focusOn(len(f.words) - 1)
	case "pgdown":
		f.group(1)
	case "pgup":
		f.group(-1)
	case "space":
		f.toggle()
	case "backspace", "delete":
		f.clear()
	default:
		if k == "+" && f.step.Own {
			f.adding = true
			break
		}
		return f.letter(msg), nil
	}
	return true, nil
}

// letter lets somebody who starts to write do so: on the line, before anything
// is chosen too, or as a word of their own.
func (f *choiceField) letter(msg tea.Msg) bool {
	if !startsText(msg) {
		return false
	}
	switch {
	case f.step.Line != "":
		f.onLine = true
		f.line.editor.update(msg)
	case f.step.Own:
		f.adding = true
		f.own.update(msg)
	default:
		return f.stray.takes(msg)
	}
	return true
}

// asksLine reports whether there is a line to go to: it belongs to a choice, and
// some choices say all there is to say. What is written on it is always to be
// seen.
func (f *choiceField) asksLine() bool {
	switch {
	case f.step.Line == "":
		return false
	case f.onLine, !f.line.editor.empty():
		return true
	}
	return slices.ContainsFunc(f.words, func(w content.Word) bool { return f.chosen[w.Label] && !w.Alone })
}

func (f *choiceField) updateOwn(msg tea.Msg) bool {
	switch pressed(msg) {
	case "enter":
		f.add(f.ownWord())
		f.own.setValue("")
		f.adding = false
		return true
	case "esc":
		f.own.setValue("")
		f.adding = false
		return true
	}
	return f.own.update(msg)
}

// ownWord is the word being typed, or the listed one that it is.
func (f *choiceField) ownWord() string {
	word := strings.TrimSpace(f.own.value())
	for _, w := range f.words {
		if strings.EqualFold(w.Label, word) {
			return w.Label
		}
	}
	return word
}

// add chooses a word, which may be one that is not listed yet.
func (f *choiceField) add(word string) {
	if word == "" {
		return
	}
	i := slices.IndexFunc(f.words, func(w content.Word) bool { return w.Label == word })
	if i < 0 {
		f.words = append(f.words, content.Word{ID: word, Label: word})
		f.groups = append(f.groups, ownGroup)
		i = len(f.words) - 1
	}
	if !f.step.Many {
		clear(f.chosen)
	}
	f.chosen[f.words[i].Label] = true
	f.focus = i
	f.flow()
}

// focusOn moves to a word. Where one is chosen, moving chooses.
func (f *choiceField) focusOn(i int) bool {
	i = min(max(i, 0), len(f.words)-1)
	if i < 0 || i == f.focus {
		return false
	}
	f.focus = i
	if !f.step.Many {
		clear(f.chosen)
		f.chosen[f.words[i].Label] = true
	}
	return true
}

// toggle picks a word. Where several go together it also leaves one again;
// where one is chosen, moving has chosen it already.
func (f *choiceField) toggle() {
	if !f.step.Many {
		if f.focus < 0 {
			f.focusOn(0)
		}
		return
	}
	label := f.words[f.focus].Label
	if f.chosen[label] {
		delete(f.chosen, label)
		return
	}
	// What stands alone does not go with anything else.
	for _, w := range f.words {
		if w.Alone || f.words[f.focus].Alone {
			delete(f.chosen, w.Label)
		}
	}
	f.chosen[label] = true
}

func (f *choiceField) clear() {
	if f.step.Many {
		if f.focus >= 0 {
			delete(f.chosen, f.words[f.focus].Label)
		}
		return
	}
	clear(f.chosen)
	f.focus = -1
}

// rowOf returns the row of a word, and its place there.
func (f *choiceField) rowOf(word int) (row, place int) {
	for i, r := range f.rows {
		if r.label == "" && word >= r.first && word < r.first+r.n {
			return i, word - r.first
		}
	}
	return 0, 0
}

// column is the cell at which a word starts.
func (f *choiceField) column(row choiceRow, place int) int {
	x := 0
	for i := row.first; i < row.first+place; i++ {
		x += ansi.StringWidth(f.cell(i))
	}
	return x
}

// move goes a row up or down, to the word nearest below or above, and reports
// whether there was one.
func (f *choiceField) move(by int) bool {
	if f.focus < 0 {
		return by > 0 && f.focusOn(0)
	}
	at, place := f.rowOf(f.focus)
	goal := f.column(f.rows[at], place)
	for i := at + by; i >= 0 && i < len(f.rows); i += by {
		r := f.rows[i]
		if r.label != "" {
			continue
		}
		best := 0
		for p := range r.n {
			if f.column(r, p) <= goal {
				best = p
			}
		}
		return f.focusOn(r.first + best)
	}
	return false
}

// group goes to the start of the next or the last group.
func (f *choiceField) group(by int) {
	i := max(f.focus, 0)
	label := f.groups[i]
	for i += by; i >= 0 && i < len(f.words); i += by {
		if f.groups[i] != label {
			for i > 0 && f.groups[i-1] == f.groups[i] {
				i--
			}
			f.focusOn(i)
			return
		}
	}
	f.focusOn(i)
}

// tail is what stands under the words: what is chosen, where there is room to
// say it once more, what is said to it, and the line.
func (f *choiceField) tail() string {
	st := f.styles
	var parts []string
	if f.adding {
		parts = append(parts, st.muted.Render("A word of your own:")+"\n"+st.accent.Render(linePrefix)+f.own.view())
	}
	if i := f.focus; !f.adding && i >= 0 && f.chosen[f.words[i].Label] && f.words[i].Say != "" {
		parts = append(parts, st.ink.Render(wrap(f.words[i].Say, f.width)))
	}
	if f.asksLine() {
		parts = append(parts, f.line.view(st, f.onLine))
	}
	if rows := f.stray.rows(st, f.instead(), f.width); len(rows) > 0 {
		parts = append(parts, strings.Join(rows, "\n"))
	}
	tail := strings.Join(parts, "\n\n")
	if c := f.choices(); f.step.Many && !f.adding && len(c) > 0 {
		chosen := st.accent.Render(wrap("✓ "+printable(joined(c)), f.width))
		both := strings.TrimSuffix(chosen+"\n\n"+tail, "\n\n")
		if tail == "" || strings.Count(both, "\n")+2+2*leastField <= f.height {
			return both
		}
	}
	return tail
}

// instead says how a word is chosen, to somebody who types one.
func (f *choiceField) instead() string {
	if f.step.Many {
		return "Here the arrows move, and space picks."
	}
	return "Here you choose with ↑ ↓."
}

func (f *choiceField) view() string {
	rows, _, _ := f.page()
	return strings.Join(rows, "\n")
}

// style is how a word is drawn.
func (f *choiceField) style(i int) lipgloss.Style {
	switch {
	case i == f.focus && !f.onLine:
		return f.styles.selected
	case f.chosen[f.words[i].Label]:
		return f.styles.accent
	}
	return f.styles.ink
}

// drawn is a row as it is seen: several rows where a word is longer than one,
// each under its first.
func (f *choiceField) drawn(r choiceRow) []string {
	if r.label != "" {
		return wrapped(f.styles.muted, r.label, f.width)
	}
	var b strings.Builder
	for i := r.first; i < r.first+r.n; i++ {
		b.WriteString(f.style(i).Render(f.cell(i)))
	}
	if ansi.StringWidth(b.String()) <= f.width {
		return []string{b.String()}
	}
	before, after := f.marks(r.first)
	lines := strings.Split(wrap(f.shown(r.first), f.width-ansi.StringWidth(before+after)), "\n")
	lines[len(lines)-1] += after
	for i, line := range lines {
		lines[i] = f.style(r.first).Render(before + line)
		before = "  "
	}
	return lines
}

// page lays out the words and the tail, and says where the focused word and the
// tail start.
func (f *choiceField) page() (rows []string, at, tailAt int) {
	var items [][]string
	for _, r := range f.rows {
		items = append(items, f.drawn(r))
	}
	tail := f.tail()
	room := f.height
	if tail != "" {
		room -= strings.Count(tail, "\n") + 2
	}
	focused, _ := f.rowOf(max(f.focus, 0))
	rows, at = scrollWhole(items, focused, max(room, leastField), f.styles.muted)
	tailAt = len(rows) + 1
	if tail != "" {
		rows = append(rows, "")
		rows = append(rows, strings.Split(tail, "\n")...)
	}
	return rows, at, tailAt
}

func (f *choiceField) cursor() (x, y int, ok bool) {
	rows, at, tailAt := f.page()
	switch {
	case f.adding:
		x, _ = f.own.cursor()
		return x + len(linePrefix), min(tailAt+1, len(rows)-1), true
	case f.onLine:
		x, _ = f.line.cursor()
		return x, len(rows) - 1, true
	case f.focus < 0:
		return 0, 0, true
	}
	row, place := f.rowOf(f.focus)
	return f.column(f.rows[row], place), at, true
}

func (f *choiceField) typing() bool { return f.adding || f.onLine }

func (f *choiceField) help() []key.Binding {
	switch {
	case f.adding:
		return []key.Binding{bind("enter", "add it"), bind("esc", "leave it")}
	case f.onLine:
		return []key.Binding{keys.next, bind("↑", "to the words"), keys.back}
	case f.step.Many:
		out := []key.Binding{keys.next, keys.toggle, keys.back, bind("↑ ↓ ← →", "move"), bind("pgdn", "next group", "pgdown")}
		return append(out, f.writeHelp()...)
	}
	out := []key.Binding{keys.next, bind("↑ ↓", "pick"), keys.back}
	if f.asksLine() {
		out = []key.Binding{keys.next, bind("→", "a line"), keys.back, bind("↑ ↓", "pick")}
	}
	if len(f.chosen) > 0 {
		out = append(out, keys.clear)
	}
	return append(out, f.writeHelp()...)
}

// writeHelp are the keys that start to write.
func (f *choiceField) writeHelp() []key.Binding {
	switch {
	case f.step.Line != "":
		return []key.Binding{bind("a–z", "a line")}
	case f.step.Own:
		return []key.Binding{keys.own}
	}
	return nil
}

// choices are the chosen words in the order in which they are listed.
func (f *choiceField) choices() []string {
	var out []string
	for _, w := range f.words {
		if f.chosen[w.Label] && !slices.Contains(out, w.Label) {
			out = append(out, w.Label)
		}
	}
	return out
}

// answers includes a word that is still being typed: it was written, so it is
// kept.
func (f *choiceField) answers() []journal.Answer {
	a := journal.Answer{Step: f.step.ID, Prompt: f.step.Prompt, Choices: f.choices()}
	if word := f.ownWord(); f.adding && word != "" && !f.chosen[word] {
		if !f.step.Many {
			a.Choices = nil
		}
		a.Choices = append(a.Choices, word)
	}
	if f.step.Line != "" {
		a.Text = f.line.text()
	}
	return []journal.Answer{a}
}
