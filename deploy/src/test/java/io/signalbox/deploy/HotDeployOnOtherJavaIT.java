package io.signalbox.deploy;

@OnOtherJava
class HotDeployOnOtherJavaIT extends HotDeployIT {}
