package io.signalbox.deploy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The gateways of the tests of this class keep what they have in a PostgreSQL and a Redis. The
 * classes of one JVM run one after the other.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnServers.Switch.class)
@interface OnServers {

  /** Turns to the servers before the class, and back after it. */
  final class Switch implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      TestStore.useServers(true);
    }

    @Override
    public void afterAll(ExtensionContext context) {
      TestStore.useServers(false);
    }
  }
}
