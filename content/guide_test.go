package content_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"goodenough/content"
)

func TestMistakesInAGuideAreNamedWithTheirLine(t *testing.T) {
	tests := []struct {
		name     string
		old, new string // what is changed in mine
		want     string
	}{
		{"unknown key", "title   =", "titel   =",
			`2: unknown key "titel"`},
		{"unknown key in a step", "prompt = \"What was said?\"", "prompt = \"What was said?\"\nsize = 3",
			`17: unknown key "size"`},
		{"unknown table", "[brief]", "[breif]",
			`8: unknown key "breif"`},
		{"capitals", "title   =", "Title   =",
			`2: unknown key "Title"`},
		{"text for a number", "minutes = 3", `minutes = "three"`,
			`4: "minutes" takes a whole number`},
		{"number for text", `prompt = "What was said?"`, "prompt = 3",
			`16: "prompt" takes text in quotes`},
		{"text for a list", `lines   = ["Nothing to do."]`, `lines   = "Nothing to do."`,
			`31: "lines" takes a list of texts`},
		{"text for yes or no", `words  = "feelings"`, "words  = \"feelings\"\nmany   = \"yes\"",
			`24: "many" takes true or false`},
		{"not TOML", `"After duty."`, `"After duty.`,
			`5: basic strings cannot have new lines`},
		{"key twice", "helps   =", "title   =",
			`5: key title is already defined`},
		{"missing title", "title   = \"Mine\"\n", "",
			`1: "title" is missing`},
		{"missing prompt", "prompt = \"What was felt?\"\n", "",
			`19: "prompt" is missing`},
		{"missing id of a step", "id     = \"felt\"\n", "",
			`18: "id" is missing`},
		{"missing seconds", "seconds = 10\n", "",
			`26: "seconds" is missing`},
		{"empty prompt", `"What was felt?"`, `" "`,
			`22: the text is empty; leave the key out instead`},
		{"empty list", `["Nothing to do."]`, "[]",
			`31: the list is empty; leave the key out instead`},
		{"escape sequence", `"What was felt?"`, `"What was \u001b[2J felt?"`,
			`22: the text holds a line break or a character that cannot be shown`},
		{"bad kind of guide", `"reflection"`, `"diary"`,
			`3: unknown kind "diary"; it is one of check-in, practice, reflection, supervision, note`},
		{"bad kind of step", `kind   = "choice"`, `kind   = "chocie"`,
			`20: unknown kind of step "chocie"`},
		{"key of another kind", `words  = "feelings"`, "words  = \"feelings\"\nseconds = 5",
			`24: a choice step has no "seconds"`},
		{"duplicate id", `"felt"`, `"said"`,
			`19: the id "said" is used twice`},
		{"id with a space", `"felt"`, `"I felt"`,
			`19: the id "I felt" may have small letters, digits and hyphens only`},
		{"unknown word list", `"feelings"`, `"weather"`,
			`23: there is no word list "weather"`},
		{"brief names no step", `["said"]`, `["said", "sung"]`,
			`10: there is no step "sung"`},
		{"brief names a step twice", `["said"]`, `["said", "said"]`,
			`10: the step "said" is listed twice`},
		{"brief without minutes", "minutes = 1\n", "",
			`8: "minutes" is missing`},
		{"over-long prompt", "What was felt?", strings.Repeat("é", 141),
			`22: this is 141 characters long; 140 fit`},
		{"over-long short name", `"What was felt"`, `"Everything that was felt there"`,
			`21: this is 30 characters long; 24 fit`},
		{"no time at all", "seconds = 10", "seconds = 0",
			`30: "seconds" is from 1 to 3600`},
		{"neither lines nor anchors", "lines   = [\"Nothing to do.\"]\n", "",
			`26: this step needs anchors or lines, and not both`},
		{"one bracket", "[[steps]]\nid     = \"said\"", "[steps]\nid     = \"said\"",
			`18: key steps already exists as a table, but should be an array table`},
		{"too many brackets", "[brief]", "[[brief]]",
			`8: "brief" does not stand in brackets like these`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			broken := strings.Replace(mine, tt.old, tt.new, 1)
			l, problems := content.Load(folder("guides/mine.toml", broken))
			if len(problems) != 1 {
				t.Fatalf("problems are %v", problems)
			}
			if got, want := problems[0].Error(), "guides/mine.toml:"+tt.want; got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
			if _, ok := l.Guide("mine"); ok {
				t.Error("the guide was taken all the same")
			}
		})
	}
}

