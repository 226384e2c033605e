package = "acme"
version = "1.2-1"
source = { url = "git://example.com/acme" }
description = {
   summary = "Example",
   license = "MIT/X11"
}
dependencies = { "lua >= 5.1" }
build = { type = "builtin", modules = { acme = "acme.lua" } }
