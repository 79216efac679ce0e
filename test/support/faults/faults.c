// Loaded into a process before its C library (LD_PRELOAD): counts the calls that change something below one folder, and at the n-th
// one fails, or kills the process. See faults.ts, which sets the environment:
//
//   FAULT_FOLDER  only calls on paths below it count
//   FAULT_REPORT  a file outside of it; each counted call adds a line: its kind and its path
//   FAULT_AT      n, from 1 on; 0 or nothing for never
//   FAULT_OF      only calls like this line of the report are counted by FAULT_AT
//   FAULT_ERROR   the number of the error, as EIO has; 0 to kill the process with SIGKILL in place of an error
//   FAULT_ON      1 where all later calls fail, too, except those that need no space
//   FAULT_TORN    1 where of the n-th call, if it writes, half of its bytes are written before

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *folder;
static const char *counted;
static size_t folder_length;
static int report = -1;
static long at, error_number, on, torn;
static atomic_long calls;

static long number(const char *name) {
  const char *value = getenv(name);
  return value == NULL ? 0 : strtol(value, NULL, 10);
}

__attribute__((constructor)) static void begin(void) {
  folder = getenv("FAULT_FOLDER");
  if (folder == NULL) return;
  folder_length = strlen(folder);
  counted = getenv("FAULT_OF");
  at = number("FAULT_AT");
  error_number = number("FAULT_ERROR");
  on = number("FAULT_ON");
  torn = number("FAULT_TORN");
  const char *path = getenv("FAULT_REPORT");
  // not by open(), which is counted
  if (path != NULL) report = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_below(const char *path) {
  return folder != NULL && path != NULL && strncmp(path, folder, folder_length) == 0 &&
         (path[folder_length] == '/' || path[folder_length] == 0);
}

static const char *path_of(int descriptor, char *buffer) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, buffer, PATH_MAX - 1);
  if (length < 0) return NULL;
  buffer[length] = 0;
  return buffer;
}

// Counts a call. 0: it goes on; 1: it fails, errno is set. What needs no space, or frees some, a full disk lets happen.
static int fails(const char *kind, const char *path, int needs_nothing) {
  if (!is_below(path)) return 0;
  char line[PATH_MAX + 64];
  int length = snprintf(line, sizeof line, "%s %s\n", kind, path + folder_length);
  if (report >= 0) syscall(SYS_write, report, line, (size_t)length);
  int counts = counted == NULL || (strlen(counted) == (size_t)length - 1 && strncmp(counted, line, length - 1) == 0);
  long n = counts ? atomic_fetch_add(&calls, 1) + 1 : atomic_load(&calls);
  if (at == 0 || n < at || (!counts && !on) || (n > at && !on) || (on && needs_nothing)) return 0;
  if (error_number == 0 && n == at) kill(getpid(), SIGKILL);
  errno = (int)error_number;
  return 1;
}

static int fails_at(const char *kind, int descriptor, int needs_nothing) {
  if (folder == NULL) return 0;
  char buffer[PATH_MAX];
  return fails(kind, path_of(descriptor, buffer), needs_nothing);
}

// Whether the next counted call is the one where a write is torn.
static int is_torn(int descriptor) {
  char buffer[PATH_MAX];
  return torn && folder != NULL && atomic_load(&calls) + 1 == at && is_below(path_of(descriptor, buffer));
}

#define REAL(name) __typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define MODE(flags)                                  \
  mode_t mode = 0;                                   \
  if (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE) { \
    va_list more;                                    \
    va_start(more, flags);                           \
    mode = (mode_t)va_arg(more, int);                \
    va_end(more);                                    \
  }
#define WRITES(flags) (((flags) & O_ACCMODE) != O_RDONLY)

// On a full disk what is there can be opened.
static int is_no_news(const char *path) {
  return error_number == ENOSPC && is_below(path) && access(path, F_OK) == 0;
}

