package content

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// check gathers the mistakes in one file that only the meaning of a key
// shows. It goes on after the first, which keeps the rules below free of
// error handling, and names the topmost.
type check struct {
	*index
	problems []Problem
}

// fail notes a mistake at a path of the index.
func (c *check) fail(at, format string, args ...any) {
	c.problems = append(c.problems, Problem{Line: c.at(at), Message: fmt.Sprintf(format, args...)})
}

func (c *check) first() error {
	if len(c.problems) == 0 {
		return nil
	}
	return slices.MinFunc(c.problems, func(a, b Problem) int { return a.Line - b.Line })
}

// need reports the keys that are missing from a table.
func (c *check) need(table string, keys ...string) {
	for _, key := range keys {
		if at := join(table, key); !c.has(at) {
			c.fail(at, "%q is missing", key)
		}
	}
}

// item returns the path of the i-th table in a list, and reports the keys
// that it needs.
func (c *check) item(list string, i int, keys ...string) string {
	at := join(list, fmt.Sprint(i))
	if !c.has(at) {
		// [steps] reads as one step, but two brackets are what the next
		// person to add a step will have to know about.
		c.fail(list, "a table in a list needs two brackets, as in [[steps]]")
		return list
	}
	c.need(at, keys...)
	return at
}

// kebab is what ids look like: they end up in the journal and on the command
// line, where spaces and capitals are a nuisance.
var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// id checks the id of a table, and that it is not among those seen before.
func (c *check) id(table, id string, seen map[string]bool) {
	at := join(table, "id")
	switch {
	case id == "":
		return // reported as missing
	case !kebab.MatchString(id):
		c.fail(at, "the id %q may have small letters, digits and hyphens only", id)
	case seen[id]:
		c.fail(at, "the id %q is used twice", id)
	}
	seen[id] = true
}

func (c *check) between(at string, n, low, high int) {
	if c.has(at) && (n < low || n > high) {
		key := strings.TrimRight(at, ".0123456789") // without the place in a list
		c.fail(at, "%q is from %d to %d", key[strings.LastIndexByte(key, '.')+1:], low, high)
	}
}

func (c *check) length(at, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		c.fail(at, "this is %d characters long; %d fit", n, most)
	}
}

// among wants a text to be one of a few.
func (c *check) among(at, text string, of []string) {
	if c.has(at) && !slices.Contains(of, text) {
		c.fail(at, "unknown %q; it is one of %s", text, strings.Join(of, ", "))
	}
}

// oneOf wants exactly one of two keys in a table.
func (c *check) oneOf(table, a, b string) {
	if c.has(join(table, a)) == c.has(join(table, b)) {
		c.fail(join(table, b), "this step needs %s or %s, and not both", a, b)
	}
}

// entryKinds are the kinds of entry that a journal keeps.
var entryKinds = []string{"check-in", "practice", "reflection", "supervision", "note"}

// The room there is on a small screen.
const (
	promptLength = 140
	shortLength  = 24
)

func (c *check) guide(f *guideFile, l *Library, taken map[string]string) {
	c.need("", "id", "title", "kind", "minutes", "helps", "closing", "steps")
	c.id("", f.ID, make(map[string]bool))
	c.untaken(f.ID, taken)
	c.sources("sources", f.Sources, l)
	if c.has("kind") && !slices.Contains(entryKinds, f.Kind) {
		c.fail("kind", "unknown kind %q; it is one of %s", f.Kind, strings.Join(entryKinds, ", "))
	}
	c.between("minutes", f.Minutes, 1, 180)
	for i, w := range f.With {
		if !slices.Contains(Withs, w) {
			c.fail(fmt.Sprintf("with.%d", i), "unknown %q; it is one of %s", w, strings.Join(Withs, ", "))
		}
	}

	ids := make(map[string]bool)
	for i := range f.Steps {
		c.step(c.item("steps", i, "id", "kind", "prompt", "short"), &f.Steps[i], ids, l.words)
		f.Steps[i].Step.OnlyIf = c.onlyIf(fmt.Sprintf("steps.%d.only_if", i), f.Steps[i].OnlyIf, f.Steps[:i])
		c.goesOn(fmt.Sprintf("steps.%d", i), f.Steps[i].Step, f.Steps[i+1:])
	}
	if c.has("title_from") && !slices.ContainsFunc(f.Steps, func(s stepFile) bool { return s.ID == f.TitleFrom }) {
		c.fail("title_from", "there is no step %q", f.TitleFrom)
	}
	if c.has("brief") {
		c.brief(f)
	}
}

