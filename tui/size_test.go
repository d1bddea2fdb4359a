package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"goodenough/content"
)

// eachStep shows every step of every guide, fresh, in a window of this size.
func eachStep(t *testing.T, width, height int, look func(*testing.T, *driver, content.Step)) {
	t.Helper()
	d := home(t, width, height)
	for _, g := range d.app.library.Guides() {
		for i, step := range g.Steps {
			w := newWalk(g, g.Steps)
			w.at = i
			d.send(pushMsg{newGuideScreen(d.app.session, w, false)})
			t.Run(g.ID+", "+step.ID, func(t *testing.T) {
				d.t = t
				look(t, d, step)
			})
			d.t = t
			d.send(popMsg{})
		}
	}
}

// reads asserts that each of some texts is to be seen, wherever its rows end.
func (d *driver) reads(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if !d.hasRows(text) {
			d.t.Errorf("%q cannot be read:\n%s", text, d.screen())
		}
	}
}

// Whoever goes through the choices of a question reads each of them, and what
// is said to it, in a small window too.
func TestEveryChoiceIsReadInASmallWindow(t *testing.T) {
	eachStep(t, 40, 20, func(t *testing.T, d *driver, step content.Step) {
		switch {
		case step.Kind == content.Choice:
			if !step.Many {
				d.press("down", "home")
			}
			for i, o := range step.Options() {
				if i > 0 {
					d.press("right")
					// From a choice of one the line is to the right.
					if f := d.guide().field.(*choiceField); f.onLine {
						d.press("up", "down")
					}
				}
				if d.reads(o.Label); !step.Many {
					d.reads(o.Say)
				}
			}
		case step.Kind == content.Share:
			for _, p := range step.Parts {
				d.reads(p.Label)
				d.press("down")
			}
		}
	})
}

// What is asked of each row is read, and the row is among others.
func TestEveryRowIsReadInASmallWindow(t *testing.T) {
	eachStep(t, 40, 20, func(t *testing.T, d *driver, step content.Step) {
		if step.Kind != content.Rows {
			return
		}
		for _, r := range step.Rows {
			d.reads(r.Label, r.Prompt, r.Line)
			if step.Take == content.TakeWords {
				d.write("one row of words, and then two rows, and then").reads("one row of words, and then two rows, and then")
				d.press("tab")
				continue
			}
			d.press("down")
			if r.Line != "" {
				d.press("down")
			}
		}
	})
}

// At 80 cells the reason and supervision are named wherever there are any.
func TestReasonAndSupervisionAreNamed(t *testing.T) {
	eachStep(t, 80, 24, func(t *testing.T, d *driver, step content.Step) {
		if g := d.guide(); step.Why != "" && g.brings() {
			d.sees("ctrl+o why", "ctrl+s bring")
		}
	})
}

// A reason that is longer than the window is read to its end, and then the
// question is there as it was left.
func TestLongReasonScrolls(t *testing.T) {
	d := home(t, 40, 20).press("r").opens("process").press("tab", "tab", "down", "space")
	before := d.screen()
	d.press("ctrl+o").misses("racism or too much work").press("end").sees("racism or too much work is not projection", "scroll").press("home").sees("process reflection")
	if d.press("esc"); d.screen() != before {
		t.Errorf("it is not as it was:\n%s", d.screen())
	}
	// What says something goes to the question, and is not lost.
	d.press("tab", "ctrl+o", "h").write("er keys").sees("her keys").press("ctrl+o").paste(" again").sees("her keys again")
	for _, size := range [][2]int{{30, 16}, {80, 24}} {
		d.press("ctrl+o").resize(size[0], size[1]).sees("This is the question of").press("ctrl+o").sees("her keys again")
	}
}

// opens goes to a guide of the page of reflections, and begins it.
func (d *driver) opens(id string) *driver {
	d.t.Helper()
	r := d.app.top().(*reflectScreen)
	r.focus = filterCount + slices.IndexFunc(r.items, func(it reflectItem) bool { return it.guide.ID == id })
	return d.press("enter").press("enter")
}

