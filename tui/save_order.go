package tui

import "sync"

// A saveOrder does the saves of one thing in the order in which it changed: an
// earlier one may still wait for the journal when a later one is done, of a lock
// or of the end, also from a screen that was left.
type saveOrder struct {
	mu   sync.Mutex
	last int // the change that is stored
}

// do saves the n-th change, unless a later one is stored already.
func (o *saveOrder) do(n int, save func() error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if n < o.last {
		return nil
	}
	err := save()
	if err == nil {
		o.last = n
	}
	return err
}
