package tui

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"goodenough/content"
	"goodenough/journal"
)

// demoHome is home with the demo's entries.
func demoHome(t *testing.T, _ map[string]string, width, height int) *driver {
	t.Helper()
	d := home(t, width, height)
	if _, err := d.app.journal.Import(strings.NewReader(string(content.Demo(d.clock)))); err != nil {
		t.Fatal(err)
	}
	return d.press("j", "esc") // home looks again
}

// put keeps an entry as it is given.
func (d *driver) put(e journal.Entry) journal.Entry {
	d.t.Helper()
	kept, err := d.app.journal.Put(e)
	if err != nil {
		d.t.Fatal(err)
	}
	return kept
}

// newestOf is the newest entry of a guide, whole.
func (d *driver) newestOf(guide string) journal.Entry {
	d.t.Helper()
	h, ok := d.app.newest(guide)
	if !ok {
		d.t.Fatalf("there is no entry of %q", guide)
	}
	e, err := d.app.journal.Get(h.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return e
}

// comeBack is another day, at the same open program.
func (d *driver) comeBack(at time.Time) {
	d.clock, d.app.touched = at, at
}

// forms are a paper in each form.
func (d *driver) forms(e journal.Entry) map[string]string {
	d.t.Helper()
	out := make(map[string]string)
	for _, form := range strings.Split(SupervisionForms, ",") {
		var b strings.Builder
		if err := newPaper(d.app.library, e).write(&b, form); err != nil {
			d.t.Fatal(err)
		}
		out[form] = b.String()
	}
	return out
}

// supervised is home with a brief that is kept, and what was agreed before it.
func supervised(t *testing.T, own map[string]string, width, height int) *driver {
	t.Helper()
	d := demoHome(t, own, width, height)
	d.put(afterEntry(d.clock.AddDate(0, 0, -20), "yes", journal.Item{Text: long, Who: "me", When: "Friday"}, journal.Item{Text: "ring the GP"}))
	d.put(afterEntry(d.clock.AddDate(0, 0, -2), "not this time"))
	e := brought(long+"\n"+long, true)
	e.Answers = append(e.Answers, briefLine{step: "how", title: "How are you?", text: "Tired.", verb: "support", side: "supportive"}.answers()...)
	d.put(e)
	return d
}

// supervisionPlaces are the places of supervision, for the tests of all places.
func supervisionPlaces() []place {
	brief := func(n int, then string) string { return "s b " + strings.Repeat("enter ", n) + then }
	return []place{
		{"supervision", nil, homeWith, "s", ""},
		{"supervision, open", nil, supervised, "s end", ""},
		{"supervision, done", nil, supervised, "s end space", ""},
		{"pick, empty", nil, homeWith, "s b", ""},
		{"pick", nil, supervised, "s b", ""},
		{"pick, an answer", nil, demoHome, "s b right down down space", ""},
		{"pick, search", nil, supervised, "s b " + typed("court"), "> court"},
		{"pick, found", nil, supervised, "s b " + typed("court") + " enter space", ""},
		{"pick, nothing found", nil, supervised, "s b " + typed("zebra"), "> zebra"},
		{"pick for CPD", nil, demoHome, "s d", ""},
		{"CPD, what was picked", nil, demoHome, "s d space enter enter", ""},
		{"CPD, brought in", nil, demoHome, "s d space enter enter ctrl+n pgdown", ""},
		{"CPD, its day", nil, demoHome, "s d space enter enter tab", ""},
		{"bring", nil, homeWith, brief(1, ""), ""},
		{"bring, written", nil, homeWith, brief(1, typed(long)), "rain"},
		{"bring, wanted", nil, homeWith, brief(1, typed("it")+" enter "+typed("your ear")), "> your ear"},
		{"bring, side", nil, homeWith, brief(1, "down down"), ""},
		{"bring, share", nil, homeWith, brief(1, typed("it")+" down down down down space"), ""},
		{"bring, known", nil, supervised, brief(6, ""), ""},
		{"triangle, empty", nil, homeWith, brief(8, ""), ""},
		{"triangle", nil, supervised, "s b space down space " + brief(8, "")[len("s b "):] + " space", ""},
		{"triangle, a line", nil, homeWith, brief(1, typed("it")+" enter enter "+strings.Repeat("enter ", 6)+"e "+typed(" rains")), "it rains"},
		{"agreed, who", nil, homeWith, "s a enter " + typed("ring") + " enter " + typed("duty"), "> duty"},
		{"agreed, when", nil, homeWith, "s a enter " + typed("ring") + " enter down enter down", "> today"},
		{"held", nil, homeWith, "s a enter enter enter right", ""},
		{"what would leave", nil, supervised, "s v", ""},
		{"share or keep", nil, supervised, "s v b", ""},
		{"share or keep, no words", nil, demoHome, "s b space " + strings.Repeat("enter ", 8) + "enter enter v b", ""},
		{"what would leave, changed", nil, supervised, "s v e", ""},
		{"what would leave, a file", nil, supervised, "s v h ctrl+u " + typed("no/brief.html"), "> no/brief.html"},
		{"what would leave, copying", nil, supervised, "s v c", ""},
		{"when", nil, homeWith, "s w", ""},
		{"when, reminded", nil, homeWith, "s w right down right down right", ""},
	}
}

// A brief with something on each side takes few keys beside what is typed, and
// what leaves is what was shared.
func TestABriefTakesFewKeys(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	d := demoHome(t, nil, 80, 24)
	keys := 0
	press := func(names ...string) {
		keys += len(names)
		d.press(names...)
	}
	press("s", "b")
	d.sees("third with the tag", "squares of my days", "12 check-ins")
	press("space", "enter")
	d.write("Tired, and glad of Thursday.")
	press("enter")
	d.write("to be heard")
	press("enter")
	d.write("I avoid the stepfather.")
	press("enter", "enter", "enter") // nothing is wanted of it, nor is anybody stuck
	d.write("Who decides about contact?")
	press("enter", "enter", "enter", "enter", "enter")
	d.sees("The whole of it", "supportive: 1", "educative: 1", "administrative: 1", "keep supportive Tired")
	d.misses("share supportive", "share educative", "share administrative")
	press("down", "space", "down", "down", "space", "enter", "enter")
	d.sees("nobody has seen it")
	press("v")
	d.sees("This is all that would be shared", "Tired, and glad", "to be heard", "Who decides").misses("stepfather", "End of the day")
	press("h", "enter")
	d.sees("Written to")
	if keys >= 60 {
		t.Errorf("it took %d keys", keys)
	}
	name := filepath.Join(os.Getenv("HOME"), "supervision-2026-11-20.html")
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if fi, err := os.Stat(name); err != nil || fi.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", fi.Mode(), err)
	}
	if got := string(page); !strings.Contains(got, "Tired, and glad of Thursday.") || strings.Contains(got, "stepfather") {
		t.Errorf("the page is\n%s", got)
	}
	d.press("h", "enter").sees("There is a file with that name already")
	if again, err := os.ReadFile(name); err != nil || string(again) != string(page) {
		t.Errorf("the file was written over: %v", err)
	}
	d.press("esc", "esc").sees("kept", "enter supervision").press("enter").sees("Prepare a brief", "What would be shared").press("esc").sees("Check in")
}

