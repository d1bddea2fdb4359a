package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// An ownGuideScreen is where a person writes a guide: its name and its
// questions, a line each. What is typed is in the settings at once, and on the
// disk within two seconds.
type ownGuideScreen struct {
	*session
	guide   ownGuide
	line    int  // 0: the name; then the questions; then one more
	writing bool // the line is being written on; otherwise the lines are a list
	adding  bool // and the next one follows it
	editor  editor
	asking  bool // whether to take out what the line holds
	width   int
	height  int

	typed   bool      // something that no save has taken up yet
	asked   int       // the last save, as the session counts them
	stored  int       // the last one that is on the disk
	at      time.Time // when that was
	timer   bool      // a save is due
	leaving bool      // once all is on the disk
	status  string    // what went wrong with a save
}

// ownDueMsg says that what was typed has waited long enough for the disk.
type ownDueMsg struct{ screen *ownGuideScreen }

func newOwnGuideScreen(s *session, g ownGuide) *ownGuideScreen {
	o := &ownGuideScreen{session: s, guide: g, editor: s.newEditor(false)}
	if g.blank() {
		o.write(0, true)
	}
	return o
}

func (o *ownGuideScreen) init() tea.Cmd { return nil }

func (o *ownGuideScreen) setSize(width, height int) {
	o.width, o.height = width, height
	o.editor.setSize(width, max(leastField, height/4))
}

// write opens a line; with adding the next one follows it.
func (o *ownGuideScreen) write(line int, adding bool) {
	o.line, o.writing, o.adding = line, true, adding
	o.editor = o.newEditor(false)
	o.editor.setValue(o.text())
	o.setSize(o.width, o.height)
}

// text is what the line holds.
func (o *ownGuideScreen) text() string {
	switch {
	case o.line == 0:
		return o.guide.Name
	case o.line <= len(o.guide.Questions):
		return o.guide.Questions[o.line-1].Text
	}
	return ""
}

// take moves what was typed into the guide.
func (o *ownGuideScreen) take() tea.Cmd {
	text := strings.Join(strings.Fields(o.editor.value()), " ")
	if text == o.text() {
		return nil
	}
	switch {
	case o.line == 0:
		o.guide.Name = text
	case o.line <= len(o.guide.Questions):
		o.guide.Questions[o.line-1].Text = text
	default:
		o.guide.Questions = append(o.guide.Questions, ownQuestion{ID: journal.NewID(), Text: text})
	}
	return o.changed()
}

// changed takes the guide into the settings, and sees to it that they are saved.
func (o *ownGuideScreen) changed() tea.Cmd {
	o.setOwnGuide(o.guide)
	o.typed = true
	if o.timer {
		return nil
	}
	return o.due(saveEvery)
}

func (o *ownGuideScreen) due(after time.Duration) tea.Cmd {
	o.timer = true
	return tea.Tick(after, func(time.Time) tea.Msg { return ownDueMsg{o} })
}

func (o *ownGuideScreen) unsaved() bool { return o.typed || o.stored < o.asked }

// save stores the settings as they are now, if there is something new in them.
func (o *ownGuideScreen) save() tea.Cmd {
	if !o.typed {
		return nil
	}
	return o.store()
}

// store saves the settings. Any later save of them has all that is in this one.
func (o *ownGuideScreen) store() tea.Cmd {
	o.typed = false
	save := o.saveSettings()
	o.asked = o.saves.changes
	return save
}

func (o *ownGuideScreen) kept(msg settingsSavedMsg) tea.Cmd {
	o.status = Sentence(msg.err)
	var aside *journal.AsideError
	if msg.err != nil && !errors.As(msg.err, &aside) {
		o.typed, o.leaving = true, false
		return o.due(10 * saveEvery) // and again, for as long as it takes
	}
	o.stored, o.at = max(o.stored, msg.changes), msg.at
	if o.leaving {
		return o.leave()
	}
	return nil
}

// leave goes back once everything is on the disk.
func (o *ownGuideScreen) leave() tea.Cmd {
	o.leaving = true
	if !o.unsaved() {
		return o.pop()
	}
	return o.save()
}

