package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// A nudgeScreen shows what a nudge found, one place after another, before a
// guide keeps its entry. It stands where the guide stood, and passes on to it
// everything that is not a key. Whatever was chosen is in the walk when the
// page is left, on whichever way.
type nudgeScreen struct {
	*nudge
	guide  *guideScreen
	at     int      // the place that is shown
	words  []string // what is offered there
	focus  int      // 0: as it is; then the offers; then the line
	line   lineInput
	busy   bool // the entry is being kept
	width  int
	height int
}

// nudgeCard says how far it goes to take names out.
const nudgeCard = "not-anonymous"

// notYetAnonymous is said once, under the first place.
const notYetAnonymous = "With the names out, people may still be able to tell who it is, say the ICO and the GMC. ctrl+o says more."

// look returns the page of a nudge, or nil when there is nothing to show.
func (g *guideScreen) look() screen {
	if g.settings.SkipNames {
		return nil
	}
	n := newNudge(g.session, g.walk.guide, g.walk.toDraft().Answers)
	if len(n.finds) == 0 {
		return nil
	}
	s := &nudgeScreen{nudge: n, guide: g, line: newLineInput(g.session, "Or, in your own words:", "")}
	s.show(0)
	return s
}

// show goes to a place. The same words as in another place are offered the
// same, marked already.
func (n *nudgeScreen) show(at int) {
	n.at, n.words, n.focus = at, n.offers(at), 0
	n.line.editor.setValue("")
	f := &n.finds[at]
	switch i := slices.Index(n.words, f.words); {
	case f.chosen && !f.typed && i >= 0:
		n.focus = i + 1
	case f.chosen:
		n.line.editor.setValue(f.words)
		n.focus = n.onLine()
	case n.before(at) != "":
		n.focus = 1
	}
}

// reopen goes back to a place and undoes what was chosen there. It stays marked.
func (n *nudgeScreen) reopen(at int) {
	n.show(at)
	n.leave(at)
}

// writing reports whether there are words of the person's own on the line, to
// which the keys of an editor belong.
func (n *nudgeScreen) writing() bool { return n.focus == n.onLine() && n.line.text() != "" }

// onLine is the focus of the line for the person's own words.
func (n *nudgeScreen) onLine() int { return len(n.words) + 1 }

func (n *nudgeScreen) init() tea.Cmd { return nil }

func (n *nudgeScreen) setSize(width, height int) {
	n.width, n.height = width, height
	n.line.setWidth(width)
}

func (n *nudgeScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if n.busy {
			return nil
		}
		return n.key(msg)
	case tea.PasteMsg:
		if !n.busy {
			n.write(msg)
		}
		return nil
	}
	cmd := n.guide.update(msg)
	if n.busy && n.guide.then == stay { // it could not be kept, and the guide says why
		n.busy = false
		return tea.Batch(cmd, n.replace(n.guide))
	}
	return cmd
}

func (n *nudgeScreen) key(msg tea.KeyPressMsg) tea.Cmd {
	switch k := msg.String(); {
	case k == "enter" || k == "tab":
		return n.take()
	case key.Matches(msg, keys.keepRest) && !n.writing():
		return n.finish()
	case key.Matches(msg, keys.back) && n.at == 0:
		n.hand()
		return tea.Batch(n.guide.save(), n.replace(n.guide))
	case key.Matches(msg, keys.back):
		n.reopen(n.at - 1)
	case k == "up":
		n.focus = max(n.focus-1, 0)
	case k == "down" && n.focus == n.onLine() && !n.writing():
		n.focus = 0 // words that were taken back leave the choices
	case k == "down":
		n.focus = min(n.focus+1, n.onLine())
	case key.Matches(msg, keys.about):
		if card, ok := n.library.Card(nudgeCard); ok {
			return n.push(newCard(n.session, card))
		}
	case n.focus == n.onLine() || startsText(msg):
		n.write(msg)
	}
	return nil
}

// write takes what is typed or pasted to the line.
func (n *nudgeScreen) write(msg tea.Msg) {
	if n.line.editor.update(msg) {
		n.focus = n.onLine()
	}
}

// take does what is marked, and goes on.
func (n *nudgeScreen) take() tea.Cmd {
	switch {
	case n.writing():
		n.put(n.at, n.line.text(), true)
	case n.focus == 0 || n.focus == n.onLine():
		n.leave(n.at)
	default:
		n.put(n.at, n.words[n.focus-1], false)
	}
	if n.at == len(n.finds)-1 {
		return n.finish()
	}
	n.show(n.at + 1)
	return nil
}

// hand gives the walk what was chosen.
func (n *nudgeScreen) hand() {
	w := n.guide.walk
	before := w.changes
	for _, a := range n.keptAnswers() {
		w.set(a)
	}
	if w.changes != before {
		n.guide.field = newField(n.session, w) // it held the words as they were
	}
}

