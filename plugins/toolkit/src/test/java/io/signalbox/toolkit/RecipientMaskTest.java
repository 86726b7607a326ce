package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Recipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipientMaskTest {
  @ParameterizedTest
  @CsvSource({
    "alex@example.com is not valid, (recipient) is not valid",
    "Alex@Example.COM is not valid, (recipient) is not valid",
    "a.b@example.com is not valid, a.b@example.com is not valid",
    "<alex@example.com> or alex@example.com, <(recipient)> or (recipient)",
    "alexQexample.com is somebody else, alexQexample.com is somebody else"
  })
  void blotsOutMailAddresses(String text, String shown) {
    assertThat(RecipientMask.masked(text, new Recipient.Email("alex@example.com")))
        .isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "The 'To' number +15558675310 is not valid, The 'To' number (recipient) is not valid",
    "The 'To' number 15558675310 is not valid, The 'To' number (recipient) is not valid",
    "0015558675310 is not valid, 00(recipient) is not valid",
    "please wait [ 1000 ], please wait [ 1000 ]"
  })
  void blotsOutNumbersWithAndWithoutPlus(String text, String shown) {
    assertThat(RecipientMask.masked(text, new Recipient.Phone("+15558675310"))).isEqualTo(shown);
    assertThat(RecipientMask.masked(text, new Recipient.Phone("15558675310"))).isEqualTo(shown);
  }

  @Test
  void blotsOutChatsButNoPartsOfOtherNumbers() {
    assertThat(RecipientMask.masked("chat 42 of 1421", new Recipient.TelegramChat(42)))
        .isEqualTo("chat (recipient) of 1421");
    assertThat(RecipientMask.masked("chat -10042, gone", new Recipient.TelegramChat(-10042)))
        .isEqualTo("chat (recipient), gone");
  }

  @Test
  void leavesAloneWhatHoldsNothing() {
    assertThat(RecipientMask.masked(null, new Recipient.Email("alex@example.com"))).isNull();
    assertThat(RecipientMask.masked("no", new Recipient.Email(""))).isEqualTo("no");
    assertThat(RecipientMask.masked("1+1", new Recipient.Phone("+"))).isEqualTo("1+1");
  }
}
