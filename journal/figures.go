package journal

import (
	"bytes"
	"encoding/json"
	"iter"
	"runtime"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Figures yields what matches with what of it can be counted, newest first: of
// each answer its step, choices, value and shares. Prompts, texts and items may
// be left out. To get all of 100,000 entries takes seconds, to count them must
// not; it is done on all cores. An entry that cannot be read comes with its header and [ErrDamaged], and
// the others follow. As with [Journal.Entries], it is the state at the call.
func (j *Journal) Figures(q Query) iter.Seq2[Entry, error] {
	j.mu.Lock()
	entries := between(slices.Clone(j.entries), q.Since, q.Until)
	j.mu.Unlock()
	return func(yield func(Entry, error) bool) {
		matching := slices.Collect(q.choose(entries))
		stop := make(chan struct{})
		defer close(stop)
		for batch := range figuresAhead(matching, stop) {
			for _, f := range <-batch {
				if !yield(f.entry, f.err) {
					return
				}
			}
		}
	}
}

// counted is what became of one record.
type counted struct {
	entry Entry
	err   error
}

// figuresBatch is how many entries one goroutine reads: enough that starting it
// costs nothing beside them.
const figuresBatch = 256

// figuresAhead reads records on all cores, a few batches ahead of the one that
// is used, and hands the batches on in order until stop is closed.
func figuresAhead(records []*record, stop <-chan struct{}) <-chan chan []counted {
	batches := make(chan chan []counted, runtime.GOMAXPROCS(0))
	go func() {
		defer close(batches)
		for part := range slices.Chunk(records, figuresBatch) {
			batch := make(chan []counted, 1)
			select {
			case batches <- batch:
			case <-stop:
				return
			}
			go func() {
				out := make([]counted, len(part))
				for i, r := range part {
					out[i].entry, out[i].err = r.figures()
				}
				batch <- out
			}()
		}
	}()
	return batches
}

// figures parses what can be counted of an entry.
func (r *record) figures() (Entry, error) {
	if answers, ok := scanAnswers(r.body); ok {
		return Entry{Header: r.head.Header.clone(), Answers: answers}, nil
	}
	e, err := r.entry()
	if err != nil {
		e.Header = r.head.Header.clone()
	}
	return e, err
}

// usualAnswers is about how many a check-in has.
const usualAnswers = 8

// scanAnswers reads a body in the one form that encodeJSON gives it, and passes
// over what is prose. ok is false for any other form, however good: that is for
// encoding/json, which takes five times as long.
func scanAnswers(body []byte) (answers []Answer, ok bool) {
	s := bodyScanner{rest: body, ok: true}
	if s.has("{}") {
		return nil, s.end()
	}
	s.need(`{"answers":[`)
	answers = make([]Answer, 0, usualAnswers)
	s.list("]", func() { answers = append(answers, s.answer()) })
	if s.ok && !bytes.Equal(s.rest, []byte("}")) {
		// What was added or changed later is prose to pass over, and seldom there.
		return answers, s.has(",") && json.Valid(body)
	}
	s.need("}")
	return answers, s.end()
}

// A bodyScanner moves over a body. Once something is not as it expects, ok is
// false and what it returns means nothing.
type bodyScanner struct {
	rest []byte
	ok   bool
}

func (s *bodyScanner) answer() (a Answer) {
	s.need("{")
	s.list("}", func() {
		switch {
		case s.has(`"step":`):
			a.Step = s.word()
		case s.has(`"prompt":`), s.has(`"text":`):
			s.quoted()
		case s.has(`"choices":[`):
			s.list("]", func() { a.Choices = append(a.Choices, s.word()) })
		case s.has(`"value":`):
			n := s.number()
			a.Value = &n
		case s.has(`"shares":{`):
			a.Shares = make(map[string]int)
			s.list("}", func() {
				part := s.word()
				s.need(":")
				a.Shares[part] = s.number()
			})
		case s.has(`"items":[`):
			s.list("]", s.item)
		case s.has(`"bring":{`):
			a.Bring = s.bring()
		default:
			s.ok = false
		}
	})
	return a
}

// item passes over an unfinished thing.
func (s *bodyScanner) item() {
	s.need("{")
	s.list("}", func() {
		switch {
		case s.has(`"text":`), s.has(`"who":`), s.has(`"when":`), s.has(`"from":`):
			s.quoted()
		default:
			s.need(`"done":true`)
		}
	})
}

// bring reads how an answer is wanted in supervision.
func (s *bodyScanner) bring() *Bring {
	b := &Bring{}
	s.list("}", func() {
		switch {
		case s.has(`"side":`):
			b.Side = s.word()
		case s.has(`"share":true`):
			b.Share = true
		default:
			s.need(`"share":false`)
		}
	})
	return b
}

// list reads one thing or more with commas between them, up to and with end.
func (s *bodyScanner) list(end string, each func()) {
	for s.ok {
		each()
		if !s.has(",") {
			s.need(end)
			return
		}
	}
}

func (s *bodyScanner) has(part string) bool {
	if !s.ok || len(s.rest) < len(part) || string(s.rest[:len(part)]) != part {
		return false
	}
	s.rest = s.rest[len(part):]
	return true
}

func (s *bodyScanner) need(part string) { s.ok = s.has(part) }

// end reports whether all was read, and was as expected.
func (s *bodyScanner) end() bool { return s.ok && len(s.rest) == 0 }

// quoted moves over a string and returns it with its quotes and escapes.
func (s *bodyScanner) quoted() []byte {
	text := s.rest
	s.need(`"`)
	for s.ok {
		i := bytes.IndexByte(s.rest, '"')
		if i < 0 {
			s.ok = false
			break
		}
		before := s.rest[:i]
		s.rest = s.rest[i+1:]
		if escapes := len(before) - len(bytes.TrimRight(before, `\`)); escapes%2 == 0 {
			return text[:len(text)-len(s.rest)]
		}
	}
	return nil
}

// word reads a string.
func (s *bodyScanner) word() (w string) {
	quoted := s.quoted()
	switch {
	case !s.ok:
	case bytes.IndexByte(quoted, '\\') >= 0 || !utf8.Valid(quoted):
		s.ok = json.Unmarshal(quoted, &w) == nil
	default:
		w = string(quoted[1 : len(quoted)-1])
	}
	return w
}

func (s *bodyScanner) number() int {
	end := 0
	for end < len(s.rest) && (s.rest[end] == '-' || s.rest[end] >= '0' && s.rest[end] <= '9') {
		end++
	}
	n, err := strconv.Atoi(string(s.rest[:end]))
	s.ok = s.ok && err == nil
	s.rest = s.rest[end:]
	return n
}
