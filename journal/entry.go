package journal

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// Kind says what an [Entry] came from.
type Kind string

// The kinds that goodenough writes. A journal may hold others: an import keeps
// what it is given.
const (
	CheckIn     Kind = "check-in"
	Practice    Kind = "practice"
	Reflection  Kind = "reflection"
	Supervision Kind = "supervision"
	Note        Kind = "note"
)

// A Header is what a list shows of an entry, without what was answered.
type Header struct {
	ID      string    `json:"id"`
	Kind    Kind      `json:"kind"`
	Guide   string    `json:"guide,omitempty"` // the guide that was walked
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
	Title   string    `json:"title,omitempty"`
	Tags    []string  `json:"tags,omitempty"`
	Bring   *Bring    `json:"bring,omitempty"` // wanted in supervision; nil: not
}

// clone copies what a header points to: the caller's and the journal's own
// must not change each other.
func (h Header) clone() Header {
	h.Tags = slices.Clone(h.Tags)
	if h.Bring != nil {
		b := *h.Bring
		h.Bring = &b
	}
	return h
}

// Bring marks something for supervision.
type Bring struct {
	Side  string `json:"side,omitempty"` // of Kadushin's triangle: administrative, educative, supportive
	Share bool   `json:"share"`          // whether it may be shown to somebody; private unless chosen
}

// An Entry is one kept piece of writing.
type Entry struct {
	Header
	Answers []Answer  `json:"answers,omitempty"`
	Later   []Thought `json:"later,omitempty"`   // added afterwards, the newest last
	Earlier []Version `json:"earlier,omitempty"` // what it said before it was changed, the newest last
}

// A Thought is something that was added to an entry later. The answers stay as
// they were given.
type Thought struct {
	Added time.Time `json:"added"`
	Text  string    `json:"text"`
}

// A Version is what an entry said until it was changed.
type Version struct {
	Until   time.Time `json:"until"`
	Title   string    `json:"title,omitempty"`
	Answers []Answer  `json:"answers,omitempty"`
}

// An Answer is what was given at one step of a guide. It keeps the prompt as
// it was shown, so that an old entry stays readable when the wording changes.
// Which of the other fields are used depends on the step.
type Answer struct {
	Step    string         `json:"step"`
	Prompt  string         `json:"prompt,omitempty"`
	Text    string         `json:"text,omitempty"`
	Choices []string       `json:"choices,omitempty"`
	Value   *int           `json:"value,omitempty"`
	Shares  map[string]int `json:"shares,omitempty"` // squares of the day, by part
	Items   []Item         `json:"items,omitempty"`
	Bring   *Bring         `json:"bring,omitempty"` // wanted in supervision, apart from the entry; nil: not
}

// An Item is one of several things in an answer: something unfinished and when
// it will next be touched, something that was agreed, or something picked from
// the journal.
type Item struct {
	Text string `json:"text"`
	Who  string `json:"who,omitempty"` // who will do it
	When string `json:"when,omitempty"`
	Done bool   `json:"done,omitempty"` // it needs nobody any more
	// From says what was picked: an entry by its id; an answer of it by the id, a
	// slash and the step; a thing in that answer by a further slash and its place,
	// from 0. Text is then empty, so that no name stays here of what is purged.
	// Another word is something that the program counted, which Text names.
	From string `json:"from,omitempty"`
}

// Empty reports whether nothing was answered.
func (a Answer) Empty() bool {
	return a.Text == "" && len(a.Choices) == 0 && a.Value == nil && len(a.Shares) == 0 && len(a.Items) == 0
}

// Texts are the texts of an answer, where they stand in it: what was typed, what
// was chosen, and all that an item says.
func (a *Answer) Texts() []*string {
	texts := []*string{&a.Text}
	for i := range a.Choices {
		texts = append(texts, &a.Choices[i])
	}
	for i := range a.Items {
		it := &a.Items[i]
		texts = append(texts, &it.Text, &it.Who, &it.When)
	}
	return texts
}

// Texts are the texts of an entry, where they stand in it: its title, its tags,
// those of its answers, and what was added later. Questions are not among them,
// nor is what it said earlier.
func (e *Entry) Texts() []*string {
	texts := []*string{&e.Title}
	for i := range e.Tags {
		texts = append(texts, &e.Tags[i])
	}
	for i := range e.Answers {
		texts = append(texts, e.Answers[i].Texts()...)
	}
	for i := range e.Later {
		texts = append(texts, &e.Later[i].Text)
	}
	return texts
}

// Answer returns the answer given at a step.
func (e Entry) Answer(step string) (Answer, bool) {
	for _, a := range e.Answers {
		if a.Step == step {
			return a, true
		}
	}
	return Answer{}, false
}

// A Draft is an entry that is still being written: what there is of it, and
// where the person was.
type Draft struct {
	Entry
	Place
}

// A Place is where somebody is on the way through a guide.
type Place struct {
	At    string   `json:"at,omitempty"`    // the step they were at
	Steps []string `json:"steps,omitempty"` // the steps that they are walking, in order

	Of   string `json:"of,omitempty"`   // the entry that is changed, or added to; empty: a new one is made
	Adds bool   `json:"adds,omitempty"` // a later thought is added to it
}

// MaxEntrySize is the most that one entry may hold, in bytes of its stored
// form: about 700,000 words, what it said earlier among them.
const MaxEntrySize = 4 << 20

// NewID makes an identifier for an entry or a draft, that a person can type the start of: 16 letters
// and digits, 80 random bits.
func NewID() string { return strings.ToLower(rand.Text()[:16]) }

