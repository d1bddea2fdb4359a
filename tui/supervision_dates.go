package tui

import (
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/journal"
)

// supervisionDates say when the next supervision is, and how often there is
// one. The zero value is that nobody has said.
type supervisionDates struct {
	Next  string `json:"next,omitempty"`  // the day, as 2026-11-26
	Weeks int    `json:"weeks,omitempty"` // between two; 0: no rhythm
}

// cpdReminder says whether, and from which day of the year, home speaks of CPD.
// It is off until somebody asks for it.
type cpdReminder struct {
	Remind bool   `json:"remind,omitempty"`
	Opens  string `json:"opens,omitempty"`  // the day of the year, as 09-01; "": the usual one
	Closes string `json:"closes,omitempty"` // the same
	Done   int    `json:"done,omitempty"`   // the year in which it was waved away
}

// A day without a time: days are counted in the middle of them, so that no
// change of the clock moves one.
func noon(t time.Time) time.Time {
	y, m, d := t.Local().Date()
	return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
}

func daysBetween(from, to time.Time) int {
	return int(noon(to).Sub(noon(from)).Round(24*time.Hour) / (24 * time.Hour))
}

// next is the day of the supervision that comes next, or was last where there
// is no rhythm; ok is false when nobody has said.
func (d supervisionDates) next(now time.Time) (day time.Time, ok bool) {
	day, err := time.ParseInLocation(time.DateOnly, d.Next, time.Local)
	if err != nil {
		return day, false
	}
	if d.Weeks > 0 {
		if past := daysBetween(day, now); past > 0 {
			rhythm := 7 * d.Weeks
			day = day.AddDate(0, 0, (past+rhythm-1)/rhythm*rhythm)
		}
	}
	return day, true
}

// homeFrom is how many days before supervision home speaks of it.
const homeFrom = 3

// soonWords says on home that supervision is near, "" when it is not.
func (s *session) soonWords() string {
	day, ok := s.settings.Supervision.next(s.now())
	if in := daysBetween(s.now(), day); ok && in >= 0 && in <= homeFrom {
		return inDays(in)
	}
	return ""
}

func inDays(n int) string {
	switch n {
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	}
	return fmt.Sprintf("in %d days", n)
}

// whenWords says when supervision is, as far as it is known.
func (s *session) whenWords() string {
	d := s.settings.Supervision
	day, ok := d.next(s.now())
	if !ok {
		return "no date yet"
	}
	words := day.Format("Mon 2 January")
	if n := daysBetween(s.now(), day); n >= 0 {
		words += ", " + inDays(n)
	}
	if d.Weeks > 0 {
		words += " · " + rhythmWords(d.Weeks)
	}
	return words
}

// rhythms are the choices for how often there is supervision, in weeks.
var rhythms = []int{0, 1, 2, 3, 4, 5, 6, 8, 12}

func rhythmWords(weeks int) string {
	switch weeks {
	case 0:
		return "no rhythm"
	case 1:
		return "every week"
	}
	return fmt.Sprintf("every %d weeks", weeks)
}

// countMarked counts what was marked to bring since the last supervision.
func (s *session) countMarked() int {
	since, _ := s.lastSupervision()
	n := 0
	for h := range s.journal.Entries(journal.Query{Since: since}) {
		if h.Guide == briefGuide {
			continue
		}
		if e, err := s.journal.Get(h.ID); err == nil {
			n += len(s.markedOffers(e))
		}
	}
	return n
}

// supervisionWords is the line of home: when, what waits, what is open.
func (s *session) supervisionWords() string {
	var words []string
	if soon := s.soonWords(); soon != "" {
		words = append(words, soon)
	}
	if n := s.countMarked(); n > 0 {
		words = append(words, fmt.Sprintf("%d %s marked to bring", n, plural(n, "thing", "things")))
	}
	if n := len(s.openActions()); n > 0 {
		words = append(words, fmt.Sprintf("%d agreed and open", n))
	}
	if cpd := s.cpdWords(); cpd != "" {
		words = append(words, cpd)
	}
	if len(words) == 0 {
		return "before it, and after it"
	}
	return strings.Join(words, " · ")
}

// A datesScreen takes when supervision is, and whether home speaks of CPD.
type datesScreen struct {
	*session
	options []option
	focus   int
	when    lineInput // the day of the next supervision, as it is typed
	going   bool      // it is being typed
	stray   stray
	status  string
	width   int
	height  int
}

func newDates(s *session) *datesScreen {
	d := &datesScreen{session: s, when: newLineInput(s, "", "")}
	d.build()
	return d
}

const datesIntro = "Home mentions it from three days before, and that is all. ← → go by a day, pgup and pgdn by a week. A day can be typed too, such as next Tuesday."

// build lists what can be set now.
func (d *datesScreen) build() {
	set, now := &d.settings.Supervision, d.now()
	next := "no date"
	if day, ok := set.next(now); ok {
		next = day.Format("Monday 2 January 2006")
		if d.width < besideWidth {
			next = day.Format("Mon 2 Jan") // so that the month is to be seen
		}
	}
	d.options = []option{
		{"Next supervision", next, func(by int) {
			day, ok := set.next(now)
			switch {
			case ok:
				day = day.AddDate(0, 0, by)
			case by > 0:
				day = now.AddDate(0, 0, by)
			default:
				return
			}
			if daysBetween(now, day) < 0 {
				set.Next = "" // before today there is no next one
				return
			}
			set.Next = day.Format(time.DateOnly)
		}},
		{"How often", rhythmWords(set.Weeks), func(by int) { set.Weeks = cycle(rhythms, set.Weeks, by) }},
	}
	d.options = append(d.options, d.cpdOptions()...)
	d.focus = min(d.focus, len(d.options)-1)
}

