// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
/* The kernel sensor: programs that start and end, files opened for writing, connections, containers that come and go.
 *
 * Only tracepoints with BTF and control-group hooks are used: kprobes, trampolines and LSM are refused on many hosts.
 * Two rings, so that a flood of opens cannot push out the start of a program. What does not fit is counted by container.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include <bpf/bpf_endian.h>
#include "records.h"

/* The helpers that read kernel memory are open to programs under the GPL alone. */
char LICENSE[] SEC("license") = "GPL";

const volatile struct settings settings = {};

/* Structs that are only ever on the stack or in a ring are described in the object through these, for the tests. */
const struct exited *exited_described;
const struct connected *connected_described;
const struct container *container_described;
const struct changed *changed_described;

#include "reading.h"
#include "syscalls.h"
#include "telling.h"

#define MAY_WRITE_FILE 2 /* FMODE_WRITE */
#define FILE_CREATED 0x100000 /* FMODE_CREATED */
#define S_IFMT 00170000
#define S_IFREG 0100000
#define SIGKILL 9
#define AF_INET 2
#define AF_INET6 10

/* The kernel lets go of a script before the tracepoint; its interpreter opens it again, as its first argument. The
 * process is named after the script until then, which is how that open is known.
 */
static __always_inline void expect_script(struct task_struct *task)
{
	struct script script = {};
	__u32 pid = BPF_CORE_READ(task, tgid);

	BPF_CORE_READ_STR_INTO(&script.name, task, comm);
	bpf_map_update_elem(&scripts, &pid, &script, BPF_ANY);
}

static __always_inline bool is_script(struct task_struct *task, struct file *file)
{
	__u32 pid = BPF_CORE_READ(task, tgid);
	struct script *expected = bpf_map_lookup_elem(&scripts, &pid), opened = {};
	__u64 *one = (__u64 *)opened.name, *other = (__u64 *)expected;
	const unsigned char *name;

	if (!expected)
		return false;
	name = BPF_CORE_READ(file, f_path.dentry, d_name.name);
	bpf_probe_read_kernel_str(opened.name, NAME, name);
	if (one[0] != other[0] || one[1] != other[1])
		return false;
	bpf_map_delete_elem(&scripts, &pid);
	return true;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, pid_t old, struct linux_binprm *bprm)
{
	struct executed *record;
	struct mm_struct *mm;
	const char *given, *interpreter;
	unsigned long begin, end;
	__u32 at, most;
	__u16 flags;
	long read;

	if (left_out(task))
		return 0;
	record = scratch_executed();
	if (!record)
		return 0;
	flags = look_at(BPF_CORE_READ(bprm, file), &record->file);
	given = BPF_CORE_READ(bprm, filename);
	interpreter = BPF_CORE_READ(bprm, interp);
	if (given != interpreter) {
		flags |= SCRIPT;
		expect_script(task);
	}
	fill_head(&record->head, task, EXECUTED, flags);
	if (must_die(&record->head, &record->file) && !bpf_send_signal(SIGKILL))
		flags |= KILLED;
	record->head.depth = fill_ancestors(record->ancestors, task);
	record->parent_mounts = mounts_of(BPF_CORE_READ(task, real_parent));

	at = path_of(BPF_CORE_READ(bprm, file), task, record->text, &flags) & (2 * PATH - 1);
	if (at > PATH)
		at = PATH;
	record->path_bytes = at;
	read = bpf_probe_read_kernel_str(record->text + at, GIVEN, given);
	record->given_bytes = read > 0 ? (__u32)read : 0;
	if (read == GIVEN)
		flags |= CUT;
	at += record->given_bytes & (2 * GIVEN - 1);
	if (at > PATH + GIVEN)
		at = PATH + GIVEN;

	mm = BPF_CORE_READ(task, mm);
	begin = BPF_CORE_READ(mm, arg_start);
	end = BPF_CORE_READ(mm, arg_end);
	most = end > begin ? (end - begin > ARGUMENTS ? ARGUMENTS : end - begin) : 0;
	if (end > begin && end - begin > ARGUMENTS)
		flags |= CUT;
	most &= 2 * ARGUMENTS - 1;
	if (most > ARGUMENTS)
		most = ARGUMENTS;
	if (bpf_probe_read_user(record->text + at, most, (void *)begin))
		most = 0;
	record->argument_bytes = most;
	at += most;

	record->head.flags |= flags;
	record->head.size = sizeof(*record) - sizeof(record->text) + at;
	tell_urgent(&record->head, record, sizeof(*record), flags & (UPPER | MEMORY | KILLED));
	return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	struct exited record = {};
	__u32 code;

	if (left_out(task) || BPF_CORE_READ(task, signal, live.counter))
		return 0; /* other threads of the process go on */
	fill_head(&record.head, task, EXITED, 0);
	record.head.size = sizeof(record);
	code = BPF_CORE_READ(task, exit_code);
	record.code = (code >> 8) & 0xff;
	record.signalled = code & 0x7f;
	tell_urgent(&record.head, &record, sizeof(record), false);
	return 0;
}

