package journal

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"
)

// dayOneLeft is what of Day One's entries has no place here.
var dayOneLeft = map[string]string{
	"photos":         "photos",
	"videos":         "videos",
	"audios":         "recordings",
	"pdfAttachments": "PDFs",
	"location":       "places",
	"weather":        "weather",
	"music":          "music",
}

// dayOneEntry reads an entry of Day One's JSON export: uuid, creationDate and
// modifiedDate in UTC, timeZone by its IANA name, text in Markdown, tags,
// starred. Newer versions export richText as well, the same words in a form of
// their own, and no text at all for an entry without words.
func dayOneEntry(o *object, s *Source) writing {
	date := o.text("creationDate")
	w := writing{text: o.text("text")}
	if rich := o.text("richText"); strings.TrimSpace(w.text) == "" && rich != "" {
		words, ok := richWords(rich)
		if !ok {
			o.fail("its words are in a form that cannot be read (richText)")
		}
		w.text = words
	}
	w.lead = unmarked(w.text)
	w.key = cmp.Or(o.text("uuid"), date+"\x00"+w.text)
	w.tags = o.tags(strings.TrimSpace)
	zone := s.zone()
	if name := o.text("timeZone"); name != "" {
		if own, err := time.LoadLocation(name); err == nil {
			zone = own
		} else { // that changes how the time is written, not when it was
			w.doubt(0, "its time zone is not known here, so its time is written in this computer's")
		}
	}
	var err error
	if date == "" {
		o.fail("it has no date")
	} else if w.created, err = time.Parse(time.RFC3339, date); err != nil {
		o.fail("its date cannot be read")
	}
	w.created = w.created.In(zone)
	changed := o.text("modifiedDate")
	if w.updated, err = time.Parse(time.RFC3339, changed); err != nil {
		if w.updated = w.created; changed != "" {
			w.doubt(0, "the date of its last change cannot be read, so the day it was written stands for that")
		}
	}
	return w
}

// richWords are the words of a text in Day One's rich form, without the form.
func richWords(rich string) (words string, ok bool) {
	type node struct {
		Text string `json:"text"`
	}
	var doc struct {
		Contents []node `json:"contents"` // in exports
		Nodes    []node `json:"nodes"`    // in Day One's own specification
	}
	if json.Unmarshal([]byte(rich), &doc) != nil || halfCharacter([]byte(rich)) {
		return "", false
	}
	var b strings.Builder
	for _, n := range append(doc.Contents, doc.Nodes...) {
		b.WriteString(n.Text)
	}
	return b.String(), true
}
