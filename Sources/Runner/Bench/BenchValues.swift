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
  /// rates, or their sum where no total is listed. Values of earlier billing periods (F below 255) are not
  /// the register; one that is listed twice with two values is not certain.
  func register(_ role: RegisterRole) -> (WattHours, step: WattHours)? {
    let quantities = Self.quantities(role)
    var byRate: [UInt8: (WattHours, step: WattHours)] = [:]
    for value in reading.values {
      guard let code = value.currentCode, code.processing == 8, quantities.contains(code.quantity),
        let energy = value.energy
      else { continue }
      if let before = byRate[code.rate], before.0 != energy.0 { return nil }
      byRate[code.rate] = energy
    }
    if let whole = byRate[0] { return whole }
    guard let first = byRate.values.first else { return nil }
    return (byRate.values.map(\.0).reduce(.zero, +), byRate.values.map(\.step).max() ?? first.step)
  }

  /// Import comes under 1, or 128 where it holds what ran backwards too; export under 2.
  private static func quantities(_ role: RegisterRole) -> [UInt8] {
    switch role {
    case .import: [1, 128]
    case .export: [2]
    case .total: [15]
    case .generation, .secondaryImport: []
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
      var column = BenchColumn()
      var log = Log(role: role, entries: [], step: WattHours(1))
      for row in reading.profile {
        guard let end = row.stamp, let said = said(role, in: row),
          let (energy, step) = column.energy(of: said, at: end)
        else { continue }
        log.entries.append(LogRead.Entry(stamp: end, energy: energy))
        log.step = max(log.step, step)
      }
      return log.entries.isEmpty ? nil : log
    }
  }

  private func said(_ role: RegisterRole, in row: ProfileRow) -> BenchColumn.Said? {
    for value in row.values {
      guard let code = value.currentCode, Self.quantities(role).contains(code.quantity),
        let (amount, step) = value.energy
      else { continue }
      return BenchColumn.Said(processing: code.processing, amount: amount, step: step)
    }
    return nil
  }
}

extension MeterValue {
  /// Its address where it names what holds now; nil for a value of an earlier billing period.
  fileprivate var currentCode: OBIS? {
    guard let code = try? OBIS(parsing: address), code.billingPeriod ?? 255 == 255 else { return nil }
    return code
  }

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
