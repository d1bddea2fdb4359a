package journal

import (
	"bufio"
	"bytes"
	"os"
	"runtime"
	"strconv"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
)

// memoryAvailable returns the bytes of memory that could be had without
// swapping; ok is false when the system does not say.
func memoryAvailable() (n uint64, ok bool) {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0, false
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		fields := bytes.Fields(s.Bytes())
		if len(fields) == 3 && string(fields[0]) == "MemAvailable:" {
			kib, err := strconv.ParseUint(string(fields[1]), 10, 54)
			return kib << 10, err == nil
		}
	}
	return 0, false
}

// warmMemory makes the next large allocation cheap to touch. Argon2id fills
// 256 MiB, and the system hands that over one page of 4 KiB at a time, zeroing
// each: measured, that took longer than Argon2id itself. In huge pages it is
// 128 pages. Go's allocator takes the block that was just given back, so it is
// enough to have asked for them once; where that fails nothing is lost but the
// time.
func warmMemory(size int) {
	touchHugePages(size)
	runtime.GC() // gives the block back
}

func touchHugePages(size int) {
	const huge = 2 << 20
	block := make([]byte, size+2*huge)
	start := huge - int(uintptr(unsafe.Pointer(&block[0]))%huge)
	block = block[start : start+(len(block)-start)/huge*huge]
	if unix.Madvise(block, unix.MADV_HUGEPAGE) != nil {
		return
	}
	var done sync.WaitGroup
	half := len(block) / huge / 2 * huge
	for _, part := range [][]byte{block[:half], block[half:]} {
		done.Go(func() { _ = unix.Madvise(part, unix.MADV_POPULATE_WRITE) })
	}
	done.Wait()
}
