package journal

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// What replaces whole files is killed here at its system calls, one after
// another: strace ends the process just before the call.

// changing are the calls by which a file or a folder changes.
const changing = "openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdirat"

const purged = "the entry to be purged"

func init() {
	steps := map[string]func(path string) error{
		"create": func(path string) error {
			j, err := Create(path, []byte(testPassphrase), dayFive())
			if err != nil {
				return err
			}
			return j.Close()
		},
		"purge":      opened(func(j *Journal) error { return j.Purge(purged) }),
		"passphrase": opened(func(j *Journal) error { return j.ChangePassphrase([]byte(newPassphrase)) }),
		"backup":     opened((*Journal).Maintain),
		"aside":      opened(putAsideOne),
		"restore": func(path string) error {
			_, err := Restore(path, backups(path)[1], []byte(testPassphrase), dayFive())
			return err
		},
	}
	for name, step := range steps {
		children[name] = onOneThread(step)
	}
}

// onOneThread keeps a task to one thread: strace counts the calls of each.
func onOneThread(step func(path string) error) func(path string) error {
	return func(path string) error {
		runtime.LockOSThread()
		return step(path)
	}
}

// putAsideOne saves an entry after the journal's file was replaced by a copy.
func putAsideOne(j *Journal) error {
	copied := j.Path() + ".synced"
	b, err := os.ReadFile(j.Path())
	if err == nil {
		err = errors.Join(os.WriteFile(copied, b, 0o600), syncFile(copied), os.Rename(copied, j.Path()))
	}
	if err != nil {
		return err
	}
	var aside *AsideError
	if _, err := j.Put(written("aside")); !errors.As(err, &aside) {
		return fmt.Errorf("it is not kept aside: %w", err)
	}
	return nil
}

func dayFive() *Options { return &Options{Cost: cheapCost, Now: atDay(5)} }

func opened(do func(j *Journal) error) func(path string) error {
	return func(path string) error {
		j, err := Open(path, []byte(testPassphrase), dayFive())
		if err != nil {
			return err
		}
		return errors.Join(do(j), j.Close())
	}
}

// straced runs a task in another process under strace, and returns whether it
// came to its end, what it said of an error, and what strace said.
func straced(task, path string, args ...string) (ended bool, failed string, trace []byte) {
	cmd := exec.Command("strace", append(append([]string{"-f", "-y", "-qq"}, args...), os.Args[0])...)
	cmd.Env = append(os.Environ(), childTask+"="+task, taskPath+"="+path)
	var said, out bytes.Buffer
	cmd.Stderr, cmd.Stdout = &said, &out
	err := cmd.Run()
	return err == nil, out.String(), said.Bytes()
}

func canTrace(t testing.TB) bool {
	err := exec.Command("strace", "-f", "-qq", "-e", "trace=none", "true").Run()
	if err != nil {
		t.Logf("not run: needs strace, and leave to use it: %v", err)
	}
	return err == nil
}

// workFolder copies a journal's folder for a task, but for creating one, and
// returns the journal's path there.
func workFolder(t testing.TB, task, dir string) string {
	t.Helper()
	work := filepath.Join(t.TempDir(), "folder")
	err := os.Mkdir(work, 0o700)
	if task != "create" {
		err = errors.Join(err, os.CopyFS(work, os.DirFS(dir)))
	}
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(work, "journal.db")
}

// A home is the folder of a journal with backups and an entry to be purged,
// and what a person sees in it before each task and after.
type home struct {
	dir     string
	before  string
	after   map[string]string
	keys    *keyring
	backups int // that there are when a task is over and Maintain was run
}

// prepared makes such a folder.
func prepared(t testing.TB) home {
	t.Helper()
	j := livedIn(t, testOptions())
	e := written(strings.Repeat("not for ever ", 100))
	e.ID = purged
	put(t, j, e)
	j.opts.Now = atDay(4)
	maintain(t, j)
	put(t, j, written("since the last backup"))
	h := home{dir: filepath.Dir(j.Path()), before: shown(t, j), keys: sameKeys(t, j.keys), backups: 5}
	j.Close()
	h.after = map[string]string{
		"purge":      withoutPurged(h.before),
		"passphrase": h.before,
		"backup":     h.before,
		"restore":    shown(t, openTestJournal(t, backups(workFolder(t, "restore", h.dir))[1], dayFive())),
	}
	return h
}

func withoutPurged(shown string) string {
	return regexp.MustCompile(`(?m)^.*`+purged+`.*\n`).ReplaceAllString(shown, "")
}

