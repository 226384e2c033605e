# -*- encoding: utf-8 -*-
# stub: racc 1.7.3 ruby lib

Gem::Specification.new do |s|
  s.name = "racc".freeze
  s.version = "1.7.3"

  s.required_rubygems_version = Gem::Requirement.new(">= 0".freeze) if s.respond_to? :required_rubygems_version=
  s.require_paths = ["lib".freeze]
  s.authors = ["Example".freeze]
  s.date = "2026-11-25"
  s.description = "y".freeze
  s.email = "a@example.com".freeze
  s.homepage = "https://example.com/racc".freeze
  s.licenses = ["Ruby".freeze, "BSD-2-Clause".freeze]
  s.rubygems_version = "3.3.15".freeze
  s.summary = "x".freeze

  s.installed_by_version = "3.3.15" if s.respond_to? :installed_by_version
end
