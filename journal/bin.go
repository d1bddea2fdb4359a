package journal

import (
	"slices"
	"time"
)

// BinFor is how long a deleted entry can be brought back.
const BinFor = 30 * 24 * time.Hour

// Delete moves an entry to the bin, from where [Journal.Undelete] brings it
// back. Errors are as for [Journal.Put], and [ErrNotFound].
func (j *Journal) Delete(id string) error {
	return j.setBinned(id, j.opts.Now().UTC().Truncate(time.Second))
}

// Undelete brings an entry back from the bin, unchanged.
func (j *Journal) Undelete(id string) error { return j.setBinned(id, time.Time{}) }

func (j *Journal) setBinned(id string, at time.Time) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return err
	}
	r := j.records[j.keys.recordID(entryName(id))]
	if r == nil {
		return ErrNotFound
	}
	if r.head.Binned.IsZero() == at.IsZero() {
		return nil // it is there already; its time in the bin goes on
	}
	moved := &record{id: r.id, head: r.head, body: r.body}
	moved.head.Rev = j.nextRev(r.id)
	moved.head.Binned = at
	moved.head.History = j.nextHistory(r.id)
	return j.commit(change{put: []*record{moved}})
}

// A Binned is an entry in the bin.
type Binned struct {
	Header
	Until time.Time // until when it can be brought back, at the least
}

// Bin returns what is in the bin, the last deleted first.
func (j *Journal) Bin() []Binned {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := make([]Binned, len(j.bin))
	for i, r := range j.bin {
		out[i] = Binned{Header: r.head.Header.clone(), Until: r.head.Binned.Add(BinFor)}
	}
	return out
}

// Purge deletes entries for good, whether they are in the bin or not: their
// ciphertext is in no file that goodenough keeps in the journal's folder
// afterwards, the backups included. It cannot reach what the disk, a
// synchronising service or somebody else kept of older files, and not a file
// that [Journal.Foreign] then names.
//
// With the entries go the drafts of changes of them, and from the backups the
// drafts that are drafts no longer: an entry was one before it was kept. On error no entry is gone from the
// journal, though some backups may be without it.
func (j *Journal) Purge(ids ...string) error {
	j.files.Lock()
	defer j.files.Unlock()
	return j.purge(ids)
}

func (j *Journal) purge(ids []string) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return err
	}
	gone := make(map[recordID]bool, len(ids))
	for _, id := range ids {
		id := j.keys.recordID(entryName(id))
		if j.records[id] == nil {
			return ErrNotFound
		}
		gone[id] = true
	}
	if len(gone) == 0 {
		return nil
	}
	for _, d := range j.drafts {
		gone[d.id] = gone[d.id] || slices.Contains(ids, d.head.Of)
	}
	if err := j.clearFolder(); err != nil {
		return err
	}
	// The copies come first: after a crash in between the entry is still in the
	// journal, and deleting it can be asked for again.
	err := j.renewCopies(func(r *record) bool {
		return gone[r.id] || r.head.Type == typeDraft && j.records[r.id] == nil
	})
	if err != nil {
		return err
	}
	return j.rewrite(j.keys, slices.DeleteFunc(j.keptWithout(""), func(r *record) bool { return gone[r.id] }))
}

// purgeOld deletes for good what has been in the bin for its time: by the clock,
// and by the days on which the journal was seen, where these are remembered.
func (j *Journal) purgeOld() error {
	now, dir := j.opts.Now(), j.opts.StateDir
	today := dayOf(now)
	seen := j.keys.daysSeen(dir, today)
	if !slices.Contains(seen, today) {
		seen = append(seen, today)
		j.keys.setDaysSeen(dir, seen)
	}
	var old []string
	for _, b := range j.Bin() {
		borneOut := dir == "" || passed(dayOf(b.Until.Add(-BinFor)), seen) >= uint32(BinFor/(24*time.Hour))
		if now.After(b.Until) && borneOut {
			old = append(old, b.ID)
		}
	}
	return j.purge(old)
}
