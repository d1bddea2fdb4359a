package content_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"goodenough/content"
)

// home is where an idea of the 80-20 slides is to be met.
type home struct {
	row    int
	idea   string
	guides []string
	steps  []string // as guide/step
	cards  []string
	lists  []string // word lists
	tags   []string

	practices []string

	later string // what is still to come, or stands in another place than content
}

// homes has every row of the table that the program is held to: each idea in
// the slides can be found and used.
var homes = []home{
	{row: 1, idea: "80:20", steps: []string{"end-of-day/day"}, cards: []string{"eighty-twenty"}, later: "the weekly picture: patterns"},
	{row: 2, idea: "why relationships", steps: []string{"after-visit/real"}, cards: []string{"why-relationships"}},
	{row: 3, idea: "values", guides: []string{"values"}, steps: []string{"values/values"}},
	{row: 4, idea: "casework to revival", cards: []string{"casework-to-now"}},
	{row: 5, idea: "surface and depth", guides: []string{"surface-and-depth"}, steps: []string{"surface-and-depth/layers", "surface-and-depth/head-and-heart", "surface-and-depth/self-and-other", "surface-and-depth/contexts"}},
	{row: 6, idea: "need, injustice, loss", tags: []string{"need", "injustice", "loss", "difference", "abuse", "deprivation"}},
	{row: 7, idea: "personalisation", steps: []string{"values/wanted", "ethic-of-care/wanted"}, cards: []string{"adults"}},
	{row: 8, idea: "theory base", guides: []string{"tuning-in"}, cards: []string{"rogers", "use-of-self", "strengths", "attachment", "systemic", "sociological", "beneath"}},
	{row: 9, idea: "what lies beneath", guides: []string{"process"}, cards: []string{"beneath"}},
	{row: 10, idea: "process reflection", guides: []string{"process"}, steps: []string{"process/parts"}, cards: []string{"process"}},
	{row: 11, idea: "ethic of care", guides: []string{"ethic-of-care"}, steps: []string{"ethic-of-care/four", "ethic-of-care/power", "ethic-of-care/justice"}, cards: []string{"tronto"}},
	{row: 12, idea: "Kadushin's triangle", guides: []string{"supervision"}, steps: []string{"supervision/brief"}, cards: []string{"kadushin"}},
	{row: 13, idea: "emotional labour", guides: []string{"emotional-labour"}, steps: []string{"emotional-labour/ledger", "emotional-labour/rule", "emotional-labour/cost", "emotional-labour/goes"}, cards: []string{"emotional-labour"}},
	{row: 14, idea: "nested dependencies", steps: []string{"containment/rings", "containment/carer", "ethic-of-care/carer"}, cards: []string{"kittay"}},
	{row: 15, idea: "IDEAS", guides: []string{"ideas"}, steps: []string{"ideas/five"}, cards: []string{"ideas"}},
	{row: 16, idea: "barriers", guides: []string{"barriers"}, steps: []string{"barriers/way", "barriers/change"}},
	{row: 17, idea: "funding cuts, contexts", cards: []string{"contexts"}},
	{row: 18, idea: "child deaths, ten feelings", guides: []string{"close-to-home"}, lists: []string{"feelings"}},
	{row: 19, idea: "uncertainty", guides: []string{"uncertainty"}, steps: []string{"uncertainty/either-way"}},
	{row: 20, idea: "overwork", guides: []string{"end-of-day"}, steps: []string{"end-of-day/day"}},
	{row: 21, idea: "attacks", guides: []string{"after-harm"}, cards: []string{"after-harm"}},
	{row: 22, idea: "the result", cards: []string{"strain"}, lists: []string{"feelings"}},
	{row: 23, idea: "the downside of defences", steps: []string{"process/busy"}, cards: []string{"defences"}},
	{row: 24, idea: "building trust", guides: []string{"tuning-in", "after-visit"}},
	{row: 25, idea: "qualities of a trusted worker", steps: []string{"after-visit/met", "tuning-in/meet"}},
	{row: 26, idea: "a facilitating environment", steps: []string{"containment/around"}, cards: []string{"good-enough"}},
	{row: 27, idea: "the organisation as container", guides: []string{"containment"}, steps: []string{"containment/rings", "containment/possible"}, cards: []string{"containment"}},
	{row: 28, idea: "compassionate mind", steps: []string{"end-of-day/systems"}, cards: []string{"three-systems"}, practices: []string{"soothing-rhythm", "compassionate-self", "welcoming-place"}, guides: []string{"kind-letter"}},
	{row: 29, idea: "mindfulness", practices: []string{"stop", "breathing-space", "body-scan", "sit"}},
	{row: 30, idea: "resources", cards: []string{"further"}},
	{row: 31, idea: "supervision", guides: []string{"supervision", "after-supervision"}, steps: []string{"supervision/since", "after-supervision/agreed", "after-supervision/held"}},
}