int open(const char *path, int flags, ...) {
  MODE(flags)
  if (WRITES(flags) && fails("open", path, is_no_news(path))) return -1;
  REAL(open);
  return real(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  MODE(flags)
  if (WRITES(flags) && fails("open", path, is_no_news(path))) return -1;
  REAL(open64);
  return real(path, flags, mode);
}
int openat(int base, const char *path, int flags, ...) {
  MODE(flags)
  if (WRITES(flags) && fails("open", path, is_no_news(path))) return -1;
  REAL(openat);
  return real(base, path, flags, mode);
}
int openat64(int base, const char *path, int flags, ...) {
  MODE(flags)
  if (WRITES(flags) && fails("open", path, is_no_news(path))) return -1;
  REAL(openat64);
  return real(base, path, flags, mode);
}
ssize_t write(int descriptor, const void *bytes, size_t length) {
  REAL(write);
  if (is_torn(descriptor)) real(descriptor, bytes, length / 2);
  if (fails_at("write", descriptor, 0)) return -1;
  return real(descriptor, bytes, length);
}
ssize_t pwrite(int descriptor, const void *bytes, size_t length, off_t offset) {
  REAL(pwrite);
  if (is_torn(descriptor)) real(descriptor, bytes, length / 2, offset);
  if (fails_at("write", descriptor, 0)) return -1;
  return real(descriptor, bytes, length, offset);
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
  REAL(pwrite64);
  if (is_torn(descriptor)) real(descriptor, bytes, length / 2, offset);
  if (fails_at("write", descriptor, 0)) return -1;
  return real(descriptor, bytes, length, offset);
}
ssize_t writev(int descriptor, const struct iovec *pieces, int count) {
  if (fails_at("write", descriptor, 0)) return -1;
  REAL(writev);
  return real(descriptor, pieces, count);
}
ssize_t pwritev(int descriptor, const struct iovec *pieces, int count, off_t offset) {
  if (fails_at("write", descriptor, 0)) return -1;
  REAL(pwritev);
  return real(descriptor, pieces, count, offset);
}
ssize_t pwritev64(int descriptor, const struct iovec *pieces, int count, off64_t offset) {
  if (fails_at("write", descriptor, 0)) return -1;
  REAL(pwritev64);
  return real(descriptor, pieces, count, offset);
}
int fsync(int descriptor) {
  if (fails_at("sync", descriptor, 0)) return -1;
  REAL(fsync);
  return real(descriptor);
}
int fdatasync(int descriptor) {
  if (fails_at("sync", descriptor, 0)) return -1;
  REAL(fdatasync);
  return real(descriptor);
}
int ftruncate(int descriptor, off_t length) {
  if (fails_at("truncate", descriptor, length == 0)) return -1;
  REAL(ftruncate);
  return real(descriptor, length);
}
int ftruncate64(int descriptor, off64_t length) {
  if (fails_at("truncate", descriptor, length == 0)) return -1;
  REAL(ftruncate64);
  return real(descriptor, length);
}
// it returns the error, and does not set errno
int posix_fallocate(int descriptor, off_t offset, off_t length) {
  if (fails_at("allocate", descriptor, 0)) return errno;
  REAL(posix_fallocate);
  return real(descriptor, offset, length);
}
int posix_fallocate64(int descriptor, off64_t offset, off64_t length) {
  if (fails_at("allocate", descriptor, 0)) return errno;
  REAL(posix_fallocate64);
  return real(descriptor, offset, length);
}
int fallocate(int descriptor, int mode, off_t offset, off_t length) {
  if (fails_at("allocate", descriptor, 0)) return -1;
  REAL(fallocate);
  return real(descriptor, mode, offset, length);
}
int fallocate64(int descriptor, int mode, off64_t offset, off64_t length) {
  if (fails_at("allocate", descriptor, 0)) return -1;
  REAL(fallocate64);
  return real(descriptor, mode, offset, length);
}
// A disk that is full says so.
static void fill(int is_full, fsblkcnt_t *free, fsblkcnt_t *available) {
  if (is_full && on && error_number == ENOSPC && at != 0 && atomic_load(&calls) >= at) *free = *available = 0;
}
int statfs(const char *path, struct statfs *stats) {
  REAL(statfs);
  int result = real(path, stats);
  if (result == 0) fill(is_below(path), &stats->f_bfree, &stats->f_bavail);
  return result;
}
int statfs64(const char *path, struct statfs64 *stats) {
  REAL(statfs64);
  int result = real(path, stats);
  if (result == 0) fill(is_below(path), (fsblkcnt_t *)&stats->f_bfree, (fsblkcnt_t *)&stats->f_bavail);
  return result;
}
int rename(const char *from, const char *to) {
  if (fails("rename", to, 0)) return -1;
  REAL(rename);
  return real(from, to);
}
int mkdir(const char *path, mode_t mode) {
  if (fails("mkdir", path, 0)) return -1;
  REAL(mkdir);
  return real(path, mode);
}
int unlink(const char *path) {
  if (fails("unlink", path, 1)) return -1;
  REAL(unlink);
  return real(path);
}
// of paths beside an open folder, which later Nodes remove trees by
int unlinkat(int base, const char *path, int flags) {
  char buffer[PATH_MAX], whole[2 * PATH_MAX];
  const char *above = path[0] == '/' || folder == NULL ? NULL : path_of(base, buffer);
  if (above != NULL) snprintf(whole, sizeof whole, "%s/%s", above, path);
  if (fails("unlink", above == NULL ? path : whole, 1)) return -1;
  REAL(unlinkat);
  return real(base, path, flags);
}
int rmdir(const char *path) {
  if (fails("rmdir", path, 1)) return -1;
  REAL(rmdir);
  return real(path);
}
