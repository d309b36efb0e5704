// SIGINT and SIGTERM as a question that can be asked between two pieces of work, so that what was done is not
// lost.

internal import Glibc

/// Whether somebody asked the process to stop.
public enum Interruption {
  /// From now on signals are noted instead of ending the process. A second one ends it all the same.
  public static func watch() {
    for number in [SIGINT, SIGTERM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in interruptionWasAsked = 1 }
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
      sigaction(number, &action, nil)
    }
  }

  public static var wasAsked: Bool { interruptionWasAsked != 0 }
}

/// Written by the signal handler: one aligned word, and nothing else is allowed there.
nonisolated(unsafe) private var interruptionWasAsked: sig_atomic_t = 0
