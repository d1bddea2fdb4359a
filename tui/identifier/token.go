package identifier

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// shape is how a token is written.
type shape uint8

const (
	mark    shape = iota // a sign, a line's end, or no token at all
	digits               // a run of digits
	lower                // a word without a capital at its start
	capital              // a word with a capital at its start
	caps                 // a word in capitals throughout, or a single one
)

// token is a word, a number or a sign, with what the rules ask of it.
type token struct {
	start, end int    // without the possessive 's
	stop       int    // with it
	word       string // folded: lower case, without accents and possessive
	shape      shape
	class      class
	possessive bool
	opens      bool // begins a sentence, where a capital says nothing
	shouted    bool // in a sentence of capitals, where they say nothing either
}

func (t *token) is(c class) bool { return t.class&c != 0 }

// isWord reports whether the token is of letters.
func (t *token) isWord() bool { return t.shape >= lower }

// isBare reports whether a word is taken for a possessive without its
// apostrophe: "kayleighs".
func (t *token) isBare() bool { return t.possessive && t.end+1 == t.stop }

func (t *token) isApostrophe() bool { return t.word == "'" || t.word == "’" }

// capital reports whether the token has a capital that says something.
func (t *token) isCapital() bool { return t.shape == capital && !t.shouted }

// small reports whether the token's letters say nothing: it is in lower case,
// or in a sentence that is all in capitals.
func (t *token) isSmall() bool { return t.shape == lower || t.isWord() && t.shouted }

// page is a text on its way through the rules.
type page struct {
	text   string
	tokens []token
	found  []Finding
	named  map[string]bool // the words of the names that were found
}

// none stands for the tokens before the first and after the last, so that a
// rule may look as far round as it likes.
var none token

func (p *page) at(i int) *token {
	if i < 0 || i >= len(p.tokens) {
		return &none
	}
	return &p.tokens[i]
}

// tight reports whether nothing stands between a token and the next.
func (p *page) tight(i int) bool {
	return i >= 0 && i+1 < len(p.tokens) && p.tokens[i].stop == p.tokens[i+1].start
}

// add notes a finding that is the tokens from i up to j.
func (p *page) add(kind Kind, i, j int) {
	p.found = append(p.found, Finding{kind, p.tokens[i].start, p.tokens[j-1].end})
}

const (
	// sentenceEnds are the signs after which a capital says nothing. A dash at
	// the start of a line lets that stand.
	sentenceEnds = ".!?:\n"
	// quotes begin a sentence when they open.
	quotes = "\"'“‘"
)

// read splits a text into tokens.
func read(text string, words map[string]class) *page {
	p := &page{text: text, tokens: make([]token, 0, len(text)/4+4), named: make(map[string]bool)}
	opens := true
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		switch {
		case unicode.IsLetter(r):
			t := word(text, at, words)
			t.opens = opens
			opens = false
			p.tokens = append(p.tokens, t)
			at = t.stop
			continue
		case r >= '0' && r <= '9':
			end := at
			for end < len(text) && text[end] >= '0' && text[end] <= '9' {
				end++
			}
			p.tokens = append(p.tokens, token{start: at, end: end, stop: end, word: text[at:end], shape: digits, opens: opens})
			opens = false
			at = end
			continue
		case r == '\n' || !unicode.IsSpace(r):
			p.tokens = append(p.tokens, token{start: at, end: at + n, stop: at + n, word: text[at : at+n]})
			opens = p.opensAfter(len(p.tokens)-1, opens)
		}
		at += n
	}
	p.shout()
	return p
}

// shortened are words whose full stop ends no sentence: "Mrs. Patel".
var shortened = set("mr mrs ms dr prof rev revd fr sgt insp cllr st")

// opensAfter reports whether a sentence begins after the sign at i.
func (p *page) opensAfter(i int, opens bool) bool {
	sign, before := p.tokens[i].word, p.at(i-1)
	if sign == "." && p.tight(i-1) && shortened[before.word] {
		return false
	}
	return opens || strings.Contains(sentenceEnds, sign) || strings.Contains(quotes, sign) && !p.tight(len(p.tokens)-2)
}

