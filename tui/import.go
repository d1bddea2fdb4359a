package tui

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"goodenough/journal"
)

// ImportLines says what an import left, where, and why.
func ImportLines(r journal.ImportReport) []string {
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	for _, at := range r.Empty {
		say("%v, so it was left.", at)
	}
	for _, at := range r.Doubts {
		say("%v.", at)
	}
	if r.Noon > 0 {
		say("%d %s a date and no time, and %s at noon.", r.Noon, plural(r.Noon, "has", "have"), plural(r.Noon, "stands", "stand"))
	}
	var left []string
	for _, what := range slices.SortedFunc(maps.Keys(r.Left), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.Left[b], r.Left[a]), cmp.Compare(a, b))
	}) {
		left = append(left, fmt.Sprintf("%s %d", what, r.Left[what]))
	}
	if len(left) > 0 {
		say("left where they are, since a journal has no place for them: %s.", strings.Join(left, ", "))
	}
	for _, p := range r.Problems {
		say("%v", p)
	}
	switch bad := len(r.Problems); {
	case bad > 0 && r.Taken+r.Kept+r.Same == 0:
		say("nothing of it could be taken.")
	case bad > 0:
		say("%d could not be taken; the others were. Mend the file and import it again: nothing is taken twice.", bad)
	}
	return lines
}
