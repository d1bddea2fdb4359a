package identifier

import (
	"strings"
	"unicode"
)

// families are what stands after a surname: "the Marsh family".
var families = set("family household children kids siblings brothers sisters boys girls twins clan")

// matters are what a family is spoken of as: "the Delaney case".
var matters = set("case file conference matter removal")

// name finds what begins with a first name, a title, or a word that what
// stands round it makes a name.
func (p *page) name(i int) {
	t := p.at(i)
	switch {
	case !t.isWord():
	case t.is(title):
		p.titled(i)
	case p.isName(i):
		if j := p.extend(i); !p.isCited(j) {
			p.addName(p.nameStart(i), j)
			p.remember(i, j)
		}
	}
}

// nameStart takes in what stands before a name and goes with it: an office, "DS
// Pritchard", and a surname that a record puts first, "McALLISTER, Jessie".
func (p *page) nameStart(i int) int {
	if r := p.at(i - 1); p.isRanked(i) && (r.shape == caps || r.isCapital()) && !r.is(kin) {
		return i - 1
	}
	if sur := p.at(i - 2); p.at(i-1).word == "," && p.tight(i-2) && !sur.is(abbreviation|ordinary|function|kin|rank) && p.isUpper(sur) {
		return i - 2
	}
	return i
}

// isUpper reports whether a word is of at least three capitals, but for the
// small letters of Mc and Mac.
func (p *page) isUpper(t *token) bool {
	s := p.text[t.start:t.end]
	s = strings.TrimPrefix(strings.TrimPrefix(s, "Mac"), "Mc")
	return t.isWord() && !t.shouted && len(s) > 2 && s == strings.ToUpper(s)
}

// addName adds a name. The s at the end of a full name is its own, and no
// possessive that lacks its apostrophe: "Paddy Connors said".
func (p *page) addName(i, j int) {
	p.add(Name, i, j)
	if last := p.at(j - 1); j > i+1 && last.isBare() && last.isCapital() {
		p.found[len(p.found)-1].End = last.stop
	}
}

// remember notes the words of a name, so that they are known when they are met
// again.
func (p *page) remember(i, j int) {
	for ; i < j; i++ {
		if t := p.at(i); t.isWord() && t.end-t.start > 2 && !t.is(ordinary|function|kin|title|rank|cited) && !calendar[t.word] {
			p.named[t.word] = true
		}
	}
}

// again finds the words of the names that are in the text once more, where they
// would say too little by themselves: "Grace's mum rang. I like Grace".
func (p *page) again(i int) {
	t := p.at(i)
	if p.areLettersAgain(i) {
		p.add(Initials, i, i+1)
	}
	if !p.named[t.word] || p.isNobodys(i) || !p.isNameAgain(i) {
		return
	}
	if j := p.extend(i); !p.isCited(j) {
		p.addName(i, j)
	}
}

// isNameAgain reports whether a word that is a name in the same text is one
// here: "Will I tell Will".
func (p *page) isNameAgain(i int) bool {
	t, next := p.at(i), p.at(i+1)
	switch {
	case !t.isCapital() || t.is(townName) && towards[p.at(i-1).word]:
		return false
	case t.opens && t.is(wordName|capitalName):
		return t.isPersonal() && !speakers[next.word] && !possessor[next.word] && !objects[next.word]
	}
	return !articles[p.at(i-1).word]
}

// speakers are of whom a sentence speaks that begins with a verb: "Will I".
var speakers = set("i we you he she they it")

// titled finds "Mrs Patel", "mrs patel", "Mr and Mrs Adeyemi" and "Mrs B".
func (p *page) titled(i int) {
	t := p.at(i)
	if p.possessedOrTight(i) || p.isLettered(i) {
		return
	}
	k := p.pastDot(i + 1)
	if and := p.at(k); (and.word == "and" || and.word == "&") && p.at(k+1).is(title) {
		k = p.pastDot(k + 2)
	}
	n := p.at(k)
	switch {
	case !n.isWord():
	case isLetters(n, 1) && p.continues(p.pastDot(k+1), true) && n.shape == caps:
		p.add(Name, i, p.extend(p.pastDot(k+1))) // Mr J. Thompson
	case n.isCapital() && n.end-n.start < 4 && p.hasInnerCapital(n):
		p.add(Initials, i, k+1) // Mrs McD
	case unnamed[n.word]:
	case isLetters(n, 1) || n.shape == caps && !n.shouted && isLetters(n, 3):
		// "dr i saw" and "miss a bus" are not initials.
		if n.shape == caps || n.word != "a" && n.word != "i" {
			p.add(Initials, i, p.extendInitials(k))
		}
	case p.takesTitle(t, n):
		p.add(Name, i, p.extend(k))
	}
}

