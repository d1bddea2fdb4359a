package journal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// career is how many entries somebody makes in a working life.
const career = 100_000

// careerText writes a career's entries, of 150 words each.
func careerText(w io.Writer) error {
	words := strings.Fields("heute the familie visit rozmowa quiet school meeting teulu worried afternoon telephone relief naïve płacz decision court mother again wait")
	r := rand.New(rand.NewPCG(9, 10))
	out := bufio.NewWriter(w)
	start := time.Date(1986, 1, 1, 0, 0, 0, 0, time.UTC)
	var text strings.Builder
	for i := range career {
		text.Reset()
		for range 150 {
			text.WriteString(words[r.IntN(len(words))])
			text.WriteByte(' ')
		}
		if i == career/2 {
			text.WriteString("zitronengelb")
		}
		fmt.Fprintf(out, `{"id":"career%d","kind":"check-in","guide":"end-of-day","created":%q,"title":"Day %d","tags":["visit"],"answers":[{"step":"set-down","prompt":"What?","text":%q}]}`+"\n",
			i, start.Add(time.Duration(i)*200*time.Minute).Format(time.RFC3339), i, text.String())
	}
	return out.Flush()
}

// careerJournal makes a career's journal and returns its path.
func careerJournal(b *testing.B) string {
	b.Helper()
	j := newTestJournal(b, testOptions())
	in, out := io.Pipe()
	go func() { out.CloseWithError(careerText(out)) }()
	start := time.Now()
	if _, err := j.Import(in); err != nil {
		b.Fatal(err)
	}
	took := time.Since(start)
	if err := j.Close(); err != nil {
		b.Fatal(err)
	}
	fi, err := os.Stat(j.Path())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d entries imported in %v, %d MiB", career, took.Round(time.Millisecond), fi.Size()>>20)
	return j.Path()
}

func BenchmarkKDF(b *testing.B) {
	s := &slot{passphrase: []byte(testPassphrase)}
	salt := make([]byte, 16)
	for b.Loop() {
		s.wrapKey(salt, fullCost)
	}
}

func Benchmark100k(b *testing.B) {
	path := careerJournal(b)
	b.Run("Open", func(b *testing.B) {
		var m runtime.MemStats
		for b.Loop() {
			j, err := Open(path, []byte(testPassphrase), nil)
			if err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			runtime.GC()
			runtime.ReadMemStats(&m)
			if j.Len() != career || !j.Damage().Whole() {
				b.Fatal(j.Len(), j.Damage())
			}
			j.Close()
			b.StartTimer()
		}
		b.ReportMetric(float64(m.HeapAlloc>>20), "MiB-held")
		b.ReportMetric(float64(m.HeapSys>>20), "MiB-heap")
	})
	j := openTestJournal(b, path, nil)
	b.Run("Put", func(b *testing.B) {
		e := written("one more")
		e.ID = "one more"
		for b.Loop() {
			put(b, j, e)
		}
	})
	b.Run("Find", func(b *testing.B) {
		for b.Loop() {
			if _, err := j.Find("no such entry"); !errors.Is(err, ErrNotFound) {
				b.Fatal(err)
			}
		}
	})
	b.Run("PrepareSearch", func(b *testing.B) {
		before := held()
		for b.Loop() {
			for _, r := range j.entries {
				r.read.Store(nil)
			}
			j.PrepareSearch()
		}
		b.ReportMetric(float64(held()-before)/(1<<20), "MiB-more")
	})
	queries := []struct {
		name string
		q    Query
	}{
		{"all", Query{}},
		{"a month", Query{Since: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2000, 2, 1, 0, 0, 0, 0, time.UTC)}},
		{"a chosen word", Query{Chosen: "anxious"}},
	}
	for _, query := range queries {
		b.Run("Entries/"+query.name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = 0
				for range j.Entries(query.q) {
					n++
				}
			}
			b.ReportMetric(float64(n), "entries")
		})
	}
	b.Run("Figures", func(b *testing.B) {
		for b.Loop() {
			n := 0
			for _, err := range j.Figures(Query{}) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
			if n != j.Len() {
				b.Fatal(n)
			}
		}
	})
	for _, search := range []string{"zitronengelb", "zi", "visit", "v", "not there", "visit mother wait", `"school meeting" -płacz`} {
		text := ParseSearch(search)
		b.Run("Search/"+search, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = j.List(Query{Search: search}).Len()
			}
			b.ReportMetric(float64(n), "entries")
		})
		// What a search is measured by: strings.Contains over the same text in
		// memory, for each of its words.
		b.Run("Contains/"+search, func(b *testing.B) {
			n := 0
			for b.Loop() {
				n = 0
				for _, r := range j.entries {
					if s := r.searched().text; containsAll(s, text.with) && !containsAny(s, text.without) {
						n++
					}
				}
			}
			b.ReportMetric(float64(n), "entries")
		})
	}
}

func containsAll(s string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(s, w) })
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// held is how many bytes are in use.
func held() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
