// Reads and logs: what readers brought home.

internal import Scenario
public import Units

extension Shape where Value == Cause {
  static let cause = Shape.by(
    .whole(0...Int64(UInt32.max)), write: { Int64($0.number) },
    read: { number, _ in Cause(number: UInt32(number)) })
}

extension Shape where Value == Photo {
  static let photo = Shape.object(
    "photo", "a photo", blank: Photo(serial: "", register: .export, value: .zero),
    [
      .needed("serial", \.serial, .text),
      .needed("register", \.register, .word("register")),
      .needed("wh", \.value, .wattHours),
    ])
}

extension Shape where Value == Read {
  static let registerRead = Shape.object(
    "read", "a read", blank: Read(serial: "", register: .export, value: .zero, at: .epoch, source: .remote),
    [
      .needed("serial", \.serial, .text, "Serial number of the meter."),
      .needed("register", \.register, .word("register")),
      .needed("wh", \.value, .wattHours, "The register's value in Wh, as shown or sent."),
      .needed("resolutionWh", \.resolution, .wattHours, "The step in which the reader could see it."),
      .needed("at", \.at, .instant, "When the register had this value."),
      .needed("received", \.received, .instant, "When the settlement party had it."),
      .needed("source", \.source, .word("source")),
      .nullable("meterClock", \.meterClock, .instant, "What the meter's own clock said, where it is told."),
      .nullable("photo", \.photo, .photo, "What the photo shows, where one came."),
      .nullable("channel", \.channel, .text, "How it came, where somebody says: app, phone …"),
      .optional("cause", \.cause, .cause, "Its number: decisions and lines cite it."),
    ])
}

extension Shape where Value == LogRead.Entry {
  /// A short list: there may be very many.
  static let logRow = Shape(
    SchemaPart([
      ("type", .text("array")),
      (
        "prefixItems",
        .list([
          Shape<Instant>.instant.schema.saying("stamp").text,
          Shape<WattHours>.wattHours.schema.saying("Wh; means nothing where the quality is M").text,
          Shape<Quality>.word("quality").schema.text, Shape<Cause>.cause.schema.saying("cause").text,
        ])
      ),
    ]),
    write: { row in
      .list([
        .text("\(row.stamp)"), .whole(row.energy.value), .text(row.quality.rawValue),
        .whole(Int64(row.cause.number)),
      ])
    },
    read: { node in
      let parts = try node.list("a row: stamp, Wh, quality, cause")
      guard (3...4).contains(parts.count) else {
        throw node.diagnostic(
          "BS-TGT-02", "a row has stamp, Wh, quality and cause, not \(parts.count) values")
      }
      return LogRead.Entry(
        stamp: try Shape<Instant>.instant.read(parts[0]),
        energy: try Shape<WattHours>.wattHours.read(parts[1]),
        quality: try Shape<Quality>.word("quality").read(parts[2]),
        cause: parts.count == 4 ? try Shape<Cause>.cause.read(parts[3]) : .none)
    })
}

extension LogRead.StampConvention: CaseIterable {
  public static let allCases: [LogRead.StampConvention] = [.start, .end]
}

extension Shape where Value == LogRead {
  static let log = Shape.object(
    "log", "a log",
    blank: LogRead(serial: "", register: .export, convention: .start, received: .epoch, entries: []),
    [
      .needed("serial", \.serial, .text),
      .needed("register", \.register, .word("register")),
      .needed("received", \.received, .instant, "When the settlement party had it."),
      .needed("stamps", \.convention, .word("stamp convention"), "Which end of a half-hour a stamp marks."),
      .optional(
        "derived", \.derivedFromRegister, .flag, "Made by a logger from reads of a cumulative register."),
      .needed("resolutionWh", \.resolution, .wattHours, "The step of the source."),
      .optional("cause", \.cause, .cause),
      .needed("rows", \.entries, .list(.logRow)),
    ])
}
