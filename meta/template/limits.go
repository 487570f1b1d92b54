package template

// Meta's limits, in Unicode code points unless another unit is named (Meta: Templates › Create, › Components).
const (
	MaxName        = 512 // bytes: only ASCII is allowed
	MaxHeader      = 60
	MaxBody        = 1024
	MaxOfferBody   = 600 // body of a limited-time offer
	MaxCardBody    = 160
	MaxFooter      = 60
	MaxOfferText   = 16
	MaxLabel       = 25
	MaxURL         = 2000
	MaxPhone       = 20
	MaxCode        = 20 // copy-code example
	MaxOfferCode   = 15 // copy-code example in a limited-time offer
	MaxButtons     = 10
	MaxURLButtons  = 2
	MinCards       = 2
	MaxCards       = 10
	MaxCardButtons = 2
	MaxApps        = 5
	MaxPackageName = 224
	HashLength     = 11 // of an Android app's signature hash
	MaxCodeMinutes = 90
	MaxEmoji       = 10 // in a body; from observation
	maxOTP         = 15 // characters of a one-time password
)
