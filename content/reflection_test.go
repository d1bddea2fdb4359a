package content_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"goodenough/content"
)

// reflectionIDs are the guides to reflect with. Another one is added here, so
// that it is held to the same promises.
var reflectionIDs = []string{
	"after-visit", "barriers", "close-to-home", "containment", "emotional-labour", "ethic-of-care", "ideas",
	"process", "surface-and-depth", "three-questions", "tuning-in", "uncertainty", "values",
}

func reflections(t *testing.T, l *content.Library) []content.Guide {
	t.Helper()
	var guides []content.Guide
	for _, id := range reflectionIDs {
		g, ok := l.Guide(id)
		if !ok {
			t.Fatalf("there is no guide %q", id)
		}
		guides = append(guides, g)
	}
	return guides
}

// stepWith returns the step of a guide with that id.
func stepWith(g content.Guide, id string) (content.Step, bool) {
	i := slices.IndexFunc(g.Steps, func(s content.Step) bool { return s.ID == id })
	if i < 0 {
		return content.Step{}, false
	}
	return g.Steps[i], true
}

func optionsOf(s content.Step) []content.Word {
	var words []content.Word
	for _, g := range s.Groups {
		words = append(words, g.Words...)
	}
	return words
}

// asks are the questions of a step: what stands above an empty line.
func asks(s content.Step) []string {
	texts := []string{s.Prompt, s.Line}
	for _, r := range s.Rows {
		texts = append(texts, r.Prompt, r.Line)
	}
	return texts
}

// saysAll is everything that a step may put on the screen, its reasons
// included. Words from a list are the list's, and not the guide's.
func saysAll(s content.Step) string {
	texts := append(asks(s), s.Short, s.Note, s.Why, s.Low, s.High, strings.Join(s.Lines, " "))
	for _, w := range optionsOf(s) {
		texts = append(texts, w.Label, w.Say)
	}
	for _, r := range s.Rows {
		texts = append(texts, r.Label, r.Meaning)
	}
	return strings.Join(texts, " ")
}

// guideSaysAll is everything that a guide may put on the screen.
func guideSaysAll(g content.Guide) string {
	texts := []string{g.Title, g.Helps, g.Leave, g.Evidence, g.Closing}
	for _, s := range g.Steps {
		texts = append(texts, saysAll(s))
	}
	return strings.Join(texts, " ")
}

