// What the codes of flow files mean. A code is an API: never renamed, never reused. These are files that are
// not taken at all; what is odd and taken all the same is a note (`ImportNote`),
// or a decision with a FLOW_ code.

extension Diagnostic {
  /// Each code of flow files, with one sentence.
  public static let flowMeanings: [String: String] = [
    "BS-FLOW-01": "There is no header: the file begins with ZHV.",
    "BS-FLOW-02": "A flow that is not read here: D0010, D0036 and D0379 are.",
    "BS-FLOW-03": "A field that is always needed is not there.",
    "BS-FLOW-04":
      "A record stands where it cannot: a reading without its meter, a half-hour without its day.",
    "BS-FLOW-05": "An MPAN that is none.",
    "BS-FLOW-06": "A date or time that cannot be read, or that no London clock showed.",
    "BS-FLOW-07": "A value that is no number of kWh, or is finer than 1 Wh.",
    "BS-FLOW-08": "A word that is not one of those that belong here.",
    "BS-FLOW-09": "The file is torn: it has no ZPT at its end, or goes on after it, or holds two files.",
    "BS-FLOW-10": "It cannot be said whether a register counts import or export.",
    "BS-FLOW-11": "JSON of half-hours that cannot be read.",
    "BS-FLOW-12": "Nothing in the files is of the supply that is settled.",
  ]
}