func (c *check) brief(f *guideFile) {
	c.need("brief", "minutes", "steps")
	c.between("brief.minutes", f.Brief.Minutes, 1, 180)
	seen := make(map[string]bool)
	for i, id := range f.Brief.Steps {
		at := fmt.Sprintf("brief.steps.%d", i)
		if !slices.ContainsFunc(f.Steps, func(s stepFile) bool { return s.ID == id }) {
			c.fail(at, "there is no step %q", id)
		}
		if seen[id] {
			c.fail(at, "the step %q is listed twice", id)
		}
		seen[id] = true
	}
}

// stepKeys are the keys that a kind of step needs and takes, beyond those of
// every step. A key of another kind would do nothing, so it is a mistake.
var stepKeys = map[StepKind]struct{ needs, takes []string }{
	Pause:   {needs: []string{"seconds"}, takes: []string{"anchors", "lines"}},
	Prompt:  {takes: []string{"long"}},
	Choice:  {takes: []string{"words", "options", "many", "own_words", "line"}},
	Scale:   {needs: []string{"low", "high"}, takes: []string{"marks", "line"}},
	Share:   {needs: []string{"parts", "squares"}},
	Systems: {needs: []string{"systems"}},
	Park:    {needs: []string{"whens"}, takes: []string{"whos"}},
	Pick:    {takes: []string{"into", "day"}},
	Rows:    {needs: []string{"rows", "take"}, takes: []string{"low", "high"}},

	Bring:    {needs: []string{"side", "verb"}},
	Triangle: {},
}

var everyStep = []string{"id", "kind", "prompt", "short", "note", "why", "only_if"}

// step checks one step. The ids of the circles stand beside those of the
// steps, because the journal keeps an answer for each.
func (c *check) step(at string, s *stepFile, ids map[string]bool, lists map[string][]Group) {
	c.id(at, s.ID, ids)
	c.length(join(at, "prompt"), s.Prompt, promptLength)
	c.length(join(at, "short"), s.Short, shortLength)
	keys, ok := stepKeys[s.Kind]
	if !ok {
		if s.Kind != "" {
			c.fail(join(at, "kind"), "unknown kind of step %q", s.Kind)
		}
		return
	}
	c.need(at, keys.needs...)
	for _, key := range c.keys[at] {
		if !slices.Contains(slices.Concat(everyStep, keys.needs, keys.takes), key) {
			c.fail(join(at, key), "a %s step has no %q", s.Kind, key)
		}
	}
	switch s.Kind {
	case Pause:
		c.between(join(at, "seconds"), s.Seconds, 1, 3600)
		c.oneOf(at, "anchors", "lines")
		named(c, join(at, "anchors"), s.Anchors, func(a Anchor) string { return a.ID }, "id", "label", "lines")
	case Choice:
		c.oneOf(at, "words", "options")
		if s.Words != "" && lists[s.Words] == nil {
			c.fail(join(at, "words"), "there is no word list %q", s.Words)
		}
		named(c, join(at, "options"), s.Options, func(w Word) string { return w.ID }, "id", "label")
	case Scale:
		c.marks(join(at, "marks"), s.Marks)
	case Share:
		c.between(join(at, "squares"), s.Squares, 1, 20)
		named(c, join(at, "parts"), s.Parts, func(p Part) string { return p.ID }, "id", "label")
	case Rows:
		c.rows(at, s, ids)
	case Bring:
		c.among(join(at, "side"), s.Side, Sides)
		c.among(join(at, "verb"), s.Verb, Verbs)
	case Systems:
		c.systems(join(at, "systems"), s.Systems, ids)
	}
}

// onlyIf reads and checks conditions: one by itself, or a list.
func (c *check) onlyIf(at string, v any, before []stepFile) []Condition {
	list, several := v.([]any)
	if !several && c.has(at) {
		return []Condition{c.condition(at, v, before)}
	}
	var all []Condition
	for i, item := range list {
		all = append(all, c.condition(join(at, fmt.Sprint(i)), item, before))
	}
	return all
}

