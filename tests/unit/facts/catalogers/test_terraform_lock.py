from oakum.facts.catalogers.terraform_lock import terraform_lock
from oakum.model.fact import Gap, Package
from oakum.testing.files import read

PATH = "infra/.terraform.lock.hcl"


def test_the_host_is_no_part_of_the_name() -> None:
    text = b'provider "example.com/acme/aws" {\n  version     = "5.1.0"\n  constraints = "~> 5.0"\n}\n'
    assert read(terraform_lock, {PATH: text}) == [Package("terraform", "acme/aws", "5.1.0", PATH)]


def test_a_block_that_is_cut_off_or_has_no_version_is_said() -> None:
    (gap,) = read(terraform_lock, {PATH: b'provider "example.com/acme/aws" {\n'})
    assert isinstance(gap, Gap)
