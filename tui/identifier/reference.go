package identifier

import "regexp"

var (
	// courtForm is a family court's case: LS23C50123.
	courtForm = regexp.MustCompile(`^[A-Z]{2}\d{2}[A-Z]\d{4,6}`)
	// pupilForm is a unique pupil number.
	pupilForm = regexp.MustCompile(`^[A-Z]\d{12}`)
	// yearForm is a record's number with its year: SW/2023/00871.
	yearForm = regexp.MustCompile(`^[A-Z]{2,4}[-/](?:20)?\d{2}[-/]\d{3,}`)
	// lastYearForm has the year last, as Scotland's courts do: PN-B311-24.
	lastYearForm = regexp.MustCompile(`^[A-Z]{2,4}[-/](?:\d{3,6}|[A-Z]{1,2}\d{2,5})[-/](?:20)?\d{2}`)
	hasFigures   = regexp.MustCompile(`\d{4}|\d{3} \d{3}`)
	// anyCode is what may follow "ref": letters, figures and signs.
	anyCode = regexp.MustCompile(`^#?[A-Za-z]{0,4}[-/ ]?\d[\dA-Za-z]*(?:[-/][\dA-Za-z]+| \d{3,})*`)
)

var (
	// recordings are what has numbers, and systems that give them.
	recordings = set("case court claim crime incident log complaint record file client person application " +
		"tenancy account hospital invoice order policy passport patient referral student pupil staff swe hcpc " +
		"mosaic liquidlogic lcs las carefirst systmone ics ehm uasc arc brp upn urn ref reference id cas cad ehcp " +
		"police homeless housing care library appeal warrant charge sheriff tribunal guardianship paris eclipse rio " +
		"emis carenotes trakcare encompass azeus careworks swift")
	// numberings are what a number is called.
	numberings = set("no number num nos id ref reference refs upn urn # nr lcs las cad")
	// beforeCodes stand between them and the code: "case no. is", "on PARIS he's".
	beforeCodes = set(". : , - is was the he she hes shes they're")
	// sureSystems need no "number" before a long number.
	sureSystems = set("lcs las mosaic liquidlogic ref upn urn carefirst cad incident log crime case claim " +
		"complaint court paris eclipse rio emis carenotes trakcare encompass azeus careworks swift")
)

// reference finds the number of a case, a court, a record or a complaint.
func (p *page) reference(i int) {
	t := p.at(i)
	if t.shape == caps && p.tight(i) && !p.at(i+1).isWord() {
		for _, form := range []*regexp.Regexp{courtForm, pupilForm, yearForm, lastYearForm} {
			if n := p.from(form, i); n > 0 {
				p.mark(Reference, i, n)
				return
			}
		}
	}
	if t.isWord() && (recordings[t.word] || numberings[t.word]) {
		p.called(i)
	}
}

// called finds the code after "case no.", "Mosaic ID", "crime ref", "LCS".
func (p *page) called(i int) {
	numbered := numberings[p.at(i).word]
	k := i + 1
	for n := 0; n < 6; n++ {
		t := p.at(k)
		if !numberings[t.word] && !recordings[t.word] && !beforeCodes[t.word] {
			break
		}
		numbered = numbered || numberings[t.word]
		k++
	}
	t := p.at(k)
	if !recordings[p.at(i).word] && !recordings[p.at(i-1).word] {
		return
	}
	n := len(anyCode.FindString(p.text[min(t.start, len(p.text)):]))
	if k >= len(p.tokens) || n == 0 {
		return
	}
	code := p.text[t.start : t.start+n]
	figures, letters := count(code)
	switch {
	case isYear(t) && n == 4: // "the case 2019"
	case numbered && (figures >= 4 || figures == 3 && letters > 0),
		sureSystems[p.at(i).word] && (figures >= 5 && hasFigures.MatchString(code) || figures == 4 && code[0] == '0'):
		p.mark(Reference, k, n)
	}
}

func count(code string) (figures, letters int) {
	for _, r := range code {
		switch {
		case r >= '0' && r <= '9':
			figures++
		case r != '-' && r != '/' && r != ' ' && r != '#':
			letters++
		}
	}
	return figures, letters
}
