/** The audit log as those use it who do something: what is asked, and how it ended. */
@NullMarked
package io.signalbox.gateway.audit;

import org.jspecify.annotations.NullMarked;
