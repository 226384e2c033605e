/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * How facts are read out of kernel objects. Every read is by BTF offset, so that one object fits many kernels.
 */
#pragma once

#define OVERLAY_MAGIC 0x794c7630
#define TMPFS_MAGIC 0x01021994
#define HUGETLB_MAGIC 0x958458f6
#define PARTS 64
#define PART 256

/* Kernels before 6.6 keep the change time in one struct, those before 6.11 under another name. */
struct inode___timespec {
	struct timespec64 i_ctime;
} __attribute__((preserve_access_index));
struct inode___hidden {
	struct timespec64 __i_ctime;
} __attribute__((preserve_access_index));

static __always_inline __u64 change_time(struct inode *inode)
{
	struct inode___timespec *old = (void *)inode;
	struct inode___hidden *hidden = (void *)inode;

	/* Since 6.13 the highest bit of the nanoseconds says that somebody has asked for the time (I_CTIME_QUERIED). */
	if (bpf_core_field_exists(inode->i_ctime_sec))
		return BPF_CORE_READ(inode, i_ctime_sec) * 1000000000ULL + (BPF_CORE_READ(inode, i_ctime_nsec) & ~(1U << 31));
	if (bpf_core_field_exists(hidden->__i_ctime))
		return BPF_CORE_READ(hidden, __i_ctime.tv_sec) * 1000000000ULL + BPF_CORE_READ(hidden, __i_ctime.tv_nsec);
	return BPF_CORE_READ(old, i_ctime.tv_sec) * 1000000000ULL + BPF_CORE_READ(old, i_ctime.tv_nsec);
}

static __always_inline struct mount *mount_of(struct vfsmount *mnt)
{
	return (void *)mnt - bpf_core_field_offset(struct mount, mnt);
}

/* The inode of the upper layer, or nothing. overlayfs puts the upper dentry right behind the inode that users see
 * (fs/overlayfs/ovl_entry.h: struct ovl_inode); overlayfs can be a module, so that its own BTF may not be there.
 */
static __always_inline struct inode *upper_inode(struct inode *inode)
{
	struct dentry *upper = NULL;

	bpf_probe_read_kernel(&upper, sizeof(upper), (void *)inode + bpf_core_type_size(struct inode));
	return upper ? BPF_CORE_READ(upper, d_inode) : NULL;
}

/* Flags of a file, and the key of what holds its bytes. */
static __always_inline __u16 look_at(struct file *file, struct file_key *key)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	__u64 magic = BPF_CORE_READ(inode, i_sb, s_magic);
	__u16 flags = 0;

	if (magic == OVERLAY_MAGIC) {
		struct inode *upper = upper_inode(inode);

		flags |= LAYERED;
		if (upper) {
			flags |= UPPER;
			inode = upper;
		}
	} else if (magic == TMPFS_MAGIC || magic == HUGETLB_MAGIC) {
		struct mount *mount = mount_of(BPF_CORE_READ(file, f_path.mnt));

		/* An internal mount has no namespace, or an error in its place (MNT_NS_INTERNAL). */
		if ((unsigned long)BPF_CORE_READ(mount, mnt_ns) - 1 >= (unsigned long)-4096)
			flags |= MEMORY;
	}
	if (!BPF_CORE_READ(inode, i_nlink))
		flags |= UNLINKED;
	key->inode = BPF_CORE_READ(inode, i_ino);
	key->changed = change_time(inode);
	key->device = BPF_CORE_READ(inode, i_sb, s_dev);
	key->generation = BPF_CORE_READ(inode, i_generation);
	return flags;
}

struct walk {
	struct dentry *dentry;
	struct mount *mount;
	struct dentry *root;
	struct mount *root_mount;
	char *out;
	__u32 length;
	__u32 cut;
};

