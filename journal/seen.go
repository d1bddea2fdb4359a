package journal

import (
	"crypto/hmac"
	"encoding/binary"
	"encoding/hex"
	"os"
	"path/filepath"
)

// The last epoch of a journal that was seen on this computer is kept outside
// the journal: nothing inside a file can tell that the whole file is an older
// copy of itself. It is 8 bytes of epoch and 32 of HMAC, in a file whose name
// is an HMAC too, and it is a convenience: without it nothing is lost.

func (k *keyring) seenPath(dir string) string {
	return filepath.Join(dir, hex.EncodeToString(k.seenMAC([]byte("name"))[:16]))
}

func (k *keyring) seenRecord(epoch uint64) []byte {
	b := binary.BigEndian.AppendUint64(nil, epoch)
	return append(b, k.seenMAC(b)...)
}

// lastSeen returns the epoch last seen on this computer, 0 when none is known.
func (k *keyring) lastSeen(dir string) uint64 {
	if dir == "" {
		return 0
	}
	b, err := os.ReadFile(k.seenPath(dir))
	if err != nil || len(b) != 40 {
		return 0
	}
	epoch := binary.BigEndian.Uint64(b)
	if !hmac.Equal(b, k.seenRecord(epoch)) {
		return 0
	}
	return epoch
}

// setLastSeen remembers an epoch. A crash in the middle leaves an older or an
// unreadable memory, which only means that one older copy is not recognised,
// so it is neither synced nor its error reported.
func (k *keyring) setLastSeen(dir string, epoch uint64) {
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		return
	}
	_ = os.WriteFile(k.seenPath(dir), k.seenRecord(epoch), 0o600)
}