// condition reads one condition, and checks that it is about a choice that
// comes before and about options that it has.
func (c *check) condition(at string, v any, before []stepFile) Condition {
	table, ok := v.(map[string]any)
	if !ok {
		c.fail(at, "a condition is written as in only_if = { step = \"write\", choices = [\"a-few-lines\"] }")
		return Condition{}
	}
	var o Condition
	for _, key := range slices.Sorted(maps.Keys(table)) {
		at, value, want := join(at, key), table[key], ""
		switch key {
		case "step":
			o.Step, ok = value.(string)
			want = "string"
		case "choices":
			o.Choices, ok = texts(value)
			want = "[]string"
		case "skipped":
			o.Skipped, ok = value.(bool)
			want = "bool"
		default:
			c.fail(at, "unknown key %q", key)
			continue
		}
		if !ok {
			c.fail(at, "%q takes %s", key, wants[want])
		}
	}
	c.need(at, "step", "choices")
	s, ok := find(before, func(s stepFile) bool { return s.ID == o.Step && s.Kind == Choice })
	if !ok {
		c.fail(join(at, "step"), "no step before this one has a choice and the id %q", o.Step)
		return o
	}
	for i, id := range o.Choices {
		if !slices.ContainsFunc(s.Options, func(w Word) bool { return w.ID == id }) {
			c.fail(fmt.Sprintf("%s.choices.%d", at, i), "the step %q has no option %q", o.Step, id)
		}
	}
	return o
}

// texts returns a list of texts that was read as a list of anything.
func texts(v any) (all []string, ok bool) {
	list, ok := v.([]any)
	for _, item := range list {
		text, isText := item.(string)
		all, ok = append(all, text), ok && isText
	}
	return all, ok
}

// goesOn checks where what is picked goes: into a step that comes later.
func (c *check) goesOn(at string, s Step, after []stepFile) {
	to := func(key, id string, kinds ...StepKind) {
		fits := func(s stepFile) bool { return s.ID == id && slices.Contains(kinds, s.Kind) }
		if at := join(at, key); c.has(at) && !slices.ContainsFunc(after, fits) {
			c.fail(at, "no %s step after this one has the id %q", kinds[0], id)
		}
	}
	to("into", s.Into, Triangle)
	to("day", s.Day, Prompt)
}

// named checks a list of tables that each have an id of their own.
func named[T any](c *check, list string, items []T, id func(T) string, keys ...string) {
	seen := make(map[string]bool)
	for i, item := range items {
		c.id(c.item(list, i, keys...), id(item), seen)
	}
}

func (c *check) rows(at string, s *stepFile, ids map[string]bool) {
	for i, r := range s.Rows {
		row := c.item(join(at, "rows"), i, "id", "label", "prompt")
		c.id(row, r.ID, ids)
		c.length(join(row, "prompt"), r.Prompt, promptLength)
		c.length(join(row, "label"), r.Label, shortLength)
	}
	if takes := []Take{TakeNumber, TakeWords, TakeHeld}; s.Take != "" && !slices.Contains(takes, s.Take) {
		c.fail(join(at, "take"), "unknown take %q; it is number, words or held", s.Take)
	}
}

func (c *check) marks(list string, marks []Mark) {
	before := -1
	for i, m := range marks {
		at := join(c.item(list, i, "value", "label"), "value")
		c.between(at, m.Value, 0, 10)
		if m.Value <= before {
			c.fail(at, "the marks go from low to high, each value once")
		}
		before = m.Value
	}
}

// systemIDs are the three systems of the model; there is no fourth circle to
// draw.
var systemIDs = []string{"threat", "drive", "soothing"}

func (c *check) systems(list string, systems []System, ids map[string]bool) {
	for i, s := range systems {
		at := c.item(list, i, "id", "label", "meaning", "prompt")
		c.id(at, s.ID, ids)
		if s.ID != "" && !slices.Contains(systemIDs, s.ID) {
			c.fail(join(at, "id"), "unknown system %q; it is one of %s", s.ID, strings.Join(systemIDs, ", "))
		}
	}
}
