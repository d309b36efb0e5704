import HeadEnd
import Line
import Testing
import Timeline
import Units

struct WANReaderTests {
  /// A meter whose half-hours carry their own number as Wh, and whose register shows the seconds since the
  /// epoch.
  private final class Meter: WANMeter {
    private(set) var asked: [WANService] = []
    func answer(_ service: WANService, at instant: Instant) -> [LogRead.Entry]? {
      asked.append(service)
      switch service {
      case .register: return [LogRead.Entry(stamp: instant, energy: WattHours(instant.seconds))]
      case .halfHours(_, let from, let through), .dailySnapshots(_, let from, let through):
        let numbers = (from.seconds + 1799) / 1800...through.seconds / 1800
        return numbers.map { LogRead.Entry(stamp: Instant(seconds: $0 * 1800), energy: WattHours($0)) }
      case .order: return nil
      }
    }
    func carryOut(_ order: WANOrder, at instant: Instant) -> [String]? { ["\(order)"] }
    let isThere = true
  }

  private struct Bench {
    let world = ClockWorld(at: .epoch)
    let meter = Meter()
    let link: WANLink
    let reader: WANReader
    let late = Late()

    final class Late {
      var readings: [WANReading] = []
    }

    init(
      _ settings: WANSettings = WANSettings(), retries: Int = 2, patience: TimeSpan = .seconds(60),
      seed: UInt64 = 1
    ) {
      link = WANLink(settings: settings, meter: meter, world: world, stream: RandomStream(seed: seed))
      reader = WANReader(
        link: link, rules: WANRules(role: .exportSupplier, patience: patience, retries: retries))
      reader.onLate = { [late] in late.readings.append($0) }
    }
  }

  private let day = WANService.halfHours(.export, from: .epoch, through: Instant(seconds: 86_400))

  @Test("a read waits for its answer, and no longer")
  func ordinary() throws {
    let bench = Bench()
    let reading = try bench.reader.read(.register(.export)).get()
    #expect(reading.entries == [LogRead.Entry(stamp: Instant(seconds: 5), energy: WattHours(5))])
    #expect(reading.made == Instant(seconds: 5) && reading.received == Instant(seconds: 10))
    #expect(reading.isWhole && reading.requestIDs == [1])
    #expect(bench.world.now == Instant(seconds: 10))
  }

  @Test("silence ends after all patience: three requests of 60 s and two pauses of 30 s")
  func silence() {
    let bench = Bench(WANSettings(lossPartsPerMillion: 1_000_000))
    #expect(bench.reader.read(day) == .failure(.silence(acknowledged: false)))
    #expect(bench.world.now == Instant(seconds: 240))
    #expect(bench.meter.asked.isEmpty)
  }

  @Test("refusals and a missing route end a read at once")
  func ends() throws {
    let bench = Bench()
    #expect(bench.reader.read(.register(.import)) == .failure(.refused(.roleNotAllowed)))
    try bench.link.begin(FaultSetting(id: "WN-03"))
    #expect(bench.reader.read(day) == .failure(.noRoute))
    #expect(bench.world.now == Instant(seconds: 2))
  }

  @Test("a cut answer is completed by asking for the rest: each half-hour comes once")
  func completed() throws {
    // Every answer of more than one entry is cut: 49 entries need several requests.
    let bench = Bench(WANSettings(partialPartsPerMillion: 1_000_000), retries: 48)
    let reading = try bench.reader.read(day).get()
    #expect(reading.entries.map(\.energy.value) == Array(0...48))
    #expect(reading.isWhole && reading.missing == 0)
    #expect(reading.requestIDs.count == bench.meter.asked.count && bench.meter.asked.count > 1)
  }

  @Test("what is still missing after all retries is counted, and what came is kept")
  func stillMissing() throws {
    let bench = Bench(WANSettings(partialPartsPerMillion: 1_000_000), retries: 0)
    let reading = try bench.reader.read(day).get()
    #expect((1...48).contains(reading.entries.count))
    #expect(reading.entries.count + reading.missing == 49 && !reading.isWhole)
  }

  @Test("a copy of an answer is dropped")
  func copies() throws {
    let bench = Bench(WANSettings(duplicatePartsPerMillion: 1_000_000))
    #expect(try bench.reader.read(day).get().entries.count == 49)
    #expect(try bench.reader.read(.register(.export)).get().entries.count == 1)
    bench.world.run(until: Instant(seconds: 1000))
    #expect(bench.reader.dropped == 2)
    #expect(bench.late.readings.isEmpty)
  }

