// A core of the user's own in place of ours: the same money from the same core behind lines, and a finding
// with evidence from everything that is no answer.

import Foundation
import HeadEnd
import HostIO
import Scenario
import Settlement
import Testing
import Units

@testable import Runner

/// A peer that answers by rule, and remembers how often it was ended.
private final class ScriptedPeer: TargetPeer {
  let answers: (String, Int) -> ([UInt8], String?)
  private(set) var asked: [String] = []
  private(set) var ends = 0

  init(_ answers: @escaping (String, Int) -> ([UInt8], String?)) { self.answers = answers }

  func ask(_ line: [UInt8], within patience: TimeSpan, longest: Int) -> (bytes: [UInt8], trouble: String?) {
    asked.append(String(decoding: line, as: UTF8.self))
    let (bytes, trouble) = answers(asked.last ?? "", asked.count)
    return (bytes, trouble)
  }

  func end() -> (status: String, errors: String) {
    ends += 1
    return ("exit status 9", "first\nlast words\n")
  }
}

/// A real program.
private final class ProgramPeer: TargetPeer {
  private let child: ChildProcess

  init(_ command: String) throws { child = try ChildProcess(shell: command) }

  func ask(_ line: [UInt8], within patience: TimeSpan, longest: Int) -> (bytes: [UInt8], trouble: String?) {
    child.ask(line, within: patience, longest: longest)
  }

  func end() -> (status: String, errors: String) { child.end() }
}

@Suite("A settlement core of the user's own")
struct ExternalTargetTests {
  private static let hello = #"{"hello":"mine","version":1}"#

  /// Answers the greeting, then as told.
  private func target(_ answer: String, trouble: String? = nil) -> (ExternalTarget, () -> ScriptedPeer?) {
    var last: ScriptedPeer?
    let target = ExternalTarget(patience: .seconds(1)) {
      let peer = ScriptedPeer { _, count in
        count == 1 ? (Array(Self.hello.utf8), nil) : (Array(answer.utf8), trouble)
      }
      last = peer
      return peer
    }
    return (target, { last })
  }

  private var one: SettlementCase { CaseBench.everything(policy: Policy(name: "a")) }

  @Test("our own core behind its lines gives the same outcome, from one peer for all cases")
  func same() throws {
    let server = TargetServer(EmbeddedCore(), name: "ours")
    var started = 0
    let target = ExternalTarget(patience: .seconds(1)) {
      started += 1
      return ScriptedPeer { line, _ in (Array(server.answer(line).utf8), nil) }
    }
    var count = 0
    for file in try ShippedStoriesTests.files.get().prefix(12) {
      guard let one = try CaseBench.settlementCase(of: file) else { continue }
      #expect(try target.settle(one) == EmbeddedCore().settle(one), "\(file.id)")
      count += 1
    }
    #expect(count > 8)
    #expect(started == 1)
  }

