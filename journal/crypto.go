package journal

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"runtime/debug"
	"slices"
	"strconv"

	"filippo.io/age"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"
)

// This file is the only one that touches a cryptographic primitive. What it
// writes is specified in the package documentation; testdata/vectors.json
// holds known answers for each layer.

// formatVersion is the version of the whole format: it stands in every key
// block, every record's magic and every sealed header.
const formatVersion = 1

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

// rolePassphrase marks the stanza that the daily passphrase opens. A second
// stanza of the same type, with the role "recovery", may stand beside it.
const rolePassphrase = "passphrase"

// A slot is one Argon2id stanza of the age key file: it wraps age's file key
// under a passphrase. It implements [age.Recipient] and [age.Identity].
type slot struct {
	role       string
	passphrase []byte
	cost       Cost // used by Wrap; Unwrap takes the stanza's own
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
	salt := make([]byte, 16)
	rand.Read(salt)
	key := s.wrapKey(salt, s.cost)
	defer clear(key)
	aead, err := chacha20poly1305.New(key)
	if err != nil {
		return nil, err
	}
	return []*age.Stanza{{
		Type: stanzaType,
		Args: []string{
			s.role,
			strictBase64.EncodeToString(salt),
			strconv.FormatUint(uint64(s.cost.Passes), 10),
			strconv.FormatUint(uint64(s.cost.MemoryKiB), 10),
			strconv.FormatUint(uint64(s.cost.Lanes), 10),
		},
		// A fixed nonce is sound here: the salt is fresh, so the key is used once.
		Body: aead.Seal(nil, make([]byte, chacha20poly1305.NonceSize), fileKey, nil),
	}}, nil
}

