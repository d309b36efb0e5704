// The machine's clocks, and waiting for them from absolute instants so that lateness never adds up.
#define _GNU_SOURCE
#include "chost.h"

#include <errno.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <time.h>

const short chost_wait_read = POLLIN;
const short chost_wait_write = POLLOUT;

static int64_t read_clock(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static struct timespec split(int64_t nanoseconds) {
  struct timespec parts = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  return parts;
}

int64_t chost_monotonic(void) { return read_clock(CLOCK_MONOTONIC); }
int64_t chost_realtime(void) { return read_clock(CLOCK_REALTIME); }

int chost_sleep_until(int64_t nanoseconds) {
  if (nanoseconds <= 0) return 0;
  struct timespec end = split(nanoseconds);
  int error;
  do error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL);
  while (error == EINTR);
  return -error;
}

int chost_set_timer_slack(unsigned long nanoseconds) {
  return prctl(PR_SET_TIMERSLACK, nanoseconds, 0UL, 0UL, 0UL) == 0 ? 0 : -errno;
}

int chost_timer_open(void) {
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  return timer < 0 ? -errno : timer;
}

int chost_timer_set(int timer, int64_t nanoseconds) {
  struct itimerspec due = {.it_value = split(nanoseconds < 0 ? 1 : nanoseconds)};
  return timerfd_settime(timer, TFD_TIMER_ABSTIME, &due, NULL) == 0 ? 0 : -errno;
}

int chost_wait(int descriptor, short events, int64_t until_nanoseconds) {
  struct pollfd one = {.fd = descriptor, .events = events};
  for (;;) {
    int64_t left = until_nanoseconds - chost_monotonic();
    struct timespec patience = split(left < 0 ? 0 : left);
    int ready = ppoll(&one, 1, &patience, NULL);
    if (ready >= 0) return ready;
    if (errno != EINTR) return -errno;
  }
}
