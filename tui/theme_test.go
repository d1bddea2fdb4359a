package tui

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// TestContrast holds every meaning against the backgrounds that people have,
// as it is and as a terminal of 256 colours shows it.
func TestContrast(t *testing.T) {
	backgrounds := map[bool][]string{
		true:  {"#000000", "#0c0c0c", "#1e1e1e", "#300a24", "#002b36"},
		false: {"#ffffff", "#fdf6e3", "#f2f2f2"},
	}
	for dark, usual := range backgrounds {
		p := newPalette(dark)
		for _, m := range []struct {
			name   string
			colour color.Color
			least  float64
		}{
			{"ink", p.ink, 4.5},
			{"muted", p.muted, 4.5},
			{"rule", p.rule, 1.5},
			{"accent", p.accent, 4.5},
			{"threat", p.threat, 4.5},
			{"drive", p.drive, 4.5},
			{"soothing", p.soothing, 4.5},
			{"attention", p.attention, 4.5},
		} {
			lowest, lowest256 := math.Inf(1), math.Inf(1)
			for _, b := range usual {
				background := lipgloss.Color(b)
				lowest = min(lowest, contrast(m.colour, background))
				lowest256 = min(lowest256, contrast(colorprofile.ANSI256.Convert(m.colour), background))
			}
			t.Logf("dark %-5t  %-9s  lowest %5.2f  in 256 colours %5.2f", dark, m.name, lowest, lowest256)
			if lowest < m.least || lowest256 < m.least {
				t.Errorf("dark %t: %s has a contrast of %.2f (%.2f in 256 colours), want %.1f",
					dark, m.name, lowest, lowest256, m.least)
			}
		}
	}
}

// TestMeaningsIn256Colours looks for meanings that become one colour where
// there are fewer of them.
func TestMeaningsIn256Colours(t *testing.T) {
	for _, dark := range []bool{true, false} {
		p := newPalette(dark)
		seen := map[color.Color]string{}
		for name, c := range map[string]color.Color{
			"ink": p.ink, "muted": p.muted, "rule": p.rule, "accent": p.accent,
			"threat": p.threat, "drive": p.drive, "soothing": p.soothing, "attention": p.attention,
		} {
			shown := colorprofile.ANSI256.Convert(c)
			if other, ok := seen[shown]; ok {
				t.Errorf("dark %t: %s is shown in the colour of %s", dark, name, other)
			}
			seen[shown] = name
		}
	}
}

// contrast is the ratio that WCAG 2 defines.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// TestContrastOfKnownPairs guards the measure itself.
func TestContrastOfKnownPairs(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21},
		{"#777777", "#ffffff", 4.48},
		{"#ffffff", "#ffffff", 1},
	} {
		if got := contrast(lipgloss.Color(tt.a), lipgloss.Color(tt.b)); math.Abs(got-tt.want) > 0.01 {
			t.Errorf("%s on %s: got %.2f, want %.2f", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestStylesWithoutColour(t *testing.T) {
	for _, dark := range []bool{true, false} {
		for name, s := range stylesByName(newStyles(dark, false)) {
			if got := strings.ReplaceAll(s.Render("word"), "\x1b[1m", ""); strings.Contains(got, "\x1b[3") ||
				strings.Contains(got, "\x1b[4") || strings.Contains(got, ";") {
				t.Errorf("%s: more than weight in %q", name, got)
			}
		}
	}
	if st := newStyles(true, false); st.strong.Render("word") == st.ink.Render("word") {
		t.Error("strong looks like ink")
	}
}

func TestStylesWithColour(t *testing.T) {
	for _, dark := range []bool{true, false} {
		seen := map[string]string{}
		for name, s := range stylesByName(newStyles(dark, true)) {
			got := s.Render("word")
			if other, ok := seen[got]; ok {
				t.Errorf("dark %t: %s looks like %s", dark, name, other)
			}
			seen[got] = name
		}
	}
}

func stylesByName(st styles) map[string]lipgloss.Style {
	return map[string]lipgloss.Style{
		"ink": st.ink, "muted": st.muted, "rule": st.rule, "accent": st.accent,
		"strong": st.strong, "selected": st.selected, "threat": st.threat,
		"drive": st.drive, "soothing": st.soothing, "attention": st.attention,
	}
}
