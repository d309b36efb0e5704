// The part of a run's JSON that tells what was there and what readers brought home.

internal import MeterModel
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

  static func failure(_ one: FailedRead) -> JSONText {
    .object([
      ("meter", .text(one.meter)), ("at", .text("\(one.at)")), ("reason", .text(one.reason)),
      ("cause", .whole(Int64(one.cause.number))),
    ])
  }

  static func photograph(_ one: TakenPhotograph) -> JSONText {
    .object([
      ("meter", .text(one.meter)), ("at", .text("\(one.at)")), ("serial", .text(one.photo.serial)),
      ("register", .text(one.photo.register.rawValue)), ("valueWh", .whole(one.photo.value.value)),
      (
        "flaws",
        .list(
          one.photograph.flaws.map {
            .object([("flaw", .text($0.kind.rawValue)), ("strength", .whole(Int64($0.strength)))])
          })
      ),
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
