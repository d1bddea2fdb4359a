package content_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"goodenough/content"
)

func TestOffersAreShortAndEachIsThereOnce(t *testing.T) {
	l, _ := content.Load(nil)
	lists := [][]string{l.Tags(), l.Aliases()}
	for _, kind := range []string{"name", "initials", "age", "birth", "date", "postcode", "address", "phone", "email", "nhs", "ni", "vehicle", "reference", "place", "handle", "own"} {
		lists = append(lists, l.InPlaceOf(kind))
	}
	for _, list := range lists {
		if len(list) < 2 {
			t.Errorf("a choice of %q is none", list)
		}
		for i, words := range list {
			if len(words) > 24 || words != strings.TrimSpace(words) || strings.Contains(words, ",") || slices.Contains(list[:i], words) {
				t.Errorf("%q in %q", words, list)
			}
		}
	}
	if got := l.InPlaceOf("nonsense"); got != nil {
		t.Errorf("%q stands for nothing", got)
	}
}

// An alias says nothing of the family: no initials, and no word that is a name.
func TestAliasesAreNeutral(t *testing.T) {
	l, _ := content.Load(nil)
	shape := regexp.MustCompile(`^the [A-Z][a-z]{4,} family$`)
	first := make(map[byte]bool)
	for _, a := range l.Aliases() {
		if !shape.MatchString(a) {
			t.Errorf("%q", a)
		}
		first[a[len("the ")]] = true
	}
	if len(first) < 8 {
		t.Errorf("the aliases begin with %d letters", len(first))
	}
}
