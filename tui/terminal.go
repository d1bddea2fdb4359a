package tui

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/charmbracelet/x/term"

	"goodenough/content"
	"goodenough/journal"
)

// ErrNoTerminal is returned when there is nobody to ask for a passphrase.
const ErrNoTerminal = Said("There is no terminal to ask for the passphrase. Please give it with --passphrase-file FILE.")

// AskPassphrase asks on the terminal, whatever standard input and output are,
// without showing what is typed. A program that was killed there would leave a
// terminal which goes on hiding it, so an interrupt is an answer too.
func AskPassphrase(question string) ([]byte, error) {
	in, out, err := openTerminal()
	if err != nil {
		return nil, ErrNoTerminal
	}
	defer in.Close()
	if out != in {
		defer out.Close()
	}
	shown, err := term.GetState(in.Fd())
	if err != nil {
		return nil, ErrNoTerminal
	}
	hidden := hideTyping(*shown)
	defer term.SetState(in.Fd(), shown)
	if err := term.SetState(in.Fd(), &hidden); err != nil {
		return nil, err
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, append([]os.Signal{os.Interrupt, syscall.SIGTERM}, hangupSignals...)...)
	defer signal.Stop(interrupted)
	fmt.Fprint(out, question)
	defer fmt.Fprintln(out)
	answer := make(chan []byte, 1)
	go func() {
		line, _ := bufio.NewReader(in).ReadBytes('\n') // no more to read is no more to say
		answer <- line
	}()
	select {
	case line := <-answer:
		return bytes.TrimRight(line, "\r\n"), nil
	case <-interrupted:
		return nil, Said("Stopped. Nothing was changed.")
	}
}

// AskUntilOpen asks for a passphrase until it opens what it is for, three times
// at the most.
func AskUntilOpen(question string, open func(passphrase []byte) error) error {
	for attempts := 3; ; attempts-- {
		typed, err := AskPassphrase(question)
		if err != nil {
			return err
		}
		err = open(typed)
		clear(typed)
		if attempts == 1 || !errors.Is(err, journal.ErrPassphrase) {
			return err
		}
		fmt.Fprintln(os.Stderr, Sentence(err))
	}
}

// IsTerminal reports whether somebody types and reads there.
func IsTerminal(f *os.File) bool { return term.IsTerminal(f.Fd()) }

// NewPassphrase is the first run of the plain mode: it says what this is, and
// asks for a passphrase, twice.
func NewPassphrase(in *bufio.Reader, out io.Writer) ([]byte, error) {
	library, _ := content.Load(nil)
	for _, id := range []string{"what-this-is", "passphrase"} {
		card, _ := library.Card(id)
		for _, b := range card.Blocks {
			fmt.Fprintln(out, b.Text)
		}
		fmt.Fprintln(out)
	}
	words, err := generatePassphrase()
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(out, "A passphrase for you, to write on paper:")
	fmt.Fprintln(out, words)
	fmt.Fprint(out, "Enter to use it, or o and Enter for one of your own: ")
	line, err := in.ReadString('\n')
	if err != nil {
		return nil, err
	}
	own := strings.EqualFold(strings.TrimSpace(line), "o")
	for {
		first, err := askTwice("Please type your passphrase: ", words)
		if err != nil {
			return nil, err
		}
		if own || string(first) == words {
			return first, nil
		}
		fmt.Fprintln(out, "That is not quite the five words. They are: "+words)
	}
}

// AskNewPassphrase asks on the terminal for a passphrase to come, twice, with a
// generated one to take.
func AskNewPassphrase() ([]byte, error) {
	words, err := generatePassphrase()
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(os.Stderr, "A passphrase that you could take, to write on paper: "+words)
	return askTwice("The new passphrase: ", words)
}

// askTwice asks until the same passphrase was typed twice. Of any but the one
// that was made it says how long it may hold.
func askTwice(question, made string) ([]byte, error) {
	for {
		first, err := AskPassphrase(question)
		if err != nil {
			return nil, err
		}
		if len(first) == 0 {
			return nil, Said("No passphrase was typed, so nothing was changed.")
		}
		if string(first) != made {
			fmt.Fprintln(os.Stderr, strength(string(first)))
		}
		again, err := AskPassphrase("And once more: ")
		if err != nil {
			return nil, err
		}
		same := string(first) == string(again)
		clear(again)
		if same {
			return first, nil
		}
		fmt.Fprintln(os.Stderr, "The two are not the same. Please type it from the beginning.")
	}
}
