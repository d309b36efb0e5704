// Slow noise that can be asked for at any second: Gaussian draws at nodes, straight lines between, brought
// back to one spread everywhere.

internal import Foundation
internal import Timeline
internal import Units

/// Noise of mean 0 and standard deviation 1 whose memory is about `step` seconds.
struct Noise {
  private let stream: RandomStream
  private let step: Int64

  init(_ stream: RandomStream, step: Int64) { (self.stream, self.step) = (stream, step) }

  subscript(second: Int64) -> Double {
    let node = floorDivide(second, step)
    let part = Double(second - node * step) / Double(step)
    let left = CloudCover.gaussian(stream, UInt64(bitPattern: node))
    let right = CloudCover.gaussian(stream, UInt64(bitPattern: node + 1))
    // Half-way between two independent draws the spread is √½ of that at either.
    return (left * (1 - part) + right * part) / ((1 - part) * (1 - part) + part * part).squareRoot()
  }

  /// The share of a standard normal below a value.
  static func normalShare(below value: Double) -> Double { 0.5 * erfc(-value / 2.0.squareRoot()) }
}
