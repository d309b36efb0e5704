// A meter behind its one-way infra-red port: what an A100C or an A1100 says of its registers.

public import Units
public import Wire

/// Makes the messages of one meter.
public final class IrDAAnswering: IrDASource {
  public let meter: Meter
  public let port: IrDAPort
  public var errorFlags: UInt8 = 0
  public var powerFails = 0
  public var watchdogs = 0
  private let poweredSince: Instant

  public init(meter: Meter, port: IrDAPort, poweredSince: Instant) {
    (self.meter, self.port, self.poweredSince) = (meter, port, poweredSince)
  }

  /// The port of this meter; its first message begins one period after `start`.
  public func makeStation(at start: Instant) -> IrDAStation {
    IrDAStation(
      source: self, baud: port.baud, every: port.every, sendsNibbles: port.characters == .nibble, at: start)
  }

  public func message(at instant: Instant) -> IrDAMessage {
    switch port.form {
    case .a100c: .a100c(binary(at: instant))
    case .a1100: .a1100(text(at: instant))
    }
  }

  /// Bit 0: energy flows backwards now; bit 1: a reverse run has been counted. The handbook's own bits are
  /// not public; these are our assumption.
  private var status: UInt8 {
    (meter.reverseRun?.isRunning ?? false ? 1 : 0) | (meter.reverseRun?.hasRun ?? false ? 2 : 0)
  }

  private func binary(at instant: Instant) -> A100CMessage {
    var message = A100CMessage()
    (message.product, message.firmware) = (port.product, meter.firmware ?? port.firmware)
    message.utilitySerial = meter.serial
    message.makerSerial = UInt32(truncatingIfNeeded: Int(meter.serial.filter(\.isNumber).suffix(7)) ?? 0)
    message.configuration = UInt16(clamping: port.configuration)
    message.definition = UInt32(clamping: port.definition)
    message.rate1 = rate(1)
    message.rate2 = rate(2)
    (message.status, message.errors) = (status, errorFlags)
    let hours = hours(until: instant)
    message.powerUpHours = Self.hours(hours.total)
    (message.rate1Hours, message.rate2Hours) = (Self.hours(hours.rates[0]), Self.hours(hours.rates[1]))
    message.powerFails = UInt16(truncatingIfNeeded: powerFails)
    message.watchdogs = UInt8(clamping: watchdogs)
    message.reverseEvents = meter.reverseRun?.events ?? 0
    return message
  }

  /// The reverse register is not kept by rate: rate 1 shows it whole (our assumption).
  private func rate(_ number: Int) -> A100CMessage.Rate {
    A100CMessage.Rate(
      imported: digits(meter.shown(.import, rate: number)),
      exported: digits(meter.shown(.export, rate: number)),
      reverse: number == 1 ? digits(reverse) : 0)
  }

  private var reverse: WattHours {
    WattHours(Int64(truncatingIfNeeded: (meter.reverseRun?.energy ?? 0) / Int128(FineEnergy.perWattHour)))
  }

  private func digits(_ energy: WattHours?) -> UInt64 {
    UInt64(max(energy?.value ?? 0, 0)) % A100CMessage.registerModulus
  }

  private static func hours(_ count: Int) -> UInt32 { UInt32(clamping: count % 1_000_000) }

  /// Hours powered, by rate; counted in half-hours from the one in which it was switched on.
  private func hours(until instant: Instant) -> (rates: [Int], total: Int) {
    let (first, last) = (HalfHour(containing: poweredSince), HalfHour(containing: instant))
    let count = max(first.distance(to: last), 0)
    guard let book = meter.rates else { return ([count / 2, 0], count / 2) }
    // A day of UTC repeats itself: whole days at once, the rest one by one.
    var halves = [Int](repeating: 0, count: RateBook.rates.count)
    for index in 0..<min(count, 48) {
      let times = (count - index + 47) / 48
      halves[book.rate(of: first.advanced(by: index)) - 1] += times
    }
    return (halves.map { $0 / 2 }, count / 2)
  }
}

// The A1100's data sets: no star before the unit, seven digits and one decimal of kWh.
extension IrDAAnswering {
  private func text(at instant: Instant) -> A1100Message {
    let form = OpticalNumberForm.kilowattHours(7, 1)
    func energy(_ address: String, _ value: WattHours?) -> ModeCDataSet {
      ModeCDataSet(address, [.init(form.number(Int128(value?.value ?? 0)) + "kWh")])
    }
    func plain(_ address: String, _ text: String) -> ModeCDataSet { ModeCDataSet(address, [.init(text)]) }
    func count(_ address: String, _ value: Int, digits: Int) -> ModeCDataSet {
      plain(address, OpticalNumberForm(digits: digits).number(Int128(value)))
    }
    let hours = hours(until: instant)
    // A build that counts import and reverse together names the register so.
    let first = port.isFlowInsensitive ? "128.8.1" : "1.8.1"
    let padded = String(repeating: "-", count: max(16 - meter.serial.count, 0)) + meter.serial
    return A1100Message(sets: [
      plain("96.1.1", port.product), plain("0.2.0", meter.firmware ?? port.firmware),
      plain("96.1.0", meter.serial),
      plain("0.0.0", padded), count("0.2.1", port.configuration, digits: 5),
      energy(first, meter.shown(.import, rate: 1)), energy("2.8.1", meter.shown(.export, rate: 1)),
      energy("1.8.2", meter.shown(.import, rate: 2)), energy("2.8.2", meter.shown(.export, rate: 2)),
      energy("1.8.0", meter.sample(.import)), energy("2.8.0", meter.sample(.export)),
      plain("96.5.0", OpticalNumberForm(digits: 2).hexadecimal(UInt64(status))), plain("96.4*0", "00"),
      plain("97.97.0", OpticalNumberForm(digits: 2).hexadecimal(UInt64(errorFlags))),
      plain("96.8.1", OpticalNumberForm(digits: 6).number(Int128(hours.rates[0])) + "Hrs"),
      plain("96.8.2", OpticalNumberForm(digits: 6).number(Int128(hours.rates[1])) + "Hrs"),
      count("96.7.0", powerFails, digits: 5), count("96.52.0", watchdogs, digits: 3),
      count("96.53.0", Int(meter.reverseRun?.events ?? 0), digits: 3), count("96.54.0", 0, digits: 3),
    ])
  }
}
