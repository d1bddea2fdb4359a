package tui

import "goodenough/tui/pattern"

// patterns says the patterns of a period in words, one at a time.
func (p *plainMode) patterns() error {
	var periods []string
	for _, period := range pattern.Periods {
		periods = append(periods, period.String())
	}
	n, err := p.pick("How far back?", periods, "A number, or Enter to go back: ")
	if err != nil || n < 0 {
		return stopped(err)
	}
	r := pattern.Read(p.journal, pattern.Words(p.library), pattern.Periods[n], p.now().Local())
	sections := r.Sections()
	p.say(r.Summary() + ".")
	p.say(pattern.Legend)
	var names []string
	for _, s := range sections {
		names = append(names, s.Title+", "+s.Count())
	}
	for {
		n, err := p.pick("Which one?", names, "A number, or Enter to go back: ")
		if err != nil || n < 0 {
			return stopped(err)
		}
		for _, line := range sections[n].Text() {
			p.say(line)
		}
	}
}
