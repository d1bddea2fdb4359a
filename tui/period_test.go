package tui

import (
	"strings"
	"testing"
	"time"
)

func TestParsePeriod(t *testing.T) {
	now := time.Date(2026, 11, 20, 17, 42, 0, 0, time.Local) // a Friday
	tests := []struct{ said, since, until string }{
		{"today", "2026-11-20", "2026-11-21"},
		{"Yesterday", "2026-11-19", "2026-11-20"},
		{"the day before yesterday", "2026-11-18", "2026-11-19"},
		{"last night", "2026-11-19", "2026-11-20"},
		{"2 weeks ago", "2026-11-06", "2026-11-07"},
		{"a week ago", "2026-11-13", "2026-11-14"},
		{"a fortnight ago", "2026-11-06", "2026-11-07"},
		{"three days ago", "2026-11-17", "2026-11-18"},
		{"9 months ago", "2026-02-20", "2026-02-21"},
		{"1 year ago", "2025-11-20", "2025-11-21"},
		{"Monday", "2026-11-16", "2026-11-17"},
		{"mon", "2026-11-16", "2026-11-17"},
		{"on Friday", "2026-11-20", "2026-11-21"},
		{"last Friday", "2026-11-13", "2026-11-14"},
		{"last Saturday", "2026-11-14", "2026-11-15"},
		{"this week", "2026-11-16", "2026-11-23"},
		{"last week", "2026-11-09", "2026-11-16"},
		{"last month", "2026-10-01", "2026-11-01"},
		{"this month", "2026-11-01", "2026-12-01"},
		{"last year", "2025-01-01", "2026-01-01"},
		{"last March", "2026-03-01", "2026-04-01"},
		{"last November", "2025-11-01", "2025-12-01"},
		{"this November", "2026-11-01", "2026-12-01"},
		{"in December", "2025-12-01", "2026-01-01"},
		{"March", "2026-03-01", "2026-04-01"},
		{"sept. 2024", "2024-09-01", "2024-10-01"},
		{"March 2025", "2025-03-01", "2025-04-01"},
		{"12/3", "2026-03-12", "2026-03-13"},
		{"3/12", "2025-12-03", "2025-12-04"}, // not the 12th of March
		{"12/3/2025", "2025-03-12", "2025-03-13"},
		{"12.3.", "2026-03-12", "2026-03-13"},
		{"12.3.25", "2025-03-12", "2025-03-13"},
		{"12-3-99", "1999-03-12", "1999-03-13"},
		{"29/2", "2024-02-29", "2024-03-01"},
		{"2026-03", "2026-03-01", "2026-04-01"},
		{"3/2026", "2026-03-01", "2026-04-01"},
		{"2026-03-12", "2026-03-12", "2026-03-13"},
		{"2025", "2025-01-01", "2026-01-01"},
		{"12 March 2025", "2025-03-12", "2025-03-13"},
		{"the 12th of March", "2026-03-12", "2026-03-13"},
		{"March 1st, 2025", "2025-03-01", "2025-03-02"},
		{"Thursday 12 March", "2026-03-12", "2026-03-13"},
		{"20 nov", "2026-11-20", "2026-11-21"},
		{"21 nov", "2025-11-21", "2025-11-22"},
		{"tomorrow", "2026-11-21", "2026-11-22"},
		{"the day after tomorrow", "2026-11-22", "2026-11-23"},
		{"now", "2026-11-20", "2026-11-21"},
		{"this morning", "2026-11-20", "2026-11-21"},
		{"yesterday evening", "2026-11-19", "2026-11-20"},
		{"Monday morning", "2026-11-16", "2026-11-17"},
		{"weds", "2026-11-18", "2026-11-19"},
		{"Tues.", "2026-11-17", "2026-11-18"},
		{"Monday last week", "2026-11-09", "2026-11-10"},
		{"last week Sunday", "2026-11-15", "2026-11-16"},
		{"Friday this week", "2026-11-20", "2026-11-21"},
		{"the past week", "2026-11-09", "2026-11-16"},
		{"last weekend", "2026-11-14", "2026-11-16"},
		{"next week", "2026-11-23", "2026-11-30"},
		{"a couple of weeks ago", "2026-11-06", "2026-11-07"},
		{"week ago", "", ""},
		{"two months back", "2026-09-20", "2026-09-21"},
		{"a year ago today", "2025-11-20", "2025-11-21"},
		{"start of the month", "2026-11-01", "2026-11-02"},
		{"the beginning of last year", "2025-01-01", "2025-01-02"},
		{"end of March", "2026-03-31", "2026-04-01"},
		{"end of last month", "2026-10-31", "2026-11-01"},
		{"mid-October", "2026-10-16", "2026-10-17"},
		{"start of the week", "2026-11-16", "2026-11-17"},
		{"March last year", "2025-03-01", "2025-04-01"},
		{"12 March last year", "2025-03-12", "2025-03-13"},
		{"the 12th", "2026-11-12", "2026-11-13"},
		{"21st", "2026-10-21", "2026-10-22"},
		{"31st", "2026-10-31", "2026-11-01"},
		{"12 Mar", "2026-03-12", "2026-03-13"},
		{"12th March", "2026-03-12", "2026-03-13"},
		{"12 Mar 25", "2025-03-12", "2025-03-13"},
		{"12-Mar-2025", "2025-03-12", "2025-03-13"},
		{"12. March", "2026-03-12", "2026-03-13"},
		{"mar/2025", "2025-03-01", "2025-04-01"},
		{"12.3.26", "2026-03-12", "2026-03-13"},
		{"12 3 2025", "2025-03-12", "2025-03-13"},
		{"2025.03.12", "2025-03-12", "2025-03-13"},
		{"", "", ""},
		{"the", "", ""},
		{"Christmas", "", ""},
		{"32nd", "", ""},
		{"0th", "", ""},
		{"March morning", "", ""},
		{"end", "", ""},
		{"end of nothing", "", ""},
		{"night", "", ""},
		{"school week Monday", "", ""},
		{"next March", "", ""},
		{"soon", "", ""},
		{"31/2", "", ""},
		{"31/2/2025", "", ""},
		{"12/13", "", ""},
		{"0/3", "", ""},
		{"13 2025", "", ""},
		{"ma", "", ""},
		{"12", "", ""},
		{"12 March 2025 2026", "", ""},
		{"March April", "", ""},
		{"weeks ago", "", ""},
		{"-2 weeks ago", "", ""},
		{"1/2/3/4", "", ""},
		{"last", "", ""},
		{"last thing", "", ""},
	}
	for _, test := range tests {
		p, ok := parsePeriod(test.said, now)
		if !ok {
			p = period{}
		}
		got := [2]string{}
		if ok {
			got = [2]string{p.since.Format(time.DateOnly), p.until.Format(time.DateOnly)}
		}
		if got != [2]string{test.since, test.until} {
			t.Errorf("%q is %v, want %s to %s", test.said, got, test.since, test.until)
		}
	}
	// A month has an end of its own.
	p, _ := parsePeriod("1 month ago", time.Date(2026, 3, 31, 8, 0, 0, 0, time.Local))
	if got := p.since.Format(time.DateOnly); got != "2026-02-28" {
		t.Errorf("a month before 31 March is %s", got)
	}
}

