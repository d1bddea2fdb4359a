package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/sethvargo/go-diceware/diceware"
	"goodenough/content"
	"goodenough/journal"
)

// passphraseWords is how many words a generated passphrase has: 64 bits, a
// billion years for one graphics card at the journal's key derivation.
const passphraseWords = 5

// A welcomeScreen is the first run: what this is and is not, a passphrase, and
// the making of the journal.
type welcomeScreen struct {
	*session
	stage  welcomeStage
	words  string // the generated passphrase; empty: one of their own
	first  string // as typed the first time
	editor editor
	status string
	busy   bool
	scroll int
	width  int
	height int
}

type welcomeStage int

const (
	sayWhatThisIs welcomeStage = iota
	offerPassphrase
	typeOnce
	typeAgain
)

func newWelcome(s *session) *welcomeScreen {
	w := &welcomeScreen{session: s, editor: s.newEditor(true)}
	w.editor.masked = true
	return w
}

func (w *welcomeScreen) init() tea.Cmd { return nil }

func (w *welcomeScreen) setSize(width, height int) {
	w.width, w.height = width, height
	w.editor.setSize(max(width-len(linePrefix), 1), 1)
}

// generate makes a passphrase. A failure of the word list leaves the person
// their own.
func (w *welcomeScreen) generate() {
	list, err := diceware.Generate(passphraseWords)
	if err != nil {
		w.words = ""
		return
	}
	w.words = strings.Join(list, " ")
}

func (w *welcomeScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(unlockFailedMsg); ok {
		w.busy, w.status = false, Sentence(m.err)
		w.enter(typeOnce)
		return nil
	}
	if w.busy {
		return nil
	}
	k := pressed(msg)
	switch w.stage {
	case sayWhatThisIs:
		switch k {
		case "enter":
			w.generate()
			w.enter(offerPassphrase)
		case "down", "pgdown", "space":
			w.scroll++
		case "up", "pgup":
			w.scroll = max(w.scroll-1, 0)
		case "esc", "q":
			return quit
		}
	case offerPassphrase:
		switch k {
		case "enter":
			w.enter(typeOnce)
		case "n":
			w.generate()
		case "o":
			w.words = ""
			w.enter(typeOnce)
		case "esc":
			w.enter(sayWhatThisIs)
		case "q":
			return quit
		}
	default:
		return w.take(msg, k)
	}
	return nil
}

func (w *welcomeScreen) enter(stage welcomeStage) {
	w.stage, w.scroll = stage, 0
	w.editor.wipe()
	if stage != typeAgain {
		w.first = ""
	}
}

// take reads the passphrase, once and again.
func (w *welcomeScreen) take(msg tea.Msg, k string) tea.Cmd {
	switch k {
	case "esc":
		w.status = ""
		w.enter(offerPassphrase)
		if w.words == "" {
			w.generate()
		}
		return nil
	case "ctrl+r":
		w.editor.masked = !w.editor.masked
		return nil
	case "enter":
		return w.typed(w.editor.value())
	}
	if w.editor.update(msg) {
		w.status = ""
	}
	return nil
}

func (w *welcomeScreen) typed(text string) tea.Cmd {
	switch {
	case text == "":
		return nil
	case w.stage == typeOnce && w.words != "" && text != w.words:
		w.status = "That is not quite the five words above. Small letters, and one space between them."
		return nil
	case w.stage == typeOnce:
		w.enter(typeAgain)
		w.first, w.status = text, ""
		return nil
	case text != w.first:
		w.status = "The two are not the same. Please type it from the beginning."
		w.enter(typeOnce)
		return nil
	}
	w.editor.wipe()
	w.first, w.words = "", ""
	w.busy = true
	return create(w.opts, []byte(text))
}

// create makes the journal.
func create(o Options, passphrase []byte) tea.Cmd {
	return func() tea.Msg {
		defer clear(passphrase)
		j, err := journal.Create(o.Path, passphrase, &o.Journal)
		if err != nil {
			return unlockFailedMsg{err}
		}
		return unlockedMsg{journal: j, notices: []string{"Your journal is made. It is encrypted, and on this computer only."}}
	}
}

