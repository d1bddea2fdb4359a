package journal

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A computer is where a copy of a journal is used.
type computer struct {
	path string
	opts *Options
}

func newComputer(t testing.TB) computer {
	t.Helper()
	opts := testOptions()
	opts.StateDir = filepath.Join(t.TempDir(), "state")
	opts.Now = atDay(1)
	return computer{filepath.Join(t.TempDir(), "journal.db"), opts}
}

// writes opens the journal there and saves some entries.
func (c computer) writes(t testing.TB, saves int, text string) {
	t.Helper()
	j := openTestJournal(t, c.path, c.opts)
	for i := range saves {
		put(t, j, written(fmt.Sprint(text, " ", i)))
	}
	j.Close()
}

// finds opens the journal there and returns what is said of it.
func (c computer) finds(t testing.TB) Damage {
	t.Helper()
	j := openTestJournal(t, c.path, c.opts)
	defer j.Close()
	return j.Damage()
}

// forked makes a journal on a computer, and a copy of it on another.
func forked(t testing.TB) (a, b computer) {
	t.Helper()
	a, b = newComputer(t), newComputer(t)
	j, err := Create(a.path, []byte(testPassphrase), a.opts)
	if err != nil {
		t.Fatal(err)
	}
	put(t, j, written("shared"))
	j.Close()
	writeFile(t, b.path, readFile(t, a.path))
	return a, b
}

// A copy that was saved on another computer takes the place of the journal: that
// is said, however the numbers of their saves compare, until what was here is
// merged into it.
func TestFork(t *testing.T) {
	for _, saves := range []int{1, 2, 3, 4, 9} {
		a, b := forked(t)
		a.writes(t, 3, "on A")
		b.writes(t, saves, "on B")
		own := readFile(t, a.path)
		writeFile(t, a.path, readFile(t, b.path))
		for range 2 {
			if d := a.finds(t); d != (Damage{Parted: true}) {
				t.Errorf("%d saves there: %+v", saves, d)
			}
		}
		if d := b.finds(t); !d.Whole() {
			t.Errorf("%d saves there, on B: %+v", saves, d)
		}
		a.writes(t, 2, "later")
		if d := a.finds(t); d != (Damage{Parted: true}) {
			t.Errorf("%d saves there, after a save: %+v", saves, d)
		}
		other := filepath.Join(t.TempDir(), "other.db")
		writeFile(t, other, own)
		j := openTestJournal(t, a.path, a.opts)
		if r, err := j.Merge(other, []byte(testPassphrase)); err != nil || r.Taken != 3 || !j.Damage().Whole() {
			t.Errorf("%+v, %v, %v", r, err, j.Damage())
		}
		j.Close()
		if d := a.finds(t); !d.Whole() {
			t.Errorf("%d saves there, after a merge: %+v", saves, d)
		}
		// It goes back to the other computer as what follows.
		writeFile(t, b.path, readFile(t, a.path))
		if d := b.finds(t); !d.Whole() {
			t.Errorf("%d saves there, back on B: %+v", saves, d)
		}
	}
}

// Taken from one computer to the other and back, it is one journal.
func TestJournalGoesAround(t *testing.T) {
	a, b := forked(t)
	for i := range 3 * keepSessions / 2 {
		a.writes(t, 1+i%2, "on A")
		writeFile(t, b.path, readFile(t, a.path))
		if d := b.finds(t); !d.Whole() {
			t.Fatalf("round %d, on B: %v", i, d)
		}
		b.writes(t, 1+i%3, "on B")
		writeFile(t, a.path, readFile(t, b.path))
		if d := a.finds(t); !d.Whole() {
			t.Fatalf("round %d, on A: %v", i, d)
		}
	}
	j := openTestJournal(t, a.path, a.opts)
	if n := len(j.ledger.History); n != keepSessions {
		t.Errorf("it names %d sessions", n)
	}
	j.Close()
	// What B has, A does not take for its own after as many sessions again.
	old := readFile(t, b.path)
	a.writes(t, 1, "last")
	writeFile(t, b.path, old)
	for range 5 {
		b.writes(t, 1, "on B alone")
	}
	writeFile(t, a.path, readFile(t, b.path))
	if d := a.finds(t); !d.Parted {
		t.Errorf("parted in the end: %+v", d)
	}
}

