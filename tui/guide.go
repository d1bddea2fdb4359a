package tui

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"goodenough/content"
	"goodenough/journal"
)

// A guideScreen walks any guide: one step at a time, with the draft on the
// disk within two seconds of what was typed.
type guideScreen struct {
	*session
	walk   *walk
	field  field
	width  int
	height int
	why    bool // the reason for the question is shown

	saved  int       // walk.changes when the draft on the disk was made
	stored bool      // there is a draft on the disk
	at     time.Time // when it was made
	order  draftOrder
	saving bool   // a save is under way
	timer  bool   // a save is due
	asking bool   // at the end: whether to keep it
	trail  bool   // what was written so far is shown
	scroll int    // of that page
	timed  bool   // somebody says when the time is over
	boxed  bool   // the time that the guide is meant to take is over
	round  bool   // what is written at this step goes round and round
	then   after  // what follows when all is kept
	status string // what went wrong with a save
}

// after is what a guide does once everything is on the disk.
type after int

const (
	stay after = iota
	leave
	finish
	nudging // the page of a nudge is on its way
)

// saveEvery is the longest that something typed waits for the disk, less the
// time that a save takes: together they stay under two seconds.
const saveEvery = time.Second

// Messages of a guide about its draft.
type (
	saveDueMsg struct{ guide *guideScreen }
	boxMsg     struct{ guide *guideScreen }
	// keptMsg reports a save, of a guide or of an amendment. lock is set by the
	// app when it asked for it.
	keptMsg struct {
		guide     *guideScreen
		amendment *amendment
		changes   int
		at        time.Time
		err       error
		lock      bool
	}
	finishedMsg struct {
		guide *guideScreen
		entry journal.Entry
		err   error
	}
)

// beginGuide starts a guide afresh, or goes on with what was begun of it, in
// the same version, on the same day. An older draft waits on home: what is
// written today is not of last Thursday.
func beginGuide(s *session, g content.Guide, brief bool) *guideScreen {
	fresh := s.walk(g, brief)
	steps := fresh.toDraft().Steps
	for _, d := range s.journal.Drafts() {
		if d.Of == "" && d.Guide == g.ID && slices.Equal(d.Steps, steps) && dayWords(d.Created, s.now()) == "today" {
			return newGuideScreen(s, resumeWalk(g, d), true)
		}
	}
	return newGuideScreen(s, fresh, false)
}

func newGuideScreen(s *session, w *walk, stored bool) *guideScreen {
	g := &guideScreen{session: s, walk: w, stored: stored, saved: w.changes}
	if w.draft.ID == "" {
		w.draft.ID = journal.NewID()
		w.draft.Created = s.now().UTC().Truncate(time.Second)
	}
	g.field = newField(s, w)
	return g
}

// box asks to be told when the time is over that the guide is meant to take: a
// reflection has an end, and nobody has to watch the clock for it.
func (g *guideScreen) box() tea.Cmd {
	if g.walk.guide.Kind != string(journal.Reflection) {
		return nil
	}
	return tea.Tick(time.Duration(g.walk.guide.Minutes)*time.Minute, func(time.Time) tea.Msg { return boxMsg{g} })
}

// init sets a pause going, and sees to it that what is new will be saved.
func (g *guideScreen) init() tea.Cmd {
	var box tea.Cmd
	if !g.timed {
		g.timed = true
		box = g.box()
	}
	if p, ok := g.field.(*pauseField); ok {
		return tea.Batch(p.tick(), box, g.changed())
	}
	return tea.Batch(box, g.changed())
}

func (g *guideScreen) setSize(width, height int) {
	g.width, g.height = width, height
	g.resize()
}

// resize gives the field what the question leaves.
func (g *guideScreen) resize() {
	g.field.setSize(g.width, max(g.height-1-len(g.head()), leastField)) // a row for the status
}

// leastField is how many rows a field has at the least: in a small window what
// is asked gives way to the answer.
const leastField = 3

func (g *guideScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case saveDueMsg:
		if msg.guide != g {
			return nil
		}
		g.timer = false
		if g.then != stay {
			return nil // it is being kept: a draft now would come back after it
		}
		return g.save()
	case boxMsg:
		g.boxed = g.boxed || msg.guide == g
		return nil
	case keptMsg:
		if msg.guide != g {
			return nil
		}
		return g.kept(msg)
	case finishedMsg:
		if msg.guide != g {
			return nil
		}
		return g.finished(msg)
	case tea.KeyPressMsg:
		return g.key(msg)
	}
	_, cmd := g.field.update(msg)
	return tea.Batch(cmd, g.changed())
}

