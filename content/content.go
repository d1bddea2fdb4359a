// Package content is what goodenough says: its guides, cards and word lists.
//
// They are files that somebody without Go can read and edit. The built-in
// ones are part of the program. A person or a team may add their own in a
// folder with the same layout:
//
//	guides/NAME.toml     a guide: questions and pauses, one after another
//	practices/NAME.toml  a practice: words that come by themselves, over a set time
//	cards/NAME.md        a page to read; NAME is its id
//	feelings.toml        the words offered for feelings
//	support.toml         places to turn to
//
// Whatever of theirs has the id of a built-in one takes its place. Five files
// are the program's alone: anchors.toml, what there is to rest one's attention
// on; practices.toml, the order in which practices are offered; glossary.toml,
// the words of the field; offers.toml, what is offered where an entry is kept;
// and sources.toml, everything that the rest names as a source.
//
// # A guide
//
// This is a whole guide. A line that starts with # is a remark, text stands
// in quotes on one line, and whatever is not needed is left out.
//
//	# The id is what the journal remembers. It is small letters and hyphens,
//	# and it stays the same when the title changes.
//	id      = "after-court"
//	title   = "After court"
//	kind    = "reflection"  # check-in, practice, reflection, supervision or note
//	minutes = 5
//	helps   = "On the way out of the building, before the next thing."
//	closing = "That is kept."
//
//	# May be left out: leave (when not to use it), by (whose thinking it
//	# follows), lens (a word or two), with (what somebody may come with: person,
//	# feeling, decision, team, incident), title_from (the step whose first words
//	# name the entry), evidence, ask and sources.
//	# With ask = true the person is asked at the end whether to keep what they
//	# wrote. A source is an id from sources.toml or, in a file of your own, plain
//	# text; what looks like an id has to be one.
//	sources = ["treleaven-2018", "Our team's away day, 2026"]
//
//	# May be left out: a shorter version, made of some of the steps.
//	[brief]
//	minutes = 1
//	steps   = ["words"]
//
//	# Each step starts with [[steps]]. All of them need an id, a kind, a
//	# prompt (at most 140 characters) and a short name (at most 24).
//	# All of them may have a note, shown under the prompt, and a why.
//	[[steps]]
//	id      = "land"
//	kind    = "pause"
//	short   = "A quiet start"
//	prompt  = "A moment on the steps, if you like."
//	seconds = 15
//	lines   = ["Feet on the ground.", "Whatever is in front of you to see."]
//
//	[[steps]]
//	id        = "words"
//	kind      = "choice"
//	short     = "What is here"
//	prompt    = "What came out of the room with you?"
//	words     = "feelings"  # or options of its own, each under [[steps.options]]
//	many      = true        # several at once
//	own_words = true        # a word that is not in the list is welcome
//
//	[[steps]]
//	id     = "said"
//	kind   = "prompt"
//	short  = "Left unsaid"
//	prompt = "What was there no room to say?"
//	long   = true           # room for several paragraphs
//	# Asked only after one of these answers to an earlier choice with options.
//	# only_if = { step = "write", choices = ["a-few-lines"] }
//	# With skipped = true it is asked too where nothing was chosen there. Several
//	# conditions go into a list, and all of them have to hold:
//	# only_if = [
//	#   { step = "safe", choices = ["yes"], skipped = true },
//	#   { step = "write", choices = ["a-few-lines"] },
//	# ]
//
// The other kinds of step, and what they need: scale (low, high, and marks if
// wanted), share (squares and [[steps.parts]]), systems ([[steps.systems]]),
// rows ([[steps.rows]], and take: number, words or held), park (whens, and whos
// to ask who will do a thing), pick (entries of the journal: into names the later
// triangle that gets a line for each; without it they stand beside the long
// questions, and their date beside the one that day names), bring (side and
// verb: one thing for supervision) and triangle (all of those on one page). A
// choice and a scale take a line, which asks for a few words beside the answer; a
// pause takes [[steps.anchors]], a choice of what to rest on, in place of lines.
// guides/end-of-day.toml shows most of this, guides/after-harm.toml and
// guides/supervision.toml the rest.
//
// # A practice
//
// This is a whole practice. It has phases, one after another, and in each phase
// a few lines that come by themselves. The first line comes at once and the
// others are spread over the time of the phase: one in 12 to 40 seconds reads
// well.
//
//	id       = "corridor"
//	title    = "The long corridor"
//	minutes  = [1, 2]  # the lengths it comes in; the first is the usual one
//	helps    = "On the way to a meeting."
//	leave    = "When somebody needs you now."
//	evidence = "It has not been studied."
//	sources  = ["Our team's away day, 2026"]
//	closing  = "That is enough."
//
//	# May be left out: before, what to know before it starts, and paces to
//	# breathe to. in and out are seconds; without them it is the person's own
//	# pace. With from, the first breaths are that short and then lengthen. There
//	# is no key for holding a breath.
//	[[paces]]
//	id    = "longer-out"
//	label = "4 in, 6 out"
//	in    = 4
//	out   = 6
//
//	# Each phase has its seconds in each of the lengths: here 20 of the first
//	# minute, and 40 of the two. 0 leaves the phase out. For each length they
//	# have to add up to the minutes.
//	[[phases]]
//	short   = "Walking"
//	seconds = [20, 40]
//	lines   = ["Heel, then toe."]
//
//	# breath = true: this phase rests on the breath. The pace moves in it, and
//	# somebody who rests on sounds, say, is told the lines for sounds instead. A
//	# phase without breath comes last, so that the last breath can be finished.
//	[[phases]]
//	short   = "Breathing"
//	seconds = [25, 50]
//	breath  = true
//	lines   = ["A breath to each few steps."]
//
//	[[phases]]
//	short   = "The door"
//	seconds = [15, 30]
//	lines   = ["Who is behind it?"]
//
// # Places to turn to
//
// What is for danger stands first. Lines of your own stand before the built-in
// ones for the same need, and right after danger where the need is your own. The
// needs that are there already are in support.toml.
//
//	[[lines]]
//	id      = "our-assistance-line"
//	need    = "Someone to listen"
//	name    = "Our employee assistance line"
//	how     = "extension 4400"
//	checked = "2026-11-22"  # when somebody last made sure, year first
//
//	# May be left out: about, nations (in which nations it is shown), unsure
//	# (what could not be made sure of) and sources.
//	about   = "Monday to Friday, nine to five."
//	nations = ["england"]
//
// # A card
//
// A card starts with its title, and sources if there are any, between two
// lines of +++. Then come paragraphs with an empty line between them, headings
// that start with ## and items that start with a hyphen. *Emphasis* marks are
// taken out. Links, tables and pictures cannot be shown and are a mistake.
//
// # Mistakes
//
// A mistake in a file is named with its line, and the file is left out: a
// misspelt key that was quietly ignored would be a question nobody is asked.
// Everything else still works.
package content

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed guides practices cards feelings.toml anchors.toml glossary.toml offers.toml practices.toml sources.toml support.toml
var builtIn embed.FS

