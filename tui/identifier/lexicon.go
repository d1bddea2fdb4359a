package identifier

import (
	"embed"
	"path"
	"strings"
	"sync"
)

// class is what a word can be. It can be several things at once.
type class uint32

const (
	firstName    class = 1 << iota // hardly ever anything else
	wordName                       // a first name that is a word too: Grace, Will
	capitalName                    // a first name whose capital says nothing: June
	townName                       // a first name that is a place too: Jordan
	surname                        // a surname
	ordinary                       // a word that is no name, with a capital or without
	function                       // a word that holds a sentence together
	kin                            // family: mum
	title                          // Mrs
	rank                           // before a name: PC, Auntie, carer
	personVerb                     // what people do: said
	objectVerb                     // what is done to people: told
	mood                           // how people are: tearful
	belonging                      // what people have: bedroom
	cited                          // who is read and cited
	abbreviation                   // nobody's initials
	placeWord                      // the end of a named place: primary, surgery
	streetWord                     // the end of a street: Road
	generic                        // a sort of place: secondary
	landscape                      // what houses and aliases are called after: orchard
)

const anyFirstName = firstName | wordName | capitalName | townName

// classOf says which list makes a word what.
var classOf = map[string]class{
	"first": firstName, "either": wordName, "capital": capitalName, "town": townName, "surname": surname,
	"plain": ordinary, "function": function, "kin": kin, "title": title, "rank": rank,
	"verb": personVerb, "told": objectVerb, "mood": mood, "thing": belonging,
	"cited": cited, "abbreviation": abbreviation, "school": placeWord, "street": streetWord,
	"landscape": landscape, "generic": generic,
}

//go:embed lists
var lists embed.FS

// lexicon is the words of all lists, read once, when it is first asked for.
var lexicon = sync.OnceValue(func() map[string]class {
	words := make(map[string]class, 8192)
	for name, c := range classOf {
		for line := range listLines(name) {
			for w := range strings.FieldsSeq(line) {
				words[fold(w, false)] |= c
			}
		}
	}
	return words
})

// public is the phrases that are names, but nobody's on a caseload.
var public = sync.OnceValue(func() phrases {
	ps := make(phrases)
	for line := range listLines("public") {
		ps.add(line)
	}
	return ps
})

// listLines are the lines of a list that are not remarks.
func listLines(name string) func(func(string) bool) {
	data, err := lists.ReadFile(path.Join("lists", name+".txt"))
	if err != nil {
		panic(err) // it is embedded
	}
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			if line != "" && !strings.HasPrefix(line, "#") && !yield(line) {
				return
			}
		}
	}
}

// phrases are sequences of folded words, by their first word.
type phrases map[string][][]string

// add takes in a phrase, as a person writes it.
func (ps phrases) add(phrase string) {
	var words []string
	for _, t := range read(phrase, lexicon()).tokens {
		words = append(words, t.text())
	}
	if len(words) > 0 {
		ps[words[0]] = append(ps[words[0]], words)
	}
}

// match returns where the longest phrase ends that begins at token i, in bytes of
// the text, or 0.
func (ps phrases) match(p *page, i int) int {
	end := 0
	for _, first := range []string{p.at(i).word, p.at(i).text()} {
		for _, words := range ps[first] {
			n := 0
			for n < len(words) && p.at(i+n).says(words[n]) {
				n++
			}
			if n == len(words) {
				end = max(end, p.at(i+n-1).endOf(words[n-1]))
			}
		}
	}
	return end
}

// says reports whether a token is a word, and endOf where the word ends.
func (t *token) says(word string) bool { return t.word == word || t.text() == word }

func (t *token) endOf(word string) int {
	if t.word == word {
		return t.end
	}
	return t.stop
}

// text is the word with the s that was taken for a possessive's: Lloyds is a
// bank, and Lloyd is not.
func (t *token) text() string {
	if t.isBare() {
		return t.word + "s"
	}
	return t.word
}
