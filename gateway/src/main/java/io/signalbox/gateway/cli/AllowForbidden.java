package io.signalbox.gateway.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A use of an API that is forbidden otherwise. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@interface AllowForbidden {

  /** Why here. */
  String value();
}
