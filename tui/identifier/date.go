package identifier

import (
	"strconv"
	"strings"
)

var (
	months = set("january february march april may june july august september october november december " +
		"jan feb mar apr jun jul aug sep sept oct nov dec")
	weekdays = set("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur " +
		"thurs fri sat sun")
	ordinals = set("st nd rd th")
	// ownCalendar are words of the writer's own year: leave, training, dues.
	ownCalendar = set("leave cpd training renewal renew registration register deadline holiday payday pension " +
		"budget appraisal webinar webinars pledge")
	// supervision is the writer's own where its date comes next, if no court
	// ordered it.
	supervision = set("supervision")
	orders      = set("order orders")
	// births are words that make a date one of birth.
	births = set("dob birth born birthday bday")
)

// date finds an exact day: its number and its month, in words or in figures,
// or its number and the day of the week. A month, a weekday or "the 12th" by
// itself is a blur, and so left alone.
func (p *page) date(i int) {
	t := p.at(i)
	var end int
	switch {
	case t.shape == digits:
		end = max(p.figures(i), p.dayMonth(i))
	case months[t.word]:
		end = p.monthDay(i)
	case weekdays[t.word]:
		end = p.weekday(i)
	case t.word == "born" && t.isWord():
		p.bornIn(i)
	}
	if end <= i {
		return
	}
	switch {
	case p.isBirth(i, end) || p.isNamed(i) && p.isLongAgo(end):
		p.add(Birth, i, end)
	case !p.isOwnCalendar(i, end):
		p.add(Date, i, end)
	}
}

// number returns what a token of digits says, or -1.
func number(t *token) int {
	if t.shape != digits || t.end-t.start > 4 {
		return -1
	}
	n, err := strconv.Atoi(t.word)
	if err != nil {
		return -1
	}
	return n
}

func isDay(t *token) bool { n := number(t); return n >= 1 && n <= 31 && t.end-t.start <= 2 }

func isMonthNumber(t *token) bool { n := number(t); return n >= 1 && n <= 12 && t.end-t.start <= 2 }

func isYear(t *token) bool {
	n := number(t)
	return t.end-t.start == 4 && n >= 1900 && n < 2100
}

// figures returns the end of 12/03/2014, 3.4.19, 12-03-14, 2014-03-12 or "on
// 27/9", or i.
func (p *page) figures(i int) int {
	a, sign, b, c := p.at(i), p.at(i+1).word, p.at(i+2), p.at(i+4)
	if !p.tight(i) || !p.tight(i+1) || sign != "/" && sign != "." && sign != "-" {
		return i
	}
	if sign == "/" && p.at(i-1).word == "on" && isDay(a) && isMonthNumber(b) && !p.tight(i+2) {
		return i + 3
	}
	if !p.tight(i+2) || !p.tight(i+3) || p.at(i+3).word != sign || c.shape != digits {
		return i
	}
	before, after := p.at(i-1), p.at(i+5)
	if p.tight(i-1) && !before.isWord() && !dateOpens[before.word] || after.word == sign && p.tight(i+4) && p.tight(i+5) {
		return i // 1.2.3.4 is a version, 01-09-15-20 something else
	}
	british := isDay(a) && isMonthNumber(b) && (isYear(c) || c.end-c.start == 2)
	if british || isYear(a) && isMonthNumber(b) && isDay(c) {
		return i + 5
	}
	return i
}

// dateOpens are the signs that may stand right before a date.
var dateOpens = set("( : \" ' “ ‘ [")

// dayMonth returns the end of "12 March", "12th of March 2014", or i. A small
// "may" and "march" are words: "the 2 may come".
func (p *page) dayMonth(i int) int {
	if !isDay(p.at(i)) || p.tight(i-1) && p.at(i-1).word != "(" {
		return i
	}
	j, th := i+1, false
	if ordinals[p.at(j).word] && p.tight(i) {
		j, th = j+1, true
	}
	if p.at(j).word == "of" {
		j++
	}
	m := p.at(j)
	if !months[m.word] || m.possessive || m.word == "may" && m.isSmall() && !th && !isYear(p.at(j+1)) {
		return i
	}
	if isYear(p.at(j + 1)) {
		return j + 2
	}
	return j + 1
}

