package io.signalbox.deploy;

/** One kill, of fewer notifications: what is to be seen is that the other JDK does the same. */
@OnOtherJava
class KillOnOtherJavaIT extends BaseKillTest {
  KillOnOtherJavaIT() {
    super(2_000, 1);
  }
}
