require_relative "lib/written/version"
Gem::Specification.new do |spec|
  spec.name = "written-by-hand"
  spec.version = Written::VERSION
  spec.licenses = ["MIT", "Apache-2.0"]
end
