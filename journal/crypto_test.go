package journal

import (
	"bytes"
	"encoding/hex"
	"errors"
	"regexp"
	"runtime"
	"slices"
	"testing"
	"time"

	"filippo.io/age"
)

func TestPadme(t *testing.T) {
	last := 0
	for n := range 200_000 {
		p := padme(n)
		if p < n || p < last || p < padFloor || n > padFloor && p > n+n/8 {
			t.Fatalf("padme(%d) = %d after %d", n, p, last)
		}
		last = p
	}
}

func TestKeyBlockBits(t *testing.T) {
	t.Parallel()
	v := readVectors(t)
	pass := []byte(v.KeyBlock.Passphrase)
	good := make([]byte, keyBlockSize)
	n := copy(good, fromHex(t, v.KeyBlock.Block))
	if unsafeCost(good) {
		t.Fatal("the key block costs too much for a test")
	}
	answers := make(map[error]int)
	step, tried := every(3), 0
	for bit := 0; bit < n*8; bit += step {
		bad := bytes.Clone(good)
		bad[bit/8] ^= 1 << (bit % 8)
		tried++
		k, err := openKeyring(bad, pass)
		if k != nil || err == nil {
			t.Fatalf("bit %d: opened", bit)
		}
		for _, named := range []error{ErrPassphrase, ErrDamaged, ErrNewer} {
			if errors.Is(err, named) {
				answers[named]++
			}
		}
		if bit%40 < step || bit >= 64 && bit < 80 {
			for _, blocks := range [][][]byte{{bad, good}, {good, bad}} {
				if k, err := unwrapAny(blocks, pass); err != nil || hex.EncodeToString(k.root) != v.Root {
					t.Fatalf("bit %d of one copy: %v", bit, err)
				}
				if _, err := unwrapAny(blocks, []byte("wrong")); !errors.Is(err, ErrPassphrase) {
					t.Fatalf("bit %d of one copy, wrong passphrase: %v", bit, err)
				}
			}
		}
	}
	if sum := answers[ErrPassphrase] + answers[ErrDamaged] + answers[ErrNewer]; sum != tried {
		t.Errorf("%d of %d flips named", sum, tried)
	}
	t.Logf("%d flips: %d look like a wrong passphrase, %d damaged, %d newer; all opened by the other copy",
		tried, answers[ErrPassphrase], answers[ErrDamaged], answers[ErrNewer])
	for cut := range n {
		if _, err := openKeyring(good[:cut], pass); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut to %d bytes: %v", cut, err)
		}
	}
	if _, err := unwrapAny(nil, pass); !errors.Is(err, ErrDamaged) {
		t.Errorf("no key block: %v", err)
	}
	if _, err := unwrapAny([][]byte{nil, good[:100]}, pass); !errors.Is(err, ErrDamaged) {
		t.Errorf("two broken key blocks: %v", err)
	}
}