// Each thought of a reason is a paragraph, and a term is explained once.
func TestReasonHasParagraphs(t *testing.T) {
	d := home(t, 80, 40)
	for guide, once := range map[string]string{"process": "Splitting", "ethic-of-care": "Caring with"} {
		g, _ := d.app.library.Guide(guide)
		for i := range g.Steps {
			w := newWalk(g, g.Steps)
			w.at = i
			reasons := d.app.reasons(w)
			n := 0
			for _, r := range reasons {
				if strings.Contains(strings.ToLower(r), strings.ToLower(once)+" is ") || strings.Contains(strings.ToLower(r), strings.ToLower(once)+": ") {
					n++
				}
			}
			if n > 1 {
				t.Errorf("%s is explained %d times: %q", once, n, reasons)
			}
		}
	}
	d.press("r").opens("process").press("ctrl+o")
	rows := strings.Split(d.screen(), "\n")
	at := slices.IndexFunc(rows, func(row string) bool { return strings.Contains(row, betterLeft) })
	if at < 1 || strings.TrimSpace(rows[at-1]) != "" {
		t.Errorf("no paragraphs:\n%s", d.screen())
	}
}

// What the guide said to an answer stands under it when it is kept, and is not
// in the journal, nor in what is written out of it.
func TestRepliesStandUnderTheirAnswers(t *testing.T) {
	const reply = "Good that they know."
	for _, size := range [][2]int{{80, 24}, {40, 20}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			d := home(t, size[0], size[1]).press("1", "space", "tab", "tab").write("the report").press("tab", "down", "down", "right").write("duty").press("enter")
			d.sees("Does anyone need to be told today? yes, and they have been duty " + reply)
			got := d.screen()
			if strings.Contains(got, "the report") && strings.Index(got, reply) > strings.Index(got, "the report") {
				t.Errorf("what may still be acted on is below the rest:\n%s", got)
			}
			d.press("end").sees("the report").press("enter", "j", "enter").sees("yes, and they have been").misses(reply).press("end").misses(reply)
			var b strings.Builder
			if err := WriteMarkdown(&b, d.app.library, d.app.top().(*readingScreen).entry); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(b.String(), reply) || !strings.Contains(b.String(), "duty") {
				t.Errorf("written out as %s", b.String())
			}
		})
	}
}

// Where several answers have a reply, each says of which it is.
func TestSeveralRepliesSayOfWhat(t *testing.T) {
	d := home(t, 80, 40).press("r").opens("process").press("tab", "space", "right", "space")
	for !strings.Contains(d.screen(), "That is kept.") {
		d.press("tab")
	}
	d.sees("a real danger or threat: Then the fear", "racism or other discrimination: Then it is")
}

// Any line of a list is changed, removed and brought back; a half line is
// dropped.
func TestAnyLineOfAListChanges(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 20}} {
		d := home(t, size[0], size[1]).press(",").set("Your own numbers", 1)
		for _, l := range [][2]string{{"duty", "1"}, {"union", "2"}, {"Ines", "3"}} {
			d.write(l[0]).press("enter").write(l[1]).press("enter")
		}
		lines := func() (out []string) {
			for _, l := range d.app.settings.Lines {
				out = append(out, l.Name+" "+l.How)
			}
			return out
		}
		want := func(want ...string) {
			t.Helper()
			if got := lines(); !slices.Equal(got, want) {
				t.Errorf("%q is kept", got)
			}
		}
		d.press("up", "up", "up", "enter").sees("> duty").write(" desk").press("enter", "enter")
		want("duty desk 1", "union 2", "Ines 3")
		d.press("up", "up", "enter").write(" rep").press("esc").sees("· union – 2")
		want("duty desk 1", "union 2", "Ines 3")
		d.press("up", "up", "delete").sees("Removed", "ctrl+z")
		want("duty desk 1", "Ines 3")
		d.press("ctrl+z").misses("Removed")
		want("duty desk 1", "union 2", "Ines 3")
		// Whoever writes on is on the line, and a half line is dropped.
		d.press("x").sees("> x").write("yz").press("esc").misses("xyz").sees("> ")
		d.press("esc").sees("Your own numbers")
		want("duty desk 1", "union 2", "Ines 3")
		// A line that is emptied goes, and comes back.
		d.press("enter", "up", "enter").press(strings.Split(strings.Repeat("backspace ", 5), " ")[:5]...).press("enter")
		want("duty desk 1", "union 2")
		d.press("ctrl+z")
		want("duty desk 1", "union 2", "Ines 3")
	}
}

// In a guide what is on the line is kept while another is changed.
func TestParkedThingsChange(t *testing.T) {
	d := home(t, 80, 24).press("1").press("ctrl+x", "c")
	for range 6 {
		d.press("tab")
	}
	d.sees("unfinished").write("one").press("enter", "enter").write("two").press("enter", "enter").write("three")
	d.press("up", "up", "enter").sees("> one", "· three").write("s").press("enter", "enter").sees("· ones", "· two", "· three")
	d.press("up", "up", "delete").misses("· two").press("tab", "shift+tab").sees("· ones", "· three").misses("· two")
}
