package tui

import (
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// stoppedEarly is said where a practice was stopped: its own closing would not
// be true.
const stoppedEarly = "Stopped, and that is fine."

// closing is what is said first.
func (a *afterScreen) closing() string {
	if a.whole {
		return a.practice.Closing
	}
	return stoppedEarly
}

// An afterScreen asks how a practice was, and keeps nothing unless it is asked
// to.
type afterScreen struct {
	*session
	practice content.Practice
	whole    bool // it came to its end
	ended    time.Time
	guide    content.Guide // what keeps it, if it is kept
	field    *choiceField
	width    int
	height   int
}

// The guide in which a practice is kept, its question, and the steps that
// follow.
const (
	afterGuide = "after-practice"
	afterStep  = "after"
	whatStep   = "what"
	wordsStep  = "words"
)

func newAfter(s *session, p content.Practice, whole bool, until time.Time) *afterScreen {
	a := &afterScreen{session: s, practice: p, whole: whole, ended: s.now()}
	if until.Before(a.ended) {
		a.ended = until
	}
	a.guide, _ = s.guide(afterGuide)
	if step, ok := a.guide.Step(afterStep); ok && step.Kind == content.Choice {
		step.Line = ""
		a.field = newChoiceField(s, step, journal.Answer{})
	}
	return a
}

// until implements [occupied].
func (a *afterScreen) until() time.Time { return a.ended }

func (a *afterScreen) init() tea.Cmd { return nil }

func (a *afterScreen) setSize(width, height int) {
	a.width, a.height = width, height
	if a.field != nil {
		a.field.setSize(width, max(height-len(a.head()), leastField))
	}
}

func (a *afterScreen) head() []string {
	rows := wrapped(a.styles.strong, a.closing(), a.width)
	if a.field != nil {
		rows = append(append(rows, ""), wrapped(a.styles.ink, a.field.step.Prompt, a.width)...)
	}
	return append(rows, "")
}

func (a *afterScreen) update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	if a.field != nil && !key.Matches(k, keys.keepIt) {
		if taken, cmd := a.field.update(msg); taken {
			return cmd
		}
	}
	switch {
	case key.Matches(k, keys.keepIt) && a.field != nil:
		return a.replace(a.keeping())
	case k.String() == "enter", k.String() == "esc":
		return a.pop()
	case key.Matches(k, keys.quit):
		return quit
	}
	return nil
}

// keeping is the guide that keeps the practice, with what is known answered
// already.
func (a *afterScreen) keeping() *guideScreen {
	w := newWalk(a.guide, a.guide.Steps)
	for _, answer := range a.field.answers() {
		w.set(answer)
	}
	if what, ok := a.guide.Step(whatStep); ok {
		w.set(journal.Answer{Step: what.ID, Prompt: what.Prompt, Text: a.practice.Title})
	}
	for w.step().ID != wordsStep && w.next() {
	}
	g := newGuideScreen(a.session, w, false)
	g.saved = -1 // what is answered already is new to the disk
	return g
}

func (a *afterScreen) view() string {
	rows := a.head()
	if a.field != nil {
		rows = append(rows, strings.Split(a.field.view(), "\n")...)
	}
	if a.worse() {
		rows = append(rows, "", a.styles.muted.Render(ansi.Truncate(groundOffer, a.width, "…")))
	}
	return pageOf(rows, 0, a.height, a.styles)
}

// groundOffer is said where a practice made things worse: something to hold on
// to, and people. Another try is not offered.
const groundOffer = "ctrl+g solid ground, and where to turn"

// worse reports whether somebody said that it made things worse.
func (a *afterScreen) worse() bool {
	if a.field == nil {
		return false
	}
	return slices.ContainsFunc(a.field.words, func(w content.Word) bool { return w.ID == "worse" && a.field.chosen[w.Label] })
}

func (a *afterScreen) cursor() (x, y int, ok bool) {
	if a.field == nil {
		return 0, 0, true
	}
	x, y, ok = a.field.cursor()
	y += len(a.head())
	return x, y, ok && y < a.height
}

func (a *afterScreen) title() (place, aside string) {
	return "Practise" + placeMark + a.practice.Title, ""
}
func (a *afterScreen) typing() bool { return false }

func (a *afterScreen) help() []key.Binding {
	out := []key.Binding{bind("enter", "done")}
	if a.worse() {
		out = append(out, keys.ground)
	}
	if a.field != nil {
		out = append(out, bind("↑ ↓", "answer"), keys.keepIt)
	}
	return append(out, keys.quit)
}
