// How much a meter remembers. Logs are circular: the newest entry overwrites the oldest.

public import Units

/// How many half-hours and daily snapshots of each register a meter keeps; 0 where it keeps none.
public struct LogCapacity: Hashable, Sendable {
  public var exportHalfHours: Int
  public var importHalfHours: Int
  public var exportDailySnapshots: Int
  public var importDailySnapshots: Int

  /// What stands in the log for half-hours without supply.
  public enum Gaps: String, Hashable, Sendable, CaseIterable {
    /// An entry of 0: nobody can tell it from a quiet night.
    case zeroFill = "zero-fill"
    /// No entry.
    case omit
  }

  /// Of which makers do either; no status says which.
  public var gaps = Gaps.zeroFill
  /// After a longer outage than this the whole log is cleared rather than padded (one SMETS1 maker: three
  /// days). Nil where it is kept.
  public var clearedAfter: TimeSpan?

  /// Entries of each event log; events of one that it has not go into `events`. A single log of a hundred is
  /// what a meter has that is no SMETS meter (our assumption).
  public var eventLogs: [EventLog: Int] = [.events: 100]
  /// Half-hours are kept only once somebody has told it to begin (one SMETS1 maker).
  public var startsOnCommand = false

  public static let none = LogCapacity()

  public init(
    exportHalfHours: Int = 0, importHalfHours: Int = 0, exportDailySnapshots: Int = 0,
    importDailySnapshots: Int = 0
  ) {
    (self.exportHalfHours, self.importHalfHours) = (exportHalfHours, importHalfHours)
    (self.exportDailySnapshots, self.importDailySnapshots) = (exportDailySnapshots, importDailySnapshots)
  }

  public func halfHours(_ role: RegisterRole) -> Int {
    switch role {
    case .export: exportHalfHours
    case .import, .secondaryImport: importHalfHours
    case .total, .generation: 0
    }
  }

  public func dailySnapshots(_ role: RegisterRole) -> Int {
    switch role {
    case .export: exportDailySnapshots
    case .import, .secondaryImport: importDailySnapshots
    case .total, .generation: 0
    }
  }
}
