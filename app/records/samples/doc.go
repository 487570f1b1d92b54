// Package samples holds invented records of every built-in type, so that a template can be seen with values before a shop has any records of
// its own. They are marked as examples, everything in them is made up, and nothing is ever sent to them.
package samples
