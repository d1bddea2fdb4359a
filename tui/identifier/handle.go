package identifier

import (
	"regexp"
	"strings"
)

var (
	emailForm   = regexp.MustCompile(`^(?i:[a-z0-9._%+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})`)
	handleForm  = regexp.MustCompile(`^@[A-Za-z_][A-Za-z0-9_.]*[A-Za-z0-9_]`)
	accountForm = regexp.MustCompile(`^[A-Za-z0-9_.]*[A-Za-z0-9_]`)
	pageForm    = regexp.MustCompile(`^(?i:facebook|instagram|tiktok|twitter|x|snapchat|fb)\.com/[A-Za-z0-9_.@/-]*[A-Za-z0-9_]`)
)

// email finds an address. A helpline's is nobody's.
func (p *page) email(i int) {
	if p.at(i).word != "@" {
		return
	}
	// The part before the sign may be several tokens without a space.
	j := i
	for j > 0 && p.tight(j-1) {
		if t := p.at(j - 1); !t.isWord() && t.shape != digits && !strings.Contains("._%+-'", t.word) {
			break
		}
		j--
	}
	if j == i {
		return
	}
	n := len(emailForm.FindString(p.text[p.at(j).start:]))
	if n == 0 {
		return
	}
	_, host, _ := strings.Cut(strings.ToLower(p.text[p.at(j).start:p.at(j).start+n]), "@")
	if !helplines[host] {
		p.mark(Email, j, n)
	}
}

var helplines = set("samaritans.org basw.co.uk nspcc.org.uk childline.org.uk nhs.uk socialworkengland.org.uk " +
	"swbt.org")

var (
	// networks are where people have names of their own.
	networks = set("insta instagram snapchat snap tiktok twitter facebook fb twitch discord gamertag xbox psn " +
		"roblox youtube handle username kik telegram threads bluesky bebo account")
	// beforeAccounts stand between them and the name.
	beforeAccounts = set("is : , name as called account handle")
	// atPlaces are what a tired hand writes after @ for "at".
	atPlaces = set("home work school court office nursery hospital the my his her mums dads nans contact ward a")
	// publicHandles are of organisations.
	publicHandles = set("basw baswuk basw_uk communitycare nspcc ofsted socialworkeng researchip")
)

// handle finds a name on social media: @kayleigh_x, "her insta is kay.x".
func (p *page) handle(i int) {
	t := p.at(i)
	switch {
	case t.word == "@":
		if p.tight(i-1) && (p.at(i-1).isWord() || p.at(i-1).shape == digits) {
			return // an e-mail address
		}
		n := len(handleForm.FindString(p.text[t.start:]))
		if name := strings.ToLower(p.text[t.start : t.start+n]); n > 0 && !atPlaces[name[1:]] && !publicHandles[name[1:]] {
			p.mark(Handle, i, n)
		}
	case t.isWord() && p.tight(i) && p.at(i+1).word == "." && !p.tight(i-1):
		if n := p.from(pageForm, i); n > 0 {
			p.mark(Handle, i, n)
		}
	case networks[t.word]:
		p.account(i)
		p.accountBefore(i)
	}
}

// account finds the name after "her insta is" and "on tiktok as". A word that
// is only letters could be anything, so it must have a figure, a point or a
// line in it.
func (p *page) account(i int) {
	k := i + 1
	for n := 0; n < 3 && beforeAccounts[p.at(k).word]; n++ {
		k++
	}
	if k == i+1 || k >= len(p.tokens) {
		return
	}
	t := p.at(k)
	name := accountForm.FindString(p.text[t.start:])
	if t.isWord() && strings.ContainsAny(name, "._0123456789") {
		p.mark(Handle, k, len(name))
	}
}

// accountBefore finds the name in "as bigtel_uk on twitch".
func (p *page) accountBefore(i int) {
	if p.at(i-1).word != "on" {
		return
	}
	j := i - 2
	for p.tight(j - 1) {
		j--
	}
	if j < 0 || !p.at(j).isWord() {
		return
	}
	name := accountForm.FindString(p.text[p.at(j).start:])
	if strings.ContainsAny(name, "_0123456789") && p.at(j).start+len(name) == p.at(i-2).stop {
		p.mark(Handle, j, len(name))
	}
}
