// TCP by name and port, without Swift's view of `addrinfo`.
#define _GNU_SOURCE
#include "chost.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

enum { resolver_base = 10000 };

static int resolve(const char *host, const char *port, int flags, struct addrinfo **found) {
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = flags};
  int code = getaddrinfo(host[0] == '\0' ? NULL : host, port, &hints, found);
  if (code == 0) return 0;
  return code == EAI_SYSTEM ? -errno : -resolver_base + code;
}

const char *chost_resolver_word(int code) { return gai_strerror(code + resolver_base); }

int chost_tcp_listen(const char *host, const char *port, int backlog) {
  struct addrinfo *found = NULL;
  int error = resolve(host, port, AI_PASSIVE, &found), one = 1;
  if (error != 0) return error;
  error = chost_forced(chost_call_listen);
  if (error != 0) {
    freeaddrinfo(found);
    return -error;
  }
  error = -EADDRNOTAVAIL;
  for (struct addrinfo *one_of = found; one_of != NULL; one_of = one_of->ai_next) {
    int socket_ = socket(one_of->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0) {
      error = -errno;
      continue;
    }
    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(socket_, one_of->ai_addr, one_of->ai_addrlen) == 0 && listen(socket_, backlog) == 0) {
      freeaddrinfo(found);
      return socket_;
    }
    error = -errno;
    close(socket_);
  }
  freeaddrinfo(found);
  return error;
}

static int finish_connect(int socket_, const struct addrinfo *to, int64_t until_nanoseconds) {
  int one = 1, error = 0;
  socklen_t size = sizeof error;
  if (connect(socket_, to->ai_addr, to->ai_addrlen) != 0) {
    if (errno != EINPROGRESS) return -errno;
    int ready = chost_wait(socket_, chost_wait_write, until_nanoseconds);
    if (ready <= 0) return ready < 0 ? ready : -ETIMEDOUT;
    if (getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return -errno;
    if (error != 0) return -error;
  }
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return 0;
}

int chost_tcp_connect(const char *host, const char *port, int64_t until_nanoseconds) {
  struct addrinfo *found = NULL;
  int error = resolve(host, port, 0, &found);
  if (error != 0) return error;
  error = -EADDRNOTAVAIL;
  for (struct addrinfo *one_of = found; one_of != NULL; one_of = one_of->ai_next) {
    int socket_ = socket(one_of->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0) {
      error = -errno;
      continue;
    }
    error = finish_connect(socket_, one_of, until_nanoseconds);
    if (error == 0) {
      freeaddrinfo(found);
      return socket_;
    }
    close(socket_);
  }
  freeaddrinfo(found);
  return error;
}

int chost_tcp_port(int socket_) {
  struct sockaddr_storage address;
  socklen_t size = sizeof address;
  if (getsockname(socket_, (struct sockaddr *)&address, &size) != 0) return -errno;
  if (address.ss_family == AF_INET) return ntohs(((struct sockaddr_in *)&address)->sin_port);
  return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
}
