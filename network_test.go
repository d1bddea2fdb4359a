package main

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// dependencies lists every package that goodenough is made of on a system,
// with what it imports.
func dependencies(t *testing.T, goos string) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", ".")
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH=amd64", "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := make(map[string][]string)
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		deps[fields[0]] = fields[1:]
	}
	return deps
}

// TestNoNetwork holds the promise that everything stays on this computer: the
// program has nothing in it that could send.
func TestNoNetwork(t *testing.T) {
	for goos, mayImportNet := range map[string][]string{
		"linux":   nil,
		"darwin":  nil,
		"windows": {"golang.org/x/sys/windows"}, // for the types of its socket calls, which nothing makes
	} {
		t.Run(goos, func(t *testing.T) {
			deps := dependencies(t, goos)
			if deps["goodenough/journal"] == nil {
				t.Fatal("the list is not that of goodenough")
			}
			var importers []string
			for path, imports := range deps {
				if slices.Contains(imports, "net") {
					importers = append(importers, path)
				}
				if path == "net/http" || path == "crypto/tls" {
					t.Errorf("goodenough depends on %s", path)
				}
			}
			if slices.Sort(importers); !slices.Equal(importers, mayImportNet) {
				t.Errorf("net is imported by %q, want %q", importers, mayImportNet)
			}
		})
	}
}

// imports returns what each file of a folder imports, its tests left out.
func imports(t *testing.T, dir string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files in %s: %v", dir, err)
	}
	out := make(map[string][]string)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			out[filepath.ToSlash(file)] = append(out[filepath.ToSlash(file)], path)
		}
	}
	return out
}

// TestLayers holds the direction of the imports: main, tui, then journal,
// content and the identifier, which know of nothing above them and not of each
// other.
func TestLayers(t *testing.T) {
	may := map[string][]string{
		"content":        nil,
		"journal":        nil,
		"tui/identifier": nil,
		"tui/pattern":    {"goodenough/content", "goodenough/journal"},
		"tui":            {"goodenough/content", "goodenough/journal", "goodenough/tui/identifier", "goodenough/tui/pattern"},
	}
	for dir, allowed := range may {
		for file, paths := range imports(t, dir) {
			for _, path := range paths {
				if strings.HasPrefix(path, "goodenough") && !slices.Contains(allowed, path) {
					t.Errorf("%s imports %s", file, path)
				}
			}
		}
	}
}

// TestOneCipher holds that everything which encrypts is in two files, the
// records' and the age slots', where it can be read in one sitting.
func TestOneCipher(t *testing.T) {
	ciphers := []string{
		"crypto/aes", "crypto/cipher", "crypto/rc4", "crypto/des", "filippo.io/age",
		"golang.org/x/crypto/argon2", "golang.org/x/crypto/chacha20", "golang.org/x/crypto/chacha20poly1305",
		"golang.org/x/crypto/nacl/secretbox", "golang.org/x/crypto/scrypt",
	}
	var users []string
	for _, dir := range []string{".", "content", "journal", "tui", "tui/pattern"} {
		for file, paths := range imports(t, dir) {
			if slices.ContainsFunc(paths, func(p string) bool { return slices.Contains(ciphers, p) }) {
				users = append(users, file)
			}
		}
	}
	slices.Sort(users)
	if !slices.Equal(users, []string{"journal/crypto.go", "journal/slot.go"}) {
		t.Errorf("ciphers are used by %q, want journal/crypto.go and journal/slot.go alone", users)
	}
}
