package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"goodenough/content"
	"goodenough/journal"
)

// What looking back offers by itself: what was written on this day, and what
// helped.

// nearDays is how far from this day an entry of another year may be.
const nearDays = 3

// thisDay are the times that are this day in the last months, and about this day
// in the years before, from the newest.
func thisDay(now, first time.Time) (spans [][2]time.Time) {
	today := dayOf(now)
	for n := 1; n < 12; n++ {
		day := monthsBefore(today, n)
		spans = append(spans, [2]time.Time{day, day.AddDate(0, 0, 1)})
	}
	for n := 12; ; n += 12 {
		day := monthsBefore(today, n)
		if day.AddDate(0, 0, nearDays+1).Before(first) {
			return spans
		}
		spans = append(spans, [2]time.Time{day.AddDate(0, 0, -nearDays), day.AddDate(0, 0, nearDays+1)})
	}
}

// onThisDay is the part of the journal that was written on this day.
func onThisDay(s *session) part {
	now := s.now()
	return part{name: "On this day", list: func(j *journal.Journal, q journal.Query) journal.List {
		all := j.List(q)
		if all.Len() == 0 {
			return all
		}
		return all.During(thisDay(now, all.Created(all.Len()-1))...)
	}}
}

// olderThanAYear is the part of the journal to keep, to rewrite, or to let go.
func olderThanAYear(s *session) part {
	until := s.now().AddDate(-1, 0, 0)
	return part{name: "A yearly look", list: func(j *journal.Journal, q journal.Query) journal.List {
		return j.List(q).During([2]time.Time{{}, until})
	}}
}

// lookDue reports whether a year has passed since old entries were looked at.
func (s *session) lookDue() bool { return s.settings.Looked.Before(s.now().AddDate(-1, 0, 0)) }

// keepingCard says what these notes are in law, and what to do when somebody has
// asked for them.
const keepingCard = "keeping"

// lookAtOld shows what is to be known before, and then the entries. It is not
// offered again for a year.
func (h *homeScreen) lookAtOld(old part) tea.Cmd {
	h.settings.Looked = h.now().UTC().Truncate(time.Second)
	list := newListOf(h.session, old)
	card, ok := h.library.Card(keepingCard)
	if !ok {
		return tea.Batch(h.saveSettings(), h.push(list))
	}
	page := newCard(h.session, card)
	page.next = list
	return tea.Batch(h.saveSettings(), h.push(page))
}

// looksBack are the ways of home to what was written before, where there is
// something.
func (h *homeScreen) looksBack() {
	today := onThisDay(h.session)
	if n := today.list(h.journal, journal.Query{}).Len(); n > 0 {
		about := fmt.Sprintf("%d %s from other months and years", n, plural(n, "entry", "entries"))
		h.add(keys.thisDay, today.name, about, func() tea.Cmd { return h.push(newListOf(h.session, today)) })
	}
	if old := olderThanAYear(h.session); h.lookDue() {
		if n := old.list(h.journal, journal.Query{}).Len(); n > 0 {
			about := fmt.Sprintf("%d %s older than a year", n, plural(n, "entry", "entries"))
			h.add(keys.yearly, old.name, about, func() tea.Cmd { return h.lookAtOld(old) })
		}
	}
	if len(helpedPractices(h.journal, h.library, 1)) > 0 {
		h.add(keys.helped, "What helped", "in your own words", func() tea.Cmd { return h.push(newHelped(h.session)) })
	}
}

// A helped is something that helped, as it was kept.
type helped struct {
	when time.Time
	what string
	said string
}

// helpedStep is the answer after a practice that says so.
const helpedStep = "helped"

// goodSteps are the steps at which something good is told, in any guide: what
// mattered in a day, a moment of real contact, what was managed all the same.
var goodSteps = []string{"mattered", "real", "anyway"}

// most bounds what the page lists, and among how many entries it looks.
const (
	mostHelped = 20
	mostRead   = 2000
)

// helpedPractices are the newest practices of which it was said that they
// helped, at most a number of them.
func helpedPractices(j *journal.Journal, l *content.Library, most int) []helped {
	label := ""
	if g, ok := l.Guide(afterGuide); ok {
		step, _ := g.Step(afterStep)
		for _, w := range step.Options() {
			if w.ID == helpedStep {
				label = w.Label
			}
		}
	}
	return gather(j, journal.Query{Guide: afterGuide}, most, func(e journal.Entry) (what, said string) {
		after, _ := e.Answer(afterStep)
		if !slices.Contains(after.Choices, label) {
			return "", ""
		}
		name, _ := e.Answer(whatStep)
		words, _ := e.Answer(wordsStep)
		return name.Text, words.Text
	})
}

