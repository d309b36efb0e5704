// Octets that nobody can foretell: a client's challenge, new for each association.

/// A draw from the machine's own randomness.
public enum FreshOctets {
  public static func draw(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }
}
