package io.signalbox.deploy;

@OnOtherJava
class StopOnOtherJavaIT extends StopIT {}