// The clipboard is asked for once it was said what it is, and not before.
func TestNothingIsCopiedUnasked(t *testing.T) {
	d := home(t, 80, 24)
	p := newShare(d.app.session, brought("share me", true))
	d.send(pushMsg{p})
	if cmd := p.update(keyPress("c")); cmd != nil {
		t.Error("it is copied at once")
	}
	d.sees("open to every program")
	if cmd := p.update(keyPress("n")); cmd != nil {
		t.Error("it is copied after a no")
	}
	p.update(keyPress("c"))
	cmd := p.update(keyPress("y"))
	if cmd == nil || fmt.Sprint(cmd()) != p.paper.text() {
		t.Errorf("after a yes what is copied is not what is shown")
	}
}

// brought is a brief with one line.
func brought(text string, share bool) journal.Entry {
	e := journal.Entry{Header: journal.Header{ID: journal.NewID(), Kind: journal.Supervision, Guide: briefGuide, Created: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}}
	e.Answers = briefLine{step: "stuck", title: "Where are you stuck?", text: text, verb: "think", side: "educative", share: share}.answers()
	return e
}

// token is a word that occurs nowhere else, in the company of what a form might
// stumble over.
func token(r *rand.Rand, n *int) string {
	*n++
	around := []string{"", "*", "<b>", "</li><script>", "- ", "# ", "\n\n", "&amp;", "\x1b[31m", "| ", "](", "1. "}
	pick := func() string { return around[r.IntN(len(around))] }
	return pick() + fmt.Sprintf("zq%dx", *n) + pick()
}

