package tui

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui/pattern"
)

// months are entries of two years up to a day, some of each week.
func months(now time.Time) string {
	var lines strings.Builder
	feelings := []string{"anxious", "calm", "wrung out", "not sure", "conflicted", "hopeful", "weary"}
	for i := range 300 {
		at := now.AddDate(0, 0, -i*5/2).Add(-time.Duration(i%9) * time.Hour)
		fmt.Fprintf(&lines, `{"id":"month%d","kind":"check-in","guide":"end-of-day","created":%q,"answers":[{"step":"feelings","choices":[%q,%q]},{"step":"threat","value":%d},{"step":"drive","value":%d},{"step":"soothing","value":%d},{"step":"day","shares":{"direct":%d,"recording":4,"travel":1}}],"bring":{"side":%q,"share":false}}`+"\n",
			i, at.Format(time.RFC3339), feelings[i%7], feelings[i%3], i%11, i%7, (i+3)%5, i%4, []string{"supportive", "", "administrative"}[i%3])
	}
	return lines.String()
}

// withMonths is home with two years of check-ins.
func withMonths(t *testing.T, own map[string]string, width, height int) *driver {
	t.Helper()
	d := homeWith(t, own, width, height)
	if _, err := d.app.journal.Import(strings.NewReader(months(d.clock))); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPatternKeys(t *testing.T) {
	d := withMonths(t, nil, 80, 24).press("w").sees("Looking back over ◂ 12 weeks ▸", "31 August 2026 to 22 November 2026", "Three systems n 3")
	d.press("right").sees("◂ 52 weeks ▸").press("right").sees("◂ everything ▸", "n 300").press("right").sees("◂ 4 weeks ▸")
	d.press("left", "left").sees("◂ 52 weeks ▸").press("right", "right", "right")
	d.press("enter").sees("Patterns ▸ Three systems", "threat: median", "Marks: the median of a week's entries.").misses("By week")
	d.press("v").sees("By week, each named by its Monday:", "16 November 2026: threat").press("v").misses("By week")
	for _, title := range []string{"Feelings", "Where the days went", "When you write", "For supervision", "Calendar", "Three systems"} {
		d.press("tab").sees("Patterns ▸ " + title)
	}
	d.press("right").sees("◂ 52 weeks ▸", "24 Nov 2025 to 22 Nov 2026").press("left")
	d.press("tab", "tab").sees("with people").press("pgdown").misses("Looking back").press("pgup").sees("Looking back")
	d.press("esc").sees("› Where the days went").press("esc").sees("Check in")
}

// Somebody who has no pictures is shown words from the start.
func TestPatternsInWordsWhenStill(t *testing.T) {
	d := withMonths(t, nil, 80, 24)
	d.app.settings.Still = true
	d.press("w", "enter").sees("16 November 2026: threat")
	if s := d.screen(); strings.ContainsAny(s, "▁▂▃▄▅▆▇█■") {
		t.Errorf("there are pictures:\n%s", s)
	}
}

// What is counted while somebody has gone on to another period is not shown
// for that one.
func TestLateCountIsNotShown(t *testing.T) {
	d := withMonths(t, nil, 80, 24)
	list := newPatterns(d.app.session)
	d.send(pushMsg{list})
	late := list.turn(1)().(patternsMsg)
	now := list.turn(1)().(patternsMsg)
	d.send(late)
	d.sees("One moment.")
	d.send(now)
	d.sees("◂ everything ▸", "n 300")
	d.send(late)
	d.sees("◂ everything ▸", "n 300")
}

// Everything that a drawn pattern has as a number is in its words too, and the
// drawn marks of a week are as high as the words say.
func TestDrawingsSayWhatTheWordsSay(t *testing.T) {
	now := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)
	s := newSession(Options{})
	r := pattern.Of(entriesOf(t, months(now)), pattern.Words(s.library), 12, now)
	for _, width := range []int{72, 36, 26} {
		d := drawing{report: r, styles: newStyles(true, false), width: width}
		systems := ansi.Strip(strings.Join(d.systems(), "\n"))
		for i, sys := range r.Systems.Three {
			if !strings.Contains(strings.Join(strings.Fields(systems), " "), sys.Name+": "+sys.All.String()) {
				t.Errorf("%d cells: %s is not there:\n%s", width, sys.Name, systems)
			}
			row := strings.Split(systems, "\n")[0]
			for line := range strings.SplitSeq(systems, "\n") {
				if strings.ContainsAny(line, string(heights)) {
					row = line
					if i--; i < 0 {
						break
					}
				}
			}
			each, cells := columns(len(r.Spans), width)
			for week, v := range sys.By[:min(each, len(sys.By))] {
				mark := []rune(row)[week*cells]
				if want := heights[int(v.Median*7/10+0.5)]; v.N > 0 && mark != want {
					t.Errorf("%d cells: the mark of week %d of %s is %c, want %c for %v", width, week, sys.Name, mark, want, v)
				}
			}
		}
		feelings := strings.Join(strings.Fields(ansi.Strip(strings.Join(d.feelings(), "\n"))), " ")
		for _, g := range r.Feelings.Groups {
			for _, w := range g.Words {
				if !strings.Contains(feelings, w.Word+" "+strings.Repeat("■", strings.Count(barAfter(feelings, w.Word), "■"))+fmt.Sprintf(" %d", w.N)) {
					t.Errorf("%d cells: %q has not %d:\n%s", width, w.Word, w.N, feelings)
				}
			}
		}
		for _, rows := range [][]string{d.systems(), d.feelings(), d.squares(), d.times(), d.triangle(), d.calendar()} {
			for _, row := range rows {
				if w := ansi.StringWidth(row); w > width {
					t.Errorf("%d cells in %d: %q", w, width, row)
				}
			}
		}
	}
}

