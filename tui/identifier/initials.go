package identifier

import "unicode/utf8"

// isLetters reports whether a token is a word of at most n letters.
func isLetters(t *token, n int) bool {
	return t.isWord() && utf8.RuneCountInString(t.word) <= n
}

// pastDot returns the index after a full stop at i, or i.
func (p *page) pastDot(i int) int {
	if p.at(i).word == "." && p.tight(i-1) {
		return i + 1
	}
	return i
}

// possessedOrTight reports whether a title is none: "Dr's", "ms/teams".
func (p *page) possessedOrTight(i int) bool {
	return p.at(i).possessive || p.tight(i) && p.at(i+1).word != "."
}

// initials finds letters that stand for a person, by what makes them one:
// "TK's mum", "JT was upset", "with K", "J.B.". Letters that are known for
// something else are left alone, and so is a sentence in capitals.
func (p *page) initials(i int) {
	t := p.at(i)
	switch {
	case t.shape == caps && !t.shouted && isLetters(t, 3):
		if end := p.extendInitials(i); p.areInitials(i, end) {
			if end > i+1 && p.at(end).word == "." && p.tight(end-1) {
				end++ // the last stop of "D.M."
			}
			p.add(Initials, i, end)
			p.named[p.letters(i)] = true
		} else if end := p.shortSurname(i); end > i {
			p.add(Initials, i, end)
		}
	case t.shape == lower && isLetters(t, 2):
		// "t's nan", typed with one hand.
		if t.possessive && p.at(i+1).is(kin) && t.class == 0 && !p.tight(i-1) {
			p.add(Initials, i, i+1)
		}
	}
}

// letters are the capitals of token i, as they are written: no word is.
func (p *page) letters(i int) string { return p.text[p.tokens[i].start:p.tokens[i].end] }

// areLettersAgain reports whether letters that are initials in the same text are
// so here: "S cried. I like S".
func (p *page) areLettersAgain(i int) bool {
	t, before := p.at(i), p.at(i-1)
	return t.shape == caps && !t.shouted && p.named[p.letters(i)] && t.word != "i" && !p.isPartOfCode(i, i+1) &&
		!pseudonymous[before.word] && (before.opens || !before.isCapital() && before.shape != caps)
}

// shortSurname returns the end of "L McK" at token i, or i.
func (p *page) shortSurname(i int) int {
	if n := p.at(i + 1); isLetters(p.at(i), 1) && n.isCapital() && n.end-n.start < 5 && gaelic(n.word) && p.hasInnerCapital(n) {
		return i + 2
	}
	return i
}

// extendInitials takes in "H-B" and "J.B.", up to four letters.
func (p *page) extendInitials(i int) int {
	j := i + 1
	for j < i+7 && isLetters(p.at(i), 1) && p.tight(j-1) && p.tight(j) {
		sign, next := p.at(j).word, p.at(j+1)
		if sign != "-" && sign != "." || next.shape != caps || !isLetters(next, 1) {
			break
		}
		j += 2
	}
	return j
}

// areInitials reports whether the letters at i, up to end, are a person's.
func (p *page) areInitials(i, end int) bool {
	t := p.at(i)
	letters := 0
	for k := i; k < end; k++ {
		if p.at(k).isWord() {
			letters += len(p.at(k).word)
		}
	}
	switch {
	case p.isPartOfCode(i, end):
		return false
	case letters == 2 && end == i+1 && p.isOneOfTwo(i):
		return true
	case t.is(abbreviation) && letters > 1:
		return false
	case end > i+1: // J.B.
		return p.at(i+1).word == "." && (!notPersons[p.text[t.start:p.at(end-1).end]] || p.isDottedPossessor(end))
	case t.word == "i":
		return false
	case letters == 1:
		return p.isLetterPerson(i)
	case letters == 2:
		return p.isPairPerson(i)
	}
	return t.possessive && p.at(i+1).is(kin)
}

// notPersons are letters with full stops that are known for something else.
var notPersons = set("A.M P.M P.S N.B U.K U.S U.S.A T.V G.P D.V I.D E.G I.E D.O.B R.I.P")

// isDottedPossessor reports whether "'s mother" goes on at i, after "A.M".
func (p *page) isDottedPossessor(i int) bool {
	return p.at(i).word == "." && p.at(i+1).isApostrophe() && p.at(i+2).word == "s" && p.at(i+3).is(kin)
}

var (
	openers   = set("( [ \" “ ' ‘")
	codeSigns = set("& / - +")
)

// isPartOfCode reports whether letters are part of a number or a sign: AB12,
// A&E, B&B, S-47.
func (p *page) isPartOfCode(i, end int) bool {
	before, after := p.at(i-1), p.at(end)
	if p.tight(i-1) && !openers[before.word] || after.shape == digits {
		return true
	}
	return p.tight(end-1) && (after.isWord() || codeSigns[after.word])
}

