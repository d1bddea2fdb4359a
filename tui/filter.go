package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"goodenough/content"
	"goodenough/journal"
)

// A filterScreen chooses what a list shows. The choices combine, and each is
// there to be seen, with how many entries are left. Esc gives back the list as it
// was.
type filterScreen struct {
	*session
	list    *listScreen
	was     shown // what the list showed before
	uses    journal.Uses
	first   time.Time // when the first entry was made
	choices []setting
	focus   int
	width   int
	height  int
}

// usesMsg is what entries can be chosen by.
type usesMsg struct {
	filter *filterScreen
	uses   journal.Uses
	first  time.Time
}

func newFilter(l *listScreen) *filterScreen {
	f := &filterScreen{session: l.session, list: l, was: l.shown, first: l.now()}
	f.choices = f.build()
	return f
}

// init counts what there is to choose by.
func (f *filterScreen) init() tea.Cmd {
	j, first := f.journal, f.first
	return func() tea.Msg {
		if all := j.List(journal.Query{}); all.Len() > 0 {
			first = all.Created(all.Len() - 1)
		}
		return usesMsg{f, j.Uses(), first}
	}
}

// anyOf is what a choice is called that is not made.
const anyOf = "any"

func (f *filterScreen) build() []setting {
	q := &f.list.query
	kinds, guides, tags, feelings := names(f.uses.Kinds), names(f.uses.Guides), names(f.uses.Tags), f.feelings()
	word := func(name string, now *string, of []string, say func(string) string) setting {
		return setting{name: name, value: func() string { return orAny(*now, say) }, turn: func(by int) { *now = cycle(with("", of, *now), *now, by) }}
	}
	yes := func(name, words string, on *bool) setting {
		return setting{name: name, turn: func(int) { *on = !*on }, value: func() string {
			if *on {
				return words
			}
			return anyOf
		}}
	}
	return []setting{
		{name: "Kind", value: func() string { return orAny(string(q.Kind), kindWords) },
			turn: func(by int) { q.Kind = journal.Kind(cycle(with("", kinds, string(q.Kind)), string(q.Kind), by)) }},
		word("Guide", &q.Guide, guides, f.guideWords),
		word("Feeling", &q.Chosen, feelings, printable),
		word("Tag", &q.Tag, tags, printable),
		{name: "When", value: func() string { return orAny(f.list.span, printable) }, turn: f.turnSpan},
		yes("For supervision", "to bring", &q.Brought),
		yes("Own words", "something written", &q.Written),
		{name: "Tags", value: func() string { return "rename, or take away" }, open: func() screen { return newRetag(f.session) }},
	}
}

// with is a list of values after the one for none, and with the one that is
// chosen, which may be of an entry that is gone.
func with(none string, values []string, now string) []string {
	out := append([]string{none}, values...)
	if !slices.Contains(out, now) {
		out = append(out, now)
	}
	return out
}

func names(uses []journal.Use) []string {
	var out []string
	for _, u := range uses {
		out = append(out, u.Name)
	}
	return out
}

func orAny(s string, say func(string) string) string {
	if s == "" {
		return anyOf
	}
	return say(s)
}

func kindWords(kind string) string { return printable(strings.ReplaceAll(kind, "-", " ")) }

func (f *filterScreen) guideWords(id string) string { return guideTitle(f.session, id) }

// guideTitle is the title of a guide, or its id when it is gone.
func guideTitle(s *session, id string) string {
	if g, ok := s.guide(id); ok {
		return g.Title
	}
	return printable(id)
}

// feelings are the chosen words that are feelings, or somebody's own: an answer
// such as yes or no is nothing to look for.
func (f *filterScreen) feelings() []string {
	answers := make(map[string]bool)
	for _, g := range f.library.Guides() {
		for _, s := range g.Steps {
			if s.Kind == content.Choice && !s.Own {
				for _, w := range s.Options() {
					answers[w.Label] = true
				}
			}
		}
	}
	return slices.DeleteFunc(names(f.uses.Chosen), func(w string) bool { return answers[w] })
}

// spans are the times that can be chosen.
func spans(now, first time.Time) []namedSpan {
	today := dayOf(now)
	out := []namedSpan{
		{"", period{}},
		{"the last four weeks", period{today.AddDate(0, 0, -27), today.AddDate(0, 0, 1)}},
		{"the last twelve weeks", period{today.AddDate(0, 0, -83), today.AddDate(0, 0, 1)}},
	}
	for year := yearOf(now); !year.Before(yearOf(first)); year = year.AddDate(-1, 0, 0) {
		out = append(out, namedSpan{strconv.Itoa(year.Year()), yearPeriod(year)})
	}
	return out
}

