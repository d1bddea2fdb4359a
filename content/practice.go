package content

import (
	"fmt"
	"math"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"
)

// Practice is something to do for a while and then leave: breathing, a way to
// find the ground again, the walk from work to home. Its words come by
// themselves, over phases of a set time.
type Practice struct {
	ID       string   `toml:"id"`
	Title    string   `toml:"title"`
	Minutes  []int    `toml:"minutes"`  // the lengths it comes in; the first is the usual one
	Helps    string   `toml:"helps"`    // when it helps
	Leave    string   `toml:"leave"`    // when to leave it
	Evidence string   `toml:"evidence"` // how strong the evidence is
	Sources  []string `toml:"sources"`
	Before   string   `toml:"before"` // what to know before it starts; may be empty
	Closing  string   `toml:"closing"`
	Paces    []Pace   `toml:"paces"` // the first is the usual one; none: breath is not paced
	Phases   []Phase  `toml:"phases"`
	Own      bool     `toml:"-"` // from the person's own folder
}

// Phase is a part of a practice: a few lines, said one after another over its
// time.
type Phase struct {
	Short   string   `toml:"short"`
	Seconds []int    `toml:"seconds"` // one for each of the practice's lengths; 0 leaves the phase out
	Lines   []string `toml:"lines"`

	// Breath marks a phase that rests on the breath. The pacer moves in it, and
	// whoever chose another anchor is told that anchor's lines instead.
	Breath bool `toml:"breath"`
}

// Pace is a rhythm to breathe to, in seconds. There are no holds: no source
// asks for them, and they are not kind to everybody.
type Pace struct {
	ID    string `toml:"id"`
	Label string `toml:"label"`
	In    int    `toml:"in"` // 0, with Out: at one's own pace
	Out   int    `toml:"out"`

	// From is the length of the first breaths, in and out; 0: as the others.
	// They lengthen by a second after every third, as Irons' script for
	// soothing rhythm breathing has it: start a little quicker, then slow down.
	From int `toml:"from"`
}

// breathsAtEach is how many breaths a quickening or slowing pace takes at each
// length: 3-3, 4-4 and the first 5-5 fill the first minute.
const breathsAtEach = 3

// BreathAnchor is the id of the anchor that the pacer goes with.
const BreathAnchor = "breath"

// Course is a practice as somebody does it: how long, resting on what, and at
// which pace.
type Course struct {
	Practice
	Length int    // an index of Minutes
	Anchor Anchor // the zero Anchor leaves the practice's own words
	Pace   Pace   // the zero Pace is one's own
}

// Position is where a course stands after some time.
type Position struct {
	Phase  int      // an index of Phases
	Lines  []string // what is said in this phase, whole
	Said   int      // how many of the lines have been said
	Breath Breath   // zero where the pacer rests
	Left   time.Duration
	Over   bool
}

// Breath is a moment of a paced breath.
type Breath struct {
	Inhale, Exhale int     // the seconds of this breath; 0: the pacer rests
	Out            bool    // on the way out
	Second         int     // which second of the way in or out, from 1
	Open           float64 // how far the shape is open, from 0 to 1
}

// Duration is how long the course lasts.
func (c Course) Duration() time.Duration {
	var sum time.Duration
	for i := range c.Phases {
		sum += c.phase(i)
	}
	return sum
}

func (c Course) phase(i int) time.Duration {
	return time.Duration(c.Phases[i].Seconds[c.Length]) * time.Second
}

// Start returns when a phase starts.
func (c Course) Start(phase int) time.Duration {
	var sum time.Duration
	for i := range phase {
		sum += c.phase(i)
	}
	return sum
}

// At returns where the course stands after some time. It follows from the time
// alone, so that neither a slow terminal nor a pause makes it drift.
func (c Course) At(elapsed time.Duration) Position {
	whole := c.Duration()
	elapsed = min(max(elapsed, 0), whole)
	p := Position{Left: whole - elapsed, Over: elapsed == whole}
	start := time.Duration(0)
	for i := range c.Phases {
		long := c.phase(i)
		if long == 0 {
			continue
		}
		p.Phase = i
		if elapsed < start+long {
			break
		}
		start += long
	}
	lines, began, long := c.lines(p.Phase)
	p.Lines = lines
	p.Said = Said(elapsed-began, long, len(lines))
	p.Breath = c.breath(elapsed)
	return p
}

