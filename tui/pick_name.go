package tui

import (
	"slices"
	"strconv"
	"strings"

	"goodenough/journal"
)

// What was picked is kept by where it is from, and named when it is shown: what
// is deleted for good leaves no name behind in a brief.

// goneName stands for what was picked and is not in the journal any more.
const goneName = "something that is not in the journal any more"

// isCount reports whether an offer is made from no entry: its words are the
// program's own, and say what was so on the day.
func isCount(from string) bool { return from == fromMissed || from == fromDays }

// keptName is what a brief keeps of the name of something picked.
func keptName(from, title string) string {
	if isCount(from) {
		return title
	}
	return ""
}

// A source is what something was picked from: an entry, an answer of it, or a
// thing in that answer.
type source struct {
	entry  journal.Entry
	answer *journal.Answer // nil: all of the entry
	item   *journal.Item   // nil: all of the answer
}

// sourceOf finds again what something was picked from, as [journal.Item] has
// it. It is not there any more when the entry was deleted, or changed.
func sourceOf(j *journal.Journal, from string) (src source, ok bool) {
	id, rest, part := strings.Cut(from, keySlash)
	e, err := j.Get(id)
	if err != nil {
		return source{}, false
	}
	if !part {
		return source{entry: e}, true
	}
	if a, ok := e.Answer(rest); ok {
		return source{entry: e, answer: &a}, true
	}
	i := max(strings.LastIndex(rest, keySlash), 0)
	a, ok := e.Answer(rest[:i])
	at, err := strconv.Atoi(strings.TrimPrefix(rest[i:], keySlash))
	if !ok || err != nil || at < 0 || at >= len(a.Items) {
		return source{}, false
	}
	return source{entry: e, answer: &a, item: &a.Items[at]}, true
}

// name is what it is called in a list.
func (src source) name() string {
	switch {
	case src.item != nil:
		return printable(itemText(*src.item))
	case src.answer != nil && src.answer.Prompt != "":
		return printable(src.answer.Prompt)
	}
	return entryTitle(src.entry.Header)
}

// pickedName is the name of something that was picked.
func pickedName(j *journal.Journal, from string) string {
	if src, ok := sourceOf(j, from); ok {
		return src.name()
	}
	return goneName
}

// Named returns an entry with the names of what was picked for it, to be shown
// and not to be kept.
func Named(j *journal.Journal, e journal.Entry) journal.Entry {
	e.Answers = namedPicks(j, e.Answers)
	e.Earlier = slices.Clone(e.Earlier)
	for i := range e.Earlier {
		e.Earlier[i].Answers = namedPicks(j, e.Earlier[i].Answers)
	}
	return e
}

func namedPicks(j *journal.Journal, answers []journal.Answer) []journal.Answer {
	answers = slices.Clone(answers)
	for i := range answers {
		a := &answers[i]
		if _, from, ok := strings.Cut(a.Step, keySlash); ok && a.Prompt == "" {
			a.Prompt = pickedName(j, from)
		}
		a.Items = slices.Clone(a.Items)
		for k, it := range a.Items {
			if it.From != "" && it.Text == "" {
				a.Items[k].Text = pickedName(j, it.From)
			}
		}
	}
	return answers
}

// pickedFor reports whether something of an entry was picked for another one.
func (s *session) pickedFor(id string) bool {
	picks := func(e journal.Entry) bool {
		return slices.ContainsFunc(e.Answers, func(a journal.Answer) bool {
			return slices.ContainsFunc(a.Items, func(it journal.Item) bool {
				return it.From == id || strings.HasPrefix(it.From, id+keySlash)
			})
		})
	}
	for h := range s.journal.Entries(journal.Query{}) {
		if e, err := s.journal.Get(h.ID); err == nil && picks(e) {
			return true
		}
	}
	return slices.ContainsFunc(s.journal.Drafts(), func(d journal.Draft) bool { return picks(d.Entry) })
}
