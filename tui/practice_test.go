package tui

import (
	"strings"
	"testing"
	"time"

	"goodenough/content"
)

// after lets time pass and the ticks of it come, as fast as the test can.
func (d *driver) after(pass time.Duration) *driver {
	d.t.Helper()
	for end := d.clock.Add(pass); d.clock.Before(end); {
		d.clock = d.clock.Add(min(frameEvery, end.Sub(d.clock)))
		if p, ok := d.app.top().(*practiceScreen); ok {
			d.send(practiceTickMsg{p, p.seq})
		}
	}
	d.screen()
	return d
}

func (d *driver) practice() *practiceScreen {
	d.t.Helper()
	p, ok := d.app.top().(*practiceScreen)
	if !ok {
		d.t.Fatalf("there is no practice on the screen:\n%s", d.screen())
	}
	return p
}

// begin goes to a practice and starts it.
func begin(t *testing.T, id string, width, height int) *driver {
	t.Helper()
	d := home(t, width, height)
	p, ok := d.app.library.Practice(id)
	if !ok {
		t.Fatalf("there is no practice %q", id)
	}
	d.send(pushMsg{newBefore(d.app.session, p)})
	return d.press("enter")
}

// Every practice runs to its end, and can be left at any moment.
func TestPracticesRunToTheirEnd(t *testing.T) {
	library, _ := content.Load(nil)
	for _, p := range library.Practices() {
		for _, size := range [][2]int{{80, 24}, {40, 20}} {
			t.Run(p.ID, func(t *testing.T) {
				t.Parallel()
				d := begin(t, p.ID, size[0], size[1])
				seen := make(map[string]bool)
				for range p.Minutes[0] * 60 {
					at := d.practice().course.At(d.practice().elapsed())
					seen[p.Phases[at.Phase].Short] = true
					d.sees(strings.Fields(at.Lines[at.Said-1])...)
					d.clock = d.clock.Add(time.Second)
					d.send(practiceTickMsg{d.practice(), d.practice().seq})
					if _, over := d.app.top().(*afterScreen); over {
						break
					}
				}
				for _, phase := range p.Phases {
					if phase.Seconds[0] > 0 && !seen[phase.Short] {
						t.Errorf("%q was not to be seen", phase.Short)
					}
				}
				d.sees("make things worse?").press("enter").sees("Check in")
				if d.app.journal.Len() != 0 || len(d.app.journal.Drafts()) != 0 {
					t.Error("something was kept that nobody asked to keep")
				}
			})
		}
	}
}

func TestAnyKeyStopsAPractice(t *testing.T) {
	for _, key := range []string{"enter", "esc", "q", "x", "z", "1", "tab", "backspace", "ctrl+x"} {
		begin(t, "soothing-rhythm", 80, 24).after(30 * time.Second).press(key).sees("make things worse?").press("esc").sees("Check in")
	}
}

// The position is the clock's, whatever happens: twenty pauses, and a laptop
// that sleeps for half a minute in the middle.
func TestPositionKeepsToTheClock(t *testing.T) {
	d := home(t, 80, 24)
	c := content.Course{Practice: content.Practice{
		Title: "ten", Minutes: []int{15}, Closing: "Enough.",
		Phases: []content.Phase{{Short: "All", Seconds: []int{900}, Lines: []string{"Breathe."}, Breath: true}},
	}, Pace: content.Pace{In: 5, Out: 5, From: 3}}
	d.send(pushMsg{newPractice(d.app.session, c)})
	var ran time.Duration
	run := func(pass time.Duration) { d.after(pass); ran += pass }
	for i := range 20 {
		run(28*time.Second + 137*time.Millisecond*time.Duration(i))
		d.press("space").sees("paused")
		d.clock = d.clock.Add(time.Duration(i) * 3333 * time.Millisecond)
		d.press("space").misses("paused")
	}
	d.clock, ran = d.clock.Add(30*time.Second), ran+30*time.Second // asleep: no ticks
	for ran < 10*time.Minute {
		run(time.Second)
	}
	off := d.practice().elapsed() - ran
	t.Logf("after %v with 20 pauses and a sleep of 30 s the position is off by %v", ran, off)
	if off.Abs() >= 50*time.Millisecond {
		t.Errorf("off by %v", off)
	}
}