func (w *welcomeScreen) view() string {
	st := w.styles
	var rows []string
	add := func(s string) { rows = append(rows, strings.Split(s, "\n")...) }
	switch w.stage {
	case sayWhatThisIs:
		card, _ := w.library.Card("what-this-is")
		rows = cardRows(st, card, w.width)
	case offerPassphrase:
		card, _ := w.library.Card("passphrase")
		if w.words != "" {
			add(st.muted.Render("A passphrase for you:"))
			add(st.strong.Render(wrap("  "+w.words, w.width)))
			add("")
		}
		rows = append(rows, cardRows(st, card, w.width)...)
	default:
		question := "Your own passphrase. A few unusual words are better than one clever one."
		if w.words != "" {
			question = "Please type the five words, once now and once from paper or memory."
		}
		if w.stage == typeAgain {
			question = "And once more, please."
		}
		add(st.strong.Render(wrap(question, w.width)))
		add("")
		if w.words != "" && w.stage == typeOnce {
			add(st.ink.Render(wrap("  "+w.words, w.width)))
			add("")
		}
		add(st.accent.Render(linePrefix) + w.editor.view())
		add("")
		switch {
		case w.busy:
			add(st.muted.Render("making your journal …"))
		case w.status != "":
			add(st.attention.Render(wrap(w.status, w.width)))
		case w.stage == typeOnce && w.words == "":
			add(st.muted.Render(wrap(strength(w.editor.value()), w.width)))
		}
	}
	return strings.Join(w.scrolled(rows), "\n")
}

// scrolled is the part of a long card that is shown.
func (w *welcomeScreen) scrolled(rows []string) []string {
	if len(rows) <= w.height {
		w.scroll = 0
		return rows
	}
	w.scroll = min(w.scroll, len(rows)-w.height)
	return rows[w.scroll : w.scroll+w.height]
}

func (w *welcomeScreen) cursor() (x, y int, ok bool) {
	if w.stage < typeOnce || w.busy {
		return 0, 0, true
	}
	for i, row := range strings.Split(w.view(), "\n") {
		if strings.Contains(row, linePrefix) {
			x, _ = w.editor.cursor()
			return x + len(linePrefix), i, true
		}
	}
	return 0, 0, true
}

func (w *welcomeScreen) title() (place, aside string) {
	n := min(int(w.stage)+1, 3)
	return "Welcome to goodenough", fmt.Sprintf("%d of 3", n)
}

func (w *welcomeScreen) typing() bool { return w.stage >= typeOnce }

func (w *welcomeScreen) help() []key.Binding {
	switch w.stage {
	case sayWhatThisIs:
		return []key.Binding{bind("⏎", "go on"), bind("↓", "more"), keys.quit}
	case offerPassphrase:
		return []key.Binding{bind("⏎", "use these words"), keys.generate, keys.ownWords, bind("esc", "back")}
	}
	return []key.Binding{bind("⏎", "go on"), bind("esc", "back"), keys.reveal}
}

// cardRows sets a card as lines of at most width cells.
func cardRows(st styles, c content.Card, width int) []string {
	var rows []string
	add := func(s string) { rows = append(rows, strings.Split(s, "\n")...) }
	var last content.BlockKind
	for i, b := range c.Blocks {
		if i > 0 && !(b.Kind == content.Item && last == content.Item) {
			add("")
		}
		switch b.Kind {
		case content.Heading:
			add(st.strong.Render(wrap(b.Text, width)))
		case content.Item:
			for n, line := range strings.Split(wrap(b.Text, width-2), "\n") {
				mark := "· "
				if n > 0 {
					mark = "  "
				}
				add(st.muted.Render(mark) + st.ink.Render(line))
			}
		default:
			add(st.ink.Render(wrap(b.Text, width)))
		}
		last = b.Kind
	}
	return rows
}