// monthDay returns the end of "March 12th", "March 12, 2014", or i.
func (p *page) monthDay(i int) int {
	before, after := p.at(i-1), p.at(i+2)
	if before.shape == digits || ordinals[before.word] || before.word == "of" || !isDay(p.at(i+1)) || p.tight(i) {
		return i // the month belongs to a day before it
	}
	switch {
	case p.tight(i+1) && ordinals[after.word]:
		return i + 3
	case p.at(i).isSmall() || p.isDecimal(i+1),
		// "In May 4 workers left" and "in March 2 of them" count.
		after.isWord() && !after.is(function), after.word == "of", after.word == "/":
		return i
	}
	return i + 2
}

// weekday returns the end of "Tuesday 12th", or i.
func (p *page) weekday(i int) int {
	j := i + 1
	if p.at(j).word == "the" {
		j++
	}
	if isDay(p.at(j)) && p.tight(j) && ordinals[p.at(j+1).word] {
		if end := p.dayMonth(j); end > j {
			return end
		}
		return j + 2
	}
	return i
}

// bornIn finds the year, or month and year, after "born in".
func (p *page) bornIn(i int) {
	j := i + 1
	if p.at(j).word == "in" {
		j++
	}
	start := j
	if months[p.at(j).word] {
		j++
	}
	if isYear(p.at(j)) {
		p.add(Birth, start, j+1)
	}
}

// isBirth reports whether a word near a date, in its sentence, makes it one of
// birth.
func (p *page) isBirth(i, end int) bool {
	if b := p.at(i - 1); b.word == "b" || b.word == "." && p.at(i-2).word == "b" {
		return true // b. 3.4.19
	}
	for k := i - 3; k < i; k++ { // D.O.B.:
		if p.at(k).word == "b" && p.at(k-2).word == "o" && p.at(k-4).word == "d" {
			return true
		}
	}
	return p.isAfter(i, 7, births) || births[p.at(end).word] || births[p.at(end+1).word]
}

// isOwnCalendar reports whether the sentence of a date is of the writer's own
// leave, training or registration.
func (p *page) isOwnCalendar(i, end int) bool {
	if p.isAfter(i, 10, ownCalendar) || p.isAfter(i, 3, supervision) && !p.isAfter(i, 3, orders) {
		return true
	}
	for k := end; k < min(end+6, len(p.tokens)) && !p.at(k).opens; k++ {
		if ownCalendar[p.at(k).word] {
			return true
		}
	}
	return false
}

// isLongAgo reports whether a date in figures that ends before token end is of a
// year in which nobody who writes now paid a visit: before 2010, or of two
// figures from 30 on, which are the last century's until 2030.
func (p *page) isLongAgo(end int) bool {
	t := p.at(end - 1)
	n := number(t)
	if isYear(t) {
		return n < 2010
	}
	return p.at(end-2).shape == mark && t.end-t.start == 2 && n >= 30
}

// isNamed reports whether a name, or a name and a comma or bracket, ends before
// token i.
func (p *page) isNamed(i int) bool {
	k := i - 1
	if introductions[p.at(k).word] {
		k--
	}
	return k >= 0 && p.at(k).isCapital() && p.named[p.at(k).word]
}

// isAfter reports whether one of the n tokens before i, in its sentence, is
// among the words. A colon ends no sentence here: "DOB: 3.4.19".
func (p *page) isAfter(i, n int, words map[string]bool) bool {
	for k := i - 1; k >= max(0, i-n); k-- {
		t := p.at(k)
		if words[t.word] {
			return true
		}
		if t.shape == mark && t.word != ":" && strings.Contains(sentenceEnds, t.word) {
			return false
		}
	}
	return false
}
