package sending

import (
	"context"
	"strconv"
	"strings"
	"time"

	"shopbell/app"
	"shopbell/app/records"
	"shopbell/meta/template"
)

// Chunk is how many records are read at a time.
const Chunk = 500

// Row is what becomes of one record.
type Row struct {
	Record  app.RecordRef
	Phone   string // as the record has it
	To      string // digits with country code; "" when there is none that can be used
	Contact app.ID // 0 when the number is not known here
	Values  map[template.Slot]string
	Problem *Problem // nil: it can go
	Cost    Cost     // of one that can go

	template int // which of the checker's
}

// OK tells whether the row can go.
func (r Row) OK() bool { return r.Problem == nil }

// Value gives what fills a slot.
func (r Row) Value(s template.Slot) string { return r.Values[s] }

// Report is what will happen to all rows of a job.
type Report struct {
	Total    int
	OK       int
	ByReason map[Reason]int
	Rows     []Row // in the order asked for
	Estimate Estimate
}

// Check says of each record whether it can go. It sends and changes nothing.
func (s *Service) Check(ctx context.Context, job Job, ids []string) (Report, error) {
	return s.CheckEach(ctx, job, ids, nil)
}

// CheckEach is Check that tells now and then how many are done. step may be nil.
func (s *Service) CheckEach(ctx context.Context, job Job, ids []string, step func(done int)) (Report, error) {
	c, err := s.Checker(ctx, job)
	if err != nil {
		return Report{}, err
	}
	out := Report{ByReason: map[Reason]int{}, Rows: make([]Row, 0, len(ids)), Estimate: c.estimate()}
	for len(ids) > 0 {
		part := ids[:min(Chunk, len(ids))]
		ids = ids[len(part):]
		rows, err := c.Rows(ctx, part)
		if err != nil {
			return Report{}, err
		}
		for _, r := range rows {
			out.Total++
			if !r.OK() {
				out.ByReason[r.Problem.Reason]++
				continue
			}
			out.OK++
			out.Estimate.add(r.Cost)
		}
		out.Rows = append(out.Rows, rows...)
		if step != nil {
			step(out.Total)
		}
	}
	return out, nil
}

// Preview is one record as its customer would get it, with what stands in its way.
func (s *Service) Preview(ctx context.Context, job Job, id string) (Row, template.Preview, error) {
	c, err := s.Checker(ctx, job)
	if err != nil {
		return Row{}, template.Preview{}, err
	}
	rows, err := c.Rows(ctx, []string{id})
	if err != nil {
		return Row{}, template.Preview{}, err
	}
	return rows[0], template.Render(c.of(rows[0]).doc, rows[0].Value), nil
}

// Checker checks the rows of one job, some at a time. A number that can go is remembered: the next row with it is there twice.
type Checker struct {
	s     *Service
	r     ready   // the template itself
	all   []ready // with its other languages; the first is r
	rates Rates
	seen  map[string]bool // by app.PhoneKey, or the contact's id after a hash sign

	examples map[string]bool // among the rows of the last call
	fileless map[string]bool // of them those without the file that the header is to carry
	practice bool            // the account may send from them
}

// Checker begins to check a job.
func (s *Service) Checker(ctx context.Context, job Job) (*Checker, error) {
	r, err := s.prepare(ctx, job, job.Template)
	if err != nil {
		return nil, err
	}
	c := &Checker{s: s, r: r, all: []ready{r}, seen: map[string]bool{}}
	if r.stop == nil {
		if err := c.others(ctx); err != nil {
			return nil, err
		}
	}
	if s.c.Rates != nil {
		c.rates = s.c.Rates()
	}
	return c, nil
}

// Template gives the template of the job.
func (c *Checker) Template() app.Template { return c.r.t }

// Stopped gives what stands in the way of every row, or nil.
func (c *Checker) Stopped() *Problem { return c.r.stop }

