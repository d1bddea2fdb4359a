//go:build !windows

package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"goodenough/journal"
)

var kills = flag.Int("kills", 6, "how often TestKilledWhileTyping kills the program")

// draftAge is how old a draft may be after a kill.
const draftAge = 2 * time.Second

// A typist writes numbered words on pages, and remembers when each was typed
// and which pages the screen said were kept.
type typist struct {
	page  string // what is on the page that is being written
	words []typed
	ended bool // Tab was pressed at its end
	kept  []string
}

// typed is a word: where on the page it ends, and when it was typed.
type typed struct {
	end int
	at  time.Time
}

// write fills pages until the program is gone.
func (y *typist) write(w *terminal, round int) {
	for page := 0; w.shows("Settings"); page++ {
		if w.press("n"); !w.shows("Your page") {
			return
		}
		length := []int{10, 1000}[rand.IntN(2)] // soon at its end, or time for drafts
		for n := range length {
			word := fmt.Sprintf("w%d.%d.%d", round, page, n)
			y.page += " " + word
			y.words = append(y.words, typed{len(y.page), time.Now()})
			if w.write(" " + word); !w.shows(word) {
				return
			}
		}
		y.ended = true
		if w.press("tab"); !w.shows("That is kept") {
			return
		}
		*y = typist{kept: append(y.kept, y.text())}
		w.press("enter")
	}
}

// text is the page as it would be stored.
func (y *typist) text() string { return strings.TrimSpace(y.page) }

// due is as much of it as was typed before a moment.
func (y *typist) due(before time.Time) string {
	end := 0
	for _, word := range y.words {
		if word.at.Before(before) {
			end = word.end
		}
	}
	return strings.TrimSpace(y.page[:end])
}

// lost is when the first word was typed that a draft does not have, or no
// time where it has all.
func (y *typist) lost(draft string) time.Time {
	for _, word := range y.words {
		if len(strings.TrimSpace(y.page[:word.end])) > len(draft) {
			return word.at
		}
	}
	return time.Time{}
}

// goOn leaves the typist with what the journal has of the page.
func (y *typist) goOn(draft string) {
	*y = typist{page: draft, words: []typed{{end: len(draft)}}, kept: y.kept}
}

// page is what an entry says, or a draft.
func page(e journal.Entry) string {
	if len(e.Answers) == 0 {
		return ""
	}
	return e.Answers[0].Text
}

var (
	lastWord = regexp.MustCompile(`.*\b(w\d+\.\d+\.\d+)`)
	keptAt   = regexp.MustCompile(`Your page.* kept \d\d:\d\d`)
)

// TestKilledWhileTyping kills the program, kill -9, at random moments while
// somebody types. What was said to be kept is there, and the draft is at most
// two seconds old.
func TestKilledWhileTyping(t *testing.T) {
	d := newDesk(t)
	passphrase := d.create(cheap)
	var y typist
	var worst time.Duration
	for round := range *kills {
		w := open(t, d.command("--passphrase-file", passphrase))
		var killed time.Time
		after := rand.N(3 * time.Second)
		timer := time.AfterFunc(after, func() {
			killed = time.Now()
			w.cmd.Process.Kill()
		})
		y.write(w, round)
		<-w.ended
		if timer.Stop() {
			t.Fatalf("the program ended by itself: %v\n%s", w.exit, w.screen)
		}
		fail := func(format string, args ...any) {
			t.Helper()
			t.Fatalf("kill %d, after %v: %s\n%s", round+1, after, fmt.Sprintf(format, args...), w.screen)
		}

		entries, drafts := d.contents()
		isEntry := func(text string) bool {
			return slices.ContainsFunc(entries, func(e journal.Entry) bool { return page(e) == text })
		}
		if y.ended && isEntry(y.text()) { // kept, and killed before it could say so
			y = typist{kept: append(y.kept, y.text())}
		}
		for _, text := range y.kept {
			if !isEntry(text) {
				fail("a page was said to be kept and is not there: %q", text)
			}
		}
		if len(entries) != len(y.kept) || len(drafts) > 1 {
			fail("%d entries and %d drafts, and %d pages were kept", len(entries), len(drafts), len(y.kept))
		}
		draft := ""
		if len(drafts) == 1 {
			draft = page(drafts[0].Entry)
		}
		due := y.due(killed.Add(-draftAge))
		if !strings.HasPrefix(y.text(), draft) || len(draft) < len(due) {
			fail("the draft is more than %v old: %q, and this is due: %q, of %q", draftAge, draft, due, y.text())
		}
		if screen := w.text(); keptAt.MatchString(screen) {
			if m := lastWord.FindStringSubmatch(screen); m != nil && !strings.Contains(draft+" ", m[1]+" ") {
				fail("the screen says that all is kept, and %s is not: %q", m[1], draft)
			}
		}
		if at := y.lost(draft); !at.IsZero() {
			worst = max(worst, killed.Sub(at))
		}
		y.goOn(draft)
	}
	t.Logf("%d kills: %d pages kept; a draft was at most %v old", *kills, len(y.kept), worst.Round(time.Millisecond))
}
