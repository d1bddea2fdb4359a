package journal

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestImportMarkdown(t *testing.T) {
	const noon = "2026-11-20T12:00:00Z"
	tests := []struct {
		name, file, content string
		want                kept   // with no created: not taken
		problem             string // why; empty: there were no words
	}{
		{"by its name", "2026-11-20.md", "one\r\ntwo  \n", kept{noon, "", "one", "", "one\r\ntwo  \n"}, ""},
		{"by its name, with a title", "2026-11-20-a visit.md", "text", kept{noon, "", "text", "", "text"}, ""},
		{"with a title before", "sub/visit 2026-11-20.markdown", "text", kept{noon, "", "text", "", "text"}, ""},
		{"with lines below", "2026_11_20.md", "text", kept{noon, "", "text", "", "text"}, ""},
		{"without marks", "20261120.MD", "text", kept{noon, "", "text", "", "text"}, ""},
		{"by its folders", "2026/11/20.md", "text", kept{noon, "", "text", "", "text"}, ""},
		{"by its folders, with a title", "2026/11/20 a visit.md", "text", kept{noon, "", "text", "", "text"}, ""},
		{"in folders of the same", "2026/2026-11/2026-11-20.md", "text", kept{noon, "", "text", "", "text"}, ""},
		{"in summer", "2026-07-01.md", "text", kept{"2026-07-01T12:00:00+01:00", "", "text", "", "text"}, ""},
		{"a mark of UTF-8", "2026-11-20.md", "\ufefftext", kept{noon, "", "text", "", "text"}, ""},

		{"by its front matter", "a.md", "---\ndate: 2026-11-20\n---\n\ntext\n", kept{noon, "", "text", "", "text\n"}, ""},
		{"front matter before the name", "2025-01-01.md", "---\ndate: 2026-11-20 17:42\n---\ntext", kept{"2026-11-20T17:42:00Z", "", "text", "", "text"}, ""},
		{"of another system", "a.md", "---\r\ndate: \"2026-11-20T17:42:00+05:30\"\r\n---\r\ntext\r\n", kept{"2026-11-20T17:42:00+05:30", "", "text", "", "text\r\n"}, ""},
		{"as Jekyll writes", "a.md", "---\ndate: 2026-11-20 17:42:00 +0100\ntitle: 'A visit'\n---\ntext", kept{"2026-11-20T17:42:00+01:00", "", "A visit", "", "text"}, ""},
		{"tags in brackets", "a.md", "---\ndate: 2026-11-20\ntags: [a, \"b c\", '#d', a]\n---\ntext", kept{noon, "", "text", "a,b c,d", "text"}, ""},
		{"tags in a row", "a.md", "---\ntags: a, b c\ndate: 2026-11-20\n---\ntext", kept{noon, "", "text", "a,b c", "text"}, ""},
		{"tags in lines", "a.md", "---\ntags:\n  - a\n  - \"#b/c\"\ndate: 2026-11-20\n---\ntext", kept{noon, "", "text", "a,b/c", "text"}, ""},
		{"title without quotes", "a.md", "---\ntitle: Ann's day: the end\ndate: 2026-11-20\n---\ntext", kept{noon, "", "Ann's day: the end", "", "text"}, ""},
		{"more than is read", "a.md", "---\ndate: 2026-11-20\nmood: low\n---\ntext", kept{noon, "", "text", "", "---\ndate: 2026-11-20\nmood: low\n---\ntext"}, ""},
		{"a list that goes on", "a.md", "---\ndate: 2026-11-20\npeople:\n  - Ann\n---\ntext", kept{noon, "", "text", "", "---\ndate: 2026-11-20\npeople:\n  - Ann\n---\ntext"}, ""},
		{"a remark", "a.md", "---\ndate: 2026-11-20\n# low\n---\ntext", kept{noon, "", "text", "", "---\ndate: 2026-11-20\n# low\n---\ntext"}, ""},
		{"two dates", "a.md", "---\ndate: 2026-11-20\ndate: 2026-11-21\n---\ntext", kept{noon, "", "text", "", "---\ndate: 2026-11-20\ndate: 2026-11-21\n---\ntext"}, ""},
		{"half a list", "a.md", "---\ndate: 2026-11-20\ntags: [a, {b: c}]\n---\ntext", kept{noon, "", "text", "a", "---\ndate: 2026-11-20\ntags: [a, {b: c}]\n---\ntext"}, ""},
		{"a date in words, and in the name", "2026-11-20.md", "---\ndate: yesterday\n---\ntext", kept{noon, "", "text", "", "---\ndate: yesterday\n---\ntext"}, ""},
		{"front matter alone", "a.md", "---\ndate: 2026-11-20\nmood: low\n---\n", kept{noon, "", "---", "", "---\ndate: 2026-11-20\nmood: low\n---\n"}, ""},
		{"no end of it", "2026-11-20.md", "---\nmood: low\n", kept{noon, "", "---", "", "---\nmood: low\n"}, ""},
		{"a line across", "2026-11-20.md", "text\n\n---\ndate: x\n---\n", kept{noon, "", "text", "", "text\n\n---\ndate: x\n---\n"}, ""},

		{"by its heading", "a.md", "\n# Friday 20 November 2026\ntext", kept{noon, "", "Friday 20 November 2026", "", "\n# Friday 20 November 2026\ntext"}, ""},
		{"by its heading, with a time", "a.md", "## 2026-11-20 17:42 A visit\ntext", kept{"2026-11-20T17:42:00Z", "", "2026-11-20 17:42 A visit", "", "## 2026-11-20 17:42 A visit\ntext"}, ""},
		{"American", "a.md", "# November 20th, 2026", kept{noon, "", "November 20th, 2026", "", "# November 20th, 2026"}, ""},
		{"short", "a.md", "# 20th Nov 2026:", kept{noon, "", "20th Nov 2026:", "", "# 20th Nov 2026:"}, ""},

		{"a day of one digit", "a.md", "# 1 March 2026", kept{"2026-03-01T12:00:00Z", "", "1 March 2026", "", "# 1 March 2026"}, ""},
		{"a heading under front matter", "a.md", "---\ndate: 2026-11-20\nmood: low\n---\n## A visit\n#1 of two", kept{noon, "", "A visit", "", "---\ndate: 2026-11-20\nmood: low\n---\n## A visit\n#1 of two"}, ""},
		{"a tag and no heading", "2026-11-20.md", "#visit today", kept{noon, "", "#visit today", "", "#visit today"}, ""},

		{"no date", "a.md", "secret", kept{}, "there is no date in its front matter, its name or its first heading"},
		{"a date in the text", "a.md", "2026-11-20\nsecret", kept{}, "there is no date in its front matter, its name or its first heading"},
		{"only in the second heading", "a.md", "# secret\n## 2026-11-20", kept{}, "there is no date in its front matter, its name or its first heading"},
		{"a day or a month", "a.md", "# 10/11/2026", kept{}, "there is no date in its front matter, its name or its first heading"},
		{"no such day", "2026-02-30.md", "secret", kept{}, "the date in its name cannot be read; one like 2026-11-20 or 2026-11-20 17:42 can"},
		{"no such day in its heading", "a.md", "# 31 February 2026\nsecret", kept{}, "the date in its first heading cannot be read; one like 2026-11-20 or 2026-11-20 17:42 can"},
		{"a long number", "1202611201.md", "secret", kept{}, "there is no date in its front matter, its name or its first heading"},
		{"a date in words", "a.md", "---\ntitle: secret\ndate: secret\n---\ntext", kept{}, "line 3: the date in its front matter cannot be read; one like 2026-11-20 or 2026-11-20 17:42 can"},
		{"not UTF-8", "2026-11-20.md", "caf\xe9", kept{}, "it is not UTF-8 text"},
		{"UTF-16", "2026-11-20.md", "\xff\xfea\x00", kept{}, "it is not UTF-8 text"},
		{"NUL", "2026-11-20.md", "a\x00", kept{}, "it has a character in it that is no text (NUL)"},
		{"too long", "2026-11-20.md", strings.Repeat("a", MaxEntrySize+1), kept{}, "longer than any entry may be"},
		{"too long with what goes with it", "2026-11-20.md", strings.Repeat("a", MaxEntrySize), kept{}, "the entry is too large"},
		{"empty", "2026-11-20.md", "", kept{}, ""},
		{"blank, and no date", "a.md", " \r\n\t\n", kept{}, ""},
		{"a date and no words", "a.md", "---\ndate: 2026-11-20\n---\n\n", kept{}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, filepath.FromSlash(test.file))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			writeFile(t, path, []byte(test.content))
			j := newTestJournal(t, testOptions())
			r := importPath(t, j, dir, "")
			colon := ": "
			if strings.HasPrefix(test.problem, "line ") {
				colon = ", "
			}
			switch {
			case test.want.created != "":
				sameKept(t, keptEntries(t, j), []kept{test.want})
				sameProblems(t, "problems", r.Problems)
				if again := importPath(t, j, path, Markdown); again.counts() != [3]int{0, 0, 1} {
					t.Errorf("again, by itself: %+v", again)
				}
			case test.problem != "":
				sameProblems(t, "problems", r.Problems, test.file+colon+test.problem)
			default:
				sameProblems(t, "empty", r.Empty, test.file+": there are no words in it")
			}
			if want := test.want.created != ""; (j.Len() == 1) != want || (r.Taken == 1) != want || len(r.Problems)+len(r.Empty)+r.Taken != 1 {
				t.Errorf("%d entries, %+v", j.Len(), r)
			}
		})
	}
}

