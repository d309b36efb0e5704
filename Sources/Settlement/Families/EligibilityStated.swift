// Tests of what is stated: technology, capacity, place, certificate, owner, agent, network, meter, contact,
// units (R-ELIG-01 … -05, -10, -13, -16, -19, R-ONB-11). Each looks at the facts alone and says what fails,
// if anything.

internal import Units

extension Boundary {
  static let schemeCapacity = Boundary(
    "scheme.capacity", .elig02, "5,000.000 kW are in the scheme, 5,000.001 kW are not")
  static let microCHPCapacity = Boundary(
    "scheme.micro-chp-capacity", .elig02, "micro-CHP of 50.000 kW is in the scheme, of 50.001 kW is not")
  static let certificateLimit = Boundary(
    "eligibility.certificate-limit", .elig04,
    "the first list of certificates is for 50.000 kW too, the second for 50.001 kW")
}

/// The facts of one version of an application under one policy.
struct StatedFacts {
  let facts: Facts
  let installation: DeclaredInstallation
  /// Capacity as it is after changes: certificates are tested on it.
  /// What a change does to the limit of the scheme is
  /// R-CHG-03's.
  let capacityNow: Power
  let policy: Policy

  private var terms: Policy.EligibilityTerms { policy.eligibility }

  /// As stated, else as declared.
  var technology: String { facts.text(.technology) ?? installation.technology.rawValue }

  /// What the limit of the scheme is about (K-22).
  var capacity: Power {
    if technology == "micro-chp" { return facts.power(.electricalCapacity) ?? installation.capacity }
    guard terms.capacityBasis.value == .declaredNet else { return installation.capacity }
    return facts.power(.declaredNetCapacity) ?? installation.capacity
  }

  /// Nil for what is not in the scheme.
  var schemeLimit: Power? {
    let word = ["wind", "onshore-wind"].contains(technology) ? "wind" : technology
    return DeclaredInstallation.Technology(rawValue: word).map(Ledger.capacityLimit)
  }

  /// All tests, in the order of the rule book.
  static let tests: [@Sendable (StatedFacts) -> Bar?] = [
    { $0.technologyBar }, { $0.capacityBar }, { $0.placeBar }, { $0.certificateBar }, { $0.ownerBar },
    { $0.approvalBar }, { $0.smartMeterBar }, { $0.gridBar }, { $0.agentBar }, { $0.contactBar },
    { $0.unitsBar }, { $0.plantBar },
  ]

  private func refuse(_ code: ReasonCode, _ rule: Rule, _ text: String) -> Bar {
    Bar(effect: .forfeit, code: code, rule: rule, severity: .error, from: .epoch, text: text)
  }

  private func hold(_ code: ReasonCode, _ rule: Rule, _ text: String) -> Bar {
    Bar(effect: .hold, code: code, rule: rule, severity: .hold, from: .epoch, text: text)
  }

  /// Words for the five technologies; the list decides, not the fuel (R-ELIG-20, K-35).
  static let inScheme = ["solar-pv", "wind", "onshore-wind", "hydro", "micro-chp", "anaerobic-digestion"]

  private var technologyBar: Bar? {
    guard !Self.inScheme.contains(technology) else { return nil }
    return refuse(
      .eligTechnology, .elig01,
      "\(technology) is none of the scheme's technologies: solar PV, onshore wind, hydro, micro-CHP, "
        + "anaerobic digestion")
  }

  private var capacityBar: Bar? {
    guard let limit = schemeLimit, capacity > limit else { return nil }
    let what = technology == "micro-chp" ? "micro-CHP, electrical" : "total installed capacity"
    let net = facts.power(.declaredNetCapacity).map { "; its declared net capacity of \($0) does not count" }
    return refuse(
      .eligTICExceeded, .elig02,
      "\(capacity) is above the limit of \(limit) for \(what)"
        + (terms.capacityBasis.value == .totalInstalled ? net ?? "" : ""))
  }

  private var approvalBar: Bar? {
    guard facts.flag(.meterApproved) == false else { return nil }
    return refuse(.eligMeterNotApproved, .elig10, "the export meter is not approved")
  }

  private var smartMeterBar: Bar? {
    guard facts.flag(.smartMeter) == false, terms.smartMeter.value == .required else { return nil }
    return refuse(
      .eligMeterNotHH, .elig09, "the export meter is no working smart meter, and these terms want one")
  }

  private var gridBar: Bar? {
    if facts.flag(.gridConnected) == false {
      return refuse(.eligOffGrid, .elig13, "the installation is not connected to the network")
    }
    return nil
  }

