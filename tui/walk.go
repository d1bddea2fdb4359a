package tui

import (
	"maps"
	"slices"
	"strings"

	"goodenough/content"
	"goodenough/journal"
)

// A walk is a person's way through a guide: which steps, where they are, and
// what they have said so far. It knows nothing of screens: the full screen and
// the plain mode walk the same walk.
type walk struct {
	guide   content.Guide
	steps   []content.Step
	at      int
	draft   journal.Draft // as last given to the journal: its id and dates
	answers map[string]journal.Answer
	bring   map[string]*journal.Bring // answers that are wanted in supervision
	changes int                       // grows with every change that a draft would keep

	was    map[string]journal.Answer // of a change: what the entry says
	titled bool                      // the title is the draft's, and not made from answers
}

// newWalk starts a guide from its beginning, with the steps chosen.
func newWalk(g content.Guide, steps []content.Step) *walk {
	w := &walk{guide: g, steps: steps, answers: make(map[string]journal.Answer), bring: make(map[string]*journal.Bring)}
	w.draft.Kind = journal.Kind(g.Kind)
	w.draft.Guide = g.ID
	w.draft.Title = g.Title
	return w
}

// resumeWalk goes on with a draft, at the step where it was left. Steps that
// the guide no longer has are passed over; what was answered there stays.
func resumeWalk(g content.Guide, d journal.Draft) *walk {
	var steps []content.Step
	for _, s := range g.Steps {
		if len(d.Steps) == 0 || slices.Contains(d.Steps, s.ID) {
			steps = append(steps, s)
		}
	}
	if len(steps) == 0 {
		steps = g.Steps // there is nowhere to go on, so it starts again, with what was answered
	}
	w := newWalk(g, steps)
	w.draft = d
	w.take(d.Answers)
	if i := slices.IndexFunc(steps, func(s content.Step) bool { return s.ID == d.At }); i >= 0 {
		w.at = i
	}
	return w
}

// take makes these the answers of the walk, with their marks.
func (w *walk) take(answers []journal.Answer) {
	w.answers = make(map[string]journal.Answer)
	w.bring = make(map[string]*journal.Bring)
	for _, a := range answers {
		if a.Bring != nil {
			w.bring[a.Step] = a.Bring
		}
		a.Bring = nil // a field knows nothing of it
		w.answers[a.Step] = a
	}
}

// fullSteps are the steps of a guide less those that the person left out.
func fullSteps(g content.Guide, off []string) []content.Step {
	steps := slices.DeleteFunc(slices.Clone(g.Steps), func(s content.Step) bool { return slices.Contains(off, s.ID) })
	if len(steps) == 0 {
		return g.Steps // with nothing left there would be nothing to walk
	}
	return steps
}

// briefSteps are the steps of a guide's short version.
func briefSteps(g content.Guide) []content.Step {
	return slices.DeleteFunc(slices.Clone(g.Steps), func(s content.Step) bool { return !slices.Contains(g.Brief.Steps, s.ID) })
}

func (w *walk) step() content.Step { return w.steps[w.at] }

// last reports whether this is the last step.
func (w *walk) last() bool { return w.beside(1) < 0 }

// asked reports whether a step is asked, after what was answered before it.
func (w *walk) asked(s content.Step) bool {
	return !slices.ContainsFunc(s.OnlyIf, func(c content.Condition) bool { return !w.holds(c) })
}

// holds reports whether a condition holds, as far as the guide was walked.
func (w *walk) holds(c content.Condition) bool {
	choices := w.answers[c.Step].Choices
	if len(choices) == 0 {
		return c.Skipped
	}
	on, _ := w.guide.Step(c.Step)
	return slices.ContainsFunc(on.Options(), func(o content.Word) bool {
		return slices.Contains(c.Choices, o.ID) && slices.Contains(choices, o.Label)
	})
}

// beside returns the next step that is asked, forward or back; -1: none.
func (w *walk) beside(by int) int {
	for i := w.at + by; i >= 0 && i < len(w.steps); i += by {
		if w.asked(w.steps[i]) {
			return i
		}
	}
	return -1
}

// goTo moves to a step, and returns false when there is none.
func (w *walk) goTo(i int) bool {
	if i < 0 {
		return false
	}
	w.at = i
	w.changes++
	return true
}

