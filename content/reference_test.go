package content_test

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"testing"

	"goodenough/content"
)

// reference is whatever names sources: a guide, a practice, a card and so on.
type reference struct {
	name    string
	sources []string
	texts   []string // where studies are cited
}

func references(l *content.Library) []reference {
	var all []reference
	for _, g := range l.Guides() {
		texts := []string{g.Helps, g.Leave, g.Evidence}
		for _, s := range g.Steps {
			texts = append(texts, s.Note, s.Why)
		}
		all = append(all, reference{"guide " + g.ID, g.Sources, texts})
	}
	for _, p := range l.Practices() {
		all = append(all, reference{"practice " + p.ID, p.Sources, []string{p.Helps, p.Leave, p.Evidence, p.Before}})
	}
	for _, c := range l.Cards() {
		var texts []string
		for _, b := range c.Blocks {
			texts = append(texts, b.Text)
		}
		all = append(all, reference{"card " + c.ID, c.Sources, texts})
	}
	for _, n := range l.Nations() {
		for _, s := range l.Support(n.ID) {
			all = append(all, reference{"support " + s.ID, s.Sources, []string{s.About, s.Unsure}})
		}
	}
	for _, term := range l.Terms() {
		all = append(all, reference{"term " + term.ID, term.Sources, []string{term.Gloss}})
	}
	return all
}

func TestEverySourceIsUsedAndEveryOneNamedIsThere(t *testing.T) {
	l, _ := content.Load(nil)
	used := make(map[string]bool)
	for _, r := range references(l) {
		for i, id := range r.sources {
			used[id] = true
			if !slices.ContainsFunc(l.Sources(), func(s content.Source) bool { return s.ID == id }) {
				t.Errorf("%s: %q is not in sources.toml", r.name, id)
			}
			if slices.Contains(r.sources[:i], id) {
				t.Errorf("%s names %q twice", r.name, id)
			}
		}
	}
	for _, s := range l.Sources() {
		if !used[s.ID] {
			t.Errorf("nothing rests on the source %q", s.ID)
		}
	}
}

func TestSourcesStandByAuthor(t *testing.T) {
	l, _ := content.Load(nil)
	author := func(a, b content.Source) int {
		return cmp.Compare(strings.ToLower(a.Cite), strings.ToLower(b.Cite))
	}
	sources := l.Sources()
	for i := 1; i < len(sources); i++ {
		if author(sources[i-1], sources[i]) >= 0 {
			t.Errorf("%q stands after %q", sources[i].Cite, sources[i-1].Cite)
		}
	}
}

var (
	brackets = regexp.MustCompile(`\(([^()]*)\)`)
	anyYear  = regexp.MustCompile(`\b(19|20)\d\d\b`)
	onlyYear = regexp.MustCompile(`^(19|20)\d\d$`)
	unround  = strings.NewReplacer("(", "", ")", "")
)

// uncited are the citations in a text that none of the sources answers to. A
// text cites as in "Gilbert (2009)" or as in "(Gilbert 2009; Ford et al. 2018:
// what is cited)".
func uncited(text string, sources []content.Source) []string {
	var out []string
	for _, m := range brackets.FindAllStringSubmatchIndex(text, -1) {
		inside := text[m[2]:m[3]]
		switch {
		case onlyYear.MatchString(inside):
			named := func(s content.Source) bool { return strings.HasSuffix(text[:m[1]], s.Cite) }
			if !slices.ContainsFunc(sources, named) {
				out = append(out, text[max(0, m[0]-20):m[1]])
			}
		case anyYear.MatchString(inside):
			for part := range strings.SplitSeq(inside, ";") {
				part, _, _ = strings.Cut(strings.TrimSpace(part), ":")
				named := func(s content.Source) bool { return unround.Replace(s.Cite) == part }
				if !slices.ContainsFunc(sources, named) {
					out = append(out, part)
				}
			}
		}
	}
	return out
}

// TestWhatIsCitedIsNamed holds that nobody is told of a study without being
// able to look it up.
func TestWhatIsCitedIsNamed(t *testing.T) {
	l, _ := content.Load(nil)
	for _, r := range references(l) {
		for _, text := range r.texts {
			for _, c := range uncited(text, l.Cited(r.sources)) {
				t.Errorf("%s cites %q, which is not among its sources", r.name, c)
			}
		}
	}
}

// TestUncited shows that the check above sees what it is there for.
func TestUncited(t *testing.T) {
	sources := []content.Source{{Cite: "Ford et al. (2018)"}, {Cite: "Gilbert (2009)"}}
	tests := []struct {
		text string
		want []string
	}{
		{"Gilbert (2009) says so.", nil},
		{"It is so (Gilbert 2009; Ford et al. 2018: 9 people).", nil},
		{"Five things (5-4-3-2-1), (or none).", nil},
		{"Gilbert (2010) says so.", []string{"Gilbert (2010)"}},
		{"It is so (Gilbert 2009; Ford 2018).", []string{"Ford 2018"}},
	}
	for _, tt := range tests {
		if got := uncited(tt.text, sources); !slices.Equal(got, tt.want) {
			t.Errorf("in %q %q are not cited, want %q", tt.text, got, tt.want)
		}
	}
}

// TestWhatIsPractisedSaysWhatItRestsOn covers the practices, the guides that
// are one, and the guide for after harm.
func TestWhatIsPractisedSaysWhatItRestsOn(t *testing.T) {
	l, _ := content.Load(nil)
	for _, p := range l.Practices() {
		if p.Helps == "" || p.Leave == "" || p.Evidence == "" || len(p.Sources) == 0 {
			t.Errorf("the practice %q does not say when it helps, when to leave it or what it rests on", p.ID)
		}
	}
	for _, g := range l.Guides() {
		if g.Kind == "practice" && !g.Ask && g.ID != afterPractice {
			t.Errorf("the guide %q keeps what was written without asking", g.ID)
		}
		if g.Kind != "practice" && g.ID != "after-harm" {
			continue
		}
		if g.Leave == "" || g.Evidence == "" || len(g.Sources) == 0 {
			t.Errorf("the guide %q does not say when to leave it or what it rests on", g.ID)
		}
		for _, s := range g.Steps {
			if s.Why == "" && s.ID != "close" {
				t.Errorf("%s, %s: it does not say why", g.ID, s.ID)
			}
		}
	}
}

func TestAPlainTextIsItsOwnSource(t *testing.T) {
	l, _ := content.Load(nil)
	got := l.Cited([]string{"gilbert-2009", "Our team's away day, 2026"})
	if len(got) != 2 || got[0].Cite != "Gilbert (2009)" || got[1].Text != "Our team's away day, 2026" {
		t.Errorf("cited are %+v", got)
	}
}
