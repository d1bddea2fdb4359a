package journal

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"runtime/debug"
	"strconv"

	"filippo.io/age"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"
)

// A Cost says how much work Argon2id (RFC 9106) does to turn a passphrase into
// a key. It is stored with the journal, so that it can grow in later versions.
type Cost struct {
	MemoryKiB uint32 // memory, in KiB
	Passes    uint32 // passes over that memory
	Lanes     uint8  // parallel lanes
}

var (
	// fullCost takes about 0.3 s on two laptop cores and prices an attacker's
	// guess at 450 a second on a large graphics card.
	fullCost = Cost{MemoryKiB: 256 << 10, Passes: 3, Lanes: 4}
	// smallCost is RFC 9106's second recommendation, for computers that have
	// less than 1 GiB to spare when the journal is made.
	smallCost = Cost{MemoryKiB: 64 << 10, Passes: 3, Lanes: 4}
	// maxCost bounds what a file may ask for, before anything is allocated: a
	// crafted journal must not be able to exhaust the machine.
	maxCost = Cost{MemoryKiB: 1 << 20, Passes: 16, Lanes: 16}
)

func (c Cost) valid() bool {
	return c.Passes >= 1 && c.Lanes >= 1 && c.MemoryKiB >= 8*uint32(c.Lanes) &&
		c.Passes <= maxCost.Passes && c.Lanes <= maxCost.Lanes && c.MemoryKiB <= maxCost.MemoryKiB
}

// stanzaType names our age recipient stanza. age asks for a domain name there;
// .internal is reserved for names that are nobody's.
const stanzaType = "goodenough.internal/argon2id"

// The roles of a stanza: the one that the daily passphrase opens, and the one
// that the recovery phrase, on paper, opens.
const (
	rolePassphrase = "passphrase"
	roleRecovery   = "recovery"
)

const saltSize = 16

// A slot is one Argon2id stanza of the age key file: it wraps age's file key
// under a passphrase. It implements [age.Recipient] and [age.Identity].
type slot struct {
	role       string
	passphrase []byte
	cost       Cost         // used by Wrap; Unwrap takes the stanza's own
	kept       *recoveryKey // used by Wrap for recovery: the phrase is on paper
}

// A recoveryKey is what a recovery phrase gave. It is kept inside the sealed
// payload, so that a change of passphrase can wrap the new keys for the phrase
// without asking for it.
type recoveryKey struct {
	salt [saltSize]byte
	cost Cost
	key  [chacha20poly1305.KeySize]byte
}

// phraseAsMade writes a recovery phrase the way it was made: small letters, and
// one space between words. It is typed from paper years later, and there is
// nothing to guess in a capital.
func phraseAsMade(typed []byte) []byte {
	return bytes.Join(bytes.Fields(bytes.ToLower(typed)), []byte(" "))
}

// newRecoveryKey derives the key of a phrase.
func newRecoveryKey(phrase []byte, cost Cost) *recoveryKey {
	// Argon2id's memory would stay with the process.
	defer debug.FreeOSMemory()
	r := &recoveryKey{cost: cost}
	rand.Read(r.salt[:])
	key := (&slot{passphrase: phrase}).wrapKey(r.salt[:], cost)
	defer clear(key)
	copy(r.key[:], key)
	return r
}

// recoverySize is the length of a recoveryKey in the payload: a 1, the salt,
// passes and memory in 4 bytes each, lanes in one, and the key.
const recoverySize = 1 + saltSize + 4 + 4 + 1 + chacha20poly1305.KeySize

func (r *recoveryKey) append(b []byte) []byte {
	b = append(append(b, 1), r.salt[:]...)
	b = binary.LittleEndian.AppendUint32(b, r.cost.Passes)
	b = binary.LittleEndian.AppendUint32(b, r.cost.MemoryKiB)
	return append(append(b, r.cost.Lanes), r.key[:]...)
}

// parseRecoveryKey reads what append wrote; nil when there is none.
func parseRecoveryKey(b []byte) *recoveryKey {
	if len(b) < recoverySize || b[0] != 1 {
		return nil
	}
	r := &recoveryKey{cost: Cost{
		Passes:    binary.LittleEndian.Uint32(b[17:]),
		MemoryKiB: binary.LittleEndian.Uint32(b[21:]),
		Lanes:     b[25],
	}}
	copy(r.salt[:], b[1:])
	copy(r.key[:], b[26:])
	if !r.cost.valid() {
		return nil
	}
	return r
}

