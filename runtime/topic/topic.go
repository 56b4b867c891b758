// Package topic has topics in memory: for tests of programs that read and write
// records with keys, without a server. A Broker holds them; the environment of a
// program names it as rt.Env.Topics.
//
//	b := topic.NewBroker(topic.Step)
//	b.Topic("orders").Produce(rt.Record{Key: .., Value: .., Timestamp: ..})
//	.. the program reads and writes ..
//	for _, r := range b.Topic("totals").Take() { .. }
package topic

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"

	rt "github.com/velocsql/veloc/runtime"
)

// Mode says what a source does when it has read all records.
type Mode uint8

// The modes.
const (
	// Ends: the topics end with the records that are in them.
	Ends Mode = iota
	// Step: Read returns rt.ErrCaughtUp, so that a driver can go on with another
	// source, or produce more records and read again.
	Step
)

// Broker holds topics by their names.
type Broker struct {
	mode Mode

	mu     sync.Mutex
	topics map[string]*Topic
}

// NewBroker returns a broker without topics.
func NewBroker(mode Mode) *Broker { return &Broker{mode: mode, topics: map[string]*Topic{}} }

// Topic returns the topic of a name; it is made, with one partition, if there is
// none.
func (b *Broker) Topic(name string) *Topic { return b.Create(name, 1) }

// Create returns the topic of a name; it is made, with a number of partitions, if
// there is none.
func (b *Broker) Create(name string, partitions int) *Topic {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.topics[name]
	if t == nil {
		t = &Topic{name: name, parts: make([][]int, max(partitions, 1))}
		b.topics[name] = t
	}
	return t
}

// Names returns the names of the topics, in order.
func (b *Broker) Names() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Sorted(maps.Keys(b.topics))
}

// Find returns the topic of a name, nil if there is none.
func (b *Broker) Find(name string) *Topic {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.topics[name]
}

// TopicSource reads the topic that the options name.
func (b *Broker) TopicSource(name string, c rt.Config) rt.Source {
	return &source{topic: b.of(name, c), ends: b.mode == Ends, latest: c["auto.offset.reset"] != "earliest"}
}

// TopicSink writes the topic that the options name.
func (b *Broker) TopicSink(name string, c rt.Config) rt.Sink {
	return &sink{topic: b.of(name, c)}
}

// of is the topic that options name: by default that of the relation's name.
func (b *Broker) of(name string, c rt.Config) *Topic {
	if t := c["topic"]; t != "" {
		name = t
	}
	n, _ := strconv.Atoi(c["partitions"])
	return b.Create(name, n)
}

// Topic is a log of records in partitions. It keeps the order of all of them.
type Topic struct {
	name string

	mu    sync.Mutex
	log   []rt.Record
	parts [][]int // indexes in log, per partition
	old   int     // records that were there before: latest begins behind them
	taken int
	next  int // partition of the next record without a key
}

// Name returns the name of the topic.
func (t *Topic) Name() string { return t.name }

// Partitions returns how many partitions the topic has.
func (t *Topic) Partitions() int { return len(t.parts) }

// Produce appends records, which keep their timestamp, headers and window. A
// record with a Partition below 0 goes where its key belongs. Keys and values are
// copied.
func (t *Topic) Produce(records ...rt.Record) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range records {
		t.produce(r)
	}
}

// Settle tells that the records so far were there before anybody reads: a source
// that begins with the latest passes over them.
func (t *Topic) Settle() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.old = len(t.log)
}

func (t *Topic) produce(r rt.Record) {
	if r.Partition < 0 {
		r.Partition = t.partition(r.Key)
	}
	for r.Partition >= len(t.parts) {
		t.parts = append(t.parts, nil)
	}
	r.Key, r.Value = clone(r.Key), clone(r.Value)
	r.Offset = int64(len(t.parts[r.Partition]))
	t.parts[r.Partition] = append(t.parts[r.Partition], len(t.log))
	t.log = append(t.log, r)
}

// clone copies bytes; null stays null and empty stays empty.
func clone(p []byte) []byte {
	if p == nil {
		return nil
	}
	return append([]byte{}, p...)
}

// partition is where a key belongs. Records without one take turns.
func (t *Topic) partition(key []byte) int {
	if key == nil {
		t.next = (t.next + 1) % len(t.parts)
		return t.next
	}
	return int(murmur2(key)&0x7fffffff) % len(t.parts)
}

// Records returns all records, in the order in which they were produced.
func (t *Topic) Records() []rt.Record {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.log[:len(t.log):len(t.log)]
}

// Take returns the records that were produced since the last Take.
func (t *Topic) Take() []rt.Record {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := t.log[t.taken:len(t.log):len(t.log)]
	t.taken = len(t.log)
	return out
}

// partitionName is what a person calls a partition: orders-0.
func (t *Topic) partitionName(p int) string { return fmt.Sprintf("%s-%d", t.name, p) }

// murmur2 is the hash by which clients of Kafka place keys.
func murmur2(data []byte) uint32 {
	const m, shift = 0x5bd1e995, 24
	h := 0x9747b28c ^ uint32(len(data))
	for ; len(data) >= 4; data = data[4:] {
		k := uint32(data[0]) | uint32(data[1])<<8 | uint32(data[2])<<16 | uint32(data[3])<<24
		k *= m
		k ^= k >> shift
		k *= m
		h = h*m ^ k
	}
	for i := len(data) - 1; i >= 0; i-- {
		h ^= uint32(data[i]) << (8 * i)
	}
	if len(data) > 0 {
		h *= m
	}
	h ^= h >> 13
	h *= m
	return h ^ h>>15
}
