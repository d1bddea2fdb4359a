package identifier

import (
	"slices"
	"strings"
)

// settings are the ends of places' names that are two words, of which the first
// is ordinary.
var settings = set("medical-centre health-centre children-centre childrens-centre family-centre day-centre " +
	"community-centre youth-centre contact-centre detention-centre medical-practice group-practice " +
	"children-home childrens-home care-home nursing-home residential-home day-nursery special-school " +
	"sixth-form family-hub supported-living")

// isSetting reports whether such a pair begins at token i.
func (p *page) isSetting(i int) bool { return settings[p.at(i).word+"-"+p.at(i+1).word] }

// place finds a named school, nursery, surgery, hospital, ward or placement,
// by the word at its end, or by what leads to it.
func (p *page) place(i int) {
	t := p.at(i)
	switch {
	case !t.isWord():
	case t.word == "ward" && p.at(i+1).shape == digits && !p.isRange(i+1):
		p.add(Place, i, p.houseNumber(i+1))
	case placeHeads[t.word]:
		if end := p.pastCapitals(i + 1); end > i+1 {
			p.add(Place, i, end)
		}
	case t.word == "st" || t.word == "saint":
		p.saint(i)
	case t.is(placeWord) || t.is(generic|kin) && p.isSetting(i):
		p.setting(i)
	default:
		p.placement(i)
	}
}

// placeHeads begin the name of a prison, and of a Welsh or Irish school, hospital
// or home.
var placeHeads = set("hmp hmyoi yoi ysgol ysbyty canolfan meithrinfa cylch coleg cartref scoil gaelscoil bunscoil " +
	"sgoil colaiste")

// saint finds "St Mary's" and "st annes": a church's name is a school's, a
// ward's or a hospital's.
func (p *page) saint(i int) {
	k := p.pastDot(i + 1)
	n := p.at(k)
	if p.tight(i-1) || p.at(i-1).isCapital() && !p.at(i-1).opens && !p.at(i-1).is(function|ordinary) {
		return // "1st", "Canal St"
	}
	saintly := n.is(anyFirstName|surname) || n.class == 0 && n.possessive
	if stem, plural := cutPlural(n.word); plural && !saintly {
		saintly = lexicon()[stem]&(anyFirstName|surname) != 0
	}
	if n.isWord() && saintly && (n.isCapital() || p.at(i).isSmall()) {
		p.add(Place, i, k+1)
	}
}

func cutPlural(word string) (string, bool) { return strings.CutSuffix(word, "s") }

// commonPlaces are ends of places' names that in small letters are none.
var commonPlaces = set("house home grange manor villa cottage practice unit centre junior juniors high")

// isOwned reports whether a place is somebody's, "Amelia's school", and not
// named: "St Mary's school", "Dr Rahman's surgery".
func (p *page) isOwned(i int) bool {
	if !p.at(i - 1).possessive {
		return false
	}
	before := p.at(i - 2)
	return before.word != "st" && !before.is(title)
}

// vaguePlaces end the names of other things too: a Journal of Social Work
// Practice, an Irish Centre.
var vaguePlaces = set("practice centre center clinic unit college hub high")

// setting finds the name before a word such as "primary": words with capitals
// of which one at least is not generic, or in small letters words that are in
// no list.
func (p *page) setting(i int) {
	t := p.at(i)
	if !t.isCapital() && (commonPlaces[t.word] || p.isOwned(i)) {
		return
	}
	start, named := i, false
	for k := i - 1; k >= 0 && k >= i-6; k-- {
		w := p.at(k)
		if !p.isOfPlace(k) || w.opens && p.at(k+1).word == "the" { // "Visited the care home"
			break
		}
		if w.isWord() && w.isCapital() && w.word != "the" {
			start = k
			named = named || p.namesPlace(k) && (!vaguePlaces[t.word] || !w.is(ordinary) || w.is(landscape))
		}
	}
	if !named && !t.isCapital() {
		start, named = p.smallPlace(i)
	}
	if named {
		p.add(Place, start, p.settingEnd(i))
	}
}

// isOfPlace reports whether a token can stand within a place's name.
func (p *page) isOfPlace(k int) bool {
	w := p.at(k)
	if w.isWord() {
		return w.isCapital() || w.word == "of" || w.word == "the" || churches[w.word]
	}
	return w.word == "." && shortened[p.at(k-1).word]
}

// churches are whose a school is: "St Oswald's CofE Primary School".
var churches = set("cofe ce rc")

// namesPlace reports whether a word with a capital says which place it is.
func (p *page) namesPlace(k int) bool {
	w := p.at(k)
	if w.is(generic | function | title | kin) {
		return false
	}
	if w.opens {
		return !w.is(ordinary|placeWord) || w.is(surname) && w.possessive
	}
	return !w.is(rank) || w.is(surname)
}

// smallPlaces are ends of places' names that are clear in small letters too.
var smallPlaces = set("primary academy nursery surgery lodge")

