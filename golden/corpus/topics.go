package corpus

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	rt "github.com/velocsql/veloc/runtime"
	"github.com/velocsql/veloc/runtime/topic"
)

// topicDir has the topics of a program, one file of JSON lines each.
const topicDir = "topic"

// topicRecord is a line of a topic. A key or value is null, a text that stands
// for its bytes, {"hex": ".."} for others, or any other JSON for its text.
type topicRecord struct {
	Partition int             `json:"partition"`
	Key       json.RawMessage `json:"key"`
	Value     json.RawMessage `json:"value"`
	Timestamp int64           `json:"timestamp"`
	Window    []int64         `json:"window,omitempty"`
	Headers   [][2]string     `json:"headers,omitempty"`
}

// topics fills a broker with the records in the folder of topics. It returns how
// many each topic has; there is no broker without the folder.
func topics() (*topic.Broker, map[string]int, error) {
	files, err := os.ReadDir(topicDir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	b := topic.NewBroker(topic.Ends)
	given := map[string]int{}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(topicDir, f.Name()))
		if err != nil {
			return nil, nil, err
		}
		name := strings.TrimSuffix(f.Name(), ".jsonl")
		t := b.Topic(name)
		for line := range bytes.Lines(text) {
			var in topicRecord
			if err := json.Unmarshal(line, &in); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", f.Name(), err)
			}
			r := rt.Record{Partition: in.Partition, Key: bytesOf(in.Key), Value: bytesOf(in.Value), Timestamp: in.Timestamp}
			for _, h := range in.Headers {
				r.Headers = append(r.Headers, rt.Header{Key: h[0], Value: []byte(h[1])})
			}
			if len(in.Window) == 2 {
				r.Windowed, r.WindowStart, r.WindowEnd = true, in.Window[0], in.Window[1]
			}
			t.Produce(r)
			given[name]++
		}
	}
	return b, given, nil
}

// bytesOf are the bytes that a key or value stands for.
func bytesOf(x json.RawMessage) []byte {
	var text string
	var raw struct{ Hex *string }
	switch {
	case len(x) == 0 || string(x) == "null":
		return nil
	case json.Unmarshal(x, &text) == nil:
		return []byte(text)
	case json.Unmarshal(x, &raw) == nil && raw.Hex != nil:
		p, _ := hex.DecodeString(*raw.Hex)
		return p
	}
	return x
}

// showBytes is the JSON that stands for the bytes of a key or value.
func showBytes(p []byte) json.RawMessage {
	quoted := func(s string) json.RawMessage {
		b, _ := json.Marshal(s)
		return b
	}
	switch {
	case p == nil:
		return json.RawMessage("null")
	case len(p) > 0 && p[0] == '{' && json.Valid(p):
		return p
	case !utf8.Valid(p) || strings.ContainsFunc(string(p), unicode.IsControl):
		return json.RawMessage(`{"hex": "` + hex.EncodeToString(p) + `"}`)
	}
	return quoted(string(p))
}

// writeTopics writes what the program has written to topics: NAME.out.jsonl.
func writeTopics(b *topic.Broker, given map[string]int) error {
	for _, name := range b.Names() {
		var out bytes.Buffer
		for _, r := range b.Topic(name).Records()[given[name]:] {
			fmt.Fprintf(&out, `{"key": %s, "value": %s, "timestamp": %d`, showBytes(r.Key), showBytes(r.Value), r.Timestamp)
			if r.Windowed {
				fmt.Fprintf(&out, `, "window": [%d, %d]`, r.WindowStart, r.WindowEnd)
			}
			if r.Partition != 0 {
				fmt.Fprintf(&out, `, "partition": %d`, r.Partition)
			}
			out.WriteString("}\n")
		}
		if out.Len() == 0 {
			continue
		}
		if err := os.WriteFile(filepath.Join(topicDir, name+".out.jsonl"), out.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// runWithTopics runs a program whose topics are in memory.
func runWithTopics(p *rt.Program, args []string, b *topic.Broker, given map[string]int) int {
	env := rt.OSEnv()
	env.Topics = b
	code := rt.Main(p, args, env)
	if err := writeTopics(b, given); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		return rt.ExitFailed
	}
	return code
}
