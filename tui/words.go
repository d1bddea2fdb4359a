package tui

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Numbers, times and settings as words.

// plural is the word that goes with a number.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// ordinal is a place in a row: first, second, 21st.
func ordinal(n int) string {
	words := []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	if n < len(words) {
		return words[n]
	}
	ending := "th"
	if n/10%10 != 1 && n%10 > 0 && n%10 < 4 {
		ending = []string{"", "st", "nd", "rd"}[n%10]
	}
	return strconv.Itoa(n) + ending
}

// minutes is a time as somebody says it: small numbers as words.
func minutes(n int) string {
	words := []string{"", "one minute", "two minutes", "three minutes", "four minutes", "five minutes"}
	if n < len(words) {
		return words[max(n, 0)]
	}
	return fmt.Sprintf("%d minutes", n)
}

// minutesWords says in which lengths a practice comes: "1, 3 or 5 minutes".
func minutesWords(minutes []int) string {
	words := make([]string, len(minutes))
	for i, m := range minutes {
		words[i] = fmt.Sprint(m)
	}
	last := words[len(words)-1]
	if len(words) > 1 {
		return strings.Join(words[:len(words)-1], ", ") + " or " + last + " minutes"
	}
	return last + " " + plural(minutes[0], "minute", "minutes")
}

// dayWords says a day the way a person would: today, yesterday, on Thursday,
// on 3 March.
func dayWords(t, now time.Time) string {
	t, now = t.Local(), now.Local()
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC) }
	switch days := int(day(now).Sub(day(t)).Hours() / 24); {
	case days == 0:
		return "today"
	case days == 1:
		return "yesterday"
	case days > 1 && days < 7:
		return "on " + t.Weekday().String()
	case t.Year() == now.Year():
		return "on " + t.Format("2 January")
	}
	return "on " + t.Format("2 January 2006")
}

// onOff is a setting that is on or off.
func onOff(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}
