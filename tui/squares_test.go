package tui

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// dayParts are the ten parts of a day with six of its squares given out.
func dayParts() []sharePart {
	return []sharePart{
		{"direct, in person", 3},
		{"phone, video, messages", 1},
		{"recording and forms", 2},
		{"liaison with others", 0},
		{"meetings, court, panels", 0},
		{"travel", 0},
		{"supervision", 0},
		{"reflection and learning", 0},
		{"breaks", 0},
		{"other", 0},
	}
}

func TestSquaresFit(t *testing.T) {
	all := []sharePart{{"everything else that had to be done before home time", 10}, {"呼吸", 0}, {"", 0}}
	for _, parts := range [][]sharePart{dayParts(), all, nil} {
		for width := 0; width <= 81; width += 3 {
			for rows := range 15 {
				for _, focused := range []int{-1, 0, len(parts) / 2, len(parts)} {
					lines := squares(parts, 10, focused, width, rows, newStyles(true, true))
					if len(lines) > rows {
						t.Fatalf("%dx%d: %d rows", width, rows, len(lines))
					}
					for _, line := range lines {
						if w := ansi.StringWidth(line); w > width {
							t.Fatalf("%dx%d: a row of %d cells: %q", width, rows, w, ansi.Strip(line))
						}
					}
				}
			}
		}
	}
}

// TestSquaresScroll goes down the list in a window that is too small for it:
// the focused part is always there, and every other is drawn or counted.
func TestSquaresScroll(t *testing.T) {
	more := regexp.MustCompile(`… (\d+) more (above|below)`)
	parts := dayParts()
	for _, width := range []int{36, 72} {
		for rows := 1; rows <= 12; rows++ {
			for focused, p := range parts {
				lines := stripped(squares(parts, 10, focused, width, rows, newStyles(true, false)))
				picture := strings.Join(lines, "\n")
				if word, _, _ := strings.Cut(p.label, " "); !strings.Contains(picture, "› "+word) {
					t.Errorf("%dx%d: %s is out of sight:\n%s", width, rows, p.label, picture)
				}
				if strings.Count(picture, "›") != 1 {
					t.Errorf("%dx%d: more than one line is marked:\n%s", width, rows, picture)
				}
				if rows < 5 { // a part of two rows leaves no room to count the others
					continue
				}
				accounted := 0
				for _, m := range more.FindAllStringSubmatch(picture, -1) {
					n, _ := strconv.Atoi(m[1])
					accounted += n
				}
				for _, p := range parts {
					first, _, _ := strings.Cut(p.label, " ")
					if slices.ContainsFunc(lines, func(line string) bool {
						return strings.HasPrefix(strings.TrimLeft(line, "› ")+" ", first+" ")
					}) {
						accounted++
					}
				}
				if accounted != len(parts) {
					t.Errorf("%dx%d: %d of %d parts accounted for:\n%s", width, rows, accounted, len(parts), picture)
				}
			}
		}
	}
}

func TestSquaresAddUp(t *testing.T) {
	for given := 0; given <= 10; given++ {
		for width := 36; width <= 72; width++ {
			parts := []sharePart{{"travel", given / 3}, {"recording and forms", given - given/3}}
			picture := strings.Join(stripped(squares(parts, 10, 0, width, 8, newStyles(true, true))), "\n")
			if n := strings.Count(picture, "■"); n != given {
				t.Errorf("width %d: %d squares drawn as given, want %d:\n%s", width, n, given, picture)
			}
			if n := strings.Count(picture, "□"); n != 10-given {
				t.Errorf("width %d: %d squares drawn as left, want %d:\n%s", width, n, 10-given, picture)
			}
			if want := fmt.Sprintf("%d of 10 left", 10-given); !strings.Contains(picture, want) {
				t.Errorf("width %d: want %q in\n%s", width, want, picture)
			}
		}
	}
}

func TestSquaresPicture(t *testing.T) {
	tests := []struct {
		name                 string
		width, rows, focused int
		want                 string
	}{
		{"all ten at 80 by 24", 72, 12, 0, `
› direct, in person         3  ■ ■ ■
  phone, video, messages    1  ■
  recording and forms       2  ■ ■
  liaison with others
  meetings, court, panels
  travel
  supervision
  reflection and learning
  breaks
  other

  4 of 10 left                 □ □ □ □
`},
		{"all ten at 40 by 20", 36, 11, 2, `
  direct, in person    3  ■■■
  phone, video,        1  ■
  messages
› recording and        2  ■■
  forms
  liaison with others
  meetings, court, panels
  travel
  supervision
  … 3 more below
  4 of 10 left            □□□□
`},
		{"some of them at 40 by 20", 36, 7, 5, `
  … 4 more above
  meetings, court, panels
› travel
  supervision
  reflection and learning
  … 2 more below
  4 of 10 left            □□□□
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines := squares(dayParts(), 10, tt.focused, tt.width, tt.rows, newStyles(true, true))
			got := "\n" + strings.Join(stripped(lines), "\n") + "\n"
			if got != tt.want {
				t.Errorf("got:%swant:%s", got, tt.want)
			}
		})
	}
}

func TestSquaresText(t *testing.T) {
	got := squaresText(dayParts()[:4], 10, 1)
	want := []string{
		"direct, in person: 3 of 10",
		"phone, video, messages: 1 of 10, selected",
		"recording and forms: 2 of 10",
		"liaison with others: none",
		"4 of 10 left",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
