package content_test

import (
	"slices"
	"strings"
	"testing"

	"goodenough/content"
)

// offered is the list that the check-in promises, by group.
var offered = map[string]string{
	"not-sure":           "not sure, nothing much, mixed",
	"stirred-unpleasant": "anxious*, afraid*, angry*, on edge, overwhelmed, frustrated, alarmed, irritable, resentful, indignant, pressured, exposed, jumpy, torn, defensive, disgusted, suspicious, trapped",
	"low-unpleasant":     "sad*, despairing*, helpless*, guilty*, ashamed*, numb, drained, heavy, discouraged, lonely, grieving, flat, cut off, regretful, defeated, let down, weary, tired, empty",
	"stirred-pleasant":   "hopeful*, protective*, determined, energised, proud, moved, encouraged, absorbed, curious, delighted, inspired, playful, confident, eager, amused, admiring",
	"quiet-pleasant":     "caring*, loving*, sympathetic*, calm, settled, connected, safe, relieved, steady, warm, touched, rested, grateful, trusted, tender, at ease",
	"moral":              "uneasy, conflicted, compromised, powerless, betrayed, silenced, principled, at peace with it",
	"both-and":           "relieved and guilty, fond and wary, proud and sad, protective and angry",
	"body":               "tight chest, clenched jaw, knotted stomach, heavy limbs, buzzing, hot, cold, headachy, restless, can't feel much, loose, breathing easily",
}

func TestFeelings(t *testing.T) {
	l, _ := content.Load(nil)
	groups := l.Words("feelings")
	if len(groups) != len(offered) {
		t.Errorf("there are %d groups, want %d", len(groups), len(offered))
	}
	seeds := 0
	for _, g := range groups {
		var words []string
		for _, w := range g.Words {
			if w.ID != w.Label {
				t.Errorf("the journal would keep %q for %q", w.ID, w.Label)
			}
			word := w.ID
			if w.Seed {
				word += "*"
				seeds++
			}
			words = append(words, word)
		}
		if want := strings.Split(offered[g.ID], ", "); !slices.Equal(words, want) {
			t.Errorf("%s:\n got %v\nwant %v", g.ID, words, want)
		}
	}
	if seeds != 13 {
		t.Errorf("%d words are marked as the campaign's, want 13", seeds)
	}
	if groups[0].ID != "not-sure" {
		t.Errorf("the first group is %q; not being sure comes first", groups[0].ID)
	}
}

func TestMistakesInAWordListAreNamedWithTheirLine(t *testing.T) {
	const list = `[[groups]]
id    = "not-sure"
label = "not sure"
words = ["not sure"]

[[groups]]
id    = "wet"
label = "wet"
words = [
  "soaked",
  "damp",
]
`
	tests := []struct {
		name     string
		old, new string
		want     string
	}{
		{"unknown key", "label = \"wet\"", "lable = \"wet\"", `feelings.toml:8: unknown key "lable"`},
		{"word twice", `"damp"`, `"soaked"`, `feelings.toml:11: the word "soaked" is listed twice`},
		{"word in two groups", `"damp"`, `"not sure"`, `feelings.toml:11: the word "not sure" is listed twice`},
		{"group twice", `"wet"`, `"not-sure"`, `feelings.toml:7: the id "not-sure" is used twice`},
		{"seed that is no word", `label = "wet"`, "label = \"wet\"\nseeds = [\"dry\"]",
			`feelings.toml:9: the seed "dry" is not among the words`},
		{"nothing for not being sure", `"not-sure"`, `"unsure"`,
			`feelings.toml: there is no group "not-sure"; nobody has to know what they feel`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := content.Load(folder("feelings.toml", strings.Replace(list, tt.old, tt.new, 1)))
			if len(problems) != 1 || problems[0].Error() != tt.want {
				t.Errorf("\n got %v\nwant %s", problems, tt.want)
			}
		})
	}
}
