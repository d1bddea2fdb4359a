package content

import "time"

// Guide is a sequence of steps that a person is walked through: a check-in, a
// reflection, a blank page. What a guide asks is content, not code.
type Guide struct {
	ID       string   `toml:"id"`
	Title    string   `toml:"title"`
	Kind     string   `toml:"kind"` // the kind of entry it makes in the journal
	Minutes  int      `toml:"minutes"`
	Helps    string   `toml:"helps"`    // when it helps
	Leave    string   `toml:"leave"`    // when to leave it; may be empty
	Evidence string   `toml:"evidence"` // how strong the evidence is; may be empty
	Sources  []string `toml:"sources"`
	By       string   `toml:"by"`      // whose thinking it follows; may be empty
	Lens     string   `toml:"lens"`    // the lens it looks through, as one word or two; may be empty
	With     []string `toml:"with"`    // what somebody may come with, of [Withs]; may be empty
	Closing  string   `toml:"closing"` // said when the entry has been kept
	Ask      bool     `toml:"ask"`     // ask at the end whether to keep it

	// TitleFrom is the step whose first words name the entry in a list; empty:
	// the guide's title does, or in a note whatever was written first.
	TitleFrom string `toml:"title_from"`

	Brief Brief  `toml:"brief"`
	Steps []Step `toml:"-"`
	Own   bool   `toml:"-"` // from the person's own folder
}

// Step returns the step with that id.
func (g Guide) Step(id string) (Step, bool) {
	return find(g.Steps, func(s Step) bool { return s.ID == id })
}

// Brief is a shorter version of a guide, made of some of its steps. It is
// zero when there is none.
type Brief struct {
	Minutes int      `toml:"minutes"`
	Steps   []string `toml:"steps"`
}

// StepKind is what a step asks of a person.
type StepKind string

// The kinds of step, as they are written in a guide.
const (
	Pause   StepKind = "pause"   // a timed quiet moment
	Prompt  StepKind = "prompt"  // free text
	Choice  StepKind = "choice"  // one word or several
	Scale   StepKind = "scale"   // a number from 0 to 10
	Share   StepKind = "share"   // the squares of a day
	Systems StepKind = "systems" // the three circles
	Park    StepKind = "park"    // unfinished things, and when to touch them next
	Pick    StepKind = "pick"    // entries from the journal
	Rows    StepKind = "rows"    // a few things answered beside one another, as a picture

	// Bring is one thing to bring to supervision: words, what is wanted of it,
	// and whether it may be shown. Triangle is all of them on one page, by the
	// side of Kadushin's triangle that they are on.
	Bring    StepKind = "bring"
	Triangle StepKind = "triangle"
)

// Step is one thing asked, or one pause. Which fields have a meaning depends
// on its kind; every step can be skipped, whatever the kind.
type Step struct {
	ID     string   `toml:"id"`
	Kind   StepKind `toml:"kind"`
	Prompt string   `toml:"prompt"`
	Short  string   `toml:"short"` // how settings and trails name the step
	Note   string   `toml:"note"`  // a quiet line under the prompt; may be empty
	Why    string   `toml:"why"`   // why this question, with its basis; may be empty

	// OnlyIf makes the step one that is asked after certain answers only: all
	// of the conditions have to hold.
	OnlyIf []Condition `toml:"-"`

	// Line asks for a line more beside the answer of a choice or a scale; may be
	// empty.
	Line string `toml:"line"`

	// Long gives a prompt room for several paragraphs.
	Long bool `toml:"long"`

	// Pause is how long a pause lasts, Anchors what there is to attend to,
	// and Lines what is said, one after another, where there is no choice.
	Pause   time.Duration `toml:"-"`
	Anchors []Anchor      `toml:"anchors"`
	Lines   []string      `toml:"lines"`

	// Groups are the words of a choice. Options that a guide gives itself
	// make one group without id and label.
	Groups []Group `toml:"-"`
	Many   bool    `toml:"many"`      // several at once
	Own    bool    `toml:"own_words"` // a word of the person's own is welcome

	// Low and High say what the ends of a scale mean, Marks what some of the
	// values between them do.
	Low   string `toml:"low"`
	High  string `toml:"high"`
	Marks []Mark `toml:"marks"`

	// Parts are what the Squares of a day are shared between.
	Parts   []Part `toml:"parts"`
	Squares int    `toml:"squares"`

	Systems []System `toml:"systems"`

	// Rows are answered beside one another; Take says with what.
	Rows []Row `toml:"rows"`
	Take Take  `toml:"take"`

	// Whens are quick picks for when a parked thing will next be touched, and
	// Whos for who will do it, which is asked only where there are any.
	Whens []string `toml:"whens"`
	Whos  []string `toml:"whos"`

	// Into is the later step that what is picked goes into: a triangle gets a
	// line for each pick. Without it, what is picked stands beside the long
	// questions of the guide, to be written anew, and its day beside Day.
	Into string `toml:"into"`
	Day  string `toml:"day"`

	// Side and Verb are what a thing to bring is until somebody says otherwise.
	Side string `toml:"side"`
	Verb string `toml:"verb"`
}

