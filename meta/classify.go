package meta

import (
	"errors"
	"net/http"
)

// Class says what may be done about a failure.
type Class int

// The classes, from "give up" to "wait for somebody".
const (
	ClassPermanent Class = iota // the same request will fail again
	ClassRetry                  // refused before anything happened: trying again is safe
	ClassAmbiguous              // it may have been carried out: find out before trying again
	ClassWait                   // needs a person or a long wait
)

// String names the class for a log.
func (c Class) String() string {
	switch c {
	case ClassRetry:
		return "retry"
	case ClassAmbiguous:
		return "ambiguous"
	case ClassWait:
		return "wait"
	}
	return "permanent"
}

// Classify says what may be done about the error of a call: by code first, then by HTTP status, and for calls without an
// answer by whether bytes may have left. A nil error or one that is not of this package is ClassPermanent.
func Classify(err error) Class {
	var te *TransportError
	if errors.As(err, &te) {
		if te.Sent {
			return ClassAmbiguous
		}
		return ClassRetry
	}
	var e *Error
	if !errors.As(err, &e) {
		return ClassPermanent
	}
	if e.Code != 0 || e.Type != "" {
		if info, known := lookup(e.Code, e.Subcode); known {
			return info.Class
		}
	}
	switch {
	case e.HTTPStatus >= 500 || e.HTTPStatus == http.StatusRequestTimeout:
		return ClassAmbiguous
	case e.HTTPStatus == http.StatusTooManyRequests || e.Transient:
		return ClassRetry
	case e.HTTPStatus >= 200 && e.HTTPStatus <= 299:
		return ClassAmbiguous // an error inside a success
	}
	return ClassPermanent
}

// codeOf is the code of a Graph error, or -1.
func codeOf(err error) int {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return -1
}