// anchorLine is the least time that a line of an anchor has to itself.
const anchorLine = 10 * time.Second

// lines are the words of a phase, and since when and for how long they are
// said. Where the phase rests on the breath and the person does not, they are
// the anchor's, spread over all such phases in a row: they would otherwise
// begin again with each.
func (c Course) lines(phase int) (lines []string, began, long time.Duration) {
	if !c.Phases[phase].Breath || c.AtBreath() {
		return c.Phases[phase].Lines, c.Start(phase), c.phase(phase)
	}
	goesOn := func(i int) bool { return c.Phases[i].Breath || c.phase(i) == 0 }
	first, end := phase, phase+1
	for first > 0 && goesOn(first-1) {
		first--
	}
	for end < len(c.Phases) && goesOn(end) {
		end++
	}
	began = c.Start(first)
	long = c.Start(end) - began
	room := max(1, int(long/anchorLine))
	return c.Anchor.Lines[:min(room, len(c.Anchor.Lines))], began, long
}

// Rests reports whether the practice rests on the breath for a while, so that
// there is an anchor to choose.
func (p Practice) Rests() bool {
	return slices.ContainsFunc(p.Phases, func(p Phase) bool { return p.Breath })
}

// Paced reports whether the shape moves in this course.
func (c Course) Paced() bool {
	return c.Pace.In > 0 && c.AtBreath() && c.Rests()
}

// AtBreath reports whether the course rests on the breath, and not on another
// anchor.
func (c Course) AtBreath() bool { return c.Anchor.ID == "" || c.Anchor.ID == BreathAnchor }

// Name is what a phase is called: by its short name, and where it rests on the
// breath and the person does not, by what they rest on.
func (c Course) Name(phase int) string {
	if !c.Phases[phase].Breath || c.AtBreath() {
		return c.Phases[phase].Short
	}
	first, size := utf8.DecodeRuneInString(c.Anchor.Label)
	return string(unicode.ToUpper(first)) + c.Anchor.Label[size:]
}

// breath returns the breath at a time. The pacer moves through phases of
// breath that follow one another, and begins none that would not end in them.
func (c Course) breath(elapsed time.Duration) Breath {
	if !c.Paced() {
		return Breath{}
	}
	var b Breath
	var start, from time.Duration
	resting := true
	for i, p := range c.Phases {
		long := c.phase(i)
		if long == 0 {
			continue
		}
		if p.Breath {
			if resting {
				from = start
			}
			resting = false
			if end := from + c.Pace.last(start+long-from); elapsed >= from && elapsed < end {
				b = c.Pace.At(elapsed - from)
			}
		} else {
			resting = true
		}
		start += long
	}
	return b
}

// length returns the seconds in and out of the n-th breath.
func (p Pace) length(n int) (in, out int) {
	if p.From == 0 {
		return p.In, p.Out
	}
	at := p.From + n/breathsAtEach
	return min(at, p.In), min(at, p.Out)
}

// breathAt returns the breath that a time falls into, and when it began.
func (p Pace) breathAt(t time.Duration) (in, out int, began time.Duration) {
	for n := 0; ; n++ {
		in, out = p.length(n)
		whole := time.Duration(in+out) * time.Second
		if in == p.In && out == p.Out { // all that follow are alike
			return in, out, began + (t-began)/whole*whole
		}
		if t < began+whole {
			return in, out, began
		}
		began += whole
	}
}

// last returns the end of the last breath that is over by a time.
func (p Pace) last(t time.Duration) time.Duration {
	_, _, began := p.breathAt(t)
	return began
}

