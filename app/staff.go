package app

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Role is what a person at the desk may do.
type Role string

// The roles.
const (
	RoleAdmin Role = "admin"
	RoleStaff Role = "staff"
)

// Staff is a person who works at the desk.
type Staff struct {
	ID        ID
	Name      string
	Role      Role
	Phone     string // digits with country code, which templates may show to customers; "" when not known
	CreatedAt time.Time
}

// maxStaffName is how many characters a name at the desk has at most.
const maxStaffName = 80

// Check gives the person with the name trimmed and the phone read as a person types it; region is the ISO country of a number without
// country code. The error is an app.Error of CodeInvalid.
func (s Staff) Check(region string) (Staff, error) {
	s.Name = strings.Join(strings.Fields(s.Name), " ")
	switch {
	case s.Name == "":
		return s, &Error{Code: CodeInvalid, Message: "A person at the desk needs a name.", Mend: "Write the name that customers may read."}
	case utf8.RuneCountInString(s.Name) > maxStaffName:
		return s, &Error{Code: CodeInvalid, Message: "The name is longer than 80 characters.", Mend: "Write a shorter one."}
	}
	if strings.TrimSpace(s.Phone) == "" {
		s.Phone = ""
		return s, nil
	}
	phone, err := ParsePhone(s.Phone, region)
	if err != nil {
		return s, err
	}
	s.Phone = phone
	return s, nil
}
