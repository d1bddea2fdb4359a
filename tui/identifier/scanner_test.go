package identifier_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"goodenough/content"
	"goodenough/tui/identifier"
)

// found are the findings of a text as "kind:what it is".
func found(s *identifier.Scanner, text string) []string {
	var all []string
	for _, f := range s.Scan(text) {
		all = append(all, string(f.Kind)+":"+text[f.Start:f.End])
	}
	return all
}

// TestScan shows what a person is told of where several things meet.
func TestScan(t *testing.T) {
	s := identifier.New(nil, nil)
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"A name joins what it is part of: St Mary's Primary School.", "place:St Mary's Primary School"},
		{"14 Grace Road, LS6 2AB", "address:14 Grace Road|postcode:LS6 2AB"},
		{"kayleighs mum and Kayleigh's dad", "name:kayleigh|name:Kayleigh"},
		{"Zoë rang, Siân rang, SEÁN RANG AND RANG", "name:Zoë|name:Siân|name:SEÁN"},
		{"It’s Kayleigh’s birthday", "name:Kayleigh"},
		{"a number of 999 000 0018 on a slip", "nhs:999 000 0018"},
		{"her NHS number is 999 000 0019, mistyped", "nhs:999 000 0019"},
		{"Order 999 000 0019 fails its check", ""},
		{"D.O.B. 12/3/14, DOB: 3.4.19, date of birth - 1st May 2012", "birth:12/3/14|birth:3.4.19|birth:1st May 2012"},
		{"Born 2009. The visit was 12/03/2024.", "birth:2009|date:12/03/2024"},
		{"version 1.2.3.4, 24/7, 9/10, 50/50 and 7.30", ""},
		{"ages 5-11, 16 and 17 year olds, under 5s, 18+, aged 11 to 18", ""},
		{"She is twenty-one. He is 18 months. A twelve-year-old.", "age:twenty-one|age:18 months|age:twelve-year-old"},
		{"She was 10 minutes late, 9 of 12 came, he is 6 foot, it is 7", ""},
		{"S47 1st visit, s20 2nd draft, at 10 and 11, on12 may", ""},
		{"re ab12cde and LS12 ABC; ab12 and cde", "vehicle:ab12cde|vehicle:LS12 ABC"},
		{"[2019] EWFC 45, Re B, section 38(6), Plan B, child A, Family C", ""},
		{"write to jo@samaritans.org or kay@example.com.", "email:kay@example.com"},
		{"mtg @school @ 2, thanks @BASW, hello @kay.x.", "handle:@kay.x"},
		{"he is my manager. Xylophones are loud", ""},
		{"a text\nof lines\n\nKayleigh\n", "name:Kayleigh"},
		{"\xff\xfe Kayleigh \xc3", "name:Kayleigh"},
		{"Ring 999, 111, 101, 116 123, 0800 1111, 0808 808 8000 or 0300 123 4567.", ""},
		{"Will will not. Rose has a cold. Hazel, Ivy and Heather. Joy's joy", "name:Will|name:Rose|name:Hazel|name:Ivy|name:Heather|name:Joy"},
		{"Hope will do. Hope was all we had. Amber was agreed. May was hard.", ""},
		{"May Thistlewood may come; in May Thistlewood wept", "name:May Thistlewood|name:Thistlewood"},
		{"Grace visits. Unannounced visits are late.", "name:Grace"},
		{"the Delaney case, the Easter case, the Francis inquiry", "name:Delaney"},
		{"mum is TK. Dad, RB, rang; his nan (JH), children are TK and MT", "initials:TK|initials:RB|initials:JH|initials:TK|initials:MT"},
		{"The child K. slept. client JT; baby AB; her son is D", "initials:K|initials:JT|initials:AB|initials:D"},
		{"mum is OK, dad is RN positive, mum, TV, PE; dad is GP; child CP plan; mum was A&E; Child Q, child B", ""},
		{"Baby T fed, Child A slept, Mrs X wept, Mrs B left, A.M.'s mum rang", "initials:T|initials:Mrs B|initials:A.M."},
		{"The Laurels rang, Mum 34, dad 3 hours late", "place:The Laurels|age:34"},
		{"KB is 6 and the MR scan is done. b. 4/7/13", "initials:KB|age:6|birth:4/7/13"},
		{"Visited the care home about SW/2023/00871 and 10/12", "reference:SW/2023/00871"},
		{"watching Peaky Blinders about Queen Mary", ""},
		{"Asked Tapiwa. Tapiwa grins at that.", "name:Tapiwa|name:Tapiwa"},
		{"Grace's mum rang. There is Grace in my head, and a grace in it. Grace is a word.", "name:Grace|name:Grace"},
		{"Told Will. Will I tell Will? Rose's mum. Rose is mine. A Rose.", "name:Will|name:Will|name:Rose|name:Rose"},
		{"June was quiet, and June was tearful.", "name:June"},
		{"Heaven knows, Heaven wouldn't. King Charles waved. King is six and", "name:Heaven|name:King|age:six"},
		{"saw D.M. with DS Pritchard, Iain B, Paddy Connors and Rhys ap Huw", "initials:D.M.|name:DS Pritchard|name:Iain B|name:Paddy Connors|name:Rhys ap Huw"},
		{"McALLISTER, Jessie 21.9.35 on Ward 6B; Jessie seen 21.9.25", "name:McALLISTER, Jessie|birth:21.9.35|place:Ward 6B|name:Jessie|date:21.9.25"},
		{"Flat 2/1, 14 Allison Street, or 14/3 Leith Walk, or 6 Clos Derwen", "address:Flat 2/1, 14 Allison Street|address:14/3 Leith Walk|address:6 Clos Derwen"},
		{"Li Na and zhang wei; ding dong, he long sang", "name:Li Na|name:zhang wei"},
		{"CHI 0311384420, H&C no. 321 445 1290. Or 3112998871 and 3112998872", "nhs:0311384420|nhs:321 445 1290|nhs:3112998871"},
		{"Bank with Lloyds. PC Lloyd rang. Gordon's and tonic with Gordon", "name:PC Lloyd|name:Gordon"},
		{"S cried. S never cries. S is a letter, and Section S a heading.", "initials:S|initials:S|initials:S"},
		{"like a 2 year old; the 2 year old; Mrs X rang. Turned 90. Turned 52", "age:2 year old|age:90"},
		{"Dr Osei, Mrs. Patel and Mr and Mrs Adeyemi", "name:Dr Osei|name:Mrs. Patel|name:Mr and Mrs Adeyemi"},
	} {
		if got := strings.Join(found(s, tt.text), "|"); got != tt.want {
			t.Errorf("%q: found %s, want %s", tt.text, got, tt.want)
		}
	}
}

