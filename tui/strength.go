package tui

import (
	"fmt"
	"math"
	"strings"
	"unicode"
)

// guessesPerSecond is how fast one large graphics card can try passphrases
// against a journal's key derivation, as an upper bound from its memory
// bandwidth (Argon2id, 256 MiB, 3 passes; see the journal's documentation).
const guessesPerSecond = 450

// passphraseBits is a deliberately low estimate of how hard a passphrase is
// to guess, in bits: a run of letters counts as one word that people commonly
// choose, however long, a run of digits as a year, and a repeat as nothing.
func passphraseBits(passphrase string) float64 {
	const (
		perLetter, word = 2.0, 11.0 // the 2,000 words that come to mind first
		perDigit, year  = 2.5, 7.0
		perSign         = 3.0
	)
	bits := 0.0
	seen := make(map[string]bool)
	add := func(run string, b float64) {
		if run = strings.ToLower(run); run != "" && !seen[run] {
			seen[run] = true
			bits += b
		}
	}
	class := func(r rune) int {
		switch {
		case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
			return 1
		case unicode.IsDigit(r):
			return 2
		case unicode.IsSpace(r):
			return 3
		}
		return 4
	}
	runes := []rune(passphrase)
	for i := 0; i < len(runes); {
		j := i + 1
		for j < len(runes) && class(runes[j]) == class(runes[i]) {
			j++
		}
		run, n := string(runes[i:j]), float64(j-i)
		switch class(runes[i]) {
		case 1:
			add(run, min(n*perLetter, word))
		case 2:
			add(run, min(n*perDigit, year))
		case 4:
			add(run, n*perSign)
		}
		i = j
	}
	return bits
}

// strength says how long a passphrase might hold, and what that is worth. It
// is an estimate that errs on the low side, and no rule follows from it.
func strength(passphrase string) string {
	if passphrase == "" {
		return ""
	}
	return fmt.Sprintf("Somebody with the file and a strong computer might guess this in about %s. Four or five unrelated words hold far longer.", duration(math.Exp2(passphraseBits(passphrase)-1)/guessesPerSecond))
}

// duration says seconds in the words that fit.
func duration(seconds float64) string {
	const year = 365.25 * 24 * 3600
	for _, u := range []struct {
		most float64
		per  float64
		word string
	}{
		{120, 0, "moments"},
		{2 * 3600, 60, "%.0f minutes"},
		{48 * 3600, 3600, "%.0f hours"},
		{60 * 24 * 3600, 24 * 3600, "%.0f days"},
		{2 * year, 30 * 24 * 3600, "%.0f months"},
		{1000 * year, year, "%.0f years"},
	} {
		if seconds < u.most {
			if u.per == 0 {
				return u.word
			}
			return fmt.Sprintf(u.word, seconds/u.per)
		}
	}
	return "more than a thousand years"
}
