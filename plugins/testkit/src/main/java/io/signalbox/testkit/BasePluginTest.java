package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.StatusLookup;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all kits share, whatever the wire: a Vert.x, a clock, the laws of factory and settings. */
public abstract class BasePluginTest {
  /** Where the manual clock stands at the start of each test. */
  protected static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

  /** Stands at {@link #NOW}. */
  protected final ManualClock clock = new ManualClock(NOW);

  private final Vertx vertx = Vertx.vertx();
  private final List<HostedProvider> hosted = new ArrayList<>();

  /** The plugin under test. */
  protected abstract ProviderFactory factory();

  /** A good configuration with every key that must be there, pointing to the kit's server. */
  abstract JsonObject goodConfig();

  /** The keys without which the configuration is refused. */
  protected abstract List<String> requiredKeys();

  /** How many connections the kit's server has accepted so far. */
  abstract int connections();

  /** Closed after the test, with all that was started on it. */
  final Vertx vertx() {
    return vertx;
  }

  /** A provider against the kit's server. */
  protected final HostedProvider provider() {
    return provider(goodConfig());
  }

  /** A provider of that configuration; closed after the test. */
  protected final HostedProvider provider(JsonObject config) {
    HostedProvider made = HostedProvider.create(vertx, factory(), config, clock);
    hosted.add(made);
    return made;
  }

  /** The text of a resource of the test, such as {@code /api/error_400.json}. */
  protected final String resource(String path) {
    try (InputStream in = getClass().getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  final void resetClock() {
    clock.set(NOW);
  }

  @AfterEach
  final void release() {
    hosted.forEach(HostedProvider::close);
    HostedProvider.await(vertx.close().map("closed"));
  }

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(ProviderFactory.class).stream().map(ServiceLoader.Provider::type))
        .contains(factory().getClass());
  }

  @Test
  void describesItselfTheSameEachTime() {
    assertThat(factory().descriptor()).isEqualTo(factory().descriptor());
  }

  @Test
  void canBeAskedForStatusesIfItSaysSo() {
    assertThat(provider().provider() instanceof StatusLookup)
        .isEqualTo(factory().descriptor().statusLookup());
  }

  @Test
  void opensNoConnectionWhenItIsMade() {
    HostedProvider made = provider();

    assertThat(made.provider()).isNotNull();
    assertThat(connections()).isZero();
  }

  @Test
  void reportsEveryMistakeOfTheConfigurationAtOnce() {
    JsonObject bad = goodConfig().copy().put("no_such_key", "x");
    requiredKeys().forEach(bad::remove);

    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> provider(bad));

    List<String> expected = new ArrayList<>(List.of("config.no_such_key"));
    requiredKeys().forEach(key -> expected.add("config." + key));
    assertThat(refused).as("the configuration is refused").isNotNull();
    assertThat(refused.problems())
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
