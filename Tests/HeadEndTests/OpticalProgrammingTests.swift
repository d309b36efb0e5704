import HeadEnd
import Line
import Testing
import Timeline
import Units
import Wire

@Suite("Optical port: programming mode")
struct OpticalProgrammingTests {
  static func bench(_ change: (inout ModeCManners) -> Void = { _ in }) -> OpticalBench {
    let bench = OpticalBench(OpticalBench.manners(change: change))
    bench.meter.answers = [
      "R1 1.8.0()": ["1.8.0(0012345.678*kWh)"], "R1 2.8.0()": ["(0000042.001*kWh)"],
      "R1 F.F()": ["F.F(00000000)"], "R1 0.0.0()": ["1.8.0(0000001.000*kWh)"],
      "R3 1.8.0()": ["1.8.0(00123", "45.678", "*kWh)"],
    ]
    bench.meter.acknowledged = ["W1 0.9.1(120000)"]
    return bench
  }

  @Test("registers are read one by one, with or without their address in the answer")
  func registers() throws {
    let bench = Self.bench()
    let reading = try bench.reader { $0.password = "00000000" }.read(["1.8.0", "2.8.0", "F.F"])
    #expect(reading.texts == ["1.8.0=0012345.678*kWh", "2.8.0=0000042.001*kWh", "F.F=00000000"])
    #expect(bench.meter.commands == ["R1 1.8.0()", "R1 2.8.0()", "R1 F.F()"])
    bench.rest(.seconds(1))
    #expect(!bench.station.isBusy, "signed off")
    #expect(bench.station.uart == .idle)
  }

  @Test("an answer in partial blocks is put together")
  func partial() throws {
    #expect(try Self.bench().reader().read(["1.8.0"], command: 3).texts == ["1.8.0=0012345.678*kWh"])
  }

  @Test("a wrong check in the middle of partial blocks is repaired")
  func partialRepaired() throws {
    let bench = Self.bench()
    bench.station.defects.message = .check
    bench.station.defects.messages = 2
    #expect(try bench.reader().read(["1.8.0"], command: 3).texts == ["1.8.0=0012345.678*kWh"])
  }

  @Test("the answer of another register is never taken")
  func anotherRegister() {
    let failure = #expect(throws: DialogueFailure.self) { try Self.bench().reader().read(["0.0.0"]) }
    #expect(failure?.kind == .unexpected)
  }

  @Test("what the meter has not, and what it refuses, is a refusal with its word")
  func errors() {
    let failure = #expect(throws: DialogueFailure.self) { try Self.bench().reader().read(["9.9.9"]) }
    #expect(failure?.kind == .refused)
    #expect(failure?.detail.contains("(ER01)") == true)
  }

