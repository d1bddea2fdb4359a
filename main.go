// Command goodenough is a companion for social workers: a few quiet minutes at
// the end of the day, kept in an encrypted journal on this computer.
//
// This file is the command line. It opens the journal, hands it to what was
// asked for, and says errors as sentences.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/adrg/xdg"
	"github.com/alecthomas/kong"

	"goodenough/content"
	"goodenough/journal"
	"goodenough/tui"
)

func main() {
	journal.Harden()
	os.Exit(run(os.Args[1:]))
}

// commands is the command line, as kong reads it.
type commands struct {
	Journal        string `help:"Another journal." placeholder:"FILE" type:"path"`
	PassphraseFile string `help:"Read the passphrase from the first line of FILE, for scripts ('-': standard input)." placeholder:"FILE"`
	Plain          bool   `help:"One line at a time, for screen readers (also with ACCESSIBLE=1 or TERM=dumb)."`
	Locked         string `hidden:""` // started again by a lock: ask for the passphrase, and go to this place

	Home       homeCmd       `cmd:"" default:"1" hidden:""`
	Checkin    checkinCmd    `cmd:"" help:"The end-of-day check-in."`
	Practise   practiseCmd   `cmd:"" help:"A practice: a minute, three, five, or more."`
	Reflect    reflectCmd    `cmd:"" help:"A reflection: on a person, a feeling, a decision, a team."`
	Supervise  superviseCmd  `cmd:"" name:"supervision" help:"Before supervision, and after it."`
	Note       noteCmd       `cmd:"" help:"A quick entry, typed at its prompt or from standard input."`
	Diary      journalCmd    `cmd:"" name:"journal" help:"Read past entries."`
	Patterns   patternsCmd   `cmd:"" help:"What the weeks show: in words, as a table, or as a picture for a team meeting."`
	List       listCmd       `cmd:"" help:"List entries, the newest first."`
	Show       showCmd       `cmd:"" help:"Print one entry."`
	Export     exportCmd     `cmd:"" help:"Write entries out, to read or to take in again."`
	Import     importCmd     `cmd:"" help:"Take entries in: an export, or what jrnl, Day One or Markdown files hold."`
	Backup     backupCmd     `cmd:"" help:"Write a verified copy of the journal."`
	Restore    restoreCmd    `cmd:"" help:"Put a backup in the journal's place; what was there is kept."`
	Merge      mergeCmd      `cmd:"" help:"Take in another copy of the journal, such as a conflict copy."`
	Check      checkCmd      `cmd:"" help:"Say what is whole, what is lost, and what to do."`
	Salvage    salvageCmd    `cmd:"" help:"Write everything that can be read to a new journal."`
	Passphrase passphraseCmd `cmd:"" help:"Choose another passphrase."`
	Recovery   recoveryCmd   `cmd:"" help:"Make or renew a recovery phrase, or take it away."`
	Where      whereCmd      `cmd:"" help:"The files and folders that goodenough uses."`
	Demo       demoCmd       `cmd:"" help:"Look round in a throwaway journal of invented entries."`
}

// An env is what a command works with.
type env struct {
	*commands
	in       *bufio.Reader // standard input
	args     []string
	typed    []byte   // the passphrase that came on standard input
	practice string   // the one to start with
	guide    string   // the one to start with
	noted    []string // what was said of the journal when it was opened
}

// errSaid ends a command that has said what went wrong already.
var errSaid = errors.New("said")

