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

// A calendar is a month with a mark at the days that have entries: beside the
// list, or in its place. It goes to a day; it counts nothing over days.
type calendar struct {
	*session
	day time.Time // the one that is chosen
}

func newCalendar(s *session) calendar { return calendar{session: s, day: dayOf(s.now())} }

// A day of the calendar is its number, a mark before it where it is chosen and
// one behind it where it has entries. In a very narrow window the first mark is
// left out: the cursor is there.
const (
	calendarWidth = 7 * dayWidth
	calendarGap   = 4
	dayWidth      = 4
	narrowDay     = 3
	entryMark     = "•"
)

func (c *calendar) cellWidth(width int) int {
	if width < calendarWidth {
		return narrowDay
	}
	return dayWidth
}

// month returns how many entries each day of the chosen month has.
func (c *calendar) month(found journal.List) map[int]int {
	days := make(map[int]int)
	first := monthOf(c.day)
	for i := found.Before(first.AddDate(0, 1, 0)); i < found.Before(first); i++ {
		days[found.Created(i).Local().Day()]++
	}
	return days
}

// rows draw the month in at most height rows: its name, the days of the week,
// the weeks, and the chosen day in words.
func (c *calendar) rows(l *listScreen, height int) []string {
	st := c.styles
	counts := c.month(l.found)
	cell := c.cellWidth(l.width)
	rows := []string{st.strong.Render(c.day.Format("January 2006"))}
	weeks, at := c.weeks(counts, cell)
	room := height - 1
	if room > len(weeks) {
		names := ""
		for _, name := range []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"} {
			names += pad(strings.Repeat(" ", cell-narrowDay)+name, cell)
		}
		rows = append(rows, st.muted.Render(names))
		room--
	}
	from := max(min(at-room/2, len(weeks)-room), 0)
	rows = append(rows, weeks[from:min(from+room, len(weeks))]...)
	if len(rows)+2 <= height {
		rows = append(rows, "", ansi.Truncate(st.muted.Render(dayCount(c.day, counts[c.day.Day()])), max(calendarWidth, l.width-l.listWidth()), "…"))
	}
	return rows
}

// dayCount says what a day has.
func dayCount(day time.Time, n int) string {
	words := fmt.Sprintf("%d %s", n, plural(n, "entry", "entries"))
	if n == 0 {
		words = "nothing"
	}
	return day.Format("Mon 2 January: ") + words
}

// weeks are the weeks of the chosen month, from Monday; at is that of the
// chosen day.
func (c *calendar) weeks(counts map[int]int, cell int) (weeks []string, at int) {
	first := monthOf(c.day)
	row := strings.Repeat(" ", cell*((int(first.Weekday())+6)%7))
	for day := first; day.Month() == first.Month(); day = day.AddDate(0, 0, 1) {
		row += c.cell(day, counts[day.Day()], cell)
		if day.Equal(c.day) {
			at = len(weeks)
		}
		if day.Weekday() == time.Sunday || day.AddDate(0, 0, 1).Month() != first.Month() {
			weeks = append(weeks, row)
			row = ""
		}
	}
	return weeks, at
}

func (c *calendar) cell(day time.Time, n, width int) string {
	mark, behind, style := " ", " ", c.styles.muted
	if n > 0 {
		behind, style = entryMark, c.styles.ink
	}
	if day.Equal(c.day) {
		mark, style = "›", c.styles.selected
	}
	text := fmt.Sprintf("%2d", day.Day()) + behind
	if width == dayWidth {
		text = mark + text
	}
	return style.Render(text)
}

// cursor is at the chosen day.
func (c *calendar) cursor(l *listScreen) (x, y int, ok bool) {
	cell := c.cellWidth(l.width)
	weeks, at := c.weeks(nil, cell)
	y, room := 1+at, l.height-1
	if room > len(weeks) {
		y, room = y+1, room-1
	}
	y -= max(min(at-room/2, len(weeks)-room), 0)
	return cell*((int(c.day.Weekday())+6)%7) + cell - narrowDay, y, true
}

func (c *calendar) help() []key.Binding {
	return []key.Binding{bind("enter", "go there"), bind("esc", "back"), bind("← →", "a day"), bind("↑ ↓", "a week"), bind("pgup pgdn", "a month"), keys.quit}
}

// move goes to another day by a key.
func (c *calendar) move(k string) {
	switch k {
	case "left":
		c.day = c.day.AddDate(0, 0, -1)
	case "right":
		c.day = c.day.AddDate(0, 0, 1)
	case "up":
		c.day = c.day.AddDate(0, 0, -7)
	case "down":
		c.day = c.day.AddDate(0, 0, 7)
	case "pgup":
		c.day = monthsBefore(c.day, 1)
	case "pgdown":
		c.day = monthsBefore(c.day, -1)
	}
}

// monthKey takes a key while they are the calendar's.
func (l *listScreen) monthKey(k string) tea.Cmd {
	switch k {
	case "enter":
		l.inMonth = false
		l.goTo(dayPeriod(l.calendar.day))
	case "esc", "c", "shift+tab":
		l.inMonth = false
		l.move(0)
	case "q":
		return quit
	default:
		l.calendar.move(k)
	}
	return nil
}

const goPrefix = "go to "

// typeDate takes a key while a date is typed.
func (l *listScreen) typeDate(msg tea.Msg) tea.Cmd {
	switch pressed(msg) {
	case "enter":
		p, ok := parsePeriod(l.when.value(), l.now())
		switch {
		case ok:
			l.going = false
			l.goTo(p)
		case l.when.empty():
			l.going = false
		default:
			l.status = "I do not know that date. " + periodHelp
		}
	case "esc", "tab", "shift+tab":
		l.going = false
	default:
		l.when.update(msg)
	}
	l.move(0)
	return nil
}

// goTo goes to where a period begins in the order of the list, or as near to it
// as there are entries, and says so.
func (l *listScreen) goTo(p period) {
	newest, past := l.found.Before(p.until), l.found.Before(p.since)
	at := newest
	if l.oldest {
		at = past - 1
	}
	switch {
	case newest == past && past == l.len():
		l.status = "There is nothing that far back. This is the first entry."
	case newest == past && at <= 0 && past == 0:
		l.status = "Nothing is here from then yet. This is the last there is."
	case newest == past:
		l.status = "Nothing is here from then. This is the nearest."
	}
	l.focus = l.turned(max(min(at, l.len()-1), 0))
	l.top = l.focus // from there on
	l.move(0)
}
