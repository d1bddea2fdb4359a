package journal

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// said are all texts of a journal's entries, now and earlier, by what they are of.
func said(t testing.TB, j *Journal) map[string]bool {
	t.Helper()
	out := make(map[string]bool)
	for h := range j.Entries(Query{}) {
		e, err := j.Get(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range append(e.Earlier, Version{Title: e.Title, Answers: e.Answers}) {
			out[fmt.Sprintf("%s is called %s and says %s", e.ID, v.Title, Entry{Answers: v.Answers}.writing())] = true
		}
		for _, thought := range e.Later {
			out[e.ID+" has later "+thought.Text] = true
		}
	}
	return out
}

// Two computers exchange exports, of any age, between changes on each: no import
// takes away what was there, nor drops what it says it took, and what was
// imported twice is the same.
func TestImportKeepsWhatIsHere(t *testing.T) {
	rewritten := 0
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(9, seed))
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		o := testOptions()
		o.Now = func() time.Time { return now }
		journals := []*Journal{newTestJournal(t, o), newTestJournal(t, o)}
		exports := []string{""}
		var ids []string
		for step := range 150 {
			now = now.Add(time.Duration(r.IntN(3)) * time.Hour) // at one moment, too
			j := journals[r.IntN(2)]
			text := fmt.Sprint("text ", step)
			switch r.IntN(5) {
			case 0:
				if len(ids) == 4 {
					continue // few, so that both computers change the same one
				}
				ids = append(ids, put(t, j, written(text)).ID)
			case 1, 2:
				if len(ids) == 0 {
					continue
				}
				id := ids[r.IntN(len(ids))]
				d := Draft{Place: Place{Of: id, Adds: r.IntN(2) == 0}}
				if e, err := j.Get(id); err != nil {
					continue // only the other computer has it
				} else if d.Entry = e; r.IntN(2) == 0 {
					d.Title = text
				}
				d.Answers = []Answer{{Step: "text", Text: text}}
				if _, err := j.Keep(d); err != nil {
					t.Fatal(err)
				}
			case 3:
				exports = append(exports, exported(t, j, Query{}))
			case 4:
				file := exports[max(len(exports)-1-r.IntN(4), 0)]
				if r.IntN(3) == 0 { // two states of an entry in one file
					file += exports[r.IntN(len(exports))]
				}
				before := said(t, j)
				rewritten += mustImport(t, j, file).Taken
				after := said(t, j)
				for what := range before {
					if !after[what] {
						t.Fatalf("seed %d, step %d: after an import there is no more that %s", seed, step, what)
					}
				}
				if report := mustImport(t, j, file); report.Taken != 0 || len(said(t, j)) != len(after) {
					t.Fatalf("seed %d, step %d: importing again took %+v", seed, step, report)
				}
			}
		}
		for i := range journals {
			journals[i] = reopen(t, journals[i])
			if !journals[i].Damage().Whole() {
				t.Errorf("seed %d: %v", seed, journals[i].Damage())
			}
		}
	}
	if rewritten == 0 {
		t.Error("nothing was taken over anything")
	}
}

// An entry that was changed on both sides keeps here what each of them said, and
// what both said before, once, in the order of its dates.
func TestImportOverAChange(t *testing.T) {
	const id, day = "a", "2026-01-0"
	line := func(changed, title, more string) string {
		return fmt.Sprintf(`{"id":%q,"kind":"note","created":"2026-01-01T00:00:00Z","updated":"%s%sT00:00:00Z","title":%q%s}`+"\n", id, day, changed, title, more)
	}
	first := `{"until":"2026-01-02T00:00:00Z","title":"first"}`
	j := newTestJournal(t, testOptions())
	mustImport(t, j, line("4", "here", `,"later":[{"added":"2026-01-04T00:00:00Z","text":"thought here"}],"earlier":[`+first+`,{"until":"2026-01-04T00:00:00Z","title":"once here"}]`))
	file := line("5", "there", `,"later":[{"added":"2026-01-03T00:00:00Z","text":"thought there"}],"earlier":[`+first+`,{"until":"2026-01-03T00:00:00Z","title":"once there"}]`)
	mustImport(t, j, file)
	check := func() {
		t.Helper()
		e, err := j.Get(id)
		if err != nil {
			t.Fatal(err)
		}
		var titles, thoughts []string
		for _, v := range e.Earlier {
			titles = append(titles, v.Title)
		}
		for _, l := range e.Later {
			thoughts = append(thoughts, l.Text)
		}
		if e.Title != "there" || strings.Join(titles, ", ") != "first, once there, once here, here" || strings.Join(thoughts, ", ") != "thought there, thought here" {
			t.Errorf("%q; earlier %q; later %q", e.Title, titles, thoughts)
		}
	}
	check()
	if r := mustImport(t, j, file); r.counts() != [3]int{0, 0, 1} {
		t.Errorf("again: %+v", r)
	}
	if r := mustImport(t, j, line("3", "old", "")); r.counts() != [3]int{0, 1, 0} {
		t.Errorf("an older one: %+v", r)
	}
	check()
}
