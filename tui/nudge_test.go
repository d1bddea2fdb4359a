package tui

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui/identifier"
)

// Everybody here is invented.
const (
	withName  = "I keep thinking of Kayleigh Marsh on the step."
	withNames = "Kayleigh Marsh rang. Then the postcode, LS6 2AB, was wrong. Kayleigh Marsh laughed."
)

// nudged types a page and finishes it.
func nudged(t *testing.T, text string) *driver {
	t.Helper()
	return home(t, 80, 24).press("n").write(text).press("tab").sees("Before it is kept")
}

// keptText asserts that the one entry says this.
func (d *driver) keptText(want string) {
	d.t.Helper()
	d.sees("That is kept").hasDrafts()
	if got := d.newest().Answers[0].Text; got != want {
		d.t.Errorf("kept is %q, not %q", got, want)
	}
}

func TestNothingFoundAsksNothing(t *testing.T) {
	d := home(t, 80, 24).press("n").write("A wet day, and a long one. I was moved.").press("tab")
	d.keptText("A wet day, and a long one. I was moved.")
}

func TestEnterLeavesItAsItIs(t *testing.T) {
	d := nudged(t, withName).sees("What would you like to put down", "‹Kayleigh Marsh›", "This may be a name", "› as it is", "enter leave it", "ctrl+k keep all as it is", "esc back")
	d.press("enter").keptText(withName)
	nudged(t, withName).press("tab").keptText(withName) // it is next, as in a guide
}

func TestAPickStandsThere(t *testing.T) {
	d := nudged(t, withName).press("down", "down").sees("› their mum", "enter put it there").press("enter")
	d.keptText("I keep thinking of their mum on the step.")
}

func TestOwnWordsStandThere(t *testing.T) {
	d := nudged(t, withName).write("a girl, 1 of them?").sees("> a girl, 1 of them?").press("enter")
	d.keptText("I keep thinking of a girl, 1 of them? on the step.")
	d = nudged(t, withName).write("x").press("backspace", "enter")
	d.keptText(withName)
	d = nudged(t, withName).write("t").press("backspace", "down", "down", "down").sees("› their mum").press("enter")
	d.keptText("I keep thinking of their mum on the step.")
	d = nudged(t, withName).paste("two\nlines").press("enter")
	d.keptText("I keep thinking of two lines on the step.")
}

// The same words are offered the same, and another enter takes it.
func TestTheSameNameIsOfferedTheSame(t *testing.T) {
	d := nudged(t, withNames).sees("1 of 3").write("the girl").press("enter")
	d.sees("2 of 3", "‹LS6 2AB›", "This may be a postcode", "› as it is").press("enter")
	d.sees("3 of 3", "› the girl", "enter put it there", "ctrl+k keep the rest").press("enter")
	d.keptText("The girl rang. Then the postcode, LS6 2AB, was wrong. The girl laughed.")
	// It need not be taken.
	d = nudged(t, withNames).write("the girl").press("enter", "enter", "up", "enter")
	d.keptText("The girl rang. Then the postcode, LS6 2AB, was wrong. Kayleigh Marsh laughed.")
}

func TestOneKeyKeepsTheRest(t *testing.T) {
	nudged(t, withNames).press("ctrl+k").keptText(withNames)
	nudged(t, withNames).press("enter", "down", "enter", "ctrl+k").keptText("Kayleigh Marsh rang. Then the postcode, across town, was wrong. Kayleigh Marsh laughed.")
	// Where words are being written it is the editor's, and nothing is kept.
	d := nudged(t, withName).write("the girl").misses("ctrl+k").press("home", "ctrl+k").sees("1 of 1", "ctrl+k keep all")
	d.press("ctrl+k").keptText(withName)
}

// A wrong pick is undone by going back to it, where it is still marked.
func TestBackGoesToThePlaceBefore(t *testing.T) {
	d := nudged(t, withNames).press("down", "enter", "enter").sees("3 of 3", "› the child", "esc back one")
	d.press("esc").sees("2 of 3", "LS6 2AB").press("esc").sees("1 of 3", "› the child", "‹Kayleigh Marsh› rang", "keep all as it is")
	d.press("up", "enter", "ctrl+k").keptText(withNames)
	// Words of their own are not lost by it.
	d = nudged(t, withNames).write("a girl").press("enter", "esc").sees("> a girl", "enter put it there").press("enter", "ctrl+k")
	d.keptText("A girl rang. Then the postcode, LS6 2AB, was wrong. Kayleigh Marsh laughed.")
	nudged(t, withNames).press("down", "enter", "shift+tab").sees("1 of 3")
}

