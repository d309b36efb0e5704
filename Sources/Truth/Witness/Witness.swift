// The account of what truly crossed the boundary, kept from the flow itself and from nothing else: no meter,
// no wire, no settlement code. Phases are summed as vectors (P1 + P2 + P3) and the sum's sign decides,
// instant by instant, whether energy is import or export: what an ideal SMETS2 meter with vector summation
// would count.

public import Units

/// Import and export of each half-hour since an instant, exact in mW·ms.
public struct Witness: Sendable {
  /// Where the account begins; a whole millisecond.
  public let from: Instant
  /// End of what was observed.
  public private(set) var now: Instant
  /// The net power of the segment observed last.
  public private(set) var power: Power = .zero

  private let first: HalfHour
  private var imports: [Int64] = [0]
  private var exports: [Int64] = [0]
  /// Sums of all half-hours but the one under way.
  private var importBefore: Int128 = 0
  private var exportBefore: Int128 = 0

  /// An empty account. An instant inside a millisecond is cut to it, as flows have their edges there.
  public init(from: Instant) {
    self.from = Instant(milliseconds: from.milliseconds)
    now = self.from
    first = HalfHour(containing: from)
  }

  /// Takes the next stretch of flow; its first segment begins where the last one ended.
  public mutating func observe(_ segments: [FlowSegment]) {
    guard let last = segments.last else { return }
    var at = now.milliseconds
    var boundary = halfHourUnderWay.end.milliseconds
    var imported = imports[imports.count - 1]
    var exported = exports[exports.count - 1]
    for segment in segments {
      let net = segment.l1 + segment.l2 + segment.l3
      while segment.endMilliseconds >= boundary {
        add(net, for: boundary - at, to: &imported, &exported)
        at = boundary
        boundary += HalfHourBlocks.milliseconds
        close(&imported, &exported)
      }
      add(net, for: segment.endMilliseconds - at, to: &imported, &exported)
      at = segment.endMilliseconds
    }
    imports[imports.count - 1] = imported
    exports[exports.count - 1] = exported
    now = Instant(milliseconds: last.endMilliseconds)
    power = Power(milliwatts: last.l1 + last.l2 + last.l3)
  }

  /// True export of a half-hour; of the part observed, where the account begins or stands inside it.
  public func export(of halfHour: HalfHour) -> FineEnergy { energy(of: halfHour, in: exports) }

  /// True import of a half-hour.
  public func `import`(of halfHour: HalfHour) -> FineEnergy { energy(of: halfHour, in: imports) }

  /// All import so far.
  public var importTotal: SummedEnergy {
    SummedEnergy(milliwattMilliseconds: importBefore + Int128(imports[imports.count - 1]))
  }

  /// All export so far.
  public var exportTotal: SummedEnergy {
    SummedEnergy(milliwattMilliseconds: exportBefore + Int128(exports[exports.count - 1]))
  }

  /// Import and export between two instants, each a half-hour boundary or an end of the account.
  public func totals(from: Instant, to: Instant) throws(WitnessFault) -> BoundaryTotals {
    var sums = BoundaryTotals()
    for place in try places(from: from, to: to) {
      sums.import.milliwattMilliseconds += Int128(imports[place])
      sums.export.milliwattMilliseconds += Int128(exports[place])
    }
    return sums
  }

  private var halfHourUnderWay: HalfHour { first.advanced(by: imports.count - 1) }

  private func energy(of halfHour: HalfHour, in energies: [Int64]) -> FineEnergy {
    let place = first.distance(to: halfHour)
    return FineEnergy(milliwattMilliseconds: energies.indices.contains(place) ? energies[place] : 0)
  }

  /// The places of the half-hours between two instants.
  func places(from: Instant, to: Instant) throws(WitnessFault) -> Range<Int> {
    guard from >= self.from, to <= now, from <= to else { throw .notObserved(from: from, to: to) }
    for at in [from, to] where at != self.from && at != now && HalfHour(containing: at).start != at {
      throw .notOnHalfHour(at)
    }
    let end = HalfHour(containing: to)
    let last = end.start == to ? end : end.next
    return first.distance(to: HalfHour(containing: from))..<max(first.distance(to: last), 0)
  }

  func exported(at place: Int) -> Int64 { exports[place] }

  func halfHour(at place: Int) -> HalfHour { first.advanced(by: place) }

  @inline(__always)
  private func add(_ net: Int64, for span: Int64, to imported: inout Int64, _ exported: inout Int64) {
    let energy = net * span
    imported += max(energy, 0)
    exported += max(-energy, 0)
  }

  /// Ends the half-hour under way and opens the next.
  private mutating func close(_ imported: inout Int64, _ exported: inout Int64) {
    imports[imports.count - 1] = imported
    exports[exports.count - 1] = exported
    importBefore += Int128(imported)
    exportBefore += Int128(exported)
    imports.append(0)
    exports.append(0)
    (imported, exported) = (0, 0)
  }
}

/// True import and export of a stretch of time.
public struct BoundaryTotals: Hashable, Sendable {
  public var `import` = SummedEnergy()
  public var export = SummedEnergy()

  public init(import imported: SummedEnergy = SummedEnergy(), export: SummedEnergy = SummedEnergy()) {
    (self.import, self.export) = (imported, export)
  }
}

/// Why the witness cannot answer.
public enum WitnessFault: Error, Hashable, Sendable {
  /// The instants do not lie in order inside what was observed.
  case notObserved(from: Instant, to: Instant)
  /// Half-hour totals cannot be cut at this instant.
  case notOnHalfHour(Instant)
  /// A tariff changes, or a window opens or closes, inside a half-hour.
  case rateChangesInsideHalfHour(tariff: String, HalfHour)

  /// One sentence for a person.
  public var message: String {
    switch self {
    case .notObserved(let from, let to):
      "not all of the time between \(from) and \(to) was observed"
    case .notOnHalfHour(let at): "\(at) is no half-hour boundary"
    case .rateChangesInsideHalfHour(let tariff, let halfHour):
      "the rate of '\(tariff)' changes inside the half-hour from \(halfHour.start); it may at :00 or :30"
    }
  }
}