func run(args []string) int {
	var c commands
	parser, err := kong.New(&c,
		kong.Name("goodenough"),
		kong.Description("A few quiet minutes at the end of the day, for social workers, kept in one encrypted file. Nothing is sent anywhere."),
		kong.Vars{"forms": tui.SupervisionForms},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Vars{"patterns": strings.Join(tui.PatternNames(), ",")},
	)
	if err != nil {
		return fail(err)
	}
	ctx, err := parser.Parse(args)
	if err != nil {
		var parse *kong.ParseError
		if errors.As(err, &parse) && strings.HasPrefix(parse.Context.Command(), "note") {
			// What follows may be somebody's private words: they are not repeated.
			err = errors.New("a note is typed at its prompt or comes from standard input, never as an argument: a shell remembers those")
		}
		fmt.Fprintf(os.Stderr, "goodenough: error: %v\ngoodenough: hint: goodenough --help\n", err)
		return 2
	}
	e := &env{commands: &c, in: bufio.NewReader(os.Stdin), args: args}
	switch err := ctx.Run(e); {
	case errors.Is(err, errSaid):
		return 1
	case err != nil:
		return fail(err)
	}
	return 0
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, "goodenough: error: "+tui.Sentence(err))
	return 1
}

func note(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "goodenough: note: "+format+"\n", args...)
}

func printLines(lines []string) { fmt.Println(strings.Join(lines, "\n")) }

// commandWait is how long a command waits while another has the journal open:
// long enough for a handful of them at once.
const commandWait = 10 * time.Second

func (c *commands) path() string {
	if c.Journal != "" {
		return c.Journal
	}
	return filepath.Join(xdg.DataHome, "goodenough", "journal.db")
}

func stateDir() string   { return filepath.Join(xdg.StateHome, "goodenough") }
func contentDir() string { return filepath.Join(xdg.ConfigHome, "goodenough", "content") }

// ownContent is the person's own folder of guides and cards, nil without one.
func ownContent() fs.FS {
	if fi, err := os.Stat(contentDir()); err != nil || !fi.IsDir() {
		return nil
	}
	return os.DirFS(contentDir())
}

// plain reports whether to ask one line at a time.
func (c *commands) plain() bool {
	accessible := os.Getenv("ACCESSIBLE")
	return c.Plain || accessible != "" && accessible != "0" || os.Getenv("TERM") == "dumb"
}

// options are what the screens work with.
func (e *env) options(start tui.Start) tui.Options {
	return tui.Options{
		Path:     e.path(),
		Journal:  journal.Options{StateDir: stateDir()},
		Content:  ownContent(),
		Start:    start,
		Practice: e.practice,
		Guide:    e.guide,
		Relaunch: tui.CanRelaunch,
	}
}

// passphrase is the one given for scripts, or nil when there is none.
func (e *env) passphrase() ([]byte, error) {
	if e.PassphraseFile == "" || e.Locked != "" {
		return nil, nil
	}
	if e.PassphraseFile == "-" {
		// Standard input can be read once, and some commands ask twice.
		if e.typed == nil {
			line, err := firstLine(e.in)
			if err != nil {
				return nil, err
			}
			e.typed = line
		}
		return bytes.Clone(e.typed), nil
	}
	return readPassphrase(e.PassphraseFile)
}

// readPassphrase reads a passphrase from the first line of a file.
func readPassphrase(name string) ([]byte, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, tui.Said("There is no passphrase file with that name. Nothing was changed.")
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return firstLine(bufio.NewReader(f))
}

func firstLine(in *bufio.Reader) ([]byte, error) {
	line, err := in.ReadBytes('\n')
	if err != nil && err != io.EOF {
		return nil, err
	}
	if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
		return nil, tui.Said("The passphrase file is empty. Nothing was changed.")
	}
	return line, nil
}

const yourPassphrase = "Your passphrase: "

// unlock gives the passphrase that came with the command, or else one that is
// typed, to what opens a file.
func (e *env) unlock(question string, open func(passphrase []byte) error) error {
	given, err := e.passphrase()
	if err != nil {
		return err
	}
	if given == nil {
		return tui.AskUntilOpen(question, open)
	}
	defer clear(given)
	return open(given)
}