// keep implements [keeper]. A save that is under way counts for nothing: the
// journal may be closed before it comes to it.
func (o *ownGuideScreen) keep() tea.Cmd {
	o.leaving = false
	if !o.unsaved() {
		return nil
	}
	return o.store()
}

// keepNow implements [keeper].
func (o *ownGuideScreen) keepNow() error {
	if !o.unsaved() {
		return nil
	}
	saved, _ := o.saveSettings()().(settingsSavedMsg)
	return saved.err
}

func (o *ownGuideScreen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ownDueMsg:
		if msg.screen != o {
			return nil
		}
		o.timer = false
		return o.save()
	case settingsSavedMsg:
		return o.kept(msg)
	case tea.KeyPressMsg:
		return o.key(msg)
	case tea.PasteMsg:
		if o.writing && !o.leaving {
			o.editor.update(msg)
			return o.take()
		}
	}
	return nil
}

func (o *ownGuideScreen) key(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case o.leaving:
		return nil // a key now would be lost
	case o.asking:
		o.asking = false
		if key.Matches(msg, keys.yes) {
			return o.takeOut()
		}
		return nil
	case o.writing:
		return o.writeKey(msg)
	}
	last := len(o.guide.Questions) + 1
	switch k := msg.String(); k {
	case "enter":
		o.write(o.line, o.line == last)
	case "left":
		return o.move(-1)
	case "right":
		return o.move(1)
	case "x":
		o.asking = o.line < last
	case "esc", "shift+tab":
		return o.leave()
	case "q":
		return quit
	default:
		o.line = scrolled(k, o.line, last, o.height)
	}
	return nil
}

func (o *ownGuideScreen) writeKey(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "enter", "tab":
		if o.adding && (o.line == 0 || o.text() != "") {
			o.write(len(o.guide.Questions)+1, true)
			return o.save()
		}
		return o.stop()
	case "esc", "shift+tab":
		return o.stop()
	}
	o.editor.update(msg)
	return o.take()
}

// stop goes back to the list of lines.
func (o *ownGuideScreen) stop() tea.Cmd {
	o.writing, o.guide = false, o.guide.whole()
	if o.guide.blank() {
		return o.leave()
	}
	return o.save()
}

// takeOut removes a question, or the guide.
func (o *ownGuideScreen) takeOut() tea.Cmd {
	if o.line == 0 {
		o.guide = ownGuide{ID: o.guide.ID}
		return tea.Batch(o.changed(), o.leave())
	}
	o.guide.Questions = slices.Delete(o.guide.Questions, o.line-1, o.line)
	return tea.Batch(o.changed(), o.save())
}

// move takes a question one place earlier or later.
func (o *ownGuideScreen) move(by int) tea.Cmd {
	from, to := o.line-1, o.line-1+by
	if n := len(o.guide.Questions); from < 0 || from >= n || to < 0 || to >= n {
		return nil
	}
	q := o.guide.Questions
	q[from], q[to] = q[to], q[from]
	o.line += by
	return tea.Batch(o.changed(), o.save())
}

// lines are the name, the questions, and room for one more.
func (o *ownGuideScreen) lines() []string {
	st := o.styles
	row := func(i int, label, text string) string {
		mark, style := st.pointed(i == o.line && !o.writing)
		return ansi.Truncate(mark+st.muted.Render(label)+style.Render(text), o.width, "…")
	}
	rows := []string{row(0, "Its name  ", o.guide.title())}
	for i, q := range o.guide.Questions {
		rows = append(rows, row(i+1, fmt.Sprintf("%2d  ", i+1), q.Text))
	}
	return append(rows, row(len(rows), "", "Add a question"))
}

// What is asked before something is taken out.
const (
	removeGuide    = "Remove this guide? What was written with it stays, and can be read."
	removeQuestion = "Take this question out? Answers to it stay as they are."
)

// What is asked for a line, and the quiet words under it.
const (
	askName      = "What would you call it?"
	askNameNote  = "A few words. It is sealed like everything else here."
	askFirstNote = "One question a line, as you would ask a good colleague. Enter on an empty line ends it."
)

