// What libmodbus 3.1.6 (Debian 12) said to damaged answers to "two registers from 72 of unit 1", fed to it
// through a pseudo-terminal (RTU) and a socket (TCP, first transaction): its values, or its error number, and
// how many bytes it left unread. Our reader must say the same to the same bytes.

enum LibmodbusVerdicts {
  static let rtu = """
    | answer sent | function | count | bytes | verdict | left |
    | good | 4 | 2 | 010404deadbeef6061 | OK dead beef | 0 |
    | bad CRC | 4 | 2 | 010404deadbeef6021 | EMBBADCRC | 0 |
    | CRC bytes swapped | 4 | 2 | 010404deadbeef6160 | EMBBADCRC | 0 |
    | one data bit flipped | 4 | 2 | 010404deacbeef6061 | EMBBADCRC | 0 |
    | wrong unit | 4 | 2 | 020404deadbeef5361 | EMBBADSLAVE | 0 |
    | wrong unit and CRC | 4 | 2 | 020404deadbeef0000 | EMBBADSLAVE | 0 |
    | unit 0 | 4 | 2 | 000404deadbeef70a1 | EMBBADSLAVE | 0 |
    | unit 0 and CRC | 4 | 2 | 000404deadbeef0000 | EMBBADCRC | 0 |
    | wrong function | 4 | 2 | 010304deadbeef61d6 | EMBBADDATA | 0 |
    | byte count 2 | 4 | 2 | 010402dead212d | EMBBADDATA | 0 |
    | byte count 6 | 4 | 2 | 010406deadbeef0000ca28 | EMBBADDATA | 0 |
    | byte count 5 | 4 | 2 | 010405deadbeef0060f9 | EMBBADDATA | 0 |
    | byte count 3 | 4 | 2 | 010403deadbe6c94 | EMBBADDATA | 0 |
    | byte count 0 | 4 | 2 | 01040022c0 | EMBBADDATA | 0 |
    | byte count 251 | 4 | 2 | 0104fbdeadbeef7475 | ETIMEDOUT | 0 |
    | byte count 252 | 4 | 2 | 0104fcdeadbeefc1b5 | EMBBADDATA | 6 |
    | byte count 255 of function 3 | 4 | 2 | 0103ffdeadbeef8402 | EMBBADDATA | 6 |
    | truncated | 4 | 2 | 010404deadbe | ETIMEDOUT | 0 |
    | unit alone | 4 | 2 | 01 | ETIMEDOUT | 0 |
    | unit and function | 4 | 2 | 0104 | ETIMEDOUT | 0 |
    | noise 00 before | 4 | 2 | 00010404deadbeef6061 | EMBBADCRC | 1 |
    | noise 01 before | 4 | 2 | 01010404deadbeef6061 | EMBBADCRC | 1 |
    | noise FF after | 4 | 2 | 010404deadbeef6061ff | OK dead beef | 1 |
    | two frames | 4 | 2 | 010404deadbeef6061010404deadbeef6061 | OK dead beef | 9 |
    | own request echoed | 4 | 2 | 010400480002f1dd010404deadbeef6061 | EMBBADCRC | 12 |
    | another unit first | 4 | 2 | 020404deadbeef5361010404deadbeef6061 | EMBBADSLAVE | 9 |
    | exception 0 | 4 | 2 | 0184004300 | EXC 0 | 0 |
    | exception 1 | 4 | 2 | 01840182c0 | EXC 1 | 0 |
    | exception 2 | 4 | 2 | 018402c2c1 | EXC 2 | 0 |
    | exception 3 | 4 | 2 | 0184030301 | EXC 3 | 0 |
    | exception 4 | 4 | 2 | 01840442c3 | EXC 4 | 0 |
    | exception 5 | 4 | 2 | 0184058303 | EXC 5 | 0 |
    | exception 6 | 4 | 2 | 018406c302 | EXC 6 | 0 |
    | exception 10 | 4 | 2 | 01840ac307 | EXC 10 | 0 |
    | exception 11 | 4 | 2 | 01840b02c7 | EXC 11 | 0 |
    | exception 12 | 4 | 2 | 01840c4305 | EMBBADEXC | 0 |
    | exception 99 | 4 | 2 | 0184630329 | EMBBADEXC | 0 |
    | exception 255 | 4 | 2 | 0184ff0340 | EMBBADEXC | 0 |
    | exception of function 3 | 4 | 2 | 018302c0f1 | EMBBADEXC | 0 |
    | exception bad CRC | 4 | 2 | 0184020000 | EMBBADCRC | 0 |
    | exception of another unit | 4 | 2 | 07840222c0 | EMBBADSLAVE | 0 |
    | function 0x80 | 4 | 2 | 018002c001 | EMBBADEXC | 0 |
    | function 0 | 4 | 2 | 010004deadbeef61e5 | EMBBADDATA | 0 |
    | function 6 | 4 | 2 | 010600480002881d | EMBBADDATA | 0 |
    | function 22 | 4 | 2 | 01160048000200017608 | EMBBADDATA | 0 |
    | function 23 | 4 | 2 | 011704deadbeef62c2 | EMBBADDATA | 0 |
    | function 17 | 4 | 2 | 011104deadbeef62a4 | EMBBADDATA | 0 |
    | function 43 | 4 | 2 | 012b04deadbeef67fe | EMBBADCRC | 4 |
    | nothing | 4 | 2 | _ | ETIMEDOUT | 0 |
    | holding | 3 | 2 | 010304deadbeef61d6 | OK dead beef | 0 |
    | one register | 4 | 1 | 01040201023961 | OK 0102 | 0 |
    """

