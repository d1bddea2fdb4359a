package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
)

// What jrnl and Day One export is one JSON object with a list of entries. A
// JSON decoder gives up at the first fault. Here it is asked for one entry at a
// time, and after a fault it is asked again where the next entry starts.

// A dialect is what one program's entries look like in JSON.
type dialect struct {
	key   string // the name, in its quotes, of a field that only entries have
	is    func(fields map[string]json.RawMessage) bool
	entry func(o *object, s *Source) writing
	left  map[string]string // what fields that are not kept are called
}

var dialects = map[Format]*dialect{
	Jrnl: {
		key: `"date"`,
		is: func(f map[string]json.RawMessage) bool {
			return f["date"] != nil && (f["title"] != nil || f["body"] != nil)
		},
		entry: jrnlEntry,
	},
	DayOne: {
		key: `"creationDate"`,
		is: func(f map[string]json.RawMessage) bool {
			return f["creationDate"] != nil && (f["uuid"] != nil || f["text"] != nil || f["richText"] != nil)
		},
		entry: dayOneEntry,
		left:  dayOneLeft,
	},
}

// export takes in a file of JSON.
func (b *sourceImporter) export(format Format, data []byte) {
	d := dialects[format]
	for p := range d.pieces(bytes.TrimPrefix(data, []byte("\ufeff"))) {
		b.at = LineError{File: b.at.File, Line: p.line, Entry: p.entry}
		if p.fault != "" {
			b.at.Last = p.last
			b.problem(p.fault)
			continue
		}
		o := readObject(p.json)
		var w writing
		if o.err == nil {
			w = d.entry(o, b.source)
		}
		if o.err != nil {
			b.problem(o.err.Error())
			continue
		}
		b.write(format, w)
		b.leave(o, d)
		if b.failed != nil {
			return
		}
	}
}

// leave counts what of an entry was not kept.
func (b *sourceImporter) leave(o *object, d *dialect) {
	others := 0
	for name, value := range o.fields {
		var list []json.RawMessage
		called := d.left[name]
		switch string(bytes.Join(bytes.Fields(value), nil)) {
		case `null`, `false`, `0`, `""`, `{}`, `[]`:
			continue
		}
		switch {
		case called == "":
			others = 1
		case json.Unmarshal(value, &list) == nil:
			b.report.Left[called] += len(list)
		default:
			b.report.Left[called]++
		}
	}
	if others > 0 {
		b.report.Left["other details"]++
	}
}

// A piece of an export is what stands for one entry in its list, or lines in
// which there is no telling.
type piece struct {
	json  []byte
	line  int    // where it starts, from 1
	last  int    // where it ends
	entry int    // which it is, from 1; 0: it is none
	fault string // why it cannot be read; empty: it is whole JSON
}

// A fault is why a piece cannot be read.
type fault struct {
	reason string
	at     int // where in the piece; 0: no telling
}

const (
	broken    = "the JSON is broken, so nothing here could be read"
	cutShort  = "the file ends here, before its entries do"
	noEntries = "there are no entries in it"
)

// pieces goes through an export. Every entry is in one of its pieces.
func (d *dialect) pieces(data []byte) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		lines := lineCounter{data: data, line: 1}
		give := func(entry, from, to int, f *fault) bool {
			p := piece{json: bytes.TrimRight(data[from:to], " \t\r\n,"), entry: entry, line: lines.at(from)}
			var at int
			if f != nil {
				p.fault = f.reason
				at = lines.at(from + f.at)
			}
			if p.last = lines.at(from + len(p.json)); p.last > p.line && at > p.line {
				p.fault += fmt.Sprintf(" (line %d)", at)
			}
			return yield(p)
		}
		at, opening := d.list(data)
		if at < 0 {
			if at = d.next(data, 0); at < 0 {
				f := &fault{reason: broken}
				if json.Valid(data) {
					f.reason = noEntries
				}
				give(0, 0, len(data), f)
				return
			}
			if at > 0 && !give(0, 0, at, &fault{reason: broken}) {
				return
			}
		}
		for entry := 1; ; entry++ {
			at = len(data) - len(bytes.TrimLeft(data[at:], " \t\r\n,"))
			rest := data[at:]
			switch {
			case len(rest) == 0 && opening != "":
				give(0, at, at, &fault{reason: cutShort})
				return
			case len(rest) == 0, d.ends(rest, opening):
				return
			}
			n, f := d.first(rest)
			if !give(entry, at, at+n, f) || f != nil && n == len(rest) {
				return
			}
			at += n
		}
	}
}

