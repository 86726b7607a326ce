package io.signalbox.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PluginStackTest {
  private static final StackTraceElement PLUGIN =
      new StackTraceElement("plugin acme 1", null, null, "acme.Mail", "deliver", "Mail.java", 12);

  @Test
  void whoWaitsForClassesIsAtWork() {
    assertThat(makesReady(frame("io.netty.handler.ssl.JdkSslContext", "<clinit>"))).isTrue();
    assertThat(makesReady(frame("java.lang.ClassLoader", "defineClass1"))).isTrue();
    assertThat(makesReady(frame("jdk.internal.loader.BuiltinClassLoader", "loadClass"))).isTrue();
  }

  @Test
  void whoWaitsForAnythingElseBlocks() {
    assertThat(makesReady(frame("java.lang.Object", "wait"))).isFalse();
    assertThat(makesReady(frame("java.net.Socket", "connect"))).isFalse();
    assertThat(PluginStack.makesClassesReady(new StackTraceElement[] {PLUGIN})).isFalse();
  }

  private static boolean makesReady(StackTraceElement inner) {
    return PluginStack.makesClassesReady(
        new StackTraceElement[] {frame("java.lang.Thread", "yield"), inner, PLUGIN});
  }

  private static StackTraceElement frame(String type, String method) {
    return new StackTraceElement(type, method, null, 1);
  }
}