// No text of a line that is kept, nor of an entry that was not picked, is in
// anything that leaves, and all that is shared is: random briefs, made by
// picking, writing, sharing and letting go again.
func TestNothingKeptLeaves(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 6))
		d := home(t, 80, 24)
		n := 0
		secret := make(map[string]bool) // a token, and whether it may be on no paper
		tell := func(s string) string {
			for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r < 0x20 }) {
				if i := strings.Index(word, "zq"); i >= 0 {
					secret[word[i:i+strings.Index(word[i:], "x")+1]] = true
				}
			}
			return s
		}
		for i := range 8 {
			bring := &journal.Bring{Side: content.Sides[r.IntN(3)], Share: r.IntN(2) == 0}
			if r.IntN(2) == 0 {
				bring = nil
			}
			d.put(journal.Entry{
				Header:  journal.Header{Kind: journal.Note, Guide: "note", Created: d.clock.Add(-time.Duration(i) * time.Hour), Title: tell(token(r, &n)), Tags: []string{"tag"}, Bring: bring},
				Answers: []journal.Answer{{Step: "note", Prompt: tell(token(r, &n)), Text: tell(token(r, &n)), Bring: bring}, {Step: "more", Text: tell(token(r, &n))}},
			})
		}
		g, _ := d.app.library.Guide(briefGuide)
		w := newWalk(g, g.Steps)
		since, _ := g.Step("since")
		for range r.IntN(8) {
			p := newPicking(d.app.session, w, since)
			offers := append(d.app.lookBack().offers, entriesWith(d.app.journal, "")...)
			o := offers[r.IntN(len(offers))]
			if answers := d.app.answersOf(o.from); len(answers) > 0 && r.IntN(2) == 0 {
				o = answers[r.IntN(len(answers))]
			}
			p.toggle(o)
		}
		for _, s := range g.Steps {
			if s.Kind == content.Bring && r.IntN(2) == 0 {
				l := w.line(s)
				l.text, l.want = tell(token(r, &n)), tell(token(r, &n))
				for _, a := range l.answers() {
					w.set(a)
				}
			}
		}
		w.set(journal.Answer{Step: "told", Choices: []string{"no"}, Text: tell(token(r, &n))})
		f := newTriangleField(d.app.session, w)
		for i := range f.lines {
			f.lines[i].share = r.IntN(2) == 0
			f.lines[i].side = sides[r.IntN(len(sides))].id
		}
		for _, a := range f.answers() {
			w.set(a)
		}
		e, err := d.app.journal.Keep(w.toDraft())
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range f.lines {
			if l.share {
				for token := range secret {
					if strings.Contains(l.text, token) || strings.Contains(l.want, token) {
						secret[token] = false
					}
				}
			}
		}
		for form, text := range d.forms(e) {
			for token, kept := range secret {
				if there := strings.Contains(text, token); there == kept {
					t.Fatalf("seed %d, %s: %s is on the paper: %v, and to be kept: %v\n%s", seed, form, token, there, kept, text)
				}
			}
			if strings.ContainsRune(text, 0x1b) || form == formHTML && (strings.Contains(text, "<script") || strings.Contains(text, "http:") || strings.Contains(text, "https:") || strings.Contains(text, "src=")) {
				t.Fatalf("seed %d, %s:\n%s", seed, form, text)
			}
		}
		d.app.close()
	}
}

// after is an entry of what came of a supervision.
func afterEntry(at time.Time, happened string, agreed ...journal.Item) journal.Entry {
	e := journal.Entry{Header: journal.Header{Kind: journal.Supervision, Guide: afterwards, Created: at, Title: "After supervision"}}
	e.Answers = []journal.Answer{{Step: happenedStep, Choices: []string{happened}}, {Step: agreedStep, Items: agreed}}
	return e
}

// The third brief shows what was agreed and is open, what comes back, and what
// did not happen.
func TestTheThirdBriefRemembers(t *testing.T) {
	d := home(t, 80, 40)
	day := func(n int) time.Time { return d.clock.AddDate(0, 0, -n) }
	d.put(afterEntry(day(70), "yes", journal.Item{Text: "ask about the rota", Who: "a manager", When: "next week"}))
	d.put(afterEntry(day(42), "in part, or cut short", journal.Item{Text: "ring the GP", Who: "me", When: "Friday", Done: true}, journal.Item{Text: "read about shame", Who: "me"}))
	missed := brought("an older brief", false)
	missed.Created = day(15)
	d.put(missed)
	d.put(afterEntry(day(14), "not this time"))
	for i := range 4 {
		d.put(journal.Entry{Header: journal.Header{Kind: journal.Note, Created: day(5 + i), Title: fmt.Sprintf("Court %d", i), Tags: []string{"court"}}})
	}
	d.put(journal.Entry{Header: journal.Header{Kind: journal.Note, Created: day(50), Title: "Before the last one", Tags: []string{"court"}}})
	d.press("j", "esc").sees("2 agreed and open")
	d.press("s").sees("ask about the rota – a manager, next week", "read about shame – me").misses("ring the GP")
	d.press("b").sees("Since supervision on 9 October",
		"Agreed, and still open", "ask about the rota", "read about shame",
		"fourth with the tag “court”", "Court 0",
		"Supervision did not happen: once since last time").misses("Before the last one", "ring the GP", "an older brief")
	d.press("space")
	for d.guide().walk.step().ID != "organisation" {
		d.press("enter")
	}
	d.sees("Supervision did not happen: once since last time")
	for d.guide().walk.step().ID != "brief" {
		d.press("enter")
	}
	d.sees("keep administrative read about shame")
}

// What did not happen before the supervision that is counted from is not of this
// time.
func TestMissedIsOfThisTime(t *testing.T) {
	d := home(t, 80, 24)
	d.put(afterEntry(d.clock.AddDate(0, 0, -50), "not this time"))
	b := brought("held, as far as is known", false)
	b.Created = d.clock.AddDate(0, 0, -30)
	d.put(b)
	d.press("s", "b").sees("Since supervision on 21 October").misses("did not happen")
}

