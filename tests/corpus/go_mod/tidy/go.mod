module example.com/shop

go 1.21

require (
	github.com/google/uuid v1.5.0
	golang.org/x/text v0.13.0
	rsc.io/quote v1.5.2
)

replace golang.org/x/text => golang.org/x/text v0.14.0 // why

replace rsc.io/quote v1.5.2 => ./local

exclude github.com/google/uuid v1.4.0
