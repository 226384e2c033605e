"""The limits that every byte from outside passes; plug-ins never set their own.

Every number here is a bound against hostile input, far above what honest images
hold; passing one is a gap in the report, never a crash.
"""

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB

READ_CHUNK = 2 * MIB
"""Bytes read from a file at a time; two of these live in each thread."""

LAYER_BYTES = 64 * GIB
"""Unpacked size of one layer."""

LAYER_ENTRIES = 5_000_000
"""Entries in one layer's tar."""

LAYER_RATIO = 1_100
"""Unpacked bytes per packed byte of a layer of more than ``LAYER_FREE_BYTES`` (deflate cannot pass 1,032)."""

LAYER_FREE_BYTES = 8 * GIB
"""Unpacked size of a layer at any ratio: a sparse file of zeros, which zstandard packs 30,000 times, is no bomb yet."""

NAME_BYTES = 4_096
"""Length of a path in an archive (PATH_MAX of Linux)."""

EXTENDED_HEADER_BYTES = 1 * MIB
"""Size of one PAX or GNU extended header."""

FILE_BYTES = 64 * MIB
"""Size of one file that is handed to a cataloger in memory."""

HELD_BYTES = 256 * MIB
"""Bytes of one layer that wait in memory for catalogers that want the whole layer."""

SPILL_BYTES = 2 * GIB
"""Size of one file that is handed to a cataloger through the spill."""

WINDOW_BYTES = 1 * MIB
"""Bytes from a marker on that a cataloger of binaries gets."""

TAIL_BYTES = 32 * MIB
"""What is kept of the end of a program that is not loaded (debugging information), to find a section there."""

PACKAGE_CONTROL_BYTES = 64 * MIB
"""What is unpacked of a package's archive (deb, apk) until the file is there that says what the package is."""

PACKAGE_CONTROL_FILE_BYTES = 1 * MIB
"""Size of that file."""

PACKAGE_HEADER_BYTES = 64 * MIB
"""Size of each of the two headers of an rpm that is a file."""

UNPACK_MEMORY_BYTES = 128 * MIB
"""Memory that one xz stream may ask for to be unpacked (its highest preset asks for 65 MiB)."""

NESTED_ARCHIVE_BYTES = 32 * MIB
"""Size of an archive inside an archive (a jar in a jar)."""

NESTING = 5
"""Archives inside archives."""

ARCHIVE_ENTRIES = 200_000
"""Entries in one zip."""

MANIFEST_BYTES = 4 * MIB
"""Size of a manifest, an index or a configuration (the distribution specification's own bound)."""

ARCHIVE_BYTES = 64 * GIB
"""Size of an image's archive that is packed as a whole, unpacked; at most nine tenths of what is free on the disk."""

ARCHIVE_MEMORY_BYTES = 2 * GIB
"""The same where no folder can hold an unnamed file, so that it lies in memory."""

REFERRERS = 10_000
"""Manifests that are listed as referring to one image."""

PLATFORMS = 100
"""Images of one index that are read where all are asked for."""

SPECIAL_FILES = 10_000
"""Setuid and setgid files of one layer that are named."""

LAYERS = 1_000
"""Layers of one image."""

FACTS_PER_FILE = 200_000
"""Facts that one cataloger may see in one layer."""

MESSAGE_BYTES = 256 * MIB
"""Size of one message from the parser to its parent."""

SAID_BYTES = 2 * GIB
"""All that a parser may say in one scan."""

FILE_SECONDS = 60
"""Time for one file; then the parser is ended, the file is a gap and the layer starts again."""

STALL_SECONDS = 30
"""Time in which a download must bring at least ``STALL_BYTES``; then it is broken off and tried again."""

STALL_BYTES = 16 * KIB
"""Bytes that a download must bring in ``STALL_SECONDS``."""

FETCH_TRIES = 5
"""Tries of one request to a registry that bring nothing new."""

WAIT_SECONDS = 60
"""Time that a registry may ask us to wait (``Retry-After``); beyond it the scan ends instead."""

SCAN_SECONDS = 3_600
"""Time for one scan."""

FIELD_CHARACTERS = 1_000
"""Length of a name, version or licence that is kept of a package."""

OWNED_CHARACTERS = 64 * MIB
"""Length of all lists of owned files in one database of rpm or apk."""

HEADER_VALUES = 2_000_000
"""Names of files and capabilities in all headers of one rpm database."""

HEADER_ENTRIES = 65_535
"""Entries of the header of one rpm (rpm's own bound)."""

