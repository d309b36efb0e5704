// How COSEM names things: six octets for an object, a class and a number for one of its attributes or
// methods (IEC 62056-6-1, 62056-6-2).

public import Units

/// The logical name of an object: the six groups of its OBIS code.
public struct LogicalName: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var a: UInt8
  public var b: UInt8
  public var c: UInt8
  public var d: UInt8
  public var e: UInt8
  public var f: UInt8

  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, _ e: UInt8, _ f: UInt8 = 255) {
    (self.a, self.b, self.c, self.d, self.e, self.f) = (a, b, c, d, e, f)
  }

  /// Nil unless there are six octets.
  public init?(_ octets: some Collection<UInt8>) {
    guard octets.count == 6 else { return nil }
    let all = Array(octets)
    self.init(all[0], all[1], all[2], all[3], all[4], all[5])
  }

  /// Nil for a code without medium, channel or billing period.
  public init?(_ code: OBIS) {
    guard let medium = code.medium, let channel = code.channel, let billing = code.billingPeriod else {
      return nil
    }
    self.init(medium, channel, code.quantity, code.processing, code.rate, billing)
  }

  public var octets: [UInt8] { [a, b, c, d, e, f] }

  public var obis: OBIS {
    OBIS(medium: a, channel: b, quantity: c, processing: d, rate: e, billingPeriod: f)
  }

  public static func < (left: LogicalName, right: LogicalName) -> Bool {
    left.octets.lexicographicallyPrecedes(right.octets)
  }

  /// `1-0:1.8.0*255`.
  public var description: String { obis.description }
}

/// An attribute of an object, or a method: both are named by class, logical name and number.
public struct COSEMDescriptor: Hashable, Sendable, CustomStringConvertible {
  public var classID: UInt16
  public var name: LogicalName
  /// Attribute 1 is the logical name itself; methods count from 1 by themselves.
  public var index: Int8

  public init(_ classID: UInt16, _ name: LogicalName, _ index: Int8) {
    (self.classID, self.name, self.index) = (classID, name, index)
  }

  public var description: String { "\(name) \(index)" }
}
