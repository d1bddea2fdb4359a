package tui

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"goodenough/content"
	"goodenough/journal"
)

// WriteMarkdown writes an entry as Markdown: its title and date, and each
// answer under its question. The library gives the words for what the journal
// keeps as ids.
func WriteMarkdown(w io.Writer, l *content.Library, e journal.Entry) error {
	s := &session{library: l}
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s\n", entryTitle(e.Header), e.Created.Local().Format("Monday 2 January 2006, 15:04"))
	if len(e.Tags) > 0 {
		fmt.Fprintf(&b, "\nTags: %s\n", printable(strings.Join(e.Tags, ", ")))
	}
	if e.Bring != nil {
		fmt.Fprintf(&b, "\n%s\n", bringWords(e.Bring))
	}
	for _, a := range e.Answers {
		fmt.Fprintf(&b, "\n### %s\n\n", printable(a.Prompt))
		lines := answerLines(s, e.Guide, a)
		fmt.Fprintf(&b, "%s\n", strings.Join(lines, "  \n")) // two spaces: the line ends here
		if a.Bring != nil {
			fmt.Fprintf(&b, "\n%s\n", bringWords(a.Bring))
		}
	}
	for _, t := range e.Later {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n", laterWords(t), strings.ReplaceAll(printableLines(t.Text), "\n", "  \n"))
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}

// WriteEarlier writes what an entry said before it was changed, each version as
// [WriteMarkdown] writes the entry.
func WriteEarlier(w io.Writer, l *content.Library, e journal.Entry) error {
	for _, v := range slices.Backward(e.Earlier) {
		if _, err := fmt.Fprintf(w, "%s:\n\n", untilWords(v)); err != nil {
			return err
		}
		if err := WriteMarkdown(w, l, versionOf(e, v)); err != nil {
			return err
		}
	}
	return nil
}

// WriteText writes an entry for the ear: as [WriteMarkdown] does, without marks.
func WriteText(w io.Writer, l *content.Library, e journal.Entry) error {
	s := &session{library: l}
	out := []string{entryTitle(e.Header), e.Created.Local().Format("Monday 2 January 2006, 15:04")}
	if len(e.Tags) > 0 {
		out = append(out, "Tags: "+printable(strings.Join(e.Tags, ", ")))
	}
	if e.Bring != nil {
		out = append(out, bringWords(e.Bring))
	}
	out = append(append(out, ""), answerText(s, e)...)
	for _, t := range e.Later {
		out = append(out, "", laterWords(t), printableLines(t.Text))
	}
	_, err := io.WriteString(w, strings.Join(out, "\n")+"\n")
	return err
}

// answerText is what was answered, each under its question.
func answerText(s *session, e journal.Entry) []string {
	if len(e.Answers) == 0 {
		return []string{nothingWritten}
	}
	var out []string
	for i, a := range e.Answers {
		if i > 0 {
			out = append(out, "")
		}
		out = append(append(out, printable(a.Prompt)), answerLines(s, e.Guide, a)...)
		if a.Bring != nil {
			out = append(out, bringWords(a.Bring))
		}
	}
	return out
}

// PlainLine is an entry as one line for the ear, what one listens for first.
func PlainLine(h journal.Header) string {
	return h.Created.Local().Format("Monday 2 January 2006, 15:04") + ". " + entryTitle(h) + ". " + ShortID(h.ID)
}

// ListLine is an entry as one line: the start of its id, when, and its title.
func ListLine(h journal.Header) string {
	return pad(ShortID(h.ID), 8) + "  " + h.Created.Local().Format("2006-01-02 15:04") + "  " + entryTitle(h)
}

// ShortID is as much of an id as a person needs to type.
func ShortID(id string) string {
	if len(id) > 8 {
		id = id[:8]
	}
	return printable(id)
}

// KeepNote keeps a text as a note, the way the guide "note" would.
func KeepNote(o Options, j *journal.Journal, text string) (journal.Entry, error) {
	note, err := Notes(o)
	if err != nil {
		return journal.Entry{}, err
	}
	return j.Put(note(strings.TrimSpace(text)))
}

// Notes returns what makes a note of a text, the way the guide "note" would.
// The text stays as it is.
func Notes(o Options) (func(text string) journal.Entry, error) {
	library, _ := content.Load(o.Content)
	g, ok := library.Guide(string(StartNote))
	if !ok || len(g.Steps) == 0 {
		return nil, fmt.Errorf("there is no guide with the name %q", StartNote)
	}
	return func(text string) journal.Entry {
		w := newWalk(g, fullSteps(g, nil))
		w.set(journal.Answer{Step: g.Steps[0].ID, Prompt: g.Steps[0].Prompt, Text: text})
		return w.toDraft().Entry
	}, nil
}
