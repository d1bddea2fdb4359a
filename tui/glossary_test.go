package tui

import (
	"slices"
	"strings"
	"testing"

	"goodenough/content"
)

func TestTermsIn(t *testing.T) {
	terms := []content.Term{
		{ID: "projection", Term: "projection", Forms: []string{"projecting"}},
		{ID: "identification", Term: "identification"},
		{ID: "both", Term: "projective identification"},
		{ID: "held", Term: "holding", Forms: []string{"held in mind"}},
	}
	tests := []struct {
		text string
		want []string
	}{
		{"", nil},
		{"Whose feeling is it?", nil},
		{"Projection, or projecting?", []string{"projection"}},
		{"Might this be projective identification? Or identification?", []string{"both", "identification"}},
		{"Projections are another word.", nil},
		{"Who is held in mind, and where is the projection?", []string{"held", "projection"}},
	}
	for _, tt := range tests {
		var got []string
		for _, term := range termsIn(terms, tt.text) {
			got = append(got, term.ID)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q has %q, want %q", tt.text, got, tt.want)
		}
	}
}

// guided is home with a guide begun.
func guided(t *testing.T, id string, width, height int) *driver {
	t.Helper()
	d := home(t, width, height)
	g, ok := d.app.library.Guide(id)
	if !ok {
		t.Fatalf("there is no guide %q", id)
	}
	d.send(pushMsg{beginGuide(d.app.session, g, false)})
	d.screen()
	return d
}

// at goes on to a step of the guide on the screen.
func (d *driver) at(step string) *driver {
	d.t.Helper()
	for range 40 {
		if d.guide().walk.step().ID == step {
			return d
		}
		d.press("tab")
	}
	d.t.Fatalf("there is no step %q", step)
	return d
}

// The words of the field are explained where they stand.
func TestGlossaryOpensInPlace(t *testing.T) {
	d := guided(t, "process", 80, 40).at("parts")
	d.misses("Countertransference:").press("ctrl+o").sees("Transference:", "Countertransference:", "Splitting:").press("ctrl+o")
	d.press("?").sees("Countertransference:").press("x").misses("Countertransference:")
}

func TestWhatIsThereSoFar(t *testing.T) {
	d := guided(t, "three-questions", 80, 24)
	for d.guide().field.typing() == false {
		d.press("tab")
	}
	d.write("the long corridor").press("tab").misses("the long corridor").press("ctrl+t").sees("the long corridor")
	d.press("esc").misses("the long corridor").write("and back").sees("and back")
}

func TestQuietTimeBox(t *testing.T) {
	d := guided(t, "three-questions", 80, 24).misses("minutes now")
	d.send(boxMsg{d.guide()})
	d.sees("minutes now. Stopping here is fine, and so is going on.")
	c := home(t, 80, 24).press("c")
	if c.guide().box() != nil {
		t.Error("a check-in has a time box")
	}
}

func TestStepBackWhereTheTextCircles(t *testing.T) {
	d := guided(t, "three-questions", 80, 24)
	for !d.guide().field.typing() {
		d.press("tab")
	}
	d.write(strings.Repeat("the light on the stairs ", 12)).misses("watch it from the doorway")
	d.write("I should have seen it. I should have asked. If only I had. Why didn't I? It is my fault.").sees("watch it from the doorway")
	d.press("tab").misses("watch it from the doorway")
}
