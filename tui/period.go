package tui

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A period is a stretch of time that somebody names: a day, a month, a year.
type period struct {
	since, until time.Time // until is not part of it
}

// periodHelp says what parsePeriod understands.
const periodHelp = "I can find days such as yesterday, Monday, 2 weeks ago, 12/3 or 12 March 2025, and months such as last March or 2026-03."

func dayPeriod(t time.Time) period   { return period{t, t.AddDate(0, 0, 1)} }
func monthPeriod(t time.Time) period { return period{t, t.AddDate(0, 1, 0)} }
func yearPeriod(t time.Time) period  { return period{t, t.AddDate(1, 0, 0)} }

// dayOf is the start of a day in the person's own zone.
func dayOf(t time.Time) time.Time {
	t = t.Local()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// weekOf is the Monday of a day's week.
func weekOf(t time.Time) time.Time {
	t = dayOf(t)
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

func monthOf(t time.Time) time.Time { t = dayOf(t); return t.AddDate(0, 0, 1-t.Day()) }
func yearOf(t time.Time) time.Time  { t = monthOf(t); return t.AddDate(0, 1-int(t.Month()), 0) }

// parsePeriod reads a time as people say it, looking back from now: where the
// year is not said it is the last one in which that day or month had begun. The
// day comes before the month.
func parsePeriod(s string, now time.Time) (period, bool) {
	words := strings.Fields(strings.ToLower(strings.NewReplacer(",", " ").Replace(s)))
	words = slices.DeleteFunc(words, func(w string) bool { return slices.Contains([]string{"the", "of", "on", "in"}, w) })
	p := periodParser{now: dayOf(now)}
	for _, parse := range []func([]string) (period, bool){p.named, p.ago, p.last, p.numbers, p.month, p.weekday} {
		if found, ok := parse(words); ok {
			return found, true
		}
	}
	return period{}, false
}

type periodParser struct{ now time.Time } // the start of today

// named reads a day that has a name of its own.
func (p periodParser) named(words []string) (period, bool) {
	days, ok := map[string]int{"today": 0, "yesterday": 1, "last night": 1, "day before yesterday": 2}[strings.Join(words, " ")]
	return dayPeriod(p.now.AddDate(0, 0, -days)), ok
}

// counted are the small numbers that are said as words.
var counted = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// ago reads "2 weeks ago", to the day.
func (p periodParser) ago(words []string) (period, bool) {
	if len(words) != 3 || words[2] != "ago" {
		return period{}, false
	}
	n, err := strconv.Atoi(words[0])
	if words[0] == "a" || words[0] == "an" {
		n, err = 1, nil
	} else if i := slices.Index(counted, words[0]); i > 0 {
		n, err = i, nil
	}
	if err != nil || n < 0 || n > 100_000 {
		return period{}, false
	}
	switch strings.TrimSuffix(words[1], "s") {
	case "day":
		return dayPeriod(p.now.AddDate(0, 0, -n)), true
	case "week":
		return dayPeriod(p.now.AddDate(0, 0, -7*n)), true
	case "fortnight":
		return dayPeriod(p.now.AddDate(0, 0, -14*n)), true
	case "month":
		return dayPeriod(monthsBefore(p.now, n)), true
	case "year":
		return dayPeriod(monthsBefore(p.now, 12*n)), true
	}
	return period{}, false
}

// monthsBefore is the same day of an earlier month, or that month's last day.
func monthsBefore(t time.Time, n int) time.Time {
	first := monthOf(t).AddDate(0, -n, 0)
	return first.AddDate(0, 0, min(t.Day(), first.AddDate(0, 1, -1).Day())-1)
}

// last reads "last week", "this month", "last March" and "last Monday".
func (p periodParser) last(words []string) (period, bool) {
	if len(words) != 2 || words[0] != "last" && words[0] != "this" {
		return period{}, false
	}
	back := 0
	if words[0] == "last" {
		back = 1
	}
	switch words[1] {
	case "week":
		week := weekOf(p.now).AddDate(0, 0, -7*back)
		return period{week, week.AddDate(0, 0, 7)}, true
	case "month":
		return monthPeriod(monthOf(p.now).AddDate(0, -back, 0)), true
	case "year":
		return yearPeriod(yearOf(p.now).AddDate(-back, 0, 0)), true
	}
	if m, ok := monthNamed(words[1]); ok {
		found, ok := p.inMonth(m, 0)
		if ok && back > 0 && found.since.Equal(monthOf(p.now)) {
			found = monthPeriod(found.since.AddDate(-1, 0, 0))
		}
		return found, ok
	}
	found, ok := p.weekday(words[1:])
	if ok && back > 0 && found.since.Equal(p.now) {
		found = dayPeriod(p.now.AddDate(0, 0, -7))
	}
	return found, ok
}

// weekday reads "Monday": the last one, today if it is that.
func (p periodParser) weekday(words []string) (period, bool) {
	if len(words) != 1 {
		return period{}, false
	}
	day, ok := weekdayNamed(words[0])
	return dayPeriod(p.now.AddDate(0, 0, -((int(p.now.Weekday()-day) + 7) % 7))), ok
}

// numbers reads "12/3", "12.3.2025", "2026-03", "2026-03-12" and "2026".
func (p periodParser) numbers(words []string) (period, bool) {
	if len(words) != 1 {
		return period{}, false
	}
	var n []int
	for part := range strings.FieldsFuncSeq(words[0], func(r rune) bool { return strings.ContainsRune("/.-", r) }) {
		i, err := strconv.Atoi(part)
		if err != nil || i < 0 || len(part) > 4 {
			return period{}, false
		}
		n = append(n, i)
	}
	switch {
	case len(n) == 1 && n[0] >= 1900:
		return yearPeriod(p.date(n[0], 1, 1)), true
	case len(n) == 2 && n[0] >= 1900 && n[1] >= 1 && n[1] <= 12:
		return monthPeriod(p.date(n[0], time.Month(n[1]), 1)), true
	case len(n) == 2 && n[1] >= 1900 && n[0] >= 1 && n[0] <= 12:
		return monthPeriod(p.date(n[1], time.Month(n[0]), 1)), true
	case len(n) == 2:
		return p.day(n[0], time.Month(n[1]), 0)
	case len(n) == 3 && n[0] >= 1900:
		return p.day(n[2], time.Month(n[1]), n[0])
	case len(n) == 3:
		return p.day(n[0], time.Month(n[1]), p.fullYear(n[2]))
	}
	return period{}, false
}

// fullYear is the year that two digits stand for, not after this one.
func (p periodParser) fullYear(n int) int {
	if n >= 100 {
		return n
	}
	century := p.now.Year() / 100 * 100
	if century+n > p.now.Year() {
		century -= 100
	}
	return century + n
}

// month reads "March", "March 2025", "12 March", "March 12th 2025", and any of
// them after the name of a weekday.
func (p periodParser) month(words []string) (period, bool) {
	if len(words) > 1 {
		if _, ok := weekdayNamed(words[0]); ok {
			words = words[1:]
		}
	}
	var m time.Month
	var day, year int
	for _, w := range words {
		named, isMonth := monthNamed(w)
		n, err := strconv.Atoi(strings.TrimRight(w, "stndrh"))
		switch {
		case isMonth && m == 0:
			m = named
		case err != nil || n < 1:
			return period{}, false
		case n < 100 && day == 0:
			day = n
		case n >= 1900 && n <= 9999 && year == 0:
			year = n
		default:
			return period{}, false
		}
	}
	switch {
	case m == 0:
		return period{}, false
	case day > 0:
		return p.day(day, m, year)
	}
	return p.inMonth(m, year)
}

// inMonth is a month; year 0 is the last that has begun.
func (p periodParser) inMonth(m time.Month, year int) (period, bool) {
	if year == 0 {
		if year = p.now.Year(); m > p.now.Month() {
			year--
		}
	}
	return monthPeriod(p.date(year, m, 1)), true
}

// day is a day, if there is one; year 0 is the last that had it.
func (p periodParser) day(day int, m time.Month, year int) (period, bool) {
	if year > 0 {
		t := p.date(year, m, day)
		return dayPeriod(t), t.Day() == day && t.Month() == m && t.Year() == year
	}
	for year = p.now.Year(); year > p.now.Year()-10; year-- { // 29 February may be eight years ago
		if t := p.date(year, m, day); t.Day() == day && t.Month() == m && !t.After(p.now) {
			return dayPeriod(t), true
		}
	}
	return period{}, false
}

func (p periodParser) date(year int, m time.Month, day int) time.Time {
	return time.Date(year, m, day, 0, 0, 0, 0, p.now.Location())
}

// monthNamed knows a month by its name or the start of it.
func monthNamed(s string) (time.Month, bool) {
	for m := time.January; m <= time.December; m++ {
		if startsName(m.String(), s) {
			return m, true
		}
	}
	return 0, false
}

func weekdayNamed(s string) (time.Weekday, bool) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if startsName(d.String(), s) {
			return d, true
		}
	}
	return 0, false
}

func startsName(name, s string) bool {
	return len(s) >= 3 && strings.HasPrefix(strings.ToLower(name), strings.TrimSuffix(s, "."))
}