// open unlocks the journal for a command. create says what passphrase one that
// is not there yet gets, where none was given; nil: it is not made.
func (e *env) open(create func() ([]byte, error)) (*journal.Journal, error) {
	err := journal.Exists(e.path())
	if err == nil {
		return e.opened(journal.Open)
	}
	if !errors.Is(err, journal.ErrNotExist) || create == nil {
		return nil, err
	}
	key, err := e.passphrase()
	if err == nil && key == nil {
		key, err = create()
	}
	if err != nil {
		return nil, err
	}
	defer clear(key)
	return journal.Create(e.path(), key, e.journalOptions())
}

// read unlocks the journal for a command that only reads. Of one that is too
// damaged to be saved to it opens what is left.
func (e *env) read() (*journal.Journal, error) {
	if err := journal.Exists(e.path()); err != nil && !errors.Is(err, journal.ErrDamaged) {
		return nil, err
	}
	return e.opened(func(path string, key []byte, o *journal.Options) (*journal.Journal, error) {
		j, err := journal.Open(path, key, o)
		if errors.Is(err, journal.ErrDamaged) {
			return journal.OpenRemains(path, key, o)
		}
		return j, err
	})
}

// opened opens the journal and says what is to be said of it.
func (e *env) opened(open func(path string, passphrase []byte, o *journal.Options) (*journal.Journal, error)) (j *journal.Journal, err error) {
	err = e.unlock(yourPassphrase, func(key []byte) (err error) {
		j, err = open(e.path(), key, e.journalOptions())
		return err
	})
	if err != nil {
		return nil, err
	}
	e.noted = append(tui.Notices(j), tui.LossLines(j)...)
	for _, line := range e.noted {
		note("%s", line)
	}
	return j, nil
}

func (e *env) journalOptions() *journal.Options {
	waiting := func() { note("waiting for the other goodenough to finish") }
	return &journal.Options{StateDir: stateDir(), Wait: commandWait, Waiting: waiting}
}

// ended closes a journal after a command and says what came up meanwhile. The
// exit status is 1 when not every entry could be read.
func (e *env) ended(j *journal.Journal, err error) error {
	damage := j.Damage()
	for _, line := range append(damage.Lines(), tui.ForeignLines(j)...) {
		if !slices.Contains(e.noted, line) {
			note("%s", line)
		}
	}
	if err = errors.Join(err, j.Close()); err == nil && !damage.Whole() {
		return errSaid
	}
	return err
}

// screen shows the full screen, and starts the program again after a lock.
func (e *env) screen(start tui.Start) error {
	if !tui.IsTerminal(os.Stdout) {
		return tui.Said("The full screen needs a terminal, and standard output is not one.")
	}
	if e.Locked != "" {
		start = tui.Start(strings.TrimPrefix(e.Locked, lockedHome))
		e.practice, e.guide = "", "" // they were gone to already
	}
	o := e.options(start)
	var err error
	if o.Passphrase, err = e.passphrase(); err != nil {
		return err
	}
	outcome, err := tui.Run(o)
	if err == nil && outcome.Locked {
		args := e.args
		if e.Locked != "" {
			args = args[1:]
		}
		at := string(outcome.At)
		if outcome.At == tui.StartHome {
			at = lockedHome
		}
		return tui.Relaunch(append([]string{"--locked=" + at}, args...))
	}
	return err
}

// lockedHome is what home is called for a program that is started again.
const lockedHome = "home"

// walk is a guide one line at a time.
func (e *env) walk(start tui.Start) error {
	j, err := e.open(func() ([]byte, error) { return tui.NewPassphrase(e.in, os.Stdout) })
	if err != nil {
		return err
	}
	return e.ended(j, tui.RunPlain(e.options(start), j, e.in, os.Stdout))
}

type homeCmd struct{}

func (homeCmd) Run(e *env) error {
	if e.plain() {
		return e.walk(tui.StartHome)
	}
	return e.screen(tui.StartHome)
}

type checkinCmd struct{}

func (checkinCmd) Run(e *env) error {
	if e.plain() {
		return e.walk(tui.StartCheckIn)
	}
	return e.screen(tui.StartCheckIn)
}

