// Reads, writes and accepts that go on after a signal, and that a test can make fail without any hardware:
// a line that was hung up (EIO), descriptors that ran out (EMFILE), a device without permission (EACCES).
#define _GNU_SOURCE
#include "chost.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef DEBUG
static __thread struct { int error, times; } forced[chost_call_pty + 1];

int chost_force_error(enum chost_call call, int error, int times) {
  forced[call].error = error;
  forced[call].times = times;
  return 1;
}

int chost_forced(enum chost_call call) {
  if (forced[call].times == 0) return 0;
  forced[call].times--;
  return forced[call].error;
}
#else
int chost_force_error(enum chost_call call, int error, int times) {
  (void)call, (void)error, (void)times;
  return 0;
}

int chost_forced(enum chost_call call) {
  (void)call;
  return 0;
}
#endif

ssize_t chost_read(int descriptor, void *bytes, size_t count) {
  int error = chost_forced(chost_call_read);
  if (error) return -error;
  ssize_t done;
  do done = read(descriptor, bytes, count);
  while (done < 0 && errno == EINTR);
  return done < 0 ? -errno : done;
}

ssize_t chost_write(int descriptor, const void *bytes, size_t count) {
  int error = chost_forced(chost_call_write);
  if (error) return -error;
  ssize_t done;
  do done = write(descriptor, bytes, count);
  while (done < 0 && errno == EINTR);
  return done < 0 ? -errno : done;
}

ssize_t chost_send(int socket, const void *bytes, size_t count) {
  int error = chost_forced(chost_call_write);
  if (error) return -error;
  ssize_t done;
  do done = send(socket, bytes, count, MSG_NOSIGNAL);
  while (done < 0 && errno == EINTR);
  return done < 0 ? -errno : done;
}

int chost_accept(int socket) {
  int error = chost_forced(chost_call_accept), one = 1, connection;
  if (error) return -error;
  do connection = accept4(socket, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  while (connection < 0 && errno == EINTR);
  if (connection < 0) return -errno;
  // Neither is essential: a connection without them still serves.
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt(connection, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof one);
  return connection;
}
