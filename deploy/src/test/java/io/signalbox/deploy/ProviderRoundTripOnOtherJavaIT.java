package io.signalbox.deploy;

@OnOtherJava
class ProviderRoundTripOnOtherJavaIT extends ProviderRoundTripIT {}