// At returns the breath at a time since the first began. The shape opens and
// settles on a cosine: it is slow at the turns, as a breath is. At one's own
// pace it rests.
func (p Pace) At(t time.Duration) Breath {
	if p.In == 0 {
		return Breath{}
	}
	in, out, began := p.breathAt(max(t, 0))
	b := Breath{Inhale: in, Exhale: out}
	into, way := max(t, 0)-began, time.Duration(in)*time.Second
	if b.Out = into >= way; b.Out {
		into, way = into-way, time.Duration(out)*time.Second
	}
	b.Second = 1 + int(into/time.Second)
	b.Open = (1 - math.Cos(math.Pi*float64(into)/float64(way))) / 2
	if b.Out {
		b.Open = 1 - b.Open
	}
	return b
}

// Said returns how many of n lines have been said after a time: the first at
// once, the rest spread evenly over the whole.
func Said(elapsed, whole time.Duration, n int) int {
	if n == 0 || whole <= 0 || elapsed < 0 {
		return min(n, 1)
	}
	return min(n, 1+int(int64(elapsed)*int64(n)/int64(whole)))
}

// Shelf is a group of practices as they are offered. An item is the id of a
// practice, or of a guide that is one, such as a letter.
type Shelf struct {
	Label string   `toml:"label"`
	Items []string `toml:"items"`
}

type shelfFile struct {
	Shelves []Shelf `toml:"shelves"`
}

type anchorFile struct {
	Anchors []Anchor `toml:"anchors"`
}

func parseAnchors(data []byte) ([]Anchor, error) {
	var f anchorFile
	ix, err := decode(data, &f)
	if err != nil {
		return nil, err
	}
	c := check{index: ix}
	c.need("", "anchors")
	named(&c, "anchors", f.Anchors, func(a Anchor) string { return a.ID }, "id", "label", "lines")
	return f.Anchors, c.first()
}

func parseShelves(data []byte) ([]Shelf, error) {
	var f shelfFile
	ix, err := decode(data, &f)
	if err != nil {
		return nil, err
	}
	c := check{index: ix}
	for i := range f.Shelves {
		c.item("shelves", i, "label", "items")
	}
	return f.Shelves, c.first()
}

// parsePractice reads one practice; taken names the files of those that were
// read before it, by id.
func parsePractice(data []byte, l *Library, taken map[string]string) (Practice, error) {
	var p Practice
	ix, err := decode(data, &p)
	if err != nil {
		return Practice{}, err
	}
	c := check{index: ix}
	c.practice(&p, l, taken)
	return p, c.first()
}

func (c *check) practice(p *Practice, l *Library, taken map[string]string) {
	c.need("", "id", "title", "minutes", "helps", "leave", "evidence", "sources", "closing", "phases")
	c.id("", p.ID, make(map[string]bool))
	c.untaken(p.ID, taken)
	c.sources("sources", p.Sources, l)
	for i, m := range p.Minutes {
		c.between(fmt.Sprintf("minutes.%d", i), m, 1, 60)
	}
	for i, pace := range p.Paces {
		at := c.item("paces", i, "id", "label")
		c.between(join(at, "in"), pace.In, 2, 10)
		c.between(join(at, "out"), pace.Out, 2, 10)
		c.between(join(at, "from"), pace.From, 2, min(pace.In, pace.Out))
		if (pace.In == 0) != (pace.Out == 0) {
			c.fail(at, "a pace has both in and out, or neither")
		}
	}
	named(c, "paces", p.Paces, func(p Pace) string { return p.ID })
	sums := make([]int, len(p.Minutes))
	for i, phase := range p.Phases {
		at := c.item("phases", i, "short", "seconds", "lines")
		c.length(join(at, "short"), phase.Short, shortLength)
		if len(phase.Seconds) != len(sums) {
			c.fail(join(at, "seconds"), "this needs %d numbers, one for each of the lengths in minutes", len(sums))
			return
		}
		for j, s := range phase.Seconds {
			c.between(fmt.Sprintf("%s.seconds.%d", at, j), s, 0, 3600)
			sums[j] += s
		}
	}
	if len(c.problems) > 0 {
		return // they may be why the sums are wrong
	}
	for j, sum := range sums {
		if sum != 60*p.Minutes[j] {
			c.fail(fmt.Sprintf("minutes.%d", j), "the phases of the length of %d minutes add up to %d seconds, and not to %d", p.Minutes[j], sum, 60*p.Minutes[j])
		}
	}
}
