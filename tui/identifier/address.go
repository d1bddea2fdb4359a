package identifier

import "strings"

var (
	// plainStreets are ends of streets that are seldom anything else, so that
	// small letters and no number do for them.
	plainStreets = set("street road rd avenue ave lane crescent cres terrace grove gardens gdns")
	// clearStreets are, with a capital.
	clearStreets = set("close drive st")
	// spansOfWay are what is counted before "drive", "walk" and "way".
	spansOfWay = set("minute minutes min mins hour hours hr hrs day days week weeks month months year years " +
		"mile miles times metre metres foot people children stairs steps sleeps visits cups bags boxes pages " +
		"points feet pounds good more big small long")
	// wayTo is what stands before a street where somebody lives.
	wayTo = set("on off in at from to of down up near outside by along behind past towards passed into across")
	// bigStreets are in every town.
	bigStreets = set("high main ring long back front side one wrong same right next cross dual open whole slip " +
		"dirt side busy quiet service bus cycle walk fast slow middle outside inside left park hard memory google " +
		"the")
)

// address finds a house: "14 Elm Grove", "flat 2", "number 31".
func (p *page) address(i int) {
	t := p.at(i)
	switch {
	case t.shape == digits && t.end-t.start <= 4 && (!p.isDecimal(i) || p.at(i+1).word == "/" && !p.tight(i-1)) && p.at(i-1).word != "£":
		if end := p.house(i); end > i {
			p.add(Address, i, end)
		}
	case t.word == "flat" || t.word == "apartment" || t.word == "apt":
		p.flat(i)
	case t.word == "number" || t.word == "no":
		p.numbered(i)
	}
}

// houseNumber returns the end of 14, 14a, 14-16 or a stair's 14/3, which begins at
// token i.
func (p *page) houseNumber(i int) int {
	j := i + 1
	if isLetters(p.at(j), 1) && p.tight(i) {
		j++
	}
	if sign := p.at(j).word; (sign == "-" || sign == "/") && p.at(j+1).shape == digits && p.tight(j) {
		j += 2
	}
	return j
}

// house returns the end of "14 Elm Grove" at token i, or i.
func (p *page) house(i int) int {
	j := p.houseNumber(i)
	if p.at(j).word == "," && p.at(j+1).isCapital() {
		j++
	}
	if p.at(j).word == "the" && p.at(j).isCapital() {
		if n := p.at(j + 1); n.isCapital() && (n.is(streetWord) || n.class == 0) {
			return j + 2 // "7 The Paddock"
		}
	}
	if end := p.headed(j); end > j {
		return end
	}
	for k, words := j+1, 1; words <= 3; k, words = k+1, words+1 {
		k = p.pastHyphens(k)
		if end := p.streetAt(j, k); end > k {
			return end
		}
	}
	return i
}

// pastHyphens returns the index after the rest of "Pen-y-Lan", of which the
// first hyphen is at k, or k.
func (p *page) pastHyphens(k int) int {
	for p.pastHyphen(k) > k && p.at(k+1).isWord() {
		k += 2
	}
	return k
}

// headed returns the end of a street's name that begins at token i with the word
// for what it is, as Welsh ones do: "Heol y Bryn", "Clos Derwen"; or i.
func (p *page) headed(i int) int {
	if !p.at(i).isCapital() || !streetHeads[head(p.at(i))] {
		return i
	}
	j := p.pastCapitals(i + 1)
	if j == i+1 {
		return i
	}
	return j
}

// head is the word at the head of a street's name, without the article that may
// be joined to it: "Rhodfa'r Gogledd".
func head(t *token) string { return strings.TrimSuffix(t.text(), "'r") }

var streetHeads = set("heol ffordd stryd clos lon rhodfa maes cwrt llys parc cae gerddi teras cilgant sgwar " +
	"glan trem bryn llwyn")

