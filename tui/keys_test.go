package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"goodenough/journal"
)

// keyLabels are the keys that a label in the help stands for.
func keyLabels(label string) []string {
	var keys []string
	for part := range strings.FieldsSeq(label) {
		switch {
		case part == "⏎":
			part = "enter"
		case part == "0–9":
			part = "3"
		case part == "pgdn":
			part = "pgdown"
		case part == "del":
			part = "backspace"
		case part == "F1":
			part = "f1"
		case strings.HasPrefix(part, "^"):
			part = "ctrl+" + part[1:]
		default:
			if name, ok := map[string]string{"↑": "up", "↓": "down", "←": "left", "→": "right"}[part]; ok {
				part = name
			}
		}
		keys = append(keys, part)
	}
	return keys
}

// What is shown works, and one key means one thing.
func TestShownKeysWork(t *testing.T) {
	everyPlace(t)
	// Keys that move stay where they are while there is nothing further on.
	moves := []string{"list", "list, searched", "list, searching", "list, searching in vain", "list, no such date", "saving, not done", "reading, changed", "what it said before", "list, oldest first", "list, chosen", "list, end", "list, further down", "reading", "reading, further down", "feelings, the last",
		"feelings, long own word added", "the day, shared", "unlock", "unlock, wrong", "welcome, not quite", "welcome, not the same"}
	for _, p := range places() {
		if strings.HasPrefix(p.name, "pattern, ") {
			moves = append(moves, p.name) // TestPatternKeys has theirs
		}
	}
	for _, p := range places() {
		if strings.HasSuffix(p.name, ", keys") {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			d := p.in(t, 80, 24)
			seen := make(map[string]string)
			for _, b := range d.app.top().help() {
				if len(keyLabels(b.Help().Key)) == 0 || b.Help().Desc == "" {
					t.Errorf("a key without words: %q %q", b.Help().Key, b.Help().Desc)
				}
				for _, k := range keyLabels(b.Help().Key) {
					if other, ok := seen[k]; ok {
						t.Errorf("%s is %q and %q", k, other, b.Help().Desc)
					}
					seen[k] = b.Help().Desc
				}
			}
			if d.app.top().typing() {
				for k := range seen {
					if len(k) == 1 {
						t.Errorf("%q is a key while it is also text", k)
					}
				}
			}
			if slices.Contains(moves, p.name) {
				return
			}
			for _, b := range d.app.top().help() {
				works := false
				for _, k := range keyLabels(b.Help().Key) {
					d := p.in(t, 80, 24)
					before := d.state()
					d.send(keyPress(k))
					works = works || d.quit || d.state() != before
				}
				if !works {
					t.Errorf("%s is shown as %q and does nothing:\n%s", b.Help().Key, b.Help().Desc, d.screen())
				}
			}
		})
	}
}

// state is all of the program that a person could notice.
func (d *driver) state() string {
	return fmt.Sprint(d.app.View().Content, d.app.View().Cursor, len(d.app.stack))
}

func TestPrintableKeysAreTextWhileTyping(t *testing.T) {
	everyPlace(t)
	for _, p := range places() {
		if p.text == "" {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			text := "?q,1"
			if p.name == "tags, typed" {
				text = "?q1" // a comma ends a tag
			}
			d := p.in(t, 80, 24).write(text)
			if d.quit || !strings.HasSuffix(d.beforeCaret(), text) {
				t.Errorf("%q", d.beforeCaret())
			}
		})
	}
}

// wrongKeys are all keys of a keyboard but those that close the program.
func wrongKeys() []tea.Msg {
	var msgs []tea.Msg
	for r := rune(' '); r <= '~'; r++ {
		if r != 'q' {
			msgs = append(msgs, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
	for r := 'a'; r <= 'z'; r++ {
		if r != 'c' {
			msgs = append(msgs, tea.KeyPressMsg{Code: r, Mod: tea.ModCtrl}, tea.KeyPressMsg{Code: r, Mod: tea.ModAlt})
		}
	}
	for _, k := range named {
		msgs = append(msgs, k)
	}
	for k := tea.KeyF1; k <= tea.KeyF12; k++ {
		msgs = append(msgs, tea.KeyPressMsg{Code: k})
	}
	return append(msgs, tea.PasteMsg{Content: "two\nlines\x1b[31m of it"}, tea.PasteMsg{}, tea.FocusMsg{}, tea.BlurMsg{})
}

func TestNoKeyBreaksAnything(t *testing.T) {
	everyPlace(t)
	keys := wrongKeys()
	slices.SortFunc(keys, func(a, b tea.Msg) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	for i, p := range places() {
		if strings.HasSuffix(p.name, ", keys") {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			t.Chdir(t.TempDir()) // some of what is typed may be the name of a file
			d := p.in(t, 80, 24)
			for n := range keys {
				msg := keys[(n*37+i)%len(keys)] // another order at every place
				_, closable := d.app.top().(*guideScreen)
				d.send(msg)
				if k, ok := msg.(tea.KeyPressMsg); d.quit && (closable || !ok || k.Code != tea.KeyEscape) {
					t.Fatalf("%v closed the program", msg)
				}
				if d.quit {
					return // esc, where there is nothing behind
				}
				if n%4 == 0 {
					d.screen()
				}
			}
		})
	}
}

// Whatever key is pressed next, what was typed is there: on the screen, in the
// draft, or in the entry.
func TestNoKeyLosesText(t *testing.T) {
	erases := []string{"backspace", "ctrl+h", "ctrl+u", "ctrl+w", "ctrl+z", "ctrl+k", "alt+d"}
	leaves := map[string][]string{ // as the help says
		"feelings, own word":   {"esc"},
		"own choice, own word": {"esc"},
		"unfinished, when":     {"up", "down"},
	}
	for _, name := range []string{"feelings, own word", "systems, first line", "unfinished, written", "unfinished, when", "told, line", "a page", "own choice, own word"} {
		i := slices.IndexFunc(places(), func(p place) bool { return p.name == name })
		p := places()[i]
		t.Run(name, func(t *testing.T) {
			d := p.in(t, 80, 24)
			at := d.state()
			for _, msg := range wrongKeys() {
				if k, ok := msg.(tea.KeyPressMsg); ok && (k.Text != "" && k.Text != "?" && k.Text != "x" || slices.Contains(slices.Concat(erases, leaves[name]), k.String())) {
					continue // it is text, or does as it says
				}
				d.send(msg)
				text := strings.TrimPrefix(p.text, "> ")
				if !strings.Contains(d.written(), text) {
					t.Fatalf("after %v there is no %q any more:\n%s", msg, text, d.screen())
				}
				if d.state() != at {
					d = p.in(t, 80, 24)
				}
			}
		})
	}
}

// written is all text there is, on the screen and on the disk.
func (d *driver) written() string {
	d.t.Helper()
	var all []journal.Answer
	for _, s := range d.app.stack {
		if g, ok := s.(*guideScreen); ok {
			g.collect()
			all = append(all, g.walk.toDraft().Answers...)
		}
	}
	j := d.app.journal
	if j == nil {
		j = d.reopen().app.journal
	}
	for _, draft := range j.Drafts() {
		all = append(all, draft.Answers...)
	}
	for h := range j.Entries(journal.Query{}) {
		e, err := j.Get(h.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		all = append(all, e.Answers...)
	}
	return fmt.Sprint(all)
}
