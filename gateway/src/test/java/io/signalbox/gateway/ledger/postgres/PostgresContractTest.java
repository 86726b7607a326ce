package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.BaseApiKeyTest;
import io.signalbox.gateway.ledger.BaseAuditChainTest;
import io.signalbox.gateway.ledger.BaseAuditTest;
import io.signalbox.gateway.ledger.BaseBookingInboxTest;
import io.signalbox.gateway.ledger.BaseCallLedgerTest;
import io.signalbox.gateway.ledger.BaseCallbackEndpointTest;
import io.signalbox.gateway.ledger.BaseCallbackFailureTest;
import io.signalbox.gateway.ledger.BaseCallbackFormTest;
import io.signalbox.gateway.ledger.BaseCallbackQueueTest;
import io.signalbox.gateway.ledger.BaseCallbackRedeliveryTest;
import io.signalbox.gateway.ledger.BaseCancelTest;
import io.signalbox.gateway.ledger.BaseClaimTest;
import io.signalbox.gateway.ledger.BaseConfirmationTest;
import io.signalbox.gateway.ledger.BaseDegradationTest;
import io.signalbox.gateway.ledger.BaseDeliveryTest;
import io.signalbox.gateway.ledger.BaseDrillTest;
import io.signalbox.gateway.ledger.BaseDueTest;
import io.signalbox.gateway.ledger.BaseErasureOrderTest;
import io.signalbox.gateway.ledger.BaseErasureTest;
import io.signalbox.gateway.ledger.BaseEventsTest;
import io.signalbox.gateway.ledger.BaseLedgerTest;
import io.signalbox.gateway.ledger.BaseOfferTest;
import io.signalbox.gateway.ledger.BaseOperationListTest;
import io.signalbox.gateway.ledger.BaseOperationTest;
import io.signalbox.gateway.ledger.BaseQuotaTest;
import io.signalbox.gateway.ledger.BaseRandomWorkTest;
import io.signalbox.gateway.ledger.BaseReceiptTest;
import io.signalbox.gateway.ledger.BaseReportsTest;
import io.signalbox.gateway.ledger.BaseRequestKeyTest;
import io.signalbox.gateway.ledger.BaseRestoreTest;
import io.signalbox.gateway.ledger.BaseRetentionTest;
import io.signalbox.gateway.ledger.BaseSealTest;
import io.signalbox.gateway.ledger.BaseStalledTest;
import io.signalbox.gateway.ledger.BaseSuppressionListTest;
import io.signalbox.gateway.ledger.BaseSuppressionTest;
import io.signalbox.gateway.ledger.BaseTemplateTest;
import io.signalbox.gateway.ledger.BaseUnfinishedTest;
import io.signalbox.gateway.ledger.BaseWebhookInboxTest;
import io.signalbox.gateway.ledger.TestEngine;
import org.junit.jupiter.api.Nested;

/** The ledger in PostgreSQL keeps the contract. */
class PostgresContractTest {

  @Nested
  class ApiKeyContract extends BaseApiKeyTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class BookingInboxContract extends BaseBookingInboxTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class TemplateContract extends BaseTemplateTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class OperationContract extends BaseOperationTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class QuotaContract extends BaseQuotaTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class OperationListContract extends BaseOperationListTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class ClaimContract extends BaseClaimTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class OfferContract extends BaseOfferTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class RequestKeyContract extends BaseRequestKeyTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class ErasureOrderContract extends BaseErasureOrderTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class ErasureContract extends BaseErasureTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class SealContract extends BaseSealTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class CallbackEndpointContract extends BaseCallbackEndpointTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class CallbackFailureContract extends BaseCallbackFailureTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class CallbackFormContract extends BaseCallbackFormTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class CallbackQueueContract extends BaseCallbackQueueTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class CallbackRedeliveryContract extends BaseCallbackRedeliveryTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class CancelContract extends BaseCancelTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class ConfirmationContract extends BaseConfirmationTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class DeliveryContract extends BaseDeliveryTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class DueContract extends BaseDueTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class EventsContract extends BaseEventsTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class LedgerContract extends BaseLedgerTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class RandomWorkContract extends BaseRandomWorkTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class ReceiptContract extends BaseReceiptTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class ReportsContract extends BaseReportsTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class RestoreContract extends BaseRestoreTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class RetentionContract extends BaseRetentionTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class SuppressionListContract extends BaseSuppressionListTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class SuppressionContract extends BaseSuppressionTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class WebhookInboxContract extends BaseWebhookInboxTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class DrillContract extends BaseDrillTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class CallContract extends BaseCallLedgerTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class AuditContract extends BaseAuditTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class AuditChainContract extends BaseAuditChainTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }

    @Override
    protected String timeLiteral(long millis) {
      return "to_timestamp(" + millis + " / 1000.0)";
    }
  }

  @Nested
  class UnfinishedContract extends BaseUnfinishedTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class StalledContract extends BaseStalledTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }

  @Nested
  class DegradationContract extends BaseDegradationTest {
    @Override
    protected TestEngine engine() {
      return PostgresDatabases.ENGINE;
    }
  }
}