// TestMistakesInAStepAreNamedWithTheirLine appends a step to mine; its
// [[steps]] stands on line 32.
func TestMistakesInAStepAreNamedWithTheirLine(t *testing.T) {
	tests := []struct {
		name, step, want string
	}{
		{"mark beyond the scale", `kind = "scale"
low = "settled"
high = "as much as I can imagine"
marks = [{value = 0, label = "settled"}, {value = 11, label = "more"}]`,
			`39: "value" is from 0 to 10`},
		{"marks out of order", `kind = "scale"
low = "settled"
high = "a lot"
[[steps.marks]]
value = 5
label = "takes effort"
[[steps.marks]]
value = 4
label = "noticeable"`,
			`43: the marks go from low to high, each value once`},
		{"scale without an end", `kind = "scale"
low = "settled"`,
			`33: "high" is missing`},
		{"too many squares", `kind = "share"
squares = 21
parts = [{id = "a", label = "a"}]`,
			`37: "squares" is from 1 to 20`},
		{"part without a label", `kind = "share"
squares = 10
[[steps.parts]]
id = "travel"`,
			`39: "label" is missing`},
		{"part twice", `kind = "share"
squares = 10
[[steps.parts]]
id = "travel"
label = "travel"
[[steps.parts]]
id = "travel"
label = "again"`,
			`42: the id "travel" is used twice`},
		{"fourth system", `kind = "systems"
[[steps.systems]]
id = "hunger"
label = "hunger"
meaning = "Lunch."
prompt = "How much of it?"`,
			`38: unknown system "hunger"; it is one of threat, drive, soothing`},
		{"list with one bracket", `kind = "systems"
[steps.systems]
id = "threat"
label = "threat"
meaning = "Danger."`,
			`37: a table in a list needs two brackets, as in [[steps]]`},
		{"park without times", `kind = "park"`,
			`33: "whens" is missing`},
		{"a side that no triangle has", `kind = "bring"
side = "mediation"
verb = "think"`,
			`37: unknown "mediation"; it is one of supportive, educative, administrative`},
		{"a verb that nobody asked for", `kind = "bring"
side = "educative"
verb = "obey"`,
			`38: unknown "obey"; it is one of support, think, decide, learn, tell the organisation`},
		{"a thing to bring without a side", `kind = "bring"
verb = "think"`,
			`33: "side" is missing`},
		{"what is picked goes back", `kind = "pick"
into = "said"`,
			`37: no triangle step after this one has the id "said"`},
		{"the day goes nowhere", `kind = "pick"
day = "then"`,
			`37: no prompt step after this one has the id "then"`},
		{"words and options", `kind = "choice"
words = "feelings"
[[steps.options]]
id = "yes"
label = "yes"`,
			`38: this step needs words or options, and not both`},
		{"condition on a step that comes later", `kind = "prompt"
only_if = { step = "most", choices = ["a"] }`,
			`37: no step before this one has a choice and the id "most"`},
		{"condition that is a text", `kind = "prompt"
only_if = "said"`,
			`37: a condition is written as in only_if = { step = "write", choices = ["a-few-lines"] }`},
		{"misspelt key of a condition", `kind = "prompt"
only_if = { step = "felt", choises = ["a"] }`,
			`37: unknown key "choises"`},
		{"number for a choice", `kind = "prompt"
only_if = { step = "felt", choices = [1] }`,
			`37: "choices" takes a list of texts`},
		{"text for skipped", `kind = "prompt"
[steps.only_if]
step = "felt"
skipped = "yes"
choices = ["a"]`,
			`39: "skipped" takes true or false`},
		{"mistake in a list of conditions", `kind = "prompt"
[[steps.only_if]]
step = "felt"
choices = ["calm"]
[[steps.only_if]]
step = "said"
choices = ["calm"]`,
			`39: the step "felt" has no option "calm"`},
		{"anchor without lines", `kind = "pause"
seconds = 5
[[steps.anchors]]
id = "sounds"
label = "sounds"`,
			`39: "lines" is missing`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			guide := mine + "[[steps]]\nid = \"more\"\nprompt = \"More?\"\nshort = \"More\"\n" + tt.step + "\n"
			_, problems := content.Load(folder("guides/mine.toml", guide))
			if len(problems) != 1 {
				t.Fatalf("problems are %v", problems)
			}
			if got, want := problems[0].Error(), "guides/mine.toml:"+tt.want; got != want {
				t.Errorf("\n got %s\nwant %s", got, want)
			}
		})
	}
}

