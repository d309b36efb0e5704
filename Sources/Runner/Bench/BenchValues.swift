// What a reading says of a meter's registers and half-hours, in Wh: by the addresses of OBIS (IEC 62056-6-1).

internal import HeadEnd
public import MeterModel
public import Units

/// A register's value as it was read at the bench.
public struct BenchRecord: Hashable, Sendable {
  public var meter: String
  public var port: MeterProtocol
  public var role: RegisterRole
  public var value: WattHours
  public var at: Instant
}

/// A reading, looked at as energy.
struct BenchValues {
  private let reading: MeterReading
  private let profile: Profile
  private let port: MeterProtocol

  init(_ reading: MeterReading, of profile: Profile, over port: MeterProtocol) {
    (self.reading, self.profile, self.port) = (reading, profile, port)
  }

  /// A register and the step in which it was said; nil where nothing certain was said of it. The total of all
  /// rates, or their sum where no total is listed.
  func register(_ role: RegisterRole) -> (WattHours, step: WattHours)? {
    let quantities = Self.quantities(role)
    let whole = reading.values.filter {
      quantities.contains($0.reduced?.quantity ?? 0) && $0.isEnergy(rate: 0)
    }
    if let value = whole.first.flatMap(\.energy) { return value }
    let rates = reading.values.filter {
      quantities.contains($0.reduced?.quantity ?? 0) && $0.isEnergyOfRate
    }.compactMap(\.energy)
    guard let first = rates.first else { return nil }
    return (rates.map(\.0).reduce(.zero, +), first.step)
  }

  /// Import comes under 1, or 128 where it holds what ran backwards too; export under 2.
  private static func quantities(_ role: RegisterRole) -> [UInt8] {
    switch role {
    case .import: [1, 128]
    case .export: [2]
    case .total: [15]
    case .generation: []
    }
  }

  /// The half-hours of one register, in order of time.
  struct Log {
    var role: RegisterRole
    var entries: [LogRead.Entry]
    /// The step in which they were said.
    var step: WattHours
  }

  /// Half-hours by register; rows whose end cannot be told are left out.
  var halfHours: [Log] {
    [RegisterRole.import, .export].compactMap { role in
      var log = Log(role: role, entries: [], step: WattHours(1))
      for row in reading.profile {
        guard let end = row.stamp, let (energy, step) = energy(role, in: row) else { continue }
        log.entries.append(LogRead.Entry(stamp: end, energy: energy))
        log.step = max(log.step, step)
      }
      return log.entries.isEmpty ? nil : log
    }
  }

  private func energy(_ role: RegisterRole, in row: ProfileRow) -> (WattHours, step: WattHours)? {
    for value in row.values {
      guard let code = value.reduced, Self.quantities(role).contains(code.quantity),
        let (amount, step) = value.energy
      else { continue }
      // A mean power over half an hour is half as much energy.
      let isPower = code.processing == 5 || code.processing == 4
      return isPower ? (WattHours(amount.value / 2), WattHours((step.value + 1) / 2)) : (amount, step)
    }
    return nil
  }
}

extension MeterValue {
  /// C.D.E of its address, however it is written.
  fileprivate var reduced: OBIS? { (try? OBIS(parsing: address))?.reduced }

  fileprivate func isEnergy(rate: UInt8) -> Bool {
    reduced.map { $0.processing == 8 && $0.rate == rate } ?? false
  }

  fileprivate var isEnergyOfRate: Bool { reduced.map { $0.processing == 8 && $0.rate > 0 } ?? false }

  /// Its number in whole Wh (or W), and its last digit; nil for no number, or a unit of something else.
  fileprivate var energy: (WattHours, step: WattHours)? {
    let powers = ["kwh": 3, "wh": 0, "mwh": 6, "kw": 3, "w": 0]
    guard let number, let power = powers[unit.lowercased()],
      let whole = number.whole(timesTenTo: power), let value = Int64(exactly: whole)
    else { return nil }
    let places = power - number.decimals
    let step = (0..<max(places, 0)).reduce(Int64(1)) { step, _ in step * 10 }
    return (WattHours(value), WattHours(step))
  }
}
