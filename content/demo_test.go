package content_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"goodenough/content"
)

// demoEntry is an entry in the journal's interchange format, as far as the
// demo uses it. Content does not know the journal, so it is spelt out here.
type demoEntry struct {
	ID      string       `json:"id"`
	Kind    string       `json:"kind"`
	Guide   string       `json:"guide"`
	Created time.Time    `json:"created"`
	Updated time.Time    `json:"updated"`
	Title   string       `json:"title"`
	Tags    []string     `json:"tags"`
	Answers []demoAnswer `json:"answers"`
}

type demoAnswer struct {
	Step    string         `json:"step"`
	Prompt  string         `json:"prompt"`
	Text    string         `json:"text"`
	Choices []string       `json:"choices"`
	Value   *int           `json:"value"`
	Shares  map[string]int `json:"shares"`
	Items   []struct {
		Text string `json:"text"`
		When string `json:"when"`
	} `json:"items"`
}

// written is the day after the last entry as the file has it: at that moment
// nothing has moved.
var written = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func demo(t *testing.T, now time.Time) []demoEntry {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(content.Demo(now)))
	dec.DisallowUnknownFields()
	var entries []demoEntry
	for {
		var e demoEntry
		err := dec.Decode(&e)
		if err == io.EOF {
			return entries
		}
		if err != nil {
			t.Fatalf("entry %d: %v", len(entries)+1, err)
		}
		entries = append(entries, e)
	}
}

func TestDemoIsEightWorkingWeeks(t *testing.T) {
	entries := demo(t, written)
	if lines := bytes.Count(content.Demo(written), []byte("\n")); lines != len(entries) {
		t.Errorf("%d entries are on %d lines", len(entries), lines)
	}
	first, last := entries[0].Created, entries[len(entries)-1].Created
	if days := last.Sub(first).Hours() / 24; days < 49 || days > 56 {
		t.Errorf("the entries span %.0f days, want eight weeks", days)
	}
	name := regexp.MustCompile(`^[a-z2-7]{16}$`)
	seen := make(map[string]bool)
	kinds := make(map[string]int)
	var before time.Time
	for _, e := range entries {
		if !name.MatchString(e.ID) || seen[e.ID] {
			t.Errorf("the id %q is not of the journal's form, or used twice", e.ID)
		}
		seen[e.ID] = true
		kinds[e.Kind]++
		if d := e.Created.Weekday(); d == time.Saturday || d == time.Sunday {
			t.Errorf("%s was written on a %s", e.ID, d)
		}
		if at := e.Created.Format("15:04"); at < "16:40" || at > "18:55" {
			t.Errorf("%s was written at %s, which is no end of a working day", e.ID, at)
		}
		if !e.Created.After(before) {
			t.Errorf("%s is not later than the entry before it", e.ID)
		}
		if e.Updated.Before(e.Created) {
			t.Errorf("%s was changed before it was begun", e.ID)
		}
		before = e.Created
	}
	if kinds["check-in"] < 28 || kinds["note"] < 9 || len(kinds) != 2 {
		t.Errorf("the kinds are %v", kinds)
	}
}

// TestDemoStartsWithAWholeCheckIn holds what somebody looking round sees
// first: the newest entry, with something at nearly every step.
func TestDemoStartsWithAWholeCheckIn(t *testing.T) {
	entries := demo(t, written)
	e := entries[len(entries)-1]
	if e.Kind != "check-in" || len(e.Answers) < 7 {
		t.Errorf("the newest entry is a %s with %d answers", e.Kind, len(e.Answers))
	}
}

// asked is one question of a guide as its answer keeps it.
type asked struct {
	key, prompt string
	step        content.Step
}

// questions are all that a guide asks, in its order. Each of the systems has
// an answer of its own.
func questions(g content.Guide) []asked {
	var out []asked
	for _, s := range g.Steps {
		switch s.Kind {
		case content.Pause:
		case content.Systems:
			for _, sys := range s.Systems {
				out = append(out, asked{sys.ID, sys.Prompt, s})
			}
		default:
			out = append(out, asked{s.ID, s.Prompt, s})
		}
	}
	return out
}