// next goes on, and returns false at the end.
func (w *walk) next() bool { return w.goTo(w.beside(1)) }

// back returns to the step before, and returns false at the beginning.
func (w *walk) back() bool { return w.goTo(w.beside(-1)) }

// place says which of the steps that are asked this is, and of how many.
func (w *walk) place() (n, of int) {
	for i, s := range w.steps {
		if w.asked(s) || i == w.at {
			of++
			if i <= w.at {
				n++
			}
		}
	}
	return n, of
}

// answer returns what was said under a key: a step's id, or a system's.
func (w *walk) answer(key string) journal.Answer { return w.answers[key] }

// set takes an answer; an empty one takes it back.
func (w *walk) set(a journal.Answer) {
	if b := a.Bring; b != nil { // the answer is itself about what is brought
		if !sameBring(w.bring[a.Step], b) {
			w.bring[a.Step] = b
			w.changes++
		}
		a.Bring = nil
	}
	old, had := w.answers[a.Step]
	if a.Bring == nil && !a.Empty() {
		a.Bring = old.Bring // fields know nothing of it
	}
	switch {
	case a.Empty() && !had:
		return
	case a.Empty():
		delete(w.answers, a.Step)
	case had && sameAnswer(old, a):
		return
	default:
		w.answers[a.Step] = a
	}
	w.changes++
}

// brought reports whether what is answered at this step is wanted in
// supervision.
func (w *walk) brought() bool {
	return slices.ContainsFunc(w.answerKeys(w.step()), func(key string) bool { return w.bring[key] != nil })
}

// toggleBring marks the answers of this step for supervision, or takes the mark
// away. It stays with the step while its words are changed.
func (w *walk) toggleBring() {
	brought := w.brought()
	for _, key := range w.answerKeys(w.step()) {
		if delete(w.bring, key); !brought {
			w.bring[key] = &journal.Bring{}
		}
	}
	w.changes++
}

// marked is an answer as it is kept.
func (w *walk) marked(key string) (a journal.Answer, ok bool) {
	a, ok = w.answers[key]
	a.Bring = w.bring[key]
	return a, ok
}

func sameAnswer(a, b journal.Answer) bool {
	value := func(v *int) int {
		if v == nil {
			return -1
		}
		return *v
	}
	if len(a.Shares) != len(b.Shares) {
		return false
	}
	for k, v := range a.Shares {
		if b.Shares[k] != v {
			return false
		}
	}
	return a.Prompt == b.Prompt && a.Text == b.Text && slices.Equal(a.Choices, b.Choices) &&
		value(a.Value) == value(b.Value) && slices.Equal(a.Items, b.Items)
}

// blank reports whether nothing has been said: of a change, nothing that the
// entry does not say already, and no other mark.
func (w *walk) blank() bool {
	for key, a := range w.was {
		if now, ok := w.marked(key); ok && !sameBring(now.Bring, a.Bring) {
			return false
		}
	}
	return maps.EqualFunc(w.answers, w.was, sameAnswer)
}

func sameBring(a, b *journal.Bring) bool { return a == b || a != nil && b != nil && *a == *b }

// of reports whether the walk is of an entry that there is already.
func (w *walk) of() bool { return w.draft.Of != "" }

// name is what the walk is called while it is walked.
func (w *walk) name() string {
	if w.of() && !w.draft.Adds {
		return "A change"
	}
	return w.guide.Title
}

// toDraft returns the walk as a draft, with the answers in the guide's order.
func (w *walk) toDraft() journal.Draft {
	d := w.draft
	if !w.titled {
		d.Title = w.title()
	}
	d.At = w.step().ID
	d.Steps = nil
	for _, s := range w.steps {
		d.Steps = append(d.Steps, s.ID)
	}
	d.Answers = nil
	placed := make(map[string]bool)
	for _, s := range w.guide.Steps {
		for _, key := range w.answerKeys(s) {
			if a, ok := w.marked(key); ok {
				d.Answers = append(d.Answers, a)
				placed[key] = true
			}
		}
	}
	// What a step answered that the guide no longer has is kept all the same.
	for _, a := range w.draft.Answers {
		if a, ok := w.marked(a.Step); ok && !placed[a.Step] {
			d.Answers = append(d.Answers, a)
		}
	}
	return d
}

