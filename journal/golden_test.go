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
	"strings"
	"testing"

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

// readByAnother runs read.py, which was written from the document alone; nil
// where it cannot be run.
func readByAnother(t testing.TB) (run func(args ...string) string) {
	const python = "/usr/bin/python3"
	if exec.Command(python, "-c", "import argon2, nacl, cryptography").Run() != nil {
		t.Log("not run: needs python3-argon2, python3-nacl and python3-cryptography")
		return nil
	}
	return func(args ...string) string {
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
}

// The file is read by a program in another language from the document alone.
func TestReadByAnother(t *testing.T) {
	run := readByAnother(t)
	if run == nil {
		return
	}
	v := readVectors(t)
	if got := run("testdata/v1.db", v.Passphrase); got != string(readFile(t, "testdata/v1.jsonl")) {
		t.Errorf("the golden journal reads as\n%s", got)
	}
	if got := run("--vectors", "testdata/vectors.json"); got != "ok\n" {
		t.Errorf("the vectors: %s", got)
	}
	if got := run("--recovery", recoveryVectors); got != "ok\n" {
		t.Errorf("the vectors of the recovery phrase: %s", got)
	}
	j := newTestJournal(t, testOptions())
	e := put(t, j, fullEntry())
	for i := range 40 {
		e.Title = fmt.Sprint(i)
		put(t, j, e)
		put(t, j, written(fmt.Sprint("other ", i)))
	}
	if err := errors.Join(j.Delete(e.ID), j.SetRecovery([]byte(testPassphrase), []byte(recoveryPhrase))); err != nil {
		t.Fatal(err)
	}
	put(t, j, written("after the change of keys"))
	put(t, j, fullEntry())
	var b bytes.Buffer
	if _, err := j.Export(&b, Query{}); err != nil {
		t.Fatal(err)
	}
	j.Close()
	for _, secret := range []string{testPassphrase, recoveryPhrase} {
		if got := run(j.Path(), secret); got != b.String() {
			t.Errorf("a new journal reads as\n%s\nwant\n%s", got, b.String())
		}
	}
}
