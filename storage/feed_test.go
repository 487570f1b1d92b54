package storage

import (
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"shopbell/app"
)

func TestTheFeedMergesAndNeverBlocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFeed(slog.New(slog.DiscardHandler))
		all, cancelAll := f.subscribe()
		mine, cancel := f.subscribe(app.TopicMessages)
		publish := func(topic app.Topic, ids ...app.ID) {
			c := newChangeSet()
			c.add(topic, ids...)
			f.publish(c)
		}
		publish(app.TopicMessages, 1)
		publish(app.TopicOutbox, 9)
		synctest.Wait()
		if c := <-mine; !c.Has(app.TopicMessages) || c.Has(app.TopicOutbox) {
			t.Errorf("%+v", c)
		}
		begin := time.Now()
		publish(app.TopicMessages, 2)
		publish(app.TopicMessages, 3)
		if c := <-mine; len(c.IDs[app.TopicMessages]) != 2 || time.Since(begin) > feedMerge {
			t.Errorf("%+v after %v", c, time.Since(begin))
		}
		for i := range app.ID(3 * maxChanges) { // nobody reads all
			publish(app.TopicMessages, i+1)
		}
		if c := <-all; !c.Missed && len(c.IDs[app.TopicMessages]) == 0 {
			t.Errorf("%+v", c)
		}
		time.Sleep(feedMerge)
		cancel()
		cancel()
		for range mine { // closes
		}
		f.close()
		for range all {
		}
		cancelAll()
		late, cancelLate := f.subscribe()
		if _, open := <-late; open {
			t.Error("a closed feed speaks")
		}
		cancelLate()
	})
}

func TestAReaderThatFellBehindIsTold(t *testing.T) {
	c := newChangeSet()
	for i := range app.ID(maxChanges + 1) {
		c.add(app.TopicMessages, i+1)
	}
	if !c.changes().Missed || c.pack() != "*" {
		t.Error("too many changes were not called missed")
	}
	other := newChangeSet()
	other.unpack("messages:1,2;journal;conversations:zz")
	if got := other.changes(); got.Missed || len(got.IDs[app.TopicMessages]) != 2 || !got.Has(app.TopicJournal) || got.IDs[app.TopicConversations][0] != 1295 {
		t.Errorf("%+v", got)
	}
	other.unpack("messages:?")
	if !other.changes().Missed {
		t.Error("what can't be read must be read again")
	}
}

// TestOtherProgramsHear: what one store writes, another on the same database is told.
func TestOtherProgramsHear(t *testing.T) {
	engines(t, func(t *testing.T, s *Store) {
		shop(t, s)
		other := open(t, s.opts)
		heard, cancel := other.Subscribe(app.TopicMessages)
		defer cancel()
		own, cancelOwn := s.Subscribe(app.TopicMessages)
		defer cancelOwn()
		apply(t, s, said("1", phone("34612345678"), "hi", noon))
		id := theOnly(t, s).ID
		if c := <-heard; len(c.IDs[app.TopicMessages]) != 1 || c.IDs[app.TopicMessages][0] != id {
			t.Errorf("%+v", c)
		}
		if c := <-own; len(c.IDs[app.TopicMessages]) != 1 {
			t.Errorf("%+v", c)
		}
		apply(t, other, said("2", phone("34612345678"), "back", noon))
		if c := <-own; len(c.IDs[app.TopicMessages]) != 1 {
			t.Errorf("%+v", c)
		}
	})
}
