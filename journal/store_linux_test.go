package journal

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func init() {
	children["save"] = onOneThread(opened(func(j *Journal) error {
		_, err := j.Put(written("what is being saved"))
		return err
	}))
}

// A save is called saved only when it is on the disk: not when it could not be
// flushed and stands in the system's memory, which a power cut empties.
func TestFlushFails(t *testing.T) {
	t.Parallel()
	if !canTrace(t) {
		return
	}
	j := newTestJournal(t, testOptions())
	// It leaves free pages, so that bbolt flushes nothing to make the file longer.
	e := put(t, j, written(strings.Repeat("saved before ", 20_000)))
	e.Answers[0].Text = "saved before"
	put(t, j, put(t, j, e))
	j.Close()
	tests := []struct {
		fails []string // which flushes
		said  string   // of the save, in part; nothing when it is saved
		after int      // entries, when the power stays on and it is next opened
	}{
		{[]string{"fdatasync:error=EIO:when=1"}, "input/output error", 1}, // of the pages
		{[]string{"fdatasync:error=EIO:when=2"}, "", 2},                   // of the meta page
		{[]string{"fdatasync:error=ENOSPC:when=2"}, "", 2},
		{[]string{"fdatasync:error=EIO:when=2", "fsync:error=EIO:when=1"}, "kept aside", 2}, // and once more
		{[]string{"fdatasync:error=EIO:when=2", "fsync:error=EIO"}, "input/output error", 2},
	}
	for _, test := range tests {
		path := workFolder(t, "save", filepath.Dir(j.Path()))
		args := []string{"-e", "trace=" + changing}
		for _, fault := range test.fails {
			args = append(args, "-e", "inject="+fault)
		}
		_, said, trace := straced("save", path, args...)
		if (said == "") != (test.said == "") || !strings.Contains(said, test.said) {
			t.Errorf("%s: said %q, want %q", test.fails, said, test.said)
		}
		if !strings.Contains(string(trace), "(INJECTED)") {
			t.Fatalf("%s: no flush failed:\n%s", test.fails, trace)
		}
		if left := unflushed(string(trace), path); said == "" && left != nil {
			t.Errorf("%s: called saved, and not on the disk: %q", test.fails, left)
		}
		j := openTestJournal(t, path, testOptions())
		if _, err := j.MergeAside(); err != nil || j.Len() != test.after || !j.Damage().Whole() {
			t.Errorf("%s: %v, %d entries, want %d, %v", test.fails, err, j.Len(), test.after, j.Damage())
		}
		j.Close()
	}
}

// unflushed are the places of a file that were written to and are not for
// certain on the disk. What stood in memory when a flush failed may be dropped
// there, as Linux does: it counts only when it was written again.
func unflushed(trace, path string) (places []string) {
	call := regexp.MustCompile(`(pwrite64|fdatasync|fsync)\(\d+<` + regexp.QuoteMeta(path) + `>(.*)\) += (-?\d+)`)
	waiting, dropped := make(map[string]bool), make(map[string]bool)
	for _, m := range call.FindAllStringSubmatch(trace, -1) {
		place := m[2][strings.LastIndex(m[2], " ")+1:]
		switch {
		case m[1] == "pwrite64":
			waiting[place] = true
			delete(dropped, place)
		case m[3] == "0":
			clear(waiting)
		default:
			for place := range waiting {
				dropped[place] = true
			}
			clear(waiting)
		}
	}
	for _, left := range []map[string]bool{waiting, dropped} {
		for place := range left {
			places = append(places, fmt.Sprint("at ", place))
		}
	}
	return places
}
