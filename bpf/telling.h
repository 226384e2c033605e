/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * The maps, and how a record leaves the kernel: rings, wake-ups, repeats, rates, losses and the kill.
 */
#pragma once

#define URGENT_BYTES (4 << 20)
#define BULK_BYTES (16 << 20)

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, URGENT_BYTES);
} urgent SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, BULK_BYTES);
} bulk SEC(".maps");

/* Losses by control group. The map of the whole host never forgets; this one forgets the longest idle. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64);
	__type(value, struct lost);
} losses SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lost);
} totals SEC(".maps");

/* Control groups whose foreign programs are ended. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, __u64);
	__type(value, __u32);
} guarded SEC(".maps");

/* Files of the upper layer that user space compared with the image's and found the same. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, struct file_key);
	__type(value, __u32);
} same_bytes SEC(".maps");

/* Processes whose interpreter has not opened its script yet, with the script's name as the kernel cut it. */
struct script {
	char name[NAME];
} __attribute__((aligned(8)));

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, __u32);
	__type(value, struct script);
} scripts SEC(".maps");

struct repeat {
	struct file_key file; /* without its change time, which writing moves */
	__u64 group;
	__u64 program;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, struct repeat);
	__type(value, __u64);
} repeats SEC(".maps");

/* Too large for the stack. Tracepoints run with preemption off, so one per processor is enough. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct executed);
} scratch_of_executed SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct written);
} scratch_of_written SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct container);
} scratch_of_container SEC(".maps");

static __u64 last_urgent, last_bulk;

static __always_inline struct executed *scratch_executed(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&scratch_of_executed, &zero);
}

static __always_inline struct written *scratch_written(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&scratch_of_written, &zero);
}

static __always_inline struct container *scratch_container(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&scratch_of_container, &zero);
}

static __always_inline struct lost *losses_of(__u64 group)
{
	struct lost *found = bpf_map_lookup_elem(&losses, &group);
	struct lost fresh = {};

	if (found)
		return found;
	fresh.head.size = sizeof(fresh);
	fresh.head.kind = LOST;
	fresh.head.group = group;
	fresh.head.at = bpf_ktime_get_boot_ns();
	fresh.refilled = fresh.head.at;
	fresh.tokens = settings.rate * 2;
	bpf_map_update_elem(&losses, &group, &fresh, BPF_NOEXIST);
	return bpf_map_lookup_elem(&losses, &group);
}

static __always_inline struct lost *totals_here(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&totals, &zero);
}

static __always_inline void count_loss(__u64 group, bool from_urgent)
{
	struct lost *of_group = losses_of(group), *total = totals_here();

	if (total)
		__sync_fetch_and_add(from_urgent ? &total->urgent : &total->bulk, 1);
	if (!of_group)
		return;
	__sync_fetch_and_add(from_urgent ? &of_group->urgent : &of_group->bulk, 1);
	of_group->head.at = bpf_ktime_get_boot_ns();
}

/* Wake the reader at once after a quiet time; in a storm it looks by itself, and a wake-up each would cost more than
 * the record. It looks again within wake_ns of the last record that it got.
 */
static __always_inline __u64 wake(__u64 *last)
{
	__u64 now = bpf_ktime_get_boot_ns();

	if (now - *last < settings.wake_ns)
		return BPF_RB_NO_WAKEUP;
	*last = now;
	return BPF_RB_FORCE_WAKEUP;
}

static __always_inline void tell_urgent(struct head *head, void *record, __u32 most, bool at_once)
{
	__u64 flags = at_once ? BPF_RB_FORCE_WAKEUP : wake(&last_urgent);
	__u32 size = head->size;

	if (size > most)
		return;
	if (bpf_ringbuf_output(&urgent, record, size, flags))
		count_loss(head->group, true);
}

static __always_inline void tell_bulk(struct head *head, void *record)
{
	__u32 size = head->size;

	if (size > sizeof(struct written))
		return;
	if (bpf_ringbuf_output(&bulk, record, size, wake(&last_bulk)))
		count_loss(head->group, false);
}

/* The same program opened the same file for writing a moment ago. */
static __always_inline bool is_repeat(struct task_struct *task, struct file_key *file, struct file *program)
{
	struct repeat key = {};
	__u64 now = bpf_ktime_get_boot_ns(), *told;
	struct lost *of_group, *total;

	key.file = *file;
	key.file.changed = 0;
	key.group = group_of(task);
	key.program = program ? BPF_CORE_READ(program, f_inode, i_ino) : 0;
	told = bpf_map_lookup_elem(&repeats, &key);
	if (!told || now - *told >= settings.repeat_ns) {
		bpf_map_update_elem(&repeats, &key, &now, BPF_ANY);
		return false;
	}
	of_group = losses_of(key.group);
	total = totals_here();
	if (of_group)
		__sync_fetch_and_add(&of_group->suppressed, 1);
	if (total)
		__sync_fetch_and_add(&total->suppressed, 1);
	return true;
}

/* A bucket of tokens for each container, so that a noisy one cannot fill the ring of all. Two processors may refill it
 * at once; then it is a little too kind, which no promise rests on.
 */
static __always_inline bool over_rate(__u64 group)
{
	struct lost *of_group, *total;
	__u64 now, added;

	if (!settings.rate)
		return false;
	of_group = losses_of(group);
	if (!of_group)
		return false;
	now = bpf_ktime_get_boot_ns();
	added = (now - of_group->refilled) / 1000 * settings.rate / 1000000;
	if (added) {
		added += of_group->tokens;
		of_group->tokens = added > settings.rate * 2 ? settings.rate * 2 : added;
		of_group->refilled = now;
	}
	if (of_group->tokens) {
		of_group->tokens -= 1;
		return false;
	}
	__sync_fetch_and_add(&of_group->limited, 1);
	total = totals_here();
	if (total)
		__sync_fetch_and_add(&total->limited, 1);
	count_loss(group, false);
	return true;
}

/* A program that came with the upper layer or out of memory, in a container that is guarded, and that nobody has found
 * to be the image's own bytes. The engine's runtime starts out of memory, in the host's mount namespace: it is spared.
 */
static __always_inline bool must_die(struct head *head, struct file_key *file)
{
	struct file_key key = *file;

	if (!(head->flags & (UPPER | MEMORY)) || head->mounts == settings.host_mounts)
		return false;
	if (!bpf_map_lookup_elem(&guarded, &head->group))
		return false;
	key.generation = 0; /* stat(2) does not tell it */
	return !bpf_map_lookup_elem(&same_bytes, &key);
}