// finish keeps the entry, with the places that are left as they are.
func (n *nudgeScreen) finish() tea.Cmd {
	n.hand()
	n.busy = true
	return n.guide.keepSeen()
}

// keep implements [keeper].
func (n *nudgeScreen) keep() tea.Cmd {
	if !n.busy {
		n.hand()
	}
	return n.guide.keep()
}

// keepNow implements [keeper].
func (n *nudgeScreen) keepNow() error {
	if !n.busy {
		n.hand()
	}
	return n.guide.keepNow()
}

// sentenceRows are the sentence with what was found, which is set off by marks
// and by weight.
func (n *nudgeScreen) sentenceRows() []string {
	before, found, after := n.sentence(n.at)
	st := n.styles
	text := st.ink.Render(before) + st.strong.Render("‹"+found+"›") + st.ink.Render(after)
	return strings.Split(lipgloss.Wrap(text, n.width, ""), "\n")
}

// head is the question, the sentence and what was found in it, in at most so
// many rows: where there are few, the row with what was found.
func (n *nudgeScreen) head(room int) []string {
	f, st := &n.finds[n.at], n.styles
	set := func(s string) []string { return wrapped(st.muted, s, n.width) }
	sentence := n.sentenceRows()
	brief := set("This may be " + f.Kind.Label() + ".")
	what := set("This may be " + f.Kind.Label() + ". It can stay, or something else can stand here.")
	question := set(printable(f.prompt))
	var quiet []string
	if n.at == 0 {
		quiet = set(notYetAnonymous)
	}
	space := []string{""}
	apart := space[:min(len(quiet), 1)]
	for _, rows := range [][]string{
		slices.Concat(question, sentence, space, what, apart, quiet, space),
		slices.Concat(question, sentence, what, quiet, space),
		slices.Concat(sentence, brief, quiet, space),
		slices.Concat(sentence, brief, quiet),
		slices.Concat(sentence, brief, space),
		slices.Concat(sentence, space),
		sentence,
	} {
		if len(rows) <= room {
			return rows
		}
	}
	marked := slices.IndexFunc(sentence, func(row string) bool { return strings.Contains(ansi.Strip(row), "‹") })
	from := max(min(marked, len(sentence)-room), 0)
	return sentence[from:min(from+max(room, 0), len(sentence))]
}

// fewChoices are enough to be seen at once under the first place; the others
// come into sight.
const fewChoices = 4

// asItIs is the first of the choices.
const asItIs = "as it is"

// page is what is shown; at says where the focused choice is.
func (n *nudgeScreen) page() (page []string, at int) {
	st := n.styles
	var choices []string
	for i, words := range append([]string{asItIs}, n.words...) {
		mark, style := st.pointed(i == n.focus)
		choices = append(choices, ansi.Truncate(mark+style.Render(printable(words)), n.width, "…"))
	}
	line := strings.Split(n.line.view(st, n.focus == n.onLine()), "\n")
	switch {
	case n.height < 9:
		line = line[1:]
	case n.height > 16:
		line = append([]string{""}, line...)
	}
	room := n.height - len(line)
	head := max(room-len(choices), min(room/2, room-2))
	if n.at == 0 {
		head = max(head, room-fewChoices) // for what is said only here
	}
	page = n.head(head)
	choices, above := scrollTo(choices, min(n.focus, len(choices)-1), max(room-len(page), 1), st.muted)
	at = len(page) + n.focus - above
	page = slices.Concat(page, choices, line)
	if n.focus == n.onLine() {
		at = len(page) - 1
	}
	return page, at
}

func (n *nudgeScreen) view() string {
	page, _ := n.page()
	return strings.Join(page, "\n")
}

func (n *nudgeScreen) cursor() (x, y int, ok bool) {
	_, y = n.page()
	if n.focus == n.onLine() {
		x, _ = n.line.cursor()
	}
	return x, y, y < n.height
}

func (n *nudgeScreen) title() (place, aside string) {
	return n.guide.walk.guide.Title + placeMark + "Before it is kept", fmt.Sprintf("%d of %d", n.at+1, len(n.finds))
}
func (n *nudgeScreen) typing() bool { return true }

// narrowKeys is the width from which there is room for the keys in full.
const narrowKeys = 60

func (n *nudgeScreen) help() []key.Binding {
	take, rest, back := "put it there", "keep all as it is", "back"
	if n.focus == 0 || n.focus == n.onLine() && !n.writing() {
		take = "leave it"
	}
	if n.chosen() {
		rest = "keep the rest"
	}
	if n.width < narrowKeys {
		take, rest = map[string]string{"put it there": "put it", "leave it": "next"}[take], "all"
	}
	if n.at > 0 {
		back = "back one"
	}
	out := []key.Binding{bind("enter", take)}
	if !n.writing() {
		out = append(out, bind("ctrl+k", rest))
	}
	return append(out, bind("esc", back), bind("↑ ↓", "choose"), keys.about)
}