// What was agreed stays on home and on the page until it is done, and a slip can
// be put right.
func TestWhatIsAgreedStaysUntilItIsDone(t *testing.T) {
	d := home(t, 80, 24)
	d.press("s", "a", "enter").sees("What was agreed")
	d.write("ring the GP").press("enter", "down").sees("> me").press("enter").write("Friday").press("enter")
	d.sees("ring the GP – me, Friday").press("ctrl+x")
	d = d.reopen()
	d.press("enter").sees("ring the GP – me, Friday").press("enter", "enter", "enter", "enter", "enter").sees("comes back in the next brief")
	d.sees("enter home").press("enter").sees("1 agreed and open")
	d.press("s", "end", "space").sees("☑ ring the GP")
	d.press("space").sees("☐ ring the GP").press("space", "esc").misses("agreed and open")
	if items := agreed(d.newestOf(afterwards)); len(items) != 1 || !items[0].Done || items[0].Who != "me" || items[0].When != "Friday" {
		t.Errorf("kept is %+v", items)
	}
	d.press("s").misses("ring the GP")
}

// What has no words cannot be shared, and each place says so.
func TestWithoutWordsNothingLeaves(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 20}, {30, 12}} {
		d := home(t, size[0], size[1])
		d.put(journal.Entry{Header: journal.Header{Kind: journal.Note, Created: d.clock.AddDate(0, 0, -1), Title: strings.Repeat("A long title ", 6)}})
		d.press("s", "b", "space")
		for d.guide().walk.step().ID != "brief" {
			d.press("enter")
		}
		said := strings.Split(noWords, ", ")
		d.sees(said...).sees("keep").press("space").sees("keep").sees(said...).press("enter", "enter")
		d.press("v").sees("nothing would leave").press("b").sees("keep").sees(said...).press("space").sees("keep").press("esc").sees("nothing would leave")
		if lines := briefLines(d.newestOf(briefGuide)); len(lines) != 1 || lines[0].share {
			t.Errorf("%v: the lines are %+v", size, lines)
		}
		d.press("e", "e").write("Words now.").press("esc", "space", "enter").misses("no words yet").press("end").sees("Words now.")
	}
}

// A marked answer that was chosen, valued or shared out, with nothing typed, comes
// with what was given, and can be shared; so does one with words beside.
func TestWhatWasChosenIsWordsToo(t *testing.T) {
	d := home(t, 80, 40)
	seven := 7
	answer := func(a journal.Answer) journal.Answer {
		a.Bring = &journal.Bring{}
		return a
	}
	d.put(journal.Entry{Header: journal.Header{Kind: journal.CheckIn, Guide: "end-of-day", Created: d.clock.AddDate(0, 0, -1)}, Answers: []journal.Answer{
		answer(journal.Answer{Step: "feelings", Prompt: "What is with you?", Choices: []string{"anxious", "caring"}}),
		answer(journal.Answer{Step: "threat", Prompt: "How much threat?", Value: &seven, Text: "the phone"}),
		answer(journal.Answer{Step: "day", Prompt: "Where did the day go?", Shares: map[string]int{"recording": 3}}),
	}})
	d.press("s", "b", "space", "down", "space", "down", "space")
	for d.guide().walk.step().ID != "brief" {
		d.press("enter")
	}
	d.sees("keep side not sure anxious, caring").misses("no words yet").press("space").sees("share side not sure anxious, caring")
	d.press("down", "space", "down", "space", "enter", "enter", "v")
	d.sees("anxious, caring", "How much threat? 7 of 10", "the phone", "recording and forms: 3")
}

// What a line's choices are is said over the first question of the first brief,
// and not again; what it is for is said in words where it is kept.
func TestAFirstBriefSaysWhatItsChoicesAre(t *testing.T) {
	d := home(t, 80, 24).press("s", "b", "enter").sees("Side is the side of supervision").write("Tired.").press("enter", "enter").misses("Side is the side")
	for d.guide().walk.step().ID != "told" {
		d.press("enter")
	}
	d.press("enter").sees("for support Tired. For supervision: supportive · keep, for you alone").press("enter", "b", "enter").sees("How I am").misses("Side is the side")
	for _, size := range [][2]int{{40, 14}, {30, 12}} {
		home(t, size[0], size[1]).press("s", "b", "enter", "down", "down", "down", "down").sees("› Share")
	}
}

// A line stands on the paper once, under its side's own heading, wherever it was
// asked; what it is for has a line of its own, also under a list.
func TestThePaperIsBySides(t *testing.T) {
	d := home(t, 80, 24)
	e := brought("", false)
	e.Answers = nil
	for _, l := range []briefLine{
		{step: "how", text: "Tired.", verb: "support", side: ""},
		{step: "stuck", text: "- the door\n- the stairs", verb: "think", side: "supportive"},
		{step: "decision", text: "Who decides?", want: "a date", verb: "decide", side: "administrative"},
		{step: "learning", text: "", want: "a book", verb: "learn", side: "educative"},
	} {
		l.title, l.share = "Asked", true
		e.Answers = append(e.Answers, l.answers()...)
	}
	const want = `For supervision
20 November 2026

Support

- - the door
  - the stairs
  (to think about)

Learning

- What I want from you is: a book
  (to learn)

The work itself

- Who decides?
  (to decide)
  What I want from you is: a date

To talk about

- Tired.
  (for support)
`
	if got := d.forms(e)[formText]; got != want {
		t.Errorf("the paper is\n%s", got)
	}
}

