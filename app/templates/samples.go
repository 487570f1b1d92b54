package templates

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"shopbell/app"
	"shopbell/meta"
	"shopbell/meta/template"
)

const (
	mostSamples = 200      // fetched in one sync; the others come with the next, or when their template is synced alone
	maxSample   = 16 << 20 // bytes; a larger document is left to the person who edits the template
)

// missingFiles gives the media headers that have no file here, by card.
func missingFiles(t app.Template) map[int]template.HeaderFormat {
	out := headerFormats(t.Document)
	for _, f := range t.Files {
		delete(out, f.Card)
	}
	return out
}

// withSamples gives the templates whose answer says where the samples of their headers are.
func withSamples(items []meta.Template) []meta.Template {
	return slices.DeleteFunc(slices.Clone(items), func(t meta.Template) bool { return !bytes.Contains(t.Raw, []byte(`"header_handle"`)) })
}

// sampleAddresses is where Meta serves the samples of a template's headers for a while, by card.
func sampleAddresses(item meta.Template) map[int]string {
	r, err := template.DecodeRemote(item.Raw)
	if err != nil {
		return nil
	}
	out := map[int]string{}
	d := r.Document.Clone()
	eachComponent(&d, func(card int, c *template.Component) {
		if c.Type == template.Header && len(c.Handles) > 0 && strings.Contains(c.Handles[0], "://") {
			out[card] = c.Handles[0]
		}
	})
	return out
}

// fetchSamples fetches what a sync brought no file for. That a sample can't be had is no failure of the sync.
func (s *Service) fetchSamples(ctx context.Context, account app.ID, client Remote, items []meta.Template, progress func(Progress)) {
	var ids []string
	byID := map[string]meta.Template{}
	for _, item := range items {
		ids = append(ids, string(item.ID))
		byID[string(item.ID)] = item
	}
	var lacking []app.Template
	for chunk := range slices.Chunk(ids, 200) {
		err := s.c.Store.MergeTemplates(ctx, account, chunk, nil, func(found []app.Template) ([]app.TemplateWrite, error) {
			for _, t := range found {
				if len(missingFiles(t)) > 0 && !slices.ContainsFunc(lacking, func(o app.Template) bool { return o.ID == t.ID }) {
					lacking = append(lacking, t)
				}
			}
			return nil, nil
		})
		if err != nil {
			s.c.Log.Warn("the samples of headers could not be looked through", "err", err)
			return
		}
	}
	lacking = lacking[:min(len(lacking), mostSamples)]
	for i, t := range lacking {
		if ctx.Err() != nil {
			return
		}
		tell(progress, Progress{Step: StepFetch, Done: int64(i), Total: int64(len(lacking))})
		s.fetchSample(ctx, client, t, byID[t.MetaID])
	}
}

// fetchSample fetches the header samples that a template lacks, and gives it with what could be had.
func (s *Service) fetchSample(ctx context.Context, client Remote, t app.Template, item meta.Template) app.Template {
	missing := missingFiles(t)
	if len(missing) == 0 || Idle(t) != nil {
		return t
	}
	var got []app.HeaderFile
	for card, address := range sampleAddresses(item) {
		format, ok := missing[card]
		if !ok {
			continue
		}
		var b bytes.Buffer
		_, err := client.DownloadMedia(ctx, meta.MediaInfo{URL: meta.String(address)}, &b, min(maxSample, headerKinds[format].limit))
		if err == nil {
			var f app.HeaderFile
			if f, err = s.keep(ctx, format, "sample", &b); err == nil {
				f.Card, f.Name = card, "sample."+extensions[f.MIME]
				got = append(got, f)
				continue
			}
		}
		s.c.Log.Info("the sample of a template's header could not be fetched", "template", t.ID, "err", err)
	}
	if len(got) == 0 {
		return t
	}
	after, err := s.c.Store.ChangeTemplate(ctx, t.ID, func(cur *app.Template) (app.TemplateTrace, error) {
		missing := missingFiles(*cur)
		for _, f := range got {
			if format, ok := missing[f.Card]; ok && fits(format, f.MIME) && Idle(*cur) == nil {
				cur.Files = append(cur.Files, f)
			}
		}
		return app.TemplateTrace{}, nil
	})
	if err != nil {
		s.c.Log.Warn("the sample of a template's header could not be kept", "template", t.ID, "err", err)
		return t
	}
	return after
}

var extensions = map[string]string{"image/jpeg": "jpg", "image/png": "png", "video/mp4": "mp4", "application/pdf": "pdf"}
