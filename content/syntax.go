package content

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// decode reads TOML strictly into v and returns where everything stands, for
// the checks that only the meaning of a key allows.
func decode(data []byte, v any) (*index, error) {
	d := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return nil, explain(err)
	}
	return newIndex(data)
}

// wants says in words what a Go type wants, for whoever wrote something else.
var wants = map[string]string{
	"string":   "text in quotes",
	"int":      "a whole number",
	"bool":     "true or false",
	"[]string": "a list of texts",
}

// explain turns the decoder's error, which speaks of Go, into a problem that
// speaks of the file.
func explain(err error) error {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) {
		first := &unknown.Errors[0]
		line, _ := first.Position()
		return Problem{Line: line, Message: fmt.Sprintf("unknown key %q", last(first.Key()))}
	}
	var wrong *toml.DecodeError
	if !errors.As(err, &wrong) {
		return err
	}
	line, _ := wrong.Position()
	message := strings.TrimPrefix(wrong.Error(), "toml: ")
	switch {
	case len(wrong.Key()) == 0:
	case strings.HasPrefix(message, "cannot decode "):
		_, goType, _ := strings.Cut(message, " of type ")
		want := cmp.Or(wants[goType], "keys of its own, under brackets")
		message = fmt.Sprintf("%q takes %s", last(wrong.Key()), want)
	case strings.HasPrefix(message, "cannot store "):
		message = fmt.Sprintf("%q does not stand in brackets like these", last(wrong.Key()))
	}
	return Problem{Line: line, Message: message}
}

func last(key toml.Key) string { return key[len(key)-1] }

// index knows the line of every key, by paths such as "steps.2.prompt", and
// which keys each table holds. The decoder forgets both, and a mistake that
// is not pointed at is hard to find in a long file.
type index struct {
	line map[string]int
	keys map[string][]string
}

// indexer builds an index from the decoder's own parser, so that the two
// cannot disagree about what is in a file.
type indexer struct {
	index
	parser  unstable.Parser
	breaks  []int          // offsets of the line breaks
	tables  map[string]int // how many [[name]] there have been
	problem *Problem
}

func newIndex(data []byte) (*index, error) {
	x := indexer{
		index:  index{line: make(map[string]int), keys: make(map[string][]string)},
		tables: make(map[string]int),
	}
	for i, b := range data {
		if b == '\n' {
			x.breaks = append(x.breaks, i)
		}
	}
	x.parser.Reset(data)
	table := ""
	for x.parser.NextExpression() {
		switch n := x.parser.Expression(); n.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = x.header(n)
		case unstable.KeyValue:
			x.pair(table, n)
		}
	}
	if err := x.parser.Error(); err != nil {
		return nil, err
	}
	if x.problem != nil {
		return nil, *x.problem
	}
	return &x.index, nil
}

// header notes a [table] or one more [[table]] and returns its path.
func (x *indexer) header(n *unstable.Node) string {
	at := ""
	for it := n.Key(); it.Next(); {
		at = x.add(at, it.Node())
		if it.IsLast() && n.Kind == unstable.ArrayTable {
			x.tables[at]++
		}
		if count := x.tables[at]; count > 0 {
			at = join(at, strconv.Itoa(count-1))
			x.mark(at, it.Node())
		}
	}
	return at
}

func (x *indexer) pair(table string, n *unstable.Node) {
	at := table
	for it := n.Key(); it.Next(); {
		at = x.add(at, it.Node())
	}
	x.value(at, n.Value())
}

func (x *indexer) value(at string, n *unstable.Node) {
	switch n.Kind {
	case unstable.String:
		x.line[at] = x.lineOf(n)
		x.text(at, string(n.Data))
	case unstable.InlineTable:
		for it := n.Children(); it.Next(); {
			x.pair(at, it.Node())
		}
	case unstable.Array:
		i := 0
		for it := n.Children(); it.Next(); i++ {
			item := join(at, strconv.Itoa(i))
			x.line[item] = x.at(at)
			x.value(item, it.Node())
		}
		if i == 0 {
			x.fail(at, "the list is empty; leave the key out instead")
		}
	}
}

// text refuses what would be shown as nothing or, worse, would be obeyed by
// the terminal: a file that somebody passed on must not move the cursor.
func (x *indexer) text(at, s string) {
	switch {
	case strings.TrimSpace(s) == "":
		x.fail(at, "the text is empty; leave the key out instead")
	case strings.ContainsFunc(s, unicode.IsControl):
		x.fail(at, "the text holds a line break or a character that cannot be shown")
	}
}

func (x *indexer) fail(at, message string) {
	if x.problem == nil {
		x.problem = &Problem{Line: x.at(at), Message: message}
	}
}

func (x *indexer) add(table string, key *unstable.Node) string {
	name := string(key.Data)
	at := join(table, name)
	if !x.has(at) {
		x.keys[table] = append(x.keys[table], name)
		x.mark(at, key)
	}
	if name != strings.ToLower(name) {
		// The decoder would take "Title" for "title"; the index would not.
		x.fail(at, fmt.Sprintf("unknown key %q", name))
	}
	return at
}

// mark notes where a path is first written.
func (x *indexer) mark(at string, n *unstable.Node) {
	if !x.has(at) {
		x.line[at] = x.lineOf(n)
	}
}

func (x *indexer) lineOf(n *unstable.Node) int {
	before, _ := slices.BinarySearch(x.breaks, int(n.Raw.Offset))
	return before + 1
}

func (ix *index) has(at string) bool {
	_, ok := ix.line[at]
	return ok
}

// at returns the line for a path, or for what is missing the line where a
// person would look: that of the id beside it, or of the table it belongs in.
func (ix *index) at(at string) int {
	for at != "" {
		if line, ok := ix.line[at]; ok {
			return line
		}
		i := max(strings.LastIndexByte(at, '.'), 0)
		at = at[:i]
		if line, ok := ix.line[join(at, "id")]; ok {
			return line
		}
	}
	return 0
}

func join(table, key string) string {
	if table == "" {
		return key
	}
	return table + "." + key
}
