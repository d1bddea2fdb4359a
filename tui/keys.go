package tui

import "charm.land/bubbles/v2/key"

// keyMap is every key of the program, so that one key means one thing: help
// is gathered from these bindings, and what is shown is what works.
type keyMap struct {
	next, back, leave, why, prev, follow key.Binding
	pageUp, pageDown, top, bottom        key.Binding
	toggle, clear, own, digit, newLine   key.Binding
	help, helpTyping, helpAlone          key.Binding
	lock, quit                           key.Binding
	checkIn, brief, whole, note          key.Binding
	journal, settings, resume, letGo     key.Binding
	generate, ownWords, reveal           key.Binding
	yes, no                              key.Binding
	ground, solid, turn                  key.Binding
	practise, about                      key.Binding
	pause, earlierPart, laterPart, time  key.Binding
	learn, pauseFor, trail               key.Binding
	thisDay, helped, yearly              key.Binding
	keepIt, keepAll, keepRest            key.Binding
	tags, bring, bringStep               key.Binding
	reflect, change                      key.Binding
	patterns, inWords, asPicture         key.Binding
	supervision, briefing, preview       key.Binding
	afterwards, when, cpd, writeOut      key.Binding
	bringIn                              key.Binding
}

// bind makes a binding: the keys, how they are written, and what they do.
func bind(label, does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(label, does))
}

// inLine is what a key's words are in the line of keys, where they are too long
// for it.
var inLine = map[string]string{
	"why this question": "why",
	"to supervision":    "bring",
	"stop for now":      "stop",
}

// keys is never changed: screens enable a binding by listing it.
var keys = keyMap{
	next:  bind("enter", "next", "enter"),
	back:  bind("esc", "back", "esc", "shift+tab"),
	leave: bind("ctrl+x", "stop for now", "ctrl+x"),
	why:   bind("ctrl+o", "why this question", "ctrl+o"),

	prev:   bind("←", "newer", "left"),
	follow: bind("→", "older", "right"),

	pageUp:   bind("pgup", "a page up", "pgup"),
	pageDown: bind("pgdn", "a page down", "pgdown", "space"),
	top:      bind("home", "the first", "home"),
	bottom:   bind("end", "the last", "end"),

	toggle: bind("space", "pick", "space"),
	clear:  bind("del", "clear", "backspace", "delete"),
	own:    bind("+", "your own word", "+"),
	digit:  bind("0–9", "set", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),

	// Shift and Enter arrive from some terminals only, these from all. Help names the
	// first.
	newLine: bind("ctrl+j", "a new line", "ctrl+j", "alt+enter"),

	help:       bind("?", "keys", "?", "f1"),
	helpTyping: bind("F1", "keys", "f1"),
	helpAlone:  bind("F1", "", "f1"), // where the keys need the room of its word
	lock:       bind("ctrl+l", "lock", "ctrl+l"),
	quit:       bind("q", "close", "q", "ctrl+c"),

	checkIn:  bind("c", "check in", "c"),
	brief:    bind("1", "a shorter one", "1"),
	whole:    bind("1", "a longer one", "1"),
	note:     bind("n", "a blank page", "n"),
	journal:  bind("j", "journal", "j"),
	settings: bind(",", "settings", ","),
	resume:   bind("enter", "carry on", "enter"),
	letGo:    bind("x", "let it go", "x"),

	generate: bind("n", "other words", "n"),
	ownWords: bind("o", "a passphrase of your own", "o"),
	reveal:   bind("ctrl+r", "show or hide", "ctrl+r"),

	ground:   bind("ctrl+g", "ground", "ctrl+g"),
	solid:    bind("g", "solid ground", "g"),
	turn:     bind("w", "where to turn", "w"),
	practise: bind("p", "practise", "p"),
	trail:    bind("ctrl+t", "so far", "ctrl+t"),
	pauseFor: bind("ctrl+p", "a practice", "ctrl+p"),
	learn:    bind("l", "learn", "l"),
	about:    bind("ctrl+o", "about it", "ctrl+o"),

	patterns:  bind("w", "patterns", "w"),
	inWords:   bind("v", "in words", "v"),
	asPicture: bind("v", "as a picture", "v"),
	thisDay:   bind("o", "on this day", "o"),
	yearly:    bind("e", "a yearly look", "e"),
	helped:    bind("h", "what helped", "h"),

	pause:       bind("space", "pause", "space"),
	earlierPart: bind("←", "the part before", "left"),
	laterPart:   bind("→", "the next part", "right"),
	time:        bind("t", "time left", "t"),
	keepIt:      bind("k", "keep a line of it", "k"),

	reflect: bind("r", "reflect", "r"),
	change:  bind("e", "change it", "e"),

	keepAll:  bind("k", "keep it", "k"),
	keepRest: bind("ctrl+k", "keep the rest", "ctrl+k"),

	tags:  bind("t", "tags", "t"),
	bring: bind("b", "for supervision", "b"),

	bringStep: bind("ctrl+s", "to supervision", "ctrl+s"),

	supervision: bind("s", "supervision", "s"),
	briefing:    bind("b", "a brief", "b"),
	preview:     bind("v", "what is shared", "v"),
	afterwards:  bind("a", "afterwards", "a"),
	when:        bind("w", "when", "w"),
	cpd:         bind("d", "a draft of CPD", "d"),
	writeOut:    bind("o", "write the draft out", "o"),
	bringIn:     bind("ctrl+n", "bring in", "ctrl+n"),

	yes: bind("y", "yes", "y"),
	no:  bind("n", "no", "n", "esc"),
}
