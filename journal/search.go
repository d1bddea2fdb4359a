package journal

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Search is what somebody looks for, as [ParseSearch] reads it.
type Search struct {
	with    []string // folded, the longest first: it is the soonest missed
	without []string
}

// ParseSearch reads a search as it is typed: words that all occur, "a phrase"
// in quotes, and -words or -"phrases" that do not. Case and accents do not
// matter, and ł, ø and ß are found as l, o and ss. A quote that is still open ends with the text.
func ParseSearch(s string) Search {
	var out Search
	s = strings.NewReplacer("“", `"`, "”", `"`).Replace(s)
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		list := &out.with
		if rest, ok := strings.CutPrefix(s, "-"); ok {
			list, s = &out.without, rest
		}
		var word string
		if rest, ok := strings.CutPrefix(s, `"`); ok {
			word, s, _ = strings.Cut(rest, `"`)
		} else if end := strings.IndexFunc(s, unicode.IsSpace); end >= 0 {
			word, s = s[:end], s[end:]
		} else {
			word, s = s, ""
		}
		if word = strings.TrimSpace(fold(word)); word != "" {
			*list = append(*list, word)
		}
	}
	slices.SortStableFunc(out.with, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return out
}

// Empty reports whether it is a search for nothing.
func (s Search) Empty() bool { return len(s.with)+len(s.without) == 0 }

// Shows reports whether there are words to be found in a text, and not only
// words to do without.
func (s Search) Shows() bool { return len(s.with) > 0 }

// narrows reports whether what s finds is found by the other search as well.
func (s Search) narrows(other Search) bool {
	for _, w := range other.with {
		if !slices.ContainsFunc(s.with, func(longer string) bool { return strings.Contains(longer, w) }) {
			return false
		}
	}
	for _, w := range other.without {
		if !slices.Contains(s.without, w) {
			return false
		}
	}
	return true
}

// in reports whether a folded text is one that is looked for.
func (s Search) in(text string) bool {
	for _, w := range s.with {
		if !strings.Contains(text, w) {
			return false
		}
	}
	for _, w := range s.without {
		if strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// Find returns where in a text the words stand that are looked for: the start
// and the end of each place, in bytes, in order and apart.
func (s Search) Find(text string) [][2]int {
	if len(s.with) == 0 {
		return nil
	}
	var from []int
	folded := string(appendFolded(nil, &from, text))
	from = append(from, len(text))
	var places [][2]int
	for _, w := range s.with {
		for at := 0; ; {
			i := strings.Index(folded[at:], w)
			if i < 0 {
				break
			}
			start := at + i
			at = start + len(w)
			places = append(places, [2]int{from[start], afterMarks(text, from[afterLetter(from, at)])})
		}
	}
	slices.SortFunc(places, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(b[1], a[1])) })
	return joined(places)
}

// afterLetter moves a place in a folded text behind the letter that it is in the
// middle of: one letter may be folded to two, ß to ss.
func afterLetter(from []int, at int) int {
	for at < len(from)-1 && from[at] == from[at-1] {
		at++
	}
	return at
}

// joined makes one place of those that meet.
func joined(places [][2]int) [][2]int {
	var out [][2]int
	for _, p := range places {
		if n := len(out); n > 0 && p[0] <= out[n-1][1] {
			out[n-1][1] = max(out[n-1][1], p[1])
			continue
		}
		out = append(out, p)
	}
	return out
}

// afterMarks moves a place behind the accents that belong to the letter before.
func afterMarks(text string, at int) int {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if !unicode.Is(unicode.Mn, r) {
			break
		}
		at += n
	}
	return at
}

// searched is what searches and filters look in, made from an entry once and
// kept: to read 100,000 entries takes a second, to look through what was read
// does not.
type searched struct {
	text    string   // all that was written or chosen, folded
	chosen  []string // the words that were chosen
	written bool     // something is in the person's own words
	brought bool     // some of it is wanted in supervision
}