// check says why an entry cannot be stored as it is, without quoting it.
func (e Entry) check() error {
	switch {
	case e.ID == "" || len(e.ID) > 128 || !plain(e.ID):
		return errors.New("id is empty, too long or not plain text")
	case e.Kind == "" || len(e.Kind) > 64 || !plain(string(e.Kind)):
		return errors.New("kind is empty, too long or not plain text")
	case e.Created.IsZero():
		return errors.New("created is missing")
	case !storable(e.Created) || !storable(e.Updated):
		return errors.New("a date is outside the years 1 to 9999")
	case !e.isText():
		return errors.New("a part of it is not UTF-8 text")
	}
	for _, t := range e.Later {
		if !storable(t.Added) {
			return errors.New("the date of a later thought is outside the years 1 to 9999")
		}
	}
	for _, v := range e.Earlier {
		if !storable(v.Until) {
			return errors.New("the date of an earlier version is outside the years 1 to 9999")
		}
	}
	return nil
}

// isText reports whether all of an entry is UTF-8. JSON would put a mark in the
// place of what is not, and the byte that stood there would be lost.
func (e Entry) isText() bool {
	ok := valid(e.Title, e.Guide) && valid(e.Tags...) && e.Bring.isText() && areText(e.Answers)
	for _, t := range e.Later {
		ok = ok && valid(t.Text)
	}
	for _, v := range e.Earlier {
		ok = ok && valid(v.Title) && areText(v.Answers)
	}
	return ok
}

func areText(answers []Answer) bool {
	for _, a := range answers {
		if !valid(a.Step, a.Prompt, a.Text) || !valid(a.Choices...) || !a.Bring.isText() {
			return false
		}
		for part := range a.Shares {
			if !valid(part) {
				return false
			}
		}
		for _, it := range a.Items {
			if !valid(it.Text, it.Who, it.When, it.From) {
				return false
			}
		}
	}
	return true
}

func (b *Bring) isText() bool { return b == nil || valid(b.Side) }

func valid(texts ...string) bool {
	return !slices.ContainsFunc(texts, func(s string) bool { return !utf8.ValidString(s) })
}

// storable reports whether JSON can hold t (RFC 3339 ends with the year 9999).
func storable(t time.Time) bool { return t.Year() >= 1 && t.Year() <= 9999 }

// plain reports whether s is text without control characters.
func plain(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r == 0x7f })
}

// encodeJSON writes v on one line, without JSON's HTML escapes: the text is
// read by people.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// The types of sealed records. They are inside the seal: from outside, every
// record looks like every other.
const (
	typeEntry    = "entry"
	typeDraft    = "draft"
	typeSettings = "settings"
	typeHead     = "ledger head"
	typeShard    = "ledger shard"
)

// sealedHeader is the first line of a record's plaintext. It has all that a
// list needs, so that opening a journal does not parse every answer.
type sealedHeader struct {
	Version int       `json:"v"`
	Type    string    `json:"type"`
	Rev     uint64    `json:"rev"`
	*Header           // entries and drafts
	Place             // drafts
	Binned  time.Time `json:"binned,omitzero"`   // entries: when they were deleted
	History history   `json:"history,omitempty"` // entries and drafts
}

// sealedBody is the rest of an entry's or a draft's plaintext.
type sealedBody struct {
	Answers []Answer  `json:"answers,omitempty"`
	Later   []Thought `json:"later,omitempty"`
	Earlier []Version `json:"earlier,omitempty"`
}

// A record is one decrypted record in memory.
type record struct {
	id   recordID
	head sealedHeader
	body []byte // what follows the header line

	read atomic.Pointer[searched] // nil until it is searched for the first time
}

// parseRecord splits a plaintext into its header and its body.
func parseRecord(id recordID, plaintext []byte) (*record, error) {
	line, body, ok := bytes.Cut(plaintext, []byte("\n"))
	if !ok {
		return nil, errRecord
	}
	r := &record{id: id, body: body}
	if err := json.Unmarshal(line, &r.head); err != nil {
		return nil, errRecord
	}
	if r.head.Version > formatVersion {
		return nil, ErrNewer
	}
	if (r.head.Type == typeEntry || r.head.Type == typeDraft) && r.head.Header == nil {
		return nil, errRecord
	}
	return r, nil
}

// plaintext is the inverse of parseRecord.
func (r *record) plaintext() ([]byte, error) {
	line, err := encodeJSON(r.head)
	if err != nil {
		return nil, err
	}
	return slices.Concat(line, []byte("\n"), r.body), nil
}

// entryRecord makes the record of an entry or a draft.
func entryRecord(id recordID, kind string, rev uint64, e Entry, at Place) (*record, error) {
	h := e.Header.clone()
	at.Steps = slices.Clone(at.Steps)
	body, err := encodeJSON(sealedBody{e.Answers, e.Later, e.Earlier})
	if err != nil {
		return nil, err
	}
	r := &record{id: id, head: sealedHeader{Version: formatVersion, Type: kind, Rev: rev, Header: &h, Place: at}, body: body}
	text, err := r.plaintext()
	if err != nil {
		return nil, err
	}
	if len(text) > MaxEntrySize {
		return nil, ErrTooLarge
	}
	return r, nil
}

// entry parses the whole of an entry's or a draft's record.
func (r *record) entry() (Entry, error) {
	var b sealedBody
	if err := json.Unmarshal(r.body, &b); err != nil {
		return Entry{}, fmt.Errorf("%w: an entry's text is not as it was written", ErrDamaged)
	}
	return Entry{Header: r.head.Header.clone(), Answers: b.Answers, Later: b.Later, Earlier: b.Earlier}, nil
}