func (d *datesScreen) init() tea.Cmd { return nil }

func (d *datesScreen) setSize(width, height int) {
	d.width, d.height = width, height
	d.when.setWidth(width - optionWidth)
	d.build()
}

func (d *datesScreen) update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(settingsSavedMsg); ok {
		d.status = Sentence(m.err)
		return nil
	}
	by := 0
	switch k := pressed(msg); {
	case d.going:
		return d.typeDay(msg)
	case d.stray.follows(msg):
		return nil
	case startsText(msg) && (k != "q" || d.stray.typed):
		return d.letter(msg)
	}
	switch pressed(msg) {
	case "right", "space":
		by = 1
	case "left":
		by = -1
	case "pgdown":
		by = 7
	case "pgup":
		by = -7
	case "up":
		d.focus = max(d.focus-1, 0)
	case "down":
		d.focus = min(d.focus+1, len(d.options)-1)
	case "enter", "esc", "shift+tab":
		return d.pop()
	case "q":
		return quit
	}
	if by == 0 {
		return nil
	}
	d.options[d.focus].turn(by)
	d.build()
	return d.saveSettings()
}

// letter starts to type the day. Nothing else here is typed.
func (d *datesScreen) letter(msg tea.Msg) tea.Cmd {
	if d.focus > 0 {
		d.stray.takes(msg)
		return nil
	}
	d.going, d.status = true, ""
	d.when.editor.setValue("")
	d.when.editor.update(msg)
	return nil
}

// typeDay takes a key while the day is typed.
func (d *datesScreen) typeDay(msg tea.Msg) tea.Cmd {
	switch pressed(msg) {
	case "enter", "tab":
		day, ok := parseComing(d.when.text(), d.now())
		switch {
		case d.when.text() == "":
			d.going, d.status = false, ""
		case !ok:
			d.status = "I do not know that day. " + comingHelp
		case daysBetween(d.now(), day) < 0:
			d.status = day.Format("Monday 2 January 2006") + " has passed. " + comingHelp
		default:
			d.going, d.status = false, ""
			d.settings.Supervision.Next = day.Format(time.DateOnly)
			d.build()
			return d.saveSettings()
		}
	case "esc", "shift+tab":
		d.going, d.status = false, ""
	default:
		d.when.editor.update(msg)
	}
	return nil
}

// datesInstead says how what is not typed is changed, to somebody who types.
const datesInstead = "Here ← → change it."

// head is what is said above the options.
func (d *datesScreen) head() []string {
	switch {
	case d.status != "":
		return wrapped(d.styles.attention, d.status, d.width)
	case d.stray.typed:
		return d.stray.rows(d.styles, datesInstead, d.width)
	}
	return wrapped(d.styles.muted, datesIntro, d.width)
}

// page is what is shown; at says where the focus is.
func (d *datesScreen) page() (page []string, at int) {
	st := d.styles
	page = d.head()
	switch {
	case len(page)+1+len(d.options) <= d.height:
		page = append(page, "")
	case d.status == "" && !d.stray.typed:
		page = nil
	}
	page = page[:min(len(page), max(d.height-1, 0))]
	var rows []string
	for i, o := range d.options {
		rows = append(rows, optionRow(st, o.name, o.value, i == d.focus, d.width))
	}
	if d.going {
		rows[0] = optionName(st, d.options[0].name) + st.accent.Render(linePrefix) + d.when.editor.view()
	}
	rows, above := scrollTo(rows, d.focus, d.height-len(page), st.muted)
	return append(page, rows...), len(page) + d.focus - above
}

// optionWidth is how wide the name of an option is, with the mark before it.
const optionWidth = 22

// optionRow is a line with a name and a value that can be changed.
func optionRow(st styles, name, value string, focused bool, width int) string {
	if !focused {
		return ansi.Truncate(pad("  "+st.ink.Render(name), optionWidth)+st.muted.Render(value), width, "…")
	}
	return ansi.Truncate(optionName(st, name)+st.accent.Render("◂ ")+st.strong.Render(value)+st.accent.Render(" ▸"), width, "…")
}

// optionName is the name of the option in focus, with its mark.
func optionName(st styles, name string) string {
	return st.accent.Render("› ") + st.selected.Render(pad(name, optionWidth-2))
}

func (d *datesScreen) view() string {
	page, _ := d.page()
	return strings.Join(page, "\n")
}

func (d *datesScreen) cursor() (x, y int, ok bool) {
	_, y = d.page()
	if d.going {
		x, _ = d.when.cursor()
		x += optionWidth
	}
	return x, y, true
}

func (d *datesScreen) title() (place, aside string) { return "Supervision" + placeMark + "When", "" }
func (d *datesScreen) typing() bool                 { return d.going }

func (d *datesScreen) help() []key.Binding {
	if d.going {
		return []key.Binding{bind("enter", "set it"), bind("esc", "as it was")}
	}
	out := []key.Binding{bind("← →", "change"), bind("enter", "done"), bind("↑ ↓", "move"), bind("pgdn", "a week on"), keys.quit}
	if d.focus == 0 {
		out = append(out, bind("a–z", "type a day"))
	}
	return out
}
