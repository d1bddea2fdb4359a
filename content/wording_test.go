package content_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"goodenough/content"
)

// TestNothingIsOrderedOrPraised reads every built-in file whole, remarks
// included, so that no text can be missed.
func TestNothingIsOrderedOrPraised(t *testing.T) {
	never := []string{"close your eyes", "hold your breath", "you should", "you must", "!", "streak"}
	read := 0
	err := fs.WalkDir(os.DirFS("."), ".", func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if ext := path.Ext(file); ext != ".toml" && ext != ".md" {
			return nil
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		read++
		text := strings.ToLower(strings.Join(strings.Fields(string(data)), " "))
		for _, phrase := range never {
			if strings.Contains(text, phrase) {
				t.Errorf("%s says %q", file, phrase)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 6 {
		t.Errorf("only %d files were read", read)
	}
}

var sentenceEnd = regexp.MustCompile(`[.?]\s`)

func TestPromptsAreShort(t *testing.T) {
	l, _ := content.Load(nil)
	for _, g := range l.Guides() {
		for _, s := range g.Steps {
			said := append([]string{s.Prompt, s.Note, s.Line}, s.Lines...)
			for _, a := range s.Anchors {
				said = append(said, a.Lines...)
			}
			for _, text := range said {
				for _, sentence := range sentenceEnd.Split(text, -1) {
					if n := len(strings.Fields(sentence)); n > 25 {
						t.Errorf("%s, %s: %d words in %q", g.ID, s.ID, n, sentence)
					}
				}
			}
			if n := len(strings.Fields(s.Short)); n < 2 || n > 4 {
				t.Errorf("%s, %s: the short name %q has %d words", g.ID, s.ID, s.Short, n)
			}
		}
	}
}

// TestEveryQuestionOfTheCheckInGivesItsReason holds the promise that a person
// can ask why of what they are asked.
func TestEveryQuestionOfTheCheckInGivesItsReason(t *testing.T) {
	l, _ := content.Load(nil)
	g, _ := l.Guide("end-of-day")
	for _, s := range g.Steps {
		if s.Why == "" && s.ID != "close" {
			t.Errorf("the step %q does not say why", s.ID)
		}
	}
	if g.Evidence == "" || len(g.Sources) == 0 {
		t.Error("the guide does not say what it rests on")
	}
}
