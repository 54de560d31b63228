// SPDX-License-Identifier: GPL-3.0-or-later
#include "demos/services/scripting/system_calls.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

namespace kolam::scripting {

namespace {

constexpr std::array allowed{
    // memory
    "brk", "mmap", "mmap2", "munmap", "mremap", "mprotect", "madvise", "mincore", "msync", "mlock", "munlock",
    "memfd_create", "membarrier", "get_mempolicy", "mbind", "set_mempolicy",
    // files
    "open", "openat", "openat2", "creat", "close", "close_range", "read", "readv", "pread64", "preadv", "preadv2",
    "write", "writev", "pwrite64", "pwritev", "pwritev2", "lseek", "_llseek", "sendfile", "copy_file_range", "splice",
    "tee", "stat", "fstat", "lstat", "stat64", "fstat64", "lstat64", "newfstatat", "fstatat64", "statx", "statfs",
    "fstatfs", "access", "faccessat", "faccessat2", "truncate", "ftruncate", "fallocate", "fsync", "fdatasync",
    "sync_file_range", "syncfs", "getdents", "getdents64", "getcwd", "chdir", "fchdir", "mkdir", "mkdirat", "rmdir",
    "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "symlink", "symlinkat", "readlink",
    "readlinkat", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat", "umask", "utime", "utimes",
    "utimensat", "futimesat", "flock", "fcntl", "fcntl64", "dup", "dup2", "dup3", "pipe", "pipe2", "ioctl", "fadvise64",
    "readahead", "getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr", "inotify_init",
    "inotify_init1", "inotify_add_watch", "inotify_rm_watch", "mknod", "mknodat",
    // waiting
    "poll", "ppoll", "select", "_newselect", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait",
    "epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2", "signalfd", "signalfd4", "timerfd_create", "timerfd_settime",
    "timerfd_gettime", "nanosleep", "clock_nanosleep", "pause", "futex", "futex_waitv", "set_robust_list",
    "get_robust_list",
    // time
    "time", "gettimeofday", "clock_gettime", "clock_getres", "times", "getitimer", "setitimer", "alarm", "timer_create",
    "timer_settime", "timer_gettime", "timer_getoverrun", "timer_delete",
    // processes and threads
    "fork", "vfork", "execve", "execveat", "exit", "exit_group", "wait4", "waitpid", "waitid", "kill", "tkill",
    "tgkill", "getpid", "getppid", "gettid", "getpgid", "getpgrp", "setpgid", "getsid", "setsid", "pidfd_open",
    "pidfd_send_signal", "set_tid_address", "arch_prctl", "prctl", "rseq", "getrusage", "getrlimit", "setrlimit",
    "prlimit64", "getpriority", "setpriority", "sched_yield", "sched_getaffinity", "sched_setaffinity",
    "sched_getparam", "sched_getscheduler", "sched_get_priority_max", "sched_get_priority_min", "getcpu",
    "restart_syscall",
    // signals
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "rt_sigpending", "rt_sigtimedwait",
    "rt_sigqueueinfo", "sigaltstack", "sigreturn",
    // who am I; changing it is denied by the namespace
    "getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid", "getgroups", "setuid", "setgid", "setresuid",
    "setresgid", "setreuid", "setregid", "setgroups", "capget", "uname", "sysinfo", "getrandom",
    // talking among themselves: which sockets is said below
    "socketpair", "bind", "connect", "listen", "accept", "accept4", "getsockname", "getpeername", "getsockopt",
    "setsockopt", "send", "sendto", "sendmsg", "sendmmsg", "recv", "recvfrom", "recvmsg", "recvmmsg", "shutdown",
    "shmget", "shmat", "shmdt", "shmctl", "semget", "semop", "semtimedop", "semctl"};

struct Release {
    void operator()(void* context) const { seccomp_release(context); }
};

} // namespace

std::expected<int, std::string> systemCallFilter() {
    const std::unique_ptr<void, Release> context{seccomp_init(SCMP_ACT_ERRNO(EPERM))};
    if (!context) {
        return std::unexpected("no filter of system calls can be made");
    }
    for (const char* const name : allowed) {
        const int number = seccomp_syscall_resolve_name(name);
        if (number != __NR_SCMP_ERROR) { // other architectures have other calls
            seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, number, 0);
        }
    }
    // Sockets that reach nobody but the job itself.
    seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, 1 /* AF_UNIX */));
    // Threads and processes, but no new namespaces. clone3 hides its flags in memory: libraries fall back to clone.
    constexpr std::uint64_t namespaces =
        CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;
    seccomp_rule_add(context.get(), SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, namespaces, 0));
    seccomp_rule_add(context.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);

    const int file = ::memfd_create("kolam-system-calls", MFD_CLOEXEC);
    if (file < 0) {
        return std::unexpected(fmt::format("no anonymous file can be made: {}", std::strerror(errno)));
    }
    if (const int error = seccomp_export_bpf(context.get(), file); error != 0 || ::lseek(file, 0, SEEK_SET) != 0) {
        ::close(file);
        return std::unexpected("the filter of system calls cannot be written");
    }
    return file;
}

} // namespace kolam::scripting