// What leaves is without a change that was begun, and says so.
func TestThePreviewSaysThatAChangeWasBegun(t *testing.T) {
	d := supervised(t, nil, 80, 24).press("s", "v", "e", "down", "e").write(" Not yet.").press("ctrl+x")
	d.press("esc", "s", "v").sees("A change of this was begun today").misses("Not yet.")
	if row := d.press("h").rowOfCursor(); !strings.Contains(row, "supervision-2026-11-20.html") {
		t.Errorf("the cursor is on %q", row)
	}
	d.press("esc", "e", "enter").sees("Not yet.").misses("was begun")
}

// Only Esc leaves what would leave, and nothing else that is not listed.
func TestEnterDoesNothingInThePreview(t *testing.T) {
	d := supervised(t, nil, 80, 24).press("s", "v").sees("This is all that would be shared").press("enter").sees("This is all that would be shared").misses("enter")
	d.press("esc").sees("Prepare a brief")
}

// What is marked in what came of a supervision is offered for the next one.
func TestAMarkFromAfterwardsIsOffered(t *testing.T) {
	d := home(t, 80, 24)
	e := afterEntry(d.clock.AddDate(0, 0, -5), "yes")
	e.Answers = append(e.Answers, journal.Answer{Step: "further", Prompt: "Is there something to take further?", Text: "the lone working form", Bring: &journal.Bring{}})
	d.put(e)
	d.press("j", "esc").sees("1 thing marked to bring").press("s", "b").sees("You marked it", "the lone working form").misses("Since then")
}

// A supervision that did not happen is noted, and nothing more is asked of it.
func TestMissedIsNotedWithoutBlame(t *testing.T) {
	d := home(t, 80, 24)
	d.press("s", "a", "end").sees("It was yours to have").press("enter").sees("To take further", "2 of 3")
	d.press("enter", "enter", "enter").press("s", "b")
	d.sees("Supervision did not happen: once")
}

// Everything works on the first day, with nothing in the journal.
func TestSupervisionOnTheFirstDay(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 20}, {30, 10}} {
		d := home(t, size[0], size[1])
		d.press("s", "b")
		for i := 0; ; i++ {
			if _, walking := d.app.top().(*guideScreen); !walking {
				break
			}
			if i == 20 {
				t.Fatal("there is no end to it")
			}
			d.press("enter")
		}
		e := d.newestOf(briefGuide)
		if lines := briefLines(e); len(lines) != 0 {
			t.Errorf("an empty brief has the lines %+v", lines)
		}
		d.press("v").sees("nothing would leave").press("h", "m", "t", "c").sees("nothing would leave")
		d.press("esc", "enter", "w", "esc", "d").press("enter", "enter", "enter", "enter", "enter", "enter", "enter")
		d.press("esc", "esc", "esc").sees("Check in")
	}
}

// What is written in a brief is on the disk, and comes back as it was: also what
// was picked, and what is shared.
func TestABriefSurvives(t *testing.T) {
	d := demoHome(t, nil, 80, 24)
	d.press("s", "b", "space", "enter").write("half a thought").save()
	d = d.reopen()
	d.press("enter").sees("How I am", "half a thought")
	d.press("down", "down", "left", "down", "down", "space").sees("on the page you take").press("esc").sees("☑").press("ctrl+x")
	d = d.reopen()
	d.press("enter").sees("☑").press("enter").sees("Share share")
	lines := d.guide().walk.lines()
	if len(lines) != 2 || !lines[0].ofPick() || lines[1].text != "half a thought" || !lines[1].share || lines[1].side != "educative" {
		t.Errorf("the lines are %+v", lines)
	}
}

// A brief that was begun days ago is gone on with, and not begun again.
func TestABriefMayTakeDays(t *testing.T) {
	d := home(t, 80, 24)
	d.press("s", "b", "enter").write("on Friday").press("ctrl+x")
	d.comeBack(d.clock.AddDate(0, 0, 3))
	d.press("esc", "s").sees("Prepare a brief begun on Friday").press("b").sees("on Friday").write(", and Monday").press("ctrl+x")
	if drafts := d.app.journal.Drafts(); len(drafts) != 1 || drafts[0].Answers[0].Text != "on Friday, and Monday" {
		t.Errorf("the drafts are %+v", drafts)
	}
}

