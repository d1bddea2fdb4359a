package content

import (
	"strings"
	"testing"
)

// TestMistakesInWhatOnlyTheProgramHas is about files that cannot be given in a
// folder of one's own. Whoever edits them is told of a mistake all the same.
func TestMistakesInWhatOnlyTheProgramHas(t *testing.T) {
	const (
		source = "[[sources]]\nid   = \"a-2020\"\ncite = \"A (2020)\"\ntext = \"A (2020). A.\"\nread = \"read whole\"\n"
		anchor = "[[anchors]]\nid    = \"sounds\"\nlabel = \"sounds\"\nlines = [\"Near.\"]\n"
		shelf  = "[[shelves]]\nlabel = \"breathe\"\nitems = [\"stop\"]\n"
	)
	sources := func(data []byte) error { _, err := parseSources(data); return err }
	anchors := func(data []byte) error { _, err := parseAnchors(data); return err }
	shelves := func(data []byte) error { _, err := parseShelves(data); return err }
	tests := []struct {
		name     string
		parse    func([]byte) error
		file     string
		old, new string
		want     string
	}{
		{"source with an unknown key", sources, source, "cite", "site", `:3: unknown key "site"`},
		{"source without how much was read", sources, source, "read = \"read whole\"\n", "", `:2: "read" is missing`},
		{"source twice", sources, source + source, "", "", `:7: the id "a-2020" is used twice`},
		{"anchor with an unknown key", anchors, anchor, "lines", "words", `:4: unknown key "words"`},
		{"anchor without lines", anchors, anchor, "lines = [\"Near.\"]\n", "", `:2: "lines" is missing`},
		{"no anchors", anchors, "# none\n", "", "", `: "anchors" is missing`},
		{"shelf with an unknown key", shelves, shelf, "items", "item", `:3: unknown key "item"`},
		{"shelf without a label", shelves, shelf, "label = \"breathe\"\n", "", `:1: "label" is missing`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.parse([]byte(strings.Replace(tt.file, tt.old, tt.new, 1)))
			if err == nil || err.Error() != tt.want {
				t.Errorf("\n got %v\nwant %s", err, tt.want)
			}
		})
	}
	for _, err := range []error{sources([]byte(source)), anchors([]byte(anchor)), shelves([]byte(shelf))} {
		if err != nil {
			t.Errorf("without a mistake: %v", err)
		}
	}
}