// shout marks the words of sentences without a small letter. One word, or two,
// may be emphasis or an abbreviation.
func (p *page) shout() {
	for i := 0; i < len(p.tokens); {
		j, words, loud := i, 0, true
		for ; j < len(p.tokens) && (j == i || !p.tokens[j].opens); j++ {
			if t := &p.tokens[j]; t.isWord() {
				words++
				loud = loud && t.shape == caps
			}
		}
		if loud && words > 2 {
			for k := i; k < j; k++ {
				p.tokens[k].shouted = true
			}
		}
		i = j
	}
}

// word reads the word that begins at a letter. It may hold apostrophes.
func word(text string, start int, words map[string]class) token {
	end, ascii := start, true
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && (!isApostrophe(r) || !letterAt(text, end+n)) {
			break
		}
		ascii = ascii && r < utf8.RuneSelf
		end += n
	}
	t := token{start: start, end: end, stop: end, shape: shapeOf(text[start:end])}
	t.word = fold(text[start:end], ascii)
	if s, ok := strings.CutSuffix(t.word, "'s"); ok {
		t.word, t.possessive = s, true
		t.end = start + strings.LastIndexAny(text[start:end], "'’")
		t.shape = shapeOf(text[start:t.end])
	}
	t.class = words[t.word]
	if t.class == 0 {
		t.lookCloser(words)
	}
	return t
}

// lookCloser finds a word that is not in the lists by what tired fingers leave
// out: "kayleighs mum", "O'Dowd" as "odowd".
func (t *token) lookCloser(words map[string]class) {
	if strings.Contains(t.word, "'") {
		t.class = words[strings.ReplaceAll(t.word, "'", "")]
		return
	}
	if t.class = classOfForm(t.word); t.class != 0 {
		return
	}
	if s, ok := strings.CutSuffix(t.word, "s"); ok && words[s]&firstName != 0 {
		t.word, t.class, t.possessive = s, words[s], true
		t.end--
	}
}

// forms are how names begin or end, and medicines, that are too many for a list.
var forms = []struct {
	start, end string
	class      class
}{
	{"xiao", "", firstName}, {"oluwa", "", firstName}, {"chukwu", "", firstName}, {"abdul", "", firstName}, {"abdur", "", firstName},
	{"", "preet", firstName},
	{"", "winder", firstName}, {"", "slaw", firstName}, {"", "wski", surname}, {"", "wska", surname},
	{"", "escu", surname}, {"", "czyk", surname}, {"", "opoulos", surname}, {"", "ovic", surname},
	// Medicines, by the stems of their generic names.
	{"", "apine", ordinary}, {"", "azepam", ordinary}, {"", "azolam", ordinary}, {"", "prazole", ordinary},
	{"", "olol", ordinary}, {"", "statin", ordinary}, {"", "ridone", ordinary}, {"", "piprazole", ordinary},
	{"", "oxetine", ordinary}, {"", "cillin", ordinary}, {"", "xaban", ordinary}, {"", "solone", ordinary},
	{"", "formin", ordinary}, {"", "triptyline", ordinary}, {"", "azine", ordinary}, {"", "codone", ordinary},
	{"", "gabalin", ordinary}, {"", "racetam", ordinary}, {"", "sartan", ordinary}, {"", "dipine", ordinary},
}

// classOfForm is the class of a word that is long enough to bear such a mark.
func classOfForm(word string) class {
	if len(word) < 7 {
		return 0
	}
	for _, f := range forms {
		if strings.HasPrefix(word, f.start) && strings.HasSuffix(word, f.end) {
			return f.class
		}
	}
	return 0
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

func letterAt(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsLetter(r)
}

func shapeOf(s string) shape {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case !unicode.IsUpper(r):
		return lower
	case strings.IndexFunc(s[n:], unicode.IsLower) < 0:
		return caps
	}
	return capital
}

// unaccented are letters that are accented to the eye, but to Unicode are
// letters of their own.
var unaccented = strings.NewReplacer("ł", "l", "ø", "o", "đ", "d", "ı", "i",
	"ß", "ss", "æ", "ae", "œ", "oe", "’", "'")

// fold brings a word into the form in which words are compared: Zoë is zoe.
func fold(s string, ascii bool) string {
	s = strings.ToLower(s)
	if ascii {
		return s
	}
	plain := strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return unaccented.Replace(plain)
}
