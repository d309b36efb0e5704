// The one client of all servers: each connection asks for input registers and waits for the whole answer before it
// asks again. Counts answers, checks each one's length, transaction and function, and reads the server's CPU time.
//   load tcp PORT CONNECTIONS REGISTERS SECONDS PID [UNIT]
//   load pty PATH 1           REGISTERS SECONDS PID [UNIT]
// Prints: answers a second, and the server's CPU time an answer in microseconds.
#define _GNU_SOURCE
#include "common.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

enum { most_connections = 10000, warm_up_ns = 300000000 };

struct peer {
  int descriptor, have;
  uint16_t transaction;
  uint8_t answer[300];
};

static struct peer peers[most_connections];
static int is_pty, registers, unit = 1;

/// CPU time of all threads of a process, from the scheduler's own nanoseconds.
static int64_t cpu_ns(int pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR *tasks = opendir(path);
  if (tasks == NULL) die(path);
  int64_t total = 0;
  for (struct dirent *task; (task = readdir(tasks)) != NULL;) {
    if (task->d_name[0] == '.') continue;
    char file[400];
    snprintf(file, sizeof file, "/proc/%d/task/%s/schedstat", pid, task->d_name);
    FILE *one = fopen(file, "r");
    long long spent = 0;
    if (one != NULL && fscanf(one, "%lld", &spent) == 1) total += spent;
    if (one != NULL) fclose(one);
  }
  closedir(tasks);
  return total;
}

static void ask(struct peer *peer) {
  uint8_t tcp[12] = {0, 0, 0, 0, 0, 6, unit, 4, 0, 0, 0, registers};
  uint8_t rtu[8] = {unit, 4, 0, 0, 0, registers};
  peer->transaction++;
  peer->have = 0;
  if (is_pty) {
    uint16_t sum = checksum(rtu, 6);
    rtu[6] = sum & 0xFF, rtu[7] = sum >> 8;
    if (write(peer->descriptor, rtu, sizeof rtu) != sizeof rtu) die("write");
  } else {
    tcp[0] = peer->transaction >> 8, tcp[1] = peer->transaction & 0xFF;
    if (write(peer->descriptor, tcp, sizeof tcp) != sizeof tcp) die("write");
  }
}

static void check(const struct peer *peer) {
  const uint8_t *pdu = peer->answer + (is_pty ? 1 : 7);
  int is_ours = is_pty || (peer->answer[0] << 8 | peer->answer[1]) == peer->transaction;
  if (is_ours && pdu[0] == 4 && pdu[1] == 2 * registers) return;
  fprintf(stderr, "load: wrong answer, function %02x, byte count %d\n", pdu[0], pdu[1]);
  exit(1);
}

static int open_tcp(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int one = 1, peer = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(peer, (struct sockaddr *)&address, sizeof address)) die("connect");
  setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  fcntl(peer, F_SETFL, O_NONBLOCK);
  return peer;
}

static int open_pty(const char *path) {
  int peer = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (peer < 0) die(path);
  struct termios raw;
  tcgetattr(peer, &raw);
  cfmakeraw(&raw);
  raw.c_cc[VMIN] = 1;
  tcsetattr(peer, TCSANOW, &raw);
  // What a client before us left unread may still be on its way.
  usleep(100000);
  tcflush(peer, TCIOFLUSH);
  return peer;
}

int main(int words_count, char **words) {
  if (words_count < 7) return fputs("usage: load tcp|pty WHERE CONNECTIONS REGISTERS SECONDS PID [UNIT]\n", stderr), 2;
  is_pty = !strcmp(words[1], "pty");
  int connections = atoi(words[3]), pid = atoi(words[6]), loop = epoll_create1(0);
  registers = atoi(words[4]);
  if (words_count > 7) unit = atoi(words[7]);
  int64_t length_ns = (int64_t)(atof(words[5]) * 1e9);
  int size = (is_pty ? 5 : 9) + 2 * registers;
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  for (int i = 0; i < connections; i++) {
    peers[i].descriptor = is_pty ? open_pty(words[2]) : open_tcp(atoi(words[2]));
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &peers[i]};
    epoll_ctl(loop, EPOLL_CTL_ADD, peers[i].descriptor, &event);
    ask(&peers[i]);
  }
  struct epoll_event events[256];
  int64_t start = now_ns() + warm_up_ns, cpu = 0, answers = 0, now = 0;
  int is_warm = 0;
  while ((now = now_ns()) < start + length_ns) {
    if (!is_warm && now >= start) is_warm = 1, answers = 0, start = now, cpu = cpu_ns(pid);
    int ready = epoll_wait(loop, events, 256, 2000);
    if (ready == 0) return fputs("load: no answer for 2 s\n", stderr), 1;
    for (int i = 0; i < ready; i++) {
      struct peer *peer = events[i].data.ptr;
      ssize_t got = read(peer->descriptor, peer->answer + peer->have, sizeof peer->answer - peer->have);
      if (got <= 0 && errno != EAGAIN) return fputs("load: the connection was closed\n", stderr), 1;
      if (got > 0) peer->have += got;
      if (peer->have > (is_pty ? 1 : 7) && peer->answer[is_pty ? 1 : 7] != 4) check(peer);
      if (peer->have < size) continue;
      check(peer);
      answers++;
      ask(peer);
    }
  }
  double seconds = (now - start) / 1e9;
  printf("%.0f %.2f\n", answers / seconds, (cpu_ns(pid) - cpu) / 1e3 / answers);
  return 0;
}
