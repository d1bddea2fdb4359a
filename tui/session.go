package tui

import (
	"io/fs"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// A session is what every screen shares: the open journal, what the program
// says, the person's settings and how things look. Screens read it when they
// draw; only the app changes it.
type session struct {
	opts     Options
	journal  *journal.Journal // nil while locked
	library  *content.Library
	problems []content.Problem
	prepared bool // the journal was read for searches
	settings settings
	saves    settingsSaves
	going    []tea.Msg // where the screens ask the app to go
	styles   styles
	dark     bool        // the terminal's background, as far as it is known
	method   ansi.Method // how the terminal counts cells
}

// Options say what [Run] and [RunPlain] work on. Path is needed, the rest is
// not.
type Options struct {
	Path     string          // the journal's file
	Journal  journal.Options // how it is opened
	Content  fs.FS           // the person's own content, may be nil
	Start    Start           // where to go once it is unlocked
	Practice string          // the practice to start, with StartPractise
	Guide    string          // the guide to start, with StartReflect
	// Passphrase opens the journal without asking, and makes one that is not
	// there; nil: ask.
	Passphrase []byte
	// Demo is the passphrase of a throwaway journal, which the unlock screen
	// tells; empty: a real one.
	Demo string
	// Relaunch says that the caller starts the program again when it was
	// locked, which is the only way to be rid of what was in memory.
	Relaunch bool
	// Env is the environment; nil: the process's own.
	Env []string
}

// Start is a place that the command line goes straight to.
type Start string

// The places to start at.
const (
	StartHome     Start = ""
	StartCheckIn  Start = "end-of-day" // the guide's id
	StartNote     Start = "note"       // the guide's id
	StartJournal  Start = "journal"
	StartPatterns Start = "patterns"
	// StartSupervision goes to supervision: before it, after it, and when.
	StartSupervision Start = "supervision"
	// StartPractise goes to the practices, or to the one that Options.Practice
	// names.
	StartPractise Start = "practise"
	// StartReflect goes to the guides of reflection, or to the one that
	// Options.Guide names.
	StartReflect Start = "reflect"
)

// settings are the person's choices. They are kept in the journal, sealed like
// everything else; the zero value is how the program comes.
type settings struct {
	Brief     bool                `json:"brief,omitempty"`     // a check-in is the short one unless asked otherwise
	Off       map[string][]string `json:"off,omitempty"`       // steps left out, by guide
	LockAfter int                 `json:"lockAfter,omitempty"` // minutes; 0: as it comes, -1: never
	Cover     bool                `json:"cover,omitempty"`     // hide the screen when the window loses focus
	Still     bool                `json:"still,omitempty"`     // nothing moves, and words instead of pictures
	Colour    string              `json:"colour,omitempty"`    // "", "dark", "light" or "none"
	Nation    string              `json:"nation,omitempty"`    // whose places to turn to are shown; "": all of them
	Lines     []supportLine       `json:"lines,omitempty"`     // places to turn to of the person's own
	Anchor    string              `json:"anchor,omitempty"`    // what to rest on in a practice; "": the usual one
	HideTime  bool                `json:"hideTime,omitempty"`  // the time left of a practice
	Bell      bool                `json:"bell,omitempty"`      // at the end of a practice
	Looked    time.Time           `json:"looked,omitzero"`     // when old entries were last looked at
	SkipNames bool                `json:"skipNames,omitempty"` // entries are not looked through for names before they are kept
	Names     []nameAlias         `json:"names,omitempty"`     // to look out for
	Guides    []ownGuide          `json:"guides,omitempty"`    // guides of reflection that the person wrote

	Supervision supervisionDates `json:"supervision,omitzero"`
	CPD         cpdReminder      `json:"cpd,omitzero"`
}

// A supportLine is a place to turn to that the person wrote down: their
// manager, the employee assistance line, the union.
type supportLine struct {
	Name string `json:"name"`
	How  string `json:"how"`
}

// lockAfterDefault is how long a screen may lie quiet before it locks.
const lockAfterDefault = 10 * time.Minute

// lockAfter returns the time until the screen locks itself; 0 is never.
func (s settings) lockAfter() time.Duration {
	switch {
	case s.LockAfter < 0:
		return 0
	case s.LockAfter == 0:
		return lockAfterDefault
	}
	return time.Duration(s.LockAfter) * time.Minute
}

func newSession(o Options) *session {
	s := &session{opts: o, dark: true}
	s.library, s.problems = content.Load(o.Content)
	s.restyle()
	return s
}

// now is the wall clock. Without the monotonic reading a laptop that slept
// counts the time it slept.
func (s *session) now() time.Time {
	if s.opts.Journal.Now != nil {
		return s.opts.Journal.Now()
	}
	return time.Now().Round(0)
}

// restyle builds the styles anew, after the background became known or a
// setting changed.
func (s *session) restyle() {
	dark := s.dark
	switch s.settings.Colour {
	case "dark":
		dark = true
	case "light":
		dark = false
	}
	s.styles = newStyles(dark, s.settings.Colour != "none")
}

// opened takes a journal that was unlocked.
func (s *session) opened(j *journal.Journal) {
	s.journal, s.prepared = j, false
	s.settings = settings{}
	// Settings that cannot be read are as the program comes: they are no
	// reason to keep somebody from their journal.
	_ = j.Settings(&s.settings)
	s.saves.stored, s.saves.told = s.saves.changes, s.saves.changes
	s.restyle()
}

// newEditor makes an editor whose caret stands where this terminal puts it.
func (s *session) newEditor(oneLine bool) editor {
	e := newEditor(oneLine)
	e.method = s.method
	return e
}

// guide returns a guide by its id: one that the person wrote here, or one of
// the library's.
func (s *session) guide(id string) (content.Guide, bool) {
	return findGuide(s.settings.Guides, s.library, id)
}

// findGuide is [session.guide] for a command: by then a lock may have emptied the
// session.
func findGuide(own []ownGuide, l *content.Library, id string) (content.Guide, bool) {
	for _, o := range own {
		if o = o.whole(); o.ID == id && len(o.Questions) > 0 {
			return o.guide(), true
		}
	}
	return l.Guide(id)
}

// walk returns a fresh walk of a guide, short or whole, without the steps that
// the person left out.
func (s *session) walk(g content.Guide, brief bool) *walk {
	return newWalk(g, fullSteps(version(g, brief), s.settings.Off[g.ID]))
}

// version returns a guide with the steps of its short version, where that is
// wanted and there is one.
func version(g content.Guide, brief bool) content.Guide {
	if brief && len(g.Brief.Steps) > 0 {
		g.Steps = briefSteps(g)
	}
	return g
}

// resume returns the walk of a draft, or nil when its guide is gone.
func (s *session) resume(d journal.Draft) *walk {
	if d.Of != "" {
		return resumeChange(s, d)
	}
	g, ok := s.guide(d.Guide)
	if !ok {
		g, ok = removedGuide(d)
	}
	if !ok {
		return nil
	}
	return resumeWalk(g, d)
}