// However often it is paused, moved and covered, one chain of ticks lives: a
// tick of another chain asks for none.
func TestOneChainOfTicks(t *testing.T) {
	d := begin(t, "soothing-rhythm", 80, 24)
	d.after(25 * time.Second)
	p := d.practice()
	var old []int
	for _, key := range strings.Fields("space space right left space space t ctrl+g esc space space space") {
		old = append(old, p.seq)
		d.press(key)
	}
	for _, seq := range old {
		before := d.ticks
		d.send(practiceTickMsg{p, seq})
		if alive := d.ticks > before; alive && seq != p.seq {
			t.Errorf("the chain %d is still alive beside %d", seq, p.seq)
		}
	}
	if before := d.ticks; !p.held.IsZero() {
		d.send(practiceTickMsg{p, p.seq})
		if d.ticks > before {
			t.Error("it ticks while it is paused")
		}
	}
}

// A window that is not touched for the length of a practice does not lock in
// the middle of it, and does lock afterwards.
func TestNoLockInAPractice(t *testing.T) {
	d := home(t, 80, 24).press(",").set("Lock after", 5).sees("2 quiet minutes").press("esc")
	p, _ := d.app.library.Practice("soothing-rhythm")
	d.send(pushMsg{newBefore(d.app.session, p)})
	d.press("enter")
	idle := func() { d.send(idleMsg{d.app.idleSeq}) }
	for range 17 {
		d.after(10 * time.Second)
		idle()
		if d.app.journal == nil {
			t.Fatal("it locked in the middle of a practice")
		}
	}
	d.after(20 * time.Second).sees("make things worse?")
	d.clock = d.clock.Add(time.Minute)
	idle()
	d.sees("make things worse?")
	d.clock = d.clock.Add(time.Minute)
	idle()
	if d.app.journal != nil {
		t.Error("it did not lock afterwards")
	}
}

// A laptop that slept through the rest of a practice wakes up locked.
func TestPracticeSleptThroughLocks(t *testing.T) {
	d := begin(t, "soothing-rhythm", 80, 24).after(30 * time.Second)
	d.clock = d.clock.Add(time.Hour)
	d.press("space")
	if d.app.journal != nil {
		t.Error("it did not lock")
	}
}

func TestAfterAPractice(t *testing.T) {
	for key, want := range map[string]string{"down": "Good to know", "down down": "says nothing about you", "down down down": "Thank you for saying so"} {
		d := begin(t, "soothing-rhythm", 80, 24).press("x")
		d.press(strings.Fields(key)...).sees(want).misses("try again", "Try again").press("enter")
		if n := d.app.journal.Len(); n != 0 {
			t.Errorf("%d entries are kept, and nobody asked", n)
		}
	}
	d := begin(t, "soothing-rhythm", 80, 24).press("x", "down", "k").sees("remember about it")
	d.write("the rain on the roof").press("enter").sees("That is kept", "Soothing rhythm breathing", "it helped", "the rain on the roof")
	d.press("enter", "j").sees("Soothing rhythm breathing")
}

// A practice from inside a check-in comes back to the same place in it.
func TestPracticeFromACheckIn(t *testing.T) {
	d := home(t, 80, 24).press("c", "tab", "space", "tab", "tab", "tab").write("the phone call").press("esc", "esc", "8").sees("solid ground")
	d.press("ctrl+p").sees("Practise").press("enter", "enter").after(20*time.Second).press("x", "down", "k").write("quieter").press("enter", "enter")
	d.sees("Three systems", "threat")
	d.press("tab", "tab").sees("the phone call")
	for range 4 {
		d.press("tab")
	}
	if d.press("enter").sees("That is kept"); d.app.journal.Len() != 2 {
		t.Errorf("%d entries are kept", d.app.journal.Len())
	}
}

