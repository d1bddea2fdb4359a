// Package tui is what a person sees: the full screen, built with Bubble Tea,
// and the plain mode, one line at a time.
//
// [Run] shows the full screen. Only app is a tea.Model: it holds a stack of
// screens (home, guide, practice, reflect, supervision, list, reading, patterns,
// settings, unlock and others), sends a key to the one on top, and draws the
// title above it and its keys below. The grounding lies over whatever is there.
// One screen, guide, walks any guide of the content; how a step is answered is a
// field. The walk itself, which step and what was said, is apart from any
// drawing, so that [RunPlain] walks the same one.
//
// Two packages below this one know nothing of screens: identifier finds what
// could identify somebody in a text, and pattern counts what weeks show.
//
// Nothing private goes into an error, a log, a window title or a file name.
package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// An Outcome says how the full screen ended.
type Outcome struct {
	// Locked says that the caller should start the program again, in a new
	// process, and go to At once it is unlocked.
	Locked bool
	At     Start
}

// errNotKept is reported when a fault kept something from being stored.
const errNotKept Said = "What you wrote in the last moments may not be kept. What was saved before is safe."

// fault is reported when the program itself went wrong. It says whether what was
// being written could be kept all the same; err is what that reported.
func fault(err error) error {
	said := "Whatever you were writing is kept as a draft."
	if err != nil {
		said = Sentence(err)
	}
	return Said("There was a fault in goodenough, so it has closed. " + said)
}

// Run shows the full screen until it is closed, locked, or its terminal goes
// away. Whatever was being written is kept as a draft first.
func Run(o Options) (Outcome, error) {
	clearDebugging()
	if o.Env == nil {
		o.Env = os.Environ()
	}
	a := newApp(newSession(o))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	// A letter is on the screen 12 ms after its key, and not 17 as at the usual
	// 60 frames a second. More frames than this and the breathing shape would
	// take over 2 % of a core.
	p := tea.NewProgram(a, tea.WithFPS(90), tea.WithContext(ctx), tea.WithEnvironment(withoutDebugging(o.Env)))
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, hangupSignals...)
	defer signal.Stop(hangup)
	go func() {
		select {
		case <-hangup:
			p.Quit()
		case <-ctx.Done():
		}
	}()
	_, err := p.Run()
	return a.end(err)
}

// end keeps what is not on the disk yet and closes the journal, and says how the
// full screen ended; err is what Bubble Tea reported.
func (a *app) end(err error) (Outcome, error) {
	kept := a.close()
	if a.failed != nil || errors.Is(err, tea.ErrProgramPanic) {
		return Outcome{}, fault(kept)
	}
	if err = errors.Join(ended(err), kept); err == nil && a.locked && a.opts.Relaunch {
		return Outcome{Locked: true, At: a.opts.Start}, nil
	}
	return Outcome{}, err
}

// ended says what of Bubble Tea's ending is an error to a person. That the
// terminal went away is not: there is nobody to tell.
func ended(err error) error {
	if err == nil || errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) {
		return nil
	}
	return fmt.Errorf("the screen could not be shown: %w", err)
}

// close keeps what is not on the disk yet and closes the journal.
func (a *app) close() error {
	if a.journal == nil {
		return nil
	}
	return errors.Join(a.keepNow(), a.journal.Close())
}

// guarded does something that must not take anything else with it when it fails:
// a fault is an error, and no trace of it reaches the terminal.
func guarded(do func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errNotKept
		}
	}()
	return do()
}

// clearDebugging unsets the variables that make the terminal libraries write
// every screen and every key, in clear, to a file.
func clearDebugging() {
	for _, name := range debugVariables {
		os.Unsetenv(name)
	}
}

var debugVariables = []string{"TEA_TRACE", "TEA_DEBUG", "UV_DEBUG"}

// withoutDebugging returns an environment without them.
func withoutDebugging(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(debugVariables, name)
	})
}
