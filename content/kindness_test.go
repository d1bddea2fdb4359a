package content_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"goodenough/content"
)

// wording is what is said to somebody who is tired, or shaken. Said is what
// leads them through; told is the small print: when to leave it, and why.
type wording struct {
	name       string
	said, told []string
}

func wordings(l *content.Library) []wording {
	var all []wording
	for _, p := range l.Practices() {
		w := wording{name: p.ID, said: []string{p.Title, p.Helps, p.Before, p.Closing}, told: []string{p.Leave, p.Evidence}}
		for _, phase := range p.Phases {
			w.said = append(append(w.said, phase.Short), phase.Lines...)
		}
		for _, pace := range p.Paces {
			w.said = append(w.said, pace.Label)
		}
		all = append(all, w)
	}
	for _, a := range l.Anchors() {
		all = append(all, wording{name: a.ID, said: append(a.Lines, a.Label)})
	}
	for _, g := range l.Guides() {
		if g.Kind != "practice" && g.ID != "after-harm" {
			continue
		}
		w := wording{name: g.ID, said: []string{g.Title, g.Helps, g.Closing}, told: []string{g.Leave, g.Evidence}}
		for _, s := range g.Steps {
			w.said = append(append(w.said, s.Prompt, s.Short, s.Note, s.Line), s.Lines...)
			w.told = append(w.told, s.Why)
			for _, group := range s.Groups {
				for _, word := range group.Words {
					w.said = append(w.said, word.Label, word.Say)
				}
			}
		}
		all = append(all, w)
	}
	return all
}

var (
	// holds: no source asks for a breath to be kept in or out, and it is not
	// kind to everybody.
	holds = regexp.MustCompile(`(?i)\b(hold|holding|keep|keeping|retain) (in |on to )?(your|the|that|this|a) breath|\b(hold|holding) (it )?for\b|\bpause at the (top|bottom)|breath[- ]hold`)
	// promises: nothing is known to be good for this person, today.
	promises = regexp.MustCompile(`(?i)\bwill (help|calm|settle|soothe|relax|ease|heal|lift|lower|reduce)|\byou('ll| will) (feel|be calm|notice|sleep)|guarantee|\bworks\b|\bproven\b|\binstantly\b`)
	orders   = regexp.MustCompile(`(?i)\b(must|should|ought|don['’]t|just|simply|try again|make sure|concentrate|clear your mind|calm down|empty your mind)\b|!`)
	eyes     = regexp.MustCompile(`(?i)\b(clos|shut)\w* (your|the) eyes`)
	eitherOr = regexp.MustCompile(`(?i)\bif you like\b|\bor\b`)
	sentence = regexp.MustCompile(`[.?:;](\s|$)`)
)

// unkind says what is wrong with a sentence of a practice; "" when nothing is.
func unkind(text string, said bool) string {
	switch {
	case holds.MatchString(text):
		return "asks for a breath to be held"
	case promises.MatchString(text):
		return "makes a promise"
	case eyes.MatchString(text) && !eitherOr.MatchString(text):
		return "orders eyes to be closed"
	case said && orders.MatchString(text):
		return "orders somebody about"
	}
	return ""
}

func TestNobodyIsOrderedHeldOrPromisedAnything(t *testing.T) {
	l, _ := content.Load(nil)
	for _, w := range wordings(l) {
		for _, text := range w.said {
			if what := unkind(text, true); what != "" {
				t.Errorf("%s: %q %s", w.name, text, what)
			}
		}
		for _, text := range w.told {
			if what := unkind(text, false); what != "" {
				t.Errorf("%s: %q %s", w.name, text, what)
			}
		}
	}
}

// TestUnkind shows that the check above sees what it is there for.
func TestUnkind(t *testing.T) {
	for _, text := range []string{
		"Hold your breath.", "Keep the breath in.", "In, hold for four, out.", "A pause at the top of the breath.",
		"This will help.", "You will feel calmer.", "It works.", "Close your eyes.",
		"Just notice.", "You must sit.", "Don't worry.", "Well done!", "Try again.",
	} {
		if unkind(text, true) == "" {
			t.Errorf("%q passes", text)
		}
	}
	for _, text := range []string{
		"Close your eyes or rest them on something.", "A name and a time may help it happen.", "The breath, as it is.",
	} {
		if what := unkind(text, true); what != "" {
			t.Errorf("%q is said to be one that %s", text, what)
		}
	}
}

