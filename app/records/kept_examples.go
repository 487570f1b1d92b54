package records

import (
	"context"
	"strconv"

	"shopbell/app"
)

// examplesSetting is where the import is named that brought the records of the practice account.
const examplesSetting = "records.examples"

// WriteExamples writes records for the customers of the practice account, once. They are kept like any others, can be changed and taken back as
// one import, and read as examples: nothing is sent from them by an account that is not for practice. It tells whether they were written now.
func (k *Kept) WriteExamples(ctx context.Context, label string, drafts func() []Draft) (bool, error) {
	was, err := k.examples(ctx)
	if err != nil || was != 0 {
		return false, err
	}
	batch := app.RecordBatch{ID: k.NewID(), Kind: BatchImport, Type: TypeContact, Label: label}
	if err := k.Write(ctx, batch, drafts()); err != nil {
		return false, err
	}
	return true, k.Store.SetSetting(ctx, examplesSetting, strconv.FormatInt(batch.ID, 10))
}

// examples is the import that brought the examples, 0 when there is none.
func (k *Kept) examples(ctx context.Context) (app.ID, error) {
	raw, err := k.Store.Setting(ctx, examplesSetting)
	if err != nil || raw == "" {
		return 0, err
	}
	id, err := strconv.ParseInt(raw, 10, 64)
	if err != nil {
		return 0, nil //nolint:nilerr // what can't be read is as if it had never been set
	}
	return id, nil
}

// markExamples says of records which are examples. The rows are theirs, in the same order.
func (k *Kept) markExamples(ctx context.Context, rows []app.RecordRow, list []Record) error {
	batch, err := k.examples(ctx)
	if err != nil || batch == 0 {
		return err
	}
	for i := range list {
		list[i].Example = rows[i].Batch == batch
	}
	return nil
}
