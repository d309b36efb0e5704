// What may be told of changes.

internal import Units

extension EventName {
  public static let capacityChanged = EventName("capacity-changed")
  public static let storageChanged = EventName("storage-changed")
  public static let unitAdded = EventName("unit-added")
  public static let unitSeparated = EventName("unit-separated")
  public static let ownerChanged = EventName("owner-changed")
  public static let customerMoved = EventName("customer-moved")
  public static let decommissioned = EventName("decommissioned")
  public static let plantChanged = EventName("plant-changed")
  public static let changeConfirmed = EventName("change-confirmed")
  public static let evidenceGiven = EventName("evidence-given")
}

extension FactKey {
  public static let evidence = FactKey("evidence")
  public static let capacity = FactKey("capacity")
  public static let exportLimit = FactKey("export-limit")
  public static let technology = FactKey("technology")
  public static let exportMPAN = FactKey("export-mpan")
  public static let stillOwner = FactKey("still-owner")
  public static let address = FactKey("address")
  public static let accessAssured = FactKey("access-assured")
  public static let confirmed = FactKey("confirmed")
  public static let takesOver = FactKey("takes-over")
}

/// How somebody says something.
enum Channel {
  static let (email, post, hand, phone) = ("e-mail", "post", "hand", "phone")
  static let all = [email, post, hand, phone]
}

extension EventDeclaration {
  /// Facts of every change.
  private static let telling = [
    FactDeclaration(.channel, .word(Channel.all), "how it was told; e-mail is writing"),
    FactDeclaration(
      .evidence, .flag, "whether evidence came with it; if it is said to be missing, it is asked for"),
    FactDeclaration(.why, .text, "in the customer's words"),
  ]
  private static let technologies = DeclaredInstallation.Technology.allCases.map(\.rawValue)
  private static let what = FactDeclaration(
    .what, .word(ChangeKind.allCases.map(\.rawValue)), needed: true, "which change")

  static let changeEvents: [EventDeclaration] = [
    EventDeclaration(
      .capacityChanged, "the installation is larger or smaller from this moment on", [.chg01, .chg03],
      [
        FactDeclaration(.capacity, .power, needed: true, "all that is installed now"),
        FactDeclaration(.exportLimit, .power, "what the DNO lets out now"),
      ] + telling),
    EventDeclaration(
      .storageChanged, "a battery or other store is added, removed or made larger", [.chg01, .chg02],
      [FactDeclaration(.what, .word(Storage.words), needed: true, "which of them")] + telling),
    EventDeclaration(
      .unitAdded, "another generating unit is added at the site", [.chg03, .chg05],
      [
        FactDeclaration(.technology, .word(technologies), needed: true, "what it is"),
        FactDeclaration(.capacity, .power, needed: true, "how large it is"),
        FactDeclaration(
          .exportMPAN, .text, "its own export MPAN; without one it exports through the same register"),
      ] + telling),
    EventDeclaration(
      .unitSeparated, "another unit has its own meter and export MPAN from this moment on, or is gone",
      [.chg05],
      [FactDeclaration(.exportMPAN, .text, "its own export MPAN")]),
    EventDeclaration(
      .ownerChanged, "somebody else owns the installation", [.chg06, .chg09, .term03],
      [
        FactDeclaration(.to, .text, "the new owner"),
        FactDeclaration(.takesOver, .flag, "whether the new owner asks to take the agreement over"),
      ] + telling),
    EventDeclaration(
      .customerMoved, "the customer lives somewhere else", [.chg07],
      [
        FactDeclaration(.stillOwner, .flag, needed: true, "whether the customer still owns the installation"),
        FactDeclaration(.address, .text, "the new address"),
        FactDeclaration(.accessAssured, .flag, "whether access and readings are assured"),
      ] + telling),
    EventDeclaration(
      .decommissioned, "the whole unit is removed", [.chg08],
      [FactDeclaration(.confirmed, .flag, "whether that is confirmed in writing; else it is")] + telling),
    EventDeclaration(
      .plantChanged, "the plant breaks down, is maintained, or runs again", [.chg01],
      [
        FactDeclaration(
          .what, .word(["breakdown", "maintenance", "running again"]), needed: true, "which of them")
      ]
        + telling),
    EventDeclaration(.changeConfirmed, "a change is confirmed in writing", [.chg01, .chg08], [what]),
    EventDeclaration(.evidenceGiven, "the evidence of a change comes", [.chg01, .chg07], [what]),
  ]
}

extension Boundary {
  static let changeLimits: [Boundary] = [tellDays, confirmDays, changedCapacityLimit]

  static let tellDays = Boundary(
    "changes.tell-days", .chg01,
    "a change told on the last of these days is told in time, on the next it is late")
  static let confirmDays = Boundary(
    "changes.confirm-days", .chg01,
    "a call confirmed on the last of these days counts from the call, on the next from the confirmation")
  static let changedCapacityLimit = Boundary(
    "changes.capacity", .chg03,
    "capacity of 5,000.000 kW (micro-CHP 50.000 kW) after a change is eligible, one watt more is not")
}
