package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"goodenough/content"
	"goodenough/journal"
)

// A parkField takes unfinished things, each with when it will next be touched,
// so that they can be left here. It is a list of what there is, and two lines
// to write on: the thing, and the time.
type parkField struct {
	*session
	step   content.Step
	items  []journal.Item
	thing  lineInput
	when   lineInput
	onWhen bool
	pick   int    // the quick pick last taken; -1: none
	typed  string // what stood on the line before a pick
	width  int
	height int
}

func newParkField(s *session, step content.Step, a journal.Answer) *parkField {
	f := &parkField{session: s, step: step, items: append([]journal.Item(nil), a.Items...), pick: -1}
	f.thing = newLineInput(s, "Something unfinished (a few words):", "")
	f.when = newLineInput(s, "When you will next touch it:", "")
	return f
}

func (f *parkField) setSize(width, height int) {
	f.width, f.height = width, height
	f.thing.setWidth(width)
	f.when.setWidth(width)
}

func (f *parkField) update(msg tea.Msg) (bool, tea.Cmd) {
	k := pressed(msg)
	if !f.onWhen {
		switch {
		case k == "enter" && f.thing.text() != "":
			f.onWhen = true
			return true, nil
		case k == "enter":
			return false, nil
		case k == "backspace" && f.thing.editor.empty() && len(f.items) > 0:
			f.reopen()
			return true, nil
		}
		return f.thing.editor.update(msg), nil
	}
	switch k {
	case "enter":
		f.add()
	case "down":
		f.takePick(1)
	case "up":
		f.takePick(-1)
	case "esc":
		f.onWhen = false
	default:
		f.pick = -1
		return f.when.editor.update(msg), nil
	}
	return true, nil
}

// add moves what was written to the list.
func (f *parkField) add() {
	if f.thing.text() != "" {
		f.items = append(f.items, journal.Item{Text: f.thing.text(), When: f.when.text()})
	}
	f.thing.editor.setValue("")
	f.when.editor.setValue("")
	f.onWhen, f.pick = false, -1
}

// reopen takes the last thing of the list back to be written on.
func (f *parkField) reopen() {
	last := f.items[len(f.items)-1]
	f.items = f.items[:len(f.items)-1]
	f.thing.editor.setValue(last.Text)
	f.when.editor.setValue(last.When)
}

// takePick writes the next of the quick picks on the line. What was typed
// there is one of them.
func (f *parkField) takePick(by int) {
	if f.pick < 0 {
		f.typed = f.when.editor.value()
	}
	n := len(f.step.Whens) + 1
	f.pick = (f.pick+1+by+n)%n - 1
	if f.pick < 0 {
		f.when.editor.setValue(f.typed)
	} else {
		f.when.editor.setValue(f.step.Whens[f.pick])
	}
}

func (f *parkField) view() string { return strings.Join(f.rows(), "\n") }

func (f *parkField) rows() []string {
	st := f.styles
	entry := []string{}
	add := func(s string) { entry = append(entry, strings.Split(s, "\n")...) }
	add(f.thing.view(st, !f.onWhen))
	if f.onWhen {
		add(f.when.view(st, true))
		if len(f.step.Whens) > 0 {
			add(st.muted.Render(ansi.Truncate("↓ "+strings.Join(f.step.Whens, " · "), f.width, "…")))
		}
	}
	var list []string
	for _, it := range f.items {
		list = append(list, st.ink.Render(ansi.Truncate("· "+itemText(it), f.width, "…")))
	}
	if len(list) > 0 {
		list, _ = scrollTo(list, len(list)-1, max(f.height-len(entry)-1, 1), st.muted)
		list = append(list, "")
	}
	return append(list, entry...)
}

// itemText is one parked thing as it is read.
func itemText(it journal.Item) string {
	if it.When == "" {
		return it.Text
	}
	return it.Text + " – " + it.When
}

func (f *parkField) cursor() (x, y int, ok bool) {
	rows := len(f.rows())
	if !f.onWhen {
		x, _ = f.thing.cursor()
		return x, rows - 1, true
	}
	x, _ = f.when.cursor()
	if len(f.step.Whens) > 0 {
		rows--
	}
	return x, rows - 1, true
}

func (f *parkField) typing() bool { return true }

func (f *parkField) help() []key.Binding {
	switch {
	case f.onWhen:
		out := []key.Binding{bind("enter", "park it"), bind("esc", "back")}
		if len(f.step.Whens) > 0 {
			out = append(out, bind("↓", "a time"))
		}
		return out
	case f.thing.text() != "":
		return []key.Binding{bind("enter", "and when?"), bind("tab", "next"), keys.back}
	}
	return []key.Binding{keys.next, keys.back}
}

// answers includes what is still on the lines: it was written, so it is kept.
func (f *parkField) answers() []journal.Answer {
	items := f.items
	if f.thing.text() != "" {
		items = append(items[:len(items):len(items)], journal.Item{Text: f.thing.text(), When: f.when.text()})
	}
	return []journal.Answer{{Step: f.step.ID, Prompt: f.step.Prompt, Items: items}}
}