func (g *guideScreen) key(msg tea.KeyPressMsg) tea.Cmd {
	if g.then != stay {
		return nil // it is being kept; a key now would be lost
	}
	switch {
	case g.asking:
		return g.answer(msg)
	case g.trail:
		g.turnTrail(msg.String())
		return nil
	}
	switch {
	case key.Matches(msg, keys.trail):
		g.collect()
		g.trail, g.scroll = !g.walk.blank(), 0
		return nil
	case key.Matches(msg, keys.leave):
		return g.stop()
	case key.Matches(msg, keys.pauseFor):
		g.collect()
		return tea.Batch(g.save(), push(newPractiseInside(g.session)))
	case key.Matches(msg, keys.why):
		g.why = !g.why && g.reasonWords(g.walk) != ""
		g.resize()
		return nil
	case key.Matches(msg, keys.bringStep) && g.brings():
		g.walk.toggleBring()
		return g.changed()
	}
	if taken, cmd := g.field.update(msg); taken {
		return tea.Batch(cmd, g.changed())
	}
	switch {
	case key.Matches(msg, keys.next), msg.String() == "tab":
		g.collect()
		if !g.walk.next() {
			return g.end()
		}
		return g.show()
	case key.Matches(msg, keys.back):
		g.collect()
		if !g.walk.back() {
			return g.stop()
		}
		return g.show()
	}
	return nil
}

// brings reports whether there is an answer here that could be wanted in
// supervision: a pause has none, and in a brief that is what is asked.
func (g *guideScreen) brings() bool {
	switch g.walk.step().Kind {
	case content.Pause, content.Pick, content.Bring, content.Triangle:
		return false
	}
	return true
}

// offers reports whether a practice is offered here: in a pause, and where a
// lot is with somebody.
func (g *guideScreen) offers() bool {
	return g.walk.step().Kind == content.Pause || g.walk.heavy(g.walk.step())
}

// heavyOffer is what is said there.
const heavyOffer = "ctrl+p a practice · ctrl+g solid ground, and where to turn"

// answer takes whether a guide that asks is kept.
func (g *guideScreen) answer(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keys.keepAll):
		g.asking = false
		return g.keepEntry()
	case key.Matches(msg, keys.letGo):
		g.asking = false
		g.walk.answers = make(map[string]journal.Answer)
		g.stored = true // so that what is on the disk goes too
		return g.drop("It is gone.")
	case key.Matches(msg, keys.back):
		g.asking = false
		g.resize()
	}
	return nil
}

// trailRows are what was written so far, as the journal will show it.
func (g *guideScreen) trailRows() []string {
	return answerRows(g.session, g.walk.toDraft().Entry, g.width)
}

func (g *guideScreen) lastOfTrail() int { return max(len(g.trailRows())-g.height, 0) }

// turnTrail moves the page of what was written, or leaves it.
func (g *guideScreen) turnTrail(k string) {
	at := scrolled(k, g.scroll, g.lastOfTrail(), g.height)
	g.trail = at != g.scroll || slices.Contains([]string{"up", "down", "pgup", "pgdown", "home", "end", "space"}, k)
	g.scroll = at
}

// collect takes what the field holds into the walk.
func (g *guideScreen) collect() {
	for _, a := range g.field.answers() {
		g.walk.set(a)
	}
}

// changed looks whether there is something new, and if so sees to it that it
// will be saved.
func (g *guideScreen) changed() tea.Cmd {
	g.collect()
	if f, ok := g.field.(*textField); ok && !g.round {
		g.round = goesRound(f.editor.value())
	}
	if g.timer || g.saving || !g.unsaved() {
		return nil
	}
	g.timer = true
	return tea.Tick(saveEvery, func(time.Time) tea.Msg { return saveDueMsg{g} })
}

func (g *guideScreen) unsaved() bool {
	return g.walk.changes != g.saved && (g.stored || !g.walk.blank())
}

// save writes the draft as it is now. Only one save runs at a time.
func (g *guideScreen) save() tea.Cmd {
	if g.saving || !g.unsaved() {
		return nil
	}
	g.saving = true
	return g.write()
}

func (g *guideScreen) write() tea.Cmd {
	j, d, changes, now := g.journal, g.walk.toDraft(), g.walk.changes, g.now()
	return func() tea.Msg {
		return keptMsg{guide: g, changes: changes, at: now, err: g.order.set(j, d, changes)}
	}
}

