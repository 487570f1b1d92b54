package meta

// Health is whether an account, number or template can send, and what stands in the way (Meta: messaging health status).
type Health struct {
	CanSend  string         `json:"can_send_message"` // AVAILABLE LIMITED BLOCKED; the worst of the entities
	Entities []HealthEntity `json:"entities"`
}

// HealthEntity is one link of the chain from app to number.
type HealthEntity struct {
	Type           String        `json:"entity_type"` // PHONE_NUMBER WABA BUSINESS APP MESSAGE_TEMPLATE
	ID             String        `json:"id"`
	CanSend        String        `json:"can_send_message"`
	Errors         []HealthError `json:"errors"`
	AdditionalInfo []string      `json:"additional_info"`
}

// HealthError is one reason, with Meta's own advice.
type HealthError struct {
	Code        Int    `json:"error_code"`
	Description String `json:"error_description"`
	Solution    String `json:"possible_solution"`
}