func TestDemoAnswersItsGuides(t *testing.T) {
	l, _ := content.Load(nil)
	for _, e := range demo(t, written) {
		g, ok := l.Guide(e.Guide)
		if !ok || g.Kind != e.Kind {
			t.Errorf("%s: there is no guide %q for a %s", e.ID, e.Guide, e.Kind)
			continue
		}
		rest := questions(g)
		for _, a := range e.Answers {
			i := slices.IndexFunc(rest, func(q asked) bool { return q.key == a.Step })
			if i < 0 {
				t.Errorf("%s: %q is not asked, or not at this place", e.ID, a.Step)
				continue
			}
			if a.Prompt != rest[i].prompt {
				t.Errorf("%s: the prompt is %q, want %q", e.ID, a.Prompt, rest[i].prompt)
			}
			if problem := a.unfit(rest[i].step); problem != "" {
				t.Errorf("%s: the answer to %q %s", e.ID, a.Step, problem)
			}
			rest = rest[i+1:]
		}
		if want := title(g, e.Answers); e.Title != want {
			t.Errorf("%s: the title is %q, want %q", e.ID, e.Title, want)
		}
	}
}

// ownWords are the feelings that the writer found no word for in the list.
var ownWords = []string{"Mondayish", "wrung out"}

// unfit says why a step could not have been answered like this; "" when it
// could.
func (a demoAnswer) unfit(s content.Step) string {
	switch s.Kind {
	case content.Prompt:
		if a.Text == "" {
			return "is empty"
		}
	case content.Choice:
		var words []string
		for _, g := range s.Groups {
			for _, w := range g.Words {
				words = append(words, w.Label)
			}
		}
		if s.Own {
			words = append(words, ownWords...)
		}
		for _, c := range a.Choices {
			i := slices.Index(words, c)
			if i < 0 {
				return "has the word " + c + ", which is not offered or not at this place"
			}
			words = words[i+1:]
		}
		if len(a.Choices) == 0 || len(a.Choices) > 1 && !s.Many {
			return "has the wrong number of choices"
		}
	case content.Systems:
		if a.Value == nil || *a.Value < 0 || *a.Value > 10 {
			return "has no number from 0 to 10"
		}
	case content.Share:
		sum := 0
		for part, n := range a.Shares {
			if n < 1 || !slices.ContainsFunc(s.Parts, func(p content.Part) bool { return p.ID == part }) {
				return "gives squares to " + part
			}
			sum += n
		}
		if sum == 0 || sum > s.Squares {
			return "gives away more squares than there are, or none"
		}
	case content.Park:
		for _, it := range a.Items {
			if it.Text == "" || it.When == "" {
				return "has a thing without words or without a time"
			}
		}
		if len(a.Items) == 0 {
			return "is empty"
		}
	}
	return ""
}

// title is how a list names such an entry.
func title(g content.Guide, answers []demoAnswer) string {
	if len(answers) == 0 {
		return g.Title
	}
	first := answers[0]
	if c := first.Choices; first.Step == "feelings" {
		return g.Title + ": " + strings.Join(c[:min(len(c), 3)], ", ")
	}
	if g.Kind != "note" {
		return g.Title
	}
	line, _, _ := strings.Cut(first.Text, "\n")
	if r := []rune(line); len(r) > 48 {
		line = string(r[:48])
		return line[:strings.LastIndex(line, " ")] + " …"
	}
	return line
}

func TestDemoShowsWhatThereIs(t *testing.T) {
	entries := demo(t, written)
	blank := 0
	steps, tags, told := make(map[string]bool), make(map[string]int), make(map[string]bool)
	for _, e := range entries {
		if len(e.Answers) == 0 {
			blank++
		}
		for _, tag := range e.Tags {
			tags[tag]++
		}
		for _, a := range e.Answers {
			steps[a.Step] = true
			if a.Step == "told" {
				told[a.Choices[0]] = true
			}
		}
	}
	if blank != 2 {
		t.Errorf("%d entries are blank, want 2: leaving it at that is fine too", blank)
	}
	l, _ := content.Load(nil)
	g, _ := l.Guide("end-of-day")
	for _, q := range questions(g) {
		if !steps[q.key] {
			t.Errorf("no check-in answers %q", q.key)
		}
		if q.key != "told" {
			continue
		}
		for _, w := range q.step.Groups[0].Words {
			if !told[w.Label] {
				t.Errorf("nobody answers %q to %q", w.Label, q.prompt)
			}
		}
	}
	want := []string{"court", "good-day", "supervision", "team", "travel", "visit"}
	if got := slices.Sorted(maps.Keys(tags)); !slices.Equal(got, want) {
		t.Errorf("the tags are %v, want %v", got, want)
	}
}

