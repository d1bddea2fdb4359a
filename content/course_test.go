package content_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"goodenough/content"
)

// courses are all the ways to do the built-in practices: each length, resting
// on each anchor or on none, at each pace.
func courses(t *testing.T) map[string]content.Course {
	t.Helper()
	l, _ := content.Load(nil)
	all := make(map[string]content.Course)
	for _, p := range l.Practices() {
		paces := p.Paces
		if paces == nil {
			paces = []content.Pace{{}}
		}
		for i, minutes := range p.Minutes {
			for _, a := range append(l.Anchors(), content.Anchor{}) {
				for _, pace := range paces {
					name := fmt.Sprintf("%s %d %s %s", p.ID, minutes, a.ID, pace.ID)
					all[name] = content.Course{Practice: p, Length: i, Anchor: a, Pace: pace}
				}
			}
		}
	}
	if len(all) < 50 {
		t.Fatalf("there are only %d courses", len(all))
	}
	return all
}

func TestCourseLastsItsMinutes(t *testing.T) {
	for name, c := range courses(t) {
		whole := time.Duration(c.Minutes[c.Length]) * time.Minute
		if got := c.Duration(); got != whole {
			t.Errorf("%s lasts %s", name, got)
		}
		start, end := c.At(0), c.At(whole)
		if start.Phase != 0 || start.Said != 1 || start.Over || start.Left != whole {
			t.Errorf("%s starts at %+v", name, start)
		}
		if end.Said != len(end.Lines) || !end.Over || end.Left != 0 {
			t.Errorf("%s ends at %+v", name, end)
		}
		if nearly := c.At(whole - time.Millisecond); nearly.Over || nearly.Left != time.Millisecond {
			t.Errorf("%s is over too soon: %+v", name, nearly)
		}
		if late := c.At(whole + time.Hour); !late.Over || late.Left != 0 || late.Phase != end.Phase {
			t.Errorf("%s goes on after its end: %+v", name, late)
		}
		if early := c.At(-time.Hour); early.Over || early.Left != whole || early.Phase != 0 {
			t.Errorf("%s before its start is at %+v", name, early)
		}
	}
}

func TestEveryPhaseIsReachedAndAllOfItIsSaid(t *testing.T) {
	for name, c := range courses(t) {
		if c.Anchor.ID != "" {
			continue
		}
		var seen, want []int
		said := make(map[int]int)
		for at := time.Duration(0); at < c.Duration(); at += time.Second {
			p := c.At(at)
			if len(seen) == 0 || seen[len(seen)-1] != p.Phase {
				seen = append(seen, p.Phase)
			}
			if p.Said < said[p.Phase] {
				t.Errorf("%s takes back a line at %s", name, at)
			}
			said[p.Phase] = p.Said
		}
		for i, p := range c.Phases {
			if p.Seconds[c.Length] == 0 {
				continue
			}
			want = append(want, i)
			if said[i] != len(p.Lines) {
				t.Errorf("%s says %d of the %d lines of %q", name, said[i], len(p.Lines), p.Short)
			}
		}
		if !slices.Equal(seen, want) {
			t.Errorf("%s goes through %v, want %v", name, seen, want)
		}
	}
}

// TestStartIsWherePhasesChange holds Start, which a person's going on by a
// phase rests on, to what At says.
func TestStartIsWherePhasesChange(t *testing.T) {
	for name, c := range courses(t) {
		for i, p := range c.Phases {
			if p.Seconds[c.Length] == 0 {
				continue
			}
			if got := c.At(c.Start(i)).Phase; got != i {
				t.Errorf("%s: where phase %d starts is phase %d", name, i, got)
			}
		}
	}
}

// wayOf is how many seconds the way in or out takes that a breath is on.
func wayOf(b content.Breath) int {
	if b.Out {
		return b.Exhale
	}
	return b.Inhale
}

// breaths are the lengths in and out of the breaths of a course, in order.
func breaths(c content.Course) []string {
	var all []string
	var last content.Breath
	for at := time.Duration(0); at <= c.Duration(); at += time.Second {
		b := c.At(at).Breath
		if b.Out && !last.Out {
			all = append(all, fmt.Sprintf("%d-%d", b.Inhale, b.Exhale))
		}
		last = b
	}
	return all
}

