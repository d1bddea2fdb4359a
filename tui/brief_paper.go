package tui

import (
	"cmp"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"goodenough/content"
	"goodenough/journal"
)

// A paper is what leaves the journal to be shown to somebody: exactly this, and
// nothing else. It is made once, from what was chosen, and then only written in
// one form or another.
type paper struct {
	title string
	day   time.Time
	parts []paperPart
	form  bool // the headings are the questions of a form
}

// A paperPart is a heading and what stands under it.
type paperPart struct {
	heading string
	items   []paperItem
}

// A paperItem is one thing, and what belongs to it.
type paperItem struct {
	text  string
	about string // may be empty
}

// empty reports whether nothing would leave.
func (p paper) empty() bool { return len(p.parts) == 0 }

// What is said of a paper with nothing on it.
const (
	nothingLeaves = "Nothing of this brief is shared, so nothing would leave. That is a way to use it too."
	nothingYetOn  = "Nothing is written in this draft yet, so nothing would leave."
)

// nothing says of a paper that there is nothing on it; "" when there is.
func (p paper) nothing() string {
	switch {
	case !p.empty():
		return ""
	case p.form:
		return nothingYetOn
	}
	return nothingLeaves
}

// newPaper makes the paper of a brief or of a draft of CPD.
func newPaper(l *content.Library, e journal.Entry) paper {
	if isCPD(e.Header) {
		return cpdPaper(l, e)
	}
	return briefPaper(e)
}

// briefPaper has the lines that are shared, by their sides. That there were
// others is not to be seen on it.
func briefPaper(e journal.Entry) paper {
	p := paper{title: "For supervision", day: e.Created}
	lines := briefLines(e)
	for _, side := range []string{"supportive", "educative", "administrative", ""} {
		part := paperPart{heading: sideHeading(side)}
		for _, l := range lines {
			if l.shared() && l.place() == side {
				part.items = append(part.items, l.item())
			}
		}
		if len(part.items) > 0 {
			p.parts = append(p.parts, part)
		}
	}
	return p
}

// place is the side under which a line stands; one that is not of the triangle,
// from an import, stands with those that are not sure.
func (l briefLine) place() string {
	if slices.Contains(content.Sides, l.side) {
		return l.side
	}
	return ""
}

// item is a line as it is shown: its words, and under them what it is for.
func (l briefLine) item() paperItem {
	about := "(" + forVerb(l.verb) + ")"
	switch want := l.wantWords(); {
	case l.text == "":
		return paperItem{text: want, about: about}
	case want != "":
		about += "\n" + want
	}
	return paperItem{text: l.text, about: about}
}

// wantWords says what is wanted of a line to the one it is wanted from.
func (l briefLine) wantWords() string {
	if l.want == "" {
		return ""
	}
	return "What I want from you is: " + l.want
}

// forVerb says a verb to somebody who has not chosen it.
func forVerb(verb string) string {
	switch verb {
	case "support":
		return "for support"
	case "think":
		return "to think about"
	}
	return "to " + verb
}

// sideHeading is how a side stands over its lines. A brief is read by somebody
// who may not know the triangle.
func sideHeading(side string) string {
	switch side {
	case "supportive":
		return "Support"
	case "educative":
		return "Learning"
	case "administrative":
		return "The work itself"
	}
	return "To talk about"
}

// leftEmpty stands in a field of a form that nothing was written in.
const leftEmpty = "(left empty)"

// cpdPaper has the fields of the form, in their order. One that was left empty
// says so: whoever copies the draft into the form sees what is to be done yet.
// Nothing of what was picked is on it but what was written.
func cpdPaper(l *content.Library, e journal.Entry) paper {
	p := paper{title: "Learning record, draft", day: e.Created, form: true}
	if e.Guide == cpdEngland {
		p.title = "CPD draft"
	}
	written := false
	g, _ := l.Guide(e.Guide)
	for _, s := range g.Steps {
		if s.Kind != content.Prompt {
			continue
		}
		a, _ := e.Answer(s.ID)
		written = written || a.Text != ""
		p.parts = append(p.parts, paperPart{heading: s.Prompt, items: []paperItem{{text: cmp.Or(a.Text, leftEmpty)}}})
	}
	if !written {
		p.parts = nil
	}
	return p
}

// The forms of a paper.
const (
	formText     = "text"
	formMarkdown = "markdown"
	formHTML     = "html"
)