// Unwrap implements [age.Identity]. It returns an error wrapping
// [age.ErrIncorrectIdentity] when the passphrase opens no stanza of its role.
func (s *slot) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, st := range stanzas {
		if st.Type != stanzaType || len(st.Args) == 0 || st.Args[0] != s.role {
			continue
		}
		salt, cost, err := parseSlot(st)
		if err != nil {
			return nil, err
		}
		key := s.wrapKey(salt, cost)
		defer clear(key)
		aead, err := chacha20poly1305.New(key)
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
// checked before Argon2id is asked for memory.
func parseSlot(st *age.Stanza) (salt []byte, c Cost, err error) {
	const wrappedFileKey = 16 + chacha20poly1305.Overhead
	if len(st.Args) != 5 || len(st.Body) != wrappedFileKey {
		return nil, c, errSlot
	}
	if salt, err = strictBase64.DecodeString(st.Args[1]); err != nil || len(salt) != 16 {
		return nil, c, errSlot
	}
	var n [3]uint64
	for i, arg := range st.Args[2:] {
		if n[i], err = strconv.ParseUint(arg, 10, 32); err != nil || strconv.FormatUint(n[i], 10) != arg {
			return nil, c, errSlot
		}
	}
	if n[2] > uint64(maxCost.Lanes) {
		return nil, c, errSlot
	}
	c = Cost{Passes: uint32(n[0]), MemoryKiB: uint32(n[1]), Lanes: uint8(n[2])}
	if !c.valid() {
		return nil, c, errSlot
	}
	return salt, c, nil
}

const (
	keyMagic     = "GENOUGHK"
	keyBlockSize = 5000 // over a quarter page: bbolt never inlines it, so the copies lie on pages of their own
	keyHeader    = len(keyMagic) + 4
	payloadMagic = "goodenough-key/v1\n"
)

// A keyring holds what an unlocked journal needs: its identity and the keys
// that HKDF derives from the root key, one for each purpose.
type keyring struct {
	journal [16]byte
	root    []byte
	records cipher.AEAD
	names   []byte
	state   []byte
	block   []byte // the key block as stored, for side files
}

func newKeyring(journal, root []byte) (*keyring, error) {
	k := &keyring{root: bytes.Clone(root)}
	copy(k.journal[:], journal)
	derive := func(purpose string) ([]byte, error) {
		return hkdf.Key(sha256.New, k.root, k.journal[:], "goodenough/v1 "+purpose, 32)
	}
	records, err := derive("records")
	if err != nil {
		return nil, err
	}
	defer clear(records)
	if k.records, err = chacha20poly1305.NewX(records); err != nil {
		return nil, err
	}
	if k.names, err = derive("names"); err != nil {
		return nil, err
	}
	k.state, err = derive("state")
	return k, err
}

// wipe clears what Go lets a program clear; the cipher keeps a copy of its own
// key until it is collected. The package documentation makes no promise here.
func (k *keyring) wipe() {
	clear(k.root)
	clear(k.names)
	clear(k.state)
	k.records = nil
}

// createKeyring makes a new journal identity and root key and wraps them under
// the passphrase, as a key block.
func createKeyring(passphrase []byte, cost Cost) (*keyring, error) {
	if !cost.valid() {
		return nil, errSlot
	}
	journal, root := make([]byte, 16), make([]byte, 32)
	rand.Read(journal)
	rand.Read(root)
	defer clear(root)
	payload := slices.Concat([]byte(payloadMagic), journal, root)
	defer clear(payload)

	var file bytes.Buffer
	w, err := age.Encrypt(&file, &slot{role: rolePassphrase, passphrase: passphrase, cost: cost})
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(payload); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	k, err := newKeyring(journal, root)
	if err != nil {
		return nil, err
	}
	k.block = make([]byte, keyBlockSize)
	copy(k.block, keyMagic)
	k.block[8] = formatVersion
	k.block[10], k.block[11] = byte(file.Len()), byte(file.Len()>>8)
	copy(k.block[keyHeader:], file.Bytes())
	return k, nil
}

// openKeyring unwraps a key block. It returns [ErrPassphrase] when the
// passphrase does not open it, [ErrNewer] for a later format, and
// [ErrDamaged] when it is not a key block.
func openKeyring(block, passphrase []byte) (*keyring, error) {
	if len(block) < keyHeader || string(block[:8]) != keyMagic {
		return nil, fmt.Errorf("%w: not a key block", ErrDamaged)
	}
	if block[8] > formatVersion {
		return nil, ErrNewer
	}
	n := int(block[10]) | int(block[11])<<8
	if block[8] != formatVersion || block[9] != 0 || keyHeader+n > len(block) {
		return nil, fmt.Errorf("%w: not a key block", ErrDamaged)
	}
	// Argon2id's memory would stay with the process, and a second attempt
	// would take as much again.
	defer debug.FreeOSMemory()
	r, err := age.Decrypt(bytes.NewReader(block[keyHeader:keyHeader+n]), &slot{role: rolePassphrase, passphrase: passphrase})
	if err != nil {
		var noMatch *age.NoIdentityMatchError
		if errors.As(err, &noMatch) {
			return nil, ErrPassphrase
		}
		return nil, fmt.Errorf("%w: key block", ErrDamaged)
	}
	payload, err := io.ReadAll(io.LimitReader(r, keyBlockSize))
	defer clear(payload)
	if err != nil {
		return nil, fmt.Errorf("%w: key block", ErrDamaged)
	}
	body, ok := bytes.CutPrefix(payload, []byte(payloadMagic))
	if !ok && bytes.HasPrefix(payload, []byte("goodenough-key/")) {
		return nil, ErrNewer
	}
	if !ok || len(body) < 48 {
		return nil, fmt.Errorf("%w: key block", ErrDamaged)
	}
	k, err := newKeyring(body[:16], body[16:48])
	if err != nil {
		return nil, err
	}
	k.block = bytes.Clone(block)
	return k, nil
}

// A recordID is a record's key in the bucket: an HMAC of its name, so that it
// tells nothing and is the same at every save.
type recordID [16]byte

func (k *keyring) recordID(name string) recordID {
	m := hmac.New(sha256.New, k.names)
	io.WriteString(m, name)
	return recordID(m.Sum(nil)[:16])
}

// seenMAC authenticates the last epoch seen on this computer.
func (k *keyring) seenMAC(message []byte) []byte {
	m := hmac.New(sha256.New, k.state)
	m.Write(message)
	return m.Sum(nil)
}

const (
	recordHeader  = 24 // magic(4) flags(1) length(3) id(16)
	recordMinimum = recordHeader + chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead
	padFloor      = 256 // bytes: the shortest plaintext after padding
)

var recordMagic = [4]byte{0xD7, 'g', 'e', formatVersion}

// errRecord is returned for a record that does not open: a wrong key, a
// damaged, moved or foreign record. Which of these is not to be told apart.
var errRecord = errors.New("record does not open")

// associatedData binds a record to its place: what kind of thing it is, its
// length and identifier (the header), and the journal that it belongs to.
func (k *keyring) associatedData(header []byte) []byte {
	ad := make([]byte, 0, recordHeader+len(k.journal))
	return append(append(ad, header[:recordHeader]...), k.journal[:]...)
}

// seal encrypts and pads one record.
func (k *keyring) seal(id recordID, plaintext []byte) []byte {
	padded := padme(len(plaintext) + 1)
	n := chacha20poly1305.NonceSizeX + padded + chacha20poly1305.Overhead
	out := make([]byte, 0, recordHeader+n)
	out = append(out, recordMagic[:]...)
	out = append(out, 0, byte(n), byte(n>>8), byte(n>>16))
	out = append(out, id[:]...)
	nonce := out[recordHeader : recordHeader+chacha20poly1305.NonceSizeX]
	rand.Read(nonce)
	out = out[:recordHeader+chacha20poly1305.NonceSizeX]
	text := make([]byte, padded)
	defer clear(text)
	copy(text, plaintext)
	text[len(plaintext)] = 0x80 // ISO/IEC 7816-4 padding
	return k.records.Seal(out, nonce, text, k.associatedData(out))
}

// open decrypts a record in place: the plaintext shares sealed's memory. The
// id must be the key under which the record was found.
func (k *keyring) open(id recordID, sealed []byte) ([]byte, error) {
	n, ok := recordLength(sealed)
	if !ok || n != len(sealed) || !bytes.Equal(sealed[8:recordHeader], id[:]) {
		return nil, errRecord
	}
	nonce := sealed[recordHeader : recordHeader+chacha20poly1305.NonceSizeX]
	text := sealed[recordHeader+chacha20poly1305.NonceSizeX:]
	plain, err := k.records.Open(text[:0], nonce, text, k.associatedData(sealed))
	if err != nil {
		return nil, errRecord
	}
	plain = bytes.TrimRight(plain, "\x00")
	if len(plain) == 0 || plain[len(plain)-1] != 0x80 {
		return nil, errRecord
	}
	return plain[:len(plain)-1], nil
}

// recordLength reads a record's header and says how many bytes it claims.
func recordLength(b []byte) (int, bool) {
	if len(b) < recordMinimum || !bytes.Equal(b[:4], recordMagic[:]) || b[4] != 0 {
		return 0, false
	}
	n := recordHeader + (int(b[5]) | int(b[6])<<8 | int(b[7])<<16)
	return n, n >= recordMinimum
}

// padme rounds n up so that a length tells at most O(log log n) bits, at a
// cost of at most 12 % (Nikitin et al., "Reducing Metadata Leakage from
// Encrypted Files and Communication with PURBs", 2019), with a floor.
func padme(n int) int {
	if n <= padFloor {
		return padFloor
	}
	e := bits.Len(uint(n)) - 1
	s := bits.Len(uint(e))
	mask := 1<<(e-s) - 1
	return (n + mask) &^ mask
}
