package tui

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

// BenchmarkListMove is one key in the list and the screen that follows from it:
// a career has to move like a week, also while something is looked for.
func BenchmarkListMove(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		for _, search := range []string{"", "moved"} {
			b.Run(fmt.Sprintf("%d entries, %q", n, search), func(b *testing.B) {
				s := newSession(Options{})
				s.opened(careerOf(b, n, "It was a long day. I was moved by what she said. Then the rain."))
				l := newList(s)
				l.query.Search = search
				l.setSize(104, 20)
				l.show(l.part.list(l.journal, l.query), l.query)
				down := named["down"]
				for b.Loop() {
					if l.update(down); l.focus == n-1 {
						l.update(named["home"])
					}
					l.view()
				}
			})
		}
	}
}

// careerOf makes a journal of n entries of this text.
func careerOf(b *testing.B, n int, text string) *journal.Journal {
	b.Helper()
	j, err := journal.Create(filepath.Join(b.TempDir(), "journal.db"), []byte(testPassphrase), &journal.Options{Cost: cheap})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { j.Close() })
	var lines strings.Builder
	start := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)
	for i := range n {
		fmt.Fprintf(&lines, `{"id":"e%d","kind":"check-in","created":%q,"title":"End of the day: drained, moved","answers":[{"step":"s","prompt":"What?","text":%q}]}`+"\n",
			i, start.Add(-time.Duration(i)*time.Hour).Format(time.RFC3339), text)
	}
	if _, err := j.Import(strings.NewReader(lines.String())); err != nil {
		b.Fatal(err)
	}
	return j
}

// kept is home with these entries in the journal, as lines of an export.
func kept(lines ...string) func(*testing.T, map[string]string, int, int) *driver {
	return func(t *testing.T, own map[string]string, width, height int) *driver {
		t.Helper()
		d := homeWith(t, own, width, height)
		r, err := d.app.journal.Import(strings.NewReader(strings.Join(lines, "\n")))
		if err != nil || r.Problems != nil {
			t.Fatal(r, err)
		}
		return d
	}
}

// someDays are a few entries that differ in all that a list can choose by.
var someDays = kept(
	`{"id":"march","kind":"note","guide":"note","created":"2025-03-12T18:00:00Z","title":"The school","tags":["visit"],"answers":[{"step":"note","prompt":"What?","text":"I rang the school. Her Mother was late again, and nobody said why."}]}`,
	`{"id":"june","kind":"check-in","guide":"end-of-day","created":"2026-06-01T17:00:00Z","title":"End of the day: moved","answers":[{"step":"feelings","prompt":"What is with you?","choices":["moved","wrung out"]},{"step":"told","prompt":"Told?","choices":["no"]},{"step":"mattered","prompt":"What mattered?","text":"The mother's letter. She wrote it herself."}]}`,
	`{"id":"oct","kind":"check-in","guide":"end-of-day","created":"2026-10-20T17:00:00Z","title":"End of the day","tags":["visit","late"]}`,
	`{"id":"nov1","kind":"reflection","guide":"three-questions","created":"2026-11-02T09:00:00Z","title":"Three questions","bring":{"side":"supportive","share":false},"answers":[{"step":"what","prompt":"What?","text":"Créche visit, and the mother at the door."}]}`,
	`{"id":"nov2","kind":"note","guide":"note","created":"2026-11-19T09:00:00Z","title":"Nothing much","answers":[{"step":"note","prompt":"What?","text":"Nothing much."}]}`,
)

func TestSearchAsYouType(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "/")
	d.write("mot").sees("of 3", "Her Mother was late again", "The mother's letter.", "the mother at the door").misses("She wrote it", "Nothing much", "I rang the school.")
	d.write("her la").sees("1 of 1", "The school").misses("letter")
	d.press("backspace", "backspace", "backspace").sees("of 3")
	d.write(" -letter").sees("of 2").misses("letter.")
	d.press("down", "enter").sees("I rang the school.").press("esc").sees("2 of 2", "/ mother -letter")
	d.press("backspace").sees("of 5").misses("/ mother")
	d.press("/").write(`"said why`).sees("1 of 1").press("esc").sees("1 of 1")
	d.press("delete", "/").press("backspace").sees("of 5")
	d.write("zzz").sees("Nothing matches that").press("enter").sees("Nothing matches that").press("delete").sees("of 5")
	d.press("/").write("creche").sees("Créche visit")
}

