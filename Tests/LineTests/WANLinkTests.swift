import BackspinTesting
import Line
import Testing
import Timeline
import Units

struct WANLinkTests {
  private let day = WANService.halfHours(.export, from: .epoch, through: Instant(seconds: 86_400))

  @Test("a request is acknowledged, reaches the meter, and is answered, each after its latency")
  func ordinary() {
    let bench = WANBench(
      WANSettings(acknowledgement: .seconds(2), delivery: .seconds(10), answer: .seconds(7)))
    bench.send(41, .register(.export))
    bench.world.run(until: Instant(seconds: 100))
    #expect(bench.messages.map(\.at.seconds) == [2, 17])
    #expect(bench.messages[0].message == .acknowledgement(requestID: 41))
    let entry = LogRead.Entry(stamp: Instant(seconds: 10), energy: WattHours(10))
    #expect(
      bench.messages[1].message
        == .answer(WANAnswer(requestID: 41, made: Instant(seconds: 10), outcome: .values([entry]))))
    #expect(bench.sights.map(\.event) == [.requestSent, .acknowledged, .meterAnswered, .answerArrived])
    #expect(bench.sights.map(\.at.seconds) == [0, 2, 10, 17])
  }

  @Test("a window of 24 hours is inclusive at both ends: 49 half-hours")
  func inclusive() {
    let bench = WANBench()
    bench.send(1, day)
    bench.world.run(until: Instant(seconds: 100))
    #expect(bench.answers(to: 1) == [[10, 49]])
  }

  @Test("who may ask for what is as the service requests have it")
  func roles() {
    // DUIS: 4.2 ES ED; 4.6.2 ES; 4.8.3 ES ED OU; 4.1.1 IS ED; 4.6.1 IS; 4.8.1 IS ED OU (of the roles named
    // here).
    TextTable.each(
      """
      | service   | register   | reference | IS  | ES  | ED  | OU  |
      | register  | export     | 4.2       | no  | yes | yes | no  |
      | daily     | export     | 4.6.2     | no  | yes | no  | no  |
      | half-hour | export     | 4.8.3     | no  | yes | yes | yes |
      | register  | import     | 4.1.1     | yes | no  | yes | no  |
      | daily     | import     | 4.6.1     | yes | no  | no  | no  |
      | half-hour | import     | 4.8.1     | yes | no  | yes | yes |
      | register  | generation | _         | no  | no  | no  | no  |
      """
    ) { row in
      let register = try row.value("register") { RegisterRole(rawValue: $0) }
      let service: WANService =
        switch try row.text("service") {
        case "register": .register(register)
        case "daily": .dailySnapshots(register, from: .epoch, through: .epoch)
        default: .halfHours(register, from: .epoch, through: .epoch)
        }
      #expect(try service.reference == row.optional("reference"), sourceLocation: row.sourceLocation)
      for role in WANRole.allCases {
        let may = try row.text(role.rawValue) == "yes"
        #expect(service.roles.contains(role) == may, sourceLocation: row.sourceLocation)
        let bench = WANBench()
        bench.send(1, service, as: role)
        bench.world.run(until: Instant(seconds: 100))
        #expect((bench.meter.asked.count == 1) == may, sourceLocation: row.sourceLocation)
      }
    }
  }

  @Test("a role that may not ask is told so in place of an acknowledgement, and the meter hears nothing")
  func refusedRole() {
    let bench = WANBench()
    bench.send(1, day, as: .importSupplier)
    bench.world.run(until: Instant(seconds: 100))
    #expect(
      bench.messages.map(\.message) == [
        .answer(WANAnswer(requestID: 1, made: .epoch, outcome: .refused(.roleNotAllowed)))
      ])
    #expect(bench.messages[0].at == Instant(seconds: 1))
    #expect(bench.meter.asked.isEmpty)
  }

  @Test("an operator that checks no roles serves whoever asks, but knows no service for other registers")
  func uncheckedRoles() {
    let bench = WANBench(WANSettings(checksRoles: false))
    bench.send(1, day, as: .importSupplier)
    bench.send(2, .register(.total), as: .importSupplier)
    bench.world.run(until: Instant(seconds: 100))
    #expect(bench.answers(to: 1) == [[10, 49]])
    #expect(bench.outcome(of: 2) == .refused(.noSuchService))
  }

  @Test("a meter without an export register says so")
  func noExport() {
    let bench = WANBench()
    bench.meter.hasExport = false
    bench.send(1, .register(.export))
    bench.world.run(until: Instant(seconds: 100))
    #expect(bench.outcome(of: 1) == .refused(.noSuchRegister))
  }

  // MARK: Unreliable by nature

  @Test(
    "each leg loses its share: a lost request leaves nothing, a lost answer the acknowledgement"
  )
  func loss() {
    let bench = WANBench(WANSettings(lossPartsPerMillion: 100_000))
    for id in 1...2000 as ClosedRange<UInt64> {
      bench.send(id, .register(.export))
      bench.world.run(until: Instant(seconds: Int64(id) * 60))
    }
    let acknowledged = bench.messages.count { if case .acknowledgement = $0.message { true } else { false } }
    let answered = bench.messages.count - acknowledged
    // 2000 × 0.9² = 1620 acknowledgements, deviation 17.5; × 0.9³ = 1458 answers, deviation 19.9; heard 0.9²
    // too.
    #expect((1550...1690).contains(acknowledged))
    #expect((1380...1540).contains(answered))
    #expect((1550...1690).contains(bench.meter.asked.count))
    #expect(bench.sights.count { $0.event == .lost } >= 2000 - answered)
  }

  @Test("a copy of an answer comes later and is the same")
  func duplicate() {
    let bench = WANBench(WANSettings(duplicatePartsPerMillion: 1_000_000))
    bench.send(1, day)
    bench.world.run(until: Instant(seconds: 100))
    #expect(bench.answers(to: 1) == [[10, 49], [15, 49]])
    #expect(bench.sights.map(\.event).contains(.doubled))
  }

  @Test("a cut answer holds the oldest entries, at least one and not all, and says how many there were")
  func partial() {
    let bench = WANBench(WANSettings(partialPartsPerMillion: 1_000_000))
    var kept: Set<Int> = []
    for id in 1...200 as ClosedRange<UInt64> {
      bench.send(id, day)
      bench.world.run(until: Instant(seconds: Int64(id) * 60))
      guard case .partial(let entries, let total)? = bench.outcome(of: id) else {
        Issue.record("request \(id) was not cut")
        continue
      }
      #expect(total == 49 && (1...48).contains(entries.count))
      #expect(entries.map(\.energy.value) == (0..<Int64(entries.count)).map { $0 })
      kept.insert(entries.count)
    }
    #expect(kept.count > 30)
    // A single entry cannot be cut.
    bench.send(900, .register(.export))
    bench.world.run(until: Instant(seconds: 20_000))
    #expect(bench.answers(to: 900).count == 1 && bench.outcome(of: 900).map { $0.entries.count } == 1)
  }

  @Test("jitter delays each leg by at most so much, by draws of its own")
  func jitter() {
    let bench = WANBench(WANSettings(jitter: .seconds(30)))
    var delays: Set<Int64> = []
    for id in 1...100 as ClosedRange<UInt64> {
      let began = bench.world.now
      bench.send(id, .register(.export))
      bench.world.run(until: began + .seconds(100))
      let delay = bench.answers(to: id)[0][0] - began.seconds
      #expect((10...70).contains(delay))
      delays.insert(delay)
    }
    #expect(delays.count > 25)
  }

  @Test("draws are of the request's number: a request taken away moves no other")
  func indexed() {
    let settings = WANSettings(jitter: .seconds(30), lossPartsPerMillion: 200_000)
    func fates(_ ids: [UInt64]) -> [UInt64: [[Int64]]] {
      let bench = WANBench(settings)
      for id in ids { bench.send(id, .register(.export)) }
      bench.world.run(until: Instant(seconds: 1000))
      return Dictionary(uniqueKeysWithValues: ids.map { ($0, bench.answers(to: $0)) })
    }
    let all = fates(Array(1...50))
    let some = fates(Array(1...50).filter { $0 % 7 != 0 })
    for (id, fate) in some { #expect(all[id] == fate) }
    #expect(Set(all.values).count > 10)
  }

  // MARK: WN-01, WN-03

  @Test("WN-01: requests are accepted, wait for the end of the outage, and are answered then, in their order")
  func outageWaits() throws {
    let bench = WANBench()
    try bench.link.begin(FaultSetting(id: "WN-01"))
    for id in 1...3 as ClosedRange<UInt64> {
      bench.send(id, .register(.export))
      bench.world.run(until: Instant(seconds: Int64(id) * 3600))
    }
    #expect(bench.messages.map(\.message) == (1...3).map { .acknowledgement(requestID: $0) })
    #expect(bench.meter.asked.isEmpty)
    bench.world.run(until: Instant(seconds: 172_800))
    #expect(bench.link.end("WN-01"))
    bench.world.run(until: Instant(seconds: 172_900))
    // Two days on: 5 s to the meter, 5 s back. The values are of then, not of when they were asked for.
    #expect((1...3).map { bench.answers(to: $0) } == [[[172_810, 1]], [[172_810, 1]], [[172_810, 1]]])
    #expect(bench.meter.asked.map(\.at.seconds) == [172_805, 172_805, 172_805])
    #expect(bench.messages.suffix(3).map(\.message.requestID) == [1, 2, 3])
    #expect(bench.link.effects(of: "WN-01") == 3)
  }

  @Test("WN-01: a network that gives up answers in the meter's place after its time")
  func outageFails() throws {
    let bench = WANBench()
    try bench.link.begin(FaultSetting(id: "WN-01", whole: ["hold": 30], choices: ["requests": "fail"]))
    bench.send(1, .register(.export))
    bench.world.run(until: Instant(seconds: 10_000))
    // 5 s to where the meter should be, 30 min of trying, 5 s back.
    #expect(bench.answers(to: 1) == [[1810, 0]])
    #expect(bench.outcome(of: 1) == .undelivered)
    bench.link.end("WN-01")
    bench.send(2, .register(.export))
    bench.world.run(until: Instant(seconds: 20_000))
    #expect(bench.answers(to: 2) == [[10_010, 1]])
  }

  @Test("WN-01 does not touch an answer that has left the meter")
  func outageTooLate() throws {
    let bench = WANBench()
    bench.send(1, .register(.export))
    bench.world.run(until: Instant(seconds: 6))
    try bench.link.begin(FaultSetting(id: "WN-01"))
    bench.world.run(until: Instant(seconds: 100))
    #expect(bench.answers(to: 1) == [[10, 1]])
    #expect(bench.link.effects(of: "WN-01") == 0)
  }

  @Test("WN-03: from the change of supplier on there is no route, also for a request under way")
  func noRoute() throws {
    let bench = WANBench()
    bench.send(1, .register(.export))
    bench.world.run(until: Instant(seconds: 3))
    try bench.link.begin(FaultSetting(id: "WN-03"))
    bench.send(2, .register(.export))
    bench.world.run(until: Instant(seconds: 100))
    #expect(bench.outcome(of: 1) == .noRoute && bench.outcome(of: 2) == .noRoute)
    // The second is told at once, in place of an acknowledgement.
    #expect(bench.answers(to: 2) == [[4, 0]])
    #expect(bench.meter.asked.isEmpty)
    #expect(bench.link.effects(of: "WN-03") == 2)
    bench.link.end("WN-03")
    bench.send(3, .register(.export))
    bench.world.run(until: Instant(seconds: 200))
    #expect(bench.answers(to: 3) == [[110, 1]])
  }

  @Test("a WAN link refuses line faults and a fault that is present already")
  func refused() throws {
    let bench = WANBench()
    #expect {
      try bench.link.begin(FaultSetting(id: "CL-09"))
    } throws: {
      "\($0)" == "CL-09: no fault of this line; it can have WN-01, WN-02, WN-03, WN-04, WN-05"
    }
    try bench.link.begin(FaultSetting(id: "WN-03"))
    #expect(throws: FaultRefusal.self) { try bench.link.begin(FaultSetting(id: "WN-03")) }
    #expect(bench.link.presentFaults == ["WN-03"])
    #expect(!bench.link.end("WN-01"))
  }
}
