package widget

import "github.com/rivo/uniseg"

// longWord is how many bytes a word may have and still be measured as a whole. Measuring costs more the longer a
// word is, and one that fills many lines would be measured for each of them.
const longWord = 512

// long takes a word that is surely wider than a line, cluster by cluster: each is measured once, by itself.
func (b *breaker) long(at, word, spacesEnd int) {
	if b.x > 0 {
		b.finish(at)
	}
	state := -1
	for rest := b.text[at:word]; rest != ""; {
		var c string
		c, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		end := at + len(c)
		w := b.measure(at, end)
		if b.x > 0 && b.x+w > b.max {
			b.finish(at)
		}
		after := end
		if rest == "" {
			after = spacesEnd
		}
		b.take(at, end, after, w)
		at = end
	}
}
