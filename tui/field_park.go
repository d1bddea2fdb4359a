package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"goodenough/content"
	"goodenough/journal"
)

// A parkField takes unfinished things, each with when it will next be touched,
// so that they can be left here, and what was agreed, also with who will do it.
// It is a list of what there is, and the lines to write on.
type parkField struct {
	*session
	step   content.Step
	items  []journal.Item
	thing  lineInput
	who    lineInput
	when   lineInput
	onWho  bool
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
	if f.asksWho() {
		f.thing.label, f.when.label = "Something that was agreed (a few words):", "By when:"
	}
	f.who = newLineInput(s, "Who will do it:", "")
	return f
}

// asksWho reports whether the step asks who will do a thing.
func (f *parkField) asksWho() bool { return len(f.step.Whos) > 0 }

// beside is the line about a thing that is written on, and its quick picks.
func (f *parkField) beside() (line *lineInput, picks []string) {
	if f.onWho {
		return &f.who, f.step.Whos
	}
	return &f.when, f.step.Whens
}

func (f *parkField) setSize(width, height int) {
	f.width, f.height = width, height
	f.thing.setWidth(width)
	f.who.setWidth(width)
	f.when.setWidth(width)
}

func (f *parkField) update(msg tea.Msg) (bool, tea.Cmd) {
	k := pressed(msg)
	if !f.onWhen && !f.onWho {
		switch {
		case k == "enter" && f.thing.text() != "":
			f.onWho = f.asksWho()
			f.onWhen = !f.onWho
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
		if f.onWho {
			f.onWho, f.onWhen, f.pick = false, true, -1
			return true, nil
		}
		f.add()
	case "down":
		f.takePick(1)
	case "up":
		f.takePick(-1)
	case "esc":
		f.onWho, f.onWhen, f.pick = f.onWhen && f.asksWho(), false, -1
	default:
		f.pick = -1
		line, _ := f.beside()
		return line.editor.update(msg), nil
	}
	return true, nil
}

// add moves what was written to the list.
func (f *parkField) add() {
	if f.thing.text() != "" {
		f.items = append(f.items, f.written())
	}
	f.thing.editor.setValue("")
	f.who.editor.setValue("")
	f.when.editor.setValue("")
	f.onWhen, f.pick = false, -1
}

// written is what stands on the lines.
func (f *parkField) written() journal.Item {
	return journal.Item{Text: f.thing.text(), Who: f.who.text(), When: f.when.text()}
}

// reopen takes the last thing of the list back to be written on.
func (f *parkField) reopen() {
	last := f.items[len(f.items)-1]
	f.items = f.items[:len(f.items)-1]
	f.thing.editor.setValue(last.Text)
	f.who.editor.setValue(last.Who)
	f.when.editor.setValue(last.When)
}

// takePick writes the next of the quick picks on the line. What was typed
// there is one of them.
func (f *parkField) takePick(by int) {
	line, picks := f.beside()
	if f.pick < 0 {
		f.typed = line.editor.value()
	}
	n := len(picks) + 1
	f.pick = (f.pick+1+by+n)%n - 1
	if f.pick < 0 {
		line.editor.setValue(f.typed)
	} else {
		line.editor.setValue(picks[f.pick])
	}
}

func (f *parkField) view() string { return strings.Join(f.rows(), "\n") }

func (f *parkField) rows() []string {
	st := f.styles
	entry := []string{}
	add := func(s string) { entry = append(entry, strings.Split(s, "\n")...) }
	add(f.thing.view(st, !f.onWho && !f.onWhen))
	if f.onWho || f.onWhen {
		line, picks := f.beside()
		add(line.view(st, true))
		if len(picks) > 0 {
			add(st.muted.Render(ansi.Truncate("↓ "+strings.Join(picks, " · "), f.width, "…")))
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
	about := slices.DeleteFunc([]string{it.Who, it.When}, func(s string) bool { return s == "" })
	if it.Done {
		about = append(about, "done")
	}
	if len(about) == 0 {
		return it.Text
	}
	return it.Text + " – " + strings.Join(about, ", ")
}

func (f *parkField) cursor() (x, y int, ok bool) {
	rows := len(f.rows())
	if !f.onWho && !f.onWhen {
		x, _ = f.thing.cursor()
		return x, rows - 1, true
	}
	line, picks := f.beside()
	x, _ = line.cursor()
	if len(picks) > 0 {
		rows--
	}
	return x, rows - 1, true
}

func (f *parkField) typing() bool { return true }

func (f *parkField) help() []key.Binding {
	next := bind("enter", "and when?")
	if f.asksWho() {
		next = bind("enter", "and who?")
	}
	switch {
	case f.onWho:
		return []key.Binding{bind("enter", "and when?"), bind("↓", "somebody"), bind("esc", "back")}
	case f.onWhen:
		out := []key.Binding{bind("enter", "park it"), bind("esc", "back")}
		if f.asksWho() {
			out[0].SetHelp("enter", "note it")
		}
		if len(f.step.Whens) > 0 {
			out = append(out, bind("↓", "a time"))
		}
		return out
	case f.thing.text() != "":
		return []key.Binding{next, bind("tab", "next"), keys.back}
	}
	return []key.Binding{keys.next, keys.back}
}

// answers includes what is still on the lines: it was written, so it is kept.
func (f *parkField) answers() []journal.Answer {
	items := f.items
	if f.thing.text() != "" {
		items = append(items[:len(items):len(items)], f.written())
	}
	return []journal.Answer{{Step: f.step.ID, Prompt: f.step.Prompt, Items: items}}
}