/* Descriptor to file: what was opened, whatever the path's memory holds by now. */
static __always_inline struct file *opened_file(struct task_struct *task, long descriptor)
{
	struct file **files = BPF_CORE_READ(task, files, fdt, fd);
	struct file *file = NULL;

	bpf_probe_read_kernel(&file, sizeof(file), files + (descriptor & 0xffffff));
	return file;
}

static __always_inline void fill_opened(struct written *record, struct task_struct *task, struct file *file, __u16 flags)
{
	struct file *program = BPF_CORE_READ(task, mm, exe_file);
	__u32 at;

	record->head.depth = fill_ancestors(record->ancestors, task);
	record->open_flags = BPF_CORE_READ(file, f_flags);
	record->created = !!(BPF_CORE_READ(file, f_mode) & FILE_CREATED);
	at = path_of(file, task, record->text, &flags) & (2 * PATH - 1);
	if (at > PATH)
		at = PATH;
	record->path_bytes = at;
	record->program_bytes = program ? path_of(program, task, record->text + at, &flags) & (2 * PATH - 1) : 0;
	if (record->program_bytes > PATH)
		record->program_bytes = PATH;
	at += record->program_bytes;
	record->head.flags |= flags;
	record->head.size = sizeof(*record) - sizeof(record->text) + at;
}

static __always_inline void tell_write(struct task_struct *task, struct file *file, struct written *record)
{
	__u16 flags = look_at(file, &record->file);

	if (is_repeat(task, &record->file, BPF_CORE_READ(task, mm, exe_file)))
		return;
	fill_head(&record->head, task, WRITTEN, flags);
	if (over_rate(record->head.group))
		return;
	fill_opened(record, task, file, flags);
	tell_bulk(&record->head, record);
}

static __always_inline void tell_script(struct task_struct *task, struct file *file, struct written *record)
{
	__u16 flags = look_at(file, &record->file) | SCRIPT;

	fill_head(&record->head, task, INTERPRETED, flags);
	if (must_die(&record->head, &record->file) && !bpf_send_signal(SIGKILL))
		flags |= KILLED;
	fill_opened(record, task, file, flags);
	tell_urgent(&record->head, record, sizeof(*record), flags & (UPPER | MEMORY | KILLED));
}

/* What was copied up by a mere change of its rights has the image's bytes; user space has to compare them before the
 * file is started, so it is told at once. Which file it was stands in memory that the caller may change, so that is not read.
 */
