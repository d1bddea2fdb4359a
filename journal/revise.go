package journal

import (
	"bytes"
	"slices"
	"strings"
	"time"
)

// changed is the entry that a draft of a change or of a later thought makes. same
// reports that it says nothing that the entry does not say already.
func (j *Journal) changed(d Draft) (e Entry, same bool, err error) {
	if err := j.writable(); err != nil {
		return e, false, err
	}
	r := j.records[j.keys.recordID(entryName(d.Of))]
	if r == nil {
		e = d.Entry
		e.ID = ""
		return e, false, nil
	}
	if e, err = r.entry(); err != nil {
		return e, false, err
	}
	now := j.opts.Now().UTC().Truncate(time.Second)
	if d.Adds {
		text := d.writing()
		if text == "" {
			return e, true, nil
		}
		e.Later = append(e.Later, Thought{Added: now, Text: text})
		return e, false, nil
	}
	if e.Title == d.Title && sameAnswers(e.Answers, d.Answers) {
		return e, true, nil
	}
	e.Earlier = append(e.Earlier, Version{Until: now, Title: e.Title, Answers: e.Answers})
	e.Title, e.Answers = d.Title, d.Answers
	return e, false, nil
}

// writing is all text of an entry's answers.
func (e Entry) writing() string {
	var parts []string
	for _, a := range e.Answers {
		if a.Text != "" {
			parts = append(parts, a.Text)
		}
	}
	return strings.Join(parts, "\n\n")
}

func sameAnswers(a, b []Answer) bool {
	x, err1 := encodeJSON(sealedBody{Answers: a})
	y, err2 := encodeJSON(sealedBody{Answers: b})
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}

// ForgetEarlier deletes for good what an entry said before it was changed, as
// [Journal.Purge] deletes whole entries. The entry itself stays; the backups are
// without it until the next one is made.
func (j *Journal) ForgetEarlier(id string) error {
	j.files.Lock()
	defer j.files.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return err
	}
	r := j.records[j.keys.recordID(entryName(id))]
	if r == nil {
		return ErrNotFound
	}
	e, err := r.entry()
	if err != nil || len(e.Earlier) == 0 {
		return err
	}
	e.Earlier = nil
	next, err := j.next(r.id, typeEntry, e, Place{})
	if err != nil {
		return err
	}
	next.head.Binned = r.head.Binned
	if err := j.clearFolder(); err != nil {
		return err
	}
	err = j.renewCopies(func(old *record) bool {
		return old.id == r.id || old.head.Type == typeDraft && j.records[old.id] == nil
	})
	if err != nil {
		return err
	}
	records := j.keptWithout("")
	records[slices.Index(records, r)] = next
	return j.rewrite(j.keys, records)
}