static long one_part(__u32 index, struct walk *walk)
{
	struct dentry *dentry = walk->dentry, *parent;
	struct mount *mount = walk->mount, *above;
	__u32 at = walk->length;
	long read;

	if (dentry == walk->root && mount == walk->root_mount)
		return 1;
	parent = BPF_CORE_READ(dentry, d_parent);
	if (dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
		above = BPF_CORE_READ(mount, mnt_parent);
		if (above == mount)
			return 1;
		walk->dentry = BPF_CORE_READ(mount, mnt_mountpoint);
		walk->mount = above;
		return 0;
	}
	if (at > PATH - PART) {
		walk->cut = 1;
		return 1;
	}
	read = bpf_probe_read_kernel_str(walk->out + at, PART, BPF_CORE_READ(dentry, d_name.name));
	if (read <= 1)
		return 1;
	walk->length = at + (__u32)read;
	if (dentry == parent)
		return 1; /* a memfd hangs on nothing */
	walk->dentry = parent;
	walk->cut = index == PARTS - 1;
	return 0;
}

/* Write a file's path up to the root of the task's own file system; gives how many bytes. */
static __always_inline __u32 path_of(struct file *file, struct task_struct *task, char *out, __u16 *flags)
{
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	struct walk walk = {
		.dentry = BPF_CORE_READ(file, f_path.dentry),
		.mount = mount_of(BPF_CORE_READ(file, f_path.mnt)),
		.root = BPF_CORE_READ(fs, root.dentry),
		.root_mount = mount_of(BPF_CORE_READ(fs, root.mnt)),
		.out = out,
	};

	bpf_loop(PARTS, one_part, &walk, 0);
	if (walk.cut)
		*flags |= CUT;
	return walk.length;
}

static __always_inline __u64 group_of(struct task_struct *task)
{
	if (!settings.pids_hierarchy)
		return BPF_CORE_READ(task, cgroups, dfl_cgrp, kn, id);
	return BPF_CORE_READ(task, cgroups, subsys[bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id)], cgroup, kn, id);
}

static __always_inline __u32 mounts_of(struct task_struct *task)
{
	return BPF_CORE_READ(task, nsproxy, mnt_ns, ns.inum);
}

/* Control groups of containers. User space fills it, who knows which names mean one. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, __u64);
	__type(value, __u32);
} containers SEC(".maps");

static __always_inline bool is_outside(struct task_struct *task)
{
	__u64 group = group_of(task);

	return mounts_of(task) == settings.host_mounts && bpf_map_lookup_elem(&containers, &group);
}

/* The host's own processes; one that left its container for the host's files keeps its control group. */
static __always_inline bool left_out(struct task_struct *task)
{
	__u32 mounts = mounts_of(task);

	if (mounts != settings.host_mounts)
		return !mounts;
	return !settings.host_too && !is_outside(task);
}

/* Who did it. */
static __always_inline void fill_head(struct head *head, struct task_struct *task, __u16 kind, __u16 flags)
{
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);

	head->kind = kind;
	head->flags = is_outside(task) ? flags | OUTSIDE : flags;
	head->at = bpf_ktime_get_boot_ns();
	head->group = group_of(task);
	head->started = BPF_CORE_READ(leader, start_boottime);
	head->pid = BPF_CORE_READ(task, tgid);
	head->thread = BPF_CORE_READ(task, pid);
	head->uid = BPF_CORE_READ(task, cred, euid.val);
	head->login = BPF_CORE_READ(task, loginuid.val);
	head->mounts = mounts_of(task);
	head->depth = 0;
	BPF_CORE_READ_STR_INTO(&head->name, task, comm);
}

static __always_inline __u32 fill_ancestors(struct ancestor *ancestors, struct task_struct *task)
{
	struct task_struct *one = task;
	__u32 depth = 0;

#pragma unroll
	for (int i = 0; i < ANCESTORS; i++) {
		one = BPF_CORE_READ(one, real_parent, group_leader);
		if (!one || !BPF_CORE_READ(one, pid))
			break;
		ancestors[i].started = BPF_CORE_READ(one, start_boottime);
		ancestors[i].pid = BPF_CORE_READ(one, pid);
		ancestors[i].uid = BPF_CORE_READ(one, cred, euid.val);
		BPF_CORE_READ_STR_INTO(&ancestors[i].name, one, comm);
		depth = i + 1;
	}
	return depth;
}
