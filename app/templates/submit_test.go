package templates_test

import (
	"bytes"
	"context"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/app"
	"shopbell/app/templates"
	"shopbell/meta/template"
)

// The whole way: written, refused by the lint, submitted, rejected, mended, approved by webhook, in sync.
func TestFromDraftToApproved(t *testing.T) {
	w := newWorld(t)
	d := w.draft("Order ready!", func(d *template.Document) { d.Components[0].Text = "{{1}}, your order {{2}} is ready for you." })
	if d.Status() != app.TemplateDraft || d.Document.Name != "order_ready" {
		t.Errorf("%s %s", d.Status(), d.Document.Name)
	}
	_, err := w.svc.Submit(bg, boss, d.ID, nil)
	var refused *templates.Refused
	if !errors.As(err, &refused) || len(refused.Findings) == 0 || app.ErrorCode(err) != app.CodeInvalid {
		t.Fatalf("a body that begins with a variable: %v", err)
	}
	if got := w.get(d.ID); got.Submission != nil || got.Status() != app.TemplateDraft {
		t.Errorf("%+v", got.Submission)
	}
	w.edit(d.ID, "Hello {{1}}, your order {{2}} is ready. You can pick it up at our shop until six this evening.")
	if _, err := w.svc.Submit(bg, hand, d.ID, nil); app.ErrorCode(err) != app.CodeForbidden {
		t.Error("staff submitted:", err)
	}
	got := w.submit(d.ID)
	if got.Status() != app.TemplatePending || got.MetaID == "" || got.Edited() || got.SubmittedAt.IsZero() || got.PollAt.IsZero() {
		t.Fatalf("%+v", got.Standing)
	}
	if _, err := w.svc.Submit(bg, boss, d.ID, nil); app.ErrorCode(err) != app.CodeInvalid {
		t.Error("submitted while in review:", err)
	}
	w.control("templates/"+got.MetaID, map[string]any{"status": "REJECTED", "reason": "INVALID_FORMAT"})
	got = w.status(d.ID, app.TemplateRejected)
	if got.Reason != "INVALID_FORMAT" || app.ExplainRejection(got.Reason).Mend == "" {
		t.Errorf("%+v", got.Standing)
	}
	w.edit(d.ID, "Hello {{1}}, your order {{2}} is ready. You can pick it up at our shop until seven this evening.")
	again := w.submit(d.ID)
	if again.MetaID != got.MetaID || again.Status() != app.TemplatePending || again.Reason != "" {
		t.Fatalf("%+v", again.Standing)
	}
	w.control("templates/"+got.MetaID, map[string]any{"status": "APPROVED"})
	w.status(d.ID, app.TemplateApproved)
	if n := w.sync(); n.Conflicts != 0 || n.Gone != 0 {
		t.Errorf("%+v", n)
	}
	if got = w.get(d.ID); got.Edited() || got.Unread || got.Bindings[0].Path != "name" || got.Bindings[0].Kind != app.BindField {
		t.Errorf("%+v", got)
	}
	if n := w.sync(); n.Created != 0 || n.Updated != 0 || n.Unchanged == 0 {
		t.Errorf("a second sync: %+v", n)
	}
	versions, err := w.svc.Versions(bg, boss, d.ID)
	must(t, err)
	var why []app.VersionWhy
	for _, v := range versions {
		why = append(why, v.Why)
	}
	if !slices.Equal(why, []app.VersionWhy{app.VersionSubmitted, app.VersionSubmitted, app.VersionCreated}) || versions[0].StaffID != boss.ID {
		t.Errorf("%v", why)
	}
}

func TestALostWebhookLeavesNothingPending(t *testing.T) {
	w := newWorld(t)
	a := w.submit(w.draft("One").ID)
	w.control("templates/"+a.MetaID, map[string]any{"status": "REJECTED", "reason": "SCAM", "silent": true})
	if n, err := w.svc.Poll(bg); n != 0 || err != nil {
		t.Errorf("asked too soon: %d %v", n, err)
	}
	w.pass(time.Minute)
	_, err := w.svc.Poll(bg)
	must(t, err)
	if got := w.get(a.ID); got.Status() != app.TemplateRejected || got.Reason != "SCAM" || !got.PollAt.IsZero() {
		t.Errorf("%+v", got.Standing)
	}
	// While it stays in review, Meta is asked ever more seldom, and never not at all.
	b := w.submit(w.draft("Two", func(d *template.Document) { d.Components[0].Text += " Bring the mail." }).ID)
	var gaps []time.Duration
	for range 12 {
		before := w.get(b.ID).PollAt
		w.pass(before.Sub(w.now()))
		_, err := w.svc.Poll(bg)
		must(t, err)
		gaps = append(gaps, w.get(b.ID).PollAt.Sub(before).Round(time.Second))
	}
	if !slices.IsSorted(gaps) || gaps[0] > 2*time.Minute || gaps[len(gaps)-1] < 29*time.Minute || gaps[len(gaps)-1] > 31*time.Minute {
		t.Errorf("%v", gaps)
	}
}

