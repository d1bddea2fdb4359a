package journal

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestFindPlaces(t *testing.T) {
	tests := []struct{ search, text, want string }{
		{"mother", "The Mother, and her mother's sister.", "The ‹Mother›, and her ‹mother›'s sister."},
		{"creme", "Crème, cre\u0300me, CREME", "‹Crème›, ‹cre\u0300me›, ‹CREME›"},
		{"e", "e\u0301", "‹e\u0301›"},
		{"la lat", "late", "‹lat›e"},
		{"vis visit", "visit", "‹visit›"},
		{`"the  school"`, "ring the\n school", "ring ‹the\n school›"},
		{"school -late", "school, late", "‹school›, late"},
		{"-late", "late", "late"},
		{"", "late", "late"},
		{"żółw", "Żółw i ŻÓŁW", "‹Żółw› i ‹ŻÓŁW›"},
		{"한", "한국", "‹한›국"},
		{"lukasz", "Łukasz, ŁUKASZ", "‹Łukasz›, ‹ŁUKASZ›"},
		{"Łukasz", "Lukasz", "‹Lukasz›"},
		{"strasse", "Die Straße 3", "Die ‹Straße› 3"},
		{"Straße", "STRASSE", "‹STRASSE›"},
		{"stras", "Straße", "‹Straß›e"}, // half a letter cannot be marked
		{"s", "ß ẞ s", "‹ß› ‹ẞ› ‹s›"},
		{"soren", "met Søren's aunt", "met ‹Søren›'s aunt"},
		{"aether oeuvre", "Æther, œuvre", "‹Æther›, ‹œuvre›"},
		{"dorde", "Đorđe", "‹Đorđe›"},
		{"thorunn", "Þórunn Sigurðardóttir", "‹Þórunn› Sigurðardóttir"},
		{"sigurdar", "Sigurðardóttir", "‹Sigurðar›dóttir"},
		{"isik", "Işık, IŞIK", "‹Işık›, ‹IŞIK›"},
	}
	for _, test := range tests {
		got, last := "", 0
		for _, p := range ParseSearch(test.search).Find(test.text) {
			got += test.text[last:p[0]] + "‹" + test.text[p[0]:p[1]] + "›"
			last = p[1]
		}
		if got += test.text[last:]; got != test.want {
			t.Errorf("%q: %q, want %q", test.search, got, test.want)
		}
	}
}

// What a search finds is what it marks: no entry is listed for words that
// cannot be shown.
func TestWhatIsFoundIsMarked(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 3))
	letters := []string{"a", "B", "é", "e\u0301", "İ", "ß", "Ł", "æ", "s", "ø\u0301", " ", "\n", "  ", "\u0301", "한", "\u1112\u1161", "👩🏽‍⚕️", "\u212a", "\xff", "ǅ", "\u0345"}
	random := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(letters[r.IntN(len(letters))])
		}
		return b.String()
	}
	for range 20_000 {
		text, word := random(r.IntN(12)), random(1+r.IntN(3))
		s := ParseSearch(`"` + word + `"`)
		places := s.Find(text)
		if found := !s.Empty() && s.in(fold(text)); found != (len(places) > 0) {
			t.Fatalf("%q in %q: found %v, marked %v", word, text, found, places)
		}
		end := 0
		for _, p := range places {
			if p[0] < end || p[1] <= p[0] || p[1] > len(text) {
				t.Fatalf("%q in %q: %v", word, text, places)
			}
			end = p[1]
		}
	}
}

// Whatever is typed, a list that is narrowed is the list that would be made anew.
func TestNarrow(t *testing.T) {
	j := newTestJournal(t, testOptions())
	r := rand.New(rand.NewPCG(7, 4))
	words := []string{"visit", "vision", "school", "sister", "so"}
	for i := range 60 {
		e := written(words[r.IntN(5)] + " " + words[r.IntN(5)])
		e.Created = time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC)
		put(t, j, e)
	}
	ids := func(l List) (ids []string) {
		for i := range l.Len() {
			ids = append(ids, l.At(i).ID)
		}
		return ids
	}
	narrowed := 0
	for range 300 {
		list, text := j.List(Query{}), ""
		for range 12 {
			text += string(`viso "-`[r.IntN(7)])
			q := Query{Search: text}
			fresh := j.List(q)
			if less, ok := list.Narrow(q); ok {
				narrowed++
				if !slices.Equal(ids(less), ids(fresh)) {
					t.Fatalf("%q after %q: %d entries, want %d", text, list.query.Search, less.Len(), fresh.Len())
				}
			}
			list = fresh
		}
	}
	if narrowed < 1000 {
		t.Errorf("narrowed only %d times", narrowed)
	}
	if _, ok := j.List(Query{Tag: "a"}).Narrow(Query{Search: "so"}); ok {
		t.Error("what another query left out may match")
	}
}

// Searches are as good while the journal is read for them, and after what was
// read was written anew.
func TestPrepareSearch(t *testing.T) {
	j := newTestJournal(t, testOptions())
	mustImport(t, j, manyNotes(2000))
	prepared := make(chan struct{})
	go func() {
		defer close(prepared)
		j.PrepareSearch()
	}()
	for _, word := range []string{"n17", "n1999", "n4000"} {
		n := len(slices.Collect(j.Entries(Query{Search: word + "."})))
		if want := map[string]int{"n17": 1, "n1999": 1}[word]; n != want {
			t.Errorf("%s: %d, want %d", word, n, want)
		}
	}
	<-prepared
	e := written("said only here")
	e.ID = "note5"
	put(t, j, e)
	if err := j.Purge("note6"); err != nil {
		t.Fatal(err)
	}
	for search, want := range map[string]int{"only here": 1, "n5.": 0, "n6.": 0, "n7.": 1} {
		if n := len(slices.Collect(j.Entries(Query{Search: search}))); n != want {
			t.Errorf("%s: %d, want %d", search, n, want)
		}
	}
	// A lock does not wait for it, nor does it outlast one.
	j = reopen(t, j)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		j.PrepareSearch()
	}()
	j.Close()
	<-ended
	j.PrepareSearch() // there is nothing to read, and nothing to say
}

func manyNotes(n int) string {
	var b strings.Builder
	for i := range n {
		e := written("n" + strconv.Itoa(i) + ".")
		e.ID, e.Created = "note"+strconv.Itoa(i), time.Date(2020, 1, 1, 0, i, 0, 0, time.UTC)
		line, _ := encodeJSON(e)
		b.Write(append(line, '\n'))
	}
	return b.String()
}
