/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * What the kernel tells user space: little-endian, without holes. src/oakum/facts/events reads these
 * structs; a test compares its layouts with the type information of the built object.
 */
#pragma once

enum kind { EXECUTED = 1, EXITED = 2, WRITTEN = 3, CONNECTED = 4, CONTAINER = 5, LOST = 6, INTERPRETED = 7, CHANGED = 8 };

enum flag {
	UPPER = 1,        /* the file lies in the writable layer of an overlay */
	LAYERED = 2,      /* the file lies in an overlay at all */
	MEMORY = 4,       /* the file lies in no mounted file system: memfd */
	SCRIPT = 8,       /* what was started is a text with an interpreter */
	KILLED = 16,      /* we ended the process */
	CUT = 32,         /* a text did not fit */
	REMOVED = 64,     /* a container's control group went, instead of came */
	UNLINKED = 128,   /* the file has no name any more */
	OUTSIDE = 256,    /* a process of a container that sees the host's files */
};

#define ANCESTORS 6
#define NAME 16
#define PATH 1024
#define GIVEN 256
#define ARGUMENTS 1024

struct head {
	__u32 size;       /* of the whole record */
	__u16 kind;
	__u16 flags;
	__u64 at;         /* nanoseconds since the boot, suspended time too */
	__u64 group;      /* id of the control group: inode of its directory */
	__u64 started;    /* of the process, as at */
	__u32 pid;
	__u32 thread;
	__u32 uid;        /* effective */
	__u32 login;      /* of the audit session */
	__u32 mounts;     /* inode of the mount namespace */
	__u32 depth;      /* how many ancestors were read */
	char name[NAME];
};

struct ancestor {
	__u64 started;
	__u32 pid;
	__u32 uid;
	char name[NAME];
};

/* The file that holds the bytes: in an overlay, the one of the upper layer where there is one. */
struct file_key {
	__u64 inode;
	__u64 changed;    /* ctime, nanoseconds since the epoch */
	__u32 device;     /* major << 20 | minor */
	__u32 generation;
};

/* Texts follow each other in `text`; a path is written leaf first, each part ended by a zero byte. */
struct executed {
	struct head head;
	struct ancestor ancestors[ANCESTORS];
	struct file_key file;
	__u32 path_bytes;
	__u32 given_bytes;
	__u32 argument_bytes;
	__u32 parent_mounts;
	char text[PATH + GIVEN + ARGUMENTS];
};

struct exited {
	struct head head;
	__u32 code;       /* as wait(2) has it */
	__u32 signalled;
};

/* A file that was opened for writing, or a script that its interpreter opened. */
struct written {
	struct head head;
	struct ancestor ancestors[ANCESTORS];
	struct file_key file;
	__u32 open_flags;
	__u32 path_bytes;
	__u32 program_bytes;
	__u32 created;
	char text[PATH + PATH];
};

/* Rights, owner or times of some file were changed; told of guarded control groups alone. */
struct changed {
	struct head head;
	__u64 reserved;
};

struct connected {
	struct head head;
	struct ancestor ancestors[ANCESTORS];
	__u8 address[16]; /* network order; of IPv4 the first four bytes count */
	__u32 family;
	__u32 port;
	__u32 protocol;
	__u32 kind;       /* SOCK_STREAM, SOCK_DGRAM ... */
};

struct container {
	struct head head;
	__u64 made;       /* id of the control group that came or went */
	__u32 path_bytes;
	__u32 hierarchy;
	char text[PATH];
};

/* What was not told, by control group; the value of the map `losses`. */
struct lost {
	struct head head;
	__u64 urgent;
	__u64 bulk;
	__u64 limited;    /* over the rate of one container; also counted in bulk */
	__u64 suppressed; /* repeats that say nothing new; no loss */
	__u64 tokens;
	__u64 refilled;
};

/* Written by user space before the program is loaded. */
struct settings {
	__u64 repeat_ns;      /* a repeated open for writing is told again after this time */
	__u64 rate;           /* bulk records per second and container; 0: no bound */
	__u64 wake_ns;        /* shortest time between two wake-ups for records that can wait */
	__u32 host_mounts;    /* the mount namespace that is not a container's */
	__u32 pids_hierarchy; /* 0: ids of the unified hierarchy; else of the pids controller's (cgroup v1 alone) */
	__u32 own_pid;
	__u32 host_too;       /* tell of the host's own processes as well */
};
