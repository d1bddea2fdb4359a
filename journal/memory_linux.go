package journal

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
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
