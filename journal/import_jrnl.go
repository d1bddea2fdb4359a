package journal

import (
	"cmp"
	"strings"
	"time"
)

// jrnlEntry reads an entry as jrnl --format json writes it (its documentation's
// page Formats, and jrnl/plugins/json_exporter.py): title, body, date, time,
// tags with their symbol, starred; uuid in a journal that was Day One's once.
func jrnlEntry(o *object, s *Source) writing {
	if o.fields["title"] == nil && o.fields["body"] == nil {
		o.fail("it has neither title nor body")
	}
	// jrnl keeps one text, and makes the title from its first line or first
	// sentence; in its own files the body starts on the line after it.
	title, body := o.text("title"), o.text("body")
	w := writing{text: title + "\n" + body}
	if title == "" || body == "" {
		w.text = title + body
	}
	day, clock := o.text("date"), o.text("time")
	w.key = cmp.Or(o.text("uuid"), day+" "+clock+"\x00"+w.text)
	w.tags = o.tags(func(tag string) string { return strings.TrimLeft(tag, "@#") })
	if day == "" {
		o.fail("it has no date")
		return w
	}
	var ok bool
	if w.created, w.noon, ok = parseDate(strings.TrimSpace(day+" "+clock), s.zone()); !ok {
		o.fail("its date cannot be read")
	}
	w.updated = w.created
	return w
}

// dateForms are how dates are written for programs.
var dateForms = []string{
	time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02 15:04",
}

// parseDate reads a date, in zone where it does not say its own. A day without
// a time is its noon: in most zones of the world that is the same day.
func parseDate(s string, zone *time.Location) (t time.Time, noon, ok bool) {
	for _, form := range dateForms {
		if t, err := time.ParseInLocation(form, s, zone); err == nil {
			return t, false, true
		}
	}
	t, err := time.ParseInLocation(time.DateOnly, s, zone)
	if err != nil {
		return t, false, false
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, zone), true, true
}
