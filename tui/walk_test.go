package tui

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"goodenough/content"
	"goodenough/journal"
)

func threeSteps() content.Guide {
	return content.Guide{
		ID: "g", Title: "A guide", Kind: "reflection",
		Steps: []content.Step{
			{ID: "one", Kind: content.Prompt},
			{ID: "circles", Kind: content.Systems, Systems: []content.System{{ID: "threat"}, {ID: "drive"}}},
			{ID: "words", Kind: content.Choice, Many: true},
		},
		Brief: content.Brief{Steps: []string{"words", "one"}},
	}
}

func stepIDs(steps []content.Step) (ids []string) {
	for _, s := range steps {
		ids = append(ids, s.ID)
	}
	return ids
}

func answered(answers []journal.Answer) (steps []string) {
	for _, a := range answers {
		steps = append(steps, a.Step)
	}
	return steps
}

func text(step, text string) journal.Answer { return journal.Answer{Step: step, Text: text} }

func TestWalkTakesAnswersAndTakesThemBack(t *testing.T) {
	g := threeSteps()
	w := newWalk(g, g.Steps)
	if !w.blank() {
		t.Error("a new walk is not blank")
	}
	seven, alsoSeven := 7, 7
	steps := []struct {
		a       journal.Answer
		changes bool
	}{
		{journal.Answer{Step: "one"}, false},
		{text("one", "a"), true},
		{text("one", "a"), false},
		{text("one", "b"), true},
		{journal.Answer{Step: "threat", Value: &seven}, true},
		{journal.Answer{Step: "threat", Value: &alsoSeven}, false},
		{journal.Answer{Step: "threat", Value: &seven, Text: "the call"}, true},
		{journal.Answer{Step: "words", Choices: []string{"sad", "proud"}}, true},
		{journal.Answer{Step: "words", Choices: []string{"sad", "proud"}}, false},
		{journal.Answer{Step: "words", Choices: []string{"proud", "sad"}}, true},
		{journal.Answer{Step: "day", Shares: map[string]int{"a": 1, "b": 2}}, true},
		{journal.Answer{Step: "day", Shares: map[string]int{"b": 2, "a": 1}}, false},
		{journal.Answer{Step: "day", Shares: map[string]int{"a": 1, "c": 2}}, true},
		{journal.Answer{Step: "later", Items: []journal.Item{{Text: "x"}}}, true},
		{journal.Answer{Step: "later", Items: []journal.Item{{Text: "x", When: "soon"}}}, true},
	}
	for i, s := range steps {
		before := w.changes
		if w.set(s.a); w.changes != before != s.changes {
			t.Errorf("answer %d, %+v: changed %v", i, s.a, w.changes != before)
		}
	}
	for _, step := range []string{"one", "threat", "words", "day", "later"} {
		if w.blank() {
			t.Errorf("blank before %s was taken back", step)
		}
		w.set(journal.Answer{Step: step})
	}
	if !w.blank() || len(w.toDraft().Answers) > 0 {
		t.Errorf("something is left: %+v", w.answers)
	}
}

func TestWalkGoesToItsEndsAndNoFurther(t *testing.T) {
	g := threeSteps()
	w := newWalk(g, g.Steps)
	if w.back() {
		t.Error("there is a step before the first")
	}
	n := 1
	for w.next() {
		n++
	}
	if n != 3 || !w.last() || w.step().ID != "words" {
		t.Errorf("%d steps, and at %s", n, w.step().ID)
	}
}

// TestStepWithTwoConditionsIsAskedWhenBothHold: a person who changes their mind
// about either is asked accordingly, there and back.
func TestStepWithTwoConditionsIsAskedWhenBothHold(t *testing.T) {
	choice := func(id string) content.Step {
		return content.Step{ID: id, Kind: content.Choice, Groups: []content.Group{{Words: []content.Word{
			{ID: "yes", Label: "yes, it is"}, {ID: "no", Label: "no"},
		}}}}
	}
	g := content.Guide{ID: "g", Kind: "reflection", Steps: []content.Step{
		choice("safe"), choice("write"),
		{ID: "lines", Kind: content.Prompt, OnlyIf: []content.Condition{
			{Step: "safe", Choices: []string{"yes"}, Skipped: true}, {Step: "write", Choices: []string{"yes"}},
		}},
		{ID: "end", Kind: content.Prompt},
	}}
	for _, tt := range []struct {
		safe, write string
		want        bool
	}{
		{"yes, it is", "yes, it is", true}, {"", "yes, it is", true},
		{"no", "yes, it is", false}, {"yes, it is", "no", false}, {"yes, it is", "", false}, {"", "", false},
	} {
		w := newWalk(g, g.Steps)
		for id, label := range map[string]string{"safe": tt.safe, "write": tt.write} {
			if label != "" {
				w.set(journal.Answer{Step: id, Choices: []string{label}})
			}
		}
		var met []string
		for w.next() {
			met = append(met, w.step().ID)
		}
		if got := slices.Contains(met, "lines"); got != tt.want {
			t.Errorf("safe %q, write %q: asked %v", tt.safe, tt.write, met)
		}
		if _, of := w.place(); of != len(met)+1 {
			t.Errorf("safe %q, write %q: %d steps were met of %d", tt.safe, tt.write, len(met)+1, of)
		}
	}
}

