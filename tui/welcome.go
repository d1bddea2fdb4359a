package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
)

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
	renew  bool // the journal is open, by its recovery phrase, and gets another passphrase
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
	sayChanged
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
	words, err := generatePassphrase()
	if err != nil {
		w.words = ""
		return
	}
	w.words = words
}

// newRenewal asks somebody whose passphrase is lost for another one. They may
// leave it for later.
func newRenewal(s *session) *welcomeScreen {
	w := newWelcome(s)
	w.renew = true
	w.generate()
	w.enter(offerPassphrase)
	return w
}

// renewedMsg reports a change of passphrase.
type renewedMsg struct{ err error }

func (w *welcomeScreen) update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case unlockFailedMsg:
		w.busy, w.status = false, Sentence(m.err)
		w.enter(typeOnce)
		return nil
	case renewedMsg:
		w.busy = false
		if m.err != nil && !errors.Is(m.err, journal.ErrUnfinished) {
			w.status = Sentence(m.err)
			w.enter(typeOnce)
			return nil
		}
		// It opens the journal from now on, whatever is not finished yet.
		w.status = "Your passphrase is changed. The old one opens nothing here any more."
		if m.err != nil {
			w.status = Sentence(m.err)
		}
		w.status = strings.Join(append([]string{w.status}, ForeignLines(w.journal)...), " ")
		w.enter(sayChanged)
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
		case "esc", "q":
			return quit
		default:
			w.move(k)
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
			if w.renew {
				return w.pop()
			}
			w.enter(sayWhatThisIs)
		case "q":
			return quit
		default:
			w.move(k)
		}
	case sayChanged:
		switch k {
		case "enter", "esc":
			return w.pop()
		case "q":
			return quit
		default:
			w.move(k)
		}
	default:
		return w.take(msg, k)
	}
	return nil
}

// move scrolls a card that is longer than the window.
func (w *welcomeScreen) move(k string) {
	switch k {
	case "down", "pgdown", "space":
		w.scroll = min(w.scroll+1, w.last())
	case "up", "pgup":
		w.scroll = max(min(w.scroll, w.last())-1, 0)
	}
}

// last is how far the card can be moved up.
func (w *welcomeScreen) last() int {
	rows, _ := w.rows()
	return max(len(rows)-w.height, 0)
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
	if w.renew {
		return changePassphrase(w.journal, []byte(text))
	}
	return create(w.opts, []byte(text))
}

// changePassphrase gives the open journal another passphrase.
func changePassphrase(j *journal.Journal, passphrase []byte) tea.Cmd {
	return func() tea.Msg {
		defer clear(passphrase)
		return renewedMsg{j.ChangePassphrase(passphrase)}
	}
}

// create makes the journal.
func create(o Options, passphrase []byte) tea.Cmd {
	return func() tea.Msg {
		defer clear(passphrase)
		j, err := journal.Create(o.Path, passphrase, &o.Journal)
		if err != nil {
			return unlockFailedMsg{err}
		}
		return unlockedMsg{journal: j, notices: []string{"Your journal is made. It is one encrypted file, which goodenough sends nowhere; a backup or a synchronised folder may copy it."}}
	}
}

func (w *welcomeScreen) view() string {
	rows, at := w.rows()
	from := w.above(len(rows), at)
	return strings.Join(rows[from:min(from+w.height, len(rows))], "\n")
}

// above is how many of the rows are hidden above the window. The line to type
// on, at, stays in it, and what is said under it comes before what stands over
// it.
func (w *welcomeScreen) above(rows, at int) int {
	over := max(rows-w.height, 0)
	switch {
	case !w.typing():
		return min(w.scroll, over)
	case w.busy || w.status != "":
		return min(over, at)
	}
	return max(at+1-w.height, 0)
}

// rows are all that there is to see; at says where the line to type on is.
func (w *welcomeScreen) rows() (rows []string, at int) {
	st := w.styles
	add := func(s string) { rows = append(rows, strings.Split(s, "\n")...) }
	switch w.stage {
	case sayWhatThisIs:
		card, _ := w.library.Card("what-this-is")
		rows = cardRows(st, card, w.width)
	case offerPassphrase:
		card, _ := w.library.Card("passphrase")
		if w.renew {
			card = content.Card{Blocks: []content.Block{{Text: "That was your recovery phrase, and your entries are here. Please choose a new passphrase; the old one will then open nothing."}}}
		}
		if w.words != "" {
			add(st.muted.Render("A passphrase for you:"))
			add(st.strong.Render(wrap("  "+w.words, w.width)))
			add("")
		}
		rows = append(rows, cardRows(st, card, w.width)...)
	case sayChanged:
		add(st.strong.Render(wrap(w.status, w.width)))
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
		at = len(rows)
		add(st.accent.Render(linePrefix) + w.editor.view())
		add("")
		switch {
		case w.busy:
			add(st.muted.Render("a moment …"))
		case w.status != "":
			add(st.attention.Render(wrap(w.status, w.width)))
		case w.stage == typeOnce && w.words == "":
			add(st.muted.Render(wrap(strength(w.editor.value()), w.width)))
		}
	}
	return rows, at
}

func (w *welcomeScreen) cursor() (x, y int, ok bool) {
	if !w.typing() || w.busy {
		return 0, 0, true
	}
	rows, at := w.rows()
	x, _ = w.editor.cursor()
	return x + len(linePrefix), at - w.above(len(rows), at), true
}

func (w *welcomeScreen) title() (place, aside string) {
	n := min(int(w.stage)+1, 3)
	if w.renew {
		return "A new passphrase", fmt.Sprintf("%d of 2", n-1)
	}
	return "Welcome to goodenough", fmt.Sprintf("%d of 3", n)
}

func (w *welcomeScreen) typing() bool { return w.stage == typeOnce || w.stage == typeAgain }

func (w *welcomeScreen) help() []key.Binding {
	if !w.typing() {
		out := []key.Binding{bind("enter", "go on"), keys.quit}
		if w.stage == offerPassphrase {
			out = []key.Binding{bind("enter", "use these words"), keys.generate, keys.ownWords, bind("esc", "back")}
		}
		if w.last() > 0 {
			out = slices.Insert(out, 1, bind("↓ ↑", "more"))
		}
		return out
	}
	return []key.Binding{bind("enter", "go on"), bind("esc", "back"), keys.reveal}
}
