package app

import "time"

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
	CreatedAt time.Time
}
