package tui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// An ownGuide is a guide that a person wrote in the program. It is kept with
// the settings, in the journal and so sealed: what people ask themselves is as
// private as what they answer.
type ownGuide struct {
	ID        string        `json:"id"`
	Name      string        `json:"name,omitempty"`
	Questions []ownQuestion `json:"questions,omitempty"`
}

// An ownQuestion has an id of its own, so that an answer stays with it when it
// is moved or worded anew.
type ownQuestion struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// ownPrefix starts the ids of these guides. An id that a person could read
// would tell what the guide is about, in an export for one.
const ownPrefix = "own-"

// What such a guide is called without a name, and what it says at the end.
const (
	ownTitle   = "A guide of your own"
	ownClosing = "That is kept."
)

func newOwnGuide() ownGuide { return ownGuide{ID: ownPrefix + journal.NewID()} }

// written reports whether a guide was written in the program, and can be
// changed there.
func written(g content.Guide) bool { return strings.HasPrefix(g.ID, ownPrefix) }

func (o ownGuide) title() string {
	if o.Name == "" {
		return ownTitle
	}
	return o.Name
}

func (o ownGuide) blank() bool { return o.Name == "" && len(o.Questions) == 0 }

// whole returns a copy without the questions that have no words.
func (o ownGuide) whole() ownGuide {
	o.Questions = slices.DeleteFunc(slices.Clone(o.Questions), func(q ownQuestion) bool { return q.Text == "" })
	return o
}

// guide makes it one that can be walked.
func (o ownGuide) guide() content.Guide {
	g := content.Guide{ID: o.ID, Title: o.title(), Kind: string(journal.Reflection), Closing: ownClosing, Own: true}
	for _, q := range o.Questions {
		g.Steps = append(g.Steps, ownStep(q.ID, q.Text))
	}
	return g
}

// shortWidth is how much of a question its short name has.
const shortWidth = 24

func ownStep(id, question string) content.Step {
	return content.Step{ID: id, Kind: content.Prompt, Prompt: question, Short: ansi.Truncate(question, shortWidth, "…"), Long: true}
}

// removedGuide is what a draft still says of a guide that its writer removed:
// the questions that were answered. It is false for any other guide, which may
// come back with its file.
func removedGuide(d journal.Draft) (content.Guide, bool) {
	if !strings.HasPrefix(d.Guide, ownPrefix) || len(d.Answers) == 0 {
		return content.Guide{}, false
	}
	g := ownGuide{ID: d.Guide, Name: d.Title}
	for _, a := range d.Answers {
		g.Questions = append(g.Questions, ownQuestion{ID: a.Step, Text: a.Prompt})
	}
	return g.guide(), true
}

// ownGuide returns the guide with that id, and an empty one of that id where
// there is none.
func (s *session) ownGuide(id string) ownGuide {
	if i := s.ownGuideAt(id); i >= 0 {
		return s.settings.Guides[i].whole()
	}
	return ownGuide{ID: id}
}

func (s *session) ownGuideAt(id string) int {
	return slices.IndexFunc(s.settings.Guides, func(o ownGuide) bool { return o.ID == id })
}

// setOwnGuide takes a guide into the settings as it is now; one that is blank
// is taken out. The list is made anew: a save that is under way has the old one.
func (s *session) setOwnGuide(o ownGuide) {
	guides, i := slices.Clone(s.settings.Guides), s.ownGuideAt(o.ID)
	switch o = o.whole(); {
	case o.blank() && i >= 0:
		guides = slices.Delete(guides, i, i+1)
		delete(s.settings.Off, o.ID)
	case o.blank():
	case i >= 0:
		guides[i] = o
	default:
		guides = append(guides, o)
	}
	s.settings.Guides = guides
}
