package tui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"goodenough/journal"
)

// A Said is an error that is a sentence already.
type Said string

func (s Said) Error() string { return string(s) }

// Sentence says an error to a person: what happened, that nothing was lost
// where that is true, and what to do. It never holds private text.
func Sentence(err error) string {
	var aside *journal.AsideError
	var said Said
	switch {
	case err == nil:
		return ""
	case errors.As(err, &said):
		return string(said)
	case errors.As(err, &aside) && errors.Is(err, journal.ErrDamaged):
		return "The journal's file gave way while it was being written. What you wrote is kept, encrypted, beside it, and will be taken in when the journal next opens. Please close goodenough; goodenough check says what can be read."
	case errors.As(err, &aside):
		return "Another program changed the journal's file while it was open. What you wrote is kept, encrypted, beside it, and will be taken in when you next unlock. Please close goodenough and open it again."
	case errors.Is(err, journal.ErrUnfinished):
		return "The passphrase is changed, but not every backup has the new one yet. goodenough goes on with it when the journal is next opened. Nothing was lost."
	case errors.Is(err, journal.ErrLeft) && errors.Is(err, journal.ErrReplaced):
		return "Another program changed the journal's file while it was open, so this was not done. Nothing was changed. Please close goodenough, open it again and try once more."
	case errors.Is(err, journal.ErrLeft):
		return "Part of the journal is damaged, so this was not done: what can still be brought out of it might go. Nothing was changed. goodenough salvage NEW.db brings it out."
	case errors.Is(err, journal.ErrPassphrase):
		return "That passphrase does not open this journal. Nothing was changed."
	case errors.Is(err, journal.ErrInUse):
		return "The journal is open in another goodenough. Nothing was changed. Please close or lock it there first."
	case errors.Is(err, journal.ErrLock):
		return "The lock beside the journal may not be opened, so goodenough cannot tell whether the journal is in use. Nothing was changed. It may belong to another user: goodenough where says where it is."
	case errors.Is(err, journal.ErrNewer):
		return "This journal was made by a newer goodenough. It was not touched. Please use the newer version."
	case errors.Is(err, journal.ErrNotExist):
		return "There is no journal here yet. To make one, run goodenough without a command; to use another, say where it is with --journal FILE."
	case errors.Is(err, journal.ErrExist):
		return "There is a file at that place already. It was not touched. Please choose another place with --journal FILE."
	case errors.Is(err, journal.ErrLink):
		return "The journal's place is a link to another file. It was not followed. Please give the file itself with --journal FILE."
	case errors.Is(err, journal.ErrReplaced):
		return "Another program changed the journal's file while it was open, and what you wrote could not be kept beside it either. It is still on the screen. Please copy it somewhere safe before you close goodenough."
	case errors.Is(err, journal.ErrFull):
		return "The disk is full, so this could not be saved. What was saved before is safe. Please make some room and try again."
	case errors.Is(err, journal.ErrReadOnly):
		return "The journal's file or folder may not be read or written. What was saved before is safe. Please check who may use it, or choose another place with --journal FILE."
	case errors.Is(err, journal.ErrTooLarge):
		return "That is longer than one entry can be. Nothing was saved. Please share it out over several."
	case errors.Is(err, journal.ErrNotFound):
		return "There is no entry with that id. goodenough list shows the ids."
	case errors.Is(err, journal.ErrAmbiguous):
		return "Several entries have an id that starts like that. Please type a few more letters of it."
	case errors.Is(err, journal.ErrFormat):
		return "There is nothing in it that goodenough can take in. Nothing was changed. It takes its own export in jsonl, the JSON that jrnl and Day One export, and Markdown files with a date in them or in their names; --from says which it is."
	case errors.Is(err, journal.ErrClosed):
		return "The journal is locked, so this was not saved. Please unlock it and try again."
	case errors.Is(err, journal.ErrRemains):
		return "The journal's file is damaged, so nothing is saved to it and nothing was changed. goodenough salvage NEW.db writes what can be read to a new journal."
	case errors.Is(err, journal.ErrDamaged):
		return "The journal's file is damaged, so it was not opened and not changed. Please keep it as it is. goodenough check says what can still be read, and where."
	case errors.Is(err, fs.ErrNotExist):
		return "A folder or file that is needed is not there. Nothing was changed."
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Sprintf("The system would not do that (%v). Nothing was saved just now.", path.Err)
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return fmt.Sprintf("The system would not do that (%v). Nothing was saved just now.", link.Err)
	}
	return fmt.Sprintf("Something did not work (%v). Nothing was saved just now.", err)
}
