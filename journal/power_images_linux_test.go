package journal

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// What of the calls that were not flushed is on the disk: nothing, all, or some.

func none(int, diskCall) part { return nothing }
func all(int, diskCall) part  { return whole }

// lastOnly has the last call and nothing that came before it.
func lastOnly(calls int) fate {
	return func(i int, _ diskCall) part {
		if i == calls-1 {
			return whole
		}
		return nothing
	}
}

// inOrder has names as a journalling file system does: those of a folder up to
// some moment. Of what was written it has anything.
func inOrder(calls int, r *rand.Rand) fate {
	until := make(map[*node]int)
	return func(i int, c diskCall) part {
		if !c.name {
			return part(r.IntN(4))
		}
		if _, ok := until[c.on]; !ok {
			until[c.on] = r.IntN(calls + 1)
		}
		if i < until[c.on] {
			return whole
		}
		return nothing
	}
}

// inNoOrder has any names, whether they came first or last.
func inNoOrder(r *rand.Rand) fate {
	return func(_ int, c diskCall) part {
		if c.name {
			return part(r.IntN(2))
		}
		return part(r.IntN(4))
	}
}

// A power cut while a journal is made, rewritten, backed up or restored leaves
// the old state or the new one, and after the end the new one.
func TestPowerImages(t *testing.T) {
	t.Parallel()
	if !canTrace(t) {
		return
	}
	h := prepared(t)
	tests := []struct {
		name, task string
		before     func(t testing.TB, path string) // changes the folder first
		backups    int                             // that there are in the end, at least
	}{
		{"create", "create", nil, 0},
		{"create with its folder", "create", removeFolder, 0},
		{"purge", "purge", nil, 5},
		{"passphrase", "passphrase", nil, 5},
		{"backup", "backup", nil, 5},
		{"backup that drops one", "backup", addOldBackups, keepBackups},
		{"first backup", "backup", removeBackups, 1},
		{"restore", "restore", nil, 5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := workFolder(t, test.task, h.dir)
			if test.before != nil {
				test.before(t, path)
			}
			c := &cuts{
				home: h,
				task: test.task,
				rec:  recordTask(t, test.task, path),
				rand: rand.New(rand.NewPCG(9, 10)),
				dir:  t.TempDir(),
				ends: make(map[[sha256.Size]byte]string),
			}
			c.backups = test.backups
			c.everywhere(t)
		})
	}
}

func removeFolder(t testing.TB, path string) {
	if err := os.Remove(filepath.Dir(path)); err != nil {
		t.Fatal(err)
	}
}

func removeBackups(t testing.TB, path string) {
	if err := errors.Join(os.RemoveAll(backupDir(path)), os.Remove(ballastPath(path))); err != nil {
		t.Fatal(err)
	}
}

func addOldBackups(t testing.TB, path string) {
	have := backups(path)
	for day := len(have); day < keepBackups; day++ {
		name := fmt.Sprintf("%s2026-10-%02d.db", backupPrefix(path), day)
		writeFile(t, filepath.Join(backupDir(path), name), readFile(t, have[len(have)-1]))
	}
}

// cuts are the images of one task.
type cuts struct {
	home
	task string
	rec  *recording
	rand *rand.Rand
	dir  string
	made int
	ends map[[sha256.Size]byte]string // of each image that differs
}

// imagesEach is how many images of each task are to differ, with -exhaustive.
const imagesEach = 1500

func (c *cuts) everywhere(t *testing.T) {
	n := len(c.rec.calls)
	for round := 0; round == 0 || *exhaustive && len(c.ends) < imagesEach && round < 1000; round++ {
		for calls := range n + 1 {
			// Without -exhaustive, where names have just changed and here and there.
			if !*exhaustive && calls < n && calls%(1+n/6) > 0 && !c.rec.calls[calls-1].name {
				continue
			}
			if round == 0 {
				c.try(t, calls, none)
				c.try(t, calls, all)
				c.try(t, calls, lastOnly(calls))
			}
			c.try(t, calls, inOrder(calls, c.rand))
			c.try(t, calls, inNoOrder(c.rand))
		}
	}
	tally := make(map[string]int)
	for _, end := range c.ends {
		tally[end]++
	}
	t.Logf("%d calls, %d images, %d of them different: %v", n, c.made, len(c.ends), tally)
	if tally["before"]*tally["after"] == 0 || *exhaustive && len(c.ends) < imagesEach {
		t.Error("not enough to tell")
	}
}

// try cuts the power after so many calls and holds what is left against what
// is promised.
func (c *cuts) try(t *testing.T, calls int, f fate) {
	c.made++
	m := c.rec.cut(calls, f, c.rand)
	what := fmt.Sprintf("%s, after call %d of %d", c.task, calls, len(c.rec.calls))
	sum := m.sum()
	if c.ends[sum] == "" {
		c.ends[sum] = c.open(t, what, m)
	}
	if end := c.ends[sum]; calls == len(c.rec.calls) && end != "after" {
		t.Errorf("%s: it was done, and is %s", what, end)
	}
}

// open makes an image into files, and returns how the task ended there.
func (c *cuts) open(t *testing.T, what string, m *image) string {
	if names := c.rec.halves(m); names != nil {
		t.Errorf("%s: half of %q", what, names)
	}
	top := filepath.Join(c.dir, strconv.Itoa(c.made))
	m.lay(t, top)
	path := filepath.Join(top, "folder", "journal.db")
	if n := len(backups(path)); n < c.rec.backups {
		t.Errorf("%s: %d backups, of %d", what, n, c.rec.backups)
	}
	end := c.end(t, what, c.task, path)
	if err := os.RemoveAll(top); err != nil {
		t.Fatal(err)
	}
	return end
}

// halves are the names of whole files under which only a part of one stands.
func (rec *recording) halves(m *image) (names []string) {
	for _, name := range m.reachable() {
		n := m.names[name]
		passing := strings.Contains(name, ".new-") || strings.HasSuffix(name, ".ballast")
		if !n.folder && !passing && !bytes.Equal(m.held(n), rec.now.held(n)) {
			names = append(names, name)
		}
	}
	return names
}
