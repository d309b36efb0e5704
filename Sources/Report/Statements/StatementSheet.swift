// What stands on one sheet of a statement: the lines of one person under one VAT number. Mostly there is one
// sheet; where the business or its number changed, an invoice for each (R-VAT-02), and the last says what is
// paid in all.

internal import Settlement
internal import Units

struct StatementSheet {
  let statement: Statement
  /// Of the statement, with a letter where there are several sheets: "3", "3b".
  let number: String
  let payee: Payee
  let lines: [StatementLine]
  let vat: Pence
  /// Gross of the sheets before.
  let before: Pence
  let isLast: Bool
  let money: StatementMoney

  /// Lines that pay for energy.
  var earned: [StatementLine] { lines.filter { $0.isPayable && $0.kind != .charge } }
  var isInvoice: Bool { vat != .zero }
  var net: Pence { earned.reduce(.zero) { $0 + $1.amount } }
  var due: CivilDate? { isLast && money == .paidNow && statement.payable > .zero ? statement.due : nil }

  static func all(
    _ one: Statement, number: Int, _ payees: [Payee], _ money: StatementMoney
  ) -> [StatementSheet] {
    func owner(_ line: StatementLine) -> Int {
      payees.lastIndex { $0.from <= line.from } ?? 0
    }
    let earning = Set(one.lines.filter { $0.isPayable && $0.kind != .charge }.map(owner)).sorted()
    let numbers = one.vat == .zero ? Array(earning.suffix(1)) : earning
    let own = numbers.isEmpty ? [max(0, payees.count - 1)] : numbers
    var sheets: [StatementSheet] = []
    var (vat, gross) = (Pence.zero, Pence.zero)
    for (index, person) in own.enumerated() {
      let isLast = index == own.count - 1
      let lines = one.lines.filter { line in
        let mine = owner(line)
        return mine == person || isLast && !own.contains(mine)
      }
      // What rounding by sheets would add stands on the last, so that all sheets are the statement.
      let tax = isLast ? one.vat - vat : Self.vat(on: lines)
      let letter = own.count > 1 ? String(UnicodeScalar(UInt8(97 + min(index, 25)))) : ""
      let sheet = StatementSheet(
        statement: one, number: "\(number)\(letter)",
        payee: payees.indices.contains(person) ? payees[person] : Payee(), lines: lines, vat: tax,
        before: gross,
        isLast: isLast, money: money)
      vat += tax
      gross += sheet.net + tax
      sheets.append(sheet)
    }
    return sheets
  }

  /// VAT of each rate on the rounded net of its lines, half up.
  private static func vat(on lines: [StatementLine]) -> Pence {
    var nets: [Int: Int64] = [:]
    for line in lines where line.isPayable && line.vat > 0 {
      nets[line.vat, default: 0] += line.amount.value
    }
    return nets.reduce(Pence.zero) { sum, rate in
      sum + NanoPence(Int128(rate.value) * Int128(rate.key) * (NanoPence.perPenny / 1000)).roundedHalfUp
    }
  }

  /// From the lines to what is paid.
  var totals: [(name: String, value: String)] {
    var totals = [(name: isInvoice ? "net" : "together", value: "\(net)")]
    if isInvoice {
      totals.append((name: "VAT", value: "\(vat)"))
      totals.append((name: "gross", value: "\(net + vat)"))
    }
    guard isLast else {
      totals.append((name: "paid with the next sheet", value: "\(net + vat)"))
      return totals
    }
    if before != .zero { totals.append((name: "from the sheets before", value: "\(before)")) }
    for line in lines where line.kind == .charge {
      totals.append((name: line.reason == .recoupOverpaid ? "recovered" : "charged", value: "\(line.amount)"))
    }
    if statement.carriedIn != .zero {
      totals.append((name: "carried over from before", value: "\(statement.carriedIn)"))
    }
    if statement.carriedOut != .zero {
      totals.append((name: "carried to the next statement", value: "\(statement.carriedOut)"))
    }
    totals.append(
      (name: statement.payable > .zero ? money.words : "nothing is paid", value: "\(statement.payable)"))
    return totals
  }
}
