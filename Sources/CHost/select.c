// The executable's own `select`: a shared library that calls select (libmodbus, whose only wait it is) reaches this
// one instead of libc's, because the executable comes first in the search order of the dynamic linker.
// A thread that set a hook is answered by it; every other caller gets the kernel's pselect6.
#define _GNU_SOURCE
#include "chost.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static __thread chost_select_hook current_hook;
static __thread void *current_context;

void chost_select_set_hook(chost_select_hook hook, void *context) {
  current_hook = hook;
  current_context = context;
}

chost_select_hook chost_select_hook_now(void **context) {
  if (context != NULL) *context = current_context;
  return current_hook;
}

static int kernel_select(
    int count, fd_set *readable, fd_set *writable, fd_set *broken, struct timeval *timeout) {
  struct timespec left, *patience = NULL;
  if (timeout != NULL) {
    if (timeout->tv_sec < 0 || timeout->tv_usec < 0) {
      errno = EINVAL;
      return -1;
    }
    left.tv_sec = timeout->tv_sec + timeout->tv_usec / 1000000;
    left.tv_nsec = timeout->tv_usec % 1000000 * 1000;
    patience = &left;
  }
  // The sixth argument is a pointer: a plain 0 would leave the upper half of its register undefined.
  long ready = syscall(SYS_pselect6, (long)count, readable, writable, broken, patience, (void *)NULL);
  if (timeout != NULL) {
    timeout->tv_sec = left.tv_sec;
    timeout->tv_usec = left.tv_nsec / 1000;
  }
  return (int)ready;
}

__attribute__((visibility("default"))) int select(
    int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict broken,
    struct timeval *restrict timeout) {
  if (current_hook == NULL) return kernel_select(count, readable, writable, broken, timeout);
  int answer = current_hook(current_context, count, readable, writable, broken, timeout);
  if (answer >= 0) return answer;
  errno = -answer;
  return -1;
}

int chost_select_is_ours(void) { return dlsym(RTLD_DEFAULT, "select") == (void *)&select; }

int chost_set_has(const fd_set *set, int descriptor) {
  if (set == NULL || descriptor < 0 || descriptor >= FD_SETSIZE) return 0;
  return (set->fds_bits[descriptor / NFDBITS] >> (descriptor % NFDBITS)) & 1;
}

void chost_set_clear(fd_set *set) {
  if (set != NULL) memset(set, 0, sizeof *set);
}
