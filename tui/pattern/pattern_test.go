package pattern_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui/pattern"
)

var cheap = &journal.Options{Cost: journal.Cost{MemoryKiB: 64, Passes: 1, Lanes: 1}}

// imported is a journal with these entries.
func imported(t testing.TB, lines string) *journal.Journal {
	t.Helper()
	j, err := journal.Create(filepath.Join(t.TempDir(), "journal.db"), []byte("a cat on a warm wall"), cheap)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	report, err := j.Import(strings.NewReader(lines))
	if err != nil || len(report.Problems) > 0 {
		t.Fatal(err, report.Problems)
	}
	return j
}

func read(j *journal.Journal, p pattern.Period, now time.Time) pattern.Report {
	library, _ := content.Load(nil)
	return pattern.Read(j, pattern.Words(library), p, now)
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// generated is entries of two and a half years, with all that somebody could
// answer and some of what only an import could hold.
func generated(seed uint64, now time.Time) string {
	r := rand.New(rand.NewPCG(seed, 7))
	library, _ := content.Load(nil)
	words := []string{"wrung out", "Wrung out", " wrung out ", "=1+1", "ANXIOUS", "Anxious", ""}
	for _, g := range library.Words("feelings") {
		for _, w := range g.Words {
			words = append(words, w.Label)
		}
	}
	parts := []string{"direct", "contact", "recording", "liaison", "meetings", "travel", "supervision", "reflection", "breaks", "other", "allotment", "odd, with a comma"}
	sides := []string{"administrative", "educative", "supportive", "", "sideways"}
	zones := []*time.Location{time.UTC, time.FixedZone("", 14*3600), time.FixedZone("", -11*3600)}
	var lines strings.Builder
	for i := range 600 {
		back := time.Duration(r.Int64N(int64(900 * 24 * time.Hour)))
		if i < 40 {
			back = time.Duration(r.Int64N(int64(60*24*time.Hour)) - int64(30*24*time.Hour)) // near now, and after it
		}
		at := now.Add(-back).Truncate(time.Second)
		if i%9 == 0 {
			at = time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, now.Location()).Add(time.Duration(i%3-1) * time.Second) // round midnight
		}
		e := journal.Entry{Header: journal.Header{ID: fmt.Sprintf("made%d", i), Kind: journal.CheckIn, Guide: "end-of-day", Created: at.In(zones[i%3]), Title: "PRIVATE title", Tags: []string{"PRIVATE tag"}}}
		if i%7 == 0 {
			e.Kind, e.Guide = journal.Supervision, "supervision"
			e.Answers = append(e.Answers, journal.Answer{Step: "stuck", Choices: []string{"think"}, Bring: &journal.Bring{Side: "educative"}})
		}
		if r.IntN(4) == 0 {
			e.Bring = &journal.Bring{Side: sides[r.IntN(len(sides))]}
		}
		for _, name := range []string{"threat", "drive", "soothing"} {
			if v := r.IntN(14) - 1; r.IntN(4) > 0 {
				e.Answers = append(e.Answers, journal.Answer{Step: name, Value: &v, Text: "PRIVATE line", Prompt: "PRIVATE prompt"})
			}
		}
		if r.IntN(3) > 0 {
			a := journal.Answer{Step: "feelings"}
			for range r.IntN(5) {
				a.Choices = append(a.Choices, words[r.IntN(len(words))])
			}
			e.Answers = append(e.Answers, a, journal.Answer{Step: "feelings", Choices: []string{"asked twice"}})
		}
		if r.IntN(2) == 0 {
			a := journal.Answer{Step: "day", Shares: make(map[string]int)}
			for range r.IntN(6) {
				a.Shares[parts[r.IntN(len(parts))]] = r.IntN(6) - 1
			}
			a.Shares["travel"] = []int{1, 0, -4, 5000}[r.IntN(4)]
			e.Answers = append(e.Answers, a)
		}
		line, err := json.Marshal(e)
		if err != nil {
			panic(err)
		}
		lines.Write(append(line, '\n'))
	}
	return lines.String()
}

