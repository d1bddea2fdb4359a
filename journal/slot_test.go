package journal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"testing"

	"filippo.io/age"
)

const recoveryVectors = "testdata/recovery.json"

// The known answers of a key block that a recovery phrase opens too.
type recoveryVector struct {
	Passphrase string `json:"passphrase"`
	Phrase     string `json:"phrase"`
	Journal    string `json:"journal"`
	Root       string `json:"root"`
	Salt       string `json:"salt"`
	Cost       Cost   `json:"cost"`
	Key        string `json:"key"`   // that the phrase and the salt give, as the payload keeps it
	Block      string `json:"block"` // without the zeros at its end
}

func makeRecoveryVector(t testing.TB) {
	if _, err := os.Stat(recoveryVectors); err == nil {
		return
	}
	v := recoveryVector{Passphrase: "wyszło szydło z worka", Phrase: recoveryPhrase, Cost: Cost{MemoryKiB: 256, Passes: 2, Lanes: 4}}
	rescue := newRecoveryKey([]byte(v.Phrase), v.Cost)
	k, err := rotateKeyring(bytes.Repeat([]byte{0xC3}, 16), []byte(v.Passphrase), cheapCost, rescue)
	if err != nil {
		t.Fatal(err)
	}
	v.Journal, v.Root = hex.EncodeToString(k.journal[:]), hex.EncodeToString(k.root)
	v.Salt, v.Key = hex.EncodeToString(rescue.salt[:]), hex.EncodeToString(rescue.key[:])
	v.Block = hex.EncodeToString(bytes.TrimRight(k.block, "\x00"))
	b, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, recoveryVectors, append(b, '\n'))
}

func TestKnownRecovery(t *testing.T) {
	if *update {
		makeRecoveryVector(t)
	}
	var v recoveryVector
	if err := json.Unmarshal(readFile(t, recoveryVectors), &v); err != nil {
		t.Fatal(err)
	}
	s := slot{passphrase: []byte(v.Phrase)}
	if got := hex.EncodeToString(s.wrapKey(fromHex(t, v.Salt), v.Cost)); got != v.Key {
		t.Errorf("the phrase gives %s, want %s", got, v.Key)
	}
	block := fromHex(t, v.Block)
	for _, secret := range []string{v.Passphrase, v.Phrase} {
		k, err := openKeyring(block, []byte(secret))
		if err != nil {
			t.Fatal(err)
		}
		if hex.EncodeToString(k.root) != v.Root || hex.EncodeToString(k.journal[:]) != v.Journal || k.recovered != (secret == v.Phrase) {
			t.Errorf("root %x of journal %x, recovered %v", k.root, k.journal, k.recovered)
		}
		if r := k.rescue; r == nil || hex.EncodeToString(r.key[:]) != v.Key || hex.EncodeToString(r.salt[:]) != v.Salt || r.cost != v.Cost {
			t.Errorf("kept for the phrase: %+v", r)
		}
		k.wipe()
	}
	for _, secret := range []string{"", v.Passphrase + " ", v.Phrase + " x", "eight words that are not the ones asked for"} {
		if _, err := openKeyring(block, []byte(secret)); !errors.Is(err, ErrPassphrase) {
			t.Errorf("%q: %v", secret, err)
		}
	}
	// No flipped bit opens anything with the phrase.
	opened := 0
	for bit := 0; bit < len(block)*8; bit += every(29) {
		bad := bytes.Clone(block)
		bad[bit/8] ^= 1 << (bit % 8)
		if unsafeCost(bad) {
			continue
		}
		if _, err := openSlot(bad, []byte(v.Phrase), roleRecovery); err == nil {
			opened++
		}
	}
	if opened > 0 {
		t.Errorf("%d of the block's bits may be flipped", opened)
	}
}

// What a crafted recovery stanza or a kept key asks for is bounded as for the
// passphrase, before any memory is taken.
func TestHostileRecovery(t *testing.T) {
	rescue := newRecoveryKey([]byte(recoveryPhrase), cheapCost)
	s := &slot{role: roleRecovery, passphrase: []byte(recoveryPhrase), kept: rescue}
	made, err := s.Wrap(make([]byte, 16))
	if err != nil {
		t.Fatal(err)
	}
	good := made[0]
	if key, err := s.Unwrap([]*age.Stanza{good}); err != nil || len(key) != 16 {
		t.Fatal(err)
	}
	with := func(i int, arg string) func(*age.Stanza) { return func(st *age.Stanza) { st.Args[i] = arg } }
	for name, edit := range map[string]func(*age.Stanza){
		"4 TiB":          with(3, "4294967295"),
		"2^32-1 passes":  with(2, "4294967295"),
		"no lanes":       with(4, "0"),
		"257 lanes":      with(4, "257"),
		"no fresh value": func(st *age.Stanza) { st.Args = st.Args[:5] },
		"empty fresh":    with(5, ""),
		"short fresh":    with(5, "AAAA"),
		"padded fresh":   with(5, good.Args[5]+"=="),
		"7 arguments":    func(st *age.Stanza) { st.Args = append(st.Args, "1") },
		"short body":     func(st *age.Stanza) { st.Body = st.Body[:31] },
	} {
		st := &age.Stanza{Type: good.Type, Args: append([]string(nil), good.Args...), Body: bytes.Clone(good.Body)}
		edit(st)
		if key, err := s.Unwrap([]*age.Stanza{st}); key != nil || !errors.Is(err, errSlot) {
			t.Errorf("%s: %v", name, err)
		}
	}
	tail := rescue.append(nil)
	if len(tail) != recoverySize || parseRecoveryKey(tail) == nil {
		t.Fatal("what is kept is not read back")
	}
	for name, b := range map[string][]byte{
		"short":        tail[:len(tail)-1],
		"another form": append([]byte{2}, tail[1:]...),
		"4 TiB":        append(append(bytes.Clone(tail[:21]), 0xFF, 0xFF, 0xFF, 0xFF), tail[25:]...),
		"no lanes":     append(append(bytes.Clone(tail[:25]), 0), tail[26:]...),
	} {
		if parseRecoveryKey(b) != nil {
			t.Errorf("%s: taken for a key", name)
		}
	}
}