  @Test("a wrong password is an authentication failure; after three the meter is locked for its time")
  func passwords() throws {
    let bench = Self.bench()
    for _ in 0..<3 {
      let failure = #expect(throws: DialogueFailure.self) {
        try bench.reader { $0.password = "12345678" }.read(["1.8.0"])
      }
      #expect(failure?.kind == .authentication)
      bench.rest(.seconds(100))
    }
    let locked = #expect(throws: DialogueFailure.self) {
      try bench.reader { $0.password = "00000000" }.read(["1.8.0"])
    }
    #expect(locked?.kind == .authentication, "the right one does not open it either")
    bench.rest(.minutes(20))
    #expect(try bench.reader { $0.password = "00000000" }.read(["1.8.0"]).texts == ["1.8.0=0012345.678*kWh"])
  }

  @Test("a password is sent once: NAK to it may mean that it is wrong, and a few wrong ones lock a meter")
  func passwordOnce() throws {
    let bench = Self.bench()
    let far = Nagging(StationFarSide(bench.station))
    let line = SerialLine(
      head: OpticalHead(), settings: .sevenEven(300), farSide: far, world: bench.world,
      stream: RandomStream(seed: 1))
    var options = OpticalOptions()
    options.password = "00000000"
    let failure = #expect(throws: DialogueFailure.self) {
      try OpticalReader(door: line, options: options).read(["1.8.0"])
    }
    #expect(failure?.kind == .authentication)
    #expect(failure?.detail == "NAK to the password: refused, or spoilt on the line")
    #expect(far.passwords == 1)
    #expect(bench.meter.commands.isEmpty)
  }

  /// A station that answers NAK to every password.
  final class Nagging: FarSide {
    private let inner: StationFarSide
    private var heard: [UInt8] = []
    private var nak: Instant?
    private(set) var passwords = 0

    init(_ inner: StationFarSide) { self.inner = inner }

    func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
      for byte in bytes {
        heard.append(byte)
        guard heard.first == 0x01 else {
          inner.hear([byte], at: instant)
          heard = []
          continue
        }
        // SOH, command, ETX, check.
        guard heard.dropLast().last == 0x03 else { continue }
        if heard.starts(with: [0x01, 0x50, 0x31]) {
          passwords += 1
          nak = instant + .milliseconds(300)
        } else {
          inner.hear(heard[...], at: instant)
        }
        heard = []
      }
    }
    var wakes: Instant? { [nak, inner.wakes].compactMap { $0 }.min() }
    var settings: SerialSettings? { inner.settings }
    func speak(at instant: Instant, into answers: inout [TimedBytes]) {
      inner.speak(at: instant, into: &answers)
      guard let due = nak, due <= instant else { return }
      answers.append(TimedBytes(at: due, bytes: [0x15]))
      nak = nil
    }
  }

  @Test("writing is acknowledged or refused")
  func writing() throws {
    let bench = Self.bench()
    try bench.reader { $0.password = "00000000" }.write("120000", to: "0.9.1")
    bench.rest(.seconds(3))
    let failure = #expect(throws: DialogueFailure.self) { try bench.reader().write("1", to: "1.8.0") }
    #expect(failure?.kind == .refused)
  }

  @Test("a meter without programming mode lists, which is said")
  func none() {
    let failure = #expect(throws: DialogueFailure.self) {
      try Self.bench { $0.access = nil }.reader().read(["1.8.0"])
    }
    #expect(failure?.kind == .refused)
  }

  @Test("the session ends after the time without traffic")
  func inactivity() throws {
    let bench = Self.bench()
    bench.line.write(Array("/?!\r\n".utf8))
    bench.rest(.seconds(1))
    bench.line.write([0x06] + Array("001\r\n".utf8))
    bench.rest(.seconds(30))
    #expect(bench.station.isBusy)
    bench.rest(.seconds(32))
    #expect(!bench.station.isBusy)
  }

  @Test("half-hours are read by date, with a header at each discontinuity")
  func profile() throws {
    let bench = Self.bench()
    bench.meter.answers["R5 P.01(22605010030;22605010230)"] = [
      "P.01(22605010030)(00)(30)(2)(1.8.0)(kWh)(2.8.0)(kWh)\r\n(0.250)(0.000)\r\n(0.125)(0.001)\r\n"
        + "P.01(22605010200)(24)(30)(2)(1.8.0)(kWh)(2.8.0)(kWh)\r\n(0.300)(0.002)\r\n(0.400)(0.003)\r\n"
    ]
    let midnight = Instant(seconds: 1_777_593_600)
    let reading = try bench.reader().readProfile(
      from: midnight + .minutes(30), through: midnight + .minutes(150))
    #expect(reading.profile.map(\.stamp) == [30, 60, 120, 150].map { midnight + .minutes($0) })
    #expect(
      reading.profile.map(\.status) == [0, 0, 0x24, 0x04],
      "the clock was set before the third; disturbed are both")
    #expect(
      reading.profile.map { $0.values.map(\.text) } == [
        ["0.250", "0.000"], ["0.125", "0.001"], ["0.300", "0.002"], ["0.400", "0.003"],
      ])
    #expect(reading.profile[0].stampText == "22605010030")
    #expect(reading.profile[1].values[1].address == "2.8.0")
    #expect(reading.profile[1].values[1].unit == "kWh")
  }

  @Test("numbers that do not fill a profile's rows are refused")
  func ragged() {
    let bench = Self.bench()
    bench.meter.answers["R5 P.01(;)"] = [
      "P.01(22605010030)(00)(30)(2)(1.8.0)(kWh)(2.8.0)(kWh)\r\n(0.250)(0.000)\r\n(0.125)\r\n"
    ]
    let failure = #expect(throws: DialogueFailure.self) { try bench.reader().readProfile() }
    #expect(failure?.kind == .unreadable)
  }

  @Test("a log book's entries are rows without values")
  func events() throws {
    let bench = Self.bench()
    bench.meter.answers["R5 P.98(;)"] = ["P.98(22605011234)(20)()(0)\r\nP.98(22605011300)(80)()(0)\r\n"]
    let rows = try bench.reader().readProfile("P.98").profile
    #expect(rows.map(\.status) == [0x20, 0x80])
    #expect(rows.map(\.stampText) == ["22605011234", "22605011300"])
  }

  @Test("a refusal leaves the meter idle at once, and a write is sent once only")
  func leaving() throws {
    let bench = Self.bench()
    #expect(throws: DialogueFailure.self) { try bench.reader().read(["9.9.9"]) }
    bench.rest(.seconds(1))
    #expect(!bench.station.isBusy)
    let cut = Self.bench()
    let far = Swallowing(StationFarSide(cut.station))
    let seven = try SerialSettings(baud: 300, dataBits: 7, parity: .even)
    let line = SerialLine(
      head: OpticalHead(), settings: seven, farSide: far, world: cut.world, stream: RandomStream(seed: 1))
    let failure = #expect(throws: DialogueFailure.self) {
      try OpticalReader(door: line).write("120000", to: "0.9.1")
    }
    #expect(failure?.kind == .silence)
    #expect(cut.meter.commands == ["W1 0.9.1(120000)"], "whether it was carried out is not known")
  }

  /// A station whose ACK gets lost.
  final class Swallowing: FarSide {
    let inner: StationFarSide

    init(_ inner: StationFarSide) { self.inner = inner }

    func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) { inner.hear(bytes, at: instant) }
    var wakes: Instant? { inner.wakes }
    var settings: SerialSettings? { inner.settings }
    func speak(at instant: Instant, into answers: inout [TimedBytes]) {
      var said: [TimedBytes] = []
      inner.speak(at: instant, into: &said)
      answers += said.filter { $0.bytes != [0x06] }
    }
  }
}
