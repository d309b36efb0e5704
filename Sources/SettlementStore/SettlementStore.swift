// The durable form of settlement: append-only, idempotent intake in SQLite, statements, replay.

internal import GRDB
internal import Settlement
internal import Units
