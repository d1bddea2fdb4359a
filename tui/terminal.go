package tui

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/sethvargo/go-diceware/diceware"
	"goodenough/content"
)

// ErrNoTerminal is returned when there is nobody to ask for a passphrase.
var ErrNoTerminal = errors.New("there is no terminal to ask for the passphrase; give it with --passphrase-file")

// AskPassphrase asks on the terminal, whatever standard input and output are,
// without showing what is typed.
func AskPassphrase(question string) ([]byte, error) {
	in, out, err := openTerminal()
	if err != nil {
		return nil, ErrNoTerminal
	}
	defer in.Close()
	if out != in {
		defer out.Close()
	}
	fmt.Fprint(out, question)
	defer fmt.Fprintln(out)
	return term.ReadPassword(in.Fd())
}

// IsTerminal reports whether somebody types and reads there.
func IsTerminal(f *os.File) bool { return term.IsTerminal(f.Fd()) }

// NewPassphrase is the first run of the plain mode: it says what this is, and
// asks for a passphrase, twice.
func NewPassphrase(in *bufio.Reader, out io.Writer) ([]byte, error) {
	library, _ := content.Load(nil)
	for _, id := range []string{"what-this-is", "passphrase"} {
		card, _ := library.Card(id)
		for _, row := range cardRows(newStyles(true, false), card, columnWidth) {
			fmt.Fprintln(out, strings.TrimLeft(row, "· "))
		}
		fmt.Fprintln(out)
	}
	list, err := diceware.Generate(passphraseWords)
	if err != nil {
		return nil, err
	}
	words := strings.Join(list, " ")
	fmt.Fprintln(out, "A passphrase for you, to write on paper:")
	fmt.Fprintln(out, words)
	fmt.Fprint(out, "Enter to use it. Any other word, to choose your own: ")
	line, err := in.ReadString('\n')
	if err != nil {
		return nil, err
	}
	own := strings.TrimSpace(line) != ""
	first, err := AskPassphrase("Please type your passphrase: ")
	if err != nil {
		return nil, err
	}
	if len(first) == 0 || !own && string(first) != words {
		return nil, errors.New("that is not the passphrase above; no journal was made")
	}
	again, err := AskPassphrase("And once more: ")
	if err != nil {
		return nil, err
	}
	defer clear(again)
	if string(first) != string(again) {
		return nil, errors.New("the two are not the same; no journal was made")
	}
	return first, nil
}
