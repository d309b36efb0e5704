-- A settlement store as version 1 wrote it: one agreement with facts of each kind, nothing settled yet. The policy
-- is kept with a few of its values only, as an older program would have kept it. Written once; never edited.
PRAGMA foreign_keys = OFF;
PRAGMA application_id = 1112765300;
BEGIN TRANSACTION;
CREATE TABLE agreement_versions (
  agreement INTEGER NOT NULL REFERENCES agreements,
  version INTEGER NOT NULL CHECK (version >= 1),
  policy INTEGER NOT NULL REFERENCES snapshots,
  calendar INTEGER REFERENCES snapshots,
  body TEXT NOT NULL,
  PRIMARY KEY (agreement, version)) STRICT, WITHOUT ROWID;
INSERT INTO "agreement_versions" VALUES(1,1,1,2,'{"export-mpan":"9900000000015","facts":{},"generator-is-occupier":"yes","half-hourly-consent":"yes","import-mpan":"9900000000060","import-rate":"24.5 p/kWh","import-supplier":"Other Energy","installation":{"capacity":"3.95 kW","storage":"no","technology":"solar-pv"},"licensee":"made","meters":[{"half-hourly":"yes","keeps-remote":"yes","kind":"SMETS2","phases":"1","registers":{"export":{"modulus":"1000000 kWh","resolution":"0.001 kWh"},"import":{"modulus":"1000000 kWh","resolution":"0.001 kWh"}},"remote":"yes","serial":"S2","uses":["export"]}],"payable-from":"2026-03-27T00:00Z","start":"2026-03-27T00:00Z","tariffs":["0c35b028632fefd30211493209f4735dea57b39125b7909598308a7267fb73c9"]}');
CREATE TABLE agreements (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO "agreements" VALUES(1,'made 9900000000015');
CREATE TABLE decisions (
  agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
  at INTEGER NOT NULL, rule TEXT NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,
  subject TEXT NOT NULL, text TEXT NOT NULL, reads TEXT NOT NULL,
  PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED) STRICT, WITHOUT ROWID;
CREATE TABLE entries (
  agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
  book TEXT NOT NULL CHECK (book IN ('energy', 'account')), at INTEGER NOT NULL, kind TEXT NOT NULL,
  "from" TEXT NOT NULL, "to" TEXT NOT NULL CHECK ("to" <> "from"),
  nanopence INTEGER NOT NULL CHECK (nanopence > 0), reason TEXT, statement INTEGER,
  PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (agreement, statement) REFERENCES statements) STRICT, WITHOUT ROWID;
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
INSERT INTO "events" VALUES(1,X'68A02AFA830AF0544735F2FD22E9A21CDDC09AEE95A2408CE1C6DFB182A33F16',1,1774677600000000,1774677600000000,1774677600000000,'import-supplier-changed','{"supplier":{"text":"Elsewhere"}}',90);
CREATE TABLE files (
  number INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  numbers TEXT NOT NULL CHECK (numbers IN ('lines', 'entries'))) STRICT;
INSERT INTO "files" VALUES(1,X'039058C6F2C0CB492C533B0A4D14EF77CC0F78ABCCCED5287D84A1A2011CFB81','kept.csv',3,'lines');
CREATE TABLE lines (
  agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
  statement INTEGER NOT NULL, kind TEXT NOT NULL, basis TEXT NOT NULL,
  "from" INTEGER NOT NULL, "to" INTEGER NOT NULL, energy INTEGER, half_hours INTEGER NOT NULL,
  rate INTEGER, tariff TEXT NOT NULL, exact TEXT NOT NULL, amount INTEGER NOT NULL,
  reason TEXT NOT NULL, rule TEXT NOT NULL, reads TEXT NOT NULL, vat INTEGER NOT NULL, flags TEXT NOT NULL,
  PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (agreement, statement) REFERENCES statements) STRICT, WITHOUT ROWID;
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
INSERT INTO "logs" VALUES(1,X'FF289A8F3611AD83B9A4DEE79C3B4FF0D1A3AB0DC0EA06C914AB36BE979AD236',1,1774656000000000,1774656000000000,'S2','export','end',1,0,48,X'013080C8E79ED3FDA6060180C8CEB40D2F0000000000000000000000000000D603D603D603D603D603D603D603D603D603D603D603D603D603D603D603D603D603D603D603D603000000000000000000000000000000140201001B',X'1401022F',0);
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
INSERT INTO "reads" VALUES(1,X'1E5CD536FBECAC220D3F9EFE2E486F0D38864B2E02A3A0DC1692E73E01EE1501',1,1774828800000000,1774828800000000,1774828800000000,'S2','export',514100,1,'remote',NULL,NULL,NULL,NULL,NULL,5);
INSERT INTO "reads" VALUES(1,X'498020C98CDB49EE89C7432F87F43AC5F428684C61F33AE16A5C776222E7B17E',1,1774656000000000,1774656000000000,1774656000000000,'S2','export',504700,1,'remote',NULL,NULL,NULL,NULL,NULL,3);
INSERT INTO "reads" VALUES(1,X'4A328401F1BDCD75F2548F57FD414AC17E01B24375707DC832C178ECE6E1E9B4',1,1774742400000000,1774742400000000,1774742400000000,'S2','export',509400,1,'customer',NULL,'S2','export',509400,'app',4);
INSERT INTO "reads" VALUES(1,X'9F992E5CAA7E9CAE33C2D39A0AA048A0739FC7B111833FCA14E723B6648793CD',1,1774915200000000,1774915200000000,1774915200000000,'S2','export',518800,1,'remote',NULL,NULL,NULL,NULL,NULL,6);
INSERT INTO "reads" VALUES(1,X'A89F3A88ED4402229112752984FDABFE71F58C7DFFE8643986975F7B6B60218D',1,1774569600000000,1774569600000000,1774569600000000,'S2','export',500000,1,'remote',NULL,NULL,NULL,NULL,NULL,2);
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
CREATE TABLE schedule (
  agreement INTEGER NOT NULL REFERENCES agreements,
  at INTEGER NOT NULL,
  PRIMARY KEY (agreement, at)) STRICT, WITHOUT ROWID;
INSERT INTO "schedule" VALUES(1,1774742400000000);
INSERT INTO "schedule" VALUES(1,1774915200000000);
CREATE TABLE schema_version (version INTEGER PRIMARY KEY CHECK (version >= 1)) STRICT;
INSERT INTO "schema_version" VALUES(1);
CREATE TABLE snapshots (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('policy', 'calendar', 'tariff')),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  body TEXT NOT NULL,
  UNIQUE (kind, digest)) STRICT;
