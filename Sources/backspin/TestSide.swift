// One of the two meters of a live test: read through any of its ports, its pulses counted, or its turns
// counted by the person who watches it.

internal import ArgumentParser
internal import HeadEnd
internal import HostIO
internal import Line
internal import MeterModel
internal import Runner
internal import Scenario
internal import Units

/// A meter at the bench that is looked at again and again.
final class TestSide {
  private enum Way {
    case registers(ReadSession, address: String)
    case modbus(ReadModbus)
    case pulses(PulseReader, ReadBench)
    /// So many turns or pulses, by somebody with a key.
    case hand(Int64)
  }

  /// What it is called in messages.
  let name: String
  private let way: Way
  private let role: RegisterRole
  /// Where the options say it.
  let constant: TestConstant?
  private var bench: ReadBench?
  private var counted: Int64 = 0

  /// - Parameter words: the options of `backspin read`, or `count N`. Throws `Failure`.
  init(_ name: String, _ words: String, role: RegisterRole, constant: TestConstant?) throws {
    (self.name, self.role) = (name, role)
    let words = try Self.split(words, of: name)
    if words.first == "count" {
      guard words.count == 2, let turns = Int64(words[1]), (1...1_000_000).contains(turns) else {
        throw Failure("\(name): a count by hand is written: count 20")
      }
      (way, self.constant) = (.hand(turns), constant)
      return
    }
    var command: ReadCommand
    do { command = try ReadCommand.parse(words) } catch {
      throw Failure("\(name): \(ReadCommand.message(for: error))")
    }
    let profile = try command.make.map { try command.shelves.library.profile(named: $0) }
    let spoken = try command.spoken(by: profile)
    let stated =
      command.pulses.constant.map { TestConstant($0) }
      ?? profile?.pulse.map { TestConstant($0.constant.numerator, over: $0.constant.denominator) }
    self.constant = constant ?? stated
    switch spoken {
    case .modbus: way = .modbus(try ReadModbus(command, profile))
    case .pulse:
      guard let constant = self.constant else {
        throw Failure("\(name): pulses want --constant, or a --profile with a pulse output")
      }
      let bench = try ReadBench(
        serial: command.serial, tcp: command.tcp, settings: try command.settings(.pulse, profile))
      self.bench = bench
      let reader = PulseReader(
        door: bench.door, constant: .init(constant.numerator, over: constant.denominator),
        debounce: bench.isStream ? .zero : .milliseconds(30))
      way = .pulses(reader, bench)
    default:
      let address = command.what.addresses?.first ?? (role == .export ? "2.8.0" : "1.8.0")
      // A whole list of objects is nothing that a look needs.
      if spoken == .dlms || spoken == .dlmsHDLC { command.what.registers = address }
      way = .registers(ReadSession(command, spoken, profile, { door, _, _ in door }), address: address)
    }
  }

  /// Words between blanks; quotes hold words together.
  private static func split(_ text: String, of name: String) throws -> [String] {
    var (words, word, quote): ([String], String?, Character?) = ([], nil, nil)
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        (quote, word) = (character, word ?? "")
      } else if quote == nil, character == " " {
        if let done = word { words.append(done) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { throw Failure("\(name): a quote is not closed: \(text)") }
    return words + [word].compactMap(\.self)
  }

  /// Whether somebody watches it and says when.
  var turns: Int64? { if case .hand(let turns) = way { turns } else { nil } }

  // MARK: Looks

  /// What it shows now. Throws `Failure`, with exit 7 where nobody answers.
  func look() throws -> MeterTestLook {
    do {
      switch way {
      case .registers(let session, let address): return try look(session, address)
      case .modbus(let modbus): return try look(modbus)
      case .pulses(let reader, let bench):
        if let lost = bench.lost { throw lost }
        // Those that are here already.
        reader.count(until: bench.door.now + .milliseconds(1))
        let now = bench.door.now
        return MeterTestLook(.count(reader.counter.count, atPulse: false), from: now, through: now)
      case .hand: throw Failure("\(name): counted by hand")
      }
    } catch let failure as DialogueFailure {
      throw Failure("\(name): \(failure.words)", failure.isUnheard ? Outcomes.hardware : Outcomes.unmet)
    } catch let error as HostError {
      throw Failure("\(name): \(error)", error.code == .badAddress ? Outcomes.invalid : Outcomes.hardware)
    } catch let failure as Failure where !failure.message.hasPrefix(name) {
      throw Failure("\(name): \(failure.message)", failure.code)
    }
  }

  /// A look of somebody whose hand is so late at most: 0.2 s (our assumption, as of a stopwatch).
  func look(byHand now: Instant) -> MeterTestLook {
    let late = TimeSpan.milliseconds(200)
    defer { counted += turns ?? 0 }
    return MeterTestLook(.count(counted, atPulse: true), from: now - late, through: now + late)
  }

  private func look(_ session: ReadSession, _ address: String) throws -> MeterTestLook {
    let wanted = try quantity(address, of: "--registers", OBIS.init(parsing:)).reduced
    let isText = session.answered == nil || session.answered == .optical
    let (reading, look) = try session.look(at: isText ? address : nil)
    bench = session.bench
    let found = reading.values.first { value in
      guard value.index == 0, let code = try? OBIS(parsing: value.address) else { return false }
      return code.reduced == wanted && (code.billingPeriod ?? 255) == 255
    }
    guard let found else { throw Failure("\(name): it shows no \(address)", Outcomes.unmet) }
    let shifts = ["kwh": 0, "wh": 3, "mwh": -3]
    guard let number = found.number, let shift = shifts[found.unit.lowercased()] else {
      throw Failure("\(name): \(address) is no energy: \(found.text) \(found.unit)", Outcomes.unmet)
    }
    let kilowattHours = DecimalText(mantissa: number.mantissa, decimals: number.decimals + shift)
    return MeterTestLook(.register(kilowattHours), from: look.from, through: look.through)
  }

  private func look(_ modbus: ReadModbus) throws -> MeterTestLook {
    let place = try bench ?? modbus.open { door, _, _ in door }
    bench = place
    let from = place.door.now
    let one = try modbus.energy(role, over: place)
    let through = place.door.now
    if let lost = place.lost { throw lost }
    guard let number = one.kilowattHours else {
      if case .failure(let failure) = one.value {
        throw Failure("\(name): \(failure.words)", one.isUnheard ? Outcomes.hardware : Outcomes.unmet)
      }
      throw Failure("\(name): \(one.point.name) is no energy", Outcomes.unmet)
    }
    return MeterTestLook(.register(number), from: from, through: through)
  }

  // MARK: Time

  /// What tells the time here; nil before the first look.
  var door: (any Door)? { bench?.door }

  /// Lets so much time pass; pulses are counted meanwhile. Nothing else is wanted: what comes is dropped.
  func pass(until end: Instant) throws {
    guard let bench else { return }
    if case .pulses(let reader, _) = way { reader.count(until: end) }
    while bench.lost == nil, bench.door.now < end { _ = bench.door.wait(until: end) }
    if let lost = bench.lost { throw Failure("\(name): \(lost)", Outcomes.hardware) }
  }

  var isPulsing: Bool { if case .pulses = way { true } else { false } }
}
