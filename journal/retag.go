package journal

import (
	"slices"
	"time"
)

// Retag gives a tag another name in every entry that has it, those in the bin
// among them, or takes it away where the new name is empty. An entry that has
// both keeps one. It returns how many entries were changed: after an error, those
// that were before it.
func (j *Journal) Retag(from, to string) (n int, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return 0, err
	}
	var changed []*record
	now := j.opts.Now().UTC().Truncate(time.Second)
	for _, r := range slices.Concat(j.entries, j.bin) {
		if from == to || !slices.Contains(r.head.Tags, from) {
			continue
		}
		next := &record{id: r.id, head: r.head, body: r.body}
		h := r.head.Header.clone()
		h.Tags, h.Updated = retagged(h.Tags, from, to), now
		next.head.Header = &h
		next.head.Rev = j.nextRev(r.id)
		next.head.History = j.nextHistory(r.id)
		changed = append(changed, next)
	}
	for batch := range slices.Chunk(changed, importBatch) {
		if err := j.commit(change{put: batch}); err != nil {
			return n, err
		}
		n += len(batch)
	}
	return n, nil
}

func retagged(tags []string, from, to string) []string {
	var out []string
	for _, t := range tags {
		if t == from {
			t = to
		}
		if t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