type practiseCmd struct {
	Name string `arg:"" optional:"" help:"The practice's name, such as senses; without one, choose."`
}

func (c practiseCmd) Run(e *env) error {
	if err := tui.FindPractice(ownContent(), c.Name); err != nil {
		return err
	}
	e.practice = c.Name
	if e.plain() {
		return e.walk(tui.StartPractise)
	}
	return e.screen(tui.StartPractise)
}

type reflectCmd struct {
	Name string `arg:"" optional:"" help:"The guide's name, such as process; without one, choose."`
}

func (c reflectCmd) Run(e *env) error {
	if err := tui.FindReflection(ownContent(), c.Name); err != nil {
		return err
	}
	e.guide = c.Name
	if e.plain() {
		return e.walk(tui.StartReflect)
	}
	return e.screen(tui.StartReflect)
}

type superviseCmd struct {
	Write  string `help:"Write what is shared of the newest brief, in this form: text, markdown or html." placeholder:"FORM" enum:",${forms}" default:""`
	Output string `short:"o" help:"With --write: a new file; otherwise standard output." placeholder:"FILE" type:"path"`
}

func (c superviseCmd) Run(e *env) error {
	if c.Write == "" {
		if e.plain() {
			return e.walk(tui.StartSupervision)
		}
		return e.screen(tui.StartSupervision)
	}
	j, err := e.read()
	if err != nil {
		return err
	}
	err = writeOut(c.Output, func(w io.Writer) error {
		return tui.WriteSupervision(e.options(tui.StartHome), j, c.Write, w)
	})
	if err == nil {
		noteUnencrypted()
	}
	return e.ended(j, err)
}

// noteUnencrypted says so of what was just written, to whoever keeps it.
func noteUnencrypted() { note("what was written is not encrypted: anyone who has it can read it.") }

type noteCmd struct{}

func (noteCmd) Run(e *env) error {
	if tui.IsTerminal(os.Stdin) {
		return e.walk(tui.StartNote)
	}
	j, err := e.open(nil)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(e.in, journal.MaxEntrySize+1))
	switch {
	case err != nil:
	case !utf8.Valid(text):
		err = tui.Said("The text is not in UTF-8, so nothing was kept.")
	case strings.TrimSpace(string(text)) == "":
		err = tui.Said("There was no text, so nothing was kept.")
	default:
		var kept journal.Entry
		if kept, err = tui.KeepNote(e.options(tui.StartNote), j, string(text)); err == nil {
			fmt.Println("Kept. To read it again: goodenough show " + tui.ShortID(kept.ID))
			e.noteIdentifiers(j, kept)
		}
	}
	return e.ended(j, err)
}

// noteIdentifiers says how much in a note that was kept unasked might identify
// somebody.
func (e *env) noteIdentifiers(j *journal.Journal, kept journal.Entry) {
	const whereTo = "might identify somebody; `goodenough journal` shows it, and you can change it there."
	switch n := tui.IdentifiersIn(e.options(tui.StartNote), j, kept); n {
	case 0:
	case 1:
		note("one thing in it %s", whereTo)
	default:
		note("%d things in it %s", n, whereTo)
	}
}

type journalCmd struct{}

func (journalCmd) Run(e *env) error {
	if e.plain() {
		j, err := e.read()
		if err != nil {
			return err
		}
		return e.ended(j, tui.RunPlain(e.options(tui.StartJournal), j, e.in, os.Stdout))
	}
	return e.screen(tui.StartJournal)
}

// A filter chooses entries.
type filter struct {
	Kind   string `help:"Only this kind: check-in, note, …" placeholder:"KIND"`
	Tag    string `help:"Only with this tag." placeholder:"TAG"`
	Since  string `help:"From this day on: 2026-11-20, yesterday, last March." placeholder:"DAY"`
	Until  string `help:"Up to the end of this day." placeholder:"DAY"`
	Search string `help:"Only with these words, \"phrases\" and without these -words." placeholder:"WORDS"`

	Feeling string `help:"Only where this word was chosen." placeholder:"WORD"`
	Brought bool   `help:"Only what is to be brought to supervision."`
}

