package identifier

import "strings"

// This file is what stands round a word and makes it a person.

// set makes a set of the words of a line.
func set(line string) map[string]bool {
	words := make(map[string]bool)
	for w := range strings.FieldsSeq(line) {
		words[w] = true
	}
	return words
}

var (
	isBeing = set("is was isn't isnt wasn't wasnt has had hasn't looked looks seemed seems sounded been " +
		"remains stayed got gets")
	adverbs = set("so very really not still always now too quite all a bit just never only again already " +
		"visibly clearly really more less being been feeling looking a little obviously both")
	movements = set("came went comes goes left turned")
	wheres    = set("to back round in out over with home down running along missing upstairs outside off for")
	// refusing are what "not" makes a refusal of: "Grace would not look".
	refusing  = set("would could did had has")
	refusals  = set("didn't didnt doesn't doesnt won't wont wouldn't wouldnt can't cant couldn't couldnt hasn't hasnt")
	objects   = set("him her them us me")
	possessor = set("his her their my our")
	// doings are what people do, and things that are done too: "Grace visits" is
	// somebody, "prison visits" nobody.
	doings = set("bites clings cuddles cuts drinks eats emails fears fidgets fights finds hides hugs lies pays " +
		"presents promises pulls punches reads rejects relapses returns rings runs screams shares smells sobs stares " +
		"stays steals storms struggles turns uses visits waits wets whispers")
	// beginnings are what people do, and hope, joy and a bill do too.
	beginnings = set("starts started begins began finishes finished leaves loses lost needs needed moves moved moans " +
		"does did puts put looks")
	// between stand before what somebody does.
	between = set("still never always only just also already again nearly even both")
	// auxiliaries stand between somebody and what they do.
	auxiliaries = set("will would can could should may might must does did cannot")
	// subjectMatter are the first names of which a sentence may speak as of
	// things: hope, a bill, the amber of a rating.
	subjectMatter = set("amber art bay bill blessing blue cadence chase crystal dawn diamond faith grace " +
		"gray grey guy harmony heaven honey honor honour hope ivory joy kit lavender link mercy " +
		"patience ram sage skip soma stone van wisdom woods")
	// calendar are the first names that are times of the year.
	calendar = set("april may june august summer autumn winter")
	// weathers are how both people and months are.
	weathers = set("quiet quieter calm kind mad manic late lovely")
	// wilds are the first names of which a heading is seldom made, so that a
	// capital and a person's place do: "rang about River".
	wilds = set("bear blaze clover coral fox hawk jet orchid river shadow sky star storm wolf")
	// handled is what is done to persons, and to a month never.
	handled  = set("seen stopped placed admitted referred removed found collected")
	agencies = set("fostering housing school health legal cafcass mash adoption nursery duty camhs probation " +
		"education youth contact admin finance upstairs nights days brokerage commissioning reception homecare")
)

// actsAsPerson reports whether what follows a word makes it somebody: "Grace
// said", "Mark's mum", "Joy was tearful", "Will and his sister".
func (p *page) actsAsPerson(i int) bool {
	t, next, then := p.at(i), p.at(i+1), p.at(i+2)
	switch {
	case t.possessive:
		return p.possesses(i)
	case between[next.word] && then.shape == lower:
		return p.doesAsPerson(i, i+2)
	}
	return p.doesAsPerson(i, i+1)
}