INSERT INTO "snapshots" VALUES(1,'policy',X'4524ecc86c77276670eb306ea1017dfdfd04ce11468d2e39ffa45c5d251c6aba','{"name":"made","status":"synthetic","terms":{},"title":"made","values":{"accept-logged-half-hours":{"is":"no","ours":"half-hours come from the meter''s own log"},"estimates":{"is":"never","ours":"metered only"},"half-hourly-meter":{"is":"required","ours":"the scheme asks for meters that can do half-hours"},"payable-basis":{"is":["registers","half-hours"],"ours":"two valid registers suffice for a flat rate"},"payment-due":{"is":"60 calendar days","ours":"the longest term any licensee names in calendar days"},"reading.fuse":{"is":"23 kW","ours":"100 A at 230 V"},"reading.request-days":{"is":"14","ours":"the day on which one licensee may stop payment for want of a reading; none fixes more"},"rounding":{"is":"half-up","ours":"no source fixes it"},"validation.night-limit":{"is":"0.01 kWh","ours":"inverters and meters creep a little"}}}');
INSERT INTO "snapshots" VALUES(2,'calendar',X'74F1C0D530188F08A21EE690FA4D79AA5A8989D18DF018A27B0D1B324223C700','{"first":"2024-10-04","holidays":["2024-10-09"],"last":"2026-12-13"}');
INSERT INTO "snapshots" VALUES(3,'tariff',X'0C35B028632FEFD30211493209F4735DEA57B39125B7909598308A7267FB73C9','{"from":"2026-03-27T00:00Z","name":"flat","seg":"yes","shape":{"flat":"4.1 p/kWh"}}');
CREATE TABLE statements (
  agreement INTEGER NOT NULL, ordinal INTEGER NOT NULL CHECK (ordinal >= 1), run INTEGER NOT NULL,
  licensee TEXT NOT NULL, mpan TEXT NOT NULL, "from" INTEGER NOT NULL, "to" INTEGER NOT NULL,
  exact TEXT NOT NULL, net INTEGER NOT NULL, vat INTEGER NOT NULL,
  carried_in INTEGER NOT NULL CHECK (carried_in <= 0), carried_out INTEGER NOT NULL CHECK (carried_out <= 0),
  payable INTEGER NOT NULL CHECK (payable >= 0),
  status TEXT NOT NULL, flags TEXT NOT NULL, payer TEXT NOT NULL, due TEXT,
  PRIMARY KEY (agreement, ordinal), FOREIGN KEY (agreement, run) REFERENCES runs DEFERRABLE INITIALLY DEFERRED) STRICT, WITHOUT ROWID;