// What was picked and let go again leaves nothing, and comes back whole when it
// is picked once more.
func TestLettingGoOfAPick(t *testing.T) {
	d := home(t, 80, 24)
	e := d.put(journal.Entry{Header: journal.Header{Kind: journal.Note, Created: d.clock, Title: "The doorstep"}, Answers: []journal.Answer{{Step: "note", Prompt: "What?", Text: "He shouted."}}})
	d.press("s", "b").sees("☐ The doorstep").press("right", "down", "space").sees("☑ He shouted.")
	w := d.guide().walk
	if lines := w.lines(); len(lines) != 1 || lines[0].text != "He shouted." || lines[0].share {
		t.Fatalf("the lines are %+v", w.lines())
	}
	d.press("space").sees("☐ He shouted.")
	if len(w.lines()) != 0 || !w.blank() {
		t.Errorf("left are %+v", w.answers)
	}
	d.press("space", "enter", "ctrl+x")
	draft := d.app.journal.Drafts()[0]
	if a := draft.Answers[0]; a.Items[0].From != e.ID+"/note" || a.Items[0].Text != "" {
		t.Errorf("kept is %+v", a)
	}
}

// A brief names what was picked for it for as long as that is there: what is
// deleted for good leaves no name in it, nor in a draft of it.
func TestABriefForgetsWhatIsPurged(t *testing.T) {
	d := home(t, 80, 24)
	for i, title := range []string{"Whole marker", "Part marker"} {
		d.put(journal.Entry{Header: journal.Header{Kind: journal.Note, Created: d.clock.AddDate(0, 0, -i), Title: title}, Answers: []journal.Answer{{Step: "note", Prompt: title + ", asked", Text: "Taken words."}}})
	}
	d.press("s", "b", "space", "down", "right", "down", "space").sees("☑ Whole marker", "☑ Taken words.")
	d.press("ctrl+t").sees("· Whole marker", "· Part marker, asked").press("esc")
	for d.guide().walk.step().ID != "brief" {
		d.press("enter")
	}
	d.sees("Whole marker").press("enter", "enter").sees("nobody has seen it", "· Whole marker")
	d.press("enter", "b", "space", "ctrl+x").sees("Prepare a brief begun").press("esc")
	for _, h := range slices.Collect(d.app.journal.Entries(journal.Query{Kind: journal.Note})) {
		if err := d.app.journal.Delete(h.ID); err != nil {
			t.Fatal(err)
		}
	}
	d.press("j", "b").sees("Bin").press("x").sees("words that were taken from it stay there").press("y", "x", "y").sees("The bin is empty")
	var out strings.Builder
	if _, err := d.app.journal.Export(&out, journal.Query{}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "marker") || !strings.Contains(out.String(), "Taken words.") {
		t.Errorf("left is\n%s", out.String())
	}
	for _, draft := range d.app.journal.Drafts() {
		if text := fmt.Sprint(draft); strings.Contains(text, "marker") {
			t.Errorf("a draft has %s", text)
		}
	}
	d.press("esc", "enter").sees("· " + goneName)
}

// Search finds in the whole journal what is long ago, and picks it.
func TestPickingBySearch(t *testing.T) {
	d := home(t, 80, 24)
	d.put(journal.Entry{Header: journal.Header{Kind: journal.Note, Created: d.clock.AddDate(-2, 0, 0), Title: "Long ago"}, Answers: []journal.Answer{{Step: "note", Text: "the yellow coat"}}})
	d.press("s", "b").misses("Long ago").write("yellow coat").sees("Search > yellow coat", "Long ago", "20 November 2024")
	d.press("enter", "space").sees("☑ Long ago").write("zebra").sees("Nothing with these words").press("esc").sees("Picked", "☑ Long ago")
	d.press("enter", "esc").sees("☑ Long ago").press("space").misses("Long ago")
}

// A CPD draft has the fields of the form, and nothing of the entry that was not
// chosen.
func TestCPDDraft(t *testing.T) {
	d := home(t, 80, 24)
	d.put(journal.Entry{Header: journal.Header{Kind: journal.Reflection, Guide: "after-visit", Created: d.clock.AddDate(0, 0, -3), Title: "Hidden title", Tags: []string{"hiddentag"}}, Answers: []journal.Answer{
		{Step: "stayed", Prompt: "Hidden prompt", Text: "Hidden: the dog at the door."},
		{Step: "real", Prompt: "Another prompt", Text: "Sitting on the floor changed the talk."},
	}})
	d.press("s", "d").sees("Where it comes from").press("right", "down", "down", "space").sees("☑ Sitting on the floor")
	d.press("enter").write("reflection").press("enter").sees("You picked Another prompt, 17 November 2026", "Sitting on the floor changed the talk.", "ctrl+n bring in")
	d.write("A visit in which I sat down.").press("tab").sees("When was it?").press("ctrl+n").sees("17 November 2026 17").press("tab")
	d.sees("What did you learn?").press("ctrl+n").write(" I will sit lower.").press("ctrl+n", "tab").write("Talk comes sooner.").press("tab", "tab").sees("‹17 November 2026›").press("tab").sees("kept").press("v")
	d.sees("What would be shared", "A visit in which I sat down.")
	e := d.newestOf(cpdEngland)
	if e.Title != "A visit in which I sat down." {
		t.Errorf("it is called %q", e.Title)
	}
	g, _ := d.app.library.Guide(cpdEngland)
	for form, text := range d.forms(e) {
		if strings.Contains(text, "Hidden") || strings.Contains(text, "hidden") || strings.Contains(text, "Another prompt") {
			t.Errorf("%s has what was not chosen:\n%s", form, text)
		}
		for _, s := range g.Steps {
			if s.Kind == content.Prompt && !strings.Contains(text, strings.TrimSuffix(s.Prompt, "?")) {
				t.Errorf("%s has no field %q:\n%s", form, s.Prompt, text)
			}
		}
		for _, want := range []string{"reflection", "A visit in which I sat down.", "17 November 2026", "Sitting on the floor changed the talk. I will sit lower.", "Talk comes sooner.", leftEmpty} {
			if !strings.Contains(text, want) {
				t.Errorf("%s has no %q:\n%s", form, want, text)
			}
		}
	}
}