// Options are the words of a choice, of all its groups.
func (s Step) Options() []Word {
	var words []Word
	for _, g := range s.Groups {
		words = append(words, g.Words...)
	}
	return words
}

// Condition is about an earlier choice.
type Condition struct {
	Step    string
	Choices []string // ids of its options; one of them is enough
	Skipped bool     // it holds also where nothing was chosen there
}

// Anchor is something to attend to in a pause. The breath is not restful for
// everyone, so a pause offers a choice and none is the better one (Treleaven
// 2018 on trauma-sensitive mindfulness).
type Anchor struct {
	ID    string   `toml:"id"`
	Label string   `toml:"label"`
	Lines []string `toml:"lines"`
}

// System is one of the three emotion systems: threat, drive and soothing
// (Gilbert 2009). The circles are a teaching picture and not a measurement,
// which is why nothing here adds them up or compares them.
type System struct {
	ID      string `toml:"id"`
	Label   string `toml:"label"`
	Meaning string `toml:"meaning"`
	Prompt  string `toml:"prompt"` // the question as an entry keeps it
	Line    string `toml:"line"`   // asks what was behind it; may be empty
}

// Row is one line of a picture that a person fills in, and has an answer of its
// own in the journal.
type Row struct {
	ID      string `toml:"id"`
	Label   string `toml:"label"`
	Meaning string `toml:"meaning"` // may be empty
	Prompt  string `toml:"prompt"`  // the question as an entry keeps it
	Line    string `toml:"line"`    // asks for a few words beside a number or a holding; may be empty
}

// Take is what the rows of a step are answered with, and so which picture they
// make.
type Take string

// What rows take.
const (
	TakeNumber Take = "number" // 0 to 10: bars
	TakeWords  Take = "words"  // words, side by side
	TakeHeld   Take = "held"   // held or not: one inside another, the gap to be seen
)

// Sides are the sides of Kadushin's triangle (1976), as the journal keeps them.
var Sides = []string{"supportive", "educative", "administrative"}

// Verbs are what somebody may want of a supervisor for a thing that they bring.
var Verbs = []string{"support", "think", "decide", "learn", "tell the organisation"}

// Withs are what somebody may come to a reflection with.
var Withs = []string{"person", "feeling", "decision", "team", "incident"}

// Part is something that squares of a day can be given to. Studies of social
// workers' time count travel and telephone differently, so the parts are
// words in a file for a team to change.
type Part struct {
	ID    string `toml:"id"`
	Label string `toml:"label"`
}

// Mark gives one value of a scale its words. The idea of a number for how
// much there is now is Wolpe's (1969); the words are this program's own, since
// those in circulation alarm.
type Mark struct {
	Value int    `toml:"value"`
	Label string `toml:"label"`
}

// guideFile is a guide as it stands in its file.
type guideFile struct {
	Guide
	Steps []stepFile `toml:"steps"`
}

// stepFile is a step as it stands in its file, before its words are looked up.
type stepFile struct {
	Step
	Seconds int    `toml:"seconds"`
	Words   string `toml:"words"`
	Options []Word `toml:"options"`

	// OnlyIf is one condition by itself, or a list of them: the decoder has no
	// type for either.
	OnlyIf any `toml:"only_if"`
}

// parseGuide reads one guide. Its words and sources are in l; taken names the
// files of the guides that were read before it, by id.
func parseGuide(data []byte, l *Library, taken map[string]string) (Guide, error) {
	var f guideFile
	ix, err := decode(data, &f)
	if err != nil {
		return Guide{}, err
	}
	c := check{index: ix}
	c.guide(&f, l, taken)
	if err := c.first(); err != nil {
		return Guide{}, err
	}
	g := f.Guide
	for _, s := range f.Steps {
		g.Steps = append(g.Steps, s.step(l.words))
	}
	return g, nil
}

func (f *stepFile) step(lists map[string][]Group) Step {
	s := f.Step
	s.Pause = time.Duration(f.Seconds) * time.Second
	switch {
	case f.Words != "":
		s.Groups = lists[f.Words]
	case f.Options != nil:
		s.Groups = []Group{{Words: f.Options}}
	}
	return s
}