func TestKilledAtEachStep(t *testing.T) {
	t.Parallel()
	if !canTrace(t) {
		return
	}
	h := prepared(t)
	for task, step := range map[string]int{"create": 4, "purge": 11, "passphrase": 31, "backup": 7, "restore": 6} {
		kills, step := 0, every(step)
		ends := make(map[string]int)
		for n := 1; ; n += step {
			path := workFolder(t, task, h.dir)
			ended, failed, _ := straced(task, path, "-e", "trace="+changing, "-e", fmt.Sprintf("inject=%s:signal=KILL:when=%d", changing, n))
			what := fmt.Sprintf("%s, killed at call %d", task, n)
			if failed != "" {
				t.Errorf("%s: %s", what, failed)
			}
			if !ended {
				kills++
			}
			ends[h.end(t, what, task, path)]++
			if ended {
				break
			}
		}
		t.Logf("%s: killed at %d calls: %v", task, kills, ends)
		if kills < 3 || ends["before"]*ends["after"] == 0 {
			t.Errorf("%s: %d kills, %v: not enough to tell", task, kills, ends)
		}
	}
}

// end holds that a task which was cut short was not done at all, or is done,
// and says which: "before" or "after".
func (h home) end(t testing.TB, what, task, path string) string {
	t.Helper()
	if task == "create" {
		return createdOrNot(t, what, path)
	}
	_, err := os.Stat(filepath.Join(backupDir(path), "journal-2026-11-05.db"))
	backedUp := err == nil
	passphrase, got := h.afterKill(t, what, path)
	switch {
	case passphrase == testPassphrase && got == h.before && !(task == "backup" && backedUp):
		return "before"
	case got == h.after[task] && (passphrase == newPassphrase) == (task == "passphrase"):
		h.afterwards(t, what, task, path)
		return "after"
	}
	t.Errorf("%s: neither before nor after", what)
	return "neither"
}

// afterwards holds that what a task promises beside the journal is so.
func (h home) afterwards(t testing.TB, what, task, path string) {
	t.Helper()
	switch task {
	case "purge":
		id := h.keys.recordID(entryName(purged))
		for name, b := range files(t, filepath.Dir(path)) {
			for c := range everyRecord(h.keys, b) {
				if c.id == id {
					t.Errorf("%s: %s still has the entry", what, filepath.Base(name))
				}
			}
		}
	case "restore":
		kept := replaced(path)
		if len(kept) != 1 {
			t.Errorf("%s: what was replaced is kept as %q", what, kept)
			return
		}
		j, err := Open(kept[0], []byte(testPassphrase), dayFive())
		if err != nil {
			t.Errorf("%s: what was replaced: %v", what, err)
			return
		}
		if shown(t, j) != h.before || !j.Damage().Whole() {
			t.Errorf("%s: what was replaced is not what was there", what)
		}
		j.Close()
	}
}

// createdOrNot holds that a journal whose making was interrupted is there or is
// not, and that it can be made.
func createdOrNot(t testing.TB, what, path string) string {
	t.Helper()
	end := "after"
	j, err := Open(path, []byte(testPassphrase), dayFive())
	if errors.Is(err, ErrNotExist) {
		end = "before"
		j, err = Create(path, []byte(testPassphrase), dayFive())
	}
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	put(t, j, written("first"))
	maintain(t, j)
	if j.Len() != 1 || !j.Damage().Whole() {
		t.Errorf("%s: %v", what, j.Damage())
	}
	j.Close()
	if got := slices.Sorted(maps.Keys(files(t, filepath.Dir(path)))); len(got) != 5 {
		t.Errorf("%s: left %q", what, got)
	}
	return end
}

// afterKill opens what a kill left with the passphrase that opens it, lets
// Maintain finish what was interrupted, and holds the folder against what it
// promises: the backups are there and whole, nothing unfinished is left, and
// one passphrase opens all of it and no other any.
func (h home) afterKill(t testing.TB, what, path string) (passphrase, got string) {
	t.Helper()
	passphrase, other := testPassphrase, newPassphrase
	j, err := Open(path, []byte(passphrase), dayFive())
	if errors.Is(err, ErrPassphrase) {
		passphrase, other = other, passphrase
		j, err = Open(path, []byte(passphrase), dayFive())
	}
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	got = shown(t, j)
	// What salvage would bring out at this moment.
	copied := filepath.Join(filepath.Dir(path), "..", "salvaged.db")
	j.Close()
	if r, err := Salvage(path, copied, []byte(passphrase), dayFive()); err != nil || r.Lost+r.Older != 0 || !r.ListWhole {
		t.Errorf("%s: salvage: %+v, %v", what, r, err)
	}
	if err := os.Remove(copied); err != nil {
		t.Error(err)
	}
	if j, err = Open(path, []byte(passphrase), dayFive()); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	defer j.Close()
	had := len(backups(path))
	have := maintain(t, j)
	if len(have) < h.backups || len(have) > max(had, h.backups) {
		t.Errorf("%s: backups %q", what, have)
	}
	for _, b := range have {
		if c, err := readBack(b, j.keys); err != nil || !c.damage.Whole() || len(c.records) < 8 {
			t.Errorf("%s: %s: %v", what, filepath.Base(b), err)
		}
	}
	if again := shown(t, j); again != got || !j.Damage().Whole() {
		t.Errorf("%s: Maintain changed what is seen, %v", what, j.Damage())
	}
	dir := filepath.Dir(path)
	unfinished(t, what, dir)
	if n := openedBy(t, dir, other); n != 0 {
		t.Errorf("%s: the other passphrase opens %d key blocks", what, n)
	}
	return passphrase, got
}

