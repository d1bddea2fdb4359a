package tui

import (
	"strings"
)

// A text that goes round and round can make things heavier; the same seen from
// a distance tends not to (Kross, Ayduk & Mischel 2005; Kross & Ayduk 2017). So
// a text that circles is offered a step back. It is told by its words alone, is
// never kept, and nothing is made of it.

// stepBack is what is offered then.
const stepBack = "If it helps: watch it from the doorway, the way somebody who wishes you well would see it."

// afterHarm is the guide where no step back is offered: nobody is to look at it
// again who was hurt today.
const afterHarm = "after-harm"

// The least words of a text that can circle, and how often it turns back.
const (
	circlingWords = 60
	circlingTurns = 4
	circlingSame  = 3 // the same sentence, so many times
	sentenceWords = 4 // the least of a sentence that counts as the same
)

// turns are words with which a thought comes back to where it was.
var turns = []string{
	"should have", "shouldn't have", "should've", "could have", "if only", "why did", "why didn't", "why do i", "why can't",
	"what if", "my fault", "keep thinking", "keep going over", "over and over", "again and again", "always", "never",
}

// goesRound reports whether a text goes round and round.
func goesRound(text string) bool {
	all := spaced(text)
	if strings.Count(all, " ") <= circlingWords {
		return false
	}
	n := 0
	for _, t := range turns {
		n += strings.Count(all, " "+t+" ")
	}
	if n >= circlingTurns {
		return true
	}
	same := make(map[string]int)
	for sentence := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(".!?\n", r) }) {
		words := spaced(sentence)
		if same[words]++; same[words] >= circlingSame && strings.Count(words, " ") > sentenceWords {
			return true
		}
	}
	return false
}