// What was picked is read beside the questions, and nothing of it goes out that
// was not brought in: who passes every question by has an empty draft.
func TestNothingOfAPickGoesOutByItself(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {40, 20}, {30, 10}} {
		d := home(t, size[0], size[1])
		e := d.put(journal.Entry{Header: journal.Header{Kind: journal.Note, Created: d.clock.AddDate(0, 0, -3), Title: "Private title"}, Answers: []journal.Answer{{Step: "note", Prompt: "Private prompt", Text: "private words\nand more\n" + strings.Repeat("and on. ", 90) + "The end."}}})
		d.press("s", "d", "space", "enter")
		read := ""
		for d.guide().walk.step().ID != "impact" {
			for range 60 {
				read += d.screen()
				d.press("pgdown")
			}
			d.press("tab")
		}
		for _, want := range []string{"Private title", "words", "The end."} {
			if !strings.Contains(read, want) {
				t.Errorf("%v: %q is not to be read", size, want)
			}
		}
		d.press("tab", "tab").sees("kept")
		if draft := d.newestOf(cpdEngland); !newPaper(d.app.library, draft).empty() {
			t.Errorf("%v: of %s there is on paper\n%s", size, e.ID, newPaper(d.app.library, draft).text())
		}
		d.press("v").sees("Nothing is written in this draft yet")
	}
}

// What is brought in can be taken back, and is brought in once.
func TestWhatIsBroughtInIsTakenBack(t *testing.T) {
	d := home(t, 80, 24)
	d.put(journal.Entry{Header: journal.Header{Kind: journal.Note, Created: d.clock, Title: "A"}, Answers: []journal.Answer{{Step: "note", Text: "private words"}}})
	d.press("s", "d", "right", "down", "space", "enter", "enter").write("It was so.").press("ctrl+n", "ctrl+n").misses("ctrl+n")
	d.press("tab", "esc")
	if got := d.guide().walk.answer("about").Text; got != "It was so.\nprivate words" {
		t.Errorf("the answer is %q", got)
	}
	d.press("ctrl+u", "backspace").sees("ctrl+n bring in").press("ctrl+n", "ctrl+z", "tab", "esc")
	if got := d.guide().walk.answer("about").Text; got != "It was so." {
		t.Errorf("the answer is %q", got)
	}
}

// A form is filled in bit by bit: what was left empty is asked again.
func TestACPDDraftIsGoneOnWith(t *testing.T) {
	d := home(t, 80, 24)
	d.press("s", "d", "enter").write("reading").press("enter").write("About rest.").press("tab", "tab", "tab", "tab", "tab", "tab")
	d.press("enter", "s", "o").sees("(left empty)", "e change it").press("e").sees("reading", "1 of 6").press("tab", "tab", "tab", "tab", "tab").write("That others rest too.").press("tab")
	d.sees("What would be shared").press("end").sees("That others rest too.")
	if e := d.newestOf(cpdEngland); len(e.Earlier) != 1 {
		t.Errorf("what it said before is %+v", e.Earlier)
	}
}

// Other nations get a plain record.
func TestCPDOfAnotherNation(t *testing.T) {
	d := home(t, 80, 24)
	d.app.settings.Nation = "wales"
	d.press("s").sees("Learning record").press("w").misses("Remind me of CPD")
	d.app.settings.CPD.Remind = true
	if words := d.app.cpdWords(); words != "" {
		t.Errorf("home says %q", words)
	}
}

