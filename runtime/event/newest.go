package event

// Newest returns the newest event time that was observed in the current
// partition, Earliest if there was none.
func (c *Clock) Newest() Time { return c.newest }

// Seen returns the newest event time that was observed in any partition, Earliest
// if there was none.
func (c *Clock) Seen() Time {
	t := c.newest
	for i := range c.parts {
		t = max(t, c.parts[i].newest)
	}
	return t
}

// Over reports that every partition has ended.
func (c *Clock) Over() bool { return c.over() }
