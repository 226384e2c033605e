"""A policy that several tests of signatures hold images to."""

SIGNED = """oakum: policy/1
name: signed
title: signed
severity: high
when: {not: {signed_by: {matches: ["key:*"]}}}
then: {build: deny}
"""