// numbers are what could be somebody's: telephone, NHS and case numbers,
// dates, postcodes, car registrations, addresses.
var numbers = regexp.MustCompile(`(?i)\d{3}|\d[ /.-]\d|\b[A-Z]{1,2}\d[A-Z\d]? ?\d?[A-Z]{0,2}\b|@|www\.`)

// names are the words with a capital that may stand inside a sentence: the
// two aliases and the days of the week.
var names = []string{"Harbour", "Lantern", "Monday", "Tuesday", "Fridays", "Friday", "Saturday"}

// capital is a word with a capital that does not start a sentence.
var capital = regexp.MustCompile(`[\pL\d,;'’)] ['"(]?(\p{Lu}[\pL]+)`)

func identifying(text string) []string {
	found := numbers.FindAllString(text, -1)
	for _, m := range capital.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, m[1]) {
			found = append(found, m[1])
		}
	}
	return found
}

func TestDemoIdentifiesNobody(t *testing.T) {
	for _, e := range demo(t, written) {
		for _, text := range e.texts() {
			if found := identifying(text); len(found) > 0 {
				t.Errorf("%s: %q could identify somebody in %q", e.ID, found, text)
			}
			if strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && unicode.IsControl(r) }) || !utf8.ValidString(text) {
				t.Errorf("%s: %q holds what cannot be shown", e.ID, text)
			}
		}
	}
}

// texts are all that the writer has typed.
func (e demoEntry) texts() []string {
	var out []string
	for _, a := range e.Answers {
		out = append(out, a.Text)
		for _, it := range a.Items {
			out = append(out, it.Text, it.When)
		}
	}
	return out
}

// TestIdentifying shows that the check above sees what it is there for.
func TestIdentifying(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"Rang Sam about it.", true},
		{"At St Mary's with Jo Bloggs", true},
		{"Ring 020 7946 0000", true},
		{"on 943 476 5919", true},
		{"born 3/4/11", true},
		{"at SW1A 1AA again", true},
		{"I asked. They said no.", false},
		{"The Lantern family, on Monday. The Harbour mum rang.", false},
	}
	for _, tt := range tests {
		if found := identifying(tt.text); len(found) > 0 != tt.want {
			t.Errorf("in %q is found %q", tt.text, found)
		}
	}
}

func TestDemoEndsInTheWeekBeforeNow(t *testing.T) {
	const week = 7 * 24 * time.Hour
	asWritten := demo(t, written)
	last := asWritten[len(asWritten)-1].Updated
	tests := []struct {
		name string
		now  time.Time
	}{
		{"the day after", written},
		{"the same moment", last},
		{"a second before", last.Add(-time.Second)},
		{"a week later", last.Add(week)},
		{"just under a week later", last.Add(week - time.Nanosecond)},
		{"years later, on a leap day", time.Date(2028, 2, 29, 12, 0, 0, 0, time.UTC)},
		{"over the change of the clocks, elsewhere", time.Date(2027, 3, 28, 1, 30, 0, 0, time.FixedZone("", 13*60*60))},
		{"a clock that is years behind", time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			entries := demo(t, tt.now)
			if len(entries) != len(asWritten) {
				t.Fatalf("%d of %d entries are left", len(entries), len(asWritten))
			}
			if age := tt.now.Sub(entries[len(entries)-1].Updated); age < 0 || age >= week {
				t.Errorf("the last entry is %s old", age)
			}
			shift := entries[0].Created.Sub(asWritten[0].Created)
			if shift%week != 0 {
				t.Errorf("the entries moved by %s, which is no whole number of weeks", shift)
			}
			for i, e := range entries {
				was := asWritten[i]
				if e.Updated.After(tt.now) {
					t.Errorf("%s is from the future", e.ID)
				}
				if e.Created.Sub(was.Created) != shift || e.Updated.Sub(was.Updated) != shift {
					t.Errorf("%s did not move with the others", e.ID)
				}
				if e.Created.Weekday() != was.Created.Weekday() {
					t.Errorf("%s moved from a %s to a %s", e.ID, was.Created.Weekday(), e.Created.Weekday())
				}
				if e.ID != was.ID || e.Title != was.Title {
					t.Errorf("entry %d is no longer the same", i+1)
				}
			}
		})
	}
}