// write writes the paper in a form.
func (p paper) write(w io.Writer, form string) error {
	text := p.text()
	switch form {
	case formMarkdown:
		text = p.markdown()
	case formHTML:
		text = p.html()
	}
	_, err := io.WriteString(w, text)
	return err
}

// marks stand before the first line of an item and before its others: the
// answers of a form are no list.
func (p paper) marks() (first, next string) {
	if p.form {
		return "", ""
	}
	return "- ", "  "
}

func (p paper) date() string { return p.day.Local().Format("2 January 2006") }

// text is the paper without marks.
func (p paper) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", p.title, p.date())
	for _, part := range p.parts {
		fmt.Fprintf(&b, "\n%s\n\n", part.heading)
		first, next := p.marks()
		for _, it := range part.items {
			for i, line := range it.lines() {
				mark := next
				if i == 0 {
					mark = first
				}
				fmt.Fprintln(&b, strings.TrimRight(mark+line, " "))
			}
		}
	}
	return b.String()
}

// lines are an item's words, line by line.
func (it paperItem) lines() []string {
	lines := strings.Split(it.text, "\n")
	if it.about != "" {
		lines = append(lines, strings.Split(it.about, "\n")...)
	}
	for i, l := range lines {
		lines[i] = printable(l)
	}
	return lines
}

// escapeMarkdown keeps what somebody wrote from being read as a mark.
var escapeMarkdown = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "#", `\#`, "<", `\<`, ">", `\>`, "[", `\[`, "]", `\]`, "|", `\|`)

// listMark is what at the start of a line makes a list, or a heading of the
// line above.
var listMark = regexp.MustCompile(`^(\s*\d*)([-+=.)])`)

// markdownLine is a line that reads as it was written.
func markdownLine(s string) string {
	return listMark.ReplaceAllString(escapeMarkdown.Replace(s), `$1\$2`)
}

func (p paper) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", p.title, p.date())
	for _, part := range p.parts {
		fmt.Fprintf(&b, "\n## %s\n\n", part.heading)
		for _, it := range part.items {
			lines := it.lines()
			for i, l := range lines {
				lines[i] = markdownLine(l)
			}
			first, next := p.marks()
			fmt.Fprintf(&b, "%s%s\n", first, strings.Join(lines, "  \n"+next)) // two spaces: the line ends here
		}
	}
	return b.String()
}

// paperStyle is all that the page needs: it asks for nothing from anywhere.
const paperStyle = `
@page { size: A4; margin: 20mm }
body { font: 11.5pt/1.5 Georgia, "Times New Roman", serif; color: #222; background: #fff; max-width: 42em; margin: 2.5em auto; padding: 0 1.5em }
h1 { font-size: 1.5em; font-weight: normal; margin: 0 }
h2 { font-size: 1em; margin: 1.8em 0 .4em; padding-top: .5em; border-top: 1px solid #bbb; break-after: avoid }
p { margin: 0; color: #555 }
.field { color: inherit }
ul { margin: 0; padding-left: 1.2em }
li { margin: 0 0 .7em; break-inside: avoid }
li span { display: block; color: #444 }
@media print { body { margin: 0; padding: 0; max-width: none } }
`

// html is the paper as one page that needs nothing else, without scripts.
func (p paper) html() string {
	var b strings.Builder
	esc := func(s string) string {
		return strings.ReplaceAll(html.EscapeString(printableLines(s)), "\n", "<br>\n")
	}
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
	fmt.Fprintf(&b, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
	fmt.Fprintf(&b, "<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n<h1>%s</h1>\n<p>%s</p>\n", esc(p.title), paperStyle, esc(p.title), p.date())
	for _, part := range p.parts {
		fmt.Fprintf(&b, "<h2>%s</h2>\n", esc(part.heading))
		if p.form {
			for _, it := range part.items {
				fmt.Fprintf(&b, "<p class=\"field\">%s</p>\n", esc(it.text))
			}
			continue
		}
		b.WriteString("<ul>\n")
		for _, it := range part.items {
			fmt.Fprintf(&b, "<li>%s", esc(it.text))
			if it.about != "" {
				fmt.Fprintf(&b, "<span>%s</span>", esc(it.about))
			}
			b.WriteString("</li>\n")
		}
		b.WriteString("</ul>\n")
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}
