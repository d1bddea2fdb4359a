package journal

import (
	"crypto/hmac"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
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
	epochFile = stateFile{name: "name"}                // the last epoch, 8 bytes
	daysFile  = stateFile{name: "days", label: "days"} // the last days, 4 bytes each
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

// lastSeen returns the epoch last seen on this computer, 0 when none is known:
// then an older copy is not recognised.
func (k *keyring) lastSeen(dir string) uint64 {
	b := k.recall(dir, epochFile)
	if len(b) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

func (k *keyring) setLastSeen(dir string, epoch uint64) {
	k.remember(dir, epochFile, binary.BigEndian.AppendUint64(nil, epoch))
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
