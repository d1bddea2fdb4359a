package journal

import (
	"bytes"
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
