package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui/pattern"
)

// fourWeeks is how far back a look goes where no supervision is written down.
const fourWeeks = 28 * 24 * time.Hour

// sameBrief is how long a brief is taken to be about the same supervision as
// the next one, and not about one that has been since.
const sameBrief = 7 * 24 * time.Hour

// The steps of the guide afterwards that are looked up again.
const (
	happenedStep = "happened"
	agreedStep   = "agreed"
)

// What a suggestion is made from that is no entry: these are counted.
const (
	fromMissed = "missed"
	fromDays   = "days"
)

// A lookBack is what there is since the last supervision.
type lookBack struct {
	since  time.Time
	known  bool // since is the last supervision; otherwise it is four weeks
	offers []offer
	weeks  []weekOfDays
	kinds  map[journal.Kind]int
}

// An offer is something to pick for a brief, with the reason why.
type offer struct {
	from   string // as [journal.Item] has it
	group  string
	title  string
	reason string
	line   briefLine // what its line starts as
}

// The groups of offers, in their order.
const (
	groupOpen   = "Agreed, and still open"
	groupMarked = "You marked it"
	groupAgain  = "It comes back"
	groupPlace  = "The organisation"
	groupRest   = "Since then"
)

// A weekOfDays is where the days of a week went, as far as they were shared out.
type weekOfDays struct {
	monday         time.Time
	people, shared int // squares
	days           int
}

// lookBack gathers what there is since the last supervision.
func (s *session) lookBack() lookBack {
	b := lookBack{kinds: make(map[journal.Kind]int)}
	b.since, b.known = s.lastSupervision()
	b.offers = s.openOffers()
	missed := s.missed()
	var marked, rest []offer
	tags, guides := make(map[string][]journal.Header), make(map[string][]journal.Header)
	for h := range s.journal.Entries(journal.Query{Since: b.since}) {
		e, err := s.journal.Get(h.ID)
		if err != nil || h.Guide == briefGuide {
			continue // what cannot be read is no suggestion, nor is a brief
		}
		marked = append(marked, s.markedOffers(e)...)
		if h.Kind == journal.Supervision {
			continue
		}
		b.kinds[h.Kind]++
		b.addDay(e)
		for _, tag := range h.Tags {
			tags[tag] = append(tags[tag], h)
		}
		if h.Kind == journal.Reflection {
			guides[h.Guide] = append(guides[h.Guide], h)
		}
		rest = append(rest, entryOffer(h, groupRest, h.Created.Local().Format("Monday 2 January")))
	}
	b.offers = append(b.offers, marked...)
	b.offers = append(b.offers, recurring(tags, 3, "with the tag ")...)
	b.offers = append(b.offers, recurring(guides, 2, "time with these questions")...)
	if missed > 0 {
		b.offers = append(b.offers, s.missedOffer(missed))
	}
	if len(b.weeks) > 0 {
		b.offers = append(b.offers, b.daysOffer())
	}
	b.offers = once(append(b.offers, rest...))
	return b
}

// lastSupervision is when there was one last: when it was written about
// afterwards, or, where nobody did, when a brief was made that is not of these
// days. One that did not happen does not count, nor does its brief.
func (s *session) lastSupervision() (at time.Time, known bool) {
	missed := false
	for h := range s.journal.Entries(journal.Query{Kind: journal.Supervision}) {
		switch {
		case h.Guide == briefGuide && missed:
			missed = false
		case h.Guide == briefGuide:
			if s.now().Sub(h.Created) >= sameBrief {
				return h.Created, true
			}
		default:
			if missed = s.notHeld(h); !missed {
				return h.Created, true
			}
		}
	}
	return s.now().Add(-fourWeeks), false
}

// notHeld reports whether an entry says that a supervision did not happen.
func (s *session) notHeld(h journal.Header) bool {
	if h.Guide != afterwards {
		return false
	}
	g, _ := s.library.Guide(afterwards)
	step, _ := g.Step(happenedStep)
	e, err := s.journal.Get(h.ID)
	a, ok := e.Answer(happenedStep)
	return err == nil && ok && slices.ContainsFunc(step.Options(), func(w content.Word) bool {
		return w.ID == "not-held" && slices.Contains(a.Choices, w.Label)
	})
}

// missed counts the supervisions that did not happen since there was one.
func (s *session) missed() int {
	since, known := s.lastSupervision()
	n := 0
	for h := range s.journal.Entries(journal.Query{Kind: journal.Supervision}) {
		if known && !h.Created.After(since) {
			break
		}
		if s.notHeld(h) {
			n++
		}
	}
	return n
}

// missedWords says it as somebody may bring it: a fact, and nobody's fault.
func missedWords(n int) string {
	return "Supervision did not happen: " + timesWords(n) + " since last time"
}

func timesWords(n int) string {
	words := []string{"", "once", "twice", "three times", "four times", "five times"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n) + " times"
}