// doesAsPerson reports whether what is said of a word from token j on makes it
// somebody.
func (p *page) doesAsPerson(i, j int) bool {
	t, next, then := p.at(i), p.at(j), p.at(j+1)
	switch {
	case t.word == "heaven" && next.word == "knows":
		return false
	case next.is(personVerb), t.is(wordName) && doings[next.word], t.isPersonal() && beginnings[next.word]:
		return true
	case next.word == t.word && next.shape == lower && t.is(anyFirstName):
		return true // "Will will not"
	case t.isPersonal() && (auxiliaries[next.word] || isBeing[next.word]) && !p.isIdentity(j+1):
		return true
	case isBeing[next.word]:
		if calendar[t.word] && weathers[then.word] && !p.at(j+2).isWord() {
			return false // "June was quiet, and"
		}
		if t.is(anyFirstName) && (p.isDescribed(j+1) || p.isOneOf(j+1) || handled[then.word]) {
			return true
		}
		return p.isInMood(j+1) || p.hasDone(j) || p.isRefusal(j) && t.is(wordName)
	case movements[next.word]:
		return wheres[then.word] && (then.word != "with" || t.isPersonal() || t.class == 0 || p.isSomebody(j+2))
	case p.isRefusal(j):
		return t.is(wordName) || t.class == 0
	case next.word == "and" || next.word == "&" || next.word == "n":
		return p.isPaired(j + 1)
	case next.word == ",":
		return p.isExplained(j+1) || t.isPersonal() && then.isCapital() && then.is(firstName|wordName)
	case next.word == "(":
		return then.shape == digits && p.at(j+2).word == ")" && then.end-then.start < 3 || p.isRole(j+1)
	case lodgings[then.word] && p.at(j+2).shape == digits:
		return t.isPersonal() && insides[next.word] || t.isPersonal() && next.word == "on" // "Jean in bed 4"
	case next.word == "next":
		return then.word == "door"
	case (t.isPersonal() || t.is(townName)) && (then.word == "his" || then.word == "her") && !next.is(function):
		return true // "Chelsea lost her phone"
	case next.word == "from":
		return agencies[then.word]
	}
	return t.is(anyFirstName) && next.isCapital() && p.isSurname(j)
}

// lodgings are where somebody lies or lives, with its number.
var lodgings = set("bed bay room ward flat")

// isRole reports whether the words at i, up to the end of a bracket, are who
// somebody is: "(IRO)", "(her health visitor)".
func (p *page) isRole(i int) bool {
	for k := i; k < i+4 && p.at(k).isWord(); k++ {
		if p.at(k+1).word == ")" {
			return p.at(k).is(rank|kin) || posts[p.at(k).word]
		}
	}
	return false
}

// posts end the name of a role, and stand before no name.
var posts = set("visitor assistant deputy lead admin clerk chair isw idva isva gal imca imha tl aso snr rmn")

// isPersonal reports whether a first name that is a word too is, as a word,
// hardly ever what a sentence begins with and speaks of: Mark, Rose, Frank.
func (t *token) isPersonal() bool { return t.is(wordName) && !subjectMatter[t.word] }

// isRefusal reports whether "wouldn't" or "would not" begins at i.
func (p *page) isRefusal(i int) bool {
	return refusals[p.at(i).word] || refusing[p.at(i).word] && p.at(i+1).word == "not"
}

// kinds are what is said of a thing: "Dale is a word".
var kinds = set("word thing place month season colour")

// isIdentity reports whether the words at i, after "is", say what a thing is:
// "the way", "not what is missing".
func (p *page) isIdentity(i int) bool {
	if p.at(i).word == "not" {
		i++
	}
	switch p.at(i).word {
	case "the":
		return !p.isOneOf(i)
	case "a":
		return kinds[p.at(i+1).word]
	}
	return p.at(i).word == "what"
}

// isOneOf reports whether the words at i say which of several people somebody
// is: "the quiet one", "the youngest".
func (p *page) isOneOf(i int) bool {
	which := p.at(i + 1)
	return p.at(i).word == "the" && (which.is(kin) || which.is(mood) && p.at(i+2).word == "one")
}

// isSomebody reports whether the word at i is a person, or whose somebody is.
func (p *page) isSomebody(i int) bool {
	t := p.at(i)
	return objects[t.word] || possessor[t.word] || t.is(kin|firstName)
}

// isSurname reports whether the word with a capital at i, after a first name
// that is a word too, is a surname: "Frank Bell was", "May Thistlewood".
func (p *page) isSurname(i int) bool {
	first, t, after := p.at(i-1), p.at(i), p.at(i+1)
	switch {
	case t.is(surname) && t.class&^(surname|anyFirstName|cited) == 0:
		return true
	case t.class != 0 && !t.is(surname) || t.is(streetWord|placeWord) || t.end-t.start < 4 || p.hasInnerCapital(t):
		return false
	case first.is(capitalName):
		return t.class == 0 && calendar[first.word] && !towards[p.at(i-2).word] && !ordinaryEnding(t.word)
	}
	return after.is(personVerb) || isBeing[after.word] || auxiliaries[after.word] || refusals[after.word]
}