// unfinished holds that nothing below a folder was left half done.
func unfinished(t testing.TB, what, dir string) {
	t.Helper()
	for name := range files(t, dir) {
		if strings.Contains(name, ".new-") {
			t.Errorf("%s: %s is left", what, filepath.Base(name))
		}
	}
}

// Whatever fails with an error where a file is replaced, what is said is true:
// it did not happen, or it did.
func TestErrorAtEachStep(t *testing.T) {
	t.Parallel()
	if !canTrace(t) {
		return
	}
	const calls = "pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,linkat"
	h := prepared(t)
	for task, step := range map[string]int{"create": 5, "purge": 11, "passphrase": 23, "backup": 9, "restore": 9} {
		ends := make(map[string]int)
		for n, more := 1, true; more; n += every(step) {
			path := workFolder(t, task, h.dir)
			before := len(backups(path))
			kind := []string{"ENOSPC", "EIO"}[n%2]
			ended, failed, trace := straced(task, path, "-e", "trace="+calls, "-e", fmt.Sprintf("inject=%s:error=%s:when=%d", calls, kind, n))
			more = bytes.Contains(trace, []byte("(INJECTED)"))
			what := fmt.Sprintf("%s, %s at call %d", task, kind, n)
			unfinished(t, what, filepath.Dir(path))
			switch {
			case ended && failed == "":
				ends["done"]++
			case strings.Contains(failed, ErrUnfinished.Error()):
				ends["to be finished"]++
			case failed != "":
				ends["not done"]++
			default:
				t.Fatalf("%s: %s", what, trace)
			}
			if task == "create" {
				if end := createdOrNot(t, what, path); (end == "after") != (failed == "") {
					t.Errorf("%s: %s, and said %q", what, end, failed)
				}
				continue
			}
			passphrase, got := h.afterKill(t, what, path)
			changed := passphrase != testPassphrase || got != h.before || task == "backup" && len(backups(path)) > before && failed == ""
			if done := failed == "" || strings.Contains(failed, ErrUnfinished.Error()); changed != done {
				t.Errorf("%s: changed %v, and said %q", what, changed, failed)
			}
		}
		t.Logf("%s: %v", task, ends)
		if ends["not done"] == 0 {
			t.Errorf("%s: no error was met", task)
		}
	}
}

// A file takes another's place only when it is on the disk, and the folder is
// flushed after it: a power cut leaves the old one or the new.
func TestOrderOnDisk(t *testing.T) {
	t.Parallel()
	if !canTrace(t) {
		return
	}
	h := prepared(t)
	call := regexp.MustCompile(`(?m)^(?:\[pid +\d+\] )?(\w+)\((.*)\) += (\d+)`)
	inFile := regexp.MustCompile(`^\d+<([^>]*)>`)
	names := regexp.MustCompile(`"([^"]*)"`)
	for _, task := range []string{"create", "purge", "passphrase", "backup", "restore", "aside"} {
		path := workFolder(t, task, h.dir)
		ended, failed, trace := straced(task, path, "-e", "trace="+changing)
		if !ended {
			t.Fatalf("%s: %s\n%s", task, failed, trace)
		}
		unflushed := make(map[string]bool) // files and folders
		renames := 0
		for _, m := range call.FindAllSubmatch(trace, -1) {
			args := string(m[2])
			file := ""
			if f := inFile.FindStringSubmatch(args); f != nil {
				file = f[1]
			}
			switch name := string(m[1]); name {
			case "write", "pwrite64", "ftruncate":
				unflushed[file] = true
			case "fsync", "fdatasync":
				delete(unflushed, file)
			case "rename", "renameat", "renameat2", "link", "linkat":
				both := names.FindAllStringSubmatch(args, -1)
				from, to := both[0][1], both[1][1]
				if unflushed[from] {
					t.Errorf("%s: %s takes its place before it is on the disk", task, filepath.Base(from))
				}
				unflushed[filepath.Dir(to)] = true
				renames++
			case "openat": // a side file keeps the name that it is made with
				if both := names.FindAllStringSubmatch(args, -1); strings.Contains(both[0][1], ".aside-") {
					unflushed[filepath.Dir(both[0][1])] = true
				}
			}
		}
		for file := range unflushed {
			if strings.HasPrefix(file, filepath.Dir(path)) && !strings.HasSuffix(file, ".ballast") {
				t.Errorf("%s: %s is not flushed", task, filepath.Base(file))
			}
		}
		t.Logf("%s: %d files take their place, each flushed before and its folder after", task, renames)
		if renames == 0 {
			t.Errorf("%s: nothing was renamed:\n%s", task, trace)
		}
	}
}
