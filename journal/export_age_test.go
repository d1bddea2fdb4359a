package journal

import (
	"bytes"
	"io"
	"testing"

	"filippo.io/age"
)

// What is exported to age opens with age's own passphrase identity, and is what
// a plain export is.
func TestExportAge(t *testing.T) {
	j := newTestJournal(t, testOptions())
	put(t, j, written("a long day"))
	var plain, sealed bytes.Buffer
	if _, err := j.Export(&plain, Query{}); err != nil {
		t.Fatal(err)
	}
	if err := j.ExportAge(&sealed, Query{}, []byte("a kettle by the window")); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed.Bytes(), []byte("long day")) {
		t.Error("the text can be read")
	}
	id, err := age.NewScryptIdentity("a kettle by the window")
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(sealed.Bytes()), id)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, plain.Bytes()) {
		t.Errorf("%q, %v", got, err)
	}
	if err := j.ExportAge(io.Discard, Query{}, nil); err == nil {
		t.Error("an empty passphrase was taken")
	}
}
