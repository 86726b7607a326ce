package io.signalbox.deploy;

@OnOtherJava
class KillOnOtherJavaIT extends KillIT {}
