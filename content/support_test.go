package content_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"goodenough/content"
)

// needs is the order of what people may look for: the worst first.
var needs = []string{
	"In danger now", "The police, not urgent", "A mental-health crisis", "Someone to listen",
	"For social workers", "Raising a concern", "After a crime", "Money",
}

func TestWhereToTurnInEachNation(t *testing.T) {
	l, _ := content.Load(nil)
	var ids []string
	for _, n := range l.Nations() {
		ids = append(ids, n.ID)
		var got []string
		for _, s := range l.Support(n.ID) {
			if len(got) == 0 || got[len(got)-1] != s.Need {
				got = append(got, s.Need)
			}
		}
		want := needs
		if n.ID == "northern-ireland" { // nothing was found there
			want = slices.DeleteFunc(slices.Clone(needs), func(s string) bool { return s == "After a crime" })
		}
		if !slices.Equal(got, want) {
			t.Errorf("in %s are %q", n.ID, got)
		}
	}
	if want := []string{"england", "wales", "scotland", "northern-ireland"}; !slices.Equal(ids, want) {
		t.Errorf("the nations are %v", ids)
	}
	if first := l.Support("scotland")[0]; first.How != "999" {
		t.Errorf("%q comes first", first.How)
	}
	if n := l.Nation("atlantis"); n.ID != "england" {
		t.Errorf("without a choice it is %q", n.ID)
	}
}

var digits = regexp.MustCompile(`\d{3}`)

func TestEveryLineSaysWhereItComesFrom(t *testing.T) {
	l, _ := content.Load(nil)
	for _, n := range l.Nations() {
		for _, s := range l.Support(n.ID) {
			if len(s.Sources) == 0 {
				t.Errorf("%s names no source", s.ID)
			}
			// Pages differ on Mind's number, so there is to be none.
			if s.ID == "mind" && digits.MatchString(s.How+s.About) {
				t.Errorf("a number of Mind's: %q", s.How)
			}
			for _, source := range l.Cited(s.Sources) {
				if s.Unsure == "" && strings.HasPrefix(source.Read, "not read") {
					t.Errorf("%s rests on what was not read, and does not say so", s.ID)
				}
			}
		}
	}
}

const ownSupport = `[[lines]]
id      = "eap"
need    = "Someone to listen"
name    = "Our assistance line"
how     = "extension 4"
checked = "2026-11-01"

[[lines]]
id      = "police"
need    = "The police, not urgent"
name    = "The officer for our patch"
how     = "extension 5"
nations = ["wales"]
checked = "2026-11-01"
`

// ownNeed is a line for something that no other line is for.
const ownNeed = `[[lines]]
id      = "duty"
need    = "Our own team"
name    = "Duty desk"
how     = "extension 6"
checked = "2026-11-01"
`

// Danger comes first, whatever is added; one's own line is the first for what it
// is for, and each need is one group.
func TestOwnLinesComeFirstAfterDanger(t *testing.T) {
	l, problems := content.Load(folder("support.toml", ownSupport+ownNeed))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for nation, want := range map[string][]string{"wales": {"emergency", "police", "duty", "crisis-wales", "eap", "samaritans"}, "england": {"emergency", "duty", "crisis-england", "eap", "samaritans"}} {
		if got := ids(l.Support(nation), func(s content.Support) string { return s.ID }); !slices.Equal(got[:len(want)], want) {
			t.Errorf("in %s %v come first", nation, got)
		}
	}
	for _, nation := range []string{"", "wales", "england"} {
		needs := ids(l.Support(nation), func(s content.Support) string { return s.Need })
		if groups := len(slices.Compact(slices.Clone(needs))); groups != len(slices.Compact(slices.Sorted(slices.Values(needs)))) {
			t.Errorf("in %q a need is there twice: %v", nation, needs)
		}
	}
}

// A nation that is written anew stays one nation.
func TestOwnNationTakesThePlaceOfABuiltIn(t *testing.T) {
	was, _ := content.Load(nil)
	l, problems := content.Load(folder("support.toml", "[[nations]]\nid = \"wales\"\nlabel = \"Cymru\"\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	id := func(n content.Nation) string { return n.ID }
	if got := ids(l.Nations(), id); !slices.Equal(got, ids(was.Nations(), id)) || l.Nation("wales").Label != "Cymru" {
		t.Errorf("there are %v", got)
	}
}

func TestMistakesInSupportAreNamedWithTheirLine(t *testing.T) {
	tests := []struct {
		name, old, new, want string
	}{
		{"unknown key", "how     = \"extension 4\"", "phone   = \"extension 4\"", `support.toml:5: unknown key "phone"`},
		{"no way to get there", "how     = \"extension 4\"\n", "", `support.toml:2: "how" is missing`},
		{"no date", "checked = \"2026-11-01\"\n\n", "\n", `support.toml:2: "checked" is missing`},
		{"a date like another", `"2026-11-01"`, `"1.11.2026"`, `support.toml:6: a day is written like 2026-11-22`},
		{"a nation that is not there", `["wales"]`, `["wales", "kernow"]`, `support.toml:13: there is no nation "kernow"`},
		{"id twice", `"police"`, `"eap"`, `support.toml:9: the id "eap" is used twice`},
		{"a source that is not there", "nations = [\"wales\"]", "sources = [\"patch\"]", `support.toml:13: there is no source "patch" in sources.toml`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, problems := content.Load(folder("support.toml", strings.Replace(ownSupport, tt.old, tt.new, 1)))
			if len(problems) != 1 || problems[0].Error() != tt.want {
				t.Errorf("\n got %v\nwant %s", problems, tt.want)
			}
			if l.Support("england")[0].How != "999" {
				t.Error("a broken file of one's own costs the built-in lines")
			}
		})
	}
}
