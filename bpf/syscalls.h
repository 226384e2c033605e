/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Which system calls give a descriptor of a file that was opened, and which change rights, owners or times of a file, so
 * that an overlay copies it up; 32-bit programs on a 64-bit kernel number them otherwise.
 */
#pragma once

#if defined(__TARGET_ARCH_x86)
#define COMPAT 2 /* TS_COMPAT */
static __always_inline bool opens_file(struct pt_regs *regs)
{
	struct task_struct *task;
	long number = (int)BPF_CORE_READ(regs, orig_ax);

	switch (number) {
	case 2: case 85: case 257: case 304: case 437: /* open creat openat open_by_handle_at openat2 */
	case 5: case 8: case 295: case 342: /* of 32 bit: open creat openat open_by_handle_at */
		break;
	default:
		return false;
	}
	task = bpf_get_current_task_btf();
	if (BPF_CORE_READ(task, thread_info.status) & COMPAT)
		return number == 5 || number == 8 || number == 295 || number == 342 || number == 437;
	return number == 2 || number == 85 || number == 257 || number == 304 || number == 437;
}

static __always_inline bool copies_up(struct pt_regs *regs)
{
	struct task_struct *task;
	long number = (int)BPF_CORE_READ(regs, orig_ax);
	bool wide, narrow;

	/* chmod fchmod chown fchown lchown utime utimes futimesat fchownat fchmodat utimensat fchmodat2 */
	wide = (number >= 90 && number <= 94) || number == 132 || number == 235 || number == 260 || number == 261 ||
	       number == 268 || number == 280 || number == 452;
	/* of 32 bit: chmod lchown utime fchmod fchown lchown32 fchown32 chown32 utimes fchownat fchmodat utimensat */
	narrow = number == 15 || number == 16 || number == 30 || number == 94 || number == 95 || number == 198 ||
		 number == 207 || number == 212 || number == 271 || number == 298 || number == 306 || number == 320 ||
		 number == 412 || number == 452;
	if (!wide && !narrow)
		return false;
	task = bpf_get_current_task_btf();
	return BPF_CORE_READ(task, thread_info.status) & COMPAT ? narrow : wide;
}
#elif defined(__TARGET_ARCH_arm64)
static __always_inline bool opens_file(struct pt_regs *regs)
{
	int number = BPF_CORE_READ(regs, syscallno);

	return number == 56 || number == 265 || number == 437; /* openat open_by_handle_at openat2 */
}

static __always_inline bool copies_up(struct pt_regs *regs)
{
	int number = BPF_CORE_READ(regs, syscallno);

	/* fchmod fchmodat fchownat fchown utimensat fchmodat2 */
	return (number >= 52 && number <= 55) || number == 88 || number == 452;
}
#else
#error "say which system calls open files on this architecture"
#endif