  @Test("an answer to an earlier request of the same read is taken; the later one's is dropped")
  func earlier() throws {
    // 100 s each way and 60 s of patience: the first request is answered while the third is out.
    let bench = Bench(WANSettings(delivery: .seconds(100), answer: .seconds(100)))
    let reading = try bench.reader.read(.register(.export)).get()
    #expect(reading.made == Instant(seconds: 100) && reading.received == Instant(seconds: 200))
    #expect(reading.requestIDs == [1, 2, 3])
    bench.world.run(until: Instant(seconds: 1000))
    #expect(bench.reader.dropped == 2)
  }

  @Test("an answer that comes after the read was given up is never taken for the next read's")
  func late() throws {
    let bench = Bench(retries: 0)
    try bench.link.begin(FaultSetting(id: "WN-01"))
    #expect(bench.reader.read(.register(.export)) == .failure(.silence(acknowledged: true)))
    #expect(bench.reader.read(day) == .failure(.silence(acknowledged: true)))
    bench.world.run(until: Instant(seconds: 3600))
    bench.link.end("WN-01")
    let reading = try bench.reader.read(.halfHours(.export, from: .epoch, through: Instant(seconds: 3600)))
      .get()
    #expect(reading.entries.count == 3)
    // The two that waited came first, each as what it was asked for.
    #expect(bench.late.readings.map(\.service) == [.register(.export), day])
    #expect(bench.late.readings.map(\.received.seconds) == [3610, 3610])
    #expect(bench.late.readings.map(\.entries.count) == [1, 49])
    #expect(bench.late.readings[0].made == Instant(seconds: 3605))
  }

  @Test("of several late answers to one read the first counts; a failure among them does not end it")
  func lateOnce() throws {
    let bench = Bench()
    try bench.link.begin(FaultSetting(id: "WN-01"))
    #expect(bench.reader.read(day) == .failure(.silence(acknowledged: true)))
    bench.link.end("WN-01")
    bench.world.run(until: Instant(seconds: 3600))
    #expect(bench.late.readings.count == 1 && bench.reader.dropped == 2)

    // The network gives up on each request after 5 min, when the read is long given up: three late failures.
    try bench.link.begin(FaultSetting(id: "WN-01", whole: ["hold": 5], choices: ["requests": "fail"]))
    #expect(bench.reader.read(day) == .failure(.silence(acknowledged: true)))
    bench.world.run(until: Instant(seconds: 9000))
    #expect(bench.late.readings.count == 1)
  }

  @Test("a network that gives up while the reader still waits is its answer")
  func undelivered() throws {
    let bench = Bench(patience: .seconds(900))
    try bench.link.begin(FaultSetting(id: "WN-01", whole: ["hold": 10], choices: ["requests": "fail"]))
    #expect(bench.reader.read(day) == .failure(.undelivered))
    #expect(bench.world.now == Instant(seconds: 610))
  }

  @Test("requests are numbered by what they are about")
  func numbered() throws {
    let bench = Bench()
    bench.reader.beginDialogue(7)
    #expect(try bench.reader.read(day).get().requestIDs == [7 << 16 | 1])
    #expect(try bench.reader.read(day).get().requestIDs == [7 << 16 | 2])
    bench.reader.beginDialogue(8)
    #expect(try bench.reader.read(day).get().requestIDs == [8 << 16 | 1])
  }

  @Test("on a link that loses, cuts, copies and delays, every half-hour that comes is right and comes once")
  func unreliable() throws {
    let settings = WANSettings(
      jitter: .seconds(40), lossPartsPerMillion: 100_000, duplicatePartsPerMillion: 200_000,
      partialPartsPerMillion: 500_000)
    let bench = Bench(settings, retries: 6, seed: 3)
    var whole = 0
    for number in 0..<300 {
      bench.reader.beginDialogue(UInt64(number))
      bench.world.run(until: Instant(seconds: Int64(number) * 1800))
      guard let reading = try? bench.reader.read(day).get() else { continue }
      #expect(reading.entries.map(\.energy.value) == (0..<Int64(reading.entries.count)).map { $0 })
      #expect(reading.entries.count + reading.missing == 49)
      if reading.isWhole { whole += 1 }
    }
    #expect(whole > 270)
    #expect(bench.reader.dropped > 50)
  }
}
