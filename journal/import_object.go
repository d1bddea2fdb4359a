package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// An object is a JSON object whose fields are read one by one. What was read is
// taken out of it; what remains was left.
type object struct {
	fields map[string]json.RawMessage
	err    error // the first
}

// readObject reads an object's fields. Of a field that comes twice one would be
// lost, so that is an error.
func readObject(value []byte) *object {
	o := &object{fields: make(map[string]json.RawMessage)}
	if !utf8.Valid(value) {
		return o.fail("it is not UTF-8 text")
	}
	dec := json.NewDecoder(bytes.NewReader(value))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return o.fail("not an object")
	}
	for dec.More() {
		var content json.RawMessage
		key, err := dec.Token()
		if err == nil {
			err = dec.Decode(&content)
		}
		if err != nil {
			return o.fail(broken)
		}
		name, _ := key.(string)
		if o.fields[name] != nil {
			return o.fail("it has the same field twice")
		}
		o.fields[name] = content
	}
	return o
}

// errUnknownField is said of a line that would not be taken whole.
var errUnknownField = errors.New("it has a field that goodenough does not know")

// lossless says what of a JSON value would be lost without a word when it is
// read into a struct: one of two fields of a name, at any depth, or half a
// character. The decoder takes a field in any case for the one of its name; here
// each has its own, which is in small letters. Only parts of the day, in
// "shares", are named by the person.
func lossless(value []byte) error {
	if halfCharacter(value) {
		return errors.New("it has half a character in it")
	}
	return losslessFields(value, false)
}

func losslessFields(value []byte, ownNames bool) error {
	switch value = bytes.TrimSpace(value); {
	case bytes.HasPrefix(value, []byte("[")):
		var list []json.RawMessage
		if json.Unmarshal(value, &list) != nil {
			return errors.New(broken)
		}
		for _, v := range list {
			if err := losslessFields(v, false); err != nil {
				return err
			}
		}
	case bytes.HasPrefix(value, []byte("{")):
		o := readObject(value)
		for name, v := range o.fields {
			if !ownNames && strings.ContainsFunc(name, func(r rune) bool { return r < 'a' || r > 'z' }) {
				return errUnknownField
			}
			if err := losslessFields(v, name == "shares"); err != nil {
				return err
			}
		}
		return o.err
	}
	return nil
}

func (o *object) fail(reason string) *object {
	if o.err == nil {
		o.err = errors.New(reason)
	}
	return o
}

// read takes a field; it reports false where there is none.
func (o *object) read(name string, into any) bool {
	value, ok := o.fields[name]
	delete(o.fields, name)
	switch {
	case !ok || string(value) == "null":
		return false
	case json.Unmarshal(value, into) != nil:
		o.fail(fmt.Sprintf("the field %q does not hold what it should", name))
	case halfCharacter(value):
		o.fail(fmt.Sprintf("the field %q has half a character in it", name))
	}
	return true
}

func (o *object) text(name string) (s string) {
	o.read(name, &s)
	return s
}

// tags takes a list of tags, of which trim makes what they are here, and the
// star.
func (o *object) tags(trim func(string) string) []string {
	var given, tags []string
	var starred bool
	o.read("tags", &given)
	o.read("starred", &starred)
	if starred {
		given = append(given, "starred")
	}
	for _, t := range given {
		if t = trim(t); t != "" && !slices.Contains(tags, t) {
			tags = append(tags, t)
		}
	}
	return tags
}

// halfCharacter reports whether JSON has an escape for one half of a character
// without the other. The decoder would put a mark in its place.
func halfCharacter(value []byte) bool {
	unit := func(i int) rune {
		if i+6 > len(value) || value[i] != '\\' || value[i+1] != 'u' {
			return 0
		}
		n, _ := strconv.ParseUint(string(value[i+2:i+6]), 16, 16)
		return rune(n)
	}
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' {
			continue
		}
		if r := unit(i); utf16.IsSurrogate(r) {
			if utf16.DecodeRune(r, unit(i+6)) == utf8.RuneError {
				return true
			}
			i += 10
		}
		i++ // what is escaped
	}
	return false
}
