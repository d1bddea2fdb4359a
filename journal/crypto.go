package journal

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"runtime/debug"
	"slices"

	"filippo.io/age"
	"golang.org/x/crypto/chacha20poly1305"
)

// This file and slot.go are the only ones that touch a cryptographic primitive.
// What they write is specified in the package documentation; testdata holds
// known answers for each layer.

// formatVersion is the version of the whole format: it stands in every key
// block, every record's magic and every sealed header.
const formatVersion = 1

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
	aside   cipher.AEAD // for the records of side files
	names   []byte
	state   []byte
	free    func()       // gives back the memory of root, names and state
	block   []byte       // the key block as stored, for side files and backups
	rescue  *recoveryKey // for the recovery phrase, nil when there is none

	recovered bool // it was the recovery phrase that opened it
}

func newKeyring(journal, root []byte) (*keyring, error) {
	const size = 32
	page, free := newSecret(3 * size)
	k := &keyring{root: page[:size:size], names: page[size : 2*size : 2*size], state: page[2*size : 3*size : 3*size], free: free}
	copy(k.root, root)
	copy(k.journal[:], journal)
	derive := func(into []byte, purpose string) error {
		key, err := hkdf.Key(sha256.New, k.root, k.journal[:], "goodenough/v1 "+purpose, size)
		copy(into, key)
		clear(key)
		return err
	}
	seals := func(purpose string) (cipher.AEAD, error) {
		key := make([]byte, size)
		defer clear(key)
		if err := derive(key, purpose); err != nil {
			return nil, err
		}
		return chacha20poly1305.NewX(key)
	}
	var err1, err2 error
	k.records, err1 = seals("records")
	k.aside, err2 = seals("aside")
	if err := errors.Join(err1, err2, derive(k.names, "names"), derive(k.state, "state")); err != nil {
		k.wipe()
		return nil, err
	}
	return k, nil
}

// wipe clears what Go lets a program clear; the cipher keeps a copy of its own
// key until it is collected. The package documentation makes no promise here.
func (k *keyring) wipe() {
	clear(k.root)
	clear(k.names)
	clear(k.state)
	if k.rescue != nil {
		clear(k.rescue.key[:])
	}
	k.root, k.names, k.state, k.rescue, k.records, k.aside = nil, nil, nil, nil, nil, nil
	k.free()
}

// forAside is the keyring as side files have it. The ledger does not list what
// stands in them, so nothing that was sealed for a journal may open there: with
// an older copy of the file anybody could bring back what was deleted.
func (k *keyring) forAside() *keyring {
	side := *k
	side.records = k.aside
	return &side
}

// createKeyring makes a new journal identity and root key and wraps them under
// the passphrase, as a key block.
func createKeyring(passphrase []byte, cost Cost) (*keyring, error) {
	journal := make([]byte, 16)
	rand.Read(journal)
	return rotateKeyring(journal, passphrase, cost, nil)
}

// rotateKeyring makes a new root key for a journal and wraps it under the
// passphrase and, where there is one, for the recovery phrase. The keyring has
// a copy of rescue: that one may be wiped without harm to the other.
func rotateKeyring(journal, passphrase []byte, cost Cost, rescue *recoveryKey) (*keyring, error) {
	if !cost.valid() {
		return nil, errSlot
	}
	root := make([]byte, 32)
	rand.Read(root)
	defer clear(root)
	payload := slices.Concat([]byte(payloadMagic), journal, root)
	slots := []age.Recipient{&slot{role: rolePassphrase, passphrase: passphrase, cost: cost}}
	if rescue != nil {
		payload = rescue.append(payload)
		slots = append(slots, &slot{role: roleRecovery, kept: rescue})
	}
	defer clear(payload)
	// Argon2id's memory would stay with the process.
	defer debug.FreeOSMemory()

	var file bytes.Buffer
	w, err := age.Encrypt(&file, slots...)
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
	if rescue != nil {
		own := *rescue
		k.rescue = &own
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
	k, err := openSlot(block, passphrase, rolePassphrase)
	if !errors.Is(err, ErrPassphrase) || len(bytes.Fields(passphrase)) < recoveryWordsLeast {
		return k, err
	}
	// What is as long as a recovery phrase may be one.
	phrase := phraseAsMade(passphrase)
	defer clear(phrase)
	return openSlot(block, phrase, roleRecovery)
}

// recoveryWordsLeast is how many words something typed must have to be tried
// as a recovery phrase, which costs as much time again: a phrase has ten.
const recoveryWordsLeast = 8

// keyBlockLength is how much of a key block counts.
func keyBlockLength(b []byte) (int, bool) {
	if len(b) < keyHeader {
		return 0, false
	}
	n := keyHeader + int(b[10]) + int(b[11])<<8
	return n, n <= min(len(b), keyBlockSize)
}

// openSlot unwraps a key block with the stanza of one role.
func openSlot(block, passphrase []byte, role string) (*keyring, error) {
	if len(block) < keyHeader || string(block[:8]) != keyMagic {
		return nil, fmt.Errorf("%w: not a key block", ErrDamaged)
	}
	if block[8] > formatVersion {
		return nil, ErrNewer
	}
	n, ok := keyBlockLength(block)
	if block[8] != formatVersion || block[9] != 0 || !ok {
		return nil, fmt.Errorf("%w: not a key block", ErrDamaged)
	}
	// Argon2id's memory would stay with the process, and a second attempt
	// would take as much again.
	defer debug.FreeOSMemory()
	r, err := age.Decrypt(bytes.NewReader(block[keyHeader:n]), &slot{role: role, passphrase: passphrase})
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
	// Of a block that was found in raw bytes only what counts is known to be its.
	k.block = make([]byte, keyBlockSize)
	copy(k.block, block[:n])
	k.rescue = parseRecoveryKey(body[48:])
	k.recovered = role == roleRecovery
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

// seenMAC authenticates what was last seen on this computer.
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
