package identifier_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"goodenough/tui/identifier"
)

// files are the test data: see the head of each.
var files = []string{"labelled.txt", "heldout.txt", "voices.txt", "second.txt", "words.txt", "blind.txt"}

// sentence is a labelled line of the test data.
type sentence struct {
	text string
	want []identifier.Finding
}

var label = regexp.MustCompile(`\[([a-z]+):([^\]]+)\]`)

// parse takes the labels out of a line.
func parse(line string) sentence {
	var s sentence
	at := 0
	for _, m := range label.FindAllStringSubmatchIndex(line, -1) {
		s.text += line[at:m[0]]
		start := len(s.text)
		s.text += line[m[4]:m[5]]
		s.want = append(s.want, identifier.Finding{Kind: identifier.Kind(line[m[2]:m[3]]), Start: start, End: len(s.text)})
		at = m[1]
	}
	s.text += line[at:]
	return s
}

func readSentences(t testing.TB, file string) []sentence {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	var all []sentence
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, parse(line))
		}
	}
	return all
}

// tally counts, for one kind or for all, what was labelled and what was found.
// A label is found when a finding of its kind overlaps it, and a finding is
// right when it overlaps a label of its kind. Near says how many labels were
// found when any kind will do: a surgery found as a doctor's name is a nudge too.
type tally struct {
	labels, found, near, findings, right int
}

func (c *tally) add(d *tally) {
	c.labels += d.labels
	c.found += d.found
	c.near += d.near
	c.findings += d.findings
	c.right += d.right
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func (c tally) recall() float64    { return share(c.found, c.labels) }
func (c tally) precision() float64 { return share(c.right, c.findings) }

func (c tally) String() string {
	return fmt.Sprintf("labels %3d  recall %.3f (any kind %.3f)  findings %3d  precision %.3f",
		c.labels, c.recall(), share(c.near, c.labels), c.findings, c.precision())
}

func overlap(a, b identifier.Finding) bool { return a.Start < b.End && b.Start < a.End }

// measure scans the sentences and counts by kind. What is missed and what is
// wrong goes to the log.
func measure(t *testing.T, sentences []sentence) map[identifier.Kind]*tally {
	s := identifier.New(nil, nil)
	counts := make(map[identifier.Kind]*tally)
	for _, k := range identifier.Kinds() {
		counts[k] = new(tally)
	}
	for _, line := range sentences {
		got := s.Scan(line.text)
		for _, w := range line.want {
			c := counts[w.Kind]
			c.labels++
			c.near += count(got, func(g identifier.Finding) bool { return overlap(g, w) })
			if count(got, func(g identifier.Finding) bool { return g.Kind == w.Kind && overlap(g, w) }) == 0 {
				t.Logf("missed %s %q in %q", w.Kind, line.text[w.Start:w.End], line.text)
				continue
			}
			c.found++
		}
		for _, g := range got {
			c := counts[g.Kind]
			c.findings++
			if count(line.want, func(w identifier.Finding) bool { return g.Kind == w.Kind && overlap(g, w) }) == 0 {
				t.Logf("wrong %s %q in %q", g.Kind, line.text[g.Start:g.End], line.text)
				continue
			}
			c.right++
		}
	}
	return counts
}

// count is 1 if one of the findings is so, and 0 if none is.
func count(findings []identifier.Finding, so func(identifier.Finding) bool) int {
	if slices.ContainsFunc(findings, so) {
		return 1
	}
	return 0
}

// TestRecallAndPrecision holds the bar: nine in ten of what is there, and nine
// in ten of what is said, over all; and not much less for any kind.
func TestRecallAndPrecision(t *testing.T) {
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			sentences := readSentences(t, file)
			var all tally
			counts := measure(t, sentences)
			for _, k := range identifier.Kinds() {
				c := counts[k]
				all.add(c)
				t.Logf("%-10s %v", k, c)
				if c.labels >= 10 && (c.recall() < 0.85 || c.precision() < 0.85) {
					t.Errorf("%s: %v", k, c)
				}
			}
			t.Logf("%-10s %v", "all", all)
			if all.recall() < 0.90 || all.precision() < 0.90 {
				t.Errorf("all: %v", all)
			}
			none := 0
			for _, s := range sentences {
				if len(s.want) == 0 {
					none++
				}
			}
			t.Logf("%d sentences, %d without identifiers", len(sentences), none)
		})
	}
}
