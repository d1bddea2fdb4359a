package content_test

import (
	"slices"
	"strings"
	"testing"

	"goodenough/content"
)

// TestTheBriefHasEverySide holds that what is asked before supervision covers
// the triangle, and what workers prepare.
func TestTheBriefHasEverySide(t *testing.T) {
	l, _ := content.Load(nil)
	g, ok := l.Guide("supervision")
	if !ok || g.Kind != "supervision" || g.Minutes != 10 {
		t.Fatalf("Guide(supervision) = %q, %d minutes", g.Kind, g.Minutes)
	}
	var sides, verbs, asked []string
	for _, s := range g.Steps {
		if s.Kind == content.Bring {
			sides, verbs, asked = append(sides, s.Side), append(verbs, s.Verb), append(asked, s.ID)
		}
	}
	for _, side := range content.Sides {
		if !slices.Contains(sides, side) {
			t.Errorf("nothing is asked on the %s side", side)
		}
	}
	for _, verb := range content.Verbs {
		if !slices.Contains(verbs, verb) {
			t.Errorf("nothing is asked that somebody may want %q of", verb)
		}
	}
	if want := []string{"how", "relationship", "stuck", "decision", "learning", "organisation", "well"}; !slices.Equal(asked, want) {
		t.Errorf("it asks %v", asked)
	}
}

// TestSupervisionAsksWhoNeedsTelling holds that what cannot wait for supervision
// does not wait in a note.
func TestSupervisionAsksWhoNeedsTelling(t *testing.T) {
	l, _ := content.Load(nil)
	checkIn, _ := l.Guide("end-of-day")
	want, _ := stepWith(checkIn, "told")
	for _, id := range []string{"supervision", "after-supervision"} {
		g, _ := l.Guide(id)
		told := g.Steps[len(g.Steps)-1]
		if told.ID != "told" || told.Prompt != want.Prompt || told.Note != want.Note || told.Why != want.Why || told.Line != want.Line || !slices.Equal(optionsOf(told), optionsOf(want)) {
			t.Errorf("%s ends with %q in other words than the check-in", id, told.ID)
		}
		for _, text := range []string{g.Leave, g.Evidence} {
			if text == "" {
				t.Errorf("%s does not say when to leave it, or what it rests on", id)
			}
		}
		for _, s := range g.Steps {
			if s.Why == "" {
				t.Errorf("%s does not say why it asks %q", id, s.ID)
			}
		}
		said := strings.ToLower(guideSaysAll(g))
		for _, phrase := range neverSaid {
			if strings.Contains(said, phrase) {
				t.Errorf("%s says %q", id, phrase)
			}
		}
		if why := insideWhy.FindString(said); why != "" {
			t.Errorf("%s asks %q from inside", id, why)
		}
	}
}

// TestMissedSupervisionBlamesNobody: whoever says that it did not happen is
// asked nothing more about it.
func TestMissedSupervisionBlamesNobody(t *testing.T) {
	l, _ := content.Load(nil)
	g, _ := l.Guide("after-supervision")
	if got := walked(g, map[string][]string{"happened": {"not-held"}}); !slices.Equal(got, []string{"happened", "further", "told"}) {
		t.Errorf("after one that did not happen it asks %v", got)
	}
	if got := walked(g, nil); len(got) != len(g.Steps) {
		t.Errorf("with nothing chosen it asks %v", got)
	}
}

// TestCPDDraftHasTheSixFields holds the form of Social Work England, and that
// the draft says how far it is known.
func TestCPDDraftHasTheSixFields(t *testing.T) {
	l, _ := content.Load(nil)
	g, ok := l.Guide("cpd-england")
	if !ok {
		t.Fatal("there is no guide cpd-england")
	}
	var fields []string
	for _, s := range g.Steps {
		if s.Kind == content.Prompt {
			fields = append(fields, s.ID)
		}
	}
	if want := []string{"type", "about", "date", "learnt", "impact", "peer"}; !slices.Equal(fields, want) {
		t.Errorf("its fields are %v", fields)
	}
	for _, fact := range []string{"Checked on 22 November 2026", "At least two", "1 September and 30 November", "peer"} {
		if !strings.Contains(g.Evidence, fact) {
			t.Errorf("it does not say %q", fact)
		}
	}
	for _, id := range []string{"cpd", "cpd-england"} {
		g, _ := l.Guide(id)
		if s := g.Steps[0]; s.Kind != content.Pick || s.Into != "" || s.Day != "date" {
			t.Errorf("%s starts with %+v", id, s)
		}
	}
	if other, _ := l.Guide("cpd"); strings.Contains(other.Evidence, "must") || !strings.Contains(other.Evidence, "not been checked") {
		t.Errorf("the other nations' record says %q", other.Evidence)
	}
}
