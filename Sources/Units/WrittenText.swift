// What every written quantity can do: be parsed exactly, and be printed so that it parses back to itself.

/// A value with one text form. `init(parsing: "\(value)")` gives the value back.
public protocol WrittenText: Hashable, Sendable, CustomStringConvertible {
  init(parsing text: some StringProtocol) throws(UnitsError)
}

extension WattHours: WrittenText {}
extension Power: WrittenText {}
extension UnitRate: WrittenText {}
extension Pence: WrittenText {}
extension NanoPence: WrittenText {}
extension CivilDate: WrittenText {}
extension Instant: WrittenText {}
extension TimeSpan: WrittenText {}
extension ClockTime: WrittenText {}
extension MPAN: WrittenText {}
extension OBIS: WrittenText {}
