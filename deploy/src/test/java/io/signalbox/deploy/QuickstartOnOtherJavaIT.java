package io.signalbox.deploy;

@OnOtherJava
class QuickstartOnOtherJavaIT extends QuickstartIT {}
