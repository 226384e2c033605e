Gem::Specification.new do |s|
  s.name = %q{old}
  s.version = "1.2"
  s.license = 'Ruby'
end