func (g *guideScreen) kept(msg keptMsg) tea.Cmd {
	g.saving = false
	var aside *journal.AsideError
	if msg.err != nil && !errors.As(msg.err, &aside) {
		g.status = Sentence(msg.err)
		g.then = stay
		g.timer = true // and try again, for as long as it takes
		return tea.Tick(10*saveEvery, func(time.Time) tea.Msg { return saveDueMsg{g} })
	}
	g.status = ""
	if aside != nil {
		g.status = Sentence(msg.err)
	}
	g.saved, g.stored, g.at = msg.changes, true, msg.at
	switch {
	case g.then == finish:
		return g.finish()
	case g.then == leave:
		g.then = stay
		return g.stop() // with what was changed in the meantime
	}
	return g.changed()
}

// show draws the step that the walk is at.
func (g *guideScreen) show() tea.Cmd {
	g.why, g.round = false, false
	g.field = newField(g.session, g.walk)
	g.resize()
	save := g.save()
	return tea.Batch(g.init(), save)
}

// stop leaves in the middle. What there is stays as a draft; where there is
// nothing, nothing stays.
func (g *guideScreen) stop() tea.Cmd {
	g.collect()
	switch {
	case g.walk.blank() && g.stored && !g.saving:
		return g.drop("")
	case g.saving || g.unsaved():
		g.then = leave
		return g.save()
	}
	return goHome
}

// drop takes the draft off the disk and leaves.
func (g *guideScreen) drop(said string) tea.Cmd {
	g.then = leave
	j, id, changes := g.journal, g.walk.draft.ID, g.walk.changes
	return func() tea.Msg {
		if err := g.order.drop(j, id); err != nil {
			return keptMsg{guide: g, changes: changes, err: err}
		}
		return homeMsg{said: said}
	}
}

// end keeps the entry after the last step. A blank check-in is kept, since
// having stopped for a moment is something; an empty page or letter is nothing.
func (g *guideScreen) end() tea.Cmd {
	if g.walk.blank() && (g.walk.of() || g.walk.guide.Ask || g.walk.guide.Kind == string(journal.Note)) {
		return g.stop()
	}
	if g.walk.guide.Ask && !g.walk.blank() {
		g.asking = true
		g.resize()
		return nil
	}
	return g.keepEntry()
}

// keepEntry keeps the entry, after a look at what could identify somebody.
func (g *guideScreen) keepEntry() tea.Cmd {
	if look := g.look(); look != nil {
		g.then = nudging
		return tea.Batch(g.save(), replace(look))
	}
	return g.keepSeen()
}

// keepSeen keeps the entry as it is.
func (g *guideScreen) keepSeen() tea.Cmd {
	g.then = finish
	if g.saving {
		return nil // kept goes on
	}
	return g.finish()
}

func (g *guideScreen) finish() tea.Cmd {
	j, d := g.journal, g.walk.toDraft()
	return func() tea.Msg {
		e, err := j.Keep(d)
		return finishedMsg{guide: g, entry: e, err: err}
	}
}

func (g *guideScreen) finished(msg finishedMsg) tea.Cmd {
	var aside *journal.AsideError
	if msg.err != nil && !errors.As(msg.err, &aside) {
		g.then = stay
		g.status = Sentence(msg.err)
		return g.changed()
	}
	g.saved = g.walk.changes
	notice := ""
	if aside != nil {
		notice = Sentence(msg.err)
	}
	if g.walk.of() && notice == "" {
		return pop // to the entry, as it is now
	}
	return replace(newDone(g.session, g.walk, msg.entry, notice))
}

// keep implements [keeper].
func (g *guideScreen) keep() tea.Cmd {
	g.collect()
	if g.then == finish && !g.saving {
		return nil
	}
	if g.then = stay; !g.unsaved() {
		return nil
	}
	g.saving = true
	return g.write()
}

// keepNow implements [keeper].
func (g *guideScreen) keepNow() error {
	g.collect()
	if !g.unsaved() {
		return nil
	}
	return g.order.set(g.journal, g.walk.toDraft(), g.walk.changes)
}

// head is the question and what belongs to it, and a space. The note and the
// space are left out where the field needs their rows.
func (g *guideScreen) head() []string {
	st, step := g.styles, g.walk.step()
	set := func(s string, style lipgloss.Style) []string {
		if s == "" {
			return nil
		}
		return strings.Split(style.Render(wrap(s, g.width)), "\n")
	}
	rows, note, why := set(step.Prompt, st.strong), set(step.Note, st.muted), []string(nil)
	if g.why {
		why = append([]string{""}, set(g.reasonWords(g.walk), st.ink)...)
	}
	if g.why && len(rows)+len(why) > g.height-1 {
		rows, why = nil, why[1:] // it is asked for, and the question comes back
	}
	room := g.height - 1 - leastField
	if len(rows)+len(note)+len(why) < room {
		rows = append(rows, note...)
	}
	rows = append(rows, why...)
	if len(rows) < room {
		rows = append(rows, "")
	}
	return rows
}

