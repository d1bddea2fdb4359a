package tui

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui/identifier"
)

// A nudge is a look at what could identify somebody in an entry that is about
// to be kept: each place, and what is to stand there. It lives as long as its
// page, and nothing of what it found is kept.
type nudge struct {
	*session
	answers []journal.Answer // as they were found; not changed
	finds   []find
}

// A find is one place of one text.
type find struct {
	identifier.Finding
	prompt string
	text   *string // in nudge.answers
	chosen bool    // something else is to stand there
	words  string  // what
	typed  bool    // the person wrote it, so that no word of it is left out
}

// found is what stands in the place now.
func (f *find) found() string { return (*f.text)[f.Start:f.End] }

// isName reports whether what was found is what somebody is called.
func (f *find) isName() bool { return f.Kind == identifier.Name || f.Kind == identifier.Own }

// newNudge looks through the answers to a guide.
func newNudge(s *session, guide content.Guide, answers []journal.Answer) *nudge {
	n := &nudge{session: s, answers: cloneAnswers(answers)}
	scanner := s.scanner()
	asked := namedPicks(s.journal, answers)
	for i := range n.answers {
		a := &n.answers[i]
		for _, text := range ownTexts(guide, a.Texts()) {
			for _, f := range scanner.Scan(*text) {
				n.finds = append(n.finds, find{Finding: f, prompt: asked[i].Prompt, text: text})
			}
		}
	}
	return n
}

// cloneAnswers copies answers as far as a nudge changes them.
func cloneAnswers(answers []journal.Answer) []journal.Answer {
	out := slices.Clone(answers)
	for i := range out {
		out[i].Choices = slices.Clone(out[i].Choices)
		out[i].Items = slices.Clone(out[i].Items)
	}
	return out
}

// ownTexts are those of some texts that are the person's own: the words that a
// guide offers are not looked at.
func ownTexts(guide content.Guide, texts []*string) []*string {
	offered := make(map[string]bool)
	for _, step := range guide.Steps {
		for _, w := range step.Options() {
			offered[w.Label] = true
		}
	}
	return slices.DeleteFunc(texts, func(text *string) bool { return offered[*text] })
}