func (s *session) missedOffer(n int) offer {
	return offer{
		from: fromMissed, group: groupPlace, title: missedWords(n), reason: "you noted it",
		line: briefLine{text: missedWords(n), side: "administrative", verb: "tell the organisation"},
	}
}

// knownFor is what a question of the brief can say of itself.
func (s *session) knownFor(step content.Step) string {
	if n := s.missed(); n > 0 && step.Verb == "tell the organisation" {
		return missedWords(n)
	}
	return ""
}

// lineIntro says what there is to a line of a brief.
const lineIntro = "Side is the side of supervision it is for. To is what you would like done with it. Share, or keep: on the page you take, or for you alone."

// saidFor is what stands over a question of the brief: what is known, and over
// the first question of the first brief what its three choices are.
func (s *session) saidFor(w *walk, step content.Step) string {
	if known := s.knownFor(step); known != "" {
		return known
	}
	first := slices.IndexFunc(w.steps, func(s content.Step) bool { return s.Kind == content.Bring })
	if _, brief := s.newest(briefGuide); !brief && first >= 0 && w.steps[first].ID == step.ID {
		return lineIntro
	}
	return ""
}

// entryOffer offers a whole entry. Its words stay in it: a line of it is
// written anew.
func entryOffer(h journal.Header, group, reason string) offer {
	o := offer{from: h.ID, group: group, title: entryTitle(h), reason: reason}
	o.line = briefLine{verb: "think"}
	if h.Bring != nil {
		o.line.side = h.Bring.Side
	}
	return o
}

// markedOffers are what was marked for supervision: the entry, and answers.
func (s *session) markedOffers(e journal.Entry) []offer {
	var out []offer
	day := e.Created.Local().Format("Monday 2 January")
	if e.Bring != nil {
		out = append(out, entryOffer(e.Header, groupMarked, "you marked it on "+day))
	}
	for _, a := range e.Answers {
		if a.Bring != nil {
			o := s.answerOffer(e, a)
			o.group, o.reason = groupMarked, "you marked it on "+day
			o.title = cmp.Or(printable(firstWords(a.Text)), o.title) // its own words say more than a question
			out = append(out, o)
		}
	}
	return out
}

// recurring offers the newest entry of each name that occurs often enough.
func recurring(by map[string][]journal.Header, least int, what string) []offer {
	var out []offer
	for name, headers := range by {
		if len(headers) < least {
			continue
		}
		reason := ordinal(len(headers)) + " " + what
		if strings.HasSuffix(what, " ") {
			reason += "“" + printable(name) + "”"
		}
		out = append(out, entryOffer(headers[0], groupAgain, reason))
	}
	slices.SortFunc(out, func(a, b offer) int { return strings.Compare(b.reason, a.reason) })
	return out
}

// addDay takes the squares of a day, where it was shared out.
func (b *lookBack) addDay(e journal.Entry) {
	for _, a := range e.Answers {
		if len(a.Shares) == 0 {
			continue
		}
		day := e.Created.Local()
		monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
		monday = time.Date(monday.Year(), monday.Month(), monday.Day(), 0, 0, 0, 0, time.Local)
		i := slices.IndexFunc(b.weeks, func(w weekOfDays) bool { return w.monday.Equal(monday) })
		if i < 0 {
			i = len(b.weeks)
			b.weeks = append(b.weeks, weekOfDays{monday: monday})
		}
		b.weeks[i].days++
		for part, n := range a.Shares {
			b.weeks[i].shared += n
			if pattern.IsContact(part) {
				b.weeks[i].people += n
			}
		}
	}
}

// daysOffer offers what the days say together, to take to the organisation.
func (b *lookBack) daysOffer() offer {
	var people, shared, days int
	for _, w := range b.weeks {
		people, shared, days = people+w.people, shared+w.shared, days+w.days
	}
	words := fmt.Sprintf("Of %d squares of my days, %d were with people.", shared, people)
	return offer{
		from: fromDays, group: groupPlace, title: words,
		reason: fmt.Sprintf("%d %s", days, plural(days, "day", "days")),
		line:   briefLine{text: words, side: "administrative", verb: "tell the organisation"},
	}
}

// once keeps the first offer of each thing: it stands where its reason is best.
func once(offers []offer) []offer {
	seen := make(map[string]bool)
	return slices.DeleteFunc(offers, func(o offer) bool {
		again := seen[o.from]
		seen[o.from] = true
		return again
	})
}

// sinceWords says what a look back covers.
func (b lookBack) sinceWords(now time.Time) string {
	words := "The last four weeks"
	if b.known {
		words = "Since supervision " + dayWords(b.since, now)
	}
	for _, k := range []struct {
		kind      journal.Kind
		one, many string
	}{{journal.CheckIn, "check-in", "check-ins"}, {journal.Reflection, "reflection", "reflections"}, {journal.Note, "page", "pages"}} {
		if n := b.kinds[k.kind]; n > 0 {
			words += fmt.Sprintf(" · %d %s", n, plural(n, k.one, k.many))
		}
	}
	return words
}
