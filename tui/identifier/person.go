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
	refusals  = set("didn't didnt doesn't doesnt won't wont wouldn't wouldnt can't cant couldn't couldnt hasn't hasnt")
	possessor = set("his her their my our")
	// doings are what people do, and things that are done too: "Grace visits" is
	// somebody, "prison visits" nobody.
	doings = set("bites clings cuddles cuts drinks eats emails fears fidgets fights finds hides hugs lies pays " +
		"presents promises pulls punches reads rejects relapses returns rings runs screams shares smells sobs stares " +
		"stays steals storms struggles turns uses visits waits wets whispers")
	// auxiliaries stand between somebody and what they do.
	auxiliaries = set("will would can could should may might must does did cannot")
	// subjectMatter are the first names of which a sentence may speak as of
	// things: hope, a bill, the amber of a rating.
	subjectMatter = set("amber angel art bay bill blessing blue cadence chase crystal dawn destiny diamond faith grace " +
		"gray grey guy harmony heaven honey honor honour hope innocent ivory joy kit lavender link mercy merry " +
		"patience precious ram rich sage skip soma stone sunny van wisdom woods")
	// calendar are the first names that are times of the year.
	calendar = set("april may june august summer autumn winter")
	// handled is what is done to persons, and to a month never.
	handled  = set("seen stopped placed admitted referred removed found collected")
	agencies = set("fostering housing school health legal cafcass mash adoption nursery duty camhs probation " +
		"education youth contact admin finance upstairs")
)

// actsAsPerson reports whether what follows a word makes it somebody: "Grace
// said", "Mark's mum", "Joy was tearful", "Will and his sister".
func (p *page) actsAsPerson(i int) bool {
	t, next, then := p.at(i), p.at(i+1), p.at(i+2)
	switch {
	case t.possessive:
		return p.possesses(i)
	case next.is(personVerb), t.is(wordName) && doings[next.word]:
		return true
	case next.word == t.word && next.shape == lower && t.is(anyFirstName):
		return true // "Will will not"
	case t.isPersonal() && (auxiliaries[next.word] || isBeing[next.word]) && then.word != "the":
		return true
	case isBeing[next.word]:
		if t.is(anyFirstName) && (p.isDescribed(i+2) || handled[then.word]) {
			return true
		}
		return p.isInMood(i+2) || p.hasDone(i+1)
	case movements[next.word]:
		return wheres[then.word]
	case refusals[next.word]:
		return t.is(wordName) || t.class == 0
	case next.word == "and" || next.word == "&" || next.word == "n":
		return p.isPaired(i + 2)
	case next.word == ",":
		return p.isExplained(i+2) || t.isPersonal() && then.isCapital() && then.is(firstName|wordName)
	case next.word == "(":
		return then.shape == digits && p.at(i+3).word == ")" && then.end-then.start < 3
	case next.word == "next":
		return then.word == "door"
	case (t.isPersonal() || t.is(townName)) && (then.word == "his" || then.word == "her") && !next.is(function):
		return true // "Chelsea lost her phone"
	case next.word == "from":
		return agencies[then.word]
	}
	return t.is(anyFirstName) && next.isCapital() && p.isSurname(i+1)
}

// isPersonal reports whether a first name that is a word too is, as a word,
// hardly ever what a sentence begins with and speaks of: Mark, Rose, Frank.
func (t *token) isPersonal() bool { return t.is(wordName) && !subjectMatter[t.word] }

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
	return p.at(i).is(personVerb) || p.at(i).is(kin) || p.at(i+1).is(kin)
}

// isPaired reports whether the words at i are somebody with whom a person is
// named: "Will and his sister", "Dawn and Clive".
func (p *page) isPaired(i int) bool {
	t := p.at(i)
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
		return speaking[earlier.word]
	case "of":
		return regarding[earlier.word]
	case "with", "by", "beside":
		return sitting[earlier.word]
	case "and", "&", "n":
		return earlier.is(firstName) && (earlier.isCapital() || p.at(i).isSmall())
	}
	return before.is(objectVerb) && !before.is(mood)
}

// pets are who else is called something.
var pets = set("cat dog hamster rabbit puppy kitten fish budgie tortoise guinea pig snake teddy doll horse pony")

// regarding are what is of somebody, before "of".
var regarding = set("thinking thought think proud fond scared frightened afraid photo photos picture " +
	"memories news mum mam dad mother father parents sister brother friend custody care")

var sitting = set("sat sit sitting stood stayed waited walked played lunch session time contact visit chat")

var speaking = set("spoke speak speaking talk talked talking married sorry listened listening listen")
