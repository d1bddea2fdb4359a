package identifier

// This file is names that are part of something else.

// isCalledAfter reports whether a first name is that of a king, a storm, a land, a
// drink, a test or a type: "Queen Mary", "Storm Ciara", "Wester Ross", "week on
// Skye", "Gordon's and tonic", "Herbert Protocol", "a right Charlie", "peter out".
func (p *page) isCalledAfter(i int) bool {
	t, next, before, earlier := p.at(i), p.at(i+1), p.at(i-1), p.at(i-2)
	switch {
	case crowned[before.word] && before.isCapital(), crowned[t.word] && next.isCapital():
		return true
	case before.word == "storm" && before.isCapital():
		return !next.is(surname)
	case t.word == "storm" && next.isCapital():
		return next.is(anyFirstName) && !next.is(surname) || next.class == 0
	case regions[before.word] && before.isCapital(), before.word == "of" && earlier.word == "isle":
		return true
	case isles[t.word] && islands[before.word]:
		return stays[earlier.word]
	case t.possessive && (drinks[next.word] || next.word == "and" && drinks[p.at(i+2).word]):
		return true
	case typical[before.word]:
		return earlier.word == "a"
	case verbal[t.word] != "" && next.word == verbal[t.word]:
		return t.opens || t.isSmall() && !before.is(objectVerb)
	}
	return instruments[next.word] && next.isWord() && !t.possessive && (next.isCapital() || before.word == "the")
}

var (
	// crowned are before the names of kings.
	crowned = set("queen king pope")
	// regions are before the names of parts of a land.
	regions = set("wester easter nether mid upper lower north south east west")
	isles   = set("skye iona arran islay harris lewis jura barra")
	islands = set("on off to")
	// stays are what is had on an island, and on no person.
	stays = set("week weeks weekend weekends day days holiday holidays break fortnight trip croft living lives lived " +
		"born bred ferry")
	// drinks are what is called after its maker, or drunk with it.
	drinks = set("gin tonic slimline whisky whiskey rum vodka sherry port ginger")
	// typical stand between "a" and a name for a type of person.
	typical = set("right proper regular real total")
	// verbal are first names that are verbs with the word after them.
	verbal = map[string]string{"peter": "out", "josh": "around", "bob": "up"}
	// instruments are what is called after who made it.
	instruments = set("protocol principles scale index test criteria guidelines questionnaire competence inventory")
)
