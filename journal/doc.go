// Package journal keeps a person's entries in one encrypted file.
//
// Use [Create] and [Open]; then [Journal.Put] and [Journal.Get] for entries,
// [Journal.SetDraft] and [Journal.Keep] for what is being written,
// [Journal.Entries] and [Journal.List] for lists, [Journal.Maintain] and
// [Journal.PrepareSearch] after an unlock, and
// [Journal.Close]. [Check], [OpenRemains], [Salvage] and [Restore] are for a bad
// day. The rest of this page is the format of the files, written so that a
// program in another language can read a journal from it alone.
//
// # What it protects, and what not
//
// Somebody who has the file, or many copies of it from different days, learns
// that it is a goodenough journal, how many records it has, their padded
// sizes, how often it was saved and when last. A record's id stands in clear and
// stays the same, so that copies also show between which of them each record
// appeared, was saved again or went. They learn nothing of what any
// record holds: entries, drafts, settings, dates, titles, tags and kinds are
// all inside the seal. They can put an older copy of the whole file, or one that
// was saved elsewhere, in its place, which is noticed only on a computer that saw
// what that lacks. They can put back a side file that was there once, and with it
// what it held.
//
// It does not protect against a program that runs as the same user while the
// journal is open, against somebody who watches the screen or the keyboard, or
// against a court. Memory is wiped as far as Go allows, which is not far:
// entries that were shown may stay in memory, swap and hibernation files until
// the system overwrites them. Overwritten records stay in the file's free pages,
// encrypted, until it is written anew: [Journal.Purge] and a change of
// passphrase do that, for the file and for the copies that goodenough keeps
// beside it. They do not reach what a disk keeps of overwritten files, what a
// synchronising service keeps of older ones, or copies made elsewhere.
// Encryption is not anonymity, and gives no legal privilege.
//
// The passphrase cannot be recovered. A recovery phrase, where one is set,
// opens the journal as it does. It has at least 8 words: what is shorter is not
// tried as one.
//
// # Format, version 1
//
// All integers are little-endian unless they are said to be otherwise.
// Strings in quotes are ASCII.
//
// The file is a bbolt database (go.etcd.io/bbolt, file format version 2, pages
// of 4096 bytes) with three buckets:
//
//	"k", "k2"   one pair each, key "key": two copies of the key block
//	"r"         one pair for each record
//
// A reader that does not want to understand bbolt can look for key blocks and
// records by their magic anywhere in the file; what opens is genuine. It will
// also find older versions of records: the one with the rev that the ledger
// lists counts, and one that the ledger does not list was removed, or is of a
// save that never came to its end. So is a ledger head that lists a shard which
// is not there.
//
// # Key block
//
//	offset  size
//	0       8     "GENOUGHK"
//	8       1     format version, 1
//	9       1     0
//	10      2     n, the length of the age file
//	12      n     an age file
//	12+n          zeros, up to 5000 bytes in all
//
// The age file (https://age-encryption.org/v1) is binary, with a stanza of our
// own for the passphrase:
//
//	-> goodenough.internal/argon2id passphrase SALT PASSES MEMORY LANES
//	BODY
//
// SALT is 16 bytes in unpadded base64; PASSES, MEMORY (in KiB) and LANES are
// decimal without leading zeros. The wrap key is 32 bytes of
//
//	Argon2id(passphrase, "goodenough.internal/argon2id" ‖ salt, PASSES, MEMORY, LANES)
//
// version 0x13 (RFC 9106), where the passphrase is UTF-8 in Unicode
// normalisation form C. BODY is age's 16-byte file key sealed with
// ChaCha20-Poly1305 (RFC 8439) under the wrap key, nonce zero, without
// associated data: 32 bytes. A reader refuses more than 16 passes, 1 GiB or 16
// lanes before it allocates.
//
// A second stanza may follow, for a recovery phrase:
//
//	-> goodenough.internal/argon2id recovery SALT PASSES MEMORY LANES FRESH
//	BODY
//
// FRESH is 16 more bytes in unpadded base64, new in every stanza. The phrase,
// in small letters with one space between its words, and the first numbers give a key as a passphrase does, the phrase's key, and
// the wrap key is 32 bytes of
//
//	HKDF-SHA-256(secret = phrase's key, salt = FRESH, info = "goodenough/v1 recovery")
//
// because the phrase's key wraps again at every change of passphrase. Readers
// skip stanzas that they do not know.
//
// The age file's payload is
//
//	18 bytes   "goodenough-key/v1\n"
//	16 bytes   the journal's id
//	32 bytes   the root key
//
// and, where there is a recovery stanza, what is needed to wrap other keys for
// the same phrase without asking for it:
//
//	1 byte     1
//	16 bytes   SALT
//	4 bytes    PASSES
//	4 bytes    MEMORY
//	1 byte     LANES
//	32 bytes   the phrase's key
//
// It may be longer; a reader passes over the rest.
//
// Each purpose has a key of its own, 32 bytes of
//
//	HKDF-SHA-256(secret = root key, salt = journal id, info = "goodenough/v1 " + purpose)
//
// (RFC 5869) with the purposes "records", "names", "state" and "aside".
//
// # Record
//
// The pair's key is the record's id: the first 16 bytes of HMAC-SHA-256 under
// the names key of the record's name, which is
//
//	"entry " + the entry's id     "draft " + the draft's id     "settings"
//	"ledger head"                 "ledger shard " + 0 to 15     "retired keys"
//
// The value is
//
//	offset  size
//	0       4     D7 67 65 01: magic, and the format version
//	4       1     flags, 0
//	5       3     length of what follows offset 24
//	8       16    the record's id
//	24      24    nonce, random
//	48            XChaCha20-Poly1305 under the records key, tag last
//
// with the first 24 bytes and the journal's id as associated data. The
// plaintext is text, a byte 0x80, and zeros up to the Padmé length of at least
// 256 bytes. The text is two lines. The first is JSON:
//
//	{"v":1,"type":T,"rev":N,…}
//
// rev grows by one each time that the record is written; that of the ledger's own
// records is the epoch of the commit that wrote them. For an "entry" or a
// "draft" the line goes on with "id", "kind", "guide", "created", "updated",
// "title", "tags" and "bring", and for a draft "steps" and "at", the steps that
// the person is walking and the one where they were; the second line is JSON
// {"answers":[…],"later":[…],"earlier":[…]}, each only where there are any.
// Together they are the entry as [Journal.Export] writes it.
// Both the first line and an answer may have "bring", what is wanted in
// supervision: {"side":S,"share":B}. An answer's "items" have "text" and may have
// "who", "when", "done" and "from", as [Item] says. An entry that has "binned", a
// date, was deleted then and is not to be shown; it can be brought back for 30
// days. The second line of "settings" is JSON that this package does not look
// into. A reader refuses a v above 1.
//
// "later" is what was added to an entry afterwards, the newest last:
// {"added":D,"text":T}. "earlier" is what it said before it was changed, the
// newest last: {"until":D,"title":T,"answers":[…]}, whole each time; 4 MiB are
// the most for all of an entry. [Journal.ForgetEarlier] takes them away. A draft
// of a change has "of", the id of the entry, and one of a later thought "adds" as
// well, which is true.
//
// The first line of an entry or a draft may have "history", an object: for each
// session of the program in which the record was saved, by a random name, the
// number of its last save there. Of two versions, one was made from the other
// when for each session in the other's history it has that number or a higher
// one. Where neither was, they were written side by side on two computers.
//
// "retired keys" is there from a change of keys until every backup has the new
// ones. Its second line is {"roots":["…",…]}, root keys in base64 which those
// backups may still have, under the same journal id.
//
// # Ledger
//
// Records are sealed one by one, so that a missing one, or an older version of
// one, would not show. The ledger shows it. It lists every entry, draft and
// settings record in 16 shards, by the first byte of the id modulo 16. A shard
// ("ledger shard") has, after its first line, 24 bytes for each record, in the
// order of their ids: the id, and the rev as 8 bytes big-endian. The head
// ("ledger head") has JSON:
//
//	{"epoch":N,"session":S,"history":{S:N,…},"floor":F,"count":M,"shards":["…",…]}
//
// with the number of records listed and the SHA-256 of each shard's bytes, in
// hexadecimal. The epoch grows by one with every commit. A commit is one bbolt
// transaction with the records, the shards they are in, and the head.
//
// The epoch alone does not tell two copies apart that were saved on two
// computers. The session that made the commit, by a random name, and the history
// do: of other sessions, the epoch of the last commit that this state comes
// after. It names 64, and the floor is the highest epoch of those that were
// left out, 0 when there were none. A state comes after another one if that is of
// its session and no later, or if its history has the other's session with that
// epoch or a higher one. Where it does not have that session, it comes after it
// as far as is known if the other's epoch is not above the floor. A head without
// a session is of an earlier version, and comes after all that is not above its
// epoch. Whoever merges another journal adds the other's session and history.
//
// What was last seen on a computer is kept outside the file, in the state
// folder: a JSON list of {"epoch":N,"session":S,"history":{…},"floor":F,"since":D},
// and its HMAC-SHA-256 under the state key, in a file named by the first 16 bytes
// of the HMAC of "name" in hexadecimal. The last one is the journal as it was last
// seen. Before it stand those that the journal did not come after when it was
// saved there, with the day of that, in days since 1970: that they are missing is
// said for 30 days. The last days on which the journal was looked after are kept
// in another file, named by the HMAC of "days": 4 bytes big-endian each, days
// since 1970, and the HMAC of "days" and these. The bin is emptied when the clock
// and these days agree that the time is over, and nothing is missing.
//
// # Side file
//
// When the journal's file was replaced, shortened or removed by something else
// while it was open, saves go to a file beside it, named like the journal with
// ".aside-" and eight hexadecimal digits: a key block of 5000 bytes and then
// records one after another, the type "removed" among them, with the history of
// what was removed. They are sealed as others are, but under the aside key: no
// record of a journal opens there. One of 32 MiB is followed by another, whose
// digits are the next number. The next session takes them in, in their order, and
// removes them. A salvage takes in what they hold, and leaves them.
//
// # Files
//
// Beside journal.db stand
//
//	journal.db.lock               empty; held while the journal is open
//	journal.db.keys               a copy of the key block, 5000 bytes: in the file both copies
//	                              stand on the first pages, and would be lost together
//	journal.db.ballast            1 MiB of nothing, given up for one more save on a full disk
//	backups/journal-DATE.db       one a day, seven of them: whole journals, without free pages;
//	                              DATE-2 and so on beside one of that day which may not go, such as
//	                              one of another journal
//	journal.db.replaced-DATE-TIME what was there before a backup was restored
//	journal.db.aside-XXXXXXXX     a side file
//	journal.db.unread-XXXXXXXX    a side file that was taken in, and of which a part does not open
//	….new-XXXXXXXX                any of these while it is being written; left by a crash it is removed
//
// All are made with mode 0600, and folders with mode 0700; what is there already
// keeps its mode until it is written anew. A file that replaces another is written
// whole and flushed before it takes the other's name, and if it is a journal it is
// read back as well. A new one replaces nothing that came meanwhile.
//
// After a change of keys the backups and what was replaced are written anew
// under the new ones, and what is left of side files is removed. A backup of
// which part was lost goes on listing in its ledger what it lost.
package journal
