// Profiles by date and by entry, with the rest of a transfer that broke off (IEC 62056-6-2, class 7).

public import Units
public import Wire

extension DLMSReader {
  /// What is captured, and how often.
  struct ProfileShape {
    let name: LogicalName
    let columns: [CaptureObject]
    /// Seconds; 0 where rows come by events.
    let period: UInt32
  }

  /// Rows whose stamps lie in `from ... through`; nil is open at that end. Oldest first, as the meter sends
  /// them.
  public func profile(_ name: LogicalName, from: Instant? = nil, through: Instant? = nil)
    throws(DialogueFailure) -> [ProfileRow]
  {
    let shape = try shape(of: name)
    let last = Self.bound(through)
    return try rows(shape) { kept in
      // From the last row that came on: it must come again, alike.
      let first = kept.last.map(\.sortValue) ?? Self.bound(from)
      guard let first else { return nil }
      return .range(by: .clock, from: first, to: last, columns: [])
    }
  }

  /// Rows by number from 1, the oldest; `to` 0: up to the last.
  public func profile(_ name: LogicalName, entries from: UInt32, to: UInt32) throws(DialogueFailure)
    -> [ProfileRow]
  {
    let shape = try shape(of: name)
    return try rows(shape) { kept in
      let done = kept.isEmpty ? 0 : UInt32(clamping: kept.count - 1)
      return .entries(from: from &+ done, to: to, firstColumn: 1, lastColumn: 0)
    }
  }

  /// A date-time of UTC, deviation 0; an end that is open has nothing specified.
  private static func bound(_ instant: Instant?) -> COSEMValue {
    guard let instant else {
      return .octets([UInt8](repeating: 0xFF, count: 9) + [0x80, 0x00, 0xFF])
    }
    return .octets(COSEMDateTime(instant, offset: .zero, sign: .utcMinusLocal, status: []).octets)
  }

  func shape(of name: LogicalName) throws(DialogueFailure) -> ProfileShape {
    let results = try get([COSEMDescriptor(7, name, 3), COSEMDescriptor(7, name, 4)])
    for case .error(let error) in results { throw failure(error, of: COSEMDescriptor(7, name, 3)) }
    guard results.count == 2, case .data(let list) = results[0], case .data(let seconds) = results[1],
      let elements = list.elements, case .uint32(let period) = seconds
    else { throw failure(.unreadable, "\(name): no capture objects or period") }
    let columns = elements.compactMap { CaptureObject($0) }
    guard columns.count == elements.count, !columns.isEmpty else {
      throw failure(.unreadable, "\(name): a capture object of another shape")
    }
    try fetchScalers(columns)
    return ProfileShape(name: name, columns: columns, period: period)
  }

  private func fetchScalers(_ columns: [CaptureObject]) throws(DialogueFailure) {
    var wanted: [COSEMDescriptor] = []
    for case let scaler? in columns.map(\.scaler) where scalers[scaler] == nil && !wanted.contains(scaler) {
      wanted.append(scaler)
    }
    for (descriptor, result) in zip(wanted, try get(wanted)) {
      switch result {
      case .data(let value): scalers[descriptor] = try scaler(value, descriptor)
      case .error(let error): throw failure(error, of: descriptor)
      }
    }
  }

  /// All rows of a selection. Where the link is lost on the way, what came is kept, and the rest is asked for
  /// from the last row on, which must come again alike: or else the profile has moved, and nothing is sure.
  private func rows(
    _ shape: ProfileShape, _ selection: ([DLMSProfileRow]) -> COSEMSelection?
  ) throws(DialogueFailure) -> [ProfileRow] {
    let attribute = COSEMDescriptor(7, shape.name, 2)
    var kept: [DLMSProfileRow] = []
    var reconnections = settings.reconnections
    while true {
      guard let selection = selection(kept) else {
        throw failure(.incomplete, "\(shape.name): rows without a stamp cannot be gone on from")
      }
      let transfer = try transfer(COSEMItem(attribute, selection))
      let isWhole = transfer.failure == nil
      if !transfer.octets.isEmpty {
        guard let came = COSEMRowsSoFar(transfer.octets), came.isComplete || !isWhole else {
          throw failure(.unreadable, "\(shape.name): octets that are no rows")
        }
        try add(came.rows, to: &kept, isWhole: isWhole, shape)
      }
      guard let failure = transfer.failure else { break }
      guard reconnections > 0 else { throw failure }
      reconnections -= 1
      try reconnect(after: failure)
    }
    return kept.map(\.row)
  }

  /// Adds rows that came, after the check that the last one kept came again.
  private func add(
    _ came: [COSEMValue], to kept: inout [DLMSProfileRow], isWhole: Bool, _ shape: ProfileShape
  ) throws(DialogueFailure) {
    let fresh = try expand(came, shape)
    guard let last = kept.last else {
      kept = fresh
      return
    }
    guard let first = fresh.first else {
      if isWhole { throw failure(.unexpected, "\(shape.name): the last row did not come again") }
      return
    }
    guard first.isSame(as: last) else {
      throw failure(.unexpected, "\(shape.name): the profile moved while it was read")
    }
    kept += fresh.dropFirst()
  }
}
