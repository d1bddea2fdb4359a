package journal

import (
	"cmp"
	"maps"
	"slices"
)

// A lineage says which state of a journal this is, and which it comes after. The
// number of a save alone does not: when one file was saved on two computers, both
// counted on from what they had in common.
type lineage struct {
	Epoch   uint64  `json:"epoch"`             // grows by one with every commit
	Session string  `json:"session,omitempty"` // the one that made the last; empty: it is not known
	History history `json:"history,omitempty"` // of other sessions, the epoch of the last commit of theirs that is in it
	Floor   uint64  `json:"floor,omitempty"`   // of commits up to this epoch nothing is known that the above do not say
}

// keepSessions is how many others a lineage names: some months of daily use, in
// 2 KB of every save.
const keepSessions = 64

// has reports whether another state is this one, or one that it comes after. Of
// what is not known any more it says yes.
func (l lineage) has(other lineage) bool {
	if other.Session == l.Session || other.Session == "" {
		return other.Epoch <= l.Epoch
	}
	if n, ok := l.History[other.Session]; ok {
		return other.Epoch <= n
	}
	return other.Epoch <= l.Floor
}

// next is the lineage of a session's commit on top of this state.
func (l lineage) next(session string) lineage {
	l = l.in(session)
	l.Epoch++
	return l
}

// in is this state as a session has it that has not saved yet.
func (l lineage) in(session string) lineage {
	if session == l.Session {
		return l
	}
	before := l
	l.Session = session
	return l.with(before)
}

// with is the lineage of a state that has all that another has as well, which is
// not of its session.
func (l lineage) with(other lineage) lineage {
	h := maps.Clone(l.History)
	if h == nil {
		h = make(history)
	}
	add := func(session string, n uint64) {
		if session != l.Session && session != "" {
			h[session] = max(h[session], n)
		}
	}
	for session, n := range other.History {
		add(session, n)
	}
	add(other.Session, other.Epoch)
	l.Floor = max(l.Floor, other.Floor)
	for len(h) > keepSessions {
		oldest := slices.MinFunc(slices.Collect(maps.Keys(h)), func(a, b string) int {
			return cmp.Or(cmp.Compare(h[a], h[b]), cmp.Compare(a, b))
		})
		l.Floor = max(l.Floor, h[oldest])
		delete(h, oldest)
	}
	l.History = h
	return l
}

// newSession names a session: at random, so that those of two computers differ.
func newSession() string { return randomHex() + randomHex() }
