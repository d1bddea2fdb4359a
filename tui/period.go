package tui

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A period is a stretch of time that somebody names: a day, a month, a year.
type period struct {
	since, until time.Time // until is not part of it
}

// periodHelp says what parsePeriod understands, without a hyphen: a line may
// break there.
const periodHelp = "I can find days such as yesterday, Monday, 2 weeks ago, 12/3 or 12 March 2025, and months such as last March or 3/2025."

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
	return periodParser{now: dayOf(now)}.read(s)
}

// ParsePeriod reads a time as people say it, such as 2026-11-20, yesterday or
// last March: until is not part of it. Where it is not understood it returns a
// [Said] that tells what is.
func ParsePeriod(s string, now time.Time) (since, until time.Time, err error) {
	p, ok := parsePeriod(s, now)
	if !ok {
		return since, until, Said(periodHelp)
	}
	return p.since, p.until, nil
}

// parseComing reads a day as people say it, looking ahead from now: where the
// year or the week is not said it is the next one, or today. Periods of more
// than a day are not one of them.
func parseComing(s string, now time.Time) (day time.Time, ok bool) {
	p, ok := periodParser{now: dayOf(now), ahead: true}.read(s)
	return p.since, ok && p == dayPeriod(p.since)
}

// comingHelp says what parseComing understands.
const comingHelp = "I know days such as tomorrow, next Monday, in 2 weeks, 12/3 or 12 March."

// mostWords bounds what may be a date: somebody may have pasted a page.
const mostWords = 7

// periodWords are the words that matter, in small letters. A date such as
// 12-Mar-2026 is three words.
func periodWords(s string) []string {
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(s, ",", " ")))
	var out []string
	for _, w := range words {
		parts := []string{w}
		if strings.ContainsFunc(w, unicode.IsLetter) {
			parts = strings.FieldsFunc(w, func(r rune) bool { return strings.ContainsRune("/.-", r) })
		}
		out = append(out, parts...)
	}
	return slices.DeleteFunc(out, func(w string) bool { return slices.Contains([]string{"the", "of", "on", "in"}, w) })
}

type periodParser struct {
	now   time.Time // the start of today
	ahead bool      // what is not said is yet to come
}

func (p periodParser) read(s string) (period, bool) {
	words := periodWords(s)
	if len(words) > mostWords {
		return period{}, false
	}
	return p.parse(words)
}

func (p periodParser) parse(words []string) (period, bool) {
	for _, parse := range []func([]string) (period, bool){
		p.named, p.partOfDay, p.edge, p.ofYear, p.ofWeek, p.ago, p.last, p.numbers, p.dayOfMonth, p.month, p.weekday,
	} {
		if found, ok := parse(words); ok {
			return found, true
		}
	}
	return period{}, false
}

// namedDays are the days that have a name of their own, in days back from today.
var namedDays = map[string]int{
	"today": 0, "now": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
	"yesterday": 1, "last night": 1, "day before yesterday": 2,
	"tomorrow": -1, "day after tomorrow": -2,
}

// named reads a day that has a name of its own.
func (p periodParser) named(words []string) (period, bool) {
	days, ok := namedDays[strings.Join(words, " ")]
	return dayPeriod(p.now.AddDate(0, 0, -days)), ok
}

// partOfDay reads "Monday morning", to the day.
func (p periodParser) partOfDay(words []string) (period, bool) {
	n := len(words) - 1
	if n < 1 || !slices.Contains([]string{"morning", "afternoon", "evening", "night"}, words[n]) {
		return period{}, false
	}
	found, ok := p.parse(words[:n])
	return found, ok && found == dayPeriod(found.since)
}

// edge reads "start of the month", "end of March" and "mid March 2025", to the
// day.
func (p periodParser) edge(words []string) (period, bool) {
	if len(words) < 2 || !slices.Contains([]string{"start", "beginning", "mid", "middle", "end"}, words[0]) {
		return period{}, false
	}
	which, rest := words[0], words[1:]
	if len(rest) == 1 && slices.Contains([]string{"week", "month", "year"}, rest[0]) {
		rest = []string{"this", rest[0]}
	}
	found, ok := p.parse(rest)
	days := int(found.until.Sub(found.since).Hours()/24 + 0.5) // not all days have 24
	switch which {
	case "end":
		return dayPeriod(found.until.AddDate(0, 0, -1)), ok
	case "mid", "middle":
		return dayPeriod(found.since.AddDate(0, 0, days/2)), ok
	}
	return dayPeriod(found.since), ok
}