func TestFiguresAgreeWithTheExport(t *testing.T) {
	tests := []struct {
		name  string
		now   time.Time
		lines func(now time.Time) string
	}{
		{"the demo", time.Date(2026, 11, 22, 9, 30, 0, 0, zone(t, "Europe/London")), func(now time.Time) string { return string(content.Demo(now)) }},
		{"the demo on a Monday", time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), func(now time.Time) string { return string(content.Demo(now)) }},
		{"generated", time.Date(2026, 11, 22, 23, 59, 59, 0, zone(t, "Europe/London")), func(now time.Time) string { return generated(1, now) }},
		{"generated, where days have no midnight", time.Date(2026, 9, 8, 8, 0, 0, 0, zone(t, "America/Santiago")), func(now time.Time) string { return generated(2, now) }},
		{"generated, far east", time.Date(2026, 4, 6, 1, 0, 0, 0, zone(t, "Pacific/Auckland")), func(now time.Time) string { return generated(3, now) }},
	}
	for _, test := range tests {
		j := imported(t, test.lines(test.now))
		var ids []string
		for h := range j.Entries(journal.Query{}) {
			ids = append(ids, h.ID)
		}
		for i := 3; i < len(ids); i += 10 { // what was deleted, and what is being written, does not count
			if err := j.Delete(ids[i]); err != nil {
				t.Fatal(err)
			}
		}
		seven := 7
		if _, err := j.SetDraft(journal.Draft{Entry: journal.Entry{Header: journal.Header{Kind: journal.CheckIn, Created: test.now}, Answers: []journal.Answer{{Step: "threat", Value: &seven}}}}); err != nil {
			t.Fatal(err)
		}
		var export bytes.Buffer
		if _, err := j.Export(&export, journal.Query{}); err != nil {
			t.Fatal(err)
		}
		for _, p := range pattern.Periods {
			t.Run(test.name+", "+p.String(), func(t *testing.T) {
				r := read(j, p, test.now)
				o := newOracle(t, export.String(), int(p), r.Weeks, test.now)
				var out bytes.Buffer
				if err := r.WriteCSV(&out); err != nil {
					t.Fatal(err)
				}
				got, want := tableRows(t, &out), o.rows()
				holdsText(t, r, o, want)
				slices.Sort(got)
				slices.Sort(want)
				for _, row := range want {
					if !slices.Contains(got, row) {
						t.Errorf("the export says %q, and the table does not", row)
					}
				}
				if !slices.Equal(got, want) {
					t.Errorf("%d rows, and %d from the export", len(got), len(want))
				}
			})
		}
	}
}

// tableRows are the rows of a table without its head, quotes and guards aside.
func tableRows(t *testing.T, table io.Reader) (rows []string) {
	t.Helper()
	records, err := csv.NewReader(table).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(records[0], ","); got != "pattern,from,to,group,name,value,unit,n" {
		t.Fatalf("the table starts with %q", got)
	}
	for _, r := range records[1:] {
		for i, cell := range r {
			if strings.ContainsAny(cell[:min(len(cell), 1)], "=+-@") {
				t.Errorf("%q would be a formula", cell)
			}
			r[i] = strings.TrimPrefix(cell, "'")
		}
		rows = append(rows, strings.Join(r, ","))
	}
	return rows
}

// holdsText asserts that the words have the figures of the export's rows.
func holdsText(t *testing.T, r pattern.Report, o *oracle, rows []string) {
	t.Helper()
	said := make(map[string][]string)
	for _, s := range r.Sections() {
		said[s.ID] = s.Text()
	}
	has := func(section string, parts ...string) {
		if !slices.ContainsFunc(said[section], func(line string) bool {
			return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(line, p) })
		}) {
			t.Errorf("no line of %s has %q", section, parts)
		}
	}
	for _, row := range rows {
		f := strings.Split(row, ",")
		if len(f) != 8 { // a comma in a word
			continue
		}
		section, from, to, group, name, value, unit, n := f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]
		day, err := time.Parse(time.DateOnly, from)
		if err != nil {
			t.Fatal(err)
		}
		whole := from+","+to == o.dates(-1)
		percent := fmt.Sprint(o.percents[from+","+to+","+name])
		label := day.Format("2 January 2006") + ": "
		switch {
		case unit == "too few to say":
			has(section, "Too few ", " to say: "+n+",")
		case section == "systems" && whole && unit == "median":
			has(section, name+": median "+value+" (", "n "+n)
		case section == "systems" && unit == "median" && value != "":
			has(section, label, name+" "+value+" (n "+n+")")
		case section == "systems" && unit == "median":
			for _, line := range said[section] {
				if strings.HasPrefix(line, label) && strings.Contains(line, name+" ") {
					t.Errorf("%q speaks of %s, of which there is none", line, name)
				}
			}
		case section == "feelings" && name == "" && value != "0":
			has(section, group+": in "+value+" of "+n)
		case section == "feelings" && name == "":
			has(section, group+": none")
		case section == "feelings":
			has(section, group+": ", name+" "+value)
		case section == "squares" && value == "":
			has(section, label+"empty")
		case section == "squares" && unit == "squares" && value != "0" && percent == "0":
			has(section, name, "under 1%")
		case section == "squares" && unit == "percent" && value == "0.00" && group == "":
			has(section, name, "none")
		case section == "squares" && unit == "percent" && percent == "0":
		case section == "squares" && unit == "percent" && group == "" && whole:
			has(section, name, percent+"% of ", "n "+n)
		case section == "squares" && unit == "percent" && group == "":
			has(section, label, name+" "+percent+"%", "n "+n+")")
		case section == "squares" && unit == "percent" && whole:
			has(section, name+": "+percent+"%")
		case section == "squares" && unit == "percent":
			has(section, label, name+" "+percent+"%")
		case section == "times" && value != "0":
			has(section, group+": ", name+" "+value)
		case section == "triangle" && value != "0":
			has(section, name+": "+value+" of "+n)
		case section == "calendar":
			has(section, mondayOf(day).Format("2 January 2006")+": ", day.Weekday().String()+" "+value)
		}
	}
}

