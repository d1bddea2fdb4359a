package pattern

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// The page of an SVG, in its own units: as wide as A4 is for its height.
const (
	svgWidth  = 840
	svgMargin = 40
	svgColumn = svgWidth - 2*svgMargin
	svgLine   = 18 // from one line of text to the next
)

// Greys only, so that it prints as it looks. Nothing is said by a shade alone:
// every bar has its number.
const (
	svgInk   = "#222222"
	svgQuiet = "#555555"
	svgBar   = "#777777"
	svgRule  = "#cccccc"
)

// WriteSVG draws the patterns on one page that needs nothing else: numbers and
// the program's own words, no script, no link. What is drawn is said in its
// descriptions too.
func (r Report) WriteSVG(w io.Writer) error {
	r = r.WithoutOwn()
	c := &canvas{y: svgMargin}
	title := "Patterns, " + r.Period.String()
	c.text(svgMargin, 22, "start", svgInk, title)
	c.y += 24
	c.paragraph(svgQuiet, r.Summary()+". "+Legend)
	for _, s := range r.Sections() {
		c.section(r, s)
	}
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %.0f" width="%d" height="%.0f" role="img" aria-labelledby="title desc" font-family="sans-serif">
<title id="title">%s</title>
<desc id="desc">%s</desc>
<rect width="100%%" height="100%%" fill="#ffffff"/>
%s</svg>
`, svgWidth, c.y+svgMargin, svgWidth, c.y+svgMargin, escape(title), escape(r.Summary()+". "+Legend), c.out.String())
	return err
}

// A canvas is drawn from the top; y is how far down it is.
type canvas struct {
	out strings.Builder
	y   float64
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(s string) string { return escaper.Replace(s) }

// text writes a line whose foot is at y.
func (c *canvas) text(x float64, size int, anchor, fill, s string) {
	fmt.Fprintf(&c.out, `<text x="%.1f" y="%.1f" font-size="%d" text-anchor="%s" fill="%s">%s</text>`+"\n", x, c.y, size, anchor, fill, escape(s))
}

func (c *canvas) rect(x, y, width, height float64, fill string) {
	fmt.Fprintf(&c.out, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>`+"\n", x, y, width, height, fill)
}

// paragraph writes text over the whole column.
func (c *canvas) paragraph(fill, s string) {
	for _, line := range wrapWords(s, 118) {
		c.text(svgMargin, 12, "start", fill, line)
		c.y += svgLine
	}
}

// wrapWords breaks text into lines of about so many letters.
func wrapWords(s string, letters int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && len(line)+1+len(word) > letters {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimLeft(line+" "+word, " ")
	}
	return append(lines, line)
}

// section draws one pattern, in a group with its words.
func (c *canvas) section(r Report, s Section) {
	fmt.Fprintf(&c.out, "<g role=\"img\" aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">%s</title>\n<desc id=\"%s-desc\">%s</desc>\n",
		s.ID, s.ID, s.ID, escape(s.Title), s.ID, escape(strings.Join(s.Text(), " ")))
	c.y += svgLine
	c.rect(svgMargin, c.y-svgLine, svgColumn, 1, svgRule)
	c.y += 6
	c.text(svgMargin, 16, "start", svgInk, s.Title)
	c.text(svgWidth-svgMargin, 12, "end", svgQuiet, s.Count())
	c.y += svgLine + 2
	c.paragraph(svgQuiet, s.About)
	c.y += 6
	if few := s.TooFew(); few != "" {
		c.paragraph(svgInk, few)
	} else {
		c.drawn(r, s.ID)
		for _, line := range s.After {
			c.paragraph(svgQuiet, line)
		}
	}
	c.out.WriteString("</g>\n")
}

func (c *canvas) drawn(r Report, id string) {
	switch id {
	case "systems":
		c.systems(r)
	case "feelings":
		c.feelings(r.Feelings)
	case "squares":
		c.squares(r)
	case "times":
		c.times(r)
	case "triangle":
		for i, side := range Sides {
			c.bar(side, r.Triangle.Sides[i], r.Triangle.N, ofMarks(r.Triangle.Sides[i], r.Triangle.N))
		}
		c.bar("no side chosen", r.Triangle.None, r.Triangle.N, ofMarks(r.Triangle.None, r.Triangle.N))
	case "calendar":
		c.calendar(r)
	}
}

// labelWidth is the width of the words left of bars.
const labelWidth = 250

// bar is a line with a word, a bar, and its number in words.
func (c *canvas) bar(label string, n, of int, said string) {
	const most = 380
	c.text(svgMargin, 12, "start", svgInk, label)
	width := most * float64(n) / float64(of)
	c.rect(svgMargin+labelWidth, c.y-10, width, 11, svgBar)
	c.text(svgMargin+labelWidth+width+6, 12, "start", svgInk, said)
	c.y += svgLine
}

// columns are bars beside one another, each with what it is at its head and its
// n below. A nought is a thin line, and what is empty is nothing at all.
func (c *canvas) columns(x, width, height, top float64, values []float64, said func(i int) string, ns func(i int) int) {
	slot := width / float64(len(values))
	c.y += height + 10
	c.rect(x, c.y, width, 1, svgRule)
	foot := c.y
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		high := max(height*v/top, 1)
		left := x + float64(i)*slot
		c.rect(left+slot*0.2, foot-high, slot*0.6, high, svgBar)
		c.y = foot - high - 2
		c.text(left+slot/2, svgSmall, "middle", svgInk, said(i))
		if ns != nil {
			c.y = foot + svgSmall + 2
			c.text(left+slot/2, svgSmall, "middle", svgQuiet, fmt.Sprint(ns(i)))
		}
	}
	c.y = foot
}