func TestEveryKindOfStepCanBeWritten(t *testing.T) {
	l, problems := content.Load(folder("guides/mine.toml", mine+`
[[steps]]
id     = "now"
kind   = "scale"
short  = "How much now"
prompt = "How much is with you now?"
low    = "settled"
high   = "as much as I can imagine"
line   = "Where do you notice it?"
marks  = [{value = 0, label = "settled"}, {value = 5, label = "takes effort"}]

[[steps]]
id     = "bring"
kind   = "pick"
short  = "Bring along"
prompt = "Which entries would you like to bring?"
into   = "whole"
day    = "stuck"

[[steps]]
id     = "stuck"
kind   = "prompt"
short  = "Where stuck"
prompt = "Where are you stuck?"

[[steps]]
id     = "ask"
kind   = "bring"
short  = "What to ask"
prompt = "What would you like to ask?"
side   = "educative"
verb   = "think"

[[steps]]
id     = "whole"
kind   = "triangle"
short  = "The whole of it"
prompt = "This is all of it."
`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	g, _ := l.Guide("mine")
	if now := g.Steps[3]; now.Kind != content.Scale || now.High != "as much as I can imagine" || now.Marks[1].Value != 5 {
		t.Errorf("the scale reads %+v", now)
	}
	if bring := g.Steps[4]; bring.Kind != content.Pick || bring.Into != "whole" || bring.Day != "stuck" {
		t.Errorf("the pick reads %+v", bring)
	}
	if ask := g.Steps[6]; ask.Kind != content.Bring || ask.Side != "educative" || ask.Verb != "think" {
		t.Errorf("the thing to bring reads %+v", ask)
	}
	if whole := g.Steps[7]; whole.Kind != content.Triangle {
		t.Errorf("the triangle reads %+v", whole)
	}
	if rest := g.Steps[2]; rest.Pause != 10*time.Second || len(rest.Lines) != 1 {
		t.Errorf("the pause reads %+v", rest)
	}
}

// TestConditionsCanBeWrittenInEveryWay holds that a guide may ask for one
// condition or for several, and that files with one by itself still work.
func TestConditionsCanBeWrittenInEveryWay(t *testing.T) {
	first := content.Condition{Step: "safe", Choices: []string{"yes"}, Skipped: true}
	second := content.Condition{Step: "write", Choices: []string{"a-line", "more"}}
	for _, tt := range []struct {
		onlyIf string
		want   []content.Condition
	}{
		{"", nil},
		{`only_if = { step = "safe", choices = ["yes"], skipped = true }`, []content.Condition{first}},
		{"[steps.only_if]\nstep = \"write\"\nchoices = [\"a-line\", \"more\"]", []content.Condition{second}},
		{"only_if = [\n{ step = \"safe\", choices = [\"yes\"], skipped = true },\n{ step = \"write\", choices = [\"a-line\", \"more\"] },\n]",
			[]content.Condition{first, second}},
		{"[[steps.only_if]]\nstep = \"safe\"\nchoices = [\"yes\"]\nskipped = true\n[[steps.only_if]]\nstep = \"write\"\nchoices = [\"a-line\", \"more\"]",
			[]content.Condition{first, second}},
	} {
		l, problems := content.Load(folder("guides/mine.toml", mine+`
[[steps]]
id      = "safe"
kind    = "choice"
short   = "Safe now"
prompt  = "Are you safe?"
options = [{id = "yes", label = "yes"}, {id = "no", label = "no"}]

[[steps]]
id      = "write"
kind    = "choice"
short   = "Write or not"
prompt  = "Would you like to write?"
options = [{id = "a-line", label = "a line"}, {id = "more", label = "more"}, {id = "no", label = "no"}]

[[steps]]
id     = "lines"
kind   = "prompt"
short  = "A few lines"
prompt = "What would you like to put down?"
`+tt.onlyIf+"\n"))
		if len(problems) > 0 {
			t.Errorf("%s: %v", tt.onlyIf, problems)
			continue
		}
		g, _ := l.Guide("mine")
		if lines, _ := g.Step("lines"); !reflect.DeepEqual(lines.OnlyIf, tt.want) {
			t.Errorf("%s reads %+v", tt.onlyIf, lines.OnlyIf)
		}
	}
}

func TestFilesFromWindowsAreRead(t *testing.T) {
	_, problems := content.Load(folder(
		"guides/mine.toml", "\ufeff"+strings.ReplaceAll(mine, "\n", "\r\n"),
		"cards/duty.md", "\ufeff+++\r\ntitle = \"Duty\"\r\n+++\r\n\r\nThe desk.\r\n",
	))
	if len(problems) > 0 {
		t.Error(problems)
	}
}

func TestEndOfDay(t *testing.T) {
	l, _ := content.Load(nil)
	g, ok := l.Guide("end-of-day")
	if !ok {
		t.Fatal("there is no guide end-of-day")
	}
	if g.Kind != "check-in" || g.Minutes != 4 || g.Brief.Minutes != 1 {
		t.Errorf("kind %q, %d minutes, %d in brief", g.Kind, g.Minutes, g.Brief.Minutes)
	}
	if want := []string{"feelings", "systems", "set-down", "told"}; !slices.Equal(g.Brief.Steps, want) {
		t.Errorf("in brief it has %v", g.Brief.Steps)
	}
	want := []struct {
		id   string
		kind content.StepKind
	}{
		{"arrive", content.Pause}, {"feelings", content.Choice}, {"systems", content.Systems},
		{"day", content.Share}, {"set-down", content.Prompt}, {"mattered", content.Prompt},
		{"unfinished", content.Park}, {"told", content.Choice}, {"close", content.Pause},
	}
	if len(g.Steps) != len(want) {
		t.Fatalf("it has %d steps", len(g.Steps))
	}
	for i, s := range g.Steps {
		if s.ID != want[i].id || s.Kind != want[i].kind {
			t.Errorf("step %d is %s %q, want %s %q", i, s.Kind, s.ID, want[i].kind, want[i].id)
		}
	}

	arrive, feelings, systems, day, told := g.Steps[0], g.Steps[1], g.Steps[2], g.Steps[3], g.Steps[7]
	if len(arrive.Anchors) != 4 || arrive.Pause != 20*time.Second {
		t.Errorf("arriving has %d anchors and %v", len(arrive.Anchors), arrive.Pause)
	}
	if !feelings.Many || !feelings.Own || feelings.Groups[0].ID != "not-sure" {
		t.Errorf("the feelings: many %v, own %v, first %q", feelings.Many, feelings.Own, feelings.Groups[0].ID)
	}
	if ids := ids(systems.Systems, func(s content.System) string { return s.ID }); !slices.Equal(ids, []string{"threat", "drive", "soothing"}) {
		t.Errorf("the circles are %v", ids)
	}
	parts := []string{"direct", "contact", "recording", "liaison", "meetings", "travel", "supervision", "reflection", "breaks", "other"}
	if ids := ids(day.Parts, func(p content.Part) string { return p.ID }); !slices.Equal(ids, parts) || day.Squares != 10 {
		t.Errorf("%d squares for %v", day.Squares, ids)
	}
	if len(told.Groups) != 1 || len(told.Groups[0].Words) != 4 || told.Many {
		t.Fatalf("who needs telling: %+v", told.Groups)
	}
	for _, w := range told.Groups[0].Words {
		if w.Say == "" {
			t.Errorf("the answer %q is met with silence", w.Label)
		}
	}
}

func ids[T any](items []T, id func(T) string) []string {
	var all []string
	for _, item := range items {
		all = append(all, id(item))
	}
	return all
}

func TestNoteIsABlankPage(t *testing.T) {
	l, _ := content.Load(nil)
	g, ok := l.Guide("note")
	if !ok || g.Kind != "note" || len(g.Steps) != 1 {
		t.Fatalf("Guide(note) = %+v, %v", g, ok)
	}
	if s := g.Steps[0]; s.ID != "note" || s.Kind != content.Prompt || !s.Long {
		t.Errorf("its step is %+v", s)
	}
}
