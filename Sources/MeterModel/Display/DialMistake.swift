// How people misread pointer dials. Right is the figure behind the pointer; between 9 and 0 it is 9.

/// A way of misreading a row of dials.
public enum DialMistake: String, Hashable, Sendable, CaseIterable {
  /// The figure that each pointer is nearest to.
  case nearest
  /// The anticlockwise dials (1000 and 10 kWh of five) read as if they went clockwise.
  case direction
}

extension FaceState {
  /// What somebody reads who makes this mistake; nil where there are no dials.
  public func figures(mistaken mistake: DialMistake) -> [Int]? {
    guard case .dials(let pointers) = counter else { return nil }
    let turn = 10 * Drum.figure
    return pointers.filter { !$0.isRed }.map { pointer in
      switch mistake {
      case .nearest: Int((pointer.position + Drum.figure / 2) / Drum.figure % 10)
      case .direction:
        pointer.isAnticlockwise ? Int((turn - pointer.position) % turn / Drum.figure) : pointer.figure
      }
    }
  }
}
