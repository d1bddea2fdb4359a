package tui

import (
	"strings"
	"testing"

	"goodenough/journal"
)

// What was left unfinished is said the next day where it was left, and there
// alone; there is nothing to answer, and after a week it is gone.
func TestWhatWasLeftIsSaidTheNextTime(t *testing.T) {
	left := func(d *driver, days int) {
		d.put(journal.Entry{
			Header:  journal.Header{Kind: journal.CheckIn, Guide: "end-of-day", Created: d.clock.AddDate(0, 0, -days)},
			Answers: []journal.Answer{{Step: "unfinished", Prompt: "What?", Items: []journal.Item{{Text: "Ring the school", When: "tomorrow"}, {Text: "The form"}}}},
		})
	}
	unfinished := func(d *driver) *driver {
		d.press("c")
		for d.guide().walk.step().ID != "unfinished" {
			d.press("enter")
		}
		return d
	}
	for _, size := range [][2]int{{80, 24}, {40, 24}} {
		d := home(t, size[0], size[1])
		left(d, 1)
		d.press("j", "esc").misses("Ring the school")
		unfinished(d).sees("last time, yesterday: Ring the school – tomorrow", "last time, yesterday: The form").write("Ring the duty desk").press("enter", "enter")
		if row := d.sees("last time", "· Ring the duty desk").beforeCaret(); strings.TrimSpace(row) != ">" {
			t.Errorf("the cursor is at %q", row)
		}
		if items := d.guide().walk.answer("unfinished").Items; len(items) != 1 {
			t.Errorf("kept are %+v", items)
		}
	}
	d := home(t, 80, 24)
	left(d, 8)
	unfinished(d).misses("last time")
	d = home(t, 40, 14)
	left(d, 1)
	unfinished(d).write("Ring the duty desk").sees("> Ring the duty desk")
}

func TestPlainSaysWhatWasLeft(t *testing.T) {
	p := plain(t)
	if _, err := p.journal.Put(journal.Entry{
		Header:  journal.Header{Kind: journal.CheckIn, Guide: "end-of-day", Created: p.opts.Journal.Now().AddDate(0, 0, -1)},
		Answers: []journal.Answer{{Step: "unfinished", Prompt: "What?", Items: []journal.Item{{Text: "Ring the school", When: "tomorrow"}}}},
	}); err != nil {
		t.Fatal(err)
	}
	p.types(strings.Split(strings.Repeat(",", 22), ",")...).says("last time, yesterday: Ring the school – tomorrow\n")
}