  @Test(
    "everything that is no answer is a finding, with what was sent and what came, and the peer is ended once",
    arguments: [
      // answer, trouble of the peer, what is said
      ("", "no whole line within 1s", "no whole line within 1s"),
      (#"{"id":"1","outcome":{"statem"#, "its output ended", "its output ended"),
      ("garbage", nil, "column 1: this is no JSON"),
      ("{}", nil, "the key 'id' is missing"),
      (
        #"{"id":"2","outcome":{"statements":[],"decisions":[]}}"#, nil,
        "it answers case '2', and case '1' was asked"
      ),
      (#"{"id":"1","outcome":{"statements":[]}}"#, nil, "the key 'decisions' is missing"),
      (#"{"id":"1","outcome":{"statements":[],"decisions":[]},"more":1}"#, nil, "unknown key 'more'"),
      (#"{"id":"1"}"#, nil, "the key 'outcome' is missing"),
      (
        #"{"id":"1","outcome":{"statements":[],"decisions":[{"at":"2026-01-01T00:00Z","code":"PAY_OK","severity":"query","subject":"","text":"","reads":[123456]}]}}"#,
        nil, "it cites the read 123456, which was not sent"
      ),
      (String(repeating: "[", count: 100_000), nil, "levels within one another"),
    ] as [(String, String?, String)])
  func failures(answer: String, trouble: String?, says: String) throws {
    let (target, peer) = target(answer, trouble: trouble)
    do throws(TargetFailure) {
      _ = try target.settle(one)
      Issue.record("this was taken: \(answer)")
    } catch {
      #expect(error.message.contains(says), "\(error)")
      let evidence = error.evidence.joined(separator: "\n")
      #expect(
        evidence.contains("sent (") && evidence.contains("came (\(answer.utf8.count) bytes"), "\(evidence)")
      #expect(evidence.contains("the program: exit status 9") && evidence.contains("last words"))
    }
    #expect(peer()?.ends == 1)
  }

  @Test("a core that refuses a case in words lives on; after a failure another is started")
  func living() throws {
    var peers: [ScriptedPeer] = []
    let target = ExternalTarget(patience: .seconds(1)) {
      let isFirst = peers.isEmpty
      let peer = ScriptedPeer { line, count in
        if count == 1 { return (Array(Self.hello.utf8), nil) }
        if isFirst, count == 2 { return (Array(#"{"id":"1","error":"not today"}"#.utf8), nil) }
        if isFirst { return ([], "its output ended") }
        return (Array(#"{"id":"3","outcome":{"statements":[],"decisions":[]}}"#.utf8), nil)
      }
      peers.append(peer)
      return peer
    }
    #expect(throws: TargetFailure.self) { try target.settle(one) }
    #expect(peers.map(\.ends) == [0])
    #expect(throws: TargetFailure.self) { try target.settle(one) }
    #expect(peers.map(\.ends) == [1])
    #expect(try target.settle(one) == Outcome())
    #expect(peers.map(\.ends) == [1, 0])
  }

  @Test("a core that cannot be greeted is not greeted again for each case")
  func greeting() throws {
    for (greeting, says) in [
      (#"{"hello":"mine","version":2}"#, "it speaks version 2 of the lines, and this is version 1"),
      (#"{"hello":"mine"}"#, "the key 'version' is missing"), ("hi", "this is no JSON"),
    ] {
      var started = 0
      let target = ExternalTarget(patience: .seconds(1)) {
        started += 1
        return ScriptedPeer { _, _ in (Array(greeting.utf8), nil) }
      }
      for _ in 0..<3 {
        do throws(TargetFailure) {
          _ = try target.settle(one)
          Issue.record("\(greeting) was taken")
        } catch { #expect(error.message.contains(says), "\(error)") }
      }
      #expect(started == 1)
    }
  }

  @Test("bytes that are no text are shown without harm")
  func bytes() throws {
    let target = ExternalTarget(patience: .seconds(1)) { ScriptedPeer { _, _ in ([0xFF, 0x1B, 0x41], nil) } }
    do throws(TargetFailure) { _ = try target.settle(one) } catch {
      #expect(error.message == "its answer is not UTF-8 text")
      #expect(error.evidence.contains("came (3 bytes): \u{FFFD}\u{00B7}A"), "\(error.evidence)")
    }
  }

  @Test("a story whose target fails has failed, whatever it declares, and says so in one check")
  func story() throws {
    for id in ["must-fail-paid", "smets2-quarter"] {
      let files = try ShippedStoriesTests.files.get()
      guard let file = files.first(where: { $0.id == id }) ?? files.first(where: { $0.mustFail != nil })
      else { continue }
      let target = ExternalTarget(patience: .milliseconds(200)) { try ProgramPeer("sleep 20") }
      let record = StoryRunner(seed: 1, today: StoryBench.today, target: target).run(file)
      #expect(record.verdict == .failed)
      #expect(record.checks.map(\.checker) == ["target"])
      #expect(record.checks.first?.got == "no whole line within 200ms")
    }
  }
}
