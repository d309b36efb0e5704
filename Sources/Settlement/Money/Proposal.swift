// What one proposal goes by: the plan of treatments, the prices, and one judgement for half-hours and
// advances alike. The order is: never payable, held by a rule, in doubt, without a price, provisional,
// payable.

internal import Units

/// What is known of some energy beside its amount.
struct Condition {
  /// Why it is not payable as measured, if so.
  var doubt: ReasonCode?
  /// Why it is payable only provisionally, if so.
  var provisional: (reason: ReasonCode, rule: Rule, flag: LineFlags)?

  static let sound = Condition()
}

extension Ledger {
  /// The verdict on energy at a price, under what rules say of its time.
  func verdict(_ price: PriceAnswer, _ handling: Handling, _ condition: Condition) -> Verdict {
    var one = Verdict(
      kind: .payable, sale: Sale(payer: handling.payer ?? agreement.licensee, vat: handling.vat),
      reason: .payOK, rule: .tar01)
    var refused: ReasonCode?
    switch price {
    case .rate(let rate, let tariff, let isOwn):
      one.sale.tariff = terms[tariff].name
      one.rule = terms[tariff].shape.pricedBy
      one.part = handling.part
      if isOwn {
        one.sale.isOwn = true
      } else {
        (one.full, one.sale.rate) = (rate, rate.part(handling.part))
      }
    case .refused(let code, let tariff):
      one.sale.tariff = terms[tariff].name
      refused = code
    case .missing(let tariff):
      one.sale.tariff = tariff.map { terms[$0].name } ?? ""
      refused = .tarPriceMissing
    }
    judge(&one, handling, condition, refused)
    return one
  }

  private func judge(
    _ one: inout Verdict, _ handling: Handling, _ condition: Condition, _ refused: ReasonCode?
  ) {
    func put(_ kind: Verdict.Kind, _ ground: Handling.Ground) {
      (one.kind, one.reason, one.rule) = (kind, ground.reason, ground.rule)
      (one.causes, one.byTreatment) = (ground.causes, true)
    }
    if let ground = handling.forfeit {
      put(.forfeited, ground)
    } else if let ground = handling.hold {
      put(.held, ground)
    } else if let code = condition.doubt ?? refused {
      (one.kind, one.reason, one.rule) = (.held, code, code.holdRule)
    } else {
      if let ground = handling.reduction {
        put(.payable, ground)
        one.flags.insert(.reduced)
      }
      if let (reason, rule, flag) = condition.provisional {
        (one.kind, one.reason, one.rule) = (.provisional, reason, rule)
        one.flags.insert(flag)
      }
    }
  }
}