func TestPacesOfSoothingRhythm(t *testing.T) {
	l, _ := content.Load(nil)
	p, ok := l.Practice("soothing-rhythm")
	if !ok {
		t.Fatal("there is no soothing rhythm")
	}
	tests := []struct {
		pace  string
		first []string
	}{
		{"5-5", []string{"3-3", "3-3", "3-3", "4-4", "4-4", "4-4", "5-5", "5-5", "5-5", "5-5"}},
		{"4-4", []string{"4-4", "4-4", "4-4", "4-4"}},
		{"6-6", []string{"6-6", "6-6", "6-6", "6-6"}},
		{"4-6", []string{"4-6", "4-6", "4-6", "4-6"}},
		{"own", nil},
	}
	if len(p.Paces) != len(tests) {
		t.Errorf("there are %d paces", len(p.Paces))
	}
	for i, tt := range tests {
		c := content.Course{Practice: p, Pace: p.Paces[i]}
		got := breaths(c)
		if c.Pace.ID != tt.pace || !slices.Equal(got[:min(len(got), len(tt.first))], tt.first) {
			t.Errorf("pace %q breathes %v, want %s %v", c.Pace.ID, got, tt.pace, tt.first)
		}
		if tt.first == nil && (c.Paced() || len(got) > 0) {
			t.Errorf("at one's own pace the shape moves: %v", got)
		}
	}
}

// TestAPaceWithARampAndALongerWayOut is what a person's own file may ask for.
func TestAPaceWithARampAndALongerWayOut(t *testing.T) {
	c := content.Course{
		Practice: content.Practice{Phases: []content.Phase{
			{Seconds: []int{90}, Lines: []string{"a"}, Breath: true},
			{Seconds: []int{30}, Lines: []string{"b"}},
		}},
		Pace: content.Pace{In: 4, Out: 6, From: 3},
	}
	got := breaths(c)
	want := []string{"3-3", "3-3", "3-3", "4-4", "4-4", "4-4", "4-5", "4-5", "4-5", "4-6", "4-6", "4-6"}
	if n := min(len(got), len(want)); n < 10 || !slices.Equal(got[:n], want[:n]) {
		t.Errorf("it breathes %v", got)
	}
}

func TestBreathIsSmoothAndFinished(t *testing.T) {
	const step = 50 * time.Millisecond
	for name, c := range courses(t) {
		if !c.Paced() {
			continue
		}
		// The steepest that a cosine gets, at the shortest way.
		way := min(c.Pace.In, c.Pace.Out)
		if c.Pace.From > 0 {
			way = c.Pace.From
		}
		most := math.Pi/2/float64(way)*step.Seconds() + 1e-9
		var last content.Breath
		for at := time.Duration(0); at <= c.Duration(); at += step {
			b := c.At(at).Breath
			if jump := math.Abs(b.Open - last.Open); jump > most {
				t.Errorf("%s: at %s the shape jumps by %.3f", name, at, jump)
			}
			if b.Inhale == 0 && last.Inhale > 0 && (!last.Out || last.Second != last.Exhale) {
				t.Errorf("%s: the breath is broken off at %s", name, at)
			}
			if b.Inhale > 0 && (b.Second < 1 || b.Second > wayOf(b) || b.Open < 0 || b.Open > 1) {
				t.Errorf("%s: at %s the breath is %+v", name, at, b)
			}
			if phase := c.Phases[c.At(at).Phase]; b.Inhale > 0 && !phase.Breath {
				t.Errorf("%s: at %s %q is counted", name, at, phase.Short)
			}
			last = b
		}
		if last.Inhale > 0 {
			t.Errorf("%s ends in the middle of a breath", name)
		}
	}
}

func TestAtOnesOwnPaceTheBreathRests(t *testing.T) {
	if b := (content.Pace{}).At(3 * time.Second); b != (content.Breath{}) {
		t.Errorf("the breath is %+v", b)
	}
}