// barAfter is the bar that follows a word.
func barAfter(s, word string) string {
	_, rest, _ := strings.Cut(s, word+" ")
	bar, _, _ := strings.Cut(rest, " ")
	return bar
}

// A week of which there is nothing has no mark, and one with nought has one.
func TestEmptyIsNotNought(t *testing.T) {
	now := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)
	var lines strings.Builder
	for i := range 5 {
		fmt.Fprintf(&lines, `{"id":"n%d","kind":"check-in","created":%q,"answers":[{"step":"threat","value":0}]}`+"\n", i, now.AddDate(0, 0, -7*(i/4)-i%4).Format(time.RFC3339))
	}
	s := newSession(Options{})
	d := drawing{report: pattern.Of(entriesOf(t, lines.String()), pattern.Words(s.library), 4, now), styles: newStyles(true, false), width: 72}
	marks := d.systems()[1]
	if strings.Count(marks, "▁▁▁") != 2 || !strings.HasPrefix(marks, strings.Repeat(" ", 12)) {
		t.Errorf("the marks are %q", marks)
	}
}

// entriesOf are the entries of a journal with these lines.
func entriesOf(t *testing.T, lines string) func(func(journal.Entry, error) bool) {
	t.Helper()
	return journalOf(t, lines).Figures(journal.Query{})
}