// Nothing that somebody wrote is in what others see, and their own words only
// where they asked for it.
func TestNothingPrivateIsWrittenOut(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	r := read(imported(t, generated(4, now)), pattern.All, now)
	var table, shared, picture bytes.Buffer
	if err := r.WriteCSV(&table); err != nil {
		t.Fatal(err)
	}
	if err := r.WithoutOwn().WriteCSV(&shared); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteSVG(&picture); err != nil {
		t.Fatal(err)
	}
	for _, own := range []string{"wrung out", "=1+1", "allotment", "odd, with"} {
		if !strings.Contains(table.String(), own) {
			t.Errorf("%q is not in the table that was to have it", own)
		}
		if strings.Contains(shared.String(), own) || strings.Contains(picture.String(), own) {
			t.Errorf("%q is in what others see", own)
		}
	}
	for _, out := range []string{table.String(), shared.String(), picture.String()} {
		if strings.Contains(out, "PRIVATE") {
			t.Error("there is private text in it")
		}
	}
	// What is left out is counted still: a day's shares make a whole.
	if squares := r.WithoutOwn().Squares; true {
		sum := 0
		for _, p := range squares.Parts {
			sum += p.All.Squares
		}
		if sum != squares.All.Squares {
			t.Errorf("the parts have %d of %d squares", sum, squares.All.Squares)
		}
	}
}

// The percents that people read make a hundred, whatever is to be shared out,
// and each is less than one away from what it is of.
func TestPercentsMakeAHundred(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	r := rand.New(rand.NewPCG(4, 4))
	for range 50 {
		var lines strings.Builder
		for i := range 6 {
			lines.WriteString(line(now.Add(-time.Duration(i)*time.Hour), fmt.Sprintf(`{"step":"day","shares":{"direct":%d,"contact":%d,"recording":%d,"travel":%d,"own thing":%d}}`,
				1+r.IntN(3), r.IntN(2), r.IntN(9), r.IntN(400), r.IntN(3))))
		}
		q := read(imported(t, lines.String()), 4, now).Squares
		sum := 0
		for _, p := range q.Parts {
			sum += p.All.Percent
			if off := 100*p.All.Squares - p.All.Percent*q.All.Squares; off <= -q.All.Squares || off >= q.All.Squares {
				t.Errorf("%d of %d squares are %d%%", p.All.Squares, q.All.Squares, p.All.Percent)
			}
		}
		if sum != 100 {
			t.Errorf("together they are %d%%: %+v", sum, q.Parts)
		}
	}
}

// The picture is XML that draws and says, and does nothing else.
func TestSVG(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	j := imported(t, generated(5, now))
	for _, p := range pattern.Periods {
		var out bytes.Buffer
		if err := read(j, p, now).WriteSVG(&out); err != nil {
			t.Fatal(err)
		}
		titles, descs := 0, 0
		for d := xml.NewDecoder(&out); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			switch start.Name.Local {
			case "title":
				titles++
			case "desc":
				descs++
			case "svg", "g", "rect", "text":
			default:
				t.Errorf("there is a <%s>", start.Name.Local)
			}
			for _, a := range start.Attr {
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") || strings.HasPrefix(a.Value, "-") {
					t.Errorf("%s is %q", a.Name.Local, a.Value)
				}
				if a.Name.Local == "fill" && !grey(a.Value) {
					t.Errorf("%s is no grey", a.Value)
				}
			}
		}
		if titles != 7 || descs != 7 {
			t.Errorf("%d titles and %d descriptions, want 7 of each", titles, descs)
		}
	}
}

func grey(colour string) bool {
	return len(colour) == 7 && colour[1:3] == colour[3:5] && colour[3:5] == colour[5:7]
}

func line(at time.Time, answers string) string {
	return fmt.Sprintf(`{"id":%q,"kind":"check-in","created":%q,"answers":[%s]}`+"\n", at.Format(time.RFC3339), at.Format(time.RFC3339), answers)
}

