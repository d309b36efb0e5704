// Each read looked at alone: whose it is, which register, what the photo shows, when and how it came
// (R-READ-06, -08, -12, -14, R-VAL-01, R-VAL-02).

internal import Units

/// Why one read, looked at alone, is refused.
struct ReadRefusal {
  var code: ReasonCode
  var rule: Rule
  var why: String

  /// `channels`: by which a customer's reading comes; none means any.
  init?(_ read: Read, _ meter: MeterDetails, _ policy: Policy, channels: [String]) {
    let checks = [Self.register, Self.photo, Self.future, Self.range]
    for check in checks {
      if let found = check(read, meter, policy) {
        self = found
        return
      }
    }
    guard let found = Self.procedure(read, channels) else { return nil }
    self = found
  }

  /// A reading that comes by another way than was agreed has not come (R-READ-14).
  private static func procedure(_ read: Read, _ channels: [String]) -> ReadRefusal? {
    guard read.source == .customer, let channel = read.channel, !channels.isEmpty,
      !channels.contains(channel)
    else { return nil }
    return ReadRefusal(
      .readWrongProcedure, .read14,
      "it came by \(channel), and readings are given by \(channels.joined(separator: " or ")); it counts as not "
        + "received")
  }

  private init(_ code: ReasonCode, _ rule: Rule, _ why: String) {
    (self.code, self.rule, self.why) = (code, rule, why)
  }

  /// By meter first, then by register: a generation meter may itself show 2.8.0 (R-READ-08).
  private static func register(_ read: Read, _ meter: MeterDetails, _ policy: Policy) -> ReadRefusal? {
    if meter.uses == [.generation] {
      guard read.source == .customer || read.register != .generation else { return nil }
      return ReadRefusal(
        .readWrongRegister, .read08,
        "meter \(meter.serial) counts what is generated, not what is exported")
    }
    if read.register == .generation {
      return ReadRefusal(.readWrongRegister, .read08, "a generation reading is not an export reading")
    }
    if meter.registers[read.register] == nil {
      return ReadRefusal(
        .readWrongRegister, .read08, "meter \(meter.serial) has no \(read.register.rawValue) register")
    }
    return nil
  }

  /// What the photo shows must be what was said (R-READ-06).
  private static func photo(_ read: Read, _ meter: MeterDetails, _ policy: Policy) -> ReadRefusal? {
    guard let photo = read.photo else {
      guard policy.reading.customerNeedsPhoto.value, read.source == .customer, read.register == .export else {
        return nil
      }
      return ReadRefusal(
        .readPhotoMissing, .read06, "it came without a photo of serial number and export register")
    }
    if photo.serial != read.serial {
      return ReadRefusal(.readPhotoMismatch, .read06, "the photo shows meter \(photo.serial)")
    }
    if photo.register != read.register {
      return ReadRefusal(
        .readWrongRegister, .read06,
        "the photo shows the \(photo.register.rawValue) register, not "
          + "\(read.register.rawValue)")
    }
    let step = max(read.resolution, WattHours(1)).value
    if floorDivide(photo.value.value, step) != floorDivide(read.value.value, step) {
      return ReadRefusal(.readPhotoMismatch, .read06, "the photo shows \(photo.value)")
    }
    return nil
  }

  private static func future(_ read: Read, _ meter: MeterDetails, _ policy: Policy) -> ReadRefusal? {
    let tolerance = policy.reading.futureTolerance.value
    guard read.at > read.received + tolerance else { return nil }
    return ReadRefusal(
      .readFuture, .read12, "it came on \(read.received), more than \(tolerance) before its own time")
  }

  /// What the register cannot show is no value of it.
  private static func range(_ read: Read, _ meter: MeterDetails, _ policy: Policy) -> ReadRefusal? {
    guard let register = meter.registers[read.register] else { return nil }
    // A total may be import minus export, and so below zero; a petawatt-hour is no reading of anything.
    guard read.register != .total else {
      let most: Int64 = 1_000_000_000_000_000
      return (-most...most).contains(read.value.value)
        ? nil : ReadRefusal(.valOverCapacity, .val02, "no register shows so much")
    }
    if read.value < .zero {
      return ReadRefusal(.readNegative, .val01, "a register does not show less than zero")
    }
    guard read.value >= register.modulus else { return nil }
    return ReadRefusal(.valOverCapacity, .val02, "the register begins again at \(register.modulus)")
  }
}