type namedSpan struct {
	name string
	period
}

func (f *filterScreen) turnSpan(by int) {
	all := spans(f.now(), f.first)
	at := max(slices.IndexFunc(all, func(s namedSpan) bool { return s.name == f.list.span }), 0)
	next := all[((at+by)%len(all)+len(all))%len(all)]
	f.list.span, f.list.query.Since, f.list.query.Until = next.name, next.since, next.until
}

// filterWords say what narrows a list, but for the words of a search.
func (l *listScreen) filterWords() string {
	q := l.query
	var on []string
	add := func(chosen bool, words string) {
		if chosen {
			on = append(on, words)
		}
	}
	add(q.Kind != "", kindWords(string(q.Kind)))
	add(q.Guide != "", guideTitle(l.session, q.Guide))
	add(q.Chosen != "", printable(q.Chosen))
	add(q.Tag != "", "tag "+printable(q.Tag))
	add(l.span != "", l.span)
	add(q.Brought, "to bring")
	add(q.Written, "something written")
	return strings.Join(on, " · ")
}

func (f *filterScreen) setSize(width, height int) { f.width, f.height = width, height }

func (f *filterScreen) update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case usesMsg:
		if m.filter == f {
			f.uses, f.first = m.uses, m.first
			f.choices = f.build()
		}
		return nil
	case retaggedMsg:
		return f.retagged(m)
	}
	switch k := pressed(msg); k {
	case "right":
		return f.turn(1)
	case "left":
		return f.turn(-1)
	case "delete", "backspace":
		return f.list.clear()
	case "enter":
		if open := f.choices[f.focus].open; open != nil {
			return f.push(open())
		}
		return f.pop()
	case "esc", "shift+tab":
		f.list.shown = f.was
		f.list.words.setValue(f.was.query.Search)
		return f.pop()
	case "q":
		return quit
	default:
		f.focus = scrolled(k, f.focus, len(f.choices)-1, f.height)
	}
	return nil
}

// retagged goes on to choose by a tag that has another name now.
func (f *filterScreen) retagged(m retaggedMsg) tea.Cmd {
	from, to := m.retag.tag.Name, m.retag.to
	if m.err != nil {
		return nil
	}
	if f.was.query.Tag == from {
		f.was.query.Tag = to
	}
	if f.list.query.Tag == from {
		f.list.query.Tag = to
	}
	f.list.anew = true // what was found is of before
	return f.list.look()
}

// turn changes a choice, and looks what it leaves.
func (f *filterScreen) turn(by int) tea.Cmd {
	c := f.choices[f.focus]
	if c.open != nil {
		return nil
	}
	c.turn(by)
	return f.list.look()
}

// page is the choices and how many entries are left; at says where the focused
// choice is.
func (f *filterScreen) page() (page []string, at int) {
	st := f.styles
	var rows []string
	for i, c := range f.choices {
		mark, style := st.pointed(i == f.focus)
		value := st.muted.Render(c.value())
		if c.open == nil {
			value = st.accent.Render("◂ ") + value + st.accent.Render(" ▸")
		}
		rows = append(rows, ansi.Truncate(mark+style.Render(pad(c.name, 18))+value, f.width, "…"))
	}
	rows, above := scrollTo(rows, f.focus, max(f.height-2, 1), st.muted)
	left := fmt.Sprintf("%d %s", f.list.len(), plural(f.list.len(), "entry", "entries"))
	if f.list.looking {
		left = "looking …"
	}
	return append(rows, "", st.ink.Render(left)), f.focus - above
}

func (f *filterScreen) view() string {
	page, _ := f.page()
	return clip(strings.Join(page, "\n"), f.height)
}

func (f *filterScreen) cursor() (x, y int, ok bool) {
	_, y = f.page()
	return 0, y, true
}

func (f *filterScreen) title() (place, aside string) { return "Journal" + placeMark + "Choose", "" }
func (f *filterScreen) typing() bool                 { return false }

func (f *filterScreen) help() []key.Binding {
	esc := bind("esc", "back")
	if f.list.query != f.was.query {
		esc = bind("esc", "undo")
	}
	out := []key.Binding{bind("enter", "show them"), esc, bind("← →", "change")}
	if f.choices[f.focus].open != nil {
		out = []key.Binding{bind("enter", "open"), esc}
	}
	out = append(out, bind("↑ ↓", "move"))
	if f.list.query != (journal.Query{}) {
		out = append(out, bind("del", "show all"))
	}
	return append(out, keys.quit)
}