// That the journal was older is not forgotten with the first save.
func TestOlderCopyAfterASave(t *testing.T) {
	a, _ := forked(t)
	old := readFile(t, a.path)
	a.writes(t, 20, "more")
	newer := readFile(t, a.path)
	writeFile(t, a.path, old)
	if d := a.finds(t); d != (Damage{Older: 20}) {
		t.Errorf("put back: %+v", d)
	}
	a.writes(t, 1, "on the older one")
	for range 2 {
		if d := a.finds(t); d != (Damage{Parted: true}) {
			t.Errorf("after a save: %+v", d)
		}
	}
	// The newer one lacks that save.
	saved := readFile(t, a.path)
	writeFile(t, a.path, newer)
	if d := a.finds(t); d != (Damage{Parted: true}) {
		t.Errorf("the newer one back: %+v", d)
	}
	// It is said for as long as an entry stays in the bin.
	writeFile(t, a.path, saved)
	a.opts.Now = atDay(31)
	if d := a.finds(t); !d.Parted {
		t.Errorf("after 30 days: %+v", d)
	}
	a.opts.Now = atDay(32)
	if d := a.finds(t); !d.Whole() {
		t.Errorf("after 31 days: %+v", d)
	}
}

// A backup that is restored is the newest state, whatever was seen before.
func TestRestoreAfterAFork(t *testing.T) {
	a, b := forked(t)
	a.writes(t, 3, "on A")
	backup := filepath.Join(t.TempDir(), "backup.db")
	writeFile(t, backup, readFile(t, a.path))
	b.writes(t, 5, "on B")
	writeFile(t, a.path, readFile(t, b.path))
	a.writes(t, 1, "later")
	if _, err := Restore(a.path, backup, []byte(testPassphrase), a.opts); err != nil {
		t.Fatal(err)
	}
	if d := a.finds(t); !d.Whole() {
		t.Errorf("%+v", d)
	}
}

// A check, and what is left of a file, say of a fork what the journal says.
func TestCheckSaysOfAFork(t *testing.T) {
	a, b := forked(t)
	a.writes(t, 3, "on A")
	b.writes(t, 4, "on B")
	writeFile(t, a.path, readFile(t, b.path))
	report, err := Check(a.path, []byte(testPassphrase), a.opts)
	if err != nil || report.Damage != (Damage{Parted: true}) {
		t.Errorf("%+v, %v", report.Damage, err)
	}
	if lines := report.Damage.Lines(); len(lines) != 1 || !strings.Contains(lines[0], "goodenough merge FILE") {
		t.Errorf("%q", lines)
	}
	j, err := OpenRemains(a.path, []byte(testPassphrase), a.opts)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if !j.Damage().Parted {
		t.Errorf("%+v", j.Damage())
	}
}

