package main

// keepPrivate has nothing to do: a person's folders on Windows are theirs alone.
func keepPrivate() {}
