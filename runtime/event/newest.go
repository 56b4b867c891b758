package event

// Newest returns the newest event time that was observed in the current
// partition, Earliest if there was none.
func (c *Clock) Newest() Time { return c.newest }
