package io.signalbox.gateway.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private final Questions questions = new Questions(2);

  @Test
  void hasNoRoomForOneProviderAloneUntilThatIsAsked() {
    assertThat(questions.add(subject("slow", 1))).isTrue();
    assertThat(questions.hasRoom("slow")).isTrue();
    assertThat(questions.add(subject("slow", 2))).isTrue();

    assertThat(questions.hasRoom("slow")).isFalse();
    assertThat(questions.add(subject("slow", 3))).isFalse();
    assertThat(questions.hasRoom("other")).isTrue();
    assertThat(questions.add(subject("other", 4))).isTrue();

    assertThat(questions.next("slow")).isEqualTo(subject("slow", 1));
    assertThat(questions.hasRoom("slow")).isTrue();
  }

  @Test
  void asksOneQuestionOfAProviderAtATime() {
    questions.add(subject("slow", 1));
    questions.add(subject("slow", 2));

    assertThat(questions.next("slow")).isEqualTo(subject("slow", 1));
    assertThat(questions.next("slow")).isNull();
    questions.answered("slow");
    assertThat(questions.next("slow")).isEqualTo(subject("slow", 2));
  }

  private static LookupSubject subject(String provider, long key) {
    return new LookupSubject(
        new AttemptId(new NotificationId(key, 7), 1),
        provider,
        Channel.EMAIL,
        new Recipient.Email("a@example.com"),
        null,
        1);
  }
}