// svgSmall is the size of the numbers at the bars.
const svgSmall = 8

// axis names the first, the middle and the last span.
func (c *canvas) axis(x, width float64, spans []Span) {
	const layout = "2 Jan 2006"
	last := len(spans) - 1
	c.text(x, 10, "start", svgQuiet, spans[0].From.Format(layout))
	if last > 1 {
		c.text(x+(float64(last/2)+0.5)*width/float64(len(spans)), 10, "middle", svgQuiet, spans[last/2].From.Format(layout))
	}
	if last > 0 {
		c.text(x+width, 10, "end", svgQuiet, spans[last].From.Format(layout))
	}
	c.y += svgLine
}

// plotLeft is where a plot begins, right of its words.
const plotLeft = svgMargin + labelWidth - 60

const plotWidth = svgWidth - svgMargin - plotLeft

func (c *canvas) systems(r Report) {
	for _, s := range r.Systems.Three {
		top := c.y
		c.y += 30
		c.text(svgMargin, 13, "start", svgInk, s.Name)
		c.y += 16
		c.text(svgMargin, 10, "start", svgQuiet, s.All.String())
		values := make([]float64, len(s.By))
		for i, v := range s.By {
			if values[i] = v.Median; v.N == 0 {
				values[i] = math.NaN()
			}
		}
		c.y = top
		c.columns(plotLeft, plotWidth, 50, 10, values,
			func(i int) string { return Number(s.By[i].Median) },
			func(i int) int { return s.By[i].N })
		c.y += 18
	}
	c.y += 6
	c.axis(plotLeft, plotWidth, r.Spans)
	c.paragraph(svgQuiet, "Over a bar its median, below it its n. "+r.heading()+" from the left.")
}

func (c *canvas) feelings(f Feelings) {
	for _, g := range f.Groups {
		c.bar(g.Label, g.N, f.N, fmt.Sprintf("%d of %d", g.N, f.N))
		var words []string
		for _, w := range g.Words {
			words = append(words, fmt.Sprintf("%s %d", w.Word, w.N))
		}
		if words != nil {
			c.paragraph(svgQuiet, strings.Join(words, ", "))
		}
	}
}

func (c *canvas) squares(r Report) {
	q := r.Squares
	series := func(p Part, height float64, ns func(int) int) {
		values := make([]float64, len(q.By))
		for i, given := range q.By {
			if values[i] = math.NaN(); given.N > 0 {
				values[i] = float64(p.By[i].Percent)
			}
		}
		top := c.y
		c.y += height
		for _, line := range wrapWords(p.Label, 30) {
			c.text(svgMargin, 12, "start", svgInk, line)
			c.y += 14
		}
		c.text(svgMargin, 10, "start", svgQuiet, p.All.String()+" in all")
		below := c.y
		c.y = top
		c.columns(plotLeft, plotWidth, height, 100, values, func(i int) string { return fmt.Sprint(values[i]) }, ns)
		c.y = max(c.y+18, below+8)
	}
	series(q.Contact(), 40, func(i int) int { return q.By[i].N })
	c.y += 8
	c.paragraph(svgQuiet, strings.Join(Campaign, " "))
	for _, p := range q.Parts {
		if p.All.Squares > 0 {
			series(p, 24, nil)
		}
	}
	c.axis(plotLeft, plotWidth, r.Spans)
	c.paragraph(svgQuiet, fmt.Sprintf("Over a bar its share in percent, below contact its n; n %d and %d squares in all.", q.All.N, q.All.Squares))
}

func (c *canvas) times(r Report) {
	const left, slot = svgMargin + 200, 100
	for i, p := range DayParts {
		c.text(left+slot*float64(i), 12, "middle", svgQuiet, fmt.Sprintf("%s %d–%d", p.Name, p.From, p.Until))
	}
	c.text(left+slot*float64(len(DayParts)), 12, "middle", svgQuiet, "in all")
	c.y += svgLine
	for d, day := range Weekdays {
		c.text(svgMargin, 12, "start", svgInk, day)
		for i := range DayParts {
			c.text(left+slot*float64(i), 12, "middle", svgInk, OrDot(r.Times[d][i]))
		}
		c.text(left+slot*float64(len(DayParts)), 12, "middle", svgInk, OrDot(r.Times.Total(d)))
		c.y += svgLine
	}
}

// OrDot is a number as a table has it: a dot for none.
func OrDot(n int) string {
	if n == 0 {
		return "·"
	}
	return fmt.Sprint(n)
}

// calendar has a column for each week. Where a span is more than a week there
// would be too many.
func (c *canvas) calendar(r Report) {
	if r.Weeks > 1 {
		c.paragraph(svgInk, fmt.Sprintf("Drawn for up to %d weeks.", mostSpans))
		return
	}
	slot := min(float64(plotWidth)/float64(len(r.Spans)), 30)
	c.axis(plotLeft, slot*float64(len(r.Spans)), r.Spans)
	for d, day := range Weekdays {
		c.text(svgMargin, 12, "start", svgInk, day)
		for i, span := range r.Spans {
			c.text(plotLeft+(float64(i)+0.5)*slot, 10, "middle", svgInk, OrDot(r.Calendar[span.From+Day(d)]))
		}
		c.y += svgLine
	}
}