func TestALostAnswerMakesNoSecondTemplate(t *testing.T) {
	w := newWorld(t)
	d := w.draft("Lost answer")
	w.control("faults", map[string]any{"edge": "templates", "count": 1, "accept_then_drop": true})
	got, err := w.svc.Submit(bg, boss, d.ID, nil)
	must(t, err)
	if got.MetaID == "" || got.Status() != app.TemplatePending || got.Submission != nil {
		t.Fatalf("%+v", got.Standing)
	}
	if n := w.sync(); n.Conflicts != 0 {
		t.Errorf("%+v", n)
	}
	if rows := w.named("lost_answer"); len(rows) != 1 {
		t.Errorf("%d templates", len(rows))
	}
}

// Meta does not answer, and not to the question either: the submission is in doubt until it can be looked for.
func TestAnAnswerThatStaysLostIsLookedForLater(t *testing.T) {
	w := newWorld(t)
	d := w.draft("In doubt")
	w.control("faults", map[string]any{"edge": "templates", "count": 1, "accept_then_drop": true})
	w.control("faults", map[string]any{"edge": "templates", "count": 20, "error": map[string]any{"code": 1, "http": 500}})
	got, err := w.svc.Submit(bg, boss, d.ID, nil)
	if app.ErrorCode(err) != app.CodeUnavailable {
		t.Fatalf("%v", err)
	}
	if got.Submission == nil || got.Submission.State != app.SubmitUnknown {
		t.Fatalf("%+v", got.Submission)
	}
	if _, err := w.svc.Save(bg, boss, withText(w.get(d.ID), "Other")); err == nil {
		t.Error("changed while in doubt")
	}
	if err := w.svc.Delete(bg, boss, d.ID, false); err == nil {
		t.Error("deleted while in doubt")
	}
	w.restart()
	for range 4 { // the first of them meet the faults that are left
		w.pass(2 * time.Minute)
		_, err = w.svc.Poll(bg)
		must(t, err)
	}
	if got := w.get(d.ID); got.MetaID == "" || got.Submission != nil || got.Status() != app.TemplatePending {
		t.Errorf("%+v", got.Standing)
	}
}

func TestTwoSubmitsAtOnceAreOne(t *testing.T) {
	w := newWorld(t)
	d := w.draft("Twice")
	errs := make(chan error, 8)
	for range cap(errs) {
		go func() {
			_, err := w.svc.Submit(bg, boss, d.ID, nil)
			errs <- err
		}()
	}
	sent := 0
	for range cap(errs) {
		switch err := <-errs; {
		case err == nil:
			sent++
		case app.ErrorCode(err) != app.CodeConflict && app.ErrorCode(err) != app.CodeInvalid:
			t.Error(err)
		}
	}
	if got := w.get(d.ID); sent != 1 || got.Status() != app.TemplatePending {
		t.Errorf("%d submissions, %+v", sent, got.Standing)
	}
	lines, err := w.svc.History(bg, boss, d.ID)
	must(t, err)
	if len(lines) != 2 || lines[0].Kind != app.TemplateEventSubmitted || lines[0].StaffID != boss.ID {
		t.Errorf("%+v", lines)
	}
}

// The network is away: nothing went out, nothing is in doubt, and the next Submit simply goes.
func TestNothingGoesOutWithoutANetwork(t *testing.T) {
	w := newWorld(t)
	d := w.draft("Offline")
	w.away(true)
	got, err := w.svc.Submit(bg, boss, d.ID, nil)
	if app.ErrorCode(err) != app.CodeUnavailable || got.Submission == nil || got.Submission.State != app.SubmitCut {
		t.Fatalf("%v, %+v", err, got.Submission)
	}
	if _, err := w.svc.Sync(bg, boss, w.account.ID, nil); app.ErrorCode(err) != app.CodeUnavailable {
		t.Error(err)
	}
	if d = w.edit(d.ID, "Hello {{1}}, your order {{2}} is ready. You can pick it up at our shop until eight this evening."); d.Status() != app.TemplateDraft {
		t.Errorf("%+v", d)
	}
	w.away(false)
	w.submit(d.ID)
}