func TestAnotherAnchorTakesThePlaceOfTheBreath(t *testing.T) {
	for name, c := range courses(t) {
		other := c.Anchor.ID != "" && c.Anchor.ID != content.BreathAnchor
		said, run := 0, false
		for at := time.Duration(0); at < c.Duration(); at += time.Second {
			p := c.At(at)
			phase := c.Phases[p.Phase]
			if !other || !phase.Breath {
				if !slices.Equal(p.Lines, phase.Lines) {
					t.Fatalf("%s: at %s the words of %q are %q", name, at, phase.Short, p.Lines)
				}
				run = false
				continue
			}
			if c.Paced() || p.Breath.Inhale > 0 {
				t.Fatalf("%s: the shape moves", name)
			}
			if !strings.EqualFold(c.Name(p.Phase), c.Anchor.Label) {
				t.Fatalf("%s: somebody who rests on %s is in %q", name, c.Anchor.Label, c.Name(p.Phase))
			}
			if n := len(p.Lines); n == 0 || !slices.Equal(p.Lines, c.Anchor.Lines[:n]) {
				t.Fatalf("%s: at %s the words are %q", name, at, p.Lines)
			}
			if run && p.Said < said {
				t.Errorf("%s: the anchor's words begin again at %s", name, at)
			}
			said, run = p.Said, true
		}
	}
}

// TestWordsHaveRoom holds the pace of the words: nobody is hurried, and nobody
// is left to wonder whether it has stopped.
func TestWordsHaveRoom(t *testing.T) {
	for name, c := range courses(t) {
		last, since := 0, time.Duration(0)
		for at := time.Duration(0); at <= c.Duration(); at += time.Second {
			p := c.At(at)
			now := p.Phase*100 + p.Said
			if now == last && at < c.Duration() {
				continue
			}
			// Two phases may follow one another under the same words.
			if between := at - since; last != 0 && (between < 6*time.Second && c.Anchor.ID == "" || between > 90*time.Second) {
				t.Errorf("%s: words at %s stand for %s", name, since, between)
			}
			last, since = now, at
		}
	}
}

// FuzzAt looks for a course and a time that At has no sensible answer to.
func FuzzAt(f *testing.F) {
	f.Add(uint8(20), uint8(0), uint8(60), uint8(3), uint8(5), uint8(6), uint8(3), int64(31_500))
	f.Add(uint8(0), uint8(0), uint8(1), uint8(7), uint8(2), uint8(2), uint8(0), int64(-1))
	f.Add(uint8(9), uint8(1), uint8(9), uint8(5), uint8(10), uint8(10), uint8(2), int64(9_999))
	f.Fuzz(func(t *testing.T, a, b, z, breath, in, out, from uint8, ms int64) {
		pace := content.Pace{In: 2 + int(in%9), Out: 2 + int(out%9)}
		if from > 0 {
			pace.From = 2 + int(from)%(min(pace.In, pace.Out)-1)
		}
		var phases []content.Phase
		for i, seconds := range []uint8{a, b, z} {
			phases = append(phases, content.Phase{Seconds: []int{int(seconds)}, Lines: []string{"one", "two"}, Breath: breath>>i&1 == 1})
		}
		c := content.Course{Practice: content.Practice{Phases: phases}, Pace: pace}
		if breath&8 != 0 {
			c.Anchor = content.Anchor{ID: "sounds", Lines: []string{"near", "far", "between"}}
		}
		at := time.Duration(ms%1_000_000) * time.Millisecond
		p := c.At(at)
		whole := time.Duration(int(a)+int(b)+int(z)) * time.Second
		if p.Left < 0 || p.Left != whole-min(max(at, 0), whole) || p.Over != (p.Left == 0) {
			t.Errorf("of %s, %s are left after %s, over %v", whole, p.Left, at, p.Over)
		}
		if p.Phase < 0 || p.Phase >= len(phases) || p.Said < 1 || p.Said > len(p.Lines) {
			t.Errorf("it stands at %+v", p)
		}
		if x := p.Breath; x.Open < 0 || x.Open > 1 || x.Inhale > 0 && (x.Second < 1 || x.Second > wayOf(x)) {
			t.Errorf("the breath is %+v", x)
		}
	})
}
