// Package rt is the runtime of generated programs: batches, workers, outputs,
// rejected records and the loop that drives them. It is imported as rt.
//
// A program is N identical workers. Each runs the whole pipeline on its share
// of the batches and owns its state without locks; rows cross workers only at
// exchanges. Connectors implement Source and Sink and live in packages of their
// own, so that a program links only what it names.
package rt