func (r *record) searched() *searched {
	if s := r.read.Load(); s != nil {
		return s
	}
	s := new(searched)
	if e, err := r.entry(); err == nil {
		s = e.searched()
	}
	r.read.Store(s)
	return s
}

func (e Entry) searched() *searched {
	s := &searched{brought: e.Bring != nil}
	b := make([]byte, 0, 1<<10)
	for _, text := range e.Texts() {
		if *text != "" {
			b = append(appendFolded(b, nil, *text), '\n') // no phrase goes over it
		}
	}
	for _, a := range e.Answers {
		s.chosen = append(s.chosen, a.Choices...)
		s.written = s.written || a.Text != "" || len(a.Items) > 0
		s.brought = s.brought || a.Bring != nil
	}
	s.written = s.written || len(e.Later) > 0
	s.text = string(b)
	return s
}

// searchBatch is how many entries one goroutine reads at a time.
const searchBatch = 256

// PrepareSearch reads all entries for searches, on all cores, so that the first
// search need not. It ends early when the journal is closed.
func (j *Journal) PrepareSearch() {
	j.mu.Lock()
	entries := slices.Clone(j.entries)
	j.mu.Unlock()
	work := make(chan []*record)
	var done sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			for batch := range work {
				for _, r := range batch {
					r.searched()
				}
			}
		})
	}
	for batch := range slices.Chunk(entries, searchBatch) {
		if j.closed() {
			break
		}
		work <- batch
	}
	close(work)
	done.Wait()
}

func (j *Journal) closed() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.keys == nil
}

// filter returns the records that match, in their order. It looks on all cores.
func filter(records []*record, match func(*record) bool) []*record {
	parts := slices.Collect(slices.Chunk(records, max(len(records)/(4*runtime.GOMAXPROCS(0)), searchBatch)))
	found := make([][]*record, len(parts))
	var done sync.WaitGroup
	for i, part := range parts {
		done.Go(func() {
			for _, r := range part {
				if match(r) {
					found[i] = append(found[i], r)
				}
			}
		})
	}
	done.Wait()
	return slices.Concat(found...)
}

// fold makes text comparable: lower case, without accents, in the letters of
// any keyboard, one space where there is any.
func fold(s string) string { return string(appendFolded(nil, nil, s)) }

// appendFolded appends s to b, folded. Where from is given, it gets for each
// byte that is appended the place in s that it comes from.
func appendFolded(b []byte, from *[]int, s string) []byte {
	for i := 0; i < len(s); {
		n := 1
		before := len(b)
		switch c := s[i]; {
		case c == ' ' || '\t' <= c && c <= '\r':
			for i+n < len(s) && (s[i+n] == ' ' || '\t' <= s[i+n] && s[i+n] <= '\r') {
				n++
			}
			b = append(b, ' ')
		case 'A' <= c && c <= 'Z':
			b = append(b, c+'a'-'A')
		case c < utf8.RuneSelf:
			b = append(b, c)
		default:
			n = letter(s[i:])
			b = append(b, foldLetter(s[i:i+n])...)
		}
		if from != nil {
			for range len(b) - before {
				*from = append(*from, i)
			}
		}
		i += n
	}
	return b
}

// letter is the length of what belongs together at the start of s, beyond
// ASCII: a letter and its accents, the parts of a Korean syllable.
func letter(s string) int {
	if n := norm.NFC.NextBoundaryInString(s, true); n > 0 {
		return n
	}
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// foldLetter folds what is not ASCII.
func foldLetter(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		if typed, ok := typedAs[r]; ok {
			b.WriteString(typed)
		} else {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// typedAs is what people type for letters whose stroke or form is no accent to
// Unicode, on a keyboard without them.
var typedAs = map[rune]string{
	'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'ħ': "h", 'ŧ': "t", 'ı': "i",
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th",
}
