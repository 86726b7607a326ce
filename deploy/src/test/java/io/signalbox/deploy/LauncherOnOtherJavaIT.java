package io.signalbox.deploy;

@OnOtherJava
class LauncherOnOtherJavaIT extends LauncherIT {}