// entry is the line that is being written on, under what is asked for, with a
// note where there is room for it.
func (o *ownGuideScreen) entry(room int) []string {
	ask, note := askName, askNameNote
	if o.line > 0 {
		ask, note = fmt.Sprintf("Question %d", o.line), ""
	}
	if o.line == 1 && o.adding {
		note = askFirstNote
	}
	rows := wrapped(o.styles.strong, ask, o.width)
	text := strings.Split(o.editor.view(), "\n")
	if quiet := wrapped(o.styles.muted, note, o.width); note != "" && len(rows)+len(quiet)+1+len(text) < room {
		rows = append(append(rows, quiet...), "")
	}
	return append(rows, text...)
}

// page is what is shown, and where the cursor is.
func (o *ownGuideScreen) page() (page []string, x, y int) {
	status := o.statusRows()
	room := o.height - len(status)
	if o.writing {
		page, x, y = o.writingPage(room)
	} else {
		page, y = o.listPage(room)
	}
	for len(page) < room {
		page = append(page, "")
	}
	return append(page[:room], status...), x, y
}

func (o *ownGuideScreen) writingPage(room int) (page []string, x, y int) {
	entry := o.entry(room)
	others := o.lines()
	others = others[:len(others)-1]
	if o.line < len(others) {
		others = slices.Delete(others, o.line, o.line+1)
	}
	if space := room - len(entry) - 1; space > 0 && len(others) > 0 {
		page, _ = scrollTo(others, min(o.line, len(others)-1), space, o.styles.muted)
		page = append(page, "")
	}
	x, y = o.editor.cursor()
	y += len(page) + len(entry) - strings.Count(o.editor.view(), "\n") - 1
	return append(page, entry...), x, y
}

func (o *ownGuideScreen) listPage(room int) (page []string, y int) {
	if o.asking {
		ask := removeQuestion
		if o.line == 0 {
			ask = removeGuide
		}
		page = append(wrapped(o.styles.attention, ask+"  y yes   n no", o.width), "")
		page = page[:min(len(page), max(room-1, 0))]
	}
	rows, above := scrollTo(o.lines(), o.line, room-len(page), o.styles.muted)
	return append(page, rows...), len(page) + o.line - above
}

// statusRows say that what was typed is on the disk, or why not.
func (o *ownGuideScreen) statusRows() []string {
	switch {
	case o.status != "":
		rows := wrapped(o.styles.attention, o.status, o.width)
		return rows[:min(len(rows), max(o.height-leastField-1, 1))]
	case o.unsaved():
		return []string{o.styles.muted.Render("keeping …")}
	case !o.at.IsZero():
		return []string{o.styles.muted.Render("kept " + o.at.Local().Format("15:04"))}
	}
	return []string{""}
}

func (o *ownGuideScreen) view() string {
	page, _, _ := o.page()
	return strings.Join(page, "\n")
}

func (o *ownGuideScreen) cursor() (x, y int, ok bool) {
	_, x, y = o.page()
	return x, y, y < o.height
}

func (o *ownGuideScreen) title() (place, aside string) {
	n := len(o.guide.Questions)
	if n > 0 {
		aside = fmt.Sprintf("%d %s", n, plural(n, "question", "questions"))
	}
	return "Reflect" + placeMark + o.guide.title(), aside
}

func (o *ownGuideScreen) typing() bool { return o.writing }

func (o *ownGuideScreen) help() []key.Binding {
	switch {
	case o.asking:
		return []key.Binding{keys.yes, keys.no}
	case o.writing && o.adding && (o.line == 0 || o.text() != ""):
		return []key.Binding{bind("enter", "next"), bind("esc", "that is all")}
	case o.writing:
		return []key.Binding{bind("enter", "that is all"), bind("esc", "its questions")}
	case o.line > len(o.guide.Questions):
		return []key.Binding{bind("enter", "write one"), bind("esc", "done"), bind("↑ ↓", "move"), keys.quit}
	}
	out := []key.Binding{bind("enter", "change"), bind("esc", "done"), bind("↑ ↓", "move"), bind("x", "take out")}
	if o.line > 0 && len(o.guide.Questions) > 1 {
		out = append(out, bind("← →", "earlier, later"))
	}
	return append(out, keys.quit)
}
