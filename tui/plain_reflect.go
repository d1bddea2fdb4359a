package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"goodenough/content"
	"goodenough/journal"
)

// reflect goes to a guide of reflection, or asks which one.
func (p *plainMode) reflect(id string) error {
	if g, ok := p.session.guide(id); ok {
		return stopped(p.begin(g, false))
	}
	return stopped(p.chooseReflection())
}

// chooseReflection asks for the filters, and then for one of what is left.
func (p *plainMode) chooseReflection() error {
	r := newReflect(p.session)
	for i, question := range [filterCount]string{"How much time do you have?", "What is with you?", "Through which lens?"} {
		values := r.values(i)[1:]
		names := make([]string, len(values))
		for n, v := range values {
			names[n] = filterWords(i, v)
		}
		n, err := p.pick(question, names, "A number, or Enter for "+filterWords(i, "")+": ")
		if err != nil {
			return err
		}
		if n >= 0 {
			r.filters[i] = values[n]
		}
	}
	r.gather()
	if r.none {
		p.say(nothingFits)
	}
	var names []string
	for _, it := range r.items {
		name := it.title
		if lengths := r.lengths(it.guide); it.way == toGuide && len(lengths) > 0 {
			name += ", " + minutesWords(lengths)
		}
		if it.shelf == ownShelf {
			name += ", " + ownShelf
		}
		names = append(names, name)
	}
	n, err := p.pick("Reflect.", names, "A number, or Enter for none: ")
	if err != nil || n < 0 {
		return err
	}
	switch it := r.items[n]; it.way {
	case toNotToday:
		return p.notToday()
	case toPage:
		return p.guide(it.guide.ID, false)
	case toWrite:
		return p.writeGuide(newOwnGuide())
	default:
		if len(it.guide.Steps) == 0 {
			return p.writeGuide(p.ownGuide(it.guide.ID))
		}
		return p.begin(it.guide, r.shorter(it.guide))
	}
}

func (p *plainMode) notToday() error {
	p.card(notToday)
	n, err := p.pick("From here:", []string{strings.ToLower(notTodayWays[1])}, "A number, or Enter for home: ")
	if err != nil || n < 0 {
		return err
	}
	return p.practise("")
}

// begin says what there is to know of a guide, and asks how to walk it.
func (p *plainMode) begin(g content.Guide, short bool) error {
	p.say(g.Title + ".")
	for _, text := range beforeGuide(g) {
		p.say(text)
	}
	for {
		ways := []plainWay{{"choose its questions", func() error { return p.chooseSteps(version(g, short)) }}}
		if len(g.Brief.Steps) > 0 {
			ways = append(ways, plainWay{versionWords(g, !short) + ", instead", func() error { short = !short; return nil }})
		}
		if about := aboutCard(p.library, g.Sources, g.Evidence); about.Blocks != nil {
			about.Title = "What is known of it, and from where"
			ways = append(ways, plainWay{"what is known of it, and from where", func() error { p.card(about); return nil }})
		}
		if written(g) {
			ways = append(ways, plainWay{"change it", func() error { return p.changeGuide(g.ID) }})
		}
		n, err := p.pickWay("This is "+versionWords(g, short)+".", ways, "A number, or Enter to begin: ")
		if err != nil {
			return err
		}
		if n < 0 {
			return p.guide(g.ID, short)
		}
		if err := ways[n].open(); err != nil {
			return err
		}
		if g, _ = p.session.guide(g.ID); len(g.Steps) == 0 {
			return nil // it was one of their own, and is gone
		}
	}
}

// chooseSteps asks which questions to leave out, until it is enough.
func (p *plainMode) chooseSteps(g content.Guide) error {
	for {
		var names []string
		for _, step := range g.Steps {
			state := "asked"
			if slices.Contains(p.settings.Off[g.ID], step.ID) {
				state = "left out"
			}
			names = append(names, stepName(g, step)+": "+state)
		}
		n, err := p.pick("Its questions.", names, "A number to leave one out or take it in again, or Enter when that is all: ")
		if err != nil || n < 0 {
			return err
		}
		p.toggleStep(g, g.Steps[n])
		p.store()
	}
}

// store keeps the settings, and says so where that did not work.
func (p *plainMode) store() {
	saved, _ := p.saveSettings()().(settingsSavedMsg)
	if saved.err != nil {
		p.say(Sentence(saved.err))
	}
}

