package tui

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// editKind says which edits may share a step of undo.
type editKind int

const (
	editWhole     editKind = iota // a paste, a word, a line: a step by itself
	editTyping                    // characters as they are typed
	editBackspace                 // one character backwards
	editDelete                    // one character forwards
)

// textEdit is one step of undo: what went and what came, not the document.
type textEdit struct {
	kind              editKind
	at                textPlace // where it begins
	before            textPlace // where the caret was
	removed, inserted []byte
}

// historyLimit bounds the steps that are kept. A step of typing is a word, so
// this is more than most people write in one sitting.
const historyLimit = 1000

// editHistory is what can be undone and redone.
type editHistory struct {
	steps []textEdit
	done  int  // steps[:done] can be undone, the rest redone
	open  bool // the last step may still grow
}

// add remembers an edit, as part of the step before it while someone is in
// the middle of a word.
func (h *editHistory) add(next textEdit) {
	h.drop(h.done, len(h.steps))
	if h.open && h.done > 0 && h.steps[h.done-1].absorb(next) {
		return
	}
	if len(h.steps) == historyLimit {
		h.drop(0, 1)
	}
	h.steps = append(h.steps, next)
	h.done = len(h.steps)
	h.open = true
}

// rest ends the step that was growing: the caret went elsewhere.
func (h *editHistory) rest() { h.open = false }

// back is the step to undo, nil when there is none.
func (h *editHistory) back() *textEdit {
	h.rest()
	if h.done == 0 {
		return nil
	}
	h.done--
	return &h.steps[h.done]
}

// forward is the step to redo, nil when there is none.
func (h *editHistory) forward() *textEdit {
	h.rest()
	if h.done == len(h.steps) {
		return nil
	}
	h.done++
	return &h.steps[h.done-1]
}

// clear forgets everything, and clears the bytes.
func (h *editHistory) clear() {
	h.drop(0, len(h.steps))
	*h = editHistory{}
}

// drop forgets some steps, and clears their bytes.
func (h *editHistory) drop(from, to int) {
	for _, s := range h.steps[from:to] {
		wipeBytes(s.removed)
		wipeBytes(s.inserted)
	}
	h.steps = slices.Delete(h.steps, from, to)
	h.done = min(h.done, len(h.steps))
}

// absorb makes next a part of s when the two are one word, written or taken
// away in one go. A step is a word with the spaces behind it.
func (s *textEdit) absorb(next textEdit) bool {
	if s.kind != next.kind {
		return false
	}
	switch s.kind {
	case editTyping:
		if next.at != s.at.past(s.inserted) || wordBetween(s.inserted, next.inserted) {
			return false
		}
		s.inserted = spliceBytes(s.inserted, len(s.inserted), 0, next.inserted)
	case editBackspace:
		if next.at.past(next.removed) != s.at || wordBetween(next.removed, s.removed) {
			return false
		}
		s.removed = spliceBytes(s.removed, 0, 0, next.removed)
		s.at = next.at
	case editDelete:
		if next.at != s.at || wordBetween(s.removed, next.removed) {
			return false
		}
		s.removed = spliceBytes(s.removed, len(s.removed), 0, next.removed)
	default:
		return false
	}
	return true
}

// wordBetween reports whether a new word begins where one text meets the
// next. Chinese and Japanese have no spaces to go by: each character that is
// committed stands for itself.
func wordBetween(left, right []byte) bool {
	l, _ := utf8.DecodeLastRune(left)
	r, _ := utf8.DecodeRune(right)
	return unicode.IsSpace(l) && !unicode.IsSpace(r) || standsAlone(r)
}
