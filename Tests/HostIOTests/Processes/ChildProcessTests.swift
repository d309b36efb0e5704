// Another program as a child: it may do anything, and what it does costs at most the patience of who asks.

import Foundation
import Testing
import Units

@testable import HostIO

@Suite("A child process")
struct ChildProcessTests {
  private func ask(
    _ command: String, _ line: String = "hello", within patience: TimeSpan = .seconds(20), longest: Int = 1000
  ) throws -> (came: String, trouble: String?, status: String, errors: String) {
    let child = try ChildProcess(shell: command)
    let (bytes, trouble) = child.ask(Array(line.utf8), within: patience, longest: longest)
    let (status, errors) = child.end()
    return (String(decoding: bytes.prefix(2000), as: UTF8.self), trouble, status, errors)
  }

  @Test("answers a line with a line, with either line end, and ends when its input ends")
  func answers() throws {
    #expect(try ask("cat") == ("hello", nil, "exit status 0", ""))
    #expect(try ask("sed -u 's/$/\\r/'").came == "hello")
    #expect(
      try ask("read a; echo \"<$a>\"; echo oops >&2; exit 3") == ("<hello>", nil, "exit status 3", "oops\n"))
  }

  @Test("is asked again and again, and each answer is that of its own question")
  func again() throws {
    let child = try ChildProcess(shell: "cat")
    for number in 0..<200 {
      let (bytes, trouble) = child.ask(Array("\(number)".utf8), within: .seconds(20), longest: 100)
      #expect(trouble == nil)
      #expect(String(decoding: bytes, as: UTF8.self) == "\(number)")
    }
    #expect(child.end().status == "exit status 0")
    #expect(child.end().status == "exit status 0", "asking twice changes nothing")
    #expect(child.ask([], within: .seconds(1), longest: 1).trouble == "it has ended")
  }

  @Test("a megabyte out and a megabyte back do not wait for one another")
  func large() throws {
    let child = try ChildProcess(shell: "cat")
    let line = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
    #expect(child.ask(line, within: .seconds(30), longest: 2_000_000) == (line, nil))
  }

  @Test(
    "that gives no whole line gives what came, why, and how it ended",
    arguments: [
      // command, came, trouble, status
      ("exit 7", "", "its output ended", "exit status 7"),
      ("printf half", "half", "its output ended", "exit status 0"),
      ("kill -9 $$", "", "its output ended", "ended by signal 9 (Killed)"),
      ("exec 1>&-; sleep 30", "", "its output ended", "still running, and killed"),
      (
        "head -c 5000 /dev/zero | tr '\\0' y; sleep 30", nil, "its answer is longer than 1000 bytes",
        "still running, and killed"
      ),
      ("no-such-program-at-all", "", "its output ended", "exit status 127"),
    ] as [(String, String?, String, String)])
  func trouble(command: String, came: String?, trouble: String, status: String) throws {
    let answer = try ask(command)
    if let came { #expect(answer.came == came) }
    #expect(answer.trouble == trouble)
    #expect(answer.status == status)
  }

  @Test("that is silent costs its patience and no more, however it holds on")
  func silence() throws {
    for command in ["sleep 60", "trap '' TERM INT HUP; while :; do sleep 1; done", "yes ab | tr -d '\\n'"] {
      let began = WallClock().now
      let answer = try ask(command, within: .milliseconds(300), longest: 1_000_000_000)
      #expect(answer.trouble == "no whole line within 300ms", "\(command)")
      #expect(answer.status == "still running, and killed")
      #expect(WallClock().now - began < .seconds(20))
    }
  }

  @Test("that floods its standard error still answers, and the last of it is kept")
  func errors() throws {
    let answer = try ask("head -c 300000 /dev/zero | tr '\\0' e >&2; echo the end >&2; read a; echo $a")
    #expect(answer.came == "hello")
    #expect(answer.errors.hasSuffix("e" + "the end\n"))
    #expect(answer.errors.utf8.count <= 4096)
  }

  @Test("is killed with all that it started, and no zombie stays")
  func group() throws {
    // Two sleepers in the group; their lengths name them.
    let command = "sleep 6173 & sleep 6174"
    _ = try ask(command, within: .milliseconds(200))
    let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
    var left: [String] = []
    for number in processes {
      let words = (try? String(contentsOfFile: "/proc/\(number)/cmdline", encoding: .utf8)) ?? ""
      let stat = (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)) ?? ""
      if words.contains("617") && words.hasPrefix("sleep") { left.append(words) }
      // pid (name) state parent: a zombie of ours would have state Z and us as its parent.
      let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
      if fields.first == "Z", fields.dropFirst().first == "\(getpid())", stat.contains("(sh)") {
        left.append(stat)
      }
    }
    // A sleeper whose parent was killed is ended, though its new parent may not have waited for it yet.
    #expect(left == [])
  }

  @Test("that no longer reads does not end us by a signal")
  func pipe() throws {
    let line = String(repeating: "x", count: 200_000)
    let answer = try ask("exec 0<&-; sleep 0.2; echo done", line)
    #expect(answer.came == "done")
    #expect(answer.status == "exit status 0")
  }
}
