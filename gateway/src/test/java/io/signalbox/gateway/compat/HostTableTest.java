package io.signalbox.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTableTest {
  private final HostTable<String> table = new HostTable<>();

  @BeforeEach
  void fill() {
    table.put("api.twilio.com", "twilio");
    table.put("api.{edge}.{region}.twilio.com", "edge");
    table.put("api.sendgrid.com", "sendgrid");
  }

  @ParameterizedTest
  @CsvSource({
    "api.twilio.com, twilio",
    "API.Twilio.com, twilio",
    "api.twilio.com., twilio",
    "api.dublin.ie1.twilio.com, edge",
    "api.DUBLIN.ie1.twilio.com, edge",
    "api.sendgrid.com, sendgrid"
  })
  void findsAHostHoweverItIsWritten(String host, String expected) {
    assertThat(table.get(host)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "twilio.com",
        "api.ie1.twilio.com",
        "api..ie1.twilio.com",
        "a.api.dublin.ie1.twilio.com",
        "api.twilio.com.evil.example",
        "127.0.0.1",
        "[::1]"
      })
  void findsNoOther(String host) {
    assertThat(table.get(host)).isNull();
  }

  @Test
  void aHostStandsForOneThing() {
    assertThatThrownBy(() -> table.put("API.twilio.com", "other"))
        .hasMessage("API.twilio.com stands for two");
  }

  @Test
  void noTwoDialectsHaveAHost() {
    Set<String> hosts = new HashSet<>();
    Dialects.all()
        .forEach(
            dialect ->
                assertThat(dialect.hosts()).as(dialect.name()).isNotEmpty().allMatch(hosts::add));
  }
}
