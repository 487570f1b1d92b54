// Package sending is the panel that sends a template: to one customer or to ten thousand records. It asks for what the template needs, shows what
// any of them would get, says before anything goes how many will and why the others won't, and then sends.
package sending