static __always_inline void tell_changed(void)
{
	struct task_struct *task = bpf_get_current_task_btf();
	__u64 group = group_of(task);
	struct changed record = {};

	if (!bpf_map_lookup_elem(&guarded, &group) || left_out(task) || over_rate(group))
		return;
	fill_head(&record.head, task, CHANGED, 0);
	record.head.size = sizeof(record);
	if (bpf_ringbuf_output(&bulk, &record, sizeof(record), BPF_RB_FORCE_WAKEUP))
		count_loss(group, false);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_syscall, struct pt_regs *regs, long returned)
{
	struct task_struct *task;
	struct written *record;
	struct file *file;
	bool writes;

	if (returned == 0 && copies_up(regs))
		tell_changed();
	if (returned < 0 || !opens_file(regs))
		return 0;
	task = bpf_get_current_task_btf();
	if (left_out(task))
		return 0;
	file = opened_file(task, returned);
	if (!file)
		return 0;
	writes = BPF_CORE_READ(file, f_mode) & MAY_WRITE_FILE;
	if (!writes && !is_script(task, file))
		return 0;
	if ((BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFREG)
		return 0;
	record = scratch_written();
	if (!record)
		return 0;
	if (writes)
		tell_write(task, file, record);
	else
		tell_script(task, file, record);
	return 0;
}

static __always_inline struct connected *begin_connect(struct task_struct *task)
{
	struct connected *record = bpf_ringbuf_reserve(&bulk, sizeof(*record), 0);

	if (!record) {
		count_loss(group_of(task), false);
		return NULL;
	}
	__builtin_memset(record, 0, sizeof(*record));
	fill_head(&record->head, task, CONNECTED, 0);
	record->head.size = sizeof(*record);
	record->head.depth = fill_ancestors(record->ancestors, task);
	return record;
}

/* Both hooks run in the caller's context after the address was copied from user memory: nobody can change it any more. */
SEC("cgroup/connect4")
int on_connect4(struct bpf_sock_addr *asked)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct connected *record;

	if (left_out(task) || over_rate(group_of(task)))
		return 1;
	record = begin_connect(task);
	if (!record)
		return 1;
	record->family = AF_INET;
	*(__u32 *)record->address = asked->user_ip4;
	record->port = bpf_ntohs((__u16)asked->user_port);
	record->protocol = asked->protocol;
	record->kind = asked->type;
	bpf_ringbuf_submit(record, wake(&last_bulk));
	return 1;
}

SEC("cgroup/connect6")
int on_connect6(struct bpf_sock_addr *asked)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct connected *record;

	if (left_out(task) || over_rate(group_of(task)))
		return 1;
	record = begin_connect(task);
	if (!record)
		return 1;
	record->family = AF_INET6;
	((__u32 *)record->address)[0] = asked->user_ip6[0];
	((__u32 *)record->address)[1] = asked->user_ip6[1];
	((__u32 *)record->address)[2] = asked->user_ip6[2];
	((__u32 *)record->address)[3] = asked->user_ip6[3];
	record->port = bpf_ntohs((__u16)asked->user_port);
	record->protocol = asked->protocol;
	record->kind = asked->type;
	bpf_ringbuf_submit(record, wake(&last_bulk));
	return 1;
}

static __always_inline int tell_container(struct cgroup *group, const char *path, __u16 flags)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct container *record;
	long read;

	if (BPF_CORE_READ(group, root, hierarchy_id) != settings.pids_hierarchy)
		return 0; /* cgroup v1 has a dozen hierarchies; one tells it */
	record = scratch_container();
	if (!record)
		return 0;
	fill_head(&record->head, task, CONTAINER, flags);
	record->made = BPF_CORE_READ(group, kn, id);
	record->hierarchy = settings.pids_hierarchy;
	read = bpf_probe_read_kernel_str(record->text, PATH, path);
	record->path_bytes = read > 0 ? (__u32)read & (2 * PATH - 1) : 0;
	if (record->path_bytes > PATH)
		record->path_bytes = PATH;
	record->head.size = sizeof(*record) - sizeof(record->text) + record->path_bytes;
	tell_urgent(&record->head, record, sizeof(*record), true);
	return 0;
}

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(on_group_made, struct cgroup *group, const char *path)
{
	return tell_container(group, path, 0);
}

SEC("tp_btf/cgroup_rmdir")
int BPF_PROG(on_group_removed, struct cgroup *group, const char *path)
{
	return tell_container(group, path, REMOVED);
}
