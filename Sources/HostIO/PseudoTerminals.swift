// Whether this machine gives pseudo-terminals at all: asked by people who wonder why nothing works.

internal import CHost
internal import Glibc

/// The machine's pseudo-terminals.
public enum PseudoTerminals {
  /// Opens one and closes it. Throws the reason with what to do.
  public static func probe() throws(HostError) {
    var name = [CChar](repeating: 0, count: 64)
    let master = chost_pty_open(&name, name.count)
    guard master >= 0 else { throw HostError.pseudoTerminal(master) }
    close(master)
  }
}

extension SerialPorts {
  /// Whether a path names a character device that is there, followed through links:
  /// what `serveDevice` serves and
  /// `servePty` may not replace.
  public static func exists(_ path: String) -> Bool {
    guard let device = realpath(path, nil) else { return false }
    defer { free(device) }
    return chost_is_character_device(device) == 1
  }
}
