package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// A place is somewhere on the screen, and how to get there.
type place struct {
	name string
	own  map[string]string // content of the person's own
	open func(t *testing.T, own map[string]string, width, height int) *driver
	keys string // names of keys from there, with spaces between them
	text string // what has been typed there last, left of the caret
}

// long is a text that wraps at every width.
const long = "what was said on the step, and what was not said, and the drive back in the rain"

// ownNote puts the kinds of step that no built-in guide has on the blank page.
var ownNote = map[string]string{"guides/note.toml": `
id = "note"
title = "My own page"
kind = "note"
minutes = 2
helps = "sometimes"
closing = "Kept."
[[steps]]
id = "heavy"
kind = "scale"
short = "How heavy"
prompt = "How heavy is the bag that you would carry home tonight, if you had to carry it?"
low = "like a feather"
high = "like a wardrobe on the stairs"
marks = [{ value = 10, label = "A lot for one person, and there may be someone to share it with." }]
line = "What is in it?"
[[steps]]
id = "weather"
kind = "choice"
short = "Weather"
prompt = "What is the weather inside?"
own_words = true
line = "Since when?"
options = [{ id = "fair", label = "fair" }, { id = "foul", label = "foul", say = "It passes, as it does outside." }]
`}

// everyPlace is called by tests that go to every place: one goroutine at a time,
// for minutes under the race detector, which has nothing to find there.
func everyPlace(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("goes to every place")
	}
}

func firstRun(t *testing.T, _ map[string]string, width, height int) *driver {
	t.Helper()
	return drive(t, width, height)
}

// withEntries is home with entries in the journal.
func withEntries(n int) func(*testing.T, map[string]string, int, int) *driver {
	return func(t *testing.T, own map[string]string, width, height int) *driver {
		t.Helper()
		d := homeWith(t, own, width, height)
		var lines strings.Builder
		for i := range n {
			fmt.Fprintf(&lines, `{"id":"entry%011d","kind":"note","created":"2026-%02d-%02dT08:00:00Z","updated":"2026-11-01T08:00:00Z","title":"Page %d","answers":[{"step":"note","prompt":"What would you like to put down?","text":%q}]}`+"\n",
				i, 1+i/28%10, 1+i%28, i, strings.Repeat(long+". ", 30))
		}
		if _, err := d.app.journal.Import(strings.NewReader(lines.String())); err != nil {
			t.Fatal(err)
		}
		return d
	}
}

// typed is a text as one of the keys of a place.
func typed(text string) string { return "=" + strings.ReplaceAll(text, " ", "_") }

