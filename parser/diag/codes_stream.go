package diag

// VL3xxx: what a query means over streams.
const ()

var streamCodes = []Info{}
