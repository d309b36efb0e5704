// The order of the tests of eligibility, and what is worth saying though it moves no money (R-ELIG-20,
// R-ONB-10, K-32).

internal import Units

extension Application {
  func eligibility(_ out: inout Assessment) {
    for test in StatedFacts.tests {
      for bar in spans({ test(stated($0)) }) { out.bar(bar) }
    }
    fit(&out)
    otherPayers(&out)
    approval(&out)
    commissioning(&out)
    networkNotice(&out)
    strangeUnits(&out)
    plant(&out)
    place(&out)
    touchSizes(&out)
    notes(&out)
  }

  private func stated(_ version: Version) -> StatedFacts {
    StatedFacts(
      facts: version.facts, installation: agreement.installation, capacityNow: version.capacity,
      policy: policy)
  }

  private func touchSizes(_ out: inout Assessment) {
    for version in versions {
      let one = stated(version)
      guard let limit = one.schemeLimit else { continue }
      out.touch(
        one.technology == "micro-chp" ? .microCHPCapacity : .schemeCapacity,
        excess: (one.capacity - limit).wattsUp)
      guard policy.eligibility.certificateChoice.value == .bySize, one.canTakeFirstList,
        version.facts.text(.certificate) != nil
      else { continue }
      let above = version.capacity - policy.eligibility.certificateLimit.value
      out.touch(.certificateLimit, excess: above.wattsUp)
    }
  }

  private func notes(_ out: inout Assessment) {
    let one = stated(versions[versions.count - 1])
    if let fuel = facts.text(.fuel), StatedFacts.inScheme.contains(one.technology) {
      out.remark(
        .eligOK, .elig20,
        "\(one.technology) is on the scheme's list, whatever it burns; that it is '\(fuel)' decides nothing")
    }
    if facts.flag(.connectionAgreement) == false {
      out.remark(
        .infoNTC, .onb10, "there is no connection agreement, so the National Terms of Connection apply")
    }
    let better = policy.eligibility.betterTariff.value
    if facts.flag(.importCustomer) == true, better != "none" {
      out.remark(
        .adviceBetterRate, .tar02, party: .customer,
        "the licensee supplies the import too; its tariff '\(better)' is open to this customer")
    }
    if facts.flag(.smartMeter) == false, policy.eligibility.smartMeter.value == .required {
      out.remark(
        .adviceSMETS2, .elig09, "a free exchange for a SMETS2 meter would make this home eligible")
    }
  }
}

extension Power {
  /// Whole watts, cut upwards: a milliwatt above counts as one.
  fileprivate var wattsUp: Int64 { -floorDivide(-milliwatts, 1000) }
}
