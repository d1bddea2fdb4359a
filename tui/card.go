package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
)

// A cardScreen is a page to read.
type cardScreen struct {
	*session
	card   content.Card
	next   screen // where enter goes on to; may be nil
	opens  screen // the beginning of what the card names; may be nil
	scroll int
	width  int
	height int
}

func newCard(s *session, c content.Card) *cardScreen { return &cardScreen{session: s, card: c} }

func (c *cardScreen) init() tea.Cmd { return nil }

func (c *cardScreen) setSize(width, height int) {
	c.width, c.height = width, height
	c.scroll = min(c.scroll, c.last())
}

func (c *cardScreen) rows() []string { return cardRows(c.styles, c.card, c.width) }

// last is how far the page can be moved up.
func (c *cardScreen) last() int { return max(len(c.rows())-c.height, 0) }

func (c *cardScreen) update(msg tea.Msg) tea.Cmd {
	switch k := pressed(msg); {
	case k == "enter" && c.next != nil:
		return c.replace(c.next)
	case k == "enter" && c.opens != nil:
		return c.push(c.opens)
	case k == "esc", k == "shift+tab", k == "enter":
		return c.pop()
	case k == "q":
		return quit
	default:
		c.scroll = scrolled(k, c.scroll, c.last(), c.height)
	}
	return nil
}

func (c *cardScreen) view() string { return pageOf(c.rows(), c.scroll, c.height, c.styles) }

func (c *cardScreen) cursor() (x, y int, ok bool)  { return 0, 0, true }
func (c *cardScreen) title() (place, aside string) { return "Learn" + placeMark + c.card.Title, "" }
func (c *cardScreen) typing() bool                 { return false }

func (c *cardScreen) help() []key.Binding {
	out := append([]key.Binding{bind("esc", "back")}, scrollKeys(c.scroll, c.last())...)
	if c.next != nil {
		out = append([]key.Binding{bind("enter", "go on")}, out...)
	}
	if c.opens != nil {
		out = append([]key.Binding{bind("enter", "to its beginning")}, out...)
	}
	return append(out, keys.quit)
}

// scrollKeys are the keys that move a page from where it stands.
func scrollKeys(at, last int) []key.Binding {
	var out []key.Binding
	if last > 0 {
		out = append(out, bind("↓ ↑", "scroll"))
	}
	if at < last {
		out = append(out, keys.pageDown)
	}
	if at > 0 {
		out = append(out, keys.pageUp)
	}
	return out
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

// notACrisisTool is said over where to turn.
const notACrisisTool = "This program is not a crisis tool, and tells nobody. To reach a person, ring one of these."

// whereToTurn is the title of the page of places to turn to.
const whereToTurn = "Where to turn"

// ownNumbers is the person's own part of where to turn.
const ownNumbers = "Your own numbers"

// turnCard says where to turn in a nation, or in all of them when it is "":
// first what is for danger, then the person's own numbers, then the others.
// When they were checked, and what could not be, is at the end.
func turnCard(s *session, nation string) content.Card {
	c := content.Card{Title: whereToTurn}
	add := func(kind content.BlockKind, text string) {
		c.Blocks = append(c.Blocks, content.Block{Kind: kind, Text: text})
	}
	add(content.Paragraph, notACrisisTool)
	need := ""
	lines := s.library.Support(nation)
	for i, l := range lines {
		if l.Need != need {
			if i > 0 && need == lines[0].Need {
				s.ownLines(add)
			}
			need = l.Need
			add(content.Heading, need)
		}
		add(content.Item, s.supportWords(l, nation))
	}
	add(content.Heading, "How these were checked")
	for _, words := range checkedWords(lines) {
		add(content.Paragraph, words)
	}
	for _, l := range lines {
		if l.Unsure != "" {
			add(content.Item, l.Name+": "+l.Unsure)
		}
	}
	for _, n := range s.library.Nations() {
		if n.Note != "" && (nation == "" || nation == n.ID) {
			add(content.Item, n.Label+": "+n.Note)
		}
	}
	return c
}

// ownLines adds the numbers that the person wrote down.
func (s *session) ownLines(add func(content.BlockKind, string)) {
	switch {
	case s.journal == nil:
		add(content.Paragraph, "Numbers of your own are inside the journal.")
	case len(s.settings.Lines) > 0:
		add(content.Heading, ownNumbers)
		for _, l := range s.settings.Lines {
			add(content.Item, printable(strings.TrimSuffix(l.Name+": "+l.How, ": ")))
		}
	}
}

// supportWords says a place to turn to and, where it is not for all nations, for
// which.
func (s *session) supportWords(l content.Support, nation string) string {
	words := l.Name + ": " + l.How
	if nation == "" && len(l.Nations) > 0 {
		words = s.nationWords(l.Nations) + ", " + words
	}
	if !strings.HasSuffix(words, ".") {
		words += "."
	}
	if l.About != "" {
		words += " " + l.About
	}
	if l.Unsure != "" {
		words += " Checked in part."
	}
	return words
}

// checkedWords says when places to turn to were checked: which ones on which
// day, where it was not one day.
func checkedWords(lines []content.Support) []string {
	var days []string
	names := make(map[string][]string)
	for _, l := range lines {
		if !slices.Contains(days, l.Checked) {
			days = append(days, l.Checked)
		}
		names[l.Checked] = append(names[l.Checked], l.Name)
	}
	const how = "in copies of web pages. We have not rung the numbers."
	if len(days) == 1 {
		return []string{"On " + checkedOn(days[0]) + ", " + how}
	}
	words := []string{"I" + how[1:]}
	for _, day := range days {
		words = append(words, "On "+checkedOn(day)+": "+strings.Join(names[day], ", ")+".")
	}
	return words
}

// checkedOn is a day of a content file, as 2026-11-22, in words.
func checkedOn(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return day.Format("2 January 2006")
}

func (s *session) nationWords(ids []string) string {
	var labels []string
	for _, id := range ids {
		labels = append(labels, s.library.Nation(id).Label)
	}
	return strings.Join(labels, " and ")
}

// glossaryCard lists the words of the field.
func glossaryCard(l *content.Library) content.Card {
	c := content.Card{Title: "Words of the field", Blocks: []content.Block{{Text: "In plain words, and always tentative: each is a way of wondering, not a finding about somebody."}}}
	for _, t := range l.Terms() {
		c.Blocks = append(c.Blocks, content.Block{Kind: content.Item, Text: termWords(t)})
	}
	return c
}

// sourcesCard lists everything that the program rests on.
func sourcesCard(l *content.Library) content.Card {
	c := content.Card{Title: "Sources", Blocks: []content.Block{{Text: "What goodenough rests on, and how much of each was read for it."}}}
	for _, s := range l.Sources() {
		c.Blocks = append(c.Blocks, content.Block{Kind: content.Item, Text: sourceWords(s)})
	}
	return c
}

// sourceWords is a whole reference.
func sourceWords(s content.Source) string {
	words := s.Text
	if s.Where != "" {
		words += " " + s.Where + "."
	}
	if s.Read != "" {
		words += fmt.Sprintf(" (%s)", s.Read)
	}
	return words
}
