package tui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"goodenough/journal"
)

// note keeps a note, and stays on the page after it.
func (d *driver) note(text string) *driver {
	d.t.Helper()
	return d.press("n").write(text).press("tab").sees("That is kept")
}

// newest is the newest entry of the journal.
func (d *driver) newest() journal.Entry {
	d.t.Helper()
	return onlyEntry(d.t, d.app.journal)
}

func (d *driver) hasTags(want ...string) *driver {
	d.t.Helper()
	if got := d.newest().Tags; !slices.Equal(got, want) {
		d.t.Fatalf("the tags are %q, not %q", got, want)
	}
	return d
}

func TestTagsAreTyped(t *testing.T) {
	d := home(t, 80, 24).note("a wet day").press("t").sees("Tags", "↓ need · injustice · loss · difference · abuse · deprivation")
	d.write("visit,").sees("visit A tag:").write("  rain   coat").press("enter").sees("visit · rain coat")
	d.press("enter").sees("That is kept", "visit, rain coat").hasTags("visit", "rain coat")
	d.press("t").write("half").press("esc").sees("visit, rain coat, half").hasTags("visit", "rain coat", "half")
	d.press("t", "backspace").sees("> half").press("ctrl+u", "enter").hasTags("visit", "rain coat")
	d.press("t", "backspace", "ctrl+u", "backspace", "ctrl+u", "enter").hasTags()
	d.press("enter", "j", "enter", "t").paste("one, two ,, three").press("esc").sees("one, two, three").hasTags("one", "two", "three")
}

func TestTagsAreOffered(t *testing.T) {
	d := home(t, 80, 24).note("a wet day").press("t").write("Visit,court,").press("enter", "enter")
	d.clock = d.clock.Add(time.Minute)
	d.note("another").press("t")
	d.sees("↓ Visit · court · need").write("visit,").sees("Visit A tag:").misses("visit")
	d.write("de").sees("↓ deprivation").misses("court").press("down").sees("> deprivation").press("down").sees("> de").press("down", "enter").sees("Visit · deprivation")
	d.press("down").sees("> court").press("esc").hasTags("Visit", "deprivation") // it was only looked at
	d.press("t").write("VISIT").press("enter", "enter").hasTags("Visit", "deprivation")
}

// A tag is a change of the entry, and nothing else of it changes.
func TestTagsChangeTheEntryOnce(t *testing.T) {
	d := home(t, 80, 24).note("a wet day")
	before := d.newest()
	d.clock = d.clock.Add(time.Minute)
	d.press("t", "x", "backspace", "esc")
	if e := d.newest(); !e.Updated.Equal(before.Updated) {
		t.Error("nothing was changed, and the entry was")
	}
	d.press("t").write("rain").press("enter", "enter")
	after := d.newest()
	if !after.Updated.Equal(d.clock) || !after.Created.Equal(before.Created) || after.ID != before.ID || after.Answers[0].Text != "a wet day" || after.Title != before.Title {
		t.Errorf("%+v", after)
	}
	d.reopen().hasTags("rain")
}

// What is typed on the page outlives every way out of it.
func TestTagsSurviveALockAndTheEnd(t *testing.T) {
	for _, end := range []string{"ctrl+l", "ctrl+c"} {
		d := home(t, 80, 24).note("a wet day").press("t").write("rain,ha").press(end)
		if end == "ctrl+l" {
			d.sees("Your passphrase")
		}
		d.reopen().hasTags("rain", "ha")
	}
}

// A tag that cannot be saved is said and stays on the page; leaving again
// leaves it.
func TestTagsThatAreNotSavedAreSaid(t *testing.T) {
	d := home(t, 80, 24).note("a wet day").press("t").write("rain,")
	screen := d.app.top().(*tagsScreen)
	screen.id = "another"
	d.press("enter").sees("There is no entry with that id", "rain").hasTags()
	if cmd := d.app.lock(); cmd != nil {
		d.run(cmd)
	}
	d.sees("goodenough has not locked").press("z")
	if err := d.app.keepNow(); !errors.Is(err, journal.ErrNotFound) {
		t.Errorf("at the end: %v", err)
	}
	d.press("esc").sees("That is kept")
}

func TestTagsCanBeLongAndMany(t *testing.T) {
	d := home(t, 40, 20).note("a wet day").press("t").write(strings.Repeat("word word word,w,", 3) + long + ",")
	for _, size := range sizes {
		d.resize(size[0], size[1]).write("x").sees("> x").press("backspace")
	}
}
