package tui

import (
	"slices"
	"testing"
)

func TestNamesAreLookedOutForAndAliasesLeft(t *testing.T) {
	d := home(t, 80, 24).press(",").set("Names to look out for", 1).sees("Names and words that you would want to be told of")
	d.write("Bramblegate").press("enter").sees("What you write instead", "↓ the Harbour family").press("down", "down").sees("> the Meadow family").press("enter")
	d.write("the blue door").press("enter", "enter", "enter").sees("Names to look out for 2")
	d = d.reopen().press("n").write("bramblegate's mum at the blue door").press("tab")
	d.sees("‹bramblegate›", "a word from your own list", "the Meadow family").press("down").sees("› the Meadow family").press("enter")
	d.sees("‹the blue door›", "This may be").press("enter").keptText("The Meadow family's mum at the blue door")
	// An alias is no finding.
	d.press("enter", "n").write("The Meadow family, and the Meadow mum.").press("tab").sees("That is kept")
	// One alias is one family.
	d.press("enter", ",").set("Names to look out for", 1).write("x").press("enter").sees("↓ the Harbour family · the Copper family")
}

func TestAnAliasIsFoundInAName(t *testing.T) {
	d := home(t, 80, 24)
	d.app.settings.Names = []nameAlias{{"Marsh", "the Harbour family"}, {"Zoe", ""}, {"Tapiwa Ncube", "the Slate family"}}
	for text, want := range map[string]string{"Kayleigh Marsh": "the Harbour family", "MARSH": "the Harbour family", "Marshall": "", "Zoë": "", "": "",
		"Tapiwa": "the Slate family", "ncube": "the Slate family", "Tap": "", "Tapiwa Marsh": "the Harbour family"} {
		if got := d.app.alias(text); got != want {
			t.Errorf("%q has the alias %q", text, got)
		}
	}
}

// What is half written outlives a lock and the end.
func TestNamesSurviveALock(t *testing.T) {
	for _, end := range []string{"ctrl+l", "ctrl+c"} {
		d := home(t, 80, 24).press(",").set("Names to look out for", 1).write("Quernstone").press("enter").write("Whin").press(end)
		if end == "ctrl+l" {
			d.sees("Your passphrase")
		}
		if got := d.reopen().app.settings.Names; !slices.Equal(got, []nameAlias{{"Quernstone", "Whin"}}) {
			t.Errorf("after %s: %+v", end, got)
		}
	}
}