// possesses reports whether what a word has is what somebody has. A month has
// a report, a plan and figures; it has no mum.
func (p *page) possesses(i int) bool {
	t, next := p.at(i), p.at(i+1)
	if next.is(kin) || next.is(rank) && !t.is(capitalName) {
		return true
	}
	if next.is(belonging) && !months[t.word] {
		return !t.opens || t.is(anyFirstName)
	}
	if t.is(wordName) && next.isWord() {
		return t.word != "heaven" // for its sake
	}
	return p.isInMood(i+1) && !t.opens
}

// isDescribed reports whether the words at i, after "is", say how or how old a
// person is.
func (p *page) isDescribed(i int) bool {
	return p.isInMood(i) || isAge(p.at(i)) && p.endsAge(i)
}

// isInMood reports whether the words at i say how a person is.
func (p *page) isInMood(i int) bool {
	for n := 0; n < 3 && adverbs[p.at(i).word]; n++ {
		i++
	}
	if p.at(i).word == "back" && p.at(i+1).word == "with" {
		return p.isSomebody(i + 2)
	}
	if state := p.at(i).word; state == "in" || state == "at" || state == "on" {
		return states[p.at(i+1).word]
	}
	return p.at(i).is(mood)
}

// states are what a person is in, at or on.
var states = set("about bail bed bits care court crisis custody edge foster form holiday home hospital " +
	"labour nursery pieces placement prison remand respite school tears")

// hasDone reports whether the words at i are what somebody has done or whom
// they have: "has asked for his file", "has a new baby sister".
func (p *page) hasDone(i int) bool {
	if has := p.at(i).word; has != "has" && has != "had" {
		return false
	}
	for i++; adverbs[p.at(i).word]; i++ {
	}
	return p.at(i).is(personVerb) || p.at(i-1).word == "been" && p.at(i).is(mood) || p.at(i).is(kin) || p.at(i+1).is(kin)
}

// isPaired reports whether the words at i are somebody with whom a person is
// named: "Will and his sister", "Dawn and Clive".
func (p *page) isPaired(i int) bool {
	t := p.at(i)
	if t.word == "i" {
		return p.at(i+1).is(personVerb) && p.at(i-2).opens // "Fern and I walked"
	}
	if possessor[t.word] {
		return p.at(i+1).is(kin) || p.at(i+2).is(kin) // "his little sister"
	}
	return t.is(firstName) || t.isCapital() && t.is(wordName)
}

// isExplained reports whether the words after a comma say who somebody is:
// "Jasmine, the HV", "Hope, who", "Grace, 9,".
func (p *page) isExplained(i int) bool {
	t, next := p.at(i), p.at(i+1)
	switch {
	case t.word == "who":
		return true
	case t.word == "the" || t.word == "a" || possessor[t.word]:
		return next.is(rank|kin) || next.is(abbreviation) && next.shape == caps
	}
	return isAge(t) && next.word == ","
}

// isToldOf reports whether what stands before a word makes it somebody: "told
// Hope", "spoke to Hope", "called Hope", "Clive and Dawn".
func (p *page) isToldOf(i int) bool {
	before, earlier := p.at(i-1), p.at(i-2)
	switch before.word {
	case "called", "named":
		return !pets[earlier.word] && !pets[p.at(i-3).word]
	case "to":
		return speaking[earlier.word] || earlier.word == "round"
	case "known":
		return haves[earlier.word]
	case "leave", "leaving":
		return leftWith[p.at(i+1).word]
	case "of":
		return regarding[earlier.word]
	case "with", "by", "beside":
		return sitting[earlier.word]
	case "and", "&", "n":
		return earlier.is(firstName) && (earlier.isCapital() || p.at(i).isSmall())
	}
	return before.is(objectVerb) && !before.is(mood)
}

var (
	haves = set("have has had i've ive")
	// leftWith is how somebody is left: "leave Justice with strangers".
	leftWith = set("with there alone behind")
)

// pets are who else is called something.
var pets = set("cat dog hamster rabbit puppy kitten fish budgie tortoise guinea pig snake teddy doll horse pony")

// regarding are what is of somebody, before "of".
var regarding = set("thinking thought think proud fond scared frightened afraid photo photos picture " +
	"memories news mum mam dad mother father parents sister brother friend custody care")

var sitting = set("sat sit sitting stood stayed waited walked played lunch session time contact visit chat")

var speaking = set("spoke speak speaking talk talked talking married sorry listened listening listen")
