// Pseudo-terminals and the few terminal settings that matter to a meter's line.
#define _GNU_SOURCE
#include "chost.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static int close_with(int descriptor) {
  int error = errno;
  close(descriptor);
  return -error;
}

int chost_pty_open(char *name, size_t capacity) {
  int forced = chost_forced(chost_call_pty);
  if (forced) return -forced;
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (master < 0) return -errno;
  if (grantpt(master) != 0 || unlockpt(master) != 0) return close_with(master);
  errno = ptsname_r(master, name, capacity);
  return errno == 0 ? master : close_with(master);
}

int chost_terminal_open(const char *path) {
  int forced = chost_forced(chost_call_open);
  if (forced) return -forced;
  int descriptor = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return -errno;
  if (!isatty(descriptor)) return close_with(descriptor);
  return descriptor;
}

int chost_pending(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : -errno;
}

int chost_terminal_set_raw(int descriptor, int baud) {
  struct termios settings;
  if (tcgetattr(descriptor, &settings) != 0) return -errno;
  cfmakeraw(&settings);
  settings.c_cflag |= CREAD | CLOCAL;
  settings.c_cflag &= ~(tcflag_t)CRTSCTS;
  settings.c_cc[VMIN] = 0;
  settings.c_cc[VTIME] = 0;
  if (tcsetattr(descriptor, TCSANOW, &settings) != 0) return -errno;
  return chost_terminal_set_speed(descriptor, baud);
}

// A size in pixels that no window has. Serial programs leave it alone, and nothing else tells a meter's
// pseudo-terminal from any other.
enum { mark_width = 'B' << 8 | 'S', mark_height = 0xF00D };

int chost_terminal_mark(int descriptor) {
  struct winsize size = {.ws_xpixel = mark_width, .ws_ypixel = mark_height};
  return ioctl(descriptor, TIOCSWINSZ, &size) == 0 ? 0 : -errno;
}

int chost_terminal_is_marked(int descriptor) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -errno;
  return size.ws_xpixel == mark_width && size.ws_ypixel == mark_height;
}

int chost_terminal_format(int descriptor, int data_bits, char parity, int stop_bits) {
  struct termios settings;
  if (tcgetattr(descriptor, &settings) != 0) return -errno;
  settings.c_cflag &= ~(tcflag_t)(CSIZE | PARENB | PARODD | CSTOPB);
  settings.c_cflag |= data_bits == 7 ? CS7 : CS8;
  if (parity != 'N') settings.c_cflag |= PARENB;
  if (parity == 'O') settings.c_cflag |= PARODD;
  if (stop_bits == 2) settings.c_cflag |= CSTOPB;
  return tcsetattr(descriptor, TCSANOW, &settings) == 0 ? 0 : -errno;
}

int chost_terminal_drain(int descriptor) {
  int done;
  do done = tcdrain(descriptor);
  while (done != 0 && errno == EINTR);
  return done == 0 ? 0 : -errno;
}

int chost_modem_lines(int descriptor) {
  static const int places[] = {TIOCM_DTR, TIOCM_RTS, TIOCM_CTS, TIOCM_DSR, TIOCM_CAR, TIOCM_RNG};
  int lines, bits = 0;
  if (ioctl(descriptor, TIOCMGET, &lines) != 0) return -errno;
  for (int i = 0; i < 6; i++)
    if (lines & places[i]) bits |= 1 << i;
  return bits;
}

int chost_set_modem_lines(int descriptor, int dtr, int rts) {
  const int wanted[][2] = {{dtr, TIOCM_DTR}, {rts, TIOCM_RTS}};
  for (int i = 0; i < 2; i++) {
    int line = wanted[i][1];
    if (wanted[i][0] < 0) continue;
    if (ioctl(descriptor, wanted[i][0] ? TIOCMBIS : TIOCMBIC, &line) != 0) return -errno;
  }
  return 0;
}

int chost_terminal_has_seven_even(int descriptor) {
  struct termios settings;
  if (tcgetattr(descriptor, &settings) != 0) return -errno;
  tcflag_t flags = settings.c_cflag;
  return (flags & CSIZE) == CS7 && (flags & PARENB) != 0 && (flags & PARODD) == 0;
}

int chost_terminal_flush_input(int descriptor) {
  return tcflush(descriptor, TCIFLUSH) == 0 ? 0 : -errno;
}

int chost_is_character_device(const char *path) {
  struct stat facts;
  if (stat(path, &facts) != 0) return -errno;
  return S_ISCHR(facts.st_mode);
}
