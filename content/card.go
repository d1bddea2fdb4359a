package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Card is a page to read: a notice, or a piece of theory with its source.
type Card struct {
	ID      string // the name of its file
	Title   string
	Sources []string
	Blocks  []Block
	Own     bool // from the person's own folder
}

// BlockKind is what a block of a card is.
type BlockKind int

// The kinds of block. A card for a terminal needs no more.
const (
	Paragraph BlockKind = iota
	Heading
	Item
)

// Block is a piece of a card's text, on one line and without marks.
type Block struct {
	Kind BlockKind
	Text string
}

// fence stands above and below the front matter of a card.
const fence = "+++"

// parseCard reads a card: front matter in TOML, then the small part of
// Markdown that a terminal shows as well as a web page does.
func parseCard(id string, data []byte, l *Library) (Card, error) {
	if !kebab.MatchString(id) {
		return Card{}, Problem{Message: "the file's name may have small letters, digits and hyphens only"}
	}
	if !utf8.Valid(data) {
		return Card{}, Problem{Message: "the text is not in UTF-8"}
	}
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
	}
	end := closing(lines)
	if end < 0 {
		return Card{}, Problem{Line: 1, Message: "the card starts with its title between two lines of " + fence}
	}

	c := Card{ID: id}
	if err := c.front(lines[:end], l); err != nil {
		return Card{}, err
	}
	if err := c.body(lines, end+1); err != nil {
		return Card{}, err
	}
	if c.Blocks == nil {
		return Card{}, Problem{Line: end + 1, Message: "the card has no text"}
	}
	return c, nil
}

// closing returns where the front matter ends, or -1 when there is none.
func closing(lines []string) int {
	if lines[0] != fence {
		return -1
	}
	for i, line := range lines[1:] {
		if line == fence {
			return i + 1
		}
	}
	return -1
}

func (c *Card) front(lines []string, l *Library) error {
	// An empty line in place of the fence keeps the line numbers right.
	front := "\n" + strings.Join(lines[1:], "\n")
	var f struct {
		Title   string   `toml:"title"`
		Sources []string `toml:"sources"`
	}
	ix, err := decode([]byte(front), &f)
	if err != nil {
		return err
	}
	if !ix.has("title") {
		return Problem{Line: 1, Message: `"title" is missing`}
	}
	c.Title, c.Sources = f.Title, f.Sources
	ck := check{index: ix}
	ck.sources("sources", f.Sources, l)
	return ck.first()
}

// marks are taken out of the text. A terminal has no italics to rely on.
var marks = strings.NewReplacer("*", "", "`", "")

func (c *Card) body(lines []string, start int) error {
	open := false // whether the next line goes on with the last block
	for i := start; i < len(lines); i++ {
		line := lines[i]
		if line == "" {
			open = false
			continue
		}
		if what := foreign(line, open); what != "" {
			return Problem{Line: i + 1, Message: what}
		}
		b := Block{Kind: Paragraph, Text: line}
		if text, ok := strings.CutPrefix(line, "## "); ok {
			b = Block{Kind: Heading, Text: text}
		} else if text, ok := strings.CutPrefix(line, "- "); ok {
			b = Block{Kind: Item, Text: text}
		}
		b.Text = strings.Join(strings.Fields(marks.Replace(b.Text)), " ")
		if b.Text == "" {
			return Problem{Line: i + 1, Message: "there is nothing on this line but a mark"}
		}
		if open && b.Kind == Paragraph {
			c.Blocks[len(c.Blocks)-1].Text += " " + b.Text
			continue
		}
		c.Blocks = append(c.Blocks, b)
		open = b.Kind != Heading
	}
	return nil
}

// foreigners are the parts of Markdown that a card cannot show. They are
// refused rather than shown raw: half a table is worse than none.
var foreigners = []struct {
	pattern *regexp.Regexp
	what    string
}{
	{regexp.MustCompile("^\\s*(```|~~~)"), "a card cannot show code"},
	{regexp.MustCompile(`^\s*#`), "a heading starts with ## and a space"},
	{regexp.MustCompile(`^\s*>`), "a card cannot show quotations set apart"},
	{regexp.MustCompile(`^\s*\d+[.)](\s|$)`), "a card cannot show numbered lists"},
	{regexp.MustCompile(`^\s*([-*_=]\s*){2,}$`), "a card cannot show rules"},
	{regexp.MustCompile(`^\s*([*+]\s|-\S|-$)|^\s+-`), "an item starts with a hyphen and a space"},
	{regexp.MustCompile(`\|`), "a card cannot show tables"},
	{regexp.MustCompile(`!\[`), "a card cannot show pictures"},
	{regexp.MustCompile(`\](\(|\[|:)`), "a card cannot show links; write the address out"},
	{regexp.MustCompile(`<[A-Za-z/!?]`), "a card cannot show HTML"},
	{regexp.MustCompile(`&#?\w+;`), "a card cannot show HTML; write the character itself"},
	{regexp.MustCompile(`\\`), "a card cannot show a backslash"},
	{regexp.MustCompile(`(^|\s)_+[^\s_]`), "emphasis is written with * on both sides"},
}

// foreign says what a line holds that a card cannot show; "" when there is
// nothing of the kind. A line that goes on with a block may be indented.
func foreign(line string, goesOn bool) string {
	if strings.ContainsFunc(line, unicode.IsControl) {
		return "the line holds a tab or a character that cannot be shown"
	}
	if strings.HasPrefix(line, " ") && !goesOn {
		return "this line is indented; text starts at the left"
	}
	line = strings.TrimPrefix(line, "## ")
	for _, f := range foreigners {
		if f.pattern.MatchString(line) {
			return f.what
		}
	}
	return ""
}
