"""The tables of the events, step by step: the index of the segments, and how far each run of a sensor was taken."""

from typing import Final

_FIRST: Final = """
create table run (
    host {text} not null, run {text} not null, sequence {int} not null, primary key (host, run)
);
create table segment (
    number {serial}, host {text} not null, hour {int} not null, last_at {int} not null, unique (host, hour)
);
create index segment_last_at on segment (last_at);
create table chunk (
    number {serial}, segment {int} not null references segment (number), first_at {int} not null,
    last_at {int} not null, count {int} not null, start {int} not null, length {int} not null
);
create index chunk_segment on chunk (segment);
create index chunk_first_at on chunk (first_at);
create table chunk_container (
    container {text} not null, chunk {int} not null references chunk (number), primary key (container, chunk)
);
create index chunk_container_chunk on chunk_container (chunk);
create table chunk_body (chunk {int} primary key references chunk (number), body {blob} not null);
"""

EVENTS: Final = (_FIRST,)
"""Every step of the events."""
