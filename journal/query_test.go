package journal

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestFind(t *testing.T) {
	j := newTestJournal(t, testOptions())
	for _, id := range []string{"abcd", "abce", "abc", "xyz*?[", "żó"} {
		e := written(id)
		e.ID = id
		put(t, j, e)
	}
	tests := []struct {
		prefix, want string
		err          error
	}{
		{"abcd", "abcd", nil},
		{"abc", "abc", nil}, // whole, though others start with it
		{"ab", "", ErrAmbiguous},
		{"x", "xyz*?[", nil},
		{"ż", "żó", nil},
		{"", "", ErrNotFound},
		{"q", "", ErrNotFound},
		{"abcdx", "", ErrNotFound},
	}
	for _, test := range tests {
		e, err := j.Find(test.prefix)
		if e.ID != test.want || !errors.Is(err, test.err) {
			t.Errorf("Find(%q) = %q, %v; want %q, %v", test.prefix, e.ID, err, test.want, test.err)
		}
	}
}

func TestEntries(t *testing.T) {
	j := newTestJournal(t, testOptions())
	day := func(d int) time.Time { return time.Date(2026, 3, d, 12, 0, 0, 0, time.UTC) }
	add := func(id string, created time.Time, edit func(*Entry)) {
		e := written("")
		e.ID, e.Created = id, created
		edit(&e)
		put(t, j, e)
	}
	add("b", day(2), func(e *Entry) {
		e.Kind, e.Guide, e.Tags = CheckIn, "end-of-day", []string{"visit", "late"}
		e.Answers = []Answer{{Step: "s", Text: "one thing", Bring: &Bring{Side: "supportive"}}}
	})
	add("e", day(5), func(e *Entry) { e.Title, e.Bring = "Crème BRÛLÉE", &Bring{} })
	add("a", day(1).In(time.FixedZone("", -11*3600)), func(e *Entry) { e.Tags = []string{"Visit"} })
	add("d", day(4), func(e *Entry) {
		e.Answers = []Answer{{Step: "s", Prompt: "prompted", Text: "Żółta herbata\nz cytryną"}}
	})
	add("c", day(4), func(e *Entry) { e.Kind = CheckIn; e.Answers = []Answer{{Step: "s", Choices: []string{"anxious"}}} })
	add("f", day(6).In(time.FixedZone("", 14*3600)), func(e *Entry) {
		e.Answers = []Answer{{Step: "s", Items: []Item{{Text: "ring the school", When: "Tuesday"}}}}
	})
	tests := []struct {
		name string
		q    Query
		want string
	}{
		{"all, newest first", Query{}, "f e d c b a"},
		{"kind", Query{Kind: CheckIn}, "c b"},
		{"guide", Query{Guide: "end-of-day"}, "b"},
		{"tag", Query{Tag: "visit"}, "b"},
		{"since is included", Query{Since: day(4)}, "f e d c"},
		{"until is not", Query{Until: day(4)}, "b a"},
		{"a span", Query{Since: day(2), Until: day(5)}, "d c b"},
		{"an empty span", Query{Since: day(5), Until: day(2)}, ""},
		{"since in another zone", Query{Since: day(6).In(time.FixedZone("", -3600))}, "f"},
		{"accents", Query{Search: "creme brulee"}, "e"},
		{"accents asked for", Query{Search: "CRÈME"}, "e"},
		{"accents decomposed", Query{Search: "cre\u0300me"}, "e"},
		{"words in any order, over lines", Query{Search: "cytryna HERBAT"}, "d"},
		{"one word that is not there", Query{Search: "herbata kawa"}, ""},
		{"a choice", Query{Search: "anxious"}, "c"},
		{"an item and its time", Query{Search: "school tuesday"}, "f"},
		{"a tag", Query{Search: "late"}, "b"},
		{"not the prompt", Query{Search: "prompted"}, ""},
		{"blanks", Query{Search: " \t "}, "f e d c b a"},
		{"a phrase", Query{Search: `"herbata z cytryna"`}, "d"},
		{"a phrase that is not closed yet", Query{Search: `"żołta herb`}, "d"},
		{"the words of a phrase apart", Query{Search: `"herbata cytryna"`}, ""},
		{"without", Query{Search: "-cytryna -anxious"}, "f e b a"},
		{"without a phrase", Query{Search: `-"the school"`}, "e d c b a"},
		{"with and without", Query{Search: "late -anxious"}, "b"},
		{"a hyphen alone is no word yet", Query{Search: "anxious -"}, "c"},
		{"a hyphen inside a word", Query{Search: "anxi-ous"}, ""},
		{"curly quotes", Query{Search: "“ring the”"}, "f"},
		{"no phrase over two answers", Query{Search: `"late visit"`}, ""},
		{"a chosen word", Query{Chosen: "Anxious"}, "c"},
		{"half a chosen word", Query{Chosen: "anxi"}, ""},
		{"a word that was written and not chosen", Query{Chosen: "herbata"}, ""},
		{"brought", Query{Brought: true}, "e b"},
		{"in their own words", Query{Written: true}, "f d b"},
		{"all at once", Query{Kind: CheckIn, Guide: "end-of-day", Tag: "late", Since: day(1), Until: day(3), Search: "VISIT"}, "b"},
		{"all at once but one", Query{Kind: Note, Guide: "end-of-day", Tag: "late", Since: day(1), Until: day(3), Search: "visit"}, ""},
	}
	for range 2 {
		for _, test := range tests {
			var ids []string
			for h := range j.Entries(test.q) {
				ids = append(ids, h.ID)
			}
			if got := strings.Join(ids, " "); got != test.want {
				t.Errorf("%s: %q, want %q", test.name, got, test.want)
			}
		}
		j = reopen(t, j)
	}
	// The list is of the moment when it was asked for.
	all := j.Entries(Query{})
	put(t, j, written("new"))
	n := 0
	for range all {
		n++
		put(t, j, written("newer"))
	}
	if n != 6 {
		t.Errorf("%d entries, want the 6 that there were", n)
	}
}

func TestUses(t *testing.T) {
	j := newTestJournal(t, testOptions())
	for i, tags := range [][]string{{"visit", "visit", "late"}, {"visit"}, nil} {
		e := written("")
		e.Kind, e.Guide, e.Tags = Kind([]string{"note", "check-in", "note"}[i]), []string{"", "end-of-day", "note"}[i], tags
		e.Answers = []Answer{{Step: "a", Choices: []string{"moved"}}, {Step: "b", Choices: []string{"moved", "żal"}[:1+i%2]}}
		put(t, j, e)
	}
	want := Uses{
		Kinds:  []Use{{"note", 2}, {"check-in", 1}},
		Guides: []Use{{"end-of-day", 1}, {"note", 1}},
		Tags:   []Use{{"visit", 2}, {"late", 1}},
		Chosen: []Use{{"moved", 3}, {"żal", 1}},
	}
	if got := j.Uses(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
