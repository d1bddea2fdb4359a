package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A disk whose power can be cut at any call. strace records what a task does
// to a folder, and from that is made what the disk may have afterwards: all
// that was flushed, and of the rest any part.

// A node is a file or a folder, whatever it is called.
type node struct {
	folder bool
	data   []byte // what a file held at first
}

// A diskCall changes a file, or the names in a folder, or flushes one of them.
type diskCall struct {
	on   *node
	name bool                                 // it changes names
	do   func(m *image, p part, r *rand.Rand) // nil: on is flushed
}

// A part is what of a call is on the disk; of names it is nothing or the whole.
type part int

const (
	nothing part = iota
	whole
	room    // a file is as long as it should be, and zero there
	sectors // some sectors of a write
)

// An image is what a disk has below a folder.
type image struct {
	names map[string]*node // by the path below the folder
	data  map[*node][]byte // of the files that were written to
}

func (m *image) held(n *node) []byte {
	if b, ok := m.data[n]; ok {
		return b
	}
	return n.data
}

func (m *image) grow(n *node, size int) {
	b, ok := m.data[n]
	if !ok {
		b = bytes.Clone(n.data)
	}
	m.data[n] = append(b, make([]byte, max(0, size-len(b)))...)
}

func (m *image) write(n *node, w diskWrite, p part, r *rand.Rand) {
	const sector = 512
	at, end := int(w.off), int(w.off)+len(w.data)
	if p != sectors {
		m.grow(n, end)
	}
	for at < end {
		next := min(end, (at/sector+1)*sector)
		if p == whole || p == sectors && r.IntN(2) == 0 {
			m.grow(n, next)
			copy(m.data[n][at:next], w.data[at-int(w.off):])
		}
		at = next
	}
}

// reachable are the names whose folders are there too, in order.
func (m *image) reachable() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(m.names)), func(name string) bool {
		for name != "." {
			name = filepath.Dir(name)
			if m.names[name] == nil {
				return true
			}
		}
		return false
	})
}