func (g *guideScreen) view() string {
	status := g.statusRows()
	room := g.height - len(status)
	if g.trail {
		return pageOf(g.trailRows(), g.scroll, g.height, g.styles)
	}
	if g.asking {
		rows := strings.Split(g.styles.strong.Render(wrap(askToKeep, g.width)), "\n")
		return clip(strings.Join(rows, "\n"), g.height)
	}
	rows := append(g.head(), strings.Split(g.field.view(), "\n")...)
	rows = rows[g.above(len(rows), room):]
	for len(rows) < room {
		rows = append(rows, "")
	}
	return strings.Join(append(rows[:room], status...), "\n")
}

// askToKeep is asked at the end of a guide that asks.
const askToKeep = "Would you like to keep this in the journal, or let it go? What is let go is gone."

// above is how many of the rows are hidden above the window when they are more
// than there is room for: it shows as much below the cursor as it can, except
// while the reason is to be read.
func (g *guideScreen) above(rows, room int) int {
	if rows <= room || g.why {
		return 0
	}
	_, y, _ := g.field.cursor()
	return min(rows-room, len(g.head())+y)
}

// statusRows make the promise visible: what was written is on the disk.
func (g *guideScreen) statusRows() []string {
	switch {
	case g.status != "":
		rows := strings.Split(g.styles.attention.Render(wrap(g.status, g.width)), "\n")
		return rows[:min(len(rows), max(g.height-leastField, 1))]
	}
	state := ""
	switch {
	case g.unsaved():
		state = "keeping …"
	case g.stored && !g.at.IsZero():
		state = "kept " + g.at.Local().Format("15:04")
	}
	if g.brings() && g.walk.brought() {
		state = strings.TrimPrefix(state+" · "+forSupervision, " · ")
	}
	hint := g.hint()
	if hint == "" || g.height < 12 {
		return []string{g.styles.muted.Render(cmp.Or(state, hint))}
	}
	return strings.Split(g.styles.muted.Render(wrap(hint, g.width)+"\n"+state), "\n")
}

// forSupervision is said of an answer that is marked.
const forSupervision = "for supervision"

// hint is a quiet offer for where somebody is.
func (g *guideScreen) hint() string {
	switch {
	case g.walk.heavy(g.walk.step()):
		return heavyOffer
	case g.round:
		return stepBack
	case g.boxed:
		return fmt.Sprintf("%d minutes now. Stopping here is fine, and so is going on.", g.walk.guide.Minutes)
	}
	return ""
}

func (g *guideScreen) cursor() (x, y int, ok bool) {
	if g.asking || g.trail {
		return 0, 0, true
	}
	x, y, ok = g.field.cursor()
	head, room := len(g.head()), g.height-len(g.statusRows())
	y += head - g.above(head+strings.Count(g.field.view(), "\n")+1, room)
	return x, y, ok && y < room
}

func (g *guideScreen) title() (place, aside string) {
	n, of := g.walk.place()
	return g.walk.name() + placeMark + g.walk.step().Short, fmt.Sprintf("%d of %d", n, of)
}

func (g *guideScreen) typing() bool { return !g.asking && !g.trail && g.field.typing() }

func (g *guideScreen) help() []key.Binding {
	if g.asking {
		return []key.Binding{keys.keepAll, keys.letGo, keys.back}
	}
	if g.trail {
		return append([]key.Binding{bind("esc", "back to it")}, scrollKeys(g.scroll, g.lastOfTrail())...)
	}
	out := append(g.field.help(), keys.leave)
	if next := out[0].Help(); g.walk.last() && !g.walk.guide.Ask && next.Desc == keys.next.Help().Desc {
		out[0].SetHelp(next.Key, "keep it")
	}
	if g.reasonWords(g.walk) != "" {
		out = append(out, keys.why)
	}
	if g.brings() {
		out = append(out, keys.bringStep)
	}
	if !g.walk.blank() {
		out = append(out, keys.trail)
	}
	if g.offers() {
		out = append(out, keys.pauseFor)
	}
	return out
}

// A draftOrder writes the saves of one draft in their order: a timed one may
// still wait for the journal when a later one, of a lock or of the end, is
// written.
type draftOrder struct {
	mu   sync.Mutex
	last int
}

// drop takes a draft away, and sees to it that none is stored after it.
func (o *draftOrder) drop(j *journal.Journal, id string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	err := j.DropDraft(id)
	if err == nil {
		o.last = math.MaxInt
	}
	return err
}

// set stores a draft unless a later one is stored already.
func (o *draftOrder) set(j *journal.Journal, d journal.Draft, changes int) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if changes < o.last {
		return nil
	}
	_, err := j.SetDraft(d)
	if err == nil {
		o.last = changes
	}
	return err
}
