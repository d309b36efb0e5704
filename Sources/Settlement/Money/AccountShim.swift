// Until the statement has them itself.

internal import Units

extension Statement {
  var vat: Pence { Pence(0) }
  var carriedIn: Pence { Pence(0) }
  var carriedOut: Pence { Pence(0) }
  var payer: String { licensee }
  var payable: Pence { net }
}