// Problem is a mistake in a content file, said so that whoever wrote the file
// can put it right.
type Problem struct {
	File    string
	Line    int // 0 when the whole file is meant
	Message string
}

// Error gives the place and the mistake, as in
//
//	guides/mine.toml:7: unknown key "titel"
func (p Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// Library holds everything that was read. It does not change after Load.
type Library struct {
	guides    []Guide
	practices []Practice
	shelves   []Shelf
	anchors   []Anchor
	cards     []Card
	words     map[string][]Group
	sources   []Source
	terms     []Term
	nations   []Nation
	support   []Support
	offers    offers
}

// Load reads the built-in content and then a person's own, which may be nil.
// It always returns a library that works: a file with a mistake is left out
// and named in a problem, one for each such file.
func Load(own fs.FS) (*Library, []Problem) {
	l := &Library{words: make(map[string][]Group)}
	sources := []*source{{files: builtIn}}
	if own != nil {
		sources = append(sources, &source{files: own, own: true})
	}
	sources[0].readOnce(l)
	// Guides come last: their steps point into the word lists, and a person's
	// own list is meant for the built-in guides too.
	for _, s := range sources {
		s.readWords(l, "feelings")
		s.readCards(l)
		s.readPractices(l)
		s.readSupport(l)
	}
	for _, s := range sources {
		s.readGuides(l)
	}
	l.shelve()
	var problems []Problem
	for _, s := range sources {
		problems = append(problems, s.problems...)
	}
	return l, problems
}

// Guide returns the guide with that id.
func (l *Library) Guide(id string) (Guide, bool) {
	return find(l.guides, func(g Guide) bool { return g.ID == id })
}

// Guides returns all guides: the built-in ones in the order of their files,
// then a person's own. An own guide that takes the place of a built-in one
// stands where that one stood, so that nothing moves under a practised hand.
func (l *Library) Guides() []Guide { return slices.Clone(l.guides) }

// Practice returns the practice with that id.
func (l *Library) Practice(id string) (Practice, bool) {
	return find(l.practices, func(p Practice) bool { return p.ID == id })
}

// Practices returns all practices, in the order of their files, a person's own
// last.
func (l *Library) Practices() []Practice { return slices.Clone(l.practices) }

// Shelves returns the practices as they are offered.
func (l *Library) Shelves() []Shelf { return slices.Clone(l.shelves) }

// Anchors returns what there is to rest one's attention on.
func (l *Library) Anchors() []Anchor { return slices.Clone(l.anchors) }

// shelve puts what a person added where it is seen.
func (l *Library) shelve() {
	own := Shelf{Label: "your own"}
	shelved := func(id string) bool {
		return slices.ContainsFunc(l.shelves, func(s Shelf) bool { return slices.Contains(s.Items, id) })
	}
	for _, p := range l.practices {
		if p.Own && !shelved(p.ID) {
			own.Items = append(own.Items, p.ID)
		}
	}
	for _, g := range l.guides {
		if g.Own && g.Kind == practiceKind && !shelved(g.ID) {
			own.Items = append(own.Items, g.ID)
		}
	}
	if own.Items != nil {
		l.shelves = append(l.shelves, own)
	}
}

// practiceKind is the kind of a guide that is a practice, such as a letter.
const practiceKind = "practice"

// Card returns the card with that id.
func (l *Library) Card(id string) (Card, bool) {
	return find(l.cards, func(c Card) bool { return c.ID == id })
}

// Cards returns all cards, in the same order as Guides does.
func (l *Library) Cards() []Card { return slices.Clone(l.cards) }

func find[T any](items []T, is func(T) bool) (item T, ok bool) {
	if i := slices.IndexFunc(items, is); i >= 0 {
		return items[i], true
	}
	return item, false
}

// Words returns a word list by its name, such as "feelings"; nil when there
// is none.
func (l *Library) Words(list string) []Group { return slices.Clone(l.words[list]) }
