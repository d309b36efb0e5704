// Agreement, installation, meters, tariff, and the calendar of working days.

internal import Scenario
internal import Settlement
internal import Units

extension Shape where Value == DeclaredInstallation {
  static let installation = Shape.object(
    "installation", "an installation", blank: DeclaredInstallation(technology: .solarPV, capacity: .zero),
    [
      .needed("technology", \.technology, .word("technology")),
      .needed("capacityW", \.capacity, .watts, "Total installed capacity in W."),
      .nullable("exportLimitW", \.exportLimit, .watts, "What the network lets out, if it set a limit."),
      .optional("storage", \.hasStorage, .flag, "Declared storage that can export."),
    ])
}

extension Shape where Value == MeterDetails.Register {
  static let register = Shape.object(
    "register", "a register", blank: MeterDetails.Register(modulus: .zero),
    [
      .needed("modulusWh", \.modulus, .wattHours, "It begins again at zero when it reaches this."),
      .needed("resolutionWh", \.resolution, .wattHours, "The step in which it is normally read."),
    ])
}

extension Shape {
  /// A map by the names of registers.
  static func byRegister<Part: Sendable>(_ part: Shape<Part>) -> Shape<[RegisterRole: Part]>
  where Value == [RegisterRole: Part] {
    Shape(
      SchemaPart(
        [
          ("type", .text("object")),
          ("properties", .object(RegisterRole.allCases.map { ($0.rawValue, part.schema.text) })),
          ("additionalProperties", .flag(false)),
        ], part.schema.definitions),
      write: { values in
        .object(
          RegisterRole.allCases.compactMap { role in values[role].map { (role.rawValue, part.write($0)) } })
      },
      read: { node in
        var (fields, values) = (try Fields(node, of: "values by register"), [RegisterRole: Part]())
        for role in RegisterRole.allCases {
          if let one = fields.optional(role.rawValue) { values[role] = try part.read(one) }
        }
        try fields.finish()
        return values
      })
  }
}

extension Shape where Value == MeterDetails {
  static let meter = Shape.object(
    "meter", "a meter",
    blank: MeterDetails(serial: "", uses: [], registers: [:], halfHourlyCapable: false, remote: false),
    [
      .needed("serial", \.serial, .text),
      .needed(
        "uses", \.uses,
        .by(
          .list(.word("use")), write: { $0.sorted { $0.rawValue < $1.rawValue } },
          read: { all, _ in Set<MeterDetails.Use>(all) }),
        "What the meter is there for in this agreement."),
      .needed("registers", \.registers, .byRegister(.register)),
      .needed("halfHourly", \.halfHourlyCapable, .flag, "It can keep half-hours."),
      .needed("remote", \.remote, .flag, "Readable without a visit."),
      .optional(
        "keepsRemoteAfterSwitch", \.keepsRemoteAfterSwitch, .flag,
        "Stays remotely readable when the import supplier changes."),
      .optional("phases", \.phases, .int(1...3)),
      .optional("kind", \.kind, .text, "For people only."),
    ])
}

extension Shape where Value == Int {
  static func int(_ range: ClosedRange<Int64>) -> Shape {
    .by(.whole(range), write: { Int64($0) }, read: { number, _ in Int(number) })
  }
}

extension Shape where Value == WorkingDays {
  static let workingDays = Shape.object(
    "workingDays", "a calendar",
    blank: WorkingDays(covered: .epoch...(.epoch), holidays: []),
    [
      .needed(
        "covered", \.covered,
        .by(
          .list(.date), write: { [$0.lowerBound, $0.upperBound] },
          read: { ends, node in
            guard ends.count == 2, ends[0] <= ends[1] else {
              throw node.diagnostic("BS-TGT-02", "the first and the last date covered are wanted here")
            }
            return ends[0]...ends[1]
          }), "First and last date that the calendar speaks of."),
      .needed(
        "holidays", \.holidays,
        .by(.list(.date), write: { $0.sorted() }, read: { all, _ in Set<CivilDate>(all) }),
        "Bank and public holidays in England and Wales."),
    ])
}

extension CivilDate {
  fileprivate static let epoch = CivilDate(dayNumber: 0)
}
