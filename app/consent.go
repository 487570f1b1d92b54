package app

// The scopes of an opt-out.
const (
	OptOutMarketing = "marketing" // no marketing; news of an order or appointment may still come
	OptOutAll       = "all"       // no templates at all; answers to the customer's own messages still go
)

// OptedOut is why a message was held back here. It has the code with which Meta refuses the same.
var OptedOut = Failure{
	Code: 131050, Title: "The customer opted out", Details: "It was held back here; nothing went to WhatsApp. The customer can opt in again by writing START.",
}
