package naming

import "shopbell/app/records"

// Types names the records of a type together: “Quotations”.
func Types(t records.Type) string {
	_, ours := builtin.Type(t.Name)
	if t.Plural == "" {
		return Type(t)
	}
	return word("record.types."+t.Name, t.Plural, !ours)
}