func TestOwnWordsAndAliases(t *testing.T) {
	for _, tt := range []struct {
		name         string
		own, aliases []string
		text, want   string
	}{
		{"an own word is found whole, in any case, and as a possessive",
			[]string{"Bramblegate", "the blue door"}, nil,
			"bramblegate, BRAMBLEGATE's and Bramblegates; at The  Blue\tdoor", "own:bramblegate|own:BRAMBLEGATE|own:The  Blue\tdoor"},
		{"an own word that ends in s is found to its end, and not without it", []string{"Daniels"}, nil, "DANIELS rang, and Daniel's mum", "own:DANIELS|name:Daniel"},
		{"with and without accents", []string{"Zoe Lindqvist"}, nil, "zoë lindqvist", "own:zoë lindqvist"},
		{"an own word takes the name that it is part of", []string{"Kayleigh"}, nil, "Saw Kayleigh Marsh.", "own:Kayleigh Marsh"},
		{"an alias is no finding", nil, []string{"Marsh family"}, "The Marsh family, and the Marsh mum.", ""},
		{"an alias is one in any case", nil, []string{"Little Rose"}, "little rose's mum, and Rose's mum", "name:Rose"},
		{"an alias wins over an own word", []string{"Marsh"}, []string{"Marsh family"}, "the Marsh family", ""},
		{"a name that is longer than the alias is one", nil, []string{"Rose"}, "Rose Hargreaves rang", "name:Rose Hargreaves"},
		{"empty words find nothing", []string{"", " "}, []string{"", " "}, "a b c", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := identifier.New(tt.own, tt.aliases)
			if got := strings.Join(found(s, tt.text), "|"); got != tt.want {
				t.Errorf("found %s, want %s", got, tt.want)
			}
		})
	}
}

