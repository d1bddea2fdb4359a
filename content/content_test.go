package content_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"goodenough/content"
)

// mine is an own guide without a mistake, for tests to break one line of.
const mine = `id      = "mine"
title   = "Mine"
kind    = "reflection"
minutes = 3
helps   = "After duty."
closing = "Kept."

[brief]
minutes = 1
steps   = ["said"]

[[steps]]
id     = "said"
kind   = "prompt"
short  = "What was said"
prompt = "What was said?"

[[steps]]
id     = "felt"
kind   = "choice"
short  = "What was felt"
prompt = "What was felt?"
words  = "feelings"

[[steps]]
id      = "rest"
kind    = "pause"
short   = "A rest"
prompt  = "A rest."
seconds = 10
lines   = ["Nothing to do."]
`

// folder is an own folder made of pairs of name and text.
func folder(pairs ...string) fs.FS {
	files := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		files[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return files
}

func TestBuiltInContentHasNoProblems(t *testing.T) {
	l, problems := content.Load(nil)
	for _, p := range problems {
		t.Error(p)
	}
	if len(l.Guides()) == 0 || len(l.Cards()) == 0 {
		t.Errorf("%d guides and %d cards", len(l.Guides()), len(l.Cards()))
	}
}

func TestOwnContentIsAdded(t *testing.T) {
	builtIn, _ := content.Load(nil)
	l, problems := content.Load(folder(
		"guides/mine.toml", mine,
		"cards/duty-desk.md", "+++\ntitle = \"Duty desk\"\n+++\nThe desk is on the second floor.\n",
		"guides/remarks.txt", "not a guide",
	))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	guides := l.Guides()
	if n := len(builtIn.Guides()); len(guides) != n+1 || guides[n].ID != "mine" || !guides[n].Own {
		t.Errorf("the own guide does not follow the %d built-in ones", n)
	}
	for _, g := range builtIn.Guides() {
		if g.Own {
			t.Errorf("the built-in guide %q says that it is a person's own", g.ID)
		}
	}
	c, ok := l.Card("duty-desk")
	if !ok || !c.Own || c.Title != "Duty desk" {
		t.Errorf("Card(duty-desk) = %+v, %v", c, ok)
	}
}

func TestOwnContentReplacesByID(t *testing.T) {
	builtIn, _ := content.Load(nil)
	l, problems := content.Load(folder(
		"guides/ours.toml", strings.Replace(mine, `"mine"`, `"end-of-day"`, 1),
		"cards/passphrase.md", "+++\ntitle = \"Ask Sam\"\n+++\nSam knows.\n",
	))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if g, ok := l.Guide("end-of-day"); !ok || g.Title != "Mine" || !g.Own {
		t.Errorf("Guide(end-of-day) = %q, own %v", g.Title, g.Own)
	}
	if c, _ := l.Card("passphrase"); c.Title != "Ask Sam" {
		t.Errorf("Card(passphrase) = %q", c.Title)
	}
	if len(l.Guides()) != len(builtIn.Guides()) || len(l.Cards()) != len(builtIn.Cards()) {
		t.Error("a replaced guide or card is still there beside the new one")
	}
}

func TestOwnFeelingsReachTheBuiltInGuides(t *testing.T) {
	l, problems := content.Load(folder("feelings.toml", `[[groups]]
id = "not-sure"
label = "not sure"
words = ["not sure"]

[[groups]]
id = "welsh"
label = "in Welsh"
words = ["hiraeth"]
`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	g, _ := l.Guide("end-of-day")
	groups := g.Steps[1].Groups
	if len(groups) != 2 || groups[1].Words[0].ID != "hiraeth" {
		t.Errorf("the check-in offers %+v", groups)
	}
}

func TestBrokenFileLeavesTheRest(t *testing.T) {
	builtIn, _ := content.Load(nil)
	l, problems := content.Load(folder(
		"guides/a.toml", "id = \"a\"\ntitel = \"A\"\n",
		"guides/b.toml", mine,
		"guides/end-of-day.toml", "id = \"end-of-day\"\n",
		"cards/broken.md", "no title\n",
		"feelings.toml", "groups = 3\n",
	))
	want := []string{
		`feelings.toml:1: "groups" takes keys of its own, under brackets`,
		`cards/broken.md:1: the card starts with its title between two lines of +++`,
		`guides/a.toml:2: unknown key "titel"`,
		`guides/end-of-day.toml:1: "title" is missing`,
	}
	if len(problems) != len(want) {
		t.Fatalf("problems are %v", problems)
	}
	for i, p := range problems {
		if p.Error() != want[i] {
			t.Errorf("problem %d is %q, want %q", i, p, want[i])
		}
	}
	if _, ok := l.Guide("mine"); !ok {
		t.Error("the own guide without a mistake is missing")
	}
	if g, ok := l.Guide("end-of-day"); !ok || g.Own || len(g.Steps) < 2 {
		t.Error("the built-in check-in is gone because an own one is broken")
	}
	if len(l.Words("feelings")) != len(builtIn.Words("feelings")) {
		t.Error("the built-in feelings are gone because the own ones are broken")
	}
}

func TestTwoOwnGuidesWithOneID(t *testing.T) {
	l, problems := content.Load(folder(
		"guides/a.toml", mine,
		"guides/b.toml", "# A copy.\n"+strings.Replace(mine, "Mine", "Other", 1),
	))
	want := `guides/b.toml:2: the id "mine" is already used in guides/a.toml`
	if len(problems) != 1 || problems[0].Error() != want {
		t.Errorf("problems are %v, want %s", problems, want)
	}
	if g, _ := l.Guide("mine"); g.Title != "Mine" {
		t.Errorf("the guide is %q, want the first of the two", g.Title)
	}
}

// shut is a folder that may not be looked into.
type shut struct{}

func (shut) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestOwnFolderThatCannotBeRead(t *testing.T) {
	l, problems := content.Load(shut{})
	if len(problems) == 0 || !strings.Contains(problems[0].Message, "cannot be read") {
		t.Errorf("problems are %v", problems)
	}
	if _, ok := l.Guide("end-of-day"); !ok {
		t.Error("the built-in check-in is gone")
	}
}

func TestOwnFolderThatIsNotThere(t *testing.T) {
	_, problems := content.Load(os.DirFS(t.TempDir() + "/nowhere"))
	if len(problems) > 0 {
		t.Errorf("problems are %v", problems)
	}
}

func TestUnknownNames(t *testing.T) {
	l, _ := content.Load(nil)
	if g, ok := l.Guide("nope"); ok {
		t.Errorf("Guide(nope) = %q", g.ID)
	}
	if c, ok := l.Card("nope"); ok {
		t.Errorf("Card(nope) = %q", c.ID)
	}
	if groups := l.Words("nope"); groups != nil {
		t.Errorf("Words(nope) = %v", groups)
	}
}

// documented returns the example under a heading of the package's
// documentation.
func documented(t *testing.T, heading string) string {
	t.Helper()
	source, err := os.ReadFile("content.go")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(source), "// # "+heading+"\n")
	if !found {
		t.Fatalf("there is no heading %q", heading)
	}
	text, _, _ = strings.Cut(text, "// # ")
	var example strings.Builder
	for line := range strings.Lines(text) {
		if code, ok := strings.CutPrefix(line, "//\t"); ok {
			example.WriteString(code)
		}
	}
	return example.String()
}

// TestDocumentedExamples loads what the package's documentation shows: an
// example that does not work is worse than none.
func TestDocumentedExamples(t *testing.T) {
	l, problems := content.Load(folder(
		"guides/after-court.toml", documented(t, "A guide"),
		"practices/corridor.toml", documented(t, "A practice"),
		"support.toml", documented(t, "Places to turn to"),
	))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if g, ok := l.Guide("after-court"); !ok || len(g.Steps) != 3 {
		t.Errorf("the documented guide has %d steps", len(g.Steps))
	}
	if p, ok := l.Practice("corridor"); !ok || len(p.Phases) != 3 || len(p.Paces) != 1 {
		t.Errorf("the documented practice has %d phases", len(p.Phases))
	}
	if !slices.ContainsFunc(l.Support("england"), func(s content.Support) bool { return s.ID == "our-assistance-line" }) {
		t.Error("the documented place to turn to is not there")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(mine))
	f.Add([]byte(walk))
	f.Add([]byte(ownSupport))
	f.Add([]byte("[steps]\nid = \"a\"\nkind = \"share\"\n"))
	f.Add([]byte("brief.steps = [\"a\"]\nsteps = [{id = \"a\", kind = \"scale\", marks = [{value = 3}]}]\n"))
	f.Add([]byte("[[groups]]\nid = \"not-sure\"\nwords = [\"a\", \"a\"]\nseeds = [\"b\"]\n"))
	f.Add([]byte("+++\ntitle = \"A\"\n+++\n## B\n- c\n  d\n\n*e*\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text := string(data)
		own := folder("guides/a.toml", text, "practices/a.toml", text, "cards/a.md", text,
			"feelings.toml", text, "support.toml", text)
		l, problems := content.Load(own)
		lines := strings.Count(text, "\n") + 1
		for _, p := range problems {
			if p.Line < 0 || p.Line > lines || p.File == "" || p.Message == "" {
				t.Errorf("a problem that points nowhere: %+v", p)
			}
		}
		for _, g := range l.Guides() {
			if g.Own && (g.ID == "" || len(g.Steps) == 0) {
				t.Errorf("a guide without id or steps was accepted: %+v", g)
			}
		}
	})
}
