// What enrolment in the DCC is to a SMETS1 meter itself: its operator's keys are replaced, so that from then
// on it answers to the DCC's service provider and to nobody else, and it is told to keep half-hours where it
// waits for that (public accounts of the enrolment and adoption programme; the event is that of a SMETS2
// meter, and that the log begins then is our assumption).

extension Meter {
  /// Takes the DCC's keys, and notes it.
  public func enrol() {
    note(.credentialsUpdated, at: ownReading)
    startLogging()
  }
}
