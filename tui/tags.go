package tui

import (
	"cmp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// A tagsScreen takes the words that an entry is to be found by. Those that the
// journal has already are offered, and the slides' words for what the work met.
type tagsScreen struct {
	*amendment
	place  string // where it was opened
	tags   []string
	line   lineInput
	known  []string // what is offered
	pick   int      // the offer that stands on the line; -1: none
	typed  string   // what stood there before
	width  int
	height int
}

const tagsIntro = "Words to find this by, if you like. A comma or Enter adds one."

func newTags(s *session, e journal.Entry, place string) *tagsScreen {
	t := &tagsScreen{place: place, tags: slices.Clone(e.Tags), known: knownTags(s), pick: -1}
	t.amendment = &amendment{session: s, id: e.ID}
	t.line = newLineInput(s, "A tag:", "")
	t.change = t.tagged
	return t
}

// tagged gives an entry the tags as they are now, with what is half typed.
func (t *tagsScreen) tagged() func(*journal.Entry) {
	tags := addTags(slices.Clone(t.tags), t.known, t.pending())
	if len(tags) == 0 {
		tags = nil
	}
	return func(e *journal.Entry) { e.Tags = tags }
}

// knownTags are the tags of the journal, the most used first, and then those
// that the program offers.
func knownTags(s *session) []string {
	used := make(map[string]int)
	for h := range s.journal.Entries(journal.Query{}) {
		for _, tag := range h.Tags {
			used[tag]++
		}
	}
	known := make([]string, 0, len(used))
	for tag := range used {
		known = append(known, tag)
	}
	slices.SortFunc(known, func(a, b string) int {
		return cmp.Or(cmp.Compare(used[b], used[a]), cmp.Compare(a, b))
	})
	return addTags(known, nil, strings.Join(s.library.Tags(), ","))
}

// addTags adds what is typed, with commas between, unless it is there. A tag
// that is known is written as it was before.
func addTags(tags, known []string, typed string) []string {
	for tag := range strings.SplitSeq(typed, ",") {
		tag = strings.Join(strings.Fields(printable(tag)), " ")
		same := func(other string) bool { return strings.EqualFold(other, tag) }
		if i := slices.IndexFunc(known, same); i >= 0 {
			tag = known[i]
		}
		if tag != "" && !slices.ContainsFunc(tags, same) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// pending is what is typed and not added yet. An offer that was only looked at
// is none.
func (t *tagsScreen) pending() string {
	if t.pick >= 0 {
		return t.typed
	}
	return t.line.text()
}

// offers are the known tags that the entry has not, and that begin as the line
// does.
func (t *tagsScreen) offers() []string {
	begins := strings.ToLower(strings.TrimSpace(t.pending()))
	return slices.DeleteFunc(slices.Clone(t.known), func(tag string) bool {
		return slices.Contains(t.tags, tag) || !strings.HasPrefix(strings.ToLower(tag), begins)
	})
}

func (t *tagsScreen) init() tea.Cmd { return nil }

func (t *tagsScreen) setSize(width, height int) {
	t.width, t.height = width, height
	t.line.setWidth(width)
}

func (t *tagsScreen) update(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case amendedMsg, keptMsg:
		return t.told(msg)
	}
	switch k := pressed(msg); {
	case t.saving && k != "":
	case k == "esc", k == "shift+tab", k == "enter" && t.line.text() == "":
		return t.leave()
	case k == "enter":
		t.add(t.line.text())
		t.line.editor.setValue("")
	case k == "down":
		t.takeOffer(1)
	case k == "up":
		t.takeOffer(-1)
	case k == "backspace" && t.line.editor.empty() && len(t.tags) > 0:
		t.line.editor.setValue(t.tags[len(t.tags)-1])
		t.tags = t.tags[:len(t.tags)-1]
		t.changed()
	default:
		t.write(msg)
	}
	return nil
}

// write takes what is typed or pasted. What has a comma behind it is added.
func (t *tagsScreen) write(msg tea.Msg) {
	if !t.line.editor.update(msg) {
		return
	}
	t.pick = -1
	t.changed()
	text := t.line.editor.value()
	if i := strings.LastIndex(text, ","); i >= 0 {
		t.add(text[:i])
		t.line.editor.setValue(strings.TrimLeft(text[i+1:], " "))
	}
}

func (t *tagsScreen) add(typed string) {
	t.tags = addTags(t.tags, t.known, typed)
	t.pick = -1
	t.changed()
}

// takeOffer writes the next of the offers on the line. What was typed there is
// one of them.
func (t *tagsScreen) takeOffer(by int) {
	if t.pick < 0 {
		t.typed = t.line.editor.value()
	}
	offers := t.offers()
	n := len(offers) + 1
	if t.pick = (t.pick+1+by+n)%n - 1; t.pick < 0 {
		t.line.editor.setValue(t.typed)
	} else {
		t.line.editor.setValue(offers[t.pick])
	}
}

// rows are what stands above the line, the line, and the offers below it.
func (t *tagsScreen) rows() (above, line, below []string) {
	st := t.styles
	set := func(s string, render func(...string) string) {
		for row := range strings.SplitSeq(wrap(s, t.width), "\n") {
			above = append(above, render(row))
		}
	}
	if t.status != "" {
		set(t.status, st.attention.Render)
	} else {
		set(tagsIntro, st.muted.Render)
	}
	above = append(above, "")
	if len(t.tags) > 0 {
		set(printable(strings.Join(t.tags, " · ")), st.ink.Render)
		above = append(above, "")
	}
	line = strings.Split(t.line.view(st, true), "\n")
	if offers := t.offers(); len(offers) > 0 {
		below = []string{st.muted.Render(ansi.Truncate("↓ "+printable(strings.Join(offers, " · ")), t.width, "…"))}
	}
	room := max(t.height-len(line)-len(below), 0)
	return above[max(len(above)-room, 0):], line, below
}

func (t *tagsScreen) view() string {
	above, line, below := t.rows()
	return strings.Join(slices.Concat(above, line, below), "\n")
}

func (t *tagsScreen) cursor() (x, y int, ok bool) {
	above, _, _ := t.rows()
	x, y = t.line.cursor()
	return x, y + len(above), true
}

func (t *tagsScreen) title() (place, aside string) { return t.place + placeMark + "Tags", "" }
func (t *tagsScreen) typing() bool                 { return true }

func (t *tagsScreen) help() []key.Binding {
	out := []key.Binding{bind("enter", "done")}
	if t.line.text() != "" {
		out = []key.Binding{bind("enter", "add it"), bind("esc", "done")}
	}
	if len(t.offers()) > 0 {
		out = append(out, bind("↓", "a word"))
	}
	if t.line.editor.empty() && len(t.tags) > 0 {
		out = append(out, bind("backspace", "change the last"))
	}
	return out
}
