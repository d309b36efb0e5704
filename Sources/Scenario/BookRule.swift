// Rules of the rule book that stories are about and that the settlement core does not act on. A story may name
// them in `because:`; no decision ever carries one. A rule that the core learns moves to Settlement's `Rule`.

/// A rule that is known by its id and not acted on.
public struct BookRule: Hashable, Sendable {
  public var id: String
  /// One sentence.
  public var meaning: String
  /// Document and clause; "our assumption" where there is none.
  public var source: String

  /// All of them, in order of their ids.
  public static let all: [BookRule] = [
    BookRule(
      id: "R-FAULT-05", meaning: "export data that look wrong on SMETS1: ask for a free SMETS2 meter",
      source: "ART"),
    BookRule(
      id: "R-MET-02", meaning: "a SMETS1 meter not enrolled in the DCC goes dumb at an import switch",
      source: "ART"),
    BookRule(
      id: "R-MET-04", meaning: "an analogue import meter has no half-hours and may run backwards",
      source: "ART, BUL 6.13"),
    BookRule(
      id: "R-RATE-05", meaning: "an agile price is the wholesale price times a factor, at least zero",
      source: "our assumption"),
    BookRule(
      id: "R-SP-01", meaning: "a settlement day is a London day, its periods are of 30 elapsed minutes",
      source: "BSC"),
    BookRule(
      id: "R-SP-03", meaning: "in summer the settlement day starts at 23:00Z of the day before",
      source: "BSC"),
    BookRule(
      id: "R-SP-04", meaning: "smart meters keep UTC and stamp a half-hour at its end", source: "D0379"),
    BookRule(
      id: "R-SP-05", meaning: "local time is no key: in autumn two half-hours share 01:00",
      source: "BSC"),
  ]
}
