package tui

import (
	"math"
	"slices"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// threeDiscs are the three systems at these values, with the one in focus.
func threeDiscs(threat, drive, soothing, focused int) []disc {
	st := newStyles(true, true)
	discs := []disc{
		{label: "threat", value: threat, style: st.threat},
		{label: "drive", value: drive, style: st.drive},
		{label: "soothing", value: soothing, style: st.soothing},
	}
	if focused >= 0 {
		discs[focused].focused = true
	}
	return discs
}

// stripped takes the colours off a picture.
func stripped(lines []string) []string {
	plain := make([]string, len(lines))
	for i, line := range lines {
		plain[i] = ansi.Strip(line)
	}
	return plain
}

// drawnPixels reads a picture back: which of its pixels are filled, two rows
// of them for each row of cells.
func drawnPixels(lines []string) [][]bool {
	var pixels [][]bool
	for _, line := range stripped(lines) {
		var upper, lower []bool
		for _, r := range line {
			upper = append(upper, r == '█' || r == '▀')
			lower = append(lower, r == '█' || r == '▄')
		}
		pixels = append(pixels, upper, lower)
	}
	return pixels
}

// drawnRuns are the filled rows of a picture of one disc: where each begins
// and ends.
func drawnRuns(t *testing.T, lines []string) [][2]int {
	t.Helper()
	var runs [][2]int
	for _, row := range drawnPixels(lines) {
		first := slices.Index(row, true)
		if first < 0 {
			continue
		}
		end := first
		for end < len(row) && row[end] {
			end++
		}
		if slices.Contains(row[end:], true) {
			t.Fatalf("a row of the disc has a hole:\n%s", strings.Join(stripped(lines), "\n"))
		}
		runs = append(runs, [2]int{first, end})
	}
	return runs
}

// TestCirclesArea holds the promise of an honest picture: at every size, the
// area that is seen is proportional to the value.
func TestCirclesArea(t *testing.T) {
	logged := map[int]bool{}
	for width := 10; width <= 24; width++ {
		for rows := 4; rows <= 9; rows++ {
			var pixels []int
			for v := 1; v <= 10; v++ {
				n := 0
				for _, run := range drawnRuns(t, circles([]disc{{value: v}}, width, rows)) {
					n += run[1] - run[0]
				}
				pixels = append(pixels, n)
			}
			full := pixels[9]
			for i, n := range pixels {
				want := float64(full*(i+1)) / 10
				if off := math.Abs(float64(n) - want); off > 2 && off > 0.12*want {
					t.Errorf("%dx%d: %d draws %d pixels, want about %.1f", width, rows, i+1, n, want)
				}
				if i > 0 && n <= pixels[i-1] {
					t.Errorf("%dx%d: %d draws %d pixels, no more than %d does", width, rows, i+1, n, i)
				}
			}
			if !logged[full] {
				logged[full] = true
				t.Logf("pixels for 1 to 10: %v", pixels)
			}
		}
	}
}

// TestCirclesRound looks at the outline: the same from left and right, from
// above and below, as high as it is wide, and without points or corners.
func TestCirclesRound(t *testing.T) {
	for width := 10; width <= 24; width++ {
		for rows := 4; rows <= 9; rows++ {
			for v := 1; v <= 10; v++ {
				lines := circles([]disc{{value: v}}, width, rows)
				runs := drawnRuns(t, lines)
				widest, n := 0, 0
				for y, run := range runs {
					mirror := runs[len(runs)-1-y]
					if run != mirror || run[0]+run[1] != runs[0][0]+runs[0][1] {
						t.Fatalf("not symmetric:\n%s", strings.Join(stripped(lines), "\n"))
					}
					widest = max(widest, run[1]-run[0])
					n += run[1] - run[0]
				}
				if d := widest - len(runs); d < -1 || d > 1 {
					t.Errorf("%d wide, %d high:\n%s", widest, len(runs), strings.Join(stripped(lines), "\n"))
				}
				if filled := float64(n) / float64(widest*len(runs)); widest > 4 && (filled < 0.58 || filled > 0.9) {
					t.Errorf("fills %.2f of its box, a circle fills 0.79:\n%s", filled, strings.Join(stripped(lines), "\n"))
				}
			}
		}
	}
}

func TestCirclesFit(t *testing.T) {
	for width := 0; width <= 81; width += 3 {
		for rows := range 12 {
			height := -1
			for _, values := range [][3]int{{-1, -1, -1}, {0, 5, 10}, {10, 10, 10}, {7, 4, 1}, {11, -2, 3}} {
				lines := circles(threeDiscs(values[0], values[1], values[2], 2), width, rows)
				if len(lines) > rows {
					t.Fatalf("%dx%d: %d rows", width, rows, len(lines))
				}
				if height >= 0 && len(lines) != height {
					t.Fatalf("%dx%d: %d rows for %v and %d for others", width, rows, len(lines), values, height)
				}
				height = len(lines)
				for _, line := range lines {
					if w := ansi.StringWidth(line); w > width {
						t.Fatalf("%dx%d: a row of %d cells: %q", width, rows, w, ansi.Strip(line))
					}
				}
			}
		}
	}
}

// TestCirclesCaptions reads the captions back: a word and its whole number for
// each disc, apart from one another, the one in focus between arrows.
func TestCirclesCaptions(t *testing.T) {
	for width := 30; width <= 72; width++ {
		var unfocused string
		for focused := -1; focused < 3; focused++ {
			lines := stripped(circles(threeDiscs(10, 3, 10, focused), width, 6))
			caption := lines[len(lines)-1]
			still := strings.NewReplacer("◂", " ", "▸", " ").Replace(caption)
			fields := strings.Fields(still)
			if len(fields) != 6 || fields[1] != "10" || fields[3] != "3" || fields[5] != "10" {
				t.Errorf("width %d: captions run together: %q", width, caption)
			}
			if focused < 0 {
				unfocused = still
				continue
			}
			if strings.TrimRight(still, " ") != unfocused {
				t.Errorf("width %d: the focus moves the captions:\n%q\n%q", width, unfocused, still)
			}
			_, marked, _ := strings.Cut(caption, "◂")
			marked, _, _ = strings.Cut(marked, "▸")
			if strings.Join(strings.Fields(marked), " ") != strings.Join(fields[2*focused:2*focused+2], " ") {
				t.Errorf("width %d: focus %d, but the arrows are round %q", width, focused, marked)
			}
		}
	}
}

func TestCirclesPicture(t *testing.T) {
	tests := []struct {
		name        string
		discs       []disc
		width, rows int
		want        string
	}{
		{"at 80 by 24", threeDiscs(7, 4, 1, 0), 72, 7, `
          ▄▄▄
       ▄███████▄                 ▄████▄                    ▄▄
       █████████                 ██████                   ▀██▀
       ▀███████▀                 ▀████▀
          ▀▀▀

      ◂ threat 7 ▸              drive 4                soothing 1
`},
		{"at 40 by 20", threeDiscs(7, 4, 1, 2), 36, 5, `
   ▄███▄        ▄▄▄
  ███████      █████        ▄▄▄
  ▀█████▀      ▀███▀        ▀▀▀
    ▀▀▀
  threat 7    drive 4  ◂soothing 1▸
`},
		{"nothing set yet", threeDiscs(-1, -1, -1, 0), 36, 5, `


     ·           ·           ·

 ◂threat –▸   drive –   soothing –
`},
		{"nought is not the same as not set", threeDiscs(0, -1, 10, 1), 36, 5, `
                          ▄████▄
                         ████████
                 ·       ████████
                          ▀████▀
  threat 0   ◂drive –▸  soothing 10
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := "\n" + strings.Join(stripped(circles(tt.discs, tt.width, tt.rows)), "\n") + "\n"
			if got != tt.want {
				t.Errorf("got:%swant:%s", got, tt.want)
			}
		})
	}
}

func TestCirclesKeepTheirColour(t *testing.T) {
	st := newStyles(true, true)
	picture := strings.Join(circles(threeDiscs(10, 10, 10, -1), 72, 7), "\n")
	for name, s := range map[string]lipgloss.Style{"threat 10": st.threat, "drive 10": st.drive, "soothing 10": st.soothing} {
		if !strings.Contains(picture, s.Render(name)) {
			t.Errorf("%s is not in its colour", name)
		}
	}
}

func TestCirclesText(t *testing.T) {
	got := circlesText(threeDiscs(7, 0, -1, 1))
	want := []string{"threat 7 of 10", "drive 0 of 10, selected", "soothing not set"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// BenchmarkCircles is what a key press pays for the picture.
func BenchmarkCircles(b *testing.B) {
	discs := threeDiscs(7, 4, 1, 0)
	for b.Loop() {
		circles(discs, 72, 9)
	}
}