// While the journal is still being read for searches, the newest entries answer
// first, and whoever types on is answered for what they typed by then.
func TestNewestAnswerFirst(t *testing.T) {
	var lines []string
	start := time.Date(2026, 11, 19, 12, 0, 0, 0, time.UTC)
	for i := range mostRecent + 2 {
		lines = append(lines, fmt.Sprintf(`{"id":"e%d","kind":"note","created":%q,"title":"Day %d"}`, i, start.Add(-time.Duration(i)*time.Hour).Format(time.RFC3339), i))
	}
	d := kept(lines...)(t, nil, 80, 24).press("j")
	l := d.app.top().(*listScreen)
	typed := func(key string) tea.Cmd { return l.update(keyPress(key)) }
	typed("/")
	first := typed("d")
	d.sees("looking …")
	typed("a")
	second := d.app.update(first())
	d.sees("looking …", "The older ones are being read", "Day 0")
	third := d.app.update(second())
	d.sees("looking …", "Day 0")
	if n := l.len(); n != mostRecent {
		t.Errorf("%d entries answer first, want %d", n, mostRecent)
	}
	if again := d.app.update(third()); again != nil {
		t.Error("it looks again for what it has")
	}
	d.sees("/ da", fmt.Sprintf("1 of %d", mostRecent+2)).misses("looking")
	d.app.prepared = true
	d.press("backspace").sees("1 of 2002")
	l.clear()
	if msg := typed("d")().(foundMsg); msg.recent {
		t.Error("a journal that is read is looked through in two goes")
	}
}

// What was found stands out in weight, and between marks where there may be no
// weight to see.
func TestFoundWordsAreSetOff(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "/").write("mother")
	if view := d.app.View().Content; !strings.Contains(view, d.app.styles.strong.Render("Mother")) {
		t.Errorf("the found word is not heavier:\n%q", view)
	}
	d.app.settings.Still = true
	d.write(" ").sees("Her ‹Mother› was late")
}

// A sentence without an end in sight is cut off between two words.
func TestLongSentencesBeginWithAWord(t *testing.T) {
	text := strings.Repeat("afternoon ", 60) + "and the mother" + strings.Repeat(" telephone", 60)
	d := kept(`{"id":"a","kind":"note","created":"2026-11-02T09:00:00Z","title":"Long","answers":[{"step":"note","text":"`+text+`"}]}`)(t, nil, 80, 24).press("j", "/").write("and the")
	if got := strings.Fields(strings.Split(d.screen(), "\n")[4]); got[0] != "…" || got[1] != "afternoon" {
		t.Errorf("it begins with %q:\n%s", got[:2], d.screen())
	}
	if at := strings.Index(text, "and"); !strings.HasPrefix(sentenceAt(text, at, at+3), "… afternoon ") || !strings.HasPrefix(sentenceAt(text, 10, 19), "afternoon afternoon") {
		t.Error("a sentence is cut off inside a word, or marked as cut off where it is not")
	}
}

func TestFiltersCombine(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "f").sees("Kind", "any", "5 entries")
	d.press("right").sees("check in", "2 entries")
	d.press("down", "down", "right").sees("moved", "1 entry").press("right").sees("wrung out", "1 entry").press("right").sees("2 entries").misses("no ▸")
	d.press("down", "right").sees("visit", "1 entry").press("enter").sees("Only check in · tag visit", "1 of 1", "20 Oct")
	d.press("/").write("late").sees("1 of 1", "Only check in")
	d.press("esc", "delete").sees("of 5").misses("Only")
	d.press("f", "down", "down", "down", "down", "right", "right", "right").sees("2026", "4 entries").press("right").sees("2025", "1 entry").press("right").sees("5 entries")
	d.press("down", "right").sees("to bring", "1 entry").press("down", "right").press("left", "up", "left").sees("5 entries").press("down", "right").sees("something written", "4 entries")
	d.press("enter").sees("Only something written", "of 4").press("end", "enter").sees("4 of 4", "I rang")
}