  static let tcp = """
    | answer sent | function | count | bytes | verdict | left |
    | good | 4 | 2 | 000100000007010404deadbeef | OK dead beef | 0 |
    | wrong transaction | 4 | 2 | 000200000007010404deadbeef | EMBBADDATA | 0 |
    | transaction 256 | 4 | 2 | 010000000007010404deadbeef | EMBBADDATA | 0 |
    | protocol 1 | 4 | 2 | 000100010007010404deadbeef | OK dead beef | 0 |
    | protocol 256 | 4 | 2 | 000101000007010404deadbeef | OK dead beef | 0 |
    | protocol 257 | 4 | 2 | 000101010007010404deadbeef | EMBBADDATA | 0 |
    | wrong unit | 4 | 2 | 000100000007090404deadbeef | OK dead beef | 0 |
    | wrong function | 4 | 2 | 000100000007010304deadbeef | EMBBADDATA | 0 |
    | byte count 2 | 4 | 2 | 000100000005010402dead | EMBBADDATA | 0 |
    | byte count 4 with 6 bytes | 4 | 2 | 000100000009010404deadbeef0000 | OK dead beef | 2 |
    | byte count 6 with 4 bytes | 4 | 2 | 000100000007010406deadbeef | ETIMEDOUT | 0 |
    | length 2 too big | 4 | 2 | 000100000009010404deadbeef | OK dead beef | 0 |
    | length 2 too small | 4 | 2 | 000100000005010404deadbeef | OK dead beef | 0 |
    | truncated | 4 | 2 | 000100000007010404de | ETIMEDOUT | 0 |
    | exception 2 | 4 | 2 | 000100000003018402 | EXC 2 | 0 |
    | exception 11 | 4 | 2 | 00010000000301840b | EXC 11 | 0 |
    | exception 99 | 4 | 2 | 000100000003018463 | EMBBADEXC | 0 |
    | exception of function 3 | 4 | 2 | 000100000003018302 | EMBBADEXC | 0 |
    | exception, wrong transaction | 4 | 2 | 000500000003018402 | EMBBADDATA | 0 |
    | nothing | 4 | 2 | _ | ETIMEDOUT | 0 |
    | header alone | 4 | 2 | 00010000000701 | ETIMEDOUT | 0 |
    | stale answer first | 4 | 2 | 00000000000701040411112222000100000007010404deadbeef | EMBBADDATA | 13 |
    | byte count 252 | 4 | 2 | 0001000000070104fcdeadbeef | EMBBADDATA | 4 |
    | byte count 251 | 4 | 2 | 0001000000070104fbdeadbeef | ETIMEDOUT | 0 |
    | byte count 252, wrong transaction | 4 | 2 | 0003000000070104fcdeadbeef | EMBBADDATA | 4 |
    | two answers | 4 | 2 | 000100000007010404deadbeef0002000000070104040000ffff | OK dead beef | 13 |
    | function 6 | 4 | 2 | 000100000006010600480002 | EMBBADDATA | 0 |
    | holding | 3 | 2 | 000100000007010304deadbeef | OK dead beef | 0 |
    """
}
