// All tests that run a live server: one suite, one after another, because signals belong to the whole
// process.

import Testing

@Suite(.serialized, .timeLimit(.minutes(2))) struct LiveServerTests {}
