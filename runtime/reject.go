package rt

// Rejects takes the records that fail.
type Rejects struct{}
