package diag

// VL2070 to VL2099: nested types and values.
const (
	TypeArgs       Code = "VL2070"
	TypeTaken      Code = "VL2071"
	NoField        Code = "VL2072"
	NotIndexed     Code = "VL2073"
	MapKey         Code = "VL2074"
	LambdaPlace    Code = "VL2075"
	LambdaParams   Code = "VL2076"
	UnnestArgument Code = "VL2077"
	ExplodePlace   Code = "VL2078"
	JSONClause     Code = "VL2080"
)

var nestedCodes = []Info{
	{
		Code: TypeArgs, Title: "a nested type without the types that it needs",
		Text: "ARRAY takes the type of its elements, MAP the types of its keys and values, STRUCT its fields.",
		Bad:  "SELECT CAST(NULL AS MAP<STRING>) AS m;",
		Good: "SELECT CAST(NULL AS MAP<STRING, INT>) AS m;",
	},
	{
		Code: TypeTaken, Title: "a name of a type that is taken",
		Text: "CREATE TYPE gives a type a name that no other type has; CREATE TYPE IF NOT EXISTS keeps the first.",
		Bad:  "CREATE TYPE date AS STRUCT<y INT, m INT>;",
		Good: "CREATE TYPE month AS STRUCT<y INT, m INT>;",
	},
	{
		Code: NoField, Title: "a field that is not there",
		Text: "x.f and x->f take a field of a STRUCT; the type of x says which there are.",
		Bad:  "SELECT STRUCT(a := 1)->b AS c;",
		Good: "SELECT STRUCT(a := 1)->a AS c;",
	},
	{
		Code: NotIndexed, Title: "an index that does not fit",
		Text: "x[i] takes an element of an ARRAY, counted from 1, or from the end if the index is negative, or the value of a key of a MAP.",
		Bad:  "SELECT qty[1] FROM s;",
		Good: "SELECT ARRAY[qty][1] FROM s;",
	},
	{
		Code: MapKey, Title: "a key that a MAP cannot have",
		Text: "The keys of a MAP are of a type without parts and never NULL.",
		Bad:  "SELECT MAP{ARRAY[1]: 2} AS m;",
		Good: "SELECT MAP{'a': 2} AS m;",
	},
	{
		Code: LambdaPlace, Title: "a lambda that nothing takes",
		Text: "A lambda is an argument of a function that calls it for each element: TRANSFORM, FILTER, REDUCE.",
		Bad:  "SELECT UPPER(x => x) AS u;",
		Good: "SELECT TRANSFORM(ARRAY['a'], x => UPPER(x)) AS u;",
	},
	{
		Code: LambdaParams, Title: "a lambda that does not fit",
		Text: "TRANSFORM, FILTER and REDUCE take lambdas over what they go through: an ARRAY gives one parameter, a MAP two, and REDUCE the result so far before them.",
		Bad:  "SELECT FILTER(MAP('a' := 1), x => x > 1) AS m;",
		Good: "SELECT FILTER(MAP('a' := 1), (k, v) => v > 1) AS m;",
	},
	{
		Code: UnnestArgument, Title: "UNNEST of something that has no elements",
		Text: "UNNEST makes a row of each element of an ARRAY or entry of a MAP, beside the columns of the row that it is from.",
		Bad:  "SELECT k, x FROM s CROSS JOIN UNNEST(qty) AS u(x);",
		Good: "SELECT k, x FROM s CROSS JOIN UNNEST(ARRAY[qty, 0]) AS u(x);",
	},
	{
		Code: ExplodePlace, Title: "EXPLODE where it cannot make rows",
		Text: "EXPLODE in the select list makes a row of each element. It stands in no other clause and not inside of an aggregate or a lambda; UNNEST in FROM makes columns that can be used everywhere.",
		Bad:  "SELECT k FROM s WHERE EXPLODE(ARRAY[qty]) > 1;",
		Good: "SELECT k FROM s CROSS JOIN UNNEST(ARRAY[qty]) AS u(x) WHERE x > 1;",
	},
	{
		Code: JSONClause, Title: "a clause that a JSON function does not have",
		Text: "JSON_VALUE takes RETURNING, and NULL, ERROR or DEFAULT ON EMPTY and ON ERROR; JSON_QUERY a WRAPPER too, and EMPTY ARRAY or EMPTY OBJECT instead of DEFAULT; JSON_EXISTS TRUE, FALSE, UNKNOWN or ERROR ON ERROR; JSON_OBJECT and JSON_ARRAY take NULL or ABSENT ON NULL, and an object a value for each key.",
		Bad:  "SELECT JSON_EXISTS('{}', '$.a' RETURNING INT) AS a;",
		Good: "SELECT JSON_VALUE('{}', '$.a' RETURNING INT) AS a;",
	},
}