// While the journal lacks something, its backups stay: they may have it.
func TestBackupsStayAfterAFork(t *testing.T) {
	a, b := forked(t)
	j := openTestJournal(t, a.path, a.opts)
	for day := 1; day <= keepBackups; day++ {
		j.opts.Now = atDay(day)
		put(t, j, written(fmt.Sprint("on A, day ", day)))
		maintain(t, j)
	}
	have := backups(a.path)
	today := readFile(t, have[0])
	j.Close()
	b.writes(t, 20, "on B")
	writeFile(t, a.path, readFile(t, b.path))
	a.opts.Now = atDay(keepBackups)
	j = openTestJournal(t, a.path, a.opts)
	if err := j.BackupNow(); err != nil {
		t.Fatal(err)
	}
	if string(readFile(t, have[0])) != string(today) {
		t.Error("today's backup gave way to the other copy's")
	}
	put(t, j, written("and on"))
	if err := j.BackupNow(); err != nil {
		t.Fatal(err)
	}
	j.opts.Now = atDay(keepBackups + 1)
	put(t, j, written("the next day"))
	maintain(t, j)
	now := backups(a.path)
	if len(now) != keepBackups+2 || filepath.Base(now[1]) != "journal-2026-11-07-2.db" || !slices.Equal(now[2:], have) {
		t.Errorf("%q", now)
	}
	for _, name := range now[:2] {
		if c, err := readBack(name, j.keys); err != nil || !c.damage.Whole() {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
	}
	j.Close()
}

// Nor is the bin emptied then: a backup that has what is lacking is written anew
// without drafts that the journal does not have.
func TestBinStaysAfterAFork(t *testing.T) {
	a, b := forked(t)
	j := openTestJournal(t, a.path, a.opts)
	e := put(t, j, written("deleted long ago"))
	var days []uint32
	for day := -60; day <= 1; day += 5 {
		days = append(days, dayOf(atDay(day)()))
	}
	j.keys.setDaysSeen(a.opts.StateDir, days)
	j.opts.Now = atDay(-60)
	if err := j.Delete(e.ID); err != nil {
		t.Fatal(err)
	}
	j.Close()
	writeFile(t, b.path, readFile(t, a.path))
	a.writes(t, 1, "on A")
	own := readFile(t, a.path)
	b.writes(t, 1, "on B")
	writeFile(t, a.path, readFile(t, b.path))
	for _, want := range []int{1, 0} {
		j = openTestJournal(t, a.path, a.opts)
		maintain(t, j)
		if n := len(j.Bin()); n != want {
			t.Errorf("%d in the bin, want %d", n, want)
		}
		j.Close()
		writeFile(t, a.path, own)
	}
}

// What a lineage does not name any more is not said to be missing.
func TestLineageForgets(t *testing.T) {
	l := lineage{Epoch: 1, Session: "first"}
	first := l
	for i := range keepSessions + 1 {
		if l = l.next(fmt.Sprint("session ", i)); !l.has(first) {
			t.Fatalf("after %d sessions it is said to lack the first", i+1)
		}
	}
	if len(l.History) != keepSessions || l.Floor != 1 {
		t.Errorf("%d sessions, floor %d", len(l.History), l.Floor)
	}
	if l.has(lineage{Epoch: 3, Session: "another"}) || l.has(lineage{Epoch: l.Epoch + 1, Session: l.Session}) {
		t.Error("it is said to have what it has not")
	}
	if l.next("another").Epoch != l.Epoch+1 || len(first.History) != 0 {
		t.Error("what came before was changed")
	}
}

// A journal from before lineages was seen by its number; so it is still.
func TestLineageNotKnown(t *testing.T) {
	a, _ := forked(t)
	j := openTestJournal(t, a.path, a.opts)
	unknown := j.ledger.lineage
	unknown.Session, unknown.History, unknown.Floor = "", nil, unknown.Epoch
	for _, epoch := range []uint64{unknown.Epoch - 1, unknown.Epoch, unknown.Epoch + 1} {
		seen := lineage{Epoch: epoch, Session: "of a day"}
		if got := unknown.has(seen); got != (epoch <= unknown.Epoch) {
			t.Errorf("%d seen of %d: %v", epoch, unknown.Epoch, got)
		}
	}
	if later := unknown.next("new"); !later.has(unknown) || !later.has(lineage{Epoch: unknown.Epoch, Session: "of a day"}) {
		t.Error("what came before the first session is not known to have been")
	}
	var d Damage
	d.compare(unknown, []seenState{{lineage: lineage{Epoch: unknown.Epoch + 4, Session: "of a day", History: history{"x": unknown.Epoch}}}})
	if d != (Damage{Older: 4}) {
		t.Errorf("%+v", d)
	}
	j.Close()
}