// pastCapitals returns the index after the words with capitals from i on, at
// most four, with the Welsh articles between them.
func (p *page) pastCapitals(i int) int {
	j := i
	for n := 0; n < 4; n++ {
		k := j
		if welshArticles[p.at(k).word] {
			k++
		}
		t := p.at(k)
		if !t.isCapital() || t.is(function|title) || months[t.word] || weekdays[t.word] {
			break
		}
		j = k + 1
	}
	return j
}

var welshArticles = set("y yr ar o'r")

// streetAt returns the index after k if the words from j up to k name a street
// that ends at k, or k.
func (p *page) streetAt(j, k int) int {
	t := p.at(k)
	if !t.isWord() || !t.is(streetWord) || t.possessive {
		return k
	}
	large := true
	for n := j; n < k; n++ {
		w := p.at(n)
		if p.pastHyphen(n) > n || p.pastHyphen(n-1) > n-1 && w.shape == lower {
			continue // Pen-y-Lan
		}
		if !w.isWord() || spansOfWay[w.word] {
			return k
		}
		large = large && (w.isCapital() || w.word == "of" || w.word == "st" || w.word == "the")
	}
	switch {
	case large && (t.isCapital() || plainStreets[t.word]):
		return k + 1
	case t.isSmall() && plainStreets[t.word]:
		for n := j; n < k; n++ {
			if w := p.at(n); w.is(function|kin) || bigStreets[w.word] {
				return k
			}
		}
		return k + 1
	}
	return k
}

// flat finds "Flat 2", "flat 3b" and the house that it is in.
func (p *page) flat(i int) {
	n := p.at(i + 1)
	if n.shape != digits || p.at(i).opens && p.at(i).isSmall() {
		return
	}
	end := p.houseNumber(i + 1)
	if next := p.at(end); next.is(belonging) || spansOfWay[next.word] || next.shape == digits {
		return
	}
	k := end
	if p.at(k).word == "," {
		k++
	}
	switch house := p.house(k); {
	case p.at(k).shape == digits && house > k:
		end = house
	case p.at(k).isCapital():
		for n := k + 1; n <= k+2; n++ {
			if street := p.streetAt(k, n); street > n {
				end = street
			}
		}
	}
	p.add(Address, i, end)
}

// numbered finds "at number 31", which is a house, if it is not the third on a
// list.
func (p *page) numbered(i int) {
	k := p.pastDot(i + 1)
	before, after := p.at(i-1).word, p.at(k+1).word
	if (before == "at" || before == "from" || before == "outside" || before == "opposite" || before == "to") &&
		p.at(k).shape == digits && after != "on" && after != "in" && after != "of" {
		p.add(Address, i, p.houseNumber(k))
	}
}

// street finds the name of a street without a number, where it has capitals:
// "lives on Elm Grove". Every town has a High Street.
func (p *page) street(i int) {
	t := p.at(i)
	if end := p.headed(i); end > i && sureHeads[head(t)] && wayTo[p.at(i-1).word] {
		p.add(Address, i, end)
	}
	if !t.isCapital() || t.opens || !plainStreets[t.word] && !clearStreets[t.word] {
		return
	}
	j := i
	for j > i-3 && p.at(j-1).isCapital() && !p.at(j-1).possessive {
		j--
	}
	after := p.at(i + 1)
	if j == i || bigStreets[p.at(i-1).word] || t.word == "st" && after.isCapital() || after.is(placeWord) {
		return
	}
	first, before := p.at(j), p.at(j-1).word
	if first.opens && !first.is(ordinary|function) || !first.opens && (wayTo[before] || before == ",") {
		p.add(Address, j, i+1)
	}
}

// sureHeads are those that begin the names of streets and of nothing else.
var sureHeads = set("heol ffordd stryd clos lon rhodfa")

// inStreet reports whether a word is the name of a street: Victoria Road is
// nobody.
func (p *page) inStreet(i int) bool {
	next := p.at(i + 1)
	return next.isCapital() && plainStreets[next.word] && !p.at(i).possessive
}
