package tui

import (
	"errors"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// An app is the whole program on the screen: a stack of screens, of which the
// top one is seen. It is the only tea.Model. Keys go to one place; every other
// message goes to all screens, and each takes what it asked for.
type app struct {
	*session
	stack  []screen
	width  int
	height int

	ground  *grounding // lies over the screen, unless nil
	helping int        // the page of keys that is shown over the screen, from 1
	covered bool       // the window lost the focus, or a lock is under way
	notice  string     // why a lock did not happen

	touched time.Time     // when a key was last pressed
	quiet   time.Duration // how long it may lie quiet, when that was last looked at
	idleSeq int           // of the tick that counts: older chains are dead

	locked bool // Run tells its caller
	failed any  // what a panic said; never shown
}

// A screen fills the window below the title and above the keys.
type screen interface {
	init() tea.Cmd
	update(tea.Msg) tea.Cmd
	view() string // at most as wide and high as setSize said
	setSize(width, height int)
	title() (place, aside string) // left and right on the top line
	help() []key.Binding          // what works now, the most needed first
	typing() bool                 // printable keys are text
	cursor() (x, y int, ok bool)
}

// A keeper holds what is not yet on the disk: a screen, or the settings.
type keeper interface {
	// keep returns a command that stores it and ends with a report, or nil when
	// there is nothing to store.
	keep() tea.Cmd
	// keepNow stores it at once, for the very end.
	keepNow() error
}

// A report is a message that says how a save ended.
type report interface{ failure() error }

// Messages that ask the app to go elsewhere.
type (
	pushMsg     struct{ screen screen }
	replaceMsg  struct{ screen screen }
	popMsg      struct{}
	homeMsg     struct{ said string } // back to home, or to a guide or an entry further down
	lockMsg     struct{}
	redrawMsg   struct{} // draw everything anew
	groundMsg   struct{} // lay the grounding over the screen
	quitMsg     struct{}
	unlockedMsg struct {
		journal *journal.Journal
		notices []string
	}
	idleMsg        struct{ seq int }
	keptForLockMsg struct{ report } // of a save that a lock waits for
)

// The ways to ask for it in an update. The app goes there before it takes
// another message: what is typed on at once is for where the key led, and not for
// the screen that is being left. There is no command; they return nil for an
// update to end with.
func (s *session) push(to screen) tea.Cmd    { return s.goTo(pushMsg{to}) }
func (s *session) replace(by screen) tea.Cmd { return s.goTo(replaceMsg{by}) }
func (s *session) pop() tea.Cmd              { return s.goTo(popMsg{}) }
func (s *session) goHome() tea.Cmd           { return s.goTo(homeMsg{}) }

func (s *session) goTo(to tea.Msg) tea.Cmd {
	s.going = append(s.going, to)
	return nil
}

func quit() tea.Msg { return quitMsg{} }

// redrawAfter is how long after a change of its size the window is drawn anew.
// Bubble Tea's renderer takes the columns that a wider window gains for blank, and
// what stood there before the window was made narrow would stay, private or not.
const redrawAfter = 100 * time.Millisecond

func newApp(s *session) *app {
	a := &app{session: s}
	a.touched = s.now()
	switch err := journal.Exists(s.opts.Path); {
	case errors.Is(err, journal.ErrNotExist) && s.opts.Passphrase == nil:
		a.stack = []screen{newWelcome(s)}
	default:
		a.stack = []screen{newUnlock(s, err)}
	}
	return a
}

func (a *app) top() screen { return a.stack[len(a.stack)-1] }

// Init implements [tea.Model].
func (a *app) Init() tea.Cmd { return tea.Batch(a.top().init(), tea.RequestBackgroundColor) }

// Update implements [tea.Model]. A fault in a screen must not take what was
// written with it: the program ends in order, and Run keeps the draft.
func (a *app) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	defer func() {
		if p := recover(); p != nil {
			a.failed = p
			model, cmd = a, tea.Quit
		}
	}()
	cmd = a.update(msg)
	if a.failed != nil { // while it was drawn: nobody should type on blind
		cmd = tea.Quit
	}
	return a, cmd
}