func TestDraftHasTheAnswersInTheGuidesOrder(t *testing.T) {
	g := threeSteps()
	w := newWalk(g, briefSteps(g))
	if got := stepIDs(w.steps); !slices.Equal(got, []string{"one", "words"}) {
		t.Errorf("the short one has %q", got)
	}
	w.set(journal.Answer{Step: "words", Choices: []string{"sad"}})
	w.set(text("drive", "b"))
	w.set(text("threat", "a"))
	w.set(text("one", "c"))
	w.next()
	d := w.toDraft()
	if got := answered(d.Answers); !slices.Equal(got, []string{"one", "threat", "drive", "words"}) {
		t.Errorf("the answers are in the order %q", got)
	}
	if d.At != "words" || !slices.Equal(d.Steps, []string{"one", "words"}) || d.Guide != "g" || d.Kind != journal.Reflection {
		t.Errorf("%+v", d)
	}
}

func TestResumedWalkKeepsWhatTheGuideHasNoMore(t *testing.T) {
	g := threeSteps()
	w := newWalk(g, g.Steps)
	for _, a := range []journal.Answer{text("one", "a"), text("threat", "b"), {Step: "words", Choices: []string{"sad"}}} {
		w.set(a)
	}
	w.next()
	d := w.toDraft()
	tests := []struct {
		name  string
		steps []content.Step
		at    string
		order []string
	}{
		{"nothing is gone", g.Steps, "circles", []string{"one", "threat", "words"}},
		{"another step is gone", g.Steps[1:], "circles", []string{"threat", "words", "one"}},
		{"this step is gone", []content.Step{g.Steps[0], g.Steps[2]}, "one", []string{"one", "words", "threat"}},
		{"all are gone", []content.Step{{ID: "new", Kind: content.Prompt}}, "new", []string{"one", "threat", "words"}},
		{"there is one more", append([]content.Step{{ID: "new", Kind: content.Prompt}}, g.Steps...), "circles", []string{"one", "threat", "words"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := g
			g.Steps = tt.steps
			w := resumeWalk(g, d)
			if w.step().ID != tt.at {
				t.Errorf("it goes on at %s", w.step().ID)
			}
			got := w.toDraft().Answers
			if !slices.Equal(answered(got), tt.order) {
				t.Errorf("the answers are %q", answered(got))
			}
			for _, a := range got {
				if !reflect.DeepEqual(a, w.answer(a.Step)) || a.Empty() {
					t.Errorf("%+v", a)
				}
			}
			again := resumeWalk(g, w.toDraft())
			if !reflect.DeepEqual(again.toDraft().Answers, got) {
				t.Errorf("the second time they are %+v", again.toDraft().Answers)
			}
		})
	}
}

func TestStepsLeftOut(t *testing.T) {
	g := threeSteps()
	if got := stepIDs(fullSteps(g, []string{"circles", "nonsense"})); !slices.Equal(got, []string{"one", "words"}) {
		t.Errorf("%q", got)
	}
	if got := fullSteps(g, stepIDs(g.Steps)); len(got) != 3 {
		t.Errorf("with everything left out %d steps are left", len(got))
	}
	if len(g.Steps) != 3 {
		t.Error("the guide itself was changed")
	}
}

func TestTitles(t *testing.T) {
	check := threeSteps()
	check.Kind = "check-in"
	reflection := threeSteps()
	page := content.Guide{Title: "A blank page", Kind: "note", Steps: []content.Step{{ID: "first"}, {ID: "second"}}}
	tests := []struct {
		guide   content.Guide
		answers []journal.Answer
		want    string
	}{
		{check, nil, "A guide"},
		{check, []journal.Answer{text("one", "private words")}, "A guide"},
		{check, []journal.Answer{{Step: "words", Choices: []string{"sad"}}}, "A guide: sad"},
		{check, []journal.Answer{{Step: "words", Choices: []string{"sad", "proud", "calm", "cold"}}}, "A guide: sad, proud, calm"},
		{reflection, []journal.Answer{{Step: "words", Choices: []string{"sad"}}}, "A guide"},
		{page, []journal.Answer{text("second", "two"), text("first", "\n  one  day \nthen more")}, "one day"},
		{page, []journal.Answer{text("second", "two")}, "two"},
	}
	for _, tt := range tests {
		w := newWalk(tt.guide, tt.guide.Steps)
		for _, a := range tt.answers {
			w.set(a)
		}
		if got := w.title(); got != tt.want {
			t.Errorf("the title is %q, not %q", got, tt.want)
		}
	}
}

func TestFirstWords(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{" \n\n a \n b", "a"},
		{"a\tb  c", "a b c"},
		{strings.Repeat("x", 48), strings.Repeat("x", 48)},
		{strings.Repeat("x", 49), strings.Repeat("x", 48) + " …"},
		{strings.Repeat("word ", 20), strings.TrimSpace(strings.Repeat("word ", 9)) + " …"},
		{strings.Repeat("ü", 60), strings.Repeat("ü", 48) + " …"},
	}
	for _, tt := range tests {
		if got := firstWords(tt.text); got != tt.want {
			t.Errorf("%q: %q, not %q", tt.text, got, tt.want)
		}
	}
}
