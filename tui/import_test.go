package tui

import (
	"slices"
	"strings"
	"testing"

	"goodenough/journal"
)

func TestImportLines(t *testing.T) {
	tests := []struct {
		report journal.ImportReport
		want   []string
	}{
		{journal.ImportReport{Taken: 3, Left: map[string]int{}}, nil},
		{journal.ImportReport{Taken: 1, Noon: 1, Doubts: []journal.LineError{{File: "a.md", Line: 2, Reason: "as it is"}}, Empty: []journal.LineError{{Line: 7, Entry: 2, Reason: "there are no words in it"}}}, []string{
			"line 7, entry 2: there are no words in it, so it was left.",
			"a.md, line 2: as it is.",
			"1 has a date and no time, and stands at noon.",
		}},
		{journal.ImportReport{Same: 1, Noon: 2, Left: map[string]int{"places": 2, "photos": 12, "music": 2}, Problems: []journal.LineError{
			{File: "a.json", Line: 3, Last: 9, Reason: "one"}, {File: "b\x1b[2J.md", Reason: "two"},
		}}, []string{
			"2 have a date and no time, and stand at noon.",
			"left where they are, since a journal has no place for them: photos 12, music 2, places 2.",
			"a.json, lines 3 to 9: one",
			`"b\x1b[2J.md": two`,
			"2 could not be taken; the others were. Mend the file and import it again: nothing is taken twice.",
		}},
		{journal.ImportReport{Problems: []journal.LineError{{Line: 1, Reason: "one"}}}, []string{"line 1: one", "nothing of it could be taken."}},
	}
	for _, test := range tests {
		if got := ImportLines(test.report); !slices.Equal(got, test.want) {
			t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
	}
}
