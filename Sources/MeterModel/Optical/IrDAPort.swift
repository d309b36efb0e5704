// The one-way infra-red port of Elster's A100C and A1100 (the makers' handbooks): the meter says all it has
// every second, or every fourth, to whoever looks.

public import Units

/// The one-way IrDA side of a make of meter.
public struct IrDAPort: Hashable, Sendable {
  public enum Form: String, Hashable, Sendable, CaseIterable {
    /// A binary message of 104 data bytes, arithmetic checksum.
    case a100c
    /// ASCII with OBIS addresses, one's complement checksum.
    case a1100
  }

  /// How a byte travels.
  public enum Characters: String, Hashable, Sendable, CaseIterable {
    case byte
    /// Two characters `Fx Fy`, low nibble first: what a UART sees of an A1100.
    case nibble
  }

  public var form: Form
  public var characters: Characters
  /// 2400 by default; 4800 and 9600 by build.
  public var baud: Int
  /// From the start of one message to that of the next: 1 s for an A100C, 4 s for an A1100.
  public var every: TimeSpan
  /// Up to 12 characters on an A100C.
  public var product: String
  /// Up to 9 characters on an A100C.
  public var firmware: String
  /// 0…65 535.
  public var configuration: Int
  /// The "meter definition" word of an A100C, 0…16 777 215.
  public var definition: Int
  /// Whether its import register counts import and reverse together (power flow insensitive); an A1100 then
  /// writes its address as 128.8.1. The profile's flow mode must be `absolute` for the numbers to agree.
  public var isFlowInsensitive: Bool
  /// The energy of one occurrence above which running backwards is counted, 1…250 Wh.
  public var reverseThreshold: WattHours
  /// Rate windows, as of an `OpticalPort`, in UTC; empty: one rate.
  public var rates: [OpticalRateWindow]

  /// Wh of one occurrence that makers set as a rule.
  public static let usualReverseThreshold = WattHours(5)

  public init(
    form: Form, characters: Characters? = nil, baud: Int = 2400, every: TimeSpan? = nil, product: String,
    firmware: String, configuration: Int = 0, definition: Int = 0, isFlowInsensitive: Bool = false,
    reverseThreshold: WattHours = usualReverseThreshold, rates: [OpticalRateWindow] = []
  ) {
    (self.form, self.baud, self.product, self.firmware) = (form, baud, product, firmware)
    self.characters = characters ?? (form == .a100c ? .byte : .nibble)
    self.every = every ?? (form == .a100c ? .seconds(1) : .seconds(4))
    (self.configuration, self.definition) = (configuration, definition)
    (self.isFlowInsensitive, self.reverseThreshold) = (isFlowInsensitive, reverseThreshold)
    self.rates = rates
  }
}
