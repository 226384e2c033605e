module "example.com/old" // a comment

go 1.13

require github.com/google/uuid v1.5.0 // indirect

require (
	example.com/a/v2 v2.0.0+incompatible
	example.com/b v0.0.0-20230101120000-0123456789ab
	`example.com/c` v1.0.0
)

exclude (
	example.com/c v1.0.0
)

replace (
	example.com/b => example.com/fork/b v1.2.3
	example.com/a/v2 v2.0.0+incompatible => ../a
)

retract [v1.0.0, v1.1.0]
