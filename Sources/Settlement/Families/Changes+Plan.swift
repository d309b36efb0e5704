// What was installed by date, as one row of stretches: made once for a pass over many half-hours or reads.

internal import Units

/// Stretches of time in each of which the same is installed, as far as is known now.
struct InstallationPlan {
  struct Part {
    /// The most that can be exported, with its allowance.
    var bound: EnergyBound
    /// The same in a half-hour.
    var most: Int64
    /// What it stands at in a half-hour when it is clipped: the export limit, or all that is installed.
    var full: Int64
    /// Solar panels without a store, and nothing else behind the register.
    var isSolarAlone: Bool
  }

  /// Where each part begins; the first at the beginning of time.
  private let starts: [Instant]
  private let parts: [Part]

  init(starts: [Instant], parts: [Part]) { (self.starts, self.parts) = (starts, parts) }

  var hasChanges: Bool { parts.count > 1 }
  var isEverSolarAlone: Bool { parts.contains(where: \.isSolarAlone) }

  /// The largest bound of all time: what a register may have counted between two reads.
  var largest: EnergyBound {
    parts.map(\.bound).max { $0.power < $1.power } ?? EnergyBound(power: Power(watts: 0), allowance: 0)
  }

  /// The least of what any part lets out in a half-hour: what is below it everywhere needs no closer look.
  var smallestMost: Int64 { parts.map(\.most).min() ?? 0 }

  func part(at instant: Instant) -> Part {
    var index = parts.count - 1
    while index > 0, starts[index] > instant { index -= 1 }
    return parts[index]
  }

  /// What the array stands at when it is clipped in a half-hour; where that changes inside, both.
  func full(of halfHour: HalfHour) -> [Int64] {
    [part(at: halfHour.start).full, part(at: halfHour.end - TimeSpan(microseconds: 1)).full]
  }

  /// The part of a half-hour; where it changes inside, the more permissive of the two.
  func part(of halfHour: HalfHour) -> Part {
    guard hasChanges else { return parts[0] }
    let first = part(at: halfHour.start)
    let last = part(at: halfHour.end - TimeSpan(microseconds: 1))
    var one = first.most >= last.most ? first : last
    one.isSolarAlone = first.isSolarAlone && last.isSolarAlone
    return one
  }
}

extension Ledger {
  /// By all that is known now.
  var installationPlan: InstallationPlan {
    let edges = events.filter { $0.changesInstallation }.map(\.at)
    let starts = [Instant(microseconds: .min)] + Set(edges).sorted()
    return InstallationPlan(
      starts: starts,
      parts: starts.map { start in
        var whole = installation(at: start)
        let others = sharedUnits(at: start).reduce(Power(watts: 0)) {
          $0 + ($1.facts.power(.capacity) ?? Power(watts: 0))
        }
        whole.capacity = whole.capacity + others
        let bound = EnergyBound.export(whole, policy)
        let full = EnergyBound(power: whole.exportLimit ?? whole.capacity, allowance: 0)
        return InstallationPlan.Part(
          bound: bound, most: bound.most(in: HalfHour.length), full: full.most(in: HalfHour.length),
          isSolarAlone: isSolarAlone(at: start))
      })
  }
}

extension CaseEvent {
  fileprivate var changesInstallation: Bool {
    [.capacityChanged, .storageChanged, .unitAdded, .unitSeparated].contains(name)
  }
}
