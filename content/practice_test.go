package content_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"goodenough/content"
)

func TestPracticesComeInTheirLengths(t *testing.T) {
	l, _ := content.Load(nil)
	want := []string{
		"soothing-rhythm [3 1 5]", "breathing-space [3]", "stop [1 3]", "senses [3 1 5]",
		"between-visits [1 3]", "leaving-work [3 5]", "compassionate-self [5 10]",
		"body-scan [10 15]", "sit [15]", "welcoming-place [5]",
	}
	var got []string
	for _, p := range l.Practices() {
		got = append(got, fmt.Sprintf("%s %v", p.ID, p.Minutes))
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %v\nwant %v", got, want)
	}
}

// afterPractice is not chosen from a shelf: it is where somebody keeps a line
// of a practice when they ask to.
const afterPractice = "after-practice"

func TestShelves(t *testing.T) {
	l, _ := content.Load(nil)
	shelves := l.Shelves()
	var items []string
	for _, s := range shelves {
		items = append(items, s.Items...)
	}
	var all []string
	for _, p := range l.Practices() {
		all = append(all, p.ID)
	}
	for _, g := range l.Guides() {
		if g.Kind == "practice" && g.ID != afterPractice {
			all = append(all, g.ID)
		}
	}
	slices.Sort(all)
	if got := slices.Sorted(slices.Values(items)); !slices.Equal(got, all) {
		t.Errorf("on the shelves are %v, want each once: %v", got, all)
	}
	if items[0] != "soothing-rhythm" {
		t.Errorf("%q comes first", items[0])
	}
	last := shelves[len(shelves)-1]
	if !slices.Equal(last.Items, []string{"welcoming-place"}) || !strings.Contains(last.Label, "skip freely") {
		t.Errorf("last comes %+v; imagery is to be passed over freely", last)
	}
}

// TestSensesStandAlone: they are also shown one at a time, by themselves, to
// somebody who wants the ground back.
func TestSensesStandAlone(t *testing.T) {
	l, _ := content.Load(nil)
	p, _ := l.Practice("senses")
	starts := []string{"Five things you can see", "Four things you can feel", "Three things you can hear", "Two things you can smell", "One thing you can taste"}
	for i, start := range starts {
		if got := p.Phases[i].Lines[0]; !strings.HasPrefix(got, start) {
			t.Errorf("phase %d starts with %q", i, got)
		}
	}
}

// walk is an own practice without a mistake, for tests to break one line of.
const walk = `id       = "walk"
title    = "Round the car park"
minutes  = [1, 2]
helps    = "After a call."
leave    = "When it is icy."
evidence = "We like it."
sources  = ["Our team's away day, 2026"]
closing  = "Back."

[[paces]]
id    = "slow"
label = "slow"
in    = 5
out   = 6
from  = 3

[[phases]]
short   = "Out"
seconds = [30, 60]
lines   = ["Out."]
breath  = true

[[phases]]
short   = "Back"
seconds = [30, 60]
lines   = ["Back."]
`

func TestMistakesInAPracticeAreNamedWithTheirLine(t *testing.T) {
	tests := []struct {
		name     string
		old, new string
		want     string
	}{
		{"unknown key", "helps    =", "help     =", `4: unknown key "help"`},
		{"unknown key in a phase", "breath  = true", "breathe = true", `21: unknown key "breathe"`},
		{"no leave", "leave    = \"When it is icy.\"\n", "", `1: "leave" is missing`},
		{"no evidence", "evidence = \"We like it.\"\n", "", `1: "evidence" is missing`},
		{"no sources", "sources  = [\"Our team's away day, 2026\"]\n", "", `1: "sources" is missing`},
		{"a source that is not there", `["Our team's away day, 2026"]`, `["away-day"]`, `7: there is no source "away-day" in sources.toml`},
		{"capitals in the id", `"walk"`, `"Walk"`, `1: the id "Walk" may have small letters, digits and hyphens only`},
		{"no time", "[1, 2]", "[0, 2]", `3: "minutes" is from 1 to 60`},
		{"sum", "seconds = [30, 60]\nlines   = [\"Back.\"]", "seconds = [30, 50]\nlines   = [\"Back.\"]",
			`3: the phases of the length of 2 minutes add up to 110 seconds, and not to 120`},
		{"too few seconds", "seconds = [30, 60]\nlines   = [\"Back.\"]", "seconds = [30]\nlines   = [\"Back.\"]",
			`25: this needs 2 numbers, one for each of the lengths in minutes`},
		{"seconds below nothing", "seconds = [30, 60]\nlines   = [\"Out.\"]", "seconds = [-30, 60]\nlines   = [\"Out.\"]",
			`19: "seconds" is from 0 to 3600`},
		{"phase without lines", "lines   = [\"Back.\"]\n", "", `23: "lines" is missing`},
		{"over-long short name", `"Out"`, `"Out through the heavy door"`, `18: this is 26 characters long; 24 fit`},
		{"too quick a breath", "in    = 5", "in    = 1", `13: "in" is from 2 to 10`},
		{"only a way in", "out   = 6\n", "", `10: a pace has both in and out, or neither`},
		{"starts slower than it goes", "from  = 3", "from  = 6", `15: "from" is from 2 to 5`},
		{"pace without a label", "label = \"slow\"\n", "", `11: "label" is missing`},
		{"one bracket", "[[paces]]", "[paces]", `10: a table in a list needs two brackets, as in [[steps]]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			broken := strings.Replace(walk, tt.old, tt.new, 1)
			l, problems := content.Load(folder("practices/walk.toml", broken))
			if len(problems) != 1 {
				t.Fatalf("problems are %v", problems)
			}
			if got, want := problems[0].Error(), "practices/walk.toml:"+tt.want; got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
			if _, ok := l.Practice("walk"); ok {
				t.Error("the practice was taken all the same")
			}
		})
	}
}

func TestOwnPracticeIsOffered(t *testing.T) {
	letter := strings.NewReplacer(`"mine"`, `"letter"`, `"reflection"`, `"practice"`).Replace(mine)
	l, problems := content.Load(folder("practices/walk.toml", walk, "guides/letter.toml", letter))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if p, ok := l.Practice("walk"); !ok || !p.Own {
		t.Errorf("Practice(walk) = %q, own %v", p.ID, p.Own)
	}
	shelves := l.Shelves()
	if last := shelves[len(shelves)-1]; last.Label != "your own" || !slices.Equal(last.Items, []string{"walk", "letter"}) {
		t.Errorf("the last shelf is %+v", last)
	}
}

func TestOwnPracticeTakesThePlaceOfABuiltInOne(t *testing.T) {
	builtIn, _ := content.Load(nil)
	l, problems := content.Load(folder("practices/a.toml", strings.Replace(walk, `"walk"`, `"stop"`, 1)))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if p, _ := l.Practice("stop"); p.Title != "Round the car park" {
		t.Errorf("Practice(stop) = %q", p.Title)
	}
	if len(l.Practices()) != len(builtIn.Practices()) || len(l.Shelves()) != len(builtIn.Shelves()) {
		t.Error("it stands beside the built-in one")
	}
}
