package tui

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What cannot be written to its end leaves no half of it, in clear, and can be
// tried again; and a file that was there stays, whatever happens.
func TestNoHalfFileIsLeft(t *testing.T) {
	name := filepath.Join(t.TempDir(), "out.md")
	full := errors.New("no room")
	half := func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Repeat("half of it ", 10_000))
		return errors.Join(err, full)
	}
	if _, err := WriteNew(name, half); !errors.Is(err, full) {
		t.Errorf("%v, want %v", err, full)
	}
	if _, err := os.Stat(name); !os.IsNotExist(err) {
		t.Errorf("half of it is there: %v", err)
	}
	whole := func(w io.Writer) error { _, err := io.WriteString(w, "all of it"); return err }
	if path, err := WriteNew(name, whole); err != nil || path != name {
		t.Errorf("the second time: %q, %v", path, err)
	}
	if _, err := WriteNew(name, half); Sentence(err) != string(NewFileError(os.ErrExist).(Said)) {
		t.Errorf("over another file: %v", err)
	}
	if b, err := os.ReadFile(name); err != nil || string(b) != "all of it" {
		t.Errorf("it is %q, %v", b, err)
	}
}

// Every place that asks for a file takes "~/", and says where the file is.
func TestAFileInOnesOwnFolder(t *testing.T) {
	own := t.TempDir()
	t.Setenv("HOME", own)
	t.Setenv("USERPROFILE", own)
	written := func(name, words string) {
		t.Helper()
		if b, err := os.ReadFile(filepath.Join(own, name)); err != nil || !strings.Contains(string(b), words) {
			t.Errorf("%s is %q, %v", name, b, err)
		}
	}
	withNote(t, "a long day").press("j", "space", "s").write("~/marked.md").press("enter").sees("Written, to")
	written("marked.md", "a long day")

	d := home(t, 80, 24)
	d.put(brought("share me", true))
	d.send(pushMsg{newShare(d.app.session, d.newestOf(briefGuide))})
	d.press("t", "ctrl+a").press("ctrl+k").write("~/brief.txt").press("enter").sees("Written to")
	written("brief.txt", "share me")
}
