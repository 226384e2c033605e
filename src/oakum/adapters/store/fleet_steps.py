"""The fleet's tables, step by step.

``image_package`` is the inverted index: from a package to the images that hold it, and by ``container.image_id`` and
``container.digest`` on to what runs.
"""

from typing import Final

_FIRST: Final = """
create table image (
    number {serial}, image_id {text} not null unique, digest {text} not null, name {text} not null,
    owner {text} not null, assessed {text} not null, assessed_at {int} not null,
    head {blob} not null, inventory {blob} not null
);
create index image_name_order on image (name, number);
create index image_digest on image (digest);
create table image_name (
    name {text} not null, image {int} not null references image (number), primary key (name, image)
);
create index image_name_image on image_name (image);
create table package (
    number {serial}, id {text} not null unique, type {text} not null, name {text} not null,
    source {text} not null, known_as {text} not null, body {blob} not null
);
create index package_name on package (name);
create index package_source on package (source);
create index package_known_as on package (known_as);
create table image_package (
    package {int} not null references package (number), image {int} not null references image (number),
    layer {int} not null, primary key (package, image)
);
create index image_package_image on image_package (image);
create table finding (
    package {int} not null references package (number), id {text} not null, digest {text} not null,
    body {blob} not null, primary key (package, id)
);
create table finding_name (
    name {text} not null, package {int} not null, id {text} not null, primary key (name, package, id)
);
create index finding_name_package on finding_name (package);
create table host (id {text} primary key, name {text} not null, body {blob} not null);
create table container (
    id {text} primary key, host {text} not null, name {text} not null, image_id {text} not null,
    digest {text} not null, runs {int} not null, since {int} not null, stopped {int} not null,
    body {blob} not null
);
create index container_since on container (since, id);
create index container_image on container (image_id, runs);
create index container_digest on container (digest, runs);
create index container_name on container (name);
create index container_host on container (host, since);
create index container_stopped on container (stopped);
create table tag (
    repository {text} not null, tag {text} not null, digest {text} not null, body {blob} not null,
    primary key (repository, tag)
);
create index tag_digest on tag (digest);
create table incident (
    id {text} primary key, at {int} not null, container {text} not null, state {text} not null,
    body {blob} not null
);
create index incident_at on incident (at, id);
create index incident_container on incident (container);
"""

_RATING: Final = """
alter table finding add column rating {text} not null default '';
alter table image add column source {text} not null default 'server';
"""
"""What was kept before has none until its package is judged anew; it counts as unscored."""

_TRUST: Final = """
create table image_trust (image_id {text} primary key, body {blob} not null);
"""

FLEET: Final = (_FIRST, _RATING, _TRUST)
"""Every step of the fleet."""