// walked is what a person comes past in a guide who makes these choices, by
// step. It reads the conditions as their documentation has it.
func walked(g content.Guide, choices map[string][]string) []string {
	var ids []string
	for _, s := range g.Steps {
		asked := true
		for _, c := range s.OnlyIf {
			chosen := choices[c.Step]
			met := slices.ContainsFunc(c.Choices, func(id string) bool { return slices.Contains(chosen, id) })
			asked = asked && (met || c.Skipped && len(chosen) == 0)
		}
		if asked {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func TestReflectionsSayWhatTheyRestOn(t *testing.T) {
	l, _ := content.Load(nil)
	for _, g := range reflections(t, l) {
		if g.Kind != "reflection" {
			t.Errorf("%s is a %s", g.ID, g.Kind)
		}
		for name, text := range map[string]string{"leave": g.Leave, "evidence": g.Evidence, "by": g.By, "lens": g.Lens} {
			if text == "" {
				t.Errorf("%s does not say %q", g.ID, name)
			}
		}
		if len(g.Sources) == 0 || len(g.With) == 0 {
			t.Errorf("%s has %d sources, and %d things to come with", g.ID, len(g.Sources), len(g.With))
		}
		for _, s := range g.Steps {
			if s.Why == "" && s.Kind != content.Pause {
				t.Errorf("%s does not say why it asks %q", g.ID, s.ID)
			}
		}
		if n := len(g.Steps); n < 6 || n > 12 {
			t.Errorf("%s has %d steps", g.ID, n)
		}
	}
}

// TestReflectionsEndAlike holds the way out: something to take along, and the
// question of who needs telling in the words that the check-in has for it.
func TestReflectionsEndAlike(t *testing.T) {
	l, _ := content.Load(nil)
	checkIn, _ := l.Guide("end-of-day")
	want, _ := stepWith(checkIn, "told")
	for _, g := range reflections(t, l) {
		if g.ID == "tuning-in" { // it ends at the door of a visit, and asks about safety first
			if first := g.Steps[0]; first.ID != "safe" || g.Steps[len(g.Steps)-1].Kind != content.Pause {
				t.Errorf("%s starts with %q and ends with a %s", g.ID, first.ID, g.Steps[len(g.Steps)-1].Kind)
			}
			continue
		}
		var last []string
		for _, s := range g.Steps[len(g.Steps)-3:] {
			last = append(last, s.ID)
		}
		if !slices.Equal(last, []string{"supervision", "closing", "told"}) {
			t.Errorf("%s ends with %v", g.ID, last)
		}
		told := g.Steps[len(g.Steps)-1]
		if told.Prompt != want.Prompt || told.Note != want.Note || told.Why != want.Why || !slices.Equal(optionsOf(told), optionsOf(want)) {
			t.Errorf("%s asks who needs telling in other words than the check-in", g.ID)
		}
		if len(g.Brief.Steps) > 0 && g.Brief.Steps[len(g.Brief.Steps)-1] != "told" {
			t.Errorf("%s in brief does not ask who needs telling", g.ID)
		}
	}
}

// neverSaid are labels for people, diagnoses, orders and the words of a
// verdict.
var neverSaid = []string{
	"you should", "you must", "you ought", "you need to", "try to", "remember to", "make sure", "simply",
	"symptom", "disorder", "diagnos", "patholog", "dysfunction", "toxic", "narciss", "borderline", "manipulat",
	"attention-seeking", "attention seeking", "disguised compliance", "non-compliant", "hard to reach", "hard to engage",
	"in denial", "chaotic", "resistant", "problem famil", "troubled famil", "damaged", "triggered", "too sensitive",
	"resilient enough", "well done", "score", "!",
}

// insideWhy is a why that is asked from inside the scene, where it is known to
// send thoughts round in circles (Kross, Ayduk & Mischel 2005).
var insideWhy = regexp.MustCompile(`(?i)\bwhy (\w+n't|do|did|was|were|are|am|is|has|have|had|can|could|would) (i|you|we|he|she|they)\b`)

func TestReflectionsNeitherJudgeNorOrder(t *testing.T) {
	l, _ := content.Load(nil)
	texts := make(map[string]string)
	for _, g := range reflections(t, l) {
		texts[g.ID] = guideSaysAll(g)
	}
	for _, term := range l.Terms() {
		texts["the gloss of "+term.ID] = term.Gloss
	}
	for _, c := range theoryCards(t, l) {
		texts["the card "+c.ID] = cardText(c)
	}
	for _, where := range slices.Sorted(maps.Keys(texts)) {
		text := strings.ToLower(texts[where])
		for _, phrase := range neverSaid {
			if strings.Contains(text, phrase) {
				t.Errorf("%s says %q", where, phrase)
			}
		}
		if why := insideWhy.FindString(text); why != "" {
			t.Errorf("%s asks %q from inside", where, why)
		}
	}
}

func TestReflectionsAskInShortSentences(t *testing.T) {
	l, _ := content.Load(nil)
	for _, g := range reflections(t, l) {
		words, sentences := 0, 0
		for _, s := range g.Steps {
			for _, text := range asks(s) {
				if text == "" {
					continue
				}
				for _, sentence := range sentenceEnd.Split(text, -1) {
					n := len(strings.Fields(sentence))
					if n > 22 {
						t.Errorf("%s, %s: %d words in %q", g.ID, s.ID, n, sentence)
					}
					words, sentences = words+n, sentences+1
				}
				if n := len([]rune(text)); n > 140 {
					t.Errorf("%s, %s: %d characters in %q", g.ID, s.ID, n, text)
				}
			}
		}
		if mean := float64(words) / float64(sentences); mean > 12 {
			t.Errorf("%s asks in sentences of %.1f words", g.ID, mean)
		}
	}
}

// beneath are the terms for what may go on in somebody's mind. Racism, threat
// and overload have been explained away with them.
var beneath = []string{
	"transference", "countertransference", "projection", "projective-identification", "splitting", "mirroring",
	"defence", "unconscious",
}

// termPattern matches a term of the glossary and its forms.
func termPattern(t content.Term) *regexp.Regexp {
	var forms []string
	for _, form := range append([]string{t.Term}, t.Forms...) {
		forms = append(forms, regexp.QuoteMeta(form))
	}
	return regexp.MustCompile(`(?i)\b(` + strings.Join(forms, "|") + `)\b`)
}

func TestRealityComesBeforeWhatLiesBeneath(t *testing.T) {
	l, _ := content.Load(nil)
	terms := make(map[string]*regexp.Regexp)
	for _, term := range l.Terms() {
		if slices.Contains(beneath, term.ID) {
			terms[term.ID] = termPattern(term)
		}
	}
	if len(terms) != len(beneath) {
		t.Fatalf("%d of the %d terms are in the glossary", len(terms), len(beneath))
	}
	for _, g := range reflections(t, l) {
		brief := slices.DeleteFunc(slices.Clone(g.Steps), func(s content.Step) bool { return !slices.Contains(g.Brief.Steps, s.ID) })
		for _, steps := range [][]content.Step{g.Steps, brief} {
			for _, s := range steps {
				for id, pattern := range terms {
					if found := pattern.FindString(saysAll(s)); found != "" {
						t.Errorf("%s, %s: %q (%s) comes before anybody has asked what is real", g.ID, s.ID, found, id)
					}
				}
				if s.ID == "reality" {
					break
				}
			}
		}
	}
}

// TestWhatIsRealIsForTelling holds that nobody who ticks danger, racism or
// overload is sent on to reflect it away.
func TestWhatIsRealIsForTelling(t *testing.T) {
	l, _ := content.Load(nil)
	people := regexp.MustCompile(`\b(manager|police|colleague|union|network|someone who can act)\b`)
	met := 0
	for _, g := range reflections(t, l) {
		s, ok := stepWith(g, "reality")
		if !ok {
			continue
		}
		met++
		var ids []string
		for _, w := range optionsOf(s) {
			ids = append(ids, w.ID)
			if w.ID != "no" && !people.MatchString(w.Say) {
				t.Errorf("%s: to %q it names nobody to tell", g.ID, w.Label)
			}
		}
		if want := []string{"danger", "racism", "overload", "something-else", "no", "not-sure"}; !slices.Equal(ids, want) || !s.Many {
			t.Errorf("%s offers %v", g.ID, ids)
		}
	}
	if met < 5 {
		t.Errorf("only %d guides ask what is real", met)
	}
}

func TestStrainIsAskedOfThePlaceToo(t *testing.T) {
	l, _ := content.Load(nil)
	for _, id := range []string{"barriers", "containment", "emotional-labour", "ethic-of-care", "ideas", "three-questions", "uncertainty", "values"} {
		g, _ := l.Guide(id)
		if !strings.Contains(guideSaysAll(g), "hat would need to change around") {
			t.Errorf("%s does not ask what would need to change around the worker", id)
		}
	}
}

// TestReflectionsStepBack holds that a guide in which thoughts may circle
// offers to look from further off.
func TestReflectionsStepBack(t *testing.T) {
	l, _ := content.Load(nil)
	distance := regexp.MustCompile(`doorway|Step back|further off|From further`)
	for _, id := range []string{"after-visit", "barriers", "close-to-home", "emotional-labour", "process", "surface-and-depth", "three-questions", "uncertainty"} {
		g, _ := l.Guide(id)
		if !slices.ContainsFunc(g.Steps, func(s content.Step) bool { return distance.MatchString(s.Prompt + s.Note) }) {
			t.Errorf("%s offers no step back", id)
		}
	}
}

// TestEachPartOfProcessCanBeTakenAlone holds the four parts of the slides.
func TestEachPartOfProcessCanBeTakenAlone(t *testing.T) {
	l, _ := content.Load(nil)
	g, _ := l.Guide("process")
	parts := map[string]string{
		"transference": "stand-for", "countertransference": "stirred", "splitting": "halves", "projection": "whose",
	}
	if got := walked(g, nil); len(got) != len(g.Steps) {
		t.Errorf("with nothing chosen it asks %v", got)
	}
	for _, step := range walked(g, map[string][]string{"parts": {"none"}}) {
		if slices.Contains(slices.Collect(maps.Values(parts)), step) {
			t.Errorf("with what is real being enough it asks %q", step)
		}
	}
	for part := range parts {
		got := walked(g, map[string][]string{"parts": {part}})
		for other, step := range parts {
			if slices.Contains(got, step) != (other == part) {
				t.Errorf("with %q chosen it asks %v", part, got)
			}
		}
	}
}

// TestNobodyIsLedOnPastAnAnswer holds what no person would ask either, after
// what they were told.
func TestNobodyIsLedOnPastAnAnswer(t *testing.T) {
	l, _ := content.Load(nil)
	for _, tt := range []struct {
		guide   string
		choices map[string][]string
		not     []string // steps that are not asked
		still   []string // and some that are
	}{
		{"after-harm", map[string][]string{"safe": {"not-yet"}, "write": {"a-few-lines"}}, []string{"reported", "write", "lines"}, []string{"with-you", "told", "close"}},
		{"after-harm", map[string][]string{"safe": {"not-sure"}, "write": {"a-few-lines"}}, []string{"write", "lines"}, []string{"reported", "with-you", "told"}},
		{"after-harm", map[string][]string{"write": {"a-few-lines"}}, nil, []string{"reported", "write", "lines"}},
		{"tuning-in", map[string][]string{"safe": {"not-yet"}}, []string{"their-side", "meet", "door"}, []string{"wait"}},
		{"tuning-in", map[string][]string{"safe": {"not-sure"}}, []string{"door"}, []string{"their-side", "wait"}},
		{"tuning-in", map[string][]string{"safe": {"yes"}}, []string{"wait"}, []string{"their-side", "door"}},
		{"tuning-in", nil, []string{"wait"}, []string{"door"}},
		{"close-to-home", map[string][]string{"near": {"knew"}, "write": {"a-little"}}, []string{"new", "doorway"}, []string{"touches", "unread", "with-you"}},
		{"close-to-home", map[string][]string{"near": {"own-life"}, "write": {"a-little"}}, []string{"new", "doorway", "unread"}, []string{"touches", "with-you"}},
		{"close-to-home", map[string][]string{"near": {"like"}, "write": {"not-today"}}, []string{"touches", "new", "doorway"}, []string{"unread"}},
		{"process", map[string][]string{"reality": {"racism"}, "parts": {"none"}}, []string{"stand-for", "stirred", "halves", "whose", "busy"}, []string{"supervision", "told"}},
	} {
		g, _ := l.Guide(tt.guide)
		got := walked(g, tt.choices)
		for _, id := range tt.not {
			if slices.Contains(got, id) {
				t.Errorf("%s, %v: asks %q", tt.guide, tt.choices, id)
			}
		}
		for _, id := range tt.still {
			if !slices.Contains(got, id) {
				t.Errorf("%s, %v: does not ask %q", tt.guide, tt.choices, id)
			}
		}
	}
}

// TestWhereToTurnIsNamedWithItsKey: somebody who is pointed there can get
// there, with a screen reader too.
func TestWhereToTurnIsNamedWithItsKey(t *testing.T) {
	l, _ := content.Load(nil)
	named := 0
	for _, g := range l.Guides() {
		texts := []string{g.Helps, g.Leave, g.Closing}
		for _, s := range g.Steps {
			texts = append(texts, s.Prompt, s.Note, s.Line)
			for _, w := range optionsOf(s) {
				texts = append(texts, w.Say)
			}
		}
		for _, text := range texts {
			if !strings.Contains(text, "Where to turn") {
				continue
			}
			named++
			if !strings.Contains(text, "ctrl+g") || !strings.Contains(text, "In plain mode: ground") {
				t.Errorf("%s names no way there: %q", g.ID, text)
			}
		}
	}
	if named < 4 {
		t.Errorf("it is named %d times", named)
	}
}

func TestCloseToHomeAsksForNoStory(t *testing.T) {
	l, _ := content.Load(nil)
	g, _ := l.Guide("close-to-home")
	story := []string{"touches", "new", "doorway"}
	for name, chosen := range map[string][]string{"nothing": nil, "not today": {"not-today"}} {
		for _, id := range walked(g, map[string][]string{"write": chosen}) {
			if slices.Contains(story, id) {
				t.Errorf("with %s chosen it asks %q", name, id)
			}
		}
	}
	if got := walked(g, map[string][]string{"write": {"a-little"}}); len(got) != len(g.Steps) {
		t.Errorf("with a few lines chosen it asks %v", got)
	}
	if write, _ := stepWith(g, "write"); optionsOf(write)[0].ID != "not-today" {
		t.Error("the first answer is not that today is not the day")
	}
}

// TestReflectionChoicesAllowNotKnowing holds that not being sure is an answer
// wherever something is asked that one may not know.
func TestReflectionChoicesAllowNotKnowing(t *testing.T) {
	l, _ := content.Load(nil)
	for _, g := range reflections(t, l) {
		for _, s := range g.Steps {
			if s.Kind != content.Choice || s.ID == "parts" || s.ID == "write" {
				continue // parts and write ask for a wish, and can be skipped
			}
			if !slices.ContainsFunc(optionsOf(s), func(w content.Word) bool { return w.Label == "not sure" }) {
				t.Errorf("%s, %s: nobody can be not sure", g.ID, s.ID)
			}
		}
	}
}
