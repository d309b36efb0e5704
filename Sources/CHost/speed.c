// The speed of a terminal as a number. The kernel's own structure has it for any speed, also for those without a
// constant; it is a file of its own because its header does not go together with termios.h.
#include "chost.h"

#include <asm/termbits.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>

// Speeds with a constant keep it, so that programs which ask with cfgetospeed(3) find it.
static const struct { int baud; tcflag_t code; } constants[] = {
    {50, B50},         {75, B75},         {110, B110},       {134, B134},         {150, B150},
    {200, B200},       {300, B300},       {600, B600},       {1200, B1200},       {1800, B1800},
    {2400, B2400},     {4800, B4800},     {9600, B9600},     {19200, B19200},     {38400, B38400},
    {57600, B57600},   {115200, B115200}, {230400, B230400}, {460800, B460800},   {500000, B500000},
    {576000, B576000}, {921600, B921600}, {1000000, B1000000}, {1152000, B1152000}, {1500000, B1500000},
    {2000000, B2000000}, {2500000, B2500000}, {3000000, B3000000}, {3500000, B3500000}, {4000000, B4000000},
};

static tcflag_t constant_for(int baud) {
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (constants[i].baud == baud) return constants[i].code;
  return BOTHER;
}

int chost_terminal_speed(int descriptor) {
  struct termios2 settings;
  if (ioctl(descriptor, TCGETS2, &settings) != 0) return -errno;
  return (int)settings.c_ospeed;
}

static void put(struct termios2 *settings, int baud) {
  tcflag_t code = constant_for(baud);
  settings->c_cflag &= ~(tcflag_t)(CBAUD | CBAUD << IBSHIFT);
  settings->c_cflag |= code | code << IBSHIFT;
  settings->c_ispeed = settings->c_ospeed = (speed_t)baud;
}

int chost_terminal_change_speed(int descriptor, int from, int to) {
  struct termios2 settings;
  if (ioctl(descriptor, TCGETS2, &settings) != 0) return -errno;
  if (settings.c_ospeed != (speed_t)from) return -EAGAIN;
  put(&settings, to);
  return ioctl(descriptor, TCSETS2, &settings) == 0 ? 0 : -errno;
}

int chost_terminal_set_speed(int descriptor, int baud) {
  struct termios2 settings;
  if (ioctl(descriptor, TCGETS2, &settings) != 0) return -errno;
  put(&settings, baud);
  if (ioctl(descriptor, TCSETS2, &settings) != 0) return -errno;
  // A driver sets the nearest that its clock can make; a UART bears 2 %.
  int set = chost_terminal_speed(descriptor);
  return set < 0 ? set : abs(set - baud) * 50 > baud ? -EINVAL : 0;
}