// Who only looked round in the choices is back where they were with esc.
func TestChoicesAreGivenBack(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "/").write("mother").press("down", "esc").sees("2 of 3", "/ mother")
	d.press("f").sees("esc back").press("right", "right").sees("1 entry", "esc undo").press("esc").sees("2 of 3", "/ mother").misses("Only")
	d.press("f", "delete").sees("5 entries").press("esc").sees("2 of 3", "/ mother").press("/", "backspace").sees("/ mothe")
	d.press("esc").resize(40, 20).press("f", "right").sees("enter show them esc undo").press("esc").resize(80, 24)
	d.press("delete", "f", "right", "enter", "f").sees("esc back").press("right").press("shift+tab").sees("Only check in", "of 2")
}

func TestOldestFirst(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "o").sees("5 of 5").press("home").sees("1 of 5")
	d.press("enter").sees("I rang the school.", "2025").press("right").sees("She wrote it herself.", "← older").press("esc").sees("2 of 5")
	d.press("o").sees("4 of 5")
}

func TestGoToADate(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "g").write("last March").press("enter").sees("Nothing is here from then. This is the nearest.", "5 of 5")
	d.press("g").write("march 2025").press("enter").sees("5 of 5").misses("Nothing is here")
	d.press("g").write("20/10").press("enter").sees("3 of 5")
	d.press("g").write("soon").press("enter").sees("I do not know that date", "2 weeks ago").write("er").press("esc").sees("3 of 5")
	d.press("o", "g").write("2026-11").press("enter").sees("4 of 5").press("g").write("1999").press("enter").sees("There is nothing that far back", "1 of 5")
}

func TestCalendar(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "c").sees("November 2026", "›19•", "Thu 19 November: 1 entry", " 2•").misses("Nothing much")
	d.press("pgup").sees("October 2026", "19 October: nothing", "20•").press("right").sees("20 October: 1 entry").press("enter").sees("3 of 5", "End of the day")
	d.press("c", "up", "down", "esc").sees("3 of 5")
	d.resize(100, 24).sees("October 2026", "Nothing much").press("c", "pgdown").sees("November 2026", "20 November: nothing").press("esc").sees("October 2026")
	d.resize(99, 24).misses("October 2026")
}

// BenchmarkSearchKey is one letter more of a search through a career of 150
// words an entry, until what it finds is on the screen.
func BenchmarkSearchKey(b *testing.B) {
	s := newSession(Options{})
	s.opened(careerOf(b, 100_000, strings.Repeat("Visit, then the school rang and mother was late. ", 17)))
	s.journal.PrepareSearch()
	s.prepared = true // or the newest entries alone are looked at first
	l := newList(s)
	l.setSize(104, 20)
	l.init()
	l.update(keyPress("/"))
	for b.Loop() {
		for _, r := range `mother -x` {
			if cmd := l.update(keyPress(string(r))); cmd != nil {
				l.update(cmd())
			}
			l.view()
		}
		l.clear()
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*len(`mother -x`)), "ms/key")
}

// What is being read stays what is being read, whatever a search that was under
// way finds, and whenever it does.
func TestASearchLeavesWhatIsRead(t *testing.T) {
	for _, early := range []bool{false, true} {
		d := withEntries(3)(t, nil, 80, 24).press("j", "/").write("page").press("down").sees("2 of 3")
		found := d.app.update(keyPress("x")) // held back: it takes a while
		push := d.app.update(keyPress("enter"))
		if early {
			found, push = push, found
		}
		d.run(push)
		d.run(found)
		d.sees("Page 1", "what was said on the step").misses(" of 0").press("left", "right").sees("Page 1")
		d.press("t", "esc").sees("Page 1", "what was said on the step").misses(" of 0")
		d.press("esc").sees("/ pagex", "Nothing matches").press("delete").sees("of 3")
	}
}

// The entry after one that goes takes its place, and the list stays there.
func TestTheListStaysWhereAnEntryWas(t *testing.T) {
	for _, tt := range []struct{ keys, row, place string }{
		{"down down", "Page 1", "3 of 4"},
		{"end", "Page 1", "4 of 4"},
		{"o home down down", "Page 3", "3 of 4"},
		{"/ =page esc down down", "Page 1", "3 of 4"},
	} {
		d := withEntries(5)(t, nil, 80, 24)
		d.follow("j " + tt.keys + " enter x y")
		if d.sees(tt.place); !strings.Contains(d.rowOfCursor(), tt.row) {
			t.Errorf("after %q the list is at %q", tt.keys, d.rowOfCursor())
		}
	}
}