func (f filter) query() (journal.Query, error) {
	q := journal.Query{Kind: journal.Kind(f.Kind), Tag: f.Tag, Search: f.Search, Chosen: f.Feeling, Brought: f.Brought}
	var err1, err2 error
	if f.Since != "" {
		q.Since, _, err1 = tui.ParsePeriod(f.Since, time.Now())
	}
	if f.Until != "" {
		_, q.Until, err2 = tui.ParsePeriod(f.Until, time.Now())
	}
	return q, cmp.Or(err1, err2)
}

type listCmd struct {
	filter
	JSONL bool `name:"jsonl" help:"Whole entries, one a line, as export writes them."`
}

func (c listCmd) Run(e *env) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	j, err := e.read()
	if err != nil {
		return err
	}
	if c.JSONL {
		_, err := j.Export(os.Stdout, q)
		return e.ended(j, err)
	}
	line, none := tui.ListLine, true
	if e.plain() {
		line = tui.PlainLine
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	for h := range j.Entries(q) {
		fmt.Fprintln(out, line(h))
		none = false
	}
	if none {
		note("no entries match.")
		if q.Kind != "" {
			note("the kinds are check-in, practice, reflection, supervision and note.")
		}
	}
	return e.ended(j, out.Flush())
}

type showCmd struct {
	ID      string `arg:"" help:"The entry's id, or the start of it."`
	Earlier bool   `help:"And what it said before it was changed."`
}

func (c showCmd) Run(e *env) error {
	j, err := e.read()
	if err != nil {
		return err
	}
	entry, err := j.Find(c.ID)
	if err == nil {
		entry = tui.Named(j, entry)
		library, _ := content.Load(ownContent())
		write := tui.WriteMarkdown
		if e.plain() {
			write = tui.WriteText
		}
		if err = write(os.Stdout, library, entry); err == nil && c.Earlier {
			err = tui.WriteEarlier(os.Stdout, library, entry)
		}
	}
	return e.ended(j, err)
}

type exportCmd struct {
	filter
	Format  string `enum:"markdown,jsonl,age" default:"markdown" help:"markdown, to read; jsonl, to take in again; age, jsonl encrypted to a passphrase of its own."`
	NewFile string `help:"With age: read the export's passphrase from the first line of FILE." placeholder:"FILE" type:"path"`
	Earlier bool   `help:"With markdown: and what entries said before they were changed."`
	Output  string `short:"o" help:"A new file; otherwise standard output." placeholder:"FILE" type:"path"`
}

func (c exportCmd) Run(e *env) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	j, err := e.read()
	if err != nil {
		return err
	}
	if c.Format != "age" {
		note("what this writes is not encrypted: anyone who has it can read it.")
	}
	if err = c.write(j, q); err == nil && c.Format != "age" {
		e.noteIdentifiable(j, q, c.Earlier || c.Format == "jsonl")
	}
	return e.ended(j, err)
}

// noteIdentifiable says which entries hold what could identify somebody, to
// whoever is about to hand an export on.
func (e *env) noteIdentifiable(j *journal.Journal, q journal.Query, earlier bool) {
	lines := tui.Identifiable(e.options(tui.StartHome), j, q, earlier)
	if len(lines) == 0 {
		return
	}
	note("some of what was written could identify somebody:")
	for _, line := range lines {
		fmt.Fprintln(os.Stderr, "  "+line)
	}
}

// write makes the file only now, so that a passphrase mistyped leaves none,
// and never over another.
func (c exportCmd) write(j *journal.Journal, q journal.Query) (err error) {
	var key []byte
	if c.Format == "age" {
		if key, err = newPassphrase(c.NewFile); err != nil {
			return err
		}
		defer clear(key)
	}
	return writeOut(c.Output, func(w io.Writer) error {
		switch c.Format {
		case "jsonl":
			_, err := j.Export(w, q)
			return err
		case "age":
			return j.ExportAge(w, q, key)
		}
		return c.writeMarkdown(w, j, q)
	})
}