func TestBackFromTheFirstPlaceLeavesTheTextAsItWas(t *testing.T) {
	d := nudged(t, withNames).press("down", "enter", "enter", "esc", "esc", "esc").sees("Your page", "Kayleigh Marsh rang. Then the postcode, LS6 2AB")
	d.hasDrafts("note: " + withNames)
	d.write(" And I.").save().press("tab").sees("1 of 3").press("ctrl+k")
	d.keptText(withNames + " And I.")
}

// A part of a name is offered what stands for the whole of it, and the whole
// what stands for a part; it may be another person, so that it is not marked.
func TestAPartOfANameIsOfferedTheSame(t *testing.T) {
	d := nudged(t, "Kayleigh Marsh rang. I like Kayleigh a lot.").write("the swimmer").press("enter")
	d.sees("‹Kayleigh›", "› as it is the swimmer the child").press("down", "enter").keptText("The swimmer rang. I like the swimmer a lot.")
	d = nudged(t, "I like Kayleigh a lot. Kayleigh Marsh rang.").write("the swimmer").press("enter")
	d.sees("‹Kayleigh Marsh›", "› as it is the swimmer the child")
	nudged(t, "Kayleigh Marsh rang. I like Kayle a lot, and Dwayne.").write("the swimmer").press("enter").misses("the swimmer the child")
}

// In a small window all of it is to be seen: the keys, and what is said once.
func TestASmallNudge(t *testing.T) {
	d := home(t, 40, 20).press("n").write(withNames).press("tab")
	d.sees("‹Kayleigh Marsh› rang", "a name", "say the ICO and the GMC", "› as it is", "in your own words", "enter next", "ctrl+k all")
	d.press("down").sees("enter put it", "ctrl+k all").press("down", "down", "down", "down", "down").sees("› the GP")
	d.resize(30, 10).sees("‹Kayleigh").resize(80, 24).sees("› the GP")
}

// What was chosen is in the draft after every way out, and what it replaced is
// in no draft.
func TestNothingOfTheOldWordsStaysInTheDraft(t *testing.T) {
	for _, end := range []string{"ctrl+l", "ctrl+c"} {
		d := nudged(t, withName+" She laughed, Kayleigh Marsh.").write("the girl").press("enter", end)
		if end == "ctrl+l" {
			d.sees("Your passphrase")
		}
		d = d.reopen().hasDrafts("note: I keep thinking of the girl on the step. She laughed, Kayleigh Marsh.")
		d.press("enter").sees("the girl").press("tab").sees("1 of 1")
	}
	d := nudged(t, withName).write("the girl").press("enter")
	d.keptText("I keep thinking of the girl on the step.")
	if title := d.newest().Title; strings.Contains(title, "Kayleigh") {
		t.Errorf("the title is %q", title)
	}
	if strings.Contains(fmt.Sprint(d.reopen().written()), "Kayleigh") {
		t.Error("the name is in the journal")
	}
}

func TestLookingIsSwitchedOff(t *testing.T) {
	d := home(t, 80, 24).press(",").set("Look for names before keeping", 1).sees("Look for names before keeping no")
	d = d.reopen().press("n").write(withName).press("tab")
	d.keptText(withName)
}

// All that a person wrote is looked at, and nothing that a guide said.
func TestEverythingWrittenIsLookedAt(t *testing.T) {
	d := home(t, 80, 24).press("c", "enter", "+").write("Kayleigh Marsh").press("enter", "enter")
	d.press("7", "down").write("Mrs Patel rang").press("tab", "tab").write("LS6 2AB").press("tab", "tab")
	d.write("ring Kayleigh Marsh").press("enter").write("after Mrs Patel").press("enter", "tab", "tab", "tab")
	for _, found := range []string{"‹Kayleigh Marsh›", "‹Mrs Patel› rang", "‹LS6 2AB›", "ring ‹Kayleigh Marsh›", "after ‹Mrs Patel›"} {
		d.sees("Before it is kept", found).write("that").press("enter")
	}
	d.sees("That is kept").misses("Kayleigh", "Patel", "LS6")
	if all := d.written(); strings.Contains(all, "Kayleigh") || strings.Count(strings.ToLower(all), "that") != 5 {
		t.Errorf("kept is %s", all)
	}
	// Who will do what was agreed.
	d = home(t, 80, 24).press("s", "a", "enter").sees("What was agreed").write("ring the GP").press("enter").write("Kayleigh Marsh").press("enter").write("Friday").press("enter", "enter", "enter", "enter", "enter", "enter")
	d.sees("Before it is kept", "‹Kayleigh Marsh›", "1 of 1").write("the aunt").press("enter").misses("Before it is kept")
	if items := agreed(d.newestOf(afterwards)); len(items) != 1 || !strings.EqualFold(items[0].Who, "the aunt") || items[0].When != "Friday" {
		t.Errorf("kept is %+v", items)
	}
	// A later thought.
	d = home(t, 80, 24).press("n").write("A wet day.").press("tab", "esc", "j", "enter", "a").write("Mrs Patel rang.").press("tab")
	d.sees("Before it is kept", "‹Mrs Patel› rang", "1 of 1").write("that one").press("enter").misses("Before it is kept")
	if later := d.newest().Later; len(later) != 1 || later[0].Text != "That one rang." {
		t.Errorf("kept is %+v", later)
	}
}