// lay makes the files and folders of an image below a folder.
func (m *image) lay(t testing.TB, top string) {
	t.Helper()
	at := make(map[*node]string)
	for _, name := range m.reachable() {
		n, path := m.names[name], filepath.Join(top, name)
		var err error
		switch {
		case n.folder:
			err = os.MkdirAll(path, 0o700)
		case at[n] != "":
			err = os.Link(at[n], path)
		default:
			err = os.WriteFile(path, m.held(n), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		at[n] = path
	}
}

// sum tells images apart.
func (m *image) sum() [sha256.Size]byte {
	h := sha256.New()
	at := make(map[*node]string)
	for _, name := range m.reachable() {
		n := m.names[name]
		fmt.Fprintf(h, "%q %v %q %d\n", name, n.folder, at[n], len(m.held(n)))
		if at[n] == "" {
			h.Write(m.held(n))
		}
		at[n] = name
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// imageOf is what there is below a folder.
func imageOf(t testing.TB, top string) *image {
	t.Helper()
	m := &image{names: make(map[string]*node), data: make(map[*node][]byte)}
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		n := &node{folder: d.IsDir()}
		if !n.folder {
			n.data = readFile(t, path)
		}
		name, err := filepath.Rel(top, path)
		m.names[name] = n
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A recording is what was done below a folder.
type recording struct {
	top     string
	first   map[string]*node // the names before it
	backups int              // that there were
	now     *image           // what the calls so far make
	calls   []diskCall
}

// recordTask runs a task on the journal at path and records what it does in the
// folder above the journal's.
func recordTask(t testing.TB, task, path string) *recording {
	t.Helper()
	top := filepath.Dir(filepath.Dir(path))
	rec := &recording{top: top, backups: len(backups(path)), now: imageOf(t, top)}
	rec.first = maps.Clone(rec.now.names)
	logs := t.TempDir()
	ended, failed, said := straced(task, path, "-ff", "-o", filepath.Join(logs, "thread"),
		"-xx", "-s", "100000000", "-e", "signal=none", "-e", "trace="+changing)
	if !ended {
		t.Fatalf("%s: %s%s", task, failed, said)
	}
	for _, log := range files(t, logs) {
		before := len(rec.calls)
		rec.read(t, string(log))
		if before > 0 && len(rec.calls) > before {
			t.Fatalf("%s: two threads write: their order is not known", task)
		}
	}
	if rec.now.sum() != imageOf(t, top).sum() {
		t.Fatalf("%s: the calls that were recorded do not make what is there", task)
	}
	return rec
}

// read takes in what one thread did.
func (rec *recording) read(t testing.TB, log string) {
	t.Helper()
	text := func(shown string) string { // as strace -xx shows it
		b, err := hex.DecodeString(strings.ReplaceAll(shown, `\x`, ""))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for line := range strings.Lines(log) {
		call, rest, _ := strings.Cut(line, "(")
		end := strings.LastIndex(rest, " = ")
		if end < 0 || strings.HasPrefix(rest[end:], " = -") {
			continue // not a call, or one that failed
		}
		args := strings.TrimRight(rest[:end], " )")
		var texts []string
		for i, s := range strings.Split(args, `"`) {
			if i%2 == 1 {
				texts = append(texts, text(s))
			}
		}
		// Of calls on an open file -y shows the path after the descriptor.
		if fd, file, _ := strings.Cut(args, "<"); strings.Trim(fd, "0123456789") == "" {
			file, _, _ = strings.Cut(file, ">")
			if n := rec.now.names[rec.below(text(file))]; n != nil {
				last, _ := strconv.Atoi(args[strings.LastIndex(args, " ")+1:])
				rec.fileCall(call, n, texts, last)
			}
		} else if len(texts) > 0 {
			rec.nameCall(call, args, texts)
		}
	}
}

// below is a path as the images have it.
func (rec *recording) below(path string) string {
	name, err := filepath.Rel(rec.top, path)
	if err != nil {
		return path
	}
	return name
}

func (rec *recording) add(c diskCall) {
	if c.do != nil {
		c.do(rec.now, whole, nil)
	}
	rec.calls = append(rec.calls, c)
}

func (rec *recording) fileCall(call string, n *node, texts []string, last int) {
	switch call {
	case "write", "pwrite64":
		off := len(rec.now.held(n)) // write is only used to add to a file
		if call == "pwrite64" {
			off = last
		}
		w := diskWrite{int64(off), []byte(texts[0])}
		rec.add(diskCall{on: n, do: func(m *image, p part, r *rand.Rand) { m.write(n, w, p, r) }})
	case "ftruncate":
		rec.truncate(n, last)
	case "fsync", "fdatasync":
		rec.add(diskCall{on: n})
	}
}

func (rec *recording) truncate(n *node, size int) {
	rec.add(diskCall{on: n, do: func(m *image, _ part, _ *rand.Rand) {
		m.grow(n, size)
		m.data[n] = m.data[n][:size]
	}})
}

func (rec *recording) nameCall(call, args string, texts []string) {
	name := rec.below(texts[0])
	to := rec.below(texts[len(texts)-1])
	folder, n := rec.now.names[filepath.Dir(name)], rec.now.names[name]
	change := func(do func(names map[string]*node)) {
		rec.add(diskCall{on: folder, name: true, do: func(m *image, _ part, _ *rand.Rand) { do(m.names) }})
	}
	switch {
	case folder == nil: // elsewhere
	case strings.HasPrefix(call, "mkdir"):
		made := &node{folder: true}
		change(func(names map[string]*node) { names[name] = made })
	case call == "openat" && n == nil && strings.Contains(args, "O_CREAT"):
		made := new(node)
		change(func(names map[string]*node) { names[name] = made })
	case call == "openat" && n != nil && strings.Contains(args, "O_TRUNC"):
		rec.truncate(n, 0)
	case strings.HasPrefix(call, "rename"):
		change(func(names map[string]*node) {
			if names[name] == n {
				delete(names, name)
			}
			names[to] = n
		})
	case strings.HasPrefix(call, "link"):
		change(func(names map[string]*node) { names[to] = n })
	case strings.HasPrefix(call, "unlink"):
		change(func(names map[string]*node) {
			if names[name] == n {
				delete(names, name)
			}
		})
	}
}

// A fate says what is on the disk of a call that was not flushed.
type fate func(i int, c diskCall) part

// cut is what the disk has when the power goes after so many calls.
func (rec *recording) cut(calls int, f fate, r *rand.Rand) *image {
	flushed := make(map[*node]int)
	for i, c := range rec.calls[:calls] {
		if c.do == nil {
			flushed[c.on] = i
		}
	}
	m := &image{names: maps.Clone(rec.first), data: make(map[*node][]byte)}
	for i, c := range rec.calls[:calls] {
		p := whole
		if i >= flushed[c.on] {
			p = f(i, c)
		}
		if c.do != nil && p != nothing {
			c.do(m, p, r)
		}
	}
	return m
}