PACKAGE_DEPENDS = 2_000
"""Packages that one package is said to need."""

CAPABILITIES = 500_000
"""Names that the packages of one database provide; needs of others lead nowhere."""

RELATION_CHARACTERS = 256 * KIB
"""Length of one field that says what a package needs or provides; a longer one is not taken apart."""

CAPABILITY_PROVIDERS = 16
"""Packages that provide the same; one that more provide says nothing about who needs whom."""

FEED_ARCHIVE_BYTES = 2 * GIB
"""Size of one archive of advisories."""

FEED_DIRECTORY_BYTES = 128 * MIB
"""Size of the directory of such an archive, which is read into memory (a record takes about 80 bytes of it)."""

FEED_FILE_BYTES = 512 * MIB
"""Size of one list of a feed, unpacked (all of EPSS is 15 MB)."""

FEED_RECORDS = 2_000_000
"""Records of one source."""

RECORD_BYTES = 16 * MIB
"""Size of one advisory record, unpacked."""

RECORD_PACKAGES = 20_000
"""Packages that one record names."""

RECORD_EVENTS = 50_000
"""Range events and listed versions that one record has for one package."""

RECORD_ALIASES = 1_000
"""Other ids that one record names."""

CVE_METRICS = 100
"""Ratings in one container of a CVE record, and kinds of weakness."""

VECTOR_CHARACTERS = 300
"""Length of a CVSS vector; one of CVSS 4.0 with every metric has 182."""

SUMMARY_CHARACTERS = 200
"""Length of an advisory's summary that is kept."""

DATABASE_BYTES = 8 * GIB
"""Size of an advisory database out of a registry, unpacked (one with the whole CVE list has some 200 MiB)."""

DATABASE_PACKED_BYTES = 2 * GIB
"""Size of an advisory database as it lies in a registry."""

VEX_BYTES = 64 * MIB
"""One VEX document."""

CONFIGURATION_BYTES = 1 * MIB
"""Size of a configuration file, or of a file of ignored findings."""

YAML_BYTES = 16 * MIB
"""Size of one YAML file that is read whole (lock files of large projects have 2 MiB)."""

TOML_BYTES = 8 * MIB
"""Size of one TOML file that is read (lock files of large projects have 4 MiB; reading is slow)."""

TOML_KEY_PARTS = 8
"""Parts of one dotted key."""

TREE_DEPTH = 64
"""Depth of a YAML or TOML document."""

TREE_NODES = 1_000_000
"""Parts of one YAML stream, values of one JSON file, elements and attributes of one in XML."""

SBOM_BYTES = 256 * MIB
"""Size of one SBOM that is read (Syft's own, with every file of a large image, has some 100 MiB)."""

SBOM_XML_BYTES = 64 * MIB
"""Size of one SBOM in XML, whose tree takes many times its size."""

SBOM_DEPTH = 200
"""Elements within elements of an SBOM, and components within components."""

SBOM_PATHS = 1_000
"""Files that an SBOM names for one package."""

BATCH_LINE_BYTES = 256 * KIB
"""Length of one line that a scripting command reads."""

CONTROL_GROUPS = 65_536
"""Control groups of one host whose container is known to the sensor; the longest known are forgotten."""

RECORD_BATCH = 8_192
"""Records that are taken from one ring of the kernel at a time."""

RECORD_BYTES = 4_096
"""Size of one record of the kernel (the largest that our programs write has 2,656)."""

INVENTORY_BYTES = 512 * MIB
"""Size of one image's inventory in a store, unpacked."""

EVENT_CHUNK_BYTES = 64 * MIB
"""Size of one batch of runtime events in a store, unpacked."""

AUDIT_LINE_BYTES = 4 * KIB
"""Length of one line in the export of the audit trail's heads."""

REGISTRY_NAMES = 200_000
"""Repositories, or tags of one repository, that a registry lists."""

NOTICE_ANSWER_BYTES = 64 * KIB
"""What is read of the answer of whoever is told something."""

SERVER_ANSWER_BYTES = 256 * MIB
"""Size of one answer of a server's API."""

DRIFT_FILE_BYTES = 512 * MIB
"""Size of a file of a container that is compared with its image; a longer one counts as changed."""

DRIFT_FILES = 20_000
"""Files of one container's writable layer that are looked at."""

PACKAGE_DATABASE_BYTES = 64 * MIB
"""Size of a package database of a container that is compared with its image's."""

SPOOL_BYTES = 256 * MIB
"""What an agent keeps for a server that is away; the oldest events go first, and are counted."""
