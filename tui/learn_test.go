package tui

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"goodenough/content"
)

// What there is to read stands by its title, and Enter on a card goes to the
// beginning of the guide that it names; a card that names none leads back.
func TestACardOpensWhatItNames(t *testing.T) {
	d := home(t, 80, 40).press("l")
	l := d.app.top().(*learnScreen)
	titles := make([]string, l.titled)
	for i := range titles {
		titles[i] = strings.ToLower(l.cards[i].Title)
	}
	if !slices.IsSorted(titles) {
		t.Errorf("the order is %q", titles)
	}
	for l.cards[l.focus].Title != "Kadushin's triangle" {
		d.press("down")
	}
	d.press("enter").sees("Guide: Supervision", "enter to its beginning").press("enter").sees("Supervision", "10 minutes", "enter begin")
	d.press("esc").sees("Guide: Supervision").press("esc", "end", "enter").sees("Sources").misses("its beginning").press("enter").sees("Learn")
}

func TestPlainCardOpensWhatItNames(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartHome
	cards := newLearn(newSession(p.opts)).cards
	n := slices.IndexFunc(cards, func(c content.Card) bool { return strings.HasPrefix(c.Title, "Kadushin") })
	p.types("8", strconv.Itoa(n+1), "begin").says("1 of 10. Which of these")
}