// isLettered reports whether a title is letters for something else: "MR scan".
func (p *page) isLettered(i int) bool {
	t, next := p.at(i), p.at(i+1)
	return t.shape == caps && !t.shouted && next.shape == lower && !next.is(surname|anyFirstName)
}

// unnamed are the letters that stand for nobody's name: "Mrs X".
var unnamed = set("x y z")

// takesTitle reports whether a word after a title is the rest of a name. In
// small letters "miss" and "dr" are words: "miss the old office", "dr rang".
func (p *page) takesTitle(t, n *token) bool {
	named := n.is(surname|firstName) && !n.is(ordinary) || n.class == 0
	switch {
	case n.is(function) || n.is(ordinary|kin) && !n.is(surname|anyFirstName):
		return false
	case n.isCapital() && !t.isSmall():
		return true
	case t.word == "miss":
		return n.is(surname|firstName) && !n.is(ordinary|personVerb)
	case t.word == "mr" || t.word == "mrs":
		return named || n.is(surname|anyFirstName|cited)
	}
	return named
}

// isName reports whether a word is, or begins, a name.
func (p *page) isName(i int) bool {
	t := p.at(i)
	switch {
	case p.isNobodys(i):
		return false
	case p.isRanked(i) || p.isOfFamily(i) || p.isFamilyFirst(i):
		return true
	case t.is(firstName):
		// ELSA is a teaching assistant before she is a girl.
		return t.shape != caps || t.shouted || t.end-t.start > 4
	case t.shape == caps && !t.shouted:
		return t.isPersonal() && t.end-t.start > 3 && !t.is(abbreviation) && p.actsAsPerson(i) // "DONALD is back"
	case t.is(anyFirstName):
		return p.isAmbiguousName(i)
	case t.isCapital() && !t.is(ordinary|function|kin|title|rank|cited|placeWord):
		return p.isUnknownName(i)
	}
	return false
}

// isNobodys reports whether a word that could be a name is part of something else.
func (p *page) isNobodys(i int) bool { return p.inStreet(i) || p.isInWeb(i) || p.isCalledAfter(i) }

// isInWeb reports whether a word is part of an address of the web: marco.health
// and jo@ are nobody's names.
func (p *page) isInWeb(i int) bool {
	before, after := p.at(i-1).word, p.at(i+1).word
	if p.tight(i-1) && (before == "@" || before == "_" || before == "/" && p.tight(i-2)) {
		return true
	}
	return p.tight(i) && (after == "@" || after == "_" || after == "." && p.tight(i+1) && p.at(i+2).shape == lower)
}

// isRanked reports whether a word with a capital follows a role: "PC Hughes",
// "Auntie Bev", "her carer Tapiwa".
func (p *page) isRanked(i int) bool {
	t, r := p.at(i), p.at(i-1)
	if r.word == "." && shortened[p.at(i-2).word] {
		r = p.at(i - 2)
	}
	if !r.is(rank) || r.possessive || r.shouted || !t.isCapital() || t.is(function|kin|title|rank) {
		return false
	}
	if t.is(capitalName) {
		return r.is(kin)
	}
	return t.is(surname|cited|wordName|townName) || t.class&^(streetWord|belonging) == 0
}

// isOfFamily reports whether a word is the surname of "the Marsh family", "the
// Patel mum" or "the Sowerbys".
func (p *page) isOfFamily(i int) bool {
	t, before, after := p.at(i), p.at(i-1), p.at(i+1)
	the := before.word == "the"
	if !t.isCapital() {
		return the && t.class == 0 && after.is(function) && isOnlySurname(t.word)
	}
	if t.is(function | kin | title | rank) {
		return false
	}
	known := t.is(surname|cited|wordName) && !t.is(ordinary) || t.class == 0
	if families[after.word] {
		return !after.isCapital() && (known || the && t.is(surname) && !t.is(townName))
	}
	if the && (after.is(kin) && known || matters[after.word] && t.is(surname) && known && !t.is(cited|townName)) {
		return true
	}
	stem, plural := cutPlural(t.word)
	return the && plural && t.class == 0 && (lexicon()[stem]&(surname|firstName) != 0 || p.isFamilyPlace(i))
}

// isFamilyPlace reports whether "the" and a word that is in no list stand where a
// family would: "The Sowerbys have", "referral on the Sowerbys".
func (p *page) isFamilyPlace(i int) bool {
	after := p.at(i + 1)
	if p.at(i - 1).isCapital() {
		return after.is(function)
	}
	lead, noun := p.at(i-2), p.at(i-3)
	if after.isCapital() || after.is(placeWord|streetWord) {
		return false
	}
	return after.is(personVerb) || lead.is(objectVerb) || familyLeads[lead.word] ||
		(lead.word == "on" || lead.word == "to") && attentions[noun.word]
}