// list finds where the list of entries starts, and what stands before such a
// list in whole JSON: nothing where the file is one entry by itself. at is -1
// where there is no list, or no telling.
func (d *dialect) list(data []byte) (at int, opening string) {
	dec := json.NewDecoder(bytes.NewReader(data))
	switch t, _ := dec.Token(); t {
	case json.Delim('['):
		return int(dec.InputOffset()), "["
	case json.Delim('{'):
	default:
		return -1, ""
	}
	for dec.More() {
		var value json.RawMessage
		key, err := dec.Token()
		if err != nil {
			return -1, ""
		}
		if key == "entries" {
			if t, _ := dec.Token(); t == json.Delim('[') {
				return int(dec.InputOffset()), `{"":[`
			}
			return -1, ""
		}
		if dec.Decode(&value) != nil {
			return -1, ""
		}
	}
	if d.next(data, 0) == bytes.IndexByte(data, '{') {
		return 0, ""
	}
	return -1, ""
}

// ends reports whether the list of entries ends here, and the file as it should.
func (d *dialect) ends(rest []byte, opening string) bool {
	return rest[0] == ']' && d.next(rest, 1) < 0 && json.Valid(append([]byte(opening), rest...))
}

// first measures the first piece of what is left of a list: a JSON value, or
// all up to where an entry starts again.
func (d *dialect) first(rest []byte) (n int, f *fault) {
	var value json.RawMessage
	dec := json.NewDecoder(bytes.NewReader(rest))
	err := dec.Decode(&value)
	if err == nil && !d.swallowed(value) {
		return int(dec.InputOffset()), nil
	}
	f = &fault{reason: broken}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		f.at = int(syntax.Offset) - 1
	} else if err != nil {
		f.at = len(rest)
	}
	if n = d.next(rest, 1); n < 0 {
		n = len(rest)
		if f.at >= len(bytes.TrimSpace(rest)) {
			return n, &fault{reason: cutShort}
		}
	}
	f.at = min(f.at, n)
	return n, f
}

// swallowed reports whether there is another entry inside a value: where
// brackets are lost, whole JSON can come of several.
func (d *dialect) swallowed(value []byte) bool {
	own := 0
	if value[0] == '{' {
		own = 1
	}
	return bytes.Count(value, []byte(d.key)) > own && d.next(value, 1) >= 0
}

// next finds where an entry starts that can be read, at or after from; -1:
// nowhere.
func (d *dialect) next(data []byte, from int) int {
	for i := from; ; i++ {
		n := bytes.IndexByte(data[i:], '{')
		if n < 0 {
			return -1
		}
		i += n
		var fields map[string]json.RawMessage
		if json.Unmarshal(data[i:i+objectSize(data[i:])], &fields) == nil && d.is(fields) {
			return i
		}
	}
}

// maxDepth is how deep an entry's brackets nest at most. Looking for an entry
// among brackets that never close would take for ever without it.
const maxDepth = 64

// objectSize is how far an object goes by its brackets; 0 where they do not
// close.
func objectSize(data []byte) int {
	depth, inString := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString && c == '\n':
			return 0 // no string in JSON has one
		case inString:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return 0
			}
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// A lineCounter says on which line a place is. It only goes forward.
type lineCounter struct {
	data   []byte // what is still to come
	passed int
	line   int
}

func (c *lineCounter) at(offset int) int {
	if n := offset - c.passed; n > 0 {
		c.line += bytes.Count(c.data[:n], []byte("\n"))
		c.data, c.passed = c.data[n:], offset
	}
	return c.line
}
