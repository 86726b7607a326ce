package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReceiptStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of providers says what the plugins' own descriptors say. */
class ProviderTableTest {
  private static final Path README = Path.of("..", "README.md");
  private static final String BEGIN =
      "<!-- providers: written by ProviderTableTest with -Dsignalbox.docs.update=true -->\n";
  private static final String END = "<!-- end of providers -->\n";

  @Test
  void theReadmeShowsWhatTheDescriptorsSay() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(begin)
        .as("the README has the mark %s", BEGIN)
        .isGreaterThanOrEqualTo(BEGIN.length());
    assertThat(end).as("the README has the mark %s", END).isGreaterThanOrEqualTo(begin);
    String expected = table();
    if (Boolean.getBoolean("signalbox.docs.update")) {
      Files.writeString(README, readme.substring(0, begin) + expected + readme.substring(end));
    } else {
      assertThat(readme.substring(begin, end)).isEqualTo(expected);
    }
  }

  private static String table() {
    String rows =
        ServiceLoader.load(ProviderFactory.class).stream()
            .map(factory -> factory.get().descriptor())
            .sorted(Comparator.comparing(PluginDescriptor::name))
            .map(ProviderTableTest::row)
            .collect(Collectors.joining());
    assertThat(rows).isNotEmpty();
    return """
        | provider | channels | webhook events | how webhooks are authenticated | status look-up | idempotent send |
        | --- | --- | --- | --- | --- | --- |
        """
        + rows;
  }

  private static String row(PluginDescriptor plugin) {
    String page = "[" + plugin.name() + "](providers/" + plugin.name() + "/README.md)";
    String channels =
        plugin.channels().stream()
            .sorted()
            .map(Channel::wireName)
            .collect(Collectors.joining(", "));
    return Stream.of(
            page + ": " + plugin.displayName(),
            channels,
            events(plugin),
            plugin.webhookSignature().isEmpty() ? "none" : plugin.webhookSignature(),
            plugin.statusLookup() ? "yes" : "no",
            plugin.idempotentSend() ? "yes" : "no")
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String events(PluginDescriptor plugin) {
    if (plugin.webhookSignature().isEmpty() || !plugin.webhookEvents().isEmpty()) {
      return statuses(plugin.webhookEvents());
    }
    return plugin.channels().contains(Channel.BOOKING)
        ? "changes of bookings"
        : "codes at rented numbers";
  }

  private static String statuses(Set<ReceiptStatus> statuses) {
    return statuses.isEmpty()
        ? "none"
        : statuses.stream()
            .filter(status -> status != ReceiptStatus.UNKNOWN)
            .sorted(Comparator.comparingInt(ReceiptStatus::code))
            .map(ReceiptStatus::wireName)
            .collect(Collectors.joining(", "));
  }
}
