// libmodbus as a server, in its best case: one thread, epoll over all connections, modbus_receive and modbus_reply
// for each that is ready. (Its own example waits with select and so stops at 1024 descriptors; the FD_SET inside
// modbus_receive remains, hence at most 1000 connections here.)
//   libmodbus_server PORT
#include "common.h"

#include <errno.h>
#include <modbus.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **words) {
  if (count != 2) return fputs("usage: libmodbus_server PORT\n", stderr), 2;
  modbus_t *context = modbus_new_tcp("127.0.0.1", atoi(words[1]));
  modbus_mapping_t *mapping = modbus_mapping_new(0, 0, 1000, 1000);
  int listener = modbus_tcp_listen(context, 1024), loop = epoll_create1(0), one = 1;
  if (listener < 0) die("listen");
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
  epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event);
  puts("ready"), fflush(stdout);
  uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
  for (;;) {
    int ready = epoll_wait(loop, events, 256, -1);
    for (int i = 0; i < ready; i++) {
      int peer = events[i].data.fd;
      if (peer == listener) {
        peer = accept(listener, NULL, NULL);
        if (peer < 0) continue;
        setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        event.data.fd = peer;
        epoll_ctl(loop, EPOLL_CTL_ADD, peer, &event);
        continue;
      }
      modbus_set_socket(context, peer);
      int size = modbus_receive(context, request);
      if (size > 0) modbus_reply(context, request, size, mapping);
      else if (size < 0) close(peer);
    }
  }
}