// familyLeads lead to a family.
var familyLeads = set("with about had have between")

// attentions are what is had on a family, or paid to one.
var attentions = set("referral referrals report reports call calls visit visits check checks update updates file " +
	"concerns letter letters assessment")

// isOnlySurname reports whether a word in small letters is surnames and nothing
// else: "the o'connors have moved", and not "the porters have".
func isOnlySurname(word string) bool {
	stem, plural := cutPlural(strings.ReplaceAll(word, "'", ""))
	return plural && lexicon()[stem] == surname
}

// isAmbiguousName reports whether a word that is also a first name is one.
func (p *page) isAmbiguousName(i int) bool {
	t, before := p.at(i), p.at(i-1)
	if t.isSmall() {
		return p.isSmallName(i)
	}
	switch {
	case p.actsAsPerson(i) || p.isToldOf(i) || wilds[t.word] && !t.opens && p.isInPersonsPlace(i):
		return true
	case t.opens || t.is(capitalName) || p.at(i+1).isCapital() && p.at(i+1).is(ordinary):
		return false // the capital says nothing
	case t.is(townName):
		return !towards[before.word]
	}
	return !articles[before.word]
}

var (
	towards = set("in to from near via at of for by outside around round across through between the and or " +
		"northern southern north south east west central")
	articles = set("a an the my our your his her their this that these those some any no every of what which")
	// modal are the small words that are never a name: "told will be".
	modal = set("may will can art van")
)

// isSmallName reports whether a word in small letters is a name after all:
// "grace's mum", "told hope", "auntie rose".
func (p *page) isSmallName(i int) bool {
	t, before := p.at(i), p.at(i-1)
	if t.possessive && p.at(i+1).is(kin) || p.isDoubleName(i) {
		return true
	}
	if t.is(function|capitalName) || modal[t.word] || t.is(townName) {
		return false
	}
	if auntly[before.word] || p.isFrom(i) {
		return true
	}
	return p.isToldOf(i) && before.word != "saw" && before.word != "ring"
}

// isFrom reports whether a word is who is from somewhere and does something:
// "patience from nights said".
func (p *page) isFrom(i int) bool {
	return p.at(i+1).word == "from" && agencies[p.at(i+2).word] && p.at(i+3).is(personVerb)
}

// isDoubleName reports whether two words that could be names are joined by a
// hyphen: "destiny-rose".
func (p *page) isDoubleName(i int) bool {
	return p.at(i+1).word == "-" && p.tight(i) && p.tight(i+1) &&
		p.at(i+2).is(anyFirstName) && !p.at(i+2).is(ordinary) && !p.at(i).is(ordinary)
}

// auntly are the roles that stand before a first name, as a title does.
var auntly = set("auntie aunty aunt uncle nan nana nanny nain taid gran granny grandma grandad grandpa cousin")

// isUnknownName reports whether a word with a capital that is in no list, or
// only among the surnames, is a name by what stands round it.
func (p *page) isUnknownName(i int) bool {
	t, after := p.at(i), p.at(i+1)
	switch {
	case t.end-t.start < 3 || p.hasInnerCapital(t) || !t.is(surname) && t.is(personVerb|objectVerb|mood):
		return false
	case whereabouts[p.at(i-1).word] && !t.possessive:
		return false // "the brother in Gdansk does not answer"
	case p.actsAsPerson(i) || p.isToldOf(i) || p.isFullName(i):
		return true
	}
	return !t.opens && !after.isCapital() && !p.isPartOfThing(i) && p.isInPersonsPlace(i)
}

// whereabouts stand before places, and before nobody.
var whereabouts = set("in near via towards")

// hasInnerCapital reports whether a word is written as DoLS and LinkedIn are,
// and not as McKay is.
func (p *page) hasInnerCapital(t *token) bool {
	if strings.IndexFunc(p.text[t.start+1:t.end], unicode.IsUpper) < 0 {
		return false
	}
	return !gaelic(t.word) && !strings.Contains(t.word, "'") || t.end-t.start < 5
}

func gaelic(word string) bool { return strings.HasPrefix(word, "mc") || strings.HasPrefix(word, "mac") }

// isInPersonsPlace reports whether a word with a capital that is in no list,
// within a sentence, stands where somebody would: "ask Tapiwa", "when Tapiwa".
// Rare names are in no list, and tell the most; but towns, peoples, shops and
// games have capitals too, and stand in other places.
func (p *page) isInPersonsPlace(i int) bool {
	before, earlier := p.at(i-1), p.at(i-2)
	switch {
	case before.word == ",":
		return earlier.is(kin|rank) || earlier.word == "rep" || earlier.is(firstName)
	case before.word == "and" || before.word == "&" || before.word == "or":
		return earlier.is(firstName) || p.named[earlier.word]
	case before.word == "at":
		return p.isAimedAt(i)
	}
	return personsPlaces[before.word]
}

