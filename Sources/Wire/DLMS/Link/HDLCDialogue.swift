// The dialogue of a data link as one table: IEC 62056-46:2002, 6.4.4 (ISO/IEC 13239, unbalanced operation,
// normal response mode). The state is the link's, seen alike from both ends; a row says who may send which
// frame in it, what state follows, and how a secondary answers. A frame without a row is a protocol error
// that names state, sender and frame.

/// States, senders and the table that joins them.
public enum HDLCDialogue {
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// NDM, normal disconnected mode.
    case disconnected
    /// SNRM was sent and not yet answered.
    case connecting
    /// NRM, normal response mode.
    case connected
    /// The secondary has rejected a frame: only SNRM and DISC help.
    case rejecting
    /// DISC was sent and not yet answered.
    case disconnecting
  }

  public enum Sender: String, Hashable, Sendable, CaseIterable {
    /// The client, which alone may begin: commands.
    case primary
    /// The meter: responses.
    case secondary
  }

  /// What a secondary says to a command.
  public enum Answer: Hashable, Sendable {
    /// The row is a response, or a command that is not answered.
    case nothing
    case acknowledge
    case disconnectedMode
    case reject
    /// What the numbers say: information, RR, or nothing without a poll.
    case transfer
  }

  struct Row {
    let state: State
    let sender: Sender
    let kinds: [HDLCControl.Kind]
    let next: State
    let answer: Answer

    init(
      _ state: State, _ sender: Sender, _ kinds: HDLCControl.Kind..., next: State, _ answer: Answer = .nothing
    ) {
      (self.state, self.sender, self.kinds, self.next, self.answer) = (state, sender, kinds, next, answer)
    }
  }

  static let table: [Row] = [
    Row(.disconnected, .primary, .snrm, next: .connecting, .acknowledge),
    Row(.disconnected, .primary, .disc, next: .disconnecting, .disconnectedMode),
    // Whoever speaks on after the inactivity time-out is told so.
    Row(.disconnected, .primary, .i, .rr, .rnr, .undefined, next: .disconnected, .disconnectedMode),
    Row(.disconnected, .primary, .ui, next: .disconnected),
    Row(.disconnected, .secondary, .dm, .ui, next: .disconnected),

    Row(.connecting, .primary, .snrm, next: .connecting, .acknowledge),
    Row(.connecting, .primary, .disc, next: .disconnecting, .disconnectedMode),
    Row(.connecting, .secondary, .ua, next: .connected),
    Row(.connecting, .secondary, .dm, next: .disconnected),
    // Late answers to what was asked before SNRM.
    Row(.connecting, .secondary, .i, .rr, .rnr, .frmr, .ui, next: .connecting),

    Row(.connected, .primary, .snrm, next: .connecting, .acknowledge),
    Row(.connected, .primary, .disc, next: .disconnecting, .acknowledge),
    Row(.connected, .primary, .i, .rr, .rnr, .ui, next: .connected, .transfer),
    Row(.connected, .primary, .undefined, next: .rejecting, .reject),
    Row(.connected, .secondary, .i, .rr, .rnr, .ui, next: .connected),
    // The answer to an SNRM that had to be repeated.
    Row(.connected, .secondary, .ua, next: .connected),
    Row(.connected, .secondary, .dm, next: .disconnected),
    Row(.connected, .secondary, .frmr, next: .rejecting),

    Row(.rejecting, .primary, .snrm, next: .connecting, .acknowledge),
    Row(.rejecting, .primary, .disc, next: .disconnecting, .acknowledge),
    Row(.rejecting, .primary, .i, .rr, .rnr, .undefined, next: .rejecting, .reject),
    Row(.rejecting, .primary, .ui, next: .rejecting),
    Row(.rejecting, .secondary, .frmr, .ui, next: .rejecting),
    Row(.rejecting, .secondary, .dm, next: .disconnected),

    Row(.disconnecting, .primary, .disc, next: .disconnecting, .disconnectedMode),
    Row(.disconnecting, .primary, .snrm, next: .connecting, .acknowledge),
    Row(.disconnecting, .secondary, .ua, .dm, next: .disconnected),
    Row(.disconnecting, .secondary, .i, .rr, .rnr, .frmr, .ui, next: .disconnecting),
  ]

  /// The state after a frame, and a secondary's answer to it.
  public static func after(
    _ kind: HDLCControl.Kind, from sender: Sender, in state: State
  ) throws(HDLCFault) -> (next: State, answer: Answer) {
    guard let row = rows(of: kind, from: sender, in: state).first else {
      throw .outOfPlace(state, sender, kind)
    }
    return (row.next, row.answer)
  }

  static func rows(of kind: HDLCControl.Kind, from sender: Sender, in state: State) -> [Row] {
    table.filter { $0.state == state && $0.sender == sender && $0.kinds.contains(kind) }
  }
}
