// The floor: the same bytes as a meter's answers, with no protocol work at all. Nobody can serve with less than
// one wait, one read and one write.
//   floor tcp PORT   answers each 12-byte request with its header and as many registers as it asks for
//   floor pty LINK   the same for 8-byte RTU requests, the answer made once for each count
#define _GNU_SOURCE
#include "common.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

static uint8_t input[4096], output[4096];

static void serve_tcp(int port) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), loop = epoll_create1(0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 1024)) die("listen");
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
  epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event);
  puts("ready"), fflush(stdout);
  for (;;) {
    int count = epoll_wait(loop, events, 256, -1);
    for (int i = 0; i < count; i++) {
      int peer = events[i].data.fd;
      if (peer == listener) {
        peer = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (peer < 0) continue;
        setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        event.data.fd = peer;
        epoll_ctl(loop, EPOLL_CTL_ADD, peer, &event);
        continue;
      }
      ssize_t got = read(peer, input, sizeof input);
      if (got <= 0) {
        if (got == 0 || errno != EAGAIN) close(peer);
        continue;
      }
      int registers = input[11], size = 9 + 2 * registers;
      memcpy(output, input, 8);
      output[5] = size - 6;
      output[8] = 2 * registers;
      if (write(peer, output, size) != size) close(peer);
    }
  }
}

static void serve_pty(const char *link) {
  int master = posix_openpt(O_RDWR | O_NOCTTY), last = -1, size = 0;
  if (master < 0 || grantpt(master) || unlockpt(master)) die("pty");
  const char *name = ptsname(master);
  int slave = open(name, O_RDWR | O_NOCTTY);
  struct termios raw;
  tcgetattr(slave, &raw);
  cfmakeraw(&raw);
  tcsetattr(slave, TCSANOW, &raw);
  unlink(link);
  if (symlink(name, link)) die(link);
  int loop = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN};
  epoll_ctl(loop, EPOLL_CTL_ADD, master, &event);
  puts("ready"), fflush(stdout);
  for (;;) {
    if (epoll_wait(loop, &event, 1, -1) < 1) continue;
    ssize_t got = read(master, input, sizeof input);
    if (got < 8) continue;
    if (input[5] != last) {
      last = input[5];
      output[0] = input[0], output[1] = input[1], output[2] = 2 * last;
      uint16_t sum = checksum(output, 3 + 2 * last);
      output[3 + 2 * last] = sum & 0xFF, output[4 + 2 * last] = sum >> 8;
      size = 5 + 2 * last;
    }
    if (write(master, output, size) != size) die("write");
  }
}

int main(int count, char **words) {
  if (count == 3 && !strcmp(words[1], "tcp")) serve_tcp(atoi(words[2]));
  if (count == 3 && !strcmp(words[1], "pty")) serve_pty(words[2]);
  fputs("usage: floor tcp PORT | floor pty LINK\n", stderr);
  return 2;
}
