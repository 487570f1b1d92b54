package sandbox

import (
	"regexp"
	"time"
)

var (
	sixDigits  = regexp.MustCompile(`^[0-9]{6}$`)
	localeForm = regexp.MustCompile(`^[a-z]{2,3}(_[A-Z]{2})?$`)
	dataHomes  = []string{"AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA"}
)

// practiceCode is the code that "arrives" by SMS or voice.
const practiceCode = "123456"

func validPIN(s string) bool { return sixDigits.MatchString(s) }

// requestCode sends the verification code; in practice it is always 123456.
func (c *call) requestCode() (any, *graphErr) {
	m, l := c.p.str("code_method"), c.p.str("language")
	switch {
	case m == "":
		return nil, missing100("code_method")
	case m != "SMS" && m != "VOICE":
		return nil, param100("Param code_method must be one of {SMS, VOICE} - got %q.", m)
	case l == "":
		return nil, missing100("language")
	case !localeForm.MatchString(l):
		return nil, param100("Param language must be a language code such as en_US")
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	if p.verified {
		return nil, fail(136024, "The phone number is verified already.")
	}
	p.codeAsked = true
	return success(), nil
}

func (c *call) verifyCode() (any, *graphErr) {
	code := c.p.str("code")
	switch {
	case code == "":
		return nil, missing100("code")
	case !sixDigits.MatchString(code):
		return nil, param100("Param code must be a string of 6 digits")
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	switch {
	case p.verified:
		return nil, fail(136024, "The phone number is verified already.")
	case !p.codeAsked:
		return nil, manage(2388093, "No code was asked for", "Ask for a verification code before you enter one.")
	case code != practiceCode:
		return nil, fail(136025, "The code you entered is not right.")
	}
	p.verified = true
	return map[string]any{"success": true, "id": p.id}, nil
}

// register connects a verified number (Meta: Registration).
func (c *call) register() (any, *graphErr) {
	if e := c.needProduct(); e != nil {
		return nil, e
	}
	pin := c.p.str("pin")
	switch {
	case pin == "":
		return nil, missing100("pin")
	case !validPIN(pin):
		return nil, param100("Param pin must be a string of 6 digits")
	}
	if r := c.p.str("data_localization_region"); r != "" && !contains(dataHomes, r) {
		return nil, param100("Param data_localization_region is not a supported region - got %q.", r)
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	if e := c.s.countMove(p, c.now); e != nil {
		return nil, e
	}
	switch {
	case !p.verified:
		return nil, fail(133006, "")
	case p.pinGuesses >= 10:
		return nil, fail(133008, "")
	case p.pin != "" && p.pin != pin:
		p.pinGuesses++
		return nil, fail(133005, "")
	}
	p.pin, p.pinGuesses, p.registered = pin, 0, true
	if p.newNameStatus == "APPROVED" && p.newName != "" {
		p.name, p.newName, p.newNameStatus = p.newName, "", ""
	}
	return success(), nil
}

func (c *call) deregister() (any, *graphErr) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	p := c.phone()
	if e := c.s.countMove(p, c.now); e != nil {
		return nil, e
	}
	if !p.registered {
		return nil, fail(133010, "")
	}
	p.registered = false
	return success(), nil
}

// countMove holds the limit of register and deregister calls in a moving span of 72 hours.
func (s *Server) countMove(p *phone, now time.Time) *graphErr {
	kept := p.movesAt[:0]
	for _, t := range p.movesAt {
		if now.Sub(t) < 72*time.Hour {
			kept = append(kept, t)
		}
	}
	p.movesAt = kept
	if lim := s.cfg.Limits.Register; lim >= 0 && len(kept) >= lim {
		return fail(133016, "")
	}
	p.movesAt = append(p.movesAt, now)
	return nil
}

// needProduct demands messaging_product=whatsapp.
func (c *call) needProduct() *graphErr {
	switch v := c.p.str("messaging_product"); {
	case v == "":
		return missing100("messaging_product")
	case v != "whatsapp" && v != "WHATSAPP":
		return param100("Param messaging_product must be one of {WHATSAPP} - got %q.", v)
	}
	return nil
}
