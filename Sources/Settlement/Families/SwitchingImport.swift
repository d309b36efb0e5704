// A switch of the import leaves the export where it is (R-SWI-05): two contracts, two registrations. Only the
// way of paying may change, where export was set against the import bill.

internal import Units

extension Ledger {
  /// The import moves and the export stays (R-SWI-05); only the way of paying may change.
  func tellImportSwitches() {
    for event in known(.importSupplierChanged) {
      let supplier = event.facts.text(.supplier) ?? ""
      let before = paymentArrangement(at: event.received - TimeSpan(microseconds: 1))
      let after = paymentArrangement(at: event.received)
      let method =
        before == .offset && after == .separate
        ? "; export is no longer set against the import bill and is paid separately" : ""
      log.note(
        .swiImportOnly, .swi05, at: event.received, subject, reads: [event.cause],
        "the import is supplied by \(supplier.isEmpty ? "somebody else" : supplier) from "
          + "\(LondonClock.date(at: event.at)); the export agreement is not moved by that\(method)")
    }
  }
}
