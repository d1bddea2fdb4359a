package identifier

import (
	"strconv"
	"strings"
)

// numerals are the numbers that are written as words, as far as children go.
var numerals = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90,
}

// ageEnd returns the end of the number at i, which may be "twenty-one".
func (p *page) ageEnd(i int) int {
	if n := years(p.at(i)); n >= 20 && p.at(i).isWord() && p.at(i+1).word == "-" && p.at(i+2).isWord() {
		if unit := years(p.at(i + 2)); unit > 0 && unit < 10 {
			return i + 3
		}
	}
	return i + 1
}

// years returns the number that a token is, or -1.
func years(t *token) int {
	if n, ok := numerals[t.word]; ok && t.isWord() && !t.possessive {
		return n
	}
	if t.shape != digits || t.end-t.start > 3 || t.word[0] == '0' {
		return -1
	}
	n, err := strconv.Atoi(t.word)
	if err != nil {
		return -1
	}
	return n
}

// isAge reports whether a token is a number that a person can be.
func isAge(t *token) bool {
	n := years(t)
	return n >= 0 && n <= 110
}

var (
	units = set("year years yr yrs month months mth mths week weeks wk wks day days")
	// things are what has an age that identifies nobody.
	things = set("car van bus house flat file laptop computer phone printer sofa carpet boiler building system " +
		"policy document report email form tree dog cat whisky kettle coat bag joke case referral assessment " +
		"plan record desk chair mug sandwich logic")
	limits = set("under over above below least most until between")
)

// age finds an exact age. A number is one only where something says so:
// "aged 10", "10 years old", "he is 7", "Kayleigh (14)", "a boy of nine".
// An age that says how many there are of that age, as "16 and 17 year olds"
// or "under 5s", tells of nobody.
func (p *page) age(i int) {
	t := p.at(i)
	if !isAge(t) || p.at(i-1).word == "£" || limits[p.at(i-1).word] || p.isDecimal(i) {
		return
	}
	if end := p.oldness(i); end > i {
		if !things[p.at(end).word] && !p.isWriters(i) && !p.isAnybodys(i) {
			p.add(Age, i, end)
		}
		return
	}
	if p.isBareAge(i) {
		end := p.ageEnd(i)
		if units[p.at(end).word] {
			end++ // "is 18 months"
		}
		p.add(Age, i, end)
	}
}

// isDecimal reports whether a number is part of a longer one: a sum, a time, a
// score, a date, a percentage.
func (p *page) isDecimal(i int) bool {
	before, after := p.at(i-1), p.at(i+1)
	inside := func(sign *token) bool {
		return sign.word == "." || sign.word == ":" || sign.word == "/" || sign.word == ","
	}
	return p.tight(i-1) && (before.shape == caps || inside(before) && p.at(i-2).shape == digits || before.word == "#") ||
		p.tight(i) && (after.word == "%" || after.word == "+" || inside(after) && p.at(i+2).shape == digits && p.tight(i+1))
}

// oldness returns the end of "10 years old", "10-year-old", "10yo", "10 y/o"
// that begins at token i, or i.
func (p *page) oldness(i int) int {
	j := p.pastHyphen(p.ageEnd(i))
	switch unit := p.at(j); {
	case unit.word == "yo" || unit.word == "yro":
		return j + 1
	case unit.word == "y" && (p.at(j+1).word == "/" || p.at(j+1).word == ".") && p.at(j+2).word == "o":
		return j + 3
	case !units[unit.word]:
		return i
	}
	if old := p.pastHyphen(j + 1); p.at(old).word == "old" {
		return old + 1
	}
	return i
}

func (p *page) pastHyphen(i int) int {
	if p.at(i).word == "-" && p.tight(i-1) && p.tight(i) {
		return i + 1
	}
	return i
}

// isWriters reports whether the age is the writer's own: "I am 52 years old".
func (p *page) isWriters(i int) bool {
	j := i - 1
	for n := 0; n < 3 && adverbsOfAge[p.at(j).word]; n++ {
		j--
	}
	switch p.at(j).word {
	case "i'm", "im":
		return true
	case "am", "was":
		return p.at(j-1).word == "i"
	}
	return false
}

// isAnybodys reports whether an age is of nobody who is there: "like arguing with
// a 2 year old", "any four-year-old".
func (p *page) isAnybodys(i int) bool {
	switch p.at(i - 1).word {
	case "any", "every", "no", "average":
		return true
	case "a", "an":
	default:
		return false
	}
	for k := i - 2; k > i-6 && p.at(k).isWord(); k-- {
		if comparing[p.at(k).word] {
			return true
		}
	}
	return false
}

var comparing = set("like than")

// isBareAge reports whether a number without a unit is an age, or the second of
// "they are 4 and 6".
func (p *page) isBareAge(i int) bool {
	if p.at(i-1).word == "and" && isAge(p.at(i-2)) {
		return p.endsAge(i) && p.isStatedAge(i-2)
	}
	return p.isStatedAge(i)
}

