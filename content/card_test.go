package content_test

import (
	"slices"
	"strings"
	"testing"

	"goodenough/content"
)

const front = "+++\ntitle = \"A card\"\nsources = [\"Somebody (2020)\"]\n+++\n"

func TestCard(t *testing.T) {
	l, problems := content.Load(folder("cards/a-card.md", front+`
First line of a *paragraph*
and its **second** line.
## A heading
After the heading.

- one `+"`item`"+`
- another that
  goes on
`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	c, _ := l.Card("a-card")
	want := []content.Block{
		{Kind: content.Paragraph, Text: "First line of a paragraph and its second line."},
		{Kind: content.Heading, Text: "A heading"},
		{Kind: content.Paragraph, Text: "After the heading."},
		{Kind: content.Item, Text: "one item"},
		{Kind: content.Item, Text: "another that goes on"},
	}
	if !slices.Equal(c.Blocks, want) {
		t.Errorf("\n got %v\nwant %v", c.Blocks, want)
	}
	if c.Title != "A card" || !slices.Equal(c.Sources, []string{"Somebody (2020)"}) {
		t.Errorf("title %q, sources %q", c.Title, c.Sources)
	}
}

func TestMistakesInACardAreNamedWithTheirLine(t *testing.T) {
	// The front matter ends on line 4, so "\n" + text puts text on line 6.
	tests := []struct {
		name, card, want string
	}{
		{"no front matter", "Just text.\n", "1: the card starts with its title between two lines of +++"},
		{"front matter without end", "+++\ntitle = \"A\"\n", "1: the card starts with its title between two lines of +++"},
		{"no title", "+++\nsources = [\"A\"]\n+++\ntext\n", `1: "title" is missing`},
		{"unknown key", "+++\ntitle = \"A\"\nauthor = \"B\"\n+++\ntext\n", `3: unknown key "author"`},
		{"no text", front + "\n\n", "4: the card has no text"},
		{"table", front + "\n| a | b |\n", "6: a card cannot show tables"},
		{"HTML", front + "\nSome <b>bold</b> words.\n", "6: a card cannot show HTML"},
		{"entity", front + "\nYou &amp; me.\n", "6: a card cannot show HTML; write the character itself"},
		{"link", front + "\nSee [here](https://example.org).\n", "6: a card cannot show links; write the address out"},
		{"picture", front + "\n![a cat](cat.png)\n", "6: a card cannot show pictures"},
		{"code", front + "\n```\n", "6: a card cannot show code"},
		{"indented", front + "\n    code\n", "6: this line is indented; text starts at the left"},
		{"numbers", front + "\n1. One\n", "6: a card cannot show numbered lists"},
		{"quotation", front + "\n> said\n", "6: a card cannot show quotations set apart"},
		{"other heading", front + "\n### Small\n", "6: a heading starts with ## and a space"},
		{"heading without text", front + "\n##\n", "6: a heading starts with ## and a space"},
		{"rule", front + "\n* * *\n", "6: a card cannot show rules"},
		{"other bullet", front + "\n* One\n", "6: an item starts with a hyphen and a space"},
		{"item in an item", front + "\n- One\n  - Two\n", "7: an item starts with a hyphen and a space"},
		{"hyphen without a space", front + "\n-One\n", "6: an item starts with a hyphen and a space"},
		{"underscores", front + "\nSome _stressed_ words.\n", "6: emphasis is written with * on both sides"},
		{"backslash", front + "\nA \\* star.\n", "6: a card cannot show a backslash"},
		{"only marks", front + "\n**\u00a0**\n", "6: there is nothing on this line but a mark"},
		{"escape sequence", front + "\nRed \x1b[31m text.\n", "6: the line holds a tab or a character that cannot be shown"},
		{"not UTF-8", front + "\nCaf\xe9.\n", " the text is not in UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := content.Load(folder("cards/a.md", tt.card))
			if len(problems) != 1 || problems[0].Error() != "cards/a.md:"+tt.want {
				t.Errorf("\n got %v\nwant cards/a.md:%s", problems, tt.want)
			}
		})
	}
}

func TestCardNeedsAPlainName(t *testing.T) {
	_, problems := content.Load(folder("cards/My card.md", front+"text\n"))
	want := "cards/My card.md: the file's name may have small letters, digits and hyphens only"
	if len(problems) != 1 || problems[0].Error() != want {
		t.Errorf("problems are %v, want %s", problems, want)
	}
}

// TestNoticesFitOnASmallScreen holds the two cards that stand before a first
// journal short enough to be read.
func TestNoticesFitOnASmallScreen(t *testing.T) {
	l, _ := content.Load(nil)
	for id, most := range map[string]int{"what-this-is": 14, "passphrase": 10} {
		c, ok := l.Card(id)
		if !ok {
			t.Errorf("there is no card %q", id)
		}
		if n := height(c, 60); n > most {
			t.Errorf("the card %q has %d lines, want at most %d", id, n, most)
		}
	}
}

// height is how many lines a card takes, with an empty one between blocks
// that are not both items.
func height(c content.Card, width int) int {
	lines := 0
	for i, b := range c.Blocks {
		if i > 0 && (b.Kind != content.Item || c.Blocks[i-1].Kind != content.Item) {
			lines++
		}
		room := width
		if b.Kind == content.Item {
			room -= len("- ")
		}
		lines++
		used := 0
		for _, word := range strings.Fields(b.Text) {
			if used > 0 && used+1+len(word) > room {
				lines++
				used = 0
			}
			if used > 0 {
				used++
			}
			used += len(word)
		}
	}
	return lines
}