// ofYear reads "March last year" and "a year ago today".
func (p periodParser) ofYear(words []string) (period, bool) {
	n := len(words) - 2
	switch {
	case n > 0 && words[n+1] == "year" && (words[n] == "last" || words[n] == "this"):
		year := p.now.Year()
		if words[n] == "last" {
			year--
		}
		return p.month(append(slices.Clone(words[:n]), strconv.Itoa(year)))
	case n > 0 && words[n] == "ago" && words[n+1] == "today":
		return p.ago(words[:n+1])
	}
	return period{}, false
}

// ofWeek reads "Monday last week", the one word before or behind the others.
func (p periodParser) ofWeek(words []string) (period, bool) {
	if len(words) != 3 {
		return period{}, false
	}
	day, week := words[0], words[1:]
	if words[1] == "week" {
		day, week = words[2], words[:2]
	}
	weekday, ok := weekdayNamed(day)
	if !ok || week[1] != "week" {
		return period{}, false
	}
	found, ok := p.last(week)
	return dayPeriod(found.since.AddDate(0, 0, (int(weekday)+6)%7)), ok
}

// counted are the small numbers that are said as words.
var counted = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// ago reads "2 weeks ago", "a couple of weeks ago" and "a year back", to the day,
// and looking ahead "in 2 weeks" and "a week from now".
func (p periodParser) ago(words []string) (period, bool) {
	last, by := len(words)-1, 1
	switch {
	case last < 1:
		return period{}, false
	case words[last] == "ago", words[last] == "back":
	case p.ahead:
		last, by = len(words), -1 // "in" is no word that matters
		if word := words[last-1]; word == "time" || word == "now" {
			last--
		}
		if last > 1 && words[last-1] == "from" {
			last--
		}
	default:
		return period{}, false
	}
	if last < 2 {
		return period{}, false
	}
	n, ok := countOf(words[:last-1])
	if !ok {
		return period{}, false
	}
	n *= by
	switch strings.TrimRight(words[last-1], "s'’") {
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

// countOf reads how many: "2", "two", "a", "a couple".
func countOf(words []string) (n int, ok bool) {
	if len(words) > 1 && words[0] == "a" {
		words = words[1:]
	}
	if len(words) != 1 {
		return 0, false
	}
	switch word := words[0]; word {
	case "a", "an":
		return 1, true
	case "couple":
		return 2, true
	default:
		if i := slices.Index(counted, word); i > 0 {
			return i, true
		}
		n, err := strconv.Atoi(word)
		return n, err == nil && n >= 0 && n <= 100_000
	}
}

// monthsBefore is the same day of an earlier month, or that month's last day.
func monthsBefore(t time.Time, n int) time.Time {
	first := monthOf(t).AddDate(0, -n, 0)
	return first.AddDate(0, 0, min(t.Day(), first.AddDate(0, 1, -1).Day())-1)
}

// timesBack are how many times back a word goes, or on.
var timesBack = map[string]int{"this": 0, "last": 1, "past": 1, "next": -1}

// last reads "last week", "this month", "next year", "last March" and "last
// Monday".
func (p periodParser) last(words []string) (period, bool) {
	if len(words) != 2 {
		return period{}, false
	}
	back, ok := timesBack[words[0]]
	if !ok {
		return period{}, false
	}
	switch words[1] {
	case "week":
		week := weekOf(p.now).AddDate(0, 0, -7*back)
		return period{week, week.AddDate(0, 0, 7)}, true
	case "weekend":
		saturday := weekOf(p.now).AddDate(0, 0, 5-7*back)
		return period{saturday, saturday.AddDate(0, 0, 2)}, true
	case "month":
		return monthPeriod(monthOf(p.now).AddDate(0, -back, 0)), true
	case "year":
		return yearPeriod(yearOf(p.now).AddDate(-back, 0, 0)), true
	}
	if back < 0 && !p.ahead {
		return period{}, false
	}
	if m, ok := monthNamed(words[1]); ok {
		found, ok := p.inMonth(m, 0)
		if ok && back > 0 && found.since.Equal(monthOf(p.now)) {
			found = monthPeriod(found.since.AddDate(-1, 0, 0))
		}
		return found, ok
	}
	found, ok := p.weekday(words[1:])
	switch {
	case back < 0 && found.since.Equal(p.now):
		found = dayPeriod(p.now.AddDate(0, 0, 7))
	case back > 0 && (p.ahead || found.since.Equal(p.now)):
		found = dayPeriod(found.since.AddDate(0, 0, -7))
	}
	return found, ok
}

// weekday reads "Monday": the last one, or the next, today if it is that.
func (p periodParser) weekday(words []string) (period, bool) {
	if len(words) != 1 {
		return period{}, false
	}
	day, ok := weekdayNamed(words[0])
	if p.ahead {
		return dayPeriod(p.now.AddDate(0, 0, (int(day-p.now.Weekday())+7)%7)), ok
	}
	return dayPeriod(p.now.AddDate(0, 0, -((int(p.now.Weekday()-day) + 7) % 7))), ok
}

// numbers reads "12/3", "12.3.2025", "12 3 2025", "2026-03", "2026-03-12" and
// "2026".
func (p periodParser) numbers(words []string) (period, bool) {
	if len(words) == 0 {
		return period{}, false
	}
	var n []int
	for part := range strings.FieldsFuncSeq(strings.Join(words, "/"), func(r rune) bool { return strings.ContainsRune("/.-", r) }) {
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

// dayOfMonth reads "the 12th": the last one, or the next.
func (p periodParser) dayOfMonth(words []string) (period, bool) {
	if len(words) != 1 {
		return period{}, false
	}
	n, isDay := nthDay(words[0])
	for month := 0; isDay && n >= 1 && n <= 31; month += p.way() {
		first := monthOf(p.now).AddDate(0, month, 0)
		if t := first.AddDate(0, 0, n-1); t.Month() == first.Month() && p.due(t) {
			return dayPeriod(t), true
		}
	}
	return period{}, false
}

// nthDay reads "12th".
func nthDay(s string) (n int, ok bool) {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if number, is := strings.CutSuffix(s, end); is {
			n, err := strconv.Atoi(number)
			return n, err == nil
		}
	}
	return 0, false
}

// way is the way in which it looks: 1 ahead, -1 back.
func (p periodParser) way() int {
	if p.ahead {
		return 1
	}
	return -1
}

// due reports whether a day is today or on the way in which it looks.
func (p periodParser) due(t time.Time) bool {
	return t.Equal(p.now) || t.After(p.now) == p.ahead
}

// fullYear is the year that two digits stand for, looking back not after this
// one.
func (p periodParser) fullYear(n int) int {
	if n >= 100 {
		return n
	}
	century := p.now.Year() / 100 * 100
	if century+n > p.now.Year() && !p.ahead {
		century -= 100
	}
	return century + n
}

// month reads "March", "March 2025", "12 March", "March 12th 2025", "12 Mar 25",
// and any of them after the name of a weekday.
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
		n, err := strconv.Atoi(strings.TrimRight(w, "."))
		nth, isDay := nthDay(w)
		switch {
		case isMonth && m == 0:
			m = named
		case isDay && nth > 0 && day == 0:
			day = nth
		case err != nil || n < 1:
			return period{}, false
		case n < 100 && day == 0:
			day = n
		case n < 100 && year == 0:
			year = p.fullYear(n)
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

// inMonth is a month; year 0 is the last that has begun, or the next that has not
// ended.
func (p periodParser) inMonth(m time.Month, year int) (period, bool) {
	if year == 0 {
		year = p.now.Year()
		switch {
		case p.ahead && m < p.now.Month():
			year++
		case !p.ahead && m > p.now.Month():
			year--
		}
	}
	return monthPeriod(p.date(year, m, 1)), true
}

// day is a day, if there is one; year 0 is the last that had it, or the next that
// will.
func (p periodParser) day(day int, m time.Month, year int) (period, bool) {
	if year > 0 {
		t := p.date(year, m, day)
		return dayPeriod(t), t.Day() == day && t.Month() == m && t.Year() == year
	}
	for years := range 10 { // 29 February may be eight years away
		year = p.now.Year() + years*p.way()
		if t := p.date(year, m, day); t.Day() == day && t.Month() == m && p.due(t) {
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
	if s == "weds" { // the one short form that does not begin the name
		return time.Wednesday, true
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if startsName(d.String(), s) {
			return d, true
		}
	}
	return 0, false
}

func startsName(name, s string) bool {
	return len(s) >= 3 && strings.HasPrefix(strings.ToLower(name), s)
}