// isLetterPerson reports whether a single letter is somebody: "D's mum", "K
// said", "with K". Plan B, vitamin D and child A are not.
func (p *page) isLetterPerson(i int) bool {
	t, next, before := p.at(i), p.at(i+1), p.at(i-1)
	switch {
	case before.is(title) && unnamed[t.word] || before.is(kin) && before.word != "baby" && pseudonyms[t.word] && !t.possessive:
		return false // "Mrs X", "wife B"
	case before.isCapital() && before.is(firstName):
		return false // "Moira C", a name
	case pseudonymous[before.word]:
		return before.shape == lower && !pseudonyms[t.word] && !next.is(ordinary)
	case t.possessive:
		return next.is(kin | belonging)
	case !before.is(kin) && (before.shape == caps || before.isCapital() && !before.opens):
		return false // "Class A", "Vitamin D", "Plan B"
	case t.word == "a":
		return next.is(personVerb) && !t.opens
	case p.isPredicate(i + 1):
		return true
	case before.is(kin):
		return true
	case !pseudonyms[t.word] && p.isRelated(i):
		return true
	}
	return before.is(objectVerb) || before.word == "with" || before.word == "between" && next.word == "and" || p.isToldOf(i)
}

// pseudonymous are the roles with a letter after them that are an alias
// already: "child A", and "Child K" as published reviews have it. In small
// letters "child K" is nobody's but the writer's.
var pseudonymous = set("child children parent parents sibling siblings client patient resident student pupil " +
	"kid kids carer person family adult worker")

// pseudonyms are the letters that are anybody's.
var pseudonyms = set("a b c x y z")

var (
	// beings and introductions lead from a relation to who it is.
	beings        = set("is was are were")
	introductions = set(", ( : - –")
)

// isRelated reports whether the letters at i are somebody because a relation
// says whose they are: "mum is TK", "dad, TK,", "his nan (TK)". What follows
// must let them stand by themselves: "mum is TK positive" is something else.
func (p *page) isRelated(i int) bool {
	if next := p.at(i + 1); next.isWord() && next.word != "and" && next.word != "who" || next.shape == digits {
		return false
	}
	before, earlier := p.at(i-1), p.at(i-2)
	switch {
	case before.word == "and":
		return earlier.shape == caps && earlier.word != "i" && isLetters(earlier, 2) && !earlier.is(abbreviation) &&
			(p.at(i-3).is(kin) || p.isIntroduced(i-2))
	case p.at(i).is(kin | function | rank):
		return false
	}
	return p.isIntroduced(i)
}

// isIntroduced reports whether a relation leads to token i.
func (p *page) isIntroduced(i int) bool {
	before, earlier := p.at(i-1).word, p.at(i-2)
	return beings[before] && (earlier.is(kin) || earlier.word == "name") || introductions[before] && earlier.is(kin)
}

// isPairPerson reports whether two letters are somebody. Many pairs of letters
// are a job, a form or a team, so that nothing but what is done to persons,
// and by them, counts.
func (p *page) isPairPerson(i int) bool {
	t, next, before := p.at(i), p.at(i+1), p.at(i-1)
	switch {
	case t.possessive:
		return true
	case p.isPredicate(i + 1):
		return true
	case movements[next.word] || refusals[next.word] || having[next.word]:
		return true
	case beside[before.word]:
		return !next.is(ordinary) && !next.isCapital() && next.shape != caps
	case before.is(kin):
		return !pseudonymous[before.word] || before.shape == lower && !next.is(ordinary) && !next.isCapital() && next.shape != caps
	case p.isRelated(i):
		return true
	}
	return before.is(objectVerb) || p.isToldOf(i)
}

// isPredicate reports whether the words at i are what people do, or how they are.
func (p *page) isPredicate(i int) bool {
	for between[p.at(i).word] {
		i++
	}
	t := p.at(i)
	return t.is(personVerb) || (isBeing[t.word] || beings[t.word]) && p.isDescribed(i+1)
}

var (
	// joins stand between two people.
	joins = set("and & n")
	// alike are what two people are together.
	alike = set("both off out away absent")
)

// isOneOfTwo reports whether the letters at i are one of two people who are
// named together: "AB and JW both absent", "saw AB and JW", "Jenny and TW".
func (p *page) isOneOfTwo(i int) bool {
	first, second := i, i+2
	if joins[p.at(i-1).word] {
		first, second = i-2, i
	} else if !joins[p.at(i+1).word] {
		return false
	}
	a, b, before, after := p.at(first), p.at(second), p.at(first-1), p.at(second+1)
	unknown := 0
	for _, t := range []*token{a, b} {
		named := t.isCapital() && t.is(anyFirstName)
		if !named && (t.shape != caps || t.shouted || !isLetters(t, 2) || isLetters(t, 1)) {
			return false
		}
		if named || !t.is(abbreviation) {
			unknown++
		}
	}
	if alike[after.word] {
		return unknown > 0
	}
	return unknown == 2 && (a.isCapital() || b.isCapital() || after.is(personVerb) || beings[after.word] ||
		auxiliaries[after.word] || refusals[after.word] || having[after.word] || before.is(objectVerb) || beside[before.word])
}

var having = set("has have had got gets")

var beside = set("with to for about from of")
