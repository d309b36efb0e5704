// The limits of validation (R-VAL).

extension Boundary {
  static let validationLimits: [Boundary] = []
}