CREATE TRIGGER schema_version_no_update BEFORE UPDATE ON schema_version
BEGIN SELECT RAISE(ABORT, 'schema_version are append-only'); END;
CREATE TRIGGER schema_version_no_delete BEFORE DELETE ON schema_version
BEGIN SELECT RAISE(ABORT, 'schema_version are append-only'); END;
CREATE TRIGGER snapshots_no_update BEFORE UPDATE ON snapshots
BEGIN SELECT RAISE(ABORT, 'snapshots are append-only'); END;
CREATE TRIGGER snapshots_no_delete BEFORE DELETE ON snapshots
BEGIN SELECT RAISE(ABORT, 'snapshots are append-only'); END;
CREATE TRIGGER files_no_update BEFORE UPDATE ON files
BEGIN SELECT RAISE(ABORT, 'files are append-only'); END;
CREATE TRIGGER files_no_delete BEFORE DELETE ON files
BEGIN SELECT RAISE(ABORT, 'files are append-only'); END;
CREATE TRIGGER agreements_no_update BEFORE UPDATE ON agreements
BEGIN SELECT RAISE(ABORT, 'agreements are append-only'); END;
CREATE TRIGGER agreements_no_delete BEFORE DELETE ON agreements
BEGIN SELECT RAISE(ABORT, 'agreements are append-only'); END;
CREATE TRIGGER agreement_versions_no_update BEFORE UPDATE ON agreement_versions
BEGIN SELECT RAISE(ABORT, 'agreement_versions are append-only'); END;
CREATE TRIGGER agreement_versions_no_delete BEFORE DELETE ON agreement_versions
BEGIN SELECT RAISE(ABORT, 'agreement_versions are append-only'); END;
CREATE TRIGGER schedule_no_update BEFORE UPDATE ON schedule
BEGIN SELECT RAISE(ABORT, 'schedule are append-only'); END;
CREATE TRIGGER schedule_no_delete BEFORE DELETE ON schedule
BEGIN SELECT RAISE(ABORT, 'schedule are append-only'); END;
CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs
BEGIN SELECT RAISE(ABORT, 'runs are append-only'); END;
CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs
BEGIN SELECT RAISE(ABORT, 'runs are append-only'); END;
CREATE TRIGGER reads_no_update BEFORE UPDATE ON reads
BEGIN SELECT RAISE(ABORT, 'reads are append-only'); END;
CREATE TRIGGER reads_no_delete BEFORE DELETE ON reads
BEGIN SELECT RAISE(ABORT, 'reads are append-only'); END;
CREATE TRIGGER logs_no_update BEFORE UPDATE ON logs
BEGIN SELECT RAISE(ABORT, 'logs are append-only'); END;
CREATE TRIGGER logs_no_delete BEFORE DELETE ON logs
BEGIN SELECT RAISE(ABORT, 'logs are append-only'); END;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements
BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END;
CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements
BEGIN SELECT RAISE(ABORT, 'statements are append-only'); END;
CREATE TRIGGER lines_no_update BEFORE UPDATE ON lines
BEGIN SELECT RAISE(ABORT, 'lines are append-only'); END;
CREATE TRIGGER lines_no_delete BEFORE DELETE ON lines
BEGIN SELECT RAISE(ABORT, 'lines are append-only'); END;
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER notifications_no_update BEFORE UPDATE ON notifications
BEGIN SELECT RAISE(ABORT, 'notifications are append-only'); END;
CREATE TRIGGER notifications_no_delete BEFORE DELETE ON notifications
BEGIN SELECT RAISE(ABORT, 'notifications are append-only'); END;
CREATE TRIGGER obligations_no_update BEFORE UPDATE ON obligations
BEGIN SELECT RAISE(ABORT, 'obligations are append-only'); END;
CREATE TRIGGER obligations_no_delete BEFORE DELETE ON obligations
BEGIN SELECT RAISE(ABORT, 'obligations are append-only'); END;
CREATE TRIGGER payments_no_update BEFORE UPDATE ON payments
BEGIN SELECT RAISE(ABORT, 'payments are append-only'); END;
CREATE TRIGGER payments_no_delete BEFORE DELETE ON payments
BEGIN SELECT RAISE(ABORT, 'payments are append-only'); END;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER statements_in_order BEFORE INSERT ON statements
WHEN NEW.ordinal <> (SELECT ifnull(max(ordinal), 0) + 1 FROM statements WHERE agreement = NEW.agreement)
BEGIN SELECT RAISE(ABORT, 'statements are appended in order'); END;
CREATE TRIGGER lines_in_order BEFORE INSERT ON lines
WHEN NEW.ordinal <> (SELECT ifnull(max(ordinal), 0) + 1 FROM lines WHERE agreement = NEW.agreement)
BEGIN SELECT RAISE(ABORT, 'lines are appended in order'); END;
CREATE TRIGGER decisions_in_order BEFORE INSERT ON decisions
WHEN NEW.ordinal <> (SELECT ifnull(max(ordinal), 0) + 1 FROM decisions WHERE agreement = NEW.agreement)
BEGIN SELECT RAISE(ABORT, 'decisions are appended in order'); END;
CREATE TRIGGER notifications_in_order BEFORE INSERT ON notifications
WHEN NEW.ordinal <> (SELECT ifnull(max(ordinal), 0) + 1 FROM notifications WHERE agreement = NEW.agreement)
BEGIN SELECT RAISE(ABORT, 'notifications are appended in order'); END;
CREATE TRIGGER obligations_in_order BEFORE INSERT ON obligations
WHEN NEW.ordinal <> (SELECT ifnull(max(ordinal), 0) + 1 FROM obligations WHERE agreement = NEW.agreement)
BEGIN SELECT RAISE(ABORT, 'obligations are appended in order'); END;
CREATE TRIGGER payments_in_order BEFORE INSERT ON payments
WHEN NEW.ordinal <> (SELECT ifnull(max(ordinal), 0) + 1 FROM payments WHERE agreement = NEW.agreement)
BEGIN SELECT RAISE(ABORT, 'payments are appended in order'); END;
CREATE TRIGGER entries_in_order BEFORE INSERT ON entries
WHEN NEW.ordinal <> (SELECT ifnull(max(ordinal), 0) + 1 FROM entries WHERE agreement = NEW.agreement)
BEGIN SELECT RAISE(ABORT, 'entries are appended in order'); END;
CREATE TRIGGER reads_not_known_before BEFORE INSERT ON reads
WHEN EXISTS (SELECT 1 FROM runs WHERE agreement = NEW.agreement AND at >= NEW.known)
  AND NOT EXISTS (SELECT 1 FROM reads WHERE agreement = NEW.agreement AND key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'known to a settlement that was done without it'); END;
CREATE TRIGGER logs_not_known_before BEFORE INSERT ON logs
WHEN EXISTS (SELECT 1 FROM runs WHERE agreement = NEW.agreement AND at >= NEW.known)
  AND NOT EXISTS (SELECT 1 FROM logs WHERE agreement = NEW.agreement AND key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'known to a settlement that was done without it'); END;
CREATE TRIGGER events_not_known_before BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM runs WHERE agreement = NEW.agreement AND at >= NEW.known)
  AND NOT EXISTS (SELECT 1 FROM events WHERE agreement = NEW.agreement AND key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'known to a settlement that was done without it'); END;
CREATE TRIGGER runs_in_order BEFORE INSERT ON runs
WHEN EXISTS (SELECT 1 FROM runs WHERE agreement = NEW.agreement AND at >= NEW.at)
BEGIN SELECT RAISE(ABORT, 'a settlement before one that is done'); END;
COMMIT;
