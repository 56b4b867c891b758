package rt

import "fmt"

// Current is the record that a row comes from, so that a later query that
// cannot evaluate the row can hand the whole record over.
type Current struct {
	rejects  *Rejects
	batch    *Batch
	at, next int
}

// Init connects it to a worker's program.
func (c *Current) Init(k *Connect) { c.rejects = k.Rejects() }

// Set notes the record at b.Data[at:next].
func (c *Current) Set(b *Batch, at, next int) { c.batch, c.at, c.next = b, at, next }

// Clear notes that rows come from state and not from a record.
func (c *Current) Clear() { c.batch = nil }

// Reject hands the current record over as failed, or the fact alone where there
// is no record.
func (c *Current) Reject(reason, statement, sql string) {
	if c.batch == nil {
		c.rejects.Add(&Rejection{Statement: statement, SQL: sql, Reason: reason})
		return
	}
	c.batch.Reject(c.at, c.next, reason, statement, sql)
}

// RejectGroup hands over a group whose result cannot be computed: the record
// that changed it, or where there is none the key of the group.
func (c *Current) RejectGroup(reason, statement, sql string, key any) {
	if c.batch != nil {
		c.Reject(reason, statement, sql)
		return
	}
	c.rejects.Add(&Rejection{Statement: statement, SQL: sql, Reason: reason, Record: fmt.Appendf(nil, "%+v", key)})
}
