import Testing

@testable import Wire

@Suite("What HDLC agrees, and its dialogue table")
struct HDLCAgreementTests {
  @Test("values that are absent have their defaults")
  func absent() throws {
    #expect(try HDLCParameters(decoding: []) == HDLCParameters())
    #expect(try HDLCParameters(decoding: hexBytes("818000")) == HDLCParameters())
    #expect(
      try HDLCParameters(decoding: hexBytes("81800306" + "01" + "40")) == HDLCParameters(receiveBytes: 64))
  }

  @Test("lengths are read from one byte and from two, windows from one and from four")
  func widths() throws {
    // 3 + 4 + 3 + 6 bytes of values.
    let read = try HDLCParameters(decoding: hexBytes("8180100501FF060207EE070103080400000007"))
    #expect(
      read == HDLCParameters(transmitBytes: 255, receiveBytes: 2030, transmitWindow: 3, receiveWindow: 7))
  }

  @Test(
    "a group that does not fit its lengths, or values no link can have, are refused",
    arguments: [
      "81", "8180", "80800306014 0", "818004060140", "818002060140", "8180020601", "81800406050140FF",
      "818003050100", "81800405020FFF", "818003070100", "818003070108", "8180030500",
    ])
  func malformed(text: String) {
    #expect(throws: HDLCFault.parameters) {
      try HDLCParameters(decoding: hexBytes(text.filter { $0 != " " }))
    }
  }

  @Test("an unknown identifier is passed over")
  func unknown() throws {
    #expect(
      try HDLCParameters(decoding: hexBytes("818006090155050140")) == HDLCParameters(transmitBytes: 64))
  }

  @Test("every agreement comes back as it was sent", arguments: [1, 127, 128, 255, 256, 2030])
  func roundTrip(bytes: Int) throws {
    for window in 1...7 {
      let sent = HDLCParameters(
        transmitBytes: bytes, receiveBytes: 2031 - bytes, transmitWindow: window, receiveWindow: 8 - window)
      #expect(try HDLCParameters(decoding: sent.encoded) == sent)
    }
  }

  @Test("what is in force is never more than either end can, seen crosswise")
  func agreement() {
    let meter = HDLCParameters(transmitBytes: 256, receiveBytes: 128, transmitWindow: 3, receiveWindow: 1)
    let asked = HDLCParameters(transmitBytes: 512, receiveBytes: 200, transmitWindow: 2, receiveWindow: 7)
    // The meter sends at most 200 (what the client takes) and 3 at once; it takes 128 and 1.
    #expect(
      meter.agreed(with: asked)
        == HDLCParameters(transmitBytes: 200, receiveBytes: 128, transmitWindow: 3, receiveWindow: 1))
  }

  @Test("the information of a frame reject comes back as it was sent, bit by bit")
  func frameReject() {
    for reasons in UInt8(0)...15 {
      for (send, receive, isResponse) in [(0, 7, true), (7, 0, false), (5, 2, true)] as [(UInt8, UInt8, Bool)]
      {
        let reject = HDLCFrameReject(
          control: 0x9F, send: send, receive: receive, isResponse: isResponse,
          reasons: .init(rawValue: reasons))
        #expect(HDLCFrameReject(decoding: reject.encoded) == reject)
      }
    }
    // ISO/IEC 13239, 5.5.3.3: control field; 0, V(S), C/R, V(R); W, X, Y, Z from the lowest bit on.
    #expect(
      HDLCFrameReject(control: 0x3C, send: 1, receive: 3, reasons: [.informationTooLong]).encoded == [
        0x3C, 0x62, 0x04,
      ])
    #expect(HDLCFrameReject(decoding: [0, 1, 0]) == nil)
    #expect(HDLCFrameReject(decoding: [0, 0]) == nil)
    #expect(HDLCFrameReject(decoding: [0, 0, 0x10]) == nil)
  }

  // MARK: The table

  @Test("no state has two rows for one frame")
  func unambiguous() throws {
    for state in HDLCDialogue.State.allCases {
      for sender in HDLCDialogue.Sender.allCases {
        for kind in HDLCControl.Kind.allCases {
          #expect(
            HDLCDialogue.rows(of: kind, from: sender, in: state).count <= 1, "\(state) \(sender) \(kind)")
        }
      }
    }
  }

  @Test("a frame without a row is an error that names state, sender and frame")
  func absentRow() {
    #expect(throws: HDLCFault.outOfPlace(.connected, .secondary, .snrm)) {
      try HDLCDialogue.after(.snrm, from: .secondary, in: .connected)
    }
    let fault = HDLCFault.outOfPlace(.connected, .secondary, .snrm)
    #expect(fault.description == "SNRM from the secondary while the link is connected")
  }

  /// IEC 62056-46:2002, 6.4.4: what a secondary says in each mode.
  @Test(
    "a secondary answers as the standard's modes have it",
    arguments: [
      ("disconnected", "SNRM", "acknowledge"), ("disconnected", "DISC", "disconnectedMode"),
      ("disconnected", "I", "disconnectedMode"), ("disconnected", "RR", "disconnectedMode"),
      ("disconnected", "UI", "nothing"), ("connected", "SNRM", "acknowledge"),
      ("connected", "DISC", "acknowledge"), ("connected", "I", "transfer"), ("connected", "RR", "transfer"),
      ("connected", "undefined", "reject"), ("rejecting", "I", "reject"), ("rejecting", "RR", "reject"),
      ("rejecting", "SNRM", "acknowledge"), ("rejecting", "DISC", "acknowledge"),
    ])
  func answers(state: String, kind: String, answer: String) throws {
    let row = try HDLCDialogue.after(
      try #require(HDLCControl.Kind(rawValue: kind)), from: .primary,
      in: try #require(HDLCDialogue.State(rawValue: state)))
    #expect("\(row.answer)" == answer)
  }
}
