package tui

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"goodenough/content"
)

// termsIn returns the words of the glossary that stand in some texts, in the
// order in which they are met. A longer form goes before a shorter one inside
// it: who reads "projective identification" is not told of identification.
func termsIn(terms []content.Term, texts ...string) []content.Term {
	type form struct {
		words string
		term  int
	}
	var forms []form
	for i, t := range terms {
		for _, f := range append([]string{t.Term}, t.Forms...) {
			forms = append(forms, form{spaced(f), i})
		}
	}
	slices.SortStableFunc(forms, func(a, b form) int { return cmp.Compare(len(b.words), len(a.words)) })
	text := spaced(strings.Join(texts, " . "))
	at := make(map[int]int) // where each term is met first
	for _, f := range forms {
		for {
			i := strings.Index(text, f.words)
			if i < 0 {
				break
			}
			if before, ok := at[f.term]; !ok || i < before {
				at[f.term] = i
			}
			// Taken: nothing shorter is found inside it.
			text = text[:i] + " " + strings.Repeat("_", len(f.words)-2) + " " + text[i+len(f.words):]
		}
	}
	var met []int
	for i := range at {
		met = append(met, i)
	}
	slices.SortFunc(met, func(a, b int) int { return at[a] - at[b] })
	var out []content.Term
	for _, i := range met {
		out = append(out, terms[i])
	}
	return out
}

// spaced is a text as lower-case words, each with a space on either side, so
// that only whole words are found in it.
func spaced(s string) string {
	s = strings.ReplaceAll(strings.ToLower(s), "’", "'")
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	return " " + strings.Join(words, " ") + " "
}

// glossary are the words of the step that the glossary has.
func (s *session) glossary(step content.Step) []content.Term {
	texts := []string{step.Prompt, step.Note, step.Line}
	for _, r := range step.Rows {
		texts = append(texts, r.Label, r.Meaning, r.Prompt)
	}
	for _, o := range step.Options() {
		texts = append(texts, o.Label)
	}
	return termsIn(s.library.Terms(), texts...)
}

// termWords is a term and what it means.
func termWords(t content.Term) string {
	first := []rune(t.Term)
	return string(unicode.ToUpper(first[0])) + string(first[1:]) + ": " + t.Gloss
}

// reasons are the reason for a question, and the words of the field in it, a
// paragraph each. What the reason itself explains is not said again.
func (s *session) reasons(w *walk) []string {
	out := w.reasons()
	said := strings.ToLower(strings.Join(out, "\n"))
	for _, t := range s.glossary(w.step()) {
		if !strings.Contains(said, t.Term+" is ") && !strings.Contains(said, t.Term+": ") {
			out = append(out, termWords(t))
		}
	}
	return out
}

// terms implements [glosser].
func (g *guideScreen) terms() []content.Term { return g.glossary(g.walk.step()) }
