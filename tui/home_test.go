package tui

import (
	"strings"
	"testing"
	"time"
)

func TestGreeting(t *testing.T) {
	for hour, want := range map[int]string{0: "Good evening", 4: "Good evening", 5: "Good morning", 11: "Good morning", 12: "Good afternoon", 16: "Good afternoon", 17: "Good evening", 23: "Good evening"} {
		if got := greeting(time.Date(2026, 11, 20, hour, 0, 0, 0, time.Local)); got != want {
			t.Errorf("at %d: %q", hour, got)
		}
	}
}

func TestDayWords(t *testing.T) {
	now := time.Date(2026, 11, 20, 0, 30, 0, 0, time.Local) // a Friday
	tests := []struct {
		t    time.Time
		want string
	}{
		{now.Add(-10 * time.Minute), "today"},
		{now.Add(time.Hour), "today"},
		{now.Add(-time.Hour), "yesterday"},
		{now.AddDate(0, 0, -2), "on Wednesday"},
		{now.AddDate(0, 0, -6), "on Saturday"},
		{now.AddDate(0, 0, -7), "on 13 November"},
		{now.AddDate(-1, 0, 0), "on 20 November 2025"},
		{now.AddDate(0, 0, 3), "on 23 November"}, // a clock that was set back
	}
	for _, tt := range tests {
		if got := dayWords(tt.t, now); got != tt.want {
			t.Errorf("%v: %q, not %q", tt.t, got, tt.want)
		}
	}
}

func TestGoodToSeeYouAfterALongTime(t *testing.T) {
	d := home(t, 80, 24).misses("Good to see you.").press("n").write("a long day").press("tab", "enter").misses("Good to see you.")
	d.clock = d.clock.Add(13 * 24 * time.Hour)
	d = d.reopen().misses("Good to see you.")
	d.clock = d.clock.Add(2 * 24 * time.Hour)
	d.reopen().sees("Good to see you.").misses("missed", "days")
}

func TestHomeCountsEntries(t *testing.T) {
	d := home(t, 80, 24).sees("Journal 0 entries")
	for _, want := range []string{"Journal 1 entry", "Journal 2 entries"} {
		d.press("n", "a", "tab", "enter").sees(want)
	}
}

func TestArrowsReachEveryWay(t *testing.T) {
	for _, way := range []struct{ row, place string }{
		{"Check in", "A moment to arrive"}, {"A shorter check-in", "What is with you"}, {"A blank page", "What would you like to put down?"},
		{"Journal", "Nothing here yet."}, {"Settings", "Lock after"},
	} {
		for _, size := range [][2]int{{80, 24}, {30, 10}} {
			d := home(t, size[0], size[1])
			for range len(d.app.top().(*homeScreen).ways) {
				if strings.Contains(d.rowOfCursor(), way.row) {
					break
				}
				d.press("down")
			}
			d.press("enter").sees(strings.Fields(way.place)[0])
			if size[0] == 80 {
				d.sees(way.place)
			}
		}
	}
	d := home(t, 80, 24).press("up", "up")
	if !strings.Contains(d.rowOfCursor(), "Check in") {
		t.Errorf("up from the first is at %q", d.rowOfCursor())
	}
}

func (d *driver) rowOfCursor() string {
	d.t.Helper()
	return strings.Split(d.screen(), "\n")[d.app.View().Cursor.Y]
}

func TestReadingGoesFromEntryToEntry(t *testing.T) {
	d := withEntries(3)(t, nil, 80, 24).press("j").sees("Page 2", "Page 1", "Page 0", "1 of 3")
	d.press("enter").sees("Page 2").press("down", "left").sees("1 of 3").misses("Page 2")
	d.press("right").sees("Page 1", "2 of 3").press("right").sees("Page 0", "3 of 3").press("end", "right").sees("3 of 3").misses("Page 0")
	d.press("home").sees("Page 0").press("esc").sees("3 of 3", "Page 2")
	if !strings.Contains(d.rowOfCursor(), "Page 0") {
		t.Errorf("the list is at %q", d.rowOfCursor())
	}
}

// An imported entry may hold anything; it is read, and steers nothing.
func TestImportedEntriesSteerNothing(t *testing.T) {
	d := home(t, 80, 24)
	line := `{"id":"x","kind":"note","created":"2026-10-01T08:00:00Z","updated":"2026-10-01T08:00:00Z","title":"a\u001b[2Jtitle\nb","tags":["t\u0007ag"],"answers":[{"step":"s","prompt":"p\u001b]0;x\u0007rompt","text":"one\u001b[31m\ttwo\r\nthree","choices":["c\u009bhoice"],"items":[{"text":"i\u0000tem","when":"s\boon"}],"shares":{"d\u001bay":3}}]}`
	if _, err := d.app.journal.Import(strings.NewReader(line + "\n")); err != nil {
		t.Fatal(err)
	}
	d.app.settings.Colour = "none"
	d.app.restyle()
	for _, keys := range []string{"j", "enter"} {
		d.press(keys).sees("title")
		for _, r := range strings.NewReplacer("\x1b[1m", "", "\x1b[m", "", "\x1b[0m", "", "\n", "").Replace(d.app.View().Content) {
			if r < 0x20 || r >= 0x7f && r < 0xa0 {
				t.Fatalf("%q is drawn in %q", r, d.app.View().Content)
			}
		}
	}
	d.sees("p]0;xrompt", "one", "two", "three", "choice", "item – soon", "day: 3")
}

// A name and what is said of it never run together, however long the name is.
func TestNamesStandApart(t *testing.T) {
	for place, names := range map[string][]string{
		"":  {"A shorter check-in  one minute", "Check in            four minutes"},
		"s": {"What would be shared  the brief of", "Prepare a brief       10 minutes"},
		",": {"No motion, words for pictures  no"},
	} {
		d := supervised(t, nil, 80, 40)
		if place != "" {
			d.press(place)
		}
		for _, want := range names {
			if got := d.screen(); !strings.Contains(got, want) {
				t.Errorf("there is no %q:\n%s", want, got)
			}
		}
	}
}
