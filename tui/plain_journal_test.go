package tui

import (
	"strings"
	"testing"
)

func TestPlainJournal(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartJournal
	if p.types("").err != nil || !strings.Contains(p.out, "Nothing here yet.") {
		t.Errorf("%v: %s", p.err, p.out)
	}
	lines := []string{`{"id":"school","kind":"note","guide":"note","created":"2025-03-12T18:00:00Z","title":"The school","answers":[{"step":"note","prompt":"What?","text":"I rang the school. Nobody said why."}]}`}
	for range 24 {
		lines = append(lines, `{"kind":"note","created":"2026-10-`+string(rune('0'+len(lines)/10))+string(rune('0'+len(lines)%10))+`T18:00:00Z","title":"A page"}`)
	}
	lines[1] = strings.Replace(lines[1], "2026-10-01", "2026-09-30", 1)
	if r, err := p.journal.Import(strings.NewReader(strings.Join(lines, "\n"))); err != nil || r.Taken != 25 {
		t.Fatal(r, err)
	}
	tests := []struct {
		typed []string
		says  []string
		not   []string
	}{
		{nil, []string{"1 Saturday 24 October 2026, A page", "20 Monday 5 October 2026"}, []string{"\n21 ", "The school"}},
		{[]string{"more", "25", ""}, []string{"21 Sunday 4 October 2026", "25 Wednesday 12 March 2025, The school", "I rang the school."}, nil},
		{[]string{"more", "more"}, []string{"That was the last."}, nil},
		{[]string{"find nobody", "1"}, []string{"Found in 1 entry.", "1 Wednesday 12 March 2025, The school", "I rang the school."}, nil},
		{[]string{"find nothing of that", "1"}, []string{"That is in no entry. Here are all of them again.", "20 Monday 5 October 2026", "18:00"}, []string{"Please type"}},
		{[]string{"find nothing of that", "on March 2025", "25"}, []string{"25 Wednesday 12 March 2025, The school", "I rang the school."}, []string{"nearest"}},
		{[]string{"on March 2025", "25"}, []string{"25 Wednesday 12 March 2025, The school", "I rang the school."}, []string{"nearest"}},
		{[]string{"on March 2025", "1"}, []string{"Saturday 24 October 2026, 18:00"}, []string{"Please type"}},
		{[]string{"on 5/9"}, []string{"nearest", "25 Wednesday 12 March 2025"}, nil},
		{[]string{"on some day"}, []string{"That date is not one I know."}, nil},
		{[]string{"99"}, []string{"Please type a number, or one of the words"}, nil},
		{[]string{"1", "back", "stop"}, []string{"A page"}, nil},
	}
	for _, test := range tests {
		if p.types(test.typed...).err != nil {
			t.Errorf("%q: %v", test.typed, p.err)
		}
		for _, s := range test.says {
			if !strings.Contains(p.out, s) {
				t.Errorf("%q: there is no %q in\n%s", test.typed, s, p.out)
			}
		}
		for _, s := range test.not {
			if strings.Contains(p.out, s) {
				t.Errorf("%q: there is %q in\n%s", test.typed, s, p.out)
			}
		}
	}
}

func TestPlainChangeAndLaterThought(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartJournal
	if _, err := p.journal.Import(strings.NewReader(`{"id":"school","kind":"note","guide":"note","created":"2025-03-12T18:00:00Z","title":"The school","answers":[{"step":"note","prompt":"What?","text":"I rang the school."}]}`)); err != nil {
		t.Fatal(err)
	}
	p.types("1", "later", "It got better.", "Much better.", "", "change", "Twice.", "", "earlier", "change", "", "", "")
	e, err := p.journal.Get("school")
	if p.err != nil || err != nil {
		t.Fatal(p.err, err)
	}
	if len(e.Later) != 1 || e.Later[0].Text != "It got better.\nMuch better." || len(e.Earlier) != 1 || e.Answers[0].Text != "I rang the school.\nTwice." || e.Title != "The school" {
		t.Errorf("%+v\n%s", e, p.out)
	}
	for _, s := range []string{"Added on Friday 20 November 2026", "Until Friday 20 November 2026"} {
		if !strings.Contains(p.out, s) {
			t.Errorf("there is no %q in\n%s", s, p.out)
		}
	}
	if p.journal.Len() != 1 || len(p.journal.Drafts()) != 0 {
		t.Errorf("%d entries, %d drafts", p.journal.Len(), len(p.journal.Drafts()))
	}
	// The input ends in the middle: what there is goes on next time.
	p.types("1", "change", "Thrice.").types("1", "change", "")
	if e, _ := p.journal.Get("school"); !strings.Contains(e.Answers[0].Text, "Thrice.") {
		t.Errorf("%+v\n%s", e, p.out)
	}
}

func TestPlainBin(t *testing.T) {
	p := plain(t)
	p.opts.Start = StartJournal
	if _, err := p.journal.Import(strings.NewReader(`{"id":"school","kind":"note","guide":"note","created":"2025-03-12T18:00:00Z","title":"The school","answers":[{"step":"note","prompt":"What?","text":"I rang the school."}]}`)); err != nil {
		t.Fatal(err)
	}
	for _, no := range []string{"", "no", "perhaps", "back"} {
		p.types("1", "delete", no).says("Move this entry to the bin?", "please keep it")
		if p.journal.Len() != 1 {
			t.Fatalf("%q moved it to the bin", no)
		}
	}
	p.types("1", "delete", "yes", "1").says("It is in the bin.", "There is nothing in the list now.")
	if p.journal.Len() != 0 || len(p.journal.Bin()) != 1 {
		t.Fatalf("%d entries and %d in the bin", p.journal.Len(), len(p.journal.Bin()))
	}
	p.types("bin", "1", "1", "1").says("1. Wednesday 12 March 2025, The school, in the bin until", "It is back.", "The bin is empty.", "I rang the school.")
	if p.journal.Len() != 1 {
		t.Fatal("it did not come back")
	}
	p.types("1", "delete", "yes", "bin", "1", "2", "", "1", "2", "yes", "").says("Delete it for good?", "It is deleted.")
	if p.journal.Len() != 0 || len(p.journal.Bin()) != 0 {
		t.Errorf("%d entries and %d in the bin", p.journal.Len(), len(p.journal.Bin()))
	}
}
