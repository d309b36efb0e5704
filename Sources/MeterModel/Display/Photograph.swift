// A photograph of a meter's front as a customer takes it: the face as it was, and what is wrong with the
// picture. What it shows is in the face; flaws of the picture only make it harder to see.

internal import Timeline

/// What is wrong with a picture.
public struct PhotoFlaw: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Out of focus, or moved.
    case blur
    /// A lamp or window mirrored in the glass.
    case glare
    /// Taken askew.
    case tilt
    /// Part of the meter outside the picture.
    case crop
    /// Taken in a dark cupboard: dim and grainy.
    case lowLight = "low-light"
  }

  public var kind: Kind
  /// 1…100: hardly seen … as bad as people send.
  public var strength: Int

  public static let strengths = 1...100

  public init(_ kind: Kind, _ strength: Int) { (self.kind, self.strength) = (kind, strength) }
}

/// A face, photographed.
public struct Photograph: Hashable, Sendable {
  public var face: FaceState
  /// Each kind at most once.
  public var flaws: [PhotoFlaw]
  /// Where a draw decides (to which side it is tilted, where the glare lies).
  public var seed: UInt64

  public init(face: FaceState, flaws: [PhotoFlaw] = [], seed: UInt64) {
    (self.face, self.flaws, self.seed) = (face, flaws, seed)
  }

  public func strength(_ kind: PhotoFlaw.Kind) -> Int { flaws.first { $0.kind == kind }?.strength ?? 0 }

  /// The flaws of an ordinary customer's picture: always a little askew; each other flaw in one picture of so
  /// many. The shares are our assumption.
  public static func usualFlaws(seed: UInt64) -> [PhotoFlaw] {
    let draws = RandomStream(seed: seed).stream("photo")
    let shares: [(PhotoFlaw.Kind, Int64, ClosedRange<Int64>)] = [
      (.tilt, 1_000_000, 10...60), (.blur, 500_000, 5...40), (.glare, 500_000, 15...70),
      (.crop, 200_000, 10...50), (.lowLight, 350_000, 20...70),
    ]
    return shares.enumerated().compactMap { index, share in
      let at = UInt64(index) * 2
      guard draws.happens(at, partsPerMillion: share.1) else { return nil }
      return PhotoFlaw(share.0, Int(draws.whole(at + 1, in: share.2)))
    }
  }
}
