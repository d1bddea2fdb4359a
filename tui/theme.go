package tui

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// palette is what the colours mean, not where they are used. Everything but
// the rule is read as text, and keeps a contrast of at least 4.5 to 1 on the
// usual backgrounds; the rule is only seen.
type palette struct {
	ink       color.Color // what is read
	muted     color.Color // what may be passed over
	rule      color.Color // the thin line
	accent    color.Color // where one is, and which keys matter
	threat    color.Color // the first of the three systems
	drive     color.Color // the second
	soothing  color.Color // the third
	attention color.Color // rare: something to look at before going on
}

// newPalette chooses the colours for a dark or for a light background. All of
// them are a little greyed: they are looked at when the day has been long.
func newPalette(dark bool) palette {
	pick := lipgloss.LightDark(dark)
	shade := func(light, dark string) color.Color {
		return pick(lipgloss.Color(light), lipgloss.Color(dark))
	}
	return palette{
		ink:       shade("#24292b", "#e4e2dc"),
		muted:     shade("#5a625f", "#a3a8a3"),
		rule:      shade("#b3bab6", "#5f6662"),
		accent:    shade("#0f6b5c", "#6fc7b0"),
		threat:    shade("#9a4034", "#e59a7f"),
		drive:     shade("#2a5ca8", "#8db4e8"),
		soothing:  shade("#2d6b29", "#93c98a"),
		attention: shade("#7d5a00", "#dcb45c"),
	}
}

// styles are the palette made ready to draw with. They are built when the
// background is known or a setting changes, and read at every View; nothing
// keeps a copy of one.
type styles struct {
	ink       lipgloss.Style
	muted     lipgloss.Style
	rule      lipgloss.Style
	accent    lipgloss.Style
	strong    lipgloss.Style // ink, heavier
	selected  lipgloss.Style // the accent, heavier: what the keys act on
	threat    lipgloss.Style
	drive     lipgloss.Style
	soothing  lipgloss.Style
	attention lipgloss.Style
	breath    []lipgloss.Style // of the breathing shape, from settled to open
}

// pointed is how one of several is shown: the mark before it, and its style. The
// mark says without colour where the keys act.
func (st styles) pointed(here bool) (mark string, style lipgloss.Style) {
	if here {
		return st.accent.Render("› "), st.selected
	}
	return "  ", st.ink
}

// breathShades is how many shades the breathing shape has: a colour that
// changed with every frame would be most of what is written to the terminal.
const breathShades = 8

// newStyles builds the styles for a background. Without colour, weight says
// what it can, and a word or a shape beside it says the rest. It is not said by
// an underline: lipgloss draws one rune by rune, which takes an accent off its
// letter.
func newStyles(dark, colour bool) styles {
	plain := lipgloss.NewStyle()
	if !colour {
		return styles{
			ink:       plain,
			muted:     plain,
			rule:      plain,
			accent:    plain.Bold(true),
			strong:    plain.Bold(true),
			selected:  plain.Bold(true),
			threat:    plain,
			drive:     plain,
			soothing:  plain,
			attention: plain.Bold(true),
			breath:    []lipgloss.Style{plain},
		}
	}
	p := newPalette(dark)
	var breath []lipgloss.Style
	for _, c := range lipgloss.Blend1D(breathShades, p.rule, p.soothing) {
		breath = append(breath, plain.Foreground(c))
	}
	return styles{
		breath:    breath,
		ink:       plain.Foreground(p.ink),
		muted:     plain.Foreground(p.muted),
		rule:      plain.Foreground(p.rule),
		accent:    plain.Foreground(p.accent),
		strong:    plain.Foreground(p.ink).Bold(true),
		selected:  plain.Foreground(p.accent).Bold(true),
		threat:    plain.Foreground(p.threat),
		drive:     plain.Foreground(p.drive),
		soothing:  plain.Foreground(p.soothing),
		attention: plain.Foreground(p.attention),
	}
}
