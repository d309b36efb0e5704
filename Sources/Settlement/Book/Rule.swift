// The rules, by the ids of the rule book. What each says and where it comes from stands in the tables of the
// families beside this file. `backspin rules` lists them.

/// A rule id; the raw value is what decisions and lines carry.
public enum Rule: String, Hashable, Sendable, CaseIterable {
  case elig01 = "R-ELIG-01"
  case elig02 = "R-ELIG-02"
  case elig03 = "R-ELIG-03"
  case elig04 = "R-ELIG-04"
  case elig05 = "R-ELIG-05"
  case elig06 = "R-ELIG-06"
  case elig07 = "R-ELIG-07"
  case elig08 = "R-ELIG-08"
  case elig09 = "R-ELIG-09"
  case elig10 = "R-ELIG-10"
  case elig11 = "R-ELIG-11"
  case elig12 = "R-ELIG-12"
  case elig13 = "R-ELIG-13"
  case elig14 = "R-ELIG-14"
  case elig15 = "R-ELIG-15"
  case elig16 = "R-ELIG-16"
  case elig17 = "R-ELIG-17"
  case elig18 = "R-ELIG-18"
  case elig19 = "R-ELIG-19"
  case elig20 = "R-ELIG-20"

  case onb01 = "R-ONB-01"
  case onb02 = "R-ONB-02"
  case onb03 = "R-ONB-03"
  case onb04 = "R-ONB-04"
  case onb05 = "R-ONB-05"
  case onb06 = "R-ONB-06"
  case onb07 = "R-ONB-07"
  case onb08 = "R-ONB-08"
  case onb09 = "R-ONB-09"
  case onb10 = "R-ONB-10"
  case onb11 = "R-ONB-11"
  case onb12 = "R-ONB-12"
  case onb13 = "R-ONB-13"
  case onb14 = "R-ONB-14"

  case lic01 = "R-LIC-01"
  case lic02 = "R-LIC-02"
  case lic03 = "R-LIC-03"
  case lic04 = "R-LIC-04"
  case lic05 = "R-LIC-05"
  case lic06 = "R-LIC-06"
  case lic07 = "R-LIC-07"

  case mpan01 = "R-MPAN-01"
  case mpan02 = "R-MPAN-02"
  case mpan03 = "R-MPAN-03"
  case mpan04 = "R-MPAN-04"
  case mpan05 = "R-MPAN-05"

  case met01 = "R-MET-01"
  case met02 = "R-MET-02"
  case met03 = "R-MET-03"
  case met04 = "R-MET-04"
  case met05 = "R-MET-05"
  case met06 = "R-MET-06"

  case tar01 = "R-TAR-01"
  case tar02 = "R-TAR-02"
  case tar03 = "R-TAR-03"
  case tar04 = "R-TAR-04"
  case tar05 = "R-TAR-05"
  case tar06 = "R-TAR-06"
  case tar07 = "R-TAR-07"
  case tar08 = "R-TAR-08"
  case tar09 = "R-TAR-09"
  case tar10 = "R-TAR-10"
  case tar11 = "R-TAR-11"
  case tar12 = "R-TAR-12"
  case tar13 = "R-TAR-13"
  case tar14 = "R-TAR-14"
  case tar15 = "R-TAR-15"
  case tar16 = "R-TAR-16"
  case tar17 = "R-TAR-17"

  case rate01 = "R-RATE-01"
  case rate02 = "R-RATE-02"
  case rate03 = "R-RATE-03"
  case rate04 = "R-RATE-04"
  case rate05 = "R-RATE-05"
  case rate06 = "R-RATE-06"

  case read01 = "R-READ-01"
  case read02 = "R-READ-02"
  case read03 = "R-READ-03"
  case read04 = "R-READ-04"
  case read05 = "R-READ-05"
  case read06 = "R-READ-06"
  case read07 = "R-READ-07"
  case read08 = "R-READ-08"
  case read09 = "R-READ-09"
  case read10 = "R-READ-10"
  case read11 = "R-READ-11"
  case read12 = "R-READ-12"
  case read13 = "R-READ-13"
  case read14 = "R-READ-14"