func TestEveryIdeaOfTheSlidesHasAHome(t *testing.T) {
	l, _ := content.Load(nil)
	for i, h := range homes {
		if h.row != i+1 {
			t.Fatalf("row %d stands where row %d belongs", h.row, i+1)
		}
		if len(h.guides)+len(h.steps)+len(h.cards)+len(h.lists)+len(h.tags)+len(h.practices) == 0 && h.later == "" {
			t.Errorf("%d, %s, has no home", h.row, h.idea)
		}
		for _, id := range h.guides {
			if _, ok := l.Guide(id); !ok {
				t.Errorf("%d, %s: there is no guide %q", h.row, h.idea, id)
			}
		}
		for _, at := range h.steps {
			guide, step, _ := strings.Cut(at, "/")
			g, _ := l.Guide(guide)
			if _, ok := stepWith(g, step); !ok {
				t.Errorf("%d, %s: there is no step %q", h.row, h.idea, at)
			}
		}
		for _, id := range h.cards {
			if _, ok := l.Card(id); !ok {
				t.Errorf("%d, %s: there is no card %q", h.row, h.idea, id)
			}
		}
		for _, id := range h.practices {
			if _, ok := l.Practice(id); !ok {
				t.Errorf("%d, %s: there is no practice %q", h.row, h.idea, id)
			}
		}
		for _, tag := range h.tags {
			if !slices.Contains(l.Tags(), tag) {
				t.Errorf("%d, %s: the tag %q is not offered", h.row, h.idea, tag)
			}
		}
		for _, list := range h.lists {
			if l.Words(list) == nil {
				t.Errorf("%d, %s: there is no word list %q", h.row, h.idea, list)
			}
		}
	}
}

// theoryCards are the cards that homes names, each once.
func theoryCards(t *testing.T, l *content.Library) []content.Card {
	t.Helper()
	var ids []string
	for _, h := range homes {
		ids = append(ids, h.cards...)
	}
	slices.Sort(ids)
	var cards []content.Card
	for _, id := range slices.Compact(ids) {
		if id == "three-systems" || id == "after-harm" {
			continue // they are not of the theory, and longer
		}
		c, ok := l.Card(id)
		if !ok {
			t.Fatalf("there is no card %q", id)
		}
		cards = append(cards, c)
	}
	return cards
}

func cardText(c content.Card) string {
	var texts []string
	for _, b := range c.Blocks {
		texts = append(texts, b.Text)
	}
	return strings.Join(texts, " ")
}

// cardRows is the room that a card takes in a column of 72 cells, with an
// empty line around everything but items.
func cardRows(c content.Card) int {
	rows := 0
	for i, b := range c.Blocks {
		if i > 0 && !(b.Kind == content.Item && c.Blocks[i-1].Kind == content.Item) {
			rows++
		}
		rows++
		column := 0
		for _, word := range strings.Fields(b.Text) {
			n := utf8.RuneCountInString(word)
			if column > 0 && column+1+n > 72-2 { // an item is set in by two
				rows, column = rows+1, 0
			}
			column += 1 + n
		}
	}
	return rows
}

// TestTheoryFitsAScreen holds what a card promises: one screen at 80 by 24,
// how it shows in a day's work, and where to go on.
func TestTheoryFitsAScreen(t *testing.T) {
	l, _ := content.Load(nil)
	var titles []string
	for _, g := range l.Guides() {
		titles = append(titles, g.Title)
	}
	for _, c := range theoryCards(t, l) {
		if n := cardRows(c); n > 20 {
			t.Errorf("%s takes %d rows", c.ID, n)
		}
		if len(c.Sources) == 0 {
			t.Errorf("%s has no source", c.ID)
		}
		n := len(c.Blocks)
		if n < 4 || c.Blocks[n-3].Kind != content.Heading || c.Blocks[n-3].Text != "In a day's work" {
			t.Errorf("%s does not end with a day's work", c.ID)
			continue
		}
		guide, ok := strings.CutPrefix(c.Blocks[n-1].Text, "Guide: ")
		if !ok || !slices.Contains(titles, guide) {
			t.Errorf("%s leads on to %q", c.ID, c.Blocks[n-1].Text)
		}
	}
}