// update takes a message, and goes where the screens then ask to go.
func (a *app) update(msg tea.Msg) tea.Cmd {
	cmd := a.take(msg)
	for len(a.going) > 0 {
		to := a.going[0]
		a.going = a.going[1:]
		cmd = tea.Batch(cmd, a.take(to))
	}
	return cmd
}

func (a *app) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		if msg.Width > 0 && msg.Height > 0 { // some terminals say 0x0 while they start
			a.width, a.height = msg.Width, msg.Height
			a.layout()
		}
		return tea.Tick(redrawAfter, func(time.Time) tea.Msg { return redrawMsg{} })
	case redrawMsg:
		return tea.ClearScreen
	case tea.BackgroundColorMsg:
		a.dark = msg.IsDark()
		a.restyle()
		a.layout()
		return nil
	case tea.ModeReportMsg:
		known := msg.Value == ansi.ModeReset || msg.Value == ansi.ModeSet || msg.Value == ansi.ModePermanentlySet
		if msg.Mode == ansi.ModeUnicodeCore && known {
			a.method = ansi.GraphemeWidth // as Bubble Tea's renderer does on the same report
		}
		return nil
	case tea.BlurMsg:
		a.covered = a.covered || a.settings.Cover && a.journal != nil
		return nil
	case tea.FocusMsg:
		a.covered = a.notice != "" // why it did not lock is there to be read
		return nil
	case tea.KeyPressMsg:
		return a.key(msg)
	case tea.PasteMsg:
		return a.paste(msg)
	case idleMsg:
		return a.idle(msg)
	case unlockedMsg:
		return a.unlocked(msg)
	case pushMsg:
		if a.journal == nil {
			return nil // it has locked meanwhile, and the screen may hold what is private
		}
		a.stack = append(a.stack, msg.screen)
		a.layout()
		return msg.screen.init()
	case replaceMsg:
		if a.journal == nil {
			return nil
		}
		a.stack[len(a.stack)-1] = msg.screen
		if d, ok := msg.screen.(*doneScreen); ok {
			d.to = wayBack(a.stack[a.backTo()])
		}
		a.layout()
		return msg.screen.init()
	case popMsg:
		if len(a.stack) > 1 {
			a.stack = a.stack[:len(a.stack)-1]
		}
		a.layout()
		return a.top().init()
	case homeMsg:
		a.leaveTop()
		a.layout()
		cmd := a.top().init()
		if h, ok := a.top().(*homeScreen); ok && msg.said != "" {
			h.status = msg.said
		}
		return cmd
	case groundMsg:
		return a.goToGround()
	case lockMsg:
		return a.lock()
	case keptForLockMsg:
		return a.keptForLock(msg.report)
	case settingsSavedMsg:
		a.settingsSaved(msg)
		if a.settings.lockAfter() == a.quiet {
			return a.tell(msg)
		}
		return tea.Batch(a.tell(msg), a.watch())
	case preparedMsg:
		a.prepared = msg.journal == a.journal
		return nil
	case quitMsg:
		return tea.Quit
	}
	return a.tell(msg)
}

// tell sends a message to every screen.
func (a *app) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range a.stack {
		cmds = append(cmds, s.update(msg))
	}
	return tea.Batch(cmds...)
}

// leaveTop goes home, or back to what was left for what is on top.
func (a *app) leaveTop() { a.stack = a.stack[:a.backTo()+1] }

// backTo is where in the stack that is: a guide, an entry, supervision, which has
// more than one guide, or home.
func (a *app) backTo() int {
	for i := len(a.stack) - 2; i > 0; i-- {
		switch a.stack[i].(type) {
		case *guideScreen, *readingScreen, *supervisionScreen:
			return i
		}
	}
	return 0
}

// wayBack names a screen to somebody who goes back to it.
func wayBack(s screen) string {
	switch s.(type) {
	case *guideScreen:
		return "the question"
	case *readingScreen:
		return "the entry"
	case *supervisionScreen:
		return "supervision"
	}
	return "home"
}

