package tui

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"goodenough/journal"
)

// A timedOutput notes when each line was said.
type timedOutput struct {
	began time.Time
	text  strings.Builder
	lines []string // "20s Feet down."
}

func (o *timedOutput) Write(b []byte) (int, error) {
	o.text.Write(b)
	for l := range strings.SplitSeq(strings.TrimRight(string(b), "\n"), "\n") {
		o.lines = append(o.lines, fmt.Sprint(time.Since(o.began), " ", l))
	}
	return len(b), nil
}

// practises runs a practice in plain mode, on a clock that costs nothing.
// typed are lines, each after a wait.
func practises(t *testing.T, name string, typed ...any) (out *timedOutput, entries int) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := Options{Path: filepath.Join(t.TempDir(), "journal.db"), Journal: journal.Options{Cost: cheap}, Start: StartPractise, Practice: name}
		j, err := journal.Create(o.Path, []byte(testPassphrase), &o.Journal)
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		in, keyboard := io.Pipe()
		out = &timedOutput{began: time.Now()}
		go func() {
			for _, what := range typed {
				switch what := what.(type) {
				case time.Duration:
					time.Sleep(what)
				case string:
					io.WriteString(keyboard, what+"\n")
				}
			}
			keyboard.Close()
		}()
		if err := RunPlain(o, j, in, out); err != nil {
			t.Error(err)
		}
		entries = j.Len()
		in.Close() // nobody types on
	})
	return out, entries
}

// The breath is a line for each, at its time.
func TestPlainBreathing(t *testing.T) {
	// the breath, three minutes, 5 in and 5 out, words, begin; after it, nothing
	out, kept := practises(t, "soothing-rhythm", "", "", "", "", "", 4*time.Minute)
	for _, want := range []string{"20s in 3, out 3", "26s in 3, out 3", "38s in 4, out 4", "1m2s in 5, out 5", "1m12s in 5, out 5"} {
		if !slices.Contains(out.lines, want) {
			t.Errorf("%q was not said:\n%s", want, strings.Join(out.lines, "\n"))
		}
	}
	if last := out.lines[len(out.lines)-1]; !strings.HasPrefix(last, "4m0s") {
		t.Errorf("it ended with %q", last)
	}
	if !strings.Contains(out.text.String(), "make things worse?") || kept != 0 {
		t.Errorf("%d entries:\n%s", kept, out.text.String())
	}
}

func TestPlainPracticeStops(t *testing.T) {
	out, _ := practises(t, "soothing-rhythm", "", "", "", "", "", 30*time.Second, "", time.Minute)
	for _, l := range out.lines {
		if strings.HasPrefix(l, "38s") {
			t.Errorf("it went on: %q", l)
		}
	}
	if !slices.ContainsFunc(out.lines, func(l string) bool { return strings.HasPrefix(l, "30s") && strings.Contains(l, "make things worse?") }) {
		t.Errorf("it did not stop:\n%s", strings.Join(out.lines, "\n"))
	}
}

func TestPlainSilence(t *testing.T) {
	out, _ := practises(t, "soothing-rhythm", "3", "1", "2", "", 2*time.Minute)
	if !slices.Contains(out.lines, "1m0s \a") {
		t.Errorf("there was no bell at the end:\n%q", out.lines)
	}
	if said := out.text.String(); !strings.Contains(said, "1. one minute\n2. three minutes\n3. five minutes\nA number, or Enter for three minutes") {
		t.Errorf("the lengths are not said from the shortest, or not the usual one for Enter:\n%s", said)
	}
	if strings.Contains(out.text.String(), "in 3, out 3") {
		t.Error("it was not silent")
	}
}

func TestPlainPracticeIsKeptWhenAsked(t *testing.T) {
	out, kept := practises(t, "stop", "", "2", "", "", time.Second, "", "1", "keep", "the bench in the sun", "")
	if kept != 1 || !strings.Contains(out.text.String(), "That is kept.") {
		t.Errorf("%d entries:\n%s", kept, out.text.String())
	}
}

func TestPlainGroundFromAnyQuestion(t *testing.T) {
	p := plain(t).types("", "ground", "", "w", "back", "not sure")
	p.says("Five things you can see.", "Four things you can feel.", "999", "not a crisis tool").lacks("Three things you can hear.")
	if n := strings.Count(p.out, "What is with you at the end of today?"); n != 1 {
		t.Errorf("it was asked %d times", n)
	}
	plain(t).types("", "ground", "back", "not sure").says("3 of 9.").lacks("999 ")
}

func TestPlainHome(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartHome
	p.types("3", "", "6", "8", "1", "", "7", "w", "back", "12", "").says("Where to?", "Practise.", "Nothing here yet.", "A number from 1 to 11", "999")
	if p.err != nil {
		t.Error(p.err)
	}
}

// Where to turn begins with what is for danger; the rest comes a part at a time,
// or as it is asked for, and when it was checked only at the end.
func TestPlainWhereToTurn(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartHome
	if err := p.journal.SetSettings(settings{Nation: "wales", Lines: []supportLine{{"Duty desk", "extension 12"}}}); err != nil {
		t.Fatal(err)
	}
	p.types("7", "w").says("999", "1. In danger now", "2. Your own numbers", "Enter for Your own numbers")
	for _, later := range []string{"Your police force", "extension 12", "2026", "all nations"} {
		if strings.Contains(p.out, later) {
			t.Errorf("%q is said at once:\n%s", later, p.out)
		}
	}
	p.types("7", "w", "").says("Duty desk: extension 12", "Enter for The police, not urgent")
	p.types("7", "w", "zzz", "a mental-health crisis", "9", "", "10").says("Not in the list: zzz.", "NHS 111 Wales: 111, then 2.", "How these were checked")
}
