// What is installed, by date: capacity, storage, further units (R-CHG-02, -03, -05). Installation facts hold
// from the moment at which they became true, whenever they were told.

internal import Units

enum Storage {
  static let (added, removed, enlarged) = ("added", "removed", "enlarged")
  static let words = [added, removed, enlarged]
}

extension Ledger {
  private static let installing: Set<EventName> = [.capacityChanged, .storageChanged, .unitAdded]

  /// What was installed at an instant, as far as it was told by another.
  func installation(at instant: Instant, knownBy known: Instant = .distantFuture) -> DeclaredInstallation {
    events.filter { Self.installing.contains($0.name) && $0.at <= instant && $0.received <= known }
      .sorted(by: CaseEvent.happens)
      .reduce(into: agreement.installation) { $0.take($1) }
  }

  /// Whether all that generates is solar panels without a store, so that nothing can be exported by night.
  func isSolarAlone(at instant: Instant, knownBy known: Instant = .distantFuture) -> Bool {
    let one = installation(at: instant, knownBy: known)
    return one.technology == .solarPV && !one.hasStorage && sharedUnits(at: instant, knownBy: known).isEmpty
  }

  // MARK: Storage

  func judgeStorage() {
    for event in known(.storageChanged) {
      let check =
        installation(at: event.at, knownBy: event.received).hasStorage
        ? "export by night is possible from then on" : "export by night is in doubt again from then on"
      log.note(
        .chgBattery, .chg02, at: event.received, subject, reads: [event.cause],
        "storage was \(event.facts.text(.what) ?? Storage.added) on \(event.at)\(event.saying(.why)); "
          + "\(check)"
      )
    }
  }

  // MARK: Capacity

  /// The capacity up to which an installation is eligible, both inclusive (R-ELIG-02).
  static func capacityLimit(_ technology: DeclaredInstallation.Technology) -> Power {
    Power(watts: technology == .microCHP ? 50_000 : 5_000_000)
  }

  func judgeCapacity() {
    let changes = known(.capacityChanged) + known(.unitAdded).filter { adds($0) }
    changes.forEach(tellCapacity)
    let sorted = changes.sorted(by: CaseEvent.happens)
    for (number, event) in sorted.enumerated() {
      let now = installation(at: event.at)
      guard now.capacity > Self.capacityLimit(now.technology) else { continue }
      let next = number + 1 < sorted.count ? sorted[number + 1].at : nil
      treatments.add(
        Treatment(
          .forfeit, from: event.startOfDay,
          to: next.map { LondonClock.startOfDay(LondonClock.date(at: $0)) }
            ?? .distantFuture, .eligTICExceeded, .chg03, causes: [event.cause]))
    }
  }

  /// A unit of the same technology behind the same register makes the installation larger; it is no unit of
  /// its own.
  private func adds(_ event: CaseEvent) -> Bool {
    event.facts.text(.technology) == agreement.installation.technology.rawValue
      && event.facts.text(.exportMPAN) == nil
  }

  private func tellCapacity(_ event: CaseEvent) {
    let before = installation(at: event.at - TimeSpan(microseconds: 1), knownBy: event.received)
    let after = installation(at: event.at, knownBy: event.received)
    let branch = Power(watts: 50_000)
    let crosses = (before.capacity > branch) != (after.capacity > branch)
    log.note(
      .chgCapacity, .chg03, at: event.received, subject, reads: [event.cause],
      "capacity went from \(before.capacity) to \(after.capacity) on \(event.at)\(event.saying(.why)); "
        + "eligibility is "
        + "tested again"
        + (crosses ? ", with certificate and special rates, since \(branch) lies between" : ""))
    let limit = Self.capacityLimit(after.technology)
    touch(.changedCapacityLimit, excess: floorDivide((after.capacity - limit).milliwatts + 999, 1000))
    guard after.capacity > limit else { return }
    notify(
      .customer, .eligTICExceeded, .chg03, at: event.received, subject, reads: [event.cause],
      "\(after.capacity) are installed, more than \(limit): nothing is payable from \(event.startOfDay) on")
    tellOverpaid(
      from: event.startOfDay, to: .distantFuture, knownAt: event.received, .chg03, subject,
      reads: [event.cause],
      because: "the installation was too large")
  }

  // MARK: Another unit

  /// Units of another technology that export through the same register at an instant.
  func sharedUnits(at instant: Instant, knownBy known: Instant = .distantFuture) -> [CaseEvent] {
    let ends = events.filter { $0.name == .unitSeparated && $0.at <= instant && $0.received <= known }
    return events.filter { event in
      event.name == .unitAdded && event.at <= instant && event.received <= known && !adds(event)
        && event.facts.text(.exportMPAN) == nil && !ends.contains { $0.at >= event.at }
    }
  }

  func judgeUnits() {
    let ends = known(.unitSeparated).sorted(by: CaseEvent.happens)
    for event in known(.unitAdded) where !adds(event) {
      let what =
        "\(event.facts.text(.technology) ?? "another technology")"
        + (event.facts.power(.capacity).map { " of \($0)" } ?? "")
      guard event.facts.text(.exportMPAN) == nil else {
        log.note(
          .chgSeparateUnit, .chg05, at: event.received, subject, reads: [event.cause],
          "\(what) was added on \(event.at) with an export MPAN of its own: it needs an application of its "
            + "own, and this "
            + "agreement goes on as it is")
        continue
      }
      notify(
        .customer, .chgSeparateUnit, .chg05, at: event.received, subject, reads: [event.cause],
        "\(what) was added on \(event.at) behind the same export register, which cannot tell the two "
          + "apart: it needs an "
          + "application, a meter and an export MPAN of its own, and what flows from then on is held until "
          + "it has them"
      )
      let end = ends.first { $0.at >= event.at }
      treatments.add(
        Treatment(
          .hold, from: event.at, to: end?.at ?? .distantFuture, .chgSeparateUnit, .chg05,
          causes: [event.cause, end?.cause ?? .none]))
      guard let end else { continue }
      notify(
        .customer, .payResumed, .chg05, at: max(event.received, end.received), subject,
        reads: [event.cause, end.cause],
        "the other unit exports through the same register no longer since \(end.at): what flows from then "
          + "on is payable, "
          + "what flowed before stays held")
    }
  }
}

extension CaseEvent {
  /// Midnight in London at which the day of the event begins.
  var startOfDay: Instant { LondonClock.startOfDay(LondonClock.date(at: at)) }
}

extension DeclaredInstallation {
  fileprivate mutating func take(_ event: CaseEvent) {
    switch event.name {
    case .capacityChanged:
      capacity = event.facts.power(.capacity) ?? capacity
      exportLimit = event.facts.power(.exportLimit) ?? exportLimit
    case .storageChanged: hasStorage = event.facts.text(.what) != Storage.removed
    case .unitAdded:
      // Same technology on one site adds up (R-ELIG-02); another is a unit of its own (R-CHG-05).
      guard event.facts.text(.technology) == technology.rawValue, event.facts.text(.exportMPAN) == nil,
        let more = event.facts.power(.capacity)
      else { return }
      capacity = capacity + more
    default: return
    }
  }
}
