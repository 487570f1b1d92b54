package storage

import (
	"slices"
	"strconv"
	"strings"

	"shopbell/app"
)

// changeSet gathers the ids that changed under each topic.
type changeSet struct {
	ids    map[app.Topic]map[app.ID]struct{}
	missed bool
}

// maxChanges bounds the ids of one topic; beyond it a reader does better to read everything again.
const maxChanges = 1000

func newChangeSet() *changeSet { return &changeSet{ids: map[app.Topic]map[app.ID]struct{}{}} }

func (c *changeSet) add(topic app.Topic, ids ...app.ID) {
	m := c.ids[topic]
	if m == nil {
		m = map[app.ID]struct{}{}
		c.ids[topic] = m
	}
	for _, id := range ids {
		m[id] = struct{}{}
	}
	if len(m) > maxChanges {
		c.missed = true
	}
}

// merge adds what other holds of the given topics (none: all).
func (c *changeSet) merge(other *changeSet, topics []app.Topic) {
	for topic, ids := range other.ids {
		if len(topics) > 0 && !slices.Contains(topics, topic) {
			continue
		}
		c.add(topic)
		m := c.ids[topic]
		for id := range ids {
			m[id] = struct{}{}
		}
		if len(m) > maxChanges {
			c.missed = true
		}
	}
	c.missed = c.missed || other.missed
}

func (c *changeSet) empty() bool { return len(c.ids) == 0 && !c.missed }

// changes gives the set in the words of the feed.
func (c *changeSet) changes() app.Changes {
	out := app.Changes{IDs: map[app.Topic][]app.ID{}, Missed: c.missed}
	for topic, ids := range c.ids {
		list := make([]app.ID, 0, len(ids))
		for id := range ids {
			list = append(list, id)
		}
		slices.Sort(list)
		out.IDs[topic] = list
	}
	return out
}

// pack writes the set as one line, "topic:id,id;topic", for the table of changes; "*" stands for a set too large to tell.
func (c *changeSet) pack() string {
	if c.missed {
		return "*"
	}
	var b strings.Builder
	for topic, ids := range c.ids {
		if b.Len() > 0 {
			b.WriteByte(';')
		}
		b.WriteString(string(topic))
		sep := byte(':')
		for id := range ids {
			b.WriteByte(sep)
			b.WriteString(strconv.FormatInt(id, 36))
			sep = ','
		}
	}
	return b.String()
}

// unpack adds what a line of pack says. What it can't read makes the set missed: reading again is always right.
func (c *changeSet) unpack(line string) {
	if line == "*" {
		c.missed = true
		return
	}
	for part := range strings.SplitSeq(line, ";") {
		topic, list, _ := strings.Cut(part, ":")
		c.add(app.Topic(topic))
		if list == "" {
			continue
		}
		for s := range strings.SplitSeq(list, ",") {
			id, err := strconv.ParseInt(s, 36, 64)
			if err != nil {
				c.missed = true
				return
			}
			c.add(app.Topic(topic), id)
		}
	}
}