// A crafted stanza is refused before it is given memory or time.
func TestHostileStanza(t *testing.T) {
	s := &slot{role: rolePassphrase, passphrase: []byte("p"), cost: cheapCost}
	made, err := s.Wrap(make([]byte, 16))
	if err != nil {
		t.Fatal(err)
	}
	good := made[0]
	if _, c, _, err := parseSlot(good); err != nil || c != cheapCost {
		t.Fatal(c, err)
	}
	with := func(i int, arg string) func(*age.Stanza) { return func(st *age.Stanza) { st.Args[i] = arg } }
	tests := map[string]func(*age.Stanza){
		"4 TiB":               with(3, "4294967295"),
		"over 32 bits":        with(3, "4294967360"),
		"just over 1 GiB":     with(3, "1048577"),
		"no memory":           with(3, "0"),
		"too little for lane": with(3, "7"),
		"no passes":           with(2, "0"),
		"17 passes":           with(2, "17"),
		"2^32-1 passes":       with(2, "4294967295"),
		"no lanes":            with(4, "0"),
		"17 lanes":            with(4, "17"),
		"256 lanes":           with(4, "256"),
		"257 lanes":           with(4, "257"),
		"leading zero":        with(2, "01"),
		"plus":                with(2, "+1"),
		"minus":               with(2, "-1"),
		"hexadecimal":         with(3, "0x40"),
		"underscore":          with(3, "6_4"),
		"blank":               with(3, ""),
		"short salt":          with(1, "AAAA"),
		"padded salt":         with(1, good.Args[1]+"=="),
		"loose base64":        with(1, good.Args[1][:21]+"B"),
		"4 arguments":         func(st *age.Stanza) { st.Args = st.Args[:4] },
		"6 arguments":         func(st *age.Stanza) { st.Args = append(st.Args, "1") },
		"short body":          func(st *age.Stanza) { st.Body = st.Body[:31] },
		"long body":           func(st *age.Stanza) { st.Body = append(st.Body, 0) },
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for name, edit := range tests {
		st := &age.Stanza{Type: good.Type, Args: append([]string(nil), good.Args...), Body: bytes.Clone(good.Body)}
		edit(st)
		if _, _, _, err := parseSlot(st); !errors.Is(err, errSlot) {
			t.Errorf("%s: %v", name, err)
		}
		if key, err := s.Unwrap([]*age.Stanza{st}); key != nil || errors.Is(err, age.ErrIncorrectIdentity) || err == nil {
			t.Errorf("%s: unwrapped, %v", name, err)
		}
	}
	// One attempt for a whole file, however many stanzas it has.
	var many []*age.Stanza
	wrong := &age.Stanza{Type: good.Type, Args: good.Args, Body: make([]byte, 32)}
	for range 100_000 {
		many = append(many, wrong)
	}
	if _, err := s.Unwrap(many); !errors.Is(err, age.ErrIncorrectIdentity) {
		t.Errorf("100,000 stanzas: %v", err)
	}
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 16 {
		t.Errorf("refusing took %d MiB", took)
	}
	// Stanzas of others, and of another role, are passed over.
	others := []*age.Stanza{{Type: "X25519"}, {Type: stanzaType}, {Type: stanzaType, Args: []string{"recovery"}}, good}
	if key, err := s.Unwrap(others); err != nil || len(key) != 16 {
		t.Error(err)
	}
}

// sealedPayload is a key block that holds something else than it should.
func sealedPayload(t testing.TB, payload []byte) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := age.Encrypt(&file, &slot{role: rolePassphrase, passphrase: []byte(testPassphrase), cost: cheapCost})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(payload); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	block := make([]byte, keyBlockSize)
	copy(block, keyMagic)
	block[8] = formatVersion
	block[10], block[11] = byte(file.Len()), byte(file.Len()>>8)
	copy(block[keyHeader:], file.Bytes())
	return block
}

func TestKeyPayload(t *testing.T) {
	keys := bytes.Repeat([]byte{1}, 48)
	tests := []struct {
		name    string
		payload string
		want    error
	}{
		{"as written", payloadMagic + string(keys), nil},
		{"with more behind", payloadMagic + string(keys) + "a recovery key", nil},
		{"version 2", "goodenough-key/v2\n" + string(keys), ErrNewer},
		{"version 10", "goodenough-key/v10\n" + string(keys), ErrNewer},
		{"short", payloadMagic + string(keys[:47]), ErrDamaged},
		{"empty", "", ErrDamaged},
		{"another program's", "something-else/v1\n" + string(keys), ErrDamaged},
	}
	for _, test := range tests {
		k, err := openKeyring(sealedPayload(t, []byte(test.payload)), []byte(testPassphrase))
		if !errors.Is(err, test.want) || (k != nil) != (test.want == nil) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}

func TestRecordSeal(t *testing.T) {
	a, err := newKeyring(bytes.Repeat([]byte{1}, 16), bytes.Repeat([]byte{2}, 32))
	if err != nil {
		t.Fatal(err)
	}
	// The same root key in another journal: the journal's id is bound too.
	b, err := newKeyring(bytes.Repeat([]byte{3}, 16), bytes.Repeat([]byte{2}, 32))
	if err != nil {
		t.Fatal(err)
	}
	id, other := a.recordID("one"), a.recordID("two")
	if id == b.recordID("one") {
		t.Error("two journals name a record alike")
	}
	nonces := make(map[string]bool)
	for n := range 600 {
		plain := bytes.Repeat([]byte{0}, n)
		sealed := a.seal(id, plain)
		nonces[string(sealed[24:48])] = true
		got, err := a.open(id, bytes.Clone(sealed))
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%d bytes: %v", n, err)
		}
		if _, err := a.open(other, bytes.Clone(sealed)); err == nil {
			t.Fatal("opens under another id")
		}
		if _, err := b.open(id, bytes.Clone(sealed)); err == nil {
			t.Fatal("opens in another journal")
		}
	}
	if len(nonces) != 600 {
		t.Errorf("%d nonces for 600 records", len(nonces))
	}
	sealed := a.seal(id, []byte("text"))
	for bit := range len(sealed) * 8 {
		bad := bytes.Clone(sealed)
		bad[bit/8] ^= 1 << (bit % 8)
		if _, err := a.open(id, bad); !errors.Is(err, errRecord) {
			t.Fatalf("bit %d: %v", bit, err)
		}
	}
	for n := range len(sealed) {
		if _, err := a.open(id, bytes.Clone(sealed[:n])); !errors.Is(err, errRecord) {
			t.Fatalf("cut to %d: %v", n, err)
		}
	}
	if _, err := a.open(id, append(bytes.Clone(sealed), 0)); !errors.Is(err, errRecord) {
		t.Errorf("one byte more: %v", err)
	}
}

