package tui

import (
	"slices"
	"strings"
	"testing"

	"goodenough/journal"
)

// answer is what is said at a step of the guide on the screen, as it would be
// kept now.
func (d *driver) answer(step string) journal.Answer {
	d.t.Helper()
	g := d.guide()
	g.collect()
	return g.walk.answer(step)
}

func TestWordsTypedAtAChoiceAreOnItsLine(t *testing.T) {
	for _, words := range []string{"Yes definitely", "nobody knows yet  and I am afraid", "2 of them"} {
		d := home(t, 80, 24).press("1").at("told").write(words).sees(linePrefix + strings.Join(strings.Fields(words), " "))
		if a := d.answer("told"); a.Text != words || len(a.Choices) > 0 {
			t.Errorf("%q is kept as %q and %q", words, a.Choices, a.Text)
		}
	}
	d := guided(t, "after-visit", 80, 24).at("reality").paste("I was scared").sees("> I was scared")
	if a := d.answer("reality"); a.Text != "I was scared" || len(a.Choices) > 0 {
		t.Errorf("it is kept as %q and %q", a.Choices, a.Text)
	}
	d.press("up", "space").sees("✓ a real danger or threat", "> I was scared")
}

// A space between words that have no line ticks nothing, and a correction of
// them clears nothing, until somebody moves.
func TestWordsWithoutALineChooseNothing(t *testing.T) {
	guide := map[string]string{"guides/mine.toml": `
id      = "mine"
title   = "Mine"
kind    = "reflection"
minutes = 2
helps   = "sometimes"
closing = "Kept."

[[steps]]
id     = "one"
kind   = "choice"
short  = "One"
prompt = "One?"
[[steps.options]]
id    = "no"
label = "no"
[[steps.options]]
id    = "yes"
label = "yes"

[[steps]]
id     = "several"
kind   = "choice"
short  = "Several"
prompt = "Several?"
many   = true
[[steps.options]]
id    = "rain"
label = "rain"
[[steps.options]]
id    = "sun"
label = "sun"

[[steps]]
id     = "number"
kind   = "scale"
short  = "Number"
prompt = "How much?"
low    = "little"
high   = "much"
`}
	const said = "Here"
	chosen := func(d *driver, step string, want ...string) {
		t.Helper()
		if a := d.answer(step); !slices.Equal(a.Choices, want) || a.Value != nil {
			t.Errorf("%s: %q and %v are chosen, want %q", step, a.Choices, a.Value, want)
		}
	}
	d := homeWith(t, guide, 80, 24)
	g, _ := d.app.library.Guide("mine")
	d.send(pushMsg{beginGuide(d.app.session, g, false)})
	d.misses(said).write("Yes definitely").sees("Here you choose with ↑ ↓.")
	chosen(d, "one")
	d.press("down", "down").misses(said)
	chosen(d, "one", "yes")
	d.write("no no").press("backspace").sees(said)
	chosen(d, "one", "yes")
	d.press("tab").misses(said).write("a lot of it").sees("the arrows move, and space picks")
	chosen(d, "several")
	d.press("right", "space").misses(said)
	chosen(d, "several", "sun")
	d.press("tab").write("quite a lot").sees("← →", "type a number").press("left").misses("type a number")
	chosen(d, "number")
}

func TestWordsAtTheSquaresGiveNone(t *testing.T) {
	d := home(t, 80, 24).press("c").at("day").write("all of it").sees("← → give squares")
	if a := d.answer("day"); len(a.Shares) > 0 {
		t.Errorf("%v is shared", a.Shares)
	}
	d.press("down", "space").misses("give squares")
	if a := d.answer("day"); a.Shares["contact"] != 1 {
		t.Errorf("%v is shared", a.Shares)
	}
}

func TestALineStaysWhenItsChoiceGoes(t *testing.T) {
	d := guided(t, "after-visit", 80, 24).at("reality").press("space", "m").write("y manager").press("esc", "enter")
	d.sees("✓ a real danger or threat", "> my manager").press("space").misses("✓").sees("> my manager")
	d.press("m").write("e").sees("> my managerme").press("ctrl+u").press("up").misses("Who could be told")
}

func TestSpaceClearsNoSingleChoice(t *testing.T) {
	d := guided(t, "after-supervision", 80, 24).at("happened").press("down", "down", "space")
	if a := d.answer("happened"); len(a.Choices) != 1 || a.Choices[0] == "yes" {
		t.Errorf("%q is chosen", a.Choices)
	}
	d.press("?").sees("del clear").press("x", "delete")
	if a := d.answer("happened"); len(a.Choices) > 0 {
		t.Errorf("%q is chosen after it was cleared", a.Choices)
	}
}

// A paragraph can be written wherever there is room for one, and F1 says how.
func TestNewLineInAQuestion(t *testing.T) {
	for _, at := range []struct{ guide, step string }{{"note", "note"}, {"after-visit", "stayed"}, {"three-questions", "closing"}, {"supervision", "how"}} {
		d := guided(t, at.guide, 80, 24).at(at.step).write("one").press("ctrl+j").write("two")
		if text := d.guide().field.answers()[0].Text; text != "one\ntwo" {
			t.Errorf("%s: kept is %q", at.guide, text)
		}
		d.press("f1").sees("ctrl+j a new line")
	}
}

func TestADayIsTypedWhereItIsSet(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 20}} {
		d := home(t, size[0], size[1]).press("s", "w").sees("no date").write("Xmas").press("enter").sees("I do not know that day.")
		d.press("esc").sees("no date").misses("I do not know").write("yesterday").press("enter").sees("has passed").press("esc")
		d.write("next tuesday").press("enter").sees("Tue", "24 Nov")
		if next := d.app.settings.Supervision.Next; next != "2026-11-24" {
			t.Errorf("it is set to %q", next)
		}
		d.write("soon").press("esc")
		d.press("down").write("every week ").sees("no rhythm").press("right").sees("every week")
		if next := d.app.settings.Supervision.Next; next != "2026-11-24" {
			t.Errorf("it is %q afterwards", next)
		}
	}
}
