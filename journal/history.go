package journal

import "maps"

// A history says what a version of an entry or a draft comes after: for each
// session, that is from one [Open] to its [Journal.Close], in which the record
// was saved, the number of its last save there. Sessions have random names, so
// that those of two computers are told apart, as revisions are not: both count
// on from what they had in common.
type history map[string]uint64

// after reports whether a version with this history was made from the one with
// the other, or is that one. Of a version without a history, from before there
// were any, nothing is known.
func (h history) after(other history) bool {
	for session, n := range other {
		if h[session] < n {
			return false
		}
	}
	return len(other) > 0
}

// next makes the record of an entry's or a draft's next version.
func (j *Journal) next(id recordID, kind string, e Entry, at Place) (*record, error) {
	r, err := entryRecord(id, kind, j.nextRev(id), e, at)
	if err == nil {
		r.head.History = j.nextHistory(id)
	}
	return r, err
}

// nextHistory is the history of a record's next version.
func (j *Journal) nextHistory(id recordID) history {
	h := make(history)
	if r := j.records[id]; r != nil {
		maps.Copy(h, r.head.History)
	}
	j.saves++
	h[j.session] = j.saves
	return h
}
