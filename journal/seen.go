package journal

import (
	"crypto/hmac"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// What was last seen of a journal on this computer is kept outside the journal:
// nothing inside a file can tell that the whole file is an older copy of itself,
// or that the clock went wrong. Each of these files is followed by 32 bytes of
// HMAC and has an HMAC for a name, and is a convenience: without it nothing is
// lost.

// A stateFile is one kind of such a file.
type stateFile struct{ name, label string }

var (
	seenFile = stateFile{name: "name"}                // the last states, as JSON
	daysFile = stateFile{name: "days", label: "days"} // the last days, 4 bytes each
)

func (k *keyring) statePath(dir string, f stateFile) string {
	return filepath.Join(dir, hex.EncodeToString(k.seenMAC([]byte(f.name))[:16]))
}

func (k *keyring) sign(f stateFile, b []byte) []byte {
	return append(b, k.seenMAC(append([]byte(f.label), b...))...)
}

// recall returns what was remembered, nil when nothing is known.
func (k *keyring) recall(dir string, f stateFile) []byte {
	if dir == "" {
		return nil
	}
	b, err := os.ReadFile(k.statePath(dir, f))
	n := len(b) - 32
	if err != nil || n < 0 || !hmac.Equal(b, k.sign(f, b[:n:n])) {
		return nil
	}
	return b[:n]
}

// remember keeps b. A crash in the middle leaves an older or an unreadable
// file, so it is neither synced nor its error reported.
func (k *keyring) remember(dir string, f stateFile, b []byte) {
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return
	}
	_ = os.WriteFile(k.statePath(dir, f), k.sign(f, b), 0o600)
}

// A seenState is a state of the journal that was seen on this computer.
type seenState struct {
	lineage
	// Since is the day, since 1970, from which the journal was saved here without
	// having it. That is said for as long as an entry stays in the bin. 0: it was
	// the last one seen.
	Since uint32 `json:"since,omitempty"`
}

// keepLacking bounds how many states are remembered that the journal has not.
const keepLacking = 8

// seen returns what was seen on this computer, the last state at the end; nil
// where nothing is known: then another copy is not told from the journal.
func (k *keyring) seen(o Options) (states []seenState) {
	if json.Unmarshal(k.recall(o.StateDir, seenFile), &states) != nil {
		return nil
	}
	today := dayOf(o.Now())
	return slices.DeleteFunc(states, func(s seenState) bool {
		return s.Since > 0 && s.Since+uint32(BinFor/(24*time.Hour)) < today
	})
}

func (k *keyring) setSeen(dir string, states []seenState) {
	b, err := json.Marshal(states)
	if err == nil {
		k.remember(dir, seenFile, b)
	}
}

// lacking are those of some states that a journal of this lineage does not have.
func (l lineage) lacking(states []seenState) []seenState {
	return slices.DeleteFunc(slices.Clone(states), func(s seenState) bool { return l.has(s.lineage) })
}

// newest is the lineage of a file that somebody puts in the journal's place: it
// counts as having all that was seen here.
func (k *keyring) newest(l lineage, o Options) lineage {
	l = l.next(newSession())
	for _, s := range k.seen(o) {
		l = l.with(s.lineage)
		l.Epoch = max(l.Epoch, s.Epoch+1)
	}
	return l
}

// compareSeen holds the journal against what was last seen here. Where it has
// that, it is what was last seen now; otherwise it is that once it is saved.
func (j *Journal) compareSeen() {
	states := j.keys.seen(j.opts)
	j.lacks = j.ledger.lacking(states)
	j.damage.compare(j.ledger.lineage, states)
	if len(states) > 0 {
		last := states[len(states)-1]
		if !j.ledger.has(last.lineage) || last.has(j.ledger.lineage) {
			return
		}
	}
	j.noteSeen()
}

// noteSeen remembers the journal as it is now as what was last seen here, and
// beside it what was seen and is not in it.
func (j *Journal) noteSeen() {
	j.lacks = j.ledger.lacking(j.lacks)
	if len(j.lacks) == 0 {
		j.damage.Older, j.damage.Parted = 0, false
	}
	for i := range j.lacks {
		if j.lacks[i].Since == 0 {
			j.lacks[i].Since = dayOf(j.opts.Now())
		}
	}
	j.lacks = j.lacks[max(len(j.lacks)-keepLacking, 0):]
	j.keys.setSeen(j.opts.StateDir, append(slices.Clone(j.lacks), seenState{lineage: j.ledger.lineage}))
}

// compare says of a journal's lineage what was seen on this computer that it does
// not come after.
func (d *Damage) compare(l lineage, seen []seenState) {
	for i, s := range seen {
		switch last := i == len(seen)-1; {
		case l.has(s.lineage):
		case last && s.has(l) && s.Epoch > l.Epoch:
			d.Older = s.Epoch - l.Epoch
		default:
			d.Parted = true
		}
	}
}

// The days on which a journal was looked after bear the clock out: it alone must
// not empty the bin. Where no day is known the bin is emptied later.

// keepDays is more than the bin needs: each day of use counts at least once.
const keepDays = 64

// longestGap is how many days count of a time in which the journal was not
// looked after. A clock that jumps ahead by a year has gained no more than that,
// and somebody who is away for a year finds the bin as it was.
const longestGap = 7

func dayOf(t time.Time) uint32 { return uint32(max(t.Unix()/(24*60*60), 0)) }

// daysSeen are the days on which the journal was looked after, up to today and
// in order. What lies ahead was of a clock that was wrong.
func (k *keyring) daysSeen(dir string, today uint32) (days []uint32) {
	b := k.recall(dir, daysFile)
	for ; len(b) >= 4; b = b[4:] {
		if day := binary.BigEndian.Uint32(b); day <= today {
			days = append(days, day)
		}
	}
	return days
}

func (k *keyring) setDaysSeen(dir string, days []uint32) {
	var b []byte
	for _, day := range days[max(len(days)-keepDays, 0):] {
		b = binary.BigEndian.AppendUint32(b, day)
	}
	k.remember(dir, daysFile, b)
}

// passed returns how many days passed from a day to the last of those that were
// seen, as far as these bear it out.
func passed(from uint32, seen []uint32) (days uint32) {
	for _, day := range seen {
		if day > from {
			days += min(day-from, longestGap)
			from = day
		}
	}
	return days
}
