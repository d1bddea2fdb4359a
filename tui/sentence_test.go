package tui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"goodenough/journal"
)

func TestEveryErrorHasItsSentence(t *testing.T) {
	const path = "/home/jo/private/journal.db"
	errs := map[string]error{
		"exist": journal.ErrExist, "not exist": journal.ErrNotExist, "passphrase": journal.ErrPassphrase, "in use": journal.ErrInUse, "lock": journal.ErrLock,
		"damaged": journal.ErrDamaged, "newer": journal.ErrNewer, "not found": journal.ErrNotFound, "ambiguous": journal.ErrAmbiguous,
		"full": journal.ErrFull, "read only": journal.ErrReadOnly, "replaced": journal.ErrReplaced, "too large": journal.ErrTooLarge,
		"link": journal.ErrLink, "unfinished": journal.ErrUnfinished, "closed": journal.ErrClosed, "remains": journal.ErrRemains, "format": journal.ErrFormat,
		"aside":          &journal.AsideError{Path: path, Err: journal.ErrReplaced},
		"gave way":       &journal.AsideError{Path: path, Err: journal.ErrDamaged},
		"left, replaced": errors.Join(journal.ErrReplaced, journal.ErrLeft), "left, damaged": errors.Join(journal.ErrDamaged, journal.ErrLeft),
		"missing": fs.ErrNotExist,
	}
	said := make(map[string]string)
	for name, err := range errs {
		s := Sentence(fmt.Errorf("%s: %w", path, err))
		if other, ok := said[s]; ok {
			t.Errorf("%s and %s are said alike: %q", name, other, s)
		}
		said[s] = name
		if strings.HasPrefix(s, "Something did not work") {
			t.Errorf("%s has no sentence of its own: %q", name, s)
		}
	}
	for name, err := range map[string]error{
		"a path":     &fs.PathError{Op: "open", Path: path, Err: errors.New("input/output error")},
		"two paths":  &os.LinkError{Op: "rename", Old: path, New: path + ".old", Err: errors.New("input/output error")},
		"no meaning": errors.New("input/output error"),
	} {
		said[Sentence(fmt.Errorf("save: %w", err))] = name
	}
	for s, name := range said {
		if !strings.HasSuffix(s, ".") || strings.ContainsAny(s, "/\\\n%") && !strings.Contains(s, "input/output") || strings.Contains(s, "jo") && strings.Contains(s, "private") {
			t.Errorf("%s: %q", name, s)
		}
		if first := s[:1]; first != strings.ToUpper(first) && !strings.HasPrefix(s, "goodenough") {
			t.Errorf("%s does not begin like a sentence: %q", name, s)
		}
	}
	if s := Sentence(nil); s != "" {
		t.Errorf("nothing is said as %q", s)
	}
}

// A sentence that matters on the screen has room in a small window.
func TestSentencesFitASmallWindow(t *testing.T) {
	for _, err := range []error{journal.ErrReplaced, journal.ErrFull, journal.ErrReadOnly, journal.ErrTooLarge, &journal.AsideError{Err: journal.ErrReplaced}} {
		d := home(t, 40, 20).press("n").write("a long day")
		g := d.guide()
		d.send(keptMsg{guide: g, changes: g.walk.changes, err: err})
		if !d.hasRows(Sentence(err)) || !d.hasRows("a long day") {
			t.Errorf("%v:\n%s", err, d.screen())
		}
	}
}