// recoveryAEAD is the cipher of one recovery stanza. Its key wraps again at
// every change of passphrase; the fresh value, new in every stanza, keeps two
// of them from sharing a key and so a nonce.
func recoveryAEAD(key, fresh []byte) (cipher.AEAD, error) {
	once, err := hkdf.Key(sha256.New, key, fresh, "goodenough/v1 recovery", chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	defer clear(once)
	return chacha20poly1305.New(once)
}

var strictBase64 = base64.RawStdEncoding.Strict()

// errSlot is returned for a stanza that no goodenough wrote.
var errSlot = errors.New("malformed or excessive passphrase stanza")

func (s *slot) wrapKey(salt []byte, c Cost) []byte {
	// NFC, so that é typed on a Mac is the é that was typed on Windows.
	// Appended, because norm.NFC.Bytes may return the caller's own slice.
	pass := norm.NFC.Append(nil, s.passphrase...)
	defer clear(pass)
	if c.MemoryKiB >= smallCost.MemoryKiB {
		warmMemory(int(c.MemoryKiB) << 10)
	}
	return argon2.IDKey(pass, append([]byte(stanzaType), salt...), c.Passes, c.MemoryKiB, c.Lanes, chacha20poly1305.KeySize)
}

// Wrap implements [age.Recipient].
func (s *slot) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	var aead cipher.AEAD
	var args []string
	var err error
	if s.kept != nil {
		fresh := make([]byte, saltSize)
		rand.Read(fresh)
		aead, err = recoveryAEAD(s.kept.key[:], fresh)
		args = append(stanzaArgs(s.role, s.kept.salt[:], s.kept.cost), strictBase64.EncodeToString(fresh))
	} else {
		salt := make([]byte, saltSize)
		rand.Read(salt)
		key := s.wrapKey(salt, s.cost)
		defer clear(key)
		aead, err = chacha20poly1305.New(key)
		args = stanzaArgs(s.role, salt, s.cost)
	}
	if err != nil {
		return nil, err
	}
	// A fixed nonce is sound here: each key seals one file key and no more.
	body := aead.Seal(nil, make([]byte, chacha20poly1305.NonceSize), fileKey, nil)
	return []*age.Stanza{{Type: stanzaType, Args: args, Body: body}}, nil
}

func stanzaArgs(role string, salt []byte, c Cost) []string {
	return []string{
		role,
		strictBase64.EncodeToString(salt),
		strconv.FormatUint(uint64(c.Passes), 10),
		strconv.FormatUint(uint64(c.MemoryKiB), 10),
		strconv.FormatUint(uint64(c.Lanes), 10),
	}
}

// Unwrap implements [age.Identity]. It returns an error wrapping
// [age.ErrIncorrectIdentity] when the passphrase opens no stanza of its role.
func (s *slot) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, st := range stanzas {
		if st.Type != stanzaType || len(st.Args) == 0 || st.Args[0] != s.role {
			continue
		}
		salt, cost, fresh, err := parseSlot(st)
		if err != nil {
			return nil, err
		}
		key := s.wrapKey(salt, cost)
		defer clear(key)
		var aead cipher.AEAD
		if fresh != nil {
			aead, err = recoveryAEAD(key, fresh)
		} else {
			aead, err = chacha20poly1305.New(key)
		}
		if err != nil {
			return nil, err
		}
		fileKey, err := aead.Open(nil, make([]byte, chacha20poly1305.NonceSize), st.Body, nil)
		if err != nil {
			return nil, age.ErrIncorrectIdentity
		}
		return fileKey, nil
	}
	return nil, age.ErrIncorrectIdentity
}

// parseSlot reads a stanza strictly: one spelling per number, every bound
// checked before Argon2id is asked for memory. fresh is nil but for recovery.
func parseSlot(st *age.Stanza) (salt []byte, c Cost, fresh []byte, err error) {
	const wrappedFileKey = 16 + chacha20poly1305.Overhead
	args := 5
	if len(st.Args) > 0 && st.Args[0] == roleRecovery {
		args = 6
	}
	if len(st.Args) != args || len(st.Body) != wrappedFileKey {
		return nil, c, nil, errSlot
	}
	value := func(arg string) []byte {
		b, err := strictBase64.DecodeString(arg)
		if err != nil || len(b) != saltSize {
			return nil
		}
		return b
	}
	if salt = value(st.Args[1]); salt == nil {
		return nil, c, nil, errSlot
	}
	if args == 6 {
		if fresh = value(st.Args[5]); fresh == nil {
			return nil, c, nil, errSlot
		}
	}
	var n [3]uint64
	for i, arg := range st.Args[2:5] {
		if n[i], err = strconv.ParseUint(arg, 10, 32); err != nil || strconv.FormatUint(n[i], 10) != arg {
			return nil, c, nil, errSlot
		}
	}
	if n[2] > uint64(maxCost.Lanes) {
		return nil, c, nil, errSlot
	}
	c = Cost{Passes: uint32(n[0]), MemoryKiB: uint32(n[1]), Lanes: uint8(n[2])}
	if !c.valid() {
		return nil, c, nil, errSlot
	}
	return salt, c, fresh, nil
}

// ExportAge writes what [Journal.Export] writes, encrypted to a passphrase as
// the standard age tool does it, so that "age -d" opens it without goodenough.
func (j *Journal) ExportAge(w io.Writer, q Query, passphrase []byte) error {
	r, err := age.NewScryptRecipient(string(passphrase))
	if err != nil {
		return err
	}
	out, err := age.Encrypt(w, r)
	if err != nil {
		return err
	}
	_, err = j.Export(out, q)
	return errors.Join(err, out.Close())
}