// Under five there is no figure; of a nought there is one.
func TestTooFewToSay(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	lines := ""
	for n := 1; n <= 5; n++ {
		lines += line(now.AddDate(0, 0, -n), `{"step":"threat","value":0},{"step":"feelings","choices":["calm"]},{"step":"day","shares":{"direct":3}}`)
		for _, s := range read(imported(t, lines), 12, now).Sections() {
			said := strings.Join(s.Text(), "\n")
			if s.ID == "triangle" {
				continue
			}
			if few := strings.Contains(said, fmt.Sprintf("Too few entries to say: %d, and it takes 5.", n)); few != (n < 5) || s.N != n {
				t.Errorf("with %d entries %s says:\n%s", n, s.ID, said)
			}
			if n < 5 && strings.ContainsAny(said, "%") {
				t.Errorf("%s has a figure:\n%s", s.ID, said)
			}
		}
	}
	said := strings.Join(read(imported(t, lines), 12, now).Sections()[0].Lines, "\n")
	for _, want := range []string{"threat: median 0 (0 to 0), n 5", "drive: nothing set", "16 November 2026: threat 0 (n 5)", "9 November 2026: empty"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
}

func TestPeriodsAreWholeWeeks(t *testing.T) {
	j := imported(t, "")
	for day := range 20 {
		now := time.Date(2026, 3, 20+day, 23, 30, 0, 0, zone(t, "Europe/London")) // the clocks change on the 29th
		for _, p := range pattern.Periods[:3] {
			r := read(j, p, now)
			if r.From.Format("Mon") != "Mon" || r.To.Format("Mon") != "Sun" || len(r.Spans) != int(p) {
				t.Errorf("%v at %v: %v with %d weeks", p, now, r.Span, len(r.Spans))
			}
			if today := pattern.DayOf(now); today < r.Spans[p-1].From || today > r.Spans[p-1].To {
				t.Errorf("today is not in the last week of %v", r.Span)
			}
		}
	}
}

// An import may hold any date; a picture of everything still has few columns.
func TestEverythingHasRoomForAnyDate(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	lines := ""
	for _, year := range []int{1, 1899, 1969, 1970, 2026, 9999} {
		lines += line(time.Date(year, 6, 15, 12, 0, 0, 0, time.UTC), `{"step":"threat","value":3}`)
	}
	r := read(imported(t, lines), pattern.All, now)
	n := 0
	for _, v := range r.Systems.Three[0].By {
		n += v.N
	}
	if len(r.Spans) > 60 || n != 6 || r.Entries != 6 {
		t.Errorf("%d spans with %d of %d entries", len(r.Spans), n, r.Entries)
	}
	for i, s := range r.Spans {
		if s.From.Format("Mon") != "Mon" || s.To.Format("Mon") != "Sun" || i > 0 && s.From != r.Spans[i-1].To+1 {
			t.Errorf("span %d is %v", i, s)
		}
	}
	if r = read(imported(t, ""), pattern.All, now); len(r.Spans) != 1 || r.Entries != 0 {
		t.Errorf("an empty journal has %+v", r)
	}
}

// The side of supervision with the fewest marks is named, and none where they
// are even.
func TestTriangle(t *testing.T) {
	for _, test := range []struct {
		sides [3]int
		want  string
	}{
		{[3]int{3, 0, 5}, "educative"}, {[3]int{1, 1, 5}, "administrative educative"}, {[3]int{2, 2, 2}, ""}, {[3]int{}, ""},
	} {
		if got := strings.Join((pattern.Triangle{Sides: test.sides}).Fewest(), " "); got != test.want {
			t.Errorf("%v: %q, want %q", test.sides, got, test.want)
		}
	}
}

// What is counted for supervision is what somebody marked, as that: not the lines
// of a brief, which has a copy of it.
func TestABriefIsNoMark(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	bring := `{"step":"a","text":"x","bring":{"side":"supportive","share":false}}`
	lines := line(now.AddDate(0, 0, -1), bring+","+strings.Replace(bring, `"a"`, `"b"`, 1))
	brief := strings.Replace(line(now, bring), `"kind":"check-in"`, `"kind":"supervision","guide":"supervision"`, 1)
	for _, s := range read(imported(t, lines+brief), 12, now).Sections() {
		if s.ID == "triangle" && (s.Count() != "2 marked" || s.TooFew() != "Too few marked to say: 2, and it takes 5.") {
			t.Errorf("%s: %s", s.Count(), s.TooFew())
		}
	}
}

// Words that steer a terminal, and markup, come out as words or not at all.
func TestStrangeWords(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	lines := ""
	for n := range 6 {
		lines += line(now.AddDate(0, 0, -n), `{"step":"feelings","choices":["\u001b[2Jgone","<b>&"]},{"step":"day","shares":{"\u001b]0;x\u0007<i>":2}}`)
	}
	r := read(imported(t, lines), 12, now)
	var table bytes.Buffer
	if err := r.WriteCSV(&table); err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Sections() {
		if said := strings.Join(s.Text(), "\n") + table.String(); strings.ContainsAny(said, "\x1b\a") {
			t.Errorf("%q", said)
		}
	}
}
