// For tests only, loaded with LD_PRELOAD: lets libserialport 0.1.1 open a pseudo-terminal as if it were an adapter.
// libserialport wants a name in the kernel's class of ttys (it looks with lstat and readlink) and modem lines
// (TIOCMGET and its kin), and a pseudo-terminal has neither.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char class_of_ptys[] = "/sys/class/tty/pts/";
static const char device_of_ptys[] = "../../devices/virtual/tty/pts";

static int is_pty_name(const char *path) { return strncmp(path, class_of_ptys, sizeof class_of_ptys - 1) == 0; }

static int pretend_link(struct stat *facts) {
  memset(facts, 0, sizeof *facts);
  facts->st_mode = S_IFLNK | 0777;
  return 0;
}

int __lxstat(int version, const char *path, struct stat *facts) {
  static int (*next)(int, const char *, struct stat *);
  if (is_pty_name(path)) return pretend_link(facts);
  if (!next) next = dlsym(RTLD_NEXT, "__lxstat");
  return next(version, path, facts);
}

int lstat(const char *path, struct stat *facts) {
  static int (*next)(const char *, struct stat *);
  if (is_pty_name(path)) return pretend_link(facts);
  if (!next) next = dlsym(RTLD_NEXT, "lstat");
  return next(path, facts);
}

ssize_t readlink(const char *path, char *target, size_t size) {
  static ssize_t (*next)(const char *, char *, size_t);
  if (is_pty_name(path)) {
    size_t length = sizeof device_of_ptys - 1;
    memcpy(target, device_of_ptys, length < size ? length : size);
    return (ssize_t)length;
  }
  if (!next) next = dlsym(RTLD_NEXT, "readlink");
  return next(path, target, size);
}

int ioctl(int descriptor, unsigned long request, ...) {
  static int (*next)(int, unsigned long, void *);
  va_list list;
  va_start(list, request);
  void *argument = va_arg(list, void *);
  va_end(list);
  if (!next) next = dlsym(RTLD_NEXT, "ioctl");
  int answer = next(descriptor, request, argument);
  if (answer == 0 || (errno != ENOTTY && errno != EINVAL)) return answer;
  if (request == TIOCMGET) *(int *)argument = TIOCM_DTR | TIOCM_RTS | TIOCM_CTS | TIOCM_DSR;
  else if (request != TIOCMSET && request != TIOCMBIS && request != TIOCMBIC) return answer;
  errno = 0;
  return 0;
}
