module goodenough

go 1.26.0

require (
	charm.land/bubbles/v2 v2.2.1 // github.com/charmbracelet/bubbles, under its authors' path for v2
	charm.land/bubbletea/v2 v2.0.10 // github.com/charmbracelet/bubbletea, under its authors' path for v2
	charm.land/lipgloss/v2 v2.0.5 // colour and weight; 2.0.6 needs an ultraviolet that is not to be had
	filippo.io/age v1.3.2 // the key file
	github.com/adrg/xdg v0.5.3 // each system's folders for data, settings and state
	github.com/alecthomas/kong v1.17.0 // the command line
	github.com/charmbracelet/colorprofile v0.4.3
	github.com/charmbracelet/x/ansi v0.11.7
	github.com/charmbracelet/x/term v0.2.2
	github.com/gofrs/flock v0.13.1 // the session lock, on every system
	github.com/pelletier/go-toml/v2 v2.4.3 // guides, strictly, with the line of a mistake
	github.com/rivo/uniseg v0.4.7 // graphemes in the editor
	github.com/sethvargo/go-diceware v0.6.0 // passphrases of five words
	go.etcd.io/bbolt v1.5.0 // the journal's file
	golang.org/x/crypto v0.58.0 // Argon2id and XChaCha20-Poly1305
	golang.org/x/sys v0.49.0
	golang.org/x/text v0.43.0
)

require (
	github.com/charmbracelet/x/vt v0.0.0-20260430013151-79116d1f37bd // for tests: what a terminal would show
	github.com/creack/pty v1.1.24 // for tests: a terminal to run in
	github.com/rogpeppe/go-internal v1.16.0 // for tests: testscript, the command line from outside
)

require (
	filippo.io/hpke v0.4.0 // indirect
	github.com/BurntSushi/toml v1.4.1-0.20240526193622-a339e1f7089c // indirect
	github.com/charmbracelet/ultraviolet v0.0.0-20260703014108-f5a850f9c2b7 // indirect
	github.com/charmbracelet/x/exp/ordered v0.1.0 // indirect
	github.com/charmbracelet/x/termios v0.1.1 // indirect
	github.com/charmbracelet/x/windows v0.2.2 // indirect
	github.com/clipperhouse/displaywidth v0.11.0 // indirect
	github.com/clipperhouse/uax29/v2 v2.7.0 // indirect
	github.com/lucasb-eyer/go-colorful v1.4.0 // indirect
	github.com/mattn/go-runewidth v0.0.31 // indirect
	github.com/muesli/cancelreader v0.2.2 // indirect
	github.com/xo/terminfo v0.0.0-20220910002029-abceb7e1c41e // indirect
	golang.org/x/exp/typeparams v0.0.0-20231108232855-2478ac86f678 // indirect
	golang.org/x/mod v0.41.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
	honnef.co/go/tools v0.8.2 // indirect
)

tool honnef.co/go/tools/cmd/staticcheck