func TestCPDRemindsOnlyWhenAsked(t *testing.T) {
	d := home(t, 80, 24)
	d.press("j", "esc").misses("CPD")
	d.press("s", "w", "down", "down", "right").sees("from 1 September", "until 30 November").press("esc", "esc").sees("CPD until 30 November")
	d.comeBack(time.Date(2026, 8, 31, 12, 0, 0, 0, time.UTC))
	d.press("j", "esc").misses("CPD until")
	d.comeBack(time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC))
	d.press("j", "esc").misses("CPD until")
	d.comeBack(time.Date(2027, 9, 1, 12, 0, 0, 0, time.UTC))
	d.press("j", "esc").sees("CPD until 30 November")
	// Waved away, it is silent until the next window.
	d.press("s", "w", "down", "down", "right").sees("not again in 2027").press("esc", "esc").misses("CPD until")
	d.comeBack(time.Date(2027, 11, 30, 12, 0, 0, 0, time.UTC))
	d.press("j", "esc").misses("CPD until")
	d.comeBack(time.Date(2028, 9, 1, 12, 0, 0, 0, time.UTC))
	d.press("j", "esc").sees("CPD until 30 November")
}

func TestWhenSupervisionIs(t *testing.T) {
	now := time.Date(2026, 11, 20, 17, 0, 0, 0, time.Local)
	tests := []struct {
		dates supervisionDates
		want  string
	}{
		{supervisionDates{}, ""},
		{supervisionDates{Next: "nonsense", Weeks: 4}, ""},
		{supervisionDates{Next: "2026-11-26"}, "2026-11-26"},
		{supervisionDates{Next: "2026-11-19"}, "2026-11-19"},
		{supervisionDates{Next: "2026-11-20", Weeks: 4}, "2026-11-20"},
		{supervisionDates{Next: "2026-11-19", Weeks: 4}, "2026-12-17"},
		{supervisionDates{Next: "2026-10-22", Weeks: 4}, "2026-12-17"},
		{supervisionDates{Next: "2026-10-23", Weeks: 4}, "2026-11-20"},
		{supervisionDates{Next: "2024-11-22", Weeks: 1}, "2026-11-20"},
	}
	for _, tt := range tests {
		day, ok := tt.dates.next(now)
		got := ""
		if ok {
			got = day.Format(time.DateOnly)
		}
		if got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.dates, got, tt.want)
		}
	}
}

// Home says when supervision is from three days before, and not sooner.
func TestHomeSaysSoonAndNotSooner(t *testing.T) {
	d := home(t, 80, 24)
	d.press("s", "w", "right").sees("Saturday 21 November 2026").press("pgdown", "esc").sees("Sat 28 November, in 8 days")
	d.press("esc").sees("before it, and after it")
	for days, want := range map[int]string{4: "before it", 3: "in 3 days", 1: "tomorrow", 0: "today", -1: "before it"} {
		d.comeBack(time.Date(2026, 11, 28-days, 9, 0, 0, 0, time.UTC))
		d.press("j", "esc").sees("Supervision " + want)
	}
	d.comeBack(time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC))
	n := d.reopen()
	n.sees("tomorrow").press("s", "w", "down", "right", "right").sees("every 2 weeks").press("esc", "esc")
	n.comeBack(time.Date(2026, 12, 10, 9, 0, 0, 0, time.UTC))
	n.press("j", "esc").sees("in 2 days")
}

// A side with nothing on it is short, and the whole has fallen over.
func TestTheTriangleFallsOver(t *testing.T) {
	whole := drawTriangle(map[string]int{"supportive": 1, "educative": 5, "administrative": 2}, triangleColumns, 7)
	inked := func(rows []string) int {
		return len(slices.DeleteFunc(slices.Clone(rows), func(r string) bool { return strings.TrimSpace(r) == "" }))
	}
	if inked(whole) != 7 {
		t.Errorf("the whole one is %d rows high:\n%s", inked(whole), strings.Join(whole, "\n"))
	}
	for _, missing := range content.Sides[:2] {
		n := map[string]int{"supportive": 1, "educative": 1, "administrative": 1}
		delete(n, missing)
		if got := drawTriangle(n, triangleColumns, 7); inked(got) > 3 {
			t.Errorf("without %s it stands:\n%s", missing, strings.Join(got, "\n"))
		}
	}
	d := home(t, 80, 24)
	for _, still := range []bool{false, true} {
		d.app.settings.Still = still
		words := strings.Join(trianglePicture(d.app.session, map[string]int{"supportive": 2}, 72, 7), "\n")
		for _, want := range []string{"supportive: 2", "educative: nothing yet, a short side", "administrative: nothing yet, a short side"} {
			if !strings.Contains(words, want) {
				t.Errorf("still %v: it does not say %q:\n%s", still, want, words)
			}
		}
		if strings.ContainsAny(words, "▀▄█") == still {
			t.Errorf("still %v:\n%s", still, words)
		}
	}
}

// What leaves is looked at for what could identify somebody, and goes all the
// same.
func TestThePreviewNamesWhatCouldIdentify(t *testing.T) {
	d := home(t, 80, 24)
	d.send(pushMsg{newShare(d.app.session, brought("Ring Kayleigh Marsh at LS6 2AB.", true))})
	d.sees("Somebody could be known by this", "a name, a postcode")
	d.send(pushMsg{newShare(d.app.session, brought("Think about the Harbour family.", true))})
	d.misses("could be known")
}
