package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What the kits of providers over HTTP share: a server, and the law of its URL. */
public abstract class BaseProviderTest extends BasePluginTest {
  private final FakeProviderServer server = FakeProviderServer.start(vertx());

  /** A good configuration with every key that must be there, pointing to the given base URL. */
  protected abstract JsonObject config(String baseUrl);

  /** The stand-in for the remote API. */
  protected final FakeProviderServer server() {
    return server;
  }

  @Override
  final JsonObject goodConfig() {
    return config(server.url());
  }

  @Override
  final int connections() {
    return server.connections();
  }

  @Test
  void refusesABaseUrlThatIsNone() {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> provider(config("ftp://nowhere")));

    assertThat(refused).as("the configuration is refused").isNotNull();
    assertThat(refused.problems()).hasSize(1);
  }
}
