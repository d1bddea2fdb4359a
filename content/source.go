package content

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// source is one tree of content files on its way into a library. It collects
// mistakes instead of stopping at the first, because one broken file must not
// cost a person the others.
type source struct {
	files    fs.FS
	own      bool
	problems []Problem
}

func (s *source) readWords(l *Library, list string) {
	s.readFile(list+".toml", func(data []byte) error {
		groups, err := parseWords(data)
		if err != nil {
			return err
		}
		l.words[list] = groups
		return nil
	})
}

// readOnce reads what only the program itself has.
func (s *source) readOnce(l *Library) {
	s.readFile("sources.toml", func(data []byte) (err error) {
		l.sources, err = parseSources(data)
		return err
	})
	s.readFile("glossary.toml", func(data []byte) (err error) {
		l.terms, err = parseTerms(data, l)
		return err
	})
	s.readFile("anchors.toml", func(data []byte) (err error) {
		l.anchors, err = parseAnchors(data)
		return err
	})
	s.readFile("offers.toml", func(data []byte) (err error) {
		l.offers, err = parseOffers(data)
		return err
	})
	s.readFile("practices.toml", func(data []byte) (err error) {
		l.shelves, err = parseShelves(data)
		return err
	})
}

func (s *source) readSupport(l *Library) {
	s.readFile("support.toml", func(data []byte) error {
		f, err := parseSupport(data, l)
		if err != nil {
			return err
		}
		for _, n := range f.Nations {
			l.nations = put(l.nations, n, func(old Nation) bool { return old.ID == n.ID })
		}
		for _, line := range f.Lines {
			line.Own = s.own
			l.support = put(l.support, line, func(old Support) bool { return old.ID == line.ID })
		}
		return nil
	})
}

func (s *source) readPractices(l *Library) {
	taken := make(map[string]string)
	s.readFolder("practices", ".toml", func(file string, data []byte) error {
		p, err := parsePractice(data, l, taken)
		if err != nil {
			return err
		}
		p.Own = s.own
		taken[p.ID] = file
		l.practices = put(l.practices, p, func(old Practice) bool { return old.ID == p.ID })
		return nil
	})
}

func (s *source) readCards(l *Library) {
	s.readFolder("cards", ".md", func(file string, data []byte) error {
		id := strings.TrimSuffix(path.Base(file), ".md")
		c, err := parseCard(id, data, l)
		if err != nil {
			return err
		}
		c.Own = s.own
		l.cards = put(l.cards, c, func(old Card) bool { return old.ID == c.ID })
		return nil
	})
}

func (s *source) readGuides(l *Library) {
	taken := make(map[string]string) // id to file, within this source
	s.readFolder("guides", ".toml", func(file string, data []byte) error {
		g, err := parseGuide(data, l, taken)
		if err != nil {
			return err
		}
		g.Own = s.own
		taken[g.ID] = file
		l.guides = put(l.guides, g, func(old Guide) bool { return old.ID == g.ID })
		return nil
	})
}

// put replaces the item that is the same as the new one, or adds it.
func put[T any](items []T, item T, same func(T) bool) []T {
	if i := slices.IndexFunc(items, same); i >= 0 {
		items[i] = item
		return items
	}
	return append(items, item)
}

func (s *source) readFolder(dir, ext string, parse func(file string, data []byte) error) {
	entries, err := fs.ReadDir(s.files, dir)
	if err != nil {
		s.note(dir, err)
		return
	}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ext {
			continue
		}
		file := path.Join(dir, e.Name())
		s.readFile(file, func(data []byte) error { return parse(file, data) })
	}
}

func (s *source) readFile(file string, parse func(data []byte) error) {
	data, err := fs.ReadFile(s.files, file)
	if err == nil {
		// Some editors on Windows put an invisible mark in front.
		err = parse(bytes.TrimPrefix(data, []byte("\ufeff")))
	}
	s.note(file, err)
}

// note keeps a problem. A file or folder that is not there is none: nobody
// has to have content of their own.
func (s *source) note(file string, err error) {
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return
	}
	var p Problem
	if !errors.As(err, &p) {
		p.Message = "cannot be read: " + err.Error()
	}
	p.File = file
	s.problems = append(s.problems, p)
}
