package journal

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

func init() {
	children["harden"] = func(string) error {
		var core unix.Rlimit
		if err := unix.Getrlimit(unix.RLIMIT_CORE, &core); err != nil {
			return err
		}
		core.Cur = core.Max
		if err := unix.Setrlimit(unix.RLIMIT_CORE, &core); err != nil {
			return err
		}
		Harden()
		if err := unix.Getrlimit(unix.RLIMIT_CORE, &core); err != nil {
			return err
		}
		dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
		if err != nil {
			return err
		}
		fmt.Printf("core %d to %d, dumpable %d", core.Cur, core.Max, dumpable)
		return nil
	}
}

func TestHarden(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childTask+"=harden")
	out, err := cmd.CombinedOutput()
	if err != nil || string(out) != "core 0 to 0, dumpable 0" {
		t.Errorf("%s, %v", out, err)
	}
}

// pageFlags are the kernel's flags of the pages in which b lies, in two letters
// each (VmFlags in proc_pid_smaps(5)). Others have them too: the whole list says
// nothing about these.
func pageFlags(t testing.TB, b []byte) (flags []string) {
	t.Helper()
	at := uintptr(unsafe.Pointer(&b[0]))
	ours := false
	for line := range strings.Lines(string(readFile(t, "/proc/self/smaps"))) {
		var start, end uintptr
		if n, _ := fmt.Sscanf(line, "%x-%x ", &start, &end); n == 2 {
			ours = start <= at && at < end
		}
		if list, ok := strings.CutPrefix(line, "VmFlags:"); ok && ours {
			return strings.Fields(list)
		}
	}
	t.Fatal("the pages are on no list")
	return nil
}

// The keys lie in pages that are locked and left out of a core dump, and the
// pages go back when the keys do.
func TestSecretPages(t *testing.T) {
	b, free := newSecret(96)
	copy(b, bytes.Repeat([]byte{7}, 96))
	flags := pageFlags(t, b)
	if !slices.Contains(flags, "dd") {
		t.Errorf("they are not left out of a core dump: %q", flags)
	}
	if !slices.Contains(flags, "lo") {
		t.Errorf("they are not locked: %q", flags)
	}
	free()
	k, err := newKeyring(make([]byte, 16), make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	k.wipe()
	// A journal is opened and closed for ever without running out of pages.
	locked := func() uint64 {
		for line := range strings.Lines(string(readFile(t, "/proc/self/status"))) {
			if f := strings.Fields(line); f[0] == "VmLck:" {
				n := uint64(0)
				for _, c := range f[1] {
					n = n*10 + uint64(c-'0')
				}
				return n
			}
		}
		return 0
	}
	before := locked()
	for range 3000 {
		k, err := newKeyring(make([]byte, 16), make([]byte, 32))
		if err != nil {
			t.Fatal(err)
		}
		k.wipe()
	}
	if after := locked(); after > before+400 {
		t.Errorf("%d KiB locked before, %d after 3,000 keyrings", before, after)
	}
}

// Argon2id's memory goes back to the system after an attempt, right or wrong.
func TestMemoryReturns(t *testing.T) {
	opts := testOptions()
	opts.Cost = Cost{MemoryKiB: 64 << 10, Passes: 1, Lanes: 4}
	j := newTestJournal(t, opts)
	j.Close()
	held := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return (m.HeapSys - m.HeapReleased) >> 20
	}
	before := held()
	for range 3 {
		if _, err := Open(j.Path(), []byte("wrong"), opts); err == nil {
			t.Fatal("opened")
		}
	}
	wrong := held()
	j = openTestJournal(t, j.Path(), opts)
	if err := j.SetRecovery([]byte(testPassphrase), []byte(recoveryPhrase)); err != nil {
		t.Fatal(err)
	}
	after := held()
	t.Logf("heap not given back: %d MiB before, %d after three wrong passphrases, %d after unlock and a recovery phrase", before, wrong, after)
	if wrong > before+32 || after > before+32 {
		t.Errorf("%d MiB held before, %d and %d after", before, wrong, after)
	}
}
