package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddresseeTest {

  @Test
  void aMailAddressIsTheSameInEveryCase() {
    assertThat(Addressee.of("t", Channel.EMAIL, new Recipient.Email("Alex@Example.COM")))
        .isEqualTo(new Addressee("t", Channel.EMAIL, "alex@example.com"));
  }

  @Test
  void aNumberIsAnotherRecipientOnAnotherChannel() {
    Recipient phone = new Recipient.Phone("+15558675310");
    assertThat(Addressee.of("t", Channel.SMS, phone))
        .isNotEqualTo(Addressee.of("t", Channel.WHATSAPP, phone));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          SMS,      +15558675310,          SMS,      +15558675310
          SMS,      447700900000,          SMS,      +447700900000
          BOTH,     +15558675310,          SMS,      +15558675310
          BOTH,     whatsapp:+15558675310, WHATSAPP, +15558675310
          WHATSAPP, 15558675310,           WHATSAPP, +15558675310
          EMAIL,    Alex@Example.com,      EMAIL,    alex@example.com
          TELEGRAM, -100123,               TELEGRAM, -100123
          TELEGRAM, 15558675310,           TELEGRAM, 15558675310
          """)
  void whatAProviderNamesIsRead(String carried, String text, Channel channel, String address) {
    assertThat(Addressee.named("t", channels(carried), text))
        .contains(new Addressee("t", channel, address));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          SMS,      alex@example.com
          SMS,      whatsapp:+15558675310
          EMAIL,    +15558675310
          EMAIL,    not an address
          EMAIL,    @example.com
          TELEGRAM, @channel
          SMS,      12345
          SMS,      ''
          SMS,
          """)
  void whatIsNoAddressOfTheProvidersChannelsIsNobody(String carried, String text) {
    assertThat(Addressee.named("t", channels(carried), text)).isEmpty();
  }

  @Test
  void nobodyIsMeantWhereTheChannelsAreNotKnown() {
    assertThat(Addressee.named("t", Set.of(), "+15558675310")).isEqualTo(Optional.empty());
  }

  @Test
  void theTextHoldsNoAddress() {
    assertThat(new Addressee("t", Channel.SMS, "+15558675310").toString()).doesNotContain("555");
  }

  private static Set<Channel> channels(String carried) {
    return carried.equals("BOTH")
        ? Set.of(Channel.SMS, Channel.WHATSAPP)
        : Set.of(Channel.valueOf(carried));
  }
}
