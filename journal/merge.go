package journal

import (
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Conflicts returns files beside the journal that a synchronising service left
// when two computers wrote at once: copies by another name that hold a journal.
// They can be merged.
func Conflicts(path string) []string {
	base := filepath.Base(path)
	ext := filepath.Ext(base)
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		// "journal (conflicted copy).db", "journal.sync-conflict-….db",
		// "journal-LAPTOP7.db": every service has its own way.
		more, ok := strings.CutPrefix(strings.TrimSuffix(e.Name(), ext), strings.TrimSuffix(base, ext))
		next, _ := utf8.DecodeRuneInString(more)
		if !ok || more == "" || unicode.IsLetter(next) || unicode.IsDigit(next) || filepath.Ext(e.Name()) != ext || !e.Type().IsRegular() {
			continue
		}
		if copied := filepath.Join(filepath.Dir(path), e.Name()); startsWith(copied, []byte(keyMagic)) {
			out = append(out, copied)
		}
	}
	return out
}

// A MergeReport says what a merge took from another journal.
type MergeReport struct {
	Taken  int // entries that were not here, or were changed later there
	Kept   int // of these, entries of which both versions were kept
	Same   int // entries that are the same, or newer here, or of which both versions were here already
	Drafts int // drafts that were not here, or were touched later there
}

// Merge takes the entries and drafts of another journal, such as the copy that
// a synchronising service made of a conflict. Of an entry that both have, the
// version that was made from the other one stays. Where that is known of
// neither, because it was changed on both sides, or by a program that kept no
// history, and they differ, both are kept: the other one as an entry of its own,
// in the bin if it was there. No words are lost. The other file is not changed.
// Its passphrase may be another.
func (j *Journal) Merge(path string, passphrase []byte) (MergeReport, error) {
	var report MergeReport
	if err := Exists(path); err != nil {
		return report, err
	}
	other, err := loadPath(path, passphrase)
	if err != nil {
		return report, err
	}
	defer other.keys.wipe()
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return report, err
	}
	var c change
	for _, r := range other.records {
		if r.head.Type != typeEntry && r.head.Type != typeDraft {
			continue
		}
		if r, err = j.keys.renamed(r); err != nil {
			return report, err
		}
		before := len(c.put)
		mine := j.records[r.id]
		if err := j.merge(&c, r); err != nil {
			return report, err
		}
		switch taken := len(c.put) > before; {
		case r.head.Type == typeDraft && taken:
			report.Drafts++
		case r.head.Type == typeDraft:
		case !taken:
			report.Same++
		case mine != nil && c.put[before].id != r.id:
			report.Kept++
			report.Taken++
		default:
			report.Taken++
		}
	}
	before := j.ledger.lineage
	if other.damage.Whole() && !before.has(other.ledger.lineage) {
		// What the other came after, this journal has from now on.
		j.ledger.lineage = before.in(j.session).with(other.ledger.lineage)
	} else if len(c.put) == 0 {
		return report, nil
	}
	if err := j.commit(c); err != nil {
		j.ledger.lineage = before
		return report, err
	}
	return report, nil
}
