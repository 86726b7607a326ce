-- What providers said last that they have to rent. Amounts are in millionths of the currency; NULL where a provider does
-- not say. free_micros is the lowest at which a number is to be had where the provider may pick the price.
CREATE TABLE number_offers (
  provider TEXT NOT NULL,
  country TEXT NOT NULL,
  service TEXT NOT NULL,
  stock INTEGER NOT NULL,
  price_micros INTEGER,
  price_currency TEXT,
  free_micros INTEGER,
  free_currency TEXT,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (provider, country, service)
) WITHOUT ROWID;

CREATE INDEX number_offers_wanted ON number_offers (country, service);

-- When all offers of a provider were asked for last, how many were kept, and whether those were all: then what is not
-- among them is not on offer.
CREATE TABLE number_syncs (
  provider TEXT PRIMARY KEY,
  synced_at INTEGER NOT NULL,
  offers INTEGER NOT NULL,
  complete INTEGER NOT NULL
) WITHOUT ROWID;

-- Lists of a tenant's operations, newest first.
CREATE INDEX operations_list ON operations (tenant, kind, id);
