"""The ledger's tables, step by step."""

from typing import Final

_FIRST: Final = """
create table subject_blob (digest {text} primary key, body {blob} not null);
create table judgement (
    number {serial}, id {text} not null unique, at {int} not null, stage {text} not null,
    outcome {text} not null, subject_blob {text} not null references subject_blob (digest),
    body {blob} not null
);
create index judgement_outcome on judgement (outcome, number);
create index judgement_at on judgement (at);
create index judgement_subject_blob on judgement (subject_blob);
create table audit (
    number {int} primary key, at {text} not null, actor {text} not null, action {text} not null,
    target {text} not null, detail {text} not null, before {text} not null, hash {text} not null
);
create table notice (key {text} primary key, at {int} not null, body {blob} not null);
create table delivery (
    id {serial}, notice {text} not null references notice (key), receiver {text} not null,
    tries {int} not null, due {int} not null, error {text} not null, state {text} not null,
    unique (notice, receiver)
);
create index delivery_due on delivery (state, due);
create table token (name {text} primary key, hash {text} not null unique, body {blob} not null);
create table setting (name {text} primary key, value {text} not null);
"""

_JUDGED_IMAGE: Final = """
alter table judgement add column image_id {text} not null default '';
create index judgement_image on judgement (image_id, number);
"""

LEDGER: Final = (_FIRST, _JUDGED_IMAGE)
"""Every step of the ledger."""
