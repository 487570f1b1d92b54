package templates

import (
	"context"

	"shopbell/app"
	"shopbell/meta"
)

// CanDeleteAtMeta tells why Meta would not delete a template; nil when it would.
func CanDeleteAtMeta(t app.Template) error {
	if err := Idle(t); err != nil {
		return err
	}
	switch {
	case !t.Linked():
		return invalid("Meta does not have this template.", "Delete it here only.")
	case t.MetaStatus == app.TemplateDisabled:
		return invalid("Meta does not delete disabled templates.", "Delete it here only, or archive it.")
	case t.MetaStatus == app.TemplatePendingDeletion, t.MetaStatus == app.TemplateDeleted:
		return invalid("Meta is deleting this template already.", "Delete it here only.")
	}
	return nil
}

// Delete removes a template here, with its versions; messages made from it stay. With atMeta it is deleted at Meta first: a name that was approved
// can't be used again in that language for 30 days. Deleted here only, it comes back with the next Sync.
func (s *Service) Delete(ctx context.Context, who app.Staff, id app.ID, atMeta bool) error {
	if err := adminsOnly(who); err != nil {
		return err
	}
	t, err := s.c.Store.Template(ctx, id)
	if err != nil {
		return err
	}
	if err := Idle(t); err != nil {
		return err
	}
	if atMeta {
		if err := CanDeleteAtMeta(t); err != nil {
			return err
		}
		a, client, err := s.reach(ctx, t.AccountID)
		if err != nil {
			return err
		}
		name := t.Document.Name
		if t.Remote != nil {
			name = t.Remote.Name
		}
		if err := client.DeleteTemplate(ctx, a.WABAID, t.MetaID, name); err != nil && !meta.IsGone(err) {
			return refusedByMeta(err, "Meta did not delete the template. Nothing was deleted here either.")
		}
	}
	return s.c.Store.DeleteTemplate(context.WithoutCancel(ctx), id)
}
