// Another program as a child with pipes at its three ends, in a process group of its own, so that it and all
// that it starts can be ended at once.
#define _GNU_SOURCE
#include "chost.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void close_all(int *descriptors, int count) {
  for (int i = 0; i < count; i++)
    if (descriptors[i] >= 0) close(descriptors[i]);
}

int chost_spawn_shell(const char *command, int ends[3]) {
  int pipes[6] = {-1, -1, -1, -1, -1, -1};
  for (int i = 0; i < 3; i++)
    if (pipe2(pipes + 2 * i, O_CLOEXEC) != 0) {
      int error = errno;
      close_all(pipes, 6);
      return -error;
    }
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, pipes[0], 0);
  posix_spawn_file_actions_adddup2(&actions, pipes[3], 1);
  posix_spawn_file_actions_adddup2(&actions, pipes[5], 2);
  // What we ignore or block must not be ignored or blocked there.
  sigset_t none, usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  sigaddset(&usual, SIGINT);
  sigaddset(&usual, SIGTERM);
  sigaddset(&usual, SIGHUP);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  char *const arguments[] = {"sh", "-c", (char *)command, NULL};
  pid_t child;
  int error = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  close(pipes[0]);
  close(pipes[3]);
  close(pipes[5]);
  int ours[3] = {pipes[1], pipes[2], pipes[4]};
  if (error != 0) {
    close_all(ours, 3);
    return -error;
  }
  for (int i = 0; i < 3; i++) {
    fcntl(ours[i], F_SETFL, O_NONBLOCK);
    ends[i] = ours[i];
  }
  return child;
}

ssize_t chost_pipe_write(int descriptor, const void *bytes, size_t count) {
  // A pipe has no MSG_NOSIGNAL: the signal is held back on this thread, and taken if it came.
  sigset_t pipe_signal, former, pending;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&pending);
  int waits_already = sigismember(&pending, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &former);
  ssize_t done;
  do done = write(descriptor, bytes, count);
  while (done < 0 && errno == EINTR);
  int error = errno;
  if (done < 0 && error == EPIPE && !waits_already) {
    struct timespec now = {0, 0};
    while (sigtimedwait(&pipe_signal, NULL, &now) < 0 && errno == EINTR) {
    }
  }
  pthread_sigmask(SIG_SETMASK, &former, NULL);
  return done < 0 ? -error : done;
}

int chost_wait_three(const int descriptors[3], const short events[3], short happened[3],
                     int64_t until_nanoseconds) {
  struct pollfd all[3];
  for (int i = 0; i < 3; i++) all[i] = (struct pollfd){.fd = descriptors[i], .events = events[i]};
  for (;;) {
    int64_t left = until_nanoseconds - chost_monotonic();
    if (left < 0) left = 0;
    struct timespec patience = {.tv_sec = left / 1000000000, .tv_nsec = left % 1000000000};
    int ready = ppoll(all, 3, &patience, NULL);
    if (ready < 0 && errno == EINTR) continue;
    for (int i = 0; i < 3; i++) happened[i] = all[i].revents;
    return ready < 0 ? -errno : ready;
  }
}

int chost_child_has_ended(int32_t child) {
  siginfo_t facts = {0};
  if (waitid(P_PID, (id_t)child, &facts, WEXITED | WNOHANG | WNOWAIT) != 0) return -errno;
  return facts.si_pid == child;
}

int chost_child_kill(int32_t child) { return kill(-child, SIGKILL) == 0 ? 0 : -errno; }

int chost_child_reap(int32_t child) {
  int status;
  pid_t done;
  do done = waitpid(child, &status, 0);
  while (done < 0 && errno == EINTR);
  if (done < 0) return -errno;
  return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
}
