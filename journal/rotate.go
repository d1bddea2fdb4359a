package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// A change of passphrase gives the journal a new root key and encrypts
// everything anew: the old passphrase unwraps a key that opens nothing which is
// left in the folder. To wrap the old root key again would not do that.

// typeRetired is a record of root keys that backups still use. It is there from
// the moment that the journal has new keys until its backups have them too, so
// that a crash in between loses no backup.
const typeRetired = "retired keys"

type retiredBody struct {
	Roots [][]byte `json:"roots"`
}

// ChangePassphrase gives the journal a new passphrase, and new keys. A recovery
// phrase goes on to work. The old passphrase opens nothing afterwards that
// goodenough keeps in the journal's folder; older copies elsewhere, and a
// synchronising service's conflict copies, it still opens. A copy that could not
// be given the new keys is named by [Journal.Foreign].
//
// On error the journal, and its passphrase, are as they were, but for
// [ErrUnfinished]: then the new passphrase is the journal's already.
func (j *Journal) ChangePassphrase(passphrase []byte) error {
	j.files.Lock()
	defer j.files.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return err
	}
	return j.rotate(passphrase, j.keys.rescue)
}

// SetRecovery makes phrase open the journal as the passphrase does, or with an
// empty phrase takes away the one that there is. The passphrase must be given
// again: the keys are renewed, so that a phrase which was taken away opens
// nothing. It returns [ErrPassphrase] when the passphrase is not the journal's,
// and other errors as for [Journal.ChangePassphrase]: on [ErrUnfinished] the
// phrase is the journal's already, and has to be shown. A phrase of fewer than 8
// words is refused, since [Open] would not try it.
func (j *Journal) SetRecovery(passphrase, phrase []byte) error {
	j.files.Lock()
	defer j.files.Unlock()
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return err
	}
	if len(phrase) > 0 && len(bytes.Fields(phrase)) < recoveryWordsLeast {
		return fmt.Errorf("a recovery phrase has at least %d words", recoveryWordsLeast)
	}
	k, err := openSlot(j.keys.block, passphrase, rolePassphrase)
	if err != nil {
		return err
	}
	k.wipe()
	var rescue *recoveryKey
	if len(phrase) > 0 {
		made := phraseAsMade(phrase)
		rescue = newRecoveryKey(made, j.opts.Cost)
		clear(made)
	}
	return j.rotate(passphrase, rescue)
}

// HasRecovery reports whether a recovery phrase is set.
func (j *Journal) HasRecovery() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.keys != nil && j.keys.rescue != nil
}

// Recovered reports whether it was the recovery phrase that opened the journal:
// the passphrase is lost, and a new one should be chosen.
func (j *Journal) Recovered() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.keys != nil && j.keys.recovered
}

func (j *Journal) rotate(passphrase []byte, rescue *recoveryKey) error {
	if err := j.clearFolder(); err != nil {
		return err
	}
	fresh, err := rotateKeyring(j.keys.journal[:], passphrase, j.opts.Cost, rescue)
	if err != nil {
		return err
	}
	old := j.keys
	records, err := j.rekeyed(fresh)
	if err == nil {
		err = j.rewrite(fresh, records)
	}
	if err != nil {
		fresh.wipe()
		return err
	}
	// From here on the new passphrase is the journal's. What is not finished
	// now is finished when it is next opened. A copy from before the change is
	// known as older by the old keys.
	dir := j.opts.StateDir
	old.setSeen(dir, []seenState{{lineage: j.ledger.lineage}})
	j.keys.setDaysSeen(dir, old.daysSeen(dir, dayOf(j.opts.Now())))
	old.wipe()
	if err := errors.Join(saveKeyCopy(j.path, j.keys.block), j.finishRotation()); err != nil {
		return fmt.Errorf("%w: %w", ErrUnfinished, err)
	}
	return nil
}

// clearFolder sees to it that a rewrite can be, and takes in the side files:
// under other keys they could not be read any more, and they would still have
// what is to be deleted for good. Of what was left over from such files nothing
// opens; it goes.
func (j *Journal) clearFolder() error {
	if err := j.rewritable(); err != nil {
		return err
	}
	if _, err := j.mergeAside(); err != nil {
		return err
	}
	for _, name := range sideFiles(j.asideDirs(), j.path, ".unread-") {
		if err := os.Remove(name); err != nil {
			return pathError(err)
		}
	}
	return nil
}

// rekeyed are the journal's records under fresh keys, and with them the keys
// that they had.
func (j *Journal) rekeyed(fresh *keyring) ([]*record, error) {
	var b retiredBody
	rev := uint64(1)
	if r := j.records[j.keys.recordID(typeRetired)]; r != nil {
		if err := json.Unmarshal(r.body, &b); err != nil {
			return nil, errRecord
		}
		rev = r.head.Rev + 1
	}
	b.Roots = append(b.Roots, j.keys.root)
	body, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	out := []*record{{
		id:   fresh.recordID(typeRetired),
		head: sealedHeader{Version: formatVersion, Type: typeRetired, Rev: rev},
		body: body,
	}}
	for _, r := range j.keptWithout(typeRetired) {
		r, err := fresh.renamed(r)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// retired makes the keys that some of these records say a journal had.
func (k *keyring) retired(records map[recordID]*record) ([]*keyring, error) {
	r := records[k.recordID(typeRetired)]
	if r == nil {
		return nil, nil
	}
	var b retiredBody
	if json.Unmarshal(r.body, &b) != nil {
		return nil, errRecord
	}
	var out []*keyring
	for _, root := range b.Roots {
		old, err := newKeyring(k.journal[:], root)
		if err != nil {
			return out, err
		}
		out = append(out, old)
	}
	return out, nil
}

// readers are the keys that a copy of the journal may have: its own first, and
// those that were retired.
func (j *Journal) readers() ([]*keyring, error) {
	retired, err := j.keys.retired(j.records)
	return append([]*keyring{j.keys}, retired...), err
}

// finishRotation gives the backups the journal's keys, and then forgets the
// keys that they had.
func (j *Journal) finishRotation() error {
	if j.records[j.keys.recordID(typeRetired)] == nil {
		return nil
	}
	if err := j.renewCopies(func(*record) bool { return false }); err != nil {
		return err
	}
	// The record's ciphertext goes with a rewrite: it holds keys.
	return j.rewrite(j.keys, j.keptWithout(typeRetired))
}