  private var agentBar: Bar? {
    guard facts.text(.appliedBy) == "agent", !terms.agentAllowed.value else { return nil }
    return refuse(.eligAgent, .elig16, "an agent applied, and these terms want the customer in person")
  }

  private var contactBar: Bar? {
    guard policy.onboarding.contactNeeded.value else { return nil }
    var missing: [String] = []
    if let address = facts.text(.email), !ContactText.isEmail(address) { missing.append("e-mail address") }
    if let number = facts.text(.phone), !ContactText.isPhone(number) { missing.append("phone number") }
    guard !missing.isEmpty else { return nil }
    return refuse(
      .onbContactMissing, .onb11, "there is no valid \(missing.joined(separator: " and no valid "))")
  }

  private var unitsBar: Bar? {
    guard let planned = facts.whole(.unitsOnPlan), let found = facts.whole(.unitsBehindMeter), found > planned
    else { return nil }
    return hold(
      .eligUnitNotOnPlan, .elig19,
      "\(found) generation units run behind the export meter, \(planned) on the plan: one register cannot "
        + "tell them apart")
  }

  private var plantBar: Bar? {
    guard technology == "anaerobic-digestion", facts.flag(.adCriteriaConfirmed) == false else { return nil }
    return hold(
      .eligDeclarationRequired, .elig14,
      "reporting start date and sustainability of the AD plant are not confirmed")
  }

  // MARK: Owner

  private var ownerBar: Bar? {
    guard let owner = facts.text(.owner), let claimant = facts.text(.claimant), owner != claimant else {
      return nil
    }
    guard terms.claimant.value == .ownerOrDeclared else {
      return refuse(
        .eligNotOwner, .elig05, "\(claimant) claims and \(owner) owns the installation; only an owner is paid"
      )
    }
    guard facts.flag(.ownerDeclaration) == true else {
      return refuse(
        .eligDeclarationRequired, .elig05,
        "\(claimant) claims and \(owner) owns the installation; a declaration signed by \(owner) is needed")
    }
    let lacking = [
      facts.flag(.ownerContact) == false ? "how to reach the owner" : nil,
      facts.flag(.ownerGivesAccess) == false ? "access to the meter" : nil,
    ].compactMap { $0 }
    guard !lacking.isEmpty else { return nil }
    return refuse(
      .eligDeclarationRequired, .elig05,
      "the declaration signed by \(owner) lacks \(lacking.joined(separator: " and "))")
  }

  // MARK: Certificate

  /// True where the second list applies (K-02, K-03).
  var isBeyondFirstList: Bool {
    guard terms.certificateChoice.value == .bySize else { return false }
    return !canTakeFirstList || capacityNow > terms.certificateLimit.value
  }

  var canTakeFirstList: Bool { ["solar-pv", "wind", "onshore-wind", "micro-chp"].contains(technology) }

  private var certificateBar: Bar? {
    guard let problem = certificateProblem else { return nil }
    return terms.uncertified.value == .refuse
      ? refuse(problem.code, .elig04, problem.text) : hold(problem.code, .elig04, problem.text)
  }

  private var certificateProblem: (code: ReasonCode, text: String)? {
    if facts.flag(.installerCertified) == false {
      return (.eligCertMissing, "the installer is not certified")
    }
    if facts.text(.certificateNumber) == "none" {
      return (.eligCertMissing, "no number of a certificate was given")
    }
    let list = isBeyondFirstList ? terms.certificatesBeyond.value : terms.certificates.value
    let accepted = list.map(\.rawValue).joined(separator: ", ")
    switch facts.text(.certificate) {
    case nil: return nil
    case "none": return (.eligCertMissing, "there is no certificate; accepted are \(accepted)")
    case "no-scheme-exists":
      guard terms.certificateDeclaration.value else {
        return (.eligCertMissing, "no scheme certifies it, and these terms take no declaration instead")
      }
      guard facts.flag(.schemeDeclaration) != true else { return nil }
      return (.eligDeclarationRequired, "no scheme certifies it, so a declaration is needed")
    case let scheme?:
      let known = Policy.EligibilityTerms.Certificate(rawValue: scheme)
      if let known, list.contains(known) { return nil }
      if terms.certificateByHand.value, facts.flag(.acceptedByHand) == true { return nil }
      return (
        .eligCertScheme,
        "a certificate of \(scheme) is not accepted for \(technology) of \(capacityNow); accepted "
          + "are \(accepted)"
      )
    }
  }
}
