// Flows from CSV texts. Two shapes, told apart by the caller:
//   power:       `start,power_w`               each row holds from its instant until the next row's
//   half-hours:  `start,import_kwh,export_kwh` each row is one half-hour; `end` for `start` marks its end
// Units stand in the column names; `_l1`, `_l2`, `_l3` before the unit split a column by phase. Instants
// carry their zone. Digits finer than 1 mW or 1 mW·ms (11 decimals of a kWh) are rounded to it. Energies by
// phase are what each phase did by itself: where phases differ in direction at one moment, a meter that sums
// them as vectors counts less than the columns.

internal import Units

extension PrescribedFlow {
  /// A flow from rows of power. The last row holds until further notice; a last row with empty power cells
  /// ends the flow instead. `before` is the power before the first row, where the story begins earlier.
  public init(powerCSV text: String, before: PhasePower? = nil) throws(CSVFault) {
    let table = try CSVTable(parsing: text)
    let columns = try CSVColumns(table.header, units: CSVColumn.powerUnits)
    guard let stamp = columns.start, columns.end == nil else {
      throw table.missing("a column of instants, 'start'")
    }
    guard !columns.quantities.isEmpty else {
      throw table.missing("a column of power, 'power_w' or 'power_kw'")
    }
    guard let last = table.rows.last else { throw table.missing("a row under the header") }

    var steps: [Step] = []
    steps.reserveCapacity(table.rows.count)
    var isClosed = false
    for row in table.rows {
      let at = try row[stamp].instant()
      guard at == Instant(milliseconds: at.milliseconds) else {
        throw CSVFault(.stamp, at: row[stamp], "a flow changes on whole milliseconds")
      }
      if let before = steps.last?.from { try row[stamp].refuse(at, after: before) }
      isClosed = row == last && columns.quantities.allSatisfy { row[$0.place].text.isEmpty }
      steps.append(Step(from: at, power: isClosed ? .zero : try columns.power(in: row)))
    }
    self = .steps(steps, before: before)
    if isClosed { after = nil }
  }

  /// A flow from rows of half-hourly energy, without gaps. `outside` is the power before the first and after
  /// the last row, where the story is longer than the file.
  public init(
    halfHourCSV text: String, order: BlockOrder = .exportFirst, outside: PhasePower? = nil
  ) throws(CSVFault) {
    let table = try CSVTable(parsing: text)
    let columns = try CSVColumns(table.header, units: CSVColumn.energyUnits)
    guard let stamp = columns.start ?? columns.end else {
      throw table.missing("a column of instants, 'start' or 'end'")
    }
    guard !columns.quantities.isEmpty else {
      throw table.missing("a column of energy, 'export_kwh' or 'import_kwh'")
    }
    guard !table.rows.isEmpty else { throw table.missing("a row under the header") }

    var blocks = HalfHourBlocks(order: order)
    var first: HalfHour?
    var previous: HalfHour?
    for row in table.rows {
      let halfHour = try columns.halfHour(of: row)
      if let previous { try row[stamp].refuse(halfHour, unlessAfter: previous) }
      blocks.append(halfHour, phases: try columns.energies(in: row))
      first = first ?? halfHour
      previous = halfHour
    }
    self.init(
      from: first?.start ?? .epoch, segments: blocks.segments, before: outside, after: outside)
  }
}

extension CSVTable {
  fileprivate func missing(_ what: String) -> CSVFault {
    CSVFault(
      .missingColumn, line: header.first?.line ?? 1, column: 1, "the file lacks \(what)",
      help: "its columns are: \(header.map(\.text).joined(separator: ", "))")
  }
}

extension CSVColumns {
  fileprivate func power(in row: [CSVTable.Cell]) throws(CSVFault) -> PhasePower {
    var milliwatts: [Int64] = [0, 0, 0]
    for (place, column) in quantities {
      let cell = row[place]
      guard !cell.text.isEmpty else {
        throw CSVFault(
          .gap, at: cell, "the power is missing here",
          help: "only the last row may be empty: it ends the flow")
      }
      let value = try column.whole(cell)
      guard value.magnitude <= UInt64(PrescribedFlow.largestPower.milliwatts) else {
        throw CSVFault(.outOfRange, at: cell, "\(cell.text) is more than 1 GW")
      }
      milliwatts[column.phase ?? 0] = value
    }
    return PhasePower(
      l1: Power(milliwatts: milliwatts[0]), l2: Power(milliwatts: milliwatts[1]),
      l3: Power(milliwatts: milliwatts[2]))
  }

  fileprivate func energies(in row: [CSVTable.Cell]) throws(CSVFault) -> [HalfHourEnergies] {
    var energies = [HalfHourEnergies(), HalfHourEnergies(), HalfHourEnergies()]
    let most = PrescribedFlow.largestPower.milliwatts * (HalfHourBlocks.milliseconds / 2)
    for (place, column) in quantities {
      let cell = row[place]
      guard !cell.text.isEmpty else { throw CSVFault(.gap, at: cell, "the energy is missing here") }
      let value = try column.whole(cell)
      guard (0...most).contains(value) else {
        throw CSVFault(.outOfRange, at: cell, "the energy of a half-hour is 0…250000 kWh, not \(cell.text)")
      }
      let energy = FineEnergy(milliwattMilliseconds: value)
      switch column.quantity {
      case .exported: energies[column.phase ?? 0].exported = energy
      case .imported, .power: energies[column.phase ?? 0].imported = energy
      }
    }
    return energies
  }

  fileprivate func halfHour(of row: [CSVTable.Cell]) throws(CSVFault) -> HalfHour {
    var found: HalfHour?
    for (place, shift) in [(start, 0), (end, -1)] {
      guard let place else { continue }
      let at = try row[place].instant()
      let halfHour = HalfHour(containing: at).advanced(by: shift)
      guard HalfHour(containing: at).start == at else {
        throw CSVFault(.notOnHalfHour, at: row[place], "a half-hour begins and ends at :00 or :30")
      }
      guard found == nil || found == halfHour else {
        throw CSVFault(.notOnHalfHour, at: row[place], "this is not 30 minutes after the start")
      }
      found = halfHour
    }
    return found ?? HalfHour(index: 0)
  }
}

extension CSVTable.Cell {
  fileprivate func refuse(_ at: Instant, after before: Instant) throws(CSVFault) {
    guard at > before else {
      throw CSVFault(.timeGoesBack, at: self, "\(at) does not lie after the row before, \(before)")
    }
  }

  fileprivate func refuse(_ halfHour: HalfHour, unlessAfter previous: HalfHour) throws(CSVFault) {
    try refuse(halfHour.start, after: previous.start)
    let missing = previous.distance(to: halfHour) - 1
    guard missing == 0 else {
      throw CSVFault(
        .gap, at: self, "\(missing) half-hours are missing before this row, from \(previous.end)",
        help: "write them, with 0 where nothing flowed")
    }
  }
}
