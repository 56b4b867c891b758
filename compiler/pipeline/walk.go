package pipeline

// EachExpr calls fn for every expression that the steps read, parts included.
// What a step assigns to is not read.
func EachExpr(steps []Step, fn func(Expr)) {
	each := func(list ...Expr) {
		for _, e := range list {
			eachPart(e, fn)
		}
	}
	for _, s := range steps {
		switch s := s.(type) {
		case *Let:
			each(s.X)
		case *Assign:
			if _, local := s.LHS.(*Var); !local {
				each(s.LHS)
			}
			each(s.RHS)
		case *Do:
			each(s.X)
		case *If:
			each(s.Cond)
			EachExpr(s.Then, fn)
			EachExpr(s.Else, fn)
		case *Branch:
			each(s.Op)
			if s.To.HasTime {
				each(s.Time)
			}
		case *Repeat:
			each(s.Times)
			EachExpr(s.Steps, fn)
		case *For:
			each(s.X)
			EachExpr(s.Body, fn)
		case *FirstTime:
			each(s.Key...)
		case *FindGroup:
			each(s.Key...)
			each(s.Time)
			EachExpr(s.Each, fn)
		case *FindSeen:
			each(s.Set, s.Key, s.At)
			EachExpr(s.Then, fn)
		case *Replace:
			each(&Var{Name: "g"}, &Var{Name: "in"})
		case *EmitGroup:
			if s.Table.Waits != nil {
				each(&Var{Name: "g"})
			}
		case *MarkSeen:
			each(&Var{Name: "g"})
		case *Emit:
			for _, set := range s.Sets {
				if !set.AlwaysNull() {
					each(set.X, set.Null)
				}
			}
			if s.Op != "" {
				each(&Var{Name: s.Op})
			}
			each(s.Time)
		}
	}
}

func eachPart(e Expr, fn func(Expr)) {
	if e == nil {
		return
	}
	fn(e)
	list := func(args ...Expr) {
		for _, a := range args {
			eachPart(a, fn)
		}
	}
	switch e := e.(type) {
	case *Select:
		list(e.X)
	case *Unary:
		list(e.X)
	case *Binary:
		list(e.X, e.Y)
	case *Call:
		list(e.Args...)
	case *Method:
		list(e.X)
		list(e.Args...)
	case *Conv:
		list(e.X)
	case *Composite:
		for _, f := range e.Fields {
			list(f.X)
		}
	case *NullTest:
		list(e.Row)
	case *Elem:
		list(e.X, e.I)
	case *TypeCall:
		list(e.Args...)
	case *Nullable:
		if !e.AlwaysNull() {
			list(e.X)
		}
		list(e.Null)
	}
}

// Reads reports whether steps read a variable.
func Reads(steps []Step, name string) bool {
	found := false
	EachExpr(steps, func(e Expr) {
		v, ok := e.(*Var)
		found = found || ok && v.Name == name
	})
	return found
}

// ConstType returns the type that a constant of numbers must be given where Go
// would choose one by itself; false for other expressions.
func ConstType(e Expr) (GoType, bool) {
	switch e := e.(type) {
	case *Lit:
		return e.T, e.T.Name != ""
	case *Unary:
		if e.Op == "-" {
			return ConstType(e.X)
		}
	case *Binary:
		if _, compares := negated[e.Op]; compares || e.Op == "&&" || e.Op == "||" {
			return GoType{}, false
		}
		if t, ok := ConstType(e.X); ok {
			_, ok = constant(e.Y)
			return t, ok
		}
		if _, ok := constant(e.X); ok {
			return ConstType(e.Y)
		}
	}
	return GoType{}, false
}

// constant reports a number, with or without a type of its own.
func constant(e Expr) (GoType, bool) {
	if _, ok := e.(*Lit); ok {
		return GoType{}, true
	}
	return ConstType(e)
}
