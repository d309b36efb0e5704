// What a meter's ports speak, in the words of the command line and of stories.

/// A protocol by which a meter is read.
public enum MeterProtocol: String, Hashable, Sendable, CaseIterable {
  case modbus
  /// The optical port of IEC 62056-21, modes A to E.
  case optical = "iec62056-21"
  /// DLMS/COSEM: HDLC on a serial line, the wrapper over TCP.
  case dlms
  /// DLMS/COSEM over HDLC, also over TCP: a serial server in front of the meter.
  case dlmsHDLC = "dlms-hdlc"
  /// The one-way infra-red stream.
  case irda
  /// Pulses of an LED or an S0 output.
  case pulse
}

extension Profile {
  /// What this make of meter speaks, the usual port first.
  public var protocols: [MeterProtocol] {
    let ports: [(MeterProtocol, Bool)] = [
      (.modbus, modbus != nil), (.optical, optical != nil), (.dlms, dlms != nil),
      (.dlmsHDLC, dlms?.hdlc != nil), (.irda, irda != nil), (.pulse, pulse != nil),
    ]
    return ports.filter(\.1).map(\.0)
  }

  /// What it speaks on a serial line (`isStream` false), or as a stream of bytes over TCP.
  public func protocols(asStream isStream: Bool) -> [MeterProtocol] {
    protocols.filter { $0 != .dlms || (isStream ? dlms?.wrapper != nil : dlms?.hdlc != nil) }
  }
}
