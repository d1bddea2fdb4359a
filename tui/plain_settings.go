package tui

import (
	"fmt"
	"slices"
	"strings"

	"goodenough/journal"
)

// choose offers the settings that are of use one line at a time, until it is
// enough. Each is kept when it is made.
func (p *plainMode) choose() error {
	for {
		s := &p.settings
		turn := func(at *bool) func() error {
			return func() error { *at = !*at; p.store(); return nil }
		}
		length := "the whole one"
		if s.Brief {
			length = "the short one"
		}
		ways := []plainWay{
			{"where to turn, in: " + p.nationName(s.Nation), p.chooseNation},
			{fmt.Sprintf("your own numbers: %d", len(s.Lines)), func() error { return p.pairs(newLines(p.session)) }},
			{"look for names before keeping: " + onOff(!s.SkipNames), turn(&s.SkipNames)},
			{fmt.Sprintf("names to look out for: %d", len(s.Names)), func() error { return p.pairs(newNames(p.session)) }},
			{"the check-in is: " + length, turn(&s.Brief)},
		}
		if g, ok := p.session.guide(string(StartCheckIn)); ok {
			ways = append(ways, plainWay{"what the whole check-in asks", func() error { return p.chooseSteps(g) }})
		}
		p.say("")
		n, err := p.pickWay("Settings.", ways, "A number, or Enter to go back: ")
		if err != nil || n < 0 {
			return stopped(err)
		}
		if err := stopped(ways[n].open()); err != nil {
			return err
		}
	}
}

func (s *session) nationName(id string) string {
	if id == "" {
		return "all nations"
	}
	return s.library.Nation(id).Label
}

// chooseNation takes whose places to turn to are said.
func (p *plainMode) chooseNation() error {
	ids := p.nations()
	var names []string
	for _, id := range ids {
		names = append(names, p.nationName(id))
	}
	n, err := p.pick("Where to turn, in:", names, "A number, or Enter for "+p.nationName(p.settings.Nation)+": ")
	if err != nil || n < 0 {
		return err
	}
	p.settings.Nation = ids[n]
	p.store()
	return nil
}

// pairs takes the pairs of a page, one line at a time, until it is enough. Each
// is kept before the next is asked for.
func (p *plainMode) pairs(page *pairsScreen) error {
	items := page.saved
	p.say(page.intro)
	for {
		names := []string{"add one"}
		for _, it := range items {
			names = append(names, pairWords(it))
		}
		n, err := p.pick(page.place+".", names, "A number to add or to change, or Enter to go back: ")
		if err != nil || n < 0 {
			return err
		}
		if n == 0 {
			items, err = p.addPair(page, items)
		} else {
			items, err = p.changePair(items, n-1)
		}
		page.store(items) // what was typed before stop as well
		p.store()
		if err != nil {
			return err
		}
	}
}

func pairWords(it journal.Item) string {
	return printable(strings.TrimSuffix(it.Text+": "+it.When, ": "))
}

func (p *plainMode) addPair(page *pairsScreen, items []journal.Item) ([]journal.Item, error) {
	text, err := p.read(page.field.thing.label + " ")
	if err != nil || text == "" {
		return items, err
	}
	if such := page.field.step.Whens; len(such) > 0 {
		p.say("Such as " + strings.Join(such[:min(len(such), 3)], ", ") + ".")
	}
	when, err := p.read(page.field.when.label + " ")
	return append(slices.Clone(items), journal.Item{Text: text, When: when}), err
}

func (p *plainMode) changePair(items []journal.Item, at int) ([]journal.Item, error) {
	it := items[at]
	var err error
	for _, words := range []*string{&it.Text, &it.When} {
		p.say("Now: " + printable(*words))
		if *words, err = p.reworded(*words); err != nil {
			return items, err
		}
		if it.Text == "" {
			return slices.Delete(slices.Clone(items), at, at+1), nil
		}
	}
	items = slices.Clone(items)
	items[at] = it
	return items, nil
}