// Rows checks some records. Each place that something is read from is read once, whatever their number.
func (c *Checker) Rows(ctx context.Context, ids []string) ([]Row, error) {
	speaks, err := c.languages(ctx, ids)
	if err != nil {
		return nil, err
	}
	filled, err := c.fill(ctx, ids, speaks)
	if err != nil {
		return nil, err
	}
	titles, err := c.titles(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(filled))
	for i, f := range filled {
		rows[i] = Row{
			Record: app.RecordRef{Type: c.r.RecordType, ID: f.ID, Title: titles[f.ID]}, Phone: f.Phone, Values: c.values(f), template: speaks[i],
		}
		rows[i].Problem = c.ofRecord(f, &c.all[speaks[i]])
	}
	if err := c.reach(ctx, rows); err != nil {
		return nil, err
	}
	return rows, nil
}

// values gives what was resolved; what was written for this sending stands as it was written, so that a line break in it is said and not lost.
func (c *Checker) values(f records.Filled) map[template.Slot]string {
	for slot, text := range c.r.Values {
		if _, used := f.Values[slot]; used && slot.Part != template.PartButton && slot.Part != template.PartCardButton {
			f.Values[slot] = text
		}
	}
	return f.Values
}

// titles names the records, for reports and for the note beside the message.
func (c *Checker) titles(ctx context.Context, ids []string) (map[string]string, error) {
	out := map[string]string{}
	if c.r.RecordType == "" {
		return out, nil
	}
	catalog, err := c.s.c.Records.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	t, ok := catalog.Type(c.r.RecordType)
	if !ok {
		return out, nil
	}
	found, err := c.s.c.Records.Read(ctx, []records.Want{{Type: t.Name, IDs: ids, Fields: append([]string{t.Title}, t.DocumentFields()...)}})
	if err != nil {
		return nil, err
	}
	c.examples, c.fileless = map[string]bool{}, map[string]bool{}
	for ref, r := range found {
		out[ref.ID] = r.Title
		if r.Example {
			c.examples[ref.ID] = true
		}
		if c.r.lacksFile(t, r.Fields) {
			c.fileless[ref.ID] = true
		}
	}
	return out, c.mayPractise(ctx)
}

// mayPractise finds out, once there are examples, whether the account is one for practice: its customers are the ones that examples are of.
func (c *Checker) mayPractise(ctx context.Context) (err error) {
	if len(c.examples) > 0 && c.s.c.Practises != nil {
		c.practice, err = c.s.c.Practises(ctx, c.r.t.AccountID)
	}
	return err
}

// ofRecord finds what is wrong with the record itself.
func (c *Checker) ofRecord(f records.Filled, r *ready) *Problem {
	bare := c.r.RecordType == ""
	switch {
	case c.r.stop != nil:
		return c.r.stop
	case strings.HasPrefix(f.ID, records.ExamplePrefix):
		return &Problem{Example, "This record is an example; nobody is behind it.", "Choose one of your own records."}
	case c.examples[f.ID] && !c.practice:
		return &Problem{Example, "This record is an example of the practice account; nobody is behind it.", "Choose one of your own records, or send it from the practice account."}
	case !bare && !f.Found:
		return &Problem{NoRecord, "This record does not exist any more.", "Leave it out."}
	}
	if c.fileless[f.ID] {
		return &Problem{Empty, "This record has no file for the header.", "Add the file to the record, or send the same file to all."}
	}
	if len(f.Missing) > 0 {
		return emptyProblem(f.Missing[0])
	}
	if _, err := r.components(f.Values); err != nil {
		return valueProblem(err)
	}
	return nil
}