// TestDemoIsQuiet scans weeks of writing that has no identifiers in it, only
// aliases that nobody told the scanner of: there is nothing to be told.
func TestDemoIsQuiet(t *testing.T) {
	s := identifier.New(nil, nil)
	words := 0
	for line := range strings.Lines(string(content.Demo(time.Now()))) {
		var entry struct {
			Title   string
			Answers []struct {
				Text  string
				Items []struct{ Text string }
			}
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		texts := []string{entry.Title}
		for _, a := range entry.Answers {
			texts = append(texts, a.Text)
			for _, item := range a.Items {
				texts = append(texts, item.Text)
			}
		}
		for _, text := range texts {
			words += len(strings.Fields(text))
			if got := found(s, text); got != nil {
				t.Errorf("found %v in %q", got, text)
			}
		}
	}
	if words < 2000 {
		t.Errorf("only %d words were scanned", words)
	}
}

// TestEveryKindHasWords holds that no kind is shown without a name and an offer.
func TestEveryKindHasWords(t *testing.T) {
	for _, k := range identifier.Kinds() {
		if k.Label() == "" || k.Offer() == "" {
			t.Errorf("%s: label %q, offer %q", k, k.Label(), k.Offer())
		}
	}
	if n := len(identifier.Kinds()); n != 16 {
		t.Errorf("%d kinds", n)
	}
}

// FuzzScan holds what a caller relies on to draw the findings in their places.
func FuzzScan(f *testing.F) {
	for _, file := range files {
		for _, s := range readSentences(f, file) {
			f.Add(s.text, "Kayleigh", "Harbour family")
		}
	}
	f.Add("Mr.", "\xff", "’s")
	f.Add("@@a.b@c.de +44(0)1", "'", "-")
	f.Fuzz(func(t *testing.T, text, own, alias string) {
		s := identifier.New([]string{own}, []string{alias})
		end := 0
		got := s.Scan(text)
		for _, g := range got {
			switch {
			case g.Start < end || g.End <= g.Start || g.End > len(text):
				t.Fatalf("%v after %d, of %d bytes", g, end, len(text))
			case !boundary(text, g.Start) || !boundary(text, g.End):
				t.Fatalf("%v cuts a letter in two", g)
			case !slices.Contains(identifier.Kinds(), g.Kind):
				t.Fatalf("%q is no kind", g.Kind)
			}
			end = g.End
		}
		if again := s.Scan(text); !slices.Equal(got, again) {
			t.Fatalf("%v, and then %v", got, again)
		}
	})
}

// boundary reports whether a letter begins at a byte of the text. Bytes that
// are no UTF-8 are letters by themselves.
func boundary(text string, at int) bool {
	for i := 0; i < at; {
		_, n := utf8.DecodeRuneInString(text[i:])
		if i += n; i > at {
			return false
		}
	}
	return true
}

// BenchmarkScan scans the labelled sentences as one long entry. It reports
// milliseconds for a thousand words.
func BenchmarkScan(b *testing.B) {
	var texts []string
	for _, file := range files {
		for _, s := range readSentences(b, file) {
			texts = append(texts, s.text)
		}
	}
	text := strings.Join(texts, "\n")
	s := identifier.New([]string{"Bramblegate"}, []string{"Harbour family"})
	s.Scan("") // the word lists are read once
	for b.Loop() {
		s.Scan(text)
	}
	thousands := float64(len(strings.Fields(text))) / 1000
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N)/thousands, "ms/1000words")
}