func places() []place {
	skip := func(n int, then string) string { return "c " + strings.Repeat("enter ", n) + then }
	list := []place{
		{"home", nil, homeWith, "", ""},
		{"home with a draft", nil, homeWith, "c enter space ctrl+x", ""},
		{"home, letting go", nil, homeWith, "c enter space ctrl+x x", ""},
		{"a pause", nil, homeWith, "c", ""},
		{"a pause, another anchor", nil, homeWith, "c down", ""},
		{"a pause, why", nil, homeWith, "c ctrl+o", ""},
		{"feelings", nil, homeWith, skip(1, ""), ""},
		{"feelings, chosen", nil, homeWith, skip(1, "space right space right space pgdown space down space"), ""},
		{"feelings, why", nil, homeWith, skip(1, "ctrl+o"), ""},
		{"feelings, the last", nil, homeWith, skip(1, "end space"), ""},
		{"feelings, own word", nil, homeWith, skip(1, "space + "+typed("wrung out")), "wrung out"},
		{"feelings, long own word", nil, homeWith, skip(1, "+ "+typed(long)), "rain"},
		{"feelings, long own word added", nil, homeWith, skip(1, "+ "+typed(long)+" enter"), ""},
		{"systems", nil, homeWith, skip(2, ""), ""},
		{"systems, set", nil, homeWith, skip(2, "7 down down 4"), ""},
		{"systems, why", nil, homeWith, skip(2, "ctrl+o"), ""},
		{"systems, first line", nil, homeWith, skip(2, "down "+typed("the call")), "> the call"},
		{"systems, last line", nil, homeWith, skip(2, "down down down down down "+typed(long)), "rain"},
		{"the day", nil, homeWith, skip(3, ""), ""},
		{"the day, shared", nil, homeWith, skip(3, "3 down down 5 down down down down down down down 2"), ""},
		{"set down", nil, homeWith, skip(4, ""), ""},
		{"set down, written", nil, homeWith, skip(4, typed(long)), "rain"},
		{"set down, why", nil, homeWith, skip(4, typed("it")+" ctrl+o"), ""},
		{"mattered", nil, homeWith, skip(5, ""), ""},
		{"unfinished", nil, homeWith, skip(6, ""), ""},
		{"unfinished, written", nil, homeWith, skip(6, typed("the report")), "> the report"},
		{"unfinished, when", nil, homeWith, skip(6, typed("the report")+" enter "+typed("soon")), "> soon"},
		{"unfinished, several", nil, homeWith, skip(6, strings.Repeat(typed("the report")+" enter down enter ", 5)+typed("more")+" enter down down"), "> this week"},
		{"told", nil, homeWith, skip(7, ""), ""},
		{"told, first", nil, homeWith, skip(7, "down"), ""},
		{"told, last", nil, homeWith, skip(7, "down down down down"), ""},
		{"told, why", nil, homeWith, skip(7, "down down ctrl+o"), ""},
		{"told, line", nil, homeWith, skip(7, "down down down right "+typed("duty")), "> duty"},
		{"a last pause", nil, homeWith, skip(8, ""), ""},
		{"done, blank", nil, homeWith, skip(9, ""), ""},
		{"done", nil, homeWith, "c enter space right space enter 5 down " + typed(long) + " enter 4 enter " + typed(long) + " enter enter enter enter enter", ""},
		{"the short one", nil, homeWith, "1", ""},
		{"a blank page", nil, homeWith, "n", ""},
		{"a page", nil, homeWith, "n " + typed(long) + " enter " + typed(long), "rain"},
		{"own scale", ownNote, homeWith, "n", ""},
		{"own scale, ten", ownNote, homeWith, "n 1 0", ""},
		{"own scale, line", ownNote, homeWith, "n 1 0 down " + typed("bricks"), "> bricks"},
		{"own choice", ownNote, homeWith, "n enter", ""},
		{"own choice, own word", ownNote, homeWith, "n enter + " + typed("hail"), "> hail"},
		{"own choice, line", ownNote, homeWith, "n enter down down right " + typed("noon"), "> noon"},
		{"list, empty", nil, homeWith, "j", ""},
		{"list", nil, withEntries(100), "j", ""},
		{"list, further down", nil, withEntries(100), "j pgdown pgdown", ""},
		{"list, end", nil, withEntries(100), "j end", ""},
		{"list, searching", nil, withEntries(100), "j / " + typed("what was"), "/ what was"},
		{"list, searched", nil, withEntries(100), "j / " + typed("rain") + " down esc end", ""},
		{"list, searching in vain", nil, withEntries(3), "j / " + typed("nowhere"), "/ nowhere"},
		{"list, chosen", nil, someDays, "j f right enter", ""},
		{"list, a date", nil, someDays, "j g " + typed("last spring"), "go to last spring"},
		{"list, no such date", nil, someDays, "j g " + typed("soon") + " enter", "go to soon"},
		{"list, oldest first", nil, someDays, "j o", ""},
		{"calendar", nil, someDays, "j c", ""},
		{"calendar, another month", nil, someDays, "j c pgup up left", ""},
		{"filters", nil, someDays, "j f", ""},
		{"filters, the last", nil, someDays, "j f right end right", ""},
		{"list, marked", nil, someDays, "j space space", ""},
		{"saving", nil, someDays, "j space s " + typed("/tmp/none/x.md"), "> /tmp/none/x.md"},
		{"saving, not done", nil, someDays, "j space s " + typed("/none/x.md") + " enter", "> /none/x.md"},
		{"on this day", nil, withEntries(300), "o", ""},
		{"what helped", nil, someDays, "j h", ""},
		{"tags", nil, someDays, "j f end enter", ""},
		{"tags, a name", nil, someDays, "j f end enter r " + typed("ing"), "> visiting"},
		{"tags, asked", nil, someDays, "j f end enter x", ""},
		{"reading", nil, withEntries(3), "j enter", ""},
		{"changing", nil, someDays, "j end enter e " + typed(long), "rain"},
		{"changing a check-in", nil, someDays, "j down down down enter e", ""},
		{"a later thought", nil, someDays, "j end enter a " + typed(long), "rain"},
		{"what it said before", nil, withEntries(3), "j enter e " + typed(long) + " tab h", ""},
		{"what it said before, deleting", nil, withEntries(3), "j enter e " + typed(long) + " tab h x", ""},
		{"reading, changed", nil, withEntries(3), "j enter e " + typed(long) + " tab", ""},
		{"reading, further down", nil, withEntries(3), "j down enter pgdown", ""},
		{"tags", nil, withEntries(3), "j enter t", ""},
		{"tags, some", nil, withEntries(3), "j enter t " + typed("visit,rain,"), ""},
		{"tags, typed", nil, homeWith, "n " + typed("it rained") + " tab t " + typed("visit,rain,"+long), "rain"},
		{"for supervision", nil, withEntries(3), "j enter b", ""},
		{"for supervision, marked", nil, homeWith, "c enter space tab 7 down down 4 tab 5 tab " + typed(long) + " tab tab tab tab tab b space down down right s", ""},
		{"marked while walking", nil, homeWith, skip(4, typed("it")+" ctrl+s"), "it"},
		{"a nudge", nil, homeWith, "n " + typed(withNames) + " tab", ""},
		{"a nudge, a pick", nil, homeWith, "n " + typed(long+" "+withNames) + " tab down down down", ""},
		{"a nudge, further on", nil, homeWith, "n " + typed(withNames) + " tab down enter enter", ""},
		{"a nudge, own words", nil, homeWith, "n " + typed(withNames) + " tab " + typed("somebody on the step"), "> somebody on the step"},
		{"a nudge, many own words", nil, homeWith, "n " + typed(withNames) + " tab " + typed(long), "rain"},
		{"names", nil, homeWith, ", " + strings.Repeat("down ", 10) + "enter", ""},
		{"names, an alias", nil, homeWith, ", " + strings.Repeat("down ", 10) + "enter " + typed("Marsh") + " enter " + typed("the Quarry family"), "family"},
		{"patterns", nil, withMonths, "w", ""},
		{"patterns, nothing", nil, homeWith, "w", ""},
		{"patterns, everything", nil, withMonths, "w left left end", ""},
		{"pattern, systems", nil, withMonths, "w enter", ""},
		{"pattern, systems, a year", nil, withMonths, "w enter right", ""},
		{"pattern, systems, everything, in words", nil, withMonths, "w enter right right v", ""},
		{"pattern, feelings", nil, withMonths, "w down enter", ""},
		{"pattern, squares", nil, withMonths, "w down down enter", ""},
		{"pattern, squares, a year", nil, withMonths, "w down down enter right pgdown", ""},
		{"pattern, squares, in words", nil, withMonths, "w down down enter v pgdown", ""},
		{"pattern, times", nil, withMonths, "w down down down enter", ""},
		{"pattern, triangle", nil, withMonths, "w end up enter", ""},
		{"pattern, calendar", nil, withMonths, "w end enter right end", ""},
		{"pattern, nothing", nil, homeWith, "w enter", ""},
		{"settings", nil, homeWith, ",", ""},
		{"settings, end", nil, homeWith, ", end", ""},
		{"settings, own lines", nil, homeWith, ", down down down down down down down down enter " + typed("Duty desk"), "> Duty desk"},
		{"settings, own lines, how", nil, homeWith, ", down down down down down down down down enter " + typed("Duty desk") + " enter " + typed("12"), "> 12"},
		{"practise", nil, homeWith, "p", ""},
		{"practise, no time", nil, homeWith, "p right", ""},
		{"practise, the last", nil, homeWith, "p end", ""},
		{"before a practice", nil, homeWith, "p enter", ""},
		{"before a practice, about", nil, homeWith, "p enter ctrl+o", ""},
		{"before a practice, choices", nil, homeWith, "p enter down down right down down", ""},
		{"before a long one", nil, homeWith, "p down down down down down down enter", ""},
		{"a practice", nil, homeWith, "p enter enter right", ""},
		{"a practice, paused", nil, homeWith, "p enter enter right space", ""},
		{"a practice without a shape", nil, homeWith, "p down down down enter enter", ""},
		{"after a practice", nil, homeWith, "p enter enter x", ""},
		{"after a practice, worse", nil, homeWith, "p enter enter x down down down", ""},
		{"after a practice, kept", nil, homeWith, "p enter enter x down k " + typed(long), "rain"},
		{"learn", nil, homeWith, "l", ""},
		{"learn, a card", nil, homeWith, "l down enter", ""},
		{"learn, sources", nil, homeWith, "l end enter pgdown", ""},
		{"unlock", nil, homeWith, "ctrl+l", ""},
		{"unlock, typed", nil, homeWith, "ctrl+l " + typed(testPassphrase), ""},
		{"unlock, wrong", nil, homeWith, "ctrl+l " + typed("no") + " enter", ""},
		{"welcome", nil, firstRun, "", ""},
		{"welcome, a passphrase", nil, firstRun, "enter", ""},
		{"welcome, typing it", nil, firstRun, "enter enter ctrl+r " + typed("one two"), "> one two"},
		{"welcome, not quite", nil, firstRun, "enter enter " + typed("no") + " enter", ""},
		{"welcome, own", nil, firstRun, "enter o ctrl+r " + typed(long), "rain"},
		{"welcome, own, once more", nil, firstRun, "enter o " + typed("abc") + " enter ctrl+r " + typed("abc"), "> abc"},
		{"welcome, not the same", nil, firstRun, "enter o " + typed("abc") + " enter d enter", ""},
	}
	list = append(list, reflectPlaces()...)
	list = append(list, supervisionPlaces()...)
	for _, p := range slices.Clone(list) {
		help := "?"
		if p.text != "" || strings.HasPrefix(p.name, "unlock") || strings.HasPrefix(p.name, "welcome, ") {
			help = "f1"
		}
		p.name, p.keys, p.text = p.name+", keys", p.keys+" "+help, ""
		list = append(list, p)
	}
	return list
}