// smallPlace finds a place in small letters: "st annes primary" is found by
// its saint, "oakfield academy" by a word that is in no list.
func (p *page) smallPlace(i int) (start int, named bool) {
	t, w := p.at(i), p.at(i-1)
	if !smallPlaces[t.word] || !w.isWord() || !w.isSmall() || w.shape == caps && !w.shouted {
		return i, false
	}
	unlisted := w.class == 0 && w.end-w.start > 4 && !ordinaryEnding(w.word)
	return i - 1, unlisted || w.is(surname) && w.class&^(surname|cited) == 0
}

// ordinaryEnding reports whether a word that is in no list looks like a word.
func ordinaryEnding(word string) bool {
	return slices.ContainsFunc(wordEndings, func(end string) bool { return strings.HasSuffix(word, end) })
}

var wordEndings = strings.Fields("ing ed ly al ic ish ary ous ive ful less able ible est ory ant ent ure ity ism")

// settingEnd takes in what follows: "Primary School", "Health Centre".
func (p *page) settingEnd(i int) int {
	j := i + 1
	for p.at(j).is(placeWord) || p.isSetting(j-1) {
		j++
	}
	return j
}

// placement finds a name alone where what stands round it says what it is:
// "placed at Larkfield", "at The Willows", "attends Oakfield".
func (p *page) placement(i int) {
	t, before := p.at(i), p.at(i-1)
	switch {
	case !t.isCapital() || t.class&^(surname|wordName|cited) != 0 && !t.is(landscape):
	case t.opens:
		if p.isCalledPlacement(i) {
			p.add(Place, i, i+1)
		}
	case before.word == "the" && insides[p.at(i-2).word]:
		if before.isCapital() || t.class == 0 && strings.HasSuffix(t.word, "s") {
			p.add(Place, i-1, i+1) // "at The Willows"
		}
	case p.isPlaced(i):
		p.add(Place, i, i+1)
	case p.isPlacedAt(i):
		p.add(Place, i-1, i+1)
	case before.word == "the" && t.is(landscape) && !t.is(surname) && strings.HasSuffix(t.word, "s"):
		if after := p.at(i + 1); !after.isCapital() && !after.is(kin) && !families[after.word] {
			p.add(Place, i-1, i+1) // "The Laurels rang"
		}
	}
}

// isPlacedAt reports whether a word ends a placement's name of two words, of
// which the first is ordinary: "nursery at Little Acorns".
func (p *page) isPlacedAt(i int) bool {
	first := p.at(i - 1)
	return first.isCapital() && !first.opens && !p.at(i+1).isCapital() && p.at(i-2).word == "at" && placings[p.at(i-3).word]
}

var (
	// insides lead into a place.
	insides = set("at in to from into")
	// staffed are what a home or a school has: "the Ashdene manager".
	staffed   = set("manager staff placement")
	attending = set("attends attending attended")
	placings  = set("placement placed respite school nursery surgery home place unit resident living refuge " +
		"hostel provision playgroup preschool childminder college hospital hospice creche toddlers")
)

// isPlaced reports whether the words round a name make it a placement or a
// school.
func (p *page) isPlaced(i int) bool {
	t, before, after := p.at(i), p.at(i-1), p.at(i+1)
	switch {
	case p.isAimedAt(i), before.word == "at" && sights[p.at(i-2).word]:
		return false // "shouted at Tapiwa", "looked at Vinted"
	case before.word == "at" && t.class == 0:
		// Towns come after "in"; after "at" come houses, schools and offices.
		return !after.isCapital() && !p.hasInnerCapital(t)
	case t.class == 0 && staffed[after.word]:
		return before.isWord()
	case attending[before.word]:
		return true
	case before.word == ",":
		return placings[p.at(i-2).word] && after.word == ","
	}
	return insides[before.word] && placings[p.at(i-2).word] || before.word != "in" && insides[before.word] && admitting[p.at(i-2).word]
}

// isAimedAt reports whether what is before "at" is done at a person: "swore at",
// "had a go at".
func (p *page) isAimedAt(i int) bool {
	return p.at(i-1).word == "at" && aims[p.at(i-2).word]
}

var (
	// admitting are what leads to a hospital, or from it.
	admitting = set("ambulance admitted admission readmitted discharged discharge transferred transfer")
	aims      = set("go shouted shouting shout shouts screamed screaming swore swearing swear snapped snapping angry " +
		"cross furious annoyed mad glared stared laughed laughing smiled smiling waved " +
		"yelled yelling dig lunged nodded winked")
	sights = set("look looked looking looks peek")
)

// isCalledPlacement reports whether a sentence says of the name that it begins
// with that it is a place: "Millfield is the only placement that".
func (p *page) isCalledPlacement(i int) bool {
	if p.at(i).class != 0 || p.at(i+1).word != "is" && p.at(i+1).word != "was" {
		return false
	}
	for k := i + 3; k < i+6 && p.at(k).isWord(); k++ {
		if placings[p.at(k).word] {
			return true
		}
	}
	return false
}
