package meta

import (
	"errors"
	"fmt"
	"net/http"
)

// Codes that the program names (Meta: Cloud API error codes).
const (
	CodeTokenInvalid = 190
	CodeInvalid      = 100
	CodeCallback     = 2200
	CodeWABAQuota    = 80007
	CodeThroughput   = 130429
	CodeUndelivered  = 131026
	CodeWindowClosed = 131047
	CodeOptedOut     = 131050
	CodePairRate     = 131056
	CodeUpgrading    = 131057
	CodeCursor       = 131059
)

// CodeInfo is what a code means to the person at the desk.
type CodeInfo struct {
	Code          int
	Title         string // a few words
	Plain         string // what happened, one sentence
	Mend          string // what to do
	Class         Class
	StopsCampaign bool // the account or the template is at fault: every further send of the kind would fail too
	RowPermanent  bool // only this recipient or this message is done; others may go on
}

// Explain finds the meaning of a code, with its subcode where that says more. It serves answers and failed status webhooks
// alike, and has something sensible to say about a code that it has never seen.
func Explain(code, subcode int) CodeInfo {
	if info, ok := lookup(code, subcode); ok {
		return info
	}
	return CodeInfo{
		Code: code, Title: fmt.Sprintf("Error %d", code),
		Plain: "Meta refused this with a code that this version does not know.",
		Mend:  "Read Meta's own words in the details; if it keeps happening, search Meta's list of error codes for the number.",
		Class: ClassPermanent,
	}
}

// ExplainError is Explain for the error of a call, also for calls that got no answer. The class is Classify's.
func ExplainError(err error) CodeInfo {
	info := explainError(err)
	info.Class = Classify(err)
	return info
}

func explainError(err error) CodeInfo {
	var e *Error
	var te *TransportError
	var in *InputError
	switch {
	case errors.As(err, &e) && (e.Code != 0 || e.Type != ""):
		return Explain(e.Code, e.Subcode)
	case errors.As(err, &e):
		info := CodeInfo{Title: fmt.Sprintf("HTTP %d", e.HTTPStatus), Plain: "Something answered that is not Meta's Graph API, or not as usual.", Mend: "Check the API address in Settings, and any proxy or sign-in page of the network."}
		if e.HTTPStatus >= http.StatusInternalServerError {
			info.Plain, info.Mend = "Meta's servers have trouble at the moment.", "Wait a few minutes, then look at whether the message arrived before sending it again."
		}
		return info
	case errors.As(err, &te) && te.Sent:
		return CodeInfo{Title: "No answer", Plain: "The request went out but no usable answer came back, so it may or may not have been carried out.", Mend: "Wait for the status to arrive, or check on the phone, before sending again."}
	case errors.As(err, &te):
		return CodeInfo{Title: "Cannot reach Meta", Plain: "Meta could not be reached; nothing was sent.", Mend: "Check the internet connection; the program tries again by itself."}
	case errors.As(err, &in):
		return CodeInfo{Title: "Not ready to send", Plain: "Something needed is missing or wrong: " + in.Field + " " + in.Reason + ".", Mend: "Correct it and try again.", RowPermanent: true}
	}
	return CodeInfo{Title: "Failed", Plain: "The program could not do this.", Mend: "The details are in the log."}
}

// lookup finds a code in the tables: subcode where it tells more, then the code, then its range.
func lookup(code, subcode int) (CodeInfo, bool) {
	found := func(info CodeInfo) (CodeInfo, bool) {
		info.Code = code
		return info, true
	}
	if code == CodeTokenInvalid {
		if info, ok := tokenSubcodes[subcode]; ok {
			return found(info)
		}
	}
	info, known := codeTable[code]
	if !known || code == CodeInvalid {
		// Webhooks carry some of these as the code itself.
		for _, n := range []int{subcode, code} {
			if sub, ok := subcodes[n]; ok && n != CodeInvalid {
				return found(sub)
			}
			if n >= 2494164 && n <= 2494179 {
				return found(connectFailed)
			}
		}
	}
	if known {
		return info, true
	}
	for _, r := range codeRanges {
		if code >= r.from && code <= r.to {
			return found(r.info)
		}
	}
	return CodeInfo{Code: code}, false
}

// codeTable is every single code; codeRanges are families whose members differ little to a shop.
var codeTable = index(generalCodes, sendingCodes, templateCodes)

type codeRange struct {
	from, to int
	info     CodeInfo
}

func index(tables ...[]CodeInfo) map[int]CodeInfo {
	m := map[int]CodeInfo{}
	for _, t := range tables {
		for _, info := range t {
			m[info.Code] = info
		}
	}
	return m
}
