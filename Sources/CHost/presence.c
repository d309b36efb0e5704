// Who has a terminal open. A pseudo-terminal whose slave we hold ourselves never tells us that its client left;
// inotify(7) does.
#define _GNU_SOURCE
#include "chost.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

int chost_presence_open(const char *path) {
  int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor < 0) return -errno;
  if (inotify_add_watch(descriptor, path, IN_OPEN | IN_CLOSE) >= 0) return descriptor;
  int error = errno;
  close(descriptor);
  return -error;
}

int chost_presence_read(int descriptor) {
  union {
    struct inotify_event first;
    char bytes[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
  } news;
  int told = 0;
  for (;;) {
    ssize_t got = read(descriptor, &news, sizeof news);
    if (got <= 0) return told;
    for (char *next = news.bytes; next < news.bytes + got;) {
      const struct inotify_event *event = (const struct inotify_event *)(const void *)next;
      if (event->mask & IN_OPEN) told |= chost_opened | (told & chost_closed ? chost_opened_after_close : 0);
      if (event->mask & IN_CLOSE) told |= chost_closed;
      next += sizeof *event + event->len;
    }
  }
}

int chost_pty_is_alone(int master) {
  struct pollfd one = {.fd = master};
  return poll(&one, 1, 0) == 1 && (one.revents & POLLHUP) != 0;
}
