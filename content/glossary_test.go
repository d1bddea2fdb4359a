package content_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"goodenough/content"
)

func TestGlossesFitTheirPlace(t *testing.T) {
	l, _ := content.Load(nil)
	met := make(map[string]string)
	for _, term := range l.Terms() {
		if n := utf8.RuneCountInString(term.Gloss); n > 200 {
			t.Errorf("the gloss of %s has %d characters", term.ID, n)
		}
		if len(term.Sources) == 0 {
			t.Errorf("%s has no source", term.ID)
		}
		for _, form := range append([]string{term.Term}, term.Forms...) {
			form = strings.ToLower(form)
			if other, ok := met[form]; ok {
				t.Errorf("%q is a form of %s and of %s", form, other, term.ID)
			}
			met[form] = term.ID
		}
	}
}

// jargon are words of the field that a newly qualified worker may not know.
// A guide that uses one needs it in the glossary.
var jargon = []string{
	"transference", "countertransference", "projection", "projective identification", "splitting", "mirroring",
	"parallel process", "defence", "defences", "containment", "container", "contained", "holding", "held", "good-enough",
	"nested dependencies", "emotional labour", "surface acting", "deep acting", "feeling rules", "moral distress",
	"vicarious trauma", "burnout", "tuning in", "use of self", "process reflection", "ethic of care", "attentiveness",
	"responsiveness", "caring with", "Social GGRRAAACCEEESSS", "IDEAS", "unconscious",
}

func TestWordsOfTheFieldAreExplained(t *testing.T) {
	l, _ := content.Load(nil)
	var explained []string
	for _, term := range l.Terms() {
		explained = append(append(explained, term.Term), term.Forms...)
	}
	used := 0
	for _, word := range jargon {
		pattern := regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(word) + `\b`)
		for _, g := range reflections(t, l) {
			if !pattern.MatchString(guideSaysAll(g)) {
				continue
			}
			used++
			if !slices.Contains(explained, word) {
				t.Errorf("%s uses %q, which the glossary does not have", g.ID, word)
			}
		}
	}
	if used < 20 {
		t.Errorf("only %d uses were found", used)
	}
}

// TestSayingsHaveTheirSource holds that whoever is named with a year in a
// guide or a card is among the sources of that guide or card.
func TestSayingsHaveTheirSource(t *testing.T) {
	l, _ := content.Load(nil)
	found := 0
	for _, g := range reflections(t, l) {
		found += checkCitations(t, l, g.ID, guideSaysAll(g), g.Sources)
	}
	for _, c := range theoryCards(t, l) {
		found += checkCitations(t, l, "the card "+c.ID, cardText(c), c.Sources)
	}
	if found < 60 {
		t.Errorf("only %d were found", found)
	}
}

var (
	bare = strings.NewReplacer("(", "", ")", "")
	year = regexp.MustCompile(`(\S+) (19|20)\d\d\b`)
)

// months come before a year without being anybody.
var months = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// checkCitations counts the citations in a text, and fails for each that is
// not how one of the sources is cited.
func checkCitations(t *testing.T, l *content.Library, where, text string, sources []string) int {
	t.Helper()
	var cites []string
	for _, s := range l.Cited(sources) {
		cites = append(cites, bare.Replace(s.Cite))
	}
	text = bare.Replace(text)
	n := 0
	for _, at := range year.FindAllStringSubmatchIndex(text, -1) {
		before := text[at[2]:at[3]]
		first, _ := utf8.DecodeRuneInString(before)
		if !unicode.IsUpper(first) && before != "al." || slices.Contains(months, before) {
			continue // a year as such: since 2010
		}
		n++
		if said := text[:at[1]]; !slices.ContainsFunc(cites, func(c string) bool { return strings.HasSuffix(said, c) }) {
			t.Errorf("%s names %q, which is not among its sources", where, said[max(0, len(said)-40):])
		}
	}
	return n
}
