package journal

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"golang.org/x/crypto/chacha20poly1305"
)

var update = flag.Bool("update", false, "make those files in testdata that are missing; none is ever changed")

// The known answers. testdata/read.py checks them without any of this code.
type vectors struct {
	Argon2 []struct {
		Passphrase string `json:"passphrase"`
		Salt       string `json:"salt"`
		Cost       Cost   `json:"cost"`
		Key        string `json:"key"`
	} `json:"argon2"`
	Journal string `json:"journal"`
	Root    string `json:"root"`
	Keys    struct {
		Records string `json:"records"`
		Names   string `json:"names"`
		State   string `json:"state"`
	} `json:"keys"`
	Names  map[string]string `json:"names"` // a record's name, and its id
	Record struct {
		Name  string `json:"name"`
		Plain string `json:"plain"`
		Value string `json:"value"`
	} `json:"record"`
	KeyBlock struct {
		Passphrase string `json:"passphrase"`
		Block      string `json:"block"` // without the zeros at its end
	} `json:"keyBlock"`
	Padme      [][2]int `json:"padme"`
	Passphrase string   `json:"passphrase"` // of v1.db
}

func fromHex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readVectors(t testing.TB) (v vectors) {
	t.Helper()
	if *update {
		makeVectors(t)
	}
	if err := json.Unmarshal(readFile(t, "testdata/vectors.json"), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func makeVectors(t testing.TB) {
	const path = "testdata/vectors.json"
	if _, err := os.Stat(path); err == nil {
		return
	}
	var v vectors
	salt := bytes.Repeat([]byte{0xA5, 3}, 8)
	for _, p := range []string{"", "plain words", "caf\u00e9", "cafe\u0301", "\u4eca\u5929"} {
		for _, c := range []Cost{cheapCost, {MemoryKiB: 256, Passes: 3, Lanes: 4}} {
			s := slot{passphrase: []byte(p)}
			v.Argon2 = append(v.Argon2, struct {
				Passphrase string `json:"passphrase"`
				Salt       string `json:"salt"`
				Cost       Cost   `json:"cost"`
				Key        string `json:"key"`
			}{p, hex.EncodeToString(salt), c, hex.EncodeToString(s.wrapKey(salt, c))})
		}
	}
	v.KeyBlock.Passphrase = "stół z powyłamywanymi nogami"
	k, err := createKeyring([]byte(v.KeyBlock.Passphrase), cheapCost)
	if err != nil {
		t.Fatal(err)
	}
	v.KeyBlock.Block = hex.EncodeToString(bytes.TrimRight(k.block, "\x00"))
	v.Journal, v.Root = hex.EncodeToString(k.journal[:]), hex.EncodeToString(k.root)
	records, err := hkdf.Key(sha256.New, k.root, k.journal[:], "goodenough/v1 records", 32)
	if err != nil {
		t.Fatal(err)
	}
	v.Keys.Records, v.Keys.Names, v.Keys.State = hex.EncodeToString(records), hex.EncodeToString(k.names), hex.EncodeToString(k.state)
	v.Names = make(map[string]string)
	for _, name := range []string{entryName("a1"), draftName("a1"), settingsName, headName, shardName(0), shardName(15)} {
		id := k.recordID(name)
		v.Names[name] = hex.EncodeToString(id[:])
	}
	v.Record.Name = entryName("a1")
	v.Record.Plain = `{"v":1,"type":"entry","rev":3,"id":"a1","kind":"note","created":"2026-11-20T17:42:00Z","updated":"2026-11-20T17:42:00Z"}` + "\n" +
		`{"answers":[{"step":"text","text":"Zażółć"}]}`
	v.Record.Value = hex.EncodeToString(k.seal(k.recordID(v.Record.Name), []byte(v.Record.Plain)))
	for _, n := range []int{0, 1, 255, 256, 257, 300, 1000, 1024, 1025, 5000, 65535, 1 << 20, 1<<20 + 1, MaxEntrySize} {
		v.Padme = append(v.Padme, [2]int{n, padme(n)})
	}
	v.Passphrase = "golden journal, naïve passphrase"
	b, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll("testdata", 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, path, append(b, '\n'))
}

func TestKnownAnswers(t *testing.T) {
	v := readVectors(t)
	for _, a := range v.Argon2 {
		s := slot{passphrase: []byte(a.Passphrase)}
		if got := hex.EncodeToString(s.wrapKey(fromHex(t, a.Salt), a.Cost)); got != a.Key {
			t.Errorf("wrap key of %q at %v: %s, want %s", a.Passphrase, a.Cost, got, a.Key)
		}
	}
	block := make([]byte, keyBlockSize)
	copy(block, fromHex(t, v.KeyBlock.Block))
	k, err := openKeyring(block, []byte(v.KeyBlock.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]string{
		{hex.EncodeToString(k.journal[:]), v.Journal},
		{hex.EncodeToString(k.root), v.Root},
		{hex.EncodeToString(k.names), v.Keys.Names},
		{hex.EncodeToString(k.state), v.Keys.State},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s, want %s", pair[0], pair[1])
		}
	}
	for name, want := range v.Names {
		if id := k.recordID(name); hex.EncodeToString(id[:]) != want {
			t.Errorf("id of %q: %x, want %s", name, id, want)
		}
	}
	value := fromHex(t, v.Record.Value)
	plain, err := k.open(k.recordID(v.Record.Name), bytes.Clone(value))
	if err != nil || string(plain) != v.Record.Plain {
		t.Errorf("record: %q, %v", plain, err)
	}
	// The same by hand, so that seal and open cannot both be wrong together.
	aead, err := chacha20poly1305.NewX(fromHex(t, v.Keys.Records))
	if err != nil {
		t.Fatal(err)
	}
	padded, err := aead.Open(nil, value[24:48], value[48:], append(bytes.Clone(value[:24]), fromHex(t, v.Journal)...))
	if want := v.Record.Plain + "\x80"; err != nil || len(padded) != padFloor || string(bytes.TrimRight(padded, "\x00")) != want {
		t.Errorf("record by hand: %q, %v", padded, err)
	}
	for _, p := range v.Padme {
		if got := padme(p[0]); got != p[1] {
			t.Errorf("padme(%d) = %d, want %d", p[0], got, p[1])
		}
	}
}

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

// goldenLines are the entries of the golden journal before two are changed.
func goldenLines() string {
	var b strings.Builder
	for i := range 22 {
		fmt.Fprintf(&b, `{"id":"golden%02d","kind":"%s","guide":"end-of-day","created":"2026-0%d-15T0%d:30:00+0%d:00","updated":"2026-11-20T17:42:%02dZ",`+
			`"title":"Day %d – Łódź","tags":["visit","t%d"],"answers":[{"step":"set-down","prompt":"What?","text":%q}]}`+"\n",
			i, []string{"check-in", "practice", "reflection", "supervision", "note"}[i%5], 1+i%9, i%10, i%4, i, i, i%3, strings.Repeat("Ŵy tawel. ", 1+i*i))
	}
	b.WriteString(`{"id":"5b3a6e3e-0a52-4d3c-9c0e-3c1f6c2f7a10","kind":"letter","created":"1999-12-31T23:59:59.123456789-05:30","updated":"2001-01-01T00:00:00+14:00","answers":[{"step":"s","choices":["焦虑","👩🏽‍⚕️"]},{"step":"v","value":0},{"step":"d","shares":{"direct":3,"travel":2}},{"step":"i","items":[{"text":"ring","when":"Monday"}]}],"bring":{"side":"supportive","share":false}}` + "\n")
	b.WriteString(`{"id":"empty","kind":"note","created":"2026-05-05T05:05:05Z"}` + "\n")
	return b.String()
}

func makeGolden(t testing.TB, passphrase string) {
	const db, lines = "testdata/v1.db", "testdata/v1.jsonl"
	if _, err := os.Stat(db); err == nil {
		return
	}
	path := filepath.Join(t.TempDir(), "journal.db")
	j, err := Create(path, []byte(passphrase), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	if r, err := j.Import(strings.NewReader(goldenLines())); err != nil || len(r.Problems) > 0 {
		t.Fatal(r, err)
	}
	for _, id := range []string{"golden03", "golden07", "golden07"} {
		e, err := j.Get(id)
		if err != nil {
			t.Fatal(err)
		}
		e.Title += " (changed)"
		put(t, j, e)
	}
	kept, err := j.SetDraft(Draft{Entry: written("kept in the end")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Keep(kept); err != nil {
		t.Fatal(err)
	}
	draft := Draft{Entry: written("half a sen"), Place: Place{At: "text", Steps: []string{"text", "bring"}}}
	draft.ID = "thedraft"
	if _, err := j.SetDraft(draft); err != nil {
		t.Fatal(err)
	}
	if err := j.SetSettings(map[string]string{"name": "Żaneta"}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := j.Export(&b, Query{}); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	writeFile(t, db, readFile(t, path))
	writeFile(t, lines, b.Bytes())
}

// A journal of each format version opens for ever.
func TestGoldenJournal(t *testing.T) {
	v := readVectors(t)
	if *update {
		makeGolden(t, v.Passphrase)
	}
	path := filepath.Join(t.TempDir(), "journal.db")
	golden := readFile(t, "testdata/v1.db")
	writeFile(t, path, golden)
	j, err := Open(path, []byte(v.Passphrase), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { j.Close() }()
	if !j.Damage().Whole() {
		t.Error(j.Damage())
	}
	var b bytes.Buffer
	if n, err := j.Export(&b, Query{}); err != nil || n != 25 || b.String() != string(readFile(t, "testdata/v1.jsonl")) {
		t.Errorf("%d entries, %v, or not those of v1.jsonl", n, err)
	}
	drafts := j.Drafts()
	if len(drafts) != 1 || drafts[0].ID != "thedraft" || drafts[0].At != "text" || len(drafts[0].Steps) != 2 || drafts[0].Answers[0].Text != "half a sen" {
		t.Errorf("drafts %+v", drafts)
	}
	var settings struct{ Name string }
	if err := j.Settings(&settings); err != nil || settings.Name != "Żaneta" {
		t.Errorf("settings %+v, %v", settings, err)
	}
	if !bytes.Equal(readFile(t, path), golden) {
		t.Error("reading changed it")
	}
	before := shown(t, j)
	e, err := j.Put(written("today"))
	if err != nil {
		t.Fatal(err)
	}
	j.Close()
	if j, err = Open(path, []byte(v.Passphrase), nil); err != nil {
		t.Fatal(err)
	}
	line, err := encodeJSON(e)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Replace(shown(t, j), string(line)+"\n", "", 1); got != before || !j.Damage().Whole() {
		t.Errorf("after one save: %v\n%s\nwant\n%s", j.Damage(), got, before)
	}
}

// The file is read by a program in another language from the document alone.
func TestReadByAnother(t *testing.T) {
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import argon2, nacl, cryptography").Run() != nil {
		t.Log("not run: needs python3-argon2, python3-nacl and python3-cryptography")
		return
	}
	v := readVectors(t)
	run := func(args ...string) string {
		t.Helper()
		cmd := exec.Command(python, append([]string{"testdata/read.py"}, args...)...)
		cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8")
		var problems bytes.Buffer
		cmd.Stderr = &problems
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, problems.String())
		}
		return string(out)
	}
	if got := run("testdata/v1.db", v.Passphrase); got != string(readFile(t, "testdata/v1.jsonl")) {
		t.Errorf("the golden journal reads as\n%s", got)
	}
	if got := run("--vectors", "testdata/vectors.json"); got != "ok\n" {
		t.Errorf("the vectors: %s", got)
	}
	j := newTestJournal(t, testOptions())
	e := put(t, j, fullEntry())
	for i := range 40 {
		e.Title = fmt.Sprint(i)
		put(t, j, e)
		put(t, j, written(fmt.Sprint("other ", i)))
	}
	var b bytes.Buffer
	if _, err := j.Export(&b, Query{}); err != nil {
		t.Fatal(err)
	}
	j.Close()
	if got := run(j.Path(), testPassphrase); got != b.String() {
		t.Errorf("a new journal reads as\n%s\nwant\n%s", got, b.String())
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
	if _, c, err := parseSlot(good); err != nil || c != cheapCost {
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
		if _, _, err := parseSlot(st); !errors.Is(err, errSlot) {
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

var stanzaCost = regexp.MustCompile(`passphrase \S+ (\d+) (\d+) (\d+)\n`)

// unsafeCost reports whether a key block might ask for more work than a test
// has time for.
func unsafeCost(block []byte) bool {
	m := stanzaCost.FindSubmatch(block)
	return m != nil && (len(m[1]) > 1 || len(m[2]) > 3)
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
				_ = Query{Search: "a", Since: time.Unix(0, 0)}.matches(r, []string{"a"})
			}
		}
	})
}
