package diag

// VL4xxx: options, connectors and formats.
const ()

var optionCodes = []Info{}
