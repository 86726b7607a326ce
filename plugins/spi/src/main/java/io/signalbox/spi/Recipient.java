package io.signalbox.spi;

/** To whom a message goes: one record for each kind of address. */
public sealed interface Recipient {

  /**
   * {@return the address as text, for requests to providers} Personal data: never write it to a
   * log.
   */
  String address();

  /**
   * A mail address.
   *
   * @param address for example {@code alex@example.com}
   */
  record Email(String address) implements Recipient {
    @Override
    public String toString() {
      return "Email[masked]";
    }
  }

  /**
   * A telephone number, for SMS and WhatsApp.
   *
   * @param address in E.164 form with its plus sign, for example {@code +15558675310}
   */
  record Phone(String address) implements Recipient {
    /** {@return the digits alone, as Vonage and WhatsApp want them} */
    public String digits() {
      return address.startsWith("+") ? address.substring(1) : address;
    }

    @Override
    public String toString() {
      return "Phone[masked]";
    }
  }

  /**
   * A Telegram chat.
   *
   * @param chatId the number of the chat; negative for groups
   */
  record TelegramChat(long chatId) implements Recipient {
    @Override
    public String address() {
      return Long.toString(chatId);
    }

    @Override
    public String toString() {
      return "TelegramChat[masked]";
    }
  }
}
