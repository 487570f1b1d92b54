// Package accounts connects WhatsApp Business accounts: their secrets, their tests, the doctor.
package accounts