// offers are what may stand in a place: what was chosen for the same words
// before, the alias that the person keeps, a role, less of the detail.
func (n *nudge) offers(at int) []string {
	f := &n.finds[at]
	var out []string
	add := func(words string) {
		if words != "" && !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	add(n.before(at))
	add(n.beforeInPart(at))
	add(n.alias(f.found()))
	for _, words := range n.library.InPlaceOf(string(f.Kind)) {
		add(words)
	}
	return out
}

// before is what was chosen for the same words in another place; "" when
// nothing was.
func (n *nudge) before(at int) string {
	for i := range n.finds {
		if other := &n.finds[i]; i != at && other.chosen && strings.EqualFold(other.found(), n.finds[at].found()) {
			return other.words
		}
	}
	return ""
}

// beforeInPart is what was chosen for a name of which this is a part, or which
// is a part of this: for "Kayleigh Marsh", where this is "Kayleigh". It may be
// somebody else. It is "" when nothing was.
func (n *nudge) beforeInPart(at int) string {
	found := n.finds[at].found()
	for i := range n.finds {
		other := &n.finds[i]
		if i == at || !other.chosen || !other.isName() || !n.finds[at].isName() {
			continue
		}
		if occurs(found, other.found()) || occurs(other.found(), found) {
			return other.words
		}
	}
	return ""
}

// put chooses what is to stand in a place. No word that was typed is left out.
func (n *nudge) put(at int, words string, typed bool) {
	n.finds[at].chosen, n.finds[at].words, n.finds[at].typed = true, words, typed
}

// leave lets a place stay as it is.
func (n *nudge) leave(at int) { n.finds[at].chosen = false }

// chosen reports whether something else is to stand anywhere.
func (n *nudge) chosen() bool {
	return slices.ContainsFunc(n.finds, func(f find) bool { return f.chosen })
}

// around is the text of a place as it is to be kept, before the place and after
// it.
func (n *nudge) around(at int) (before, after string) {
	f := &n.finds[at]
	return n.kept(f.text, 0, f.Start), n.kept(f.text, f.End, len(*f.text))
}

// kept is a stretch of a text with what was chosen in the places within it.
func (n *nudge) kept(text *string, from, to int) string {
	var b strings.Builder
	for i := range n.finds {
		f := &n.finds[i]
		if f.text != text || f.Start < from || f.End > to || !f.chosen {
			continue
		}
		b.WriteString((*text)[from:f.Start])
		before, words := (*text)[:f.Start], f.words
		if !f.typed {
			words = fitted(before, words, (*text)[f.End:])
		}
		b.WriteString(opening(before, words))
		from = f.End
	}
	b.WriteString((*text)[from:to])
	return b.String()
}

// keptAnswers are the answers with what was chosen.
func (n *nudge) keptAnswers() []journal.Answer {
	texts := make(map[*string]string)
	for i := range n.finds {
		t := n.finds[i].text
		texts[t] = n.kept(t, 0, len(*t))
	}
	out := cloneAnswers(n.answers)
	for i := range out {
		was, now := n.answers[i].Texts(), out[i].Texts()
		for k := range was {
			if kept, ok := texts[was[k]]; ok {
				*now[k] = kept
			}
		}
	}
	return out
}

// fitted makes an offer read well where it stands: not with a word that stands
// beside it already, as in "the the Harbour family family".
func fitted(before, words, after string) string {
	if first, rest, ok := strings.Cut(words, " "); ok && strings.EqualFold(lastWord(before), first) {
		words = rest
	}
	if i := strings.LastIndexByte(words, ' '); i >= 0 && strings.EqualFold(firstWord(after), words[i+1:]) {
		words = words[:i]
	}
	return words
}

// opening gives words a capital where a sentence begins.
func opening(before, words string) string {
	if before = strings.TrimRight(before, " \t"); before == "" || strings.ContainsRune(".!?\n", rune(before[len(before)-1])) {
		r, size := utf8.DecodeRuneInString(words)
		words = string(unicode.ToUpper(r)) + words[size:]
	}
	return words
}

// lastWord is the word that a text ends with, with a space behind it.
func lastWord(s string) string {
	s, ok := strings.CutSuffix(s, " ")
	if !ok {
		return ""
	}
	return s[strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
}

// firstWord is the word that a text begins with, with a space before it.
func firstWord(s string) string {
	s, ok := strings.CutPrefix(s, " ")
	if !ok {
		return ""
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		s = s[:i]
	}
	return s
}

// sentenceRoom is how much of a sentence is shown on each side of a place, in
// bytes.
const sentenceRoom = 80

// sentenceEnd is where a sentence ends: at a space, so that an address of e-mail
// or a time stays whole.
var sentenceEnd = regexp.MustCompile(`[.!?]\s|\n`)

// sentence is a place in its sentence, as it is to be kept, on one line.
func (n *nudge) sentence(at int) (before, found, after string) {
	before, after = n.around(at)
	if ends := sentenceEnd.FindAllStringIndex(before, -1); ends != nil {
		before = before[ends[len(ends)-1][1]:]
	}
	if end := sentenceEnd.FindStringIndex(after); end != nil {
		after = strings.TrimRight(after[:end[1]], " \t\n")
	}
	if len(before) > sentenceRoom {
		before = before[len(before)-sentenceRoom:]
		before = "… " + before[strings.IndexByte(before, ' ')+1:]
	}
	if len(after) > sentenceRoom {
		after = after[:sentenceRoom]
		after = after[:max(strings.LastIndexByte(after, ' '), 0)] + " …"
	}
	oneLine := func(s string) string { return printable(strings.ToValidUTF8(oneRow(s), "")) }
	return strings.TrimLeft(oneLine(before), " "), oneLine(n.finds[at].found()), oneLine(after)
}
