package journal

import (
	"iter"
	"slices"
	"sort"
	"time"
)

// A Query chooses entries. Every field that is set must match; the zero value
// matches all.
type Query struct {
	Kind    Kind
	Guide   string
	Tag     string
	Chosen  string    // a word that was chosen, such as a feeling; case and accents aside
	Brought bool      // it, or an answer of it, is wanted in supervision
	Written bool      // something in it is in the person's own words
	Since   time.Time // created at this moment or later
	Until   time.Time // created before this moment
	Search  string    // as for [ParseSearch]
}

// Entries yields what matches, newest first. The journal may change meanwhile;
// what is yielded is the state at the call.
func (j *Journal) Entries(q Query) iter.Seq[Header] {
	entries := j.during(q)
	return func(yield func(Header) bool) {
		for r := range q.choose(entries) {
			if !yield(r.head.Header.clone()) {
				return
			}
		}
	}
}

// A List is the entries that matched a query at one moment, newest first. It
// holds no copies: a career is listed as fast as a week.
type List struct {
	query   Query
	records []*record
}

// List returns what matches.
func (j *Journal) List(q Query) List {
	return List{q, slices.Collect(q.choose(j.during(q)))}
}

// Narrow returns what of a list matches q as well. Its second result is false
// where other entries of the journal may match q too: then [Journal.List] is to
// be asked.
func (l List) Narrow(q Query) (List, bool) {
	was, now := l.query, q
	was.Search, now.Search = "", ""
	if was != now || !ParseSearch(q.Search).narrows(ParseSearch(l.query.Search)) {
		return List{}, false
	}
	return List{q, slices.Collect(q.choose(l.records))}, true
}

// Search returns what was searched for.
func (l List) Search() Search { return ParseSearch(l.query.Search) }

// Len returns how many entries there are.
func (l List) Len() int { return len(l.records) }

// At returns one of the entries, from 0.
func (l List) At(i int) Header { return l.records[i].head.Header.clone() }

// Index returns where the entry with an id is, -1 when it is not there.
func (l List) Index(id string) int {
	return slices.IndexFunc(l.records, func(r *record) bool { return r.head.ID == id })
}

// During returns what was made in any of some times, each a start and an end that
// is not in it; they are given from the newest, and lie apart.
func (l List) During(spans ...[2]time.Time) List {
	var out []*record
	for _, s := range spans {
		out = append(out, between(l.records, s[0], s[1])...)
	}
	l.records = out
	return l
}

// Before returns the index of the newest entry made before a moment, [List.Len]
// when there is none.
func (l List) Before(t time.Time) int { return firstBefore(l.records, t) }

// Created returns when one of the entries was made.
func (l List) Created(i int) time.Time { return l.records[i].head.Created }

// during returns the entries of the query's time.
func (j *Journal) during(q Query) []*record {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(between(j.entries, q.Since, q.Until))
}

// between returns the part of the entries, newest first, that was created in a
// time. Either end may be open.
func between(entries []*record, since, until time.Time) []*record {
	from, to := 0, len(entries)
	if !until.IsZero() {
		from = firstBefore(entries, until)
	}
	if !since.IsZero() {
		to = firstBefore(entries, since)
	}
	return entries[min(from, to):to]
}

// firstBefore is the index of the newest record made before a moment.
func firstBefore(entries []*record, t time.Time) int {
	return sort.Search(len(entries), func(i int) bool { return entries[i].head.Created.Before(t) })
}

// choose yields the records that match, in their order.
func (q Query) choose(entries []*record) iter.Seq[*record] {
	if !q.Deep() {
		return func(yield func(*record) bool) {
			for _, r := range entries {
				if q.matchesHeader(r.head.Header) && !yield(r) {
					return
				}
			}
		}
	}
	search, chosen := ParseSearch(q.Search), fold(q.Chosen)
	return slices.Values(filter(entries, func(r *record) bool {
		return q.matchesHeader(r.head.Header) && q.matchesBody(r.searched(), search, chosen)
	}))
}

// Deep reports whether the query asks for more than headers know. The first such
// query waits for all entries to be read, unless [Journal.PrepareSearch] did.
func (q Query) Deep() bool {
	return q.Search != "" || q.Chosen != "" || q.Brought || q.Written
}

func (q Query) matchesHeader(h *Header) bool {
	return (q.Kind == "" || h.Kind == q.Kind) &&
		(q.Guide == "" || h.Guide == q.Guide) &&
		(q.Tag == "" || slices.Contains(h.Tags, q.Tag))
}

func (q Query) matchesBody(s *searched, search Search, chosen string) bool {
	return (!q.Brought || s.brought) && (!q.Written || s.written) &&
		(chosen == "" || slices.ContainsFunc(s.chosen, func(c string) bool { return fold(c) == chosen })) &&
		search.in(s.text)
}
