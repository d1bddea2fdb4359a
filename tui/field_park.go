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
	step    content.Step
	items   []journal.Item // never changed in place: the walk holds it too
	listed  int            // the one in focus; -1: the lines are
	changed int            // the one that is on the lines to be changed; -1: none
	gone    []parkedItem   // what was removed, the last one last
	removed bool           // just now
	thing   lineInput
	who     lineInput
	when    lineInput
	onWho   bool
	onWhen  bool
	pick    int    // the quick pick last taken; -1: none
	typed   string // what stood on the line before a pick
	width   int
	height  int
}

// A parkedItem is a thing and where it stood in the list.
type parkedItem struct {
	item journal.Item
	at   int
}

func newParkField(s *session, step content.Step, a journal.Answer) *parkField {
	f := &parkField{session: s, step: step, items: slices.Clone(a.Items), listed: -1, changed: -1, pick: -1}
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
	f.removed = f.removed && k == ""
	switch {
	case f.listed >= 0:
		return f.updateList(msg), nil
	case !f.onWhen && !f.onWho:
		return f.updateThing(msg), nil
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

// updateThing takes a key on the first of the lines.
func (f *parkField) updateThing(msg tea.Msg) bool {
	empty := f.thing.text() == ""
	switch k := pressed(msg); {
	case k == "enter" && !empty:
		f.onWho = f.asksWho()
		f.onWhen = !f.onWho
	case k == "enter" && f.changed >= 0:
		f.remove(f.changed)
	case k == "esc" && f.changed >= 0:
		f.clear()
	case k == "up" && len(f.items) > 0:
		f.listed = len(f.items) - 1
	case k == "backspace" && f.thing.editor.empty() && f.changed < 0 && len(f.items) > 0:
		f.open(len(f.items) - 1)
	case k == "ctrl+z" && empty && len(f.gone) > 0:
		f.restore()
	case k == "enter":
		return false
	default:
		return f.thing.editor.update(msg)
	}
	return true
}

// updateList takes a key on a thing of the list.
func (f *parkField) updateList(msg tea.Msg) bool {
	switch k := pressed(msg); k {
	case "up":
		f.listed = max(f.listed-1, 0)
	case "down":
		if f.listed++; f.listed == len(f.items) {
			f.listed = -1
		}
	case "enter":
		at := f.listed
		f.add() // what stands on the lines was written, so it is kept
		f.open(at)
	case "backspace", "delete":
		f.remove(f.listed)
	case "ctrl+z":
		f.restore()
	case "esc":
		f.listed = -1
	default:
		if startsText(msg) {
			f.listed = -1
			return f.thing.editor.update(msg)
		}
		return false
	}
	return true
}

// add moves what was written to the list, to where it was.
func (f *parkField) add() {
	if f.thing.text() != "" {
		f.items = f.all()
	}
	f.clear()
}

// clear leaves the lines empty, and the list as it is.
func (f *parkField) clear() {
	f.thing.editor.setValue("")
	f.who.editor.setValue("")
	f.when.editor.setValue("")
	f.onWho, f.onWhen, f.pick, f.changed = false, false, -1, -1
}

// remove takes a thing off the list. One that is open goes with what stands on
// the lines.
func (f *parkField) remove(at int) {
	it := f.items[at]
	switch {
	case at == f.changed:
		if f.thing.text() != "" {
			it = f.written()
		}
		f.clear()
	case at < f.changed:
		f.changed--
	}
	f.gone = append(f.gone, parkedItem{it, at})
	f.items = slices.Delete(slices.Clone(f.items), at, at+1)
	f.listed = min(f.listed, len(f.items)-1)
	f.removed = true
}

// restore brings back what was removed last.
func (f *parkField) restore() {
	if len(f.gone) == 0 {
		return
	}
	last := f.gone[len(f.gone)-1]
	f.gone = f.gone[:len(f.gone)-1]
	f.listed = min(last.at, len(f.items))
	f.items = slices.Insert(slices.Clone(f.items), f.listed, last.item)
	if f.listed <= f.changed {
		f.changed++
	}
}

// all are the things of the list, with what is on the lines in its place.
func (f *parkField) all() []journal.Item {
	switch {
	case f.changed >= 0 && f.thing.text() == "":
		return slices.Delete(slices.Clone(f.items), f.changed, f.changed+1)
	case f.changed >= 0:
		items := slices.Clone(f.items)
		items[f.changed] = f.written()
		return items
	case f.thing.text() != "":
		return append(slices.Clone(f.items), f.written())
	}
	return f.items
}

// halfTyped reports whether there is something on the lines, and the first is
// written on.
func (f *parkField) halfTyped() bool {
	return f.thing.text() != "" && f.listed < 0 && !f.onWho && !f.onWhen
}

// written is what stands on the lines.
func (f *parkField) written() journal.Item {
	it := journal.Item{Text: f.thing.text(), Who: f.who.text(), When: f.when.text()}
	if f.changed >= 0 {
		it.Done = f.items[f.changed].Done
	}
	return it
}

// open takes a thing of the list to the lines, to be changed.
func (f *parkField) open(at int) {
	it := f.items[at]
	f.listed, f.changed = -1, at
	f.thing.editor.setValue(it.Text)
	f.who.editor.setValue(it.Who)
	f.when.editor.setValue(it.When)
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

func (f *parkField) view() string {
	rows, _ := f.rows()
	return strings.Join(rows, "\n")
}

// rows are the list and the lines; at says where the thing in focus starts.
func (f *parkField) rows() (rows []string, at int) {
	st := f.styles
	entry := []string{}
	add := func(s string) { entry = append(entry, strings.Split(s, "\n")...) }
	if f.removed {
		add(st.muted.Render(wrap("Removed. ctrl+z brings it back.", f.width)))
	}
	add(f.thing.view(st, f.listed < 0 && !f.onWho && !f.onWhen))
	if f.onWho || f.onWhen {
		line, picks := f.beside()
		add(line.view(st, true))
		if len(picks) > 0 {
			add(st.muted.Render(ansi.Truncate("↓ "+strings.Join(picks, " · "), f.width, "…")))
		}
	}
	if len(f.items) == 0 {
		return entry, 0
	}
	focused := len(f.items) - 1
	if f.listed >= 0 || f.changed >= 0 {
		focused = max(f.listed, f.changed)
	}
	list, at := scrollWhole(f.list(), focused, max(f.height-len(entry)-1, 1), st.muted)
	return slices.Concat(list, []string{""}, entry), at
}

// list are the things of the list, each with its rows.
func (f *parkField) list() [][]string {
	var list [][]string
	for i, it := range f.items {
		mark, style := "· ", f.styles.ink
		if i == f.listed || i == f.changed {
			mark, style = "› ", f.styles.selected
		}
		rows := strings.Split(wrap(printable(itemText(it)), f.width-len("> ")), "\n")
		for n, row := range rows {
			rows[n] = style.Render(mark + row)
			mark = "  "
		}
		list = append(list, rows)
	}
	return list
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
	all, at := f.rows()
	rows := len(all)
	if f.listed >= 0 {
		return 0, at, true
	}
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

func (f *parkField) typing() bool { return f.listed < 0 }

func (f *parkField) help() []key.Binding {
	next := bind("enter", "and when?")
	if f.asksWho() {
		next = bind("enter", "and who?")
	}
	switch {
	case f.listed >= 0:
		return f.listHelp()
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
	case f.changed >= 0:
		out := []key.Binding{next, bind("esc", "as it was")}
		if f.thing.text() == "" {
			out[0].SetHelp("enter", "remove it")
		}
		return out
	case f.thing.text() != "":
		return append([]key.Binding{next, bind("tab", "next"), keys.back}, f.toList()...)
	}
	return append(append([]key.Binding{keys.next}, f.toList()...), keys.back)
}

// toList are the keys that go from the lines to the list.
func (f *parkField) toList() []key.Binding {
	var out []key.Binding
	if len(f.items) > 0 {
		out = append(out, bind("↑", "above"))
	}
	if len(f.gone) > 0 && f.thing.text() == "" {
		out = append(out, bind("ctrl+z", "bring back what was removed"))
	}
	return out
}

func (f *parkField) listHelp() []key.Binding {
	out := []key.Binding{bind("enter", "change"), bind("del", "remove"), bind("↑ ↓", "move"), bind("esc", "back")}
	if len(f.gone) > 0 {
		out = append(out, bind("ctrl+z", "bring back what was removed"))
	}
	return out
}

// answers includes what is still on the lines: it was written, so it is kept.
func (f *parkField) answers() []journal.Answer {
	return []journal.Answer{{Step: f.step.ID, Prompt: f.step.Prompt, Items: f.all()}}
}
