# This file is maintained automatically by "terraform init".

provider "registry.example.com/hashicorp/aws" {
  version     = "5.31.0"
  constraints = "~> 5.0"
  hashes = [
    "h1:example",
    "zh:0cdb9c2083bf0902442384f7309367791e4640581652dda456f2d6d7abf0de8d",
  ]
}

provider "registry.example.com/acme/widgets" {
  version = "0.1.0"
}
