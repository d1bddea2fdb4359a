package tui

import (
	"slices"
	"strings"

	"github.com/sethvargo/go-diceware/diceware"
)

// passphraseWords is how many words a generated passphrase has. From the EFF's
// list of 7,776 that is over 64 bits: a billion years for one graphics card at
// the journal's key derivation.
const passphraseWords = 5

// unkindWords are words of the EFF's list that somebody should not have to type
// every evening. To pass them over costs a fifth of a bit.
var unkindWords = strings.Fields(`
abdominal abrasive afflicted agonize agonizing agony anger arson ashamed
atrocious backstab battered battering bleak bloated blooper bondless
bullwhip casket childless contempt crazy cringe crudely crudeness cruelly
cruelness cruelty crushed crushing curse cussed custody danger decay
deceased degraded degrading delirious depraved depravity depress deranged
deserve despair despise disabled disgrace divorcee dreadful drown
dubiously endanger enrage epilepsy epileptic erratic estranged evict evil
fester filth flogging frantic frighten frightful frigidity frigidly
gangrene gloater gloating graveness graves graveyard greedily greedy grief
grope gutter hate hatred haunt humiliate hurt idiocy imbecile immorally
imprison impure irritable jailbird jailer jailhouse joylessly junkie
lunacy lustfully mangle mangy manhunt molar morbidity morbidly mortuary
mutilated mutilator nag nastily nastiness neurotic obnoxious obsessed
opium oppressed oppressor outcast overdue panic paralyses paralysis
paralyze parole pauper phobia poison predator prison probation prowler
prowling psychic punisher pureblood rabid racism rage ranting rascal
ravage rebel reburial remorse repent repulsion repulsive rotten ruined
sadden sadly sadness savage scabbed scabby scared scarily scariness
scarring scary scolding scorn scoundrel scrawny sedate sedation sedative
sensually shabby shame sinister slander slapping slaw slobbery smother
snuff spew starved starving stinking stinky strangle stricken sufferer
suffering sulk tainted tantrum throttle tragedy trash treason undead
underage unfitted unhappily unhappy unisexual unkind unlovable unloved
unlovely unloving unsafe unstable unwanted unworthy vengeful venomous
villain violate violation violator whinny whiny widow wimp womanless wound
wrath wreckage wrongdoer
`)

// recoveryWords is how many words a recovery phrase has: 129 bits, since it is
// written down and never typed from memory.
const recoveryWords = 10

// NewRecoveryPhrase makes a recovery phrase, to be written on paper.
func NewRecoveryPhrase() (string, error) { return generateWords(recoveryWords) }

// generatePassphrase makes a passphrase.
func generatePassphrase() (string, error) { return generateWords(passphraseWords) }

// generateWords draws n words from the EFF's large list, with a space between
// them.
func generateWords(n int) (string, error) {
	for {
		words, err := diceware.Generate(n)
		if err != nil {
			return "", err
		}
		if !slices.ContainsFunc(words, func(w string) bool { return slices.Contains(unkindWords, w) }) {
			return strings.Join(words, " "), nil
		}
	}
}
