package journal

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// markdown takes in a file of Markdown, which is one entry. Its date is the
// first of: that in its front matter; that in its name or its folders', as in
// 2026-11-20.md, 2026-11-20-title.md and 2026/11/20.md; that in its first
// heading.
func (b *sourceImporter) markdown(name string, data []byte) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		b.problem("it is not UTF-8 text")
		return
	}
	front, body := frontMatter(string(data))
	w := writing{text: body, title: front.title, lead: unmarked(body), tags: front.tags}
	problem, line := w.readDate(front, name, body, b.source.zone())
	if front.more {
		w.text = string(data)
	}
	if problem != "" && strings.TrimSpace(w.text) != "" {
		b.at.Line = line
		b.problem(problem)
		return
	}
	w.key = w.created.Format("2006-01-02T15:04:05") + "\x00" + w.text
	w.updated = w.created
	b.write(Markdown, w)
}

// readDate reads the date of a file. One that cannot be read is named, though
// another may stand for it; problem says that there is none, and in which line
// it should be.
func (w *writing) readDate(front front, name, body string, zone *time.Location) (problem string, line int) {
	places := []struct {
		called string
		line   int
		date   string
	}{
		{"in its front matter", front.line, front.date},
		{"in its name", 0, dateInName(name)},
		{"in its first heading", 0, dateInHeading(body)},
	}
	problem = "there is no date in its front matter, its name or its first heading"
	var unread []string
	for _, p := range places {
		if p.date == "" {
			continue
		}
		var ok bool
		if w.created, w.noon, ok = parseDate(p.date, zone); ok {
			for _, where := range unread {
				w.doubt(line, "the date "+where+" cannot be read, so the one "+p.called+" was taken")
			}
			return "", 0
		}
		if unread == nil {
			problem, line = "the date "+p.called+" cannot be read; one like 2026-11-20 or 2026-11-20 17:42 can", p.line
		}
		unread = append(unread, p.called)
	}
	return problem, line
}

// A front is what is read of a Markdown file's front matter.
type front struct {
	date   string
	line   int // where the date is
	title  string
	tags   []string
	inTags bool // the lines that follow are tags
	more   bool // there is something in it that is not read
}

// frontMatter parts a file's front matter, YAML between two lines of hyphens,
// from the text after it.
func frontMatter(text string) (f front, body string) {
	size, n := 0, 0
	for line := range strings.Lines(text) {
		size += len(line)
		n++
		line = strings.TrimRight(line, " \t\r\n")
		switch {
		case n == 1 && line != "---":
			return front{}, text
		case n == 1:
		case line == "---":
			return f, strings.TrimLeft(text[size:], "\r\n")
		case !f.read(line, n):
			f.more = true
		}
	}
	return front{}, text // it does not end, so it is none
}

// read reads a line of front matter, and reports whether that is all there is
// to it. Of YAML it knows no more than people write there by hand.
func (f *front) read(line string, n int) (all bool) {
	if item, ok := strings.CutPrefix(strings.TrimSpace(line), "- "); ok && f.inTags {
		return f.addTag(item)
	}
	f.inTags = false
	name, value, _ := strings.Cut(line, ":")
	switch {
	case line == "":
		return true
	case name == "date" && f.date == "":
		f.line = n
		if f.date, all = scalar(value); !all {
			f.date = strings.TrimSpace(value) // to be named
		}
		_, _, ok := parseDate(f.date, time.UTC)
		return all && ok
	case name == "title" && f.title == "":
		f.title, all = scalar(value)
		return all
	case name == "tags" && f.tags == nil:
		if value = strings.TrimSpace(value); value == "" {
			f.inTags = true
			return true
		}
		if strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]") {
			value = value[1 : len(value)-1]
		}
		for tag := range strings.SplitSeq(value, ",") {
			if !f.addTag(tag) {
				return false
			}
		}
		return true
	}
	return false
}

func (f *front) addTag(s string) (all bool) {
	tag, all := scalar(s)
	if tag = strings.TrimLeft(tag, "#"); tag != "" && !slices.Contains(f.tags, tag) {
		f.tags = append(f.tags, tag)
	}
	return all
}

var scalarForm = regexp.MustCompile(`^\s*(?:"([^"\\]*)"|'([^']*)'|([^\s"'#\[\]{}|>*&!%@` + "`" + `-][^#\[\]{}]*))\s*$`)

// scalar reads a value in YAML, and reports whether it is one of the plain ones
// that it understands.
func scalar(s string) (value string, ok bool) {
	m := scalarForm.FindStringSubmatch(s)
	if m == nil || !plain(s) {
		return "", false
	}
	return strings.TrimSpace(m[1] + m[2] + m[3]), true
}

// dateNames are the names of files, without their ending, that have a date.
var dateNames = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|[^0-9])(\d{4})[-_./](\d{2})[-_./](\d{2})(?:[^0-9/][^/]*)?$`),
	regexp.MustCompile(`(?:^|/)(\d{4})(\d{2})(\d{2})(?:[^0-9/][^/]*)?$`),
}

// dateInName is the date in the name of a file or of its folders, as it would be
// written: whether there is such a day is not seen. Empty: there is none.
func dateInName(name string) string {
	name = strings.TrimSuffix(name, path.Ext(name))
	for _, form := range dateNames {
		if m := form.FindStringSubmatch(name); m != nil {
			return strings.Join(m[1:], "-")
		}
	}
	return ""
}

var (
	heading  = regexp.MustCompile(`(?m)^#{1,6}[ \t]+(.*)$`)
	isoDate  = regexp.MustCompile(`(?:^|[^0-9])(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{2}:\d{2}))?(?:[^0-9]|$)`)
	dayMonth = regexp.MustCompile(`(?:^|[^0-9])(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9}),?\s+(\d{4})(?:[^0-9]|$)`)
	monthDay = regexp.MustCompile(`([A-Za-z]{3,9})\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[^0-9]|$)`)
)

// dateInHeading is a date such as 2026-11-20, Friday 20 November 2026 or November
// 20th, 2026 in a text's first heading, as dateInName. One of numbers and strokes
// is not read: whether the day or the month comes first is not to be known.
func dateInHeading(text string) string {
	m := heading.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	line := m[1]
	if m := isoDate.FindStringSubmatch(line); m != nil {
		return strings.TrimSpace(m[1] + " " + m[2])
	}
	var day, month, year string
	if m := dayMonth.FindStringSubmatch(line); m != nil {
		day, month, year = m[1], m[2], m[3]
	} else if m := monthDay.FindStringSubmatch(line); m != nil {
		day, month, year = m[2], m[1], m[3]
	}
	for _, form := range []string{"January", "Jan"} {
		if m, err := time.Parse(form, month); err == nil {
			number, _ := strconv.Atoi(day)
			return fmt.Sprintf("%s-%02d-%02d", year, m.Month(), number)
		}
	}
	return ""
}