// goodMoments are the newest answers that tell of something good.
func goodMoments(j *journal.Journal, most int) []helped {
	return gather(j, journal.Query{}, most, func(e journal.Entry) (what, said string) {
		for _, a := range e.Answers {
			if slices.Contains(goodSteps, a.Step) && a.Text != "" {
				return a.Text, ""
			}
		}
		return "", ""
	})
}

// gather takes what is found in the newest entries.
func gather(j *journal.Journal, q journal.Query, most int, find func(journal.Entry) (what, said string)) []helped {
	var out []helped
	read := 0
	for h := range j.Entries(q) {
		if read++; len(out) == most || read > mostRead {
			break
		}
		e, err := j.Get(h.ID)
		if err != nil {
			continue
		}
		if what, said := find(e); what != "" || said != "" {
			out = append(out, helped{h.Created, what, said})
		}
	}
	return out
}

// A helpedScreen is what helped before, in the person's own words.
type helpedScreen struct {
	*session
	card   content.Card
	ready  bool
	scroll int
	width  int
	height int
}

type helpedMsg struct {
	screen *helpedScreen
	card   content.Card
}

func newHelped(s *session) *helpedScreen { return &helpedScreen{session: s} }

// init reads it, beside.
func (h *helpedScreen) init() tea.Cmd {
	j, l := h.journal, h.library
	return func() tea.Msg {
		return helpedMsg{h, helpedCard(helpedPractices(j, l, mostHelped), goodMoments(j, mostHelped))}
	}
}

// helpedCard sets what helped as a page to read.
func helpedCard(practices, moments []helped) content.Card {
	c := content.Card{Title: "What helped"}
	add := func(kind content.BlockKind, text string) {
		c.Blocks = append(c.Blocks, content.Block{Kind: kind, Text: text})
	}
	item := func(h helped) {
		words := strings.Join(slices.DeleteFunc([]string{h.what, h.said}, func(s string) bool { return s == "" }), ": ")
		words = printable(strings.Join(strings.Fields(words), " "))
		add(content.Item, words+" ("+h.when.Local().Format("2 January 2006")+")")
	}
	if len(practices) > 0 {
		add(content.Heading, "Practices that helped")
		for _, p := range practices {
			item(p)
		}
	}
	if len(moments) > 0 {
		add(content.Heading, "What you said was good")
		for _, m := range moments {
			item(m)
		}
	}
	if len(c.Blocks) == 0 {
		add(content.Paragraph, "Nothing is here yet. After a practice, k keeps a line of what helped; and what mattered in a day is here too, in your own words.")
	}
	return c
}

func (h *helpedScreen) setSize(width, height int) {
	h.width, h.height = width, height
	h.scroll = min(h.scroll, h.last())
}

func (h *helpedScreen) rows() []string {
	if !h.ready {
		return []string{h.styles.muted.Render("A moment …")}
	}
	return cardRows(h.styles, h.card, h.width)
}

// last is how far the page can be moved up.
func (h *helpedScreen) last() int { return max(len(h.rows())-h.height, 0) }

func (h *helpedScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(helpedMsg); ok {
		if m.screen == h {
			h.card, h.ready = m.card, true
		}
		return nil
	}
	switch k := pressed(msg); k {
	case "esc", "shift+tab", "enter":
		return h.pop()
	case "q":
		return quit
	default:
		h.scroll = scrolled(k, h.scroll, h.last(), h.height)
	}
	return nil
}

func (h *helpedScreen) view() string                { return pageOf(h.rows(), h.scroll, h.height, h.styles) }
func (h *helpedScreen) cursor() (x, y int, ok bool) { return 0, 0, true }
func (h *helpedScreen) typing() bool                { return false }

func (h *helpedScreen) title() (place, aside string) {
	return "Journal" + placeMark + "What helped", ""
}

func (h *helpedScreen) help() []key.Binding {
	out := []key.Binding{bind("esc", "back")}
	if h.last() > 0 {
		out = append(out, bind("↓ ↑", "scroll"), keys.pageDown, keys.pageUp)
	}
	return append(out, keys.quit)
}
