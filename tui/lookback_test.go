package tui

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestOnThisDay(t *testing.T) {
	home(t, 80, 24).misses("On this day", "What helped")
	lines := []string{}
	for _, day := range []string{"2026-11-19", "2026-10-20", "2026-10-21", "2025-11-23", "2025-11-24", "2020-11-17", "2020-11-16", "2026-11-20"} {
		lines = append(lines, `{"id":"d`+day+`","kind":"note","created":"`+day+`T12:00:00Z","title":"of `+day+`"}`)
	}
	d := kept(lines...)(t, nil, 80, 24).press("j", "esc").sees("On this day", "3 entries from other months and years")
	d.press("o").sees("Journal ▸ On this day", "of 2026-10-20", "of 2025-11-23", "of 2020-11-17", "1 of 3").misses("2026-11-19", "2026-10-21", "11-24", "11-16", "2026-11-20")
	d.press("down", "enter").sees("of 2025-11-23", "2 of 3").press("right").sees("3 of 3", "of 2020-11-17").press("esc", "esc").sees("Check in")
	d.clock = time.Date(2027, 1, 31, 12, 0, 0, 0, time.UTC) // a day that not every month has
	d.press("j", "esc").misses("On this day")
}

func TestWhatHelped(t *testing.T) {
	practice := func(id, after, words string) string {
		return `{"id":"` + id + `","kind":"practice","guide":"after-practice","created":"2026-10-0` + id + `T12:00:00Z","answers":[{"step":"after","choices":["` + after + `"]},{"step":"what","text":"Practice ` + id + `"},{"step":"words","text":"` + words + `"}]}`
	}
	d := kept(practice("1", "it helped", "the rain on the roof"), practice("2", "it made no odds", "nothing"), practice("3", "it helped", ""),
		`{"id":"day","kind":"check-in","guide":"end-of-day","created":"2026-10-04T12:00:00Z","answers":[{"step":"set-down","text":"the report"},{"step":"mattered","text":"She\nwaved."}]}`)(t, nil, 80, 24)
	d.press("j", "esc").sees("What helped", "in your own words")
	want := []string{"Practices that helped", "Practice 1: the rain on the roof (1 October 2026)", "Practice 3 (3 October 2026)", "She waved. (4 October 2026)"}
	d.press("h").sees(want...).misses("Practice 2", "the report").press("esc", "j", "h").sees(want...).press("esc").sees("1 of 4")
	home(t, 80, 24).press("j", "h").sees("Nothing is here yet.")
}

func TestSaveMarked(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "s").sees("1 of 5").press("space").sees("1 marked", "*", "2 of 5").press("end", "space", "space", "space").sees("2 marked")
	dir := t.TempDir()
	taken, fresh := filepath.Join(dir, "taken.md"), filepath.Join(dir, "fresh.md")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.press("s").sees("2 entries", "not encrypted").press("enter").sees("not encrypted").write(taken).press("enter").sees("There is a file with that name already.")
	for range len("taken.md") {
		d.press("backspace")
	}
	d.write("fresh.md").press("enter").sees("Written, to")
	text, err := os.ReadFile(fresh)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(text); !strings.HasPrefix(got, "## The school") || !strings.Contains(got, "## Nothing much") || strings.Contains(got, "Three questions") {
		t.Errorf("it has\n%s", got)
	}
	if fi, err := os.Stat(fresh); err != nil || fi.Mode() != 0o600 {
		t.Errorf("its mode is %v, %v", fi.Mode(), err)
	}
	if text, _ := os.ReadFile(taken); string(text) != "mine" {
		t.Error("the other file was written over")
	}
	d.press("enter").sees("5 of 5").misses("marked")
	d.press("space", "s").write(filepath.Join(dir, "none", "x.md")).press("enter").sees("Nothing was changed")
	if _, err := os.Stat(filepath.Join(dir, "none")); !os.IsNotExist(err) {
		t.Error("a folder was made")
	}
	if names, _ := fs.Glob(os.DirFS(dir), "*"); len(names) != 2 {
		t.Errorf("there are %v", names)
	}
}

// What was marked and then deleted is not counted as something to save.
func TestDeletedIsNotMarked(t *testing.T) {
	d := someDays(t, nil, 80, 24).press("j", "space", "space").sees("2 marked").press("home", "enter", "x", "y").sees("1 marked", "of 4")
	d.press("b", "r", "esc").sees("1 marked", "of 5").press("s").sees("1 entry, as Markdown")
}

// Once a year there is a quiet look at old entries: what they are in law first,
// and then each to keep, to change or to let go.
func TestYearlyLook(t *testing.T) {
	home(t, 80, 24).misses("A yearly look")
	lines := []string{}
	for _, day := range []string{"2024-05-01", "2025-11-19", "2026-11-01"} {
		lines = append(lines, `{"id":"d`+day+`","kind":"note","created":"`+day+`T12:00:00Z","title":"of `+day+`"}`)
	}
	d := kept(lines...)(t, nil, 80, 30).press("j", "esc").sees("A yearly look", "2 entries older than a year")
	d.press("e").sees("Keeping, and letting go", "please delete nothing").press("enter").sees("A yearly look", "of 2025-11-19", "of 2024-05-01").misses("of 2026-11-01")
	d.press("enter", "x", "y").misses("of 2025-11-19").sees("of 2024-05-01").press("esc").misses("A yearly look")
	d = d.reopen().misses("A yearly look")
	d.clock = d.clock.AddDate(1, 0, 1)
	d.press("j")
	if d.app.journal != nil {
		t.Error("it did not lock in a year")
	}
	d.reopen().sees("A yearly look", "2 entries older than a year")
}

// What comes back often is counted as it is said.
func TestOrdinals(t *testing.T) {
	for n, want := range map[int]string{3: "third", 10: "tenth", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 22: "22nd", 23: "23rd", 24: "24th", 30: "30th", 101: "101st", 111: "111th", 113: "113th"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d is %q, not %q", n, got, want)
		}
	}
}
