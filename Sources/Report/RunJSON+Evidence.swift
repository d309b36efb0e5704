// The part of a run's JSON that tells what was there and what readers brought home.

internal import Runner
internal import Units

extension RunJSON {
  static func meter(_ one: MeterSummary) -> JSONText {
    .object([
      ("name", .text(one.name)), ("serial", .text(one.serial)), ("profile", .text(one.profile)),
      ("retired", .flag(one.isRetired)),
      ("registersWh", .object(one.dials.map { ($0.role.rawValue, .whole($0.value.value)) })),
    ])
  }

  static func fault(_ one: FaultWindow) -> JSONText {
    .object([
      ("id", .text(one.id)), ("on", .text(one.target)), ("from", .text("\(one.from)")),
      ("until", .text("\(one.until)")),
    ])
  }

  static func read(_ one: Read) -> JSONText {
    .object([
      ("serial", .text(one.serial)), ("register", .text(one.register.rawValue)),
      ("wh", .whole(one.value.value)), ("resolutionWh", .whole(one.resolution.value)),
      ("at", .text("\(one.at)")), ("received", .text("\(one.received)")),
      ("source", .text(one.source.rawValue)), ("photo", .flag(one.photo != nil)),
      ("cause", .whole(Int64(one.cause.number))),
    ])
  }

  /// Rows are short lists: there may be many.
  static func log(_ one: LogRead) -> JSONText {
    .object([
      ("serial", .text(one.serial)), ("register", .text(one.register.rawValue)),
      ("received", .text("\(one.received)")), ("stamps", .text(one.convention.rawValue)),
      ("derived", .flag(one.derivedFromRegister)), ("resolutionWh", .whole(one.resolution.value)),
      ("cause", .whole(Int64(one.cause.number))),
      (
        "rows",
        .list(
          one.entries.map { row in
            .list([
              .text("\(row.stamp)"), .whole(row.energy.value), .text(row.quality.rawValue),
              .whole(Int64(row.cause.number)),
            ])
          })
      ),
    ])
  }

  static func failure(_ one: FailedRead) -> JSONText {
    .object([
      ("meter", .text(one.meter)), ("at", .text("\(one.at)")), ("reason", .text(one.reason)),
      ("cause", .whole(Int64(one.cause.number))),
    ])
  }

  static func counts(_ one: StoryRecord) -> JSONText {
    .object([
      ("attempts", .whole(Int64(one.evidence.attempts))),
      ("framesRefused", .whole(Int64(one.evidence.framesRefused))),
      ("silences", .whole(Int64(one.evidence.silences))),
      ("bytesThroughDescriptors", .whole(Int64(one.bytesThroughDescriptors))),
    ])
  }
}
