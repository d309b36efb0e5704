// Version 1. What came in: snapshots, files, agreements, reads, logs, events. What was made of it: runs,
// decisions, statements, lines, notifications, obligations, payments, entries. Instants are whole
// microseconds since 1970, energies Wh, rates 1e-6 p/kWh, `exact` is pence as decimal text, `reads` are
// numbers of facts ("3-50,52"). Obligations and payments are lists that each run states afresh: the newest
// row of a place holds, and `runs` says how many places there are.
// An entry takes from one account what it gives to another, so entries balance whatever they are.
//
// `known` is when the settlement party knew a fact: when it was received, or a microsecond after the
// last settlement if it was taken in after that.

extension Schema {
  static let first = """
    PRAGMA application_id = 1112765300;

    CREATE TABLE schema_version (version INTEGER PRIMARY KEY CHECK (version >= 1)) STRICT;

    CREATE TABLE snapshots (
      number INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('policy', 'calendar', 'tariff')),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      body TEXT NOT NULL,
      UNIQUE (kind, digest)) STRICT;

    CREATE TABLE files (
      number INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
      name TEXT NOT NULL,
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      numbers TEXT NOT NULL CHECK (numbers IN ('lines', 'entries'))) STRICT;

    CREATE TABLE agreements (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

    CREATE TABLE agreement_versions (
      agreement INTEGER NOT NULL REFERENCES agreements,
      version INTEGER NOT NULL CHECK (version >= 1),
      policy INTEGER NOT NULL REFERENCES snapshots,
      calendar INTEGER REFERENCES snapshots,
      body TEXT NOT NULL,
      PRIMARY KEY (agreement, version)) STRICT, WITHOUT ROWID;

    CREATE TABLE schedule (
      agreement INTEGER NOT NULL REFERENCES agreements,
      at INTEGER NOT NULL,
      PRIMARY KEY (agreement, at)) STRICT, WITHOUT ROWID;

    CREATE TABLE reads (
      agreement INTEGER NOT NULL REFERENCES agreements,
      key BLOB NOT NULL CHECK (length(key) = 32),
      file INTEGER REFERENCES files,
      known INTEGER NOT NULL,
      received INTEGER NOT NULL,
      at INTEGER NOT NULL,
      serial TEXT NOT NULL,
      register TEXT NOT NULL,
      value INTEGER NOT NULL,
      resolution INTEGER NOT NULL,
      source TEXT NOT NULL,
      meter_clock INTEGER,
      photo_serial TEXT,
      photo_register TEXT,
      photo_value INTEGER,
      channel TEXT,
      cause INTEGER NOT NULL,
      PRIMARY KEY (agreement, key)) STRICT, WITHOUT ROWID;

    CREATE TABLE logs (
      agreement INTEGER NOT NULL REFERENCES agreements,
      key BLOB NOT NULL CHECK (length(key) = 32),
      file INTEGER REFERENCES files,
      known INTEGER NOT NULL,
      received INTEGER NOT NULL,
      serial TEXT NOT NULL,
      register TEXT NOT NULL,
      convention TEXT NOT NULL,
      resolution INTEGER NOT NULL,
      derived INTEGER NOT NULL CHECK (derived IN (0, 1)),
      count INTEGER NOT NULL CHECK (count >= 0),
      entries BLOB NOT NULL,
      causes BLOB NOT NULL,
      cause INTEGER NOT NULL,
      PRIMARY KEY (agreement, key)) STRICT, WITHOUT ROWID;

    CREATE TABLE events (
      agreement INTEGER NOT NULL REFERENCES agreements,
      key BLOB NOT NULL CHECK (length(key) = 32),
      file INTEGER REFERENCES files,
      known INTEGER NOT NULL,
      received INTEGER NOT NULL,
      at INTEGER NOT NULL,
      name TEXT NOT NULL,
      facts TEXT NOT NULL,
      cause INTEGER NOT NULL,
      PRIMARY KEY (agreement, key)) STRICT, WITHOUT ROWID;

    CREATE TABLE runs (
      agreement INTEGER NOT NULL REFERENCES agreements,
      at INTEGER NOT NULL,
      version INTEGER NOT NULL,
      facts INTEGER NOT NULL CHECK (facts >= 0),
      known BLOB NOT NULL CHECK (length(known) = 32),
      schema INTEGER NOT NULL,
      settles INTEGER NOT NULL CHECK (settles IN (0, 1)),
      obligations INTEGER NOT NULL CHECK (obligations >= 0),
      payments INTEGER NOT NULL CHECK (payments >= 0),
      unpriced INTEGER NOT NULL,
      PRIMARY KEY (agreement, at),
      FOREIGN KEY (agreement, version) REFERENCES agreement_versions) STRICT, WITHOUT ROWID;

    CREATE TABLE statements (
      agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
      licensee TEXT NOT NULL, mpan TEXT NOT NULL, "from" INTEGER NOT NULL, "to" INTEGER NOT NULL,
      exact TEXT NOT NULL, net INTEGER NOT NULL, vat INTEGER NOT NULL,
      carried_in INTEGER NOT NULL CHECK (carried_in <= 0), carried_out INTEGER NOT NULL CHECK (carried_out <= 0),
      payable INTEGER NOT NULL CHECK (payable >= 0),
      status TEXT NOT NULL, flags TEXT NOT NULL, payer TEXT NOT NULL, due TEXT,
      PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED) STRICT, WITHOUT ROWID;

    CREATE TABLE lines (
      agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
      statement INTEGER NOT NULL, kind TEXT NOT NULL, basis TEXT NOT NULL,
      "from" INTEGER NOT NULL, "to" INTEGER NOT NULL, energy INTEGER, half_hours INTEGER NOT NULL,
      rate INTEGER, tariff TEXT NOT NULL, exact TEXT NOT NULL, amount INTEGER NOT NULL,
      reason TEXT NOT NULL, rule TEXT NOT NULL, reads TEXT NOT NULL, vat INTEGER NOT NULL, flags TEXT NOT NULL,
      PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (agreement, statement) REFERENCES statements) STRICT, WITHOUT ROWID;

    CREATE TABLE decisions (
      agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
      at INTEGER NOT NULL, rule TEXT NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,
      subject TEXT NOT NULL, text TEXT NOT NULL, reads TEXT NOT NULL,
      PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED) STRICT, WITHOUT ROWID;

    CREATE TABLE notifications (
      agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
      at INTEGER NOT NULL, "to" TEXT NOT NULL, code TEXT NOT NULL, rule TEXT NOT NULL,
      subject TEXT NOT NULL, text TEXT NOT NULL, reads TEXT NOT NULL,
      PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED) STRICT, WITHOUT ROWID;

    CREATE TABLE obligations (
      agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
      place INTEGER NOT NULL, what TEXT NOT NULL, who TEXT NOT NULL, rule TEXT NOT NULL, subject TEXT NOT NULL,
      since INTEGER NOT NULL, "by" TEXT, state TEXT NOT NULL, met INTEGER, text TEXT NOT NULL,
      PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED) STRICT, WITHOUT ROWID;

    CREATE TABLE payments (
      agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
      place INTEGER NOT NULL, at INTEGER NOT NULL, due TEXT, amount INTEGER NOT NULL, method TEXT NOT NULL, payer TEXT NOT NULL,
      statements TEXT NOT NULL, state TEXT NOT NULL, paid INTEGER, reason TEXT NOT NULL,
      PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED
      ) STRICT, WITHOUT ROWID;

    CREATE TABLE entries (
      agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
      book TEXT NOT NULL CHECK (book IN ('energy', 'account')), at INTEGER NOT NULL, kind TEXT NOT NULL,
      "from" TEXT NOT NULL, "to" TEXT NOT NULL CHECK ("to" <> "from"),
      nanopence INTEGER NOT NULL CHECK (nanopence > 0), reason TEXT, statement INTEGER,
      PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED,
      FOREIGN KEY (agreement, statement) REFERENCES statements) STRICT, WITHOUT ROWID;

    """
}
