// Package identifier finds, in a text, what could identify a person: a name, a
// date of birth, an address, a number that stands for somebody. It is for a
// nudge before an entry is kept or exported: "Could this identify somebody?"
//
// It says where, and of which [Kind], and what could stand there instead. It
// keeps nothing, counts nothing and reaches nothing: a text goes in, places in
// it come out, and no finding holds any of the text.
//
// A false alarm every day teaches people to ignore the true one, so it is
// built to be right when it speaks. It leaves alone
//
//   - who is cited or reported on: "Ferguson 2016", Winnicott, Baby P;
//   - letters that are an alias already: "child A", "Child K", "Mrs X", "wife B";
//   - public numbers: 999, 116 123, 0300 and 0800 numbers; published cases;
//   - towns, local authorities, courts, peoples and languages;
//   - blurred ages and times: "a teenager", "Year 9", "in her thirties", "for
//     twenty years", "on Tuesday", "at 10", "in March", "the 12th";
//   - the writer's own age and calendar: "I am 52", "leave from 12 May";
//   - words that are also names, where nothing says that they are names: "Grace
//     is a word", "in May", "Hope is not a plan".
//
// It cannot know a nickname, a rare name in lower case, or that a story is
// known all over town. [New] takes the words that are told to it.
//
// What it knows of names it knows from lists that were written for it, in
// lists, and from what stands round a word. They are British: the names of the
// families that live in Britain now, its postcodes, plates and numbers.
package identifier

// Kind is what a finding is. The values are stable.
type Kind string

// The kinds of what could identify a person.
const (
	Name      Kind = "name"      // a name, full or first or with a title
	Initials  Kind = "initials"  // initials that stand for somebody: "TK's mum", "Mrs B"
	Age       Kind = "age"       // an exact age
	Birth     Kind = "birth"     // a date of birth
	Date      Kind = "date"      // an exact day, such as of a visit
	Postcode  Kind = "postcode"  // a full postcode
	Address   Kind = "address"   // a street, with or without a number
	Phone     Kind = "phone"     // a telephone number
	Email     Kind = "email"     // an e-mail address
	NHS       Kind = "nhs"       // an NHS number, Scotland's CHI or Northern Ireland's H&C number
	NI        Kind = "ni"        // a National Insurance number
	Vehicle   Kind = "vehicle"   // a car's registration
	Reference Kind = "reference" // a case, court or record number
	Place     Kind = "place"     // a named school, surgery, ward, placement
	Handle    Kind = "handle"    // a name on social media
	Own       Kind = "own"       // a word from the person's own list
)

// Finding is a place in a text that could identify somebody. It never holds
// the text itself.
type Finding struct {
	Kind       Kind
	Start, End int // bytes of the text
}

// said are the words for a kind.
type said struct{ label, offer string }

var sayings = map[Kind]said{
	Name:      {"a name", "an alias, or a role such as “the foster carer”"},
	Initials:  {"initials", "an alias that has nothing of the name in it"},
	Age:       {"an exact age", "“a young child”, “a teenager”, “in her eighties”"},
	Birth:     {"a date of birth", "nothing, or “a young child”, “a teenager”"},
	Date:      {"an exact date", "the week or the season instead of the day"},
	Postcode:  {"a postcode", "“across town”, or nothing"},
	Address:   {"an address", "“the flat”, “their street”"},
	Phone:     {"a phone number", "nothing; it is in the case record"},
	Email:     {"an e-mail address", "“an email from her”"},
	NHS:       {"an NHS number", "nothing; it is in the case record"},
	NI:        {"a National Insurance number", "nothing; it is in the case record"},
	Vehicle:   {"a car registration", "“the car”, “his van”"},
	Reference: {"a case or reference number", "nothing; it is in the case record"},
	Place:     {"a named place", "“the school”, “the surgery”, “the placement”"},
	Handle:    {"a social media name", "“her account”"},
	Own:       {"a word from your own list", "your alias for them"},
}

// Label is how a kind is said: "an exact age".
func (k Kind) Label() string { return sayings[k].label }

// Offer is what could stand in its place, in plain words. Leaving out a name
// is seldom enough by itself: a person is known by what is told together, so
// the offers blur rather than code.
func (k Kind) Offer() string { return sayings[k].offer }

// Kinds are all the kinds, names first.
func Kinds() []Kind {
	return []Kind{
		Name, Initials, Age, Birth, Date, Postcode, Address, Phone, Email,
		NHS, NI, Vehicle, Reference, Place, Handle, Own,
	}
}