// personsPlaces are the words before somebody, as subject or as object.
var personsPlaces = set("with without about for ask asks asking see seeing miss missing missed remember remembered " +
	"support help helped helping worry when if that because but while why how until whether though than did does " +
	"has had can will would could should let made give gave giving take took taking bring brought bringing " +
	"drop dropped collect collected hug hugged wish thanks thank hi hello dear hey bye poor lovely bless love loved " +
	"then so where said says left chasing chased call calls lost re update")

// isPartOfThing reports whether a word describes the next: "a Haribo bag".
func (p *page) isPartOfThing(i int) bool {
	next := p.at(i + 1)
	return !p.at(i).possessive && next.is(ordinary|belonging|placeWord|streetWord) && !next.is(function|personVerb|mood)
}

// isFullName reports whether two words with capitals that are in no list of
// words are a first name and a surname.
func (p *page) isFullName(i int) bool {
	t, after := p.at(i), p.at(i+1)
	if t.possessive || !after.isCapital() || after.class&^(surname|anyFirstName|cited) != 0 {
		return false
	}
	before := p.at(i - 1)
	if before.isCapital() && !before.opens || t.class == 0 && ordinaryEnding(t.word) || shown[before.word] {
		return false // "Stress Measurement Network", "Planned Environment", "watching Peaky Blinders"
	}
	end := p.at(p.extend(i))
	return !t.opens || end.is(personVerb) || isBeing[end.word]
}

// shown are what is done with a film or a book.
var shown = set("watch watching watched read reading rereading reread streaming binged binging playing")

// extend returns the end of the name that begins at token i: its further first
// names, initials and surnames.
func (p *page) extend(i int) int {
	j := i + 1
	if p.isFamilyFirst(i) {
		j++
	}
	for n := 0; n < 4 && !p.at(j-1).possessive; n++ {
		k := j
		switch t := p.at(j); {
		case t.word == "-" && p.tight(j-1) && p.tight(j):
			k++
		case isLetters(t, 1) && t.shape == caps && t.word != "i":
			k = p.pastDot(j + 1)
			if p.endsInLetter(i, j) {
				return j + 1 // Iain B
			}
		case particles[t.word]:
			k++
		}
		if !p.continues(k, k > j) {
			break
		}
		j = k + 1
	}
	return j
}

// endsInLetter reports whether the letter at j, after a first name at i, is all
// that is told of the surname.
func (p *page) endsInLetter(i, j int) bool {
	t := p.at(j)
	return p.at(i).is(firstName) && t.word != "a" && !p.isPartOfCode(j, j+1) && !p.continues(p.pastDot(j+1), true)
}

// particles stand within a surname.
var particles = set("van von der den de di da del la le el al bin bint ibn mac mc o st ap ab ferch fitz")

// continues reports whether a word goes on with a name that began before it.
// Joined means that a hyphen, an initial or a particle leads to it.
func (p *page) continues(i int, joined bool) bool {
	t := p.at(i)
	switch {
	case t.is(function | title):
		return false
	case t.isCapital():
		return t.is(surname|anyFirstName|cited) || t.class == 0 || joined && t.is(ordinary) && t.is(surname)
	case t.isSmall() && p.at(i-1).word == "-":
		return t.is(surname | anyFirstName)
	}
	return t.isSmall() && t.is(surname) && t.class&^(surname|cited|firstName|townName) == 0
}

// isCited reports whether a name that ends before token j is that of an
// author, "Ferguson 2016", "Ruch (2007)", "Lefevre et al.", or of a thing that
// is called after somebody, "Clare's Law".
func (p *page) isCited(j int) bool {
	if p.at(j-1).possessive && eponymous[p.at(j).word] {
		return true
	}
	if p.at(j-2).word == "the" && reports[p.at(j).word] {
		return true
	}
	if p.at(j).word == "et" && p.at(j+1).word == "al" {
		return true
	}
	// "Kashdan, Barrett & McKnight (2015)"
	for n := 0; n < 8 && (listing[p.at(j).word] || p.at(j).isCapital()); n++ {
		j++
	}
	return isYear(p.at(j))
}

// listing are the signs and words between authors and before their year.
var listing = map[string]bool{",": true, "(": true, "&": true, "and": true, "\n": true}

// reports are what is called after who wrote it: "the Francis inquiry".
var reports = set("report inquiry enquiry commission audit")

// eponymous are things that bear the name of somebody public.
var eponymous = set("law theory syndrome disease cycle triangle hierarchy wheel palsy rule")
