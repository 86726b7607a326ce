package io.signalbox.deploy;

@OnOtherJava
class CallbackOnOtherJavaIT extends CallbackIT {}
