package tui

import (
	"fmt"
	"time"

	"goodenough/content"
	"goodenough/journal"
)

// The guides of CPD: the form of Social Work England, and a plain record where
// no form is known.
const (
	cpdEngland = "cpd-england"
	cpdPlain   = "cpd"
	england    = "england"
)

// cpdGuide is the guide for the person's nation.
func (s *session) cpdGuide() (content.Guide, bool) {
	id := cpdPlain
	if s.library.Nation(s.settings.Nation).ID == england {
		id = cpdEngland
	}
	return s.library.Guide(id)
}

// isCPD reports whether an entry is a draft of CPD.
func isCPD(h journal.Header) bool { return h.Guide == cpdEngland || h.Guide == cpdPlain }

// The usual window of Social Work England, as far as it was checked: see the
// guide cpd-england.
const (
	cpdOpens  = "09-01"
	cpdCloses = "11-30"
)

// window returns the first and the last day of the window in the year of now.
func (c cpdReminder) window(now time.Time) (opens, closes time.Time) {
	day := func(set, usual string) time.Time {
		year := now.Local().Format("2006-")
		t, err := time.ParseInLocation(time.DateOnly, year+set, time.Local)
		if err != nil {
			t, _ = time.ParseInLocation(time.DateOnly, year+usual, time.Local)
		}
		return t
	}
	return day(c.Opens, cpdOpens), day(c.Closes, cpdCloses)
}

// Whether home speaks of CPD: never, while the window is open, or again from the
// next one.
const (
	remindNo = iota
	remindYes
	remindNext
)

var reminds = []int{remindNo, remindYes, remindNext}

// asks says which of them it is in the year of now.
func (c cpdReminder) asks(now time.Time) int {
	switch {
	case !c.Remind:
		return remindNo
	case c.Done == now.Local().Year():
		return remindNext
	}
	return remindYes
}

// set makes it one of them.
func (c *cpdReminder) set(to int, now time.Time) {
	c.Remind, c.Done = to != remindNo, 0
	if to == remindNext {
		c.Done = now.Local().Year()
	}
}

// remindWords name one of them.
func remindWords(to int, now time.Time) string {
	return []string{"no", "yes", "not again in " + now.Local().Format("2006")}[to]
}

// cpdWords is what home says of CPD: nothing, unless somebody asked for it and
// the window is open.
func (s *session) cpdWords() string {
	c := s.settings.CPD
	if c.asks(s.now()) != remindYes || s.library.Nation(s.settings.Nation).ID != england {
		return ""
	}
	opens, closes := c.window(s.now())
	if daysBetween(opens, s.now()) < 0 || daysBetween(s.now(), closes) < 0 {
		return ""
	}
	return "CPD until " + closes.Format("2 January")
}

// cpdOptions are the settings of CPD, for the nation whose dates are known.
func (d *datesScreen) cpdOptions() []option {
	if d.library.Nation(d.settings.Nation).ID != england {
		return nil
	}
	c := &d.settings.CPD
	asks := c.asks(d.now())
	out := []option{{"Remind me of CPD", remindWords(asks, d.now()), func(by int) { c.set(cycle(reminds, asks, by), d.now()) }}}
	if !c.Remind {
		return out
	}
	opens, closes := c.window(d.now())
	moved := func(at *string, day time.Time, by int) {
		*at = day.AddDate(0, 0, by).Format("01-02")
	}
	return append(out,
		option{"from", opens.Format("2 January"), func(by int) { moved(&c.Opens, opens, by) }},
		option{"until", closes.Format("2 January"), func(by int) { moved(&c.Closes, closes, by) }})
}

// cpdAbout says on the page of supervision what there is of CPD.
func (s *session) cpdAbout() string {
	n := 0
	for h := range s.journal.Entries(journal.Query{Kind: journal.Note}) {
		if isCPD(h) && h.Created.Local().Year() == s.now().Local().Year() {
			n++
		}
	}
	if n == 0 {
		return "from something you wrote, chosen and rewritten"
	}
	return fmt.Sprintf("%d %s this year", n, plural(n, "draft", "drafts"))
}
