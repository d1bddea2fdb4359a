package journal

import (
	"cmp"
	"slices"
	"strings"
)

// A Use is something that entries have in common, and how many have it.
type Use struct {
	Name    string
	Entries int
}

// Uses are what entries can be chosen by, each the most used first.
type Uses struct {
	Kinds, Guides, Tags []Use
	Chosen              []Use // words that were chosen, such as feelings
}

// Uses counts what the entries have in common.
func (j *Journal) Uses() Uses {
	kinds, guides, tags, chosen := make(counts), make(counts), make(counts), make(counts)
	for _, r := range j.during(Query{}) {
		kinds.add(string(r.head.Kind))
		guides.add(r.head.Guide)
		tags.add(r.head.Tags...)
		chosen.add(r.searched().chosen...)
	}
	return Uses{Kinds: kinds.sorted(), Guides: guides.sorted(), Tags: tags.sorted(), Chosen: chosen.sorted()}
}

type counts map[string]int

// add counts each of one entry's names once.
func (c counts) add(names ...string) {
	for i, n := range names {
		if n != "" && !slices.Contains(names[:i], n) {
			c[n]++
		}
	}
}

func (c counts) sorted() []Use {
	var out []Use
	for name, n := range c {
		out = append(out, Use{name, n})
	}
	slices.SortFunc(out, func(a, b Use) int {
		return cmp.Or(cmp.Compare(b.Entries, a.Entries), strings.Compare(a.Name, b.Name))
	})
	return out
}
