// One value that a recorded meter gave, as it was read: a row of the vectors that an adoption leaves.

internal import Line
public import Units

/// A value with the address under which it was asked for.
public struct AdoptedValue: Hashable, Sendable {
  /// Since the trace's origin.
  public var at: TimeSpan
  /// `4:72` for function 4, register 72; `1.8.0`, `1-0:1.8.0*255` where addresses are OBIS codes.
  public var address: String
  /// What it is called by the meter's make; empty where nobody knows.
  public var name: String
  /// The digits as read.
  public var text: String
  public var unit: String
  /// The bytes or registers that carried it, in hexadecimal.
  public var raw: String

  public init(
    at: TimeSpan, address: String, name: String = "", text: String, unit: String = "", raw: String = ""
  ) {
    (self.at, self.address, self.name) = (at, address, name)
    (self.text, self.unit, self.raw) = (text, unit, raw)
  }

  /// The head and rows of `vectors.csv`. Texts are quoted where they must be.
  static func table(_ values: [AdoptedValue]) -> String {
    var text = "seconds,address,name,value,unit,raw\n"
    for one in values {
      let seconds = DecimalText(mantissa: Int128(one.at.microseconds), decimals: 6)
      text +=
        (["\(seconds)", one.address, one.name, one.text, one.unit, one.raw].map(quoted))
        .joined(separator: ",") + "\n"
    }
    return text
  }

  private static func quoted(_ text: String) -> String {
    let isPlain =
      !text.contains { $0 == "," || $0 == "\"" || $0 == "\n" } && text.first != " " && text.last != " "
    return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