// What never arrived is free to be submitted again after some looks.
func TestASubmissionThatNeverArrived(t *testing.T) {
	w := newWorld(t)
	d := w.draft("Never arrived")
	stuck, err := w.store.ChangeTemplate(bg, d.ID, func(t *app.Template) (app.TemplateTrace, error) {
		t.Submission = &app.Submission{State: app.SubmitSending, Owner: "a program that died", Begun: w.now(), Beat: w.now(), Doc: t.Document}
		return app.TemplateTrace{}, nil
	})
	must(t, err)
	if _, err := w.svc.Submit(bg, boss, stuck.ID, nil); app.ErrorCode(err) != app.CodeConflict {
		t.Errorf("two submissions at once: %v", err)
	}
	for range 6 {
		w.pass(5 * time.Minute)
		_, err := w.svc.Poll(bg)
		must(t, err)
	}
	if got := w.get(d.ID); got.Submission == nil || got.Submission.State != app.SubmitCut {
		t.Fatalf("%+v", got.Submission)
	}
	if got := w.submit(d.ID); got.Status() != app.TemplatePending {
		t.Errorf("%+v", got.Standing)
	}
}

// The program dies after Meta took the template and before that was noted.
func TestACrashAfterTheRequest(t *testing.T) {
	w := newWorld(t)
	d := w.submit(w.draft("Crash").ID)
	metaID := d.MetaID
	_, err := w.store.ChangeTemplate(bg, d.ID, func(t *app.Template) (app.TemplateTrace, error) {
		t.Standing = app.Standing{Submission: &app.Submission{State: app.SubmitSending, Owner: "dead", Begun: w.now(), Beat: w.now(), Doc: t.Document}}
		t.Draft = true
		return app.TemplateTrace{}, nil
	})
	must(t, err)
	w.restart()
	w.pass(10 * time.Minute)
	_, err = w.svc.Poll(bg)
	must(t, err)
	if got := w.get(d.ID); got.MetaID != metaID || got.Status() != app.TemplatePending || got.Submission != nil {
		t.Errorf("%+v", got.Standing)
	}
}

func TestEditsAreCounted(t *testing.T) {
	w := newWorld(t)
	a := w.approved("Counted")
	if _, err := w.svc.Save(bg, boss, withText(a, "Hello {{1}}, order {{2}} is here.")); err == nil {
		t.Error("an approved text was changed without a reset")
	}
	if _, err := w.svc.ResetToDraft(bg, boss, a.ID); err != nil {
		t.Fatal(err)
	}
	w.edit(a.ID, "Hello {{1}}, your order {{2}} is ready at last. Please pick it up at our shop until eight this evening.")
	got := w.submit(a.ID)
	if got.MetaID != a.MetaID || got.Status() != app.TemplatePending {
		t.Fatalf("%+v", got.Standing)
	}
	w.control("templates/"+a.MetaID, map[string]any{"status": "APPROVED"})
	w.status(a.ID, app.TemplateApproved)
	_, err := w.svc.ResetToDraft(bg, boss, a.ID)
	must(t, err)
	w.edit(a.ID, "Hello {{1}}, your order {{2}} is ready at last. Please pick it up at our shop until nine this evening.")
	_, err = w.svc.Submit(bg, boss, a.ID, nil)
	var soon *templates.TooSoon
	if !errors.As(err, &soon) || soon.Until.Sub(w.now()) > 24*time.Hour || soon.Until.Sub(w.now()) < 23*time.Hour {
		t.Fatalf("a second edit within a day: %v", err)
	}
	if got := w.get(a.ID); got.Status() != app.TemplateDraft || !got.Edited() {
		t.Errorf("the changes are lost: %+v", got)
	}
	w.pass(24 * time.Hour)
	w.submit(a.ID)
}

