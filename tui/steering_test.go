package tui

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"goodenough/content"
	"goodenough/journal"
)

// steers is what an entry from elsewhere may hold: it writes to the clipboard,
// names the window, clears it, colours it, and turns the reading order round.
const steers = "x\x1b]52;c;aGk=\a\x1b]0;gone\a\x1b[2J\u009b31m\u202e\u2066\u2069"

// ownColour is how the program itself sets colours.
var ownColour = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

// steering is the first of a drawn text that a terminal would follow rather than
// show; 0: there is nothing.
func steering(drawn string) rune {
	for _, r := range ownColour.ReplaceAllString(drawn, "") {
		if r != '\n' && unicode.IsControl(r) || strings.ContainsRune("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", r) {
			return r
		}
	}
	return 0
}

// steeringEntries are the demo's entries with such a text in everything that is
// written there, and one of which even the names of things are such a text.
func steeringEntries(t *testing.T, now time.Time) *bytes.Buffer {
	t.Helper()
	var out bytes.Buffer
	add := func(e journal.Entry) {
		e.Title += steers
		e.Tags = append(e.Tags, "tag"+steers)
		e.Bring = &journal.Bring{Side: "side" + steers}
		for i := range e.Answers {
			a := &e.Answers[i]
			a.Prompt += steers
			a.Bring = &journal.Bring{Side: "side" + steers}
			if a.Text != "" {
				a.Text += steers
			}
			if len(a.Choices) > 0 {
				a.Choices = append(a.Choices, "word"+steers)
			}
			if len(a.Shares) > 0 {
				a.Shares["part"+steers] = 1
			}
			for k := range a.Items {
				if it := &a.Items[k]; it.Text != "" {
					it.Text, it.Who, it.When = it.Text+steers, it.Who+steers, it.When+steers
				}
			}
		}
		e.Later = append(e.Later, journal.Thought{Added: e.Created, Text: "later" + steers})
		e.Earlier = append(e.Earlier, journal.Version{Until: e.Created, Title: "before" + steers, Answers: e.Answers})
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	for line := range bytes.Lines(content.Demo(now)) {
		var e journal.Entry
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		add(e)
	}
	odd := journal.Entry{Answers: []journal.Answer{{Step: "step" + steers, Text: "text"}, {Step: "of" + steers, Items: []journal.Item{{Text: "item"}}}}}
	odd.ID, odd.Kind, odd.Guide, odd.Created = "odd", "kind", "guide"+steers, now
	add(odd)
	return &out
}

// steeringHome is home with such entries.
func steeringHome(t *testing.T, own map[string]string, width, height int) *driver {
	t.Helper()
	d := homeWith(t, own, width, height)
	if r, err := d.app.journal.Import(steeringEntries(t, d.clock)); err != nil || len(r.Problems) > 0 {
		t.Fatal(r.Problems, err)
	}
	return d.press("j", "esc") // home looks again
}

// What an entry from elsewhere holds never steers the terminal: the driver holds
// every screen to it.
func TestImportSteersNothing(t *testing.T) {
	everyPlace(t)
	for _, p := range places() {
		if strings.HasPrefix(p.name, "welcome") || strings.HasSuffix(p.name, ", keys") {
			continue
		}
		p.open = steeringHome
		t.Run(p.name, func(t *testing.T) { p.in(t, 80, 24).resize(120, 40).resize(40, 20) })
	}
}

// Each kind of entry is read, marked and changed without steering it either.
func TestImportIsChangedWithoutSteering(t *testing.T) {
	everyPlace(t)
	d := steeringHome(t, nil, 80, 24).press("j")
	list := d.app.top().(*listScreen)
	seen := make(map[string]bool)
	for i := range list.len() {
		guide := list.at(i).Guide
		if seen[guide] {
			d.press("down")
			continue
		}
		seen[guide] = true
		d.press("enter", "end", "b", "down", "esc", "t", "esc", "h", "end", "esc", "e")
		for range 30 {
			if _, on := d.app.top().(*guideScreen); on {
				d.press("ctrl+o", "ctrl+o", "ctrl+t", "end", "ctrl+t", "down", "tab")
			}
		}
		if _, back := d.app.top().(*readingScreen); !back {
			t.Fatalf("a change of %q does not end:\n%s", guide, d.screen())
		}
		d.press("esc", "down")
	}
}

// Somebody who only looks at the questions of such an entry has changed nothing.
func TestQuestionsThatSteerAreNoChange(t *testing.T) {
	for _, answer := range []string{`{"step":"note","prompt":"What\u001b[2J now?","text":"rain"}`, `{"step":"other","prompt":"What\u001b[2J now?","text":"rain"}`} {
		d := home(t, 80, 24)
		line := `{"id":"a","kind":"note","guide":"note","created":"2026-01-02T03:04:05Z","answers":[` + answer + `]}`
		if r, err := d.app.journal.Import(strings.NewReader(line)); err != nil || r.Taken != 1 {
			t.Fatal(r, err)
		}
		d.press("j", "enter", "e").sees("What[2J now?").press("tab").sees("Journal")
		if e := d.newest(); len(e.Earlier) > 0 {
			t.Errorf("looking at it was a change: %+v", e)
		}
	}
}

// Plain mode steers nothing either.
func TestPlainImportSteersNothing(t *testing.T) {
	p := plain(t)
	if r, err := p.journal.Import(steeringEntries(t, p.opts.Journal.Now())); err != nil || len(r.Problems) > 0 {
		t.Fatal(r.Problems, err)
	}
	p.opts.Start = StartJournal
	entries := p.journal.List(journal.Query{})
	seen := make(map[string]bool)
	for i := range entries.Len() {
		guide := entries.At(i).Guide
		if seen[guide] {
			continue
		}
		seen[guide] = true
		lines := append(slices.Repeat([]string{"more"}, i/plainPage), strconv.Itoa(i+1), "earlier", "change")
		var out strings.Builder
		in := strings.NewReader(strings.Join(lines, "\n") + strings.Repeat("\n", 40))
		if err := RunPlain(p.opts, p.journal, in, &out); err != nil || !strings.Contains(out.String(), "tagx") {
			t.Fatalf("%q is not read: %v\n%s", guide, err, out.String())
		}
		if r := steering(out.String()); r != 0 || strings.Contains(out.String(), "\x1b") {
			t.Errorf("%U of %q reaches the terminal: %q", r, guide, out.String())
		}
	}
}
