package funcs

import "sync"

// areas lists the tables of scalar functions, one per file.
var areas = [][]Func{stringFuncs, numberTextFuncs, pieceFuncs, spanFuncs, roundingFuncs, arraySearchFuncs, regexpFuncs, maskFuncs, encodingFuncs, hashFuncs, urlFuncs, mathFuncs, trigFuncs, wholeFuncs, bitFuncs, conditionalFuncs, clockFuncs, partFuncs, dateMathFuncs, timeTextFuncs, zoneFuncs, lambdaFuncs, arrayFuncs, mapFuncs, jsonFuncs}

var scalars = sync.OnceValue(func() []Func {
	var all []Func
	for _, a := range areas {
		all = append(all, a...)
	}
	return all
})

var scalarIndex = sync.OnceValue(func() map[string]*Func {
	m := map[string]*Func{}
	all := scalars()
	for i := range all {
		for _, n := range all[i].Names() {
			m[n] = &all[i]
		}
	}
	return m
})

var aggIndex = sync.OnceValue(func() map[string]*AggFunc {
	m := map[string]*AggFunc{}
	all := aggregates()
	for i := range all {
		m[all[i].Name] = &all[i]
		for _, n := range all[i].Aliases {
			m[n] = &all[i]
		}
	}
	return m
})

var aggregates = sync.OnceValue(func() []AggFunc {
	var all []AggFunc
	for _, t := range [][]AggFunc{aggregateTable, orderedAggregates, pairAggregates, bitAggregates, composedAggregates, collectAggs} {
		all = append(all, t...)
	}
	return all
})
