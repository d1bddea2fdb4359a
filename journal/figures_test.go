package journal

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"
)

// countable is an answer without its prose.
func countable(answers []Answer) []Answer {
	var out []Answer
	for _, a := range answers {
		out = append(out, Answer{Step: a.Step, Choices: a.Choices, Value: a.Value, Shares: a.Shares})
	}
	return out
}

// What is counted of an entry is what Get has, whatever was written in it.
func TestFigures(t *testing.T) {
	j := newTestJournal(t, testOptions())
	nought := 0
	entries := []Entry{fullEntry(), written("plain"), written(""), {Header: Header{Kind: CheckIn}}}
	for _, text := range []string{`"`, `\`, `\\"`, `a "quoted" line\`, "two\nlines", "\u2028 <b>&amp;", "żółć 👩🏽‍⚕️", `","value":9,"x":"`, `]}`} {
		entries = append(entries, Entry{Header: Header{Kind: Note}, Answers: []Answer{
			{Step: text, Prompt: text, Text: text, Choices: []string{text, "calm", text}},
			{Step: "v", Value: &nought, Text: text},
			{Step: "d", Shares: map[string]int{text: 3, "direct": -1}},
			{Step: "i", Items: []Item{{Text: text}, {Text: text, When: text}, {}}},
			{},
		}})
	}
	for _, e := range entries {
		put(t, j, e)
	}
	j = reopen(t, j)
	for _, r := range j.entries {
		if _, ok := scanAnswers(r.body); !ok {
			t.Errorf("the quick way does not read %s", r.body)
		}
	}
	n := 0
	for e, err := range j.Figures(Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		whole, err := j.Get(e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(e.Header, whole.Header) || !reflect.DeepEqual(countable(e.Answers), countable(whole.Answers)) {
			t.Errorf("%+v\nis counted as\n%+v", whole, e)
		}
		n++
	}
	if n != len(entries) {
		t.Errorf("%d of %d entries", n, len(entries))
	}
}

// What is not an entry is not counted; what was asked for is.
func TestFiguresOfWhatIsKept(t *testing.T) {
	j := newTestJournal(t, testOptions())
	gone, note := put(t, j, written("gone")), put(t, j, written("note"))
	checkIn := written("")
	checkIn.Kind = CheckIn
	checkIn = put(t, j, checkIn)
	if err := j.Delete(gone.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := j.SetDraft(Draft{Entry: written("a draft")}); err != nil {
		t.Fatal(err)
	}
	ids := func(q Query) map[string]bool {
		got := make(map[string]bool)
		for e := range j.Figures(q) {
			got[e.ID] = true
		}
		return got
	}
	if got := ids(Query{}); !reflect.DeepEqual(got, map[string]bool{note.ID: true, checkIn.ID: true}) {
		t.Errorf("all are %v", got)
	}
	if got := ids(Query{Kind: CheckIn, Since: checkIn.Created, Until: checkIn.Created.Add(time.Second)}); !reflect.DeepEqual(got, map[string]bool{checkIn.ID: true}) {
		t.Errorf("the check-ins are %v", got)
	}
}

// An entry that cannot be read says so and stops no other.
func TestFiguresOfADamagedEntry(t *testing.T) {
	j := newTestJournal(t, testOptions())
	lost := put(t, j, written("lost"))
	put(t, j, written("whole"))
	for _, r := range j.entries {
		if r.head.ID == lost.ID {
			r.body = []byte(`{"answers":[{"step":"no`)
		}
	}
	good, bad := 0, 0
	for e, err := range j.Figures(Query{}) {
		switch {
		case err == nil:
			good++
		case errors.Is(err, ErrDamaged) && e.ID == lost.ID:
			bad++
		}
	}
	if good != 1 || bad != 1 {
		t.Errorf("%d whole and %d damaged, want 1 and 1", good, bad)
	}
}

// What the scanner takes means the same to encoding/json, and no bytes break it.
func FuzzScanAnswers(f *testing.F) {
	full := fullEntry()
	body, err := encodeJSON(sealedBody{Answers: full.Answers})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{string(body), `{}`, `{"answers":[]}`, `{"answers":[{}]}`, `{"answers":[{"step":"a\"\\","value":-0}]}`, `{"answers":[{"step":"\ud800","choices":["",""],"shares":{"a":1,"a":2}}]}`, `{"answers":[{"step":"s","bring":{"share":false}}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, ok := scanAnswers(body)
		var want sealedBody
		if !ok || json.Unmarshal(body, &want) != nil {
			return
		}
		if !reflect.DeepEqual(countable(got), countable(want.Answers)) {
			t.Errorf("%q is %+v, want %+v", body, got, want.Answers)
		}
	})
}
