internal import ArgumentParser
internal import Foundation
internal import HostIO
internal import Runner
internal import Scenario

/// `backspin doctor`: what is missing on this machine.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Look at this machine and say what is missing, and how to get it.",
    discussion:
      "Exit code 7 when something is missing that Backspin cannot do without; what is only of use is marked.")

  @OptionGroup var shelves: Shelves

  @Flag(help: "Print JSON.") var json = false

  /// One thing looked at; `mend` is nil when all is well.
  private struct Finding {
    var what: String
    var found: String
    var mend: String?
    /// Whether nothing goes without it.
    var isNeeded: Bool

    var isMissing: Bool { mend != nil && isNeeded }

    var mark: String { mend == nil ? "ok" : isNeeded ? "--" : "(-)" }
  }

  func run() throws {
    let findings = [try data(), pseudoTerminals, clients, groups]
    if json {
      let rows = findings.map { one in
        JSONText.object([
          ("what", .text(one.what)), ("found", .text(one.found)),
          ("mend", one.mend.map(JSONText.text) ?? .null),
          ("needed", .flag(one.isNeeded)),
        ])
      }
      Terminal.print(JSONText.object([("findings", .list(rows))]).pretty)
    } else {
      for one in findings {
        Terminal.line(columns([one.mark, one.what, one.found], widths: [4, 20]))
        if let mend = one.mend { Terminal.line("    " + mend) }
      }
    }
    if findings.contains(where: \.isMissing) { throw Outcomes.hardware }
  }

  private func data() throws -> Finding {
    let library = shelves.library
    let (meters, licensees) = (try library.names(.meters).count, try library.names(.licensees).count)
    return Finding(
      what: "profiles",
      found: "\(meters) meters, \(licensees) licensees in \(library.folders.joined(separator: ", "))",
      mend: meters == 0 || licensees == 0
        ? "install with scripts/install PREFIX, or name a folder with --profiles" : nil,
      isNeeded: true)
  }

  private var pseudoTerminals: Finding {
    do {
      try PseudoTerminals.probe()
      return Finding(what: "pseudo-terminals", found: "can be opened", mend: nil, isNeeded: true)
    } catch {
      return Finding(what: "pseudo-terminals", found: "cannot be opened", mend: "\(error)", isNeeded: true)
    }
  }

  private var clients: Finding {
    let names = ["mbpoll"].filter { name in
      !(ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
      }
    }
    return Finding(
      what: "Modbus clients", found: names.isEmpty ? "mbpoll is here" : "mbpoll is not here",
      mend: names.isEmpty
        ? nil : "scripts/setup installs it; only the interop tests and the examples need it",
      isNeeded: false)
  }

  private var groups: Finding {
    let isRoot = getuid() == 0
    let isMember = ProcessInfo.processInfo.isMember(of: "dialout")
    return Finding(
      what: "serial adapters",
      found: isRoot || isMember ? "may be opened" : "you are not in the group dialout",
      mend: isRoot || isMember ? nil : "sudo usermod -aG dialout $USER, then log in again", isNeeded: false)
  }
}

extension ProcessInfo {
  /// Whether the process has a group among its own.
  fileprivate func isMember(of name: String) -> Bool {
    guard let group = getgrnam(name) else { return false }
    var groups = [gid_t](repeating: 0, count: 256)
    let count = getgroups(Int32(groups.count), &groups)
    return getgid() == group.pointee.gr_gid
      || groups.prefix(max(Int(count), 0)).contains(group.pointee.gr_gid)
  }
}
