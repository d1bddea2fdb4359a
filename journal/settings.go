package journal

import (
	"encoding/json"
	"fmt"
)

// Settings reads the settings into v, a pointer as for [json.Unmarshal]. v is
// left alone when there are none yet.
func (j *Journal) Settings(v any) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.keys == nil {
		return ErrClosed
	}
	r := j.records[j.keys.recordID(settingsName)]
	if r == nil {
		return nil
	}
	if err := json.Unmarshal(r.body, v); err != nil {
		return fmt.Errorf("%w: the settings are not as they were written", ErrDamaged)
	}
	return nil
}

// SetSettings stores v, as [encoding/json] writes it. Errors are as for
// [Journal.Put].
func (j *Journal) SetSettings(v any) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.writable(); err != nil {
		return err
	}
	body, err := encodeJSON(v)
	if err != nil {
		return err
	}
	if len(body) > MaxEntrySize {
		return ErrTooLarge
	}
	id := j.keys.recordID(settingsName)
	return j.commit(change{put: []*record{{
		id:   id,
		head: sealedHeader{Version: formatVersion, Type: typeSettings, Rev: j.nextRev(id)},
		body: body,
	}}})
}