  case val01 = "R-VAL-01"
  case val02 = "R-VAL-02"
  case val03 = "R-VAL-03"
  case val04 = "R-VAL-04"
  case val05 = "R-VAL-05"
  case val06 = "R-VAL-06"
  case val07 = "R-VAL-07"
  case val08 = "R-VAL-08"
  case val09 = "R-VAL-09"
  case val10 = "R-VAL-10"
  case val11 = "R-VAL-11"
  case val12 = "R-VAL-12"
  case val13 = "R-VAL-13"

  case est01 = "R-EST-01"
  case est02 = "R-EST-02"
  case est03 = "R-EST-03"
  case est04 = "R-EST-04"
  case est05 = "R-EST-05"
  case est06 = "R-EST-06"

  case sp01 = "R-SP-01"
  case sp02 = "R-SP-02"
  case sp03 = "R-SP-03"
  case sp04 = "R-SP-04"
  case sp05 = "R-SP-05"

  case unit01 = "R-UNIT-01"
  case unit02 = "R-UNIT-02"
  case unit03 = "R-UNIT-03"
  case unit04 = "R-UNIT-04"

  case whld01 = "R-WHLD-01"
  case whld02 = "R-WHLD-02"
  case whld03 = "R-WHLD-03"
  case whld04 = "R-WHLD-04"
  case whld05 = "R-WHLD-05"

  case fault01 = "R-FAULT-01"
  case fault02 = "R-FAULT-02"
  case fault03 = "R-FAULT-03"
  case fault04 = "R-FAULT-04"
  case fault05 = "R-FAULT-05"

  case back01 = "R-BACK-01"
  case back02 = "R-BACK-02"
  case back03 = "R-BACK-03"
  case back04 = "R-BACK-04"
  case back05 = "R-BACK-05"

  case acc01 = "R-ACC-01"
  case acc02 = "R-ACC-02"
  case acc03 = "R-ACC-03"
  case acc04 = "R-ACC-04"

  case pay01 = "R-PAY-01"
  case pay02 = "R-PAY-02"
  case pay03 = "R-PAY-03"
  case pay04 = "R-PAY-04"
  case pay05 = "R-PAY-05"
  case pay06 = "R-PAY-06"
  case pay07 = "R-PAY-07"
  case pay08 = "R-PAY-08"
  case pay09 = "R-PAY-09"
  case pay10 = "R-PAY-10"
  case pay11 = "R-PAY-11"

  case vat01 = "R-VAT-01"
  case vat02 = "R-VAT-02"
  case vat03 = "R-VAT-03"

  case swi01 = "R-SWI-01"
  case swi02 = "R-SWI-02"
  case swi03 = "R-SWI-03"
  case swi04 = "R-SWI-04"
  case swi05 = "R-SWI-05"
  case swi06 = "R-SWI-06"
  case swi07 = "R-SWI-07"
  case swi08 = "R-SWI-08"

  case chg01 = "R-CHG-01"
  case chg02 = "R-CHG-02"
  case chg03 = "R-CHG-03"
  case chg04 = "R-CHG-04"
  case chg05 = "R-CHG-05"
  case chg06 = "R-CHG-06"
  case chg07 = "R-CHG-07"
  case chg08 = "R-CHG-08"
  case chg09 = "R-CHG-09"

  case term01 = "R-TERM-01"
  case term02 = "R-TERM-02"
  case term03 = "R-TERM-03"
  case term04 = "R-TERM-04"

  case dsp01 = "R-DSP-01"
  case dsp02 = "R-DSP-02"
  case dsp03 = "R-DSP-03"
  case dsp04 = "R-DSP-04"

  case lia01 = "R-LIA-01"
  case lia02 = "R-LIA-02"
  case lia03 = "R-LIA-03"

  case law01 = "R-LAW-01"

  case data01 = "R-DATA-01"
  case data02 = "R-DATA-02"
  case data03 = "R-DATA-03"
  case data04 = "R-DATA-04"

  /// What a rule says, and where it comes from.
  struct Entry {
    /// One sentence.
    var meaning: String
    /// Document and clause; "our assumption" where there is none.
    var source: String

    init(_ meaning: String, _ source: String) { (self.meaning, self.source) = (meaning, source) }
  }

  /// One sentence.
  public var meaning: String { Self.table[self]?.meaning ?? "" }
  /// Document and clause; "our assumption" where there is none.
  public var source: String { Self.table[self]?.source ?? "" }

  private static let table = [entry, prices, measuring, holding, paying, living].reduce(into: [Rule: Entry]())
  {
    $0.merge($1) { first, _ in first }
  }
}