func journalOf(t testing.TB, lines string) *journal.Journal {
	t.Helper()
	j, err := journal.Create(filepath.Join(t.TempDir(), "journal.db"), []byte(testPassphrase), &journal.Options{Cost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	if report, err := j.Import(strings.NewReader(lines)); err != nil || len(report.Problems) > 0 {
		t.Fatal(err, report.Problems)
	}
	return j
}

// Plain mode says the same words, and goes back from each question.
func TestPlainPatterns(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartHome
	if _, err := p.journal.Import(strings.NewReader(months(time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)))); err != nil {
		t.Fatal(err)
	}
	p.types("9", "2", "1", "3", "6", "", "").says("9. patterns", "How far back?", "2. 12 weeks",
		"31 August 2026 to 22 November 2026, n 3", pattern.Legend, "16 November 2026: threat ", "contact with people, in person or by phone, video or message: ", "For context, and no target:", "How many entries each day has.", "16 November 2026: ")
	if p.err != nil {
		t.Fatal(p.err)
	}
	p.types("9", "back", "").says("Where to?")
	if p.err != nil {
		t.Fatal(p.err)
	}
}

func TestWritePatterns(t *testing.T) {
	now := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)
	j := journalOf(t, months(now))
	o := Options{Journal: journal.Options{Now: func() time.Time { return now }}, Content: ownFiles(map[string]string{"feelings.toml": `
[[groups]]
id = "not-sure"
label = "not sure"
words = ["not sure"]
[[groups]]
id = "mine"
label = "SECRET group"
words = ["wrung out"]
`})}
	written := func(out PatternsOut) string {
		t.Helper()
		var b bytes.Buffer
		if err := WritePatterns(o, j, &b, out); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	// What the person reads has their words. What others see has the program's.
	if text := written(PatternsOut{Weeks: 12, Format: PatternText}); !strings.Contains(text, "SECRET group: in ") || !strings.Contains(text, "Calendar, n ") {
		t.Errorf("the text is\n%s", text)
	}
	for _, out := range []PatternsOut{{Format: PatternCSV}, {Format: PatternSVG}, {Format: PatternSVG, OwnWords: true}} {
		if s := written(out); strings.Contains(s, "SECRET") || strings.Contains(s, "wrung out") || !strings.Contains(s, "anxious") {
			t.Errorf("%+v has a word of the person's own, or none of the program's", out)
		}
	}
	if s := written(PatternsOut{Format: PatternCSV, OwnWords: true}); !strings.Contains(s, ",your own words,wrung out,") {
		t.Error("the words that were asked for are not there")
	}
	for _, name := range PatternNames() {
		s := written(PatternsOut{Weeks: 52, Format: PatternCSV, Only: []string{name}})
		for line := range strings.Lines(s) {
			if !strings.HasPrefix(line, "pattern,") && !strings.HasPrefix(line, name+",") {
				t.Fatalf("only %s has %q", name, line)
			}
		}
		if strings.Count(s, "\n") < 2 {
			t.Errorf("there is nothing of %s", name)
		}
	}
	if want := []string{"systems", "feelings", "squares", "times", "triangle", "calendar"}; !slices.Equal(PatternNames(), want) {
		t.Errorf("the names are %q", PatternNames())
	}
}

// career writes 100,000 check-ins of 150 words, over so many days before now.
func career(w io.Writer, now time.Time, days int) {
	const entries = 100_000
	prose := strings.Repeat("the family was quiet and the \\\"form\\\" was not, ", 19)
	library, _ := content.Load(nil)
	var words []string
	for _, g := range library.Words("feelings") {
		for _, word := range g.Words {
			words = append(words, word.Label)
		}
	}
	step := time.Duration(days) * 24 * time.Hour / entries
	for i := range entries {
		at := now.Add(-time.Duration(i) * step)
		fmt.Fprintf(w, `{"id":"career%d","kind":"check-in","guide":"end-of-day","created":%q,"title":"End of the day","answers":[{"step":"feelings","prompt":"What is with you at the end of today?","choices":[%q,%q,"wrung out"]},{"step":"threat","prompt":"How much threat has been with you today?","text":"the phone call","value":%d},{"step":"drive","prompt":"How much drive has been with you today?","value":%d},{"step":"soothing","prompt":"How much soothing has been with you today?","value":%d},{"step":"day","prompt":"Where did the day go?","shares":{"direct":2,"contact":1,"recording":4,"meetings":2,"travel":1}},{"step":"set-down","prompt":"What one thing could you set down for tonight?","text":"%s"}]}`+"\n",
			i, at.UTC().Format(time.RFC3339), words[i%len(words)], words[i*7%len(words)], i%11, i%7, i%5, prose)
	}
}

// BenchmarkPatterns100k is the time from the key to the page, with 100,000
// entries over 38 years, and with as many in a single one.
func BenchmarkPatterns100k(b *testing.B) {
	now := time.Date(2026, 11, 20, 17, 42, 0, 0, time.UTC)
	for _, days := range []int{38 * 365, 360} {
		path := filepath.Join(b.TempDir(), "journal.db")
		j, err := journal.Create(path, []byte(testPassphrase), &journal.Options{Cost: cheap})
		if err != nil {
			b.Fatal(err)
		}
		in, out := io.Pipe()
		go func() { career(out, now, days); out.Close() }()
		if _, err := j.Import(in); err != nil {
			b.Fatal(err)
		}
		s := newSession(Options{Path: path, Journal: journal.Options{Now: func() time.Time { return now }}})
		s.opened(j)
		for _, period := range pattern.Periods {
			b.Run(fmt.Sprintf("of %d days/%v", days, period), func(b *testing.B) {
				n, fastest := 0, time.Hour
				for b.Loop() {
					start := time.Now()
					list := newPatterns(s)
					list.period = period
					list.setSize(72, 20)
					list.update(list.init()())
					page := newPattern(list)
					list.focus = len(list.sections) - 1 // the calendar, which is the longest
					page.setSize(72, 20)
					if page.view() == "" {
						b.Fatal("nothing is shown")
					}
					n, fastest = list.report.Entries, min(fastest, time.Since(start))
				}
				b.ReportMetric(float64(n), "entries")
				b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/op")
				b.ReportMetric(float64(fastest.Milliseconds()), "ms-fastest") // others may be at work too
			})
		}
		if err := j.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
