package identifier

import (
	"regexp"
	"strings"
)

// The numbers that have a form of their own are found by expressions that are
// tried only where a token may begin one: a scan of the whole text for each
// would cost ten times as much.
var (
	phoneForm = regexp.MustCompile(`^(?:\+44[ -]?(?:\(0\)[ -]?)?|0)[1-9](?:[ -]?\d){8,9}`)
	areaForm  = regexp.MustCompile(`^\(0[12]\d{1,3}\)(?:[ -]?\d){6,8}`)
	nhsForm   = regexp.MustCompile(`^\d{3}[ -]?\d{3}[ -]?\d{4}`)
	// tenForm is its ten digits, parted anyhow.
	tenForm = regexp.MustCompile(`^\d(?:[ -]?\d){9}`)
	// chiForm is Scotland's number, which begins with the date of birth.
	chiForm   = regexp.MustCompile(`^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[ -]?\d{4}`)
	niForm    = regexp.MustCompile(`^(?i:[a-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d])`)
	codeForm  = regexp.MustCompile(`^([A-Za-z]{1,2}\d[A-Za-z\d]?)( ?)(\d[A-Za-z]{2})`)
	plateForm = regexp.MustCompile(`^(?i:[a-z]{2}\d{2}( ?)[a-z]{3})`)
	// olderPlates are A123 BCD, ABC 123D and the three letters and four figures
	// of Northern Ireland.
	olderPlates = regexp.MustCompile(`^(?i:[a-z]\d{1,3} ?[a-z]{3}|[a-z]{3} ?\d{1,3}[a-z]|[a-z]{2,3} ?\d{3,4})`)
)

// from returns the length of what a form matches at token i, if it ends where
// a word or number ends.
func (p *page) from(form *regexp.Regexp, i int) int {
	t := p.at(i)
	if p.tight(i-1) && (p.at(i-1).isWord() || p.at(i-1).shape == digits || p.at(i-1).word == "_") {
		return 0
	}
	rest := p.text[t.start:]
	n := len(form.FindString(rest))
	if n == 0 || n < len(rest) && isWordByte(rest[n]) {
		return 0
	}
	return n
}

func isWordByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_'
}

// mark notes n bytes from token i.
func (p *page) mark(kind Kind, i, n int) {
	start := p.tokens[i].start
	p.found = append(p.found, Finding{kind, start, start + n})
}

// phone finds a number of a person's or an office: 01, 02, 07 and +44. The 03
// and 08 numbers are of organisations and helplines, 101 and 116 123 too short.
func (p *page) phone(i int) {
	t := p.at(i)
	switch {
	case t.word == "(" && p.at(i+1).shape == digits:
		if n := p.from(areaForm, i); n > 0 {
			p.mark(Phone, i, n)
		}
	case t.word == "+" || t.shape == digits && t.word[0] == '0':
		n := p.from(phoneForm, i)
		if n == 0 {
			return
		}
		number := strings.NewReplacer("+44", "0", "(0)", "", " ", "", "-", "").Replace(p.text[t.start : t.start+n])
		if d := number[1]; d == '1' || d == '2' || d == '7' {
			p.mark(Phone, i, n)
		}
	}
}

// nhs finds the number that a health service knows somebody by, by its check
// digit or by what it is called: the NHS number of England and Wales, the CHI
// number of Scotland and the H&C number of Northern Ireland. All have ten digits,
// of which the last is the check of the others, modulo 11. Only a CHI number
// begins with a 0.
func (p *page) nhs(i int) {
	t := p.at(i)
	if t.shape != digits {
		return
	}
	called := p.isAfter(i, 5, nhsWords) || p.isAfterHC(i)
	if called {
		if n := p.from(tenForm, i); n > 0 {
			p.mark(NHS, i, n)
		}
		return
	}
	n := p.from(chiForm, i)
	if n == 0 && t.word[0] != '0' {
		n = p.from(nhsForm, i)
	}
	if n > 0 && isNHS(p.text[t.start:t.start+n]) {
		p.mark(NHS, i, n)
	}
}

var nhsWords = set("nhs chi hcn")

// isAfterHC reports whether "H&C number" leads to token i.
func (p *page) isAfterHC(i int) bool {
	for k := i - 1; k > i-5; k-- {
		if p.at(k).word == "c" && joins[p.at(k-1).word] && p.at(k-2).word == "h" {
			return true
		}
	}
	return false
}

// isNHS reports whether the last of ten digits is the check of the others.
func isNHS(s string) bool {
	sum, n := 0, 0
	var last int
	for _, r := range s {
		if r < '0' || r > '9' {
			continue
		}
		last = int(r - '0')
		if n < 9 {
			sum += last * (10 - n)
		}
		n++
	}
	check := 11 - sum%11
	return n == 10 && (check == last || check == 11 && last == 0)
}

// ni finds a National Insurance number, QQ too, which is for examples.
func (p *page) ni(i int) {
	t := p.at(i)
	if t.isWord() && t.end-t.start == 2 && p.at(i+1).shape == digits {
		if n := p.from(niForm, i); n > 0 {
			p.mark(NI, i, n)
		}
	}
}

// areas are where Britain's postcodes begin.
var areas = set("ab al b ba bb bd bf bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt " +
	"dy e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls " +
	"lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st " +
	"sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze")

// postcode finds a full postcode. The first half alone is a district of twenty
// thousand people. In small letters it must be one of Britain's, and not "s47
// 1st visit".
func (p *page) postcode(i int) {
	t := p.at(i)
	if !t.isWord() || t.end-t.start > 2 || p.at(i+1).shape != digits || !p.tight(i) {
		return
	}
	n := p.from(codeForm, i)
	if n == 0 {
		return
	}
	m := codeForm.FindStringSubmatch(p.text[t.start:])
	area := strings.ToLower(strings.TrimRight(m[1][:2], "0123456789"))
	inward := strings.ToLower(m[3])
	switch {
	case strings.ContainsAny(inward[1:], "ikmov") || strings.Contains(inward[1:], "c"):
		return
	case t.shape == caps && m[3] == strings.ToUpper(m[3]):
		p.mark(Postcode, i, n)
	case areas[area] && !ordinals[inward[1:]] && inward[1:] != "yr" && inward[1:] != "hr":
		p.mark(Postcode, i, n)
	}
}

// carWords stand before or after a registration.
var carWords = set("reg registration plate plates car van vehicle corsa fiesta golf polo astra focus bmw " +
	"audi transit driving drives drove number")

// vehicle finds a car's registration: of today's form when it has capitals or
// no space, others only when something says what they are.
func (p *page) vehicle(i int) {
	t := p.at(i)
	if !t.isWord() || t.end-t.start > 3 || p.at(i+1).shape != digits {
		return
	}
	if n := p.from(plateForm, i); n > 0 && p.tight(i) {
		s := p.text[t.start : t.start+n]
		if s == strings.ToUpper(s) || n == 7 || p.isAfter(i, 5, carWords) {
			p.mark(Vehicle, i, n)
		}
		return
	}
	if t.isSmall() && !p.isOfReg(i) {
		return
	}
	if n := p.from(olderPlates, i); n > 0 && p.isAfter(i, 5, carWords) {
		p.mark(Vehicle, i, n)
	}
}

// isOfReg reports whether the word before says that this is a registration.
func (p *page) isOfReg(i int) bool {
	before := p.at(i - 1).word
	if before == "is" || before == ":" {
		before = p.at(i - 2).word
	}
	return before == "reg" || before == "plate" || before == "registration"
}