// TestWordsArriveOneAtATime: the lines of a practice stand alone on a screen
// and are taken in at a glance.
func TestWordsArriveOneAtATime(t *testing.T) {
	l, _ := content.Load(nil)
	lines := func(name string, lines []string) {
		for _, line := range lines {
			if n := utf8.RuneCountInString(line); n > 76 {
				t.Errorf("%s: a line of %d characters: %q", name, n, line)
			}
		}
	}
	for _, p := range l.Practices() {
		for _, phase := range p.Phases {
			lines(p.ID, phase.Lines)
		}
	}
	for _, a := range l.Anchors() {
		lines(a.ID, a.Lines)
		if n := len(a.Lines); n < 4 || n > 6 {
			t.Errorf("%s has %d lines", a.ID, n)
		}
	}
}

func TestSentencesAreShort(t *testing.T) {
	l, _ := content.Load(nil)
	short := func(name string, most int, texts []string) {
		for _, text := range texts {
			for _, s := range sentence.Split(text, -1) {
				if n := len(strings.Fields(s)); n > most {
					t.Errorf("%s: %d words in %q", name, n, s)
				}
			}
		}
	}
	for _, w := range wordings(l) {
		short(w.name, 20, w.said)
		short(w.name, 30, w.told)
	}
	c, _ := l.Card("after-harm")
	for _, b := range c.Blocks {
		short(c.ID, 30, []string{b.Text})
	}
	for _, n := range l.Nations() {
		for _, s := range l.Support(n.ID) {
			short(s.ID, 20, []string{s.How, s.About, s.Unsure})
		}
	}
}

// TestDriversAreNotPractising: what a social worker cannot do everywhere is
// said where it would do harm.
func TestDriversAreNotPractising(t *testing.T) {
	l, _ := content.Load(nil)
	for _, id := range []string{"between-visits", "leaving-work"} {
		if p, _ := l.Practice(id); !strings.Contains(p.Leave, "while driving") {
			t.Errorf("%q does not say that it is not for the road", id)
		}
	}
}

// TestAfterHarmAsksForNoStory holds what the guide promises: nobody tells what
// happened unless they choose to write.
func TestAfterHarmAsksForNoStory(t *testing.T) {
	l, _ := content.Load(nil)
	g, ok := l.Guide("after-harm")
	if !ok || g.Kind != "reflection" || g.Minutes != 3 {
		t.Fatalf("Guide(after-harm) = %q, %d minutes", g.Kind, g.Minutes)
	}
	if g.Steps[0].ID != "safe" || !strings.Contains(g.Leave, "999") {
		t.Errorf("it starts with %q, and leaves with %q", g.Steps[0].ID, g.Leave)
	}
	for _, s := range g.Steps {
		if s.Kind != content.Prompt {
			continue
		}
		for _, chosen := range [][]string{nil, {"not-today"}} {
			if slices.Contains(walked(g, map[string][]string{"safe": {"yes"}, "write": chosen}), s.ID) {
				t.Errorf("the step %q asks for words from somebody who chose %v", s.ID, chosen)
			}
		}
	}
	for _, s := range g.Steps {
		if s.ID == "write" && s.Groups[0].Words[0].ID != "not-today" {
			t.Errorf("the first answer to %q is %q", s.Prompt, s.Groups[0].Words[0].Label)
		}
		if s.ID == "safe" || s.ID == "told" {
			for _, w := range s.Groups[0].Words {
				if w.Say == "" {
					t.Errorf("%s: the answer %q is met with silence", s.ID, w.Label)
				}
			}
		}
	}
}

func TestKindLetter(t *testing.T) {
	l, _ := content.Load(nil)
	g, ok := l.Guide("kind-letter")
	if !ok || g.Kind != "practice" || !g.Ask || g.Minutes != 10 {
		t.Fatalf("Guide(kind-letter) = %q, asks %v, %d minutes", g.Kind, g.Ask, g.Minutes)
	}
	prompts := 0
	for _, s := range g.Steps {
		if s.Kind == content.Prompt {
			prompts++
		}
	}
	if first, last := g.Steps[0], g.Steps[len(g.Steps)-1]; prompts != 6 || first.Kind != content.Pause || last.Kind != content.Pause {
		t.Errorf("%d prompts, between a %s and a %s", prompts, first.Kind, last.Kind)
	}
	if !strings.Contains(g.Leave, "professional") {
		t.Errorf("it does not say for whom a letter alone is not: %q", g.Leave)
	}
}