func TestCost(t *testing.T) {
	for _, c := range []Cost{fullCost, smallCost, maxCost, cheapCost} {
		if !c.valid() {
			t.Errorf("%v is refused", c)
		}
	}
	if fullCost.MemoryKiB < 256<<10 || fullCost.Passes < 3 || smallCost.MemoryKiB < 64<<10 || smallCost.Passes < 3 {
		t.Error("a guess has become cheaper")
	}
	if c := (*Options)(nil).withDefaults().Cost; c != fullCost && c != smallCost {
		t.Errorf("a journal made without options costs %v", c)
	}
}

var stanzaCost = regexp.MustCompile(`(?:passphrase|recovery) \S+ (\d+) (\d+) (\d+)[ \n]`)

// unsafeCost reports whether a key block might ask for more work than a test
// has time for.
func unsafeCost(block []byte) bool {
	for _, m := range stanzaCost.FindAllSubmatch(block, -1) {
		if len(m[1]) > 1 || len(m[2]) > 3 {
			return true
		}
	}
	return false
}

func FuzzOpenKeyBlock(f *testing.F) {
	v := readVectors(f)
	good := fromHex(f, v.KeyBlock.Block)
	f.Add(good)
	f.Add(good[:40])
	f.Add(append(bytes.Clone(good), make([]byte, 100)...))
	f.Add(bytes.Replace(good, []byte(" 64 1\n"), []byte(" 64 0\n"), 1))
	f.Fuzz(func(t *testing.T, block []byte) {
		if unsafeCost(block) {
			return
		}
		k, err := openKeyring(block, []byte(v.KeyBlock.Passphrase))
		switch {
		case err == nil && hex.EncodeToString(k.root) != v.Root:
			t.Error("opened with another key")
		case err == nil:
		case !errors.Is(err, ErrPassphrase) && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer):
			t.Errorf("no name for %v", err)
		case k != nil:
			t.Error("keys and an error")
		}
	})
}

func FuzzRecord(f *testing.F) {
	v := readVectors(f)
	k, err := newKeyring(fromHex(f, v.Journal), fromHex(f, v.Root))
	if err != nil {
		f.Fatal(err)
	}
	value := fromHex(f, v.Record.Value)
	id := k.recordID(v.Record.Name)
	f.Add(id[:], value, []byte(v.Record.Plain))
	f.Add(id[:3], value[:30], []byte("{}\n"))
	f.Add([]byte{}, []byte{0xD7, 'g', 'e', 2}, []byte("{\"v\":2}\n{}"))
	f.Add(id[:], append(recordMagic[:], 0, 0xff, 0xff, 0xff), []byte("{\"type\":\"entry\"}\n"))
	f.Fuzz(func(t *testing.T, key, sealed, plain []byte) {
		var under recordID
		copy(under[:], key)
		if _, err := k.open(under, bytes.Clone(sealed)); err == nil && !bytes.Equal(sealed, value) {
			t.Fatal("a forged record opened")
		}
		for r := range k.carve(slices.Concat(sealed, value, plain)) {
			if r.id != id {
				t.Fatal("carved a forged record")
			}
		}
		// What somebody with the key wrote, however strange, is read or refused.
		back, err := k.open(id, k.seal(id, plain))
		if err != nil || !bytes.Equal(back, plain) {
			t.Fatal("sealed and opened is another text")
		}
		r, err := parseRecord(id, plain)
		if err != nil {
			return
		}
		text, err := r.plaintext()
		if err != nil {
			return // a date that JSON reads and does not write
		}
		again, err := parseRecord(id, text)
		if err != nil {
			t.Fatalf("written and read: %v", err)
		}
		if twice, err := again.plaintext(); err != nil || !bytes.Equal(twice, text) {
			t.Fatalf("written twice it differs: %v", err)
		}
		if r.head.Header != nil {
			if e, err := r.entry(); err == nil {
				_ = e.check()
				for range (Query{Search: "a", Chosen: "b", Since: time.Unix(0, 0)}).choose([]*record{r}) {
				}
			}
		}
	})
}
