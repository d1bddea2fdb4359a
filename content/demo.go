package content

import (
	_ "embed"
	"regexp"
	"time"
)

// demo holds the invented entries, one on each line, oldest first, as the
// journal's interchange format has them.
//
//go:embed demo.jsonl
var demo []byte

// stamp matches the times in demo. None of the texts holds anything like one,
// and the last of them is the latest: when the last entry was changed.
var stamp = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)

// Demo returns eight weeks of invented entries for a journal to import, so
// that somebody can look round before writing anything of their own. They end
// within the seven days before now: an empty last week would be no welcome.
// They move by whole weeks, because a working week on a weekend looks wrong.
func Demo(now time.Time) []byte {
	const week = 7 * 24 * time.Hour
	stamps := stamp.FindAll(demo, -1)
	last := moment(stamps[len(stamps)-1])
	shift := now.Sub(last).Truncate(week)
	if last.Add(shift).After(now) { // now is before the entries were invented
		shift -= week
	}
	return stamp.ReplaceAllFunc(demo, func(s []byte) []byte {
		return moment(s).Add(shift).AppendFormat(nil, time.RFC3339)
	})
}

// moment reads a stamp of demo. One that is no time is a mistake in the
// program itself, like a pattern that does not compile.
func moment(s []byte) time.Time {
	t, err := time.Parse(time.RFC3339, string(s))
	if err != nil {
		panic(err)
	}
	return t
}