// Still is without motion: nothing is drawn but words, and at most once a
// second.
func TestStillPractice(t *testing.T) {
	d := home(t, 80, 24).press(",").set("No motion", 1).press("esc")
	p, _ := d.app.library.Practice("soothing-rhythm")
	d.send(pushMsg{newBefore(d.app.session, p)})
	d.press("enter")
	views := make(map[string]bool)
	const seconds = 60
	for range seconds * 10 {
		d.clock = d.clock.Add(100 * time.Millisecond)
		views[d.screen()] = true
	}
	t.Logf("%d different screens in %d s", len(views), seconds)
	if len(views) > seconds+1 {
		t.Errorf("%d different screens in %d s", len(views), seconds)
	}
	d.sees("out").misses("█", "▄", "▀")
}

func TestLetterIsKeptOnlyWhenAsked(t *testing.T) {
	own := map[string]string{"guides/letter.toml": strings.Replace(ownNote["guides/note.toml"], `closing = "Kept."`, "closing = \"Kept.\"\nask = true", 1)}
	d := homeWith(t, own, 80, 24).press("n", "3", "enter", "enter").sees("keep this in the journal")
	d.press("esc").sees("Weather").press("enter", "x").sees("Check in")
	if n := d.app.journal.Len() + len(d.app.journal.Drafts()); n != 0 {
		t.Errorf("%d are there after letting go", n)
	}
	d.press("n", "3", "enter", "enter", "k").sees("Kept.")
	if n := d.app.journal.Len(); n != 1 {
		t.Errorf("%d are kept", n)
	}
}

// ctrl+g lies over every screen, and comes back to the same place with the
// text untouched.
func TestGroundFromEverywhere(t *testing.T) {
	everyPlace(t)
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			d := p.open(t, p.own, 80, 24)
			d.follow(p.keys)
			before := d.screen()
			d.press("ctrl+g")
			if d.screen() == before {
				t.Fatalf("ctrl+g did nothing:\n%s", before)
			}
			d.sees("Solid ground").press("enter", "w").sees("Where to turn", "999", "not a crisis tool").press("pgdown", "esc").sees("Solid ground")
			d.paste("not to be seen").write("xyz").press("esc")
			if strings.HasSuffix(p.name, ", keys") {
				return // the page of keys is closed by it
			}
			if p, ok := d.app.top().(*practiceScreen); ok && !p.held.IsZero() && !strings.Contains(before, "paused") {
				d.press("space") // it waited
			}
			if after := d.screen(); after != before {
				t.Errorf("it is another place:\n%s\nand not:\n%s", after, before)
			}
		})
	}
}

// A practice and where to turn are offered where a lot is with somebody, and
// nowhere else.
func TestOfferedWhereALotIsThere(t *testing.T) {
	home(t, 80, 24).press("c", "tab", "tab", "7").misses("solid ground").press("8").sees("ctrl+g solid ground").press("9").sees("ctrl+g solid ground")
	home(t, 80, 24).press("c", "tab", "tab", "down", "down", "9", "enter", "1", "0").misses("solid ground")
	guided(t, "ideas", 80, 24).at("five").press("9").misses("solid ground")
	homeWith(t, ownNote, 80, 24).press("n", "8").sees("ctrl+g solid ground").press("tab", "tab").sees("ctrl+g solid ground")
}

// A letter is a guide: it is offered from home, and not inside another guide,
// nor on the way back from what is.
func TestNoGuideInsideAGuide(t *testing.T) {
	letter := "A kind letter to yourself"
	home(t, 80, 24).press("p").sees(letter)
	d := home(t, 80, 24).press("c", "ctrl+p").sees("Practise", "Compassionate self").misses(letter)
	d.press("right", "left").misses(letter).press("enter", "esc").sees("Practise", "Compassionate self").misses(letter)
	d.press("esc").sees("A moment to arrive")
}
