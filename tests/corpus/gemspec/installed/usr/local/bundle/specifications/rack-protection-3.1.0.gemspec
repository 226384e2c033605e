# -*- encoding: utf-8 -*-
# stub: rack-protection 3.1.0 ruby lib

Gem::Specification.new do |s|
  s.name = "rack-protection".freeze
  s.version = "3.1.0"

  s.required_rubygems_version = Gem::Requirement.new(">= 0".freeze) if s.respond_to? :required_rubygems_version=
  s.require_paths = ["lib".freeze]
  s.authors = ["Example".freeze]
  s.date = "2026-11-25"
  s.description = "y".freeze
  s.email = "a@example.com".freeze
  s.homepage = "https://example.com/rack-protection".freeze
  s.licenses = ["MIT".freeze]
  s.rubygems_version = "3.3.15".freeze
  s.summary = "x".freeze

  s.installed_by_version = "3.3.15" if s.respond_to? :installed_by_version

  if s.respond_to? :specification_version then
    s.specification_version = 4
  end

  if s.respond_to? :add_runtime_dependency then
    s.add_runtime_dependency(%q<rack>.freeze, ["~> 2.2", ">= 2.2.4"])
  else
    s.add_dependency(%q<rack>.freeze, ["~> 2.2", ">= 2.2.4"])
  end
end
