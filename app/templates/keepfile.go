package templates

import (
	"context"
	"io"

	"shopbell/app"
	"shopbell/meta/template"
)

// KeepFile judges a file for the header of one sending by its content, as that of a template's own is judged, and puts it into the media folder.
func (s *Service) KeepFile(ctx context.Context, format template.HeaderFormat, name string, r io.Reader) (app.SendFile, error) {
	if _, ok := headerKinds[format]; !ok {
		return app.SendFile{}, invalid("The header of this template takes no file.", "Choose another template.")
	}
	f, err := s.keep(ctx, format, name, r)
	if err != nil {
		return app.SendFile{}, err
	}
	return app.SendFile{Name: f.Name, MIME: f.MIME, Size: f.Size, SHA256: f.SHA256}, nil
}