// isStatedAge reports whether what stands before a number makes it an age.
func (p *page) isStatedAge(i int) bool {
	before, after := p.at(i-1), p.at(i+1)
	if p.isRange(i) {
		return false
	}
	unit := units[after.word]
	if unit {
		if p.isPregnancy(i) {
			return false
		}
		after = p.at(i + 2) // "(9 weeks)"
	}
	switch before.word {
	case "aged", "age", "ages":
		return !limits[p.at(i-2).word]
	case "of":
		return p.isAgeOf(i)
	case "(":
		return after.word == ")" && p.isPerson(i-2)
	case ",":
		return (after.word == "," || after.word == "." || after.word == "and" && !unit) && p.isPerson(i-2) && years(p.at(i)) > 1
	case "at":
		// "at 16 she was told": a clock does not go so far.
		n := years(p.at(i))
		return n >= 13 && n <= 21 && (after.word == "," || subjects[after.word])
	}
	if before.is(kin) && !pseudonymous[before.word] && (after.shape == mark || thens[after.word]) && p.endsAge(i) {
		return years(p.at(i)) >= 14 // "mum 23": fewer may be how often
	}
	return p.isToBe(i) && p.endsAge(i)
}

// isRange reports whether a number is one end of "4-6", "11 to 18", "18+".
func (p *page) isRange(i int) bool {
	if p.ageEnd(i) > i+1 {
		return false
	}
	before, after := p.at(i-1), p.at(i+1)
	dash := func(t *token) bool { return t.word == "-" || t.word == "–" || t.word == "to" }
	return dash(after) && isAge(p.at(i+2)) || dash(before) && isAge(p.at(i-2)) || after.word == "+"
}

// isAgeOf reports whether a number after "of" is an age: "a boy of nine", "at
// the age of 14".
func (p *page) isAgeOf(i int) bool {
	whose := p.at(i - 2)
	return whose.word == "age" || youngOnes[whose.word] && (p.endsAge(i) || p.at(i+1).is(function))
}

// thens lead from an age to its time: "mum 17 when they met".
var thens = set("when now and but who then today")

var youngOnes = set("boy girl child lad lass man woman baby son daughter kid")

// isPerson reports whether a token is somebody who can have an age after them.
func (p *page) isPerson(i int) bool {
	t := p.at(i)
	if t.is(kin|rank|firstName) || subjects[t.word] || t.shape == caps && isLetters(t, 2) && p.areInitials(i, i+1) {
		return true
	}
	return t.isCapital() && (t.is(anyFirstName|surname) || t.class == 0)
}

var (
	subjects     = set("he she they who hes shes theyre one male female person")
	verbsOfAge   = set("is was are were turned turns turning be becomes became being")
	adverbsOfAge = set("just only now nearly almost about still already recently finally barely not both maybe " +
		"probably all over going on at aged today")
	// endings are what may stand after an age that is only a number.
	endings = set("and but when now so on in this today tomorrow tonight with who yesterday at if because or going " +
		"next last then after before already soon too like having by for to until that though as not the " +
		"herself himself themselves")
	spans = set("years months weeks")
)

// isToBe reports whether a number follows what somebody is: "he is 7", "the
// twins turned 8", "she's only 12", "hes 4".
func (p *page) isToBe(i int) bool {
	j := i - 1
	for n := 0; n < 3 && adverbsOfAge[p.at(j).word]; n++ {
		j--
	}
	t := p.at(j)
	if t.possessive || t.word == "hes" || t.word == "shes" || t.word == "theyre" || t.word == "they're" {
		return p.isPerson(j) && t.word != "one"
	}
	if !verbsOfAge[t.word] {
		return false
	}
	if t.opens && t.word == "turned" {
		// Of whom the note is: "Turned 90 on the ward". The writer is of working age.
		n := years(p.at(i))
		return n < 20 || n > 70
	}
	j--
	for n := 0; n < 2 && (adverbsOfAge[p.at(j).word] || p.at(j).word == "will" || p.at(j).word == "ll"); n++ {
		j--
	}
	if youngest := p.at(j); youngest.word == "one" {
		return p.at(j-1).class&(kin|ordinary) != 0
	}
	return p.isPerson(j) || p.at(j).word == "he'll" || p.at(j).word == "she'll"
}

// endsAge reports whether what follows a number lets it be an age. "She was 10
// minutes late", "he is 1 of 9" and "is 7 out of 10" do not.
func (p *page) endsAge(i int) bool {
	end := p.ageEnd(i)
	after, then := p.at(end), p.at(end+1)
	switch {
	case years(p.at(i)) == 1 && p.at(i).isWord():
		return false
	case spans[after.word]:
		return p.isSpan(i, after, then)
	case after.word == "on" || after.word == "in" || after.word == "to":
		return !isAge(then)
	case after.isWord():
		return endings[after.word] || subjects[after.word]
	case after.shape == digits, after.word == "%", after.word == "/", after.word == "'", after.word == "°":
		return false
	}
	return !(p.tight(end-1) && p.tight(end) && then.shape == digits)
}

// isSpan reports whether "he is 18 months" is an age, as "she was 36 weeks" and
// "he is 6 months clean" are not: many weeks are a pregnancy's.
func (p *page) isSpan(i int, unit, then *token) bool {
	if p.at(i-1).word == "at" || then.is(ordinary|mood) || then.word == "into" || then.word == "in" || then.word == "of" {
		return false
	}
	return years(p.at(i)) <= 30 && !p.isPregnancy(i)
}

// isPregnancy reports whether a number and its unit are how long somebody has
// been expected, or was: many weeks.
func (p *page) isPregnancy(i int) bool {
	unit := p.at(i + 1).word
	return years(p.at(i)) > 10 && (strings.HasPrefix(unit, "week") || strings.HasPrefix(unit, "wk"))
}