// setGuide keeps a guide of the person's own as it is now.
func (p *plainMode) setGuide(o ownGuide) {
	p.setOwnGuide(o)
	p.store()
}

// writeGuide takes the name and the questions of a guide; each is on the disk
// before the next is asked for.
func (p *plainMode) writeGuide(o ownGuide) error {
	if o.Name == "" {
		name, err := p.read(askName + " ")
		if err != nil {
			return err
		}
		o.Name = name
		p.setGuide(o)
	}
	if err := p.addQuestions(&o); err != nil {
		return err
	}
	if len(o.Questions) == 0 {
		return nil
	}
	return p.begin(o.guide(), false)
}

func (p *plainMode) addQuestions(o *ownGuide) error {
	for {
		text, err := p.read(fmt.Sprintf("Question %d, or Enter when that is all: ", len(o.Questions)+1))
		if err != nil || text == "" {
			return err
		}
		o.Questions = append(o.Questions, ownQuestion{ID: journal.NewID(), Text: text})
		p.setGuide(*o)
	}
}

// changeGuide changes a guide of the person's own, until it is enough.
func (p *plainMode) changeGuide(id string) error {
	for {
		o := p.ownGuide(id)
		names := []string{"its name: " + o.title()}
		for i, q := range o.Questions {
			names = append(names, fmt.Sprintf("question %d: %s", i+1, q.Text))
		}
		names = append(names, "add questions", "remove this guide")
		n, err := p.pick("What would you like to change?", names, "A number, or Enter for nothing: ")
		if err != nil || n < 0 {
			return err
		}
		switch at := n - 1; {
		case n == 0:
			o.Name, err = p.reworded(o.Name)
		case at < len(o.Questions):
			err = p.changeQuestion(&o, at)
		case at == len(o.Questions):
			err = p.addQuestions(&o)
		default:
			var yes bool
			if yes, err = p.sure(removeGuide); yes {
				p.setGuide(ownGuide{ID: id})
				return err
			}
		}
		if err != nil {
			return err
		}
		p.setGuide(o)
	}
}

// changeQuestion takes other words for a question, or another place.
func (p *plainMode) changeQuestion(o *ownGuide, at int) error {
	q := o.Questions[at]
	text, err := p.reworded(q.Text)
	if err != nil {
		return err
	}
	if q.Text = text; text == "" {
		o.Questions = slices.Delete(o.Questions, at, at+1)
		return nil
	}
	o.Questions[at] = q
	if len(o.Questions) == 1 {
		return nil
	}
	line, err := p.read(fmt.Sprintf("Its place from 1 to %d, or Enter to leave it at %d: ", len(o.Questions), at+1))
	if to, wrong := strconv.Atoi(line); wrong == nil && to >= 1 && to <= len(o.Questions) {
		o.Questions = slices.Insert(slices.Delete(o.Questions, at, at+1), to-1, q)
	}
	return err
}

// reworded asks for other words.
func (p *plainMode) reworded(now string) (string, error) {
	text, err := p.read("Other words, a hyphen to take it out, or Enter to leave it as it is: ")
	switch {
	case err != nil || text == "":
		return now, err
	case text == "-":
		return "", nil
	}
	return text, nil
}

// rows asks for each of a few things that belong together.
func (p *plainWalk) rows(step content.Step) error {
	if step.Take == content.TakeNumber && step.Low != "" {
		p.say("0 is " + step.Low + ", 10 is " + step.High + ".")
	}
	for _, row := range step.Rows {
		was := p.walk.answer(row.ID)
		a := journal.Answer{Step: row.ID, Prompt: row.Prompt, Value: was.Value, Text: was.Text}
		if row.Meaning != "" {
			p.say(row.Label + ": " + row.Meaning)
		}
		var err error
		switch step.Take {
		case content.TakeNumber:
			p.say(row.Prompt)
			p.before(was)
			err = p.value(a, row.Line)
		case content.TakeHeld:
			p.say(row.Prompt)
			err = p.choice(heldStep(row))
		default:
			p.before(was)
			err = p.line(row.Prompt, a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// heldStep is a row of the container as a choice of its marks.
func heldStep(row content.Row) content.Step {
	var words []content.Word
	for _, w := range heldWords {
		words = append(words, content.Word{ID: w, Label: w})
	}
	return content.Step{ID: row.ID, Prompt: row.Prompt, Groups: []content.Group{{Words: words}}, Line: row.Line}
}