// reach finds out who is behind the rows and whether they may be written to.
func (c *Checker) reach(ctx context.Context, rows []Row) error {
	var keys []string
	var people []app.ID
	for i := range rows {
		r := &rows[i]
		if id, err := strconv.ParseInt(r.Record.ID, 10, 64); err == nil && id > 0 && r.Record.Type == records.TypeContact {
			r.Contact = id
			people = append(people, id)
		}
		if strings.TrimSpace(r.Phone) == "" {
			continue
		}
		if to, err := app.ParsePhone(r.Phone, c.r.Country); err == nil {
			r.To = to
			keys = append(keys, app.PhoneKey(to))
		}
	}
	byKey, err := c.s.c.Store.ReachPhones(ctx, c.r.t.AccountID, keys)
	if err != nil {
		return err
	}
	byID, err := c.s.c.Store.ReachContacts(ctx, c.r.t.AccountID, people)
	if err != nil {
		return err
	}
	known := make([]app.Reach, len(rows))
	people = people[:0]
	for i := range rows {
		r := &rows[i]
		who, ok := byKey[app.PhoneKey(r.To)]
		if r.To == "" {
			who, ok = byID[r.Contact]
		}
		if ok {
			r.Contact = who.ContactID
			people = append(people, who.ContactID)
		}
		known[i] = who
	}
	lately, err := c.lately(ctx, people)
	if err != nil {
		return err
	}
	for i := range rows {
		r := &rows[i]
		if r.Problem == nil {
			r.Problem = c.ofPerson(r, known[i], lately[r.Contact])
		}
		if r.Problem == nil {
			r.Cost = c.rates.Cost(c.of(*r).category(), r.To, known[i], c.s.c.Now())
		}
	}
	return nil
}

// lately tells when people got the template, as far as that is a reason to skip them.
func (c *Checker) lately(ctx context.Context, people []app.ID) (map[app.ID]time.Time, error) {
	if c.r.SkipDays <= 0 || len(people) == 0 {
		return nil, nil
	}
	templates := append([]app.ID{c.r.t.ID}, c.r.Others...)
	return c.s.c.Store.TemplateSent(ctx, c.r.t.AccountID, templates, people, c.s.c.Now().AddDate(0, 0, -c.r.SkipDays), c.r.SkipBefore)
}

// ofPerson finds what is wrong with sending to a person.
func (c *Checker) ofPerson(r *Row, who app.Reach, got time.Time) *Problem {
	category := c.of(*r).category()
	key := app.PhoneKey(r.To)
	switch {
	case r.To == "" && strings.TrimSpace(r.Phone) != "":
		return &Problem{BadNumber, "“" + r.Phone + "” is not a phone number that WhatsApp can reach.", "Correct it on the record, with the country code."}
	case r.To == "" && who.UserID == "":
		return &Problem{NoNumber, "The record has no phone number.", "Add one, with the country code."}
	case r.To == "" && category == template.Authentication:
		return &Problem{NeedsPhone, "Codes go to phone numbers only, and this customer hides theirs (131062).", "Ask the customer for the number."}
	case r.To == "":
		key = "#" + strconv.FormatInt(who.ContactID, 10)
	}
	switch {
	case who.HoldsBack(string(category)):
		return &Problem{OptedOut, "The customer opted out.", "Respect it; the customer can opt in again by writing START."}
	case category == template.Marketing && c.s.c.Now().Before(who.CappedUntil):
		return &Problem{Capped, "WhatsApp held marketing back from this customer less than a day ago (131049).", "Wait at least 24 hours, longer each time."}
	case !got.IsZero():
		return &Problem{Recent, "The customer got this template on " + got.In(c.s.zone()).Format(time.DateOnly) + ".", "Wait, or don’t skip whoever got it lately."}
	case c.seen[key]:
		return &Problem{Twice, "Another row goes to the same number.", "Nothing to do: the customer gets one message."}
	}
	c.seen[key] = true
	return nil
}

// Customer names whom the row goes to, the same for every spelling of a number; "" when it can't go.
func (r Row) Customer() string {
	switch {
	case r.To != "":
		return app.PhoneKey(r.To)
	case r.Contact != 0:
		return "#" + strconv.FormatInt(r.Contact, 10)
	}
	return ""
}
