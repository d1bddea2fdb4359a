package tui

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// A leftField asks what is unfinished, and says above it what was left the last
// time. There is nothing to answer to that: it comes back where it was put, and
// nowhere else.
type leftField struct {
	*parkField
	last []string // a thing a line
	room int      // the rows that there are
}

// leftFor is how long what was left unfinished comes back.
const leftFor = 7 * 24 * time.Hour

// parkRows are the rows of the field with both its lines and the quick picks.
const parkRows = 5

// mostLeft bounds how many things that were left are said.
const mostLeft = 5

// leftLast says what was left unfinished when the guide of a walk was last done,
// one thing a line. That is nothing after a week, for an entry that is being
// changed, and where somebody was to do it: what was agreed has its own page.
func (s *session) leftLast(w *walk, step content.Step) []string {
	if w.of() || len(step.Whos) > 0 {
		return nil
	}
	for h := range s.journal.Entries(journal.Query{Guide: w.guide.ID, Since: s.now().Add(-leftFor)}) {
		e, err := s.journal.Get(h.ID)
		if err != nil {
			continue // it is a help, and not worth a word of its own
		}
		a, _ := e.Answer(step.ID)
		out := make([]string, 0, mostLeft)
		for _, it := range a.Items[:min(len(a.Items), mostLeft)] {
			out = append(out, "last time, "+dayWords(h.Created, s.now())+": "+printable(itemText(it)))
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// above are the rows over the field: whole, or each as far as it goes in a row,
// and none where they would leave the field no room.
func (f *leftField) above() []string {
	room := f.room - 1 - parkRows
	rows := wrapped(f.styles.muted, strings.Join(f.last, "\n"), f.width)
	if len(rows) > room {
		rows = nil
		for _, line := range f.last {
			rows = append(rows, f.styles.muted.Render(ansi.Truncate(line, f.width, "…")))
		}
	}
	if len(rows) > room {
		return nil
	}
	return append(rows, "")
}

func (f *leftField) setSize(width, height int) {
	f.width, f.room = width, height
	f.parkField.setSize(width, height-len(f.above()))
}

func (f *leftField) view() string {
	return strings.Join(append(f.above(), f.parkField.view()), "\n")
}

func (f *leftField) cursor() (x, y int, ok bool) {
	x, y, ok = f.parkField.cursor()
	return x, y + len(f.above()), ok
}