func TestTheCardIsAtHand(t *testing.T) {
	d := nudged(t, withNames).sees("say the ICO and the GMC").press("ctrl+o").sees("Names out is not yet anonymous").press("esc")
	d.sees("1 of 3").press("enter").sees("2 of 3").misses("ICO")
}

// Keeping fails, and the page that was written is there, with the reason.
func TestAnEntryThatCannotBeKeptGoesBack(t *testing.T) {
	d := nudged(t, withName)
	d.app.journal.Close()
	d.write("the girl").press("enter").sees("Your page", "The journal is locked", "the girl on the step")
}

// A letter that comes while the page is on its way changes nothing that the
// page has not seen.
func TestNothingIsTypedBetweenTheGuideAndTheNudge(t *testing.T) {
	d := home(t, 80, 24).press("n").write(withName)
	g := d.guide()
	opening := d.app.update(keyPress("tab"))
	d.app.update(keyPress("x"))
	d.app.update(saveDueMsg{g})
	d.run(opening)
	d.sees("Before it is kept").press("esc").write("!").save().hasDrafts("note: " + withName + "!")
}

// What a guide asks whether to keep is looked at once it is to be kept.
func TestAGuideThatAsksIsLookedAtToo(t *testing.T) {
	d := home(t, 80, 24)
	g, ok := d.app.library.Guide("kind-letter")
	if !ok || !g.Ask {
		t.Fatal("there is no guide that asks")
	}
	w := newWalk(g, g.Steps)
	for i, s := range g.Steps {
		if s.Kind == content.Prompt {
			w.at = i
			w.set(journal.Answer{Step: s.ID, Prompt: s.Prompt, Text: withName})
		}
	}
	for w.next() {
	}
	d.send(pushMsg{newGuideScreen(d.app.session, w, false)})
	d.press("tab").sees("Would you like to keep").press("k").sees("‹Kayleigh Marsh›").press("ctrl+k").sees(g.Closing)
}

func TestOffersReadWell(t *testing.T) {
	for _, tt := range []struct{ before, words, after, want string }{
		{"and ", "the child", " rang", "the child"},
		{"the ", "the Harbour family", " rang", "Harbour family"},
		{"The ", "the Harbour family", " family", "Harbour"},
		{"a ", "a teenager", "", "teenager"},
		{"at ", "[left out]", ".", "[left out]"},
		{"breathe ", "the child", "", "the child"},
	} {
		if got := fitted(tt.before, tt.words, tt.after); got != tt.want {
			t.Errorf("%q in %q … %q is %q, not %q", tt.words, tt.before, tt.after, got, tt.want)
		}
	}
}

func TestASentenceBeginsWithACapital(t *testing.T) {
	for _, tt := range []struct{ before, words, want string }{
		{"", "the child", "The child"},
		{"It rained. ", "the child", "The child"},
		{"one\n", "the child", "The child"},
		{"and ", "the child", "the child"},
		{"", "école", "École"},
		{"", "[left out]", "[left out]"},
		{"", "1 of them", "1 of them"},
	} {
		if got := opening(tt.before, tt.words); got != tt.want {
			t.Errorf("%q after %q is %q, not %q", tt.words, tt.before, got, tt.want)
		}
	}
}

func TestEveryKindIsOfferedSomething(t *testing.T) {
	l, _ := content.Load(nil)
	for _, k := range identifier.Kinds() {
		if len(l.InPlaceOf(string(k))) == 0 {
			t.Errorf("nothing is offered in the place of %s", k.Label())
		}
	}
}

