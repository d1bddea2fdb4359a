package tui

import (
	"slices"
	"strings"

	"goodenough/content"
	"goodenough/journal"
)

// The guides of supervision.
const (
	briefGuide = "supervision"
	afterwards = "after-supervision"
)

// A briefLine is one thing to bring to supervision. In the journal it is an
// answer with a [journal.Bring], and a second one for what is wanted of it.
type briefLine struct {
	step  string // the key of its answer
	title string // what was asked, or the name of what was picked
	text  string
	want  string // what is wanted of it
	verb  string // of content.Verbs
	side  string // of content.Sides; "": not sure
	share bool   // kept unless chosen
}

// wantPrompt is how an entry keeps what is wanted of a line.
const wantPrompt = "What I want from you is …"

// A picked line is kept under its step, a slash, and what it was picked from;
// no step of a guide has a slash. Neither has the end of the key for what is
// wanted.
const (
	keySlash = "/"
	wantEnd  = keySlash + "want"
)

// lineKeys are the keys of the two answers of a line.
func lineKeys(step string) []string { return []string{step, step + wantEnd} }

// pickKey is the key of the line for something that was picked.
func pickKey(step, from string) string { return step + keySlash + from }

// ofPick reports whether the line is for something that was picked.
func (l briefLine) ofPick() bool { return strings.Contains(l.step, keySlash) }

// from is what it was picked from.
func (l briefLine) from() string {
	_, from, _ := strings.Cut(l.step, keySlash)
	return from
}

// words reports whether there is anything to show to anybody.
func (l briefLine) words() bool { return l.text != "" || l.want != "" }

// answers is the line as the journal keeps it. A question that was passed over
// leaves nothing; what was picked stays, also without words.
func (l briefLine) answers() []journal.Answer {
	keys := lineKeys(l.step)
	line, want := journal.Answer{Step: keys[0]}, journal.Answer{Step: keys[1]}
	if !l.words() && !l.ofPick() {
		return []journal.Answer{line, want}
	}
	if line.Prompt, line.Text = l.title, l.text; l.ofPick() {
		line.Prompt = keptName(l.from(), l.title)
	}
	line.Choices = []string{l.verb}
	line.Bring = l.marks()
	want.Prompt, want.Text = wantPrompt, l.want
	return []journal.Answer{line, want}
}

// lineOf makes a line of its two answers.
func lineOf(a, want journal.Answer) briefLine {
	l := briefLine{step: a.Step, title: a.Prompt, text: a.Text, want: want.Text}
	if len(a.Choices) > 0 {
		l.verb = a.Choices[0]
	}
	if a.Bring != nil {
		l.side, l.share = a.Bring.Side, a.Bring.Share
	}
	return l
}

// isLine tells a line from another answer that was marked to bring: a line has
// a verb.
func isLine(a journal.Answer) bool {
	return a.Bring != nil && len(a.Choices) == 1 && slices.Contains(content.Verbs, a.Choices[0])
}

// briefLines are the lines of a brief that was kept, in their order. What was
// picked and let go again is none.
func briefLines(e journal.Entry) []briefLine {
	picked := make(map[string]bool)
	for _, a := range e.Answers {
		for _, it := range a.Items {
			picked[pickKey(a.Step, it.From)] = true
		}
	}
	var out []briefLine
	for _, a := range e.Answers {
		if !isLine(a) || strings.Contains(a.Step, keySlash) && !picked[a.Step] {
			continue
		}
		want, _ := e.Answer(a.Step + wantEnd)
		out = append(out, lineOf(a, want))
	}
	return out
}

// line returns the line of a step as far as it is there; of a question that was
// not answered yet, what the guide has for it.
func (w *walk) line(step content.Step) briefLine {
	a, ok := w.marked(step.ID)
	if !ok {
		return briefLine{step: step.ID, title: step.Prompt, side: step.Side, verb: step.Verb}
	}
	return lineOf(a, w.answer(step.ID+wantEnd))
}

// lines are the lines of the walk that are there, in the guide's order.
func (w *walk) lines() []briefLine {
	var out []briefLine
	for _, s := range w.guide.Steps {
		for _, k := range w.answerKeys(s) {
			if a, ok := w.marked(k); ok && isLine(a) {
				out = append(out, lineOf(a, w.answer(k+wantEnd)))
			}
		}
	}
	return out
}

// namedLines are the lines of a walk, with the names of what was picked.
func (s *session) namedLines(w *walk) []briefLine {
	lines := w.lines()
	for i, l := range lines {
		if l.ofPick() && l.title == "" {
			lines[i].title = pickedName(s.journal, l.from())
		}
	}
	return lines
}

// shared reports whether the line leaves: it is to, and there is something to show.
func (l briefLine) shared() bool { return l.share && l.words() }

// marks are the line's side and whether it is shared, as the journal keeps them.
func (l briefLine) marks() *journal.Bring { return &journal.Bring{Side: l.side, Share: l.shared()} }

// turnShare shares a line, or keeps it again. One without words stays where it is.
func (l *briefLine) turnShare() { l.share = !l.shared() && l.words() }

// turnSide and turnVerb go to the next of the choices.
func (l *briefLine) turnSide(by int) { l.side = cycle(sides, sideOf(l.side), by).id }
func (l *briefLine) turnVerb(by int) { l.verb = cycle(content.Verbs, l.verb, by) }

// shareWord says whether a line may be shown.
func (l briefLine) shareWord() string {
	if l.shared() {
		return "share"
	}
	return "keep"
}

// onSide counts the lines on each side of the triangle.
func onSide(lines []briefLine) map[string]int {
	n := make(map[string]int)
	for _, l := range lines {
		if slices.Contains(content.Sides, l.side) {
			n[l.side]++
		}
	}
	return n
}