func TestACutUploadGoesOnWhereItStopped(t *testing.T) {
	w := newWorld(t)
	d := w.draft("With a picture", func(d *template.Document) {
		d.Components = slices.Insert(d.Components, 0, template.Component{Type: template.Header, Format: template.HeaderImage})
	})
	if _, err := w.svc.SetHeaderFile(bg, boss, d.ID, d.Revision, -1, "trap.mp4", strings.NewReader("\x00\x00\x00\x18ftypmp42....")); app.ErrorCode(err) != app.CodeInvalid {
		t.Error("a video in a picture's place:", err)
	}
	if _, err := w.svc.SetHeaderFile(bg, boss, d.ID, d.Revision, -1, "empty.png", strings.NewReader("")); app.ErrorCode(err) != app.CodeInvalid {
		t.Error("an empty file:", err)
	}
	if _, err := w.svc.SetHeaderFile(bg, boss, d.ID, d.Revision, -1, "bomb.png", bytes.NewReader(bomb(t))); app.ErrorCode(err) != app.CodeInvalid {
		t.Error("a bomb:", err)
	}
	if _, err := w.svc.SetHeaderFile(bg, boss, d.ID, d.Revision, -1, "large.png", bytes.NewReader(append(picture(t), make([]byte, 6<<20)...))); app.ErrorCode(err) != app.CodeInvalid {
		t.Error("6 MB:", err)
	}
	pic := append(picture(t), make([]byte, 300_000)...)
	d, err := w.svc.SetHeaderFile(bg, boss, d.ID, d.Revision, -1, `C:\pictures\shop.png`, bytes.NewReader(pic))
	must(t, err)
	if f, ok := d.File(-1); !ok || f.Name != "shop.png" || f.MIME != "image/png" || f.Size != int64(len(pic)) {
		t.Fatalf("%+v", d.Files)
	}
	w.control("faults", map[string]any{"edge": "uploads", "count": 1, "cut": 100_000})
	ctx, cancel := context.WithCancel(bg)
	var most int64
	_, err = w.svc.Submit(ctx, boss, d.ID, func(p templates.Progress) {
		if p.Step == templates.StepUpload {
			most = max(most, p.Done)
			if p.Done > 90_000 {
				cancel()
			}
		}
	})
	if err == nil || most == 0 {
		t.Fatalf("cut after %d bytes: %v", most, err)
	}
	got := w.get(d.ID)
	if got.Submission == nil || got.Submission.State != app.SubmitCut || got.Submission.Reason == "" || got.MetaID != "" {
		t.Fatalf("%+v", got.Submission)
	}
	f, _ := got.File(-1)
	up, err := w.store.Upload(bg, w.account.ID, f.SHA256)
	must(t, err)
	if up.Session == "" {
		t.Fatalf("%+v", up)
	}
	w.restart()
	first := int64(-1)
	got, err = w.svc.Submit(bg, boss, d.ID, func(p templates.Progress) {
		if p.Step == templates.StepUpload && first < 0 {
			first = p.Done
		}
	})
	must(t, err)
	if got.Status() != app.TemplatePending || first < 90_000 {
		t.Errorf("%s; it went on from %d", got.Status(), first)
	}
	if up, _ := w.store.Upload(bg, w.account.ID, f.SHA256); up.Session != "" {
		t.Errorf("the upload is not forgotten: %+v", up)
	}
	if n := w.sync(); n.Conflicts != 0 {
		t.Errorf("%+v", n)
	}
	if got := w.get(d.ID); got.Edited() || len(got.Files) != 1 {
		t.Errorf("after a sync: edited %v, files %v", got.Edited(), got.Files)
	}
}

func TestTokensWithoutRightsAreExplained(t *testing.T) {
	w := newWorld(t)
	d := w.draft("No rights")
	for code, word := range map[int]string{10: "whatsapp_business_management", 190: "system user", 200: "full control", 100: "Admin"} {
		w.control("faults", map[string]any{"edge": "templates", "count": 1, "error": map[string]any{"code": code, "http": 400, "message": "no"}})
		_, err := w.svc.Submit(bg, boss, d.ID, nil)
		if app.ErrorCode(err) != app.CodeMeta || !strings.Contains(err.Error(), word) {
			t.Errorf("%d: %v", code, err)
		}
		if got := w.get(d.ID); got.Submission != nil || got.MetaID != "" {
			t.Errorf("%d: %+v", code, got.Standing)
		}
	}
	w.submit(d.ID)
}

func withText(t app.Template, text string) app.Template {
	t.Document = t.Document.Clone()
	t.Document.Component(template.Body).Text = text
	return t
}

func (w *world) named(technical string) []app.TemplateRow {
	w.Helper()
	rows, err := w.svc.List(bg, boss, app.TemplateFilter{Technical: technical, Everything: true})
	must(w, err)
	return rows
}

func picture(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}

// bomb is a small PNG that says it is 60,000 dots wide and high.
func bomb(t testing.TB) []byte {
	t.Helper()
	b := picture(t)
	copy(b[16:], []byte{0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60})
	c := crc(b[12:29])
	copy(b[29:], []byte{byte(c >> 24), byte(c >> 16), byte(c >> 8), byte(c)})
	return b
}

func crc(b []byte) uint32 { return crc32.ChecksumIEEE(b) }