// answerKeys are the keys under which a step's answers are kept: a step has
// one answer, but each of the three systems and each row has its own, and so has
// what is wanted of a thing to bring.
func (w *walk) answerKeys(s content.Step) []string { return answerKeys(s, w.answers) }

// answerKeys are those keys for a step, where answers are what was said so far.
func answerKeys(s content.Step, answers map[string]journal.Answer) []string {
	var keys []string
	switch s.Kind {
	case content.Systems:
		for _, sys := range s.Systems {
			keys = append(keys, sys.ID)
		}
	case content.Rows:
		for _, row := range s.Rows {
			keys = append(keys, row.ID)
		}
	case content.Bring:
		keys = lineKeys(s.ID)
	case content.Triangle: // it changes the lines of other steps
	case content.Pick:
		keys = []string{s.ID}
		for _, it := range answers[s.ID].Items {
			keys = append(keys, lineKeys(pickKey(s.ID, it.From))...)
		}
	default:
		keys = []string{s.ID}
	}
	return keys
}

// heavyFrom is the value from which a scale comes with a practice and where to
// turn, and without a word about what it may mean.
const heavyFrom = 8

// heavySystem is the one of the three systems that counts as such a scale: a
// lot of drive or of soothing asks for nothing.
const heavySystem = "threat"

// heavy reports whether a step is a scale that reads so high.
func (w *walk) heavy(s content.Step) bool {
	key := s.ID
	switch s.Kind {
	case content.Scale:
	case content.Systems:
		key = heavySystem
	default:
		return false
	}
	v := w.answers[key].Value
	return v != nil && *v >= heavyFrom
}

// forgotten reports whether nothing is kept of the walk when it ends: a blank
// check-in is something, since somebody stopped for a moment; a blank page, a
// blank letter or a reflection that was passed through is nothing.
func (w *walk) forgotten() bool {
	nothing := w.guide.Ask || w.of() || w.guide.Kind == string(journal.Note) || w.guide.Kind == string(journal.Reflection)
	return nothing && w.blank()
}

// betterLeft is said before when to leave a guide.
const betterLeft = "Better left for now: "

// reasons say why this question is asked; at the first step, also when to leave
// the guide and what is known of it.
func (w *walk) reasons() []string {
	out := []string{w.step().Why}
	if w.at == 0 {
		if w.guide.Leave != "" {
			out = append(out, betterLeft+w.guide.Leave)
		}
		out = append(out, w.guide.Evidence)
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// replies are what the guide says to the words that were chosen at a step, each
// after its word where there are several. It is said again at the end, under the
// answer, where it may still be acted on, and is no part of the entry: what is
// for that evening says nothing in three months.
func (w *walk) replies(step string) []string {
	var out []string
	s, _ := w.guide.Step(step)
	choices := w.answers[step].Choices
	for _, word := range s.Options() {
		switch {
		case word.Say == "" || !slices.Contains(choices, word.Label):
		case len(choices) > 1:
			out = append(out, word.Label+": "+word.Say)
		default:
			out = append(out, word.Say)
		}
	}
	return out
}

// titleWords is how many feelings a check-in's title names.
const titleWords = 3

// title names the entry for a list: the guide, and what a person will know it
// again by: the first feelings of a check-in, the first words of a note.
func (w *walk) title() string {
	for _, s := range w.guide.Steps {
		if s.ID == w.guide.TitleFrom || w.guide.TitleFrom == "" && w.guide.Kind == string(journal.Note) {
			if text := w.answers[s.ID].Text; text != "" {
				return firstWords(text)
			}
		}
	}
	for _, s := range w.guide.Steps {
		if s.Kind == content.Choice && s.Many && w.guide.Kind != string(journal.Reflection) {
			if c := w.answers[s.ID].Choices; len(c) > 0 {
				return w.guide.Title + ": " + strings.Join(c[:min(len(c), titleWords)], ", ")
			}
		}
	}
	return w.guide.Title
}

// firstWords shortens a text to a title: its first line, at most 48 letters,
// cut between words where that is possible.
func firstWords(text string) string {
	const most = 48
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	line = strings.Join(strings.Fields(line), " ")
	if r := []rune(line); len(r) > most {
		line = string(r[:most])
		if i := strings.LastIndex(line, " "); i > 0 {
			line = line[:i]
		}
		line += " …"
	}
	return line
}
