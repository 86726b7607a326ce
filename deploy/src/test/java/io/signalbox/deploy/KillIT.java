package io.signalbox.deploy;

/** On the embedded ledger. */
class KillIT extends BaseKillTest {
  KillIT() {
    super(5_000, 3);
  }
}