// in opens the place in a window.
func (p place) in(t *testing.T, width, height int) *driver {
	t.Helper()
	d := p.open(t, p.own, width, height)
	d.follow(p.keys)
	d.screen()
	return d
}

// follow presses the keys of a place, and looks at the screen only before each
// text.
func (d *driver) follow(keys string) {
	d.t.Helper()
	for k := range strings.FieldsSeq(keys) {
		text, ok := strings.CutPrefix(k, "=")
		if !ok {
			d.send(keyPress(k))
			continue
		}
		d.screen()
		for _, r := range strings.ReplaceAll(text, "_", " ") {
			d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

var sizes = [][2]int{{80, 24}, {120, 40}, {40, 20}, {30, 10}, {200, 60}, {31, 11}, {72, 10}, {76, 12}, {77, 13}, {30, 40}, {50, 15}, {300, 11}}

// The driver holds every screen to its window, and the cursor to the page.
func TestEverythingFits(t *testing.T) {
	everyPlace(t)
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			d := p.in(t, 80, 24)
			for _, size := range sizes {
				d.resize(size[0], size[1])
				d.shows(p)
			}
			d.resize(29, 24).sees("Please make the window a little larger.")
			d.resize(80, 9).sees("Please make the window a little larger.")
			for _, size := range [][2]int{{1, 1}, {2, 30}, {300, 1}} {
				d.resize(size[0], size[1])
			}
			d.resize(80, 24)
			before := d.screen()
			d.send(tea.WindowSizeMsg{})
			if d.screen() != before {
				t.Error("a window of 0x0 changed the screen")
			}
			d.shows(p)
		})
	}
}