// Supervision is yet to come: what is not said is the next one, or today.
func TestParseComing(t *testing.T) {
	now := time.Date(2026, 11, 20, 17, 42, 0, 0, time.Local) // a Friday
	for said, want := range map[string]string{
		"today": "2026-11-20", "tomorrow": "2026-11-21", "Friday": "2026-11-20", "on Tuesday": "2026-11-24",
		"next tuesday": "2026-11-24", "next Friday": "2026-11-27", "Tuesday next week": "2026-11-24", "this Monday": "2026-11-23",
		"Thursday morning": "2026-11-26", "in 2 weeks": "2026-12-04", "2 weeks' time": "2026-12-04", "in a fortnight": "2026-12-04",
		"a week from now": "2026-11-27", "in a month": "2026-12-20", "12/3": "2027-03-12", "20/11": "2026-11-20",
		"3 December": "2026-12-03", "Thursday 3 December": "2026-12-03", "19 November": "2027-11-19", "12/3/27": "2027-03-12",
		"the 19th": "2026-12-19", "31st": "2026-12-31", "29 February": "2028-02-29", "end of March": "2027-03-31",
		"yesterday": "2026-11-19", "last Friday": "2026-11-13", "2026-12-03": "2026-12-03",
		"next week": "", "December": "", "soon": "", "": "", "week": "", "in weeks": "", "time": "", "from now": "",
	} {
		got := ""
		if day, ok := parseComing(said, now); ok {
			got = day.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

// What is said of a date that is not understood has no example torn in two.
func TestPeriodHelpIsNotTorn(t *testing.T) {
	for width := 16; width <= 80; width++ {
		for _, help := range []string{periodHelp, comingHelp} {
			if said := wrap(help, width); strings.Join(strings.Fields(said), " ") != help {
				t.Errorf("in %d cells:\n%s", width, said)
			}
		}
	}
}
