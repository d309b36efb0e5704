// What a smart meter does with an order about tariffs, and what it says to it: a line for each register, row
// or table, in words for people.

internal import Line
internal import MeterModel
internal import Units

extension Meter {
  /// Nil where the meter has nothing that the order is about.
  func carryOut(_ order: TariffOrder) -> [String]? {
    switch order {
    case .setTariff(let tariff, let start):
      return self.tariff.map { _ in Self.taken("tariff", take(tariff, from: start), from: start) }
    case .setSecondTariff(let table, let start):
      return activeSecondTariff.map { _ in
        Self.taken("second tariff", takeSecond(table, from: start), from: start)
      }
    case .readTariff: return activeTariff.map { [Self.words(of: $0.action, block: $0.block)] }
    case .readSecondTariff: return activeSecondTariff.map { [Self.words(of: $0, block: nil)] }
    case .resetBlocks: return resetBlockCounters() ? ["block counters at zero"] : nil
    case .resetBlocksDaily(let isDaily):
      let said = "block counters begin anew \(isDaily ? "each day" : "with the billing period")"
      return resetBlockCounters(daily: isDaily) ? [said] : nil
    case .setBillingCalendar(let calendar):
      return tariff.map { _ in [setBillingCalendar(calendar) ?? "billing calendar set"] }
    case .readTimesOfUse: return tariffStand.map { [$0.words] }
    case .readBlocks:
      guard let stand = tariffStand, let counters = blockCounters else { return nil }
      return stand.parts.filter { $0.block != nil }.map { "register \($0.words)" }
        + counters.map { "counter \($0.words)" } + (counters.isEmpty ? ["no block counts"] : [])
    case .readBillingLog: return rows(.calendar)
    case .readChangeLog: return rows(.tariff)
    case .readDailyLog: return rows(.midnight)
    case .readDailyConsumption:
      return tariff.map { _ in
        readDailyConsumption(from: .epoch, through: .distantFuture).map { "\($0.stamp) \($0.energy)" }
      }
    case .readImportDemand, .readExportDemand, .resetDemand, .setDemandWindow: return carryOutDemand(order)
    }
  }

  private func carryOutDemand(_ order: TariffOrder) -> [String]? {
    switch order {
    case .readImportDemand: words(of: [.import, .importWithin])
    case .readExportDemand: words(of: [.export])
    case .resetDemand: resetMaximumDemand() ? ["maximum demand at zero"] : nil
    case .setDemandWindow(let minutes): setDemandWindow(minutes) ? ["time of maximum demand set"] : nil
    default: nil
    }
  }

  private func words(of registers: [DemandRegister]) -> [String]? {
    guard keepsMaximumDemand else { return nil }
    return registers.map { register in
      let peak = maximumDemand(register).map { "\($0.power) in the half-hour to \($0.stamp)" }
      return "maximum demand \(register.rawValue) \(peak ?? "none")"
    }
  }

  private func rows(_ trigger: TariffStand.Trigger) -> [String]? {
    guard tariff != nil else { return nil }
    let rows = readBilling(trigger, from: .epoch, through: .distantFuture)
    return rows.isEmpty ? ["no rows"] : rows.map { "\($0.stamp) \($0.words)" }
  }

  private static func taken(_ what: String, _ objections: [String], from start: Instant?) -> [String] {
    guard objections.isEmpty else { return objections.map { "\(what) not taken: \($0)" } }
    return ["\(what) taken\(start.map { ", to hold from \($0)" } ?? "")"]
  }

  private static func words(of action: TariffAction, block: Int?) -> String {
    "counts now in \(action.words)\(block.map { ", block \($0)" } ?? "")"
  }
}

extension TariffStand {
  /// "total 744 kWh, tou 1 558 kWh, tou 2 186 kWh, block 1 tou 1 0.5 kWh; second …".
  var words: String {
    var all = ["total \(total)"] + parts.map(\.words)
    if let secondTotal { all += ["second total \(secondTotal)"] + secondParts.map { "second \($0.words)" } }
    return all.joined(separator: ", ")
  }
}

extension TariffStand.Part {
  fileprivate var words: String { "\(block.map { "block \($0) " } ?? "")tou \(time) \(value)" }
}

extension TariffOrder {
  var words: String {
    switch self {
    case .setTariff(_, let start): "tariff\(start.map { " from \($0)" } ?? "")"
    case .setSecondTariff(_, let start): "second tariff\(start.map { " from \($0)" } ?? "")"
    case .readTariff: "tariff in force"
    case .readSecondTariff: "second tariff in force"
    case .resetBlocks: "block counters to zero"
    case .resetBlocksDaily: "when block counters begin anew"
    case .setBillingCalendar: "billing calendar"
    case .readTimesOfUse: "registers by time of use"
    case .readBlocks: "blocks"
    case .readBillingLog: "billing log"
    case .readChangeLog: "billing log of changes"
    case .readDailyLog: "daily read log"
    case .readDailyConsumption: "daily consumption"
    case .readImportDemand: "maximum demand of import"
    case .readExportDemand: "maximum demand of export"
    case .resetDemand: "maximum demand to zero"
    case .setDemandWindow: "time of maximum demand"
    }
  }
}
