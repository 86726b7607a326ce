-- Templates of notifications. version is the greatest that the name ever had: it is not used again after a removal,
-- when the versions are gone and removed_at says since when.
CREATE TABLE templates (
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  removed_at INTEGER,
  PRIMARY KEY (tenant, name)
);

-- Versions, which never change. document is JSON: description, default_locale, and the texts by language tag; locales
-- are these tags, with spaces between them.
CREATE TABLE template_versions (
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  description TEXT,
  default_locale TEXT NOT NULL,
  locales TEXT NOT NULL,
  document TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (tenant, name, version)
);
