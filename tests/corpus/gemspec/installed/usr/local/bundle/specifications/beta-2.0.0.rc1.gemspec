# -*- encoding: utf-8 -*-
# stub: beta 2.0.0.rc1 ruby lib

Gem::Specification.new do |s|
  s.name = "beta".freeze
  s.version = "2.0.0.rc1"

  s.required_rubygems_version = Gem::Requirement.new("> 1.3.1".freeze) if s.respond_to? :required_rubygems_version=
  s.require_paths = ["lib".freeze]
  s.authors = ["Example".freeze]
  s.date = "2026-11-25"
  s.description = "y".freeze
  s.email = "a@example.com".freeze
  s.homepage = "https://example.com/beta".freeze
  s.licenses = ["Apache-2.0".freeze]
  s.rubygems_version = "3.3.15".freeze
  s.summary = "x".freeze

  s.installed_by_version = "3.3.15" if s.respond_to? :installed_by_version
end
