package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// The search of a list: what is typed is looked for as it is typed, and each
// entry is shown with the sentence in which it was found.

const searchPrefix = "/ "

// foundMsg is what a search found.
type foundMsg struct {
	list   *listScreen
	query  journal.Query
	found  journal.List
	recent bool // only the newest entries were looked at, and the others are to be
}

// look starts a search for what is asked, beside what is typed. One runs at a
// time; when it is over it is seen whether something else is asked by now.
func (l *listScreen) look() tea.Cmd { return l.lookAt(!l.prepared) }

// mostRecent is how many entries are looked at first while the journal is still
// being read for searches, which takes a second or more for a career: few enough
// to answer while somebody types.
const mostRecent = 2000

// lookAt is look; recent says to begin with the newest entries.
func (l *listScreen) lookAt(recent bool) tea.Cmd {
	if l.looking {
		return nil
	}
	l.looking = true
	list, j, q, was, anew := l.part.list, l.journal, l.query, l.found, l.anew
	l.anew = false
	return func() tea.Msg {
		if recent && q.Deep() {
			if all := j.List(journal.Query{}); all.Len() > mostRecent && all.Created(mostRecent-1).After(q.Since) {
				newest := q
				newest.Since = all.Created(mostRecent - 1)
				return foundMsg{l, q, list(j, newest), true}
			}
		}
		if !anew {
			if found, ok := was.Narrow(q); ok {
				return foundMsg{l, q, found, false}
			}
		}
		return foundMsg{l, q, list(j, q), false}
	}
}

// arrived takes what a search found.
func (l *listScreen) arrived(msg foundMsg) tea.Cmd {
	if msg.list != l {
		return nil
	}
	l.looking = false
	l.show(msg.found, msg.query)
	switch {
	case l.anew || msg.query != l.query:
		return l.look()
	case msg.recent:
		return l.lookAt(false)
	}
	return nil
}

// typeWords takes a key while words are typed.
func (l *listScreen) typeWords(msg tea.Msg) tea.Cmd {
	switch k := pressed(msg); k {
	case "enter":
		l.searching = false
		return l.read()
	case "esc", "tab", "shift+tab":
		l.searching = false
		l.move(0)
		return nil
	case "up", "down", "pgup", "pgdown":
		l.moved(k)
		return nil
	}
	before := l.words.revision()
	l.words.update(msg)
	if l.words.revision() == before {
		return nil
	}
	l.query.Search = l.words.value()
	return l.look()
}

// quotes reports whether entries are shown with what was found in them.
func (l *listScreen) quotes() bool {
	return l.found.Search().Shows() && l.len() > 0 && l.height-len(l.head()) >= leastList
}

// quote makes ready what was found in a few entries.
func (l *listScreen) quote(from, to int) {
	if !l.quotes() {
		return
	}
	if l.snippets == nil {
		l.snippets = make(map[string]string)
	}
	for i := from; i < to; i++ {
		id := l.at(i).ID
		if _, done := l.snippets[id]; done {
			continue
		}
		e, err := l.journal.Get(id)
		if err != nil {
			continue
		}
		l.snippets[id] = l.snippet(e)
	}
}

// snippetIndent stands before a sentence under its entry.
const snippetIndent = "    "

// snippet is the sentence of an entry with most of what was looked for.
func (l *listScreen) snippet(e journal.Entry) string {
	sentence := bestSentence(l.found.Search(), entryTexts(e))
	width := l.listWidth() - len(snippetIndent)
	return snippetIndent + ansi.Truncate(l.setOff(l.around(sentence, width), l.styles.muted), width, "…")
}

// entryTexts are the texts of an entry in which words can be found, but for its
// title, which is shown anyway.
func entryTexts(e journal.Entry) []string {
	var texts []string
	for _, a := range e.Answers {
		texts = append(texts, a.Text)
		for _, it := range a.Items {
			texts = append(texts, itemText(it))
		}
		texts = append(texts, strings.Join(a.Choices, ", "))
	}
	for _, t := range e.Later {
		texts = append(texts, t.Text)
	}
	return append(texts, strings.Join(e.Tags, ", "))
}

// mostPlaces bounds how many places of a text are weighed against one another.
const mostPlaces = 50

// bestSentence is the first of the sentences with the most places in which
// something was found.
func bestSentence(search journal.Search, texts []string) string {
	best, most := "", 0
	for _, text := range texts {
		places := search.Find(text)
		for _, p := range places[:min(len(places), mostPlaces)] {
			s := sentenceAt(text, p[0], p[1])
			if n := len(search.Find(s)); n > most {
				best, most = s, n
			}
		}
	}
	return best
}

// longSentence bounds how far a sentence reaches on either side, in bytes.
const longSentence = 300

// sentenceAt is the sentence round a place in a text. A long one begins with a
// whole word.
func sentenceAt(text string, from, to int) string {
	start, end := max(from-longSentence, 0), min(to+longSentence, len(text))
	cut := start > 0
	for i := from - 1; i >= start; i-- {
		if endsSentence(text, i) {
			start, cut = i+1, false
		}
	}
	if space := strings.IndexAny(text[start:from], " \n\t"); cut && space >= 0 {
		start += space
	}
	for i := to; i < end; i++ {
		if endsSentence(text, i) {
			end = i + 1
		}
	}
	sentence := strings.Join(strings.Fields(strings.ToValidUTF8(text[start:end], "")), " ")
	if cut {
		return "… " + sentence
	}
	return sentence
}

// endsSentence reports whether a sentence ends with the byte at i: a point
// inside a number does not.
func endsSentence(text string, i int) bool {
	switch text[i] {
	case '\n':
		return true
	case '.', '!', '?':
		return i+1 == len(text) || strings.IndexByte(" \n\t", text[i+1]) >= 0
	}
	return false
}

// around cuts off the start of a sentence, where what was found would not be in
// view otherwise.
func (l *listScreen) around(sentence string, width int) string {
	places := l.found.Search().Find(sentence)
	if len(places) == 0 || ansi.StringWidth(sentence[:places[0][1]]) < width-2 {
		return sentence
	}
	start := places[0][0]
	for start > 0 {
		before := strings.LastIndexByte(sentence[:start-1], ' ') + 1
		if ansi.StringWidth(sentence[before:places[0][0]]) > width/3 {
			break
		}
		start = before
	}
	return "… " + sentence[start:]
}

// setOff draws a text with what was found in it heavier, and between marks
// where there is no colour or words are wanted for pictures.
func (l *listScreen) setOff(text string, style lipgloss.Style) string {
	places := l.found.Search().Find(text)
	open, shut := "", ""
	if l.settings.Still || l.settings.Colour == "none" {
		open, shut = "‹", "›"
	}
	var b strings.Builder
	last := 0
	for _, p := range places {
		b.WriteString(style.Render(printable(text[last:p[0]])))
		b.WriteString(l.styles.strong.Render(open + printable(text[p[0]:p[1]]) + shut))
		last = p[1]
	}
	b.WriteString(style.Render(printable(text[last:])))
	return b.String()
}