// key sends a key to the one place that it is for.
func (a *app) key(msg tea.KeyPressMsg) tea.Cmd {
	if a.overdue() {
		return a.lock() // a laptop that slept wakes up locked
	}
	a.touched = a.now()
	switch {
	case key.Matches(msg, keys.lock) && a.journal != nil:
		return a.lock()
	case msg.String() == "ctrl+c":
		return quit
	case a.tooSmall() && !key.Matches(msg, keys.ground):
		return nil // nobody types blind, nor closes the program with a letter
	case a.ground != nil:
		if a.ground.update(msg) {
			a.ground = nil
		}
		return nil
	case key.Matches(msg, keys.ground):
		return a.goToGround()
	case a.covered:
		a.covered, a.notice = false, ""
		return nil
	case a.helping > 0:
		if a.helping++; (a.helping-1)*a.bodyHeight() >= len(a.helpRows()) {
			a.helping = 0
		}
		return nil
	case msg.String() == "f1", !a.top().typing() && key.Matches(msg, keys.help):
		a.helping = 1
		return nil
	}
	return a.top().update(msg)
}

// goToGround lays the grounding over the screen. What runs there waits.
func (a *app) goToGround() tea.Cmd {
	a.helping = 0
	a.ground = &grounding{session: a.session, nation: a.settings.Nation}
	a.layout()
	if h, ok := a.top().(holder); ok {
		return h.hold()
	}
	return nil
}

// paste takes pasted text where a key would be taken.
func (a *app) paste(msg tea.PasteMsg) tea.Cmd {
	if a.overdue() {
		return a.lock()
	}
	a.touched = a.now()
	switch {
	case a.ground != nil || a.tooSmall():
		return nil
	case a.covered:
		a.covered, a.notice = false, ""
		return nil
	}
	a.helping = 0
	return a.top().update(msg)
}

// unlocked goes to home, or straight to where the command line said.
func (a *app) unlocked(msg unlockedMsg) tea.Cmd {
	a.opened(msg.journal)
	a.touched = a.now()
	a.stack = []screen{newHome(a.session, msg.notices)}
	if s := a.startScreen(); s != nil {
		a.stack = append(a.stack, s)
	}
	if a.journal.Recovered() {
		a.stack = append(a.stack, newRenewal(a.session))
	}
	a.layout()
	return tea.Batch(a.top().init(), a.watch(), maintain(a.journal), prepare(a.journal))
}

// preparedMsg says that a journal was read for searches.
type preparedMsg struct{ journal *journal.Journal }

// prepareAfter lets the first screens be drawn before all cores are busy.
const prepareAfter = 300 * time.Millisecond

// prepare reads the journal for searches, beside what the person does. It ends
// when the journal is closed.
func prepare(j *journal.Journal) tea.Cmd {
	return tea.Tick(prepareAfter, func(time.Time) tea.Msg {
		j.PrepareSearch()
		return preparedMsg{j}
	})
}

// maintainedMsg reports the journal's upkeep.
type maintainedMsg struct{ err error }

// maintain does the journal's upkeep, such as the day's backup, beside what the
// person does.
func maintain(j *journal.Journal) tea.Cmd {
	return func() tea.Msg { return maintainedMsg{j.Maintain()} }
}

// startScreen is where the command line asked to go, the first time, and after a
// lock where somebody was.
func (a *app) startScreen() screen {
	start := a.opts.Start
	a.opts.Start = StartHome
	switch start {
	case StartCheckIn, StartNote:
		if g, ok := a.guide(string(start)); ok {
			return beginGuide(a.session, g, a.settings.Brief)
		}
	case StartJournal:
		return newList(a.session)
	case StartPatterns:
		return newPatterns(a.session)
	case StartSupervision:
		return newSupervision(a.session)
	case StartPractise:
		if p, ok := a.library.Practice(a.opts.Practice); ok {
			return newBefore(a.session, p)
		}
		if g, ok := a.guide(a.opts.Practice); ok {
			return beginGuide(a.session, g, false)
		}
		return newPractise(a.session)
	case StartReflect:
		if g, ok := a.guide(a.opts.Guide); ok {
			return newBegin(a.session, g, false)
		}
		return newReflect(a.session)
	}
	return nil
}
