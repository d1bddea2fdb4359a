package tui

import (
	"reflect"
	"slices"
	"testing"
)

// plainSettings types lines under settings, and reads what was kept.
func plainSettings(t *testing.T, lines ...string) (*plainRun, settings) {
	t.Helper()
	p := plain(t)
	p.opts.Start = StartHome
	p.types(append([]string{"settings"}, lines...)...)
	var kept settings
	if err := p.journal.Settings(&kept); err != nil || p.err != nil {
		t.Fatal(err, p.err)
	}
	return p, kept
}

func TestPlainSettings(t *testing.T) {
	for _, tt := range []struct {
		typed []string
		says  string
		kept  settings
	}{
		{[]string{"1", "3"}, "where to turn, in: Wales", settings{Nation: "wales"}},
		{[]string{"1", "Atlantis"}, "Not in the list: Atlantis.", settings{}},
		{[]string{"2", "1", "Duty desk", "extension 12"}, "2. Duty desk: extension 12", settings{Lines: []supportLine{{"Duty desk", "extension 12"}}}},
		{[]string{"2", "1", "Duty desk", "stop"}, "How to reach them:", settings{Lines: []supportLine{{"Duty desk", ""}}}},
		{[]string{"2", "1", "Sam", "", "1", "Jo", "ext 3", "2", "-", "2", "", "ext 4"}, "2. Jo: ext 4", settings{Lines: []supportLine{{"Jo", "ext 4"}}}},
		{[]string{"3"}, "look for names before keeping: no", settings{SkipNames: true}},
		{[]string{"4", "1", "Tyler Smith", "the Harbour lad"}, "2. Tyler Smith: the Harbour lad", settings{Names: []nameAlias{{"Tyler Smith", "the Harbour lad"}}}},
		{[]string{"5", "", "1"}, "1 of 4", settings{Brief: true}},
	} {
		p, kept := plainSettings(t, tt.typed...)
		p.says(tt.says)
		kept.Off = nil
		if len(kept.Lines) == 0 {
			kept.Lines = nil
		}
		if len(kept.Names) == 0 {
			kept.Names = nil
		}
		if !reflect.DeepEqual(kept, tt.kept) {
			t.Errorf("after %q is kept %+v, not %+v", tt.typed, kept, tt.kept)
		}
	}
}

func TestPlainSettingsLeaveOutAStep(t *testing.T) {
	p, kept := plainSettings(t, "6", "1", "", "", "1")
	p.says("A quiet start: left out", "1 of 8. What is with you")
	if !slices.Equal(kept.Off["end-of-day"], []string{"arrive"}) {
		t.Errorf("left out are %v", kept.Off)
	}
}
