package tui

import (
	"slices"
	"strings"

	"goodenough/content"
	"goodenough/journal"
)

// A change of an entry, and a thought that is added to it later, are walks like
// any other: the same editor, the same draft within two seconds, the same way
// back after a crash. The draft says which entry it is of.

// beginChange starts to change an entry, or to add a later thought to it, or
// goes on with what was begun of that.
func beginChange(s *session, e journal.Entry, adds bool) *guideScreen {
	if d, ok := begunChange(s, e.ID, adds); ok {
		return newGuideScreen(s, s.resume(d), true)
	}
	if adds {
		return newGuideScreen(s, thoughtWalk(e.ID), false)
	}
	return newGuideScreen(s, changeWalk(s, e), false)
}

// begunChange is the draft of a change that was begun.
func begunChange(s *session, id string, adds bool) (journal.Draft, bool) {
	for _, d := range s.journal.Drafts() {
		if d.Of == id && d.Adds == adds {
			return d, true
		}
	}
	return journal.Draft{}, false
}

// resumeChange goes on with a draft of a change or of a later thought.
func resumeChange(s *session, d journal.Draft) *walk {
	w := thoughtWalk(d.Of)
	if !d.Adds {
		e, err := s.journal.Get(d.Of)
		if err != nil {
			e = d.Entry // what it was of is gone
		}
		if change := changeWalk(s, e); len(change.steps) > 0 {
			w = change
		}
		if err != nil {
			w.was = nil // this is all there is of it
		}
	}
	w.draft = d
	w.take(trimmed(d.Answers))
	w.at = max(slices.IndexFunc(w.steps, func(s content.Step) bool { return s.ID == d.At }), 0)
	return w
}

// thoughtWalk is one page for a later thought.
func thoughtWalk(id string) *walk {
	w := newWalk(content.Guide{
		Kind:    string(journal.Note),
		Title:   "A later thought",
		Closing: "That is kept, below what was written then.",
		Steps: []content.Step{{
			ID: "later", Kind: content.Prompt, Long: true, Short: "Today",
			Prompt: "What would you add, looking back?",
			Note:   "It is kept with today's date. What was written then stays as it is.",
		}},
	}, nil)
	w.steps = w.guide.Steps
	w.draft.Of, w.draft.Adds = id, true
	return w
}

// changeWalk goes through the answers of an entry: with the fields of its guide
// where that still asks all of them, and otherwise page by page.
func changeWalk(s *session, e journal.Entry) *walk {
	g, steps := changeGuide(s, e)
	w := newWalk(g, steps)
	w.draft.Kind, w.draft.Guide, w.draft.Of = e.Kind, e.Guide, e.ID
	w.take(trimmed(e.Answers))
	w.was = byStep(e.Answers)
	if w.title() != e.Title {
		w.draft.Title, w.titled = e.Title, true
	}
	return w
}

// trimmed are answers as fields would give them, under questions that can be
// shown: those of an import may hold anything.
func trimmed(answers []journal.Answer) []journal.Answer {
	var out []journal.Answer
	for _, a := range answers {
		a.Prompt = printable(a.Prompt)
		if a.Text = strings.TrimSpace(a.Text); !a.Empty() {
			out = append(out, a)
		}
	}
	return out
}

// byStep are answers by their steps, as fields would give them.
func byStep(answers []journal.Answer) map[string]journal.Answer {
	out := make(map[string]journal.Answer)
	for _, a := range trimmed(answers) {
		out[a.Step] = a
	}
	return out
}

// changeable reports whether there is something in an entry to change. Where
// two answers have one name, a change of one would be a change of both.
func changeable(s *session, e journal.Entry) bool {
	seen := make(map[string]bool)
	for _, a := range e.Answers {
		if seen[a.Step] {
			return false
		}
		seen[a.Step] = true
	}
	_, steps := changeGuide(s, e)
	return len(steps) > 0
}

// changeGuide is what an entry is changed with: a guide and those of its steps
// that were answered.
func changeGuide(s *session, e journal.Entry) (content.Guide, []content.Step) {
	g, ok := s.guide(e.Guide)
	if !ok || !asksAll(g, e.Answers) {
		return plainGuide(e)
	}
	g.Closing, g.Ask = "That is kept, and what it said before too.", false
	if at := slices.IndexFunc(g.Steps, func(s content.Step) bool { return s.Kind == content.Triangle }); at >= 0 && len(briefLines(e)) > 0 {
		return g, g.Steps[at : at+1] // every line of a brief can be written on there
	}
	g.Steps = slices.Clone(g.Steps)
	said := byStep(e.Answers)
	var answered, all []content.Step
	for i, step := range g.Steps {
		if step.Kind == content.Pause || step.Kind == content.Pick {
			continue
		}
		step = asAsked(step, e)
		g.Steps[i] = step
		all = append(all, step)
		if slices.ContainsFunc(answerKeys(step, said), func(key string) bool { _, ok := e.Answer(key); return ok }) {
			answered = append(answered, step)
		}
	}
	if len(answered) == 0 || isCPD(e.Header) {
		return g, all // it was left empty, or is a form that is filled in bit by bit
	}
	return g, answered
}

// asksAll reports whether a guide still has a step for each answer.
func asksAll(g content.Guide, answers []journal.Answer) bool {
	var keys []string
	said := byStep(answers)
	for _, s := range g.Steps {
		keys = append(keys, answerKeys(s, said)...)
	}
	return !slices.ContainsFunc(answers, func(a journal.Answer) bool { return !slices.Contains(keys, a.Step) })
}

// asAsked is a step with its questions as the entry has them.
func asAsked(step content.Step, e journal.Entry) content.Step {
	ask := func(prompt *string, key string) {
		if a, ok := e.Answer(key); ok && printable(a.Prompt) != "" {
			*prompt = printable(a.Prompt)
		}
	}
	ask(&step.Prompt, step.ID)
	step.Systems, step.Rows = slices.Clone(step.Systems), slices.Clone(step.Rows)
	for i := range step.Systems {
		ask(&step.Systems[i].Prompt, step.Systems[i].ID)
	}
	for i := range step.Rows {
		ask(&step.Rows[i].Prompt, step.Rows[i].ID)
	}
	return step
}

// plainGuide asks for the texts of an entry once more, one to a page. What was
// answered in other ways stays.
func plainGuide(e journal.Entry) (g content.Guide, steps []content.Step) {
	g = content.Guide{ID: e.Guide, Kind: string(e.Kind), Title: entryTitle(e.Header), Closing: "That is kept, and what it said before too."}
	for _, a := range e.Answers {
		step := content.Step{ID: a.Step, Kind: content.Prompt, Long: true, Prompt: printable(a.Prompt), Short: "What was written"}
		g.Steps = append(g.Steps, step)
		text := a.Text
		if a.Text = ""; text != "" && a.Empty() {
			steps = append(steps, step)
		}
	}
	return g, steps
}
