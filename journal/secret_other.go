//go:build !linux && !windows

package journal

func undumpable() {}

func undumped([]byte) {}
