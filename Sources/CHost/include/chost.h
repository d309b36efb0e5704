// What Linux offers and Swift cannot call by itself: function macros, variadic calls, names hidden behind
// _GNU_SOURCE, and one symbol that must be C, `select`. Nothing here decides anything.
// Unless said otherwise a call returns a value >= 0, or -errno.
#ifndef CHOST_H
#define CHOST_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/types.h>

// --- select.c: the only wait of libmodbus, answered from somebody else's clock

/// Answers one `select` of the thread that set it. Returns the number of ready descriptors with the sets and the
/// time-out updated as Linux does, or -errno.
typedef int (*chost_select_hook)(
    void *context, int count, fd_set *readable, fd_set *writable, fd_set *broken, struct timeval *timeout);

/// Sets the hook of this thread (NULL: the kernel answers) and hands back the former one.
void chost_select_set_hook(chost_select_hook hook, void *context);
chost_select_hook chost_select_hook_now(void **context);
/// Whether a `select` called from a shared library reaches the one in select.c: 1 yes, 0 no.
int chost_select_is_ours(void);
/// Whether a descriptor is in a set, without the abort of FD_ISSET at 1024 and above.
int chost_set_has(const fd_set *set, int descriptor);
/// Empties a set, which may be NULL.
void chost_set_clear(fd_set *set);

// --- pty.c

/// Opens a pseudo-terminal: returns the master (close-on-exec, non-blocking), its slave's path in `name`.
int chost_pty_open(char *name, size_t capacity);
/// Opens a terminal without making it the controlling one: close-on-exec, non-blocking.
int chost_terminal_open(const char *path);
/// Bytes that wait to be read.
int chost_pending(int descriptor);
/// Raw mode at a speed in Bd, 8 data bits.
int chost_terminal_set_raw(int descriptor, int baud);
/// The speed that the slave's owner has set, in Bd; 0 is a terminal's way to hang up.
int chost_terminal_speed(int descriptor);
/// Sets any speed; -EINVAL when the device cannot come within 2 % of it.
int chost_terminal_set_speed(int descriptor, int baud);
/// The same for a terminal that stands at `from`, with nothing between look and change; else -EAGAIN.
int chost_terminal_change_speed(int descriptor, int from, int to);
/// Marks a terminal as the line of a live meter, and asks for the mark.
int chost_terminal_mark(int descriptor);
int chost_terminal_is_marked(int descriptor);
/// Data bits, stop bits and parity ('N', 'E', 'O') of a terminal.
int chost_terminal_format(int descriptor, int data_bits, char parity, int stop_bits);
/// Waits until the driver has taken what was written.
int chost_terminal_drain(int descriptor);
/// DTR, RTS, CTS, DSR, DCD, RI as bits 0 to 5; -ENOTTY where there are none.
int chost_modem_lines(int descriptor);
/// Sets DTR and RTS: 1 on, 0 off, -1 as it is.
int chost_set_modem_lines(int descriptor, int dtr, int rts);
/// 1 when the device itself says that it stands with 7 data bits and even parity.
int chost_terminal_has_seven_even(int descriptor);
/// Drops input that nobody has read.
int chost_terminal_flush_input(int descriptor);
/// Tells of opens and closes of a terminal from now on: a descriptor, readable when there is news.
int chost_presence_open(const char *path);
/// Takes the news, any of the three below or 0. How often is not told: the kernel may tell of several opens as one.
int chost_presence_read(int descriptor);
enum { chost_opened = 1, chost_closed = 2, chost_opened_after_close = 4 };
/// Whether the other end of a pseudo-terminal is open nowhere.
int chost_pty_is_alone(int master);
/// 1 when `path` names a character device.
int chost_is_character_device(const char *path);

// --- calls.c: reads and writes that tests can make fail

enum chost_call {
  chost_call_read, chost_call_write, chost_call_open, chost_call_accept, chost_call_listen, chost_call_pty,
};

ssize_t chost_read(int descriptor, void *bytes, size_t count);
ssize_t chost_write(int descriptor, const void *bytes, size_t count);
/// A write to a socket that raises no SIGPIPE.
ssize_t chost_send(int socket, const void *bytes, size_t count);
/// Accepts one connection: non-blocking, close-on-exec, no Nagle delay, keep-alive.
int chost_accept(int socket);
/// Debug builds: the next `times` such calls on this thread fail with `error`. Release builds: returns 0 and does nothing.
int chost_force_error(enum chost_call call, int error, int times);
/// For the files of this module: the error that this call must report, or 0.
int chost_forced(enum chost_call call);

// --- clock.c

/// CLOCK_MONOTONIC in nanoseconds.
int64_t chost_monotonic(void);
/// CLOCK_REALTIME in nanoseconds.
int64_t chost_realtime(void);
/// Sleeps until an instant of CLOCK_MONOTONIC, through interruptions.
int chost_sleep_until(int64_t nanoseconds);
/// How late the kernel may wake this thread, in nanoseconds (default 50 000; 0 means default).
int chost_set_timer_slack(unsigned long nanoseconds);
/// A timer for epoll; armed at an absolute instant of CLOCK_MONOTONIC, disarmed with 0.
int chost_timer_open(void);
int chost_timer_set(int timer, int64_t nanoseconds);
/// Waits for one descriptor: 1 ready, 0 time is up. `events` as for poll(2); until an instant of CLOCK_MONOTONIC.
int chost_wait(int descriptor, short events, int64_t until_nanoseconds);
extern const short chost_wait_read;
extern const short chost_wait_write;

// --- process.c

/// Catches SIGINT, SIGTERM and SIGHUP: each writes its number as one byte to the returned descriptor's pipe.
/// SIGPIPE is ignored meanwhile: a write to a peer that left fails with EPIPE.
/// Only one watch at a time in a process: -EBUSY.
int chost_signals_watch(void);
/// Puts the former handlers back and closes the pipe.
void chost_signals_unwatch(void);
/// Raises the soft limit of descriptors to the hard one; returns the limit.
int64_t chost_raise_descriptor_limit(void);
/// The name of the group that owns `path`: length, or -errno.
int chost_group_of(const char *path, char *name, size_t capacity);

// --- child.c

/// Starts `/bin/sh -c command` in a process group of its own: its number, and our ends of its standard input,
/// output and error (non-blocking, close-on-exec).
int chost_spawn_shell(const char *command, int ends[3]);
/// A write to a pipe that raises no SIGPIPE.
ssize_t chost_pipe_write(int descriptor, const void *bytes, size_t count);
/// Waits for three descriptors (negative ones never happen) until an instant of CLOCK_MONOTONIC: how many are ready.
int chost_wait_three(const int descriptors[3], const short events[3], short happened[3], int64_t until_nanoseconds);
/// Whether a child has ended; it is not reaped by asking.
int chost_child_has_ended(int32_t child);
/// Ends the whole group of a child that is not reaped yet.
int chost_child_kill(int32_t child);
/// Waits for the end of a child: its exit status, or 256 + the number of the signal that ended it.
int chost_child_reap(int32_t child);

// --- net.c

/// A listening TCP socket, or -errno; resolver failures are below -10000 (see `chost_resolver_word`).
int chost_tcp_listen(const char *host, const char *port, int backlog);
/// A connected TCP socket (non-blocking, no Nagle delay), waiting at most until the instant.
int chost_tcp_connect(const char *host, const char *port, int64_t until_nanoseconds);
/// The local port of a socket.
int chost_tcp_port(int socket);
const char *chost_resolver_word(int code);

#endif
