package io.signalbox.deploy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The processes of the tests of this class run on the machine's other JDK ({@code -Dother.java=<its
 * home>}); without one the class is left out. The classes of one JVM run one after the other.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnOtherJava.Switch.class)
@interface OnOtherJava {

  /** Turns to the other JDK before the class, and back after it. */
  final class Switch implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return JavaUnderTest.other().isPresent()
          ? ConditionEvaluationResult.enabled("there is another JDK")
          : ConditionEvaluationResult.disabled("-Dother.java names no other JDK");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
      JavaUnderTest.useOther(true);
    }

    @Override
    public void afterAll(ExtensionContext context) {
      JavaUnderTest.useOther(false);
    }
  }
}
