package io.signalbox.gateway.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NotificationJsonTest {
  private final NotificationJson codec = new NotificationJson();

  @Test
  void whatIsWrittenIsReadAgain() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 2_000; i++) {
      SendNotification any = any(random);
      assertThat(codec.read(codec.write(any), any.tenant(), 0)).as("seed " + seed).isEqualTo(any);
    }
  }

  @Test
  void equalNotificationsHaveEqualBytesWhateverTheOrderOfTheirMaps() {
    List<String> names = List.of("order", "b", "a", "customer", "\u00e4");
    List<String> reversed = new ArrayList<>(names);
    Collections.reverse(reversed);
    SendNotification one = ordered(names);
    SendNotification other = ordered(reversed);

    assertThat(one.metadata().keySet()).containsExactlyElementsOf(names);
    assertThat(other.tags().keySet()).containsExactlyElementsOf(reversed);
    assertThat(one).isEqualTo(other);
    assertThat(codec.write(one)).isEqualTo(codec.write(other));
  }

  @Test
  void refusesMetadataThatJsonCannotHold() {
    SendNotification odd = with(Map.of("thread", Thread.currentThread()), Map.of(), plain());
    assertThatThrownBy(() -> codec.write(odd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Thread");
  }

  @Test
  void refusesStoredContentThatIsNone() {
    assertThatThrownBy(() -> codec.read(Buffer.buffer("{}"), "default", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SendNotification any(SplittableRandom random) {
    Channel channel = Channel.ofCode(random.nextInt(4));
    List<Recipient> recipients = new ArrayList<>();
    recipients.add(new Recipient.Email("a" + random.nextInt(100) + "@example.com"));
    recipients.add(new Recipient.Phone("+1555867" + (1000 + random.nextInt(9000))));
    recipients.add(new Recipient.TelegramChat(1 + random.nextLong(1L << 50)));
    return new SendNotification(
        "tenant-" + random.nextInt(3),
        "type \"" + random.nextInt() + "\" \u00fc \ud83d\ude80",
        channel,
        recipients,
        new Content(
            random.nextBoolean() ? "title" : null,
            "line one\nline two \u2028",
            channel == Channel.EMAIL && random.nextBoolean() ? "<p>\u00e9</p>" : null),
        Priority.ofLevel(1 + random.nextInt(4)),
        channel == Channel.SMS ? List.of(Channel.EMAIL, Channel.TELEGRAM) : List.of(),
        random.nextBoolean() ? Instant.ofEpochMilli(random.nextLong(1L << 41) + 1000) : null,
        random.nextBoolean() ? Instant.ofEpochMilli(random.nextLong(1L << 41) + 1000) : null,
        random.nextBoolean() ? Duration.ofSeconds(1 + random.nextInt(1000)) : null,
        random.nextBoolean()
            ? List.of(OnUnknown.FAILOVER, OnUnknown.WAIT, OnUnknown.STOP).get(random.nextInt(3))
            : null,
        random.nextBoolean() ? "sendgrid-eu" : null,
        random.nextBoolean() ? "otp" : null,
        random.nextBoolean() ? 1 + random.nextInt(999) : null,
        random.nextBoolean() ? "de" : null,
        random.nextBoolean()
            ? Map.of("order", random.nextInt(), "nested", Map.of("list", List.of("a", true, 1.5)))
            : Map.of(),
        random.nextBoolean() ? Map.of("campaign", "spring") : Map.of(),
        random.nextBoolean(),
        null,
        channel == Channel.EMAIL ? mail(random) : null);
  }

  private static MailAddress answers(String address, @Nullable String name) {
    return new MailAddress(address, name);
  }

  private static @Nullable MailOptions mail(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> new MailOptions("orders@example.com", "Orders \u00fc \ud83d\ude80", List.of());
      case 1 ->
          new MailOptions(
              null,
              "Orders",
              List.of(answers("a@example.com", "A, \"\u00fc\""), answers("b@example.com", null)));
      case 2 ->
          new MailOptions("orders@example.com", null, List.of(answers("help@example.com", null)));
      default -> null;
    };
  }

  private static SendNotification ordered(List<String> names) {
    Map<String, Object> inner = new LinkedHashMap<>();
    Map<String, Object> metadata = new LinkedHashMap<>();
    Map<String, String> tags = new LinkedHashMap<>();
    for (String name : names) {
      inner.put(name, name.length());
      tags.put(name, "tag of " + name);
    }
    // Every value holds all names, in the order of this notification.
    names.forEach(name -> metadata.put(name, List.of(Map.copyOf(inner), new JsonObject(inner))));
    return with(metadata, tags, plain());
  }

  private static SendNotification plain() {
    return SendNotification.of(
        "t", Channel.EMAIL, new Recipient.Email("a@example.com"), new Content(null, "m", null));
  }

  private static SendNotification with(
      Map<String, Object> metadata, Map<String, String> tags, SendNotification n) {
    return new SendNotification(
        n.tenant(),
        n.type(),
        n.channel(),
        n.recipients(),
        n.content(),
        n.priority(),
        n.fallbackChannels(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        metadata,
        tags,
        false,
        null);
  }
}
