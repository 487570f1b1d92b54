// Package inbox is the way in and the talk: it applies what Meta told to the conversations, and lets staff read and answer them.
package inbox