func (c exportCmd) writeMarkdown(w io.Writer, j *journal.Journal, q journal.Query) error {
	library, _ := content.Load(ownContent())
	for _, h := range slices.Backward(slices.Collect(j.Entries(q))) {
		entry, err := j.Get(h.ID)
		if err == nil {
			entry = tui.Named(j, entry)
			err = tui.WriteMarkdown(w, library, entry)
		}
		if err == nil && c.Earlier {
			err = tui.WriteEarlier(w, library, entry)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// writeOut writes to a new file for its owner alone, or to standard output
// without a name.
func writeOut(name string, write func(io.Writer) error) error {
	if name == "" || name == "-" {
		w := bufio.NewWriter(os.Stdout)
		return errors.Join(write(w), w.Flush())
	}
	_, err := tui.WriteNew(name, write)
	return err
}

type patternsCmd struct {
	Weeks    string   `enum:"4,12,52,all" default:"12" help:"How far back: 4, 12, 52 or all."`
	Format   string   `enum:"text,csv,svg" default:"text" help:"text, to read; csv, a table; svg, a picture of numbers for a team meeting."`
	Only     []string `enum:"${patterns}" help:"Only these: ${patterns}." placeholder:"NAME"`
	OwnWords bool     `help:"With csv: also the words for feelings and for parts of the day that are your own."`
	Output   string   `short:"o" help:"A new file; otherwise standard output." placeholder:"FILE" type:"path"`
}

func (c patternsCmd) Run(e *env) error {
	j, err := e.read()
	if err != nil {
		return err
	}
	weeks, _ := strconv.Atoi(c.Weeks) // all is 0
	err = writeOut(c.Output, func(w io.Writer) error {
		return tui.WritePatterns(e.options(tui.StartHome), j, w, tui.PatternsOut{
			Weeks: weeks, Format: tui.PatternFormat(c.Format), OwnWords: c.OwnWords, Only: c.Only,
		})
	})
	if err == nil && (c.Format != string(tui.PatternText) || c.Output != "") {
		noteUnencrypted()
	}
	return e.ended(j, err)
}

type importCmd struct {
	File string `arg:"" name:"file|folder" help:"An export in jsonl, jrnl's or Day One's JSON, a Markdown file, or a folder or zip archive of them."`
	From string `enum:",jsonl,jrnl,dayone,markdown" default:"" placeholder:"FORMAT" help:"jsonl, jrnl, dayone or markdown, where it is not seen from the file."`
}

func (c importCmd) Run(e *env) error {
	source, err := journal.OpenSource(c.File, journal.Format(c.From))
	if errors.Is(err, fs.ErrNotExist) {
		return tui.Said("There is no file or folder with that name. Nothing was changed.")
	}
	if err != nil {
		return err
	}
	defer source.Close()
	asNote, err := tui.Notes(e.options(tui.StartNote))
	if err != nil {
		return err
	}
	var create func() ([]byte, error)
	if e.PassphraseFile != "" {
		create = e.passphrase
	}
	fresh := errors.Is(journal.Exists(e.path()), journal.ErrNotExist)
	j, err := e.open(create)
	if err != nil {
		return err
	}
	if fresh {
		note("there was no journal here, so one was made: %s", e.path())
	}
	report, err := j.ImportSource(source, asNote)
	fmt.Printf("Took %d. Newer here, and stayed: %d. The same: %d.\n", report.Taken, report.Kept, report.Same)
	err = e.ended(j, err)
	for _, line := range tui.ImportLines(report) {
		note("%s", line)
	}
	if err == nil && len(report.Problems) > 0 {
		return errSaid
	}
	return err
}

type backupCmd struct {
	File string `arg:"" optional:"" help:"A new file; without one, the day's own backup is made." type:"path"`
}

func (c backupCmd) Run(e *env) error {
	j, err := e.open(nil)
	if err != nil {
		return err
	}
	if c.File == "" {
		if err = errors.Join(j.Maintain(), j.BackupNow()); err == nil {
			fmt.Println("Today's backup has everything that is here now.")
		}
		return e.ended(j, err)
	}
	if err = j.Backup(c.File); err == nil {
		fmt.Println("Written, and read back. It opens with the same passphrase.")
	}
	return e.ended(j, tui.NewFileError(err))
}

type restoreCmd struct {
	File string `arg:"" help:"A backup." type:"path"`
	Yes  bool   `help:"Do not ask first."`
}

func (c restoreCmd) Run(e *env) error {
	if err := otherFile(journal.Exists(c.File)); err != nil {
		return err
	}
	var kept string
	err := e.unlock(yourPassphrase, func(key []byte) (err error) {
		if c.Yes = c.Yes || e.agreed("This puts the backup in the journal's place. What is there now is kept under another name. Go on? y or n: "); !c.Yes {
			return tui.Said("Nothing was changed.")
		}
		kept, err = journal.Restore(e.path(), c.File, key, e.journalOptions())
		return err
	})
	if err != nil {
		return otherFile(err)
	}
	fmt.Println("Restored.")
	if kept != "" {
		fmt.Println("What was there is kept as " + kept)
	}
	return nil
}

// otherFile says of a file that is not the journal what an error about a
// journal says.
func otherFile(err error) error {
	switch {
	case errors.Is(err, journal.ErrNotExist):
		return tui.Said("There is no file with that name. Nothing was changed.")
	case errors.Is(err, journal.ErrDamaged):
		return tui.Said("That file cannot be read as a whole goodenough journal. Your own journal was not touched. An export is taken in with goodenough import.")
	}
	return err
}

// agreed asks a yes or no question; anything but yes is no.
func (e *env) agreed(question string) bool {
	fmt.Fprint(os.Stderr, question)
	line, _ := e.in.ReadString('\n')
	answer := strings.ToLower(strings.TrimSpace(line))
	return answer == "y" || answer == "yes"
}

type mergeCmd struct {
	File string `arg:"" help:"Another copy of the journal." type:"path"`
}

func (c mergeCmd) Run(e *env) error {
	j, err := e.open(nil)
	if err != nil {
		return err
	}
	var report journal.MergeReport
	take := func(key []byte) (err error) {
		report, err = j.Merge(c.File, key)
		return err
	}
	err = e.unlock("The other file's passphrase: ", take)
	if e.PassphraseFile != "" && errors.Is(err, journal.ErrPassphrase) {
		fmt.Fprintln(os.Stderr, "The other file has another passphrase.")
		err = tui.AskUntilOpen("Its passphrase: ", take)
	}
	if err == nil {
		fmt.Printf("Took %d. %d were the same or newer here. Of %d both versions were kept.\n", report.Taken, report.Same, report.Kept)
	}
	return e.ended(j, otherFile(err))
}

type checkCmd struct{}

func (checkCmd) Run(e *env) error {
	var report journal.CheckReport
	err := e.unlock(yourPassphrase, func(key []byte) (err error) {
		report, err = journal.Check(e.path(), key, e.journalOptions())
		return err
	})
	if err != nil {
		return err
	}
	printLines(tui.CheckLines(report, e.path()))
	if !report.Whole() {
		return errSaid
	}
	return nil
}

type salvageCmd struct {
	New string `arg:"" name:"new.db" help:"The new journal; there must be no such file." type:"path"`
}

func (c salvageCmd) Run(e *env) error {
	var report journal.SalvageReport
	err := e.unlock(yourPassphrase, func(key []byte) (err error) {
		report, err = journal.Salvage(e.path(), c.New, key, e.journalOptions())
		return tui.NewFileError(err)
	})
	if err != nil {
		return err
	}
	printLines(tui.SalvageLines(report, c.New))
	if report.Lost+len(report.Unread) > 0 || !report.ListWhole {
		return errSaid
	}
	return nil
}

type passphraseCmd struct {
	NewFile string `help:"Read the new passphrase from the first line of FILE, for scripts." placeholder:"FILE" type:"path"`
}

func (c passphraseCmd) Run(e *env) error {
	j, err := e.open(nil)
	if err != nil {
		return err
	}
	fresh, err := newPassphrase(c.NewFile)
	if err == nil {
		if err = j.ChangePassphrase(fresh); err == nil {
			fmt.Println("Done. The new passphrase opens the journal. Copies made elsewhere open with the old one still.")
			if len(j.Foreign()) == 0 {
				fmt.Println("The old passphrase opens nothing here any more.")
			}
		}
		clear(fresh)
	}
	return e.ended(j, err)
}

// newPassphrase reads a passphrase to come from a file, or asks for one.
func newPassphrase(file string) ([]byte, error) {
	if file != "" {
		return readPassphrase(file)
	}
	return tui.AskNewPassphrase()
}

type recoveryCmd struct {
	Remove bool `help:"Take the recovery phrase away."`
	Yes    bool `help:"Do not ask first, where there is one already."`
}

func (c recoveryCmd) Run(e *env) error {
	j, err := e.open(nil)
	if err != nil {
		return err
	}
	return e.ended(j, c.set(e, j))
}

func (c recoveryCmd) set(e *env, j *journal.Journal) error {
	had := j.HasRecovery()
	switch {
	case c.Remove && !had:
		return tui.Said("There is no recovery phrase to take away.")
	case !c.Remove && had && !c.Yes && !e.agreed("There is a recovery phrase already. After this, the paper that it is on opens nothing. Go on? y or n: "):
		return tui.Said("Nothing was changed.")
	}
	key, err := e.passphrase()
	if err == nil && key == nil {
		key, err = tui.AskPassphrase("Your passphrase once more, since this makes new keys: ")
	}
	if err != nil {
		return err
	}
	defer clear(key)
	if c.Remove {
		if err := j.SetRecovery(key, nil); err != nil {
			return recoveryUnfinished(err)
		}
		fmt.Println("Done. The recovery phrase opens nothing here any more.")
		return nil
	}
	phrase, err := tui.NewRecoveryPhrase()
	if err != nil {
		return err
	}
	unfinished := j.SetRecovery(key, []byte(phrase))
	if unfinished != nil && !errors.Is(unfinished, journal.ErrUnfinished) {
		return unfinished
	}
	// It opens the journal from now on, and the one before does not, whatever is
	// not finished yet: it must be shown.
	fmt.Println("This phrase opens the journal if the passphrase is lost. It is shown once. Please write it on paper, and keep the paper away from the computer:")
	words := strings.Fields(phrase)
	half := len(words) / 2
	fmt.Println("\n  " + strings.Join(words[:half], " ") + "\n  " + strings.Join(words[half:], " ") + "\n")
	if had && unfinished == nil {
		fmt.Println("The earlier recovery phrase opens nothing any more.")
	}
	fmt.Println("Please clear the window when it is written down.")
	return recoveryUnfinished(unfinished)
}

// recoveryUnfinished says of a change of the recovery phrase that it is not
// finished; another error it leaves.
func recoveryUnfinished(err error) error {
	if errors.Is(err, journal.ErrUnfinished) {
		return tui.Said("The recovery phrase is changed, but a backup could not be given the new keys yet: an earlier phrase may still open it. goodenough goes on with it when the journal is next opened. Nothing was lost.")
	}
	return err
}

type whereCmd struct{}

func (whereCmd) Run(e *env) error {
	printLines(tui.WhereLines(e.path(), stateDir(), contentDir()))
	return nil
}

type demoCmd struct{}

func (demoCmd) Run(e *env) error { return tui.RunDemo(e.plain(), e.in, os.Stdout) }