// Whatever is chosen where, every byte outside the places that were chosen is
// as it was.
func TestOnlyWhatIsChosenChanges(t *testing.T) {
	s := newSession(Options{})
	random := rand.New(rand.NewPCG(1, 2))
	parts := []string{"Kayleigh Marsh ", "rang. ", "LS6 2AB, ", "żółw 👩🏽‍⚕️ ", "\n\n", "Mrs Patel’s ", "the ", "07700 900123 ", "\xff ", "on 12/03/2014 ", "…"}
	text := func() string {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		return b.String()
	}
	found := 0
	for range 500 {
		answers := []journal.Answer{{Step: "a", Text: text()}, {Step: "b", Items: []journal.Item{{Text: text(), Who: text(), When: text()}}}}
		n := newNudge(s, content.Guide{}, answers)
		before := fmt.Sprint(answers)
		const mark = "\x00" // stands in no text
		for i := range n.finds {
			switch random.IntN(3) {
			case 0:
				n.put(i, mark, true)
			case 1:
				n.put(i, "gone", true)
				n.leave(i)
			}
		}
		got := n.keptAnswers()
		item := func(it *journal.Item) []*string { return []*string{&it.Text, &it.Who, &it.When} }
		was := append(item(&answers[1].Items[0]), &answers[0].Text)
		now := append(item(&got[1].Items[0]), &got[0].Text)
		texts := append(item(&n.answers[1].Items[0]), &n.answers[0].Text)
		for i := range was {
			pieces := strings.Split(*now[i], mark)
			from := 0
			for _, f := range n.finds {
				if f.text != texts[i] || !f.chosen {
					continue
				}
				found++
				if pieces[0] != (*was[i])[from:f.Start] {
					t.Fatalf("%q became %q", *was[i], *now[i])
				}
				pieces, from = pieces[1:], f.End
			}
			if len(pieces) != 1 || pieces[0] != (*was[i])[from:] {
				t.Fatalf("%q became %q", *was[i], *now[i])
			}
		}
		if fmt.Sprint(answers) != before {
			t.Fatal("the answers that it was given have changed")
		}
	}
	if found < 100 {
		t.Errorf("only %d places were chosen", found)
	}
}

// A name is nowhere on the disk in clear, whatever was done with it.
func TestNamesAreSealed(t *testing.T) {
	d := home(t, 80, 24).press(",").set("Names to look out for", 1).write("Quernstone").press("enter").write("Whinchat").press("enter", "enter", "esc")
	d.press("n").write("Quernstone rang.").press("tab", "down").sees("› Whinchat").press("enter").sees("Whinchat rang.", "That is kept").press("t").write("Quernstone").press("ctrl+l")
	path := d.app.opts.Path
	if err := d.app.close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(strings.TrimSuffix(path, "journal.db"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(strings.TrimSuffix(path, "journal.db") + f.Name())
		if f.IsDir() {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"quernstone", "whinchat"} {
			if strings.Contains(strings.ToLower(string(b)), name) {
				t.Errorf("%s can be read in %s", name, f.Name())
			}
		}
	}
	if tags := d.reopen().newest().Tags; !slices.Equal(tags, []string{"Quernstone"}) {
		t.Errorf("%q", tags)
	}
}

// A selection says before it is written, as every export does, of what kinds is
// what could identify somebody; of what is not marked it says nothing.
func TestASelectionSaysWhatCouldIdentify(t *testing.T) {
	days := kept(
		`{"id":"a","kind":"note","guide":"note","created":"2026-11-18T09:00:00Z","title":"A wet day","answers":[{"step":"note","text":"A wet day."}]}`,
		`{"id":"b","kind":"note","guide":"note","created":"2026-11-19T09:00:00Z","title":"A call","answers":[{"step":"note","text":"Kayleigh Marsh rang about LS6 2AB."}]}`,
		`{"id":"c","kind":"note","guide":"note","created":"2026-11-17T09:00:00Z","title":"A dry day","tags":["Kayleigh Marsh"],"later":[{"added":"2026-11-18T09:00:00Z","text":"It was LS6 2AB."}],"answers":[{"step":"note","text":"A dry day."}]}`,
	)
	d := days(t, nil, 40, 20).press("j", "space", "s").sees("not encrypted", "Somebody could be known by this: a name, a postcode.").misses("Kayleigh")
	d.resize(30, 10).resize(80, 24).sees("a name, a postcode").write("/none/x.md").press("enter").misses("a postcode")
	days(t, nil, 80, 24).press("j", "down", "space", "s").sees("not encrypted").misses("could be known")
	// What was added later, and the tags, are written too.
	days(t, nil, 80, 24).press("j", "end", "space", "s").sees("Somebody could be known by this: a name, a postcode.")
}

// A sentence ends at a space: what is before a place is not cut in the middle of
// an address or a time.
func TestASentenceIsNotCutInAnAddress(t *testing.T) {
	nudged(t, "Cold. Write to jo.b@example.com, Kayleigh Marsh rang at 9.30 from there. Then rain.").press("enter").
		sees("Write to jo.b@example.com, ‹Kayleigh Marsh› rang at 9.30 from there.").misses("Cold.", "Then rain.")
}
