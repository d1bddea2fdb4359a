package tui

import (
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
)

// A practiceScreen does a practice: its words, one after another, and the
// shape where it paces the breath. What is shown follows from the clock alone,
// so that pauses, a slow terminal or a laptop that slept never make it drift.
// Nothing of it is kept.
type practiceScreen struct {
	*session
	course content.Course
	began  time.Time // moved on by what was paused, so that now - began is the position
	held   time.Time // since when it is paused; zero while it runs
	seq    int       // of the one tick that counts
	width  int
	height int
	words  int // the rows of the longest line

	hideTime bool
	bell     bool // at the end
}

// practiceTickMsg redraws a practice.
type practiceTickMsg struct {
	practice *practiceScreen
	seq      int
}

// frameEvery is the time between two frames of the shape. In a breath of five
// seconds each way that is about as many as it has sizes to show.
const frameEvery = 120 * time.Millisecond

func newPractice(s *session, c content.Course) *practiceScreen {
	return &practiceScreen{session: s, course: c, began: s.now()}
}

func (p *practiceScreen) init() tea.Cmd { return p.tick() }

func (p *practiceScreen) setSize(width, height int) {
	p.width, p.height = width, height
	p.words = p.wordRows()
}

// elapsed is the position in the course.
func (p *practiceScreen) elapsed() time.Duration {
	now := p.held
	if now.IsZero() {
		now = p.now()
	}
	return max(now.Sub(p.began), 0)
}

// tick asks for the next frame. Whatever was asked for before counts no more,
// so that there is one chain of ticks, and none while it is paused.
func (p *practiceScreen) tick() tea.Cmd {
	p.seq++
	if !p.held.IsZero() {
		return nil
	}
	elapsed := p.elapsed()
	wait := time.Second - elapsed%time.Second
	if !p.settings.Still && p.course.At(elapsed).Breath.Inhale > 0 {
		wait = frameEvery
	}
	seq := p.seq
	return tea.Tick(wait, func(time.Time) tea.Msg { return practiceTickMsg{p, seq} })
}

func (p *practiceScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case practiceTickMsg:
		if msg.practice != p || msg.seq != p.seq {
			return nil
		}
		if p.course.At(p.elapsed()).Over {
			return p.end()
		}
		return p.tick()
	case tea.KeyPressMsg:
		return p.key(msg)
	}
	return nil
}

// key: space pauses, the arrows go to another part, t hides the time, and
// every other key stops.
func (p *practiceScreen) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keys.pause):
		if p.held.IsZero() {
			return p.hold()
		}
		p.began = p.began.Add(p.now().Sub(p.held))
		p.held = time.Time{}
		return p.tick()
	case key.Matches(msg, keys.laterPart):
		return p.turn(1)
	case key.Matches(msg, keys.earlierPart):
		return p.turn(-1)
	case key.Matches(msg, keys.time):
		p.hideTime = !p.hideTime
		return nil
	}
	return p.end()
}

// hold pauses.
func (p *practiceScreen) hold() tea.Cmd {
	if p.held.IsZero() {
		p.held = p.now()
	}
	return p.tick()
}

// beside returns the part before or after this one; -1 when there is none.
func (p *practiceScreen) beside(by int) int {
	i := p.course.At(p.elapsed()).Phase
	for i += by; i >= 0 && i < len(p.course.Phases); i += by {
		if p.course.Phases[i].Seconds[p.course.Length] > 0 {
			return i
		}
	}
	return -1
}

// turn goes to the part before or after this one.
func (p *practiceScreen) turn(by int) tea.Cmd {
	if i := p.beside(by); i >= 0 {
		p.began = p.began.Add(p.elapsed() - p.course.Start(i))
	}
	return p.tick()
}

// end goes on to what there is to say afterwards. Stopping early is the same
// as coming to the end.
func (p *practiceScreen) end() tea.Cmd {
	p.seq++
	whole := p.course.At(p.elapsed()).Over
	next := p.replace(newAfter(p.session, p.course.Practice, whole, p.until()))
	if p.bell && whole {
		return tea.Batch(next, tea.Raw("\a"))
	}
	return next
}

// until implements [occupied]: nobody presses keys in the middle of a practice.
func (p *practiceScreen) until() time.Time {
	if !p.held.IsZero() {
		return p.held
	}
	return p.began.Add(p.course.Duration())
}

func (p *practiceScreen) view() string {
	at := p.course.At(p.elapsed())
	said := ""
	if at.Said > 0 {
		said = at.Lines[at.Said-1]
	}
	rows := wrapped(p.styles.ink, said, p.width)
	for len(rows) < p.words {
		rows = append(rows, "")
	}
	if p.course.Paced() {
		rows = append(rows, "")
		room := p.height - len(rows) - 3 // the count, a space and the time left
		if !p.settings.Still {
			shape := shapeRows(at.Breath.Open, p.styles.breath, p.width, room)
			for len(shape) < room {
				shape = append(shape, "")
			}
			rows = append(rows, shape[:max(room, 0)]...)
		}
		rows = append(rows, p.count(at.Breath))
	}
	for len(rows) < p.height-1 {
		rows = append(rows, "")
	}
	rows = append(rows[:max(p.height-1, 0)], p.styles.muted.Render(p.left(at)))
	return strings.Join(rows, "\n")
}

// wordRows are the rows of the longest line, so that what is below stays where
// it is while the words change.
func (p *practiceScreen) wordRows() int {
	most := 1
	for _, phase := range p.course.Phases {
		for _, l := range phase.Lines {
			most = max(most, strings.Count(wrap(l, p.width), "\n")+1)
		}
	}
	for _, l := range p.course.Anchor.Lines {
		most = max(most, strings.Count(wrap(l, p.width), "\n")+1)
	}
	return most
}

// count is the breath in words, under the middle of the shape.
func (p *practiceScreen) count(b content.Breath) string {
	words := ""
	switch {
	case b.Inhale == 0:
	case b.Out:
		words = fmt.Sprintf("out %d", b.Second)
	default:
		words = fmt.Sprintf("in %d", b.Second)
	}
	if p.settings.Still {
		return p.styles.strong.Render(words)
	}
	return strings.Repeat(" ", max((p.width-ansi.StringWidth("out 0"))/2, 0)) + p.styles.soothing.Render(words)
}

// left says gently how long there is still to go.
func (p *practiceScreen) left(at content.Position) string {
	switch minutes := int((at.Left + time.Minute - 1) / time.Minute); {
	case !p.held.IsZero():
		return "paused"
	case p.hideTime:
		return ""
	case at.Left <= time.Minute:
		return "less than a minute to go"
	default:
		return fmt.Sprintf("about %d minutes to go", minutes)
	}
}

func (p *practiceScreen) title() (place, aside string) {
	return p.course.Title + placeMark + p.course.Name(p.course.At(p.elapsed()).Phase), ""
}

func (p *practiceScreen) typing() bool                { return false }
func (p *practiceScreen) cursor() (x, y int, ok bool) { return 0, 0, false }

func (p *practiceScreen) help() []key.Binding {
	pause := keys.pause
	if !p.held.IsZero() {
		pause = bind("space", "go on", "space")
	}
	out := []key.Binding{pause, bind("any key", "stop")}
	if p.beside(1) >= 0 {
		out = append(out, keys.laterPart)
	}
	if p.beside(-1) >= 0 {
		out = append(out, keys.earlierPart)
	}
	if p.held.IsZero() {
		out = append(out, keys.time)
	}
	return out
}
