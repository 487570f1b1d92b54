package meta

import (
	"fmt"
	"strings"
	"testing"
)

// tableOfMeta is Meta's list with the retry column: N never, B back off, A ambiguous, W wait.
const tableOfMeta = `
N 0 190 102 104 2500 3 10 200 210 250 299 2200 33 803 100
A 1 2
B 4 17 32 341 613 80007
W 368
N 130403 130472 130497 131005 131008 131009 131020 131041 131021 131026 131030 131037 131045 131047 131050 131051 131052 131053
N 131055 131058 131059 131062 131063 131201 131203 131204 131207 131209 131210 131211 131212 131213 131214 131215
B 130429 131056 131057 131208
A 131000 131016 131035 131036
W 131031 131042 131048 131049 131064
N 132000 132001 132005 132007 132008 132012 132016 132018 132068 133005 133006 133010 134011 134100 134102 135000 136024 136025 137000
B 132069 133000 133004 134101 139102 139103
W 132015 133008 133009 133015 133016
N 138000 138001 138002 138025 139000 139004 139100 139101 139200 147001 147005 131060
`

var letters = map[string]Class{"N": ClassPermanent, "B": ClassRetry, "A": ClassAmbiguous, "W": ClassWait}

func TestWholeTable(t *testing.T) {
	n := 0
	for line := range strings.Lines(tableOfMeta) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		for _, s := range f[1:] {
			var code int
			_, _ = fmt.Sscan(s, &code)
			n++
			if _, known := lookup(code, 0); !known {
				t.Errorf("%d is not known", code)
			}
			for _, status := range []int{400, 500} { // the code goes before the status
				if got := Classify(&Error{HTTPStatus: status, Code: code, Type: "OAuthException"}); got != letters[f[0]] {
					t.Errorf("%d with HTTP %d: %v, want %v", code, status, got, letters[f[0]])
				}
			}
		}
	}
	if n < 110 {
		t.Errorf("only %d codes checked", n)
	}
}

func TestCampaignAndRowRules(t *testing.T) {
	for _, code := range []int{190, 10, 200, 368, 131031, 131042, 131045, 131048, 132015, 132016, 132001, 133010} {
		if !Explain(code, 0).StopsCampaign {
			t.Errorf("%d goes on", code)
		}
	}
	for _, code := range []int{131026, 131047, 131050, 130472, 130497, 131021, 131030, 132000, 132012, 132018, 131008, 131009, 131053} {
		if info := Explain(code, 0); !info.RowPermanent || info.StopsCampaign {
			t.Errorf("%d: %+v", code, info)
		}
	}
	for _, code := range []int{130429, 131056, 131057, 80007, 131049, 131000} {
		if info := Explain(code, 0); info.StopsCampaign || info.RowPermanent {
			t.Errorf("%d: %+v", code, info)
		}
	}
}

// What a person reads is a sentence, without Meta's jargon, and says what to do.
func TestPlainWords(t *testing.T) {
	all := map[int]CodeInfo{}
	for c, i := range codeTable {
		all[c] = i
	}
	for c, i := range subcodes {
		all[c] = i
	}
	for c, i := range tokenSubcodes {
		all[-c] = i
	}
	for _, r := range codeRanges {
		all[r.from] = r.info
	}
	all[-1] = Explain(777777, 0)
	for code, info := range all {
		switch {
		case info.Title == "" || len(info.Title) > 45 || strings.HasSuffix(info.Title, "."):
			t.Errorf("%d: title %q", code, info.Title)
		case !strings.HasSuffix(info.Plain, ".") || strings.Contains(strings.TrimSuffix(info.Plain, "."), ". "):
			t.Errorf("%d: not one sentence: %q", code, info.Plain)
		case !strings.HasSuffix(info.Mend, "."):
			t.Errorf("%d: mend %q", code, info.Mend)
		}
		for _, word := range []string{"OAuth", "endpoint", "payload", "WABA", "BSUID", "HTTP"} {
			if strings.Contains(info.Plain+info.Mend+info.Title, word) {
				t.Errorf("%d says %q", code, word)
			}
		}
	}
}

func TestSubcodes(t *testing.T) {
	for _, c := range []struct {
		code, sub int
		title     string
	}{
		{190, 463, "Token expired"},
		{190, 460, "Password changed"},
		{190, 1, "Token expired or revoked"},
		{100, 33, "Not found"},
		{100, 2388293, "Too many variables"},
		{192, 2388299, "Variable at the edge"},
		{100, 2494170, "Connecting failed"},
		{100, 99, "Something in the request is wrong"},
		{2593109, 0, "History not shared"},
		{130429, 2494055, "Sending too fast"},
		{131026, 33, "Could not be delivered"},
		{250, 0, "No access to this account"},
		{131205, 0, "Group request refused"},
		{777777, 0, "Error 777777"},
	} {
		if info := Explain(c.code, c.sub); info.Title != c.title || info.Code != c.code {
			t.Errorf("%d/%d: %+v", c.code, c.sub, info)
		}
	}
}
