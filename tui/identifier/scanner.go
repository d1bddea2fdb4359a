package identifier

import (
	"slices"
	"strings"
)

// Scanner finds what could identify a person. It may be used by several
// goroutines at once.
type Scanner struct {
	own, aliases phrases
}

// New makes a scanner. Own are the words that the person wants to be told of,
// such as the surname of a family they work with; aliases are the names that
// they use instead, such as "Harbour family", which are never findings. Both
// are found whole, in any case, with and without accents and possessives.
// An alias wins over a word of their own.
func New(own, aliases []string) *Scanner {
	s := &Scanner{own: make(phrases), aliases: make(phrases)}
	for _, phrase := range own {
		s.own.add(phrase)
	}
	for _, phrase := range aliases {
		s.aliases.add(phrase)
		if word := aliasWord(phrase); word != "" {
			s.aliases.add(word)
		}
	}
	return s
}

// aliasWord is the one word of an alias that is not "the", "family" or the
// like: who keeps "Harbour family" writes "the Harbour mum" too.
func aliasWord(alias string) string {
	var only string
	for _, t := range read(alias, lexicon()).tokens {
		if !t.isWord() || t.is(function|kin|title) || families[t.word] {
			continue
		}
		if only != "" {
			return ""
		}
		only = t.word
	}
	return only
}

// rules look at one token each, and add what they find to the page. They need
// not know of each other.
var rules = []func(*page, int){
	(*page).name, (*page).initials, (*page).age, (*page).date,
	(*page).postcode, (*page).address, (*page).street, (*page).place,
	(*page).phone, (*page).nhs, (*page).ni, (*page).vehicle, (*page).reference,
	(*page).email, (*page).handle,
}

// Scan returns what could identify somebody, in order and without overlaps.
func (s *Scanner) Scan(text string) []Finding {
	p := read(text, lexicon())
	for i := range p.tokens {
		for _, rule := range rules {
			rule(p, i)
		}
		if end := s.own.match(p, i); end > 0 {
			p.found = append(p.found, Finding{Own, p.tokens[i].start, end})
		}
	}
	for i := range p.tokens {
		p.again(i)
	}
	return join(s.known(p))
}

// known drops the findings that lie within an alias or a public name. Both are
// in order, so that one walk does.
func (s *Scanner) known(p *page) []Finding {
	slices.SortFunc(p.found, func(a, b Finding) int { return a.Start - b.Start })
	next, end := 0, 0 // how far the aliases reach that began before a finding
	return slices.DeleteFunc(p.found, func(f Finding) bool {
		for ; next < len(p.tokens) && p.tokens[next].start <= f.Start; next++ {
			end = max(end, s.aliases.match(p, next), public().match(p, next))
		}
		return f.End <= end
	})
}

// strength orders the kinds for where two of them meet: "14 Grace Road" is an
// address, "St Mary's Primary" a place. What has a form of its own comes first.
var strength = strings.Fields("own email handle nhs phone ni birth date postcode vehicle reference " +
	"address place initials name age")

// join makes one of the findings that overlap, which are in order: of the stronger
// kind, and as long as both, so that nothing of a name is left standing.
func join(found []Finding) []Finding {
	var joined []Finding
	for _, f := range found {
		if n := len(joined); n > 0 && f.Start < joined[n-1].End {
			last := &joined[n-1]
			last.End = max(last.End, f.End)
			if slices.Index(strength, string(f.Kind)) < slices.Index(strength, string(last.Kind)) {
				last.Kind = f.Kind
			}
			continue
		}
		joined = append(joined, f)
	}
	return joined
}
