// Signals as bytes in a pipe, so that one loop sees them among its other descriptors; limits; groups.
#define _GNU_SOURCE
#include "chost.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGTERM, SIGHUP};
enum { watched_count = sizeof watched / sizeof *watched };
static struct sigaction former[watched_count], former_pipe;
static int ends[2] = {-1, -1};
static volatile sig_atomic_t writing_end = -1;
static int watching;

static void note_signal(int number) {
  int error = errno;
  unsigned char byte = (unsigned char)number;
  // A full pipe already holds a signal: nothing is lost that matters.
  if (write(writing_end, &byte, 1) < 0) { /* nothing to do in a handler */ }
  errno = error;
}

int chost_signals_watch(void) {
  int none = 0;
  if (!__atomic_compare_exchange_n(&watching, &none, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    return -EBUSY;
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
    __atomic_store_n(&watching, 0, __ATOMIC_SEQ_CST);
    return -errno;
  }
  writing_end = ends[1];
  struct sigaction action = {.sa_handler = note_signal, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < watched_count; i++) {
    sigaction(watched[i], NULL, &former[i]);
    // A signal that the parent had us ignore (nohup) stays ignored.
    if (former[i].sa_handler != SIG_IGN) sigaction(watched[i], &action, NULL);
  }
  // A peer that leaves must not kill us before our links are removed: writes then fail with EPIPE.
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  sigaction(SIGPIPE, &ignore, &former_pipe);
  return ends[0];
}

void chost_signals_unwatch(void) {
  if (!__atomic_load_n(&watching, __ATOMIC_SEQ_CST)) return;
  for (int i = 0; i < watched_count; i++) sigaction(watched[i], &former[i], NULL);
  sigaction(SIGPIPE, &former_pipe, NULL);
  close(ends[0]);
  close(ends[1]);
  __atomic_store_n(&watching, 0, __ATOMIC_SEQ_CST);
}

int64_t chost_raise_descriptor_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -errno;
  if (limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) return -errno;
  }
  return (int64_t)limit.rlim_cur;
}

int chost_group_of(const char *path, char *name, size_t capacity) {
  struct stat facts;
  if (stat(path, &facts) != 0) return -errno;
  struct group entry, *found = NULL;
  char space[4096];
  int error = getgrgid_r(facts.st_gid, &entry, space, sizeof space, &found);
  if (error != 0 || found == NULL) return snprintf(name, capacity, "%u", (unsigned)facts.st_gid);
  return snprintf(name, capacity, "%s", found->gr_name);
}
