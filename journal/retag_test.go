package journal

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestRetag(t *testing.T) {
	now := time.Date(2026, 11, 20, 17, 0, 0, 0, time.UTC)
	o := testOptions()
	o.Now = func() time.Time { return now }
	j := newTestJournal(t, o)
	tagged := func(id string, tags ...string) {
		e := written("words " + id)
		e.ID, e.Tags = id, tags
		put(t, j, e)
	}
	tagged("a", "visit", "late")
	tagged("b", "Visits")
	tagged("c", "Visits", "visit")
	tagged("d", "late")
	tagged("e", "Visits")
	if err := j.Delete("e"); err != nil {
		t.Fatal(err)
	}
	before, err := j.Get("b")
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Hour)
	if j.List(Query{Search: "visits"}).Len() != 2 {
		t.Error("the tag is not found")
	}
	steps := []struct {
		from, to string
		n        int
		want     string // the tags of a, b, c, d and e
	}{
		{"Visits", "visit", 3, "visit late|visit|visit|late|visit"},
		{"Visits", "visit", 0, "visit late|visit|visit|late|visit"},
		{"visit", "visit", 0, "visit late|visit|visit|late|visit"},
		{"late", "", 2, "visit|visit|visit||visit"},
		{"no such tag", "", 0, "visit|visit|visit||visit"},
	}
	for _, s := range steps {
		n, err := j.Retag(s.from, s.to)
		if err != nil || n != s.n {
			t.Errorf("%q to %q: %d, %v; want %d", s.from, s.to, n, err, s.n)
		}
		j = reopen(t, j)
		var got []string
		for _, id := range []string{"a", "b", "c", "d", "e"} {
			e, err := j.Get(id)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, strings.Join(e.Tags, " "))
		}
		if strings.Join(got, "|") != s.want || j.Len() != 4 || len(j.Bin()) != 1 {
			t.Errorf("%q to %q: %q, want %q", s.from, s.to, got, s.want)
		}
	}
	after, err := j.Get("b")
	if err != nil || !after.Updated.Equal(now) || !after.Created.Equal(before.Created) || !slices.Equal(after.Tags, []string{"visit"}) || after.Answers[0].Text != "words b" {
		t.Errorf("%+v, %v", after, err)
	}
	if j.List(Query{Search: "visits"}).Len() != 0 {
		t.Error("a tag that is gone is found")
	}
	j.Close()
	if _, err := j.Retag("visit", "x"); !errors.Is(err, ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}
