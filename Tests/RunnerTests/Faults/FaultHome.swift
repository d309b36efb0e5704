// A plain home that faults befall: a meter, what flows, and who reads it, before, while and after. Its faults
// all hold over the same hours, so that any of them can be left out, or combined with any other.

import HeadEnd
import MeterModel
import Runner
import Scenario
import Testing
import Timeline
import Units

/// A home, and the faults that it can have.
struct FaultHome: Sendable, CustomTestStringConvertible {
  /// A fault as a row of the timeline has it: `ME-20`, `MF-02 {depth: 1 days}`, `CL-01 @bus`.
  struct Befalling: Sendable {
    let id: String
    let on: String
    let with: String

    init(_ text: String) {
      let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
      id = parts[0]
      var rest = parts.count > 1 ? parts[1] : ""
      var target: String?
      if rest.first == "@" {
        let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
        (target, rest) = (String(words[0].dropFirst()), words.count > 1 ? words[1] : "")
      }
      on = target ?? FaultCatalogue.declaration(id)?.layer.places.first?.word ?? "export"
      with = rest.isEmpty ? "" : ", with: \(rest)"
    }
  }

  let name: String
  /// The first instant, and the last.
  let from: String
  let until: String
  /// While its faults hold.
  let during: (from: String, until: String)
  /// From when on nothing may be seen of a fault, but for what it leaves.
  let after: String
  /// From when on its clock has been set right.
  var clockSet: String?
  /// Each second or each character of it is worked out: fewer combinations are tried.
  var isCostly = false
  /// Site, meters and whatever else stands beside the timeline.
  let head: String
  /// The rows of the timeline without faults.
  let rows: String
  let faults: [String]
  /// Faults of which this home cannot show what they leave.
  var hides: Set<String> = []

  var testDescription: String { name }

  /// The story with all its faults.
  private var text: String {
    let befallings = faults.map { Befalling($0) }.map {
      "  - {from: \(during.from), to: \(during.until), fault: \($0.id), on: \($0.on)\($0.with)}"
    }
    return """
      id: home
      title: A home
      from: \(from)
      until: \(until)
      depths: [memory]
      \(head)
      timeline:
      \(befallings.joined(separator: "\n"))
      \(rows)
      expect:
        - {first-divergence: none}
      """
  }

  var ids: [String] { faults.map { Befalling($0).id } }

  func read() throws -> ScenarioFile { try StoryBench.story(text) }

  static func instant(_ text: String) throws -> Instant { try Instant(parsing: text) }
}

extension ScenarioFile {
  /// The same story without some faults.
  func without(_ ids: Set<String>) -> ScenarioFile {
    var file = self
    file.timeline.removeAll { command in command.faultID.map { ids.contains($0) } ?? false }
    return file
  }
}

extension Command {
  var faultID: String? {
    if case .fault(let order) = action { order.setting.id } else { nil }
  }
}

/// A seeded generator of draws: xorshift64*, so that a failure can be had again.
struct Draws {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return Int((state &* 2_685_821_657_736_338_717) >> 33) % bound
  }

  /// So many different ones.
  mutating func draw(_ count: Int, of all: [String]) -> [String] {
    var (left, drawn) = (all, [String]())
    while drawn.count < count, !left.isEmpty { drawn.append(left.remove(at: below(left.count))) }
    return drawn
  }
}

/// What can be seen of a home from an instant on.
struct AfterSight {
  /// Who read what and when, without the number; and the numbers, in order, by what was read.
  var visits: [String] = []
  var numbers: [String: [Int64]] = [:]
  /// The step in which each was read.
  var steps: [String: Int64] = [:]
  /// Half-hours by register and stamp, as the last read of them says.
  var halfHours: [String: [Instant: Int64]] = [:]
  var failures: [String] = []
  var bench: [String] = []
  var digits: [[String]] = []

  init(_ record: StoryRecord, from instant: Instant) {
    for read in record.evidence.reads where read.received >= instant {
      let key = "\(read.serial) \(read.register) \(read.source)"
      visits.append("\(key) \(read.at) \(read.photo.map { "photo of \($0.serial)" } ?? "")")
      numbers[key, default: []].append(read.value.value)
      if let photo = read.photo { numbers[key + " photo", default: []].append(photo.value.value) }
      steps[key] = read.resolution.value
      steps[key + " photo"] = read.resolution.value
    }
    for log in record.evidence.logs where log.received >= instant {
      for entry in log.entries {
        halfHours["\(log.serial) \(log.register)", default: [:]][entry.stamp] = entry.energy.value
      }
    }
    failures = record.evidence.failures.filter { $0.at >= instant }.map {
      "\($0.meter) \($0.at) \($0.reason)"
    }
    for one in record.evidence.benchReads where one.at >= instant {
      let key = "\(one.meter) \(one.port) \(one.role)"
      numbers[key, default: []].append(one.value.value)
      steps[key] = 1
    }
    for one in record.evidence.benchResults where one.at >= instant {
      bench.append("\(one.meter) \(one.port) \(one.failure.map { "\($0.kind)" } ?? "well")")
      digits.append(one.values.flatMap { [$0.address, $0.text, $0.unit] })
    }
  }
}