func TestEverythingFitsFromTheStart(t *testing.T) {
	everyPlace(t)
	for _, p := range places() {
		for _, size := range [][2]int{{40, 20}, {30, 10}} {
			t.Run(fmt.Sprintf("%s, %dx%d", p.name, size[0], size[1]), func(t *testing.T) {
				p.in(t, size[0], size[1]).shows(p)
			})
		}
	}
}

// shows asserts that what was typed is on the screen, with the caret behind it.
func (d *driver) shows(p place) {
	d.t.Helper()
	if p.text == "" {
		return
	}
	if got := d.beforeCaret(); !strings.HasSuffix(got, p.text) {
		d.t.Fatalf("at %dx%d %q is before the caret, not %q:\n%s", d.app.width, d.app.height, got, p.text, d.screen())
	}
}

// What the keys act on is where the cursor is, wherever the window has been
// scrolled to.
func TestCursorIsOnWhatTheKeysActOn(t *testing.T) {
	tests := []struct{ place, keys, row string }{
		{"a pause", "down down", "sounds"},
		{"feelings", "", "not sure"},
		{"feelings, the last", "", "breathing easily"},
		{"feelings, chosen", "home pgdown pgdown", "sad"},
		{"systems", "down down", "drive"},
		{"systems", "down down down down 9", "9"},
		{"the day", "down down down", "liaison"},
		{"for supervision", "down", "What would you"},
		{"for supervision, marked", "", "How much threat"},
		{"a nudge", "down down", "their mum"},
		{"a nudge, a pick", "up up up", "as it is"},
		{"told", "down", "no"},
		{"told", "down down down down", "not sure"},
		{"own choice", "down down", "foul"},
		{"own scale", "1 0", "[10]"},
		{"list", "down down", "Page 97"},
		{"list, end", "up", "Page 1"},
		{"reflect", "down down", "Through"},
		{"reflect, a guide", "", "What got"},
		{"reflect, the last", "", "Write"},
		{"before a guide, left out", "", "left out"},
		{"own guide, its lines", "", "Who did"},
		{"patterns", "down down", "Where the days went"},
		{"patterns, everything", "", "Calendar"},
		{"settings", "", "Lock"},
		{"settings, end", "", "A closing breath"},
	}
	for _, still := range []bool{false, true} {
		for _, tt := range tests {
			i := slices.IndexFunc(places(), func(p place) bool { return p.name == tt.place })
			t.Run(fmt.Sprintf("%s, still %v", tt.place, still), func(t *testing.T) {
				p := places()[i]
				d := p.open(t, p.own, 80, 24)
				d.app.settings.Still = still
				d.follow(p.keys + " " + tt.keys)
				for _, size := range sizes {
					d.resize(size[0], size[1])
					row := ansi.Strip(strings.Split(d.screen(), "\n")[d.app.View().Cursor.Y])
					if want := strings.Fields(tt.row); !containsAll(row, want) {
						t.Fatalf("at %dx%d the cursor is on %q, not %q:\n%s", size[0], size[1], row, tt.row, d.screen())
					}
				}
			})
		}
	}
}

func containsAll(s string, parts []string) bool {
	return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(s, p) })
}

// A guide of the person's own that has an error is named on home, and stops
// nothing.
func TestOwnContentWithAMistakeIsNamed(t *testing.T) {
	d := homeWith(t, map[string]string{"guides/mine.toml": "titel = 1\n"}, 80, 24)
	d.sees("A mistake in your own content", "guides/mine.toml")
	if _, ok := d.app.library.Guide(string(StartCheckIn)); !ok {
		t.Error("the check-in is gone")
	}
}