// A date that cannot be read is named, though another one stands for it.
func TestImportMarkdownDoubts(t *testing.T) {
	tests := []struct{ file, content, created, doubt string }{
		{"2026-11-20.md", "---\ntitle: secret\ndate: 2026-02-31\n---\ntext", "2026-11-20", "2026-11-20.md, line 3: the date in its front matter cannot be read, so the one in its name was taken"},
		{"2026-11-20.md", "---\ndate: 2026-11-21 # secret\n---\ntext", "2026-11-20", "2026-11-20.md, line 2: the date in its front matter cannot be read, so the one in its name was taken"},
		{"a.md", "---\ndate: secret\n---\n# 20 November 2026", "2026-11-20", "a.md, line 2: the date in its front matter cannot be read, so the one in its first heading was taken"},
		{"2026-02-31.md", "# 20 November 2026", "2026-11-20", "2026-02-31.md: the date in its name cannot be read, so the one in its first heading was taken"},
		{"2026-02-31.md", "---\ndate: 2026-11-20\n---\ntext", "2026-11-20", ""},
		{"2026-11-20.md", "---\ndate:\n---\ntext", "2026-11-20", ""},
		{"2026-11-20.md", "# 31 February 2026", "2026-11-20", ""},
	}
	for _, test := range tests {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, test.file), []byte(test.content))
		j := newTestJournal(t, testOptions())
		r := importPath(t, j, dir, "")
		var want []string
		if test.doubt != "" {
			want = []string{test.doubt}
		}
		sameProblems(t, test.file+"'s doubts", r.Doubts, want...)
		sameProblems(t, test.file+"'s problems", r.Problems)
		if got := keptEntries(t, j); len(got) != 1 || !strings.HasPrefix(got[0].created, test.created) {
			t.Errorf("%s: %+v", test.file, got)
		}
	}
}

// What is in a folder and cannot be taken is named as the folder has it.
func TestImportFolder(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"2026-11-20.md": "text", "2026-11-20 again.md": "text", "picture.jpg": "", "notes.txt": "text",
		".obsidian/app.json": "{}", ".trash/2026-11-21.md": "gone", "a \"b\" \x1b[31m.md": "text",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Skip("a system that has no such names: ", err)
		}
	}
	if err := os.Symlink("2026-11-20.md", filepath.Join(dir, "2026-11-22.md")); err != nil {
		t.Skip(err)
	}
	j := newTestJournal(t, testOptions())
	r := importPath(t, j, dir, "")
	if r.counts() != [3]int{1, 0, 1} || r.Noon != 2 {
		t.Errorf("%+v", r)
	}
	if want := map[string]int{"other files": 2}; !maps.Equal(r.Left, want) {
		t.Errorf("left %v, want %v", r.Left, want)
	}
	sameProblems(t, "problems", r.Problems,
		"2026-11-22.md: it is a link, which was not followed",
		`"a \"b\" \x1b[31m.md": there is no date in its front matter, its name or its first heading`)
}
